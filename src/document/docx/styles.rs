//! Word's styles and numbering: which paragraphs are headings, which list items, and what stands before those.
//!
//! Held by `tests/document.rs`.

use std::collections::BTreeMap;

use super::super::limits::DEPTH;
use super::super::numerals::{letters, roman};
use super::super::symbol::symbol;
use super::super::xml::{Element, Node, Nodes, is_on};

/// The styles by their ids.
#[derive(Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The id of the style of paragraphs that name none.
    pub default: Option<String>,
    pub language: Option<String>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    number: Option<String>,
    level: Option<usize>,
    hidden: Option<bool>,
    strong: Option<bool>,
    emphasis: Option<bool>,
}

/// What a paragraph or character style comes to, those that it is based on included.
#[derive(Clone, Default)]
pub(super) struct Found {
    pub is_title: bool,
    pub is_caption: bool,
    pub is_quotation: bool,
    /// From 0.
    pub outline: Option<u8>,
    pub number: Option<String>,
    pub level: Option<usize>,
    pub hidden: Option<bool>,
    pub strong: Option<bool>,
    pub emphasis: Option<bool>,
}

impl Styles {
    pub fn read(text: &str) -> Self {
        let mut styles = Self::default();
        let mut nodes = Nodes::new(text);
        let mut open: Option<(String, Style)> = None;
        while let Some(node) = nodes.next() {
            let Node::Start(element) = node else { continue };
            let value = element.attribute("val");
            let on = || Some(is_on(value.as_deref()));
            if element.name() == "style" {
                styles.by_id.extend(open.take());
                let id = element.attribute("styleId").unwrap_or_default();
                let is_default = element.attribute("default").is_some_and(|value| is_on(Some(&value)));
                if is_default && element.attribute("type").as_deref() == Some("paragraph") {
                    styles.default = Some(id.clone());
                }
                open = Some((id, Style::default()));
                continue;
            }
            let Some((_, style)) = &mut open else {
                if element.name() == "lang" {
                    styles.language = styles.language.or(value);
                }
                continue;
            };
            match element.name() {
                // A style of a table has more of these, for its rows and columns.
                "tblStylePr" => nodes.skip(),
                "name" => style.name = value.unwrap_or_default().to_lowercase(),
                "basedOn" => style.based_on = value,
                "outlineLvl" => style.outline = value.and_then(|value| value.parse().ok()),
                "numId" => style.number = value,
                "ilvl" => style.level = value.and_then(|value| value.parse().ok()),
                "vanish" => style.hidden = on(),
                "b" => style.strong = on(),
                "i" => style.emphasis = on(),
                _ => {}
            }
        }
        styles.by_id.extend(open);
        styles
    }

    /// What a style comes to.
    pub fn find(&self, id: &str) -> Found {
        let mut found = Found::default();
        let mut next = Some(id);
        for _ in 0..DEPTH {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            found.is_title |= style.name == "title";
            found.is_caption |= style.name == "caption";
            found.is_quotation |= matches!(style.name.as_str(), "quote" | "intense quote" | "block text");
            let by_name = style.name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
            found.outline = found.outline.or(style.outline).or(by_name.and_then(|level| level.checked_sub(1)));
            found.number = found.number.or_else(|| style.number.clone());
            found.level = found.level.or(style.level);
            found.hidden = found.hidden.or(style.hidden);
            found.strong = found.strong.or(style.strong);
            found.emphasis = found.emphasis.or(style.emphasis);
            next = style.based_on.as_deref();
        }
        found
    }
}

/// How lists are numbered, and how far each has come.
#[derive(Default, Clone)]
pub(super) struct Numbering {
    kinds: BTreeMap<String, Vec<Level>>,
    lists: BTreeMap<String, List>,
    /// By the kind of list: lists of one kind count on.
    counts: BTreeMap<String, Vec<Option<u32>>>,
}

#[derive(Default, Clone)]
struct List {
    kind: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
    is_begun: bool,
}

#[derive(Clone)]
struct Level {
    start: u32,
    format: String,
    /// With `%1` for the number of the first level.
    text: String,
    font: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new(), font: String::new() }
    }
}

/// Word has nine levels.
const LEVELS: usize = 9;

impl Numbering {
    pub fn read(text: &str) -> Self {
        let mut numbering = Self::default();
        let mut nodes = Nodes::new(text);
        // The kind of list, or the list and a level of its own, that is being read.
        let (mut kind, mut list, mut at) = (None::<String>, None::<String>, 0);
        while let Some(node) = nodes.next() {
            let Node::Start(element) = node else { continue };
            let value = || element.attribute("val");
            match element.name() {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default();
                    numbering.kinds.insert(id.clone(), vec![Level::default(); LEVELS]);
                    (kind, list) = (Some(id), None);
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default();
                    numbering.lists.insert(id.clone(), List::default());
                    (kind, list) = (None, Some(id));
                }
                "abstractNumId" => {
                    if let Some(list) = list.as_ref().and_then(|id| numbering.lists.get_mut(id)) {
                        list.kind = value().unwrap_or_default();
                    }
                }
                "lvlOverride" | "lvl" => at = level_of(&element),
                "startOverride" => {
                    if let Some(list) = list.as_ref().and_then(|id| numbering.lists.get_mut(id)) {
                        list.starts.extend(value().and_then(|value| value.parse().ok()).map(|start| (at, start)));
                    }
                }
                name @ ("start" | "numFmt" | "lvlText" | "rFonts") => {
                    let of_kind = kind.as_ref().and_then(|id| numbering.kinds.get_mut(id)?.get_mut(at));
                    let of_list = list.as_ref().and_then(|id| numbering.lists.get_mut(id));
                    let level = of_kind.or_else(|| of_list.map(|list| list.levels.entry(at).or_default()));
                    let Some(level) = level else { continue };
                    match name {
                        "start" => level.start = value().and_then(|value| value.parse().ok()).unwrap_or(1),
                        "numFmt" => level.format = value().unwrap_or_default(),
                        "lvlText" => level.text = value().unwrap_or_default(),
                        _ => level.font = element.attribute("ascii").unwrap_or_default(),
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// What stands before the next item of a list; the list counts on. `None` where there is no such list.
    pub fn label(&mut self, list: &str, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let id = list;
        let list = self.lists.get_mut(id)?;
        let kind = self.kinds.get(&list.kind);
        let level_at = |at: usize| list.levels.get(&at).or_else(|| kind?.get(at)).cloned().unwrap_or_default();
        let levels: Vec<Level> = (0..=level).map(level_at).collect();
        let counts = self.counts.entry(list.kind.clone()).or_insert_with(|| vec![None; LEVELS]);
        if !list.is_begun {
            list.is_begun = true;
            for &at in list.starts.keys() {
                counts.iter_mut().skip(at).for_each(|count| *count = None);
            }
        }
        let start = |at: usize, level: &Level| list.starts.get(&at).copied().unwrap_or(level.start);
        for (at, found) in levels.iter().enumerate() {
            let Some(count) = counts.get_mut(at) else { break };
            *count = Some(match *count {
                Some(count) if at == level => count.saturating_add(1),
                Some(count) => count,
                None => start(at, found),
            });
        }
        counts.iter_mut().skip(level + 1).for_each(|count| *count = None);
        let last = levels.last()?;
        if last.format == "none" {
            return Some(String::new());
        }
        if last.format == "bullet" {
            let bullet = |c: char| symbol(&last.font, c);
            let sign: String = last.text.chars().map(bullet).collect();
            return Some(if sign == "o" { "◦".to_owned() } else { sign });
        }
        let mut label = String::new();
        let mut rest = last.text.chars();
        while let Some(c) = rest.next() {
            let Some(at) = (c == '%').then(|| rest.clone().next()?.to_digit(10)).flatten() else {
                label.push(c);
                continue;
            };
            rest.next();
            let at = (at as usize).saturating_sub(1);
            if let (Some(found), Some(Some(count))) = (levels.get(at), counts.get(at)) {
                label.push_str(&number(*count, &found.format));
            }
        }
        Some(label)
    }
}

fn level_of(element: &Element<'_>) -> usize {
    element.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0).min(LEVELS - 1)
}

/// A number as a list's format writes it.
fn number(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count, 'a'),
        "upperLetter" => letters(count, 'A'),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}
