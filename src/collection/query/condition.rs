//! One condition of a query, and whether a value of a sheet meets it.

use super::super::sheet::{Order, Sheet, Value};
use super::pattern::Words;

/// What is asked of one or several fields.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// Where it is asked.
    pub fields: Fields,
    /// What is asked.
    pub test: Test,
}

/// The fields that a condition is asked of; one that meets it is enough.
#[derive(Clone, Debug)]
pub(super) enum Fields {
    /// Those of these names.
    Named(Vec<String>),
    /// All that hold text, but for the quiet ones.
    AnyText,
}

/// What is asked of a value.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// That there is one.
    IsThere,
    /// That these words stand in it.
    Contains(Box<Words>),
    /// That it is, or has among it, this word.
    Is(String),
    /// That it lies between these days, ends included.
    Days(u32, u32),
    /// That it lies between these numbers, ends included.
    Numbers(f64, f64),
    /// That its strength lies between these on its own scale, ends included. Terms outside the order have none.
    Terms(Vec<Strengths>),
}

/// A range of terms on one scale.
#[derive(Clone, Debug)]
pub(super) struct Strengths {
    /// The scale's id.
    pub scale: String,
    /// The weakest that is meant.
    pub from: usize,
    /// The strongest that is meant.
    pub to: usize,
}

impl Test {
    /// Whether a value meets it; words in texts are looked for by [`Texts::containing`](super::super::sheet::Texts).
    pub fn holds(&self, value: &Value) -> bool {
        match (self, &value.order) {
            (Self::IsThere, _) => true,
            (Self::Is(word), _) => value.words.iter().any(|own| **own == **word),
            (Self::Days(from, to), Order::Days(first, last)) => from <= first && last <= to,
            (Self::Numbers(from, to), Order::Number(number) | Order::Term { number: Some(number), .. }) => {
                from <= number && number <= to
            }
            (Self::Terms(ranges), Order::Term { scale, strength: Some(strength), .. }) => {
                ranges.iter().any(|range| *range.scale == **scale && (range.from..=range.to).contains(strength))
            }
            (Self::Contains(_) | Self::Days(..) | Self::Numbers(..) | Self::Terms(..), _) => false,
        }
    }
}

impl Condition {
    /// Puts `true` to the rows of a sheet that meet it.
    pub fn meet(&self, sheet: &Sheet, rows: &mut [bool]) {
        let is_meant = |name: &str, is_text: bool| match &self.fields {
            Fields::Named(names) => names.iter().any(|own| own == name),
            Fields::AnyText => is_text,
        };
        for column in sheet.columns().filter(|column| is_meant(&column.name, column.is_searched)) {
            // Each value is asked once, however many rows have it.
            let verdicts = match &self.test {
                Test::Contains(words) => match &**words {
                    Words::Folded { .. } => column.texts.containing(words),
                    Words::Pattern { pattern, .. } => {
                        column.values.iter().map(|value| pattern.is_match(&value.shown)).collect()
                    }
                },
                test => column.values.iter().map(|value| test.holds(value)).collect(),
            };
            if !verdicts.contains(&true) {
                continue;
            }
            for (row, code) in rows.iter_mut().zip(&column.codes) {
                *row |= code.checked_sub(1).and_then(|at| verdicts.get(at as usize)).is_some_and(|verdict| *verdict);
            }
        }
    }
}
