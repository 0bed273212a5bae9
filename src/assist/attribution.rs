//! Who is said to say a claim, and by which words: cue and speaker, found by where they stand.
//!
//! Reads the claim's sentence and its neighbours with the language's word lists; no parser and no memory. What is found
//! is a proposal. Held by `tests/assist.rs`.

use super::language::{Class, Language};
use super::reading::{Phrase, Reading, is_break};
use crate::document::{ByteSpan, Structure, Text};

/// Words that attribute a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words that attribute ("announced"), or the colon that does.
    pub cue: Option<ByteSpan>,
    /// The words that name the speaker ("The Secretary General", "He").
    pub speaker: Option<ByteSpan>,
    /// Whether the cue is a word that attributes by itself ("said"), and not only stands where such words stand.
    pub sure: bool,
}

/// A possible attribution; the higher the score, the likelier.
#[derive(Clone, Copy, Debug)]
struct Scored {
    found: Attribution,
    score: f32,
}

/// What speaks for a cue by itself, before its place is looked at.
const SAYING: f32 = 3.0;
const THINKING: f32 = 2.0;
const NOUN: f32 = 1.5;
const PHRASE: f32 = 3.5;
const COLON: f32 = 2.0;
const PLACE: f32 = 0.7;
/// What each word between cue and claim costs.
const PER_WORD: f32 = 0.6;
/// What is lost where no words name a speaker.
const NO_SPEAKER: f32 = 1.5;
/// What is lost where the attribution stands in the sentence before or after.
const OTHER_SENTENCE: f32 = 2.5;

/// The longest speaker that is taken as it stands, up to a comma, in words.
const LONGEST_SPEAKER: usize = 9;

/// Where a cue stands and what kind of cue it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub words: Phrase,
    weight: f32,
    /// Whether the speaker follows by itself ("according to …").
    speaker_follows: bool,
}

impl Cue {
    /// Whether it is a verb of saying or a phrase that a speaker follows, and not a verb of thinking or a noun.
    pub fn is_saying(self) -> bool {
        self.weight >= SAYING
    }

    /// Whether it is a verb or a phrase, and not a noun ("Obama's word").
    pub fn is_verb_or_phrase(self) -> bool {
        self.weight >= THINKING
    }
}

/// The attribution of a claim: of the words around `claim` (its spans, ascending) the cue and speaker that are most
/// likely meant. `None` where nothing speaks for any.
#[must_use]
pub fn attribution(text: &Text, structure: &Structure, language: &Language, claim: &[ByteSpan]) -> Option<Attribution> {
    let hull = ByteSpan { start: claim.first()?.start, end: claim.last()?.end };
    let read = |sentence: ByteSpan| {
        // The end of the claim that is in the sentence, else the end of the sentence that is nearer to the claim.
        let focus = if sentence.contains(hull.start) { hull.start } else { hull.end };
        let focus = focus.clamp(sentence.start, sentence.end);
        Reading::new(text, structure, language, sentence, claim, focus)
    };
    // A sentence that is all claim has no words left that could attribute it.
    let is_left = |sentence: &&ByteSpan| !claim.iter().any(|span| span.encloses(**sentence));
    let own = structure.sentences_in(hull).iter().filter(is_left);
    let own = own.flat_map(|&sentence| read(sentence).own_attributions());
    let near = neighbours(structure, hull).flat_map(|sentence| read(sentence).any_attributions());
    let near = near.map(|scored| Scored { score: scored.score - OTHER_SENTENCE, ..scored });
    // Of equals the first: what stands before the claim.
    let best = own.chain(near).reduce(|best, other| if other.score > best.score { other } else { best });
    best.map(|best| best.found)
}

/// The sentences before and after `span` in its paragraph.
fn neighbours(structure: &Structure, span: ByteSpan) -> impl Iterator<Item = ByteSpan> {
    let paragraph = structure.paragraph_at(span.start).map(|paragraph| paragraph.span).unwrap_or_default();
    let sentences = structure.sentences_in(paragraph);
    let before = sentences.iter().rev().find(|sentence| sentence.end <= span.start).copied();
    let after = sentences.iter().find(|sentence| sentence.start >= span.end).copied();
    before.into_iter().chain(after)
}

impl Reading<'_> {
    /// The cues outside the claim by the language's lists, in order.
    pub fn cues(&self) -> Vec<Cue> {
        let mut cues = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let cue = if self.is_inside(at) { None } else { self.cue_at(at) };
            at = cue.map_or(at + 1, |cue| cue.words.to);
            cues.extend(cue);
            if cue.is_some_and(|cue| cue.speaker_follows) {
                // The speaker's words are no cue, though they look like one ("according to state law, …").
                at = (at + 1..self.words.len()).find(|&at| is_break(self.gap(at))).unwrap_or(self.words.len());
            }
        }
        cues
    }

    fn cue_at(&self, at: usize) -> Option<Cue> {
        let cue = |len: usize, weight| Cue { words: Phrase { from: at, to: at + len }, weight, speaker_follows: false };
        for phrase in &self.language.before_speaker {
            let mut own = phrase.iter().zip(at..);
            if own.all(|(word, at)| self.words.get(at).is_some_and(|own| own.lower == *word) && !self.is_inside(at)) {
                return Some(Cue { speaker_follows: true, ..cue(phrase.len(), PHRASE) });
            }
        }
        let before = at.checked_sub(1);
        let possessive = before.and_then(|before| self.words.get(before)).is_some_and(|before| before.possessive);
        if self.is(at, Class::Noun) && possessive {
            return Some(cue(1, NOUN));
        }
        // After an article or a preposition it is a noun ("the call", "of concern").
        let joined = self.gap(at).trim().is_empty();
        let capital = |at: usize| self.words.get(at).is_some_and(|word| word.capital);
        let in_name = joined
            && capital(at)
            && !capital(at + 1)
            && before.is_some_and(|before| capital(before) && !self.is_function(before));
        if in_name || self.gap(at) == "-" || self.gap(at + 1) == "-" {
            return None;
        }
        if before.is_some_and(|before| {
            let noun = self.is_any(before, &[Class::Determiner, Class::Preposition]);
            joined && noun && !self.is_any(before, &[Class::Between, Class::That, Class::It, Class::Who])
        }) {
            return None;
        }
        // "The berth is confirmed" says nothing of who confirmed it; "is criticised by" does.
        let passive = (0..at).rev().find(|&before| !self.is(before, Class::Between) || self.is(before, Class::Passive));
        let passive = passive.is_some_and(|before| self.is(before, Class::Passive)) && !self.is_participle(at);
        if passive && !self.is(at + 1, Class::Agent) {
            return None;
        }
        if self.is(at, Class::Saying) {
            return Some(cue(1, SAYING));
        }
        self.is(at, Class::Thinking).then(|| cue(1, THINKING))
    }

    fn scored(&self, cue: Cue, speaker: Option<Phrase>, score: f32) -> Scored {
        let found = Attribution {
            cue: self.span(cue.words),
            speaker: speaker.and_then(|speaker| self.span(speaker)),
            sure: cue.weight > PLACE,
        };
        Scored { found, score }
    }

    /// Attributions of the part of the claim in this sentence.
    fn own_attributions(&self) -> Vec<Scored> {
        let Some((first, last)) = self.claim() else { return Vec::new() };
        let mut scored: Vec<Scored> = Vec::new();
        for cue in self.cues() {
            let speaker = self.speaker(cue);
            let apart = if cue.speaker_follows && cue.words.to <= first {
                0
            } else if cue.words.to <= first {
                (cue.words.to..first).filter(|&at| !self.is_filler(at)).count()
            } else if cue.words.from > last {
                // The words between claim and cue that are not the speaker.
                let from = speaker.map_or(cue.words.from, |speaker| speaker.from.min(cue.words.from));
                from.saturating_sub(last + 1)
            } else {
                0
            };
            let lost = if speaker.is_none() { NO_SPEAKER } else { 0.0 };
            scored.push(self.scored(cue, speaker, cue.weight - PER_WORD * apart as f32 - lost));
        }
        scored.extend(self.by_colon(first));
        scored.extend(self.by_place(first));
        scored.extend(self.by_place_after(last));
        scored
    }

    /// Attributions in a sentence that is not the claim's.
    fn any_attributions(&self) -> Vec<Scored> {
        let with_speaker = |cue: Cue| self.speaker(cue).map(|speaker| self.scored(cue, Some(speaker), cue.weight));
        self.cues().into_iter().filter_map(with_speaker).collect()
    }

    /// "Tapper: Donald Trump released a video."
    fn by_colon(&self, first: usize) -> Option<Scored> {
        let colon = self.gap(first).trim_start().starts_with(':');
        let named = colon && self.is_name_or_pronoun(Phrase { from: first.checked_sub(1)?, to: first });
        let speaker = self.phrase_before(first).filter(|_| named)?;
        let end = self.span(speaker)?.end;
        let cue = ByteSpan { start: end, end: end + 1 };
        Some(Scored { found: Attribution { cue: Some(cue), speaker: self.span(speaker), sure: true }, score: COLON })
    }

    /// The clause before the claim: its first noun phrase speaks, and what stands between says so.
    fn by_place(&self, first: usize) -> Option<Scored> {
        if self.gap(first).trim_start().starts_with(':') {
            return None;
        }
        let starts = |at: usize| {
            self.is_inside(at - 1)
                || self.gap(at).contains([';', ':', '“', '"', '(', ','])
                || (self.is_any(at - 1, &[Class::That, Class::Conjunction]) && !self.is(at - 1, Class::Determiner))
        };
        let from = (1..first).rev().find(|&at| starts(at)).unwrap_or(0);
        let begins = |at: &usize| {
            let word = self.words.get(*at).is_some_and(|word| word.capital);
            word || self.is_pronoun(*at) || self.is_any(*at, &[Class::Determiner, Class::People])
        };
        let in_clause =
            (from..first).find(begins).and_then(|at| self.phrase_after(at)).filter(|speaker| speaker.to < first);
        let speaker = in_clause.or_else(|| self.subject(from))?;
        let words = Phrase { from: if in_clause.is_some() { speaker.to } else { from }, to: first };
        let cue = Cue { words, weight: PLACE, speaker_follows: false };
        let verb = (words.from..words.to).any(|at| {
            self.words.get(at).is_some_and(|word| !word.capital && word.lower.chars().all(char::is_alphabetic))
        });
        verb.then(|| self.scored(cue, Some(speaker), PLACE))
    }

    /// "…" beamed Donald Hartley: a verb that the lists lack, and a name.
    fn by_place_after(&self, last: usize) -> Option<Scored> {
        let named = |at: usize| self.phrase_after(at).filter(|&phrase| self.is_name_or_pronoun(phrase));
        let verb = |at: usize| {
            self.words.get(at).is_some_and(|word| !word.capital) && !self.is_filler(at) && !self.is_function(at)
        };
        let (speaker, at) = match named(last + 1) {
            Some(speaker) => (speaker, speaker.to),
            None => (named(last + 2)?, last + 1),
        };
        let cue = Cue { words: Phrase { from: at, to: at + 1 }, weight: PLACE, speaker_follows: false };
        verb(at).then(|| self.scored(cue, Some(speaker), PLACE - 0.1))
    }

    /// Words that may stand between a cue and what was said.
    fn is_filler(&self, at: usize) -> bool {
        self.is_inside(at) || self.is_any(at, &[Class::That, Class::Between, Class::Determiner])
    }

    /// Whether a verb is a present participle ("saying"), whose subject is that of the sentence.
    fn is_participle(&self, at: usize) -> bool {
        self.language.code() == "en" && self.words.get(at).is_some_and(|word| word.lower.ends_with("ing"))
    }

    /// The words that name the speaker of a cue.
    pub fn speaker(&self, cue: Cue) -> Option<Phrase> {
        let after = cue.words.to;
        if cue.speaker_follows {
            // "according to a person familiar with the talks, …": all up to the comma.
            let end = (after + 1..self.words.len()).find(|&at| self.is_inside(at) || is_break(self.gap(at)));
            let end = end.unwrap_or(self.words.len());
            let all = (end - after.min(end) <= LONGEST_SPEAKER && !self.is_inside(after))
                .then_some(Phrase { from: after, to: end });
            return all.filter(|all| all.from < all.to).or_else(|| self.phrase_after(after));
        }
        if self.is(after, Class::Agent) && self.gap(after).trim().is_empty() {
            return self.phrase_after(after + 1);
        }
        if self.language.verb_first
            && let Some(speaker) = self.phrase_after(after)
        {
            return Some(speaker);
        }
        // "…," said X: what stands before the verb is the claim or nothing.
        self.speaker_before(cue.words.from).or_else(|| self.phrase_after(after))
    }

    /// The subject of the verb at `verb`.
    fn speaker_before(&self, verb: usize) -> Option<Phrase> {
        let mut end = verb;
        while end > 0 && !self.is_inside(end - 1) && self.is_between(end - 1) && !is_break(self.gap(end)) {
            end -= 1;
        }
        // "The Trump campaign on Tuesday responded".
        if end > 2 && self.is(end - 1, Class::Day) && self.is(end - 2, Class::Preposition) {
            end -= 2;
        } else if end > 1 && self.is(end - 1, Class::Day) {
            end -= 1;
        }
        if end == 0 || self.is_inside(end - 1) {
            return None;
        }
        let participle = self.is_participle(verb);
        let joined = self.is(end - 1, Class::Conjunction);
        if joined || (participle && is_break(self.gap(end))) {
            // "Graham called … and said", "…, adding that": who spoke before goes on, else the sentence's subject.
            let earlier = (0..end)
                .rev()
                .filter(|&at| !self.is_inside(at))
                .find_map(|at| self.cue_at(at).filter(|cue| !cue.speaker_follows));
            return earlier.and_then(|cue| self.speaker_before(cue.words.from)).or_else(|| self.subject(end));
        }
        if is_break(self.gap(end)) {
            // "Robby Mook, the campaign's manager, said": the name stands before the comma before.
            let opening =
                (1..end).rev().take(14).take_while(|&at| !self.is_inside(at)).find(|&at| is_break(self.gap(at)));
            let named = opening.and_then(|opening| self.phrase_before(opening));
            if let Some(named) = named.filter(|&named| self.is_name_or_pronoun(named)) {
                return Some(named);
            }
        }
        self.phrase_before(end)
    }
}
