//! brat's standoff (`.ann`), in and out: <https://brat.nlplab.org/standoff.html>.
//!
//! An attribution is an event whose roles are `Source`, `Cue` and `Content`, each once or several times (`Content2`), as
//! in `PolNeAR` (Newell et al., LREC 2018). What becomes what:
//!
//! | brat | here |
//! | --- | --- |
//! | a `Content` of an event | a claim; several contents of one event are several claims with the same voice |
//! | its `Source`s | mentions that speak jointly |
//! | its `Cue`s | cues of the voice |
//! | no `Source` | the source "unnamed"; with the attribute `Writer`, the writer of the release |
//! | an event as the `Content` of another | a further voice outside: "X says that Y had warned" |
//! | `Source` or `Content` in no event | a mention that speaks nothing, a claim not yet attributed |
//! | any other text-bound | a claim of that kind |
//! | attributes `Kind`, `Style`, `Status`, `Marking`; any other | these; a field of the claim |
//! | notes `AnnotatorNotes`, `Statement`, `Value`, `Time`, `Tags` | these of the claim |
//! | a relation between claims | a relation |
//! | a normalisation, an equivalence of mentions | one source |
//!
//! Two mentions are of one source where brat says so, or where both have the words of a name; "he" may be anybody, and
//! stays unresolved. All else (events without content, cues of no event, notes on sources …) is kept in the set's
//! `ext`, with brat's ids, and written back by an export: [`kept`]. Positions are code points of the canonical text; a
//! file that counted CRLF as two, or a byte order mark, is understood by its own words ([`anchors`]).
//!
//! Held by `tests/brat.rs`; `tests/readers` reads an export with another program.

mod anchors;
mod kept;
mod lines;
mod read;
mod sources;
mod write;

use std::io::{self, ErrorKind, Write};

use super::import::{ImportError, Imported, Importer};
use super::{Export, Format};
use crate::annotation::Annotator;
use crate::document::Document;

pub(super) struct Brat;

/// What an event role is called, and the type of its fillers.
const SOURCE: &str = "Source";
const CUE: &str = "Cue";
const CONTENT: &str = "Content";
/// The types of attributions.
const ATTRIBUTION: &str = "Attribution";
const WITHOUT_SOURCE: &str = "Attribution-no-source";
/// The attribute of an event whose speaker is the writer of the release.
const WRITER: &str = "Writer";
/// The note that every brat shows and edits.
const NOTES: &str = "AnnotatorNotes";
/// The value of a field that an attribute without a value gives.
const YES: &str = "yes";
/// What stands before a source's id in a normalisation.
const OURS: &str = "vouch:";
/// The note of a field that cannot be an attribute.
const FIELD: &str = "Field";
/// The kind of a source that is not named.
const UNNAMED: &str = "unnamed";

/// A role without the number that tells several of a kind apart: `Content` of `Content2`.
fn role(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

impl Importer for Brat {
    fn name(&self) -> &'static str {
        "brat"
    }

    fn extension(&self) -> &'static str {
        "ann"
    }

    fn title(&self) -> &'static str {
        "brat standoff"
    }

    fn read(&self, bytes: &[u8], document: &Document, annotator: &Annotator) -> Result<Imported, ImportError> {
        read::read(bytes, document, annotator)
    }
}

impl Format for Brat {
    fn name(&self) -> &'static str {
        "brat"
    }

    fn extension(&self) -> &'static str {
        "ann"
    }

    fn title(&self) -> &'static str {
        "brat standoff"
    }

    fn is_for_one_set(&self) -> bool {
        true
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut sets = export
            .releases
            .iter()
            .flat_map(|release| export.scope.layers(release).into_iter().map(move |layer| (release, layer)));
        match (sets.next(), sets.next()) {
            (None, _) => Ok(()),
            (Some((release, layer)), None) => match &release.text {
                Some(text) => out.write_all(write::write(export, release, layer, text).as_bytes()),
                None => Err(io::Error::new(
                    ErrorKind::NotFound,
                    format!(
                        "{}: the document is not there, and brat wants its words: put it beside its sidecar",
                        release.name
                    ),
                )),
            },
            (Some(_), Some(_)) => Err(io::Error::new(
                ErrorKind::InvalidInput,
                "brat has a file for each document and annotator: choose one of each, or vouch export --out FOLDER",
            )),
        }
    }
}
