//! `vouch stats`: what a shelf of releases holds, in numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{Status, load, say};
use crate::annotation::Codebook;
use crate::collection::{Confidence, Figure, OfSource, Statistics, statistics};
use crate::exchange::{Export, Release, Scope, Whose, counted};
use crate::files::{self, Disk};
use crate::reading::Reading;

/// Count claims: sources by kinds, confidence, claims over time, coverage of each document
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vouch stats releases
  vouch stats releases --annotator all --json
  vouch stats releases --figure sources --out sources.svg
  vouch stats releases --figure confidence --axis likelihood --out likelihood.png

Judgements are counted by the terms of each scale and never averaged; F, 6 and foreign terms stand apart. A claim that \
several say jointly counts for each of them, so that sources may add up to more than there are claims. Coverage is the \
share of a document's text and of its paragraphs that is in claims.")]
pub(super) struct Args {
    /// Documents, sidecars, files of sets, or folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Whose claims: a handle, or all. Not given: the agreed set if there is one, else mine, else all
    #[arg(long, value_name = "HANDLE|all")]
    annotator: Option<String>,
    /// The same as data: {"format": "vouch-stats", "version": 1, "totals": …, "sources": […], `over_time`: […],
    /// "`by_month"`: […], "undated": …, "coverage": […]}
    #[arg(long)]
    json: bool,
    /// A picture instead of tables, written to --out
    #[arg(long, value_enum, value_name = "NAME", requires = "out", conflicts_with = "json")]
    figure: Option<Name>,
    /// The axis whose terms the figure of confidence counts. Not given: the codebook's
    #[arg(long, value_name = "AXIS", requires = "figure")]
    axis: Option<String>,
    /// Where to write the figure: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", requires = "figure")]
    out: Option<PathBuf>,
}

/// The names of figures, as the command line takes them.
#[derive(Clone, Copy, Debug)]
struct Name(Figure);

impl clap::ValueEnum for Name {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Name; Figure::ALL.len()] = {
            let [a, b, c, d] = Figure::ALL;
            [Name(a), Name(b), Name(c), Name(d)]
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let codebook = load::codebook(&Disk, &args.paths)?.codebook;
    let named = load::find(&Disk, &args.paths);
    let whose = match args.annotator.as_deref() {
        Some("all") => Whose::All,
        Some(handle) => Whose::One(handle.to_owned()),
        None if named.says_whose => Whose::All,
        None => Whose::Settled(load::settings(&Disk).handle),
    };
    let mut status = if named.is_short { Status::Failed } else { Status::Done };
    let opened = named.open_all(&Disk, reading);
    for (_, opened) in &opened {
        status = status.max(load::complain_about(&Disk, opened));
    }
    if opened.is_empty() {
        let path = args.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        let why = format!("{path}: no documents: name a document or a folder that has some");
        return if status == Status::Done { Err(why) } else { Ok(status) };
    }
    let releases: Vec<Release> = opened.iter().map(|(name, opened)| opened.release(name)).collect();
    let scope = Scope::of(whose);
    let statistics = statistics(&Export::new(&releases, &scope, &codebook, &codebook.axis));
    if let (Some(Name(figure)), Some(path)) = (args.figure, &args.out) {
        draw(figure, path, &statistics, &codebook, args.axis.as_deref())?;
        return Ok(status);
    }
    say::print_with(|out| {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &data(&statistics))?;
            writeln!(out)
        } else {
            print(&statistics, out)
        }
    })?;
    Ok(status)
}

/// Writes a figure to a file.
fn draw(
    figure: Figure,
    path: &Path,
    statistics: &Statistics,
    codebook: &Codebook,
    axis: Option<&str>,
) -> Result<(), String> {
    let axis = axis.unwrap_or(&codebook.axis);
    if !codebook.in_use.iter().any(|own| own.axis == axis) {
        let known: Vec<&str> = codebook.in_use.iter().map(|own| own.axis.as_str()).collect();
        return Err(format!("--axis {axis}: the codebook has no such axis: name one of {}", known.join(", ")));
    }
    let bytes =
        figure.for_file(path, statistics, codebook, axis).map_err(|why| format!("{}: {why}", path.display()))?;
    files::replace(&Disk, path, &bytes).map_err(|error| error.to_string())
}

/// Widths of the columns of the printed tables.
const NAME: usize = 24;
const COUNT: usize = 10;

fn print(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    let Statistics { totals, kinds, sources, over_time, undated, coverage } = statistics;
    let annotators: Vec<String> = totals.annotators.iter().map(|handle| say::visible(handle)).collect();
    let by = if annotators.is_empty() { String::new() } else { format!("; by {}", annotators.join(", ")) };
    writeln!(
        out,
        "{} of {} in {} of {}; {} attributed, {} assessed{by}",
        counted(totals.claims, "claim"),
        counted(totals.sources, "source"),
        totals.documents_with_claims,
        counted(totals.documents, "document"),
        totals.attributed,
        totals.assessed,
    )?;
    // Kinds that no claim has would only make the tables wide.
    let used: Vec<usize> =
        (0..kinds.len()).filter(|&kind| sources.iter().any(|source| has(&source.by_kind, kind) > 0)).collect();
    let heads = |first: &str| -> String {
        let kinds = used.iter().filter_map(|&kind| kinds.get(kind));
        let kinds: String = kinds
            .map(|kind| format!(" {:>COUNT$}", cut(if kind.is_empty() { "no kind" } else { kind }, COUNT)))
            .collect();
        format!("{first:<NAME$} {:>5}{kinds}", "all")
    };
    let row = |name: &str, all: usize, by_kind: &[usize]| -> String {
        let kinds: String = used.iter().map(|&kind| format!(" {:>COUNT$}", has(by_kind, kind))).collect();
        format!("{:<NAME$} {all:>5}{kinds}", cut(name, NAME))
    };
    if !sources.is_empty() {
        writeln!(out, "\n{}", heads("source"))?;
    }
    for source in sources {
        writeln!(out, "{}", row(name_of(source), source.claims, &source.by_kind))?;
        for confidence in &source.confidence {
            writeln!(out, "  {}", judged(confidence))?;
        }
    }
    if !over_time.is_empty() {
        writeln!(out, "\n{}", heads("published"))?;
    }
    for (month, by_kind) in statistics.by_month() {
        if by_kind.iter().all(|count| *count == 0) {
            writeln!(out, "{}", row(&month, 0, &by_kind))?;
        }
        for day in over_time.iter().filter(|day| day.month() == month) {
            writeln!(out, "{}", row(&day.published, day.claims, &day.by_kind))?;
        }
    }
    if *undated > 0 {
        writeln!(out, "{:<NAME$} {undated:>5}", "without a date")?;
    }
    writeln!(out, "\n{:<NAME$} {:>5} {:>COUNT$} {:>COUNT$}", "document", "all", "text", "paragraphs")?;
    for document in coverage {
        let text = share(document.code_points_in_claims, document.code_points);
        let paragraphs = format!("{}/{}", document.paragraphs_in_claims, document.paragraphs);
        let name = cut(&document.document, NAME);
        writeln!(out, "{name:<NAME$} {:>5} {text:>COUNT$} {paragraphs:>COUNT$}", document.claims)?;
    }
    Ok(())
}

fn name_of(source: &OfSource) -> &str {
    if source.name.is_empty() { "no source" } else { &source.name }
}

/// "credibility (admiralty)  1: 2, 2: 5; outside the order 6: 1; not judged 2": the terms that were chosen.
fn judged(confidence: &Confidence) -> String {
    let list = |terms: &[(String, usize)]| {
        let chosen = terms.iter().filter(|(_, count)| *count > 0);
        chosen.map(|(term, count)| format!("{}: {count}", say::visible(term))).collect::<Vec<_>>().join(", ")
    };
    let Confidence { axis, scale, terms, outside_order, unknown, unassessed } = confidence;
    let head = say::visible(&format!("{axis} ({scale})"));
    let unjudged = if *unassessed > 0 { unassessed.to_string() } else { String::new() };
    let parts = [
        ("", list(terms)),
        ("outside the order ", list(outside_order)),
        ("not known here ", list(unknown)),
        ("not judged ", unjudged),
    ];
    let said = parts.into_iter().filter(|(_, what)| !what.is_empty()).map(|(name, what)| name.to_owned() + &what);
    format!("{head}  {}", said.collect::<Vec<_>>().join("; "))
}

fn has(counts: &[usize], at: usize) -> usize {
    counts.get(at).copied().unwrap_or_default()
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.0} %", part as f64 / whole as f64 * 100.0) }
}

/// The text in so many columns, control characters made visible.
fn cut(text: &str, most: usize) -> String {
    let text = say::visible(text);
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// The figures as data. `by_kind` has the kinds that are used there; "" is no kind. `name` is null for the claims that
/// nobody is named as saying, shares are from 0 to 1 and null where the document is not at hand.
fn data(statistics: &Statistics) -> Value {
    let Statistics { totals, kinds, sources, over_time, undated, coverage } = statistics;
    let by_kind = |counts: &[usize]| -> Value {
        let used = kinds.iter().zip(counts).filter(|(_, count)| **count > 0);
        used.map(|(kind, count)| (kind.clone(), Value::from(*count))).collect::<Map<_, _>>().into()
    };
    let counts = |counts: &BTreeMap<String, usize>| -> Value {
        counts.iter().map(|(word, count)| (word.clone(), Value::from(*count))).collect::<Map<_, _>>().into()
    };
    let terms = |terms: &[(String, usize)]| -> Value {
        terms.iter().map(|(term, count)| json!({"term": term, "claims": count})).collect()
    };
    let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
    json!({
        "format": "vouch-stats",
        "version": 1,
        "totals": {
            "documents": totals.documents,
            "documents_with_claims": totals.documents_with_claims,
            "claims": totals.claims,
            "attributed": totals.attributed,
            "assessed": totals.assessed,
            "sources": totals.sources,
            "annotators": totals.annotators,
            "statuses": counts(&totals.statuses),
            "relations": counts(&totals.relations),
        },
        "sources": sources.iter().map(|source| json!({
            "name": Some(&source.name).filter(|name| !name.is_empty()),
            "id": source.id.as_ref().map(ToString::to_string),
            "kind": source.kind,
            "claims": source.claims,
            "by_kind": by_kind(&source.by_kind),
            "confidence": source.confidence.iter().map(|own| json!({
                "axis": own.axis,
                "scale": own.scale,
                "terms": terms(&own.terms),
                "outside_order": terms(&own.outside_order),
                "unknown": terms(&own.unknown),
                "not_judged": own.unassessed,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "over_time": over_time.iter().map(|day| json!({
            "published": day.published,
            "documents": day.documents,
            "claims": day.claims,
            "by_kind": by_kind(&day.by_kind),
        })).collect::<Vec<_>>(),
        "by_month": statistics.by_month().iter().map(|(month, counts)| json!({
            "month": month,
            "claims": counts.iter().sum::<usize>(),
            "by_kind": by_kind(counts),
        })).collect::<Vec<_>>(),
        "undated": undated,
        "coverage": coverage.iter().map(|own| json!({
            "document": own.document,
            "claims": own.claims,
            "paragraphs": own.paragraphs,
            "paragraphs_in_claims": own.paragraphs_in_claims,
            "code_points": own.code_points,
            "code_points_in_claims": own.code_points_in_claims,
            "share": share(own.code_points_in_claims, own.code_points),
        })).collect::<Vec<_>>(),
    })
}
