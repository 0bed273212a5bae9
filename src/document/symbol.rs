//! Letters of fonts that draw signs: which character is meant.
//!
//! Held by `tests/document.rs`.

/// Greek letters and signs of the font Symbol, from 0x41 to 0x5A and from 0x61 to 0x7A.
const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// Other signs of the font Symbol.
const SYMBOL: &[(u32, char)] = &[
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAE, '→'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xD2, '®'),
    (0xD3, '©'),
    (0xD4, '™'),
    (0xD5, '∏'),
    (0xD6, '√'),
    (0xE2, '®'),
    (0xE3, '©'),
    (0xE4, '™'),
    (0xE5, '∑'),
];

/// Signs of the font Wingdings.
const WINGDINGS: &[(u32, char)] = &[
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x4A, '☺'),
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// The character that is meant by one of a font. Fonts of signs have theirs at U+F020 to U+F0FF, and where a program
/// wrote carelessly at U+0020 to U+00FF. What is not known stays as it is.
pub(super) fn symbol(font: &str, c: char) -> char {
    let code = match c as u32 {
        code @ 0xF020..=0xF0FF => code - 0xF000,
        code @ 0x20..=0xFF => code,
        _ => return c,
    };
    let find = |table: &[(u32, char)]| table.iter().find(|(known, _)| *known == code).map(|&(_, meant)| meant);
    let font = font.to_ascii_lowercase();
    let is_symbol = font == "symbol" || font.starts_with("symbol ");
    let meant = match code {
        0x41..=0x5A if is_symbol => CAPITALS.chars().nth(code as usize - 0x41),
        0x61..=0x7A if is_symbol => SMALL.chars().nth(code as usize - 0x61),
        0x20..=0x7E if is_symbol => char::from_u32(code),
        _ if is_symbol => find(SYMBOL),
        _ if font == "wingdings" => find(WINGDINGS),
        // Bullets of lists often do not say of which font they are.
        0xB7 if c as u32 != code => Some('•'),
        _ => None,
    };
    meant.unwrap_or(c)
}
