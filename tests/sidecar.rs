//! Annotation set ↔ RON: everything that is read comes back, and a damaged file gives up only what is damaged.

#[path = "sidecar/any_set.rs"]
mod any_set;
#[path = "sidecar/damage.rs"]
mod damage;
#[path = "sidecar/layout.rs"]
mod layout;
#[path = "sidecar/names.rs"]
mod names;
#[path = "sidecar/round_trip.rs"]
mod round_trip;
#[path = "sidecar/sources.rs"]
mod sources;

use vouch::annotation::{AnnotationSet, Edit, Id, Item};
use vouch::sidecar::{Origin, Read, print, read};

/// The whole file that the file format's description shows.
const EXAMPLE: &str = include_str!("fixtures/sidecar/example.vouch.ron");

/// Reads a file in which nothing is wrong, and expects it back byte for byte.
fn check(text: &str) -> Read {
    let read = read_clean(text);
    assert_eq!(printed(&read.set, &read.origin), text);
    read
}

fn read_clean(text: &str) -> Read {
    let read = read(text.as_bytes()).unwrap();
    assert_eq!(read.problems, []);
    read
}

fn printed(set: &AnnotationSet, origin: &Origin) -> String {
    String::from_utf8(print(set, origin)).unwrap()
}

/// The example with one piece of it replaced, which must be in it once.
fn example_with(from: &str, to: &str) -> String {
    assert_eq!(EXAMPLE.matches(from).count(), 1, "{from}");
    EXAMPLE.replacen(from, to, 1)
}

/// Adds a note to a claim.
fn note(set: &mut AnnotationSet, claim: &str, note: &str) {
    let id = Id::new(claim);
    let mut claim = set.claims[&id].as_ref().clone();
    claim.note = Some(note.to_owned());
    let mut edit = Edit::new("note");
    edit.put(set, &id, Item::Claim(claim.into()));
    set.apply(&edit).unwrap();
}

/// The lines that one text has and the other has not, in order: those that went, those that came.
fn changed_lines<'a>(before: &'a str, after: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let gone = before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
    let come = after.lines().filter(|line| !before.lines().any(|other| other == *line)).collect();
    (gone, come)
}
