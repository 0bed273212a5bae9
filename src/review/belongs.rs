//! Which document a set belongs to that does not lie beside it.
//!
//! By the hash of the text, then of the file, then by name: git's line ends change a file's hash and not its text, and
//! a renamed document keeps both. Held by `tests/threads.rs`.

use crate::annotation::DocumentRef;
use crate::document::Document;

/// What is known of a document that a set may belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// File name, without a folder.
    pub name: String,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
    /// SHA-256 of the canonical text.
    pub text_sha256: String,
}

impl Known {
    /// Of a document that was read.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self {
            name: document.name.clone(),
            sha256: document.sha256().to_owned(),
            text_sha256: document.text_sha256().to_owned(),
        }
    }
}

/// The place among `documents` of the one that a set made on `made_on` belongs to; `None`: it is none of them. Of
/// several with the same text, or the same file, the one of the same name.
#[must_use]
pub fn belongs<'a>(made_on: &DocumentRef, documents: impl Iterator<Item = &'a Known> + Clone) -> Option<usize> {
    let text = made_on.text.as_ref().map(|text| text.sha256.as_str());
    let rank = |known: &Known| {
        let is_same_name = known.name == made_on.name;
        if text == Some(&known.text_sha256) {
            Some((0, !is_same_name))
        } else if made_on.sha256.as_deref() == Some(&known.sha256) {
            Some((1, !is_same_name))
        } else {
            is_same_name.then_some((2, false))
        }
    };
    documents.enumerate().filter_map(|(at, known)| Some((rank(known)?, at))).min().map(|(_, at)| at)
}
