//! Writing a canonical text block by block: what the readers of formats with blocks have in common.
//!
//! Knows how blocks follow each other in a text, no format. Held by `tests/document.rs`.
//!
//! Between two blocks stands an empty line; between items of a list and rows of a table a line end; between the cells
//! of a row a tab for each column. A block of nothing but blanks leaves nothing behind.

use super::original::{Apart, Block, BlockKind, Element, Style, Styled};
use super::text::ByteSpan;

/// A text being written.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    blocks: Vec<Block>,
    styles: Vec<Styled>,
    elements: Vec<Element>,
    open: Option<Open>,
}

/// What was written.
pub(super) struct Written {
    pub text: String,
    pub blocks: Vec<Block>,
    pub styles: Vec<Styled>,
    pub elements: Vec<Element>,
}

/// The block at hand.
struct Open {
    kind: BlockKind,
    quoted: u8,
    apart: Option<Apart>,
    path: Option<String>,
    /// Where it begins in the text, once it has a visible character.
    start: Option<usize>,
    /// Blanks that stand in the text only if a visible character follows.
    pending: Pending,
}

#[derive(Clone, Copy, PartialEq)]
enum Pending {
    Nothing,
    Blank,
    Lines(usize),
}

impl Writer {
    /// Begins a block; the one before is ended.
    pub fn begin(&mut self, kind: BlockKind, quoted: u8, apart: Option<Apart>) {
        self.end();
        self.open = Some(Open { kind, quoted, apart, path: None, start: None, pending: Pending::Nothing });
    }

    /// Says from which element of the file the block at hand is.
    pub fn place(&mut self, path: String) {
        if let Some(open) = &mut self.open {
            open.path = Some(path);
        }
    }

    /// Whether a block is at hand.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the block at hand has a visible character.
    pub fn has_words(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.start.is_some())
    }

    /// Where the next visible character would stand if it came at once.
    pub fn position(&self) -> usize {
        self.text.len()
    }

    /// Adds words whose runs of blanks and line ends are a single blank. Without a block at hand, begins a paragraph.
    /// Gives where they stand, the blanks around them left out.
    pub fn words(&mut self, words: &str) -> ByteSpan {
        let mut written: Option<ByteSpan> = None;
        let mut rest = words;
        while !rest.is_empty() {
            let blanks = rest.len() - rest.trim_start_matches(is_foldable).len();
            if blanks > 0 {
                self.blank();
                rest = rest.get(blanks..).unwrap_or_default();
                continue;
            }
            let end = rest.find(is_foldable).unwrap_or(rest.len());
            let span = self.raw(rest.get(..end).unwrap_or_default());
            written = Some(ByteSpan { start: written.map_or(span.start, |written| written.start), end: span.end });
            rest = rest.get(end..).unwrap_or_default();
        }
        written.unwrap_or(ByteSpan { start: self.text.len(), end: self.text.len() })
    }

    /// Adds text as it is, CRLF and CR made LF. Without a block at hand, begins a paragraph. Gives where it stands.
    pub fn verbatim(&mut self, text: &str) -> ByteSpan {
        if !self.has_words() && text.chars().all(char::is_whitespace) {
            return ByteSpan { start: self.text.len(), end: self.text.len() };
        }
        let start = self.raw("").end;
        let mut rest = text;
        while let Some((line, after)) = rest.split_once('\r') {
            self.text.push_str(line);
            self.text.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        self.text.push_str(rest);
        ByteSpan { start, end: self.text.len() }
    }

    /// A blank, should anything follow it on its line.
    pub fn blank(&mut self) {
        let at_line_end = self.text.ends_with(char::is_whitespace);
        if let Some(open) = &mut self.open
            && open.start.is_some()
            && open.pending == Pending::Nothing
            && !at_line_end
        {
            open.pending = Pending::Blank;
        }
    }

    /// Ends the line inside the block at hand, should anything follow in it.
    pub fn end_line(&mut self) {
        if let Some(open) = &mut self.open
            && open.start.is_some()
        {
            open.pending = match open.pending {
                Pending::Lines(count) => Pending::Lines((count + 1).min(2)),
                Pending::Nothing | Pending::Blank => Pending::Lines(1),
            };
        }
    }

    /// Ends the line, unless it is ended already.
    pub fn fresh_line(&mut self) {
        if let Some(open) = &mut self.open
            && open.start.is_some()
            && !matches!(open.pending, Pending::Lines(_))
        {
            open.pending = Pending::Lines(1);
        }
    }

    /// Says how the words look that were written since the text had this length.
    pub fn style_since(&mut self, start: usize, style: Style) {
        let words = self.text.get(start..).unwrap_or_default();
        let start = self.text.len() - words.trim_start().len();
        let end = start + words.trim().len();
        if start < end {
            self.styles.push(Styled { span: ByteSpan { start, end }, style });
        }
    }

    /// Ends the block at hand.
    pub fn end(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Some(start) = open.start else { return };
        let kept = self.text.trim_end().len().max(start);
        self.text.truncate(kept);
        let words = self.text.get(start..).unwrap_or_default();
        let start = kept - words.trim_start().len();
        let span = ByteSpan { start, end: kept };
        if span.is_empty() {
            return;
        }
        if let Some(path) = open.path {
            self.elements.push(Element { span, path });
        }
        self.blocks.push(Block { span, kind: open.kind, quoted: open.quoted, apart: open.apart });
    }

    /// Ends the text.
    pub fn finish(mut self) -> Written {
        self.end();
        let len = self.text.len();
        self.styles.retain(|styled| styled.span.start < len);
        for styled in &mut self.styles {
            styled.span.end = styled.span.end.min(len);
        }
        // The outer before the inner.
        self.styles.sort_by_key(|styled| (styled.span.start, std::cmp::Reverse(styled.span.end)));
        Written { text: self.text, blocks: self.blocks, styles: self.styles, elements: self.elements }
    }

    /// Adds visible characters, with what has to stand before them.
    fn raw(&mut self, words: &str) -> ByteSpan {
        if self.open.is_none() {
            self.begin(BlockKind::Paragraph, 0, None);
        }
        if let Some(open) = &mut self.open {
            if open.start.is_none() {
                push_gap(&mut self.text, self.blocks.last().map(|block| &block.kind), &open.kind);
                open.start = Some(self.text.len());
            }
            match std::mem::replace(&mut open.pending, Pending::Nothing) {
                Pending::Nothing => {}
                Pending::Blank => self.text.push(' '),
                Pending::Lines(count) => self.text.extend(std::iter::repeat_n('\n', count)),
            }
        }
        let start = self.text.len();
        self.text.push_str(words);
        ByteSpan { start, end: self.text.len() }
    }
}

/// What stands between two blocks.
fn push_gap(text: &mut String, before: Option<&BlockKind>, after: &BlockKind) {
    match (before, after) {
        (None, _) => {}
        (
            Some(&BlockKind::Cell { table, row, column, .. }),
            &BlockKind::Cell { table: next_table, row: next_row, column: next_column, .. },
        ) if table == next_table => {
            if row == next_row {
                let tabs = next_column.saturating_sub(column).clamp(1, MOST_TABS) as usize;
                text.extend(std::iter::repeat_n('\t', tabs));
            } else {
                text.push('\n');
            }
        }
        (Some(BlockKind::ListItem { .. }), BlockKind::ListItem { .. }) => text.push('\n'),
        _ => text.push_str("\n\n"),
    }
}

/// Tabs for at most so many empty cells in a row.
const MOST_TABS: u32 = 64;

/// White space that formats with blocks fold; a no-break space and its kin were meant.
fn is_foldable(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
