//! What holds for every text, whatever it is.

use std::fmt::Write as _;

use proptest::prelude::*;
use vouch::document::words::{cluster_end, cluster_start, whole_words, word_at};
use vouch::document::{ByteSpan, Document, ReadOptions, Structure, propose, read};

/// Texts made of what the rules look at: words, marks, signs, blanks, line ends, dates, of several scripts.
fn texts() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "The",
        "minister",
        "said",
        "Mr",
        "U.S",
        "z.B",
        "28",
        "2023",
        "June",
        "a",
        "Ünite",
        "мир",
        "北约",
        "e\u{301}",
        "👩‍👧",
        "שלום",
        ".",
        ".",
        ",",
        "!",
        "?",
        "…",
        "。",
        "؟",
        ";",
        ":",
        " ",
        " ",
        " ",
        "\u{A0}",
        "\u{200B}",
        "        ",
        "\n",
        "\n\n",
        "\t",
        "\"",
        "'",
        "“",
        "”",
        "„",
        "‘",
        "’",
        "‚",
        "«",
        "»",
        "‹",
        "›",
        "「",
        "」",
        "(",
        ")",
        "[1]",
        "-",
        "—",
        "•",
        "#",
        "---",
        "===",
        "1.",
        "*",
        "Photo:",
        "http://a.b/c",
        "About",
        "date:",
        "\0",
        "\u{FEFF}",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES), 0..80).prop_map(|pieces| pieces.concat())
}

fn opened(name: &str, bytes: &[u8]) -> Option<Document> {
    read(name, bytes, &ReadOptions::default()).ok().map(|(document, _)| document)
}

/// Spans are not empty, on characters, ascending, apart, and begin and end with something to see.
fn check_spans(text: &str, spans: impl Iterator<Item = ByteSpan>) {
    let mut end = 0;
    for span in spans {
        let words = text.get(span.start..span.end);
        assert!(words.is_some_and(|words| !words.is_empty() && words.trim() == words), "{words:?} in {text:?}");
        assert!(span.start >= end, "{span:?} in {text:?}");
        end = span.end;
    }
}

fn check(document: &Document) {
    let text = document.text.as_str();
    let structure = Structure::of(document);
    check_spans(text, structure.paragraphs().iter().map(|paragraph| paragraph.span));
    check_spans(text, structure.parts().iter().map(|part| part.span));
    check_spans(text, structure.sentences().iter().copied());
    let mut parts = 0;
    for (index, paragraph) in structure.paragraphs().iter().enumerate() {
        assert_eq!(paragraph.number, index + 1);
        let own = structure.parts_of(paragraph);
        assert!(!own.is_empty() && own.iter().all(|part| paragraph.span.encloses(part.span)));
        parts += own.len();
    }
    assert_eq!(parts, structure.parts().len());
    // Every letter is in a sentence, and no sentence crosses a part.
    for part in structure.parts() {
        let own = structure.sentences_in(part.span);
        assert!(own.iter().all(|&sentence| part.span.encloses(sentence)));
        assert_eq!(own.first().map(|first| first.start), Some(part.span.start));
        assert_eq!(own.last().map(|last| last.end), Some(part.span.end));
        assert!(own.windows(2).all(|two| text[two[0].end..two[1].start].trim().is_empty()));
    }
    let covered: usize = structure.parts().iter().map(|part| document.text.slice(part.span)).map(letters).sum();
    assert_eq!(covered, letters(text));
    let mut start = 0;
    for quotation in structure.quotations() {
        assert!(
            quotation.outer.start >= start && quotation.outer.encloses(quotation.inner),
            "{quotation:?} in {text:?}"
        );
        assert!(!document.text.slice(quotation.inner).is_empty() && !document.text.slice(quotation.outer).is_empty());
        let around =
            structure.quotations_at(quotation.inner.start).filter(|around| around.outer.encloses(quotation.outer));
        assert_eq!(around.count(), quotation.depth, "{quotation:?} in {text:?}");
        start = quotation.outer.start;
    }
    for byte in (0..=text.len()).step_by(11) {
        let word = word_at(text, byte);
        assert!(text.get(word.start..word.end).is_some());
        assert!(cluster_start(text, byte) <= byte && byte <= cluster_end(text, byte));
        let held = structure.sentences().iter().find(|sentence| sentence.contains(byte));
        assert!(held.is_none() || structure.sentence_at(byte) == held.copied());
        if let Some(clause) = structure.clause_at(text, byte) {
            assert!(structure.sentence_at(byte).unwrap().encloses(clause), "{byte} in {text:?}");
            assert!(!document.text.slice(clause).is_empty());
        }
        let snapped = whole_words(text, ByteSpan::new(byte / 2, byte));
        assert!(text.get(snapped.start..snapped.end).is_some());
    }
    let middle = cluster_start(text, text.len() / 2);
    let mut span = ByteSpan::new(middle, middle);
    while let Some(larger) = structure.grow(text, span) {
        assert!(larger.encloses(span) && larger != span);
        span = larger;
    }
    let proposed = propose(document, &structure);
    for found in [&proposed.title, &proposed.publisher, &proposed.published, &proposed.url].into_iter().flatten() {
        assert!(found.span.is_none_or(|span| !document.text.slice(span).is_empty()) && !found.value.is_empty());
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

proptest! {
    #[test]
    fn structure_of_any_text(text in texts()) {
        for name in ["release.txt", "release.md"] {
            if let Some(document) = opened(name, text.as_bytes()) {
                check(&document);
            }
        }
    }

    #[test]
    fn structure_of_any_characters(text in "\\PC{0,200}") {
        if let Some(document) = opened("release.txt", text.as_bytes()) {
            check(&document);
        }
    }

    #[test]
    fn any_bytes_give_a_text_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300), label in 0..40usize) {
        let options = ReadOptions { encoding: vouch::document::ENCODINGS.get(label).map(|encoding| encoding.label.to_owned()), ..ReadOptions::default() };
        for options in [ReadOptions::default(), options] {
            if let Ok((document, _)) = read("release.txt", &bytes, &options) {
                prop_assert!(!document.text.as_str().contains('\r'));
                check(&document);
            }
        }
    }

    #[test]
    fn valid_text_is_kept_but_for_line_ends(text in "[^\0-\u{8}\u{b}\u{e}-\u{1f}\u{7f}]{0,300}") {
        let kept = text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        if let Some(document) = opened("release.txt", text.as_bytes()) {
            prop_assert_eq!(document.text.as_str(), kept.as_str());
            prop_assert!(document.text_sha256() == document.sha256() || kept != text);
        }
    }
}

/// Texts that are long in one thing only have to be done in a few seconds, which nothing quadratic would be.
#[test]
fn hostile_texts_are_linear() {
    for piece in [
        "\"",
        ".",
        ". ",
        "! ",
        "A.",
        "a.B",
        "“a ",
        "'a ",
        "«a",
        "• ",
        "1. ",
        "\n",
        "a\n",
        "a\n\n",
        "        a",
        ". - ",
        "?” A ",
        ")",
        "’s ",
        "28. ",
        "\u{301}",
        "🇪",
        "…",
        "A.”",
        "“",
        "a b ",
    ] {
        let mut text = String::new();
        while text.len() < 100_000 {
            write!(text, "{piece}").unwrap();
        }
        if let Some(document) = opened("release.txt", text.as_bytes()) {
            let structure = Structure::of(&document);
            let proposed = propose(&document, &structure);
            assert!(proposed.published.is_none(), "{piece}");
            let middle = document.text.as_str().floor_char_boundary(50_000);
            let clause = structure.clause_at(document.text.as_str(), middle).unwrap_or_default();
            assert!(clause.len() <= text.len() && word_at(document.text.as_str(), middle).len() < 2_000, "{piece}");
        }
    }
}
