//! Web pages: recognised by what they hold, their article told from what stands around it, their blocks, what they say
//! of themselves; and pages that mean harm.

use vouch::document::{
    BlockKind, Document, EncodingFound, PartKind, ReadOptions, Structure, Style, Warning, propose, read,
};

use super::named;

const WORDS: &str = "The ministers agreed on Tuesday, after two days of talks in the capital, to build the bridge, and said \
    that work on it would begin in the spring, once the ground has been looked at by engineers of both countries.";

fn whole(html: &str) -> Document {
    let options = ReadOptions { whole: true, ..ReadOptions::default() };
    read("page.html", html.as_bytes(), &options).unwrap().0
}

/// The body reads whole as `text`, and its blocks are of these kinds.
fn check(body: &str, text: &str, kinds: &[BlockKind]) {
    let document = whole(&format!("<!DOCTYPE html><html><body>{body}</body></html>"));
    assert_eq!(document.text.as_str(), text);
    let found: Vec<BlockKind> = document.original.blocks.iter().map(|block| block.kind.clone()).collect();
    assert_eq!(found, kinds);
}

fn item(depth: u8, label: &str) -> BlockKind {
    BlockKind::ListItem { depth, label: label.into() }
}

fn cell(table: u32, row: u32, column: u32, is_head: bool) -> BlockKind {
    BlockKind::Cell { table, row, column, is_head }
}

/// A page as sites make them.
fn site() -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><title>Two countries build a bridge | The Daily</title>\
         <meta property=\"og:title\" content=\"Two countries build a bridge\">\
         <meta property=\"og:site_name\" content=\"The &amp; Daily\">\
         <meta property=\"article:published_time\" content=\"2023-06-28T10:00:00Z\">\
         <meta name=\"description\" content=\"What was agreed\"><link rel=\"canonical\" href=\"https://example.org/bridge\">\
         </head><body><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/news\">News</a></li></ul></nav>\
         <h1>Two countries build a bridge</h1><article class=\"story\"><p>{WORDS}</p><p>{WORDS}</p>\
         <div class=\"newsletter\"><p>Sign up for our letter, it comes every day and tells all, and more besides.</p></div>\
         <h2>The money</h2><p>{WORDS}</p><p>\u{201c}It is time,\u{201d} she said.</p><p>{WORDS}</p></article>\
         <footer><p>Copyright, imprint, cookies, contact and all the rest of it.</p></footer>\
         <script>document.write('gone')</script></body></html>"
    )
}

#[test]
fn the_article_stands_without_menus_and_footers() {
    let document = named("release.html", &site());
    let quoted = "\u{201c}It is time,\u{201d} she said.";
    let text =
        format!("Two countries build a bridge\n\n{WORDS}\n\n{WORDS}\n\nThe money\n\n{WORDS}\n\n{quoted}\n\n{WORDS}");
    assert_eq!(document.text.as_str(), text);
    assert_eq!((document.reader, document.media_type), ("html-1", "text/html"));
    let structure = Structure::of(&document);
    assert_eq!(structure.paragraphs().len(), 7);
    assert_eq!(structure.kind_of(structure.paragraph(1).unwrap()), PartKind::Title);
    assert_eq!(structure.kind_of(structure.paragraph(4).unwrap()), PartKind::Heading);
    assert_eq!(structure.quotations().len(), 1);
}

#[test]
fn the_whole_page_is_a_choice_that_the_reader_s_name_records() {
    let document = whole(&site());
    let text = document.text.as_str();
    assert!(text.starts_with("Home\nNews\n\n") && text.contains("Sign up") && text.ends_with("all the rest of it."));
    assert!(!text.contains("gone"));
    assert_eq!(document.reader, "html-whole-1");
    assert!(ReadOptions::as_recorded(document.reader, None).whole);
    assert!(!ReadOptions::as_recorded("html-1", None).whole);
}

#[test]
fn what_the_page_says_of_itself_is_told_with_its_place() {
    let document = named("release.html", &site());
    let told = &document.original.told;
    let stated = [&told.title, &told.issuer, &told.published, &told.url, &told.subject, &told.language]
        .map(|stated| stated.as_ref().map(|stated| (stated.value.as_str(), stated.place.as_str())).unwrap());
    assert_eq!(
        stated,
        [
            ("Two countries build a bridge", "og:title"),
            ("The & Daily", "og:site_name"),
            ("2023-06-28T10:00:00Z", "article:published_time"),
            ("https://example.org/bridge", "<link rel=canonical>"),
            ("What was agreed", "og:description"),
            ("en-GB", "<html lang>"),
        ]
        .map(|(value, place)| (value, if place == "og:description" { "description" } else { place }))
    );
    let proposed = propose(&document, &Structure::of(&document));
    assert_eq!(proposed.publisher.unwrap().value, "The & Daily");
    assert_eq!(proposed.published.unwrap().value, "2023-06-28");
}

#[test]
fn linked_data_tells_where_the_page_does_not() {
    let html = "<!DOCTYPE html><script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":\
        [\"NewsArticle\"],\"headline\":\"H\",\"datePublished\":\"June 28, 2023\",\"publisher\":{\"name\":\"P\"}}]}</script><p>a";
    let told = whole(html).original.told.clone();
    assert_eq!(told.title.unwrap().place, "JSON-LD headline");
    assert_eq!(told.issuer.unwrap().value, "P");
    assert_eq!(told.published.unwrap().value, "2023-06-28");
}

#[test]
fn blocks_are_told_and_markup_is_not_in_the_text() {
    use BlockKind::{Heading, Paragraph, Preformatted};
    check("a <b>b</b>\n c<br>d&nbsp;&euro;&#x41;", "a b c\nd\u{a0}€A", &[Paragraph]);
    check("<h2>a</h2><p>b<p> <p>c", "a\n\nb\n\nc", &[Heading(2), Paragraph, Paragraph]);
    check("<ol start=3><li>a<li>b<ul><li>c</ul></ol>", "a\nb\nc", &[item(1, "3."), item(1, "4."), item(2, "•")]);
    check("<pre>\n a\r\n  b\n</pre>", " a\n  b", &[Preformatted]);
    check(
        "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>",
        "x\ty\n1\t2\n3",
        &[cell(0, 0, 0, true), cell(0, 0, 1, true), cell(0, 1, 0, false), cell(0, 1, 1, false)],
    );
    check("<table><tr><td><h1>a</h1><p>b</td></tr></table>", "a\n\nb", &[Heading(1), Paragraph]);
    check("<p hidden>a</p><p style='display: none'>b</p><template>c</template><p>d</p>", "d", &[Paragraph]);
    let quoted = whole("<!DOCTYPE html><blockquote><p>a</p></blockquote><p>b");
    assert_eq!(quoted.original.blocks.iter().map(|block| block.quoted).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn sentences_do_not_cross_cells_or_rows() {
    let document = whole("<!DOCTYPE html><table><tr><th>A. B</th><th>C</th></tr><tr><td>D</td><td>E</td></tr></table>");
    let structure = Structure::of(&document);
    let numbers: Vec<usize> =
        structure.paragraphs().iter().map(|paragraph| structure.parts_of(paragraph).len()).collect();
    assert_eq!(numbers, [2, 2]);
    assert!(structure.parts().iter().all(|part| part.kind == PartKind::Cell));
    assert!(structure.sentences().iter().all(|&sentence| !document.text.slice(sentence).contains(['\t', '\n'])));
}

#[test]
fn looks_and_links_are_kept_beside_the_text() {
    let document =
        whole("<!DOCTYPE html><p>a <a href='https://example.org'><b> b </b></a><a href='javascript:x'>c</a></p>");
    assert_eq!(document.text.as_str(), "a b c");
    let styles: Vec<(&str, &Style)> =
        document.original.styles.iter().map(|styled| (document.text.slice(styled.span), &styled.style)).collect();
    assert_eq!(styles.len(), 2);
    assert!(styles.contains(&("b", &Style::Strong)));
    assert!(styles.contains(&("b", &Style::Link("https://example.org".to_owned()))));
}

#[test]
fn each_block_knows_its_element() {
    let document = whole("<!DOCTYPE html><div>x</div><div><p>a</p><p>b</p></div>");
    let text = document.text.as_str();
    let at = text.find('b').unwrap();
    let found = document.original.places.elements_in(vouch::document::ByteSpan { start: at, end: at + 1 });
    assert_eq!(found.iter().map(|element| element.path.as_str()).collect::<Vec<_>>(), ["html/body/div[2]/p[2]"]);
}

#[test]
fn a_page_is_told_by_what_it_holds() {
    let reader = |name: &str, text: &str| read(name, text.as_bytes(), &ReadOptions::default()).unwrap().0.reader;
    for html in ["<!DOCTYPE html><p>a", "\u{FEFF} <!-- x --> <HTML><p>a</p>", "<?xml version='1.0'?><html xmlns='x'/>"]
    {
        assert_eq!(reader("release.txt", html), "html-1", "{html}");
    }
    assert_eq!(reader("release", "<div>a</div>"), "html-1");
    assert_eq!(reader("release.htm", "<h3>a</h3>"), "html-1");
    for text in ["<p>a</p> is a paragraph", "<b> is bold", "a < b", "<100 people came", "<Name> said </so>"] {
        assert_eq!(reader("release.txt", text), "plain-1", "{text}");
    }
    assert_eq!(reader("release.md", "<div>a</div>\n\n# b"), "markdown-source-1");
    assert_eq!(reader("release.html", "no markup at all"), "plain-1");
}

#[test]
fn the_encoding_is_what_the_page_says_where_it_can_be() {
    let page = |meta: &str| format!("<!DOCTYPE html><html><head>{meta}</head><body><p>\u{438}\u{43c}\u{44f}</p>");
    let used = |bytes: &[u8]| {
        let (document, _) = read("page.html", bytes, &ReadOptions { whole: true, ..ReadOptions::default() }).unwrap();
        let encoding = document.encoding.unwrap();
        (document.text.as_str().to_owned(), encoding.encoding.label, encoding.found)
    };
    let name = "\u{438}\u{43c}\u{44f}".to_owned();
    for meta in ["<meta charset=koi8-r>", "<meta http-equiv='Content-Type' content='text/html; charset=KOI8-R'>"] {
        let (bytes, ..) = encoding_rs::KOI8_R.encode(&page(meta)).into_owned();
        assert_eq!(used(&bytes), (name.clone(), "koi8-r", EncodingFound::Declared));
        // What is valid UTF-8 is that, whatever the page says.
        assert_eq!(used(page(meta).as_bytes()), (name.clone(), "utf-8", EncodingFound::Valid));
    }
}

/// The owned bytes of what `encoding_rs` encodes.
trait Owned {
    fn into_owned(self) -> (Vec<u8>, &'static encoding_rs::Encoding, bool);
}

impl Owned for (std::borrow::Cow<'_, [u8]>, &'static encoding_rs::Encoding, bool) {
    fn into_owned(self) -> (Vec<u8>, &'static encoding_rs::Encoding, bool) {
        (self.0.into_owned(), self.1, self.2)
    }
}

#[test]
fn xhtml_has_empty_elements_and_no_entity_of_its_own() {
    let text = |body: &str| {
        let head = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>";
        whole(&format!("{head}<html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html>"))
            .text
            .as_str()
            .to_owned()
    };
    assert_eq!(text("<script src='x'/><p>a</p><p/><div/>b<br/>c"), "a\n\nb\nc");
    assert_eq!(text("<p><![CDATA[1 < 2 &amp;]]></p>"), "1 < 2 &amp;");
    assert_eq!(text("<p>&b; &amp;</p>"), "&b; &");
}

#[test]
fn a_page_without_text_says_so() {
    let (document, warnings) =
        read("page.html", b"<!DOCTYPE html><script>f()</script>", &ReadOptions::default()).unwrap();
    assert!(document.text.is_empty());
    assert!(matches!(&warnings[..], [Warning::Odd(words)] if words.contains("script")), "{warnings:?}");
}

#[test]
fn pages_that_mean_harm_are_only_text() {
    let deep = format!("<!DOCTYPE html>{}a{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
    assert_eq!(named("deep.html", &deep).text.as_str(), "a");
    let lists = format!("<!DOCTYPE html>{}a", "<ul><li><blockquote>".repeat(2_000));
    assert_eq!(named("lists.html", &lists).text.as_str(), "a");
    let wide = format!("<!DOCTYPE html><p title=\"{}\" {}>a", "x".repeat(1 << 20), "b=c ".repeat(10_000));
    assert_eq!(named("wide.html", &wide).text.as_str(), "a");
    let remote = "<!DOCTYPE html><p>a<img src='https://example.org/t.gif' alt='t'><iframe src='https://example.org'>i</iframe>\
        <link rel=stylesheet href='https://example.org/s.css'><svg><text>s</text></svg></p><script>x</script>";
    assert_eq!(named("remote.html", remote).text.as_str(), "a");
    let tables = format!("<!DOCTYPE html>{}a", "<table><tr><td>".repeat(1_000));
    assert_eq!(named("tables.html", &tables).text.as_str(), "a");
}
