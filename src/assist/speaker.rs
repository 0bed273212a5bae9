//! Who may be the source of a claim: those that the text names, those of the register, the writer, somebody new.
//!
//! Each proposal says why it is made and which words name the source, so that accepting it marks the mention and the cue
//! too. Nothing is decided here. Held by `tests/assist.rs`.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::attribution::{Attribution, attribution};
use super::language::{Class, Language};
use super::naming::{Named, Naming};
use crate::annotation::{AnnotationSet, Id, Index, Source};
use crate::document::{ByteSpan, Structure, Text};

/// A source that can be chosen, and how often it was.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: Id,
    /// The register's entry.
    pub source: Arc<Source>,
    /// Claims that it speaks in this document.
    pub here: usize,
    /// Claims that it speaks in the rest of the collection.
    pub elsewhere: usize,
}

/// What the proposals are made from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The canonical text.
    pub text: &'a Text,
    /// Its structure.
    pub structure: &'a Structure,
    /// Its language.
    pub language: &'a Language,
    /// The analyst's work on the document.
    pub set: &'a AnnotationSet,
    /// Its links.
    pub index: &'a Index,
    /// The analyst's mentions that stand in a range of this text, each with its span there.
    pub mentions: &'a dyn Fn(ByteSpan) -> Vec<(Id, ByteSpan)>,
    /// The sources that can be chosen: those of the set and of the register, each once.
    pub register: &'a [Known],
    /// The source chosen last.
    pub last_used: Option<&'a Id>,
    /// Who issued the release ("NATO").
    pub writer: Option<&'a str>,
}

/// Whom a proposal is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// An entry of the register.
    Known(Id),
    /// The writer of the release.
    Writer,
    /// Nobody that the register has.
    New {
        /// `person`, `organisation`, `unnamed`, as the words suggest.
        kind: String,
        /// The name, without titles.
        name: String,
        /// The titles before it ("Secretary General").
        role: Option<String>,
    },
}

/// A source proposed for a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerProposal {
    /// Whom.
    pub who: Who,
    /// The name to show.
    pub name: String,
    /// Role, or what kind of source it is.
    pub role: String,
    /// Why it is proposed (`“He” is`, "used last"); empty where only the letters typed speak for it.
    pub reason: String,
    /// Claims that it speaks in this document.
    pub here: usize,
    /// Claims that it speaks in the rest of the collection.
    pub elsewhere: usize,
    /// The words of the text that name it, to be marked as a mention.
    pub words: Option<ByteSpan>,
    /// The words that attribute the claim to it, to be marked as the cue.
    pub cue: Option<ByteSpan>,
    /// The parts of `name`, in bytes, that are the letters typed.
    pub matched: Vec<Range<usize>>,
}

/// The sources proposed for `claim` (its spans), the likeliest first. `typed` filters by name, alias and role, without
/// regard to case; with nothing typed the whole register follows, most used first.
#[must_use]
pub fn speakers(scene: &Scene<'_>, claim: &[ByteSpan], typed: &str) -> Vec<SpeakerProposal> {
    let mut proposals = Proposals { scene, typed: typed.trim(), list: Vec::new(), listed: HashSet::new() };
    let found = attribution(scene.text, scene.structure, scene.language, claim);
    let naming = Naming::new(scene, claim);
    match found {
        Some(Attribution { cue, speaker: Some(words), sure }) => {
            let says = scene.text.slice(words);
            match naming.who(words) {
                Some(Named { id, how }) => proposals.known(&id, &format!("“{says}” {how}"), Some(words), cue),
                None if sure => proposals.new_source(words, cue),
                None => proposals.writer(),
            }
        }
        Some(Attribution { cue: Some(cue), speaker: None, .. }) => {
            if let Some(id) = naming.goes_on(cue.start) {
                proposals.known(&id, &format!("“{}” goes on", scene.text.slice(cue)), None, Some(cue));
            }
        }
        _ => {}
    }
    if found.is_none() {
        // Where nobody is said to say it, the writer does.
        proposals.writer();
    }
    for (id, words) in naming.named_near() {
        proposals.known(&id, &format!("“{}” is near", scene.text.slice(words)), None, None);
    }
    if let Some(id) = scene.last_used {
        proposals.known(id, "used last", None, None);
    }
    for words in naming.unknown_names() {
        proposals.new_source(words, None);
    }
    proposals.writer();
    let mut rest: Vec<&Known> = scene.register.iter().collect();
    rest.sort_by(|a, b| {
        let used = |known: &Known| (known.here, known.elsewhere);
        used(b).cmp(&used(a)).then_with(|| a.source.name.cmp(&b.source.name)).then_with(|| a.id.cmp(&b.id))
    });
    for known in rest {
        proposals.entry(known, "", None, None);
    }
    proposals.in_order()
}

/// Whom words name: an entry of the register, or somebody new. `None` for a pronoun that nothing before it explains.
#[must_use]
pub fn named(scene: &Scene<'_>, words: ByteSpan) -> Option<Who> {
    match Naming::new(scene, &[words]).who(words) {
        Some(named) => Some(Who::Known(named.id)),
        None => describe(scene.language, scene.text.slice(words)),
    }
}

/// The proposals so far.
struct Proposals<'a> {
    scene: &'a Scene<'a>,
    typed: &'a str,
    /// Each with how well the letters typed fit it: 0 at the start of a word of its name, 1 inside, 2 elsewhere.
    list: Vec<(u8, SpeakerProposal)>,
    /// The entries of the register that are in it.
    listed: HashSet<&'a Id>,
}

impl<'a> Proposals<'a> {
    fn known(&mut self, id: &Id, reason: &str, words: Option<ByteSpan>, cue: Option<ByteSpan>) {
        if let Some(known) = self.scene.register.iter().find(|known| known.id == *id) {
            self.entry(known, reason, words, cue);
        }
    }

    fn entry(&mut self, known: &'a Known, reason: &str, words: Option<ByteSpan>, cue: Option<ByteSpan>) {
        if self.listed.contains(&known.id) {
            return;
        }
        let source = &known.source;
        let Some((fit, matched)) = fits(self.typed, &source.name, source.aliases.iter().chain(&source.role)) else {
            return;
        };
        let role = source.role.as_ref().or(source.kind.as_ref()).cloned().unwrap_or_default();
        let proposal = SpeakerProposal {
            who: Who::Known(known.id.clone()),
            name: source.name.clone(),
            role,
            reason: reason.to_owned(),
            here: known.here,
            elsewhere: known.elsewhere,
            words,
            cue,
            matched,
        };
        self.list.push((fit, proposal));
        self.listed.insert(&known.id);
    }

    fn new_source(&mut self, words: ByteSpan, cue: Option<ByteSpan>) {
        let says = self.scene.text.slice(words);
        let Some(who) = describe(self.scene.language, says) else { return };
        if self.list.iter().any(|(_, proposal)| proposal.words.is_some_and(|own| own.overlaps(words))) {
            return;
        }
        let Who::New { kind, name, role } = &who else { return };
        let Some((fit, matched)) = fits(self.typed, name, role) else { return };
        let (name, role) = (name.clone(), role.clone().unwrap_or_else(|| kind.clone()));
        let reason = format!("“{says}”, new");
        let (words, cue) = (Some(words), cue);
        self.list.push((fit, SpeakerProposal { who, name, role, reason, here: 0, elsewhere: 0, words, cue, matched }));
    }

    fn writer(&mut self) {
        let name = match self.scene.writer {
            Some(writer) => format!("{writer} release"),
            None => "the release".to_owned(),
        };
        let Some((fit, matched)) = fits(self.typed, &name, None) else { return };
        if self.list.iter().any(|(_, proposal)| proposal.who == Who::Writer) {
            return;
        }
        let proposal = SpeakerProposal {
            who: Who::Writer,
            name,
            role: "writer".to_owned(),
            reason: "writer".to_owned(),
            here: 0,
            elsewhere: 0,
            words: None,
            cue: None,
            matched,
        };
        self.list.push((fit, proposal));
    }

    /// The best fits first; among equals as they were proposed.
    fn in_order(mut self) -> Vec<SpeakerProposal> {
        self.list.sort_by_key(|(fit, _)| *fit);
        self.list.into_iter().map(|(_, proposal)| proposal).collect()
    }
}

/// How well `typed` fits a name, and which bytes of it are the letters typed. `None` where it fits neither the name
/// nor one of the other words.
fn fits<'a>(typed: &str, name: &str, others: impl IntoIterator<Item = &'a String>) -> Option<(u8, Vec<Range<usize>>)> {
    if typed.is_empty() {
        return Some((0, Vec::new()));
    }
    let typed: Vec<char> = typed.chars().flat_map(char::to_lowercase).collect();
    let starts = |name: &str| -> Vec<(usize, bool)> {
        let mut before = ' ';
        name.char_indices().map(|(at, c)| (at, !std::mem::replace(&mut before, c).is_alphanumeric())).collect()
    };
    let found: Vec<(bool, Range<usize>)> = starts(name)
        .into_iter()
        .filter_map(|(at, word)| Some((word, at..at + begins(name.get(at..)?, &typed)?)))
        .collect();
    let best = found.iter().find(|(word, _)| *word).or_else(|| found.first());
    if let Some((word, range)) = best {
        return Some((u8::from(!word), vec![range.clone()]));
    }
    let elsewhere = others.into_iter().any(|other| {
        starts(other)
            .into_iter()
            .any(|(at, word)| word && other.get(at..).is_some_and(|rest| begins(rest, &typed).is_some()))
    });
    elsewhere.then(|| (2, Vec::new()))
}

/// The length in bytes of what `typed`, in lower case, is the beginning of.
fn begins(text: &str, typed: &[char]) -> Option<usize> {
    let mut left = typed;
    for (at, c) in text.char_indices() {
        if left.is_empty() {
            return Some(at);
        }
        for lower in c.to_lowercase() {
            left = left.strip_prefix(&[lower])?;
        }
    }
    left.is_empty().then_some(text.len())
}

/// A new source from the words that name it: titles become the role, an article and no name an unnamed source. `None`
/// for a pronoun.
fn describe(language: &Language, words: &str) -> Option<Who> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let lower = |part: &str| super::words::folded(part);
    let pronouns = [Class::He, Class::She, Class::They, Class::It, Class::We, Class::Who];
    if parts.len() == 1 && parts.iter().all(|part| language.is_any(&lower(part), &pronouns)) {
        return None;
    }
    let organisation = parts.iter().any(|part| language.is(&lower(part), Class::Organisation));
    let new = |kind: &str, name: String, role: Option<String>| Some(Who::New { kind: kind.to_owned(), name, role });
    if !words.chars().any(|c| c.is_lowercase() || c.is_uppercase()) {
        // Without capitals, titles and names cannot be told apart.
        let unnamed = parts.iter().any(|part| language.is(&lower(part), Class::People));
        let kind = if unnamed {
            "unnamed"
        } else if organisation {
            "organisation"
        } else {
            "person"
        };
        return new(kind, words.to_owned(), None);
    }
    let is_name = |part: &&str| part.chars().next().is_some_and(|first| !first.is_lowercase());
    let article = parts.first().is_some_and(|first| language.is(&lower(first), Class::Determiner));
    let parts = parts.get(usize::from(article)..)?;
    let titles = parts.iter().take_while(|part| language.is(&lower(part), Class::Title)).count();
    let (role, name) = parts.split_at_checked(titles)?;
    let without_ending = |name: &[&str]| {
        name.join(" ").trim_end_matches(['.', ',']).trim_end_matches("’s").trim_end_matches("'s").to_owned()
    };
    if name.is_empty() || !name.iter().any(is_name) {
        return new("unnamed", words.to_owned(), None);
    }
    if organisation {
        return new("organisation", without_ending(parts), None);
    }
    let role = if role.is_empty() { None } else { Some(role.join(" ")) };
    new(if article { "organisation" } else { "person" }, without_ending(name), role)
}
