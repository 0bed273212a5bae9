//! What a shelf holds, in numbers: who says what kind of claim, how sure the analysts were, when, and how much of each
//! document is in claims. Plain data, which the window plots and `vouch stats` prints.
//!
//! Terms are counted, never averaged: an average over words would be a number that nobody judged. Terms outside their
//! scale's order, and terms that no scale here has, stand apart. Held by `tests/statistics.rs`.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::{Assessment, Codebook, Id};
use crate::document::{ByteSpan, CodeSpan};
use crate::exchange::{ClaimView, Export, Layer, Release, Speaker};

/// The figures of the claims in scope.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// Sums.
    pub totals: Totals,
    /// The kinds, in the order of every `by_kind`: those of the codebook, then other words; last "" for claims without a
    /// kind, where there are any.
    pub kinds: Vec<String>,
    /// Who says claims: the most first; last the claims of nobody, where there are any.
    pub sources: Vec<OfSource>,
    /// Claims by the day on which their release was published, in order.
    pub over_time: Vec<OnDay>,
    /// Claims of releases without a date.
    pub undated: usize,
    /// How much of each document is in claims, in the order of the documents.
    pub coverage: Vec<Coverage>,
}

/// Sums over the claims in scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents, those without a claim too.
    pub documents: usize,
    /// Documents with a claim.
    pub documents_with_claims: usize,
    /// Claims.
    pub claims: usize,
    /// Claims of which somebody, if only the writer, is named as saying them.
    pub attributed: usize,
    /// Claims that were judged on any axis but reliability, which is the source's.
    pub assessed: usize,
    /// Distinct speakers, the writers of releases among them.
    pub sources: usize,
    /// Handles of those whose claims these are, in order.
    pub annotators: Vec<String>,
    /// Claims by status; `open` where none is set.
    pub statuses: BTreeMap<String, usize>,
    /// Relations by kind, in the sets in scope.
    pub relations: BTreeMap<String, usize>,
}

/// The claims of one source. A claim that several say jointly counts for each of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfSource {
    /// The name; "" for the claims that nobody is named as saying.
    pub name: String,
    /// The register's entry; `None` for writers, and for names that are not resolved.
    pub id: Option<Id>,
    /// The kind of source.
    pub kind: Option<String>,
    /// How many claims.
    pub claims: usize,
    /// How many of each of [`Statistics::kinds`].
    pub by_kind: Vec<usize>,
    /// How they were judged, by axis and scale.
    pub confidence: Vec<Confidence>,
}

/// Judgements in force on one axis of one scale, counted by term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confidence {
    /// The axis.
    pub axis: String,
    /// The scale's id.
    pub scale: String,
    /// The terms in the order of the scale, also those that were not chosen, each with its count.
    pub terms: Vec<(String, usize)>,
    /// The terms outside the order (F, 6).
    pub outside_order: Vec<(String, usize)>,
    /// What no term of a scale at hand is: foreign words, and numbers that lie between bands.
    pub unknown: Vec<(String, usize)>,
    /// Claims of the source that have no judgement on this axis.
    pub unassessed: usize,
}

/// The claims of the releases of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnDay {
    /// The date as the releases have it, to the day at most: `2023-06-28`, `2023-06`.
    pub published: String,
    /// How many documents with a claim.
    pub documents: usize,
    /// How many claims.
    pub claims: usize,
    /// How many of each of [`Statistics::kinds`].
    pub by_kind: Vec<usize>,
}

/// How much of a document is in claims, of whichever annotator in scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Its name.
    pub document: String,
    /// How many claims.
    pub claims: usize,
    /// Its paragraphs; 0 where the document is not at hand.
    pub paragraphs: usize,
    /// Those with a word in a claim.
    pub paragraphs_in_claims: usize,
    /// Code points in paragraphs, that is without the blank lines.
    pub code_points: usize,
    /// Those in a claim.
    pub code_points_in_claims: usize,
}

/// As many months as are shown in a row, those without a claim among them.
pub const MOST_MONTHS: u32 = 600;

impl Statistics {
    /// The sources with how they were judged on an axis: one row for each scale, for terms of two scales are never
    /// counted together; `None` where none of a source's claims was judged.
    #[must_use]
    pub fn on_axis(&self, axis: &str) -> Vec<(&OfSource, Option<&Confidence>)> {
        let mut rows = Vec::new();
        for source in &self.sources {
            let before = rows.len();
            rows.extend(source.confidence.iter().filter(|own| own.axis == axis).map(|own| (source, Some(own))));
            if rows.len() == before {
                rows.push((source, None));
            }
        }
        rows
    }

    /// Claims by the month of their release (by the year, where a release says no more), in the order of time, with
    /// how many of each of [`Statistics::kinds`]. The months between two that have claims are there too, with none; where
    /// that were more than [`MOST_MONTHS`] in all (a date that is a slip of the pen), of each gap only its first and last.
    #[must_use]
    pub fn by_month(&self) -> Vec<(String, Vec<usize>)> {
        let mut months: Vec<(String, Vec<usize>)> = Vec::new();
        for day in &self.over_time {
            let month = day.month();
            match months.last_mut().filter(|(last, _)| last == month) {
                Some((_, counts)) => counts.iter_mut().zip(&day.by_kind).for_each(|(sum, more)| *sum += more),
                None => months.push((month.to_owned(), day.by_kind.clone())),
            }
        }
        with_empty_months(months)
    }
}

impl OnDay {
    /// The month of the day, or the year where no more is known.
    #[must_use]
    pub fn month(&self) -> &str {
        self.published.get(..7).unwrap_or(&self.published)
    }
}

/// Months in order, with those between them.
fn with_empty_months(months: Vec<(String, Vec<usize>)>) -> Vec<(String, Vec<usize>)> {
    // A year that stands for a release of which nobody knows the month lies beside the months, not among them.
    let places: Vec<Option<u32>> = months.iter().map(|(month, _)| place_of(month)).collect();
    let known = || places.iter().copied().flatten();
    let all = known().max().zip(known().min()).map_or(0, |(last, first)| last - first + 1);
    let mut filled: Vec<(String, Vec<usize>)> = Vec::with_capacity(months.len());
    let mut before: Option<u32> = None;
    for ((month, counts), place) in months.into_iter().zip(places) {
        if let (Some(before), Some(place)) = (before, place) {
            let is_shown = |gap: &u32| all <= MOST_MONTHS || *gap == before + 1 || gap + 1 == place;
            let none = vec![0; counts.len()];
            filled.extend((before + 1..place).filter(is_shown).map(|gap| (month_at(gap), none.clone())));
        }
        before = place.or(before);
        filled.push((month, counts));
    }
    filled
}

/// Which month since the year 0 is meant by "2023-06"; `None` for a year.
fn place_of(month: &str) -> Option<u32> {
    let (year, month) = month.split_once('-')?;
    Some(year.parse::<u32>().ok()? * 12 + month.parse::<u32>().ok()?.checked_sub(1)?)
}

fn month_at(place: u32) -> String {
    format!("{:04}-{:02}", place / 12, place % 12 + 1)
}

impl Confidence {
    /// Every term with its count: those in the order of the scale, those outside it, what no scale here has.
    pub fn counts(&self) -> impl Iterator<Item = (&str, usize)> {
        let all = self.terms.iter().chain(&self.outside_order).chain(&self.unknown);
        all.map(|(term, count)| (term.as_str(), *count))
    }
}

/// The figures of an export's claims. Costs by their number, times its logarithm.
pub fn statistics(export: &Export<'_>) -> Statistics {
    let kinds = kinds(export);
    let mut statistics = Statistics { totals: totals(export), ..Statistics::default() };
    (statistics.over_time, statistics.undated) = over_time(&export.claims, &kinds);
    statistics.sources = sources(export, &kinds);
    statistics.totals.sources = statistics.sources.iter().filter(|source| !source.name.is_empty()).count();
    statistics.coverage = coverage(export);
    statistics.kinds = kinds;
    statistics
}

/// Every kind that the codebook or a claim has.
fn kinds(export: &Export<'_>) -> Vec<String> {
    let mut kinds: Vec<String> = export.codebook.kinds.iter().map(|kind| kind.key.clone()).collect();
    let used: BTreeSet<&str> = export.claims.iter().filter_map(|claim| claim.claim.kind.as_deref()).collect();
    let foreign: Vec<String> =
        used.into_iter().filter(|kind| !kinds.iter().any(|own| own == kind)).map(str::to_owned).collect();
    kinds.extend(foreign);
    if export.claims.iter().any(|claim| claim.claim.kind.is_none()) {
        kinds.push(String::new());
    }
    kinds
}

/// Counts a claim under its kind.
fn count_kind(by_kind: &mut Vec<usize>, kinds: &[String], claim: &ClaimView<'_>) {
    by_kind.resize(kinds.len(), 0);
    let kind = claim.claim.kind.as_deref().unwrap_or_default();
    if let Some(count) = kinds.iter().position(|own| own == kind).and_then(|at| by_kind.get_mut(at)) {
        *count += 1;
    }
}

fn totals(export: &Export<'_>) -> Totals {
    let claims = &export.claims;
    let is_assessed =
        |claim: &&ClaimView<'_>| claim.judgements.iter().any(|own| own.current && own.assessment.axis != "reliability");
    let documents: BTreeSet<*const Release> = claims.iter().map(|claim| std::ptr::from_ref(claim.release)).collect();
    let annotators: BTreeSet<&str> = claims.iter().map(|claim| claim.layer.handle.as_str()).collect();
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for claim in claims {
        *statuses.entry(claim.claim.status.clone().unwrap_or_else(|| "open".to_owned())).or_default() += 1;
    }
    let mut relations: BTreeMap<String, usize> = BTreeMap::new();
    let layers = export.releases.iter().flat_map(|release| export.scope.layers(release));
    for relation in layers.flat_map(|layer: &Layer| layer.set.relations.values()) {
        *relations.entry(relation.kind.clone().unwrap_or_default()).or_default() += 1;
    }
    Totals {
        documents: export.releases.len(),
        documents_with_claims: documents.len(),
        claims: claims.len(),
        attributed: claims.iter().filter(|claim| claim.voices.is_some()).count(),
        assessed: claims.iter().filter(is_assessed).count(),
        sources: 0,
        annotators: annotators.into_iter().map(str::to_owned).collect(),
        statuses,
        relations,
    }
}

fn over_time(claims: &[ClaimView<'_>], kinds: &[String]) -> (Vec<OnDay>, usize) {
    let mut days: BTreeMap<&str, (OnDay, BTreeSet<*const Release>)> = BTreeMap::new();
    let mut undated = 0;
    for claim in claims {
        let published = claim.layer.about.published.as_deref().filter(|date| super::query::days(date).is_some());
        let Some(published) = published else {
            undated += 1;
            continue;
        };
        let day = published.split('T').next().unwrap_or(published);
        let (on_day, documents) = days.entry(day).or_default();
        on_day.claims += 1;
        documents.insert(std::ptr::from_ref(claim.release));
        count_kind(&mut on_day.by_kind, kinds, claim);
    }
    let days = days.into_iter().map(|(published, (on_day, documents))| OnDay {
        published: published.to_owned(),
        documents: documents.len(),
        ..on_day
    });
    (days.collect(), undated)
}

/// What is gathered of one source.
#[derive(Default)]
struct Gathered<'a> {
    of_source: OfSource,
    /// By the axis's place in the codebook, axis and scale: how often each term.
    judged: BTreeMap<(usize, &'a str, &'a str), BTreeMap<String, usize>>,
}

fn sources(export: &Export<'_>, kinds: &[String]) -> Vec<OfSource> {
    let codebook = export.codebook;
    let mut all: BTreeMap<(String, Option<&Id>), Gathered<'_>> = BTreeMap::new();
    for claim in &export.claims {
        let speakers = claim.voice().map_or(&[][..], |voice| &voice.speakers);
        let mut keys: BTreeSet<(String, Option<&Id>)> =
            speakers.iter().map(|speaker| (speaker.name.clone(), speaker.id)).collect();
        if keys.is_empty() {
            keys.insert(Default::default());
        }
        for key in keys {
            let kind = speakers.iter().find(|own| own.name == key.0 && own.id == key.1).and_then(Speaker::kind);
            let gathered = all.entry(key).or_default();
            gathered.of_source.kind = kind.map(str::to_owned);
            gathered.of_source.claims += 1;
            count_kind(&mut gathered.of_source.by_kind, kinds, claim);
            for own in claim.judgements.iter().filter(|own| own.current).map(|own| own.assessment) {
                let rank = codebook.in_use.iter().position(|in_use| in_use.axis == own.axis).unwrap_or(usize::MAX);
                let terms = gathered.judged.entry((rank, &own.axis, &own.scale)).or_default();
                *terms.entry(key_of(own, codebook)).or_default() += 1;
            }
        }
    }
    let mut found: Vec<OfSource> = all
        .into_iter()
        .map(|((name, id), Gathered { of_source, judged })| {
            let on_axis = |axis: &str| -> usize {
                let of_axis = judged.iter().filter(|((_, own, _), _)| *own == axis);
                of_axis.flat_map(|(_, terms)| terms.values()).sum()
            };
            let confidence = judged
                .iter()
                .map(|((_, axis, scale), terms)| {
                    confidence(axis, scale, terms, codebook, of_source.claims - on_axis(axis))
                })
                .collect();
            OfSource { name, id: id.cloned(), confidence, ..of_source }
        })
        .collect();
    found.sort_by_cached_key(|source| {
        (source.name.is_empty(), std::cmp::Reverse(source.claims), source.name.to_lowercase(), source.id.clone())
    });
    found
}

/// The key of the term that was chosen, or that a number falls to; what no scale here has, as it is written.
fn key_of(own: &Assessment, codebook: &Codebook) -> String {
    let known = codebook.scales.term(own).map(|term| term.key.clone());
    let written = || own.term.clone().or_else(|| own.value.map(|value| value.to_string())).unwrap_or_default();
    known.unwrap_or_else(written)
}

fn confidence(
    axis: &str,
    scale: &str,
    counts: &BTreeMap<String, usize>,
    codebook: &Codebook,
    unassessed: usize,
) -> Confidence {
    let known = codebook.scales.axis(scale, axis);
    let count = |key: &str| counts.get(key).copied().unwrap_or_default();
    let terms = || known.iter().flat_map(|axis| &axis.terms);
    let is_known = |key: &str| terms().any(|term| term.key == key);
    Confidence {
        axis: axis.to_owned(),
        scale: scale.to_owned(),
        terms: terms().filter(|term| !term.outside_order).map(|term| (term.key.clone(), count(&term.key))).collect(),
        outside_order: terms()
            .filter(|term| term.outside_order)
            .map(|term| (term.key.clone(), count(&term.key)))
            .collect(),
        unknown: counts.iter().filter(|(key, _)| !is_known(key)).map(|(key, count)| (key.clone(), *count)).collect(),
        unassessed,
    }
}

fn coverage(export: &Export<'_>) -> Vec<Coverage> {
    let mut by_release: BTreeMap<*const Release, (usize, Vec<CodeSpan>)> = BTreeMap::new();
    for claim in &export.claims {
        let (claims, spans) = by_release.entry(std::ptr::from_ref(claim.release)).or_default();
        *claims += 1;
        spans.extend(&claim.spans);
    }
    let of = |release: &Release| {
        let (claims, spans) = by_release.remove(&std::ptr::from_ref(release)).unwrap_or_default();
        let covered = release.text.as_ref().map(|text| {
            let bytes = spans.iter().filter_map(|span| text.byte_span_from_code_span(*span)).collect();
            let codes = |span: ByteSpan| text.code_span_from_byte_span(span).len();
            shared(&release.paragraphs, bytes, codes)
        });
        let mut coverage = Coverage { document: release.name.clone(), claims, ..Coverage::default() };
        if let (Some((paragraphs, code_points)), Some(text)) = (covered, &release.text) {
            coverage.paragraphs = release.paragraphs.len();
            coverage.paragraphs_in_claims = paragraphs;
            coverage.code_points =
                release.paragraphs.iter().map(|span| text.code_span_from_byte_span(*span).len()).sum();
            coverage.code_points_in_claims = code_points;
        }
        coverage
    };
    export.releases.iter().map(of).collect()
}

/// How many of `paragraphs` share a byte with a span, and how many code points they share, each counted once.
fn shared(paragraphs: &[ByteSpan], mut spans: Vec<ByteSpan>, codes: impl Fn(ByteSpan) -> usize) -> (usize, usize) {
    spans.sort_unstable();
    let mut joined: Vec<ByteSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    let (mut touched, mut code_points) = (0, 0);
    for paragraph in paragraphs {
        let from = joined.partition_point(|span| span.end <= paragraph.start);
        let within = joined.iter().skip(from).take_while(|span| span.start < paragraph.end);
        let parts = within.map(|span| ByteSpan::new(span.start.max(paragraph.start), span.end.min(paragraph.end)));
        let of_paragraph: usize = parts.map(&codes).sum();
        touched += usize::from(of_paragraph > 0);
        code_points += of_paragraph;
    }
    (touched, code_points)
}
