//! The body of an `OpenDocument` text, or the heads and feet of its pages, element by element.
//!
//! Nothing recurses: what is open is on a stack. Held by `tests/document.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::flow::{Cell, Flow, Inline, Look, Paragraph, Remark};
use super::super::limits::DEPTH;
use super::super::original::{Apart, BlockKind};
use super::super::xml::{Element, Node, Nodes};
use super::styles::Styles;

/// What of a file is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Text,
    Heads,
    Feet,
}

pub(super) struct Body<'a> {
    styles: &'a Styles,
    wanted: Wanted,
    pub flow: Flow,
    pub notes: Vec<Paragraph>,
    pub comments: BTreeMap<String, Remark>,
    note_count: u32,
    open: Vec<Open>,
    /// Inside of how many elements whose text is wanted.
    inside: usize,
    paragraphs: Vec<At>,
    look: Look,
    is_hidden: bool,
    tables: Vec<Table>,
    lists: Vec<List>,
    /// How far lists that can be continued have come, by their style and depth.
    counted: BTreeMap<(String, usize), u32>,
    /// What was deleted, by the id of the change.
    deletions: BTreeMap<String, Remark>,
    change: Option<String>,
    /// The sign that the next paragraph begins with.
    sign: Option<String>,
    apart: Option<Apart>,
}

/// What ends with an element.
enum Open {
    Other,
    /// What is wanted of the file.
    Inside,
    Paragraph,
    Look(Look, bool),
    Table,
    Row,
    HeadRows(bool),
    /// With the number of columns that it stands for.
    Cell(u32),
    List,
    Item,
    /// With the number of paragraphs before it, and the lists and tables that it stands in.
    Note(usize, Around),
    Box(usize, Around),
    Comment(usize, String, Around),
    Deletion(usize),
}

/// What a text of its own is not part of.
struct Around {
    lists: Vec<List>,
    look: Look,
    apart: Option<Apart>,
}

struct At {
    paragraph: Paragraph,
    boxes: Vec<Paragraph>,
    was_hidden: bool,
}

struct Table {
    number: u32,
    row: u32,
    column: u32,
    is_head: bool,
}

struct List {
    style: String,
    count: u32,
    is_header: bool,
    /// Whether the item at hand has its sign already.
    is_signed: bool,
}

/// The most columns or rows that one element stands for.
const MOST_REPEATED: u32 = 64;

impl<'a> Body<'a> {
    pub fn new(styles: &'a Styles, wanted: Wanted) -> Self {
        Self {
            styles,
            wanted,
            flow: Flow::default(),
            notes: Vec::new(),
            comments: BTreeMap::new(),
            note_count: 0,
            open: Vec::new(),
            inside: 0,
            paragraphs: Vec::new(),
            look: Look::default(),
            is_hidden: false,
            tables: Vec::new(),
            lists: Vec::new(),
            counted: BTreeMap::new(),
            deletions: BTreeMap::new(),
            change: None,
            sign: None,
            apart: None,
        }
    }

    /// Reads a file. Whether it broke off or is no XML.
    pub fn read(&mut self, text: &str) -> bool {
        let mut nodes = Nodes::new(text);
        while let Some(node) = nodes.next() {
            match node {
                Node::Start(element) => {
                    let name = element.name().to_owned();
                    if let Some(open) = self.start(&name, &element, &mut nodes) {
                        self.open.push(open);
                    }
                }
                Node::End => {
                    if let Some(open) = self.open.pop() {
                        self.end(open);
                    }
                }
                Node::Text(words) => self.words(&words),
            }
        }
        while let Some(open) = self.open.pop() {
            self.end(open);
        }
        nodes.is_broken()
    }

    /// An element begins. `None` where it was read to its end.
    fn start(&mut self, name: &str, element: &Element<'_>, nodes: &mut Nodes<'_>) -> Option<Open> {
        let value = |name: &str| element.attribute(name);
        let is_inside = match self.wanted {
            Wanted::Text => name == "text" && self.paragraphs.is_empty(),
            Wanted::Heads => name.starts_with("header") && !name.ends_with("style"),
            Wanted::Feet => name.starts_with("footer") && !name.ends_with("style"),
        };
        if is_inside {
            self.inside += 1;
            return Some(Open::Inside);
        }
        if self.inside == 0 {
            return Some(Open::Other);
        }
        match name {
            "p" | "h" => return Some(self.begin_paragraph(name, element)),
            "span" => {
                let before = (self.look.clone(), self.is_hidden);
                self.take_look(&value("style-name").unwrap_or_default());
                return Some(Open::Look(before.0, before.1));
            }
            "a" => {
                let before = self.look.clone();
                let address = value("href").filter(|address| !address.is_empty());
                self.look.link = address.map(Arc::from).or_else(|| before.link.clone());
                return Some(Open::Look(before, self.is_hidden));
            }
            "hidden-text" | "hidden-paragraph" => {
                let before = self.look.clone();
                let was = std::mem::replace(&mut self.is_hidden, true);
                return Some(Open::Look(before, was));
            }
            "section" if value("display").as_deref() == Some("none") => nodes.skip(),
            "s" => self.words(" "),
            "tab" => self.piece(Inline::Tab),
            "line-break" => self.piece(Inline::LineEnd),
            "change" => {
                if let Some(remark) = value("change-id").and_then(|id| self.deletions.remove(&id)) {
                    self.piece(Inline::Deleted(remark));
                }
            }
            "changed-region" => self.change = value("id"),
            "deletion" => {
                self.deletions.insert(self.change.clone().unwrap_or_default(), Remark::default());
                return Some(Open::Deletion(self.flow.len()));
            }
            "creator" | "date" if element.full_name().starts_with("dc:") => {
                let words = nodes.words();
                if let Some(remark) = self.remark() {
                    let field = if name == "creator" { &mut remark.author } else { &mut remark.date };
                    *field = Some(words);
                }
                return None;
            }
            "note" => {
                self.note_count += 1;
                let sign = format!("[{}]", self.note_count);
                let before = std::mem::replace(&mut self.look.raised, true);
                self.words(&sign);
                self.look.raised = before;
            }
            "note-body" => {
                self.sign = Some(format!("[{}] ", self.note_count));
                let around = self.around();
                self.apart = Some(Apart::Note);
                return Some(Open::Note(self.flow.len(), around));
            }
            "text-box" | "custom-shape" => {
                let around = self.around();
                self.apart = around.apart;
                return Some(Open::Box(self.flow.len(), around));
            }
            "annotation" => {
                let key = value("name").unwrap_or_else(|| format!("at {}", self.comments.len()));
                self.comments.insert(key.clone(), Remark::default());
                self.piece(Inline::CommentBegins(key.clone()));
                let around = self.around();
                return Some(Open::Comment(self.flow.len(), key, around));
            }
            "annotation-end" => self.piece(Inline::CommentEnds(value("name").unwrap_or_default())),
            "list" => {
                let outer = self.lists.last().map(|list| list.style.clone());
                let style = value("style-name").or(outer).unwrap_or_default();
                let depth = self.lists.len() + 1;
                let goes_on =
                    value("continue-numbering").as_deref() == Some("true") || value("continue-list").is_some();
                let counted = self.counted.get(&(style.clone(), depth)).copied().filter(|_| goes_on);
                let count = counted.unwrap_or_else(|| self.styles.start(&style, depth).saturating_sub(1));
                self.lists.push(List { style, count, is_header: false, is_signed: true });
                return Some(Open::List);
            }
            "list-item" | "list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    list.is_header = name == "list-header";
                    list.is_signed = list.is_header;
                    if !list.is_header {
                        let start = value("start-value").and_then(|start| start.parse().ok());
                        list.count = start.unwrap_or_else(|| list.count.saturating_add(1));
                    }
                }
                return Some(Open::Item);
            }
            "table" => {
                let number = self.flow.table();
                self.tables.push(Table { number, row: 0, column: 0, is_head: false });
                return Some(Open::Table);
            }
            "table-header-rows" => {
                let was = self.tables.last_mut().is_some_and(|table| std::mem::replace(&mut table.is_head, true));
                return Some(Open::HeadRows(was));
            }
            "table-row" => return Some(Open::Row),
            "table-cell" | "covered-table-cell" => {
                let repeated = value("number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1u32);
                return Some(Open::Cell(repeated.clamp(1, MOST_REPEATED)));
            }
            // Templates of indexes, alternative texts of pictures, pictures and objects themselves.
            name if name.ends_with("-source") => nodes.skip(),
            "note-citation" | "ruby-text" | "title" | "desc" | "binary-data" | "object" | "forms" | "scripts"
            | "event-listeners" | "number" | "table-columns" | "math" | "insertion" | "format-change" => {
                // A field that gives the document's title is text, and what says what a picture shows is none.
                if name == "title" && element.full_name().starts_with("text:") {
                    return Some(Open::Other);
                }
                nodes.skip();
                return None;
            }
            _ => return Some(Open::Other),
        }
        // What was read of these stands at their beginning, and their end ends nothing.
        if name == "section" || name.ends_with("-source") { None } else { Some(Open::Other) }
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Other | Open::Item => {}
            Open::Inside => self.inside = self.inside.saturating_sub(1),
            Open::Paragraph => {
                let Some(at) = self.paragraphs.pop() else { return };
                (self.look, self.is_hidden) = (Look::default(), at.was_hidden);
                self.flow.push(at.paragraph);
                at.boxes.into_iter().for_each(|paragraph| self.flow.push(paragraph));
            }
            Open::Look(look, was_hidden) => (self.look, self.is_hidden) = (look, was_hidden),
            Open::Table => {
                self.tables.pop();
            }
            Open::Row => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.column) = (table.row.saturating_add(1), 0);
                }
            }
            Open::HeadRows(was) => self.tables.iter_mut().next_back().into_iter().for_each(|table| table.is_head = was),
            Open::Cell(repeated) => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = table.column.saturating_add(repeated);
                }
            }
            Open::List => {
                if let Some(list) = self.lists.pop() {
                    self.counted.insert((list.style, self.lists.len() + 1), list.count);
                }
            }
            Open::Note(first, around) => {
                let inside = self.flow.take_from(first);
                self.notes.extend(inside.into_iter().map(|paragraph| Paragraph { cell: None, ..paragraph }));
                self.leave(around);
            }
            Open::Box(first, around) => {
                let inside = self.flow.take_from(first);
                self.leave(around);
                match self.paragraphs.last_mut() {
                    Some(at) => at.boxes.extend(inside),
                    None => inside.into_iter().for_each(|paragraph| self.flow.push(paragraph)),
                }
            }
            Open::Comment(first, key, around) => {
                let text = words_of(&self.flow.take_from(first));
                self.leave(around);
                if let Some(remark) = self.comments.get_mut(&key) {
                    remark.text = text;
                }
            }
            Open::Deletion(first) => {
                let text = words_of(&self.flow.take_from(first));
                if let Some(remark) = self.change.take().and_then(|id| self.deletions.get_mut(&id)) {
                    remark.text = text;
                }
            }
        }
    }

    fn begin_paragraph(&mut self, name: &str, element: &Element<'_>) -> Open {
        let style = element.attribute("style-name").unwrap_or_default();
        let level = element.attribute("outline-level").and_then(|level| level.parse::<u8>().ok());
        let kind = match level {
            _ if self.styles.is(&style, "title") => BlockKind::Title,
            _ if name == "h" => BlockKind::Heading(level.unwrap_or(1).clamp(1, 6)),
            _ if self.styles.is(&style, "caption") => BlockKind::Caption,
            _ => self.item(&style),
        };
        let cell = self.tables.last().map(|table| Cell {
            table: table.number,
            row: table.row,
            column: table.column,
            is_head: table.is_head,
        });
        let quoted = u8::from(self.styles.is(&style, "quotations"));
        let mut paragraph = Paragraph { kind, cell, quoted, apart: self.apart, ..Paragraph::default() };
        if let Some(sign) = self.sign.take() {
            paragraph.push(&sign, &Look::default());
        }
        let hidden = self.styles.look(&style).hidden.unwrap_or(self.is_hidden);
        let was_hidden = std::mem::replace(&mut self.is_hidden, hidden);
        self.look = Look::default();
        self.paragraphs.push(At { paragraph, boxes: Vec::new(), was_hidden });
        Open::Paragraph
    }

    /// What a paragraph is in the list at hand.
    fn item(&mut self, style: &str) -> BlockKind {
        let counts: Vec<u32> = self.lists.iter().take(DEPTH).map(|list| list.count.max(1)).collect();
        let Some(list) = self.lists.last_mut() else { return BlockKind::Paragraph };
        if list.is_header {
            return BlockKind::Paragraph;
        }
        let is_signed = std::mem::replace(&mut list.is_signed, true);
        let list_style = if list.style.is_empty() { self.styles.list(style).unwrap_or_default() } else { &list.style };
        let label = if is_signed { String::new() } else { self.styles.label(list_style, &counts) };
        BlockKind::ListItem { depth: counts.len().min(250) as u8, label: label.trim().into() }
    }

    fn take_look(&mut self, style: &str) {
        let found = self.styles.look(style);
        let look = &mut self.look;
        look.strong = found.strong.unwrap_or(look.strong);
        look.emphasis = found.emphasis.unwrap_or(look.emphasis);
        look.raised = found.raised.unwrap_or(look.raised);
        look.lowered = found.lowered.unwrap_or(look.lowered);
        look.struck = found.struck.unwrap_or(look.struck);
        self.is_hidden = found.hidden.unwrap_or(self.is_hidden);
    }

    /// A text of its own begins; gives what it stands in.
    fn around(&mut self) -> Around {
        Around { lists: std::mem::take(&mut self.lists), look: std::mem::take(&mut self.look), apart: self.apart }
    }

    fn leave(&mut self, around: Around) {
        (self.lists, self.look, self.apart) = (around.lists, around.look, around.apart);
        self.sign = None;
    }

    fn remark_key(&self) -> Option<String> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Comment(_, key, _) => Some(key.clone()),
            _ => None,
        })
    }

    /// The comment or deletion at hand.
    fn remark(&mut self) -> Option<&mut Remark> {
        match self.remark_key() {
            Some(key) => self.comments.get_mut(&key),
            None => self.change.as_ref().and_then(|id| self.deletions.get_mut(id)),
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(at) = self.paragraphs.last_mut().filter(|_| !self.is_hidden) {
            at.paragraph.push(words, &self.look);
        }
    }

    fn piece(&mut self, inline: Inline) {
        if let Some(at) = self.paragraphs.last_mut() {
            at.paragraph.inlines.push(inline);
        }
    }
}

fn words_of(paragraphs: &[Paragraph]) -> String {
    let words: Vec<String> = paragraphs.iter().map(Paragraph::words).collect();
    words.join("\n")
}
