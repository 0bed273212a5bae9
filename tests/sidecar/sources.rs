//! The register of sources, and files with the sets of many documents.

use std::sync::Arc;

use vouch::annotation::{AnnotationSet, Edit, Id, Item, Source};
use vouch::sidecar::register::{adopt, renew};
use vouch::sidecar::{FileKind, Origin, ReadError, print_set_file, read, read_set_file};

use super::{EXAMPLE, check, printed, read_clean};

const REGISTER: &str = r#"// Vouch register of sources. Vouch does not keep comments.
(
  format: "vouch-sources",
  version: (1, 0),
  requires: [],
  annotator: (handle: "anna"),
  sources: {
    "s-7k2m": (kind: "person", name: "Jens Stoltenberg", role: "Secretary General of NATO", aliases: ["Stoltenberg"], note: "until 2024"),
    "s-unused": (name: "Nobody"),
  },
  assessments: {
    "a-0001": (on: "s-7k2m", axis: "reliability", scale: "admiralty", term: "A"),
  },
)
"#;

#[test]
fn a_register_comes_back_byte_for_byte() {
    let read = check(REGISTER);
    assert_eq!(read.origin.kind(), FileKind::Register);
    assert_eq!(printed(&read.set, &Origin::new(FileKind::Register)), REGISTER);
    let empty = printed(&AnnotationSet::default(), &Origin::new(FileKind::Register));
    assert!(empty.contains("  annotator: (handle: \"\"),\n  sources: {},\n  assessments: {},\n)\n"));
}

#[test]
fn the_register_wins_over_a_copy_and_other_copies_stay() {
    let register = check(REGISTER).set;
    let mut set = check(EXAMPLE).set;
    let own = Id::new("s-own");
    let mut edit = Edit::new("add");
    edit.put(&set, &own, Item::Source(Arc::new(Source { name: "A bystander".to_owned(), ..Source::default() })));
    set.apply(&edit).unwrap();
    let renewal = renew(&set, &register);
    set.apply(&renewal).unwrap();
    assert_eq!(set.sources.len(), 2);
    assert_eq!(set.sources[&Id::new("s-7k2m")], register.sources[&Id::new("s-7k2m")]);
    assert_eq!(set.sources[&own].name, "A bystander");
    assert!(renew(&set, &register).is_empty(), "nothing more to renew");
}

#[test]
fn a_source_that_is_used_without_a_copy_gets_one() {
    let register = check(REGISTER).set;
    let mut set = check(EXAMPLE).set;
    let mut edit = Edit::new("lose");
    edit.take(&set, vouch::annotation::ItemKind::Source, &Id::new("s-7k2m"));
    set.apply(&edit).unwrap();
    set.apply(&renew(&set, &register)).unwrap();
    assert_eq!(set.sources.keys().map(Id::as_str).collect::<Vec<_>>(), ["s-7k2m"]);
}

#[test]
fn adopting_takes_what_the_register_lacks() {
    let mut register = check(REGISTER).set;
    let mut theirs = check(EXAMPLE).set;
    let new = Id::new("s-new");
    let mut edit = Edit::new("add");
    edit.put(
        &theirs,
        &new,
        Item::Source(Arc::new(Source { name: "Ingrida Šimonytė".to_owned(), ..Source::default() })),
    );
    theirs.apply(&edit).unwrap();
    let mut buried = Edit::new("bury");
    buried.put(&register, &new, Item::Deleted(Arc::new("2026-11-24T03:20:00Z".to_owned())));
    register.apply(&buried).unwrap();
    let before = register.sources[&Id::new("s-7k2m")].clone();
    let adoption = adopt(&register, &theirs, theirs.sources.keys());
    register.apply(&adoption).unwrap();
    assert_eq!(register.sources[&new].name, "Ingrida Šimonytė");
    assert!(register.deleted.is_empty());
    assert_eq!(register.sources[&Id::new("s-7k2m")], before);
}

fn names(sets: &[vouch::sidecar::SetInFile]) -> Vec<&str> {
    sets.iter().map(|set| set.name.as_str()).collect()
}

fn set_file() -> String {
    let set = check(EXAMPLE).set;
    let mut with_foreign =
        check(&EXAMPLE.replace("  relations: {},\n", "  figures: {\n    \"f-1\": (),\n  },\n  relations: {},\n")).set;
    Arc::make_mut(&mut with_foreign.header).ext = Some("(a: \"b\\nc\")".to_owned());
    let sets = [("b/r.txt.mart.vouch.ron".to_owned(), &with_foreign), ("a.txt.anna.vouch.ron".to_owned(), &set)];
    String::from_utf8(print_set_file(sets)).unwrap()
}

#[test]
fn a_file_of_sets_comes_back() {
    let text = set_file();
    assert!(text.starts_with("// Vouch annotation sets. Vouch does not keep comments.\n(\n  format: \"vouch-set\",\n  version: (1, 0),\n  requires: [],\n  sets: {\n    \"a.txt.anna.vouch.ron\": (\n      format: \"vouch-annotations\",\n"));
    let file = read_set_file(text.as_bytes()).unwrap();
    assert_eq!(file.problems, []);
    assert_eq!(file.newer, None);
    assert_eq!(names(&file.sets), ["a.txt.anna.vouch.ron", "b/r.txt.mart.vouch.ron"]);
    assert_eq!(file.sets[0].set, read_clean(EXAMPLE).set);
    assert_eq!(file.sets[1].set.header.ext.as_deref(), Some("(a: \"b\\nc\")"));
    let again = file.sets.iter().map(|set| (set.name.clone(), &set.set));
    let again = read_set_file(&print_set_file(again)).unwrap();
    assert_eq!(again.problems, []);
    assert_eq!(again.sets[0].set, file.sets[0].set);
}

#[test]
fn a_file_of_sets_in_another_layout_reads_the_same() {
    let text = set_file().replace("\n    ", "\n\t").replace("sets: {\n", "sets: // all\n {\n");
    let file = read_set_file(text.as_bytes()).unwrap();
    assert_eq!(file.problems, []);
    assert_eq!(file.sets[0].set, read_clean(EXAMPLE).set);
    assert_eq!(file.sets.len(), 2);
}

#[test]
fn damage_in_one_set_stays_there() {
    let text = set_file();
    let at = text.find("\"Stance").unwrap();
    let damaged = format!("{}{}", &text[..at], &text[at + 1..]);
    let file = read_set_file(damaged.as_bytes()).unwrap();
    let line = text[..at].matches('\n').count() + 1;
    assert_eq!(file.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [line]);
    assert_eq!(file.sets.iter().map(|set| set.set.len()).collect::<Vec<_>>(), [7, 8]);
}

#[test]
fn names_that_reach_outside_are_refused() {
    for name in ["../a.txt.anna.vouch.ron", "/a.ron", "C:a.ron", "file:a", "\\\\\\\\host\\\\a"] {
        let text = set_file().replace("a.txt.anna.vouch.ron", name);
        let file = read_set_file(text.as_bytes()).unwrap();
        assert_eq!(file.problems.len(), 1, "{name}");
        assert_eq!(file.problems[0].line, 7);
        assert_eq!(names(&file.sets), ["b/r.txt.mart.vouch.ron"]);
    }
}

#[test]
fn each_kind_of_file_is_told_from_the_other() {
    let error = read(set_file().as_bytes()).unwrap_err();
    assert_eq!(error, ReadError::OtherFormat("vouch-set".to_owned()));
    assert!(matches!(read_set_file(EXAMPLE.as_bytes()).unwrap_err(), ReadError::OtherFormat(_)));
    assert!(matches!(read_set_file(b"()").unwrap_err(), ReadError::Unreadable(_)));
}

#[test]
fn a_file_of_sets_cut_off_anywhere_is_read_as_far_as_it_goes() {
    let text = set_file();
    let second = text.find("    \"b/r.txt").unwrap();
    for length in (0..text.len()).step_by(7) {
        let read = read_set_file(&text.as_bytes()[..text.floor_char_boundary(length)]);
        if length > second {
            assert_eq!(read.unwrap().sets[0].set.len(), 8, "{length}");
        }
    }
}
