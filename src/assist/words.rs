//! The words of a stretch of text, with what stands between them.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::document::ByteSpan;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// Where it stands in the document's text.
    pub span: ByteSpan,
    /// Where it ends without a possessive ending.
    pub bare_end: usize,
    /// In lower case, without a possessive or contracted ending ("Obama’s" is `obama`, "we'll" is `we`, "didn't" is
    /// `not`).
    pub lower: String,
    /// What stands between the word before and this one.
    pub gap: &'a str,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether all its letters are capitals, and there are several.
    pub is_upper: bool,
    /// Whether it ends in a possessive.
    pub possessive: bool,
}

impl Word<'_> {
    /// Whether it can begin a name: with a capital, or in a script that has none.
    pub fn capital_or_uncased(&self) -> bool {
        self.capital || !self.lower.chars().next().is_some_and(char::is_lowercase)
    }
}

/// Endings that an apostrophe joins to a word.
const ENDINGS: [&str; 6] = ["s", "d", "m", "ll", "re", "ve"];

/// The words of `span`.
pub(super) fn words(text: &str, span: ByteSpan) -> Vec<Word<'_>> {
    let slice = text.get(span.start..span.end).unwrap_or("");
    let mut end = 0;
    slice
        .unicode_word_indices()
        .map(|(at, word)| {
            let gap = slice.get(end..at).unwrap_or("");
            end = at + word.len();
            let lower = word.to_lowercase().replace('’', "'");
            let (lower, possessive) = without_ending(lower);
            let ending = if possessive { word.len() - word.rfind(['\'', '’']).unwrap_or(word.len()) } else { 0 };
            Word {
                span: ByteSpan { start: span.start + at, end: span.start + end },
                bare_end: span.start + end - ending,
                lower,
                gap,
                is_upper: word.chars().count() > 1 && word.chars().all(char::is_uppercase),
                capital: word.chars().next().is_some_and(char::is_uppercase),
                possessive,
            }
        })
        .collect()
}

fn without_ending(word: String) -> (String, bool) {
    if word.ends_with("n't") {
        return ("not".to_owned(), false);
    }
    match word.rsplit_once('\'') {
        Some((base, ending)) if ENDINGS.contains(&ending) && !base.is_empty() => (base.to_owned(), ending == "s"),
        _ => (word, false),
    }
}

/// Letters and digits of a text in lower case, words parted by one blank: for comparing names.
pub(super) fn folded(text: &str) -> String {
    let words: Vec<String> =
        text.unicode_words().map(|word| without_ending(word.to_lowercase().replace('’', "'")).0).collect();
    words.join(" ")
}
