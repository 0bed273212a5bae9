//! One sentence, read word by word: where noun phrases begin and end, as far as word lists and capitals tell.
//!
//! No parser: what it takes for a noun phrase is a proposal. Held by `tests/assist.rs`.

use super::language::{Class, Language};
use super::words::{Word, words};
use crate::document::{ByteSpan, Structure, Text};

/// One sentence, read. Words are named by their index; phrases are half-open ranges of them.
pub(super) struct Reading<'a> {
    pub language: &'a Language,
    pub words: Vec<Word<'a>>,
    /// For each word whether it belongs to the claim.
    claimed: Vec<bool>,
    /// For each word whether it belongs to the claim or is quoted: no cue and no speaker is looked for there.
    closed: Vec<bool>,
}

/// Words `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub from: usize,
    pub to: usize,
}

/// How far from the claim anything is read, in bytes: longer sentences are lists, tables, or no prose.
pub(super) const FAR: usize = 4_000;

/// The longest noun phrase of small words, in words.
const LONGEST: usize = 6;

impl<'a> Reading<'a> {
    /// Reads `sentence`, of which the words in `claim` and those in quotation marks are left alone; where all of it is
    /// quoted, only those in `claim`. Of a sentence without an end only what is near `focus` is read.
    pub fn new(
        text: &'a Text,
        structure: &Structure,
        language: &'a Language,
        sentence: ByteSpan,
        claim: &[ByteSpan],
        focus: usize,
    ) -> Self {
        let words = words(text.as_str(), around(text, sentence, focus));
        let claimed: Vec<bool> = words.iter().map(|word| claim.iter().any(|span| span.overlaps(word.span))).collect();
        let quoted = |word: &Word<'_>| structure.quotation_at(word.span.start).is_some();
        let closed: Vec<bool> = words.iter().zip(&claimed).map(|(word, &claimed)| claimed || quoted(word)).collect();
        let all_closed = words.iter().all(quoted);
        Self { language, closed: if all_closed { claimed.clone() } else { closed }, claimed, words }
    }

    pub fn is(&self, at: usize, class: Class) -> bool {
        self.words.get(at).is_some_and(|word| self.language.is(&word.lower, class))
    }

    pub fn is_any(&self, at: usize, classes: &[Class]) -> bool {
        self.words.get(at).is_some_and(|word| self.language.is_any(&word.lower, classes))
    }

    /// Whether the word belongs to the claim, or is quoted.
    pub fn is_inside(&self, at: usize) -> bool {
        self.closed.get(at).copied().unwrap_or(false)
    }

    /// The first and the last word of the claim in this sentence.
    pub fn claim(&self) -> Option<(usize, usize)> {
        let first = self.claimed.iter().position(|&claimed| claimed)?;
        Some((first, self.claimed.iter().rposition(|&claimed| claimed)?))
    }

    /// What stands before a word.
    pub fn gap(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.gap)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.capital)
    }

    /// Where words stand in the document, without a possessive ending.
    pub fn span(&self, phrase: Phrase) -> Option<ByteSpan> {
        let (first, last) = (self.words.get(phrase.from)?, self.words.get(phrase.to.checked_sub(1)?)?);
        Some(ByteSpan { start: first.span.start, end: last.bare_end })
    }

    pub fn is_pronoun(&self, at: usize) -> bool {
        self.is_any(at, &[Class::He, Class::She, Class::They, Class::It, Class::We, Class::Who])
    }

    /// Whether a word may stand between a subject and its verb.
    pub fn is_between(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let adverb =
            word.lower.len() > 4 && word.lower.ends_with("ly") && !word.capital && self.language.code() == "en";
        self.language.is(&word.lower, Class::Between) || adverb
    }

    /// Whether a word is no part of a noun phrase, though a sentence may begin with it in a capital.
    pub fn is_function(&self, at: usize) -> bool {
        let classes = [Class::Conjunction, Class::Preposition, Class::Day, Class::Month];
        self.is_any(at, &classes) || (self.is(at, Class::Between) && (at == 0 || !self.is_capital(at)))
    }

    /// Whether a phrase names somebody, by a capital or a pronoun.
    pub fn is_name_or_pronoun(&self, phrase: Phrase) -> bool {
        (phrase.from..phrase.to).any(|at| self.is_pronoun(at) || self.is_capital(at))
    }

    /// The name of several words that begins at word `at`, with a title in it or a word such as "Ministry": other names
    /// are as often those of places and meetings.
    pub fn name_at(&self, at: usize) -> Option<Phrase> {
        let begins =
            self.is_capital(at) && !self.is_function(at) && !self.is_any(at, &[Class::Determiner, Class::That]);
        let phrase = if begins { self.phrase_after(at)? } else { return None };
        let all_named = (phrase.from..phrase.to).all(|at| self.is_capital(at) || self.is(at, Class::Joining));
        let speaks = (phrase.from..phrase.to).any(|at| self.is_any(at, &[Class::Title, Class::Organisation]));
        (all_named && speaks && phrase.to - phrase.from > 1).then_some(phrase)
    }

    /// The noun phrase that ends before word `end`.
    pub fn phrase_before(&self, end: usize) -> Option<Phrase> {
        let last = end.checked_sub(1).filter(|&last| !self.is_inside(last))?;
        if self.is_pronoun(last) {
            return Some(Phrase { from: last, to: end });
        }
        if self.is_function(last) || self.is(last, Class::That) {
            return None;
        }
        let mut from = last;
        if self.is_capital(last) {
            while from > 0 && self.joins_name(from - 1) {
                from -= 1;
            }
            while from < last && !self.is_capital(from) && !self.is(from, Class::Title) {
                from += 1;
            }
        } else {
            while from > 0 && last - from < LONGEST && !self.is(from, Class::Determiner) && self.joins_words(from - 1) {
                from -= 1;
            }
            // "he began dismissing": a word after a name or pronoun is another verb.
            if from == last && !self.is(last, Class::People) {
                let before = (0..from).rev().find(|&at| !self.is_between(at) || !self.gap(at + 1).trim().is_empty());
                let subject = before.filter(|&at| {
                    self.gap(at + 1).trim().is_empty()
                        && !self.is_inside(at)
                        && self.is_name_or_pronoun(Phrase { from: at, to: at + 1 })
                });
                if let Some(subject) = subject {
                    return self.phrase_before(subject + 1);
                }
            }
        }
        let touches = |at: usize| self.gap(at).trim().is_empty();
        if from > 0 && self.is(from - 1, Class::Determiner) && touches(from) && !self.is_inside(from - 1) {
            from -= 1;
        }
        // "a spokesman for the campaign": what stands before the preposition is the head.
        if from > 1 && self.is(from - 1, Class::Preposition) && touches(from) && touches(from - 1) {
            let head = from - 2;
            let names = self.is_any(head, &[Class::People, Class::Organisation]) || (self.is_capital(head) && head > 0);
            if names && !self.is_inside(head) {
                from = self.phrase_before(from - 1).map_or(from, |phrase| phrase.from);
            }
        }
        Some(Phrase { from, to: end })
    }

    /// Whether word `at` belongs to the name that begins with the next word.
    fn joins_name(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at).filter(|_| !self.is_inside(at)) else { return false };
        let initial = word.span.len() <= 2 || self.language.is(&word.lower, Class::Title);
        match self.gap(at + 1).trim() {
            "." if !initial => return false,
            "" | "." | "-" | "&" => {}
            _ => return false,
        }
        let function = self.is_function(at) || self.is_pronoun(at) || self.is(at, Class::Determiner);
        (word.capital && !function) || (!word.capital && self.is_any(at, &[Class::Joining, Class::Title]))
    }

    /// Whether word `at` belongs to the phrase of small words that begins with the next word.
    fn joins_words(&self, at: usize) -> bool {
        let gap = self.gap(at + 1);
        let stands = gap.trim().is_empty() || gap == "-";
        stands && !self.is_inside(at) && !self.is_function(at) && !self.is_pronoun(at) && !self.is(at, Class::Saying)
    }

    /// The noun phrase that begins at word `from`.
    pub fn phrase_after(&self, from: usize) -> Option<Phrase> {
        let first = self.words.get(from).filter(|_| !self.is_inside(from))?;
        if self.is_pronoun(from) {
            return Some(Phrase { from, to: from + 1 });
        }
        let parted = from > 0 && first.gap.contains([':', ';', '“', '"', '«', '„']);
        if parted || self.is_function(from) || (self.is(from, Class::That) && !self.is(from, Class::Determiner)) {
            return None;
        }
        let mut to = from + 1;
        let mut named = first.capital && !self.is(from, Class::Determiner);
        while let Some(word) = self.words.get(to) {
            let stands = matches!(word.gap.trim(), "" | "." | "-" | "&");
            if self.is_inside(to) || !stands || self.is_pronoun(to) || to - from > LONGEST {
                break;
            }
            let joins = self.is(to, Class::Joining) && self.is_capital(to + 1) && named;
            if word.capital && !self.is_function(to) {
                named = true;
            } else if !joins && (named || self.is_function(to) || self.is_any(to, &[Class::Saying, Class::That])) {
                break;
            }
            to += 1;
        }
        Some(Phrase { from, to })
    }

    /// The subject of the sentence, looked for before word `end`: the first noun phrase after what leads up to it
    /// ("On Monday, …", "Hours later, …").
    pub fn subject(&self, end: usize) -> Option<Phrase> {
        let first = (0..end).find(|&at| !self.is_inside(at))?;
        let mut from = first;
        // "WASHINGTON, Dec. 8 (UPI) — …": the dateline ends with a dash.
        let dash = (first + 1..end.min(first + 8))
            .find(|&at| matches!(self.gap(at).trim(), "—" | "–" | "-" | ") —" | ") –" | ") -"));
        if let Some(dash) = dash.filter(|_| self.words.get(first).is_some_and(|word| word.is_upper)) {
            from = dash;
        } else if self.is_function(first) {
            let comma = (first + 1..end).take(12).find(|&at| self.gap(at).contains(','));
            from = comma.unwrap_or(first);
        }
        (from..end).take_while(|&at| !self.is_inside(at)).find_map(|at| {
            let begins =
                self.is_capital(at) || self.is_pronoun(at) || self.is_any(at, &[Class::Determiner, Class::People]);
            let phrase = if begins && !self.is_function(at) { self.phrase_after(at) } else { None };
            phrase.filter(|phrase| phrase.to <= end)
        })
    }
}

/// The part of `span` within [`FAR`] bytes of `focus`, on character boundaries.
pub(super) fn around(text: &Text, span: ByteSpan, focus: usize) -> ByteSpan {
    let boundary = |byte: usize| (0..=byte).rev().find(|&byte| text.as_str().is_char_boundary(byte)).unwrap_or(0);
    let (start, end) = (boundary(focus.saturating_sub(FAR)), boundary(focus.saturating_add(FAR)));
    ByteSpan { start: span.start.max(start), end: span.end.min(end).max(span.start.max(start)) }
}

/// Whether something parts the words before and after: a comma, a bracket, a dash, a quotation mark.
pub(super) fn is_break(gap: &str) -> bool {
    gap.contains([',', ';', ':', '(', ')', '—', '–', '“', '”', '"', '«', '»', '„', '،', '؛'])
}
