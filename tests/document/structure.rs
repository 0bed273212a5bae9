//! Paragraphs and their parts.

use vouch::document::{PartKind, Structure};

use super::{named, structured};

/// One line a part: number of its paragraph, kind, first words.
fn outline(name: &str, text: &str) -> Vec<String> {
    let document = named(name, text);
    let structure = Structure::of(&document);
    let line = |number: usize, kind: PartKind, words: &str| {
        format!("{number} {kind:?}: {}", words.split_whitespace().take(4).collect::<Vec<_>>().join(" "))
    };
    let mut lines = Vec::new();
    for paragraph in structure.paragraphs() {
        let parts = structure.parts_of(paragraph).iter();
        lines.extend(parts.map(|part| line(paragraph.number, part.kind, document.text.slice(part.span))));
    }
    lines
}

const BODY: &str =
    "The minister said that the plan would cost three million euros and that it would be ready in the spring.";

#[test]
fn the_sample_has_ten_paragraphs_a_repeated_title_and_a_photo_line() {
    let outline = outline("vilnius-summit.txt", include_str!("../../sample_docs/vilnius-summit.txt"));
    let expected = [
        "1 Title: Strengthening Alliances and Prioritizing",
        "2 RepeatedTitle: Strengthening Alliances and Prioritizing",
        "2 Caption: Photo: NATO",
        "3 Body: On June 28th, 2023,",
        "4 Body: The conversation covered several",
        "5 Body: Stoltenberg elaborated on NATO's",
        "6 Body: The Secretary General announced",
        "7 Body: Ukraine's support was another",
        "8 Body: In terms of defense",
        "9 Body: Furthermore, Stoltenberg stated that",
        "10 Body: Finally, the Secretary General",
    ];
    assert_eq!(outline, expected);
}

#[test]
fn a_release_with_everything() {
    let text = format!(
        "FOR IMMEDIATE RELEASE\n28 June 2023\n\nMinister presents plan\nfor the spring\n\n{BODY}\n\nKey figures\n\n\
        • 3 million euros\n• 12 months,\n  no more\n\n(Photo credit: Jane Doe)\n\nAbout Acme, Inc.\n{BODY}\n\n###\n"
    );
    let expected = [
        "1 Body: FOR IMMEDIATE RELEASE",
        "1 Body: 28 June 2023",
        "2 Title: Minister presents plan",
        "2 Body: for the spring",
        "3 Body: The minister said that",
        "4 Heading: Key figures",
        "5 ListItem: • 3 million euros",
        "5 ListItem: • 12 months, no",
        "6 Caption: (Photo credit: Jane Doe)",
        "7 Heading: About Acme, Inc.",
        "7 Body: The minister said that",
        "8 Rule: ###",
    ];
    assert_eq!(outline("release.txt", &text), expected);
}

#[test]
fn markdown_has_its_signs() {
    let text = format!(
        "---\ntitle: Plan\n---\n\n![](plan.png)\n\n# Minister presents plan\n{BODY}\n\nFigures\n-------\n- one\n+ two\n1. three\n\n## #\n"
    );
    let expected = [
        "1 Rule: ---",
        "1 Body: title: Plan",
        "1 Rule: ---",
        "2 Caption: ![](plan.png)",
        "3 Title: # Minister presents plan",
        "3 Body: The minister said that",
        "4 Heading: Figures",
        "4 Rule: -------",
        "4 ListItem: - one",
        "4 ListItem: + two",
        "4 ListItem: 1. three",
        "5 Rule: ## #",
    ];
    assert_eq!(outline("plan.MD", &text), expected);
}

#[test]
fn gaps_and_bullets_in_a_line_part_it() {
    let text = format!("Plan presented          {BODY}        {BODY} Services: • Hair • Nails");
    let expected = [
        "1 Title: Plan presented",
        "1 Body: The minister said that",
        "1 Body: The minister said that",
        "1 ListItem: • Hair",
        "1 ListItem: • Nails",
    ];
    assert_eq!(outline("release.txt", &text), expected);
}

#[test]
fn a_text_of_one_paragraph_has_no_title_and_a_date_is_no_list_item() {
    assert_eq!(outline("release.txt", BODY), ["1 Body: The minister said that"]);
    let text = format!("28. Juni 2023\n\nMinister stellt Plan vor\n\n{BODY}");
    let expected = ["1 Body: 28. Juni 2023", "2 Title: Minister stellt Plan vor", "3 Body: The minister said that"];
    assert_eq!(outline("release.txt", &text), expected);
}

#[test]
fn paragraphs_are_found_by_byte_and_number() {
    let (document, structure) = structured("\n  One. Two.\n \u{A0}\n\nThree.\n");
    let text = document.text.as_str();
    let number = |byte| structure.paragraph_at(byte).map(|paragraph| paragraph.number);
    assert_eq!(structure.paragraphs().len(), 2);
    assert_eq!(number(0), Some(1));
    assert_eq!(number(text.find("Two").unwrap()), Some(1));
    assert_eq!(number(text.find("Three").unwrap() - 1), Some(1));
    assert_eq!(number(text.len()), Some(2));
    let words = |number| structure.paragraph(number).map(|paragraph| document.text.slice(paragraph.span));
    assert_eq!([words(0), words(1), words(2), words(3)], [None, Some("One. Two."), Some("Three."), None]);
}

#[test]
fn sentences_are_found_by_byte_and_range() {
    let (document, structure) = structured("One.  Two.\n\nThree.");
    let text = document.text.as_str();
    let at = |byte| structure.sentence_at(byte).map(|span| document.text.slice(span));
    assert_eq!([at(0), at(4), at(5), at(6)], [Some("One."), Some("One."), Some("One."), Some("Two.")]);
    assert_eq!([at(10), at(11), at(text.len())], [Some("Two."), None, Some("Three.")]);
    let all = vouch::document::ByteSpan::new(7, 13);
    let found: Vec<&str> = structure.sentences_in(all).iter().map(|&span| document.text.slice(span)).collect();
    assert_eq!(found, ["Two.", "Three."]);
    assert_eq!(structure.paragraphs_in(all).len(), 2);
}

#[test]
fn an_empty_text_has_no_structure() {
    let (_, structure) = structured("");
    assert_eq!(structure, Structure::default());
    assert!(structure.paragraph_at(0).is_none() && structure.sentence_at(0).is_none() && structure.title().is_none());
}

/// What a file of line ends and letters would need is bounded: the last of four million paragraphs takes the rest.
#[test]
fn a_text_of_more_paragraphs_than_are_kept_is_kept_whole() {
    const MOST: usize = 4_000_000;
    let (document, structure) = structured(&"a\n\n".repeat(MOST + 1_000));
    assert_eq!(
        (structure.paragraphs().len(), structure.parts().len(), structure.sentences().len()),
        (MOST, MOST, MOST)
    );
    let end = document.text.as_str().trim_end().len();
    assert_eq!(structure.paragraphs().last().map(|last| last.span.end), Some(end));
    assert_eq!(structure.sentences().last().map(|last| last.end), Some(end));
    assert_eq!(structure.paragraph_at(end).map(|last| last.number), Some(MOST));
}
