//! Figures in a text: numbers, percentages and dates, in the digits of any script.
//!
//! Used to propose a claim's kind and to find figures that no claim covers. Held by `tests/assist.rs`.

use super::language::{Class, Language};
use super::words::{Word, words};
use crate::document::{ByteSpan, Text};

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// A number, with its currency and the word for its size ("€ 4 million").
    Number,
    /// A share of a hundred.
    Percentage,
    /// A day, a month or a year.
    Date,
}

/// A figure and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The words.
    pub span: ByteSpan,
    /// What it is.
    pub kind: FigureKind,
}

/// The figures in `span`, in order; none overlap.
#[must_use]
pub fn figures(text: &Text, language: &Language, span: ByteSpan) -> Vec<Figure> {
    let words = words(text.as_str(), span);
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(from) = words.iter().skip(at).position(|word| has_digit(text, word)).map(|ahead| at + ahead) else {
            break;
        };
        let (figure, next) = read_figure(text, language, &words, from, at);
        found.push(figure);
        at = next;
    }
    found
}

fn has_digit(text: &Text, word: &Word<'_>) -> bool {
    text.slice(word.span).chars().any(char::is_numeric)
}

/// Reads the figure whose first digits are in word `from`; words before `floor` belong to an earlier one. Gives it and
/// the first word after it.
fn read_figure(text: &Text, language: &Language, words: &[Word<'_>], from: usize, floor: usize) -> (Figure, usize) {
    let is = |at: usize, class: Class| words.get(at).is_some_and(|word| language.is(&word.lower, class));
    let month = |at: usize| is(at, Class::Month) && words.get(at).is_some_and(|word| word.capital);
    let near =
        |at: usize| words.get(at).is_some_and(|word| matches!(word.gap.trim(), "" | "," | "." | "-" | "–" | "/"));
    let (mut start, mut end) = (from, from + 1);
    let mut kind = FigureKind::Number;
    // 2023-06-28 and 55–80 are one figure each.
    while words.get(end).is_some_and(|word| matches!(word.gap, "-" | "–" | "/") && has_digit(text, word)) {
        end += 1;
    }
    // "June, 2023" is a date; in "by June, 9.5 percent" the month ends a phrase.
    let is_year = |word: &Word<'_>| word.lower.chars().count() == 4;
    let joins = |at: usize| words.get(at).is_some_and(|word| word.gap.trim() != "," || is_year(word));
    if from > floor && month(from - 1) && near(from) && joins(from) {
        start = from - 1;
        kind = FigureKind::Date;
    }
    if month(end) && near(end) {
        kind = FigureKind::Date;
        end += 1;
    }
    if kind == FigureKind::Date {
        while end - start < 4 && near(end) && words.get(end).is_some_and(|word| has_digit(text, word)) {
            end += 1;
        }
    } else {
        while is(end, Class::Quantity) && near(end) {
            end += 1;
        }
        let percent = language.percent.iter().find(|phrase| {
            let mut at = end;
            phrase.split(' ').all(|part| {
                at += 1;
                words.get(at - 1).is_some_and(|word| word.lower == part && word.gap.trim().is_empty())
            })
        });
        if let Some(phrase) = percent {
            end += phrase.split(' ').count();
            kind = FigureKind::Percentage;
        }
    }
    let mut span = ByteSpan {
        start: words.get(start).map_or(0, |word| word.span.start),
        end: words.get(end - 1).map_or(0, |word| word.span.end),
    };
    if kind == FigureKind::Number {
        span = with_signs(text, span);
        let digits = text.slice(span);
        if digits.ends_with(['%', '٪', '‰']) {
            kind = FigureKind::Percentage;
        } else if is_date(digits) {
            kind = FigureKind::Date;
        }
    }
    (Figure { span, kind }, end)
}

/// The span with a currency sign before it, or a percent or currency sign after it.
fn with_signs(text: &Text, span: ByteSpan) -> ByteSpan {
    let (before, after) = (text.as_str().get(..span.start), text.as_str().get(span.end..));
    let (before, after) = (before.unwrap_or(""), after.unwrap_or(""));
    let blank = |c: &char| *c == ' ' || *c == '\u{a0}' || *c == '\u{202f}';
    let sign_before: usize = {
        let trimmed = before.trim_end_matches(|c| blank(&c));
        match trimmed.chars().next_back() {
            Some(sign @ ('€' | '$' | '£' | '¥' | '₪' | '₴' | '₽' | '₹')) => {
                before.len() - trimmed.len() + sign.len_utf8()
            }
            _ => 0,
        }
    };
    let sign_after: usize = {
        let trimmed = after.trim_start_matches(|c| blank(&c));
        match trimmed.chars().next() {
            Some(sign @ ('%' | '٪' | '‰' | '€' | '£' | '₪' | '₴' | '₽' | '₹')) => {
                after.len() - trimmed.len() + sign.len_utf8()
            }
            _ => 0,
        }
    };
    ByteSpan { start: span.start - sign_before, end: span.end + sign_after }
}

/// Whether digits alone are a year from 1800 to 2199, or a day such as 2023-06-28 or 28.06.2023.
fn is_date(digits: &str) -> bool {
    let numbers: Vec<u32> = digits.split(['-', '.', '/']).map_while(number).collect();
    let parts = digits.split(['-', '.', '/']).count();
    let is_year = |number: &u32| (1800..2200).contains(number);
    match numbers.as_slice() {
        [year] => parts == 1 && digits.chars().count() == 4 && is_year(year),
        [a, b, c] => parts == 3 && (is_year(a) || is_year(c)) && *b <= 31,
        _ => false,
    }
}

/// The value of decimal digits of any script; `None` where there is anything else, or too much.
fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() || digits.chars().count() > 8 {
        return None;
    }
    digits.chars().try_fold(0, |number, digit| Some(number * 10 + decimal(digit)?))
}

/// The value of a decimal digit: ASCII, Arabic-Indic, extended Arabic-Indic, Devanagari.
fn decimal(digit: char) -> Option<u32> {
    digit.to_digit(10).or_else(|| {
        let zero = [0x660, 0x6f0, 0x966].into_iter().find(|&zero| (zero..zero + 10).contains(&(digit as u32)))?;
        Some(digit as u32 - zero)
    })
}
