//! XHTML written so that an HTML parser reads it: empty elements closed, CDATA as text, entities of its own untouched.
//!
//! No entity is ever expanded but by HTML's own table. Held by `tests/document.rs`.

use std::borrow::Cow;

/// Elements that HTML has without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The page as HTML. What is no XHTML is left as it is.
pub(super) fn as_html(source: &str) -> Cow<'_, str> {
    let start = source.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let head = start.get(..start.floor_char_boundary(1024)).unwrap_or(start);
    if !start.starts_with("<?xml") && !head.contains("http://www.w3.org/1999/xhtml") {
        return Cow::Borrowed(source);
    }
    let mut html = String::with_capacity(source.len());
    let mut rest = start;
    while let Some(at) = rest.find('<') {
        let (text, markup) = rest.split_at(at);
        html.push_str(text);
        rest = if let Some(after) = markup.strip_prefix("<![CDATA[") {
            let (data, after) = after.split_once("]]>").unwrap_or((after, ""));
            push_escaped(&mut html, data);
            after
        } else if markup.starts_with("<!--") {
            let len = markup.find("-->").map_or(markup.len(), |end| end + 3);
            push(&mut html, markup, len)
        } else if markup.starts_with("<?") {
            markup.split_once("?>").map_or("", |(_, after)| after)
        } else if markup.starts_with("<!") {
            markup.get(doctype(markup)..).unwrap_or_default()
        } else {
            element(&mut html, markup)
        };
    }
    html.push_str(rest);
    // Scripts and styles stand in CDATA; HTML takes theirs as it is, and nothing of them is kept.
    Cow::Owned(html)
}

/// Adds the first `len` bytes of `markup` and gives the rest.
fn push<'a>(html: &mut String, markup: &'a str, len: usize) -> &'a str {
    let (head, rest) = markup.split_at_checked(len).unwrap_or((markup, ""));
    html.push_str(head);
    rest
}

/// The length of a doctype, with the declarations inside it.
fn doctype(markup: &str) -> usize {
    let (mut inside, mut quote) = (0usize, None);
    for (at, c) in markup.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => inside += 1,
            (None, ']') => inside = inside.saturating_sub(1),
            (None, '>') if inside == 0 => return at + 1,
            _ => {}
        }
    }
    markup.len()
}

/// Adds the tag at the head of `markup`, an end tag after it where it is an empty element, and gives the rest.
fn element<'a>(html: &mut String, markup: &'a str) -> &'a str {
    let mut quote = None;
    let end = markup.char_indices().find(|&(_, c)| match (quote, c) {
        (Some(open), c) => {
            quote = if open == c { None } else { Some(open) };
            false
        }
        (None, '"' | '\'') => {
            quote = Some(c);
            false
        }
        (None, c) => c == '>',
    });
    let len = end.map_or(markup.len(), |(at, _)| at + 1);
    let tag = markup.get(..len).unwrap_or(markup);
    let name = tag.get(1..).unwrap_or_default();
    let name = name.get(..name.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(name.len()));
    let name = name.unwrap_or_default();
    let rest = push(html, markup, len);
    if tag.ends_with("/>") && !name.is_empty() && !VOID.contains(&name) {
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
    rest
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '&' => html.push_str("&amp;"),
            c => html.push(c),
        }
    }
}
