//! One record of a journal as a line of text: `length checksum payload`, the payload being RON without a line break.
//!
//! The length is in bytes, the checksum the first 64 bits of the payload's SHA-256 in hexadecimal. Held by
//! `tests/store.rs`.

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::annotation::{Act, Change, Edit, Id, Item, ItemKind, Record};
use crate::sidecar::{TooLong, kind_from_table_name, print_item, print_string, read_item, table_name};

/// What a line of the journal says.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::sidecar) enum Entry {
    /// The first line: which sidecar the journal is of.
    Begin {
        /// The sidecar's absolute path.
        of: String,
    },
    /// An edit was applied.
    Applied {
        /// RFC 3339.
        at: String,
        record: Record,
    },
    /// The sidecar with this content has everything above this line, but for the changes named here.
    Base {
        /// Of the file's bytes; `None`: there is no file.
        sha256: Option<String>,
        /// What is still to be saved: from the sidecar's items to ours.
        missing: Vec<Change>,
    },
}

/// The version of the format. A higher first number cannot be read by this program.
const VERSION: &str = "(1, 0)";
const MAJOR: u64 = 1;

const ACTS: [(&str, Act); 6] = [
    ("do", Act::Do),
    ("amend", Act::Amend),
    ("undo", Act::Undo),
    ("redo", Act::Redo),
    ("pass", Act::Pass),
    ("outside", Act::Outside),
];

#[derive(Deserialize)]
struct Payload {
    act: String,
    #[serde(default)]
    version: Option<(u64, u64)>,
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    sha256: Option<String>,
    #[serde(default)]
    changes: Vec<ChangeText>,
}

#[derive(Deserialize)]
struct ChangeText {
    of: String,
    id: String,
    #[serde(default)]
    before: Option<Box<RawValue>>,
    #[serde(default)]
    after: Option<Box<RawValue>>,
}

impl Entry {
    /// The line, with its end.
    ///
    /// # Errors
    /// An item is too long for a sidecar.
    pub(in crate::sidecar) fn print(&self) -> Result<String, TooLong> {
        let mut payload = String::from("(act: ");
        match self {
            Self::Begin { of } => {
                print_string(&mut payload, "begin");
                payload.push_str(", version: ");
                payload.push_str(VERSION);
                payload.push_str(", of: ");
                print_string(&mut payload, of);
            }
            Self::Applied { at, record } => {
                let name = ACTS.iter().find(|(_, act)| *act == record.act).map_or("outside", |(name, _)| name);
                print_string(&mut payload, name);
                payload.push_str(", at: ");
                print_string(&mut payload, at);
                payload.push_str(", label: ");
                print_string(&mut payload, &record.edit.label);
                print_changes(&mut payload, &record.edit.changes)?;
            }
            Self::Base { sha256, missing } => {
                print_string(&mut payload, "base");
                if let Some(sha256) = sha256 {
                    payload.push_str(", sha256: ");
                    print_string(&mut payload, sha256);
                }
                print_changes(&mut payload, missing)?;
            }
        }
        payload.push(')');
        Ok(format!("{} {} {payload}\n", payload.len(), checksum(&payload)))
    }

    /// What a payload says.
    ///
    /// # Errors
    /// In words, why it was not understood.
    fn read(payload: &str) -> Result<Self, String> {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let payload: Payload = options.from_str(payload).map_err(|error| error.to_string())?;
        let Payload { act, version, of, at, label, sha256, changes } = payload;
        if act == "begin" {
            return match version {
                Some((major, minor)) if major > MAJOR => Err(format!("a newer Vouch wrote it ({major}.{minor})")),
                _ => Ok(Self::Begin { of: of.unwrap_or_default() }),
            };
        }
        let changes = changes.iter().map(ChangeText::change).collect::<Result<Vec<_>, _>>()?;
        if act == "base" {
            return Ok(Self::Base { sha256, missing: changes });
        }
        let (_, act) = *ACTS.iter().find(|(name, _)| *name == act).ok_or_else(|| format!("unknown act {act:?}"))?;
        let edit = Edit { label: label.unwrap_or_default(), changes };
        Ok(Self::Applied { at: at.unwrap_or_default(), record: Record { act, edit } })
    }
}

impl ChangeText {
    fn change(&self) -> Result<Change, String> {
        let kind = kind_from_table_name(&self.of).ok_or_else(|| format!("unknown table {:?}", self.of))?;
        let item = |text: &Option<Box<RawValue>>| -> Result<Option<Item>, String> {
            text.as_ref().map(|text| read_item(kind, text.get_ron().trim())).transpose()
        };
        Ok(Change { id: Id::new(&self.id), before: item(&self.before)?, after: item(&self.after)? })
    }
}

fn print_changes(out: &mut String, changes: &[Change]) -> Result<(), TooLong> {
    if changes.is_empty() {
        return Ok(());
    }
    out.push_str(", changes: [");
    for (i, change) in changes.iter().enumerate() {
        out.push_str(if i == 0 { "(of: " } else { ", (of: " });
        print_string(out, table_name(change.kind().unwrap_or(ItemKind::Header)));
        out.push_str(", id: ");
        print_string(out, change.id.as_str());
        for (name, item) in [(", before: ", &change.before), (", after: ", &change.after)] {
            if let Some(item) = item {
                out.push_str(name);
                out.push_str(&print_item(&change.id, item)?);
            }
        }
        out.push(')');
    }
    out.push(']');
    Ok(())
}

fn checksum(payload: &str) -> String {
    Sha256::digest(payload).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What the bytes of a journal hold.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The whole lines, as they stand.
    pub(super) text: String,
    /// What they say; for those that are whole but not understood, why.
    pub(super) entries: Vec<Result<Entry, String>>,
    /// Whether there was anything else.
    pub(super) is_damaged: bool,
    /// How many entries stand before the last damage: what follows does not continue them.
    pub(super) before_damage: usize,
}

/// Reads what is whole, wherever it stands: after a damaged line it goes on with the next one.
pub(super) fn lines(bytes: &[u8]) -> Lines {
    let mut lines = Lines::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        if let Some((line, payload, after)) = whole_line(rest) {
            lines.text.push_str(line);
            lines.text.push('\n');
            lines.entries.push(Entry::read(payload));
            rest = after;
        } else {
            lines.is_damaged = true;
            lines.before_damage = lines.entries.len();
            let end = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |end| end + 1);
            rest = rest.get(end..).unwrap_or_default();
        }
    }
    lines
}

/// The line at the beginning of the bytes, without its end, its payload, and what follows.
fn whole_line(bytes: &[u8]) -> Option<(&str, &str, &[u8])> {
    // A length of more digits than any file has is none.
    let head = bytes.get(..bytes.len().min(20))?;
    let digits = head.iter().position(|&byte| byte == b' ')?;
    let len: usize = std::str::from_utf8(head.get(..digits)?).ok()?.parse().ok()?;
    let start = digits + 1 + 16 + 1;
    let end = start.checked_add(len)?;
    let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let (sum, payload) = (line.get(digits + 1..start - 1)?, line.get(start..)?);
    let is_whole =
        bytes.get(end) == Some(&b'\n') && line.get(start - 1..start) == Some(" ") && sum == checksum(payload);
    is_whole.then(|| (line, payload, bytes.get(end + 1..).unwrap_or_default()))
}
