//! Names of items: random, with a letter for the kind, never indexes and never reused.
//!
//! Random and not ordered by time: time-ordered ids made every concurrent addition a merge conflict. Knows no source of
//! randomness: the bytes come in.

use std::fmt;

use smol_str::SmolStr;

/// The name of an item within its annotation set (`c-5w0a`). What is read from a file is kept as it is, whatever its
/// form. Ids are ordered as their texts are. Short ones, and ours are, lie within: finding one in a table follows no
/// pointer, and nearly always compares one number a step.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    /// The first eight bytes, zero where there are none. It is compared first: where two differ, the texts differ the
    /// same way, for nothing is less than zero.
    head: u64,
    text: SmolStr,
}

/// Which kind of item an id names; its letter begins the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// `s-`
    Source,
    /// `m-`
    Mention,
    /// `c-`
    Claim,
    /// `a-`
    Assessment,
    /// `l-`, a link between claims (`r-` is a remark's)
    Relation,
    /// `r-`
    Remark,
    /// `d-`
    Dismissal,
    /// `x-`
    Conflict,
}

impl IdKind {
    /// The letter before the hyphen.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Source => 's',
            Self::Mention => 'm',
            Self::Claim => 'c',
            Self::Assessment => 'a',
            Self::Relation => 'l',
            Self::Remark => 'r',
            Self::Dismissal => 'd',
            Self::Conflict => 'x',
        }
    }
}

/// Crockford's base 32 in lower case: no i, l, o or u, so that an id can be read aloud.
const DIGITS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p',
    'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
];

impl Id {
    /// An id as read.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut head = [0; 8];
        head.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
        Self { head: u64::from_be_bytes(head), text: text.into() }
    }

    /// A new id of 8 digits (40 bits) from random bits; the lowest 40 are used.
    #[must_use]
    pub fn from_random(kind: IdKind, random: u64) -> Self {
        let mut text = String::with_capacity(10);
        text.push(kind.letter());
        text.push('-');
        for i in 0..8 {
            let digit = (random >> (5 * i)) & 31;
            text.push(DIGITS.get(digit as usize).copied().unwrap_or('0'));
        }
        Self::new(&text)
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
