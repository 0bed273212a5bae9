//! Entries added, moved and taken away: what the editor does to a codebook's sections. Held by `tests/codebook.rs`.

use super::colour::{FALLS_TOGETHER, hues};
use super::{Codebook, Colours, Kind, Tag};
use crate::annotation::{CodedWord, Recode};

/// Where a tag is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Before the one above it on its level.
    Up,
    /// After the one below it on its level.
    Down,
    /// Under the one above it on its level.
    In,
    /// After the one that it is under.
    Out,
}

/// The word that stands for a name in files: lower-case letters and digits, `joint` between its words, and none of
/// those that are taken; `None` where the name has no letter or digit.
#[must_use]
pub fn word_of(name: &str, joint: &str, is_taken: impl Fn(&str) -> bool) -> Option<String> {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let word = Some(parts.join(joint)).filter(|word| !word.is_empty())?;
    let numbered = (2_u32..).map(|number| format!("{word}{joint}{number}"));
    std::iter::once(word.clone()).chain(numbered).find(|word| !is_taken(word))
}

impl Codebook {
    /// A new kind with a key, a letter, a digit and a colour that no other has, where there are such.
    #[must_use]
    pub fn new_kind(&self) -> Kind {
        let key = free("kind", |key| self.kind(key).is_none());
        let is_free =
            |letter: &String| self.kinds.iter().all(|kind| kind.letter.to_lowercase() != letter.to_lowercase());
        let letter = ('A'..='Z').map(String::from).find(is_free).unwrap_or_else(|| "?".to_owned());
        let digit = (1..=9).find(|digit| self.kinds.iter().all(|kind| kind.digit != Some(*digit)));
        Kind { label: key.clone(), key, letter, digit, colours: self.free_hue(), ..Kind::default() }
    }

    /// The first of the hues that are offered which falls together with no kind; where there is none, the one that
    /// stands furthest apart.
    #[must_use]
    pub fn free_hue(&self) -> Colours {
        let apart = |hue: Colours| {
            let others = self.kinds.iter().map(|kind| hue.nearest(kind.colours).2);
            others.fold(f64::INFINITY, f64::min)
        };
        let mut offered = hues().iter().flat_map(|list| list.hues.iter().copied());
        offered.clone().find(|hue| apart(*hue) >= FALLS_TOGETHER).unwrap_or_else(|| {
            let furthest = offered.by_ref().max_by(|a, b| apart(*a).total_cmp(&apart(*b)));
            furthest.unwrap_or(self.unknown)
        })
    }

    /// The codebook after a kind or tag was renamed (the new word is not known yet), merged (it is), split (only `some`
    /// of the claims get it) or taken away (there is none).
    #[must_use]
    pub fn recoded(&self, recode: &Recode, some: bool) -> Self {
        let mut codebook = self.clone();
        match recode.what {
            CodedWord::Kind => codebook.recode_kind(&recode.from, recode.to.as_deref(), some),
            CodedWord::Tag => codebook.recode_tag(&recode.from, recode.to.as_deref(), some),
        }
        codebook
    }

    fn recode_kind(&mut self, from: &str, to: Option<&str>, some: bool) {
        let is_known = to.is_some_and(|to| self.kind(to).is_some());
        let at = self.kinds.iter().position(|kind| kind.key == from);
        match (to, at) {
            (Some(to), Some(at)) if some && !is_known => {
                let new = Kind { key: to.to_owned(), label: to.to_owned(), ..self.new_kind() };
                self.kinds.insert(at + 1, new);
            }
            (Some(to), Some(at)) if !some && !is_known => {
                if let Some(kind) = self.kinds.get_mut(at) {
                    renamed(&mut kind.key, &mut kind.label, to);
                }
            }
            (_, Some(at)) if !some => drop(self.kinds.remove(at)),
            _ => {}
        }
    }

    fn recode_tag(&mut self, from: &str, to: Option<&str>, some: bool) {
        let is_known = to.is_some_and(|to| self.tag(to).is_some());
        match to {
            Some(to) if some && !is_known => {
                if let Some((level, at)) = level(&mut self.tags, from) {
                    level.insert(at + 1, Tag { key: to.to_owned(), label: to.to_owned(), ..Tag::default() });
                }
            }
            Some(to) if !some && !is_known => {
                if let Some(tag) = self.tag_mut(from) {
                    renamed(&mut tag.key, &mut tag.label, to);
                }
            }
            _ if !some => self.remove_tag(from),
            _ => {}
        }
    }

    /// Adds a tag with a key of its own under the tag `under`, or at the end of the first level; gives its key.
    pub fn add_tag(&mut self, under: Option<&str>) -> String {
        let key = free("tag", |key| self.tag(key).is_none());
        let tag = Tag { key: key.clone(), label: key.clone(), ..Tag::default() };
        match under.and_then(|under| self.tag_mut(under)) {
            Some(parent) => parent.tags.push(tag),
            None => self.tags.push(tag),
        }
        key
    }

    /// The tag of this key, on whatever level.
    pub fn tag_mut(&mut self, key: &str) -> Option<&mut Tag> {
        fn find<'a>(tags: &'a mut [Tag], key: &str) -> Option<&'a mut Tag> {
            for tag in tags {
                if tag.key == key {
                    return Some(tag);
                }
                if let Some(found) = find(&mut tag.tags, key) {
                    return Some(found);
                }
            }
            None
        }
        find(&mut self.tags, key)
    }

    /// Takes a tag away; those under it take its place.
    pub fn remove_tag(&mut self, key: &str) {
        if let Some((level, at)) = level(&mut self.tags, key) {
            let tag = level.remove(at);
            level.splice(at..at, tag.tags);
        }
    }

    /// Moves a tag with those under it; whether there was a place to move it to.
    pub fn move_tag(&mut self, key: &str, way: Way) -> bool {
        if way == Way::Out {
            return self.move_out(key);
        }
        let Some((level, at)) = level(&mut self.tags, key) else { return false };
        match way {
            Way::Up if at > 0 => level.swap(at, at - 1),
            Way::Down if at + 1 < level.len() => level.swap(at, at + 1),
            Way::In if at > 0 => {
                let tag = level.remove(at);
                if let Some(above) = level.get_mut(at - 1) {
                    above.tags.push(tag);
                }
            }
            _ => return false,
        }
        true
    }

    fn move_out(&mut self, key: &str) -> bool {
        let parents: Vec<String> = super::check::all_tags(&self.tags)
            .into_iter()
            .filter(|tag| tag.tags.iter().any(|tag| tag.key == key))
            .map(|tag| tag.key.clone())
            .collect();
        let Some(parent) = parents.first() else { return false };
        let Some((level_of_tag, at)) = level(&mut self.tags, key) else { return false };
        let tag = level_of_tag.remove(at);
        if let Some((level, at)) = level(&mut self.tags, parent) {
            level.insert(at + 1, tag);
        }
        true
    }
}

/// A new key; the word on screen follows where it was the same.
fn renamed(key: &mut String, label: &mut String, to: &str) {
    if label == key {
        to.clone_into(label);
    }
    to.clone_into(key);
}

/// The level that a tag is on, and its place there.
fn level<'a>(tags: &'a mut Vec<Tag>, key: &str) -> Option<(&'a mut Vec<Tag>, usize)> {
    if let Some(at) = tags.iter().position(|tag| tag.key == key) {
        return Some((tags, at));
    }
    tags.iter_mut().find_map(|tag| level(&mut tag.tags, key))
}

/// `word`, or `word-2`, `word-3`, …: the first that is free.
pub(super) fn free(word: &str, is_free: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{word}-{number}"));
    std::iter::once(word.to_owned()).chain(numbered).find(|key| is_free(key)).unwrap_or_default()
}
