//! The body of a Word document, or of a head, foot, note or comment, element by element.
//!
//! Nothing recurses: what is open is on a stack. Held by `tests/document.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::flow::{Cell, Flow, Inline, Look, Paragraph, Remark};
use super::super::numerals::roman;
use super::super::original::{Apart, BlockKind};
use super::super::symbol::symbol;
use super::super::xml::{Element, Node, Nodes, is_on};
use super::styles::{Found, Numbering, Styles};

/// What is known about a part before it is read.
pub(super) struct Story<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    links: &'a BTreeMap<String, String>,
}

impl<'a> Story<'a> {
    pub fn new(styles: &'a Styles, numbering: Numbering, links: &'a BTreeMap<String, String>) -> Self {
        Self { styles, numbering, links }
    }

    /// The same for another part, whose links have ids of their own.
    pub fn of_part(&self, links: &'a BTreeMap<String, String>) -> Self {
        Self { styles: self.styles, numbering: self.numbering.clone(), links }
    }
}

/// What a part refers to.
#[derive(Default)]
pub(super) struct Marks {
    pub footnotes: Notes,
    pub endnotes: Notes,
    /// Ids of the heads, once each, in order.
    pub headers: Vec<String>,
    pub footers: Vec<String>,
    pub has_foreign: bool,
    pub is_broken: bool,
}

/// Notes: their numbers by their ids.
#[derive(Default)]
pub(super) struct Notes {
    numbers: BTreeMap<String, u32>,
    are_endnotes: bool,
}

impl Notes {
    fn mark(&mut self, id: String) -> String {
        let next = self.numbers.len() as u32 + 1;
        let number = *self.numbers.entry(id).or_insert(next);
        self.sign(number)
    }

    fn sign(&self, number: u32) -> String {
        if self.are_endnotes { format!("[{}]", roman(number)) } else { format!("[{number}]") }
    }
}

/// Reads a part. Of a part with notes, only those that are `wanted`, in the order in which the text refers to them.
pub(super) fn read_story(text: &str, story: &mut Story<'_>, flow: &mut Flow, wanted: Option<&Notes>) -> Marks {
    let mut nodes = Nodes::new(text);
    let mut body = Body::new(story, flow);
    body.wanted = wanted;
    body.read(&mut nodes, 0);
    body.marks.is_broken = nodes.is_broken();
    let notes = std::mem::take(&mut body.notes);
    let marks = std::mem::take(&mut body.marks);
    for paragraph in notes.into_values().flatten() {
        flow.push(paragraph);
    }
    marks
}

/// Reads what is left of the element that was begun last.
pub(super) fn read_element(nodes: &mut Nodes<'_>, story: &mut Story<'_>, flow: &mut Flow) {
    Body::new(story, flow).read(nodes, 1);
}

struct Body<'s, 'a> {
    story: &'s mut Story<'a>,
    flow: &'s mut Flow,
    marks: Marks,
    wanted: Option<&'s Notes>,
    notes: BTreeMap<u32, Vec<Paragraph>>,
    /// The sign that the next paragraph begins with.
    sign: Option<String>,
    apart: Option<Apart>,
    open: Vec<Open>,
    paragraphs: Vec<At>,
    tables: Vec<Table>,
    fields: Vec<Field>,
    deletions: Vec<Remark>,
    /// Comments whose end has been met.
    ended: BTreeSet<String>,
    link: Option<Arc<str>>,
    look: Look,
    /// Whether the run at hand is hidden.
    is_hidden: bool,
    /// Whether what is at hand is a drawing, in which only text boxes have text.
    is_drawing: bool,
}

/// What ends with an element.
enum Open {
    Other,
    Paragraph,
    Run,
    Link(Option<Arc<str>>),
    Deletion,
    Table,
    Row,
    Cell,
    /// Whether it stands in another drawing.
    Drawing(bool),
    /// With the number of paragraphs before it, and whether it stands in a drawing.
    TextBox(usize, bool),
    /// Whether one of the choices was taken.
    Alternatives(bool),
    Note(u32, usize),
}

/// A paragraph at hand.
struct At {
    paragraph: Paragraph,
    style: Found,
    /// What hangs on it, to stand after it.
    boxes: Vec<Paragraph>,
}

struct Table {
    number: u32,
    /// From 1, since a table begins before its first row.
    row: u32,
    column: u32,
    span: u32,
    is_head: bool,
}

/// A field: its code, until its result begins.
struct Field {
    code: String,
    is_result: bool,
    link: Option<Arc<str>>,
}

impl<'s, 'a> Body<'s, 'a> {
    fn new(story: &'s mut Story<'a>, flow: &'s mut Flow) -> Self {
        let mut marks = Marks::default();
        marks.endnotes.are_endnotes = true;
        Self {
            story,
            flow,
            marks,
            wanted: None,
            notes: BTreeMap::new(),
            sign: None,
            apart: None,
            open: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            deletions: Vec::new(),
            ended: BTreeSet::new(),
            link: None,
            look: Look::default(),
            is_hidden: false,
            is_drawing: false,
        }
    }

    /// Reads to the end, or to the end of the element that this many are open around.
    fn read(&mut self, nodes: &mut Nodes<'_>, around: usize) {
        while let Some(node) = nodes.next() {
            match node {
                Node::Start(element) => {
                    let name = element.name().to_owned();
                    if let Some(open) = self.start(&name, &element, nodes) {
                        self.open.push(open);
                    }
                }
                Node::End => match self.open.pop() {
                    Some(open) => self.end(open),
                    None if around > 0 => break,
                    None => {}
                },
                Node::Text(_) => {}
            }
        }
        // Of a file that broke off, what was read of the paragraph at hand.
        while let Some(open) = self.open.pop() {
            self.end(open);
        }
    }

    /// An element begins. `None` where it was read to its end.
    fn start(&mut self, name: &str, element: &Element<'_>, nodes: &mut Nodes<'_>) -> Option<Open> {
        let value = |name: &str| element.attribute(name);
        match name {
            "p" if !self.is_drawing => return Some(self.begin_paragraph()),
            "pPr" => self.paragraph_properties(nodes),
            "r" if !self.is_drawing => {
                (self.look, self.is_hidden) =
                    (Look { link: self.link.clone(), ..Look::default() }, self.hidden_by_style());
                return Some(Open::Run);
            }
            "rPr" => self.run_properties(nodes),
            "t" | "delText" => {
                let words = nodes.words();
                self.words(&words);
            }
            "instrText" | "delInstrText" => {
                let code = nodes.words();
                if let Some(field) = self.fields.last_mut().filter(|field| !field.is_result) {
                    field.code.push_str(&code);
                }
            }
            "tab" | "ptab" => return Some(self.piece(Inline::Tab)),
            "br" | "cr" => return Some(self.piece(Inline::LineEnd)),
            "noBreakHyphen" => {
                self.words("\u{2011}");
                return Some(Open::Other);
            }
            "sym" => {
                let code = value("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).and_then(char::from_u32);
                if let Some(code) = code {
                    self.words(&symbol(&value("font").unwrap_or_default(), code).to_string());
                }
                return Some(Open::Other);
            }
            "footnoteReference" | "endnoteReference" => {
                let notes = match name {
                    "footnoteReference" => &mut self.marks.footnotes,
                    _ => &mut self.marks.endnotes,
                };
                let sign = notes.mark(value("id").unwrap_or_default());
                self.look.raised = true;
                self.words(&sign);
                return Some(Open::Other);
            }
            "footnote" | "endnote" => return self.begin_note(&value("id").unwrap_or_default(), nodes),
            "commentRangeStart" => return Some(self.mark(Inline::CommentBegins(value("id").unwrap_or_default()))),
            "commentRangeEnd" | "commentReference" => {
                let id = value("id").unwrap_or_default();
                if self.ended.insert(id.clone()) {
                    return Some(self.mark(Inline::CommentEnds(id)));
                }
                return Some(Open::Other);
            }
            "del" | "moveFrom" => {
                self.deletions.push(Remark { author: value("author"), date: value("date"), text: String::new() });
                return Some(Open::Deletion);
            }
            "hyperlink" => {
                let address = value("id").and_then(|id| self.story.links.get(&id).cloned());
                let address = address.map(|address| match value("anchor") {
                    Some(anchor) if !address.contains('#') => format!("{address}#{anchor}"),
                    _ => address,
                });
                let link = address.map(Arc::from).or_else(|| self.link.clone());
                return Some(Open::Link(std::mem::replace(&mut self.link, link)));
            }
            "fldSimple" => {
                let link = value("instr").and_then(|code| address_in_code(&code)).map(Arc::from);
                let link = link.or_else(|| self.link.clone());
                return Some(Open::Link(std::mem::replace(&mut self.link, link)));
            }
            "fldChar" => {
                self.field(&value("fldCharType").unwrap_or_default());
                return Some(Open::Other);
            }
            "tbl" if !self.is_drawing => {
                let number = self.flow.table();
                self.tables.push(Table { number, row: 0, column: 0, span: 1, is_head: false });
                return Some(Open::Table);
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.column, table.is_head) = (table.row.saturating_add(1), 0, false);
                }
                return Some(Open::Row);
            }
            "tc" => {
                self.tables.iter_mut().next_back().into_iter().for_each(|table| table.span = 1);
                return Some(Open::Cell);
            }
            "trPr" | "tcPr" => self.table_properties(nodes),
            "sectPr" => self.section(nodes),
            "drawing" | "pict" | "object" => {
                return Some(Open::Drawing(std::mem::replace(&mut self.is_drawing, true)));
            }
            "txbxContent" => {
                let was = std::mem::replace(&mut self.is_drawing, false);
                return Some(Open::TextBox(self.flow.len(), was));
            }
            "AlternateContent" => return Some(Open::Alternatives(false)),
            "Choice" | "Fallback" => match self.open.last_mut() {
                Some(Open::Alternatives(taken)) if *taken => nodes.skip(),
                Some(Open::Alternatives(taken)) => {
                    *taken = true;
                    return Some(Open::Other);
                }
                _ => return Some(Open::Other),
            },
            "altChunk" => {
                self.marks.has_foreign = true;
                return Some(Open::Other);
            }
            "tblPr" | "tblGrid" | "sdtPr" | "sdtEndPr" | "rt" | "rubyPr" | "tblPrEx" => nodes.skip(),
            _ => return Some(Open::Other),
        }
        None
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Other | Open::Row | Open::Alternatives(_) => {}
            Open::Run => (self.look, self.is_hidden) = (Look::default(), false),
            Open::Paragraph => self.end_paragraph(),
            Open::Link(before) => self.link = before,
            Open::Deletion => {
                let Some(deleted) = self.deletions.pop() else { return };
                match (self.deletions.last_mut(), self.paragraphs.last_mut()) {
                    (Some(outer), _) => outer.text.push_str(&deleted.text),
                    (None, Some(at)) => at.paragraph.inlines.push(Inline::Deleted(deleted)),
                    (None, None) => {}
                }
            }
            Open::Table => {
                self.tables.pop();
            }
            Open::Cell => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = table.column.saturating_add(table.span);
                }
            }
            Open::Drawing(was) => self.is_drawing = was,
            Open::TextBox(first, was) => {
                self.is_drawing = was;
                let inside = self.flow.take_from(first);
                match self.paragraphs.last_mut() {
                    Some(at) => at.boxes.extend(inside),
                    None => inside.into_iter().for_each(|paragraph| self.flow.push(paragraph)),
                }
            }
            Open::Note(number, first) => {
                let inside = self.flow.take_from(first);
                self.notes.entry(number).or_default().extend(inside);
                (self.apart, self.sign) = (None, None);
            }
        }
    }

    fn begin_paragraph(&mut self) -> Open {
        let cell = self.tables.last().map(|table| Cell {
            table: table.number,
            row: table.row.saturating_sub(1),
            column: table.column,
            is_head: table.is_head,
        });
        let style = self.story.styles.default.as_deref().map(|id| self.story.styles.find(id)).unwrap_or_default();
        let mut paragraph = Paragraph { cell, apart: self.apart, ..Paragraph::default() };
        if let Some(sign) = self.sign.take() {
            paragraph.push(&format!("{sign} "), &Look::default());
        }
        self.paragraphs.push(At { paragraph, style, boxes: Vec::new() });
        Open::Paragraph
    }

    fn end_paragraph(&mut self) {
        // A code that a paragraph's end cuts short is one that is never closed: it hides nothing further.
        self.fields.iter_mut().for_each(|field| field.is_result = true);
        let Some(at) = self.paragraphs.pop() else { return };
        self.flow.push(at.paragraph);
        for paragraph in at.boxes {
            self.flow.push(paragraph);
        }
    }

    fn hidden_by_style(&self) -> bool {
        self.paragraphs.last().and_then(|at| at.style.hidden).unwrap_or_default()
    }

    /// Adds words as they look here.
    fn words(&mut self, words: &str) {
        if self.is_drawing || self.fields.iter().any(|field| !field.is_result) {
            return;
        }
        if let Some(deleted) = self.deletions.last_mut() {
            deleted.text.push_str(words);
        } else if let Some(at) = self.paragraphs.last_mut().filter(|_| !self.is_hidden) {
            at.paragraph.push(words, &self.look);
        }
    }

    fn piece(&mut self, inline: Inline) -> Open {
        let is_code = self.fields.iter().any(|field| !field.is_result);
        if let Some(deleted) = self.deletions.last_mut() {
            deleted.text.push(' ');
        } else if !self.is_hidden && !self.is_drawing && !is_code {
            return self.mark(inline);
        }
        Open::Other
    }

    fn mark(&mut self, inline: Inline) -> Open {
        if let Some(at) = self.paragraphs.last_mut() {
            at.paragraph.inlines.push(inline);
        }
        Open::Other
    }

    fn begin_note(&mut self, id: &str, nodes: &mut Nodes<'_>) -> Option<Open> {
        let number = self.wanted.and_then(|wanted| Some((wanted, *wanted.numbers.get(id)?)));
        let Some((wanted, number)) = number else {
            nodes.skip();
            return None;
        };
        (self.apart, self.sign) = (Some(Apart::Note), Some(wanted.sign(number)));
        Some(Open::Note(number, self.flow.len()))
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => {
                self.fields.push(Field { code: String::new(), is_result: false, link: self.link.clone() });
            }
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.is_result = true;
                    if let Some(address) = address_in_code(&field.code) {
                        self.link = Some(Arc::from(address));
                    }
                }
            }
            "end" => {
                if let Some(field) = self.fields.pop() {
                    self.link = field.link;
                }
            }
            _ => {}
        }
    }

    fn paragraph_properties(&mut self, nodes: &mut Nodes<'_>) {
        let (mut number, mut level, mut outline) = (None, None, None);
        let mut goes_on = false;
        properties(nodes, |name, element| {
            let value = element.attribute("val");
            match name {
                "pStyle" => {
                    if let (Some(at), Some(id)) = (self.paragraphs.last_mut(), &value) {
                        at.style = self.story.styles.find(id);
                    }
                }
                "numId" => number = value,
                "ilvl" => level = value.and_then(|value| value.parse().ok()),
                "outlineLvl" => outline = value.and_then(|value| value.parse::<u8>().ok()),
                // The paragraph's own end was deleted.
                "del" | "moveFrom" => goes_on = true,
                "headerReference" => refer(&mut self.marks.headers, element),
                "footerReference" => refer(&mut self.marks.footers, element),
                _ => {}
            }
        });
        let Some(at) = self.paragraphs.last_mut() else { return };
        at.paragraph.goes_on = goes_on;
        at.paragraph.quoted = u8::from(at.style.is_quotation);
        let number = number.or_else(|| at.style.number.clone()).filter(|number| number != "0");
        let level = level.or(at.style.level).unwrap_or(0usize);
        let label = number.and_then(|number| self.story.numbering.label(&number, level));
        let outline = outline.or(at.style.outline).filter(|&outline| outline < 9);
        at.paragraph.kind = match (outline, label) {
            _ if at.style.is_title => BlockKind::Title,
            (Some(outline), _) => BlockKind::Heading((outline + 1).min(6)),
            (None, Some(label)) => BlockKind::ListItem { depth: level.min(8) as u8 + 1, label: label.trim().into() },
            _ if at.style.is_caption => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
    }

    fn run_properties(&mut self, nodes: &mut Nodes<'_>) {
        let (look, hidden, styles) = (&mut self.look, &mut self.is_hidden, self.story.styles);
        properties(nodes, |name, element| {
            let value = element.attribute("val");
            let on = is_on(value.as_deref());
            match name {
                "rStyle" => {
                    let style = styles.find(value.as_deref().unwrap_or_default());
                    look.strong |= style.strong.unwrap_or_default();
                    look.emphasis |= style.emphasis.unwrap_or_default();
                    *hidden = style.hidden.unwrap_or(*hidden);
                }
                "b" => look.strong = on,
                "i" => look.emphasis = on,
                "strike" | "dstrike" => look.struck |= on,
                "vertAlign" => {
                    look.raised = value.as_deref() == Some("superscript");
                    look.lowered = value.as_deref() == Some("subscript");
                }
                "vanish" => *hidden = on,
                _ => {}
            }
        });
    }

    fn table_properties(&mut self, nodes: &mut Nodes<'_>) {
        let Some(table) = self.tables.last_mut() else { return nodes.skip() };
        properties(nodes, |name, element| {
            let value = element.attribute("val");
            match name {
                "tblHeader" => table.is_head = is_on(value.as_deref()),
                "gridSpan" => table.span = value.and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, 1000),
                "gridBefore" => {
                    table.column = value.and_then(|value| value.parse().ok()).unwrap_or(0).min(1000);
                }
                _ => {}
            }
        });
    }

    fn section(&mut self, nodes: &mut Nodes<'_>) {
        properties(nodes, |name, element| match name {
            "headerReference" => refer(&mut self.marks.headers, element),
            "footerReference" => refer(&mut self.marks.footers, element),
            _ => {}
        });
    }
}

fn refer(parts: &mut Vec<String>, element: &Element<'_>) {
    parts.extend(element.attribute("id").filter(|id| !parts.contains(id)));
}

/// What is in the element that was begun last, to any depth; but what it was before a change is left out.
fn properties(nodes: &mut Nodes<'_>, mut take: impl FnMut(&str, &Element<'_>)) {
    let mut depth = 1usize;
    while depth > 0 {
        match nodes.next() {
            Some(Node::Start(element)) if element.name().ends_with("Change") => nodes.skip(),
            Some(Node::Start(element)) => {
                take(element.name(), &element);
                depth += 1;
            }
            Some(Node::End) => depth -= 1,
            Some(Node::Text(_)) => {}
            None => return,
        }
    }
}

/// The address in a field's code: `HYPERLINK "https://example.org/" \o "…"`.
fn address_in_code(code: &str) -> Option<String> {
    let rest = code.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next().filter(|word| !word.starts_with('\\'))?,
    };
    (!address.is_empty()).then(|| address.to_owned())
}
