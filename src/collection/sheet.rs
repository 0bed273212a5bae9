//! Claims, or paragraphs, as rows and columns that queries are asked of.
//!
//! A column keeps its values, prepared for comparing, and for each row the number of its value: a condition is asked once
//! for each value, and words are looked for in one walk over all texts of a column. One sheet is made a release, so that an edit costs making that one anew.
//! Held by `tests/query.rs`; `benches/collection.rs` measures it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::folded::folded;
use super::query::{FLAGS, Holds, MORE, Words, days, holds, holds_of_own, is_searched, term};
use crate::annotation::{Assessment, Codebook, Field, Id, Source, Tag, named_value};
use crate::exchange::{COLUMNS, Cell, ClaimView, LIST, Release};

/// Rows of claims or of paragraphs.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    rows: usize,
    columns: Vec<Column>,
}

/// One field of all rows.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its name in queries.
    pub name: String,
    /// Whether plain words are looked for in it.
    pub is_searched: bool,
    /// The values; those of a column of words each once.
    pub values: Vec<Value>,
    /// Their texts, where the column holds text.
    pub texts: Texts,
    /// For each row the number of its value, counted from 1; 0: it has none.
    pub codes: Vec<u32>,
}

/// The texts of a column's values, folded, a line each, so that words are looked for in one walk over all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    joined: String,
    /// Where the texts of each value end.
    ends: Vec<usize>,
}

impl Texts {
    /// For each value, whether the words stand in one of its texts.
    pub fn containing(&self, words: &Words) -> Vec<bool> {
        let mut found = vec![false; self.ends.len()];
        let mut from = 0;
        while let Some(at) = words.next_folded(&self.joined, from) {
            let value = self.ends.partition_point(|end| *end <= at.start);
            let (Some(verdict), Some(end)) = (found.get_mut(value), self.ends.get(value)) else { break };
            *verdict = true;
            from = *end;
        }
        found
    }

    fn push(&mut self, texts: &[String]) {
        for text in texts {
            self.joined.push_str(text);
            self.joined.push('\n');
        }
        self.ends.push(self.joined.len());
    }
}

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    /// As it is shown and exported.
    pub shown: Box<str>,
    /// The words that it is, folded; none where the column holds text.
    pub words: Box<[Box<str>]>,
    /// What it is in a range.
    pub order: Order,
}

/// What a value is in a range.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Order {
    /// Nothing: it is in none.
    None,
    /// A number.
    Number(f64),
    /// The first and the last day that are meant, as `20230628`.
    Days(u32, u32),
    /// A judgement.
    Term {
        /// The scale's id.
        scale: Box<str>,
        /// The term's place in the order; `None` outside it, and where the term is not known.
        strength: Option<usize>,
        /// The number, where one was given.
        number: Option<f64>,
    },
}

/// What a row sorts by: what is greater comes later, and what is not there comes last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// A judgement in its scale's order, the strongest first.
    Term(Reverse<usize>),
    /// A number, as an integer of the same order.
    Number(i64),
    /// A day.
    Day(u32),
    /// A text, folded.
    Text(Box<str>),
    /// A judgement outside the order (F, 6): after those in it, before what is not judged.
    Outside,
    /// Nothing.
    Absent,
}

/// A value under way.
struct Given {
    shown: String,
    folded: Vec<String>,
    order: Order,
}

impl Given {
    /// A text that is shown, and compared in one piece.
    fn text(shown: &str) -> Self {
        Self { folded: vec![folded(shown)], shown: shown.to_owned(), order: Order::None }
    }

    fn of(holds: Holds, shown: &str) -> Self {
        let mut given = Self::text(shown);
        given.order = match holds {
            Holds::Date => days(&given.shown).map_or(Order::None, |(first, last)| Order::Days(first, last)),
            Holds::Number => given.shown.parse().map_or(Order::None, Order::Number),
            Holds::Text | Holds::Word | Holds::Term => Order::None,
        };
        given
    }

    /// Several words, each of which it is.
    fn words<'a>(shown: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        Self { shown: shown.to_owned(), folded: words.into_iter().map(folded).collect(), order: Order::None }
    }
}

/// A column under way.
struct Growing {
    column: Column,
    holds: Holds,
    /// The numbers of the values, by what tells them apart; empty where each row is likely to have a value of its own.
    codes: HashMap<String, u32>,
}

impl Growing {
    fn new(name: &str, holds: Holds, rows: usize) -> Self {
        let is_searched = is_searched(name, holds);
        let (values, texts, codes) = (Vec::new(), Texts::default(), Vec::with_capacity(rows));
        let column = Column { name: name.to_owned(), is_searched, values, texts, codes };
        Self { column, holds, codes: HashMap::new() }
    }

    /// Adds the value of the next row. `key` tells values apart that are shown alike.
    fn push(&mut self, shown: &str, key: Option<&str>, given: impl FnOnce() -> Given) {
        let code = self.known(shown, key).unwrap_or_else(|| {
            let Given { shown, folded, order } = given();
            let words = if self.holds == Holds::Text {
                self.column.texts.push(&folded);
                Box::default()
            } else {
                folded.into_iter().map(String::into_boxed_str).collect()
            };
            self.column.values.push(Value { shown: shown.into(), words, order });
            self.column.values.len() as u32
        });
        self.column.codes.push(code);
    }

    /// The number of a value that a row before had.
    fn known(&mut self, shown: &str, key: Option<&str>) -> Option<u32> {
        let next = self.column.values.len() as u32 + 1;
        if key.is_none() {
            // Rows of a release share most values with the row before.
            let last = self.column.codes.last().copied();
            let value = last.and_then(|code| self.column.values.get(code.checked_sub(1)? as usize));
            if value.is_some_and(|value| *value.shown == *shown) {
                return last;
            }
            if self.holds != Holds::Word {
                return None;
            }
        }
        let whole = key.map_or_else(|| shown.to_owned(), |key| format!("{shown}\n{key}"));
        let code = *self.codes.entry(whole).or_insert(next);
        (code != next).then_some(code)
    }

    fn push_none(&mut self) {
        self.column.codes.push(0);
    }
}

impl Sheet {
    /// The sheet of claims, in their order: a row each.
    pub fn of_claims(claims: &[ClaimView<'_>], codebook: &Codebook) -> Self {
        let remarked = remarked(claims);
        let own = codebook.fields.iter().filter(|field| !is_column(&field.key));
        let axes = codebook.in_use.iter().map(|in_use| in_use.axis.as_str()).filter(|axis| !is_column(axis));
        let mut columns = Vec::new();
        for column in &COLUMNS {
            let each = claims.iter().map(|claim| (column.cell)(claim));
            columns.push(match column.name {
                "kind" => column_of(column.name, Holds::Word, each.map(shown), |kind| given_kind(kind, codebook)),
                "tags" => column_of(column.name, Holds::Word, each.map(shown), |tags| given_tags(tags, codebook)),
                "source_id" | "source_kind" => {
                    column_of(column.name, Holds::Word, each.map(shown), |list| Given::words(list, list.split(LIST)))
                }
                "source" => sources(claims),
                name if holds(name) == Holds::Term => judgements(claims, name, codebook),
                name => column_of(name, holds(name), each.map(shown), |text| Given::of(holds(name), text)),
            });
        }
        for name in MORE {
            let cell = |claim: &ClaimView<'_>| match name {
                "value" => claim.claim.value.clone().unwrap_or_default(),
                "time" => claim.claim.time.clone().unwrap_or_default(),
                "evidence" => claim.claim.evidence.join(LIST),
                _ => flags(claim, &remarked).join(LIST),
            };
            let given = |text: &str| match name {
                "is" => Given::words(text, text.split(LIST)),
                _ => Given::of(holds(name), text),
            };
            columns.push(column_of(name, holds(name), claims.iter().map(cell), given));
        }
        columns.extend(own.flat_map(|field| own_field(field, claims)));
        columns.extend(axes.map(|axis| judgements(claims, axis, codebook)));
        Self { rows: claims.len(), columns }
    }

    /// The sheet of a release's paragraphs, in their order: a row each, with what the release says of itself. Empty
    /// where its text is not at hand.
    pub fn of_text(release: &Release, codebook: &Codebook) -> Self {
        let Some(text) = &release.text else { return Self::default() };
        let about = release.about();
        let paragraphs = &release.paragraphs;
        let some = |field: &Option<String>| field.clone().unwrap_or_default();
        let mut columns = Vec::new();
        for (name, shown) in [
            ("document", release.name.clone()),
            ("title", some(&about.title)),
            ("publisher", some(&about.publisher)),
            ("published", some(&about.published)),
            ("url", some(&about.url)),
            ("text_sha256", release.text_sha256.clone()),
        ] {
            let each = std::iter::repeat_n(shown, paragraphs.len());
            columns.push(column_of(name, holds(name), each, |text| Given::of(holds(name), text)));
        }
        for field in codebook.fields.iter().filter(|field| field.on == "document" && !is_column(&field.key)) {
            let holds = holds_of_own(&field.holds);
            let shown = named_value(&about.fields, &field.key).cloned().unwrap_or_default();
            let each = std::iter::repeat_n(shown, paragraphs.len());
            columns.push(column_of(&field.key, holds, each, |text| Given::of(holds, text)));
        }
        let codes: Vec<_> = paragraphs.iter().map(|span| text.code_span_from_byte_span(*span)).collect();
        let numbers: [(&str, Vec<usize>); 3] = [
            ("start", codes.iter().map(|span| span.start).collect()),
            ("end", codes.iter().map(|span| span.end).collect()),
            ("paragraph", (1..=paragraphs.len()).collect()),
        ];
        for (name, numbers) in numbers {
            let each = numbers.iter().map(ToString::to_string);
            columns.push(column_of(name, Holds::Number, each, |text| Given::of(Holds::Number, text)));
        }
        let each = paragraphs.iter().map(|span| text.slice(*span).to_owned());
        columns.push(column_of("quote", Holds::Text, each, Given::text));
        Self { rows: paragraphs.len(), columns }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// What stands in a row under a column, as exports have it; empty where nothing does.
    pub fn cell(&self, row: usize, column: &str) -> &str {
        let column = self.columns.iter().find(|own| own.name == column);
        let value = column.and_then(|own| own.values.get(own.codes.get(row)?.checked_sub(1)? as usize));
        value.map_or("", |value| &value.shown)
    }

    /// What each row sorts by under a column.
    pub fn sort_keys(&self, column: &str) -> Vec<SortKey> {
        let Some(column) = self.columns.iter().find(|own| own.name == column) else {
            return vec![SortKey::Absent; self.rows];
        };
        let keys: Vec<SortKey> = column.values.iter().map(sort_key).collect();
        let key = |code: &u32| code.checked_sub(1).and_then(|at| keys.get(at as usize)).cloned();
        column.codes.iter().map(|code| key(code).unwrap_or(SortKey::Absent)).collect()
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter()
    }
}

fn sort_key(value: &Value) -> SortKey {
    match value.order {
        Order::Number(number) => {
            // The bits of a float order as it does, once negative ones are turned round.
            let bits = number.to_bits().cast_signed();
            SortKey::Number(if bits < 0 { i64::MIN ^ !bits } else { bits })
        }
        Order::Days(first, _) => SortKey::Day(first),
        Order::Term { strength: Some(strength), .. } => SortKey::Term(Reverse(strength)),
        Order::Term { strength: None, .. } => SortKey::Outside,
        Order::None => SortKey::Text(folded(&value.shown).into_boxed_str()),
    }
}

fn is_column(name: &str) -> bool {
    COLUMNS.iter().any(|column| column.name == name)
}

/// A cell as one text.
fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Absent => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.into_owned(),
        Cell::List(parts) => parts.join(LIST),
    }
}

/// A column of texts, the empty ones being no value.
fn column_of(name: &str, holds: Holds, cells: impl Iterator<Item = String>, given: impl Fn(&str) -> Given) -> Column {
    let mut growing = Growing::new(name, holds, cells.size_hint().0);
    for cell in cells {
        if cell.is_empty() { growing.push_none() } else { growing.push(&cell, None, || given(&cell)) }
    }
    growing.column
}

/// A field of the team's own: of the claim, of the release that it stands in, or of who says it. Several speakers have a
/// column each, so that each value is compared by itself.
fn own_field(field: &Field, claims: &[ClaimView<'_>]) -> Vec<Column> {
    let holds = holds_of_own(&field.holds);
    let column = |of: &dyn Fn(&ClaimView<'_>) -> Option<String>| {
        let cells = claims.iter().map(|claim| of(claim).unwrap_or_default());
        column_of(&field.key, holds, cells, |text| Given::of(holds, text))
    };
    match field.on.as_str() {
        "claim" => vec![column(&|claim| claim.field(&field.key).cloned())],
        "document" => vec![column(&|claim| named_value(&claim.layer.about.fields, &field.key).cloned())],
        "source" => {
            let speakers = |claim: &ClaimView<'_>| claim.voice().map_or(0, |voice| voice.speakers.len());
            let most = claims.iter().map(speakers).max().unwrap_or_default();
            let value = |claim: &ClaimView<'_>, nth: usize| {
                named_value(&claim.voice()?.speakers.get(nth)?.source?.fields, &field.key).cloned()
            };
            (0..most).map(|nth| column(&|claim| value(claim, nth))).collect()
        }
        // The field is not shown either.
        _ => Vec::new(),
    }
}

/// A kind, which may be named by its label too.
fn given_kind(kind: &str, codebook: &Codebook) -> Given {
    Given::words(kind, [kind, codebook.look(Some(kind)).label])
}

/// Tags, each with its label and those that it is below.
fn given_tags(tags: &str, codebook: &Codebook) -> Given {
    fn way<'a>(tags: &'a [Tag], key: &str) -> Option<Vec<&'a str>> {
        tags.iter().find_map(|tag| {
            let mut words = if tag.key == key { Vec::new() } else { way(&tag.tags, key)? };
            words.extend([tag.key.as_str(), tag.label.as_str()]);
            Some(words)
        })
    }
    let words = tags.split(LIST).flat_map(|tag| way(&codebook.tags, tag).unwrap_or_else(|| vec![tag]));
    Given::words(tags, words)
}

/// Who says each claim, by every name that the register has.
fn sources(claims: &[ClaimView<'_>]) -> Column {
    let mut growing = Growing::new("source", Holds::Text, claims.len());
    for claim in claims {
        let name = claim.each_speaker(|speaker| speaker.name.clone());
        if name.is_empty() {
            growing.push_none();
            continue;
        }
        let speakers = claim.voice().map_or(&[][..], |voice| &voice.speakers);
        // Two entries of one name may have other aliases.
        let key = claim.each_speaker(|speaker| speaker.id.map_or_else(String::new, ToString::to_string));
        let key = format!("{} {key}", claim.layer.handle);
        growing.push(&name, Some(&key), || {
            let known = || speakers.iter().filter_map(|speaker| speaker.source);
            let aliases = known().flat_map(Source::names);
            let bodies = known().filter_map(|source| source.affiliation.as_deref());
            Given::words(&name, speakers.iter().map(|speaker| speaker.name.as_str()).chain(aliases).chain(bodies))
        });
    }
    growing.column
}

/// The judgements in force on an axis.
fn judgements(claims: &[ClaimView<'_>], axis: &str, codebook: &Codebook) -> Column {
    let mut growing = Growing::new(axis, Holds::Term, claims.len());
    for claim in claims {
        match claim.judgement(axis) {
            Some(own) => growing.push(&claim.term(axis), Some(&key_of(own)), || given_judgement(own, codebook)),
            None => growing.push_none(),
        }
    }
    growing.column
}

fn key_of(own: &Assessment) -> String {
    format!("{} {:?}", own.scale, own.value)
}

fn given_judgement(own: &Assessment, codebook: &Codebook) -> Given {
    let written = own.term.clone().or_else(|| own.value.map(|value| value.to_string())).unwrap_or_default();
    let known = codebook.scales.term(own);
    let names = known.iter().flat_map(|own| [&own.key, &own.label].into_iter().chain(&own.also));
    let mut words: Vec<String> = names.map(|name| term(name)).collect();
    words.extend(own.term.as_deref().map(term));
    let order =
        Order::Term { scale: own.scale.as_str().into(), strength: codebook.scales.strength(own), number: own.value };
    Given { shown: written, folded: words, order }
}

/// What a claim is, in the words of `is:`.
fn flags<'a>(claim: &ClaimView<'a>, remarked: &BTreeSet<&Id>) -> Vec<&'a str> {
    let is_assessed = claim.judgements.iter().any(|own| own.current && own.assessment.axis != "reliability");
    let holds = |word: &str| match word {
        "attributed" => claim.voices.is_some(),
        "unattributed" => claim.voices.is_none(),
        "assessed" => is_assessed,
        "unassessed" => !is_assessed,
        "remarked" => remarked.contains(claim.id),
        found => claim.found.word() == found,
    };
    let mut flags: Vec<&str> = FLAGS.into_iter().filter(|flag| holds(flag)).collect();
    flags.push(claim.claim.status.as_deref().unwrap_or("open"));
    flags
}

/// The items that somebody remarks on, in whoever's set of the same releases.
fn remarked<'a>(claims: &[ClaimView<'a>]) -> BTreeSet<&'a Id> {
    let mut seen: Option<&Release> = None;
    let mut remarked = BTreeSet::new();
    for claim in claims {
        if seen.is_some_and(|seen| std::ptr::eq(seen, claim.release)) {
            continue;
        }
        seen = Some(claim.release);
        let remarks = claim.release.layers.iter().flat_map(|layer| layer.set.remarks.values());
        remarked.extend(remarks.filter_map(|remark| remark.on.as_ref()));
    }
    remarked
}
