//! `vouch diff`: two versions of a release, and what has become of the claims on the old one.

mod json;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::say::{complain, visible};
use super::{Status, load, say};
use crate::annotation::{AnchorId, AnnotationSet};
use crate::assist::Language;
use crate::collection::{self, Opened, made_on};
use crate::document::{self, ByteSpan, Document};
use crate::exchange::counted;
use crate::files::Disk;
use crate::reading::Reading;
use crate::review::versions::{Change, ChangeKind, Fates, Piece, PieceKind, State, Version, Versions};

/// Compare two versions of a release: what has changed, and what has become of the claims on the old one
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vouch diff release.txt release-corrected.txt
  vouch diff release.txt release-corrected.txt --annotator anna --json

Words that are gone stand in [-…-], new ones in {+…+}. White space and the shapes of quotation marks and dashes make no \
difference. Nothing is written. Exit status 1: the versions differ.")]
pub(super) struct Args {
    /// The document as it was
    #[arg(value_name = "OLD-DOC")]
    old: PathBuf,
    /// The document as it is now
    #[arg(value_name = "NEW-DOC")]
    new: PathBuf,
    /// Whose claims are followed: a handle, or all
    #[arg(long, value_name = "HANDLE|all", default_value = "all")]
    annotator: String,
    /// The same as data: {"format": "vouch-diff", "version": 1, "old": {…}, "new": {…}, "changes": […], "lifted": […],
    /// "claims": […], "mentions": […]}
    #[arg(long)]
    json: bool,
}

/// A set on the old version, and what has become of its marks.
struct Followed<'a> {
    handle: &'a str,
    set: &'a AnnotationSet,
    fates: Fates,
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let (old, mut status) = opened(&args.old, reading)?;
    let (new, _) = opened(&args.new, reading)?;
    let (Some((old_document, old_structure)), Some((new_document, new_structure))) = (&old.document, &new.document)
    else {
        return Ok(Status::Failed);
    };
    let proposed = document::propose(old_document, old_structure);
    let mut named =
        old.sidecars.iter().filter_map(|sidecar| sidecar.read.as_ref().ok()?.set.header.document.about.as_ref());
    let language = named.find_map(|about| about.language.as_deref()).or(proposed.language.as_deref());
    let version = |document: &Document, structure: &document::Structure| Version {
        text: document.text.clone(),
        structure: Arc::new(structure.clone()),
    };
    let versions = Versions::compare(
        version(old_document, old_structure),
        version(new_document, new_structure),
        Language::of(language),
    );
    let is_asked = |handle: &str| args.annotator == "all" || args.annotator.eq_ignore_ascii_case(handle);
    let sets = old.sidecars.iter().filter(|sidecar| is_asked(&sidecar.handle)).filter_map(|sidecar| {
        let set = &sidecar.read.as_ref().ok()?.set;
        Some(Followed { handle: &sidecar.handle, set, fates: versions.fates(set, made_on(set, old_document)) })
    });
    let sets: Vec<Followed> = sets.collect();
    if sets.is_empty() && args.annotator != "all" {
        let handles: Vec<&str> = old.sidecars.iter().map(|sidecar| sidecar.handle.as_str()).collect();
        let there = if handles.is_empty() {
            "there are none".to_owned()
        } else {
            format!("there are those of {}", handles.join(", "))
        };
        return Err(format!("{}: no annotations by {}: {there}", args.old.display(), args.annotator));
    }
    let is_kept = |set: &Followed| set.fates.values().all(|fate| fate.state == State::Kept);
    if !versions.is_same() || !sets.iter().all(is_kept) {
        status = status.max(Status::Found);
    }
    say::print_with(|out| {
        if args.json {
            let data = json::data(&versions, old_document, new_document, &sets);
            serde_json::to_writer_pretty(&mut *out, &data)?;
            writeln!(out)
        } else {
            print_text(&versions, old_document, new_document, &sets, out)
        }
    })?;
    Ok(status)
}

/// A document with its sidecars; what is wrong with them is told.
fn opened(path: &Path, reading: &Reading) -> Result<(Opened, Status), String> {
    let beside = collection::scan_one(&Disk, path).map_err(|error| error.to_string())?;
    let opened = collection::open(&Disk, reading, beside);
    let status = load::complain_about(&Disk, &opened);
    if opened.document.is_none() && opened.told.is_empty() {
        complain(format!("{}: there is no such document: check the path", path.display()));
    }
    Ok((opened, status))
}

fn print_text(
    versions: &Versions,
    old: &Document,
    new: &Document,
    sets: &[Followed],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{} → {}", visible(&old.name), visible(&new.name))?;
    if versions.is_same() {
        let is_equal = old.text.as_str() == new.text.as_str();
        let words = if is_equal { "The texts are the same." } else { "The texts differ in typesetting only." };
        writeln!(out, "\n{words}")?;
    } else {
        writeln!(out, "\nChanges: {}", summary(&versions.changes))?;
    }
    for change in &versions.changes {
        writeln!(out, "\n{}", heading(change))?;
        writeln!(out, "  {}", marked(versions, &change.pieces, change.kind))?;
    }
    if !versions.lifted.is_empty() {
        writeln!(out, "\nNumbers and hedges: {}", versions.lifted.len())?;
    }
    for lifted in &versions.lifted {
        let words = |version: &Version, span: Option<ByteSpan>| {
            span.map_or_else(|| "–".to_owned(), |span| one_line(version.text.slice(span)))
        };
        let (was, is) = (words(versions.old(), lifted.old), words(versions.new_version(), lifted.new));
        writeln!(out, "\n{}: {was} → {is}", lifted.told.name())?;
        for (name, version, sentence) in
            [("old", versions.old(), lifted.old_sentence), ("new", versions.new_version(), lifted.new_sentence)]
        {
            let number = paragraph(version, sentence.start);
            writeln!(out, "  {name} ¶{number}  {}", one_line(version.text.slice(sentence)))?;
        }
    }
    for set in sets {
        print_claims(versions, set, out)?;
    }
    Ok(())
}

/// The claims of a set: those that need a decision first.
fn print_claims(versions: &Versions, set: &Followed, out: &mut dyn Write) -> io::Result<()> {
    let of = |state: State| {
        let fates = set.fates.iter().filter(move |(_, fate)| fate.state == state);
        let claims = fates.filter_map(|(id, fate)| if let AnchorId::Claim(id) = id { Some((id, fate)) } else { None });
        let mut claims: Vec<_> = claims.collect();
        claims.sort_by_key(|(id, fate)| (hull(&fate.old), *id));
        claims
    };
    let counts = State::ALL.iter().rev().map(|&state| (of(state).len(), state)).filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, state)| format!("{count} {}", state.name())).collect();
    let counts = if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
    writeln!(out, "\nClaims of {}: {counts}", visible(set.handle))?;
    for state in State::ALL {
        for (id, fate) in of(state) {
            let quote = set.set.claims.get(id).map(|claim| claim.anchor.quote_line()).unwrap_or_default();
            let number = |version: &Version, spans: &[ByteSpan]| {
                spans.first().map_or_else(|| "–".to_owned(), |span| format!("¶{}", paragraph(version, span.start)))
            };
            let (was, is) = (number(versions.old(), &fate.old), number(versions.new_version(), &fate.new));
            let note = if fate.is_sentence_other { "  its sentence is another" } else { "" };
            writeln!(out, "  {:9}  {}  {was} → {is}{note}", state.name(), visible(id.as_str()))?;
            match state {
                State::Changed => {
                    let pieces = versions.side_by_side(hull(&fate.old), hull(&fate.new));
                    writeln!(out, "             {}", marked(versions, &pieces, ChangeKind::Changed))?;
                }
                State::Ambiguous => {
                    writeln!(out, "             “{}”: {}", visible(&quote), counted(fate.candidates.len(), "place"))?;
                }
                _ => writeln!(out, "             “{}”", visible(&quote))?,
            }
        }
    }
    let others = set.fates.iter().filter(|(id, fate)| !matches!(id, AnchorId::Claim(_)) && fate.state != State::Kept);
    let others: Vec<String> = State::ALL
        .iter()
        .map(|state| (others.clone().filter(|(_, fate)| fate.state == *state).count(), state))
        .filter(|(count, _)| *count > 0)
        .map(|(count, state)| format!("{count} {}", state.name()))
        .collect();
    if !others.is_empty() {
        writeln!(out, "  and of mentions, cues and waived checks: {}", others.join(", "))?;
    }
    Ok(())
}

/// "2 paragraphs changed, 1 added".
fn summary(changes: &[Change]) -> String {
    let kinds = [ChangeKind::Changed, ChangeKind::Added, ChangeKind::Removed, ChangeKind::Moved];
    let counted = kinds.map(|kind| {
        let of_kind = changes.iter().filter(|change| change.kind == kind);
        (of_kind.map(|change| change.old.len().max(change.new.len())).sum::<usize>(), kind)
    });
    let counted = counted.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> =
        counted.map(|(count, kind)| format!("{} {}", counted_paragraphs(count), kind.name())).collect();
    words.join(", ")
}

fn counted_paragraphs(count: usize) -> String {
    counted(count, "paragraph")
}

/// "¶3 → ¶4 changed".
fn heading(change: &Change) -> String {
    let (old, new) = (numbers(&change.old), numbers(&change.new));
    match change.kind {
        ChangeKind::Added => format!("{new} added"),
        ChangeKind::Removed => format!("{old} removed"),
        kind => format!("{old} → {new} {}", kind.name()),
    }
}

/// "¶3", "¶3–5".
fn numbers(paragraphs: &std::ops::Range<usize>) -> String {
    if paragraphs.len() == 1 {
        format!("¶{}", paragraphs.start + 1)
    } else {
        format!("¶{}–{}", paragraphs.start + 1, paragraphs.end)
    }
}

/// The words, those that are gone in `[-…-]`, new ones in `{+…+}`; where all are new or gone, as they are.
fn marked(versions: &Versions, pieces: &[Piece], kind: ChangeKind) -> String {
    let mut line = String::new();
    for piece in pieces {
        if piece.is_apart && !line.is_empty() {
            line.push(' ');
        }
        let words = one_line(versions.words(piece));
        let (before, behind) = match piece.kind {
            PieceKind::Removed if kind != ChangeKind::Removed => ("[-", "-]"),
            PieceKind::Added if kind != ChangeKind::Added => ("{+", "+}"),
            _ => ("", ""),
        };
        line.extend([before, &words, behind]);
    }
    line
}

/// A quoted text on one line, with nothing in it that steers a terminal.
fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The number of the paragraph at a byte.
fn paragraph(version: &Version, byte: usize) -> usize {
    version.structure.paragraph_at(byte).map_or(0, |paragraph| paragraph.number)
}

fn hull(spans: &[ByteSpan]) -> ByteSpan {
    ByteSpan { start: spans.first().map_or(0, |span| span.start), end: spans.last().map_or(0, |span| span.end) }
}
