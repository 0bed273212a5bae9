//! What a selection grows to, where edges move, which addresses stand in a text.

use vouch::app::reader::{ReaderState, units};
use vouch::document::{ByteSpan, Text};

use crate::world::World;

#[test]
fn addresses_end_before_the_sentence_does() {
    let check = |words: &str, expected: Option<&str>| {
        let text = Text::new(words.to_owned());
        let byte = words.find("nato").unwrap() + 1;
        assert_eq!(vouch::app::reader::links::link_at(&text, byte).map(|(_, address)| address).as_deref(), expected);
    };
    check("(see https://nato.int).", Some("https://nato.int"));
    check("<https://nato.int/a_(b)>", Some("https://nato.int/a_(b)"));
    check("HTTPS://nato.int/,", Some("HTTPS://nato.int/"));
    check("mailto:press@nato.int; then", Some("mailto:press@nato.int"));
    check("“http://nato.int”", Some("http://nato.int"));
    check("ftp://nato.int", None);
    check("nato.int", None);
}

/// What the selection grows through from a place, as words.
fn grown(words: &str, at: usize) -> Vec<String> {
    let world = World::new(words);
    let (text, structure) = (&world.document.text, world.structure.as_ref());
    let mut state = ReaderState::default();
    state.put_caret(at);
    let mut seen = Vec::new();
    loop {
        let before = state.selection();
        state.grow(text, structure);
        if state.selection() == before {
            break;
        }
        seen.push(text.slice(state.selection()).to_owned());
    }
    for words in seen.iter().rev().skip(1) {
        state.shrink(text, structure);
        assert_eq!(text.slice(state.selection()), words, "it shrinks the way it grew");
    }
    state.shrink(text, structure);
    assert_eq!(state.selection(), ByteSpan { start: at, end: at });
    seen
}

#[test]
fn a_selection_grows_to_word_clause_sentence_and_paragraph() {
    let words = "He spoke. In June, at the port, she said so. Then he left.\n\nMore.";
    let expected = [
        "port",
        "at the port",
        "In June, at the port, she said so.",
        "He spoke. In June, at the port, she said so. Then he left.",
    ];
    assert_eq!(grown(words, words.find("port").unwrap() + 1), expected);
    assert_eq!(grown(words, words.find("More").unwrap())[0], "More");
}

#[test]
fn a_selection_over_two_paragraphs_grows_at_both_ends() {
    let world = World::new("One two. Three, four.\n\nFive six, seven. Eight.\n");
    let (text, structure) = (&world.document.text, world.structure.as_ref());
    let mut state = ReaderState::default();
    state.select(ByteSpan { start: world.at("hree").start, end: world.at("seve").end });
    for expected in [
        "Three, four.\n\nFive six, seven",
        "Three, four.\n\nFive six, seven.",
        "One two. Three, four.\n\nFive six, seven. Eight.",
    ] {
        state.grow(text, structure);
        assert_eq!(text.slice(state.selection()), expected);
    }
}

#[test]
fn a_comma_in_a_number_parts_no_clause() {
    let words = "It cost 12,500.75 euros, they say.\n";
    assert_eq!(grown(words, words.find("euros").unwrap())[1], "It cost 12,500.75 euros");
}

#[test]
fn a_selection_grows_without_a_structure_too() {
    let text = Text::new("One two. Three, four.\nFive.".to_owned());
    let mut state = ReaderState::default();
    state.put_caret(text.as_str().find("four").unwrap());
    for expected in ["four", "Three, four.", "One two. Three, four."] {
        state.grow(&text, None);
        assert_eq!(text.slice(state.selection()), expected);
    }
}

#[test]
fn edges_move_by_word_and_by_letter() {
    let text = Text::new("One two, e\u{301}t.\n\nThree".to_owned());
    let after = |byte, unit| units::edge_after(&text, byte, unit);
    let before = |byte, unit| units::edge_before(&text, byte, unit);
    let two = text.as_str().find("two").unwrap();
    assert_eq!(after(0, units::Edge::Word), 3);
    assert_eq!(after(3, units::Edge::Word), two + 3);
    assert_eq!(before(two + 3, units::Edge::Word), two);
    assert_eq!(before(two, units::Edge::Word), 0);
    let accent = text.as_str().find("e\u{301}").unwrap();
    assert_eq!(after(accent, units::Edge::Letter), accent + 3);
    assert_eq!(before(accent + 3, units::Edge::Letter), accent);
    let end = text.len();
    assert_eq!((after(end, units::Edge::Word), before(0, units::Edge::Letter)), (end, 0));
}

#[test]
fn a_selection_can_be_cut_to_whole_words() {
    let text = Text::new("The minister, he said so.".to_owned());
    let check = |from: &str, expected: &str| {
        let start = text.as_str().find(from).unwrap();
        let span = units::to_words(&text, ByteSpan { start, end: start + from.len() });
        assert_eq!(text.slice(span), expected);
    };
    check("inister, ", "minister");
    check(" minist", "minister");
    check("ster, he s", "minister, he said");
    check(", ", "");
}
