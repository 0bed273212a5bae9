//! OpenDocument texts, each written by the test that reads it.

use proptest::prelude::*;
use vouch::document::{Apart, AsideKind, BlockKind, Document, ReadError, ReadOptions, Style, Warning, read};

use super::zip_file::zip;

const MIME: &[u8] = b"application/vnd.oasis.opendocument.text";
const STYLES: &str = r#"<office:document-styles><office:styles><style:default-style style:family="paragraph">
    <style:text-properties fo:language="lv" fo:country="LV"/></style:default-style>
    <style:style style:name="Title"/><style:style style:name="Mine" style:parent-style-name="Title"/>
    <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"
    text:start-value="3"/><text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"
    text:display-levels="2"/></text:list-style></office:styles><office:master-styles><style:master-page><style:header>
    <text:p>Press office</text:p></style:header><style:header-left><text:p>Press office</text:p></style:header-left>
    <style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>
    </office:master-styles></office:document-styles>"#;
const META: &str = "<office:document-meta><office:meta><dc:title>Told</dc:title><meta:initial-creator>Anna\
    </meta:initial-creator><meta:creation-date>2026-03-04T05:06:07</meta:creation-date></office:meta></office:document-meta>";
const AUTOMATIC: &str = r#"<office:automatic-styles><style:style style:name="B"><style:text-properties
    fo:font-weight="bold"/></style:style><style:style style:name="V"><style:text-properties text:display="none"/></style:style>
    </office:automatic-styles>"#;

fn content(body: &str) -> String {
    format!(
        "<office:document-content>{AUTOMATIC}<office:body><office:text>{body}</office:text></office:body>\
         </office:document-content>"
    )
}

fn odt(body: &str) -> Vec<u8> {
    let content = content(body);
    zip(&[("mimetype", MIME), ("content.xml", content.as_bytes()), ("meta.xml", META.as_bytes())])
}

fn open(bytes: &[u8]) -> Result<(Document, Vec<Warning>), ReadError> {
    read("release.odt", bytes, &ReadOptions::default())
}

fn document(body: &str) -> Document {
    let (document, warnings) = open(&odt(body)).unwrap();
    assert_eq!(warnings, []);
    assert_eq!(document.reader, "odt-1");
    document
}

fn styled(body: &str) -> Document {
    let content = content(body);
    open(&zip(&[("mimetype", MIME), ("content.xml", content.as_bytes()), ("styles.xml", STYLES.as_bytes())])).unwrap().0
}

#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(document(body).text.as_str(), expected);
}

#[test]
fn words_blanks_and_line_ends_are_read() {
    check(
        "<text:p>One &amp;<text:s text:c='2'/>two</text:p><text:p>a<text:tab/>b<text:line-break/>c</text:p>",
        "One & two\n\na\tb\nc",
    );
    check("<text:p>On <text:date>4 May</text:date> by <text:creator>Anna</text:creator></text:p>", "On 4 May by Anna");
    check("<text:p>a<text:span text:style-name='V'>hidden</text:span>b</text:p>", "ab");
    check("<text:section text:display='none'><text:p>no</text:p></text:section><text:p>yes</text:p>", "yes");
}

#[test]
fn titles_headings_and_lists_are_known() {
    let list = "<text:list text:style-name='L'><text:list-item><text:p>a</text:p><text:p>more</text:p><text:list>\
        <text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>c</text:p>\
        </text:list-item></text:list>";
    let body = format!("<text:p text:style-name='Mine'>T</text:p><text:h text:outline-level='2'>H</text:h>{list}");
    let kinds: Vec<_> =
        styled(&body).original.blocks.iter().filter(|b| b.apart.is_none()).map(|b| b.kind.clone()).collect();
    let item = |depth, label: &str| BlockKind::ListItem { depth, label: label.into() };
    let items = [item(1, "3."), item(1, ""), item(2, "3.a)"), item(1, "4.")];
    assert_eq!(kinds[..2], [BlockKind::Title, BlockKind::Heading(2)]);
    assert_eq!(kinds[2..], items);
}

#[test]
fn tables_are_rows_of_cells() {
    let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let first = format!("<table:table-row>{}<table:covered-table-cell/>{}</table:table-row>", cell("wide"), cell("c"));
    let second = format!("<table:table-row>{}{}</table:table-row>", cell("d"), cell("e"));
    check(&format!("<table:table>{first}{second}</table:table>"), "wide\t\tc\nd\te");
}

#[test]
fn changes_are_read_as_accepted_and_deletions_told() {
    let body = "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><office:change-info><dc:creator>Bert\
        </dc:creator><dc:date>2026-01-01</dc:date></office:change-info><text:p>never</text:p></text:deletion>\
        </text:changed-region></text:tracked-changes><text:p>We <text:change text:change-id='c1'/>always pay.</text:p>";
    let document = document(body);
    assert_eq!(document.text.as_str(), "We always pay.");
    let [aside] = &document.original.asides[..] else { panic!("{:?}", document.original.asides) };
    assert_eq!((aside.kind, aside.text.as_str()), (AsideKind::Deletion, "never"));
    assert_eq!((aside.author.as_deref(), aside.date.as_deref()), (Some("Bert"), Some("2026-01-01")));
}

#[test]
fn notes_comments_boxes_and_heads_stand_apart() {
    let body = "<text:p><office:annotation office:name='k'><dc:creator>Anna</dc:creator><text:p>Why?</text:p>\
        </office:annotation>Claim<office:annotation-end office:name='k'/><text:note><text:note-citation>1\
        </text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note><draw:frame><draw:text-box>\
        <text:p>boxed</text:p></draw:text-box><svg:title>no</svg:title></draw:frame> goes on</text:p>";
    let document = styled(body);
    assert_eq!(document.text.as_str(), "Press office\n\nClaim[1] goes on\n\nboxed\n\n[1] Note.\n\nPage 1");
    let apart: Vec<_> = document.original.blocks.iter().map(|block| block.apart).collect();
    assert_eq!(apart, [Some(Apart::Furniture), None, None, Some(Apart::Note), Some(Apart::Furniture)]);
    let [aside] = &document.original.asides[..] else { panic!("{:?}", document.original.asides) };
    assert_eq!((aside.text.as_str(), document.text.slice(aside.at)), ("Why?", "Claim"));
    assert_eq!(aside.author.as_deref(), Some("Anna"));
}

#[test]
fn links_and_looks_are_styles() {
    let document = document(
        "<text:p><text:a xlink:href='https://example.org/'>all <text:span text:style-name='B'>of</text:span></text:a></text:p>",
    );
    let styles: Vec<_> =
        document.original.styles.iter().map(|s| (document.text.slice(s.span), s.style.clone())).collect();
    assert_eq!(styles, [("all of", Style::Link("https://example.org/".to_owned())), ("of", Style::Strong)]);
}

#[test]
fn the_document_tells_of_itself() {
    let told = document("<text:p>x</text:p>").original.told.clone();
    assert_eq!(told.title.unwrap().value, "Told");
    assert_eq!(told.published.unwrap().value, "2026-03-04T05:06:07");
    assert_eq!(styled("<text:p>x</text:p>").original.told.language.clone().unwrap().value, "lv-LV");
}

#[test]
fn a_flat_file_is_read_too() {
    let flat = format!(
        "<?xml version=\"1.0\"?>\n<office:document xmlns:x=\"y\">{AUTOMATIC}<office:body><office:text><text:p>flat</text:p></office:text></office:body></office:document>"
    );
    let (document, _) = read("a.fodt", flat.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((document.reader, document.text.as_str()), ("odt-1", "flat"));
}

#[test]
fn what_cannot_be_read_is_an_error_in_words() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let encrypted = zip(&[("mimetype", MIME), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x8f\x01")]);
    for (bytes, what) in
        [(encrypted, "password"), (zip(&[("mimetype", MIME)]), "content.xml"), (odt("")[..40].to_vec(), "damaged")]
    {
        let error = open(&bytes).unwrap_err().to_string();
        assert!(error.contains(what) && error.contains(": "), "{error}");
    }
}

#[test]
fn deep_nesting_is_harmless() {
    let deep = "<text:section>".repeat(10_000) + "<text:p>deep</text:p>" + &"</text:section>".repeat(10_000);
    check(&deep, "deep");
    let lists = "<text:list><text:list-item>".repeat(10_000)
        + "<text:p>deep</text:p>"
        + &"</text:list-item></text:list>".repeat(10_000);
    check(&lists, "deep");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Flipped bytes give a document or an error, and its blocks lie in its text.
    #[test]
    fn flipped_bytes_never_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut body = content("<text:list><text:list-item><text:p>One é<text:note><text:note-body><text:p>n</text:p></text:note-body>\
            </text:note></text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p>\
            </table:table-cell></table:table-row></table:table>").into_bytes();
        for (at, byte) in &flips {
            let at = at.index(body.len());
            body[at] = *byte;
        }
        if let Ok((document, _)) = open(&zip(&[("mimetype", MIME), ("content.xml", &body)])) {
            for block in &document.original.blocks {
                prop_assert!(!document.text.slice(block.span).is_empty());
            }
        }
    }
}
