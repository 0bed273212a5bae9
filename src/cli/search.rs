//! `vouch search`: claims, or paragraphs, that a query finds over releases.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::load::{Named, NamedDocument};
use super::{Status, load, say};
use crate::annotation::Codebook;
use crate::collection::{self, In, Looked, Looking, Lying, Query, Sheet};
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
  vouch search releases --query 'in:text match:case /NATO|EU/'
  vouch search releases --saved promises

Words and \"phrases\" stand in any text of a claim; field:value asks one field: the columns of vouch export --format csv \
(kind, source, role, tag, status, reliability, credibility, likelihood, publisher, published, paragraph, …), text: (quote \
and statement) and the fields of the codebook. Ranges: published:2023-06..2023-09, paragraph:3.., credibility:1-2, \
reliability:A-C; terms by the order of their own scale, in which F and 6 have no place. has:source, is:unassessed; - leaves \
out, or and brackets join. /a pattern/ is a regular expression; match:word finds whole words, match:case makes capitals and accents count, which else \
do not matter. in:text looks in the paragraphs of all documents in the place of claims; in:quotes, in:statements, in:notes \
and in:sources keep words to these texts of claims.

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
    /// vouch export --format json has it, one in text with its paragraph and the ranges found in it, in code points
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let codebook = load::codebook(&Disk, &args.paths)?.codebook;
    let typed = typed(args, &codebook)?;
    let query = Query::parse(typed, &codebook).map_err(|error| format!("query: {error}"))?;
    let named = load::find(&Disk, &args.paths);
    let status = if named.is_short { Status::Failed } else { Status::Done };
    let printing = Printing { json: args.json, hits: 0, status };
    let asked = Asked { args, reading, typed, query: &query, codebook: &codebook };
    match query.looks_in() {
        In::Claims => in_claims(&asked, named, printing),
        In::Text => in_text(&asked, named, printing),
    }
}

/// What was asked for, and what it is read with.
struct Asked<'a> {
    args: &'a Args,
    reading: &'a Reading,
    /// The query as typed.
    typed: &'a str,
    query: &'a Query,
    codebook: &'a Codebook,
}

/// Nothing to look through: an error, but where what went wrong is told already.
fn nothing(args: &Args, status: Status, what: &str) -> Result<Status, String> {
    if status != Status::Done {
        return Ok(status);
    }
    let path = args.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    Err(format!("{path}: {what}"))
}

fn in_claims(asked: &Asked<'_>, named: Named, mut printing: Printing) -> Result<Status, String> {
    let Asked { args, reading, typed, query, codebook } = *asked;
    let opened = named.open(&Disk, reading);
    for (_, opened) in &opened {
        printing.status = printing.status.max(load::complain_about(&Disk, opened));
    }
    if opened.is_empty() {
        let what = "no annotations: open it with vouch and mark a claim, or look in:text";
        return nothing(args, printing.status, what);
    }
    let sheets = opened.iter().map(|(name, opened)| claims_of(&opened.release(name), codebook));
    query.check(codebook, sheets).map_err(|error| format!("query: {error}"))?;
    let whose = args.annotator.clone().map_or(Whose::All, Whose::One);
    let scope = Scope::of(whose);
    say::print_with(|out| {
        printing.begin(typed, In::Claims, out)?;
        for (name, opened) in &opened {
            claims(&opened.release(name), query, &scope, codebook, &mut printing, out)?;
        }
        printing.end(out)
    })?;
    Ok(printing.status)
}

/// What everybody claims in a release.
fn claims_of(release: &Release, codebook: &Codebook) -> Sheet {
    let (release, everybody) = (std::slice::from_ref(release), Scope::of(Whose::All));
    Sheet::of_claims(&Export::new(release, &everybody, codebook, &codebook.axis).claims, codebook)
}

fn in_text(asked: &Asked<'_>, named: Named, mut printing: Printing) -> Result<Status, String> {
    let Asked { args, reading, typed, query, codebook } = *asked;
    let documents = named.into_documents();
    if documents.is_empty() {
        return nothing(args, printing.status, "no documents: name a document or a folder that has some");
    }
    let read = |own: &NamedDocument| {
        let mut opened = collection::open(&Disk, reading, own.beside.clone());
        opened.sidecars.extend(own.in_files.iter().cloned());
        opened
    };
    let has_sets = |own: &NamedDocument| !(own.beside.sidecars.is_empty() && own.in_files.is_empty());
    let with_sets = documents.iter().filter(|own| has_sets(own));
    let sheets = with_sets.map(|own| claims_of(&read(own).release(&own.name), codebook));
    query.check(codebook, sheets).map_err(|error| format!("query: {error}"))?;
    let lying =
        documents.iter().map(|own| Lying { name: &own.name, document: &own.beside.document, has_sets: has_sets(own) });
    let lying: Vec<Lying<'_>> = lying.collect();
    let open = |at: usize| documents.get(at).map(read);
    let looking =
        Looking { files: &Disk, reading, query, codebook, with_head: args.json, is_wanted: &|| true, open: &open };
    say::print_with(|out| {
        printing.begin(typed, In::Text, out)?;
        let mut written = Ok(());
        looking.through(&lying, |at, looked| {
            let told = load::complain_of(&Disk, &looked.told, looked.is_unread, &looked.sidecars);
            printing.status = printing.status.max(told);
            let name = lying.get(at).map_or("", |lying| lying.name);
            written = passages(name, &looked, &mut printing, out);
            written.is_ok()
        });
        written?;
        printing.end(out)
    })?;
    Ok(printing.status)
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
    /// How it went so far.
    status: Status,
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

/// What was found in one document, and out with it: whoever waits sees it as it is found.
fn passages(name: &str, looked: &Looked, printing: &mut Printing, out: &mut dyn Write) -> io::Result<()> {
    for passage in &looked.passages {
        let line = || format!("{name}: ¶ {}: {}", passage.paragraph, one_line(&passage.quote));
        let data = || {
            let head = looked.head.as_ref();
            let about = head.map(|head| &head.about);
            let ranges = passage.found.iter().map(|span| json!([span.start, span.end]));
            json!({
                "document": name,
                "title": about.and_then(|about| about.title.as_ref()),
                "publisher": about.and_then(|about| about.publisher.as_ref()),
                "published": about.and_then(|about| about.published.as_ref()),
                "url": about.and_then(|about| about.url.as_ref()),
                "text_sha256": head.map(|head| &head.text_sha256),
                "start": passage.span.start,
                "end": passage.span.end,
                "paragraph": passage.paragraph,
                "quote": passage.quote,
                "found": ranges.collect::<Vec<_>>(),
            })
        };
        printing.hit(line, data, out)?;
    }
    if looked.passages.is_empty() { Ok(()) } else { out.flush() }
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
