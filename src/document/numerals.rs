//! Numbers of lists and notes that are not written in digits.
//!
//! Held by `tests/document.rs`.

/// a … z, aa, bb …, as word processors count.
pub(super) fn letters(count: u32, first: char) -> String {
    let Some(index) = count.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from_u32(first as u32 + index % 26).unwrap_or(first);
    std::iter::repeat_n(letter, (index / 26 + 1).min(16) as usize).collect()
}

/// In Roman numerals, in lower case.
pub(super) fn roman(count: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count == 0 || count > 9999 {
        return count.to_string();
    }
    let mut left = count;
    let mut roman = String::new();
    for (value, numeral) in NUMERALS {
        while left >= value {
            roman.push_str(numeral);
            left -= value;
        }
    }
    roman
}
