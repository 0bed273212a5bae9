//! The way in from other tools: a file's bytes and the document that they are about → a set, and what to tell.
//!
//! An import format is a file with an [`Importer`] in it and a line in [`IMPORTERS`]. It opens no file, knows no clock
//! and no randomness: the same file on the same document for the same annotator gives the same set, ids and all, so
//! that importing it twice adds nothing. Held by `tests/brat.rs`.

use std::fmt;

use thiserror::Error;

use super::brat;
use crate::annotation::{AnnotationSet, Annotator};
use crate::document::Document;

/// A set made from a foreign file.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The set, bound to the document and the annotator.
    pub set: AnnotationSet,
    /// What was lost, moved, or kept where only an export to the same format finds it, in the order of the lines.
    pub told: Vec<Told>,
    /// How the file was understood where there was a choice; nothing of it is a loss.
    pub notes: Vec<String>,
}

/// Something of a file that the analyst should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// Its line, from 1.
    pub line: usize,
    /// What became of it.
    pub what: String,
}

/// Why a file cannot be imported. Its `Display` says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Longer than is read.
    #[error("longer than {} MiB: divide it", .0 >> 20)]
    TooLarge(usize),
    /// More lines than are read.
    #[error("more than {0} lines: divide it")]
    TooManyLines(usize),
    /// A line longer than is read.
    #[error("line {line}: longer than {} MiB: shorten the marked passage or the note", most >> 20)]
    LongLine {
        /// From 1.
        line: usize,
        /// The longest that is read, in bytes.
        most: usize,
    },
    /// Not UTF-8.
    #[error("line {line}: this is no UTF-8: save the file as UTF-8")]
    NotText {
        /// From 1.
        line: usize,
    },
    /// Nothing in it is of this format.
    #[error("line {line}: this is no {format}: name the right --format")]
    NotThis {
        /// The first line that is not, from 1.
        line: usize,
        /// The format that was asked for.
        format: &'static str,
    },
}

/// An import format.
pub trait Importer: Sync {
    /// What it is called on the command line.
    fn name(&self) -> &'static str;

    /// The end of a file's name, after the dot.
    fn extension(&self) -> &'static str {
        self.name()
    }

    /// What it is called in a menu.
    fn title(&self) -> &'static str;

    /// Makes the set of `annotator` on `document` that `bytes` describe.
    ///
    /// # Errors
    /// It is not of this format, or more than is read. What is wrong with a part of it is told.
    fn read(&self, bytes: &[u8], document: &Document, annotator: &Annotator) -> Result<Imported, ImportError>;
}

/// Every import format.
pub static IMPORTERS: &[&dyn Importer] = &[&brat::Brat];

/// The import format of this name.
pub fn importer(name: &str) -> Option<&'static dyn Importer> {
    IMPORTERS.iter().copied().find(|importer| importer.name() == name)
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}
