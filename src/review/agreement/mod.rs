//! How far annotators agree, in figures: of each two, of all on a document, of all documents.
//!
//! One file a family of measures, each with its formula and its paper: precision, recall and F₁ of claims
//! ([`matching`](self::Matches)), Cohen's κ ([`kappa`]), Krippendorff's α ([`alpha`]) of characters, words and judgements,
//! and his u-alphas of units ([`u_alphas`]). What is no agreement and no disagreement is no number: see [`Undefined`].
//! γ of Mathet, Widlöcher and Métivier (2015) is not among them: its chance comes from continua drawn at random and its
//! alignment from a solver that is exact for few annotators only, so that two programs seldom give the same figure.
//!
//! Pure: sets, places and a seed in, figures out. Held by `tests/agreement.rs`.

mod alpha;
mod cover;
mod figure;
mod kappa;
mod matching;
mod tables;
mod unitizing;

use std::collections::BTreeMap;
use std::ops::Range;

pub use alpha::{Level, alpha};
pub use figure::{Figure, RESAMPLES, Undefined};
pub use kappa::kappa;
pub use matching::Matches;
pub use unitizing::{Partition, u_alphas};

use self::figure::{Counts, Draws};
use self::tables::{Judged, MATCHES, ONE_ONLY, OTHER_SCALE, OUTSIDE, PairTables, Rows, Tables, UNKNOWN};
use super::align::{Alignment, Side};
use super::facets::Facet;
use crate::annotation::Scales;
use crate::document::{ByteSpan, Text};

/// A document and what annotators made of it.
pub struct Document<'a> {
    /// Its text.
    pub text: &'a Text,
    /// Its paragraphs, in order: what is drawn where it is the only document.
    pub paragraphs: &'a [ByteSpan],
    /// Each annotator once; one who marked nothing counts, one who did not look at it must be left out.
    pub coders: Vec<Coder<'a>>,
}

/// An annotator's work on a document.
pub struct Coder<'a> {
    /// The annotator's place among all.
    pub annotator: usize,
    /// The set.
    pub side: Side<'a>,
}

/// How far annotators agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Each document, in the order given.
    pub documents: Vec<Part>,
    /// All documents together: characters, words and claims of all of them counted, and not an average of figures.
    pub whole: Part,
    /// What was drawn for the intervals of the whole, and how many there are.
    pub drawn: (Drawn, usize),
}

/// What the intervals were drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Whole documents.
    Documents,
    /// Paragraphs of the only document; in a long one, groups of neighbours.
    Paragraphs,
}

/// Figures by their names in data, in the order in which they are shown.
pub type Figures = Vec<(&'static str, Figure)>;

/// The figures of a document, or of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Places of the annotators who worked on it.
    pub annotators: Vec<usize>,
    /// Of all annotators.
    pub figures: Figures,
    /// The same of each kind of claim; "" is no kind.
    pub by_kind: Vec<(String, Figures)>,
    /// Judgements of claims that two marked, all pairs of annotators together.
    pub axes: Vec<Axis>,
    /// Of each two annotators.
    pub pairs: Vec<Two>,
}

/// The figures of two annotators.
#[derive(Clone, Debug, PartialEq)]
pub struct Two {
    /// The place of the first, who is taken as the reference for precision and recall.
    pub a: usize,
    /// The place of the second.
    pub b: usize,
    /// How their claims go together; `None` for all documents.
    pub alignment: Option<Alignment>,
    /// How many claims each marked.
    pub claims: (usize, usize),
    /// How many claims both marked, …
    pub both: usize,
    /// … and on how many of them they agree in everything.
    pub agreed: usize,
    /// In what they differ on the others, each with its count.
    pub differs: Vec<(Facet, usize)>,
    /// Of all claims.
    pub figures: Figures,
    /// Of the claims of each kind; a claim that the two gave different kinds goes with none.
    pub by_kind: Vec<(String, Figures)>,
    /// Of the claims of each source, by its name without case; "" is the writer of the release.
    pub by_source: Vec<(String, Figures)>,
    /// Their judgements.
    pub axes: Vec<Axis>,
}

/// Judgements on one axis of claims that two annotators marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The axis.
    pub axis: String,
    /// By scale: α with distances by the scale's order; it rests on so many claims.
    pub by_scale: Vec<(String, Figure)>,
    /// Claims that only one of the two judged.
    pub one_only: usize,
    /// Claims that one judged by a term outside the order (F, 6): left out, as no place in the order is theirs.
    pub outside_order: usize,
    /// Claims that one judged by a word or number that is no term of the scale: left out.
    pub unknown: usize,
    /// Claims that the two judged on different scales: left out.
    pub other_scale: usize,
}

/// The figure of this name.
#[must_use]
pub fn figure<'a>(figures: &'a Figures, name: &str) -> Option<&'a Figure> {
    figures.iter().find(|(own, _)| *own == name).map(|(_, figure)| figure)
}

/// Rows of one document at most: beyond, neighbouring paragraphs are drawn together.
const MOST_ROWS: usize = 400;

/// How far annotators agree on documents. `pairs` are the places of each two to compare; `seed` decides on what is drawn
/// for the intervals: the same one gives the same figures.
///
/// Costs by the number of claims times its logarithm, by the length of the texts, and by the number of pairs.
#[must_use]
pub fn agreement(pairs: &[(usize, usize)], documents: &[Document], scales: &Scales, seed: u64) -> Agreement {
    let cuts: Vec<usize> = match documents {
        [only] => cuts(only.paragraphs),
        _ => Vec::new(),
    };
    let rows = documents.len() + cuts.len();
    let mut tables = Tables::new(rows, pairs, documents);
    let mut alignments = Vec::new();
    for (first, document) in documents.iter().enumerate() {
        alignments.push(tables.count(document, &Rows { first, cuts: &cuts }, scales));
    }
    let draws = Draws::new(rows, seed);
    let is_one = documents.len() == 1;
    let mut parts = Vec::new();
    for ((at, document), alignments) in documents.iter().enumerate().zip(alignments) {
        let range = if is_one { 0..rows } else { at..at + 1 };
        let annotators = document.coders.iter().map(|coder| coder.annotator).collect();
        let mut part = Part { annotators, ..tables.part(range, None, None) };
        part.pairs.retain(|pair| part.annotators.contains(&pair.a) && part.annotators.contains(&pair.b));
        for (pair, alignment) in part.pairs.iter_mut().zip(alignments.into_iter().flatten()) {
            pair.alignment = Some(alignment);
        }
        parts.push(part);
    }
    let mut annotators: Vec<usize> = parts.iter().flat_map(|part| part.annotators.iter().copied()).collect();
    annotators.sort_unstable();
    annotators.dedup();
    // The units of a document are counted at once: of one document there is nothing to draw.
    let of_units = draws.as_ref().filter(|_| !is_one);
    let whole = Part { annotators, ..tables.part(0..rows, draws.as_ref(), of_units) };
    let drawn = if is_one { Drawn::Paragraphs } else { Drawn::Documents };
    Agreement { documents: parts, whole, drawn: (drawn, rows) }
}

/// Where each row of a document but the first begins.
fn cuts(paragraphs: &[ByteSpan]) -> Vec<usize> {
    let each = paragraphs.len().div_ceil(MOST_ROWS).max(1);
    paragraphs.iter().skip(each).step_by(each).map(|paragraph| paragraph.start).collect()
}

impl Tables {
    fn part(&self, rows: Range<usize>, draws: Option<&Draws>, of_units: Option<&Draws>) -> Part {
        let (layout, units) = (self.layout, &self.units);
        let in_out = |counts: &Counts| counts.figure(rows.clone(), draws, tables::alpha_in_out, tables::n_in_out);
        let of_units = |value: &dyn Fn(&[f64]) -> Result<f64, Undefined>| {
            units.figure(rows.clone(), of_units, value, |counts| layout.n(counts))
        };
        let by_kind = self.kinds.iter().zip(&self.by_kind).enumerate().map(|(at, (kind, counts))| {
            let unit_alpha = of_units(&|counts| layout.value(counts, at + 1));
            (kind.clone(), vec![("character_alpha", in_out(counts)), ("unit_alpha", unit_alpha)])
        });
        Part {
            annotators: Vec::new(),
            figures: vec![
                ("character_alpha", in_out(&self.characters)),
                ("token_alpha", in_out(&self.words)),
                ("u_alpha", of_units(&|counts| layout.u_alpha(counts))),
                ("u_alpha_binary", of_units(&|counts| layout.binary(counts))),
                ("cu_alpha", of_units(&|counts| layout.values_alone(counts))),
            ],
            by_kind: by_kind.collect(),
            axes: axes(&self.judged, &rows, draws),
            pairs: self.pairs.iter().map(|pair| self.two(pair, &rows, draws)).collect(),
        }
    }

    fn two(&self, pair: &PairTables, rows: &Range<usize>, draws: Option<&Draws>) -> Two {
        let count = |counts: &Counts, column: usize| counts.total(rows.clone(), column);
        let of_two =
            |counts: &Counts| counts.figure(rows.clone(), draws, tables::kappa_in_out, |sum| sum.iter().sum::<f64>());
        let kinds = self.kinds.len();
        let kappa_of_kinds = |sum: &[f64]| match kappa(sum, kinds) {
            Err(Undefined::NoText) => Err(Undefined::NothingShared),
            found => found,
        };
        let matches = |[strict, overlap]: [&Counts; 2]| {
            let figure = |counts: &Counts, value: fn(Matches) -> Result<f64, Undefined>| {
                counts.figure(rows.clone(), draws, |sum| value(Matches::of(sum)), |sum| Matches::of(sum).n())
            };
            named(|value| figure(strict, value), |value| figure(overlap, value))
        };
        let mut figures = matches([&pair.strict, &pair.overlap]);
        figures.push(("character_kappa", of_two(&pair.characters)));
        figures.push(("token_kappa", of_two(&pair.words)));
        let kinds = pair.kinds.figure(rows.clone(), draws, kappa_of_kinds, |sum| sum.iter().sum::<f64>());
        figures.push(("kind_kappa", kinds));
        let is_there = |figures: &Figures| figures.first().is_some_and(|(_, figure)| figure.n > 0);
        let by_kind = self.kinds.iter().zip(&pair.by_kind);
        let by_kind = by_kind.map(|(kind, counts)| (kind.clone(), matches(counts.each_ref())));
        // Sources are many, and each has few claims: their figures go without intervals.
        let mut by_source: BTreeMap<&str, [[f64; MATCHES]; 2]> = BTreeMap::new();
        for (name, counts) in pair.by_source.range(rows.clone()).flat_map(|(_, sources)| sources) {
            let sums = by_source.entry(name).or_default().as_flattened_mut();
            sums.iter_mut().zip(counts.as_flattened()).for_each(|(sum, count)| *sum += count);
        }
        let by_source = by_source.into_iter().map(|(name, [strict, overlap])| {
            let figure = |counts: &[f64], value: fn(Matches) -> Result<f64, Undefined>| {
                let matches = Matches::of(counts);
                Figure { value: value(matches), interval: None, n: matches.n().round() as usize }
            };
            (name.to_owned(), named(|value| figure(&strict, value), |value| figure(&overlap, value)))
        });
        let differs = pair.differs.iter().map(|(facet, counts)| (facet.clone(), count(counts, 0)));
        Two {
            a: pair.a,
            b: pair.b,
            alignment: None,
            claims: (count(&pair.strict, 0), count(&pair.strict, 1)),
            both: count(&pair.overlap, 2),
            agreed: count(&pair.agreed, 0),
            differs: differs.filter(|(_, count)| *count > 0).collect(),
            figures,
            by_kind: by_kind.filter(|(_, figures)| is_there(figures)).collect(),
            by_source: by_source.collect(),
            axes: axes(&pair.judged, rows, draws),
        }
    }
}

/// The figures of claims that were matched, by their names.
fn named(
    strict: impl Fn(fn(Matches) -> Result<f64, Undefined>) -> Figure,
    overlap: impl Fn(fn(Matches) -> Result<f64, Undefined>) -> Figure,
) -> Figures {
    vec![
        ("strict_precision", strict(Matches::precision)),
        ("strict_recall", strict(Matches::recall)),
        ("strict_f1", strict(Matches::f1)),
        ("overlap_precision", overlap(Matches::precision)),
        ("overlap_recall", overlap(Matches::recall)),
        ("overlap_f1", overlap(Matches::f1)),
    ]
}

fn axes(judged: &Judged, rows: &Range<usize>, draws: Option<&Draws>) -> Vec<Axis> {
    let of = |(axis, counts): (&String, &Counts)| {
        let left_out = |column: usize| counts.total(rows.clone(), column);
        let on_axis = judged.terms.iter().filter(|((own, _), _)| own == axis);
        let by_scale = on_axis.map(|((_, scale), (terms, counts))| {
            // A claim stands in the coincidences twice, once each way.
            let n = |sum: &[f64]| sum.iter().sum::<f64>() / 2.0;
            (scale.clone(), counts.figure(rows.clone(), draws, |sum| tables::alpha_of_terms(sum, *terms), n))
        });
        Axis {
            axis: axis.clone(),
            by_scale: by_scale.filter(|(_, figure)| figure.n > 0).collect(),
            one_only: left_out(ONE_ONLY),
            outside_order: left_out(OUTSIDE),
            unknown: left_out(UNKNOWN),
            other_scale: left_out(OTHER_SCALE),
        }
    };
    let is_judged =
        |axis: &Axis| axis.by_scale.len() + axis.one_only + axis.outside_order + axis.unknown + axis.other_scale > 0;
    judged.left_out.iter().map(of).filter(is_judged).collect()
}
