//! Which characters and which words of a text each annotator marked.

use unicode_segmentation::UnicodeSegmentation;

use crate::document::{ByteSpan, Text};
use crate::review::places::joined;

/// What each annotator marked of a text, read from its start to its end.
pub(super) struct Cover {
    marked: Vec<Marked>,
}

struct Marked {
    spans: Vec<ByteSpan>,
    at: usize,
}

impl Cover {
    /// Of each annotator the spans marked, in whatever order.
    pub(super) fn new(marked: impl Iterator<Item = Vec<ByteSpan>>) -> Self {
        Self { marked: marked.map(|spans| Marked { spans: joined(spans), at: 0 }).collect() }
    }

    /// Whether each annotator marked a byte of `span`; spans are asked for in the order of the text.
    fn of(&mut self, span: ByteSpan, inside: &mut Vec<bool>) {
        inside.clear();
        inside.extend(self.marked.iter_mut().map(|marked| {
            while marked.spans.get(marked.at).is_some_and(|own| own.end <= span.start) {
                marked.at += 1;
            }
            marked.spans.get(marked.at).is_some_and(|own| own.start < span.end)
        }));
    }

    /// Calls `found` with each run of characters on which no annotator changes from marked to unmarked or back: where it
    /// begins, its length in code points, and who marked it. `cuts` ascend and cut runs too.
    pub(super) fn characters(mut self, text: &Text, cuts: &[usize], mut found: impl FnMut(usize, usize, &[bool])) {
        let ends = self.marked.iter().flat_map(|marked| &marked.spans).flat_map(|span| [span.start, span.end]);
        let mut bounds: Vec<usize> = ends.chain(cuts.iter().copied()).filter(|&at| at < text.len()).collect();
        bounds.push(text.len());
        bounds.sort_unstable();
        bounds.dedup();
        let (mut start, mut code, mut inside) = (0, 0, Vec::new());
        for end in bounds.into_iter().filter(|&end| end > 0) {
            let next = text.code_from_byte(end);
            self.of(ByteSpan { start, end }, &mut inside);
            found(start, next - code, &inside);
            (start, code) = (end, next);
        }
    }

    /// Calls `found` with each word of the text (UAX #29, with a letter or a digit in it): where it begins, and who marked
    /// some of it.
    pub(super) fn words(mut self, text: &Text, mut found: impl FnMut(usize, &[bool])) {
        let mut inside = Vec::new();
        for (start, word) in text.as_str().unicode_word_indices() {
            self.of(ByteSpan { start, end: start + word.len() }, &mut inside);
            found(start, &inside);
        }
    }
}
