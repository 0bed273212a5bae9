//! In what two marks of the same claim differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use super::align::{Mark, Side};
use crate::annotation::{AnnotationSet, Assessment, Claim, Id, Voice};

/// In what two marks of the same claim can differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The words marked.
    Span,
    /// The kind.
    Kind,
    /// Who says it: the sources along the chain.
    Source,
    /// The words that attribute it.
    Cue,
    /// Direct, indirect, mixed.
    Style,
    /// The judgement in force on this axis: scale, term or number. One who did not judge differs from one who did.
    Assessment(String),
}

impl fmt::Display for Facet {
    /// One word for people and data: "span", "kind", "source", "cue", "style", or the axis ("credibility").
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Span => "span",
            Self::Kind => "kind",
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Style => "style",
            Self::Assessment(axis) => axis,
        })
    }
}

/// In what two marks differ, in the order of [`Facet`].
pub(super) fn differences(mine: Side, m: &Mark, theirs: Side, t: &Mark) -> Vec<Facet> {
    let cues = |side: Side<'_>, mark: &Mark| side.places.cues.get(mark.id).cloned().unwrap_or_default();
    let compared = [
        (Facet::Span, m.spans == t.spans),
        (Facet::Kind, m.claim.kind == t.claim.kind),
        (Facet::Source, m.voices.are_those(&t.voices)),
        (Facet::Cue, cues(mine, m) == cues(theirs, t)),
        (Facet::Style, m.claim.style == t.claim.style),
    ];
    let mut differs: Vec<Facet> = compared.into_iter().filter(|(_, alike)| !alike).map(|(facet, _)| facet).collect();
    let (a, b) = (judgements(mine, m.id, t.id), judgements(theirs, t.id, m.id));
    let axes: BTreeSet<&str> = a.keys().chain(b.keys()).copied().collect();
    let chosen = |own: Option<&&Assessment>| own.map(|own| (own.scale.clone(), own.term.clone(), own.value));
    for axis in axes.into_iter().filter(|axis| chosen(a.get(axis)) != chosen(b.get(axis))) {
        differs.push(Facet::Assessment(axis.to_owned()));
    }
    differs
}

/// The judgements in force of an annotator on a claim, by axis: on their own mark of it, else on the other's
/// ("I'd say B3").
pub(super) fn judgements<'a>(side: Side<'a>, own: &Id, other: &Id) -> BTreeMap<&'a str, &'a Assessment> {
    let on = |claim: &Id| side.index.all_current(side.set, claim);
    let on_other = if side.set.claims.contains_key(other) { Vec::new() } else { on(other) };
    on_other.into_iter().chain(on(own)).map(|(_, judged)| (judged.axis.as_str(), judged)).collect()
}

/// A voice: the entry of the register that it is known to be, and its names without case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Speaker<'a> {
    source: Option<&'a Id>,
    names: Rc<[String]>,
}

/// Who says a claim, outermost voice first, each by all who speak jointly. `None`: not attributed. The writer of the
/// release is no voice, so that it is the same whether written or understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Voices<'a>(Option<Vec<Vec<Speaker<'a>>>>);

impl<'a> Voices<'a> {
    /// `names` keeps the names of each source for the next claim.
    pub(super) fn of(set: &'a AnnotationSet, claim: &'a Claim, names: &mut BTreeMap<&'a Id, Rc<[String]>>) -> Self {
        let mut speaker = |id: &'a Id| {
            let source = set.source_of(id).map(|source| set.principal(source));
            let names = match source.and_then(|source| Some((source, set.sources.get(source)?))) {
                Some((id, source)) => {
                    let all = || source.names().map(str::to_lowercase).collect();
                    Rc::clone(names.entry(id).or_insert_with(all))
                }
                None => Rc::from([set.voice_name(id).to_lowercase()]),
            };
            Speaker { source, names }
        };
        let mut chain = |said: &'a [Voice]| {
            let voices = said.iter().map(|voice| voice.by.iter().map(&mut speaker).collect());
            voices.filter(|voice: &Vec<_>| !voice.is_empty()).collect()
        };
        Self(claim.said.as_deref().map(&mut chain))
    }

    /// Whether both are the same chain: at each place the same speakers, in whatever order. Two are the same where the
    /// register has them as one entry, or they share a name.
    pub(super) fn are_those(&self, other: &Voices<'_>) -> bool {
        let is = |a: &Speaker, b: &Speaker| {
            a.source.is_some() && a.source == b.source || a.names.iter().any(|name| b.names.contains(name))
        };
        let all_in = |a: &[Speaker], b: &[Speaker]| a.iter().all(|a| b.iter().any(|b| is(a, b)));
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| all_in(a, b) && all_in(b, a)),
            _ => false,
        }
    }

    /// The main name of each who says the claim itself, without case, in order, each once; none where it is the writer of
    /// the release. `None`: not attributed.
    pub(super) fn speakers(&self) -> Option<Vec<&str>> {
        let last = self.0.as_ref()?.last();
        let mut names: Vec<&str> =
            last.into_iter().flatten().filter_map(|own| Some(own.names.first()?.as_str())).collect();
        names.sort_unstable();
        names.dedup();
        Some(names)
    }
}
