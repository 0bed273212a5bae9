//! Words that say how firmly a thing is said: "will" or "may", "at least", "not". Used to tell where a new version of a
//! release takes something back. The lists are data (`assets/languages`). Held by `tests/assist.rs`.

use super::language::{Class, Language};
use super::words::{Word, words};
use crate::document::{ByteSpan, Text};

/// How a word bears on what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HedgeKind {
    /// A verb that says how firmly: "will", "may".
    Modal,
    /// How firmly or how nearly, otherwise: "at least", "probably".
    Hedge,
    /// "not", "never".
    Negation,
}

/// Such a word, or words, and where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hedge {
    /// The words.
    pub span: ByteSpan,
    /// How they bear on what is said.
    pub kind: HedgeKind,
}

/// The hedges in `span`, in order; none overlap.
#[must_use]
pub fn hedges(text: &Text, language: &Language, span: ByteSpan) -> Vec<Hedge> {
    let words = words(text.as_str(), span);
    let mut found = Vec::new();
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        match hedge(language, rest) {
            Some((kind, count)) => {
                let end = rest.get(count - 1).map_or(first.span.end, |word| word.span.end);
                found.push(Hedge { span: ByteSpan { start: first.span.start, end }, kind });
                rest = rest.get(count..).unwrap_or_default();
            }
            None => rest = behind,
        }
    }
    found
}

/// The hedge with which these words begin, and how many of them it is.
fn hedge(language: &Language, words: &[Word]) -> Option<(HedgeKind, usize)> {
    let stands = |phrase: &&Vec<String>| {
        phrase.iter().enumerate().all(|(at, part)| {
            let is_next = |word: &Word| at == 0 || matches!(word.gap.trim(), "" | "-");
            words.get(at).is_some_and(|word| word.lower == *part && is_next(word))
        })
    };
    let counts = |phrase: &&Vec<String>| {
        let next = words.get(phrase.len());
        stands(phrase) && next.is_some_and(|word| word.lower.chars().any(char::is_numeric))
    };
    let first = words.first()?;
    // "May 2026" is a month.
    let is_month = first.capital && language.is(&first.lower, Class::Month);
    let phrase = language.hedges.iter().find(stands).or_else(|| language.hedges_of_numbers.iter().find(counts));
    if let Some(phrase) = phrase {
        Some((HedgeKind::Hedge, phrase.len()))
    } else if language.is(&first.lower, Class::Negation) {
        Some((HedgeKind::Negation, 1))
    } else if language.is(&first.lower, Class::Modal) && !is_month {
        Some((HedgeKind::Modal, 1))
    } else {
        None
    }
}
