//! Holds `annotation/recode.rs`, `collection/recode.rs` and `sidecar/recoding.rs`: a kind or tag is renamed, merged, split
//! or taken away in all of my sets or in none, whatever the disk or the power does.

#[path = "files/faulty.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod faulty;
#[path = "files/memory.rs"]
mod memory;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use faulty::{EIO, Fault, Faulty};
use jiff::Timestamp;
use memory::Memory;
use vouch::annotation::{
    Act, AnnotationSet, Annotator, Claim, Codebook, CodedWord, DocumentRef, Edit, Header, Id, Item, Recode, Record,
    recoding_edit,
};
use vouch::collection::{Meant, Query, Reach, reach};
use vouch::files::{self, Files, Places};
use vouch::reading::Reading;
use vouch::sidecar::recoding::{CodebookChange, Recoding, finish_all};
use vouch::sidecar::store::Keeper;
use vouch::sidecar::{FileKind, Origin, print, read, save_codebook};

const MADE: &str = "2026-11-24T12:00:00Z";

fn now() -> Timestamp {
    MADE.parse().unwrap()
}

fn places() -> Places {
    Places::under(Path::new("/home"))
}

/// Claims written as `id: kind +tag +tag`.
fn set(handle: &str, document: &str, claims: &[&str]) -> AnnotationSet {
    let header = Header {
        annotator: Annotator { handle: handle.to_owned(), ..Annotator::default() },
        document: DocumentRef { name: document.to_owned(), ..DocumentRef::default() },
        ..Header::default()
    };
    let mut set = AnnotationSet { header: Arc::new(header), ..AnnotationSet::default() };
    let mut edit = Edit::new("");
    for line in claims {
        let (id, words) = line.split_once(": ").unwrap();
        let mut words = words.split(" +");
        let kind = words.next().filter(|kind| *kind != "-").map(str::to_owned);
        let claim = Claim { kind, tags: words.map(str::to_owned).collect(), ..Claim::default() };
        edit.put(&set, &Id::new(id), Item::Claim(Arc::new(claim)));
    }
    set.apply(&edit).unwrap();
    set
}

/// The claims of a set as [`set`] has them.
fn claims(set: &AnnotationSet) -> Vec<String> {
    let claims = set.claims.iter().map(|(id, claim)| {
        let tags: String = claim.tags.iter().map(|tag| format!(" +{tag}")).collect();
        format!("{id}: {}{tags}", claim.kind.as_deref().unwrap_or("-"))
    });
    claims.collect()
}

fn recode(what: CodedWord, from: &str, to: Option<&str>) -> Recode {
    Recode { what, from: from.to_owned(), to: to.map(str::to_owned) }
}

/// A collection of three releases: two with sets of mine, two with sets of Mart's.
fn disk() -> Memory {
    let disk = Memory::new(&["/", "/home", "/docs", "/docs/june"]);
    for (name, text) in [("a.txt", "One. Two."), ("june/b.txt", "Three."), ("c.txt", "Four.")] {
        put(&disk, &format!("/docs/{name}"), text.as_bytes());
    }
    let mine = set("anna", "a.txt", &["c-1: rule +x", "c-2: event", "c-3: rule +y +x"]);
    sidecar(&disk, "/docs/a.txt.anna.vouch.ron", &mine);
    sidecar(&disk, "/docs/june/b.txt.anna.vouch.ron", &set("anna", "b.txt", &["c-4: rule"]));
    sidecar(&disk, "/docs/a.txt.mart.vouch.ron", &set("mart", "a.txt", &["c-5: rule", "c-6: rule"]));
    sidecar(&disk, "/docs/c.txt.mart.vouch.ron", &set("mart", "c.txt", &["c-7: event"]));
    disk
}

fn put(files: &dyn Files, path: &str, bytes: &[u8]) {
    files::replace(files, Path::new(path), bytes).unwrap();
}

fn sidecar(files: &dyn Files, path: &str, set: &AnnotationSet) {
    put(files, path, &print(set, &Origin::new(FileKind::Annotations)));
}

fn look(files: &dyn Files, recode: &Recode, meant: &Meant) -> Reach {
    let codebook = Codebook::built_in();
    reach(
        files,
        &Reading::here(),
        Path::new("/docs"),
        ("anna", codebook),
        (recode, meant),
        &BTreeMap::new(),
        &|_, _| true,
    )
    .unwrap()
}

/// Everything that is on the disk of a collection: claims by sidecar, and the label of the codebook's seventh kind.
fn state(files: &dyn Files) -> Vec<String> {
    let mut lines = Vec::new();
    for path in ["/docs/a.txt.anna.vouch.ron", "/docs/a.txt.mart.vouch.ron", "/docs/june/b.txt.anna.vouch.ron"] {
        let bytes = files.read(Path::new(path), 1 << 20).unwrap();
        lines.extend(claims(&read(&bytes).unwrap().set));
    }
    let codebook = files.read(Path::new("/docs/codebook.ron"), 1 << 20).ok();
    lines.push(
        codebook.map_or_else(|| "none".to_owned(), |bytes| Codebook::parse(&bytes).unwrap().0.kinds[6].key.clone()),
    );
    lines
}

/// Rule becomes law, in the sets and in the codebook.
fn renaming(files: &dyn Files) -> Recoding {
    let reach = look(files, &recode(CodedWord::Kind, "rule", Some("law")), &Meant::All);
    let mut codebook = Codebook::built_in().clone();
    "law".clone_into(&mut codebook.kinds[6].key);
    Recoding {
        label: "rename kind rule to law".to_owned(),
        made: MADE.to_owned(),
        sidecars: reach.mine,
        codebook: Some(CodebookChange {
            path: PathBuf::from("/docs/codebook.ron"),
            before: Codebook::built_in().print(),
            after: codebook.print(),
        }),
    }
}

const BEFORE: [&str; 7] =
    ["c-1: rule +x", "c-2: event", "c-3: rule +y +x", "c-5: rule", "c-6: rule", "c-4: rule", "none"];
const AFTER: [&str; 7] = ["c-1: law +x", "c-2: event", "c-3: law +y +x", "c-5: rule", "c-6: rule", "c-4: law", "law"];

#[test]
fn what_would_change_is_counted_before_it_is_done() {
    let disk = disk();
    let count = |recode: &Recode, meant: &Meant| {
        let reach = look(&disk, recode, meant);
        (reach.claims(), reach.mine.len(), reach.others)
    };
    let others = BTreeMap::from([("mart".to_owned(), 2)]);
    let rename = recode(CodedWord::Kind, "rule", Some("law"));
    assert_eq!(count(&rename, &Meant::All), (3, 2, others.clone()));
    assert_eq!(count(&rename, &Meant::Tagged("y".to_owned())), (1, 1, others.clone()));
    let query = Query::parse("tag:x document:a.txt", Codebook::built_in()).unwrap();
    assert_eq!(count(&rename, &Meant::Found(query)), (2, 1, others));
    assert_eq!(count(&recode(CodedWord::Tag, "x", None), &Meant::All), (2, 1, BTreeMap::new()));
}

#[test]
fn kinds_and_tags_are_renamed_merged_and_taken_away() {
    let of = |recode: &Recode| {
        let set = set("anna", "a.txt", &["c-1: rule +x", "c-2: event +z", "c-3: rule +y +x"]);
        let recoded = recode.of(&set, |_, _| true);
        let back: Vec<_> = recoded.iter().map(vouch::annotation::Recoded::inverted).collect();
        let mut changed = set.clone();
        changed.apply(&recoding_edit(&changed, &recoded, "", &MADE.to_owned())).unwrap();
        assert!(recoding_edit(&changed, &recoded, "", &MADE.to_owned()).is_empty(), "a second time changes nothing");
        let shown = claims(&changed);
        assert!(changed.claims.values().any(|claim| claim.modified.as_deref() == Some(MADE)));
        let undo = recoding_edit(&changed, &back, "", &MADE.to_owned());
        changed.apply(&undo).unwrap();
        assert_eq!(claims(&changed), claims(&set), "taken back exactly");
        shown
    };
    assert_eq!(of(&recode(CodedWord::Kind, "rule", Some("law"))), ["c-1: law +x", "c-2: event +z", "c-3: law +y +x"]);
    assert_eq!(
        of(&recode(CodedWord::Kind, "rule", Some("event"))),
        ["c-1: event +x", "c-2: event +z", "c-3: event +y +x"]
    );
    assert_eq!(of(&recode(CodedWord::Kind, "event", None)), ["c-1: rule +x", "c-2: - +z", "c-3: rule +y +x"]);
    assert_eq!(of(&recode(CodedWord::Tag, "x", Some("w"))), ["c-1: rule +w", "c-2: event +z", "c-3: rule +y +w"]);
    assert_eq!(of(&recode(CodedWord::Tag, "x", Some("y"))), ["c-1: rule +y", "c-2: event +z", "c-3: rule +y"]);
    assert_eq!(of(&recode(CodedWord::Tag, "x", None)), ["c-1: rule", "c-2: event +z", "c-3: rule +y"]);
}

#[test]
fn what_was_changed_meanwhile_stays() {
    let old = set("anna", "a.txt", &["c-1: rule +x", "c-2: rule +x +y"]);
    let kinds = recode(CodedWord::Kind, "rule", Some("law")).of(&old, |_, _| true);
    let tags = recode(CodedWord::Tag, "x", Some("w")).of(&old, |_, _| true);
    let mut now = set("anna", "a.txt", &["c-1: opinion +x", "c-2: rule +z +x"]);
    now.apply(&recoding_edit(&now, &kinds, "", &MADE.to_owned())).unwrap();
    now.apply(&recoding_edit(&now, &tags, "", &MADE.to_owned())).unwrap();
    assert_eq!(claims(&now), ["c-1: opinion +w", "c-2: law +z +w"]);
}

#[test]
fn it_is_done_in_all_files_and_taken_back() {
    let files: Arc<dyn Files> = Arc::new(disk());
    let recoding = renaming(&*files);
    assert_eq!(state(&*files), BEFORE);
    recoding.apply(&files, &places(), &BTreeSet::new(), now()).unwrap().finish().unwrap();
    assert_eq!(state(&*files), AFTER);
    let back = recoding.inverted(MADE.to_owned());
    back.apply(&files, &places(), &BTreeSet::new(), now()).unwrap().finish().unwrap();
    assert_eq!(state(&*files)[..6], BEFORE[..6]);
    assert_eq!(state(&*files)[6], "rule");
    assert!(finish_all(&files, &places(), now()).is_empty());
}

#[test]
fn open_sets_are_the_windows_until_it_has_done_its_part() {
    let files: Arc<dyn Files> = Arc::new(disk());
    let open = BTreeSet::from([PathBuf::from("/docs/a.txt.anna.vouch.ron")]);
    let applied = renaming(&*files).apply(&files, &places(), &open, now()).unwrap();
    assert_eq!(state(&*files)[..3], BEFORE[..3]);
    assert_eq!(state(&*files)[5], "c-4: law");
    // The window is killed before its part is safe.
    drop(applied);
    assert!(finish_all(&files, &places(), now()).is_empty());
    assert_eq!(state(&*files), AFTER);
}

#[test]
fn steps_that_only_the_journal_has_are_not_overlooked() {
    let files: Arc<dyn Files> = Arc::new(disk());
    let path = Path::new("/docs/june/b.txt.anna.vouch.ron");
    let mut keeper = Keeper::open(Arc::clone(&files), &places(), path, AnnotationSet::default(), now()).unwrap().keeper;
    let mut edit = Edit::new("mark claim");
    edit.put(keeper.set(), &Id::new("c-8"), Item::Claim(Arc::new(Claim::default())));
    keeper.acknowledge(&Record { act: Act::Do, edit }, now()).unwrap();
    drop(keeper);
    renaming(&*files).apply(&files, &places(), &BTreeSet::new(), now()).unwrap().finish().unwrap();
    let bytes = files.read(path, 1 << 20).unwrap();
    assert_eq!(claims(&read(&bytes).unwrap().set), ["c-4: law", "c-8: -"]);
}

#[test]
fn a_sidecar_that_cannot_be_changed_whole_stops_it_before_anything_is_changed() {
    let files: Arc<dyn Files> = Arc::new(disk());
    let recoding = renaming(&*files);
    let path = "/docs/june/b.txt.anna.vouch.ron";
    put(&*files, path, b"(format: \"vouch-annotations\", version: (1, 0), claims: {\n\"c-1\": (kin");
    let damaged = files.read(Path::new(path), 1 << 20).unwrap();
    let refused = recoding.apply(&files, &places(), &BTreeSet::new(), now()).unwrap_err().to_string();
    assert!(refused.starts_with(path) && refused.contains("damaged"), "{refused}");
    assert_eq!(state(&*files)[..3], BEFORE[..3]);
    assert_eq!(files.read(Path::new(path), 1 << 20).unwrap(), damaged);
    assert!(finish_all(&files, &places(), now()).is_empty(), "nothing is left to be done");
    let reach = look(&*files, &recode(CodedWord::Kind, "rule", Some("law")), &Meant::All);
    assert_eq!((reach.claims(), reach.unread.len()), (2, 1));
}

fn temps(disk: &Memory) -> Vec<PathBuf> {
    disk.all().into_keys().filter(|path| path.file_name().is_some_and(files::is_temp)).collect()
}

#[test]
fn a_power_cut_at_every_moment_leaves_all_or_nothing_after_the_next_start() {
    let disk = disk();
    let files: Arc<dyn Files> = Arc::new(disk.clone());
    let recoding = renaming(&*files);
    disk.forget();
    recoding.apply(&files, &places(), &BTreeSet::new(), now()).unwrap().finish().unwrap();
    let end = disk.moment();
    let (mut before, mut after) = (0, 0);
    disk.crashes(40, |moment, disk| {
        let files: Arc<dyn Files> = Arc::new(disk.clone());
        assert_eq!(finish_all(&files, &places(), now()), [""; 0], "at {moment}");
        let found = state(&*files);
        if found == BEFORE {
            before += 1;
        } else {
            assert_eq!(found, AFTER, "at {moment} of {end}");
            after += 1;
        }
        assert!(finish_all(&files, &places(), now()).is_empty() && state(&*files) == found, "at {moment}");
        assert!(moment < end || found == AFTER, "what was done is durable");
    });
    assert!(before > 15 && after > 60, "{before} before, {after} after");
}

#[test]
fn every_failure_of_every_operation_leaves_all_or_nothing_after_the_next_start() {
    let (mut undone, mut done) = (0, 0);
    for (fault, for_ever) in [(Fault::Error(EIO), false), (Fault::Error(EIO), true), (Fault::Short, false)] {
        for n in 0.. {
            let disk = disk();
            let faulty = Faulty::new(Arc::new(disk.clone()));
            let files: Arc<dyn Files> = Arc::new(faulty.clone());
            let recoding = renaming(&disk);
            faulty.fail(n, fault, for_ever);
            let outcome = recoding.apply(&files, &places(), &BTreeSet::new(), now());
            let refused = outcome.as_ref().err().map(ToString::to_string);
            let is_whole = outcome.is_ok_and(|applied| applied.trouble.is_none() && applied.finish().is_ok());
            let struck = faulty.heal();
            assert!(finish_all(&files, &places(), now()).is_empty(), "{fault:?} {n}");
            let found = state(&disk);
            match &refused {
                Some(why) if why.contains("it may be done at the next start") => {
                    assert!(for_ever && (found == BEFORE || found == AFTER), "{fault:?} {n}: {found:?}");
                }
                Some(why) => assert_eq!(found, BEFORE, "{fault:?} {n}: {why}"),
                None => assert_eq!(found, AFTER, "{fault:?} {n}"),
            }
            assert!(finish_all(&files, &places(), now()).is_empty() && state(&disk) == found);
            undone += usize::from(found == BEFORE);
            done += usize::from(found == AFTER);
            if struck == 0 {
                assert!(is_whole && temps(&disk).is_empty());
                break;
            }
        }
    }
    assert!(undone > 30 && done > 30, "{undone} undone, {done} done");
}

#[test]
fn a_codebook_is_written_over_nobodys_work() {
    let disk = disk();
    let path = Path::new("/docs/codebook.ron");
    let base = Codebook::built_in();
    let mut ours = base.clone();
    ours.kinds[0].label = "figure".to_owned();
    let saved = save_codebook(&disk, &places(), path, base, &ours, now()).unwrap();
    assert_eq!((saved.codebook == ours, saved.backup), (true, None));
    // A colleague's editor: another label, a comment.
    let theirs = String::from_utf8(disk.read(path, 1 << 20).unwrap()).unwrap();
    put(
        &disk,
        "/docs/codebook.ron",
        theirs.replace("label: \"event\"", "label: \"happening\", // said Mart").as_bytes(),
    );
    let mut next = ours.clone();
    next.kinds[2].label = "forecast".to_owned();
    let saved = save_codebook(&disk, &places(), path, &ours, &next, now()).unwrap();
    let labels: Vec<_> = saved.codebook.kinds.iter().take(3).map(|kind| kind.label.as_str()).collect();
    assert_eq!(labels, ["figure", "happening", "forecast"]);
    let backups = saved.backup.expect("the comment is kept");
    let kept = disk.all().into_iter().filter(|(path, _)| path.starts_with(&backups)).map(|(_, bytes)| bytes);
    assert!(kept.into_iter().any(|bytes| String::from_utf8(bytes).unwrap().contains("// said Mart")));
    put(&disk, "/docs/codebook.ron", b"(version: (2, 0), orbit: Far)");
    let refused = save_codebook(&disk, &places(), path, &next, &ours, now()).unwrap_err().to_string();
    assert!(refused.starts_with("/docs/codebook.ron: made for a later version"), "{refused}");
    assert_eq!(disk.read(path, 1 << 20).unwrap(), b"(version: (2, 0), orbit: Far)");
}
