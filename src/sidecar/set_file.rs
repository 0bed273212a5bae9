//! `.vouch-set.ron`: the sets of many documents in one file, to be handed on.
//!
//! Each stands in it as it would in its sidecar, under the name that the sidecar would have. Such a file is read and
//! written whole, never edited. Held by `tests/sidecar.rs`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fault::{Fault, Problem, problems_from_faults};
use super::format_v1::{VERSION, Value as _};
use super::head::Head;
use super::names::check_name_in_set;
use super::read::{read_text, text_from_bytes};
use super::scan::{Entries, string_length};
use super::value::value;
use super::{Origin, ReadError, ReadOnly, print, print_string};
use crate::annotation::AnnotationSet;

pub(super) const FORMAT: &str = "vouch-set";
const HEAD: &str = "// Vouch annotation sets. Vouch does not keep comments.";

/// A file of sets as read.
#[derive(Clone, Debug)]
pub struct SetFile {
    /// In the order of the file.
    pub sets: Vec<SetInFile>,
    /// What could not be read, refused names among it.
    pub problems: Vec<Problem>,
    /// Where a newer Vouch wrote the file: what it means by it may be more than what was read.
    pub newer: Option<ReadOnly>,
}

/// One set of a file of sets.
#[derive(Clone, Debug)]
pub struct SetInFile {
    /// The name of its sidecar, relative, with `/`.
    pub name: String,
    /// The set.
    pub set: AnnotationSet,
}

/// Prints sets, each under the name of its sidecar, sorted by name.
#[must_use]
pub fn print_set_file<'a>(sets: impl IntoIterator<Item = (String, &'a AnnotationSet)>) -> Vec<u8> {
    let sets: BTreeMap<String, &AnnotationSet> = sets.into_iter().collect();
    let mut out = format!("{HEAD}\n(\n  format: \"{FORMAT}\",\n  version: ");
    VERSION.print(&mut out);
    out.push_str(",\n  requires: [],\n  sets: {\n");
    for (name, set) in sets {
        out.push_str("    ");
        print_string(&mut out, &name);
        out.push_str(": ");
        let printed = print(set, &Origin::default());
        let printed = String::from_utf8_lossy(&printed);
        // The comment of the first line is the whole file's; the rest is set in under the name.
        for (at, line) in printed.lines().skip(1).enumerate() {
            out.push_str(if at == 0 { "" } else { "\n    " });
            out.push_str(line);
        }
        out.push_str(",\n");
    }
    out.push_str("  },\n)\n");
    out.into_bytes()
}

/// Reads a file of sets. Names that reach outside a folder are refused.
///
/// # Errors
/// Where it is no such file. What can be read comes with [`SetFile::problems`].
pub fn read_set_file(bytes: &[u8]) -> Result<SetFile, ReadError> {
    let (text, is_lossy) = text_from_bytes(bytes)?;
    let head = Head::of(&text);
    match &head.format {
        Some(format) if format == FORMAT => {}
        Some(format) => return Err(ReadError::OtherFormat(format.clone())),
        None => {
            let problem = Problem { line: 1, column: 1, what: "the format is missing".to_owned(), raw: String::new() };
            return Err(ReadError::Unreadable(problem));
        }
    }
    let mut faults = Vec::new();
    let entries = entries_by_line(&text).unwrap_or_else(|| entries_by_bracket(&text, &mut faults));
    let mut problems = problems_from_faults(&text, faults);
    let mut sets = Vec::new();
    let (mut counted, mut lines) = (0, 0);
    for (key, range) in entries {
        lines += text.get(counted..range.start).map_or(0, |between| between.matches('\n').count());
        counted = range.start;
        let raw = text.get(key).unwrap_or_default();
        let refuse = |what: String| Problem { line: lines + 1, column: 1, what, raw: raw.to_owned() };
        let name: String = match value(raw) {
            Ok(name) => name,
            Err(unread) => {
                problems.push(refuse(unread.what));
                continue;
            }
        };
        if let Err(refused) = check_name_in_set(&name) {
            problems.push(refuse(refused.to_string()));
            continue;
        }
        match read_text(text.get(range).unwrap_or_default().into(), is_lossy) {
            Ok(read) => {
                problems
                    .extend(read.problems.into_iter().map(|problem| Problem { line: lines + problem.line, ..problem }));
                sets.push(SetInFile { name, set: read.set });
            }
            Err(error) => problems.push(refuse(error.to_string())),
        }
    }
    Ok(SetFile { sets, problems, newer: head.read_only() })
}

type KeyAndValue = (Range<usize>, Range<usize>);

/// Names and sets in our own layout, where damage within a set does not reach the next; `None` where it is not ours.
fn entries_by_line(text: &str) -> Option<Vec<KeyAndValue>> {
    let mut entries = Vec::new();
    let mut open: Option<(Range<usize>, usize)> = None;
    let mut is_in_sets = false;
    let mut start = 0;
    for line in text.split('\n') {
        let trimmed = line.trim_ascii();
        let at = start + (line.len() - line.trim_ascii_start().len());
        let is_at_names = line.len() - line.trim_ascii_start().len() == 4;
        match &open {
            Some((key, value)) if is_at_names && matches!(trimmed, ")" | "),") => {
                entries.push((key.clone(), *value..at + 1));
                open = None;
            }
            None if trimmed == "sets: {" => is_in_sets = true,
            None if is_in_sets && matches!(trimmed, "}," | "}") => return Some(entries),
            None if is_in_sets && is_at_names => {
                let key = string_length(trimmed)?;
                if trimmed.get(key..) != Some(": (") {
                    return None;
                }
                open = Some((at..at + key, at + key + 2));
            }
            None if is_in_sets => return None,
            Some(_) | None => {}
        }
        start += line.len() + 1;
    }
    None
}

/// Names and sets in any layout.
fn entries_by_bracket(text: &str, faults: &mut Vec<Fault>) -> Vec<KeyAndValue> {
    let mut found = Vec::new();
    let mut top = Entries::of(text, 0);
    let mut sets = None;
    for entry in top.by_ref() {
        match entry {
            Ok(entry) if entry.key.clone().and_then(|key| text.get(key)) == Some("sets") => {
                sets = Some(entry.value.start);
            }
            Ok(_) => {}
            Err(broken) => {
                faults.push(Fault { at: broken.at, what: broken.what.to_owned(), raw: broken.at..broken.at });
            }
        }
    }
    let cut_off = || top.unfinished().filter(|(key, _)| text.get(key.clone()) == Some("sets")).map(|(_, value)| value);
    if let Some(sets) = sets.or_else(cut_off) {
        for entry in Entries::of(text, sets).map_while(Result::ok) {
            found.extend(entry.key.map(|key| (key, entry.value)));
        }
    }
    found
}
