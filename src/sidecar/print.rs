//! Annotation set → RON: one item a line, sorted by id, everything that was not edited as it stood.
//!
//! ron's own printer escapes combining characters, Thai, Hindi and emoji, writes CRLF on Windows, and takes three
//! times as long. Knows nothing of files. Held by `tests/sidecar.rs` and `benches/sidecar.rs`.

use std::fmt::Write as _;
use std::sync::Arc;

use super::format_v1::{Fields, Paragraphs, VERSION, Value};
use super::origin::{Origin, Remembered, Row};
use super::tables::{NAMES, has_content, kind_of_table};
pub use crate::annotation::push_quoted as string;
use crate::annotation::{AnnotationSet, Extra, Table};

/// A set as the bytes of its file: UTF-8, LF. What `origin` remembers and the set holds unchanged is written as it was
/// read. For a new file give [`Origin::new`].
#[must_use]
pub fn print(set: &AnnotationSet, origin: &Origin) -> Vec<u8> {
    let mut out = String::with_capacity(origin.file().text.len() + 4096);
    out.push_str(origin.kind().head());
    out.push_str("\n(\n");
    for name in names(set, origin) {
        part(&mut out, name, set, origin.file());
    }
    out.push_str(")\n");
    out.into_bytes()
}

/// The names at the top level in the order of printing: that of the file that was read, and what it lacked in its
/// place. Fields of a later version stay where they stood, new ones come last.
fn names<'a>(set: &'a AnnotationSet, origin: &'a Origin) -> Vec<&'a str> {
    let foreign = &set.header.extra;
    let mut names: Vec<&str> = origin.file().parts.iter().map(|part| part.name.as_str()).collect();
    names.retain(|name| {
        has_content(set, name)
            || origin.kind().always_has(name)
            || kind_of_table(name).is_some()
            || foreign.iter().any(|(known, _)| known == name)
    });
    for (place, name) in NAMES.into_iter().enumerate() {
        let is_wanted = has_content(set, name) || (origin.is_new() && origin.kind().always_has(name));
        if is_wanted && !names.contains(&name) {
            let at = names.iter().rposition(|known| NAMES.iter().take(place).any(|earlier| earlier == known));
            names.insert(at.map_or(0, |at| at + 1), name);
        }
    }
    for (name, _) in foreign {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// One field or table of the top level.
fn part(out: &mut String, name: &str, set: &AnnotationSet, file: &Remembered) {
    let (now, then) = (&*set.header, &*file.header);
    let rows = &file.rows;
    let is_unchanged = match name {
        "sources" => return table(out, name, &set.sources, &rows.sources, &file.text),
        "mentions" => return table(out, name, &set.mentions, &rows.mentions, &file.text),
        "claims" => return table(out, name, &set.claims, &rows.claims, &file.text),
        "assessments" => return table(out, name, &set.assessments, &rows.assessments, &file.text),
        "relations" => return table(out, name, &set.relations, &rows.relations, &file.text),
        "remarks" => return table(out, name, &set.remarks, &rows.remarks, &file.text),
        "dismissed" => return table(out, name, &set.dismissed, &rows.dismissed, &file.text),
        "conflicts" => return table(out, name, &set.conflicts, &rows.conflicts, &file.text),
        "deleted" => return table(out, name, &set.deleted, &rows.deleted, &file.text),
        // Of a damaged file the word may be anything.
        "format" => false,
        "document" => now.document == then.document,
        "annotator" => now.annotator == then.annotator,
        "state" => now.state == then.state,
        "marking" => now.marking == then.marking,
        "read" => now.read == then.read,
        "ext" => now.ext == then.ext,
        _ => foreign(&now.extra, name) == foreign(&then.extra, name),
    };
    out.push_str("  ");
    if let (true, Some(as_read)) = (is_unchanged, file.part(name)) {
        out.push_str(as_read);
    } else {
        identifier(out, name);
        out.push_str(": ");
        match name {
            "format" => string(out, file.kind.format()),
            "version" => VERSION.print(out),
            "requires" => out.push_str("[]"),
            "document" => {
                let mut block = Record::open_block(out);
                now.document.print_fields(&mut block);
                block.close();
            }
            "annotator" => now.annotator.print(out),
            "state" => now.state.print(out),
            "marking" => now.marking.print(out),
            "read" => Paragraphs::print_list(&now.read, out),
            "ext" => out.push_str(now.ext.as_deref().unwrap_or("()")),
            _ => out.push_str(foreign(&now.extra, name).unwrap_or("()")),
        }
    }
    out.push_str(",\n");
}

/// The value of a field that this version does not know.
fn foreign<'a>(extra: &'a Extra, name: &str) -> Option<&'a str> {
    extra.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// A table: walked beside the rows that were read, both sorted by id.
fn table<T: Value + PartialEq>(out: &mut String, name: &str, items: &Table<T>, rows: &[Row<T>], text: &str) {
    out.push_str("  ");
    out.push_str(name);
    if items.is_empty() {
        out.push_str(": {},\n");
        return;
    }
    out.push_str(": {\n");
    let mut rows = rows.iter().peekable();
    for (id, item) in items {
        while rows.next_if(|row| row.id < *id).is_some() {}
        out.push_str("    ");
        let row = rows.next_if(|row| row.id == *id).filter(|row| Arc::ptr_eq(&row.item, item) || row.item == *item);
        if let Some(line) = row.and_then(|row| text.get(row.line.clone()?)) {
            out.push_str(line);
        } else {
            string(out, id.as_str());
            out.push_str(": ");
            item.print(out);
        }
        out.push_str(",\n");
    }
    out.push_str("  },\n");
}

/// A record under construction: the commas between its fields.
pub(super) struct Record<'a> {
    out: &'a mut String,
    is_empty: bool,
    between: &'static str,
    end: &'static str,
}

impl<'a> Record<'a> {
    /// On one line.
    pub(super) fn open(out: &'a mut String) -> Self {
        out.push('(');
        Self { out, is_empty: true, between: ", ", end: ")" }
    }

    /// A field a line, at the top level.
    pub(super) fn open_block(out: &'a mut String) -> Self {
        out.push_str("(\n    ");
        Self { out, is_empty: true, between: ",\n    ", end: ",\n  )" }
    }

    /// Writes the name; the value is to follow.
    pub(super) fn field(&mut self, name: &str) -> &mut String {
        if !std::mem::take(&mut self.is_empty) {
            self.out.push_str(self.between);
        }
        identifier(self.out, name);
        self.out.push_str(": ");
        self.out
    }

    pub(super) fn close(self) {
        self.out.push_str(self.end);
    }
}

/// A field's name: as it is, or `r#…` where only that reads as a name.
fn identifier(out: &mut String, name: &str) {
    let begins_as_name = name.starts_with(|c: char| c == '_' || c.is_alphabetic());
    if !begins_as_name || name.contains(['.', '+', '-']) {
        out.push_str("r#");
    }
    out.push_str(name);
}

/// Writing to a string does not fail.
fn written(_: std::fmt::Result) {}

/// A number, as short as reads back the same.
pub(super) fn number(out: &mut String, value: f64) {
    let start = out.len();
    written(write!(out, "{value:?}"));
    if out.get(start..).is_some_and(|digits| digits.ends_with(".0")) {
        out.truncate(out.len() - 2);
    }
}

pub(super) fn integer(out: &mut String, value: usize) {
    written(write!(out, "{value}"));
}

/// `(a, b)`
pub(super) fn pair(out: &mut String, a: u64, b: u64) {
    written(write!(out, "({a}, {b})"));
}

/// `[a, b]`
pub(super) fn list<T>(out: &mut String, items: &[T], mut print: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        print(out, item);
    }
    out.push(']');
}

/// `{"a": "b"}`
pub(super) fn map(out: &mut String, pairs: &[(String, String)]) {
    out.push('{');
    for (at, (key, value)) in pairs.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        string(out, key);
        out.push_str(": ");
        string(out, value);
    }
    out.push('}');
}
