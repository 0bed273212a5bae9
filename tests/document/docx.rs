//! Word's documents, each written by the test that reads it.

use std::fmt::Write;

use proptest::prelude::*;
use vouch::document::{
    Apart, AsideKind, Block, BlockKind, Document, ReadError, ReadOptions, Structure, Style, Warning, read,
};

use super::zip_file::zip;

const TYPES: &str = "<Types/>";
const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument"
    Target="word/document.xml"/><Relationship Id="r2" Type="http://x/core-properties" Target="docProps/core.xml"/>
    </Relationships>"#;
const OF_DOCUMENT: &str = r#"<Relationships><Relationship Id="s" Type="http://x/styles" Target="styles.xml"/>
    <Relationship Id="n" Type="http://x/numbering" Target="numbering.xml"/>
    <Relationship Id="f" Type="http://x/footnotes" Target="footnotes.xml"/>
    <Relationship Id="c" Type="http://x/comments" Target="comments.xml"/>
    <Relationship Id="h1" Type="http://x/header" Target="header1.xml"/>
    <Relationship Id="link" Type="http://x/hyperlink" Target="https://example.org/" TargetMode="External"/>
    </Relationships>"#;
const STYLES: &str = r#"<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="et-EE"/></w:rPr></w:rPrDefault>
    </w:docDefaults><w:style w:styleId="T"><w:name w:val="Title"/></w:style>
    <w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
    <w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
    <w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
const FOOTNOTES: &str = r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>no</w:t></w:r></w:p>
    </w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>The note.</w:t></w:r></w:p></w:footnote>
    </w:footnotes>"#;
const COMMENTS: &str = r#"<w:comments><w:comment w:id="0" w:author="Anna" w:date="2026-01-02T03:04:05Z"><w:p><w:r>
    <w:t>Really?</w:t></w:r></w:p></w:comment></w:comments>"#;
const HEADER: &str = "<w:hdr><w:p><w:r><w:t>Press office</w:t></w:r></w:p></w:hdr>";
const CORE: &str = "<cp:coreProperties><dc:title>Told &amp; true</dc:title><dc:creator>Anna</dc:creator>
    <dcterms:created>2026-03-04T05:06:07Z</dcterms:created></cp:coreProperties>";

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    zip(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", OF_DOCUMENT.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
        ("word/footnotes.xml", FOOTNOTES.as_bytes()),
        ("word/comments.xml", COMMENTS.as_bytes()),
        ("word/header1.xml", HEADER.as_bytes()),
        ("docProps/core.xml", CORE.as_bytes()),
    ])
}

fn open(bytes: &[u8]) -> Result<(Document, Vec<Warning>), ReadError> {
    read("release.docx", bytes, &ReadOptions::default())
}

fn document(body: &str) -> Document {
    let (document, warnings) = open(&docx(body)).unwrap();
    assert_eq!(warnings, []);
    assert_eq!(document.reader, "docx-1");
    document
}

#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(document(body).text.as_str(), expected);
}

#[track_caller]
fn check_error(bytes: &[u8], expected: &str) {
    let error = open(bytes).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
    assert!(error.contains(": "), "{error} says what to do");
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document.original.blocks.iter().map(|block| block.kind.clone()).collect()
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn words_of_a_paragraph_are_read_in_order() {
    check(&(p("One &amp; &#x201c;two&#8221;.") + &p("Three.")), "One & “two”.\n\nThree.");
    check("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc");
    check("<w:p><w:r><w:t>X</w:t><w:noBreakHyphen/><w:t>ray</w:t></w:r></w:p>", "X\u{2011}ray");
    check(r#"<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r></w:p>"#, "α");
    check("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>no tab</w:t></w:r></w:p>", "no tab");
}

#[test]
fn hidden_words_and_codes_of_fields_are_out_and_results_in() {
    check("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>", "seen");
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = r#"<w:r><w:instrText>HYPERLINK "https://example.org/a"</w:instrText></w:r>"#;
    let body = [
        "<w:p>".to_owned(),
        field("begin"),
        code.to_owned(),
        field("separate"),
        "<w:r><w:t>here</w:t></w:r>".to_owned(),
        field("end"),
        "<w:r><w:t> ends</w:t></w:r></w:p>".to_owned(),
    ];
    let document = document(&body.concat());
    assert_eq!(document.text.as_str(), "here ends");
    let [styled] = &document.original.styles[..] else { panic!("{:?}", document.original.styles) };
    assert_eq!((styled.span.start, styled.span.end), (0, 4));
    assert_eq!(styled.style, Style::Link("https://example.org/a".to_owned()));
    // A field that is never closed hides nothing beyond its paragraph.
    check(&format!("<w:p>{}</w:p>{}", field("begin"), p("after")), "after");
}

#[test]
fn headings_are_found_by_the_style_or_what_it_is_based_on() {
    let styled = |style: &str, words: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#)
    };
    let document = document(&(styled("T", "Title") + &styled("Mine", "Part") + &p("Words.")));
    assert_eq!(kinds(&document), [BlockKind::Title, BlockKind::Heading(2), BlockKind::Paragraph]);
}

#[test]
fn lists_count_as_their_numbering_says() {
    let item = |level: u8, words: &str| {
        let numbering = format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>"#);
        format!("<w:p><w:pPr>{numbering}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let document = document(&[item(0, "a"), item(1, "b"), item(1, "c"), item(0, "d"), item(1, "e")].concat());
    assert_eq!(document.text.as_str(), "a\nb\nc\nd\ne");
    let labels: Vec<String> = kinds(&document)
        .into_iter()
        .map(|kind| match kind {
            BlockKind::ListItem { depth, label } => format!("{depth} {label}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(labels, ["1 3.", "2 3.a)", "2 3.b)", "1 4.", "2 4.a)"]);
}

#[test]
fn tables_are_rows_of_cells_and_a_table_of_one_cell_is_none() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p(words));
    let merged = format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc>"#, p("wide"));
    let rows = [merged + &cell("c"), cell("d") + &p("e").replace("<w:p>", "<w:tc><w:p>") + "</w:tc>"];
    let table = format!("<w:tbl><w:tr>{}</w:tr><w:tr>{}</w:tr></w:tbl>", rows[0], rows[1]);
    check(&table, "wide\t\tc\nd\te");
    check(&format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("One."), p("Two.")), "One.\n\nTwo.");
}

#[test]
fn changes_are_read_as_accepted_and_deletions_told() {
    let body = r#"<w:p><w:r><w:t>We </w:t></w:r><w:del w:author="Bert" w:date="2026-01-01"><w:r>
        <w:delText>never</w:delText></w:r></w:del><w:ins><w:r><w:t>always</w:t></w:r></w:ins><w:r><w:t> pay.</w:t></w:r></w:p>"#;
    let document = document(body);
    assert_eq!(document.text.as_str(), "We always pay.");
    let mut deletions = document.original.asides.iter().filter(|aside| aside.kind == AsideKind::Deletion);
    let (Some(aside), None) = (deletions.next(), deletions.next()) else { panic!("{:?}", document.original.asides) };
    assert_eq!(aside.text, "never");
    assert_eq!((aside.author.as_deref(), aside.at.start), (Some("Bert"), 2));
    // A paragraph whose end was deleted goes on in the next one.
    let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>";
    check(&(joined.to_owned() + &p("two.")), "One two.");
}

#[test]
fn notes_comments_and_heads_stand_apart() {
    let body = r#"<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Claim</w:t></w:r><w:commentRangeEnd w:id="0"/>
        <w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:sectPr><w:headerReference r:id="h1"/>
        <w:headerReference r:id="h1"/></w:sectPr>"#;
    let document = document(body);
    assert_eq!(document.text.as_str(), "Press office\n\nClaim[1]\n\n[1] The note.");
    let apart: Vec<Option<Apart>> = document.original.blocks.iter().map(|block: &Block| block.apart).collect();
    assert_eq!(apart, [Some(Apart::Furniture), None, Some(Apart::Note)]);
    let [aside] = &document.original.asides[..] else { panic!("{:?}", document.original.asides) };
    assert_eq!((aside.kind, aside.text.as_str()), (AsideKind::Comment, "Really?"));
    assert_eq!(document.text.slice(aside.at), "Claim");
    let structure = Structure::of(&document);
    let sentences: Vec<_> = structure.sentences().iter().map(|&span| document.text.slice(span)).collect();
    assert_eq!(sentences, ["Claim[1]", "[1] The note."]);
}

#[test]
fn a_text_box_is_read_once_after_what_it_hangs_on() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", p("boxed"));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><a:t>no</a:t>{inside}</w:drawing></mc:Choice><mc:Fallback>\
         <w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r></w:p>"
    );
    check(&body, "around\n\nboxed");
}

#[test]
fn links_and_looks_are_styles() {
    let body = r#"<w:p><w:hyperlink r:id="link"><w:r><w:rPr><w:b/></w:rPr><w:t>all </w:t></w:r><w:r><w:t>of it</w:t></w:r>
        </w:hyperlink></w:p>"#;
    let document = document(body);
    let found: Vec<_> =
        document.original.styles.iter().map(|s| (document.text.slice(s.span), s.style.clone())).collect();
    let link = Style::Link("https://example.org/".to_owned());
    assert_eq!(found, [("all of it", link), ("all", Style::Strong)]);
}

#[test]
fn the_document_tells_of_itself() {
    let told = document(&p("Words.")).original.told.clone();
    let title = told.title.unwrap();
    assert_eq!((title.value.as_str(), title.place.as_str()), ("Told & true", "docProps/core.xml"));
    assert_eq!(told.published.unwrap().value, "2026-03-04T05:06:07Z");
    assert_eq!(told.language.unwrap().value, "et-EE");
}

#[test]
fn entities_are_never_expanded() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>"#;
    let document = format!("{bomb}<w:document><w:body>{}</w:body></w:document>", p("&b; and &c;"));
    let (document, _) = open(&zip(&[("word/document.xml", document.as_bytes())])).unwrap();
    assert_eq!(document.text.as_str(), "&b; and &c;");
}

#[test]
fn an_archive_that_swells_is_refused() {
    let swollen = vec![b' '; 51 * 1024 * 1024];
    check_error(&zip(&[("word/document.xml", &swollen)]), "50 MiB");
}

#[test]
fn an_entry_that_lies_about_its_size_is_refused() {
    let swollen = vec![b' '; 51 * 1024 * 1024];
    let mut bytes = zip(&[("word/document.xml", &swollen)]);
    let size = (swollen.len() as u32).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|&at| bytes[at..at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
    }
    assert!(open(&bytes).is_err());
}

#[test]
fn an_archive_of_too_many_entries_is_refused() {
    let names: Vec<String> = (0..3000).map(|at| format!("word/document{at}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    check_error(&zip(&entries), "2000 entries");
}

#[test]
fn deep_nesting_is_harmless() {
    let deep = "<w:sdt>".repeat(10_000) + &p("deep") + &"</w:sdt>".repeat(10_000);
    check(&deep, "deep");
    let tables = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &p("deep") + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    check(&tables, "deep");
}

#[test]
fn a_body_that_breaks_off_is_read_so_far_and_said() {
    let document = format!("<w:document><w:body>{}<w:p><w:r><w:t>cut", p("whole"));
    let (document, warnings) = open(&zip(&[("word/document.xml", document.as_bytes())])).unwrap();
    assert!(document.text.as_str().starts_with("whole"));
    assert!(matches!(&warnings[..], [Warning::Odd(words)] if words.contains("damaged")), "{warnings:?}");
}

#[test]
fn what_cannot_be_read_is_an_error_in_words() {
    let whole = docx(&p("Words."));
    for length in [30, whole.len() / 2, whole.len() - 10] {
        check_error(&whole[..length], "damaged");
    }
    check_error(&zip(&[("word/document1.xml", b"x"), ("_rels/.rels", RELATIONS.as_bytes())]), "word/document.xml");
}

#[test]
fn names_that_lead_elsewhere_matter_not() {
    let relations = RELATIONS.replace("word/document.xml", "../../word/document.xml");
    let document = format!("<w:document><w:body>{}</w:body></w:document>", p("here"));
    let bytes = zip(&[
        ("_rels/.rels", relations.as_bytes()),
        ("../../etc/x", b"x"),
        ("word/document.xml", document.as_bytes()),
    ]);
    assert_eq!(open(&bytes).unwrap().0.text.as_str(), "here");
}

#[test]
fn a_long_document_is_read_whole() {
    let mut body = String::new();
    for number in 0..2000 {
        write!(body, "<w:p><w:r><w:t>{number}</w:t></w:r></w:p>").unwrap();
    }
    assert_eq!(kinds(&document(&body)).len(), 2000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Flipped bytes of the body give a document or an error, and its parts lie in its text.
    #[test]
    fn flipped_bytes_never_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), inside in any::<bool>()) {
        let mut body = format!(
            "<w:document><w:body>{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:del><w:r><w:delText>x</w:delText></w:r>\
             </w:del><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:body></w:document>", p("One é."), p("Two."),
        ).into_bytes();
        if inside {
            for (at, byte) in &flips { let at = at.index(body.len()); body[at] = *byte; }
        }
        let mut bytes = zip(&[("word/document.xml", &body)]);
        if !inside {
            for (at, byte) in &flips { let at = at.index(bytes.len()); bytes[at] = *byte; }
        }
        if let Ok((document, _)) = open(&bytes) {
            for block in &document.original.blocks {
                prop_assert!(!document.text.slice(block.span).is_empty());
            }
            for aside in &document.original.asides {
                prop_assert!(document.text.as_str().get(aside.at.start..aside.at.end).is_some());
            }
        }
    }
}
