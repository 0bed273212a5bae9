//! Paragraphs of a word processor's document: collected in the order of the text, then written.
//!
//! What DOCX, ODT and RTF have in common. Knows no format. Held by `tests/document.rs`.
//!
//! Collected first, because a text box is met in the middle of the paragraph that it hangs on, whether a table is only a
//! frame around the text is known at its end, and a paragraph whose end was deleted goes on in the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::original::{Apart, Aside, AsideKind, Block, BlockKind, Style};
use super::text::ByteSpan;
use super::writer::Writer;

/// A document's paragraphs as far as they are read.
#[derive(Default)]
pub(super) struct Flow {
    paragraphs: Vec<Paragraph>,
    tables: u32,
    /// Running heads and feet that are there already.
    furniture: BTreeSet<String>,
}

/// A paragraph: what it is, and what is in it.
#[derive(Clone)]
pub(super) struct Paragraph {
    /// What it would be outside of a table.
    pub kind: BlockKind,
    pub cell: Option<Cell>,
    pub quoted: u8,
    pub apart: Option<Apart>,
    pub inlines: Vec<Inline>,
    /// Whether its end was deleted under tracked changes, so that the next one goes on in it.
    pub goes_on: bool,
}

/// Where in which table a paragraph stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
    pub is_head: bool,
}

/// A piece of a paragraph.
#[derive(Clone)]
pub(super) enum Inline {
    Words(String, Look),
    Tab,
    LineEnd,
    /// Here begins what the comment of this key is about.
    CommentBegins(String),
    /// Here it ends.
    CommentEnds(String),
    /// Here words were deleted.
    Deleted(Remark),
}

/// How words look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub raised: bool,
    pub lowered: bool,
    pub struck: bool,
    pub link: Option<Arc<str>>,
}

/// The words of a comment or a deletion, who wrote them and when.
#[derive(Clone, Debug, Default)]
pub(super) struct Remark {
    pub author: Option<String>,
    pub date: Option<String>,
    pub text: String,
}

/// What was written.
pub(super) struct Flowed {
    pub text: String,
    pub blocks: Vec<Block>,
    pub styles: Vec<super::original::Styled>,
    pub asides: Vec<Aside>,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self { kind: BlockKind::Paragraph, cell: None, quoted: 0, apart: None, inlines: Vec::new(), goes_on: false }
    }
}

impl Paragraph {
    /// Adds words; to those before, where they look the same.
    pub fn push(&mut self, words: &str, look: &Look) {
        match self.inlines.last_mut() {
            Some(Inline::Words(before, same)) if same == look => before.push_str(words),
            _ if words.is_empty() => {}
            _ => self.inlines.push(Inline::Words(words.to_owned(), look.clone())),
        }
    }

    /// Whether it has a visible character.
    pub fn has_words(&self) -> bool {
        self.inlines.iter().any(|inline| match inline {
            Inline::Words(words, _) => words.chars().any(|c| !c.is_whitespace()),
            _ => false,
        })
    }

    /// Its words alone.
    pub fn words(&self) -> String {
        let piece = |inline: &Inline| match inline {
            Inline::Words(words, _) => words.clone(),
            Inline::Tab | Inline::LineEnd => " ".to_owned(),
            _ => String::new(),
        };
        self.inlines.iter().map(piece).collect()
    }
}

impl Look {
    fn styles(&self) -> Vec<Style> {
        let plain = [
            (self.strong, Style::Strong),
            (self.emphasis, Style::Emphasis),
            (self.raised, Style::Raised),
            (self.lowered, Style::Lowered),
            (self.struck, Style::Struck),
        ];
        let link = self.link.as_deref().map(|address| Style::Link(address.to_owned()));
        plain.into_iter().filter(|(is_so, _)| *is_so).map(|(_, style)| style).chain(link).collect()
    }
}

impl Flow {
    /// The number of a table that begins.
    pub fn table(&mut self) -> u32 {
        self.tables += 1;
        self.tables - 1
    }

    /// Adds a paragraph at the end.
    pub fn push(&mut self, paragraph: Paragraph) {
        if let Some(last) = self.paragraphs.last_mut()
            && last.goes_on
            && last.cell == paragraph.cell
            && last.apart == paragraph.apart
        {
            if !last.has_words() {
                last.kind = paragraph.kind;
            }
            last.goes_on = paragraph.goes_on;
            last.inlines.extend(paragraph.inlines);
            return;
        }
        self.paragraphs.push(paragraph);
    }

    /// Adds all of another flow at the end; the tables keep their numbers, so both must be of one count.
    pub fn append(&mut self, other: &mut Self) {
        self.paragraphs.append(&mut other.paragraphs);
        self.tables = self.tables.max(other.tables);
    }

    /// How many paragraphs there are.
    pub fn len(&self) -> usize {
        self.paragraphs.len()
    }

    /// Takes the paragraphs from the one of this index.
    pub fn take_from(&mut self, index: usize) -> Vec<Paragraph> {
        self.paragraphs.split_off(index.min(self.paragraphs.len()))
    }

    /// Adds a running head or foot, once each.
    pub fn furniture(&mut self, paragraphs: Vec<Paragraph>) {
        for mut paragraph in paragraphs.into_iter().filter(Paragraph::has_words) {
            if self.furniture.insert(paragraph.words()) {
                paragraph.kind = BlockKind::Paragraph;
                paragraph.cell = None;
                paragraph.apart = Some(Apart::Furniture);
                self.paragraphs.push(paragraph);
            }
        }
    }

    /// Writes all of it. `comments` are the comments by their keys; one that no place in the text names stands at the
    /// end of the text.
    pub fn write(mut self, mut comments: BTreeMap<String, Remark>) -> Flowed {
        self.unframe();
        let mut out = Out::default();
        let mut before: Option<Cell> = None;
        for paragraph in self.paragraphs {
            // A cell is one block, whatever paragraphs are in it.
            if paragraph.cell.is_some() && paragraph.cell == before && out.writer.is_open() {
                out.writer.end_line();
            } else {
                let kind = match paragraph.cell {
                    Some(Cell { table, row, column, is_head }) => BlockKind::Cell { table, row, column, is_head },
                    None => paragraph.kind,
                };
                out.end_block();
                out.writer.begin(kind, paragraph.quoted, paragraph.apart);
            }
            before = paragraph.cell;
            for inline in paragraph.inlines {
                out.inline(inline, &mut comments, paragraph.cell.is_some());
            }
            out.end_looks(&[]);
        }
        out.finish(comments)
    }

    /// A table of a single cell is a frame around text rather than a table.
    fn unframe(&mut self) {
        let mut first: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        let mut tables = vec![false; self.tables as usize];
        for cell in self.paragraphs.iter().filter_map(|paragraph| paragraph.cell) {
            let place = (cell.row, cell.column);
            if *first.entry(cell.table).or_insert(place) != place
                && let Some(is_table) = tables.get_mut(cell.table as usize)
            {
                *is_table = true;
            }
        }
        for paragraph in &mut self.paragraphs {
            paragraph.cell = paragraph.cell.filter(|cell| tables.get(cell.table as usize).copied().unwrap_or_default());
        }
    }
}

/// The text as far as it is written.
#[derive(Default)]
struct Out {
    writer: Writer,
    /// Looks that go on, and where they began.
    looks: Vec<(Style, usize)>,
    asides: Vec<Aside>,
    /// Comments that have begun, and where.
    begun: BTreeMap<String, usize>,
    /// Comments that begin with the next words.
    waiting: Vec<String>,
}

impl Out {
    fn inline(&mut self, inline: Inline, comments: &mut BTreeMap<String, Remark>, is_cell: bool) {
        match inline {
            // Blanks look like nothing, so they end no look.
            Inline::Words(words, _) if words.trim().is_empty() => {
                self.writer.words(&words);
            }
            Inline::Words(words, look) => {
                let wanted = look.styles();
                self.end_looks(&wanted);
                let span = self.writer.words(&words);
                for style in wanted {
                    if !self.looks.iter().any(|(known, _)| *known == style) {
                        self.looks.push((style, span.start));
                    }
                }
                self.begun.extend(self.waiting.drain(..).map(|key| (key, span.start)));
            }
            Inline::Tab if is_cell => self.writer.blank(),
            Inline::Tab => {
                self.writer.verbatim("\t");
            }
            Inline::LineEnd => self.writer.end_line(),
            Inline::CommentBegins(key) => self.waiting.push(key),
            Inline::CommentEnds(key) => {
                let end = self.writer.position();
                let start = self.begun.remove(&key).unwrap_or(end);
                if let Some(remark) = comments.remove(&key) {
                    self.aside(AsideKind::Comment, ByteSpan { start, end }, remark);
                }
            }
            Inline::Deleted(remark) => {
                let at = self.writer.position();
                self.aside(AsideKind::Deletion, ByteSpan { start: at, end: at }, remark);
            }
        }
    }

    fn aside(&mut self, kind: AsideKind, at: ByteSpan, remark: Remark) {
        let text = remark.text.trim().to_owned();
        if !text.is_empty() {
            self.asides.push(Aside { kind, at, author: remark.author, date: remark.date, text });
        }
    }

    /// Ends the looks that do not go on.
    fn end_looks(&mut self, wanted: &[Style]) {
        let (goes_on, ended) =
            std::mem::take(&mut self.looks).into_iter().partition(|(style, _)| wanted.contains(style));
        self.looks = goes_on;
        for (style, start) in ended {
            self.writer.style_since(start, style);
        }
    }

    fn end_block(&mut self) {
        self.end_looks(&[]);
        self.writer.end();
    }

    fn finish(mut self, comments: BTreeMap<String, Remark>) -> Flowed {
        self.end_block();
        let end = self.writer.position();
        for (key, remark) in comments {
            let at = self.begun.get(&key).copied().unwrap_or(end);
            self.aside(AsideKind::Comment, ByteSpan { start: at, end: at }, remark);
        }
        let written = self.writer.finish();
        // Blanks at the ends of blocks were taken back after these places were noted.
        for aside in &mut self.asides {
            aside.at.end = written.text.floor_char_boundary(aside.at.end);
            aside.at.start = written.text.floor_char_boundary(aside.at.start.min(aside.at.end));
        }
        self.asides.sort_by_key(|aside| (aside.at.start, aside.at.end));
        Flowed { text: written.text, blocks: written.blocks, styles: written.styles, asides: self.asides }
    }
}
