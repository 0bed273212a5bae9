//! Which entries of the register may be one source: proposals that name the words that matched.
//!
//! A proposal is never carried out by itself, and one that was decided is not made again. Costs by the number of names.
//! Held by `tests/assist.rs`.

use std::collections::{BTreeMap, BTreeSet};

use super::language::{Class, Language};
use super::words::folded;
use crate::annotation::{AnnotationSet, Id, MAYBE_SAME, NOT_SAME, Source};

/// Two entries that may be one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The entry that would stand for both: the one with the fuller name.
    pub principal: Id,
    /// The entry that would be joined to it.
    pub other: Id,
    /// The words that matched, as one of the entries has them.
    pub matched: String,
    /// What they are, for people: "is a name of both", "is the last name", "is the role", "is the short form".
    pub how: &'static str,
}

/// What a spelling is of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The name or an alias, whole.
    Name,
    /// The last word of a person's name.
    LastName,
    /// Its role, or the end of it.
    Role,
    /// The first letters of an organisation's name.
    Initials,
}

struct Spelling<'a> {
    id: &'a Id,
    part: Part,
    words: &'a str,
}

/// The pairs that were decided: kept apart for ever, or kept as "may be the same"; each both ways round.
#[must_use]
pub fn decided(register: &AnnotationSet) -> BTreeSet<(Id, Id)> {
    let pairs = register.dismissed.values().filter(|one| one.what == NOT_SAME || one.what == MAYBE_SAME);
    pairs
        .filter_map(|one| Some((one.on.clone()?, one.with.clone()?)))
        .flat_map(|(a, b)| [(a.clone(), b.clone()), (b, a)])
        .collect()
}

/// Proposes which of `entries` are one source. `decided` holds pairs that are not to be proposed.
#[must_use]
pub fn joinings(entries: &[(&Id, &Source)], decided: &BTreeSet<(Id, Id)>, language: &Language) -> Vec<Joining> {
    let mut spelled: BTreeMap<String, Vec<Spelling<'_>>> = BTreeMap::new();
    for (id, source) in entries {
        for (key, part, words) in spellings(source, language) {
            spelled.entry(key).or_default().push(Spelling { id, part, words });
        }
    }
    let by_id: BTreeMap<&Id, &Source> = entries.iter().copied().collect();
    let mut found: BTreeMap<(Id, Id), Joining> = BTreeMap::new();
    for same in spelled.values() {
        // Each is held against the one with the fullest name only: a hundred spokesmen make a hundred pairs.
        let fullness = |id: &Id| {
            let source = by_id.get(id);
            let name = source.map_or("", |source| source.name.as_str());
            let is_named = source.is_some_and(|source| source.kind.as_deref() != Some("unnamed"));
            (is_named, name.contains(' '), name.chars().count())
        };
        let Some(principal) =
            same.iter().max_by(|a, b| fullness(a.id).cmp(&fullness(b.id)).then_with(|| b.id.cmp(a.id)))
        else {
            continue;
        };
        for other in same.iter().filter(|other| other.id != principal.id) {
            let pair = (principal.id.clone(), other.id.clone());
            // A last name, a role or initials say something only against a name.
            let is_said = principal.part == Part::Name || other.part == Part::Name;
            let (Some(a), Some(b)) = (by_id.get(principal.id), by_id.get(other.id)) else { continue };
            if !is_said || decided.contains(&pair) || !can_be_one(a, b) || a.same_as.contains(other.id) {
                continue;
            }
            let named = if other.part == Part::Name { other } else { principal };
            found.entry(pair).or_insert_with(|| Joining {
                principal: principal.id.clone(),
                other: other.id.clone(),
                matched: named.words.to_owned(),
                how: how(principal.part.max(other.part)),
            });
        }
    }
    found.into_values().collect()
}

fn how(part: Part) -> &'static str {
    match part {
        Part::Name => "is a name of both",
        Part::LastName => "is the last name",
        Part::Role => "is the role",
        Part::Initials => "is the short form",
    }
}

/// Whether kinds allow that two entries are one source: an unnamed one may be anybody.
fn can_be_one(a: &Source, b: &Source) -> bool {
    let open = |kind: &Option<String>| kind.as_deref().is_none_or(|kind| kind == "unnamed");
    a.kind == b.kind || open(&a.kind) || open(&b.kind)
}

/// How a source may be written, folded, with what of it that is and the words as they stand.
fn spellings<'a>(source: &'a Source, language: &Language) -> Vec<(String, Part, &'a str)> {
    let mut all = Vec::new();
    let is_person = source.kind.as_deref().is_none_or(|kind| kind == "person");
    for name in source.names() {
        let key = bare(name, language);
        let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        if let Some(last) = words.last().filter(|_| is_person && words.len() > 1) {
            all.push(((*last).to_owned(), Part::LastName, name));
        }
        if let Some(initials) = initials(name).filter(|_| source.kind.as_deref() != Some("person")) {
            all.push((initials, Part::Initials, name));
        }
        if !key.is_empty() {
            all.push((key, Part::Name, name));
        }
    }
    if let Some(role) = &source.role {
        let key = bare(role, language);
        let words: Vec<&str> = key.split(' ').collect();
        // "the Secretary General" for "NATO Secretary General"; one word alone ("president") says too little.
        for from in 0..words.len().saturating_sub(1) {
            all.push((words.get(from..).unwrap_or_default().join(" "), Part::Role, role));
        }
    }
    all.sort();
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

/// Folded, without the words that a phrase begins with ("the", "ein").
fn bare(words: &str, language: &Language) -> String {
    let folded = folded(words);
    let bare: Vec<&str> = folded.split(' ').skip_while(|word| language.is(word, Class::Determiner)).collect();
    if bare.is_empty() { folded } else { bare.join(" ") }
}

/// The first letters of the capitalised words of a name of three or more.
fn initials(name: &str) -> Option<String> {
    let letters: Vec<char> =
        name.split_whitespace().filter_map(|word| word.chars().next()).filter(|letter| letter.is_uppercase()).collect();
    (letters.len() > 2).then(|| letters.into_iter().flat_map(char::to_lowercase).collect())
}
