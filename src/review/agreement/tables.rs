//! The counts that all figures come from: one walk over each document.

use std::collections::{BTreeMap, BTreeSet};

use super::Undefined;
use super::alpha::{Level, alpha_of};
use super::cover::Cover;
use super::figure::Counts;
use super::kappa::kappa;
use super::unitizing::{Layout, Partition};
use super::{Coder, Document};
use crate::annotation::{Assessment, Id, Scales};
use crate::document::ByteSpan;
use crate::review::align::{Alignment, align};
use crate::review::facets::{Facet, Voices, judgements};

/// Columns of the counts of what is marked and what is not, for any number of annotators: coincidences of two marks, of
/// two that are none, and of one with the other.
const IN_OUT: usize = 3;
/// The same for two: neither, only the second, only the first, both.
const TWO: usize = 4;
/// Claims of the first, of the second, and of both.
pub(super) const MATCHES: usize = 3;

/// What is left out of the figure of an axis, by its column.
pub(super) const ONE_ONLY: usize = 0;
pub(super) const OUTSIDE: usize = 1;
pub(super) const UNKNOWN: usize = 2;
pub(super) const OTHER_SCALE: usize = 3;
const LEFT_OUT: usize = 4;

/// The counts of all documents.
pub(super) struct Tables {
    rows: usize,
    /// Every kind that a claim has; "" is none.
    pub(super) kinds: Vec<String>,
    pub(super) characters: Counts,
    pub(super) words: Counts,
    pub(super) by_kind: Vec<Counts>,
    pub(super) layout: Layout,
    pub(super) units: Counts,
    pub(super) judged: Judged,
    pub(super) pairs: Vec<PairTables>,
}

/// The counts of two annotators.
pub(super) struct PairTables {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) characters: Counts,
    pub(super) words: Counts,
    pub(super) strict: Counts,
    pub(super) overlap: Counts,
    /// Kind by kind, of claims that both marked.
    pub(super) kinds: Counts,
    pub(super) by_kind: Vec<[Counts; 2]>,
    /// By row, for sources are many and each is in few documents: strict and overlap, as [`MATCHES`].
    pub(super) by_source: BTreeMap<usize, BTreeMap<String, [[f64; MATCHES]; 2]>>,
    pub(super) judged: Judged,
    pub(super) agreed: Counts,
    pub(super) differs: BTreeMap<Facet, Counts>,
}

/// Judgements of claims that both marked.
#[derive(Default)]
pub(super) struct Judged {
    /// By axis and scale: how often which two terms of the scale's order came together.
    pub(super) terms: BTreeMap<(String, String), (usize, Counts)>,
    /// By axis: what could not be compared.
    pub(super) left_out: BTreeMap<String, Counts>,
}

/// A claim as it is counted.
struct Own<'a> {
    spans: &'a [ByteSpan],
    kind: usize,
    speakers: Option<Vec<String>>,
    row: usize,
}

/// Where the rows of a document lie among all.
pub(super) struct Rows<'a> {
    pub(super) first: usize,
    /// Where each row but the first begins, in bytes.
    pub(super) cuts: &'a [usize],
}

impl Rows<'_> {
    fn at(&self, byte: usize) -> usize {
        self.first + self.cuts.partition_point(|&cut| cut <= byte)
    }
}

impl Tables {
    pub(super) fn new(rows: usize, pairs: &[(usize, usize)], documents: &[Document]) -> Self {
        let sets = documents.iter().flat_map(|document| &document.coders).map(|coder| coder.side.set);
        let kinds: BTreeSet<String> =
            sets.flat_map(|set| set.claims.values()).map(|claim| claim.kind.clone().unwrap_or_default()).collect();
        let kinds: Vec<String> = kinds.into_iter().collect();
        let layout = Layout::new(kinds.len() + 1);
        let counts = |columns: usize| Counts::new(rows, columns);
        let pair = |&(a, b): &(usize, usize)| PairTables {
            a,
            b,
            characters: counts(TWO),
            words: counts(TWO),
            strict: counts(MATCHES),
            overlap: counts(MATCHES),
            kinds: counts(kinds.len() * kinds.len()),
            by_kind: kinds.iter().map(|_| [counts(MATCHES), counts(MATCHES)]).collect(),
            by_source: BTreeMap::new(),
            judged: Judged::default(),
            agreed: counts(1),
            differs: BTreeMap::new(),
        };
        Self {
            rows,
            characters: counts(IN_OUT),
            words: counts(IN_OUT),
            by_kind: kinds.iter().map(|_| counts(IN_OUT)).collect(),
            layout,
            units: counts(layout.columns()),
            judged: Judged::default(),
            pairs: pairs.iter().map(pair).collect(),
            kinds,
        }
    }

    /// Counts a document, and gives how the claims of each two annotators go together.
    pub(super) fn count(&mut self, document: &Document, rows: &Rows, scales: &Scales) -> Vec<Option<Alignment>> {
        let claims: Vec<BTreeMap<&Id, Own>> = document.coders.iter().map(|coder| self.claims(coder, rows)).collect();
        self.marked(document, rows, &claims);
        self.units(document, rows, &claims);
        let place = |annotator: usize| document.coders.iter().position(|coder| coder.annotator == annotator);
        let mut alignments = Vec::new();
        for at in 0..self.pairs.len() {
            let sides = self.pairs.get(at).and_then(|pair| Some((place(pair.a)?, place(pair.b)?)));
            alignments.push(sides.and_then(|(a, b)| {
                let coders = (document.coders.get(a)?, document.coders.get(b)?);
                Some(self.pair(at, coders, (claims.get(a)?, claims.get(b)?), scales))
            }));
        }
        alignments
    }

    fn claims<'a>(&self, coder: &Coder<'a>, rows: &Rows) -> BTreeMap<&'a Id, Own<'a>> {
        let mut names = BTreeMap::new();
        let placed = coder.side.places.claims.iter().filter_map(|(id, spans)| {
            let claim = coder.side.set.claims.get(id)?;
            let kind = self.kinds.binary_search_by(|own| own.as_str().cmp(claim.kind.as_deref().unwrap_or_default()));
            let voices = Voices::of(coder.side.set, claim, &mut names);
            let speakers = voices.speakers().map(|names| match names.as_slice() {
                [] => vec![String::new()],
                names => names.iter().map(|name| (*name).to_owned()).collect(),
            });
            let row = rows.at(spans.first()?.start);
            Some((id, Own { spans, kind: kind.unwrap_or_default(), speakers, row }))
        });
        placed.collect()
    }

    /// Characters and words, marked or not.
    fn marked(&mut self, document: &Document, rows: &Rows, claims: &[BTreeMap<&Id, Own>]) {
        let of = |kind: Option<usize>| {
            let chosen = move |own: &&Own| kind.is_none_or(|kind| own.kind == kind);
            Cover::new(
                claims.iter().map(|own| own.values().filter(chosen).flat_map(|own| own.spans).copied().collect()),
            )
        };
        let places: Vec<Option<(usize, usize)>> = {
            let place = |annotator: usize| document.coders.iter().position(|coder| coder.annotator == annotator);
            self.pairs.iter().map(|pair| Some((place(pair.a)?, place(pair.b)?))).collect()
        };
        let mut each = |characters: bool, start: usize, weight: f64, inside: &[bool]| {
            let row = rows.at(start);
            in_out(if characters { &mut self.characters } else { &mut self.words }, row, weight, inside);
            for (pair, place) in self.pairs.iter_mut().zip(&places) {
                let Some((a, b)) = place else { continue };
                let is_in = |at: &usize| usize::from(inside.get(*at).copied().unwrap_or_default());
                let counts = if characters { &mut pair.characters } else { &mut pair.words };
                counts.add(row, 2 * is_in(a) + is_in(b), weight);
            }
        };
        of(None).characters(document.text, rows.cuts, |start, length, inside| each(true, start, length as f64, inside));
        of(None).words(document.text, |start, inside| each(false, start, 1.0, inside));
        for (kind, counts) in self.by_kind.iter_mut().enumerate() {
            of(Some(kind)).characters(document.text, rows.cuts, |start, length, inside| {
                in_out(counts, rows.at(start), length as f64, inside);
            });
        }
    }

    /// Units of each annotator, where none of theirs overlap.
    fn units(&mut self, document: &Document, rows: &Rows, claims: &[BTreeMap<&Id, Own>]) {
        let code = |byte: usize| document.text.code_from_byte(byte);
        let partition = |own: &BTreeMap<&Id, Own>| {
            let mut units: Vec<(ByteSpan, usize)> =
                own.values().flat_map(|own| own.spans.iter().map(|span| (*span, own.kind + 1))).collect();
            units.sort_unstable();
            let mut partition = Partition::new();
            let mut end = 0;
            for (span, value) in units {
                let (from, to) = (code(span.start), code(span.end));
                if from < end {
                    return None;
                }
                partition.extend([(from - end, 0), (to - from, value)].into_iter().filter(|(length, _)| *length > 0));
                end = to;
            }
            let rest = document.text.len_code_points() - end;
            partition.extend((rest > 0).then_some((rest, 0)));
            Some(partition)
        };
        // A unit is counted where its document begins: it may reach over paragraphs.
        match claims.iter().map(partition).collect::<Option<Vec<_>>>() {
            Some(partitions) => self.layout.count(&mut self.units, rows.first, &partitions),
            None => self.layout.leave_out(&mut self.units, rows.first),
        }
    }

    fn pair(
        &mut self,
        at: usize,
        (a, b): (&Coder, &Coder),
        (of_a, of_b): (&BTreeMap<&Id, Own>, &BTreeMap<&Id, Own>),
        scales: &Scales,
    ) -> Alignment {
        let alignment = align(a.side, b.side);
        let (rows, kinds) = (self.rows, self.kinds.len());
        let Some(pair) = self.pairs.get_mut(at) else { return alignment };
        for (column, claims) in [of_a, of_b].into_iter().enumerate() {
            for own in claims.values() {
                for counts in [&mut pair.strict, &mut pair.overlap] {
                    counts.add(own.row, column, 1.0);
                }
                for counts in pair.by_kind.get_mut(own.kind).into_iter().flatten() {
                    counts.add(own.row, column, 1.0);
                }
                for name in own.speakers.iter().flatten() {
                    for counts in of_source(&mut pair.by_source, own.row, name) {
                        if let Some(count) = counts.get_mut(column) {
                            *count += 1.0;
                        }
                    }
                }
            }
        }
        for both in &alignment.pairs {
            let (Some(mine), Some(theirs)) = (&both.mine, &both.theirs) else { continue };
            let (Some(m), Some(t)) = (of_a.get(mine), of_b.get(theirs)) else { continue };
            let row = m.row;
            let is_strict = m.spans == t.spans;
            let add = |[strict, overlap]: [&mut Counts; 2]| {
                overlap.add(row, 2, 1.0);
                strict.add(row, 2, f64::from(u8::from(is_strict)));
            };
            add([&mut pair.strict, &mut pair.overlap]);
            if m.kind == t.kind
                && let Some([strict, overlap]) = pair.by_kind.get_mut(m.kind)
            {
                add([strict, overlap]);
            }
            pair.kinds.add(row, m.kind * kinds + t.kind, 1.0);
            let theirs_too = |name: &&String| t.speakers.iter().flatten().any(|other| other == *name);
            for name in m.speakers.iter().flatten().filter(theirs_too) {
                let [[.., strict], [.., overlap]] = of_source(&mut pair.by_source, row, name);
                *overlap += 1.0;
                *strict += f64::from(u8::from(is_strict));
            }
            pair.agreed.add(row, 0, f64::from(u8::from(both.differs.is_empty())));
            for facet in &both.differs {
                pair.differs.entry(facet.clone()).or_insert_with(|| Counts::new(rows, 1)).add(row, 0, 1.0);
            }
            let (own, other) = (judgements(a.side, mine, theirs), judgements(b.side, theirs, mine));
            let axes: BTreeSet<&str> = own.keys().chain(other.keys()).copied().collect();
            for axis in axes {
                let (own, other) = (own.get(axis), other.get(axis));
                for judged in [&mut pair.judged, &mut self.judged] {
                    judged.count(axis, (own.copied(), other.copied()), row, rows, scales);
                }
            }
        }
        alignment
    }
}

/// The counts of a source.
fn of_source<'a>(
    all: &'a mut BTreeMap<usize, BTreeMap<String, [[f64; MATCHES]; 2]>>,
    row: usize,
    name: &str,
) -> &'a mut [[f64; MATCHES]; 2] {
    all.entry(row).or_default().entry(name.to_owned()).or_default()
}

/// Counts so many units that these annotators marked or did not, as α counts coincidences.
fn in_out(counts: &mut Counts, row: usize, weight: f64, inside: &[bool]) {
    let marked = inside.iter().filter(|inside| **inside).count() as f64;
    let not = inside.len() as f64 - marked;
    if inside.len() > 1 {
        let each = weight / (inside.len() - 1) as f64;
        counts.add(row, 0, each * marked * (marked - 1.0));
        counts.add(row, 1, each * not * (not - 1.0));
        counts.add(row, 2, each * marked * not);
    }
}

/// α of what is marked and what is not.
pub(super) fn alpha_in_out(counts: &[f64]) -> Result<f64, Undefined> {
    let at = |place: usize| counts.get(place).copied().unwrap_or_default();
    if at(0) + at(2) <= 0.0 {
        return Err(if at(1) > 0.0 { Undefined::NothingMarked } else { Undefined::OneAnnotator });
    }
    alpha_of(&[at(1), at(2), at(2), at(0)], &[0, 1], Level::Nominal)
}

/// On how many values α rests.
pub(super) fn n_in_out(counts: &[f64]) -> f64 {
    let at = |place: usize| counts.get(place).copied().unwrap_or_default();
    at(0) + at(1) + 2.0 * at(2)
}

/// κ of what two marked and what they did not.
pub(super) fn kappa_in_out(counts: &[f64]) -> Result<f64, Undefined> {
    let is_unmarked = counts.iter().skip(1).sum::<f64>() <= 0.0;
    match counts.first() {
        Some(neither) if is_unmarked && *neither > 0.0 => Err(Undefined::NothingMarked),
        _ => kappa(counts, 2),
    }
}

impl Judged {
    /// Counts the judgements of two annotators on one claim along an axis.
    fn count(
        &mut self,
        axis: &str,
        (own, other): (Option<&Assessment>, Option<&Assessment>),
        row: usize,
        rows: usize,
        scales: &Scales,
    ) {
        let left_out = self.left_out.entry(axis.to_owned()).or_insert_with(|| Counts::new(rows, LEFT_OUT));
        let (Some(own), Some(other)) = (own, other) else { return left_out.add(row, ONE_ONLY, 1.0) };
        if own.scale != other.scale {
            return left_out.add(row, OTHER_SCALE, 1.0);
        }
        let (Some(first), Some(second)) = (scales.term(own), scales.term(other)) else {
            return left_out.add(row, UNKNOWN, 1.0);
        };
        if first.outside_order || second.outside_order {
            return left_out.add(row, OUTSIDE, 1.0);
        }
        let places = (scales.strength(own), scales.strength(other), scales.axis(&own.scale, axis));
        let (Some(c), Some(k), Some(known)) = places else { return left_out.add(row, UNKNOWN, 1.0) };
        let terms = known.terms.iter().filter(|term| !term.outside_order).count();
        let key = (axis.to_owned(), own.scale.clone());
        let (_, counts) = self.terms.entry(key).or_insert_with(|| (terms, Counts::new(rows, terms * terms)));
        counts.add(row, c * terms + k, 1.0);
        counts.add(row, k * terms + c, 1.0);
    }
}

/// α of terms in the order of their scale.
pub(super) fn alpha_of_terms(counts: &[f64], terms: usize) -> Result<f64, Undefined> {
    let places: Vec<i64> = (0..terms as i64).collect();
    match alpha_of(counts, &places, Level::Ordinal) {
        Err(Undefined::OneAnnotator) => Err(Undefined::NothingJudged),
        found => found,
    }
}
