//! Which character encoding a file is in: by its byte order mark, by its NULs, by being valid UTF-8, else by a guess.
//!
//! Knows nothing of formats. Held by `tests/document.rs`.
//!
//! The order of the rules is the order of how much each can be trusted. A file that would be valid UTF-8 but for a
//! few broken places is damaged UTF-8, not something else: a guess would make all of its other letters wrong.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use serde::{Deserialize, Serialize};

/// An encoding that a document can be read in.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The label by which options and sidecars name it: the WHATWG Encoding Standard's name in lower case, or
    /// `utf-32le`, `utf-32be`.
    pub label: &'static str,
    /// In words, for a list to choose from.
    pub name: &'static str,
}

/// How the encoding of a document was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncodingFound {
    /// The file begins with a byte order mark.
    Mark,
    /// The bytes are valid UTF-8, or would be but for a few broken places.
    Valid,
    /// NUL bytes stand where the encoding has them (UTF-16 and UTF-32 without a mark).
    Pattern,
    /// The file says so, and nothing in its bytes is against it.
    Declared,
    /// A guess from the frequency of letters. It can be wrong.
    Guess,
    /// By hand.
    Chosen,
}

/// The encoding of a document, and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodingUsed {
    /// Which.
    pub encoding: &'static Encoding,
    /// How it was found.
    pub found: EncodingFound,
}

macro_rules! encodings {
    ($($label:literal $name:literal,)*) => {
        /// Every encoding that a document can be read in, the likeliest first.
        pub static ENCODINGS: &[Encoding] = &[$(Encoding { label: $label, name: $name },)*];
    };
}

encodings! {
    "utf-8" "Unicode (UTF-8)",
    "utf-16le" "Unicode (UTF-16, little-endian)",
    "utf-16be" "Unicode (UTF-16, big-endian)",
    "utf-32le" "Unicode (UTF-32, little-endian)",
    "utf-32be" "Unicode (UTF-32, big-endian)",
    "windows-1252" "Western European (Windows-1252)",
    "iso-8859-15" "Western European with euro (ISO 8859-15)",
    "macintosh" "Western European (Mac)",
    "windows-1257" "Baltic (Windows-1257)",
    "iso-8859-13" "Baltic (ISO 8859-13)",
    "iso-8859-4" "Baltic (ISO 8859-4)",
    "windows-1250" "Central European (Windows-1250)",
    "iso-8859-2" "Central European (ISO 8859-2)",
    "iso-8859-16" "Romanian (ISO 8859-16)",
    "iso-8859-10" "Nordic (ISO 8859-10)",
    "iso-8859-14" "Celtic (ISO 8859-14)",
    "iso-8859-3" "Maltese, Esperanto (ISO 8859-3)",
    "windows-1251" "Cyrillic (Windows-1251)",
    "koi8-r" "Cyrillic (KOI8-R)",
    "koi8-u" "Cyrillic (KOI8-U)",
    "iso-8859-5" "Cyrillic (ISO 8859-5)",
    "ibm866" "Cyrillic (DOS 866)",
    "x-mac-cyrillic" "Cyrillic (Mac)",
    "windows-1253" "Greek (Windows-1253)",
    "iso-8859-7" "Greek (ISO 8859-7)",
    "windows-1254" "Turkish (Windows-1254)",
    "windows-1255" "Hebrew (Windows-1255)",
    "iso-8859-8-i" "Hebrew (ISO 8859-8-I)",
    "iso-8859-8" "Hebrew, visual order (ISO 8859-8)",
    "windows-1256" "Arabic (Windows-1256)",
    "iso-8859-6" "Arabic (ISO 8859-6)",
    "windows-1258" "Vietnamese (Windows-1258)",
    "windows-874" "Thai (Windows-874)",
    "gb18030" "Chinese, simplified (GB 18030)",
    "gbk" "Chinese, simplified (GBK)",
    "big5" "Chinese, traditional (Big5)",
    "shift_jis" "Japanese (Shift_JIS)",
    "euc-jp" "Japanese (EUC-JP)",
    "iso-2022-jp" "Japanese (ISO-2022-JP)",
    "euc-kr" "Korean (EUC-KR)",
}

/// UTF-8, the first of the list.
static UTF_8: &Encoding = &Encoding { label: "utf-8", name: "Unicode (UTF-8)" };

/// Bytes looked at for NULs.
const SAMPLE: usize = 64 * 1024;

/// Bytes given to the guess, from the first one that is not ASCII.
const GUESSED_FROM: usize = 1024 * 1024;

impl Encoding {
    /// The encoding of this label: any label of the WHATWG Encoding Standard, or `utf-32le`, `utf-32be`, `utf-32`
    /// (little-endian), in any case. `None` where there is none of that name.
    #[must_use]
    pub fn from_label(label: &str) -> Option<&'static Self> {
        let label = label.trim();
        if label.eq_ignore_ascii_case("utf-32") {
            return Self::from_label("utf-32le");
        }
        let named = |name: &str| ENCODINGS.iter().find(|encoding| encoding.label.eq_ignore_ascii_case(name));
        named(label).or_else(|| named(encoding_rs::Encoding::for_label(label.as_bytes())?.name()))
    }
}

/// What [`detect`] found.
pub(super) struct Detected<'a> {
    pub used: EncodingUsed,
    /// Length of the byte order mark, to be skipped.
    pub skip: usize,
    /// The bytes as text, where finding out has shown that they are valid UTF-8 and have no mark.
    pub valid: Option<&'a str>,
}

/// The encoding of `bytes`. One that was `chosen` by hand stands; its own mark is skipped where it is there.
pub(super) fn detect<'a>(bytes: &'a [u8], chosen: Option<&'static Encoding>) -> Detected<'a> {
    let mark = mark_of(bytes);
    if let Some(encoding) = chosen {
        let skip = mark.filter(|(label, _)| *label == encoding.label).map_or(0, |(_, len)| len);
        return Detected { used: EncodingUsed { encoding, found: EncodingFound::Chosen }, skip, valid: None };
    }
    let valid = if mark.is_none() { std::str::from_utf8(bytes).ok() } else { None };
    let (label, found) = match mark {
        Some((label, _)) => (label, EncodingFound::Mark),
        None => without_mark(bytes, valid.is_some()),
    };
    let encoding = Encoding::from_label(label).unwrap_or(UTF_8);
    let valid = valid.filter(|_| encoding.label == UTF_8.label);
    Detected { used: EncodingUsed { encoding, found }, skip: mark.map_or(0, |(_, len)| len), valid }
}

/// The byte order mark at the head: label and length. `FF FE 00 00` is UTF-32 where the rest is, else UTF-16.
fn mark_of(bytes: &[u8]) -> Option<(&'static str, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some(("utf-8", 3)),
        [0xFF, 0xFE, 0, 0, rest @ ..] if is_mostly_utf_32(rest) => Some(("utf-32le", 4)),
        [0, 0, 0xFE, 0xFF, ..] => Some(("utf-32be", 4)),
        [0xFF, 0xFE, ..] => Some(("utf-16le", 2)),
        [0xFE, 0xFF, ..] => Some(("utf-16be", 2)),
        _ => None,
    }
}

fn without_mark(bytes: &[u8], valid: bool) -> (&'static str, EncodingFound) {
    if bytes.contains(&0)
        && let Some(label) = wide(bytes, valid)
    {
        return (label, EncodingFound::Pattern);
    }
    let escapes = valid && bytes.contains(&0x1B) && bytes.is_ascii() && has_japanese_escape(bytes);
    if (valid && !escapes) || (!valid && is_damaged_utf_8(bytes)) {
        return ("utf-8", EncodingFound::Valid);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let from = if escapes { 0 } else { encoding_rs::Encoding::ascii_valid_up_to(bytes).saturating_sub(64) };
    let (sample, _) = split(bytes.get(from..).unwrap_or(bytes), GUESSED_FROM);
    detector.feed(sample, true);
    (detector.guess(None, Utf8Detection::Deny).name(), EncodingFound::Guess)
}

/// UTF-16 or UTF-32 without a mark. Text that reads well byte by byte stays that, NULs or not.
fn wide(bytes: &[u8], valid: bool) -> Option<&'static str> {
    let (sample, _) = split(bytes, SAMPLE);
    if is_utf_32(bytes, u32::from_le_bytes) {
        return Some("utf-32le");
    }
    if is_utf_32(bytes, u32::from_be_bytes) {
        return Some("utf-32be");
    }
    // In UTF-16, every second byte or so is a control character or beyond ASCII.
    let printed = sample.iter().filter(|byte| (b' '..0x7F).contains(byte)).count();
    if bytes.len() % 2 == 1 || printed * 100 > sample.len() * 85 || (valid && controls(sample) * 4 < sample.len()) {
        return None;
    }
    let (little, big) = (utf_16_signs(sample, u16::from_le_bytes), utf_16_signs(sample, u16::from_be_bytes));
    if little > big * 3 && is_utf_16(sample, u16::from_le_bytes) {
        return Some("utf-16le");
    }
    (big > little * 3 && is_utf_16(sample, u16::from_be_bytes)).then_some("utf-16be")
}

/// How many units are what every text has: ASCII, and the stops and commas of Chinese and Japanese.
fn utf_16_signs(sample: &[u8], unit: fn([u8; 2]) -> u16) -> usize {
    let is_sign = |unit: u16| matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x3001 | 0x3002 | 0xFF0C | 0xFF1A);
    sample.as_chunks::<2>().0.iter().filter(|&&bytes| is_sign(unit(bytes))).count()
}

/// Whether half of the head of `bytes`, which follow a mark, are UTF-32 in little-endian order.
fn is_mostly_utf_32(bytes: &[u8]) -> bool {
    let units = bytes.as_chunks::<4>().0;
    let sample = units.get(..SAMPLE / 4).unwrap_or(units);
    let good = sample.iter().filter(|&&bytes| char::from_u32(u32::from_le_bytes(bytes)).is_some()).count();
    bytes.is_empty() || (good > 0 && good * 2 >= sample.len())
}

/// Whether the head of `bytes` reads as UTF-32 text: characters only, few of them controls.
fn is_utf_32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> bool {
    let (units, rest) = bytes.as_chunks::<4>();
    let sample = units.get(..SAMPLE / 4).unwrap_or(units);
    let mut controls = 0;
    for &bytes in sample {
        match char::from_u32(unit(bytes)) {
            Some(c) => controls += usize::from(is_odd_control(c)),
            None => return false,
        }
    }
    rest.is_empty() && !sample.is_empty() && controls * 20 <= sample.len()
}

/// Whether `sample` reads as UTF-16 text: whole pairs of surrogates, few controls. The sample may end inside a pair.
fn is_utf_16(sample: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let units = sample.as_chunks::<2>().0;
    let (mut controls, mut broken) = (0, 0);
    for decoded in char::decode_utf16(units.iter().map(|&bytes| unit(bytes))) {
        match decoded {
            Ok(c) => controls += usize::from(is_odd_control(c)),
            Err(_) => broken += 1,
        }
    }
    broken * 100 <= units.len() + 99 && controls * 20 <= units.len()
}

/// How many bytes are control characters that text does not have.
pub(super) fn controls(sample: &[u8]) -> usize {
    sample.iter().filter(|&&byte| is_odd_control(char::from(byte))).count()
}

/// A control character other than tab, line feed, form feed, carriage return and escape; or no character at all.
fn is_odd_control(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0B' | '\x0E'..='\x1A' | '\x1C'..='\x1F' | '\x7F' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether the bytes are UTF-8 but for a few places: four whole characters beyond ASCII for each broken place, or a
/// single broken place at the very end, where the file was cut.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken, mut cut) = (0usize, 0usize, false);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        cut = !chunk.invalid().is_empty();
        broken += usize::from(cut);
        if broken > 1000 && broken > whole {
            return false;
        }
    }
    whole >= broken * 4 || (cut && broken == 1 && whole > 0)
}

/// Whether ISO-2022-JP, which is all ASCII bytes, changes to one of its character sets somewhere.
fn has_japanese_escape(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| matches!(window, b"\x1B$@" | b"\x1B$B" | b"\x1B(J"))
}

/// The first `len` bytes, or all, and the rest.
pub(super) fn split(bytes: &[u8], len: usize) -> (&[u8], &[u8]) {
    bytes.split_at_checked(len).unwrap_or((bytes, &[]))
}
