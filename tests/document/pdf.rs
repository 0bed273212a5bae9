//! PDF: letters at places become words, lines, columns and paragraphs.

use proptest::prelude::*;
use vouch::document::{Document, PartKind, ReadOptions, Structure, read};

use super::pdf_file::pdf_with;

/// A PDF of one font, whose pages draw what is given, with something said of itself and a form that draws itself.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let more = "4 0 obj <</Title (Summit declaration) /Author (NATO) /CreationDate (D:20230711120000Z)>> endobj\n\
                5 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 5 0 R>>>> /Length 5>> \
                stream\n/X Do\nendstream endobj\n";
    pdf_with(pages, &format!("/Count {}", pages.len()), more)
}

/// Draws words at a place, in points from the lower left corner.
fn at(x: u32, y: u32, size: u32, words: &str) -> String {
    format!("BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n")
}

/// Draws lines one below the other.
fn lines(x: u32, y: u32, lines: &[&str]) -> String {
    (0..).zip(lines).map(|(line, words)| at(x, y - 14 * line, 11, words)).collect()
}

fn opened(pages: &[&str]) -> Document {
    let (document, warnings) = read("release.pdf", &pdf(pages), &ReadOptions::default()).unwrap();
    assert_eq!(warnings, []);
    document
}

fn check(pages: &[&str], text: &str) {
    assert_eq!(opened(pages).text.as_str(), text);
}

const LEFT: [&str; 4] = [
    "The allies agreed on a plan that sets",
    "out what each of them will do, with",
    "more troops at higher readiness, and",
    "with a budget that is to be shared.",
];
const RIGHT: [&str; 4] = [
    "The Secretary General said on Tuesday",
    "that the plan is the most detailed of",
    "its kind since the end of the Cold",
    "War, and that it will be paid for.",
];

#[test]
fn lines_of_a_paragraph_are_joined_and_a_gap_ends_it() {
    let page = lines(72, 700, &LEFT) + &lines(72, 620, &["A second paragraph of the same release."]);
    check(&[&page], &format!("{}\n\nA second paragraph of the same release.", LEFT.join(" ")));
}

#[test]
fn a_word_divided_at_the_line_end_is_whole_and_a_compound_stays() {
    let page = lines(
        72,
        700,
        &[
            "The long-term plan of the govern-",
            "ment is to keep the long-",
            "term promise of the NATO-",
            "Ukraine Council.",
        ],
    );
    check(
        &[&page],
        "The long-term plan of the government is to keep the long-term promise of the NATO-Ukraine Council.",
    );
}

#[test]
fn columns_are_read_one_after_the_other_whatever_the_order_of_drawing() {
    let head = at(72, 740, 18, "A title over both columns");
    let rows = (0..4)
        .map(|row| at(72, 700 - 14 * row, 11, LEFT[row as usize]) + &at(320, 700 - 14 * row, 11, RIGHT[row as usize]));
    let page = head + &rows.collect::<String>();
    check(&[&page], &format!("A title over both columns\n\n{}\n\n{}", LEFT.join(" "), RIGHT.join(" ")));
}

#[test]
fn cells_that_stand_below_one_another_are_a_table_with_tabs() {
    let rows = [("Country", "2022", "2023"), ("Estonia", "2.12", "2.73"), ("Latvia", "2.07", "2.27")];
    let row = |(row, (a, b, c)): (u32, &(&str, &str, &str))| {
        let y = 700 - 14 * row;
        at(72, y, 11, a) + &at(220, y, 11, b) + &at(320, y, 11, c)
    };
    let page: String = (0..).zip(&rows).map(row).collect();
    let document = opened(&[&page]);
    assert_eq!(document.text.as_str(), "Country\t2022\t2023\nEstonia\t2.12\t2.73\nLatvia\t2.07\t2.27");
    let structure = Structure::of(&document);
    assert_eq!(structure.paragraphs().len(), 3, "a row is a paragraph");
    assert!(structure.parts().iter().all(|part| part.kind == PartKind::Cell));
}

#[test]
fn running_heads_and_page_numbers_stand_apart_and_the_sentence_goes_on() {
    let page = |number: u32, body: &[&str]| {
        at(72, 780, 9, "PRESS RELEASE (2023) 001")
            + &lines(72, 700, body)
            + &at(290, 30, 9, &format!("Page {number} of 2"))
    };
    let first = page(1, &["The allies agreed on a plan that sets", "out what each of them will do with the"]);
    let second = page(2, &["troops that they have promised for it", "and with a budget that is to be shared."]);
    let document = opened(&[&first, &second]);
    let sentence = "The allies agreed on a plan that sets out what each of them will do with the troops that they have promised for it and with a budget that is to be shared.";
    let structure = Structure::of(&document);
    let sentences: Vec<&str> = structure.sentences().iter().map(|&span| document.text.slice(span)).collect();
    assert_eq!(sentences, [sentence]);
    let furniture = structure.parts().iter().filter(|part| part.kind == PartKind::Furniture);
    let furniture: Vec<&str> = furniture.map(|part| document.text.slice(part.span)).collect();
    let (head, foot) = ("PRESS RELEASE (2023) 001", "Page 1 of 2");
    assert_eq!(furniture, [head, foot, head, "Page 2 of 2"]);
}

#[test]
fn the_number_of_a_note_is_no_part_of_a_figure() {
    let page = at(72, 700, 11, "It has 300,000") + &at(147, 705, 7, "1") + &at(152, 700, 11, " troops");
    check(&[&page], "It has 300,000 1 troops");
}

#[test]
fn what_is_drawn_twice_is_read_once() {
    let twice = at(72, 700, 20, "Bold title") + "BT /F 20 Tf 72.4 700 Td (Bold title) Tj ET\n";
    check(&[&twice], "Bold title");
}

#[test]
fn words_know_their_place_on_the_page() {
    let page = lines(72, 700, &LEFT);
    let document = opened(&["", &page]);
    let places = &document.original.places;
    assert_eq!(places.pages.iter().map(|page| (page.width, page.height)).collect::<Vec<_>>(), [(600.0, 800.0); 2]);
    let start = document.text.as_str().find("agreed").unwrap();
    let found = places.boxes_in(vouch::document::ByteSpan::new(start, start + 3));
    let [word] = found else { panic!("{found:?}") };
    assert_eq!((word.start as usize, word.end as usize, word.page), (start, start + "agreed".len(), 1));
    let [left, top, right, bottom] = word.sides;
    assert!(72.0 < left && left < right && right < 180.0, "{:?}", word.sides);
    assert!(top < 100.0 && 100.0 < bottom && bottom - top < 14.0, "{:?}", word.sides);
}

#[test]
fn turned_pages_and_turned_words_are_read() {
    let turned = "BT /F 11 Tf 0 1 -1 0 300 100 Tm (Written up the page, along its edge) Tj ET\n";
    check(&[turned], "Written up the page, along its edge");
    let both = format!("{}{turned}", lines(72, 700, &LEFT));
    check(&[&both], &format!("{}\n\nWritten up the page, along its edge", LEFT.join(" ")));
}

#[test]
fn what_the_file_says_of_itself_is_told_with_its_place() {
    let document = opened(&[&lines(72, 700, &LEFT)]);
    let told = &document.original.told;
    let of = |stated: &Option<vouch::document::Stated>| stated.as_ref().map(|at| format!("{}: {}", at.place, at.value));
    assert_eq!(of(&told.title).unwrap(), "Title: Summit declaration");
    assert_eq!(of(&told.issuer).unwrap(), "Author: NATO");
    assert_eq!(of(&told.published).unwrap(), "CreationDate: 2023-07-11");
    assert_eq!(of(&told.language).unwrap(), "Lang: en-GB");
    assert_eq!((document.reader, document.media_type), ("pdf-1", "application/pdf"));
}

#[test]
fn a_file_that_draws_itself_ends() {
    let page = "/X Do\n".to_owned() + &lines(72, 700, &LEFT);
    check(&[&page], &LEFT.join(" "));
}

#[test]
fn without_text_the_error_says_why_and_what_to_do() {
    let error = |bytes: &[u8]| read("scan.pdf", bytes, &ReadOptions::default()).unwrap_err().to_string();
    let picture = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q\n";
    let scan = error(&pdf(&[picture]));
    assert!(scan.contains("as a scan does") && scan.contains("OCR"), "{scan}");
    assert!(error(&pdf(&[""])).starts_with("this PDF has no text: "));
    assert!(error(b"%PDF-1.4\n%%EOF").starts_with("this PDF is damaged"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_damaged_file_gives_a_document_or_an_error(cut in 0_usize..1400, flips in prop::collection::vec((0_usize..1400, any::<u8>()), 0..24)) {
        let page = lines(72, 700, &LEFT);
        let mut bytes = pdf(&[&page, &page]);
        for (place, byte) in flips {
            if let Some(at) = bytes.get_mut(place) {
                *at = byte;
            }
        }
        bytes.truncate(bytes.len() - cut.min(bytes.len()));
        if let Ok((document, _)) = read("release.pdf", &bytes, &ReadOptions::default()) {
            let structure = Structure::of(&document);
            prop_assert!(structure.parts().iter().all(|part| !document.text.slice(part.span).is_empty()));
        }
    }
}
