//! What is asked of a file before anything else: format, version, and what its reader must be able to do.
//!
//! Held by `tests/sidecar.rs`.

use std::fmt;

use super::format_v1::{FULFILLED, VERSION, Version};
use super::scan::Entries;
use super::value::{Unread, value};
use super::whole::after_attributes;

/// Why a file is open for reading only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// A higher major version.
    Version {
        /// Major.
        major: u64,
        /// Minor.
        minor: u64,
    },
    /// Words in `requires` that this version does not fulfil.
    Requires(Vec<String>),
}

impl fmt::Display for ReadOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { major, minor } => {
                let Version(our_major, our_minor) = VERSION;
                write!(f, "a newer Vouch wrote it (format {major}.{minor}, this one writes {our_major}.{our_minor})")?;
            }
            Self::Requires(words) => write!(f, "it requires what this Vouch cannot do ({})", words.join(", "))?,
        }
        f.write_str(": it is open for reading only; update Vouch to edit it")
    }
}

/// The three fields at the head of every file.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) format: Option<String>,
    version: Option<Version>,
    requires: Vec<String>,
}

impl Head {
    /// The head alone, of a file whose other fields may be anything.
    pub(super) fn of(text: &str) -> Self {
        let mut head = Self::default();
        let mut found = 0;
        for entry in Entries::of(text, after_attributes(text)).map_while(Result::ok) {
            let name = entry.key.and_then(|key| text.get(key)).unwrap_or_default();
            if head.take(name, text.get(entry.value).unwrap_or_default()).is_some() {
                found += 1;
            }
            if found == 3 {
                break;
            }
        }
        head
    }

    /// Takes a field if it is one of the head, and tells whether it is sound; `None` where it is another's.
    pub(super) fn take(&mut self, name: &str, text: &str) -> Option<Result<bool, Unread>> {
        let taken = match name {
            "format" => value(text).map(|format| self.format = Some(format)),
            "version" => value(text).map(|version| self.version = Some(version)),
            "requires" => value(text).map(|requires| self.requires = requires),
            _ => return None,
        };
        Some(taken.map(|()| true))
    }

    /// Why the file may not be written, where that is so.
    pub(super) fn read_only(&self) -> Option<ReadOnly> {
        if let Some(Version(major, minor)) = self.version.filter(|version| version.0 > VERSION.0) {
            return Some(ReadOnly::Version { major, minor });
        }
        let missing: Vec<String> =
            self.requires.iter().filter(|word| !FULFILLED.contains(&word.as_str())).cloned().collect();
        if missing.is_empty() { None } else { Some(ReadOnly::Requires(missing)) }
    }
}
