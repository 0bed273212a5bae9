//! A file in our own layout, line by line: a damaged line costs that line.
//!
//! Indentation does not matter, so that a set within a file of sets reads the same. What this cannot make sense of is
//! a fault; whether the file is damaged or only laid out by another hand, `read.rs` finds out. Held by
//! `tests/sidecar.rs`.

use super::draft::Draft;
use super::scan;
use super::tables::{FileKind, NAMES, kind_of_id, kind_of_table, name_from_key};
use crate::annotation::{Id, ItemKind};

/// Where in the file the line stands.
enum Place<'a> {
    Start,
    Top,
    /// In a table. After a line of it that was not understood, that of the next table's opening perhaps, it is not sure
    /// that the items still belong to it.
    Table(ItemKind, IsSure),
    /// In a value of the top level that spans lines.
    Value(Open<'a>),
    End,
}

type IsSure = bool;

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
pub(super) fn by_line(text: &str, is_lossy: bool) -> Draft<'_> {
    let mut lines = Lines {
        draft: Draft::new(text, is_lossy),
        place: Place::Start,
        is_in_fault: false,
        may_have_comments: text.contains("/*"),
    };
    let mut start = 0;
    for line in text.split('\n') {
        lines.line(start, line);
        if lines.draft.is_too_many() {
            return lines.draft;
        }
        start += line.len() + 1;
    }
    let missing = "the end is missing";
    match lines.place {
        Place::End => {}
        Place::Value(open) => lines.draft.fault(text.len(), missing, open.start..text.len()),
        Place::Start | Place::Top | Place::Table(..) => lines.draft.fault(text.len(), missing, text.len()..text.len()),
    }
    lines.draft
}

impl<'a> Lines<'a> {
    fn line(&mut self, line_start: usize, line: &'a str) {
        let trimmed = line.trim_ascii();
        let indent = line.len() - line.trim_ascii_start().len();
        let start = line_start + indent;
        if let Place::Value(open) = self.place
            && self.goes_on(open, indent, start, trimmed)
        {
            return;
        }
        if trimmed.is_empty() {
            return;
        }
        if trimmed.starts_with("//") {
            self.draft.has_comments |= !FileKind::is_head(trimmed);
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
            // The line that opens the table is damaged: the id tells which it was.
            Place::Top if trimmed.starts_with('"') => self.item(None, false, start, trimmed),
            Place::Top => self.field(start, indent, trimmed),
            Place::Table(..) if matches!(trimmed, "}" | "},") => {
                self.place = Place::Top;
                true
            }
            Place::Table(kind, is_sure) if trimmed.starts_with('"') => self.item(Some(kind), is_sure, start, trimmed),
            Place::Table(..) if opens_known(trimmed) || trimmed == ")" => {
                self.draft.fault(start, "a table is not closed", start..start);
                self.place = if trimmed == ")" { Place::End } else { Place::Top };
                trimmed == ")" || self.field(start, indent, trimmed)
            }
            Place::Table(..) | Place::Value(_) | Place::End => false,
        };
        if !is_understood {
            let raw = start..start + trimmed.len();
            match self.draft.faults.last_mut() {
                Some(last) if was_in_fault => last.raw.end = raw.end,
                _ => self.draft.fault(start, "not a line of an annotation set", raw),
            }
            self.is_in_fault = true;
            if let Place::Table(_, is_sure) = &mut self.place {
                *is_sure = false;
            }
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
            self.draft.field(open.name, open.start..end, open.bracket..end, true);
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
                    None => self.draft.field(name, start..end, bracket..end, true),
                }
                return true;
            }
        };
        self.place = match kind_of_table(name) {
            Some(kind) => {
                if closer != '}' {
                    self.draft.fault(bracket, "a table begins with {", bracket..bracket + 1);
                }
                self.draft.table(name);
                Place::Table(kind, true)
            }
            None => Place::Value(Open { name, start, bracket, indent, closer }),
        };
        true
    }

    /// `"id": value,`, in a table that is known or has to be guessed.
    fn item(&mut self, table: Option<ItemKind>, is_sure: bool, start: usize, trimmed: &str) -> bool {
        let Some(key) = scan::string_length(trimmed) else { return false };
        let Some(rest) = trimmed.get(key..).and_then(|rest| rest.trim_ascii_start().strip_prefix(':')) else {
            return false;
        };
        let rest = rest.trim_ascii_start();
        let value = start + trimmed.len() - rest.len();
        let length = rest.strip_suffix(',').unwrap_or(rest).trim_ascii_end().len();
        let guess = || {
            if rest.starts_with('"') {
                return Some(ItemKind::Deleted);
            }
            kind_of_id(&Id::new(trimmed.get(1..key - 1)?))
        };
        let kind = if is_sure { table } else { guess().or(table) };
        let Some(kind) = kind else { return false };
        if table.is_none() {
            self.place = Place::Table(kind, false);
        }
        self.draft.item(kind, start..start + key, value..value + length, true);
        true
    }
}

fn name_and_value(trimmed: &str) -> Option<(&str, &str)> {
    let (key, value) = trimmed.split_once(':')?;
    Some((name_from_key(key.trim_ascii_end())?, value.trim_ascii_start()))
}

/// Whether the line begins a field or table that this version knows.
fn opens_known(trimmed: &str) -> bool {
    name_and_value(trimmed).is_some_and(|(name, _)| NAMES.contains(&name))
}
