//! Text as it is compared: without case, accents and what typesetting changes. Held by `tests/query.rs`.

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed as Classes;
use icu_normalizer::{ComposingNormalizerBorrowed as Composing, DecomposingNormalizerBorrowed as Decomposing};

use unicode_segmentation::UnicodeSegmentation;

use crate::annotation::without_typesetting;
use crate::document::ByteSpan;

/// The text in lower case, without accents and vowel points; letters that only look like another one with a sign (ø, ł)
/// are that one; quotation marks and dashes of all shapes are one each; white space is one blank, and none at the ends.
///
/// Marks that make another letter in their script (the dakuten of が, the virama and nukta of Indic scripts, tones of
/// Thai) stay.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        push_words(&mut out, text.chars().filter_map(|c| without_typesetting(c.to_ascii_lowercase())));
        return out;
    }
    let classes = Classes::new();
    let lower = text.chars().flat_map(char::to_lowercase);
    let apart = Decomposing::new_nfkd().normalize_iter(lower).filter(|c| !is_accent(classes.get_u8(*c)));
    push_words(&mut out, Composing::new_nfc().normalize_iter(apart.filter_map(without_typesetting)).flat_map(plain));
    out
}

/// The folded text, and for each of its bytes the bytes of `text` that it stands for.
pub fn folded_with_places(text: &str) -> (String, Vec<ByteSpan>) {
    let mut out = String::with_capacity(text.len());
    let mut places: Vec<ByteSpan> = Vec::with_capacity(text.len());
    let mut blank: Option<ByteSpan> = None;
    for (start, cluster) in text.grapheme_indices(true) {
        let place = ByteSpan::new(start, start + cluster.len());
        let own = folded(cluster);
        if own.is_empty() {
            // Blanks are one; what is nothing to the eye (a soft hyphen) is none.
            if cluster.contains(char::is_whitespace) && !out.is_empty() {
                blank = Some(blank.map_or(place, |blank| ByteSpan::new(blank.start, place.end)));
            }
            continue;
        }
        if let Some(blank) = blank.take() {
            out.push(' ');
            places.push(blank);
        }
        places.extend(std::iter::repeat_n(place, own.len()));
        out.push_str(&own);
    }
    (out, places)
}

/// Words with one blank between them.
fn push_words(out: &mut String, chars: impl Iterator<Item = char>) {
    let mut is_due = false;
    for c in chars {
        if c.is_whitespace() {
            is_due = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut is_due) {
            out.push(' ');
        }
        out.push(c);
    }
}

/// Whether a combining mark of this class (Unicode's `Canonical_Combining_Class`) is an accent, a vowel point or a stroke
/// over a letter.
fn is_accent(class: u8) -> bool {
    matches!(class, 1 | 10..=36 | 202..=240)
}

/// A letter that Unicode does not take apart as the letters that people type for it.
fn plain(c: char) -> impl Iterator<Item = char> {
    let letters: [Option<char>; 2] = match c {
        'ø' => [Some('o'), None],
        'ł' => [Some('l'), None],
        'đ' | 'ð' => [Some('d'), None],
        'ħ' => [Some('h'), None],
        'ı' => [Some('i'), None],
        'ς' => [Some('σ'), None],
        'ß' => [Some('s'), Some('s')],
        'æ' => [Some('a'), Some('e')],
        'œ' => [Some('o'), Some('e')],
        c => [Some(c), None],
    };
    letters.into_iter().flatten()
}
