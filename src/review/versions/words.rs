//! The words and signs of a text, as they are compared: without typesetting, blanks left out.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Version;
use crate::annotation::without_typesetting;
use crate::document::ByteSpan;

/// The words and signs of a text, in its order.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Where each stands.
    pub spans: Vec<ByteSpan>,
    /// Whether each is a word or a number, and no mere sign.
    pub is_word: Vec<bool>,
    /// The paragraph that each is in, from 0.
    pub paragraph: Vec<usize>,
    /// The first of each paragraph, and at last the number of all.
    first: Vec<usize>,
}

impl Words {
    pub(super) fn of(version: &Version) -> Self {
        let mut words = Self::default();
        for (number, paragraph) in version.structure.paragraphs().iter().enumerate() {
            words.first.push(words.spans.len());
            for (at, piece) in version.text.slice(paragraph.span).split_word_bound_indices() {
                if piece.chars().filter_map(without_typesetting).all(|c| c == ' ') {
                    continue;
                }
                let start = paragraph.span.start + at;
                words.spans.push(ByteSpan { start, end: start + piece.len() });
                words.is_word.push(piece.chars().any(char::is_alphanumeric));
                words.paragraph.push(number);
            }
        }
        words.first.push(words.spans.len());
        words
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// How many paragraphs there are.
    pub(super) fn paragraphs(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// The words of these paragraphs.
    pub(super) fn of_paragraphs(&self, paragraphs: &Range<usize>) -> Range<usize> {
        let first = |number: usize| self.first.get(number).copied().unwrap_or(self.len());
        first(paragraphs.start)..first(paragraphs.end)
    }

    /// The words that share a byte with `span`.
    pub(super) fn within(&self, span: ByteSpan) -> Range<usize> {
        let start = self.spans.partition_point(|word| word.end <= span.start);
        let end = self.spans.partition_point(|word| word.start < span.end);
        start..end.max(start)
    }

    /// How many of these are words.
    pub(super) fn count(&self, range: Range<usize>) -> usize {
        self.is_word.get(range).unwrap_or_default().iter().filter(|&&is_word| is_word).count()
    }

    /// The span from the first to the last of these; `None` where there are none.
    pub(super) fn hull(&self, range: Range<usize>) -> Option<ByteSpan> {
        let spans = self.spans.get(range)?;
        Some(ByteSpan { start: spans.first()?.start, end: spans.last()?.end })
    }
}

/// A number for each word of both texts: the same for the same words.
pub(super) fn numbered(old: &Version, old_words: &Words, new: &Version, new_words: &Words) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut of = |version: &Version, words: &Words| -> Vec<u32> {
        let number = |span: &ByteSpan| {
            let next = numbers.len() as u32;
            *numbers.entry(folded(version.text.slice(*span))).or_insert(next)
        };
        words.spans.iter().map(number).collect()
    };
    let old = of(old, old_words);
    (old, of(new, new_words))
}

/// A text without its typesetting, runs of blanks one blank, none at the ends.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter_map(without_typesetting) {
        if c != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}
