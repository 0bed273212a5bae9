//! `vouch search`: claims, or paragraphs, that a query finds over releases.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Status, load, say};
use crate::annotation::Codebook;
use crate::collection::{In, Query, Sheet};
use crate::exchange::{Export, Release, Scope, Whose, object};
use crate::files::Disk;
use crate::reading::Reading;

/// Find claims by a query, over releases and folders
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vouch search releases --query 'kind:commitment source:NATO credibility:1-2 published:2023.. -status:retracted'
  vouch search releases --query 'text:\"brigade\" (is:unassessed or -has:source)'
  vouch search releases --query 'in:text ceasefire publisher:NATO' --json
  vouch search releases --saved promises

Words and \"phrases\" stand in any text of a claim; field:value asks one field: the columns of vouch export --format csv \
(kind, source, role, tag, status, reliability, credibility, likelihood, publisher, published, paragraph, …), text: (quote \
and statement) and the fields of the codebook. Ranges: published:2023-06..2023-09, paragraph:3.., credibility:1-2, \
reliability:A-C; terms by the order of their own scale, in which F and 6 have no place. has:source, is:unassessed; - leaves \
out, or and brackets join. in:text looks in the paragraphs of all documents in the place of claims. Case and accents do \
not matter.

Exit status 0, also where nothing is found.")]
pub(super) struct Args {
    /// Documents, sidecars, files of sets, or folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// What to find
    #[arg(long, short, value_name = "QUERY", required_unless_present = "saved", allow_hyphen_values = true)]
    query: Option<String>,
    /// The query that the codebook keeps under this name
    #[arg(long, value_name = "NAME", conflicts_with = "query")]
    saved: Option<String>,
    /// Only claims of this annotator. Not given: everybody's
    #[arg(long, value_name = "HANDLE")]
    annotator: Option<String>,
    /// The same as data: {"format": "vouch-search", "version": 1, "query": …, "in": …, "hits": […]}, a hit in claims as
    /// vouch export --format json has it
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let codebook = load::codebook(&Disk, &args.paths)?.codebook;
    let typed = typed(args, &codebook)?;
    let query = Query::parse(typed, &codebook).map_err(|error| format!("query: {error}"))?;
    let named = load::find(&Disk, &args.paths);
    let mut status = if named.is_short { Status::Failed } else { Status::Done };
    let opened = match query.looks_in() {
        In::Claims => named.open(&Disk, reading),
        In::Text => named.open_all(&Disk, reading),
    };
    for (_, opened) in &opened {
        status = status.max(load::complain_about(&Disk, opened));
    }
    if opened.is_empty() && status != Status::Done {
        // What went wrong is told, and nothing was looked through.
        return Ok(status);
    }
    if opened.is_empty() {
        let path = args.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        let what = match query.looks_in() {
            In::Claims => "no annotations: open it with vouch and mark a claim, or look in:text",
            In::Text => "no documents: name a document or a folder that has some",
        };
        return Err(format!("{path}: {what}"));
    }
    let claims_of = |release: &Release| {
        let (release, everybody) = (std::slice::from_ref(release), Scope::of(Whose::All));
        Sheet::of_claims(&Export::new(release, &everybody, &codebook, &codebook.axis).claims, &codebook)
    };
    let sheets = opened.iter().map(|(name, opened)| claims_of(&opened.release(name)));
    query.check(&codebook, sheets).map_err(|error| format!("query: {error}"))?;
    let whose = args.annotator.clone().map_or(Whose::All, Whose::One);
    let scope = Scope::of(whose);
    let releases = opened.iter().map(|(name, opened)| opened.release(name));
    say::print_with(|out| {
        let mut printing = Printing { json: args.json, hits: 0 };
        printing.begin(typed, query.looks_in(), out)?;
        for release in releases {
            match query.looks_in() {
                In::Claims => claims(&release, &query, &scope, &codebook, &mut printing, out)?,
                In::Text => paragraphs(&release, &query, &codebook, &mut printing, out)?,
            }
        }
        printing.end(out)
    })?;
    Ok(status)
}

/// The query as typed, or as the codebook keeps it.
fn typed<'a>(args: &'a Args, codebook: &'a Codebook) -> Result<&'a str, String> {
    let Some(name) = &args.saved else { return Ok(args.query.as_deref().unwrap_or_default()) };
    codebook.query(name).map(|saved| saved.query.as_str()).ok_or_else(|| {
        let names: Vec<&str> = codebook.queries.iter().map(|saved| saved.name.as_str()).collect();
        match names.as_slice() {
            [] => format!("the codebook keeps no query “{name}”, nor any other: use --query"),
            names => format!("the codebook keeps no query “{name}”: it has {}", names.join(", ")),
        }
    })
}

/// Where the hits go, one after another.
struct Printing {
    json: bool,
    hits: usize,
}

impl Printing {
    fn begin(&self, query: &str, looks_in: In, out: &mut dyn Write) -> io::Result<()> {
        let place = if looks_in == In::Text { "text" } else { "claims" };
        if !self.json {
            return Ok(());
        }
        let query = Value::from(query);
        write!(out, r#"{{"format": "vouch-search", "version": 1, "query": {query}, "in": "{place}", "hits": ["#)
    }

    fn hit(
        &mut self,
        line: impl FnOnce() -> String,
        data: impl FnOnce() -> Value,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.hits += 1;
        if !self.json {
            return writeln!(out, "{}", say::visible(&line()));
        }
        out.write_all(if self.hits == 1 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(out, &data()).map_err(io::Error::from)
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.json { writeln!(out, "\n]}}") } else { Ok(()) }
    }
}

fn claims(
    release: &Release,
    query: &Query,
    scope: &Scope,
    codebook: &Codebook,
    printing: &mut Printing,
    out: &mut dyn Write,
) -> io::Result<()> {
    let export = Export::new(std::slice::from_ref(release), scope, codebook, &codebook.axis);
    let sheet = Sheet::of_claims(&export.claims, codebook);
    for row in query.rows(&sheet) {
        let Some(claim) = export.claims.get(row) else { continue };
        let line = || {
            let cell = |column| sheet.cell(row, column);
            let kind = if cell("kind").is_empty() { "no kind" } else { cell("kind") };
            let source = if cell("source").is_empty() { "no source" } else { cell("source") };
            let quote = one_line(cell("quote"));
            let place = place(&sheet, row);
            format!("{place}{}: {kind}: “{quote}” – {source} ({})", cell("claim_id"), cell("annotator"))
        };
        printing.hit(line, || object(claim), out)?;
    }
    Ok(())
}

fn paragraphs(
    release: &Release,
    query: &Query,
    codebook: &Codebook,
    printing: &mut Printing,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sheet = Sheet::of_text(release, codebook);
    for row in query.rows(&sheet) {
        let line = || format!("{}{}", place(&sheet, row), one_line(sheet.cell(row, "quote")));
        let data = || {
            let text = |column| Some(sheet.cell(row, column)).filter(|cell| !cell.is_empty());
            let number = |column| sheet.cell(row, column).parse::<usize>().ok();
            json!({
                "document": text("document"),
                "title": text("title"),
                "publisher": text("publisher"),
                "published": text("published"),
                "url": text("url"),
                "text_sha256": text("text_sha256"),
                "start": number("start"),
                "end": number("end"),
                "paragraph": number("paragraph"),
                "quote": text("quote"),
            })
        };
        printing.hit(line, data, out)?;
    }
    Ok(())
}

/// "release.txt: ¶ 6: ".
fn place(sheet: &Sheet, row: usize) -> String {
    let (document, paragraph) = (sheet.cell(row, "document"), sheet.cell(row, "paragraph"));
    let paragraph = if paragraph.is_empty() { String::new() } else { format!("¶ {paragraph}: ") };
    format!("{document}: {paragraph}")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
