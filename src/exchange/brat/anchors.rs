//! Where brat's text-bounds are in the document: by the file's own count of positions, checked against its own words.
//!
//! brat counts the code points of the file: a line end that is CR and LF counts two, and a byte order mark one. In the
//! canonical text both are gone. Which of the four counts a file has used is the one by which most of its words stand
//! where it says. Words that stand nowhere near are searched as any anchor is ([`place_all`]), and never moved unless
//! there is one place for them.

use super::lines::{Lines, What};
use crate::annotation::{Anchor, Placement, place_all};
use crate::document::{ByteSpan, CodeSpan, Text};

/// How a file counts positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ruler {
    /// A line end counts two.
    crlf: bool,
    /// A byte order mark counts one.
    bom: bool,
}

/// What became of a text-bound.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// Its words are where it says.
    Here(Anchor),
    /// They are elsewhere.
    Moved(Anchor),
    /// They are nowhere, or may be in several places: the anchor is as the file has it.
    Lost(Anchor),
    /// It has no words and no place.
    Nothing,
}

impl Found {
    pub(super) fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Here(anchor) | Self::Moved(anchor) | Self::Lost(anchor) => Some(anchor),
            Self::Nothing => None,
        }
    }
}

impl Ruler {
    const ALL: [Self; 4] = [
        Self { crlf: false, bom: false },
        Self { crlf: true, bom: false },
        Self { crlf: false, bom: true },
        Self { crlf: true, bom: true },
    ];

    /// What is unusual about it.
    pub(super) fn note(self) -> Option<&'static str> {
        match (self.crlf, self.bom) {
            (false, false) => None,
            (true, false) => Some("its positions count CRLF as two: they were counted anew"),
            (false, true) => Some("its positions count a byte order mark: they were counted anew"),
            (true, true) => Some("its positions count a byte order mark, and CRLF as two: they were counted anew"),
        }
    }

    /// A position of the canonical text. `newlines` are the positions of its line ends.
    fn position(self, newlines: &[usize], counted: usize) -> usize {
        let counted = counted - usize::from(self.bom && counted > 0);
        if !self.crlf {
            return counted;
        }
        // The line end number n has n others before it, and each has put it one further.
        let (mut low, mut high) = (0, newlines.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let is_before = newlines.get(middle).is_some_and(|newline| newline.saturating_add(middle + 2) <= counted);
            if is_before { low = middle + 1 } else { high = middle }
        }
        counted - low
    }

    pub(super) fn fragments(self, newlines: &[usize], counted: &[CodeSpan]) -> Vec<CodeSpan> {
        let position = |at| self.position(newlines, at);
        counted.iter().map(|it| CodeSpan { start: position(it.start), end: position(it.end) }).collect()
    }
}

/// The places of all text-bounds, in the order of `lines`; for the other lines nothing. And the ruler, and the fragments
/// of each by the canonical text.
pub(super) fn find(text: &Text, lines: &Lines<'_>) -> (Ruler, Vec<(Vec<CodeSpan>, Found)>) {
    let newlines: Vec<usize> =
        text.as_str().chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at).collect();
    let bounds = || {
        lines.all.iter().filter_map(|line| match &line.what {
            What::Text { fragments, words, .. } => Some((fragments, words)),
            _ => None,
        })
    };
    let right = |ruler: Ruler| {
        bounds().filter(|(counted, words)| stand(text, &ruler.fragments(&newlines, counted), words).is_some()).count()
    };
    let all = bounds().count();
    let mut best = (Ruler::ALL[0], right(Ruler::ALL[0]));
    for ruler in Ruler::ALL.into_iter().skip(1) {
        if best.1 == all {
            break;
        }
        let count = right(ruler);
        if count > best.1 {
            best = (ruler, count);
        }
    }
    let ruler = best.0;
    let mut found: Vec<(Vec<CodeSpan>, Found)> = Vec::with_capacity(lines.all.len());
    for line in &lines.all {
        found.push(match &line.what {
            What::Text { fragments, words, .. } => {
                let fragments = ruler.fragments(&newlines, fragments);
                let anchor = stand(text, &fragments, words).and_then(|spans| Anchor::new(text, &spans));
                let place = match anchor {
                    Some(anchor) => Found::Here(anchor),
                    None => as_written(&fragments, words).map_or(Found::Nothing, Found::Lost),
                };
                (fragments, place)
            }
            _ => (Vec::new(), Found::Nothing),
        });
    }
    search(text, &mut found);
    (ruler, found)
}

/// Searches what is not where it says.
fn search(text: &Text, found: &mut [(Vec<CodeSpan>, Found)]) {
    let lost: Vec<(usize, Anchor)> = found
        .iter()
        .enumerate()
        .filter_map(|(at, (_, place))| match place {
            Found::Lost(anchor) => Some((at, anchor.clone())),
            _ => None,
        })
        .collect();
    if lost.is_empty() {
        return;
    }
    for (at, placement) in place_all(text, false, lost.iter().map(|(at, anchor)| (*at, anchor))) {
        let spans = match &placement {
            Placement::Moved(candidate) => Some(&candidate.spans),
            Placement::Exact(spans) => Some(spans),
            Placement::Ambiguous(_) | Placement::Lost(_) => None,
        };
        if let (Some(spans), Some((fragments, place))) = (spans, found.get_mut(at))
            && let Some(anchor) = Anchor::new(text, &joined(text, spans))
        {
            fragments.clone_from(&anchor.spans);
            *place = Found::Moved(anchor);
        }
    }
}

/// The spans of fragments, where the words stand there; brat joins fragments by a blank, and has one for a line end.
pub(super) fn stand(text: &Text, fragments: &[CodeSpan], words: &str) -> Option<Vec<ByteSpan>> {
    let spans: Option<Vec<ByteSpan>> =
        fragments.iter().map(|fragment| text.byte_span_from_code_span(*fragment)).collect();
    let spans = spans?;
    let there = spans.iter().flat_map(|span| text.slice(*span).split_whitespace());
    if spans.iter().all(|span| span.is_empty()) {
        return None;
    }
    if there.eq(words.split_whitespace()) {
        return Some(joined(text, &spans));
    }
    // Fragments may divide a word.
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let there: String = spans.iter().map(|span| letters(text.slice(*span))).collect();
    (there == letters(words)).then(|| joined(text, &spans))
}

/// Spans in order; those between which only line ends lie are one, for brat divides what it marks at line ends.
pub(super) fn joined(text: &Text, spans: &[ByteSpan]) -> Vec<ByteSpan> {
    let mut sorted: Vec<ByteSpan> = spans.iter().copied().filter(|span| !span.is_empty()).collect();
    sorted.sort_unstable();
    let mut joined: Vec<ByteSpan> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match joined.last_mut() {
            Some(last)
                if span.start <= last.end
                    || text.slice(ByteSpan { start: last.end, end: span.start }).bytes().all(|byte| byte == b'\n') =>
            {
                last.end = last.end.max(span.end);
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// Fragments as brat divides spans: at line ends, which belong to none.
pub(super) fn divided(text: &Text, spans: &[CodeSpan]) -> Vec<CodeSpan> {
    let mut fragments = Vec::with_capacity(spans.len());
    for span in spans {
        let Some(bytes) = text.byte_span_from_code_span(*span) else { continue };
        let mut start = span.start;
        for line in text.slice(bytes).split('\n') {
            let length = line.chars().count();
            if length > 0 {
                fragments.push(CodeSpan { start, end: start + length });
            }
            start += length + 1;
        }
    }
    fragments
}

/// An anchor that quotes the words of a text-bound where it says that they are.
fn as_written(fragments: &[CodeSpan], words: &str) -> Option<Anchor> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let length = words.chars().count();
    let wanted = fragments.iter().map(|fragment| fragment.len()).fold(fragments.len() - 1, usize::saturating_add);
    let is_ordered = fragments.iter().zip(fragments.iter().skip(1)).all(|(one, next)| one.end < next.start);
    if wanted == length && is_ordered && fragments.iter().all(|fragment| !fragment.is_empty()) {
        let mut rest = words.chars();
        let quote = fragments.iter().map(|fragment| {
            let quote: String = rest.by_ref().take(fragment.len()).collect();
            rest.next();
            quote
        });
        return Some(Anchor { quote: quote.collect(), spans: fragments.to_vec(), ..Anchor::default() });
    }
    let start = fragments.first()?.start;
    let span = CodeSpan { start, end: start.saturating_add(length) };
    Some(Anchor { spans: vec![span], quote: vec![words.to_owned()], ..Anchor::default() })
}
