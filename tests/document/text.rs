//! The two rulers of a text.

use proptest::prelude::*;
use vouch::document::{ByteSpan, CodeSpan, Text};

fn check(string: &str) {
    let text = Text::new(string);
    assert_eq!(text.as_str(), string);
    let count = string.chars().count();
    assert_eq!(text.len_code_points(), count);
    for (code, (byte, _)) in string.char_indices().enumerate() {
        assert_eq!(text.code_from_byte(byte), code);
        assert_eq!(text.byte_from_code(code), Some(byte));
    }
    assert_eq!((text.code_from_byte(string.len()), text.byte_from_code(count)), (count, Some(string.len())));
    assert_eq!((text.code_from_byte(usize::MAX), text.byte_from_code(count + 1)), (count, None));
}

#[test]
fn rulers_agree_over_many_strides() {
    check("");
    check("abc");
    check(&"a".repeat(10_000));
    check(&"aé€😀".repeat(3_000));
    check(&("a".repeat(4_095) + "€" + &"b".repeat(4_094) + "😀"));
}

#[test]
fn a_span_out_of_the_text_or_off_its_characters_is_empty() {
    let text = Text::new("aé");
    assert_eq!(text.slice(ByteSpan::new(0, 3)), "aé");
    assert_eq!([text.slice(ByteSpan::new(0, 2)), text.slice(ByteSpan::new(1, 9))], ["", ""]);
    assert_eq!(text.byte_span_from_code_span(CodeSpan::new(1, 3)), None);
}

proptest! {
    #[test]
    fn rulers_agree(string in "\\PC{0,400}") {
        check(&string);
    }
}
