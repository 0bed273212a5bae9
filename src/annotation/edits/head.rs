//! The head of a set: the document, the annotator, the state of the work.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use super::Draft;
use crate::annotation::{About, Annotator, DocumentRef, Header, Id, Item, ItemKind, named_value};

/// What a release says of itself where nobody wrote it down.
static NOTHING: LazyLock<About> = LazyLock::new(About::default);

impl About {
    /// What two accounts of a release differ in, in words for people; a team's own fields by their keys.
    fn differing(&self, other: &Self) -> Vec<String> {
        let named = [
            ("title", &self.title, &other.title),
            ("publisher", &self.publisher, &other.publisher),
            ("date", &self.published, &other.published),
            ("address", &self.url, &other.url),
            ("time of fetching", &self.retrieved, &other.retrieved),
            ("language", &self.language, &other.language),
        ];
        let named = named.into_iter().filter(|(_, own, other)| own != other).map(|(name, ..)| name.to_owned());
        let keys: BTreeSet<&String> = self.fields.iter().chain(&other.fields).map(|(key, _)| key).collect();
        let differs = |key: &&String| named_value(&self.fields, key) != named_value(&other.fields, key);
        named.chain(keys.into_iter().filter(differs).cloned()).collect()
    }
}

impl Draft<'_> {
    /// The head as the draft has it.
    #[must_use]
    pub fn header(&self) -> Arc<Header> {
        match self.touched.get(&(ItemKind::Header, Id::default())) {
            Some(Some(Item::Header(header))) => Arc::clone(header),
            _ => Arc::clone(&self.set.header),
        }
    }

    /// Sets how far the work has come: `new`, `reading`, `done`, `revisit`.
    pub fn set_state(&mut self, state: Option<&str>) {
        self.label(&format!("mark release as {}", state.unwrap_or("new")));
        self.change_header(|header| header.state = state.map(str::to_owned));
    }

    /// Sets the marking of the whole set.
    pub fn set_marking(&mut self, marking: Option<&str>) {
        self.label("set marking");
        self.change_header(|header| header.marking = marking.map(str::to_owned));
    }

    /// Notes paragraphs (numbers from 1) as read, or as not read.
    pub fn set_read(&mut self, paragraphs: &[usize], read: bool) {
        match paragraphs {
            [one] => self.label(&format!("mark paragraph {one} as {}", if read { "read" } else { "unread" })),
            _ => self.label(if read { "mark paragraphs as read" } else { "mark paragraphs as unread" }),
        }
        self.change_header(|header| {
            let mut all: BTreeSet<usize> = header.read.iter().copied().collect();
            for &paragraph in paragraphs {
                if read {
                    all.insert(paragraph);
                } else {
                    all.remove(&paragraph);
                }
            }
            header.read = all.into_iter().collect();
        });
    }

    /// Sets what the release says of itself: title, publisher, date, address.
    pub fn set_about(&mut self, about: About) {
        let before = self.header();
        let changed = before.document.about.as_ref().unwrap_or(&NOTHING).differing(&about);
        self.label(&format!(
            "change {}",
            if changed.is_empty() { "the release".to_owned() } else { changed.join(", ") }
        ));
        self.change_header(|header| header.document.about = Some(about).filter(|about| *about != About::default()));
    }

    /// Binds the set to a document, as at first opening, or after its places in a changed text were accepted.
    pub fn set_document(&mut self, document: DocumentRef) {
        self.label("bind to the document");
        self.change_header(|header| header.document = document);
    }

    /// Sets whose work it is.
    pub fn set_annotator(&mut self, annotator: Annotator) {
        self.label("change name");
        self.change_header(|header| header.annotator = annotator);
    }

    fn change_header(&mut self, change: impl FnOnce(&mut Header)) {
        let mut header = (*self.header()).clone();
        change(&mut header);
        self.touch(ItemKind::Header, &Id::default(), Some(Item::Header(Arc::new(header))));
    }
}
