//! Words, grapheme clusters, and trimming.

use vouch::document::ByteSpan;
use vouch::document::words::{cluster_end, cluster_start, trimmed, whole_clusters, whole_words, word_at};

fn words(text: &str, span: ByteSpan) -> &str {
    &text[span.start..span.end]
}

#[test]
fn the_word_at_a_byte() {
    let text = "NATO’s 3,400 troops, Приват 北约 end";
    let at = |sought: &str, into: usize| words(text, word_at(text, text.find(sought).unwrap() + into));
    assert_eq!(at("NATO", 2), "NATO’s");
    assert_eq!(at("3,400", 3), "3,400");
    assert_eq!(at("troops", 6), "troops");
    assert_eq!(at(", П", 1), " ");
    assert_eq!(at("Приват", 4), "Приват");
    assert_eq!(at("end", 3), "end");
    assert_eq!(word_at("", 0), ByteSpan::new(0, 0));
    assert_eq!(word_at("end", 99), ByteSpan::new(0, 3));
}

#[test]
fn clusters_are_never_cut() {
    let text = "e\u{301}👩‍👩‍👧नि🇪🇪🇫🇮";
    let starts = [0, 3, 21, 27, 35, 43];
    for byte in 0..=text.len() {
        let start = starts.iter().copied().filter(|&start| start <= byte).max().unwrap();
        let end = starts.iter().copied().filter(|&end| end >= byte).min().unwrap();
        assert_eq!((cluster_start(text, byte), cluster_end(text, byte)), (start, end), "{byte}");
    }
    assert_eq!(whole_clusters(text, ByteSpan::new(1, 5)), ByteSpan::new(0, 21));
    assert_eq!(whole_clusters(text, ByteSpan::new(4, 4)), ByteSpan::new(3, 3));
}

#[test]
fn a_long_line_gives_the_same_words_as_a_short_one() {
    let long = "word and ".repeat(100_000);
    let byte = 9 * 50_000 + 2;
    assert_eq!(word_at(&long, byte), ByteSpan::new(9 * 50_000, 9 * 50_000 + 4));
    assert_eq!(cluster_start(&long, byte), byte);
}

#[test]
fn a_selection_snaps_to_words_and_drops_blanks_and_commas() {
    let text = "He praised Estonia, Finland and Sweden; all.";
    let snapped = |from: &str, to: &str| {
        let span = ByteSpan::new(text.find(from).unwrap(), text.find(to).unwrap() + to.len());
        words(text, whole_words(text, span))
    };
    assert_eq!(snapped("stonia", "Finl"), "Estonia, Finland");
    assert_eq!(snapped(" Finland", "Sweden; "), "Finland and Sweden");
    assert_eq!(snapped("Estonia", ", "), "Estonia");
    assert_eq!(trimmed(text, ByteSpan::new(18, 20)), ByteSpan::new(18, 20));
}
