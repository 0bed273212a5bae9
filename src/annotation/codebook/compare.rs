//! Where two codebooks differ, field by field. Held by `tests/codebook.rs`.

use std::collections::{BTreeMap, BTreeSet};

use super::print::{field_fields, in_use_fields, kind_fields, query_fields, scale_fields, tag_fields, word_fields};
use super::{Codebook, Tag};
use crate::annotation::printed::{Printed, list};

/// One place at which two codebooks differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The way to it: `name`, `kinds[commitment].label`, `tags[topic/energy]`.
    pub place: String,
    /// What the first one has there, as RON text; `None`: nothing.
    pub a: Option<String>,
    /// What the second one has there.
    pub b: Option<String>,
}

/// An entry: its name in its section, and what its fields hold.
type Entry = (String, Vec<(String, String)>);

impl Codebook {
    /// What differs, section by section; empty where the two mean the same.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let (own, others) = (self.single(), other.single());
        fields("", &own, &others, &mut found);
        for ((section, own), (_, others)) in self.entries().into_iter().zip(other.entries()) {
            entries(section, &own, &others, &mut found);
        }
        found
    }

    /// What stands alone.
    fn single(&self) -> Vec<(String, String)> {
        let (major, minor) = self.version;
        Printed::default()
            .raw("version", format!("({major}, {minor})"))
            .texts("requires", &self.requires)
            .text("name", &self.name)
            .text("edition", &self.edition)
            .raw("unknown", format!("{} / {}", self.unknown.light, self.unknown.dark))
            .text("axis", &self.axis)
            .raw("checks", list(&self.checks))
            .extra(&self.extra)
            .into_fields()
    }

    /// The sections with entries.
    fn entries(&self) -> Vec<(&'static str, Vec<Entry>)> {
        let mut tags = Vec::new();
        flatten(&self.tags, "", &mut tags);
        let mut all = vec![
            ("kinds", self.kinds.iter().map(|kind| (kind.key.clone(), kind_fields(kind).into_fields())).collect()),
            ("tags", tags),
            (
                "fields",
                self.fields.iter().map(|field| (field.key.clone(), field_fields(field).into_fields())).collect(),
            ),
            (
                "scales",
                self.in_use.iter().map(|in_use| (in_use.axis.clone(), in_use_fields(in_use).into_fields())).collect(),
            ),
        ];
        all.extend(self.words().map(|(section, words)| {
            (section, words.iter().map(|word| (word.key.clone(), word_fields(word).into_fields())).collect())
        }));
        let queries = self.queries.iter().map(|saved| (saved.name.clone(), query_fields(saved).into_fields()));
        all.push(("queries", queries.collect()));
        let scales = self.own_scales.iter().map(|scale| (scale.id.clone(), scale_fields(scale, 0).into_fields()));
        all.push(("own_scales", scales.collect()));
        all
    }
}

/// Tags with the way to each: `topic/energy`.
fn flatten(tags: &[Tag], above: &str, into: &mut Vec<Entry>) {
    for tag in tags {
        let name = format!("{above}{}", tag.key);
        into.push((name.clone(), tag_fields(tag).extra(&tag.extra).into_fields()));
        flatten(&tag.tags, &format!("{name}/"), into);
    }
}

fn entries(section: &str, a: &[Entry], b: &[Entry], found: &mut Vec<Difference>) {
    let [in_a, in_b] = [a, b].map(|entries| entries.iter().cloned().collect::<BTreeMap<_, _>>());
    for (name, own) in a {
        let place = format!("{section}[{name}]");
        match in_b.get(name) {
            Some(other) => fields(&format!("{place}."), own, other, found),
            None => found.push(Difference { place, a: Some(words_of(own)), b: None }),
        }
    }
    for (name, other) in b.iter().filter(|(name, _)| !in_a.contains_key(name)) {
        found.push(Difference { place: format!("{section}[{name}]"), a: None, b: Some(words_of(other)) });
    }
    // The order says what is offered first.
    let common = |of: &[Entry], other: &BTreeMap<String, Vec<(String, String)>>| -> Vec<String> {
        of.iter().map(|(name, _)| name.clone()).filter(|name| other.contains_key(name)).collect()
    };
    let (a, b) = (common(a, &in_b), common(b, &in_a));
    if a != b {
        found.push(Difference { place: format!("{section}: order"), a: Some(list(&a)), b: Some(list(&b)) });
    }
}

fn words_of(fields: &[(String, String)]) -> String {
    let fields = fields.iter().map(|(name, ron)| format!("{name}: {ron}"));
    let fields: Vec<String> = fields.collect();
    format!("({})", fields.join(", "))
}

fn fields(place: &str, a: &[(String, String)], b: &[(String, String)], found: &mut Vec<Difference>) {
    let value = |fields: &[(String, String)], name: &str| {
        fields.iter().find(|(own, _)| own == name).map(|(_, ron)| ron.clone())
    };
    let mut seen = BTreeSet::new();
    for (name, _) in a.iter().chain(b) {
        let (a, b) = (value(a, name), value(b, name));
        if a != b && seen.insert(name) {
            found.push(Difference { place: format!("{place}{name}"), a, b });
        }
    }
}
