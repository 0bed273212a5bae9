//! The state of an RTF reader: what is open, what is at hand, what was read.
//!
//! Held by `tests/document.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use encoding_rs::{Encoding, WINDOWS_1252};
use smol_str::SmolStr;

use super::super::flow::{Cell, Flow, Flowed, Inline, Look, Paragraph, Remark};
use super::super::limits::DEPTH;
use super::super::original::{Apart, BlockKind, Told};
use super::super::symbol::symbol;
use super::charset::{from_page, page_from_charset};
use super::destination::{self, Apartness, Destination, apart, tell};
use super::token::{Token, Tokens};

/// An RTF file being read.
#[derive(Default)]
pub(super) struct Reader {
    pub told: Told,
    /// Whether the file broke off.
    pub is_cut: bool,
    /// A code page that is not known, and was needed.
    pub unknown_page: Option<i32>,
    group: Group,
    groups: Vec<Group>,
    /// Groups deeper than are kept.
    beyond: usize,
    is_starred: bool,
    /// Whether a text box was met as programs of today write one.
    has_shapes: bool,
    /// Characters left to pass over, which stand for one that was given by its number.
    pass: usize,
    /// The first half of a character given in two numbers.
    half: Option<u32>,
    /// Bytes of text that are not decoded yet, all of one encoding.
    bytes: Vec<u8>,
    page: Option<i32>,
    fonts: BTreeMap<i32, Font>,
    /// What each style makes of a paragraph.
    styles: BTreeMap<i32, BlockKind>,
    text: Sink,
    /// The texts around the one at hand: around a note, the body.
    around: Vec<Sink>,
    notes: Vec<Paragraph>,
    heads: Vec<Paragraph>,
    feet: Vec<Paragraph>,
    note_count: u32,
    comments: BTreeMap<String, Remark>,
    remark: Remark,
    reference: Option<String>,
    /// What was collected of a destination that is no text.
    words: String,
    /// Where the field at hand leads.
    address: Option<Arc<str>>,
    date: [i32; 3],
}

/// A text that is being read: the body, a note.
#[derive(Default)]
struct Sink {
    flow: Flow,
    paragraph: Paragraph,
    boxes: Vec<Paragraph>,
    label: String,
    /// The table at hand: its number, row and column.
    table: Option<(u32, u32, u32)>,
    deleted: String,
}

#[derive(Clone, Default)]
struct Font {
    page: Option<i32>,
    is_symbol: bool,
    name: String,
}

/// What ends with a group.
#[derive(Clone)]
struct Group {
    destination: Destination,
    look: Look,
    is_hidden: bool,
    is_deleted: bool,
    font: i32,
    /// How many characters stand for one given by its number.
    fallback: usize,
    properties: Properties,
    /// What the end of this group ends, as it was begun in it.
    ends: Ends,
}

/// What is true of a paragraph until it is said anew.
#[derive(Clone, Default)]
struct Properties {
    in_table: bool,
    is_head: bool,
    level: u8,
    outline: Option<u8>,
    style: i32,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Ends {
    #[default]
    Nothing,
    Destination,
    Apart(Apartness),
}

impl Default for Group {
    fn default() -> Self {
        Self {
            destination: Destination::Text,
            look: Look::default(),
            is_hidden: false,
            is_deleted: false,
            font: -1,
            fallback: 1,
            properties: Properties::default(),
            ends: Ends::Nothing,
        }
    }
}

impl Reader {
    pub fn read(&mut self, bytes: &[u8]) {
        let mut is_ended = false;
        for token in Tokens::new(bytes) {
            match token {
                Token::Open => {
                    self.flush();
                    self.pass = 0;
                    if self.groups.len() < DEPTH {
                        let inner = Group { ends: Ends::Nothing, ..self.group.clone() };
                        self.groups.push(std::mem::replace(&mut self.group, inner));
                    } else {
                        self.beyond += 1;
                    }
                    self.is_starred = false;
                }
                Token::Close if self.beyond > 0 => self.beyond -= 1,
                Token::Close => {
                    self.close();
                    if self.groups.is_empty() {
                        is_ended = true;
                        break;
                    }
                }
                Token::Word(word, number) => self.word(word, number),
                Token::Sign(sign) => self.sign(sign),
                Token::Byte(byte) => self.byte(byte),
            }
        }
        self.is_cut = !is_ended;
        while !self.groups.is_empty() {
            self.close();
        }
        self.end_paragraph(None);
    }

    /// What was read, written.
    pub fn finish(self) -> Flowed {
        let mut text = Flow::default();
        text.furniture(self.heads);
        let mut body = self.text.flow;
        text.append(&mut body);
        self.notes.into_iter().for_each(|paragraph| text.push(paragraph));
        text.furniture(self.feet);
        text.write(self.comments)
    }

    fn close(&mut self) {
        self.flush();
        self.pass = 0;
        let Some(outer) = self.groups.pop() else { return };
        let ended = std::mem::replace(&mut self.group, outer);
        if ended.is_deleted && !self.group.is_deleted {
            self.end_deletion();
        }
        match ended.ends {
            Ends::Nothing => {}
            Ends::Destination => self.end_destination(ended.destination),
            Ends::Apart(which) => self.end_apart(which),
        }
    }

    fn end_destination(&mut self, ended: Destination) {
        let words = std::mem::take(&mut self.words);
        match ended {
            Destination::Label => words.trim().clone_into(&mut self.text.label),
            Destination::Code => {
                let rest = words.trim_start().strip_prefix("HYPERLINK").map(str::trim_start);
                let address = rest.and_then(|rest| match rest.strip_prefix('"') {
                    Some(quoted) => quoted.split('"').next(),
                    None => rest.split_whitespace().next().filter(|word| !word.starts_with('\\')),
                });
                self.address = address.filter(|address| !address.is_empty()).map(Arc::from);
            }
            Destination::Info("creatim") => {
                let [year, month, day] = std::mem::take(&mut self.date);
                if (1901..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) {
                    tell(&mut self.told, "creatim", &format!("{year:04}-{month:02}-{day:02}"));
                }
            }
            Destination::Info(name) => tell(&mut self.told, name, &words),
            Destination::Comment("author") => self.remark.author = Some(words.trim().to_owned()),
            Destination::Comment("reference") => self.reference = Some(words.trim().to_owned()),
            Destination::Comment("begins") => {
                self.text.paragraph.inlines.push(Inline::CommentBegins(words.trim().to_owned()));
            }
            Destination::Comment("ends") => {
                self.text.paragraph.inlines.push(Inline::CommentEnds(words.trim().to_owned()));
            }
            _ => {}
        }
    }

    fn begin_apart(&mut self, which: Apartness) {
        self.flush();
        if which == Apartness::Note {
            self.note_count += 1;
            let mark = format!("[{}]", self.note_count);
            let look = Look { raised: true, ..self.group.look.clone() };
            self.text.paragraph.push(&mark, &look);
        }
        self.around.push(std::mem::take(&mut self.text));
        if which == Apartness::Note {
            let mark = format!("[{}] ", self.note_count);
            self.text.paragraph.push(&mark, &Look::default());
        }
        let fallback = self.group.fallback;
        let font = self.group.font;
        self.group = Group { ends: Ends::Apart(which), fallback, font, ..Group::default() };
    }

    fn end_apart(&mut self, which: Apartness) {
        self.end_paragraph(None);
        let Some(outer) = self.around.pop() else { return };
        let paragraphs = std::mem::replace(&mut self.text, outer).flow.take_from(0);
        match which {
            Apartness::Head => self.heads.extend(paragraphs),
            Apartness::Foot => self.feet.extend(paragraphs),
            Apartness::Note => {
                let note = |paragraph| Paragraph { apart: Some(Apart::Note), cell: None, ..paragraph };
                self.notes.extend(paragraphs.into_iter().map(note));
            }
            // Tables in a text box would be counted from the first again.
            Apartness::TextBox => {
                let plain = |paragraph| Paragraph { cell: None, ..paragraph };
                self.text.boxes.extend(paragraphs.into_iter().map(plain));
            }
            Apartness::Remark => {
                let words: Vec<String> = paragraphs.iter().map(Paragraph::words).collect();
                let key = self.reference.take().unwrap_or_else(|| format!("at {}", self.comments.len()));
                self.remark.text = words.join("\n");
                self.comments.insert(key.clone(), std::mem::take(&mut self.remark));
                self.text.paragraph.inlines.push(Inline::CommentEnds(key));
            }
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if self.passes() {
            return;
        }
        let is_starred = std::mem::take(&mut self.is_starred);
        let on = number != Some(0);
        self.flush();
        if let Some(which) = apart(word) {
            // Old programs find the same box a second time, as they draw it.
            let is_again = word == "dptxbxtext" && self.has_shapes;
            self.has_shapes |= word == "shptxt";
            if is_again {
                return;
            }
            if self.group.destination == Destination::Text || which == Apartness::TextBox {
                self.begin_apart(which);
            }
            return;
        }
        // The text as Unicode has it, beside the same in a code page.
        if word == "ud" {
            self.group.destination = Destination::Text;
            return;
        }
        if let Some(found) = destination::find(word) {
            // Inside of what is passed over only what is told of the document counts.
            if self.group.destination != Destination::Nothing || matches!(found, Destination::Info(_)) {
                (self.group.destination, self.group.ends) = (found, Ends::Destination);
                self.words.clear();
            }
            return;
        }
        match (self.group.destination, word) {
            (Destination::Fonts, "f") => {
                self.group.font = number.unwrap_or(0);
                self.fonts.entry(self.group.font).or_default();
            }
            (Destination::Fonts, "fcharset") => {
                let font = self.fonts.entry(self.group.font).or_default();
                let charset = number.unwrap_or(0);
                (font.page, font.is_symbol) = (page_from_charset(charset), charset == 2);
            }
            (Destination::Fonts, "cpg") => {
                let font = self.fonts.entry(self.group.font).or_default();
                font.page = number.filter(|&page| page > 0);
            }
            (Destination::Styles, "s") => {
                self.group.properties.style = number.unwrap_or(0);
                self.words.clear();
            }
            (Destination::Info("creatim"), "yr" | "mo" | "dy") => {
                let [year, month, day] = &mut self.date;
                let part = match word {
                    "yr" => year,
                    "mo" => month,
                    _ => day,
                };
                *part = number.unwrap_or(0);
            }
            (_, "ansicpg") => self.page = number,
            (_, "mac") => self.page = Some(10000),
            (_, "uc") => self.group.fallback = number.unwrap_or(1).clamp(0, 100) as usize,
            (_, "u") => self.unicode(number.unwrap_or(0)),
            (_, "f") => self.group.font = number.unwrap_or(0),
            (Destination::Nothing, _) => {}
            (_, "fldrslt") => self.group.look.link = self.address.take().or_else(|| self.group.look.link.clone()),
            (_, "b") => self.group.look.strong = on,
            (_, "i") => self.group.look.emphasis = on,
            (_, "strike" | "striked") => self.group.look.struck = on,
            (_, "super") => (self.group.look.raised, self.group.look.lowered) = (on, false),
            (_, "sub") => (self.group.look.raised, self.group.look.lowered) = (false, on),
            (_, "nosupersub") => (self.group.look.raised, self.group.look.lowered) = (false, false),
            (_, "v") => self.group.is_hidden = on,
            (_, "deleted") => {
                if !on {
                    self.end_deletion();
                }
                self.group.is_deleted = on;
            }
            (_, "plain") => {
                self.end_deletion();
                self.group.look = Look { link: self.group.look.link.take(), ..Look::default() };
                (self.group.is_hidden, self.group.is_deleted) = (false, false);
            }
            (Destination::Text, "pard") => self.group.properties = Properties::default(),
            (Destination::Text, "intbl") => self.group.properties.in_table = on,
            (Destination::Text, "trowd") => self.group.properties.is_head = false,
            (Destination::Text, "trhdr") => self.group.properties.is_head = true,
            (Destination::Text, "s") => self.group.properties.style = number.unwrap_or(0),
            (Destination::Text, "ilvl") => self.group.properties.level = number.unwrap_or(0).clamp(0, 8) as u8,
            (Destination::Text, "outlinelevel") => {
                self.group.properties.outline = number.and_then(|level| u8::try_from(level).ok()).filter(|&l| l < 9);
            }
            (Destination::Text, "par" | "sect" | "page") => {
                let cell = self.group.properties.in_table.then(|| self.cell());
                self.end_paragraph(cell);
            }
            (Destination::Text, "cell") => {
                let cell = Some(self.cell());
                self.end_paragraph(cell);
                if let Some((_, _, column)) = &mut self.text.table {
                    *column = column.saturating_add(1);
                }
            }
            (Destination::Text, "row") => {
                if let Some((_, row, column)) = &mut self.text.table {
                    (*row, *column) = (row.saturating_add(1), 0);
                }
            }
            (Destination::Text, "tab" | "nestcell") => self.piece(Inline::Tab),
            (Destination::Text, "line" | "softline" | "lbr" | "column" | "nestrow") => self.piece(Inline::LineEnd),
            (_, word) => match special(word) {
                Some(words) => self.words(words),
                // What is marked as for programs that know it.
                None if is_starred => {
                    (self.group.destination, self.group.ends) = (Destination::Nothing, Ends::Destination);
                }
                None => {}
            },
        }
    }

    fn sign(&mut self, sign: u8) {
        if sign == b'*' {
            self.is_starred = true;
            return;
        }
        if self.passes() {
            return;
        }
        self.flush();
        match sign {
            b'{' | b'}' | b'\\' => self.words(&char::from(sign).to_string()),
            b'~' => self.words("\u{a0}"),
            b'_' => self.words("\u{2011}"),
            b'\t' => self.piece(Inline::Tab),
            b'\n' | b'\r' if self.group.destination == Destination::Text => {
                let cell = self.group.properties.in_table.then(|| self.cell());
                self.end_paragraph(cell);
            }
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.passes() || self.group.destination == Destination::Nothing {
            return;
        }
        if byte == b'\t' {
            self.flush();
            self.piece(Inline::Tab);
        } else {
            self.bytes.push(byte);
        }
    }

    /// Whether what comes only stands for a character that was given by its number.
    fn passes(&mut self) -> bool {
        let passes = self.pass > 0;
        self.pass = self.pass.saturating_sub(1);
        passes
    }

    /// A character by its number in UTF-16.
    fn unicode(&mut self, number: i32) {
        let unit = if number < 0 { number.saturating_add(0x1_0000) } else { number } as u32;
        self.pass = self.group.fallback;
        let c = match (self.half.take(), unit) {
            (_, 0xD800..=0xDBFF) => {
                self.half = Some(unit);
                return;
            }
            (Some(half), 0xDC00..=0xDFFF) => char::from_u32(0x1_0000 + ((half - 0xD800) << 10) + (unit - 0xDC00)),
            _ => char::from_u32(unit),
        };
        let c = c.filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER);
        let c = self.fonts.get(&self.group.font).map_or(c, |font| match c as u32 {
            0xF020..=0xF0FF => symbol(&font.name, c),
            _ => c,
        });
        self.words(&c.to_string());
    }

    /// Decodes the bytes at hand.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.fonts.get(&self.group.font);
        if let Some(font) = font.filter(|font| font.is_symbol && self.group.destination == Destination::Text) {
            let words: String = bytes.iter().map(|&byte| symbol(&font.name, char::from(byte))).collect();
            return self.words(&words);
        }
        let page = font.and_then(|font| font.page).or(self.page);
        let encoding: &'static Encoding = page.and_then(from_page).unwrap_or(WINDOWS_1252);
        if !bytes.is_ascii() && page.is_some_and(|page| from_page(page).is_none()) {
            self.unknown_page = page;
        }
        let (words, _) = encoding.decode_without_bom_handling(&bytes);
        self.words(&words);
    }

    /// Takes words to where they belong.
    fn words(&mut self, words: &str) {
        match self.group.destination {
            Destination::Nothing => {}
            Destination::Text if self.group.is_hidden => {}
            Destination::Text if self.group.is_deleted => self.text.deleted.push_str(words),
            Destination::Text => self.text.paragraph.push(words, &self.group.look),
            Destination::Fonts => {
                let font = self.fonts.entry(self.group.font).or_default();
                font.name.extend(words.chars().filter(|&c| c != ';').take(100));
            }
            Destination::Styles => {
                let style = self.group.properties.style;
                self.words.extend(words.chars().take(200));
                if let Some((name, _)) = self.words.split_once(';') {
                    self.styles.extend(kind_from_style(name).map(|kind| (style, kind)));
                    self.words.clear();
                }
            }
            _ => self.words.push_str(words),
        }
    }

    fn piece(&mut self, inline: Inline) {
        match self.group.destination {
            Destination::Text if self.group.is_hidden => {}
            Destination::Text if self.group.is_deleted => self.text.deleted.push(' '),
            Destination::Text => self.text.paragraph.inlines.push(inline),
            _ => self.words(" "),
        }
    }

    fn end_deletion(&mut self) {
        if !self.text.deleted.is_empty() {
            let text = std::mem::take(&mut self.text.deleted);
            self.text.paragraph.inlines.push(Inline::Deleted(Remark { text, ..Remark::default() }));
        }
    }

    /// The cell at hand; a table begins where none has.
    fn cell(&mut self) -> Cell {
        let flow = &mut self.text.flow;
        let (table, row, column) = *self.text.table.get_or_insert_with(|| (flow.table(), 0, 0));
        Cell { table, row, column, is_head: self.group.properties.is_head }
    }

    fn end_paragraph(&mut self, cell: Option<Cell>) {
        self.flush();
        self.end_deletion();
        let mut paragraph = std::mem::take(&mut self.text.paragraph);
        let label = std::mem::take(&mut self.text.label);
        let properties = &self.group.properties;
        let outline = properties.outline.map(|outline| BlockKind::Heading((outline + 1).min(6)));
        paragraph.kind = match outline.or_else(|| self.styles.get(&properties.style).cloned()) {
            Some(kind) => kind,
            None if label.is_empty() => BlockKind::Paragraph,
            None => BlockKind::ListItem { depth: properties.level + 1, label: SmolStr::from(label) },
        };
        paragraph.cell = cell;
        if cell.is_none() && paragraph.has_words() {
            self.text.table = None;
        }
        self.text.flow.push(paragraph);
        for paragraph in std::mem::take(&mut self.text.boxes) {
            self.text.flow.push(paragraph);
        }
    }
}

/// What a style makes of a paragraph, by the name that all programs give it.
fn kind_from_style(name: &str) -> Option<BlockKind> {
    let name = name.trim().to_lowercase();
    match name.as_str() {
        "title" => Some(BlockKind::Title),
        "caption" => Some(BlockKind::Caption),
        name => {
            let level = name.strip_prefix("heading ")?.parse::<u8>().ok()?;
            Some(BlockKind::Heading(level.clamp(1, 6)))
        }
    }
}

/// Characters that have control words of their own.
fn special(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201c}",
        "rdblquote" => "\u{201d}",
        "bullet" => "\u{2022}",
        "emspace" | "enspace" | "qmspace" => " ",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        "ltrmark" => "\u{200e}",
        "rtlmark" => "\u{200f}",
        _ => return None,
    })
}
