//! A set while it is being read: fields and items as they come, in whatever order, and what could not be read.
//!
//! Held by `tests/sidecar.rs`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::fault::Fault;
use super::format_v1::{Paragraphs, Value};
use super::head::Head;
use super::item::check_length;
use super::origin::{Part, Remembered, Row, Rows};
use super::tables::{FileKind, NAMES};
use super::value::{Unread, check, value, value_of_twins};
use super::{MAX_ITEMS, MAX_LINE, scan};
use crate::annotation::{AnnotationSet, Conflict, DocumentRef, Header, Id, IdKind, ItemKind, Table};

/// What a file holds, as far as it has been read.
pub(super) struct Draft<'a> {
    pub(super) text: &'a str,
    /// Some of the text's bytes were not UTF-8 and are U+FFFD now.
    is_lossy: bool,
    pub(super) head: Head,
    parts: Vec<Part>,
    /// The text of each field of the top level.
    values: BTreeMap<String, &'a str>,
    header: Header,
    rows: Rows,
    /// Differing values of a field of the head, and of records with differing twins of a field.
    conflicts: Vec<Conflict>,
    pub(super) faults: Vec<Fault>,
    /// A comment stands in the file that a save would lose.
    pub(super) has_comments: bool,
    /// Items and fields met, read or not.
    met: usize,
    /// Items read.
    pub(super) items: usize,
}

impl<'a> Draft<'a> {
    pub(super) fn new(text: &'a str, is_lossy: bool) -> Self {
        Self {
            text,
            is_lossy,
            head: Head::default(),
            parts: Vec::new(),
            values: BTreeMap::new(),
            header: Header::default(),
            rows: Rows::default(),
            conflicts: Vec::new(),
            faults: Vec::new(),
            has_comments: false,
            met: 0,
            items: 0,
        }
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    pub(super) fn fault(&mut self, at: usize, what: &str, raw: Range<usize>) {
        self.faults.push(Fault { at, what: what.to_owned(), raw });
    }

    /// Whether the file holds more than is read.
    pub(super) fn is_too_many(&self) -> bool {
        self.met > MAX_ITEMS
    }

    /// Counts one more item or field; whether its text may be read at all.
    fn admit(&mut self, whole: &Range<usize>) -> bool {
        self.met += 1;
        if self.is_too_many() {
            return false;
        }
        if whole.len() > MAX_LINE {
            self.fault(whole.start, "longer than 4 MiB", whole.clone());
            return false;
        }
        if self.is_lossy && self.slice(whole).contains('\u{FFFD}') {
            self.fault(whole.start, "not UTF-8", whole.clone());
            return false;
        }
        true
    }

    /// Remembers that a table stands here.
    pub(super) fn table(&mut self, name: &str) {
        if !self.parts.iter().any(|part| part.name == name) {
            self.parts.push(Part { name: name.to_owned(), whole: None });
        }
    }

    /// An item: its id with quotes, its value, and its line where it has one of its own.
    pub(super) fn item(&mut self, kind: ItemKind, key: Range<usize>, value: Range<usize>, has_line: bool) {
        let whole = key.start..value.end;
        if !self.admit(&whole) {
            return;
        }
        let Some(id) = id_from_key(self.slice(&key)) else {
            return self.fault(key.start, "an id in quotes is missing", whole);
        };
        let line = has_line.then(|| whole.clone());
        let text = self.slice(&value);
        let rows = &mut self.rows;
        let read = match kind {
            ItemKind::Header => return,
            ItemKind::Source => push(&mut rows.sources, id, text, line),
            ItemKind::Mention => push(&mut rows.mentions, id, text, line),
            ItemKind::Claim => push(&mut rows.claims, id, text, line),
            ItemKind::Assessment => push(&mut rows.assessments, id, text, line),
            ItemKind::Relation => push(&mut rows.relations, id, text, line),
            ItemKind::Remark => push(&mut rows.remarks, id, text, line),
            ItemKind::Dismissal => push(&mut rows.dismissed, id, text, line),
            ItemKind::Conflict => push(&mut rows.conflicts, id, text, line),
            ItemKind::Deleted => push(&mut rows.deleted, id, text, line),
        };
        match read {
            Ok(()) => self.items += 1,
            Err(unread) => self.fault(value.start + unread.at, &unread.what, whole),
        }
    }

    /// A field of the top level that is not a table: from its name to the end of its value, its value, and whether it
    /// is laid out as ours.
    pub(super) fn field(&mut self, name: &str, whole: Range<usize>, at: Range<usize>, is_ours: bool) {
        if !self.admit(&whole) {
            return;
        }
        let text = self.slice(&at);
        if let Some(&first) = self.values.get(name) {
            return self.twin(name, first, text, whole);
        }
        if self.parts.len() == MOST_PARTS {
            return self.fault(whole.start, "too many fields", whole);
        }
        // Whether what is kept is what stands there.
        let read: Result<bool, Unread> = match name {
            "document" => self.document(at.start, text),
            "annotator" => self.record(name, text).map(|(annotator, is_sound)| {
                self.header.annotator = annotator;
                is_sound
            }),
            "state" => value(text).map(|state| {
                self.header.state = state;
                true
            }),
            "marking" => value(text).map(|marking| {
                self.header.marking = marking;
                true
            }),
            "read" => value(text).map(|Paragraphs(read)| {
                self.header.read = read;
                true
            }),
            _ => self.head.take(name, text).unwrap_or_else(|| self.foreign(name, text)),
        };
        match read {
            Ok(is_sound) => {
                self.values.insert(name.to_owned(), text);
                self.parts.push(Part { name: name.to_owned(), whole: (is_ours && is_sound).then_some(whole) });
            }
            Err(unread) => self.fault(at.start + unread.at, &unread.what, whole),
        }
    }

    /// A field of the top level that has been read already: the first stays, a differing one becomes a conflict.
    fn twin(&mut self, name: &str, first: &str, second: &str, whole: Range<usize>) {
        if first == second {
            return;
        }
        let is_head = matches!(name, "format" | "version" | "requires");
        if is_head || check(second).is_err() {
            return self.fault(whole.start, "stands twice", whole);
        }
        // As the head of the set names and holds it: what is verbatim in a file is text there.
        let verbatim = |value: &str| printed(&scan::without_long_strings(value));
        let found = match name {
            "ext" => conflict(&Id::new(""), Some(name), &verbatim(first), &verbatim(second)),
            _ if NAMES.contains(&name) => {
                conflict(&Id::new(""), Some(name), &scan::on_one_line(first), &scan::on_one_line(second))
            }
            _ => conflict(&Id::new(""), Some(&format!("foreign.{name}")), &verbatim(first), &verbatim(second)),
        };
        self.conflicts.push(found);
    }

    /// What other programs and later versions keep at the top level.
    fn foreign(&mut self, name: &str, text: &str) -> Result<bool, Unread> {
        check(text)?;
        let kept = scan::without_long_strings(text);
        let is_sound = kept == text;
        if name == "ext" {
            self.header.ext = Some(kept);
        } else {
            self.header.extra.push((name.to_owned(), kept));
        }
        Ok(is_sound)
    }

    /// A record of the head, and whether it is sound; where fields stand twice in it and differ, the first stay and a
    /// conflict tells of it.
    fn record<T: Value + PartialEq>(&mut self, name: &str, text: &str) -> Result<(T, bool), Unread> {
        match value(text) {
            Ok(record) => Ok((record, true)),
            Err(unread) if unread.is_twice => {
                let (first, last) = value_of_twins(text)?;
                if let Some(last) = last {
                    self.conflicts.push(conflict(&Id::new(""), Some(name), &printed(&first), &printed(&last)));
                }
                Ok((first, false))
            }
            Err(unread) => Err(unread),
        }
    }

    /// The document; whether it is sound. A damaged line of it costs that line.
    fn document(&mut self, start: usize, text: &str) -> Result<bool, Unread> {
        let unread = match self.record("document", text) {
            Ok((document, is_sound)) => {
                self.header.document = document;
                return Ok(is_sound);
            }
            Err(unread) => unread,
        };
        let inner = text.strip_prefix('(').unwrap_or(text);
        let sound = inner.lines().filter(|line| value::<DocumentRef>(&format!("({})", line.trim())).is_ok());
        let Ok(document) = value(&format!("({})", sound.collect::<Vec<_>>().concat())) else { return Err(unread) };
        self.header.document = document;
        let at = start + unread.at;
        self.fault(at, &unread.what, line_around(self.text, at));
        Ok(false)
    }

    /// The set and what is to be remembered of the file, its text excepted.
    pub(super) fn settle(self, kind: FileKind) -> (AnnotationSet, Remembered, Vec<Fault>) {
        let mut conflicts = self.conflicts;
        let mut rows = self.rows;
        let mut set = AnnotationSet {
            header: Arc::new(self.header),
            sources: table_from_rows(&mut rows.sources, &mut conflicts),
            mentions: table_from_rows(&mut rows.mentions, &mut conflicts),
            claims: table_from_rows(&mut rows.claims, &mut conflicts),
            assessments: table_from_rows(&mut rows.assessments, &mut conflicts),
            relations: table_from_rows(&mut rows.relations, &mut conflicts),
            remarks: table_from_rows(&mut rows.remarks, &mut conflicts),
            dismissed: table_from_rows(&mut rows.dismissed, &mut conflicts),
            deleted: table_from_rows(&mut rows.deleted, &mut conflicts),
            conflicts: table_from_rows(&mut rows.conflicts, &mut Vec::new()),
        };
        let mut faults = self.faults;
        for conflict in conflicts {
            let id = id_of_conflict(&conflict);
            // A conflict that could not be written would lose the second value: better the file counts as damaged.
            if check_length(&id, &printed(&conflict)).is_err() {
                let what = format!(
                    "{} stands twice, and is too long for both to be kept",
                    conflict.on.unwrap_or_else(|| Id::new(""))
                );
                faults.push(Fault { at: 0, what, raw: 0..0 });
            } else {
                set.conflicts.insert(id, Arc::new(conflict));
            }
        }
        let remembered =
            Remembered { kind, text: String::new(), parts: self.parts, header: Arc::clone(&set.header), rows };
        (set, remembered, faults)
    }
}

/// Most fields and tables of the top level: 18 are known.
const MOST_PARTS: usize = 1_000;

/// The line that holds a byte.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| at + newline);
    start..end
}

fn id_from_key(key: &str) -> Option<Id> {
    if scan::string_length(key) != Some(key.len()) {
        return None;
    }
    let inner = key.get(1..key.len() - 1)?;
    if inner.contains('\\') { value(key).ok() } else { Some(Id::new(inner)) }
}

fn push<T: Value + PartialEq>(
    rows: &mut Vec<Row<T>>,
    id: Id,
    text: &str,
    line: Option<Range<usize>>,
) -> Result<(), Unread> {
    match value(text) {
        Ok(item) => rows.push(Row { id, item: Arc::new(item), line }),
        Err(unread) if unread.is_twice => {
            let (first, last) = value_of_twins(text)?;
            rows.push(Row { id: id.clone(), item: Arc::new(first), line: None });
            rows.extend(last.map(|last| Row { id, item: Arc::new(last), line: None }));
        }
        Err(unread) => return Err(unread),
    }
    Ok(())
}

/// Sorts rows by id. Of an id that stands twice the first row stays; where the other one differs, a conflict says so.
fn table_from_rows<T: Value + PartialEq>(rows: &mut Vec<Row<T>>, conflicts: &mut Vec<Conflict>) -> Table<T> {
    if !rows.is_sorted_by(|a, b| a.id < b.id) {
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        rows.dedup_by(|later, first| {
            let is_twin = later.id == first.id;
            if is_twin && later.item != first.item {
                conflicts.push(conflict(&first.id, None, &printed(&*first.item), &printed(&*later.item)));
            }
            is_twin
        });
    }
    rows.iter().map(|row| (row.id.clone(), Arc::clone(&row.item))).collect()
}

fn printed<T: Value>(value: &T) -> String {
    let mut out = String::new();
    value.print(&mut out);
    out
}

fn conflict(on: &Id, field: Option<&str>, ours: &str, theirs: &str) -> Conflict {
    Conflict {
        on: Some(on.clone()),
        field: field.map(str::to_owned),
        ours: Some(ours.to_owned()),
        theirs: Some(theirs.to_owned()),
        ..Conflict::default()
    }
}

/// An id that follows from the conflict, so that the same file always reads the same.
fn id_of_conflict(conflict: &Conflict) -> Id {
    let digest = Sha256::digest(printed(conflict));
    let random = digest.iter().take(8).fold(0u64, |bits, &byte| bits << 8 | u64::from(byte));
    Id::from_random(IdKind::Conflict, random)
}
