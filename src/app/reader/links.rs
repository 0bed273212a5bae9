//! Addresses that stand in the text.
//!
//! Knows no screen. Held by `tests/reader.rs`.

use crate::document::{ByteSpan, Text};

/// Bytes looked at on either side: addresses are not longer.
const REACH: usize = 2048;

/// What an address that may be opened begins with; nothing here could run a program.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Whether an address may be opened at all.
#[must_use]
pub fn may_open(address: &str) -> bool {
    let starts = |scheme: &str| address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().any(|scheme| starts(scheme) && address.len() > scheme.len())
        && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The address that holds a byte, with its place.
#[must_use]
pub fn link_at(text: &Text, byte: usize) -> Option<(ByteSpan, String)> {
    let string = text.as_str();
    let byte = string.floor_char_boundary(byte);
    let parts = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»');
    let from = string.ceil_char_boundary(byte.saturating_sub(REACH));
    let to = string.floor_char_boundary(byte + REACH);
    let before = string.get(from..byte)?.char_indices().rev().find(|&(_, c)| parts(c));
    let from = before.map_or(from, |(at, c)| from + at + c.len_utf8());
    let to = string.get(byte..to)?.find(parts).map_or(to, |at| byte + at);
    let token = string.get(from..to)?;
    // What stands before the scheme, as an opening bracket, is not part of the address.
    let lower = token.to_ascii_lowercase();
    let start = SCHEMES.iter().filter_map(|scheme| lower.find(scheme)).min()?;
    let mut address = token.get(start..)?;
    loop {
        let unclosed = address.ends_with(')') && !address.contains('(');
        let cut = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}']);
        let cut = if unclosed { address.strip_suffix(')').unwrap_or(cut) } else { cut };
        if cut.len() == address.len() {
            break;
        }
        address = cut;
    }
    let span = ByteSpan { start: from + start, end: from + start + address.len() };
    (span.contains(byte) && may_open(address)).then(|| (span, address.to_owned()))
}
