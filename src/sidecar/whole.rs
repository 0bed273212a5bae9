//! A file in anybody's layout: found by its brackets, each item read on its own.
//!
//! Slower than line by line, and after a missing bracket there is nothing more to find. Held by `tests/sidecar.rs`.

use std::ops::Range;

use super::draft::Draft;
use super::scan::{Broken, Entries, Entry, Token, Tokens};
use super::tables::{FileKind, kind_of_table, name_from_key};
use crate::annotation::ItemKind;

/// Reads a file as one value of RON.
pub(super) fn whole(text: &str, is_lossy: bool) -> Draft<'_> {
    let mut draft = Draft::new(text, is_lossy);
    let mut comments = Tokens::new(text, 0).map_while(Result::ok).filter(|(token, _)| *token == Token::Comment);
    draft.has_comments =
        comments.any(|(_, range)| !text.get(range).is_some_and(|comment| FileKind::is_head(comment.trim_end())));
    let start = after_attributes(text);
    draft.has_comments |= start > 0;
    let mut entries = Entries::of(text, start);
    while let Some(entry) = entries.next() {
        match entry {
            Ok(Entry { key: Some(key), value, has_comment }) => draft.part(key, value, has_comment),
            Ok(Entry { key: None, value, .. }) => draft.fault(value.start, "a field's name is missing", value),
            Err(broken) => {
                let from = match entries.unfinished() {
                    Some((key, value)) => draft.cut_off(key, value),
                    None => broken.at,
                };
                draft.fault(broken.at, broken.what, from..text.len());
            }
        }
        if draft.is_too_many() {
            return draft;
        }
    }
    if let Some(end) = entries.end().filter(|_| draft.faults.is_empty()) {
        let mut rest = Tokens::new(text, end).map_while(Result::ok);
        if let Some((_, range)) = rest.find(|(token, _)| !matches!(token, Token::Blank | Token::Comment)) {
            draft.fault(range.start, "something follows the end", range.start..text.len());
        }
    }
    draft
}

/// Where the value begins after `#![enable(…)]`.
pub(super) fn after_attributes(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start().len();
        if !rest.trim_start().starts_with("#!") {
            return at;
        }
        let mut attribute = Entries::of(text, at + blanks);
        if attribute.by_ref().any(|entry| entry.is_err()) {
            return at;
        }
        let Some(end) = attribute.end() else { return at };
        at = end;
    }
}

impl Draft<'_> {
    /// A table or a field of the top level.
    fn part(&mut self, key: Range<usize>, value: Range<usize>, has_comment: bool) {
        let Some(name) = self.text.get(key.clone()).and_then(name_from_key) else {
            return self.fault(key.start, "not the name of a field", key.start..value.end);
        };
        match kind_of_table(name) {
            Some(kind) => self.entries(kind, name, value),
            None => {
                let whole = key.start..value.end;
                let is_ours = !has_comment && self.is_on_one_line(&whole);
                self.field(name, whole, value, is_ours);
            }
        }
    }

    /// The part in which the text stops being RON; gives where what is lost begins.
    fn cut_off(&mut self, key: Range<usize>, value: usize) -> usize {
        let name = self.text.get(key.clone()).unwrap_or_default();
        let Some(kind) = kind_of_table(name) else { return key.start };
        self.table(name);
        let mut entries = Entries::of(self.text, value);
        let mut reached = value;
        for entry in entries.by_ref() {
            let Ok(entry) = entry else { break };
            reached = entry.value.end;
            self.entry(kind, entry);
            if self.is_too_many() {
                break;
            }
        }
        reached
    }

    /// All items of a table whose brackets are sound.
    pub(super) fn entries(&mut self, kind: ItemKind, name: &str, table: Range<usize>) {
        if !self.text.get(table.clone()).is_some_and(|text| text.starts_with('{')) {
            return self.fault(table.start, "a table in braces is missing", table);
        }
        self.table(name);
        let until = self.text.get(..table.end).unwrap_or_default();
        let mut entries = Entries::of(until, table.start);
        for entry in entries.by_ref() {
            match entry {
                Ok(entry) => self.entry(kind, entry),
                Err(Broken { at, what }) => self.fault(at, what, at..table.end),
            }
            if self.is_too_many() {
                return;
            }
        }
        if let Some(end) = entries.end().filter(|&end| end < table.end) {
            self.fault(end, "a comma is missing", end..table.end);
        }
    }

    fn entry(&mut self, kind: ItemKind, entry: Entry) {
        let has_line = !entry.has_comment && self.is_on_one_line(&entry.whole());
        // An entry without a key is counted and complained of like any other.
        let key = entry.key.unwrap_or(entry.value.start..entry.value.start);
        self.item(kind, key, entry.value, has_line);
    }

    fn is_on_one_line(&self, range: &Range<usize>) -> bool {
        self.text.get(range.clone()).is_some_and(|text| !text.contains('\n'))
    }
}
