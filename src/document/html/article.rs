//! Which elements of a page are the article's own: by the rules of reader views, and a few of our own.
//!
//! Held by `tests/document.rs`. The rules (`dom_smoothie`, after Mozilla's Readability) rewrite a page; here they work on
//! a copy whose elements are numbered, and only tell which of them they kept: the text itself is read off the page.

use std::collections::BTreeSet;

use dom_query::{Document as Page, NodeRef};
use dom_smoothie::{Config, Readability};

/// The article's own elements.
pub(super) struct Own {
    /// By their number: their place among all elements of the page, from 0, a parent before its children.
    elements: BTreeSet<usize>,
    /// How long its text is, in code points.
    length: usize,
}

/// The name under which an element of the copy has its number; a name, since the rules hand values on to others.
const NUMBER: &str = "data-vouch-element-";

/// A page of more elements, or with deeper ones, is no article; the rules would take very long.
const MOST_ELEMENTS: usize = 200_000;
const DEEPEST: usize = 300;

/// The article's own elements; `None` where no article can be told.
pub(super) fn own(page: &Page) -> Option<Own> {
    let copy = page.clone();
    let mut count = 0;
    for node in copy.root().descendants_it().filter(NodeRef::is_element) {
        count += 1;
        if count > MOST_ELEMENTS || node.ancestors_it(None).nth(DEEPEST).is_some() {
            return None;
        }
    }
    let elements: Vec<_> = copy.root().descendants_it().filter(NodeRef::is_element).collect();
    for (number, node) in elements.into_iter().enumerate() {
        node.set_attr(&format!("{NUMBER}{number}"), "");
    }
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(copy, None, Some(config)).ok()?.parse().ok()?;
    let elements: BTreeSet<usize> = article
        .content
        .split(NUMBER)
        .skip(1)
        .filter_map(|rest| rest.get(..rest.find(|c: char| !c.is_ascii_digit())?)?.parse().ok())
        .collect();
    (!elements.is_empty()).then_some(Own { elements, length: article.length })
}

/// Words in classes and names of elements that stand beside an article: what shares it, leads elsewhere, asks for an
/// address, or tells of its pictures and its writer.
const BESIDE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "author",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "comments",
    "credit",
    "credits",
    "gallery",
    "hidden",
    "newsletter",
    "promo",
    "recirc",
    "recommended",
    "related",
    "share",
    "sharing",
    "signup",
    "slideshow",
    "social",
    "sponsored",
    "subscribe",
    "subscription",
    "tags",
    "timestamp",
    "toolbar",
    "trending",
];

/// Words at the head of a short block that leads elsewhere.
const LEADS: &[&str] = &[
    "related:",
    "related post:",
    "related stories",
    "related articles",
    "related news",
    "read more",
    "read also",
    "read:",
    "also read",
    "see also",
    "more:",
    "more from",
    "watch:",
    "you may also like",
    "recommended",
    "recent articles",
    "popular this week",
    "most read",
    "top stories",
    "sign up",
    "subscribe",
    "advertisement",
    "advert",
    "share this",
    "follow us",
    "like this story?",
    "want more",
    "image ",
    "photo:",
    "first published:",
    "post comment",
    "lesen sie auch",
    "mehr zum thema",
    "weitere artikel",
    "à lire aussi",
    "lire aussi",
    "lea también",
    "te puede interesar",
    "leia também",
    "leia mais",
    "leggi anche",
    "lees ook",
    "loe ka",
    "loe lisaks",
    "читайте также",
    "lue myös",
];

/// Text up to this many code points is a line rather than a paragraph.
const LINE: usize = 160;

impl Own {
    /// Whether an element is the article's own, given whether the element that it stands in is.
    pub(super) fn has(&self, number: usize, node: &NodeRef<'_>, name: &str, parent: bool) -> bool {
        let is_neutral = name == "font" || (name == "a" && is_script(node));
        self.elements.contains(&number) || (is_neutral && parent)
    }

    /// Whether an element inside the article's own is not the article, with all that is in it.
    pub(super) fn is_beside(&self, node: &NodeRef<'_>, name: &str) -> bool {
        match name {
            "nav" | "footer" | "aside" | "form" | "button" | "figcaption" => return true,
            "ul" | "ol" | "p" | "li" | "div" | "h2" | "h3" | "h4" | "h5" | "h6" | "span" | "section" | "figure"
            | "strong" => {}
            _ => return false,
        }
        let length = || node.normalized_char_count();
        let names = [node.attr("class"), node.attr("id")];
        let names = names.iter().flatten().flat_map(|names| names.split(|c: char| !c.is_ascii_alphanumeric()));
        let is_named = || names.map(str::to_ascii_lowercase).any(|word| BESIDE.contains(&word.as_str()));
        if is_named() && length() * 4 < self.length {
            return true;
        }
        match name {
            "ul" | "ol" => leads_elsewhere(node) && node.element_children().len() > 1,
            "p" | "div" | "h2" | "h3" | "h4" | "h5" | "h6" if length() <= LINE => {
                let text = node.text().trim().to_lowercase();
                LEADS.iter().any(|lead| text.starts_with(lead)) || (!is_address(&text) && leads_elsewhere(node))
            }
            _ => false,
        }
    }
}

/// Whether nearly all of an element's words are links.
fn leads_elsewhere(node: &NodeRef<'_>) -> bool {
    let links = node.descendants_it().filter(|inside| inside.has_name("a") && inside.has_attr("href"));
    let linked: usize = links.map(|link| link.normalized_char_count()).sum();
    linked > 0 && linked * 10 >= node.normalized_char_count() * 9
}

/// Whether a line is an address on the web or of mail: part of a release, linked or not.
fn is_address(text: &str) -> bool {
    !text.contains(' ') && (text.contains('@') || text.starts_with("www.") || text.contains("://"))
}

fn is_script(node: &NodeRef<'_>) -> bool {
    node.attr("href").is_some_and(|href| href.trim_start().to_ascii_lowercase().starts_with("javascript:"))
}
