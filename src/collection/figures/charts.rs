//! The figures, each from its counts.

use super::drawing::{Drawing, Fill, MARGIN, WIDTH};
use crate::annotation::{Codebook, Level, Rgb, Term, paper};
use crate::collection::statistics::{Confidence, OfSource, Statistics};

/// Rows of a picture at most: beyond, no picture is read, and a line says how many more there are.
pub(super) const MOST: usize = 60;
/// Height of a row.
pub(super) const ROW: f32 = 24.0;
/// Where what stands beside the names begins, and columns of a name.
pub(super) const LEFT: f32 = MARGIN + 256.0;
pub(super) const NAME: usize = 38;
/// Room for the figure at a row's end.
const END: f32 = 110.0;
/// Height of the bars over time.
const BARS: f32 = 280.0;

/// A piece of a bar.
pub(super) struct Piece {
    pub(super) says: String,
    pub(super) count: usize,
    pub(super) fill: Fill,
}

/// Sources × kinds.
pub(super) fn sources(statistics: &Statistics, codebook: &Codebook) -> String {
    let mut drawing = Drawing::new("Sources and kinds of claims", &in_all(statistics));
    let used = used(statistics);
    let right = WIDTH - MARGIN - 48.0;
    let column = ((right - LEFT) / used.len().max(1) as f32).min(64.0);
    let middle = |at: usize| LEFT + column * (at as f32 + 0.5);
    for (at, (_, kind)) in used.iter().enumerate() {
        tile(&mut drawing, codebook, kind, middle(at) - 7.5);
    }
    drawing.words("end strong", WIDTH - MARGIN, drawing.y + 12.0, "all");
    drawing.y += 24.0;
    let most = statistics.sources.iter().flat_map(|source| &source.by_kind).max().copied().unwrap_or(1).max(1);
    for source in statistics.sources.iter().take(MOST) {
        let line = drawing.y + 15.0;
        let name = named(source);
        drawing.name(if source.name.is_empty() { "dim" } else { "" }, MARGIN, line, name, NAME);
        for (at, (place, kind)) in used.iter().enumerate() {
            let count = source.by_kind.get(*place).copied().unwrap_or_default();
            if count == 0 {
                continue;
            }
            let share = 0.18 + 0.4 * (count as f32 / most as f32).sqrt();
            let look = codebook.look(Some(kind).filter(|kind| !kind.is_empty()).copied());
            let fill = Fill::Colour(mixed(paper().light, look.colours.light, share));
            let cell = [middle(at) - column / 2.0 + 1.0, drawing.y, column - 2.0, ROW - 2.0];
            drawing.rect(cell, fill, &format!("{name}, {}: {count}", look.label));
            drawing.words("middle", middle(at), line, &count.to_string());
        }
        drawing.words("end strong", WIDTH - MARGIN, line, &source.claims.to_string());
        drawing.y += ROW;
    }
    more(&mut drawing, statistics.sources.len(), "sources");
    legend(&mut drawing, codebook, &used);
    drawing.finish()
}

/// How each source's claims were judged on an axis: a bar for each scale, for terms of two are never counted together.
pub(super) fn confidence(statistics: &Statistics, codebook: &Codebook, axis: &str) -> String {
    let title = codebook.axis_in_use(axis).map_or(axis, |axis| axis.label.as_str());
    let mut drawing = Drawing::new(&format!("{}, by source", upper(title)), &in_all(statistics));
    let rows = statistics.on_axis(axis);
    let most = rows.iter().map(|(source, _)| source.claims).max().unwrap_or(1);
    for (source, own) in rows.iter().take(MOST) {
        bar(&mut drawing, named(source), &source.claims.to_string(), &judged(codebook, axis, source, *own), most, true);
    }
    more(&mut drawing, rows.len(), "sources");
    levels(&mut drawing, codebook, axis);
    drawing.finish()
}

/// Which terms of the scale in use stand for each shade.
fn levels(drawing: &mut Drawing, codebook: &Codebook, axis: &str) {
    let terms = || codebook.axis_in_use(axis).into_iter().flat_map(|axis| &axis.terms);
    let of = |level| terms().filter(move |term| shade(term) == level).map(|term| term.label.as_str());
    drawing.y += 12.0;
    for class in ["high", "moderate", "low", "apart"] {
        let labels: Vec<&str> = of(class).chain((class == "apart").then_some("not judged")).collect();
        if labels.is_empty() {
            continue;
        }
        let words = labels.join(", ");
        drawing.rect([MARGIN, drawing.y, 15.0, 15.0], Fill::Class(class), &words);
        drawing.name("", MARGIN + 22.0, drawing.y + 12.0, &words, 120);
        drawing.y += 20.0;
    }
}

/// The class of a term: how strong it is, or that it stands apart.
fn shade(term: &Term) -> &'static str {
    match term.level {
        Level::High => "high",
        Level::Moderate => "moderate",
        Level::Low => "low",
        _ => "apart",
    }
}

/// The terms of a bar in the order of their scale, then what stands apart.
fn judged(codebook: &Codebook, axis: &str, source: &OfSource, own: Option<&Confidence>) -> Vec<Piece> {
    let apart = Fill::Class("apart");
    let Some(own) = own else {
        return vec![Piece { says: "not judged".to_owned(), count: source.claims, fill: apart }];
    };
    let known = codebook.scales.axis(&own.scale, axis);
    let chosen = own.counts().filter(|(_, count)| *count > 0);
    let pieces = chosen.map(|(term, count)| {
        let found = known.and_then(|axis| axis.terms.iter().find(|known| known.key == term));
        let says = found.map_or(term, |found| found.label.as_str()).to_owned();
        Piece { says, count, fill: found.map_or(apart, |term| Fill::Class(shade(term))) }
    });
    let rest = Piece { says: "not judged".to_owned(), count: own.unassessed, fill: apart };
    pieces.chain((own.unassessed > 0).then_some(rest)).collect()
}

/// Claims by the month of their release, kinds above each other.
pub(super) fn time(statistics: &Statistics, codebook: &Codebook) -> String {
    let undated = match statistics.undated {
        0 => String::new(),
        undated => format!("; {undated} of them in releases without a date"),
    };
    let below = format!("{}{undated}", in_all(statistics));
    let mut drawing = Drawing::new("Claims by the month of their release", &below);
    let (months, used) = (statistics.by_month(), used(statistics));
    let most = months.iter().map(|(_, counts)| counts.iter().sum::<usize>()).max().unwrap_or_default().max(1);
    let (left, top) = (MARGIN + 40.0, drawing.y);
    let foot = top + BARS;
    let step = tick(most);
    for value in (0..=most).step_by(step) {
        let y = foot - value as f32 / most as f32 * BARS;
        drawing.line(left, WIDTH - MARGIN, y);
        drawing.words("small dim end", left - 8.0, y + 4.0, &value.to_string());
    }
    let column = ((WIDTH - MARGIN - left) / months.len().max(1) as f32).min(72.0);
    // A name wants 52 pixels: where bars are narrower, every second or tenth has one.
    let every = (52.0 / column).ceil().max(1.0) as usize;
    for (at, (month, counts)) in months.iter().enumerate() {
        let x = left + column * at as f32;
        let mut y = foot;
        for (place, kind) in &used {
            let count = counts.get(*place).copied().unwrap_or_default();
            if count == 0 {
                continue;
            }
            let height = count as f32 / most as f32 * BARS;
            y -= height;
            let look = codebook.look(Some(*kind).filter(|kind| !kind.is_empty()));
            let piece = [x + column * 0.12, y, (column * 0.76).max(0.5), height];
            drawing.rect(piece, Fill::Colour(look.colours.light), &format!("{month}, {}: {count}", look.label));
        }
        if at % every == 0 {
            drawing.words("small dim middle", x + column / 2.0, foot + 16.0, month);
        }
    }
    drawing.y = foot + 36.0;
    legend(&mut drawing, codebook, &used);
    drawing.finish()
}

/// How much of each document is in claims.
pub(super) fn coverage(statistics: &Statistics) -> String {
    let below = "Share of the text that is in a claim; in brackets the paragraphs";
    let mut drawing = Drawing::new("Coverage of each document", below);
    for own in statistics.coverage.iter().take(MOST) {
        let share = (own.code_points > 0).then(|| own.code_points_in_claims * 100 / own.code_points);
        let end = match share {
            Some(share) => format!("{share} % ({} of {})", own.paragraphs_in_claims, own.paragraphs),
            None => "text not at hand".to_owned(),
        };
        let claims = format!("{} {}", own.claims, if own.claims == 1 { "claim" } else { "claims" });
        let piece = Piece { says: claims, count: own.code_points_in_claims, fill: Fill::Class("high") };
        bar(&mut drawing, &own.document, &end, &[piece], own.code_points.max(1), false);
    }
    more(&mut drawing, statistics.coverage.len(), "documents");
    drawing.finish()
}

/// A name, a bar of pieces, and what stands at its end.
pub(super) fn bar(drawing: &mut Drawing, name: &str, end: &str, pieces: &[Piece], most: usize, has_words: bool) {
    let (top, line) = (drawing.y, drawing.y + 15.0);
    let room = WIDTH - MARGIN - END - LEFT;
    drawing.name("", MARGIN, line, name, NAME);
    drawing.rect([LEFT, top, room, ROW - 4.0], Fill::Class("track"), name);
    let mut x = LEFT;
    for piece in pieces {
        let width = piece.count as f32 / most.max(1) as f32 * room;
        let says = format!("{name}, {}: {}", piece.says, piece.count);
        drawing.rect([x, top, (width - 1.0).max(0.5), ROW - 4.0], piece.fill, &says);
        let words = format!("{} {}", piece.count, piece.says);
        // About as wide as the words are at this size; the figure alone where they do not fit.
        let takes = |words: &str| words.chars().count() as f32 * 6.4 + 6.0;
        if has_words && takes(&words) <= width {
            drawing.words("small middle", x + width / 2.0, line, &words);
        } else if has_words && takes(&piece.count.to_string()) <= width {
            drawing.words("small middle", x + width / 2.0, line, &piece.count.to_string());
        }
        x += width;
    }
    drawing.words("small dim end", WIDTH - MARGIN, line, end);
    drawing.y += ROW;
}

/// A kind's letter on its colour.
pub(super) fn tile(drawing: &mut Drawing, codebook: &Codebook, kind: &str, x: f32) {
    let look = codebook.look(Some(kind).filter(|kind| !kind.is_empty()));
    drawing.rect([x, drawing.y, 15.0, 15.0], Fill::Colour(look.colours.light), look.label);
    drawing.words("letter", x + 7.5, drawing.y + 11.5, look.letter);
}

/// The kinds that are used, in the order of the codebook.
fn legend(drawing: &mut Drawing, codebook: &Codebook, used: &[(usize, &str)]) {
    const WIDE: f32 = 142.0;
    drawing.y += 12.0;
    let mut x = MARGIN;
    for (_, kind) in used {
        if x + WIDE > WIDTH - MARGIN {
            x = MARGIN;
            drawing.y += 22.0;
        }
        tile(drawing, codebook, kind, x);
        let label = codebook.look(Some(*kind).filter(|kind| !kind.is_empty())).label;
        drawing.name("", x + 22.0, drawing.y + 12.0, label, 17);
        x += WIDE;
    }
    drawing.y += 15.0;
}

/// Says that there are more rows than are shown.
fn more(drawing: &mut Drawing, rows: usize, what: &str) {
    if rows > MOST {
        drawing.y += 6.0;
        let words = format!("and {} more {what}, which vouch stats lists", rows - MOST);
        drawing.words("dim", MARGIN, drawing.y + 12.0, &words);
        drawing.y += ROW;
    }
}

/// The kinds that a source has claims of, each with its place among all.
fn used(statistics: &Statistics) -> Vec<(usize, &str)> {
    let has = |place: usize| statistics.sources.iter().any(|source| source.by_kind.get(place).is_some_and(|n| *n > 0));
    statistics.kinds.iter().map(String::as_str).enumerate().filter(|(place, _)| has(*place)).collect()
}

fn named(source: &OfSource) -> &str {
    if source.name.is_empty() { "nobody named" } else { &source.name }
}

/// "53 claims in 3 of 4 documents, by anna, mart-k".
fn in_all(statistics: &Statistics) -> String {
    let totals = &statistics.totals;
    let by =
        if totals.annotators.is_empty() { String::new() } else { format!(", by {}", totals.annotators.join(", ")) };
    format!("{} claims in {} of {} documents{by}", totals.claims, totals.documents_with_claims, totals.documents)
}

/// The distance of lines that leaves at most six: 1, 2 or 5 times a power of ten.
fn tick(most: usize) -> usize {
    let steps = (0..18).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_usize.pow(power)));
    steps.into_iter().find(|step| most / step <= 6).unwrap_or(most)
}

pub(super) fn mixed(Rgb(under): Rgb, Rgb(over): Rgb, share: f32) -> Rgb {
    let mut of = under;
    for (under, over) in of.iter_mut().zip(over) {
        *under = (f32::from(*under) + (f32::from(over) - f32::from(*under)) * share).round() as u8;
    }
    Rgb(of)
}

/// With a capital first letter.
fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
