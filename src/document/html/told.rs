//! What a page says of itself: in its `meta` elements, in JSON-LD, in its title; each with where it stands.
//!
//! Held by `tests/document.rs`.

use dom_query::Document as Page;
use serde_json::Value;

use crate::document::date;
use crate::document::original::{Stated, Told};

/// All that the page says of itself.
pub(super) fn told(page: &Page) -> Told {
    let metas = metas(page);
    let linked = linked(page);
    let meta = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| metas.iter().filter(|(name, _)| name == key).find_map(|(_, value)| Stated::new(value, key)))
    };
    let data = |paths: &[&[&str]]| {
        paths.iter().find_map(|path| {
            linked.iter().find_map(|article| Stated::new(at(article, path)?, &format!("JSON-LD {}", path.join("."))))
        })
    };
    let element = |query: &str, attribute: Option<&str>, place: &str| {
        let found = page.select_single(query);
        let node = found.nodes().first()?;
        let value = match attribute {
            Some(attribute) => node.attr(attribute)?,
            None => node.text(),
        };
        Stated::new(&value, place)
    };
    let dated = |stated: Option<Stated>| stated.and_then(iso);
    Told {
        title: meta(&["og:title"])
            .or_else(|| data(&[&["headline"]]))
            .or_else(|| meta(&["twitter:title", "dc.title", "dcterms.title"]))
            .or_else(|| element("head > title", None, "<title>")),
        issuer: meta(&["og:site_name"])
            .or_else(|| data(&[&["publisher", "name"], &["sourceOrganization", "name"]]))
            .or_else(|| meta(&["dc.publisher", "dcterms.publisher", "publisher", "application-name"])),
        published: dated(meta(&["article:published_time"]))
            .or_else(|| dated(data(&[&["datePublished"], &["dateCreated"]])))
            .or_else(|| {
                let keys = [
                    "datepublished",
                    "date",
                    "pubdate",
                    "publishdate",
                    "publish-date",
                    "dc.date",
                    "dc.date.issued",
                    "dcterms.created",
                    "dcterms.date",
                    "dcterms.issued",
                    "sailthru.date",
                    "parsely-pub-date",
                    "article:published",
                    "og:published_time",
                ];
                dated(meta(&keys))
            })
            .or_else(|| {
                let query = "time[itemprop=datePublished], time[pubdate], [itemprop=datePublished][datetime]";
                dated(element(query, Some("datetime"), "<time>"))
            }),
        url: element("link[rel=canonical]", Some("href"), "<link rel=canonical>")
            .or_else(|| meta(&["og:url"]))
            .filter(|url| url.value.starts_with("http://") || url.value.starts_with("https://")),
        subject: meta(&["og:description", "description", "dc.description", "twitter:description"]),
        language: element("html[lang]", Some("lang"), "<html lang>")
            .or_else(|| meta(&["content-language", "og:locale", "dc.language", "dcterms.language"]))
            .map(|stated| Stated { value: stated.value.replace('_', "-"), ..stated })
            .filter(|stated| stated.value.len() <= 35 && stated.value.starts_with(|c: char| c.is_ascii_alphabetic())),
    }
}

/// All `meta` elements: their names in lower case, and their values.
fn metas(page: &Page) -> Vec<(String, String)> {
    let found = page.select("meta[content]");
    let pair = |node: &dom_query::NodeRef<'_>| {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| node.attr(key))?;
        Some((name.trim().to_lowercase(), node.attr("content")?.to_string()))
    };
    found.nodes().iter().filter_map(pair).collect()
}

/// The articles and pages that JSON-LD tells of, articles first.
fn linked(page: &Page) -> Vec<Value> {
    let mut found = Vec::new();
    for script in page.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<!--").trim_start_matches("<![CDATA[");
        let Ok(value) = serde_json::from_str::<Value>(text.trim_end_matches("-->").trim_end_matches("]]>")) else {
            continue;
        };
        collect(value, &mut found);
    }
    found.sort_by_key(|value| !is_of(value, &["Article", "NewsArticle", "PressRelease", "BlogPosting", "Report"]));
    found
}

fn collect(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, found)),
        Value::Object(mut fields) => {
            if let Some(graph) = fields.remove("@graph") {
                collect(graph, found);
            }
            let value = Value::Object(fields);
            let kinds =
                ["Article", "NewsArticle", "PressRelease", "BlogPosting", "Report", "ReportageNewsArticle", "WebPage"];
            if is_of(&value, &kinds) {
                found.push(value);
            }
        }
        _ => {}
    }
}

fn is_of(value: &Value, kinds: &[&str]) -> bool {
    let is = |kind: &Value| kind.as_str().is_some_and(|kind| kinds.contains(&kind));
    value.get("@type").is_some_and(|kind| is(kind) || kind.as_array().is_some_and(|all| all.iter().any(is)))
}

/// The string at a path; of a list, the first one's.
fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    let mut value = value;
    for key in path {
        value = value.get(key)?;
        if let Some(first) = value.as_array().and_then(|all| all.first()) {
            value = first;
        }
    }
    value.as_str()
}

/// A date and time in ISO 8601, where the value is one or has one in words.
fn iso(stated: Stated) -> Option<Stated> {
    let value = &stated.value;
    let digits = |range: std::ops::Range<usize>| {
        value.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_iso =
        digits(0..4) && digits(5..7) && digits(8..10) && value.get(4..5) == Some("-") && value.get(7..8) == Some("-");
    let value = if is_iso { value.clone() } else { date::find(value)?.iso };
    Some(Stated { value, ..stated })
}
