//! What a file tells besides its text: blocks, metadata, where the text stands in it, attachments, what was set aside.
//!
//! Plain values, the same for every format; formats that are text leave all of it empty. Held by `tests/document.rs`.
//!
//! What is in the canonical text and what is not:
//! - Footnotes, endnotes, quoted history of a mail, running heads and page numbers are in it, as blocks with an
//!   [`Apart`]. A running head stands after the paragraph that it would have cut in two.
//! - Signs and numbers of list items, and what is bold or a link, are not: [`BlockKind::ListItem`] and [`Styled`] have
//!   them, so that they can be shown. Cells of a row have a tab between them.
//! - Comments and deletions under tracked changes are not: they are [`Aside`]s, at a place in the text.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::text::ByteSpan;

/// What a file tells besides its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Original {
    /// The blocks of the text, ascending, disjoint, none of them empty. No blocks at all: the structure is found from
    /// the text's own signs.
    pub blocks: Vec<Block>,
    /// Words that look different or lead elsewhere, by where they begin; they may nest.
    pub styles: Vec<Styled>,
    /// What the file says of itself.
    pub told: Told,
    /// Where the text stands in the file.
    pub places: Places,
    /// Files inside the file.
    pub attachments: Vec<Attachment>,
    /// Comments and deletions, by where they stand.
    pub asides: Vec<Aside>,
}

/// A block of the text as the format has it. No sentence crosses its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// From its first to its last character that is not blank.
    pub span: ByteSpan,
    /// What it is.
    pub kind: BlockKind,
    /// How many block quotations it stands in.
    pub quoted: u8,
    /// Why it is no part of the running text, where it is none.
    pub apart: Option<Apart>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// The document's title.
    Title,
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// A paragraph. Line ends in it were meant.
    Paragraph,
    /// A list item, or a further paragraph of one.
    ListItem {
        /// 1 for a list, 2 for a list in it, and so on.
        depth: u8,
        /// The sign or number to show before it, such as `•` or `3.`; empty for a further paragraph.
        #[serde(with = "super::packed::word")]
        label: SmolStr,
    },
    /// A cell of a table.
    Cell {
        /// Which table of the document, from 0.
        table: u32,
        /// Which row of the table, from 0.
        row: u32,
        /// Which column, from 0.
        column: u32,
        /// Whether it heads its row or column.
        is_head: bool,
    },
    /// The words to a picture or table.
    Caption,
    /// Text whose blanks and line ends are to be shown as they are.
    Preformatted,
    /// Plain text of several paragraphs, which are found by its own signs: the body of a plain mail.
    Lines,
}

/// Why a block is no part of the running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Apart {
    /// Running heads, page numbers and the like: shown dimly, and in no sentence.
    Furniture,
    /// A footnote or endnote.
    Note,
    /// An older mail that this one answers or passes on: shown folded.
    History,
}

/// How words look, or where they lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Styled {
    /// Which words.
    pub span: ByteSpan,
    /// How.
    pub style: Style,
}

/// How words look, or where they lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Raised, such as the number of a footnote.
    Raised,
    /// Lowered.
    Lowered,
    /// Struck through.
    Struck,
    /// Leads to this address. It is never followed by itself.
    Link(String),
}

/// What a file says of itself, each with where it says so. Nothing here is guessed from the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The title.
    pub title: Option<Stated>,
    /// Who issued it: an organisation rather than a person where the file names both.
    pub issuer: Option<Stated>,
    /// When it was published or sent: ISO 8601, a date or a date and time.
    pub published: Option<Stated>,
    /// Its address on the web.
    pub url: Option<Stated>,
    /// What it is about, in a few words.
    pub subject: Option<Stated>,
    /// Its language, BCP 47.
    pub language: Option<Stated>,
}

/// A value, and where in the file it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The value, blanks folded.
    pub value: String,
    /// Where, as the format calls it: `og:title`, `Subject`, `docProps/core.xml`.
    #[serde(with = "super::packed::word")]
    pub place: SmolStr,
}

/// Where the text stands in the file. A format has pages or elements, or neither.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Places {
    /// The pages, in order.
    pub pages: Vec<PageSize>,
    /// Where words stand on the pages; ascending and disjoint in the text.
    pub boxes: Vec<TextBox>,
    /// From which element of the file a stretch of the text is; ascending and disjoint.
    pub elements: Vec<Element>,
}

/// A page, in points of 1/72 inch, as it is shown (turned where the file says so).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageSize {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// Where some words stand on a page. Of a long document there are very many of these.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextBox {
    /// Where the words begin in the canonical text, in bytes.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// The page, from 0.
    pub page: u32,
    /// Left, top, right, bottom: points from the page's top left corner, down and right being positive.
    pub sides: [f32; 4],
}

/// An element of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// What of the text comes from it.
    pub span: ByteSpan,
    /// Its path, as the format writes one: `html/body/article/p[3]`.
    pub path: String,
}

/// A file inside the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name, without a folder; never empty, not to be trusted.
    pub name: String,
    /// Its media type as the file says.
    pub media_type: String,
    /// Its bytes.
    #[serde(with = "super::packed::bytes")]
    pub bytes: Arc<[u8]>,
}

/// Something that is not in the text but stands at a place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// What it is.
    pub kind: AsideKind,
    /// What of the text it is about; an empty span is a place between two characters.
    pub at: ByteSpan,
    /// Who wrote it.
    pub author: Option<String>,
    /// When, as the file has it.
    pub date: Option<String>,
    /// Its words.
    pub text: String,
}

/// What an aside is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsideKind {
    /// A comment on the text.
    Comment,
    /// Words that tracked changes have deleted.
    Deletion,
}

impl Places {
    /// The boxes of the words that share a byte with `span`, in the order of the text.
    #[must_use]
    pub fn boxes_in(&self, span: ByteSpan) -> &[TextBox] {
        let from = self.boxes.partition_point(|found| found.end as usize <= span.start);
        let to = self.boxes.partition_point(|found| (found.start as usize) < span.end);
        self.boxes.get(from..to).unwrap_or_default()
    }

    /// The elements that share a byte with `span`, in the order of the text.
    #[must_use]
    pub fn elements_in(&self, span: ByteSpan) -> &[Element] {
        let from = self.elements.partition_point(|found| found.span.end <= span.start);
        let to = self.elements.partition_point(|found| found.span.start < span.end);
        self.elements.get(from..to).unwrap_or_default()
    }
}

impl Stated {
    /// A value as a file states it, blanks folded and cut to [`METADATA`](super::limits::METADATA); `None` where
    /// nothing is left.
    pub(super) fn new(value: &str, place: &str) -> Option<Self> {
        let mut folded = String::new();
        for word in value.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
            if folded.len() > super::limits::METADATA * 4 {
                break;
            }
        }
        let value: String = folded.chars().filter(|c| !c.is_control()).take(super::limits::METADATA).collect();
        (!value.is_empty()).then(|| Self { value, place: place.into() })
    }
}
