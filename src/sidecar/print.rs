//! Annotation set → RON: one item a line, sorted by id, everything that was not edited as it stood.
//!
//! ron's own printer escapes combining characters, Thai, Hindi and emoji, writes CRLF on Windows, and takes three
//! times as long. Knows nothing of files. Held by `tests/sidecar.rs` and `benches/sidecar.rs`.

use std::fmt::Write as _;
use std::sync::Arc;

use super::format_v1::{Fields, Paragraphs, VERSION, Value};
use super::origin::{Origin, Remembered, Row, Rows};
use super::tables::{NAMES, has_content, kind_of_table};
pub use crate::annotation::push_quoted as string;
use crate::annotation::{AnnotationSet, Extra, Header, Table};

/// A set as the bytes of its file: UTF-8, LF. What `origin` remembers and the set holds unchanged is written as it was
/// read. For a new file give [`Origin::new`].
#[must_use]
pub fn print(set: &AnnotationSet, origin: &Origin) -> Vec<u8> {
    print_from(set, &[origin])
}

/// The same of a set that was merged from several files: an item is written as it stood in the first that has it as the
/// set has it. The first file gives the order of fields and tables.
pub(super) fn print_from(set: &AnnotationSet, origins: &[&Origin]) -> Vec<u8> {
    let files: Vec<&Remembered> = origins.iter().map(|origin| origin.file()).collect();
    let mut out = String::with_capacity(files.iter().map(|file| file.text.len()).max().unwrap_or(0) + 4096);
    if let Some(origin) = origins.first() {
        out.push_str(origin.kind().head());
        out.push_str("\n(\n");
        for name in names(set, origin) {
            part(&mut out, name, set, &files);
        }
        out.push_str(")\n");
    }
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
fn part(out: &mut String, name: &str, set: &AnnotationSet, files: &[&Remembered]) {
    match name {
        "sources" => table(out, name, &set.sources, files, |rows| &rows.sources),
        "mentions" => table(out, name, &set.mentions, files, |rows| &rows.mentions),
        "claims" => table(out, name, &set.claims, files, |rows| &rows.claims),
        "assessments" => table(out, name, &set.assessments, files, |rows| &rows.assessments),
        "relations" => table(out, name, &set.relations, files, |rows| &rows.relations),
        "remarks" => table(out, name, &set.remarks, files, |rows| &rows.remarks),
        "dismissed" => table(out, name, &set.dismissed, files, |rows| &rows.dismissed),
        "conflicts" => table(out, name, &set.conflicts, files, |rows| &rows.conflicts),
        "deleted" => table(out, name, &set.deleted, files, |rows| &rows.deleted),
        _ => field(out, name, &set.header, files),
    }
}

/// One field of the top level.
fn field(out: &mut String, name: &str, now: &Header, files: &[&Remembered]) {
    let is_unchanged = |file: &&&Remembered| {
        let then = &*file.header;
        match name {
            // Of a damaged file the word may be anything.
            "format" => false,
            "document" => now.document == then.document,
            "annotator" => now.annotator == then.annotator,
            "state" => now.state == then.state,
            "marking" => now.marking == then.marking,
            "read" => now.read == then.read,
            "ext" => now.ext == then.ext,
            _ => foreign(&now.extra, name) == foreign(&then.extra, name),
        }
    };
    out.push_str("  ");
    if let Some(as_read) = files.iter().filter(is_unchanged).find_map(|file| file.part(name)) {
        out.push_str(as_read);
    } else {
        identifier(out, name);
        out.push_str(": ");
        match name {
            "format" => string(out, files.first().map(|file| file.kind).unwrap_or_default().format()),
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

/// A table: walked beside the rows that were read, all sorted by id.
fn table<T: Value + PartialEq>(
    out: &mut String,
    name: &str,
    items: &Table<T>,
    files: &[&Remembered],
    rows: fn(&Rows) -> &Vec<Row<T>>,
) {
    out.push_str("  ");
    out.push_str(name);
    if items.is_empty() {
        out.push_str(": {},\n");
        return;
    }
    out.push_str(": {\n");
    let mut walks: Vec<_> = files.iter().map(|file| (rows(&file.rows).iter().peekable(), &file.text)).collect();
    for (id, item) in items {
        out.push_str("    ");
        let as_read = walks.iter_mut().find_map(|(rows, text)| {
            while rows.next_if(|row| row.id < *id).is_some() {}
            let row = rows.next_if(|row| row.id == *id)?;
            let is_same = Arc::ptr_eq(&row.item, item) || row.item == *item;
            text.get(row.line.clone().filter(|_| is_same)?)
        });
        if let Some(line) = as_read {
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
