//! A folder of documents: what is found in it, what lies beside what, which codebook is in force.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use vouch::annotation::{About, AnnotationSet};
use vouch::collection::{Beside, Listing, Place, codebook_for, is_document_name, open, scan, scan_one, sources};
use vouch::exchange;
use vouch::files::Disk;
use vouch::reading::Reading;

const SET: &str = include_str!("fixtures/sidecar/example.vouch.ron");

/// A folder with these files; a name that ends in `/` is a folder.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(if name.ends_with('/') { &path } else { path.parent().unwrap() }).unwrap();
        if !name.ends_with('/') {
            fs::write(path, "Text.\n").unwrap();
        }
    }
    folder
}

/// The documents of a listing as lines: name, `?` where it is not there, handles.
fn lines(folder: &Path, listing: &Listing) -> Vec<String> {
    let line = |beside: &Beside| {
        let name = beside.document.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        let handles = beside.sidecars.iter().map(|(handle, _)| format!(" {handle}"));
        format!("{name}{}{}", if beside.is_there { "" } else { "?" }, handles.collect::<String>())
    };
    listing.documents.iter().map(line).collect()
}

fn check(names: &[&str], expected: &[&str]) -> Listing {
    let folder = folder(names);
    let listing = scan(&Disk, folder.path()).unwrap();
    assert_eq!(lines(folder.path(), &listing), expected);
    listing
}

#[test]
fn documents_with_their_sidecars() {
    let listing = check(
        &[
            "b.txt",
            "b.txt.mart.vouch.ron",
            "b.txt.anna.vouch.ron",
            "a.MD",
            "below/c.txt",
            "below/gone.pdf.anna.vouch.ron",
            "photo.jpg",
            ".hidden.txt",
            ".git/d.txt",
            ".vouch-1.tmp",
            "sources.anna.vouch.ron",
            "all.vouch-set.ron",
            "codebook.ron",
            "b.txt.anna.vouch.ron.damaged-1",
            "b.txt.anna.vouch (conflicted copy).ron",
            "empty/",
        ],
        &["a.MD", "b.txt anna mart", "below/c.txt", "below/gone.pdf? anna"],
    );
    assert_eq!(listing.registers.len(), 1);
    assert_eq!(listing.sets.len(), 1);
    assert_eq!(listing.conflict_copies.len(), 1);
    assert!(listing.unread.is_empty() && !listing.is_cut);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_unicode_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&["a.txt"]);
    for name in [&b"R\xE9union.txt"[..], b"R\xE9union.txt.anna.vouch.ron", b"photo\xE9.jpg"] {
        fs::write(folder.path().join(OsStr::from_bytes(name)), "text").unwrap();
    }
    let listing = scan(&Disk, folder.path()).unwrap();
    assert_eq!(lines(folder.path(), &listing), ["a.txt"]);
    let told = |name: &str| {
        format!("{}: its name is not Unicode: rename it, and it is read", folder.path().join(name).display())
    };
    assert_eq!(listing.unread, [told("R\u{FFFD}union.txt"), told("R\u{FFFD}union.txt.anna.vouch.ron")]);
}

#[test]
fn folders_without_end_are_cut() {
    let deep = format!("{}a.txt", "x/".repeat(40));
    let listing = check(&["b.txt", &deep], &["b.txt"]);
    assert!(listing.is_cut);
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = folder(&["a.txt"]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
    let listing = scan(&Disk, folder.path()).unwrap();
    assert_eq!(lines(folder.path(), &listing), ["a.txt", "b.txt"]);
}

#[test]
fn one_document_with_what_lies_beside_it() {
    let folder = folder(&["a.txt", "a.txt.anna.vouch.ron", "a.txt.txt", "b.txt.anna.vouch.ron"]);
    let beside = scan_one(&Disk, &folder.path().join("a.txt")).unwrap();
    assert!(beside.is_there);
    assert_eq!(beside.sidecars, [("anna".to_owned(), folder.path().join("a.txt.anna.vouch.ron"))]);
    assert!(!scan_one(&Disk, &folder.path().join("b.txt")).unwrap().is_there);
    assert!(scan_one(&Disk, &folder.path().join("none/b.txt")).is_err());
}

#[test]
fn names_of_documents() {
    for name in ["a.txt", "A.TXT", "a.md", "b.markdown", "c.d.text"] {
        assert!(is_document_name(name), "{name}");
    }
    for name in ["a", "a.ron", "txt", ".txt", "a.txt.anna.vouch.ron", "codebook.ron", "a.txt~"] {
        assert!(!is_document_name(name), "{name}");
    }
}

#[test]
fn the_nearest_codebook_is_in_force() {
    let folder = folder(&["codebook.ron", "a/b/", "a/c/codebook.ron"]);
    fs::write(folder.path().join("codebook.ron"), "(name: \"Team\")").unwrap();
    let name = |below: &str| codebook_for(&Disk, &folder.path().join(below)).unwrap().codebook.name;
    assert_eq!((name(".").as_str(), name("a/b").as_str()), ("Team", "Team"));
    // What is no codebook is told, and the built-in one is in force.
    let in_force = codebook_for(&Disk, &folder.path().join("a/c")).unwrap();
    assert_eq!((in_force.codebook.name.as_str(), in_force.warnings.len()), ("Vouch", 1));
    assert_eq!(in_force.path.unwrap().parent().unwrap(), fs::canonicalize(folder.path().join("a/c")).unwrap());
    assert!(codebook_for(&Disk, &folder.path().join("none")).is_err());
}

#[test]
fn the_encoding_that_was_chosen_for_a_document_is_the_one_it_is_read_in() {
    let folder = folder(&["a.txt"]);
    fs::write(folder.path().join("a.txt"), b"\xc1\xe1").unwrap();
    let set = SET.replace("text: (reader: \"plain-1\",", "text: (reader: \"plain-1\", encoding: \"iso-8859-7\",");
    fs::write(folder.path().join("a.txt.anna.vouch.ron"), set).unwrap();
    let opened = open(&Disk, &Reading::here(), scan_one(&Disk, &folder.path().join("a.txt")).unwrap());
    assert_eq!(opened.document.unwrap().0.text.as_str(), "Αα");
}

#[test]
fn a_release_is_what_the_annotator_has_it_to_be_else_what_its_text_proposes() {
    let folder = folder(&[]);
    fs::write(folder.path().join("vilnius-summit.txt"), include_str!("../sample_docs/vilnius-summit.txt")).unwrap();
    fs::write(folder.path().join("vilnius-summit.txt.anna.vouch.ron"), SET).unwrap();
    let opened = open(&Disk, &Reading::here(), scan_one(&Disk, &folder.path().join("vilnius-summit.txt")).unwrap());
    let release = opened.release("x/vilnius-summit.txt");
    assert_eq!(
        (release.name.as_str(), release.paragraphs.len(), release.layers.len()),
        ("x/vilnius-summit.txt", 10, 1)
    );
    let about = release.about();
    assert_eq!(about.title.as_deref(), Some("Strengthening Alliances and Prioritizing Security"));
    assert_eq!(about.language.as_deref(), Some("en"));
}

/// A set as a sidecar of this handle has it, with these tables.
fn set(handle: &str, tables: &str) -> AnnotationSet {
    let text = format!(
        "(\n  format: \"vouch-annotations\",\n  version: (1, 0),\n  document: (name: \"a.txt\"),\n  annotator: (handle: \
         \"{handle}\"),\n{tables})\n"
    );
    let read = vouch::sidecar::read(text.as_bytes()).unwrap();
    assert_eq!(read.problems, []);
    read.set
}

fn shelved(name: &str, sets: &[(&str, &str)]) -> Arc<exchange::Release> {
    let layers = sets.iter().map(|(handle, tables)| exchange::Layer {
        handle: (*handle).to_owned(),
        about: About::default(),
        set: Arc::new(set(handle, tables)),
        placements: BTreeMap::new(),
    });
    Arc::new(exchange::Release {
        name: name.to_owned(),
        text: None,
        text_sha256: String::new(),
        paragraphs: Vec::new(),
        layers: layers.collect(),
    })
}

const QUOTE: &str = "anchor: (spans: [(0, 1)], quote: [\"x\"])";

#[test]
fn sources_stand_once_with_all_that_they_say() {
    let first = format!(
        r#"  sources: {{
    "s-jens": (kind: "person", name: "Stoltenberg"),
    "s-nato": (kind: "organisation", name: "NATO"),
  }},
  mentions: {{ "m-he": ({QUOTE}, source: "s-jens") }},
  claims: {{
    "c-one": ({QUOTE}, said: [(by: ["s-nato"]), (by: ["m-he"])], status: "checked"),
    "c-two": ({QUOTE}, said: [(by: ["m-he"])]),
  }},
  assessments: {{
    "a-old": (on: "s-jens", axis: "reliability", scale: "admiralty", term: "C", made: "2026-01-01T00:00:00Z"),
    "a-new": (on: "s-jens", axis: "reliability", scale: "admiralty", term: "B", why: "three of three held", replaces: "a-old", made: "2026-03-01T00:00:00Z"),
    "a-claim": (on: "c-two", axis: "reliability", scale: "admiralty", term: "A"),
  }},
"#
    );
    let second = format!(
        r#"  sources: {{ "s-2": (kind: "person", name: "The Secretary General") }},
  claims: {{ "c-three": ({QUOTE}, said: [(by: ["s-2"])], status: "disputed") }},
  assessments: {{ "a-mart": (on: "s-2", axis: "reliability", scale: "admiralty", term: "D", made: "2026-02-01T00:00:00Z") }},
"#
    );
    let register = set(
        "anna",
        r#"  sources: {
    "s-2": (kind: "person", name: "The Secretary General", same_as: ["s-jens"]),
    "s-jens": (kind: "person", name: "Jens Stoltenberg"),
    "s-unused": (name: "zz"),
  },
"#,
    );
    let releases = [shelved("a.txt", &[("anna", &first)]), shelved("b.txt", &[("mart-k", &second)])];
    let known = sources(&releases, &register, "anna");
    let names: Vec<&str> = known.iter().map(|known| known.source.name.as_str()).collect();
    assert_eq!(names, ["Jens Stoltenberg", "NATO", "zz"], "by name; my register wins; a joined one has no line");
    let jens = &known[0];
    let ids = |places: &[Place]| places.iter().map(|place| place.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&jens.claims), ["c-one", "c-two", "c-three"]);
    assert_eq!(ids(&jens.mentions), ["m-he"]);
    assert_eq!(jens.holders, ["anna", "mart-k"]);
    assert_eq!(jens.joined[0].0.as_str(), "s-2");
    assert_eq!(jens.releases(), 2);
    let fared: Vec<_> = jens.fared.iter().map(|(status, count)| (status.as_str(), *count)).collect();
    assert_eq!(fared, [("checked", 1), ("disputed", 1), ("open", 1)]);
    let judged: Vec<_> = jens
        .judged
        .iter()
        .map(|one| (one.assessment.term.as_deref().unwrap(), one.handle.as_str(), one.current))
        .collect();
    assert_eq!(judged, [("C", "anna", false), ("D", "mart-k", true), ("B", "anna", true)]);
    assert_eq!(jens.reliability("ANNA").unwrap().assessment.term.as_deref(), Some("B"));
    assert_eq!(jens.reliability("eve").unwrap().assessment.term.as_deref(), Some("B"), "the latest of all");
    assert_eq!(ids(&known[1].passed_on), ["c-one"], "NATO only passes it on");
    assert!(known[1].claims.is_empty() && known[2].releases() == 0 && known[2].registered);
}
