//! `OpenDocument`'s styles: which paragraphs are titles and headings, how words look, what stands before list items.
//!
//! Held by `tests/document.rs`.

use std::collections::BTreeMap;

use super::super::limits::DEPTH;
use super::super::numerals::{letters, roman};
use super::super::symbol::symbol;
use super::super::xml::{Element, Node, Nodes};

/// The styles by their names.
#[derive(Default)]
pub(super) struct Styles {
    by_name: BTreeMap<String, Style>,
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    pub language: Option<String>,
}

#[derive(Default)]
struct Style {
    shown_name: String,
    parent: Option<String>,
    list: Option<String>,
    look: Found,
}

/// How words of a style look, where it says so.
#[derive(Clone, Copy, Default)]
pub(super) struct Found {
    pub strong: Option<bool>,
    pub emphasis: Option<bool>,
    pub raised: Option<bool>,
    pub lowered: Option<bool>,
    pub struck: Option<bool>,
    pub hidden: Option<bool>,
}

#[derive(Clone, Default)]
struct Level {
    format: String,
    prefix: String,
    suffix: String,
    bullet: Option<String>,
    font: String,
    start: Option<u32>,
    shown: usize,
}

impl Styles {
    /// Adds the styles of a file.
    pub fn read(&mut self, text: &str) {
        let mut nodes = Nodes::new(text);
        let (mut style, mut list) = (None::<String>, None::<(String, usize)>);
        while let Some(node) = nodes.next() {
            let Node::Start(element) = node else { continue };
            let value = |name: &str| element.attribute(name);
            match element.name() {
                "style" | "default-style" => {
                    let name = value("name").unwrap_or_default();
                    let shown_name = value("display-name").unwrap_or_else(|| name.replace("_20_", " "));
                    let known = Style {
                        shown_name: shown_name.to_lowercase(),
                        parent: value("parent-style-name"),
                        list: value("list-style-name").filter(|name| !name.is_empty()),
                        look: Found::default(),
                    };
                    self.by_name.insert(name.clone(), known);
                    style = Some(name);
                }
                "text-properties" => {
                    let country = value("country").filter(|country| country != "none");
                    if let Some(language) = value("language").filter(|language| language != "none")
                        && self.language.is_none()
                    {
                        let country = country.map(|country| format!("-{country}")).unwrap_or_default();
                        self.language = Some(language + &country);
                    }
                    if let Some(style) = style.as_ref().and_then(|name| self.by_name.get_mut(name)) {
                        style.look.read(&element);
                    }
                    if let Some(level) = list.as_ref().and_then(|(name, at)| self.lists.get_mut(name)?.get_mut(at)) {
                        level.font = value("font-name").or_else(|| value("font-family")).unwrap_or_default();
                    }
                }
                "list-style" => {
                    let name = value("name").unwrap_or_default();
                    self.lists.insert(name.clone(), BTreeMap::new());
                    (list, style) = (Some((name, 1)), None);
                }
                "list-level-style-number" | "list-level-style-bullet" | "list-level-style-image" => {
                    let at = value("level").and_then(|level| level.parse().ok()).unwrap_or(1);
                    let is_image = element.name().ends_with("image");
                    let level = Level {
                        format: value("num-format").unwrap_or_default(),
                        prefix: value("num-prefix").unwrap_or_default(),
                        suffix: value("num-suffix").unwrap_or_default(),
                        bullet: value("bullet-char").or_else(|| is_image.then(|| "•".to_owned())),
                        font: String::new(),
                        start: value("start-value").and_then(|start| start.parse().ok()),
                        shown: value("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1),
                    };
                    if let Some((name, of)) = &mut list {
                        *of = at;
                        self.lists.entry(name.clone()).or_default().insert(at, level);
                    }
                }
                "body" => nodes.skip(),
                _ => {}
            }
        }
    }

    /// The style and those that it is based on, the nearest first.
    fn chain(&self, name: &str) -> impl Iterator<Item = &Style> {
        let first = self.by_name.get(name);
        let next = |style: &&Style| self.by_name.get(style.parent.as_deref()?);
        std::iter::successors(first, next).take(DEPTH)
    }

    /// Whether a style is one of this name, or is based on it.
    pub fn is(&self, name: &str, wanted: &str) -> bool {
        self.chain(name).any(|style| style.shown_name == wanted)
    }

    /// How words of a style look.
    pub fn look(&self, name: &str) -> Found {
        let mut found = Found::default();
        for look in self.chain(name).map(|style| style.look) {
            found.strong = found.strong.or(look.strong);
            found.emphasis = found.emphasis.or(look.emphasis);
            found.raised = found.raised.or(look.raised);
            found.lowered = found.lowered.or(look.lowered);
            found.struck = found.struck.or(look.struck);
            found.hidden = found.hidden.or(look.hidden);
        }
        found
    }

    /// The list style of a paragraph style.
    pub fn list(&self, name: &str) -> Option<&str> {
        self.chain(name).find_map(|style| style.list.as_deref())
    }

    /// With which number a level of a list begins.
    pub fn start(&self, list: &str, level: usize) -> u32 {
        self.level(list, level).and_then(|level| level.start).unwrap_or(1)
    }

    fn level(&self, list: &str, level: usize) -> Option<&Level> {
        self.lists.get(list)?.get(&level)
    }

    /// What stands before an item; `counts` are the numbers of the items that it stands in, its own the last.
    pub fn label(&self, list: &str, counts: &[u32]) -> String {
        let depth = counts.len();
        let Some(level) = self.level(list, depth) else { return "•".to_owned() };
        if let Some(bullet) = &level.bullet {
            return bullet.chars().map(|c| symbol(&level.font, c)).collect();
        }
        if level.format.is_empty() {
            return String::new();
        }
        let from = depth.saturating_sub(level.shown.max(1));
        let number = |(at, &count): (usize, &u32)| {
            let format = self.level(list, at + 1).map_or("1", |level| level.format.as_str());
            match format {
                "a" => letters(count, 'a'),
                "A" => letters(count, 'A'),
                "i" => roman(count),
                "I" => roman(count).to_uppercase(),
                _ => count.to_string(),
            }
        };
        let numbers: Vec<String> = counts.iter().enumerate().skip(from).map(number).collect();
        format!("{}{}{}", level.prefix, numbers.join("."), level.suffix)
    }
}

impl Found {
    fn read(&mut self, element: &Element<'_>) {
        let value = |name: &str| element.attribute(name);
        self.strong =
            value("font-weight").map(|weight| weight == "bold" || weight.parse().is_ok_and(|w: u32| w >= 600));
        self.emphasis = value("font-style").map(|style| style != "normal");
        self.struck = value("text-line-through-style").map(|style| style != "none");
        self.hidden = value("display").map(|display| display == "none");
        if let Some(position) = value("text-position") {
            let shift = position.split_whitespace().next().unwrap_or_default();
            let number = shift.trim_end_matches('%').parse::<f32>().unwrap_or_default();
            self.raised = Some(shift == "super" || number > 0.0);
            self.lowered = Some(shift == "sub" || number < 0.0);
        }
    }
}
