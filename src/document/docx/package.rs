//! The parts of an Office file, and how they refer to each other (ECMA-376, part 2).
//!
//! Parts are found by what refers to them, never by their usual names. Held by `tests/document.rs`.

use std::collections::BTreeMap;

use super::super::archive::{Archive, without};
use super::super::read::ReadError;
use super::super::xml::{Node, Nodes};
use super::text;

/// An Office file.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    relations: Vec<Relation>,
}

/// A part of the file, as text.
pub(super) struct Part {
    pub name: String,
    pub text: String,
    /// Addresses outside of the file, by the ids by which the part calls them.
    pub links: BTreeMap<String, String>,
    relations: Vec<Relation>,
}

struct Relation {
    id: String,
    /// The end of its type: `styles`, `header`.
    kind: String,
    target: String,
    is_outside: bool,
}

impl<'a> Package<'a> {
    pub fn new(mut archive: Archive<'a>) -> Result<Self, ReadError> {
        let relations = relations(&mut archive, "")?;
        Ok(Self { archive, relations })
    }

    /// The part with the body.
    pub fn main(&mut self) -> Result<Part, ReadError> {
        let target = self.relations.iter().find(|relation| relation.kind == "officeDocument");
        let target = target.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target.clone());
        self.part(&target)?.ok_or_else(|| without(&target))
    }

    /// A part that belongs to the whole file.
    pub fn of_package(&mut self, kind: &str) -> Result<Option<Part>, ReadError> {
        let target = self.relations.iter().find(|relation| relation.kind == kind && !relation.is_outside);
        let Some(target) = target.map(|relation| relation.target.clone()) else { return Ok(None) };
        self.part(&target)
    }

    /// The first part of a kind that another part refers to.
    pub fn related(&mut self, from: &Part, kind: &str) -> Result<Option<Part>, ReadError> {
        let target = from.relations.iter().find(|relation| relation.kind == kind && !relation.is_outside);
        target.map_or(Ok(None), |relation| self.part(&relation.target))
    }

    /// The part that another part calls by an id.
    pub fn by_id(&mut self, from: &Part, id: &str) -> Result<Option<Part>, ReadError> {
        let target = from.relations.iter().find(|relation| relation.id == id && !relation.is_outside);
        target.map_or(Ok(None), |relation| self.part(&relation.target))
    }

    fn part(&mut self, name: &str) -> Result<Option<Part>, ReadError> {
        let Some(bytes) = self.archive.entry(name)? else { return Ok(None) };
        let relations = relations(&mut self.archive, name)?;
        let outside = relations.iter().filter(|relation| relation.is_outside && relation.kind == "hyperlink");
        let links = outside.map(|relation| (relation.id.clone(), relation.target.clone())).collect();
        Ok(Some(Part { name: name.to_owned(), text: text(&bytes), links, relations }))
    }
}

/// What a part refers to; of the whole file, where `name` is empty.
fn relations(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let at = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(bytes) = archive.entry(&at)? else { return Ok(Vec::new()) };
    let text = text(&bytes);
    let mut nodes = Nodes::new(&text);
    let mut relations = Vec::new();
    while let Some(node) = nodes.next() {
        let Node::Start(element) = node else { continue };
        let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) else { continue };
        let kind = element.attribute("Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let is_outside = element.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        let target = if is_outside { target } else { resolve(folder, &target) };
        relations.push(Relation { id, kind, target, is_outside });
    }
    Ok(relations)
}

/// The name of an entry that is referred to from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}
