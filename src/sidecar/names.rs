//! Names of files: which of them are ours, and whose; handles.
//!
//! Names only: no folder and no file is looked at. Temporary files are `files`' own. Held by `tests/sidecar.rs`.

use std::fmt;

use crate::annotation::CODEBOOK_FILE;

/// How every sidecar and register ends.
const SIDECAR: &str = ".vouch.ron";
/// How a file with the sets of many documents ends.
const SET: &str = ".vouch-set.ron";
/// What the name of a register begins with.
const REGISTER: &str = "sources.";
/// What follows the name of a file that was damaged and set aside; a number comes after it.
const DAMAGED: &str = ".damaged-";
/// Longest handle, in characters.
const LONGEST_HANDLE: usize = 32;

/// What a file is by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileName<'a> {
    /// `<document>.<handle>.vouch.ron`
    Sidecar {
        /// File name of the document.
        document: &'a str,
        /// Whose work it is, as written in the name.
        handle: &'a str,
    },
    /// `sources.<handle>.vouch.ron`
    Register {
        /// Whose register it is.
        handle: &'a str,
    },
    /// `….vouch-set.ron`
    Set,
    /// `codebook.ron`
    Codebook,
    /// A damaged file that was set aside: `….damaged-1`.
    Damaged {
        /// The name that it had.
        of: &'a str,
        /// From 1.
        number: usize,
    },
    /// A sidecar, register or set beside which a synchroniser laid a second version.
    ConflictCopy {
        /// The name that the file was meant to have.
        of: String,
    },
    /// Not one of ours: a document, perhaps.
    Other,
}

/// What a file is by its name, without a folder.
#[must_use]
pub fn recognise(name: &str) -> FileName<'_> {
    if name == CODEBOOK_FILE {
        return FileName::Codebook;
    }
    if let Some((of, number)) = name.rsplit_once(DAMAGED)
        && let Ok(number) = number.parse()
        && of.ends_with(SIDECAR)
    {
        return FileName::Damaged { of, number };
    }
    if let Some(of) = conflict_copy_of(name) {
        return FileName::ConflictCopy { of };
    }
    if name.strip_suffix(SET).is_some_and(|stem| !stem.is_empty()) {
        return FileName::Set;
    }
    let Some(stem) = name.strip_suffix(SIDECAR) else { return FileName::Other };
    match stem.strip_prefix(REGISTER) {
        Some(handle) if is_handle(&handle.to_ascii_lowercase()) => FileName::Register { handle },
        _ => match stem.rsplit_once('.') {
            Some((document, handle)) if !document.is_empty() && is_handle(&handle.to_ascii_lowercase()) => {
                FileName::Sidecar { document, handle }
            }
            _ => FileName::Other,
        },
    }
}

/// The name of an annotator's sidecar of a document.
#[must_use]
pub fn sidecar_name(document: &str, handle: &str) -> String {
    format!("{document}.{handle}{SIDECAR}")
}

/// The name of an annotator's register of sources.
#[must_use]
pub fn register_name(handle: &str) -> String {
    format!("{REGISTER}{handle}{SIDECAR}")
}

/// The name under which a damaged file is set aside; `number` from 1, the first that is free.
#[must_use]
pub fn damaged_name(name: &str, number: usize) -> String {
    format!("{name}{DAMAGED}{number}")
}

/// The file that a synchroniser's second version is of, by the marks that Dropbox, Nextcloud, Seafile, Google Drive
/// and Finder ("name (…).ron", "name […].ron", "name 2.ron"; the words within are in the user's language), Syncthing
/// (".sync-conflict-"), ownCloud ("_conflict-"), Resilio (".Conflict") and `OneDrive` ("name-COMPUTER.ron") put before the
/// last extension. A document's own second version bears its mark further in, and its sidecars are sidecars.
fn conflict_copy_of(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".ron")?;
    let codebook = CODEBOOK_FILE.strip_suffix(".ron").unwrap_or(CODEBOOK_FILE);
    if let Some(mark) = stem.strip_prefix(codebook) {
        // Nothing else in the name says that it is ours.
        return (is_mark(mark) && mark.to_lowercase().contains("conflict")).then(|| CODEBOOK_FILE.to_owned());
    }
    let (at, ending) = [".vouch-set", ".vouch"].into_iter().find_map(|ending| Some((stem.rfind(ending)?, ending)))?;
    let (original, mark) = stem.split_at_checked(at + ending.len())?;
    is_mark(mark).then(|| format!("{original}.ron"))
}

fn is_mark(mark: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (mark.starts_with(" (") && mark.ends_with(')'))
        || (mark.starts_with(" [") && mark.ends_with(']'))
        || mark.strip_prefix(' ').is_some_and(is_number)
        || mark.starts_with(".sync-conflict-")
        || mark.to_lowercase().starts_with(".conflict")
        || mark.starts_with("_conflict-")
        || mark.strip_prefix('-').is_some_and(|computer| !computer.is_empty())
}

/// Whether a text may be a handle: lower-case ASCII letters, digits and `-`, 1 to 32 of them.
#[must_use]
pub fn is_handle(text: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=LONGEST_HANDLE).contains(&text.len()) && text.bytes().all(is_allowed)
}

/// Whether two handles name the same annotator: compared without case, for some file systems have none.
#[must_use]
pub fn is_same_handle(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// A handle from a login name (`Jürgen.Weiß`, `DOMAIN\anna`, `anna@example.org`): without domain, letters of Latin
/// languages by their base letter, anything else a single `-`. `me` where nothing is left.
#[must_use]
pub fn handle_from_login(login: &str) -> String {
    let user = login.rsplit('\\').next().unwrap_or_default();
    let user = user.split('@').next().unwrap_or_default();
    let mut handle = String::new();
    for c in user.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => handle.push(c),
            'à'..='å' | 'ā' | 'ă' | 'ą' => handle.push('a'),
            'æ' => handle.push_str("ae"),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => handle.push('c'),
            'ð' | 'ď' | 'đ' => handle.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => handle.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => handle.push('g'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => handle.push('i'),
            'ķ' => handle.push('k'),
            'ĺ' | 'ļ' | 'ľ' | 'ł' => handle.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => handle.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => handle.push('o'),
            'œ' => handle.push_str("oe"),
            'ŕ' | 'ŗ' | 'ř' => handle.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => handle.push('s'),
            'ß' => handle.push_str("ss"),
            'ţ' | 'ť' | 'ŧ' | 'ț' => handle.push('t'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => handle.push('u'),
            'ý' | 'ÿ' => handle.push('y'),
            'ź' | 'ż' | 'ž' => handle.push('z'),
            // The accents of decomposed letters.
            '\u{300}'..='\u{36F}' => {}
            _ if handle.is_empty() || handle.ends_with('-') => {}
            _ => handle.push('-'),
        }
    }
    handle.truncate(LONGEST_HANDLE);
    let handle = handle.trim_end_matches('-');
    if handle.is_empty() { "me".to_owned() } else { handle.to_owned() }
}

/// Why the name of a file within a set is refused: a stranger's set may not reach outside the folder that it is
/// opened in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsafe {
    /// Nothing, or a part between two slashes is.
    Empty,
    /// It begins at the root of a disk, a share or a drive.
    Absolute,
    /// `.` or `..` is a part of it.
    Dots,
    /// A drive (`C:`), a scheme (`https:`) or a stream: a colon stands in it.
    Colon,
    /// A backslash or a control character stands in it.
    Character,
}

impl fmt::Display for Unsafe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a part of the name is empty",
            Self::Absolute => "the name is absolute",
            Self::Dots => "the name holds . or ..",
            Self::Colon => "the name holds a drive or a scheme",
            Self::Character => "the name holds a backslash or a control character",
        })
    }
}

/// Checks the name of a file within a set: relative, its parts joined by `/`.
///
/// # Errors
/// Why it is refused.
pub fn check_name_in_set(name: &str) -> Result<(), Unsafe> {
    if name.starts_with(['/', '\\']) {
        return Err(Unsafe::Absolute);
    }
    if name.contains(':') {
        return Err(Unsafe::Colon);
    }
    if name.contains(|c: char| c == '\\' || c.is_control()) {
        return Err(Unsafe::Character);
    }
    for part in name.split('/') {
        // Windows drops dots and blanks at the end of a name: "..." and ".. " may be ".." there.
        match part.trim_end_matches(['.', ' ']) {
            _ if part.is_empty() => return Err(Unsafe::Empty),
            "" => return Err(Unsafe::Dots),
            _ => {}
        }
    }
    Ok(())
}
