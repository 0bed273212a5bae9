//! The figures of a shelf as pictures: SVG, and PNG painted from that very SVG, so that both show the same.
//!
//! Pure: counts and a codebook in, text or bytes out; no window, no clock. Names come from strangers: everything that is
//! written is escaped, and nothing in a picture is fetched. Text stays text, in the order in which it is spoken; names
//! that run from right to left are isolated (UAX #9), so that figures beside them stay where they belong. Held by
//! `tests/figures.rs`.

mod agreement;
mod charts;
mod drawing;
mod picture;

use std::path::Path;

use super::statistics::Statistics;
use crate::annotation::Codebook;
use crate::review::agreement::Agreement;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figure {
    /// Sources × kinds.
    #[default]
    Sources,
    /// How each source's claims were judged.
    Confidence,
    /// Claims by the month of the release.
    Time,
    /// How much of each document is in claims.
    Coverage,
}

impl Figure {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Sources, Self::Confidence, Self::Time, Self::Coverage];

    /// The word on the command line and in file names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Confidence => "confidence",
            Self::Time => "time",
            Self::Coverage => "coverage",
        }
    }

    /// The words on screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Sources => "Sources and kinds",
            Self::Confidence => "Confidence",
            Self::Time => "Over time",
            Self::Coverage => "Coverage",
        }
    }

    /// The figure as SVG; `axis` is the one whose terms [`Figure::Confidence`] counts.
    #[must_use]
    pub fn svg(self, statistics: &Statistics, codebook: &Codebook, axis: &str) -> String {
        match self {
            Self::Sources => charts::sources(statistics, codebook),
            Self::Confidence => charts::confidence(statistics, codebook, axis),
            Self::Time => charts::time(statistics, codebook),
            Self::Coverage => charts::coverage(statistics),
        }
    }

    /// The bytes of a file of this name: SVG or PNG, as its extension says.
    ///
    /// # Errors
    /// Says what to do where the name says neither, or where the picture cannot be painted.
    pub fn for_file(
        self,
        path: &Path,
        statistics: &Statistics,
        codebook: &Codebook,
        axis: &str,
    ) -> Result<Vec<u8>, String> {
        file(path, || self.svg(statistics, codebook, axis))
    }
}

/// The picture of agreement: who agrees with whom, and which kinds are contested. `annotators` are their names by their
/// places.
///
/// # Errors
/// As [`Figure::for_file`].
pub fn agreement_picture(
    path: &Path,
    annotators: &[String],
    agreement: &Agreement,
    codebook: &Codebook,
) -> Result<Vec<u8>, String> {
    file(path, || agreement::agreement(annotators, agreement, codebook))
}

/// The bytes of a picture for a file of this name.
fn file(path: &Path, svg: impl FnOnce() -> String) -> Result<Vec<u8>, String> {
    let is = |extension: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension));
    if is("svg") {
        Ok(svg().into_bytes())
    } else if is("png") {
        picture::png(&svg())
    } else {
        Err("this is the name of no picture: let it end in .svg or .png".to_owned())
    }
}
