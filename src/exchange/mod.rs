//! Tagged claims for whatever tool comes next, and what other tools have marked: one file per format, behind one trait
//! for each way.
//!
//! A format is a file with a [`Format`] in it and a line in [`FORMATS`]; window and command line find it there. What
//! is exported comes in as values ([`Release`], [`Scope`]), what goes out are bytes: this room opens no file, knows no
//! clock and no window. The way in is [`Importer`]. Held by `tests/exchange.rs`; `tests/readers` reads the results with other people's programs.

mod brat;
mod by_source;
mod claims;
mod columns;
mod csv;
mod html;
mod import;
mod json;
mod jsonl;
mod locate;
mod markdown;
mod marks;
mod provenance;
mod set;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, LazyLock};

use crate::annotation::{About, AnchorId, AnnotationSet, Claim, Codebook, Id, Placement};
use crate::document::{ByteSpan, Text};

pub use claims::{ClaimView, Judgement, Speaker, VoiceView};
pub use columns::{COLUMNS, Cell, Column, LIST};
pub use import::{IMPORTERS, ImportError, Imported, Importer, Told, importer};
pub use json::object;
pub use locate::Found;
pub use provenance::{Cited, cited, cited_in_text};
pub use words::{counted, later, quotation};

/// The handle of a set that a team has settled.
pub const AGREED: &str = "agreed";

/// A document with the sets that were made on it.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its file name, or its path below the exported folder, with `/`.
    pub name: String,
    /// The canonical text; `None` where only the sidecar was found.
    pub text: Option<Text>,
    /// SHA-256 of the text that exported positions refer to; empty where nobody knows it.
    pub text_sha256: String,
    /// Paragraphs of the text, in order; the first is number 1. Blank lines belong to the paragraph before them.
    pub paragraphs: Vec<ByteSpan>,
    /// The annotators' sets.
    pub layers: Vec<Layer>,
}

/// One annotator's work on a release.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The annotator's short name.
    pub handle: String,
    /// What the release says of itself: as this annotator has it, else as its text has it.
    pub about: About,
    /// The set.
    pub set: Arc<AnnotationSet>,
    /// Where its anchors are in the release's text; those that are missing here are where the set says.
    pub placements: BTreeMap<AnchorId, Placement>,
}

/// Which claims are exported.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Whose.
    pub whose: Whose,
    /// Only these claims; `None`: all.
    pub claims: Option<BTreeSet<Id>>,
    /// Only these kinds, by their word in the codebook; empty: all.
    pub kinds: Vec<String>,
    /// Judgements that were replaced are exported too.
    pub history: bool,
}

/// Whose claims are exported, decided for each release apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The agreed set if there is one, else the set of this handle, else all.
    Settled(String),
    /// Every annotator's.
    All,
    /// Those of one handle.
    One(String),
}

impl Scope {
    /// Every claim of whom is asked for, with the judgements in force.
    pub fn of(whose: Whose) -> Self {
        Self { whose, claims: None, kinds: Vec::new(), history: false }
    }

    /// The layers of `release` that are exported.
    pub fn layers<'a>(&self, release: &'a Release) -> Vec<&'a Layer> {
        let of = |handle: &str| -> Vec<&'a Layer> {
            release.layers.iter().filter(|layer| layer.handle.eq_ignore_ascii_case(handle)).collect()
        };
        match &self.whose {
            Whose::All => release.layers.iter().collect(),
            Whose::One(handle) => of(handle),
            Whose::Settled(me) => [of(AGREED), of(me), release.layers.iter().collect()]
                .into_iter()
                .find(|layers| !layers.is_empty())
                .unwrap_or_default(),
        }
    }

    /// Whether no claim is left out.
    fn is_everything(&self) -> bool {
        self.claims.is_none() && self.kinds.is_empty()
    }

    fn takes(&self, id: &Id, claim: &Claim) -> bool {
        let kind = claim.kind.as_deref();
        self.claims.as_ref().is_none_or(|claims| claims.contains(id))
            && (self.kinds.is_empty() || self.kinds.iter().any(|chosen| kind == Some(chosen)))
    }
}

impl Release {
    /// What it says of itself, as the first annotator has it.
    pub fn about(&self) -> &About {
        static NOTHING: LazyLock<About> = LazyLock::new(About::default);
        self.layers.first().map_or(&NOTHING, |layer| &layer.about)
    }

    /// Its title, else its file name.
    pub fn title(&self) -> &str {
        self.about().title.as_deref().unwrap_or(&self.name)
    }

    /// The number of the paragraph at a code point.
    fn paragraph(&self, code: usize) -> Option<usize> {
        let byte = self.text.as_ref()?.byte_from_code(code)?;
        let number = self.paragraphs.partition_point(|paragraph| paragraph.start <= byte);
        (number > 0).then_some(number)
    }
}

/// What a format is given: the releases, and their claims in the order of the releases, the layers and the text.
#[derive(Debug)]
pub struct Export<'a> {
    /// The releases, those without a claim too.
    pub releases: &'a [Release],
    /// What was asked for.
    pub scope: &'a Scope,
    /// Words, colours and scales.
    pub codebook: &'a Codebook,
    /// The axis whose judgements decide on the line styles of marks.
    pub axis: &'a str,
    /// The claims in scope.
    pub claims: Vec<ClaimView<'a>>,
}

/// What an export held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many claims were written.
    pub claims: usize,
    /// How many of them were not found where the set has them, and not surely elsewhere: their positions are empty.
    pub unplaced: usize,
}

/// An export format.
pub trait Format: Sync {
    /// What it is called on the command line.
    fn name(&self) -> &'static str;

    /// The end of a file's name, after the dot.
    fn extension(&self) -> &'static str {
        self.name()
    }

    /// What it is called in a menu.
    fn title(&self) -> &'static str;

    /// Whether a file of it holds one annotator's set of one document, so that several go to several files.
    fn is_for_one_set(&self) -> bool {
        false
    }

    /// Writes the claims, in one pass.
    ///
    /// # Errors
    /// Those of `out`.
    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// Every format, in the order of menus.
pub static FORMATS: &[&dyn Format] = &[
    &csv::Csv,
    &json::Json,
    &jsonl::JsonLines,
    &markdown::Markdown,
    &provenance::Footnotes,
    &html::Html,
    &brat::Brat,
    &set::Set,
];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

impl<'a> Export<'a> {
    /// Gathers the claims of `releases` that are in scope. Costs by their number times its logarithm.
    pub fn new(releases: &'a [Release], scope: &'a Scope, codebook: &'a Codebook, axis: &'a str) -> Self {
        Self { releases, scope, codebook, axis, claims: claims::in_scope(releases, scope) }
    }

    /// What it holds.
    pub fn report(&self) -> Report {
        let unplaced = self.claims.iter().filter(|claim| claim.spans.is_empty()).count();
        Report { claims: self.claims.len(), unplaced }
    }
}
