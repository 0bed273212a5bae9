//! Which mentions name the same source.
//!
//! brat says so by a normalisation to the same entry of a register, or by an equivalence. Without either, the same words
//! mean the same source where they are a name, for within one release a name seldom means two; "he", "who" and
//! "officials" mean anybody, and nothing is guessed of them. Whether words are a name is told without a word list: one of
//! them has a capital that it does not owe to the beginning of a sentence. It is not the first of them; or the text has
//! it with its capital within a sentence, and nowhere without.

use std::collections::{BTreeMap, BTreeSet};

use super::OURS;
use crate::annotation::Id;
use crate::document::Text;

/// What brat says of mentions.
#[derive(Default)]
pub(super) struct Speaking<'a> {
    references: BTreeMap<Id, (&'a str, &'a str)>,
    equal: Vec<Vec<Id>>,
}

/// A source that mentions name.
pub(super) struct Entry<'a> {
    /// The id that an export of ours gave it.
    pub id: Option<&'a str>,
    pub name: String,
    pub aliases: Vec<String>,
    pub mentions: Vec<Id>,
}

impl<'a> Speaking<'a> {
    /// Notes that a mention names an entry of a register; `false` where it names one already.
    pub(super) fn refer(&mut self, mention: &Id, to: &'a str, name: &'a str) -> bool {
        let is_free = !self.references.contains_key(mention);
        if is_free {
            self.references.insert(mention.clone(), (to, name.trim()));
        }
        is_free
    }

    /// Notes that mentions name the same.
    pub(super) fn equal(&mut self, mentions: Vec<Id>) {
        self.equal.push(mentions);
    }
}

/// The sources of mentions, each of them given with its words.
pub(super) fn resolve<'a>(text: &Text, mentions: &[(Id, String)], speaking: &Speaking<'a>) -> Vec<Entry<'a>> {
    let names = Names::of(text);
    let at: BTreeMap<&Id, usize> = mentions.iter().enumerate().map(|(at, (id, _))| (id, at)).collect();
    let mut groups = Groups((0..mentions.len()).collect());
    let mut by_key: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let mut named = vec![false; mentions.len()];
    for (number, (id, wording)) in mentions.iter().enumerate() {
        let reference = speaking.references.get(id).map(|(to, _)| (true, *to));
        let is_name = names.is_one(wording);
        if let Some(named) = named.get_mut(number) {
            *named = is_name;
        }
        // What has a reference is told apart by that alone.
        if let Some(key) = reference.or(is_name.then_some((false, wording.as_str()))) {
            groups.join(*by_key.entry(key).or_insert(number), number);
        }
    }
    for equal in &speaking.equal {
        let mut members = equal.iter().filter_map(|id| at.get(id).copied());
        if let Some(first) = members.next() {
            members.for_each(|member| groups.join(first, member));
        }
    }
    let mut entries: BTreeMap<usize, Entry<'a>> = BTreeMap::new();
    for (number, (id, wording)) in mentions.iter().enumerate() {
        let new = Entry { id: None, name: String::new(), aliases: Vec::new(), mentions: Vec::new() };
        let entry = entries.entry(groups.first(number)).or_insert(new);
        entry.mentions.push(id.clone());
        if let Some((to, name)) = speaking.references.get(id)
            && entry.name.is_empty()
        {
            (*name).clone_into(&mut entry.name);
            entry.id = to.strip_prefix(OURS);
        }
        if named.get(number) == Some(&true) && !entry.aliases.contains(wording) {
            entry.aliases.push(wording.clone());
        }
    }
    let entries = entries.into_values().filter_map(|mut entry| {
        if entry.name.is_empty() {
            // The longest, and of those the first.
            let longest = entry.aliases.iter().rev().max_by_key(|alias| alias.chars().count())?;
            entry.name.clone_from(longest);
        }
        entry.aliases.retain(|alias| *alias != entry.name);
        Some(entry)
    });
    entries.collect()
}

/// Tells names by their capitals.
pub(super) struct Names<'a> {
    /// The words of the text that have none.
    lower: BTreeSet<&'a str>,
    /// Those that have one within a sentence.
    upper: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(text: &'a Text) -> Self {
        let text = text.as_str();
        let (mut lower, mut upper) = (BTreeSet::new(), BTreeSet::new());
        let mut end = 0;
        for word in words(text) {
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            let between = text.get(end..start).unwrap_or_default();
            if word.starts_with(char::is_lowercase) {
                lower.insert(word);
            } else if start > 0 && matches!(between, " " | ", ") {
                upper.insert(word);
            }
            end = start + word.len();
        }
        Self { lower, upper }
    }

    /// Whether words are a name: see the [module](self).
    pub(super) fn is_one(&self, wording: &str) -> bool {
        words(wording).enumerate().any(|(at, word)| {
            let mut letters = word.chars();
            let has_capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some();
            let is_at_home = || self.upper.contains(word) && !self.lower.contains(word.to_lowercase().as_str());
            has_capital && (at > 0 || is_at_home())
        })
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Which of some numbers belong together: each points to one before it, or to itself.
struct Groups(Vec<usize>);

impl Groups {
    fn first(&mut self, number: usize) -> usize {
        let mut at = number;
        while let Some(&before) = self.0.get(at)
            && before != at
        {
            // Halves the way for the next one.
            let further = self.0.get(before).copied().unwrap_or(before);
            if let Some(place) = self.0.get_mut(at) {
                *place = further;
            }
            at = further;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(place) = self.0.get_mut(a.max(b)) {
            *place = a.min(b);
        }
    }
}
