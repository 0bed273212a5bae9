//! Characters that cannot be seen, and the marks that show them.
//!
//! Bidirectional controls and zero-width characters can make a text read otherwise than it is stored, so the reader
//! shows where they stand. Knows nothing of layout. Held by `tests/text.rs`.

/// A mark over a cluster of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) kind: MarkKind,
    pub(super) line: u32,
    pub(super) x: f32,
    pub(super) width: f32,
}

/// What a mark tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A control that turns the text to the right: a post with a flag at its right.
    TurnsRight,
    /// A control that turns the text to the left: a post with a flag at its left.
    TurnsLeft,
    /// A control that ends such a turn, or starts one by its content: a post with a foot.
    Turns,
    /// A zero-width space, joiner, selector or the like: a short post.
    ZeroWidth,
    /// A soft hyphen: a short dash.
    SoftHyphen,
    /// A control code, or a character no face has: an empty box.
    Missing,
}

/// The mark of a character that has no shape of its own.
pub(super) fn mark_of(c: char) -> Option<MarkKind> {
    Some(match c {
        '\u{ad}' => MarkKind::SoftHyphen,
        '\u{200e}' | '\u{202a}' | '\u{202d}' | '\u{2066}' => MarkKind::TurnsRight,
        '\u{61c}' | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}' => MarkKind::TurnsLeft,
        '\u{202c}' | '\u{2068}' | '\u{2069}' => MarkKind::Turns,
        '\u{34f}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => MarkKind::ZeroWidth,
        _ if c.is_control() && c != '\t' => MarkKind::Missing,
        _ => return None,
    })
}

/// Whether an unseen character has no business after `base`: joiners and selectors shape Arabic, Indic scripts and
/// pictures, but within Latin, Greek and Cyrillic they only hide. A selector after a figure makes a keycap.
pub(super) fn is_odd_after(base: char, unseen: char) -> bool {
    let keycap = matches!(base, '0'..='9' | '#' | '*' | '©' | '®') && matches!(unseen, '\u{fe0e}' | '\u{fe0f}');
    base < '\u{530}' && !keycap
}
