//! Rich text, each file written by the test that reads it.

use proptest::prelude::*;
use vouch::document::{Apart, AsideKind, BlockKind, Document, ReadOptions, Style, Warning, read};

fn open(text: &str) -> (Document, Vec<Warning>) {
    read("release.rtf", text.as_bytes(), &ReadOptions::default()).unwrap()
}

fn document(inside: &str) -> Document {
    let fonts =
        r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}{\f2\fcharset128 Gothic;}{\f3\fcharset2 Symbol;}}";
    let styles = r"{\stylesheet{\s1 heading 1;}{\s5 Title;}}";
    let (document, warnings) = open(&format!(r"{{\rtf1\ansi\ansicpg1252\uc1{fonts}{styles}\f0 {inside}}}"));
    assert_eq!(warnings, []);
    assert_eq!(document.reader, "rtf-1");
    document
}

#[track_caller]
fn check(inside: &str, expected: &str) {
    assert_eq!(document(inside).text.as_str(), expected);
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document.original.blocks.iter().map(|block| block.kind.clone()).collect()
}

#[test]
fn paragraphs_lines_and_signs_are_read() {
    check(r"One\par Two\line three\par\pard", "One\n\nTwo\nthree");
    check("Li\nne ends of the\r\n file are none", "Line ends of the file are none");
    check(r"\{a\}\\ b\~c\_d\-e", "{a}\\ b\u{a0}c\u{2011}de");
    check(r"\ldblquote so\rdblquote\emdash \lquote it\rquote", "“so”—‘it’");
    check(r"a\tab b", "a\tb");
}

#[test]
fn letters_are_read_in_the_code_page_of_their_font() {
    check(r"caf\'e9", "café");
    check(r"{\f1 \'cc\'e8\'f0} \'e9", "Мир é");
    check(r"{\f2 \'93\'fa\'96\'7b}", "日本");
    check(r"{\f3 a\'b7}", "α•");
}

#[test]
fn numbered_characters_replace_what_stands_in_for_them() {
    check(r"\u233 ?x", "éx");
    check(r"\u-10179 ?\u-8704 ?!", "😀!");
    check(r"\uc2\u8364 \'80\'81z", "€z");
    check(r"\uc0\u8364 z", "€z");
    check(r"{\upr{no}{\*\ud{yes}}}", "yes");
}

#[test]
fn what_is_for_programs_is_passed_over() {
    check(r"{\*\unknown {deep {x}}}{\pict\bin5 {{{{{}{\info{\title T}}seen", "seen");
    check(r"{\v hidden}{\v0 seen}", "seen");
    check(r"{\object{\*\objdata 00ff}{\result shown}}", "shown");
}

#[test]
fn tables_are_rows_of_cells() {
    let table = r"\trowd\intbl a\cell b\par c\cell\row\trowd\intbl d\cell e\cell\row\pard after\par";
    check(table, "a\tb\nc\nd\te\n\nafter");
}

#[test]
fn headings_and_list_items_are_known() {
    let document =
        document(r"\pard\s5 T\par\pard\s1 H\par\pard\outlinelevel1 K\par\pard{\listtext 1.\tab}\ilvl1 item\par");
    let item = BlockKind::ListItem { depth: 2, label: "1.".into() };
    assert_eq!(kinds(&document), [BlockKind::Title, BlockKind::Heading(1), BlockKind::Heading(2), item]);
    assert_eq!(document.text.as_str(), "T\n\nH\n\nK\n\nitem");
}

#[test]
fn notes_heads_and_comments_stand_apart() {
    let document = document(
        r"{\header Press\par}Said{\super\chftn}{\footnote {\super\chftn} Note.}{\*\atnauthor Anna}{\*\annotation Why?} so.\par{\footer Press\par}",
    );
    assert_eq!(document.text.as_str(), "Press\n\nSaid[1] so.\n\n[1] Note.");
    let apart: Vec<_> = document.original.blocks.iter().map(|block| block.apart).collect();
    assert_eq!(apart, [Some(Apart::Furniture), None, Some(Apart::Note)]);
    let [aside] = &document.original.asides[..] else { panic!("{:?}", document.original.asides) };
    assert_eq!((aside.kind, aside.text.as_str(), aside.author.as_deref()), (AsideKind::Comment, "Why?", Some("Anna")));
}

#[test]
fn deletions_are_told_and_insertions_read() {
    let document = document(r"We {\deleted never}{\revised always} pay.");
    assert_eq!(document.text.as_str(), "We always pay.");
    let [aside] = &document.original.asides[..] else { panic!("{:?}", document.original.asides) };
    assert_eq!((aside.kind, aside.text.as_str()), (AsideKind::Deletion, "never"));
}

#[test]
fn links_lead_where_their_field_says() {
    let document = document(r#"{\field{\*\fldinst{HYPERLINK "https://example.org/"}}{\fldrslt{\b here}}} now"#);
    assert_eq!(document.text.as_str(), "here now");
    let styles: Vec<_> =
        document.original.styles.iter().map(|s| (document.text.slice(s.span), s.style.clone())).collect();
    let link = Style::Link("https://example.org/".to_owned());
    assert_eq!(styles, [("here", Style::Strong), ("here", link)]);
}

#[test]
fn the_document_tells_of_itself() {
    let told = document(r"{\info{\title A \'e9}{\author Anna}{\*\company Firm}{\creatim\yr2026\mo2\dy3\hr4}}x")
        .original
        .told
        .clone();
    let value = |stated: Option<vouch::document::Stated>| stated.map(|stated| stated.value).unwrap_or_default();
    assert_eq!(value(told.title), "A é");
    assert_eq!(value(told.issuer), "Firm");
    assert_eq!(value(told.published), "2026-02-03");
}

#[test]
fn deep_groups_are_read_as_if_they_lay_higher() {
    check(&format!("{}deep{} after", "{".repeat(10_000), "}".repeat(10_000)), "deep after");
}

#[test]
fn a_file_that_breaks_off_is_read_so_far_and_said() {
    let (document, warnings) = open(r"{\rtf1 One\par {\b two");
    assert_eq!(document.text.as_str(), "One\n\ntwo");
    assert!(matches!(&warnings[..], [Warning::Odd(words)] if words.contains("breaks off")), "{warnings:?}");
    let (document, _) = open(r"{\rtf1 a{\pict\bin99999999 x");
    assert_eq!(document.text.as_str(), "a");
}

proptest! {
    /// Any sequence of control words and bytes gives a document whose blocks lie in its text.
    #[test]
    fn nothing_panics(pieces in prop::collection::vec(prop_oneof![
        Just("{".to_owned()), Just("}".to_owned()), Just("\\par ".to_owned()), Just("\\cell ".to_owned()),
        Just("\\row ".to_owned()), Just("{\\footnote ".to_owned()), Just("{\\header ".to_owned()), Just("\\u-10179?".to_owned()),
        Just("{\\*\\annotation ".to_owned()), Just("{\\shp{\\*\\shpinst{\\shptxt ".to_owned()), Just("\\deleted ".to_owned()),
        Just("{\\fldrslt ".to_owned()), Just("\\intbl ".to_owned()), Just("{\\upr".to_owned()), Just("\\bin-3 ".to_owned()),
        Just("{\\*\\atrfstart 1}".to_owned()), Just("{\\*\\atrfend 1}".to_owned()), "\\\\[a-z]{1,8}-?[0-9]{0,12}", "\\PC{0,6}",
    ], 0..60)) {
        let text = format!("{{\\rtf1 {}", pieces.concat());
        let (document, _) = open(&text);
        for block in &document.original.blocks {
            prop_assert!(!document.text.slice(block.span).is_empty());
        }
        for aside in &document.original.asides {
            prop_assert!(document.text.as_str().get(aside.at.start..aside.at.end).is_some());
        }
    }
}
