//! A file in our own layout, line by line: a damaged line costs that line.
//!
//! Indentation does not matter, so that a set within a file of sets reads the same. What this cannot make sense of is
//! a fault; whether the file is damaged or only laid out by another hand, `read.rs` finds out. Held by
//! `tests/sidecar.rs`.

use super::draft::Draft;
use super::scan;
use super::tables::{NAMES, kind_of_id, kind_of_table};
use crate::annotation::{Id, ItemKind};

/// Where in the file the line stands.
enum Place<'a> {
    Start,
    Top,
    Table(ItemKind),
    /// In a value of the top level that spans lines.
    Value(Open<'a>),
    End,
}

/// A value of the top level that began on an earlier line.
#[derive(Clone, Copy)]
struct Open<'a> {
    name: &'a str,
    /// Byte offset of the name.
    start: usize,
    /// Byte offset of the bracket.
    bracket: usize,
    indent: usize,
    closer: char,
}

struct Lines<'a> {
    draft: Draft<'a>,
    place: Place<'a>,
    /// The last line that was not blank was a fault, which this one may join.
    is_in_fault: bool,
    may_have_comments: bool,
}

/// Reads a file in our layout.
pub(super) fn by_line<'a>(text: &'a str, is_lossy: bool, head: &str) -> Draft<'a> {
    let mut lines = Lines {
        draft: Draft::new(text, is_lossy),
        place: Place::Start,
        is_in_fault: false,
        may_have_comments: text.contains("/*"),
    };
    let mut start = 0;
    for line in text.split('\n') {
        lines.line(start, line, head);
        if lines.draft.is_too_many() {
            return lines.draft;
        }
        start += line.len() + 1;
    }
    let missing = "the end is missing";
    match lines.place {
        Place::End => {}
        Place::Value(open) => lines.draft.fault(text.len(), missing, open.start..text.len()),
        Place::Start | Place::Top | Place::Table(_) => lines.draft.fault(text.len(), missing, text.len()..text.len()),
    }
    lines.draft
}

impl<'a> Lines<'a> {
    fn line(&mut self, line_start: usize, line: &'a str, head: &str) {
        let trimmed = line.trim_ascii();
        let indent = line.len() - line.trim_ascii_start().len();
        let start = line_start + indent;
        if let Place::Value(open) = self.place {
            if self.goes_on(open, indent, start, trimmed) {
                return;
            }
        }
        if trimmed.is_empty() {
            return;
        }
        if trimmed.starts_with("//") {
            self.draft.has_comments |= trimmed != head;
            return;
        }
        if self.may_have_comments && trimmed.contains("/*") && scan::has_comment(trimmed) {
            self.draft.has_comments = true;
        }
        let was_in_fault = std::mem::take(&mut self.is_in_fault);
        let is_understood = match self.place {
            Place::Start if trimmed == "(" => {
                self.place = Place::Top;
                true
            }
            Place::Start => {
                self.field(start, indent, trimmed) && {
                    self.draft.fault(start, "the opening parenthesis is missing", start..start);
                    true
                }
            }
            Place::Top if trimmed == ")" => {
                self.place = Place::End;
                true
            }
            // A table's opening line is damaged: the id tells which it was.
            Place::Top if trimmed.starts_with('"') => self.item(None, start, trimmed),
            Place::Top => self.field(start, indent, trimmed),
            Place::Table(_) if matches!(trimmed, "}" | "},") => {
                self.place = Place::Top;
                true
            }
            Place::Table(kind) if trimmed.starts_with('"') => self.item(Some(kind), start, trimmed),
            Place::Table(_) if opens_known(trimmed) || trimmed == ")" => {
                self.draft.fault(start, "a table is not closed", start..start);
                self.place = if trimmed == ")" { Place::End } else { Place::Top };
                trimmed == ")" || self.field(start, indent, trimmed)
            }
            Place::Table(_) | Place::Value(_) | Place::End => false,
        };
        if !is_understood {
            let raw = start..start + trimmed.len();
            match self.draft.faults.last_mut() {
                Some(last) if was_in_fault => last.raw.end = raw.end,
                _ => self.draft.fault(start, "not a line of an annotation set", raw),
            }
            self.is_in_fault = true;
        }
    }

    /// A line after the first of a value of the top level; `false` where it is none, the value being cut off.
    fn goes_on(&mut self, open: Open<'a>, indent: usize, start: usize, trimmed: &str) -> bool {
        if indent != open.indent || trimmed.is_empty() {
            return true;
        }
        if trimmed.strip_suffix(',').unwrap_or(trimmed).chars().eq([open.closer]) {
            let end = start + 1;
            let value = self.draft.text.get(open.bracket..end).unwrap_or_default();
            self.draft.has_comments |= NAMES.contains(&open.name) && open.name != "ext" && scan::has_comment(value);
            self.draft.field(open.name, open.start..end, open.bracket..end);
            self.place = Place::Top;
            return true;
        }
        if opens_known(trimmed) {
            self.draft.fault(start, "the value before is not closed", open.start..start);
            self.place = Place::Top;
            return false;
        }
        true
    }

    /// `name: value,` or the first line of a table or a value; `false` where it is none.
    fn field(&mut self, start: usize, indent: usize, trimmed: &'a str) -> bool {
        let Some((name, value)) = name_and_value(trimmed) else { return false };
        self.place = Place::Top;
        let bracket = start + trimmed.len() - value.len();
        let closer = match value {
            "{" => '}',
            "(" => ')',
            "[" => ']',
            _ => {
                let value = value.strip_suffix(',').unwrap_or(value).trim_ascii_end();
                let end = bracket + value.len();
                match kind_of_table(name) {
                    Some(_) if value == "{}" => self.draft.table(name),
                    Some(kind) => self.draft.entries(kind, name, bracket..end),
                    None => self.draft.field(name, start..end, bracket..end),
                }
                return true;
            }
        };
        self.place = match kind_of_table(name) {
            Some(kind) if closer == '}' => {
                self.draft.table(name);
                Place::Table(kind)
            }
            _ => Place::Value(Open { name, start, bracket, indent, closer }),
        };
        true
    }

    /// `"id": value,`
    fn item(&mut self, kind: Option<ItemKind>, start: usize, trimmed: &str) -> bool {
        let Some(key) = scan::string_length(trimmed) else { return false };
        let Some(rest) = trimmed.get(key..).and_then(|rest| rest.trim_ascii_start().strip_prefix(':')) else {
            return false;
        };
        let rest = rest.trim_ascii_start();
        let value = start + trimmed.len() - rest.len();
        let length = rest.strip_suffix(',').unwrap_or(rest).trim_ascii_end().len();
        let guess = || match rest.starts_with('"') {
            true => Some(ItemKind::Deleted),
            false => kind_of_id(&Id::new(trimmed.get(1..key - 1)?)),
        };
        let Some(kind) = kind.or_else(guess) else { return false };
        self.draft.item(kind, start..start + key, value..value + length, true);
        true
    }
}

fn name_and_value(trimmed: &str) -> Option<(&str, &str)> {
    let (name, value) = trimmed.split_once(':')?;
    let name = name.trim_ascii_end();
    let name = name.strip_prefix("r#").unwrap_or(name);
    let is_name = !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric() || ".+-".contains(c));
    is_name.then(|| (name, value.trim_ascii_start()))
}

/// Whether the line begins a field or table that this version knows.
fn opens_known(trimmed: &str) -> bool {
    name_and_value(trimmed).is_some_and(|(name, _)| NAMES.contains(&name))
}
