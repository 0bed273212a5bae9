//! A set as text for reading and for `git diff`: claims in the order of the release, what was said of them below, a field
//! a line.
//!
//! Nothing of the set is left out, so that no change of a set is without a line here. Held by `tests/git.rs`.

use std::collections::BTreeSet;

use super::print::string;
use super::print_field;
use super::scan::{self, Entries};
use super::tables::{TABLES, table_name};
use crate::annotation::{Anchor, AnnotationSet, Id, Index, Item, ItemKind};

/// How deep answers to answers are set in; deeper ones stand by themselves.
const DEEPEST: usize = 8;

/// The set as text. Lines end with LF; what could steer a terminal is escaped.
#[must_use]
pub fn view(set: &AnnotationSet) -> String {
    let mut view = View { set, index: Index::of(set), out: String::new(), shown: BTreeSet::new() };
    view.fields(&print_field(&Item::Header(set.header.clone()), None).unwrap_or_default(), 0);
    for kind in [ItemKind::Conflict, ItemKind::Claim].into_iter().chain(TABLES) {
        view.table(kind);
    }
    view.out
}

struct View<'a> {
    set: &'a AnnotationSet,
    index: Index,
    out: String,
    shown: BTreeSet<(ItemKind, Id)>,
}

impl View<'_> {
    /// The items of a kind that were not shown yet: in the order of the text, or by id.
    fn table(&mut self, kind: ItemKind) {
        let set = self.set;
        let mut ids: Vec<&Id> = match kind {
            ItemKind::Header => return,
            ItemKind::Source => set.sources.keys().collect(),
            ItemKind::Mention => set.mentions.keys().collect(),
            ItemKind::Claim => set.claims.keys().collect(),
            ItemKind::Assessment => set.assessments.keys().collect(),
            ItemKind::Relation => set.relations.keys().collect(),
            ItemKind::Remark => set.remarks.keys().collect(),
            ItemKind::Dismissal => set.dismissed.keys().collect(),
            ItemKind::Conflict => set.conflicts.keys().collect(),
            ItemKind::Deleted => set.deleted.keys().collect(),
        };
        ids.sort_by_cached_key(|id| {
            (set.item(kind, id).as_ref().and_then(anchor).map(|anchor| anchor.hull().start), (*id).clone())
        });
        for id in ids {
            self.item(kind, id, 0);
        }
    }

    /// An item, and what was said of it below it.
    fn item(&mut self, kind: ItemKind, id: &Id, depth: usize) {
        let Some(item) = self.set.item(kind, id) else { return };
        if !self.shown.insert((kind, id.clone())) {
            return;
        }
        if depth == 0 {
            self.out.push('\n');
        }
        let word = table_name(kind);
        let word = if kind == ItemKind::Deleted { word } else { word.strip_suffix('s').unwrap_or(word) };
        let title = self.title(&item);
        self.line(depth, &format!("{word} {}{}", plain(&quoted(id.as_str())), plain(&quoted(&title))));
        self.fields(&print_field(&item, None).unwrap_or_default(), depth + 1);
        if depth < DEEPEST {
            let assessed: Vec<Id> = self.index.assessments(id).cloned().collect();
            let remarked: Vec<Id> = self.index.remarks(id).cloned().collect();
            for below in &assessed {
                self.item(ItemKind::Assessment, below, depth + 1);
            }
            for below in &remarked {
                self.item(ItemKind::Remark, below, depth + 1);
            }
        }
    }

    /// What follows an item's id: who says a claim, and the words.
    fn title(&self, item: &Item) -> String {
        let who = match item {
            Item::Claim(claim) => {
                let chain = self.set.chain(claim);
                chain.iter().map(|voices| format!(" {}:", voices.join(" and "))).collect::<String>()
            }
            Item::Mention(mention) => mention
                .source
                .as_ref()
                .and_then(|source| self.set.sources.get(source))
                .map_or_else(String::new, |source| format!(" {}:", source.name)),
            _ => String::new(),
        };
        match anchor(item) {
            Some(anchor) => format!("{who} “{}”", anchor.quote_line()),
            None => who,
        }
    }

    /// The fields of a record in RON, one a line; records within it are set in.
    fn fields(&mut self, ron: &str, depth: usize) {
        let mut has_fields = false;
        for entry in Entries::of(ron, 0).map_while(Result::ok) {
            let value = ron.get(entry.value).unwrap_or_default();
            let Some(name) = entry.key.and_then(|key| ron.get(key)) else { continue };
            has_fields = true;
            if is_record(value) {
                self.line(depth, &format!("{}:", plain(name)));
                self.fields(value, depth + 1);
            } else {
                self.line(depth, &format!("{}: {}", plain(name), plain(value)));
            }
        }
        if !has_fields && !ron.starts_with('(') {
            self.line(depth, plain(ron));
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// Where in the text an item stands.
fn anchor(item: &Item) -> Option<&Anchor> {
    match item {
        Item::Claim(claim) => Some(&claim.anchor),
        Item::Mention(mention) => Some(&mention.anchor),
        Item::Dismissal(dismissal) => dismissal.anchor.as_ref(),
        _ => None,
    }
}

fn is_record(ron: &str) -> bool {
    ron.starts_with('(') && Entries::of(ron, 0).next().is_some_and(|first| first.is_ok_and(|entry| entry.key.is_some()))
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    string(&mut out, text);
    out
}

/// A value in RON, without its quotation marks where it is a text in which nothing is escaped.
fn plain(ron: &str) -> &str {
    let is_plain = scan::string_length(ron) == Some(ron.len()) && !ron.contains('\\');
    ron.get(1..ron.len().saturating_sub(1)).filter(|_| is_plain).unwrap_or(ron)
}
