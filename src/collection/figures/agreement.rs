//! Who agrees with whom, and which kinds are contested.

use super::charts::{LEFT, MOST, NAME, Piece, ROW, bar, mixed, tile};
use super::drawing::{Drawing, Fill, MARGIN, WIDTH};
use crate::annotation::{Codebook, Rgb, hues, paper};
use crate::review::agreement::{Agreement, Figure, figure};

/// What a cell that says all is shaded with; less agreement is lighter. The figures on it stay readable.
fn full() -> Rgb {
    let hue = hues().first().and_then(|list| list.hues.first()).map_or(paper().dark, |hue| hue.light);
    mixed(paper().light, hue, 0.6)
}

/// The matrix of annotators (overlap F₁ below the diagonal, κ of characters above), then a bar for each kind.
pub(super) fn agreement(annotators: &[String], agreement: &Agreement, codebook: &Codebook) -> String {
    let whole = &agreement.whole;
    let alpha = figure(&whole.figures, "character_alpha").map_or("–".to_owned(), said);
    let documents = match agreement.documents.len() {
        1 => "1 document".to_owned(),
        count => format!("{count} documents"),
    };
    let below = format!("{documents}; characters of all together, Krippendorff’s α: {alpha}");
    let mut drawing = Drawing::new("Who agrees with whom", &below);
    matrix(&mut drawing, annotators, agreement);
    kinds(&mut drawing, agreement, codebook);
    drawing.finish()
}

fn matrix(drawing: &mut Drawing, annotators: &[String], agreement: &Agreement) {
    let shown: Vec<usize> = agreement.whole.annotators.iter().copied().take(MOST).collect();
    let column = ((WIDTH - MARGIN - LEFT) / shown.len().max(1) as f32).min(96.0);
    let called = |at: usize| annotators.get(at).map_or("", String::as_str);
    // A column has room for so many letters of a name.
    let letters = (column / 7.5) as usize;
    for (at, annotator) in shown.iter().enumerate() {
        drawing.name("dim", LEFT + column * at as f32 + 2.0, drawing.y + 12.0, called(*annotator), letters.max(2));
    }
    drawing.y += 22.0;
    for (row, own) in shown.iter().enumerate() {
        drawing.name("", MARGIN, drawing.y + 15.0, called(*own), NAME);
        for (at, other) in shown.iter().enumerate().filter(|(at, _)| *at != row) {
            let is_pair = |a: usize, b: usize| (a, b) == (*own, *other) || (a, b) == (*other, *own);
            let Some(pair) = agreement.whole.pairs.iter().find(|pair| is_pair(pair.a, pair.b)) else { continue };
            let (name, what) =
                if at < row { ("overlap_f1", "overlap, F₁") } else { ("character_kappa", "characters, κ") };
            let Some(found) = figure(&pair.figures, name) else { continue };
            let x = LEFT + column * at as f32;
            let says = format!("{}, {}: {what} {}", called(*own), called(*other), said(found));
            let share = found.value.map_or(0.0, |value| value.clamp(0.0, 1.0) as f32);
            let fill = match found.value {
                Ok(_) => Fill::Colour(mixed(paper().light, full(), share)),
                Err(_) => Fill::Class("apart"),
            };
            drawing.rect([x + 1.0, drawing.y, column - 2.0, ROW - 2.0], fill, &says);
            let value = found.value.map_or_else(|_| "–".to_owned(), |value| format!("{value:.2}"));
            drawing.words("middle", x + column / 2.0, drawing.y + 15.0, &value);
        }
        drawing.y += ROW;
    }
    drawing.y += 4.0;
    let words = "Below the diagonal: overlap of claims, F₁. Above: characters, Cohen’s κ. – where it is not defined.";
    drawing.words("small dim", MARGIN, drawing.y + 12.0, words);
    drawing.y += ROW + 12.0;
}

/// Kinds from the most contested: of the claims of both, those that the two marked and gave this kind.
fn kinds(drawing: &mut Drawing, agreement: &Agreement, codebook: &Codebook) {
    let mut kinds: Vec<(f64, usize, &str)> = Vec::new();
    for (kind, _) in &agreement.whole.by_kind {
        let own = agreement.whole.pairs.iter().flat_map(|pair| &pair.by_kind).filter(|(own, _)| own == kind);
        let figures: Vec<&Figure> = own.filter_map(|(_, figures)| figure(figures, "overlap_f1")).collect();
        let all: usize = figures.iter().map(|figure| figure.n).sum();
        let agreed: f64 = figures.iter().map(|figure| figure.value.unwrap_or_default() * figure.n as f64).sum();
        if all > 0 {
            kinds.push((agreed / all as f64, all, kind));
        }
    }
    kinds.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.2.cmp(b.2)));
    drawing.words(
        "strong",
        MARGIN,
        drawing.y + 12.0,
        "Kinds, from the most contested (overlap, F₁; of how many claims)",
    );
    drawing.y += 22.0;
    for (share, all, kind) in kinds.iter().take(MOST) {
        let look = codebook.look(Some(*kind).filter(|kind| !kind.is_empty()));
        let agreed = (share * *all as f64).round() as usize;
        let fill = Fill::Colour(look.colours.light);
        let piece = Piece { says: format!("overlap, F₁ {share:.2}"), count: agreed, fill };
        tile(drawing, codebook, kind, LEFT - 22.0);
        bar(drawing, look.label, &format!("{share:.2} of {all}"), &[piece], *all, false);
    }
}

/// "0.71, between 0.66 and 0.75".
fn said(figure: &Figure) -> String {
    match (&figure.value, figure.interval) {
        (Ok(value), Some((low, high))) => format!("{value:.2}, between {low:.2} and {high:.2}"),
        (Ok(value), None) => format!("{value:.2}"),
        (Err(why), _) => format!("– ({why})"),
    }
}
