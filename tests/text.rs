//! Laid-out text: what is asked for is where it is shown, in every script, wrapped and not.
use vouch::app::text::{Fonts, Paragraph, Position, Style};

#[test]
fn a_latin_paragraph_wraps_and_answers() {
    let mut fonts = Fonts::bundled_only();
    let text = "The Secretary General said that the office would file the final offer on Friday, 12 July.";
    let paragraph = Paragraph::new(&mut fonts, text, &Style::default(), Some(300.0));
    let caret = paragraph.caret(Position::before(4));
    assert_eq!(paragraph.hit(caret.x, caret.top + 1.0), Position::before(4));
    assert!(paragraph.line_count() > 2);
}
