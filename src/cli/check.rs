//! `vouch check`: does every sidecar parse, does every anchor hold, what is incomplete.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::say::quoted_for_shell;
use super::{Status, load, say};
use crate::annotation::{Anchor, AnchorId, Codebook, Placement, anchors, merge};
use crate::assist::CHECKS;
use crate::collection::{InForce, Opened, Sidecar, conflict_copies, incomplete};
use crate::document::{ByteSpan, CodeSpan};
use crate::exchange::{Layer, counted};
use crate::files::{Disk, Files as _};
use crate::reading::Reading;
use crate::sidecar::names::sidecar_name;
use crate::sidecar::{self, MAX_BYTES, Read, print_field};

/// Check sidecars: does each parse, does every anchor hold, what is incomplete
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status 1: a sidecar or the codebook is damaged, an anchor is ambiguous or lost, a conflict waits, a synchroniser left a second version, or a document is \
not there. What \
has moved or is incomplete is listed, and is no fault. Which checks for completeness are made stands in the codebook \
(vouch codebook); what an annotator waived with a reason is counted, and not listed.")]
pub(super) struct Args {
    /// Documents, sidecars, files of sets, or folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The same as data: {"format": "vouch-check", "version": 1, "codebook": [what is wrong with it], "sidecars": […]}
    #[arg(long)]
    json: bool,
}

/// What was found out about one sidecar.
struct Checked {
    sidecar: PathBuf,
    document: String,
    annotator: String,
    claims: usize,
    /// How many anchors there are, and how many are where the set says.
    anchors: (usize, usize),
    findings: Vec<Finding>,
    /// How many findings of checks for completeness were waived, and are not among the findings.
    waived: usize,
}

/// Something found in a sidecar.
#[derive(Default)]
struct Finding {
    /// `unreadable`, `damaged`, `read-only`, `unsaved`, `conflict`, `conflict-copy`, `no-document`, `moved`, `ambiguous`, `lost`, or the name of a
    /// check for completeness.
    what: String,
    /// Whether something is wrong, and not merely incomplete.
    is_fault: bool,
    /// The item that it is about.
    on: Option<String>,
    /// Line and column in the sidecar.
    line: Option<(usize, usize)>,
    /// The paragraph in the document.
    paragraph: Option<usize>,
    /// In words.
    words: String,
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let InForce { codebook, warnings, .. } = load::codebook(&Disk, &args.paths)?;
    for check in codebook.checks.iter().filter(|check| !CHECKS.iter().any(|known| known.name == **check)) {
        let known: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        say::complain(format!("codebook: no check is named “{check}”: left out; there are {}", known.join(", ")));
    }
    let named = load::find(&Disk, &args.paths);
    let mut status = if named.is_short { Status::Failed } else { Status::Done };
    let mut all = Vec::new();
    for (name, opened) in named.open(&Disk, reading) {
        opened.told.iter().for_each(say::complain);
        all.extend(checked(&name, &opened, &codebook));
    }
    if all.is_empty() && status == Status::Failed && !args.json {
        // What went wrong is told; to add that nothing is wrong would belie it.
        return Ok(status);
    }
    if all.is_empty() && status == Status::Done {
        let path = args.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        return Err(format!("{path}: no sidecars: open it with vouch and mark a claim"));
    }
    if !warnings.is_empty() || all.iter().flat_map(|checked| &checked.findings).any(|finding| finding.is_fault) {
        status = status.max(Status::Found);
    }
    say::print_with(
        |out| {
            if args.json { print_json(&all, &warnings, out) } else { print_text(&all, warnings.len(), out) }
        },
    )?;
    Ok(status)
}

/// Checks the sidecars of a document.
fn checked(name: &str, opened: &Opened, codebook: &Codebook) -> Vec<Checked> {
    let release = opened.release(name);
    let mut layers = release.layers.iter();
    let check = |sidecar: &Sidecar| {
        let mut checked = Checked {
            sidecar: sidecar.path.clone(),
            document: name.to_owned(),
            annotator: sidecar.handle.clone(),
            claims: 0,
            anchors: (0, 0),
            findings: Vec::new(),
            waived: 0,
        };
        match &sidecar.read {
            Err(error) => {
                let place = format!("{}: ", sidecar.path.display());
                checked.fault("unreadable", error.strip_prefix(&place).unwrap_or(error));
            }
            Ok(read) => {
                checked.read(read);
                if let Some(unsaved) = load::unsaved(&Disk, &sidecar.path) {
                    checked.note("unsaved", unsaved);
                }
                checked.copies(&opened.beside.document, sidecar, read);
                if let Some(layer) = layers.next() {
                    checked.anchors(opened, layer);
                    checked.completeness(opened, layer, codebook);
                }
            }
        }
        checked
    };
    opened.sidecars.iter().map(check).collect()
}

impl Checked {
    fn fault(&mut self, what: &str, words: impl Into<String>) {
        let (what, words) = (what.to_owned(), words.into());
        self.findings.push(Finding { what, is_fault: true, words, ..Finding::default() });
    }

    fn note(&mut self, what: &str, words: impl Into<String>) {
        self.findings.push(Finding { what: what.to_owned(), words: words.into(), ..Finding::default() });
    }

    /// What reading the file had to say.
    fn read(&mut self, read: &Read) {
        self.claims = read.set.claims.len();
        for problem in &read.problems {
            self.findings.push(Finding {
                what: "damaged".to_owned(),
                is_fault: true,
                line: Some((problem.line, problem.column)),
                words: problem.what.clone(),
                ..Finding::default()
            });
        }
        if let Some(why) = &read.read_only {
            self.fault("read-only", why.to_string());
        }
        if read.theirs.is_some() {
            self.fault("conflict", "git left both sides of a merge in the file: open it with vouch and choose");
        }
        for conflict in read.set.conflicts.values() {
            let field = conflict.field.as_deref().unwrap_or("the whole item");
            self.findings.push(Finding {
                what: "conflict".to_owned(),
                is_fault: true,
                on: conflict.on.as_ref().map(ToString::to_string),
                words: format!("a merge could not settle {field}: open it with vouch and choose"),
                ..Finding::default()
            });
        }
    }

    /// Second versions that synchronisers laid beside the sidecar.
    fn copies(&mut self, document: &Path, sidecar: &Sidecar, read: &Read) {
        // A set out of a file of sets has no file of its own.
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        let own = sidecar_name(&name, &sidecar.handle);
        if sidecar.path.file_name().is_none_or(|name| !name.to_string_lossy().eq_ignore_ascii_case(&own)) {
            return;
        }
        // A folder that cannot be listed was told already.
        for copy in conflict_copies(&Disk, document, &sidecar.handle).unwrap_or_default() {
            let name = copy.file_name().unwrap_or_default().to_string_lossy();
            let other = Disk.read(&copy, MAX_BYTES as u64).ok().and_then(|bytes| sidecar::read(&bytes).ok());
            let brings_nothing = other.is_some_and(|other| {
                other.problems.is_empty() && merge(None, &read.set, &other.sides_merged(), &print_field).edit.is_empty()
            });
            let what_to_do = if brings_nothing {
                "all that it says is here: delete it".to_owned()
            } else {
                let [own, copy] = [&sidecar.path, &copy].map(|path| quoted_for_shell(&path.to_string_lossy()));
                format!("vouch merge {own} {copy}, then delete it")
            };
            self.fault(
                "conflict-copy",
                format!("{name} is a second version, as a synchroniser leaves it: {what_to_do}"),
            );
        }
    }

    /// Whether each anchor is where the set says.
    fn anchors(&mut self, opened: &Opened, layer: &Layer) {
        let Some((document, structure)) = &opened.document else {
            self.anchors.0 = anchors(&layer.set).count();
            return self
                .fault("no-document", "the document is not beside it, or cannot be read: no anchor was checked");
        };
        for (id, anchor) in anchors(&layer.set) {
            self.anchors.0 += 1;
            let Some(placement) = layer.placements.get(&id) else {
                self.anchors.1 += 1;
                continue;
            };
            let (what, words) = match placement {
                Placement::Exact(_) => continue,
                Placement::Moved(now) => {
                    let hull = ByteSpan::new(start_of(&now.spans), now.spans.last().map_or(0, |span| span.end));
                    let CodeSpan { start, end } = document.text.code_span_from_byte_span(hull);
                    let was = anchor.hull();
                    let sure = (now.sure * 100.0).round();
                    ("moved", format!("from {}–{} to {start}–{end}, {sure} % sure", was.start, was.end))
                }
                Placement::Ambiguous(places) => {
                    ("ambiguous", format!("it could be in {}", counted(places.len(), "place")))
                }
                Placement::Lost(why) => ("lost", why.to_string()),
            };
            let paragraph = placement.spans().and_then(|spans| structure.paragraph_at(start_of(spans)));
            self.findings.push(Finding {
                what: what.to_owned(),
                is_fault: placement.spans().is_none(),
                on: Some(item_of(&id)),
                paragraph: paragraph.map(|paragraph| paragraph.number),
                words: format!("{}: {words}", short(anchor)),
                ..Finding::default()
            });
        }
    }

    /// What the codebook's checks find.
    fn completeness(&mut self, opened: &Opened, layer: &Layer, codebook: &Codebook) {
        let Some((document, structure)) = &opened.document else { return };
        let report = incomplete(document, structure, layer, codebook);
        self.waived = report.waived.len();
        for finding in report.findings {
            let paragraph = finding.span.and_then(|span| structure.paragraph_at(span.start));
            self.findings.push(Finding {
                what: finding.check.to_owned(),
                on: finding.on.as_ref().map(ToString::to_string).filter(|id| !id.is_empty()),
                paragraph: paragraph.map(|paragraph| paragraph.number),
                words: finding.words,
                ..Finding::default()
            });
        }
    }
}

fn start_of(spans: &[ByteSpan]) -> usize {
    spans.first().map_or(0, |span| span.start)
}

/// The id of the item that an anchor is part of.
fn item_of(anchor: &AnchorId) -> String {
    match anchor {
        AnchorId::Claim(id) | AnchorId::Mention(id) | AnchorId::Cue(id, ..) | AnchorId::Dismissal(id) => id.to_string(),
    }
}

/// The words of an anchor on one line, long ones cut.
fn short(anchor: &Anchor) -> String {
    const MOST: usize = 60;
    let quote = anchor.quote_line();
    match quote.char_indices().nth(MOST) {
        Some((at, _)) => format!("“{}…”", quote.get(..at).unwrap_or_default()),
        None => format!("“{quote}”"),
    }
}

/// `in_codebook` is how much is wrong with the codebook, which is told already.
fn print_text(all: &[Checked], in_codebook: usize, out: &mut dyn Write) -> io::Result<()> {
    for Checked { sidecar, claims, anchors: (anchors, hold), findings, waived, .. } in all {
        let sidecar = say::visible(&sidecar.to_string_lossy());
        let waived = if *waived == 0 { String::new() } else { format!(", {waived} waived") };
        writeln!(out, "{sidecar}: {}, {hold} of {anchors} anchors hold{waived}", counted(*claims, "claim"))?;
        for Finding { what, on, line, paragraph, words, .. } in findings {
            let line = line.map(|(line, column)| format!("line {line}, column {column}"));
            let paragraph = paragraph.map(|number| format!("¶ {number}"));
            let parts: Vec<String> = [line, paragraph, on.clone(), Some(words.clone())].into_iter().flatten().collect();
            writeln!(out, "  {what:<20} {}", say::visible(&parts.join(": ")))?;
        }
    }
    let faults = all.iter().flat_map(|checked| &checked.findings).filter(|finding| finding.is_fault).count();
    let others = all.iter().map(|checked| checked.findings.len()).sum::<usize>() - faults;
    let codebook = if in_codebook == 0 { String::new() } else { format!(" ({in_codebook} in the codebook)") };
    let faults = match faults + in_codebook {
        0 => "nothing wrong".to_owned(),
        faults => format!("{faults} wrong{codebook}"),
    };
    let others = if others == 0 { String::new() } else { format!(", {others} to look at") };
    writeln!(out, "{}: {faults}{others}", counted(all.len(), "sidecar"))
}

fn print_json(all: &[Checked], codebook: &[String], out: &mut dyn Write) -> io::Result<()> {
    let sidecars: Value = all
        .iter()
        .map(|checked| {
            let findings = checked.findings.iter().map(|finding| {
                json!({
                    "what": finding.what,
                    "fault": finding.is_fault,
                    "on": finding.on,
                    "line": finding.line.map(|(line, _)| line),
                    "column": finding.line.map(|(_, column)| column),
                    "paragraph": finding.paragraph,
                    "words": finding.words,
                })
            });
            json!({
                "sidecar": checked.sidecar.to_string_lossy(),
                "document": checked.document,
                "annotator": checked.annotator,
                "claims": checked.claims,
                "anchors": checked.anchors.0,
                "exact": checked.anchors.1,
                "waived": checked.waived,
                "findings": findings.collect::<Vec<_>>(),
            })
        })
        .collect();
    let data = json!({"format": "vouch-check", "version": 1, "codebook": codebook, "sidecars": sidecars});
    serde_json::to_writer_pretty(&mut *out, &data)?;
    writeln!(out)
}
