//! A text as RON writes it, in every file of this project.
//!
//! ron's own printer escapes combining characters, Thai, Hindi and emoji; this one only what would break a line or hide
//! in it. Held by `tests/sidecar.rs` and `tests/codebook.rs`.

use std::fmt::Write as _;

/// A RON string with its quotes. Escaped are only `"`, `\`, control characters and what no editor shows: U+061C, 200B,
/// 200E–200F, 2028–202E, 2060–2069, FEFF.
pub fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        // The first bytes of everything that is escaped; all else is copied in runs.
        if !matches!(byte, 0..=0x1F | b'"' | b'\\' | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF) {
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        if !(is_hidden(c) || matches!(c, '"' | '\\')) {
            continue;
        }
        out.push_str(text.get(copied..at).unwrap_or_default());
        copied = at + c.len_utf8();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            // Writing to a string does not fail.
            _ => _ = write!(out, "\\u{{{:x}}}", u32::from(c)),
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out.push('"');
}

/// Whether a character is written as an escape wherever it could mislead: control characters, and what changes the
/// direction of a line, breaks it or has no width (not the joiners, which scripts need).
pub fn is_hidden(c: char) -> bool {
    matches!(u32::from(c), 0x61C | 0x200B | 0x200E..=0x200F | 0x2028..=0x202E | 0x2060..=0x2069 | 0xFEFF)
        || c.is_control()
}
