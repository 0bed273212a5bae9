//! What a sentence says that somebody said: the claim in it, without "X said that" and without quotation marks; and
//! whether it is quoted.
//!
//! Held by `tests/assist.rs`.

use super::attribution::Cue;
use super::language::{Class, Language};
use super::reading::{Phrase, Reading, is_break};
use crate::document::{ByteSpan, Structure, Text};

/// Signs that are no part of a claim at its ends.
const TRIMMED: [char; 18] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\'', '‹', '›', ',', ';', ':', '.', '…', '—', '–'];

/// Words that may stand between a cue and the word that opens what was said ("told reporters on Monday that").
const ADDRESSEE: usize = 8;

/// The claim that the sentence at `byte` makes: its spans, ascending. What a cue in the sentence attributes, or the
/// whole sentence. Empty only where there is no sentence.
#[must_use]
pub fn claim_at(text: &Text, structure: &Structure, language: &Language, byte: usize) -> Vec<ByteSpan> {
    let Some(sentence) = structure.sentence_at(byte) else { return Vec::new() };
    let reading = Reading::new(text, structure, language, sentence, &[]);
    let attributed = Attributed { text, sentence, reading: &reading, spoken: reading.spoken() };
    let claims: Vec<Vec<ByteSpan>> = (0..attributed.spoken.len()).map(|at| attributed.claim(at)).collect();
    let holds = |spans: &&Vec<ByteSpan>| spans.iter().any(|span| span.contains(byte) || span.end == byte);
    let at_byte = claims.iter().find(holds);
    // With the caret on "he said" the claim is what he said.
    let nearest = || claims.iter().filter(|spans| !spans.is_empty()).min_by_key(|spans| distance(spans, byte));
    match at_byte.or_else(nearest) {
        Some(spans) if !spans.is_empty() => spans.clone(),
        _ => trimmed(text, sentence).into_iter().collect(),
    }
}

/// How a claim is given: `direct` within quotation marks, `mixed` partly within, else `indirect`.
#[must_use]
pub fn style(text: &Text, structure: &Structure, claim: &[ByteSpan]) -> &'static str {
    let quoted = |span: &ByteSpan| structure.quotations_at(span.start).any(|quotation| quotation.outer.encloses(*span));
    let touched = |span: &ByteSpan| {
        let after = structure.quotations().partition_point(|quotation| quotation.outer.start < span.end);
        let last = after.checked_sub(1).and_then(|at| structure.quotations().get(at));
        structure.quotation_at(span.start).is_some() || last.is_some_and(|last| last.outer.start >= span.start)
    };
    // Marks at the ends of a claim belong to it where the analyst dragged over them.
    let spans: Vec<ByteSpan> = claim.iter().filter_map(|&span| trimmed(text, span)).collect();
    if !spans.is_empty() && spans.iter().all(quoted) {
        "direct"
    } else if spans.iter().any(touched) {
        "mixed"
    } else {
        "indirect"
    }
}

/// A sentence with the cues that somebody speaks by.
struct Attributed<'a> {
    text: &'a Text,
    sentence: ByteSpan,
    reading: &'a Reading<'a>,
    spoken: Vec<(Cue, Phrase)>,
}

impl Reading<'_> {
    /// The cues of saying and thinking of which the speaker is named, in order.
    fn spoken(&self) -> Vec<(Cue, Phrase)> {
        let cues = self.cues().into_iter();
        cues.filter(|cue| cue.is_verb_or_phrase()).filter_map(|cue| Some((cue, self.speaker(cue)?))).collect()
    }
}

impl Attributed<'_> {
    /// What the cue number `at` attributes.
    fn claim(&self, at: usize) -> Vec<ByteSpan> {
        let Some(&(cue, speaker)) = self.spoken.get(at) else { return Vec::new() };
        let reading = self.reading;
        let (from, to) = (cue.words.from.min(speaker.from), cue.words.to.max(speaker.to));
        let quoted_before = from > 0 && reading.gap(from).contains(['”', '"', '»', '“', '\'', '’']);
        let quoted_after = reading.gap(to).contains(['“', '"', '»', '«', '„', '‘']);
        let rest = reading.words.len().saturating_sub(to);
        let opened = self.opening(cue.words.to);
        if quoted_before && opened.is_none() {
            // "…," he said, "…."
            let before = self.between(self.sentence_start(at), from);
            let after = if quoted_after { self.between(self.byte_after(to), reading.words.len()) } else { None };
            return before.into_iter().chain(after).collect();
        }
        let after_comma = from > 0 && is_break(reading.gap(from));
        if after_comma && opened.is_none() && rest <= 3 {
            return self.between(self.sentence_start(at), from).into_iter().collect();
        }
        let start = match opened {
            Some(word) => reading.words.get(word).map_or(self.sentence.end, |word| word.span.start),
            None if cue.words.to < to => (to..reading.words.len())
                .find(|&word| is_break(reading.gap(word)))
                .map_or(self.byte_after(to), |word| self.byte_after(word)),
            None => self.byte_after(to),
        };
        self.between(start, self.end_of(at)).into_iter().collect()
    }

    /// The first word of what was said, where a word such as "that" opens it.
    fn opening(&self, cue_end: usize) -> Option<usize> {
        let reading = self.reading;
        let words = cue_end..reading.words.len().min(cue_end + ADDRESSEE);
        let mut words = words.take_while(|&at| at == cue_end || !is_break(reading.gap(at)));
        words.find(|&at| reading.is(at, Class::That)).map(|at| at + 1)
    }

    /// Where what was said before cue `at` can begin: after the claim of the cue before.
    fn sentence_start(&self, at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.spoken.get(before));
        let after_that = before.and_then(|(cue, speaker)| self.reading.words.get(cue.words.to.max(speaker.to)));
        after_that.map_or(self.sentence.start, |word| word.span.start)
    }

    /// The word before which what cue `at` attributes ends: where the next cue's words begin after a break or an "and".
    fn end_of(&self, at: usize) -> usize {
        let reading = self.reading;
        let this = self.spoken.get(at).map_or(0, |(cue, _)| cue.words.to);
        let next = self.spoken.get(at + 1);
        let next = next.map(|(cue, speaker)| if speaker.from < this { cue.words.from } else { speaker.from });
        let parts = |word: &usize| is_break(reading.gap(*word)) || reading.is(*word, Class::Conjunction);
        let parted = next.and_then(|next| (this..=next).rev().take(4).find(parts));
        parted.unwrap_or(reading.words.len())
    }

    /// The byte after the word before `word`.
    fn byte_after(&self, word: usize) -> usize {
        let before = word.checked_sub(1).and_then(|before| self.reading.words.get(before));
        before.map_or(self.sentence.start, |word| word.span.end)
    }

    /// From a byte to the end of the word before `word`, trimmed.
    fn between(&self, start: usize, word: usize) -> Option<ByteSpan> {
        let end = if word >= self.reading.words.len() { self.sentence.end } else { self.byte_after(word) };
        trimmed(self.text, ByteSpan { start, end: end.max(start) })
    }
}

/// The span without blanks, quotation marks and punctuation at its ends. `None` where nothing is left.
fn trimmed(text: &Text, span: ByteSpan) -> Option<ByteSpan> {
    let slice = text.slice(span);
    let begun = slice.trim_start_matches(|c: char| c.is_whitespace() || TRIMMED.contains(&c));
    let left = begun.trim_end_matches(|c: char| c.is_whitespace() || TRIMMED.contains(&c));
    let start = span.start + slice.len() - begun.len();
    (!left.is_empty()).then_some(ByteSpan { start, end: start + left.len() })
}

/// Bytes from the nearest of the spans.
fn distance(spans: &[ByteSpan], byte: usize) -> usize {
    let one = |span: &ByteSpan| span.start.saturating_sub(byte).max(byte.saturating_sub(span.end));
    spans.iter().map(one).min().unwrap_or(usize::MAX)
}
