//! Agreement for people: what a terminal shows.

use std::io::{self, Write};

use super::super::say;
use super::inputs::{Compared, Shelf, Work};
use crate::annotation::{Assessment, Id};
use crate::exchange::counted;
use crate::review::agreement::{Agreement, Axis, Drawn, Figure, Figures, Part, RESAMPLES, Two, figure};
use crate::review::{Facet, Pair, Verdict};

pub(super) fn print(shelf: &Shelf, compared: &Agreement, is_listed: bool, out: &mut dyn Write) -> io::Result<()> {
    let (drawn, rows) = compared.drawn;
    let is_one = drawn == Drawn::Paragraphs;
    let documents = shelf.compared().zip(&compared.documents);
    for (document, part) in documents {
        writeln!(out, "{}: {}", say::visible(&document.name), annotators(shelf, part))?;
        // Of one document the whole has the same figures, with their intervals.
        print_part(shelf, if is_one { &compared.whole } else { part }, out)?;
        for two in &part.pairs {
            if let Some(dense) = two.alignment.as_ref().map(|own| own.approximate).filter(|dense| *dense > 0) {
                let pair = format!("{} and {}", called(shelf, two.a), called(shelf, two.b));
                writeln!(
                    out,
                    "  {pair}: {dense} claims lie in heaps too dense for the best assignment: nearly the best"
                )?;
            }
            if is_listed {
                list(shelf, document, two, out)?;
            }
        }
        writeln!(out)?;
    }
    let alone = shelf.documents.len() - compared.documents.len();
    if alone > 0 {
        writeln!(out, "{} with one annotator only: nothing to compare\n", counted(alone, "document"))?;
    }
    if !is_one {
        writeln!(out, "all {}: {}", counted(compared.documents.len(), "document"), annotators(shelf, &compared.whole))?;
        print_part(shelf, &compared.whole, out)?;
    }
    print_kinds(&compared.whole, out)?;
    if rows > 1 {
        let what = if is_one { "paragraph" } else { "document" };
        writeln!(out, "[low to high]: where 95 % of {RESAMPLES} resamples of {} lie", counted(rows, what))?;
    }
    Ok(())
}

fn called(shelf: &Shelf, annotator: usize) -> String {
    say::visible(shelf.annotators.get(annotator).map_or("", String::as_str))
}

fn annotators(shelf: &Shelf, part: &Part) -> String {
    part.annotators.iter().map(|at| called(shelf, *at)).collect::<Vec<_>>().join(", ")
}

fn print_part(shelf: &Shelf, part: &Part, out: &mut dyn Write) -> io::Result<()> {
    print_figures(&part.figures, "  ", out)?;
    print_axes(&part.axes, "  ", out)?;
    for two in &part.pairs {
        let (a, b) = (called(shelf, two.a), called(shelf, two.b));
        let differs: Vec<String> = two.differs.iter().map(|(facet, n)| format!("{} {n}", word(facet))).collect();
        let differs = if differs.is_empty() { String::new() } else { format!("; differ in {}", differs.join(", ")) };
        writeln!(
            out,
            "  {a} and {b}: {} and {} claims, {} marked by both, {} alike{differs}",
            two.claims.0, two.claims.1, two.both, two.agreed
        )?;
        print_figures(&two.figures, "    ", out)?;
    }
    Ok(())
}

/// A line for each figure: its name, its value or why there is none, its interval, what it rests on.
fn print_figures(figures: &Figures, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    for (name, figure) in figures {
        let (label, of) = label(name);
        writeln!(out, "{indent}{label:<30} {}", said(figure, of))?;
    }
    Ok(())
}

fn said(figure: &Figure, of: &str) -> String {
    let value = match figure.value {
        Ok(value) => format!("{value:.3}"),
        Err(why) => return format!("–      {why}"),
    };
    let interval = figure.interval.map(|(low, high)| format!(" [{low:.3} to {high:.3}]")).unwrap_or_default();
    format!("{value}{interval}  n = {} {of}", figure.n)
}

/// What people call a figure, and what it counts.
fn label(name: &str) -> (&str, &str) {
    match name {
        "character_alpha" => ("characters, Krippendorff's α", "characters by annotators"),
        "token_alpha" => ("words, Krippendorff's α", "words by annotators"),
        "u_alpha" => ("units and kinds, uα", "characters by annotators"),
        "u_alpha_binary" => ("units, |uα", "characters by annotators"),
        "cu_alpha" => ("kinds of units, cuα", "characters by annotators"),
        "strict_precision" => ("same words, precision", "claims"),
        "strict_recall" => ("same words, recall", "claims"),
        "strict_f1" => ("same words, F₁", "claims"),
        "overlap_precision" => ("overlap, precision", "claims"),
        "overlap_recall" => ("overlap, recall", "claims"),
        "overlap_f1" => ("overlap, F₁", "claims"),
        "character_kappa" => ("characters, Cohen's κ", "characters"),
        "token_kappa" => ("words, Cohen's κ", "words"),
        "kind_kappa" => ("kind, Cohen's κ", "claims of both"),
        other => (other, ""),
    }
}

fn print_axes(axes: &[Axis], indent: &str, out: &mut dyn Write) -> io::Result<()> {
    for axis in axes {
        let left_out = [
            (axis.one_only, "judged by one only"),
            (axis.outside_order, "outside the order"),
            (axis.unknown, "of terms not known here"),
            (axis.other_scale, "on different scales"),
        ];
        let left_out: Vec<String> =
            left_out.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        let left_out = if left_out.is_empty() { String::new() } else { format!("; left out: {}", left_out.join(", ")) };
        let name = say::visible(&axis.axis);
        if axis.by_scale.is_empty() {
            writeln!(out, "{indent}{name}: no claim judged by both in the order of one scale{left_out}")?;
        }
        for (scale, figure) in &axis.by_scale {
            let head = format!("{name} ({}), ordinal α", say::visible(scale));
            writeln!(out, "{indent}{head:<30} {}{left_out}", said(figure, "claims of both"))?;
        }
    }
    Ok(())
}

/// The kinds, from the most contested.
fn print_kinds(whole: &Part, out: &mut dyn Write) -> io::Result<()> {
    if whole.by_kind.len() < 2 {
        return Ok(());
    }
    let value = |figures: &Figures| figure(figures, "character_alpha").and_then(|figure| figure.value.ok());
    let mut kinds: Vec<&(String, Figures)> = whole.by_kind.iter().collect();
    kinds.sort_by(|(a, of_a), (b, of_b)| {
        let (x, y) = (value(of_a).unwrap_or(f64::INFINITY), value(of_b).unwrap_or(f64::INFINITY));
        x.total_cmp(&y).then_with(|| a.cmp(b))
    });
    writeln!(out, "kinds, from the most contested: characters, Krippendorff's α")?;
    for (kind, figures) in kinds {
        let kind = if kind.is_empty() { "no kind".to_owned() } else { say::visible(kind) };
        if let Some(figure) = figure(figures, "character_alpha") {
            writeln!(out, "  {kind:<30} {}", said(figure, "characters by annotators"))?;
        }
    }
    writeln!(out)
}

/// The claims on which two differ, a line each in the order of the text.
fn list(shelf: &Shelf, document: &Compared, two: &Two, out: &mut dyn Write) -> io::Result<()> {
    let work = |annotator: usize| document.works.iter().find(|work| work.annotator == annotator);
    let (Some(a), Some(b), Some(alignment)) = (work(two.a), work(two.b), &two.alignment) else { return Ok(()) };
    for pair in alignment.pairs.iter().filter(|pair| pair.verdict != Verdict::Agree) {
        let paragraph = document.paragraphs.partition_point(|paragraph| paragraph.start <= pair.start);
        let what = match pair.verdict {
            Verdict::Agree | Verdict::Differ => {
                let facets: Vec<String> = pair.differs.iter().map(|facet| differs(facet, (a, b), pair)).collect();
                facets.join("; ")
            }
            Verdict::OnlyMine => format!("only {}", called(shelf, two.a)),
            Verdict::OnlyTheirs => format!("only {}", called(shelf, two.b)),
        };
        let quote = pair.mine.as_ref().map(|id| quote(document, a, id));
        let quote = quote.or_else(|| pair.theirs.as_ref().map(|id| self::quote(document, b, id))).unwrap_or_default();
        writeln!(out, "    ¶ {paragraph}: {quote}: {}", say::visible(&what))?;
    }
    Ok(())
}

/// "kind event / opinion".
fn differs(facet: &Facet, (a, b): (&Work, &Work), pair: &Pair) -> String {
    let of = |work: &Work, id: Option<&Id>| -> String {
        let Some((id, claim)) = id.and_then(|id| Some((id, work.set.claims.get(id)?))) else { return String::new() };
        let found = match facet {
            Facet::Span | Facet::Cue => None,
            Facet::Kind => claim.kind.clone(),
            Facet::Style => claim.style.clone(),
            Facet::Source => claim.is_attributed().then(|| {
                let chain = work.set.chain(claim).into_iter();
                let names =
                    chain.map(|names| if names.is_empty() { "the writer".to_owned() } else { names.join(", ") });
                names.collect::<Vec<_>>().join(" → ")
            }),
            Facet::Assessment(axis) => work.index.current(&work.set, id, axis).and_then(|(_, judged)| term(judged)),
        };
        found.unwrap_or_else(|| "–".to_owned())
    };
    match facet {
        Facet::Span | Facet::Cue => word(facet),
        _ => format!("{} {} / {}", word(facet), of(a, pair.mine.as_ref()), of(b, pair.theirs.as_ref())),
    }
}

fn term(judged: &Assessment) -> Option<String> {
    judged.term.clone().or_else(|| judged.value.map(|value| value.to_string()))
}

fn word(facet: &Facet) -> String {
    match facet {
        Facet::Span => "words".to_owned(),
        other => say::visible(&other.to_string()),
    }
}

/// The words of a claim on one line, long ones cut.
fn quote(document: &Compared, work: &Work, id: &Id) -> String {
    const MOST: usize = 60;
    let spans = work.places.claims.get(id).map(Vec::as_slice).unwrap_or_default();
    let parts: Vec<&str> = spans.iter().flat_map(|span| document.text.slice(*span).split_whitespace()).collect();
    let line = say::visible(&parts.join(" "));
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("“{}…”", line.get(..at).unwrap_or_default()),
        None => format!("“{line}”"),
    }
}
