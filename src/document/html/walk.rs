//! From the elements of a page to blocks of text: what becomes of each element.
//!
//! Walks without recursion, however deep a page is nested. Held by `tests/document.rs`.

use dom_query::{Document as Page, NodeRef};
use smol_str::{SmolStr, format_smolstr};

use super::article::Own;
use crate::document::limits::DEPTH;
use crate::document::original::{BlockKind, Style, Told};
use crate::document::writer::{Writer, Written};

/// The text of a page, of its `own` elements only where they are given.
pub(super) fn walk(page: &Page, own: Option<&Own>, told: &Told) -> Written {
    let title = told.title.as_ref().map(|title| fold(&title.value)).filter(|title| !title.is_empty());
    let mut walk = Walk {
        writer: Writer::default(),
        own,
        title,
        frames: Vec::new(),
        path: String::new(),
        lists: Vec::new(),
        tables: Vec::new(),
        table_count: 0,
        label: SmolStr::default(),
        elements: 0,
    };
    walk.run(page);
    walk.writer.finish()
}

struct Walk<'a> {
    writer: Writer,
    own: Option<&'a Own>,
    /// The title that the page tells of, folded, until it was met.
    title: Option<String>,
    frames: Vec<Frame<'a>>,
    path: String,
    lists: Vec<List>,
    tables: Vec<Table>,
    table_count: u32,
    /// The sign of the list item that was just begun.
    label: SmolStr,
    elements: usize,
}

/// An element whose children are being walked.
struct Frame<'a> {
    next: Option<NodeRef<'a>>,
    place: Place,
    /// How many children of each name there were.
    names: Vec<(SmolStr, usize)>,
    path_len: usize,
    shape: Shape,
    style: Option<(usize, Style)>,
}

/// What holds for the text in an element.
#[derive(Clone, Debug)]
struct Place {
    is_kept: bool,
    quoted: u8,
    keeps_blanks: bool,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Paragraph,
    Title,
    Heading(u8),
    Item,
    Cell { table: u32, row: u32, column: u32, is_head: bool },
    Caption,
}

struct List {
    /// The number of the next item; `None` where items have signs.
    next: Option<i64>,
}

struct Table {
    /// The number among the tables that are shown as such; `None` for one that only lays the page out.
    number: Option<u32>,
    row: u32,
    column: u32,
}

/// What an element is to the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Its text flows on.
    Inline,
    /// It begins and ends a block.
    Block,
    List,
    Table,
}

impl<'a> Walk<'a> {
    fn run(&mut self, page: &'a Page) {
        let place = Place { is_kept: self.own.is_none(), quoted: 0, keeps_blanks: false, kind: Kind::Paragraph };
        self.frames.push(Frame {
            next: page.root().first_child(),
            place,
            names: Vec::new(),
            path_len: 0,
            shape: Shape::Block,
            style: None,
        });
        while let Some(frame) = self.frames.last_mut() {
            let Some(node) = frame.next else {
                self.leave();
                continue;
            };
            frame.next = node.next_sibling();
            if node.is_element() {
                self.enter(node);
            } else if node.is_text() {
                self.text(&node);
            }
        }
    }

    fn text(&mut self, node: &NodeRef<'_>) {
        let Some(place) = self.frames.last().map(|frame| frame.place.clone()).filter(|place| place.is_kept) else {
            return;
        };
        let text = node.text();
        if !self.writer.is_open() {
            if text.chars().all(|c| c.is_ascii_whitespace()) {
                return;
            }
            self.begin(&place);
        }
        if place.keeps_blanks {
            self.writer.verbatim(&text);
        } else {
            self.writer.words(&text);
        }
    }

    fn begin(&mut self, place: &Place) {
        let kind = match place.kind {
            Kind::Paragraph if place.keeps_blanks => BlockKind::Preformatted,
            Kind::Paragraph => BlockKind::Paragraph,
            Kind::Title => BlockKind::Title,
            Kind::Heading(level) => BlockKind::Heading(level),
            Kind::Caption => BlockKind::Caption,
            Kind::Item => BlockKind::ListItem {
                depth: u8::try_from(self.lists.len()).unwrap_or(u8::MAX).max(1),
                label: std::mem::take(&mut self.label),
            },
            Kind::Cell { table, row, column, is_head } => BlockKind::Cell { table, row, column, is_head },
        };
        self.writer.begin(kind, place.quoted, None);
        self.writer.place(self.path.clone());
    }

    fn enter(&mut self, node: NodeRef<'a>) {
        let number = self.elements;
        self.elements += 1;
        let name = node.node_name().map(|name| SmolStr::from(&*name)).unwrap_or_default();
        let Some(parent) = self.frames.last_mut() else { return };
        let nth = count(&mut parent.names, &name);
        let is_kept = self.own.is_none_or(|own| own.has(number, &node, &name, parent.place.is_kept));
        if is_silent(&node, &name) || (is_kept && self.own.is_some_and(|own| own.is_beside(&node, &name))) {
            self.elements += node.descendants_it().filter(NodeRef::is_element).count();
            return;
        }
        let mut place = Place { is_kept, ..parent.place.clone() };
        let path_len = self.path.len();
        if self.frames.len() < DEPTH {
            if !self.path.is_empty() {
                self.path.push('/');
            }
            self.path.push_str(&name);
            if nth > 1 {
                self.path.push_str(&format_smolstr!("[{nth}]"));
            }
        }
        if self.is_title(&node, &name) {
            place.is_kept = true;
            place.kind = Kind::Title;
        }
        let shape = self.shape(node, &name, &mut place);
        let style = style(&node, &name).filter(|_| place.is_kept).map(|style| (self.writer.position(), style));
        self.frames.push(Frame { next: node.first_child(), place, names: Vec::new(), path_len, shape, style });
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.path.truncate(frame.path_len);
        if let Some((start, style)) = frame.style {
            self.writer.style_since(start, style);
        }
        match frame.shape {
            Shape::Inline => return,
            Shape::Block => {}
            Shape::List => drop(self.lists.pop()),
            Shape::Table => drop(self.tables.pop()),
        }
        let outside = self.frames.last().map(|frame| &frame.place.kind);
        self.part(outside.cloned().as_ref(), &frame.place.kind);
    }

    /// Ends the block at hand; inside a cell only the line.
    fn part(&mut self, outside: Option<&Kind>, inside: &Kind) {
        if matches!(inside, Kind::Cell { .. }) && outside == Some(inside) {
            self.writer.fresh_line();
        } else {
            self.writer.end();
        }
    }

    /// What an element is to the walk, and what holds inside it.
    fn shape(&mut self, node: NodeRef<'a>, name: &str, place: &mut Place) -> Shape {
        let outside = place.kind.clone();
        let mut shape = Shape::Block;
        match name {
            "br" => {
                self.writer.end_line();
                return Shape::Inline;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.bytes().last().map_or(1, |digit| digit - b'0');
                if place.kind == Kind::Paragraph || place.kind == Kind::Item {
                    place.kind = Kind::Heading(level);
                }
            }
            "blockquote" => place.quoted = place.quoted.saturating_add(1),
            "pre" | "listing" | "xmp" => place.keeps_blanks = true,
            "ul" | "menu" | "dir" => {
                self.lists.push(List { next: None });
                shape = Shape::List;
            }
            "ol" => {
                let start = node.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.lists.push(List { next: Some(start) });
                shape = Shape::List;
            }
            "li" => self.item(node, place),
            "figcaption" | "caption" => place.kind = Kind::Caption,
            "table" => {
                let number = is_data(node).then_some(self.table_count);
                self.table_count += u32::from(number.is_some());
                self.tables.push(Table { number, row: 0, column: 0 });
                shape = Shape::Table;
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                    table.column = 0;
                }
            }
            "td" | "th" => self.cell(node, name, place),
            _ if is_block(name) => {}
            _ => return Shape::Inline,
        }
        self.part(Some(&outside), &place.kind);
        shape
    }

    fn item(&mut self, node: NodeRef<'_>, place: &mut Place) {
        if matches!(place.kind, Kind::Cell { .. }) {
            return;
        }
        place.kind = Kind::Item;
        self.label = match self.lists.last_mut() {
            Some(List { next: Some(next) }) => {
                let number = node.attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
                *next = number.saturating_add(1);
                format_smolstr!("{number}.")
            }
            _ => "•".into(),
        };
    }

    fn cell(&mut self, node: NodeRef<'_>, name: &str, place: &mut Place) {
        let Some(table) = self.tables.last_mut() else { return };
        let column = table.column;
        let span = node.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
        table.column = column.saturating_add(u32::clamp(span, 1, 1000));
        if let Some(number) = table.number {
            place.kind = Kind::Cell { table: number, row: table.row.saturating_sub(1), column, is_head: name == "th" };
        }
    }

    /// Whether the element is the headline that the page tells of; the first one is.
    fn is_title(&mut self, node: &NodeRef<'_>, name: &str) -> bool {
        let is_there = name == "h1"
            && self.title.as_ref().is_some_and(|title| {
                let words = fold(&node.text());
                let (short, long) = if words.len() < title.len() { (&words, title) } else { (title, &words) };
                short.len() >= 8 && long.contains(short.as_str()) && short.len() * 3 >= long.len()
            });
        if is_there {
            self.title = None;
        }
        is_there
    }
}

/// How many children of this name there were, this one included.
fn count(names: &mut Vec<(SmolStr, usize)>, name: &SmolStr) -> usize {
    if let Some((_, count)) = names.iter_mut().find(|(known, _)| known == name) {
        *count += 1;
        return *count;
    }
    if names.len() < 64 {
        names.push((name.clone(), 1));
    }
    1
}

/// Elements whose text nobody reads, and what the page hides.
fn is_silent(node: &NodeRef<'_>, name: &str) -> bool {
    const SILENT: &[&str] = &[
        "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio",
        "video", "select", "datalist", "textarea", "input", "map", "rp",
    ];
    let is_hidden = || {
        let style = node.attr("style").map(|style| style.to_ascii_lowercase().replace(' ', "")).unwrap_or_default();
        node.has_attr("hidden") || style.contains("display:none") || style.contains("visibility:hidden")
    };
    SILENT.contains(&name) || is_hidden()
}

fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address", "article", "aside", "body", "button", "center", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "nav", "option",
        "p", "search", "section", "summary", "tbody", "tfoot", "thead",
    ];
    BLOCKS.contains(&name)
}

fn style(node: &NodeRef<'_>, name: &str) -> Option<Style> {
    match name {
        "b" | "strong" => Some(Style::Strong),
        "i" | "em" | "cite" | "dfn" => Some(Style::Emphasis),
        "sup" => Some(Style::Raised),
        "sub" => Some(Style::Lowered),
        "del" | "s" | "strike" => Some(Style::Struck),
        "a" => {
            let href = node.attr("href")?;
            let href = href.trim();
            let lower = href.get(..8.min(href.len())).unwrap_or_default().to_ascii_lowercase();
            let leads = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
            (leads && href.len() <= LONGEST_ADDRESS).then(|| Style::Link(href.to_owned()))
        }
        _ => None,
    }
}

/// The longest address of a link that is kept, in bytes.
const LONGEST_ADDRESS: usize = 4096;

/// How many elements of a table are looked at.
const LOOKED_AT: usize = 5000;

/// Whether a table holds data, rather than laying out the page.
fn is_data(table: NodeRef<'_>) -> bool {
    if table.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none")) {
        return false;
    }
    let (mut rows, mut cells, mut heads, mut blocks) = (0, 0, 0, 0);
    for node in table.descendants_it().filter(NodeRef::is_element).take(LOOKED_AT) {
        match node.node_name().unwrap_or_default().as_ref() {
            "table" | "h1" | "h2" | "h3" | "form" | "article" | "section" | "blockquote" => return false,
            "tr" => rows += 1,
            "td" => cells += 1,
            "th" | "caption" | "thead" => heads += 1,
            "p" | "div" | "ul" | "ol" | "img" => blocks += 1,
            _ => {}
        }
    }
    heads > 0 || (rows >= 2 && cells > rows && blocks <= cells * 2)
}

/// For comparing titles: letters and digits only, in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(1000).collect()
}
