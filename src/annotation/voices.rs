//! Who speaks: from a claim's voices through mentions to sources and their names.
//!
//! Held by `tests/annotation.rs`.

use super::{AnnotationSet, Claim, Id};

impl AnnotationSet {
    /// The source that a voice's id names: through a mention, or itself. `None` where the mention is not resolved, or
    /// the set holds neither.
    #[must_use]
    pub fn source_of<'a>(&'a self, id: &'a Id) -> Option<&'a Id> {
        match self.mentions.get(id) {
            Some(mention) => mention.source.as_ref(),
            None => self.sources.get_key_value(id).map(|(id, _)| id),
        }
    }

    /// The entry that stands for a source: itself, or the one that it was joined to, over several joins. A ring of
    /// joins is stood for by its least id.
    #[must_use]
    pub fn principal<'a>(&'a self, source: &'a Id) -> &'a Id {
        let mut path = vec![source];
        loop {
            let Some(&last) = path.last() else { return source };
            let joined = self.sources.get(last).and_then(|source| source.same_as.first());
            let Some(next) = joined.filter(|next| self.sources.contains_key(*next)) else { return last };
            if let Some(at) = path.iter().position(|seen| *seen == next) {
                return path.iter().skip(at).min().copied().unwrap_or(source);
            }
            path.push(next);
        }
    }

    /// The sources of the voice that says the claim itself, joined ones by the entry that stands for them, each once.
    /// Empty where the writer speaks, nobody is named, or nobody is known.
    #[must_use]
    pub fn speakers<'a>(&'a self, claim: &'a Claim) -> Vec<&'a Id> {
        let mut found: Vec<&Id> = Vec::new();
        for id in claim.speaker().iter().flat_map(|voice| &voice.by) {
            if let Some(source) = self.source_of(id).map(|source| self.principal(source))
                && !found.contains(&source)
            {
                found.push(source);
            }
        }
        found
    }

    /// The name of a voice's id, for people: the source's, else the words of the mention, else the id itself, which
    /// is better than nothing where the set is torn.
    #[must_use]
    pub fn voice_name(&self, id: &Id) -> String {
        let source = self.source_of(id).and_then(|source| self.sources.get(self.principal(source)));
        match (source, self.mentions.get(id)) {
            (Some(source), _) => source.name.clone(),
            (None, Some(mention)) => mention.anchor.quote_line(),
            (None, None) => id.to_string(),
        }
    }

    /// The names along the chain of attribution, outermost voice first; several speak jointly, none is the writer.
    /// Empty where the claim is not attributed.
    #[must_use]
    pub fn chain(&self, claim: &Claim) -> Vec<Vec<String>> {
        let names = |by: &Vec<Id>| by.iter().map(|id| self.voice_name(id)).collect();
        claim.said.iter().flatten().map(|voice| names(&voice.by)).collect()
    }
}
