//! Several programs on one sidecar: the union of their edits or an explicit conflict, never a silent loss.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use vouch::annotation::{Act, AnnotationSet, Edit, Record};
use vouch::files::{Files, replace};
use vouch::sidecar::store::{Keeper, Notice};

use super::desk::{Desk, SIDECAR, add, disk, names, notes, now, put, read, take, work};
use crate::faulty::{ENOSPC, Fault, Faulty};

fn act(keeper: &mut Keeper, edit: Edit) {
    keeper.acknowledge(&Record { act: Act::Do, edit }, now()).unwrap();
}

#[test]
fn two_that_save_in_turn_have_both_works() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let (mut first, mut second) = (desk.open(), desk.open());
    assert!(second.notices.iter().any(|notice| matches!(notice, Notice::OpenElsewhere)), "{:?}", second.notices);
    let mut shown = work(&first);
    for round in 0..3 {
        add(&mut first.keeper, &format!("first {round}")).unwrap();
        add(&mut second.keeper, &format!("second {round}")).unwrap();
        first.keeper.save(now()).unwrap();
        let saved = second.keeper.save(now()).unwrap();
        assert!(saved.notices.iter().any(|notice| matches!(notice, Notice::Merged(ids) if ids.is_empty())));
    }
    first.keeper.check(now()).unwrap();
    assert!(!first.keeper.is_dirty());
    assert_eq!(first.keeper.set(), second.keeper.set());
    assert_eq!(names(&read(&memory, Path::new(SIDECAR))).len(), 6);
    for edit in first.keeper.corrections() {
        assert_eq!(edit.changes.len(), 1);
        shown.take_in(edit).unwrap();
    }
    assert_eq!(names(shown.set()), ["second 0", "second 1", "second 2"]);
}

#[test]
fn both_change_one_field_and_theirs_is_kept_beside_ours() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut first = desk.open();
    add(&mut first.keeper, "a").unwrap();
    first.keeper.save(now()).unwrap();
    let mut second = desk.open();
    let edit = put(first.keeper.set(), "a", "firm");
    act(&mut first.keeper, edit);
    let edit = put(second.keeper.set(), "a", "vague");
    act(&mut second.keeper, edit);
    first.keeper.save(now()).unwrap();
    let saved = second.keeper.save(now()).unwrap();
    let [Notice::Merged(conflicts)] = &saved.notices[..] else { panic!("{:?}", saved.notices) };
    let set = read(&memory, Path::new(SIDECAR));
    assert_eq!(notes(&set)["a"], "vague");
    let conflict = &set.conflicts[&conflicts[0]];
    assert_eq!(conflict.field.as_deref(), Some("note"));
    assert_eq!(
        (conflict.base.as_deref(), conflict.ours.as_deref(), conflict.theirs.as_deref()),
        (Some("\"new\""), Some("\"vague\""), Some("\"firm\""))
    );
    first.keeper.check(now()).unwrap();
    assert_eq!(first.keeper.set(), second.keeper.set());
}

#[test]
fn a_merge_before_a_save_that_failed_is_told_by_the_next_one() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let faulty = Faulty::new(Arc::new(memory.clone()));
    let mut first = Desk::over(Arc::new(faulty.clone())).open();
    let mut second = desk.open();
    add(&mut second.keeper, "theirs").unwrap();
    second.keeper.save(now()).unwrap();
    add(&mut first.keeper, "ours").unwrap();
    // The lock and the reading go well, the rest does not.
    faulty.fail(2, Fault::Error(ENOSPC), true);
    assert!(first.keeper.save(now()).is_err());
    faulty.heal();
    assert_eq!(names(first.keeper.set()), ["ours", "theirs"]);
    let saved = first.keeper.save(now()).unwrap();
    assert!(saved.notices.iter().any(|notice| matches!(notice, Notice::Merged(_))), "{:?}", saved.notices);
    assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["ours", "theirs"]);
}

#[test]
fn what_a_program_that_died_left_is_taken_over_once() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let first = desk.open();
    let mut second = desk.open();
    add(&mut second.keeper, "a").unwrap();
    drop((first, second));
    let mut opened = desk.open();
    assert_eq!(names(&opened.set), ["a"]);
    assert!(opened.notices.iter().any(|notice| matches!(notice, Notice::Recovered(labels) if labels == &["note a"])));
    opened.keeper.save(now()).unwrap();
    let edit = take(opened.keeper.set(), "a");
    act(&mut opened.keeper, edit);
    opened.keeper.save(now()).unwrap();
    drop(opened);
    let opened = desk.open();
    assert!(opened.set.is_empty() && opened.notices.is_empty(), "{:?}", opened.notices);
}

#[test]
fn a_sidecar_changed_while_edits_waited_in_the_journal_is_merged() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    for name in ["a", "b", "c"] {
        add(&mut opened.keeper, name).unwrap();
    }
    opened.keeper.save(now()).unwrap();
    let edit = put(opened.keeper.set(), "a", "ours");
    act(&mut opened.keeper, edit);
    let edit = put(opened.keeper.set(), "b", "ours");
    act(&mut opened.keeper, edit);
    drop(opened);
    // Meanwhile, on another machine.
    let mut elsewhere = desk.clone();
    elsewhere.places = vouch::files::Places::under(Path::new("/docs"));
    let mut other = elsewhere.open();
    let edit = put(other.keeper.set(), "b", "theirs");
    act(&mut other.keeper, edit);
    let edit = put(other.keeper.set(), "c", "theirs");
    act(&mut other.keeper, edit);
    other.keeper.save(now()).unwrap();

    let opened = desk.open();
    let expected = [("a", "ours"), ("b", "ours"), ("c", "theirs")];
    assert_eq!(notes(&opened.set), expected.map(|(name, note)| (name.to_owned(), note.to_owned())).into());
    assert_eq!(opened.set.conflicts.len(), 1);
    // The history takes back what was done here and leaves what came from there.
    let mut work = work(&opened);
    work.undo().unwrap();
    work.undo().unwrap();
    let expected = [("a", "new"), ("b", "new"), ("c", "theirs")];
    assert_eq!(notes(work.set()), expected.map(|(name, note)| (name.to_owned(), note.to_owned())).into());
    // Nothing is merged twice: opened again and again it is the same.
    let set = opened.set.clone();
    drop(opened);
    assert_eq!(desk.open().set, set);
    // The other side goes on before we have saved: what was theirs all along is no conflict.
    let edit = put(other.keeper.set(), "c", "theirs, later");
    act(&mut other.keeper, edit);
    other.keeper.save(now()).unwrap();
    let mut opened = desk.open();
    assert_eq!(notes(&opened.set)["c"], "theirs, later");
    assert_eq!(opened.set.conflicts.len(), 1);
    opened.keeper.save(now()).unwrap();
    other.keeper.check(now()).unwrap();
    assert_eq!(other.keeper.set(), opened.keeper.set());
}

#[test]
fn a_program_without_our_locks_writes_while_we_save() {
    let mut lost = 0;
    for n in 0.. {
        let memory = disk();
        let faulty = Faulty::new(Arc::new(memory.clone()));
        let mut opened = Desk::over(Arc::new(faulty.clone())).open();
        add(&mut opened.keeper, "a").unwrap();
        opened.keeper.save(now()).unwrap();
        add(&mut opened.keeper, "b").unwrap();
        let text = String::from_utf8(memory.read(Path::new(SIDECAR), 10_000).unwrap()).unwrap();
        let line = text.lines().find(|line| line.contains("s-a")).unwrap();
        let theirs = text.replace(line, &format!("{line}\n{}", line.replace("s-a", "s-x").replace("\"a\"", "\"x\"")));
        faulty.meddle(n, move || replace(&memory, Path::new(SIDECAR), theirs.as_bytes()).unwrap());
        opened.keeper.save(now()).unwrap();
        if faulty.heal() == 0 {
            break;
        }
        let saved = opened.keeper.save(now()).unwrap();
        let found = names(&read(&faulty, Path::new(SIDECAR)));
        // Written right after us from an older state, it looks as if `b` was deleted: that is said, and a backup has it.
        let is_said = saved.notices.iter().any(|notice| matches!(notice, Notice::Deleted(1)));
        let backups = opened.keeper.backups().unwrap();
        let is_kept = backups.iter().any(|(path, _, _)| names(&read(&faulty, path)) == ["a", "b"]);
        assert!(found.contains(&"b".to_owned()) || (is_said && is_kept), "at {n}: {found:?}");
        lost += usize::from(!found.contains(&"x".to_owned()));
    }
    // Between the last look and the rename there is no help against such a program.
    assert!(lost <= 1, "{lost} moments at which their work is overwritten");
}

#[test]
fn on_a_drive_without_locks_two_machines_save_into_each_other_and_lose_nothing() {
    let mut races = 0;
    for n in 0.. {
        let memory = disk();
        memory.lose_locks();
        let faulty = Faulty::new(Arc::new(memory.clone()));
        let mut first = Desk::over(Arc::new(faulty.clone())).open();
        let mut elsewhere = Desk::over(Arc::new(memory.clone()));
        elsewhere.places = vouch::files::Places::under(Path::new("/docs"));
        let second = Arc::new(Mutex::new(elsewhere.open()));
        add(&mut first.keeper, "a").unwrap();
        first.keeper.save(now()).unwrap();
        second.lock().unwrap().keeper.check(now()).unwrap();
        add(&mut first.keeper, "b").unwrap();
        add(&mut second.lock().unwrap().keeper, "x").unwrap();
        // The other machine saves before operation `n` of our save, whichever that is.
        let other = Arc::clone(&second);
        faulty.meddle(n, move || drop(other.lock().unwrap().keeper.save(now()).unwrap()));
        first.keeper.save(now()).unwrap();
        if faulty.heal() == 0 {
            break;
        }
        races += usize::from(names(&read(&memory, Path::new(SIDECAR))) != ["a", "b", "x"]);
        // Each looks again, as its watch makes it do.
        let second = &mut second.lock().unwrap().keeper;
        let told = second.save(now()).unwrap().notices;
        assert!(!told.iter().any(|notice| matches!(notice, Notice::Deleted(_))), "at {n}: {told:?}");
        first.keeper.save(now()).unwrap();
        assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["a", "b", "x"], "at {n}");
        assert_eq!(first.keeper.set(), second.set(), "at {n}");
    }
    assert!(races > 0, "no save fell into the other");
}

#[test]
fn what_the_other_deletes_right_after_a_save_stays_deleted() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut first = desk.open();
    add(&mut first.keeper, "a").unwrap();
    first.keeper.save(now()).unwrap();
    let mut second = desk.open();
    let mut edit = take(second.keeper.set(), "a");
    let note = vouch::annotation::Item::Deleted(Arc::new("2026-11-24T03:20:00Z".to_owned()));
    edit.put(second.keeper.set(), &super::desk::id("a"), note);
    act(&mut second.keeper, edit);
    second.keeper.save(now()).unwrap();
    first.keeper.check(now()).unwrap();
    assert!(names(first.keeper.set()).is_empty());
}

#[test]
fn a_thousand_edits_of_each_in_turn() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::under(home.path());
    let mut both = [desk.open().keeper, desk.open().keeper];
    for i in 0..1000 {
        for (keeper, name) in both.iter_mut().zip(["first", "second"]) {
            // Every tenth is on a source that both write.
            let edit = if i % 10 == 0 {
                put(keeper.set(), "common", &format!("{name} {i}"))
            } else {
                put(keeper.set(), &format!("{name} {i}"), "new")
            };
            act(keeper, edit);
            if i % 20 == 19 {
                keeper.save(now()).unwrap();
            }
        }
    }
    for which in [0, 1, 0] {
        both[which].save(now()).unwrap();
    }
    let set = read(&*desk.files, &desk.path);
    let found = notes(&set);
    for name in ["first", "second"] {
        for i in (0..1000).filter(|i| i % 10 != 0) {
            assert!(found.contains_key(&format!("{name} {i}")), "{name} {i} is lost");
        }
        // What each wrote last between two saves stands, or is named in a conflict, or was written over knowingly.
        let last = format!("{name} 990");
        let is_named = set.conflicts.values().any(|conflict| {
            [&conflict.ours, &conflict.theirs].into_iter().flatten().any(|value| value.contains(&last))
        });
        assert!(found["common"] == last || is_named, "{last} is lost: {:?}", found["common"]);
    }
    assert_eq!(found.len(), 1801);
}

#[test]
fn a_copy_of_a_synchroniser_is_merged_and_put_away() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    add(&mut opened.keeper, "b").unwrap();
    opened.keeper.save(now()).unwrap();
    let copy = Path::new("/docs/release.txt.anna.vouch (conflicted copy).ron");
    let edit = put(opened.keeper.set(), "a", "theirs");
    act(&mut opened.keeper, edit);
    add(&mut opened.keeper, "x").unwrap();
    opened.keeper.save_copy(copy).unwrap();
    let bytes = memory.read(copy, 10_000).unwrap();
    for name in ["a", "x"] {
        let edit = if name == "a" { put(opened.keeper.set(), "a", "ours") } else { take(opened.keeper.set(), "x") };
        act(&mut opened.keeper, edit);
    }
    replace(&memory, copy, b"(torn").unwrap();
    assert!(opened.keeper.merge_copy(copy, now()).is_err());
    assert!(memory.stat(copy).is_ok(), "what could not be read stays");

    replace(&memory, copy, &bytes).unwrap();
    let saved = opened.keeper.merge_copy(copy, now()).unwrap();
    assert!(matches!(&saved.notices[..], [Notice::Merged(conflicts)] if conflicts.len() == 1), "{:?}", saved.notices);
    let set = read(&memory, Path::new(SIDECAR));
    assert_eq!(names(&set), ["a", "b", "x"]);
    assert_eq!(notes(&set)["a"], "ours");
    assert!(!opened.keeper.corrections().is_empty());
    assert!(memory.stat(copy).is_err());
    assert!(memory.all().into_values().any(|kept| kept == bytes), "it is among the backups");
}

#[test]
fn what_was_not_saved_before_a_folder_was_moved_comes_along() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::under(home.path());
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    opened.keeper.save(now()).unwrap();
    add(&mut opened.keeper, "b").unwrap();
    drop(opened);
    // Another document of the same name, with a sidecar of its own, gets nothing of it.
    let mut other = desk.clone();
    std::fs::create_dir(home.path().join("other")).unwrap();
    other.path = home.path().join("other/release.txt.anna.vouch.ron");
    let mut opened = other.open();
    add(&mut opened.keeper, "c").unwrap();
    opened.keeper.save(now()).unwrap();
    drop(opened);
    std::fs::rename(home.path().join("docs"), home.path().join("moved")).unwrap();
    assert_eq!(names(&other.open().set), ["c"]);

    desk.path = home.path().join("moved/release.txt.anna.vouch.ron");
    let mut opened = desk.open();
    assert_eq!(names(&opened.set), ["a", "b"]);
    let edit = take(opened.keeper.set(), "b");
    act(&mut opened.keeper, edit);
    opened.keeper.save(now()).unwrap();
    drop(opened);
    assert_eq!(names(&desk.open().set), ["a"], "it came once");
}

/// A program: what its window shows, what is on the way between window and keeper, and the keeper.
struct Program {
    shown: AnnotationSet,
    done: VecDeque<Record>,
    corrections: VecDeque<Edit>,
    keeper: Keeper,
    added: BTreeSet<String>,
}

impl Program {
    fn new(desk: &Desk) -> Self {
        let opened = desk.open();
        Self {
            shown: opened.set,
            done: VecDeque::new(),
            corrections: VecDeque::new(),
            keeper: opened.keeper,
            added: BTreeSet::new(),
        }
    }

    fn edit(&mut self, edit: Edit) {
        self.shown.apply(&edit).unwrap();
        self.done.push_back(Record { act: Act::Do, edit });
    }

    fn deliver(&mut self) -> bool {
        let Some(record) = self.done.pop_front() else { return false };
        self.keeper.acknowledge(&record, now()).unwrap();
        self.corrections.extend(self.keeper.corrections());
        true
    }

    fn save(&mut self) -> bool {
        let is_written = self.keeper.save(now()).unwrap().is_written;
        self.corrections.extend(self.keeper.corrections());
        is_written
    }

    fn correct(&mut self) -> bool {
        let Some(edit) = self.corrections.pop_front() else { return false };
        // One that does not fit met an edit that is still on its way.
        if self.shown.apply(&edit).is_ok() {
            self.done.push_back(Record { act: Act::Outside, edit });
        }
        true
    }
}

#[derive(Clone, Debug)]
enum Step {
    Add,
    Put(u8),
    Take(u8),
    Deliver,
    Correct,
    Save,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Add),
        3 => (0u8..3).prop_map(Step::Put),
        1 => (0u8..3).prop_map(Step::Take),
        5 => Just(Step::Deliver),
        3 => Just(Step::Correct),
        2 => Just(Step::Save),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn windows_and_sidecar_come_to_the_same_set(steps in prop::collection::vec((any::<bool>(), step()), 1..60)) {
        let memory = disk();
        let desk = Desk::over(Arc::new(memory.clone()));
        let mut programs = [Program::new(&desk), Program::new(&desk)];
        for (count, (which, step)) in steps.into_iter().enumerate() {
            let program = &mut programs[usize::from(which)];
            match step {
                Step::Add => {
                    let name = format!("new {count}");
                    program.edit(put(&program.shown, &name, "x"));
                    program.added.insert(name);
                }
                Step::Put(n) => program.edit(put(&program.shown, &n.to_string(), &count.to_string())),
                Step::Take(n) => program.edit(take(&program.shown, &n.to_string())),
                Step::Deliver => drop(program.deliver()),
                Step::Correct => drop(program.correct()),
                Step::Save => drop(program.save()),
            }
        }
        let mut rounds = 0;
        loop {
            let mut is_busy = false;
            for program in &mut programs {
                while program.deliver() || program.correct() {
                    is_busy = true;
                }
                is_busy |= program.save();
            }
            rounds += 1;
            prop_assert!(rounds < 20, "the programs never agree");
            if !is_busy && programs.iter().all(|program| program.corrections.is_empty()) {
                break;
            }
        }
        let [a, b] = &programs;
        prop_assert_eq!(&a.shown, a.keeper.set());
        prop_assert_eq!(&b.shown, b.keeper.set());
        prop_assert_eq!(&a.shown, &b.shown);
        let there: BTreeMap<String, String> = notes(&a.shown);
        for name in a.added.union(&b.added) {
            prop_assert!(there.contains_key(name), "{} is lost", name);
        }
        if !a.shown.is_empty() {
            prop_assert_eq!(&read(&memory, Path::new(SIDECAR)), &a.shown);
        }
    }
}
