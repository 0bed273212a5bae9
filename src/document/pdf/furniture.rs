//! Running heads, running feet and page numbers: lines at the edges of pages that come again on others.
//!
//! Knows places on a page, not PDF. Held by `tests/document.rs`.

use std::collections::BTreeMap;

use super::lines::Line;

/// How many lines at each end of a page are looked at.
const EDGE: usize = 3;

/// Which lines of which page are furniture: for each page the indices of its lines. `pages` holds each page's height
/// and its upright lines near its upper and lower edge, from top to bottom.
pub(super) fn furniture(pages: &[(f32, Vec<Line>)]) -> Vec<Vec<usize>> {
    let mut seen: BTreeMap<(String, i32), Vec<usize>> = BTreeMap::new();
    let edges: Vec<Vec<(usize, String, i32)>> = pages.iter().map(|(height, lines)| edge(*height, lines)).collect();
    for (page, edge) in edges.iter().enumerate() {
        for (_, text, band) in edge {
            let pages = seen.entry((text.clone(), *band)).or_default();
            if pages.last() != Some(&page) {
                pages.push(page);
            }
        }
    }
    // Left and right pages have heads of their own; the first and the last often none.
    let enough = (pages.len() / 4).clamp(2, 4);
    let again = |text: &str, band: i32| {
        (band - 1..=band + 1).map(|band| seen.get(&(text.to_owned(), band)).map_or(0, Vec::len)).sum::<usize>()
            >= enough
    };
    let is_furniture =
        |(index, text, band): &(usize, String, i32)| (again(text, *band) || is_page_number(text)).then_some(*index);
    edges.iter().map(|edge| edge.iter().filter_map(is_furniture).collect()).collect()
}

/// The lines at the upper and the lower edge of a page: index, text without its figures, height in steps.
fn edge(height: f32, lines: &[Line]) -> Vec<(usize, String, i32)> {
    let len = lines.len();
    let near = |index: usize, line: &Line| {
        let upper = index < EDGE && line.y < 0.14 * height;
        let lower = index + EDGE >= len && line.y > 0.86 * height;
        upper || lower
    };
    let at = lines.iter().enumerate().filter(|(index, line)| near(*index, line));
    at.map(|(index, line)| (index, without_figures(&line.text()), (line.y / 8.0) as i32)).collect()
}

/// The text with every number as `#`, in lower case.
fn without_figures(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        if !letter.is_numeric() {
            plain.extend(letter.to_lowercase());
        } else if !plain.ends_with('#') {
            plain.push('#');
        }
    }
    plain
}

/// Whether a line says nothing but which page it is.
fn is_page_number(text: &str) -> bool {
    let words: String = text.split(|at: char| !at.is_alphanumeric() && at != '#').collect::<Vec<_>>().join(" ");
    matches!(words.trim(), "#" | "page #" | "page # of #" | "# of #" | "p #" | "seite #" | "seite # von #")
        || matches!(words.trim(), "page # sur #" | "página #" | "página # de #" | "strona #" | "стр #" | "more")
        || text.split('/').count() == 2 && words.trim() == "# #"
}
