//! Entries of a ZIP archive from a stranger: read into memory one at a time, never unpacked to a disk.
//!
//! What an entry says of its own size is never believed: the caps of `limits.rs` hold for the bytes that come out. Knows
//! no format inside. Held by `tests/document.rs`.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{ARCHIVE_ENTRIES, ARCHIVE_ENTRY, ARCHIVE_TOTAL, MIB};
use super::read::ReadError;

/// An archive being read.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many more bytes may come out of it.
    left: usize,
}

/// What an entry's record in the central directory begins with.
const RECORD: &[u8] = b"PK\x01\x02";

const AGAIN: &str = "get the file once more, or open it in the program that it was written with and save it anew";
const PROTECTED: &str = "open it in a word processor with the password, save a copy without one, and open that";
const TOO_MUCH: &str = "open it in a word processor, leave out what is not text, and save it anew";

impl<'a> Archive<'a> {
    /// Opens an archive: its list of entries is read.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        // Counted before the list is made, since the list alone could fill the memory. An archive stored inside the
        // archive has records too, hence the factor.
        let records = memchr::memmem::find_iter(bytes, RECORD).take(8 * ARCHIVE_ENTRIES).count();
        let many = || {
            ReadError::unreadable(
                format!("this file is an archive of more than {ARCHIVE_ENTRIES} entries, which no document needs"),
                TOO_MUCH,
            )
        };
        if records >= 8 * ARCHIVE_ENTRIES {
            return Err(many());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
            ReadError::unreadable("this file is damaged: the list of what is in it, at its end, cannot be read", AGAIN)
        })?;
        if zip.len() > ARCHIVE_ENTRIES { Err(many()) } else { Ok(Self { zip, left: ARCHIVE_TOTAL }) }
    }

    /// The bytes of an entry; `None` where there is none of this name. Case and the kind of slash do not matter, as some
    /// programs write them otherwise than they refer to them.
    pub fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let name = name.trim_start_matches('/');
        let index = self.zip.index_for_name(name).or_else(|| {
            let is_it = |found: &[u8]| {
                let same = |(a, b): (&u8, u8)| if *a == b'\\' { b == b'/' } else { a.eq_ignore_ascii_case(&b) };
                found.len() == name.len() && found.iter().zip(name.bytes()).all(same)
            };
            self.zip.file_names_raw().position(is_it)
        });
        let Some(index) = index else { return Ok(None) };
        let damaged =
            || ReadError::unreadable(format!("this file is damaged: its part {name:?} cannot be unpacked"), AGAIN);
        let entry = match self.zip.by_index(index) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(protected("this document"));
            }
            Err(_) => return Err(damaged()),
        };
        let most = ARCHIVE_ENTRY.min(self.left);
        let mut bytes = Vec::new();
        let read = entry.take(most as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > most {
            let mib = if most == ARCHIVE_ENTRY { ARCHIVE_ENTRY } else { ARCHIVE_TOTAL } / MIB;
            let what = format!("this file unpacks to more than the {mib} MiB that are taken in, at its part {name:?}");
            return Err(ReadError::unreadable(what, TOO_MUCH));
        }
        read.map_err(|_| damaged())?;
        self.left -= bytes.len();
        Ok(Some(bytes))
    }
}

/// The error for a document whose text is encrypted.
pub(super) fn protected(what: &str) -> ReadError {
    ReadError::unreadable(format!("{what} is protected with a password"), PROTECTED)
}

/// The error for a document that lacks the part its text is in.
pub(super) fn without(part: &str) -> ReadError {
    ReadError::unreadable(format!("this file has no part {part:?}, where its text should be"), AGAIN)
}

/// The error for a document whose text begins with what is no XML.
pub(super) fn damaged(part: &str) -> ReadError {
    ReadError::unreadable(format!("this file is damaged: its part {part:?} cannot be read"), AGAIN)
}
