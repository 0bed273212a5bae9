//! Sources (entries of the register) and mentions (where the text names one).

use super::{Anchor, Extra, Id, Timestamp};

/// An entry of the register: person, organisation, document, unnamed, writer, or a word of the codebook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// `person`, `organisation`, `document`, `unnamed`, `writer`.
    pub kind: Option<String>,
    /// The name as the register has it.
    pub name: String,
    /// Role ("NATO Secretary General").
    pub role: Option<String>,
    /// Affiliation ("NATO").
    pub affiliation: Option<String>,
    /// Roles and affiliations with the dates at which they were held, in the order given. `role` and `affiliation` are
    /// what holds by default.
    pub held: Vec<Held>,
    /// Other names that mean the same source.
    pub aliases: Vec<String>,
    /// Who says that an alias means this source, and why: at most one for an alias.
    pub asserted: Vec<Asserted>,
    /// ICD 206 source descriptor.
    pub descriptor: Option<Descriptor>,
    /// Fields of a team's own, by name, as its codebook describes them.
    pub fields: Vec<(String, String)>,
    /// Free text.
    pub note: Option<String>,
    /// Other entries that are the same source: joining writes here, ids are never rewritten.
    pub same_as: Vec<Id>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A role or affiliation for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The role.
    pub role: Option<String>,
    /// The affiliation.
    pub affiliation: Option<String>,
    /// The first day, an ISO 8601 date that may leave out day and month (`2014-10`); `None`: not known.
    pub from: Option<String>,
    /// The last day, likewise; `None`: not known, or still held.
    pub until: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// The assertion that an alias means a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asserted {
    /// The alias.
    pub alias: String,
    /// Who says so: a handle.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// When it was said.
    pub made: Option<Timestamp>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// What can be said of a source's worth in words (ICD 206 of 22 January 2015, section E).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Descriptor {
    /// How the source came to know.
    pub access: Option<String>,
    /// Track record.
    pub track_record: Option<String>,
    /// Bias or motive.
    pub bias: Option<String>,
    /// Completeness.
    pub completeness: Option<String>,
    /// Currency.
    pub currency: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// Words that name a source ("Stoltenberg", "He", "the Secretary General").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mention {
    /// The words.
    pub anchor: Anchor,
    /// The source that they name; `None`: not resolved.
    pub source: Option<Id>,
    /// Fields of a later version.
    pub extra: Extra,
}

impl Source {
    /// Every name that means this source: its name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}
