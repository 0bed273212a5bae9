//! XML from a stranger, node by node: nothing is expanded, nothing is fetched, nothing recurses.
//!
//! Character references and the five entities that XML itself names are resolved; any other entity stays in the text as
//! it is written (`&name;`), whatever a DTD says of it. Namespaces are not looked at: names are compared by what follows
//! the colon, so that the strict and the transitional kind of a format are the same. Held by `tests/document.rs`.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::decode::decode;
use super::encoding::{Encoding, detect};

/// A node of an XML file.
pub(super) enum Node<'a> {
    /// An element begins. Of an empty element the end follows too.
    Start(Element<'a>),
    /// The element that was begun last and has not ended ends.
    End,
    /// Words between tags.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without a prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Its name as it is written.
    pub fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The value of an attribute, by its name without a prefix; the first one of several.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

/// An XML file being read.
pub(super) struct Nodes<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// Whether the file broke off or is no XML from here on.
    is_broken: bool,
}

impl<'a> Nodes<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0, is_broken: false }
    }

    /// The next node; `None` at the end, or where the file is no XML any more.
    pub fn next(&mut self) -> Option<Node<'a>> {
        if self.is_broken {
            return None;
        }
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    return Some(Node::Start(Element(start)));
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Node::End);
                }
                Ok(Event::Text(text)) => return Some(Node::Text(text.xml10_content())),
                Ok(Event::CData(text)) => return Some(Node::Text(text.xml10_content())),
                Ok(Event::GeneralRef(reference)) => {
                    let named = match &*reference {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => reference.resolve_char_ref().ok().flatten(),
                    };
                    let text = named.map_or_else(|| format!("&{};", &*reference), String::from);
                    return Some(Node::Text(Cow::Owned(text)));
                }
                Ok(Event::Eof) => {
                    self.is_broken = self.depth > 0;
                    return None;
                }
                Ok(_) => {}
                Err(_) => {
                    self.is_broken = true;
                    return None;
                }
            }
        }
    }

    /// Passes over what is left of the element that was begun last.
    pub fn skip(&mut self) {
        let mut depth = 1usize;
        while depth > 0 {
            match self.next() {
                Some(Node::Start(_)) => depth += 1,
                Some(Node::End) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => return,
            }
        }
    }

    /// The words in what is left of the element that was begun last.
    pub fn words(&mut self) -> String {
        let mut words = String::new();
        let mut depth = 1usize;
        while depth > 0 {
            match self.next() {
                Some(Node::Start(_)) => depth += 1,
                Some(Node::End) => depth -= 1,
                Some(Node::Text(text)) => words.push_str(&text),
                None => break,
            }
        }
        words
    }

    /// Whether the file broke off, or turned out to be no XML.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }
}

/// The text of an XML file: by its byte order mark, by what its first line says, else UTF-8.
pub(super) fn text_from_bytes(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
    let declared =
        head.strip_prefix("<?xml").and_then(|head| head.split_once("?>")).map(|(declaration, _)| declaration);
    let label = declared.and_then(|declaration| declaration.split_once("encoding=")).and_then(|(_, value)| {
        let quote = value.chars().next()?;
        value.get(1..)?.split(quote).next()
    });
    let is_marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let encoding = Encoding::from_label(label.unwrap_or("utf-8"));
    decode(bytes, &detect(bytes, if is_marked { None } else { encoding })).text.into_owned()
}

/// Whether the value of a switch says yes: an element without a value does.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}
