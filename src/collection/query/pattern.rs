//! Words and patterns that are looked for in texts: which texts have them, and where.
//!
//! Plain words are compared folded ([`folded`]); patterns, and words whose case counts, on the text as it stands. Knows
//! nothing of fields. Held by `tests/query.rs`.

use memchr::memmem::Finder;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};

use crate::collection::folded::{folded, folded_with_places};
use crate::document::ByteSpan;

/// The most memory that a pattern may take when it is compiled, in bytes.
const LARGEST: usize = 1 << 20;

/// How deep the groups of a pattern may lie within each other.
const NESTED: u32 = 64;

/// How the words of a query are compared: `match:case`, `match:word`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// Capitals, accents and signs count.
    pub case: bool,
    /// Only whole words are found.
    pub word: bool,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub(in crate::collection) enum Words {
    /// Words, folded.
    Folded {
        /// What finds them in a folded text.
        finder: Box<Finder<'static>>,
        /// Whether they are whole words.
        word: bool,
        /// Finds them in a text that is ASCII as it stands; `None` where no such text has them.
        ascii: Option<Regex>,
    },
    /// A pattern, on the text as it stands.
    Pattern {
        /// The pattern.
        pattern: Regex,
        /// The same without what it asks of the beginnings and ends of lines and words: where this is not found in a
        /// text, the pattern is found in no part of it.
        sieve: Option<Regex>,
    },
}

impl Words {
    /// Words as typed; `None` where nothing is left of them to look for.
    pub fn typed(words: &str, matching: Matching) -> Option<Self> {
        if matching.case {
            let parts: Vec<String> = words.split_whitespace().map(regex::escape).collect();
            let (first, last) = (words.trim().chars().next()?, words.trim().chars().next_back()?);
            let edge = |c: char| if matching.word && is_of_word(c) { r"\b" } else { "" };
            let pattern = format!("{}{}{}", edge(first), parts.join(r"\s+"), edge(last));
            return Self::pattern(&pattern, Matching { case: true, word: false }).ok();
        }
        let words = folded(words);
        if words.is_empty() {
            return None;
        }
        let ascii = words.is_ascii().then(|| {
            // What an ASCII text folds to the words from.
            let each = words.chars().map(|c| match c {
                ' ' => r"[\t-\r ]+".to_owned(),
                '\'' => "['`]".to_owned(),
                c => regex::escape(c.encode_utf8(&mut [0; 4])),
            });
            RegexBuilder::new(&each.collect::<String>()).case_insensitive(true).size_limit(LARGEST).build().ok()
        });
        Some(Self::Folded {
            finder: Box::new(Finder::new(&words).into_owned()),
            word: matching.word,
            ascii: ascii.flatten(),
        })
    }

    /// A pattern in the syntax of the crate `regex`; `^` and `$` are the ends of lines.
    ///
    /// # Errors
    /// What is wrong with it, and at which of its characters, counted from 0.
    pub fn pattern(pattern: &str, matching: Matching) -> Result<Self, (usize, String)> {
        let within = if matching.word { format!(r"\b(?:{pattern})\b") } else { pattern.to_owned() };
        // The pattern by itself, so that what is wrong is told of what was typed.
        let parsed = regex_syntax::ParserBuilder::new()
            .multi_line(true)
            .case_insensitive(!matching.case)
            .nest_limit(NESTED)
            .build()
            .parse(pattern)
            .map_err(|error| wrong(pattern, &error))?;
        let build = |pattern: &str, ignores_case: bool| {
            let mut builder = RegexBuilder::new(pattern);
            builder.multi_line(true).case_insensitive(ignores_case).size_limit(LARGEST).nest_limit(NESTED * 2);
            builder.build()
        };
        let too_large = |_| (0, "it takes too much memory: write smaller numbers of repetitions".to_owned());
        let compiled = build(&within, !matching.case).map_err(too_large)?;
        let sieve = if parsed.properties().look_set().is_empty() {
            // Of the same cost as the pattern itself, and then often the very same.
            if matching.word { build(pattern, !matching.case).ok() } else { Some(compiled.clone()) }
        } else {
            build(&anywhere(&parsed).to_string(), false).ok()
        };
        Ok(Self::Pattern { pattern: compiled, sieve })
    }

    /// Whether a text as it stands has them.
    pub fn stand_in(&self, text: &str) -> bool {
        match self {
            Self::Pattern { pattern, .. } => pattern.is_match(text),
            Self::Folded { .. } => self.next_folded(&folded(text), 0).is_some(),
        }
    }

    /// Whether some part of a text may have them; `false` is certain.
    pub fn may_stand_in(&self, text: &str) -> bool {
        match self {
            Self::Pattern { sieve, .. } => sieve.as_ref().is_none_or(|sieve| sieve.is_match(text)),
            Self::Folded { ascii, .. } if text.is_ascii() => ascii.as_ref().is_some_and(|ascii| ascii.is_match(text)),
            Self::Folded { finder, .. } => finder.find(folded(text).as_bytes()).is_some(),
        }
    }

    /// Where they stand in a text, in bytes of it, in order; what is empty is nowhere.
    pub fn places(&self, text: &str) -> Vec<ByteSpan> {
        match self {
            Self::Pattern { pattern, .. } => {
                let found = pattern.find_iter(text).filter(|found| !found.is_empty());
                found.map(|found| ByteSpan::new(found.start(), found.end())).collect()
            }
            Self::Folded { .. } => {
                let (folded, places) = folded_with_places(text);
                let mut found = Vec::new();
                let mut from = 0;
                while let Some(at) = self.next_folded(&folded, from) {
                    from = at.end;
                    let start = places.get(at.start).map(|place| place.start);
                    let end = at.end.checked_sub(1).and_then(|last| places.get(last)).map(|place| place.end);
                    found.extend(start.zip(end).map(|(start, end)| ByteSpan::new(start, end)));
                }
                found
            }
        }
    }

    /// Where folded words stand next in a folded text, from a byte on.
    pub fn next_folded(&self, text: &str, mut from: usize) -> Option<ByteSpan> {
        let Self::Folded { finder, word, .. } = self else { return None };
        loop {
            let start = from + finder.find(text.as_bytes().get(from..)?)?;
            let end = start + finder.needle().len();
            let is_cut = |at: usize| {
                let (before, after) = text.split_at_checked(at).unwrap_or_default();
                before.chars().next_back().is_some_and(is_of_word) && after.chars().next().is_some_and(is_of_word)
            };
            if !word || !is_cut(start) && !is_cut(end) {
                return Some(ByteSpan { start, end });
            }
            from = start + text.get(start..)?.chars().next()?.len_utf8();
        }
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The pattern without what it asks of the beginnings and ends of lines, words and the text.
fn anywhere(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(_) => Hir::empty(),
        HirKind::Repetition(own) => {
            let mut own = own.clone();
            own.sub = Box::new(anywhere(&own.sub));
            Hir::repetition(own)
        }
        HirKind::Capture(own) => anywhere(&own.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(anywhere).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(anywhere).collect()),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) => hir.clone(),
    }
}

/// What is wrong with a pattern, and at which character.
fn wrong(pattern: &str, error: &regex_syntax::Error) -> (usize, String) {
    let (byte, what) = match error {
        regex_syntax::Error::Parse(error) => (error.span().start.offset, error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (error.span().start.offset, error.kind().to_string()),
        _ => (0, "it cannot be understood".to_owned()),
    };
    (pattern.get(..byte).unwrap_or_default().chars().count(), what)
}
