//! One value from its RON text, within limits.
//!
//! Held by `tests/sidecar.rs`.

use ron::error::SpannedError;
use ron::extensions::Extensions;

use super::fault::offset_from_error;
use super::format_v1::{As, Value};
use super::{MAX_STRING, scan};

/// Why a value could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unread {
    /// Byte offset in the value's text.
    pub(super) at: usize,
    pub(super) what: String,
    /// A field stands twice in a record.
    pub(super) is_twice: bool,
}

/// Reads one value; what follows it is an error.
pub(super) fn value<T: Value>(text: &str) -> Result<T, Unread> {
    if text.len() > MAX_STRING && scan::longest_string(text) > MAX_STRING {
        return Err(Unread { at: 0, what: "a string longer than 1 MiB".to_owned(), is_twice: false });
    }
    value_of_any_length(text)
}

/// The same without a limit: for what this program wrote itself.
pub(super) fn value_of_any_length<T: Value>(text: &str) -> Result<T, Unread> {
    // Options are `value` in the file; `Some(value)` reads too.
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str::<As<T>>(text).map(|value| value.0).map_err(|error| unread(text, &error))
}

/// Whether the text is one value of RON.
pub(super) fn check(text: &str) -> Result<(), Unread> {
    ron::value::RawValue::from_ron(text).map(drop).map_err(|error| unread(text, &error))
}

fn unread(text: &str, error: &SpannedError) -> Unread {
    Unread {
        at: offset_from_error(text, error),
        what: error.code.to_string(),
        is_twice: matches!(error.code, ron::Error::DuplicateStructField { .. }),
    }
}

/// A value in which fields stand twice, read twice: with the first of each, and, where that differs, with the last.
pub(super) fn value_of_twins<T: Value + PartialEq>(text: &str) -> Result<(T, Option<T>), Unread> {
    let first: T = value(&scan::without_twins(text, scan::Keep::First))?;
    let last: T = value(&scan::without_twins(text, scan::Keep::Last))?;
    let differing = if last == first { None } else { Some(last) };
    Ok((first, differing))
}
