//! The figures of a shelf as pictures: what stands in them, that names of strangers stay names, that PNG shows the same.

use std::path::Path;

use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::{Document, Node};
use vouch::annotation::Codebook;
use vouch::collection::{Confidence, Coverage, Figure, OfSource, OnDay, Statistics, Totals};

const EVENT: usize = 1;

/// A shelf with three sources and two kinds, by the codebook that comes with the program.
fn shelf(names: &[&str]) -> Statistics {
    let kinds: Vec<String> = Codebook::built_in().kinds.iter().map(|kind| kind.key.clone()).collect();
    let counts = |statistic, event| {
        let mut counts = vec![0; kinds.len()];
        (counts[0], counts[EVENT]) = (statistic, event);
        counts
    };
    let judged = |terms: &[(&str, usize)], outside: usize, unassessed| Confidence {
        axis: "credibility".to_owned(),
        scale: "admiralty".to_owned(),
        terms: terms.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect(),
        outside_order: vec![("6".to_owned(), outside)],
        unknown: Vec::new(),
        unassessed,
    };
    let source = |(at, name): (usize, &&str)| OfSource {
        name: (*name).to_owned(),
        claims: 12 - at.min(9),
        by_kind: counts(12 - at.min(9), usize::from(at == 1)),
        confidence: vec![judged(&[("1", 3), ("2", 0), ("4", 1)], 2, 5)],
        ..OfSource::default()
    };
    let day = |published: &str, counts: Vec<usize>| OnDay {
        published: published.to_owned(),
        documents: 1,
        claims: counts.iter().sum(),
        by_kind: counts,
    };
    let coverage = Coverage {
        document: "a & b.txt".to_owned(),
        claims: 1,
        paragraphs: 4,
        paragraphs_in_claims: 2,
        code_points: 200,
        code_points_in_claims: 50,
    };
    Statistics {
        totals: Totals { claims: 33, documents: 4, documents_with_claims: 3, ..Totals::default() },
        sources: names.iter().enumerate().map(source).collect(),
        over_time: vec![day("2023-06-28", counts(2, 1)), day("2023-06-29", counts(0, 1)), day("2024-01", counts(8, 0))],
        undated: 3,
        coverage: vec![coverage],
        kinds,
    }
}

fn svg(figure: Figure, statistics: &Statistics) -> String {
    figure.svg(statistics, Codebook::built_in(), "credibility")
}

/// The words of a picture, in the order of the file, without what shows where the pointer rests.
fn words(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|text| text.first_child().and_then(|own| own.text()).unwrap_or_default().to_owned()).collect()
}

/// The rectangle that says these words where the pointer rests.
fn rect_of<'a>(document: &'a Document<'a>, says: &str) -> Node<'a, 'a> {
    let is_it = |node: &Node<'_, '_>| {
        node.has_tag_name("rect") && node.first_element_child().and_then(|title| title.text()) == Some(says)
    };
    document.descendants().find(is_it).unwrap_or_else(|| panic!("nothing says {says:?}"))
}

fn number(node: Node<'_, '_>, name: &str) -> f32 {
    node.attribute(name).unwrap().parse().unwrap()
}

#[test]
fn a_table_of_sources_by_kinds_has_the_kinds_that_are_used() {
    let picture = svg(Figure::Sources, &shelf(&["NATO", "", "Bank"]));
    assert_eq!(
        words(&picture),
        [
            "Sources and kinds of claims",
            "33 claims in 3 of 4 documents",
            "S",
            "E",
            "all",
            "NATO",
            "12",
            "12",
            "nobody named",
            "11",
            "1",
            "11",
            "Bank",
            "10",
            "10",
            "S",
            "statistic",
            "E",
            "event"
        ]
    );
}

#[test]
fn terms_stand_in_the_order_of_their_scale_and_what_is_no_term_apart() {
    let picture = svg(Figure::Confidence, &shelf(&["NATO"]));
    let document = Document::parse(&picture).unwrap();
    let pieces = [
        ("confirmed by other sources", 3, "high"),
        ("doubtful", 1, "low"),
        ("truth cannot be judged", 2, "apart"),
        ("not judged", 5, "apart"),
    ];
    let mut left = 0.0;
    for (term, count, class) in pieces {
        let piece = rect_of(&document, &format!("NATO, {term}: {count}"));
        assert_eq!(piece.attribute("class"), Some(class), "{term}");
        assert!(number(piece, "x") > left, "{term}");
        left = number(piece, "x");
    }
    // Which shade is which.
    let shade = rect_of(&document, "confirmed by other sources, probably true");
    assert_eq!(shade.attribute("class"), Some("high"));
}

#[test]
fn bars_over_time_are_as_high_as_their_counts() {
    let picture = svg(Figure::Time, &shelf(&["NATO", "Bank"]));
    let document = Document::parse(&picture).unwrap();
    let height = |says| number(rect_of(&document, says), "height");
    // Two days of one month are one bar; the kinds of a bar stand on each other.
    assert!((height("2024-01, statistic: 8") / height("2023-06, statistic: 2") - 4.0).abs() < 0.01);
    let (below, above) = (rect_of(&document, "2023-06, statistic: 2"), rect_of(&document, "2023-06, event: 2"));
    assert!((number(above, "y") + number(above, "height") - number(below, "y")).abs() < 0.2);
    assert!(
        words(&picture).contains(&"33 claims in 3 of 4 documents; 3 of them in releases without a date".to_owned())
    );
}

#[test]
fn coverage_is_a_share_of_the_text() {
    let picture = svg(Figure::Coverage, &shelf(&[]));
    let document = Document::parse(&picture).unwrap();
    let (whole, part) = (rect_of(&document, "a & b.txt"), rect_of(&document, "a & b.txt, 1 claim: 50"));
    assert!((number(part, "width") / number(whole, "width") - 0.25).abs() < 0.01);
    assert!(words(&picture).contains(&"25 % (2 of 4)".to_owned()));
}

#[test]
fn names_of_strangers_are_text_and_nothing_else() {
    let name = "</text><script href=\"http://x\">&amp;\u{1}\u{ffff}</script>";
    for figure in Figure::ALL {
        let mut shelf = shelf(&[name]);
        shelf.coverage[0].document = name.to_owned();
        shelf.over_time[0].published = name.to_owned();
        shelf.totals.annotators = vec![name.to_owned()];
        let picture = svg(figure, &shelf);
        let document = Document::parse(&picture).unwrap();
        let known = ["svg", "title", "style", "rect", "text", "line"];
        assert!(document.descendants().filter(Node::is_element).all(|node| known.contains(&node.tag_name().name())));
        let whole = name.replace(['\u{1}', '\u{ffff}'], "\u{fffd}");
        if figure != Figure::Time {
            assert!(
                document.descendants().any(|node| node.text().is_some_and(|text| text.contains(&whole))),
                "{figure:?}"
            );
        }
    }
}

#[test]
fn names_from_right_to_left_are_one_text_of_their_own_direction() {
    let found = words(&svg(Figure::Sources, &shelf(&["سهل النورس (2023)", "Ååland"])));
    assert!(found.contains(&"\u{2068}سهل النورس (2023)\u{2069}".to_owned()), "{found:?}");
    assert!(found.contains(&"Ååland".to_owned()));
}

#[test]
fn a_long_name_is_cut_between_letters_and_shows_whole_under_the_pointer() {
    let name = "e\u{301}".repeat(60);
    let picture = svg(Figure::Sources, &shelf(&[&name, &"名".repeat(30)]));
    let found = words(&picture);
    assert!(found.contains(&format!("{}…", "e\u{301}".repeat(37))), "{found:?}");
    assert!(found.contains(&format!("{}…", "名".repeat(18))), "{found:?}");
    assert!(picture.contains(&format!("<title>{name}</title>")));
}

#[test]
fn of_many_sources_the_first_are_shown_and_the_rest_counted() {
    let names: Vec<String> = (0..75).map(|number| format!("Source {number}")).collect();
    let found = words(&svg(Figure::Sources, &shelf(&names.iter().map(String::as_str).collect::<Vec<_>>())));
    assert!(found.contains(&"Source 59".to_owned()) && !found.contains(&"Source 60".to_owned()));
    assert!(found.contains(&"and 15 more sources, which vouch stats lists".to_owned()));
}

#[test]
fn png_shows_the_same_at_twice_the_size() {
    let statistics = shelf(&["NATO", "Bank"]);
    let file = |name: &str| Figure::Sources.for_file(Path::new(name), &statistics, Codebook::built_in(), "credibility");
    let (svg, png) = (file("a.SVG").unwrap(), file("a.png").unwrap());
    let document = Document::parse(std::str::from_utf8(&svg).unwrap()).unwrap();
    let pixels = Pixmap::decode_png(&png).unwrap();
    let root = document.root_element();
    let size = (number(root, "width") as u32 * 2, number(root, "height") as u32 * 2);
    assert_eq!((pixels.width(), pixels.height()), size);
    // The kind's tile in its colour, and letters on it.
    let tile = rect_of(&document, "statistic");
    let at = |x: f32, y: f32| pixels.pixel((x * 2.0) as u32, (y * 2.0) as u32).unwrap();
    let (x, y) = (number(tile, "x"), number(tile, "y"));
    let fill = at(x + 2.0, y + 7.0);
    assert_eq!(
        tile.attribute("fill"),
        Some(format!("#{:02x}{:02x}{:02x}", fill.red(), fill.green(), fill.blue()).as_str())
    );
    let letter = (4..11).flat_map(|dx| (2..13).map(move |dy| (dx, dy)));
    assert!(letter.into_iter().any(|(dx, dy)| at(x + dx as f32, y + dy as f32).red() > 240), "no letter on the tile");
}

#[test]
fn a_name_that_is_no_picture_is_refused() {
    let refused = Figure::Time.for_file(Path::new("a.gif"), &shelf(&[]), Codebook::built_in(), "credibility");
    assert_eq!(refused, Err("this is the name of no picture: let it end in .svg or .png".to_owned()));
}
