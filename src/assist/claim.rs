//! What a sentence says that somebody said: the claim in it, without "X said that" and without quotation marks; and
//! whether it is quoted.
//!
//! Held by `tests/assist.rs`.

use super::attribution::Cue;
use super::language::{Class, Language};
use super::reading::{Phrase, Reading, is_break};
use crate::document::{ByteSpan, Structure, Text};

/// Signs that are no part of a claim at its ends.
const TRIMMED: [char; 21] =
    ['"', '“', '”', '„', '«', '»', '‘', '’', '\'', '‹', '›', ',', ';', ':', '.', '…', '—', '–', '،', '؛', '。'];

/// Words that may stand between a cue and the word that opens what was said ("told reporters on Monday that").
const ADDRESSEE: usize = 8;

/// The same where the speaker follows the verb, and what is told of him with him.
const ADDRESSEE_VERB_FIRST: usize = 16;

/// So many words after "…, she added" at the end of a sentence are no claim ("on Tuesday").
const SHORT: usize = 3;

/// The claim that the sentence at `byte` makes: its spans, ascending. What a cue in the sentence attributes, or the
/// whole sentence. Empty only where there is no sentence.
#[must_use]
pub fn claim_at(text: &Text, structure: &Structure, language: &Language, byte: usize) -> Vec<ByteSpan> {
    let Some(sentence) = structure.sentence_at(byte) else { return Vec::new() };
    let reading = Reading::new(text, structure, language, sentence, &[], byte);
    let attributed = Attributed { text, sentence, reading: &reading, said: reading.said() };
    let claims = attributed.said.iter().enumerate().map(|(at, said)| (said, attributed.claim(at)));
    let claims: Vec<(&Said, Vec<ByteSpan>)> = claims.filter(|(_, spans)| !spans.is_empty()).collect();
    let holds = |spans: &[ByteSpan]| spans.iter().any(|span| attributed.is_at(byte, *span));
    // With the caret on "he said" the claim is what he said.
    let names = claims.iter().filter(|(said, _)| attributed.is_on(byte, said));
    let nearest = || names.min_by_key(|(_, spans)| distance(spans, byte));
    let claim = claims.iter().find(|(_, spans)| holds(spans)).or_else(nearest);
    claim.map_or_else(|| trimmed(text, sentence).into_iter().collect(), |(_, spans)| spans.clone())
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

/// A cue with its speaker, and where what was said begins.
struct Said {
    cue: Cue,
    speaker: Option<Phrase>,
    /// The words of cue and speaker, and what is between.
    words: Phrase,
    /// The first word of what was said, where a word such as "that" opens it.
    opened: Option<usize>,
}

impl Reading<'_> {
    /// The cues that attribute a clause or quotation, in order. A verb with an object is none: "was welcomed to",
    /// "asked for".
    fn said(&self) -> Vec<Said> {
        let cues = self.cues().into_iter().filter(|cue| cue.is_verb_or_phrase());
        cues.filter_map(|cue| {
            let speaker = self.speaker(cue);
            let opened = self.opening(cue.words.to);
            let words = speaker.map_or(cue.words, |speaker| Phrase {
                from: cue.words.from.min(speaker.from),
                to: cue.words.to.max(speaker.to),
            });
            let last = words.to + SHORT >= self.words.len();
            let apart = is_break(self.gap(words.to)) || (words.from > 0 && is_break(self.gap(words.from)) && last);
            let clause = cue.is_saying()
                && cue.words.to < self.words.len()
                && !self.is_any(cue.words.to, &[Class::Preposition, Class::Between]);
            let attributes = apart || clause || self.closes_quotation(words.from);
            (opened.is_some() || (speaker.is_some() && attributes)).then_some(Said { cue, speaker, words, opened })
        })
        .collect()
    }

    /// The word after one that opens what was said, near a cue that ends before word `cue_end`.
    fn opening(&self, cue_end: usize) -> Option<usize> {
        let verb_first = self.language.verb_first;
        let reach = if verb_first { ADDRESSEE_VERB_FIRST } else { ADDRESSEE };
        let words = cue_end..self.words.len().min(cue_end + reach);
        let mut words = words.take_while(|&at| at == cue_end || verb_first || !is_break(self.gap(at)));
        words.find(|&at| self.is(at, Class::That)).map(|at| at + 1)
    }

    /// Whether a quotation ends before a word, and not the sentence's first.
    fn closes_quotation(&self, at: usize) -> bool {
        at > 0 && self.gap(at).contains(['”', '"', '»', '“', '’', '\''])
    }
}

/// A sentence and who says what in it.
struct Attributed<'a> {
    text: &'a Text,
    sentence: ByteSpan,
    reading: &'a Reading<'a>,
    said: Vec<Said>,
}

impl Attributed<'_> {
    /// Whether a byte is in a span, or parted from it by punctuation alone.
    fn is_at(&self, byte: usize, span: ByteSpan) -> bool {
        let gap = ByteSpan { start: byte.min(span.end), end: byte.max(span.start) };
        span.contains(byte) || trimmed(self.text, gap).is_none()
    }

    /// Whether a byte is on the words that attribute: the speaker, or the cue and what follows it up to "that".
    fn is_on(&self, byte: usize, said: &Said) -> bool {
        let cue = Phrase { to: said.opened.unwrap_or(said.cue.words.to), ..said.cue.words };
        let words = [Some(cue), said.speaker].into_iter().flatten();
        let mut spans = words.filter_map(|phrase| {
            let start = self.reading.words.get(phrase.from)?.span.start;
            Some(ByteSpan { start, end: self.byte_before(phrase.to).max(start) })
        });
        spans.any(|span| self.is_at(byte, span))
    }

    /// What cue number `at` attributes; empty where nothing is left.
    fn claim(&self, at: usize) -> Vec<ByteSpan> {
        let Some(said) = self.said.get(at) else { return Vec::new() };
        let reading = self.reading;
        let Phrase { from, to } = said.words;
        if said.opened.is_none() && reading.closes_quotation(from) {
            // "…," he said, "…."
            let goes_on = reading.gap(to).contains(['“', '"', '»', '«', '„', '‘']);
            let after = if goes_on { self.between(self.byte_before(to), reading.words.len()) } else { None };
            return self.between(self.start_of(at), from).into_iter().chain(after).collect();
        }
        let trails = from > 0 && is_break(reading.gap(from)) && to + SHORT >= reading.words.len();
        if said.opened.is_none() && trails {
            return self.between(self.start_of(at), from).into_iter().collect();
        }
        let start = match said.opened {
            Some(word) => word,
            // "According to the ministry, …"
            None if said.cue.words.to < to => {
                (to..reading.words.len()).find(|&word| is_break(reading.gap(word))).unwrap_or(to)
            }
            None => to,
        };
        self.between(self.byte_before(start), self.end_of(at, start)).into_iter().collect()
    }

    /// Where what was said before cue `at` begins: after "that" of the cue before it, else with the sentence.
    fn start_of(&self, at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.said.get(before)?.opened);
        let word = before.and_then(|word| self.reading.words.get(word));
        word.map_or(self.sentence.start, |word| word.span.start)
    }

    /// The word before which a claim that begins with word `start` ends: where the next cue's words begin after a break
    /// or an "and".
    fn end_of(&self, at: usize, start: usize) -> usize {
        let reading = self.reading;
        let next = self.said.get(at + 1).map(|next| {
            // "Kask praised … and said": the speaker is the one before.
            if next.words.from < start { next.cue.words.from } else { next.words.from }
        });
        let parts = |word: &usize| is_break(reading.gap(*word)) || reading.is(*word, Class::Conjunction);
        let parted = next.and_then(|next| (start + 1..=next).rev().take(4).find(parts));
        parted.unwrap_or(reading.words.len())
    }

    /// The byte after the word before `word`.
    fn byte_before(&self, word: usize) -> usize {
        let before = word.checked_sub(1).and_then(|before| self.reading.words.get(before));
        before.map_or(self.sentence.start, |word| word.span.end)
    }

    /// From a byte to the end of the word before `word`, trimmed.
    fn between(&self, start: usize, word: usize) -> Option<ByteSpan> {
        let end = if word >= self.reading.words.len() { self.sentence.end } else { self.byte_before(word) };
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
