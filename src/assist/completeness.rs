//! What an analyst may have missed in one document: checks that a codebook turns on and an analyst can waive.
//!
//! One pass over set and structure, n log n at most; reads and changes nothing. Held by `tests/assist.rs`.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{FigureKind, figures};
use super::language::Language;
use super::reading::Reading;
use crate::annotation::{Anchor, AnnotationSet, Assessment, Claim, Codebook, Dismissal, Field, Id, named_value};
use crate::document::{ByteSpan, PartKind, Structure, Text};

/// A check: its name in codebooks and in `dismissed` (there with a field's after a colon, see [`Finding::name`]), and
/// what it looks for.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// `no-source`, …
    pub name: &'static str,
    /// What it looks for, for people.
    pub label: &'static str,
    find: fn(&Looking<'_>, &mut Vec<Found>),
}

/// The check of required fields, which is on wherever a field is required.
const EMPTY_FIELD: &str = "empty-field";

/// All checks, in the order in which they are offered.
pub const CHECKS: [Check; 10] = [
    Check { name: "no-source", label: "claims without a source", find: no_source },
    Check { name: "no-assessment", label: "claims that nobody assessed", find: no_assessment },
    Check { name: "no-speaker", label: "quotations without a speaker", find: no_speaker },
    Check { name: "no-cue", label: "attributed claims without a cue", find: no_cue },
    Check { name: "no-claim", label: "cues without a claim", find: no_claim },
    Check { name: "no-reliability", label: "sources without a reliability", find: no_reliability },
    Check { name: "open-chain", label: "chains that end nowhere", find: open_chain },
    Check { name: EMPTY_FIELD, label: "required fields that are empty", find: empty_field },
    Check { name: "untagged-figure", label: "figures outside every claim", find: untagged_figure },
    Check { name: "untouched-paragraph", label: "paragraphs neither marked nor read", find: untouched_paragraph },
];

/// Something that may have been missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the check that found it.
    pub check: &'static str,
    /// The item that it is about, the empty id being the head of the set, which says what the document is; `None` where
    /// it is about words.
    pub on: Option<Id>,
    /// Where that stands in the document; `None` where its anchor is lost, or it has none.
    pub span: Option<ByteSpan>,
    /// The key of the team's own field that is empty; `None` where it is about something else.
    pub field: Option<String>,
    /// What is missing, for people ("nobody is named as saying it").
    pub words: String,
}

impl Finding {
    /// The name under which it is waived: the check's, with the field's after a colon where one field is meant
    /// (`empty-field:desk`).
    #[must_use]
    pub fn name(&self) -> String {
        self.field.as_ref().map_or_else(|| self.check.to_owned(), |field| format!("{}:{field}", self.check))
    }
}

/// What the checks found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What may have been missed, in the order of the text; what stands nowhere comes last.
    pub findings: Vec<Finding>,
    /// What the set's owner waived and would be among it otherwise, in the same order.
    pub waived: Vec<Waived>,
}

/// A finding that the set's owner said is meant so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// What would be found.
    pub finding: Finding,
    /// The item of the set by which it was waived.
    pub by: Id,
    /// The reason given.
    pub why: Option<String>,
}

/// A document and the work on it, as the checks need them.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The canonical text.
    pub text: &'a Text,
    /// Its structure.
    pub structure: &'a Structure,
    /// Its language.
    pub language: &'a Language,
    /// The work.
    pub set: &'a AnnotationSet,
    /// Where an anchor stands in this text; empty where it is lost.
    pub place: &'a dyn Fn(&Anchor) -> Vec<ByteSpan>,
}

/// What a check adds; the name is put to it afterwards.
struct Found {
    on: Option<Id>,
    span: Option<ByteSpan>,
    field: Option<String>,
    words: String,
}

impl Found {
    fn new(on: Option<Id>, span: Option<ByteSpan>, words: impl Into<String>) -> Self {
        Self { on, span, field: None, words: words.into() }
    }

    fn of_field(self, field: &Field) -> Self {
        Self { field: Some(field.key.clone()), ..self }
    }
}

/// The subject, with what several checks ask for.
struct Looking<'a> {
    subject: Subject<'a>,
    codebook: &'a Codebook,
    /// The words of all claims, in order and joined.
    claimed: Vec<ByteSpan>,
    /// The words of all marks, in order and joined.
    marked: Vec<ByteSpan>,
    /// Assessments that a later one replaces.
    replaced: BTreeSet<&'a Id>,
}

/// What the codebook's checks find, and what of it the set's owner waived.
#[must_use]
pub fn examine(subject: Subject<'_>, codebook: &Codebook) -> Report {
    let looking = Looking::new(subject, codebook);
    let mut report = Report::default();
    // To require a field is to have it checked.
    let required = |check: &Check| check.name == EMPTY_FIELD && codebook.fields.iter().any(|field| field.required);
    for check in CHECKS.iter().filter(|check| codebook.checks(check.name) || required(check)) {
        let mut found = Vec::new();
        (check.find)(&looking, &mut found);
        if found.is_empty() {
            continue;
        }
        let dismissals = Dismissals::of(&looking, check.name);
        for Found { on, span, field, words } in found {
            let finding = Finding { check: check.name, on, span, field, words };
            match dismissals.of_finding(&finding) {
                None => report.findings.push(finding),
                Some((by, why)) => report.waived.push(Waived { by: by.clone(), why: why.why.clone(), finding }),
            }
        }
    }
    let place = |finding: &Finding| finding.span.map_or(usize::MAX, |span| span.start);
    report.findings.sort_by_key(place);
    report.waived.sort_by_key(|waived| place(&waived.finding));
    report
}

/// Words of which a check was waived.
struct Place<'a> {
    span: ByteSpan,
    /// The least start of this one and those after it, which tells when to stop looking.
    least_start: usize,
    by: (&'a Id, &'a Dismissal),
}

/// What was waived of one check.
struct Dismissals<'a> {
    /// By the item, and what of it: the check waives all of its fields, the check with a field only that one.
    by_item: BTreeMap<(&'a Id, &'a str), (&'a Id, &'a Dismissal)>,
    /// In the order of their ends.
    by_place: Vec<Place<'a>>,
}

impl<'a> Dismissals<'a> {
    fn of(looking: &Looking<'a>, check: &str) -> Self {
        let mut dismissals = Self { by_item: BTreeMap::new(), by_place: Vec::new() };
        let is_meant =
            |what: &str| what.strip_prefix(check).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
        for (id, dismissal) in looking.subject.set.dismissed.iter().filter(|(_, own)| is_meant(&own.what)) {
            if let Some(on) = &dismissal.on {
                dismissals.by_item.insert((on, dismissal.what.as_str()), (id, dismissal));
            }
            if let Some(span) = dismissal.anchor.as_ref().and_then(|anchor| looking.hull(anchor)) {
                dismissals.by_place.push(Place { span, least_start: span.start, by: (id, dismissal) });
            }
        }
        dismissals.by_place.sort_by_key(|place| (place.span.end, place.span.start));
        let mut least = usize::MAX;
        for place in dismissals.by_place.iter_mut().rev() {
            least = least.min(place.span.start);
            place.least_start = least;
        }
        dismissals
    }

    /// By what a finding was waived: an item by its id, words by a place that shares some of them.
    fn of_finding(&self, finding: &Finding) -> Option<(&'a Id, &'a Dismissal)> {
        match &finding.on {
            Some(on) => {
                let own = |what: &str| self.by_item.get(&(on, what)).copied();
                own(&finding.name()).or_else(|| own(finding.check))
            }
            None => {
                let span = finding.span?;
                let from = self.by_place.partition_point(|place| place.span.end <= span.start);
                let mut near = self.by_place.iter().skip(from).take_while(|place| place.least_start < span.end);
                near.find(|place| place.span.overlaps(span)).map(|place| place.by)
            }
        }
    }
}

impl<'a> Looking<'a> {
    fn new(subject: Subject<'a>, codebook: &'a Codebook) -> Self {
        let set = subject.set;
        let claims = set.claims.values().flat_map(|claim| (subject.place)(&claim.anchor));
        let claimed = joined(claims.collect());
        let cues = set.claims.values().flat_map(|claim| claim.said.iter().flatten().flat_map(|voice| &voice.cue));
        let mentions = set.mentions.values().map(|mention| &mention.anchor);
        let mut marked = claimed.clone();
        marked.extend(cues.chain(mentions).flat_map(|anchor| (subject.place)(anchor)));
        let replaced = set.assessments.values().filter_map(|assessment| assessment.replaces.as_ref()).collect();
        Self { subject, codebook, claimed, marked: joined(marked), replaced }
    }

    /// Where an anchor begins and ends in the text.
    fn hull(&self, anchor: &Anchor) -> Option<ByteSpan> {
        let spans = (self.subject.place)(anchor);
        Some(ByteSpan { start: spans.first()?.start, end: spans.last()?.end })
    }

    fn on_claim(&self, id: &Id, claim: &Claim, words: impl Into<String>) -> Found {
        Found::new(Some(id.clone()), self.hull(&claim.anchor), words)
    }

    /// The sources that the text names, each with the first of its mentions.
    fn named(&self) -> BTreeMap<&'a Id, &'a Anchor> {
        let mut named = BTreeMap::new();
        for mention in self.subject.set.mentions.values() {
            if let Some(source) = &mention.source {
                named.entry(source).or_insert(&mention.anchor);
            }
        }
        named
    }

    /// The judgements in force.
    fn in_force(&self) -> impl Iterator<Item = &'a Assessment> {
        let assessments = self.subject.set.assessments.iter();
        assessments.filter(|(id, own)| !self.replaced.contains(id) && !own.is_withdrawn()).map(|(_, own)| &**own)
    }
}

/// Spans in order; overlapping ones as one.
fn joined(mut spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let joins = next.start <= last.end;
        if joins {
            last.end = last.end.max(next.end);
        }
        joins
    });
    spans
}

/// Whether a span shares a byte with one of `spans`, which are in order and disjoint.
fn touches(spans: &[ByteSpan], span: ByteSpan) -> bool {
    let at = spans.partition_point(|own| own.end <= span.start);
    spans.get(at).is_some_and(|own| own.overlaps(span))
}

fn no_source(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let claims = looking.subject.set.claims.iter().filter(|(_, claim)| !claim.is_attributed());
    found.extend(claims.map(|(id, claim)| looking.on_claim(id, claim, "nobody is named as saying it")));
}

/// A reliability is the source's: it does not say that anybody looked at the claim.
fn no_assessment(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let assessed: BTreeSet<&Id> =
        looking.in_force().filter(|own| own.axis != "reliability").filter_map(|own| own.on.as_ref()).collect();
    let claims = looking.subject.set.claims.iter().filter(|(id, _)| !assessed.contains(id));
    found.extend(claims.map(|(id, claim)| looking.on_claim(id, claim, "not assessed")));
}

/// Fewer words than this in quotation marks are a name, or a word held at arm's length.
const QUOTED_WORDS: usize = 4;

fn no_speaker(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let Subject { text, structure, .. } = looking.subject;
    for quotation in structure.quotations().iter().filter(|quotation| quotation.depth == 1) {
        let words = text.slice(quotation.inner).split_whitespace().take(QUOTED_WORDS).count();
        if words == QUOTED_WORDS && !touches(&looking.claimed, quotation.outer) {
            let words = "quoted, and no claim says by whom".to_owned();
            found.push(Found::new(None, Some(quotation.outer), words));
        }
    }
}

fn no_cue(looking: &Looking<'_>, found: &mut Vec<Found>) {
    for (id, claim) in &looking.subject.set.claims {
        let without = claim.said.iter().flatten().all(|voice| voice.cue.is_empty());
        if claim.speaker().is_some() && without {
            found.push(looking.on_claim(id, claim, "no words are marked that attribute it"));
        }
    }
}

fn no_claim(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let Subject { text, structure, language, .. } = looking.subject;
    let body = structure.parts().iter().filter(|part| part.kind == PartKind::Body);
    for &sentence in body.flat_map(|part| structure.sentences_in(part.span)) {
        if touches(&looking.claimed, sentence) {
            continue;
        }
        let reading = Reading::new(text, structure, language, sentence, &[], sentence.start);
        let spoken = reading.cues().into_iter().find(|&cue| cue.is_saying() && reading.speaker(cue).is_some());
        if let Some(span) = spoken.and_then(|cue| reading.span(cue.words)) {
            let words = format!("“{}”, and no claim", text.slice(span));
            found.push(Found::new(None, Some(span), words));
        }
    }
}

fn no_reliability(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let set = looking.subject.set;
    let judged: BTreeSet<&Id> =
        looking.in_force().filter(|own| own.axis == "reliability").filter_map(|own| own.on.as_ref()).collect();
    let mut speaking: BTreeSet<&Id> = BTreeSet::new();
    let mut rated: BTreeSet<&Id> = BTreeSet::new();
    for (id, claim) in &set.claims {
        for source in claim.speaker().iter().flat_map(|voice| &voice.by).filter_map(|id| set.source_of(id)) {
            speaking.insert(source);
            if judged.contains(id) {
                rated.insert(source);
            }
        }
    }
    let named = looking.named();
    for id in speaking.into_iter().filter(|id| !judged.contains(id) && !rated.contains(id)) {
        if let Some(source) = set.sources.get(id) {
            let span = named.get(id).and_then(|anchor| looking.hull(anchor));
            found.push(Found::new(Some(id.clone()), span, format!("{}: no reliability", source.name)));
        }
    }
}

fn open_chain(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let set = looking.subject.set;
    for (id, claim) in &set.claims {
        let torn = claim.said.iter().flatten().flat_map(|voice| &voice.by).find(|by| set.source_of(by).is_none());
        if let Some(torn) = torn {
            let words = match set.mentions.get(torn) {
                Some(mention) => format!("“{}” is no source yet", mention.anchor.quote_line()),
                None => format!("its voice {torn} is not in the set"),
            };
            found.push(looking.on_claim(id, claim, words));
        }
    }
}

/// Of claims, of the sources that the set names, and of the document.
fn empty_field(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let set = looking.subject.set;
    let required = |on: &str| -> Vec<&Field> {
        looking.codebook.fields.iter().filter(|field| field.required && field.on == on).collect()
    };
    let of_claims = required("claim");
    for (id, claim) in &set.claims {
        let empty = empty(&of_claims, &claim.fields);
        let words = |field: &Field| format!("{} is empty", field.label);
        found.extend(empty.map(|field| looking.on_claim(id, claim, words(field)).of_field(field)));
    }
    let of_sources = required("source");
    if !of_sources.is_empty() {
        let named = looking.named();
        let voices = set.claims.values().flat_map(|claim| claim.said.iter().flatten()).flat_map(|voice| &voice.by);
        let used = voices.filter_map(|by| set.source_of(by)).chain(named.keys().copied());
        // A joined entry is asked through the one that stands for it.
        let used: BTreeSet<&Id> = used.map(|id| set.principal(id)).collect();
        for (id, source) in used.into_iter().filter_map(|id| Some((id, set.sources.get(id)?))) {
            let span = named.get(id).and_then(|anchor| looking.hull(anchor));
            let empty = empty(&of_sources, &source.fields);
            let words = |field: &Field| format!("{}: {} is empty", source.name, field.label);
            found.extend(empty.map(|field| Found::new(Some(id.clone()), span, words(field)).of_field(field)));
        }
    }
    let own = set.header.document.about.as_ref().map_or(&[][..], |about| &about.fields);
    for field in empty(&required("document"), own) {
        let words = format!("the release: {} is empty", field.label);
        found.push(Found::new(Some(Id::default()), None, words).of_field(field));
    }
}

/// Those of some fields that are not filled.
fn empty<'a>(fields: &[&'a Field], filled: &[(String, String)]) -> impl Iterator<Item = &'a Field> {
    let is_empty = |field: &&Field| named_value(filled, &field.key).is_none_or(|value| value.trim().is_empty());
    fields.iter().copied().filter(is_empty)
}

fn untagged_figure(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let Subject { text, structure, language, .. } = looking.subject;
    let body = structure.parts().iter().filter(|part| part.kind == PartKind::Body);
    for figure in body.flat_map(|part| figures(text, language, part.span)) {
        if !touches(&looking.claimed, figure.span) {
            let what = match figure.kind {
                FigureKind::Number => "a number",
                FigureKind::Percentage => "a percentage",
                FigureKind::Date => "a date",
            };
            let words = format!("{what} outside every claim: {}", text.slice(figure.span));
            found.push(Found::new(None, Some(figure.span), words));
        }
    }
}

fn untouched_paragraph(looking: &Looking<'_>, found: &mut Vec<Found>) {
    let Subject { structure, set, .. } = looking.subject;
    for paragraph in structure.paragraphs() {
        let body = structure.parts_of(paragraph).iter().any(|part| part.kind == PartKind::Body);
        let read = set.header.read.contains(&paragraph.number);
        if body && !read && !touches(&looking.marked, paragraph.span) {
            let words = format!("paragraph {} is neither marked nor read", paragraph.number);
            found.push(Found::new(None, Some(paragraph.span), words));
        }
    }
}
