//! Sentences and clauses. In a fixture each line is a sentence of its paragraph.

use vouch::document::ByteSpan;

use super::structured;

/// The paragraphs of a fixture, each sentence a line, become text with `blank` between sentences, and have to be found.
fn check(fixture: &str, blank: &str) {
    let paragraphs: Vec<String> = fixture.trim().split("\n\n").map(|lines| lines.replace('\n', blank)).collect();
    let (document, structure) = structured(&paragraphs.join("\n\n"));
    let found: Vec<&str> = structure.sentences().iter().map(|&span| document.text.slice(span)).collect();
    let expected: Vec<&str> = fixture.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected);
}

macro_rules! languages {
    ($($name:ident $file:literal $blank:literal,)*) => {$(
        #[test]
        fn $name() {
            check(include_str!(concat!("../fixtures/document/sentences/", $file)), $blank);
        }
    )*};
}

languages! {
    english "en.txt" " ",
    german "de.txt" " ",
    french "fr.txt" " ",
    spanish "es.txt" " ",
    estonian "et.txt" " ",
    russian "ru.txt" " ",
    greek "el.txt" " ",
    chinese "zh.txt" "",
    japanese "ja.txt" "",
    arabic "ar.txt" " ",
    hindi "hi.txt" " ",
    armenian "hy.txt" " ",
    urdu "ur.txt" " ",
    amharic "am.txt" " ",
}

#[test]
fn blanks_lost_in_copying_end_sentences_and_addresses_do_not() {
    check("We strengthen the middle class.\nPresident Bush objects.", "");
    check("“It is over.”\nThe talks ended.", "");
    check("Write to Jane.Doe@example.org or see Example.Com and Node.JS today.", " ");
}

#[test]
fn sentences_do_not_cross_paragraphs_list_items_or_meant_line_ends() {
    let text = "Jane Doe\nDirector of Communications\nAcme\n\n1. The first item\n2. The second item\n\nThe end";
    let (document, structure) = structured(text);
    let found: Vec<&str> = structure.sentences().iter().map(|&span| document.text.slice(span)).collect();
    let expected =
        ["Jane Doe", "Director of Communications", "Acme", "1. The first item", "2. The second item", "The end"];
    assert_eq!(found, expected);
}

#[test]
fn sentences_go_on_over_lines_that_were_wrapped() {
    let text = "The conversation covered several key topics, including recent upheaval in Russia\n\
        instigated by mercenaries. While he stated that this was an internal issue, he\n\
        also stressed that it reaffirmed the error.";
    let (document, structure) = structured(text);
    let found: Vec<&str> = structure.sentences().iter().map(|&span| document.text.slice(span)).collect();
    assert_eq!(found.len(), 2);
    assert!(found[0].ends_with("instigated by mercenaries."));
}

/// `⟨…⟩` encloses the clause that has to be found at the caret `|`.
fn clause(marked: &str) {
    let text = marked.replace(['⟨', '⟩', '|'], "");
    let caret =
        marked.find('|').unwrap() - marked.find('⟨').filter(|&at| at < marked.find('|').unwrap()).map_or(0, |_| 3);
    let (document, structure) = structured(&text);
    let found = structure.clause_at(document.text.as_str(), caret).unwrap();
    let expected = marked.split(['⟨', '⟩']).nth(1).unwrap().replace('|', "");
    assert_eq!(document.text.slice(found), expected);
}

#[test]
fn clauses_lie_between_signs_and_after_conjunctions() {
    clause("Stoltenberg stated that ⟨the Summit would be the |first to include Finland⟩.");
    clause("⟨He| said⟩, in 2015, that it was over.");
    clause("Allies spend 3,500 euros; ⟨some |spend 1,000⟩.");
    clause("Er sagte, dass ⟨es |vorbei sei⟩.");
    clause("⟨In that |year nothing changed⟩, he said.");
    clause("The plan — ⟨as |written⟩ — failed.");
}

#[test]
fn a_selection_grows_from_word_to_paragraph() {
    let (document, structure) = structured("First. He said that they would win, at last. Last.");
    let text = document.text.as_str();
    let caret = text.find("would").unwrap() + 2;
    let mut span = ByteSpan::new(caret, caret);
    let mut grown = Vec::new();
    while let Some(larger) = structure.grow(text, span) {
        grown.push(document.text.slice(larger));
        span = larger;
    }
    let expected = ["would", "they would win", "He said that they would win, at last.", text];
    assert_eq!(grown, expected);
}
