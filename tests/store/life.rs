//! A sidecar's ordinary life: opened, edited, saved, opened again; nothing in the way.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use vouch::annotation::{Act, Edit, Record};
use vouch::files::Files;
use vouch::sidecar::store::{KeepError, Notice, Standing};

use super::desk::{Desk, SIDECAR, add, disk, fresh, names, now, put, read, work};

#[test]
fn an_empty_set_writes_nothing() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    assert!(!opened.keeper.save(now()).unwrap().is_written);
    let mut work = work(&opened);
    let made = work.act(put(work.set(), "a", "x")).unwrap();
    opened.keeper.acknowledge(&made, now()).unwrap();
    let undone = work.undo().unwrap().unwrap();
    opened.keeper.acknowledge(&undone, now()).unwrap();
    assert!(!opened.keeper.is_dirty());
    assert!(!opened.keeper.save(now()).unwrap().is_written);
    assert!(memory.stat(Path::new(SIDECAR)).is_err());
}

#[test]
fn what_is_acknowledged_is_there_without_a_save() {
    let desk = Desk::over(Arc::new(disk()));
    let mut opened = desk.open();
    assert!(opened.notices.is_empty());
    for name in ["a", "b", "c"] {
        add(&mut opened.keeper, name).unwrap();
    }
    drop(opened);
    let opened = desk.open();
    assert_eq!(names(&opened.set), ["a", "b", "c"]);
    assert!(opened.keeper.is_dirty());
    let notices: Vec<String> = opened.notices.iter().map(ToString::to_string).collect();
    assert_eq!(notices, ["3 edits not yet in the sidecar came back from the journal, the last one: note c"]);
}

#[test]
fn what_is_saved_is_saved_once() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    assert!(opened.keeper.save(now()).unwrap().is_written);
    assert!(!opened.keeper.save(now()).unwrap().is_written);
    drop(opened);
    let bytes = memory.read(Path::new(SIDECAR), 10_000).unwrap();
    let mut opened = desk.open();
    assert!(opened.notices.is_empty(), "{:?}", opened.notices);
    assert!(!opened.keeper.is_dirty());
    assert!(!opened.keeper.save(now()).unwrap().is_written);
    assert_eq!(memory.read(Path::new(SIDECAR), 10_000).unwrap(), bytes);
}

#[test]
fn undo_and_redo_outlive_the_program() {
    let desk = Desk::over(Arc::new(disk()));
    let mut opened = desk.open();
    let mut before = work(&opened);
    for name in ["a", "b", "c"] {
        let record = before.act(put(before.set(), name, "1")).unwrap();
        opened.keeper.acknowledge(&record, now()).unwrap();
        if name == "b" {
            opened.keeper.save(now()).unwrap();
        }
    }
    let record = before.undo().unwrap().unwrap();
    opened.keeper.acknowledge(&record, now()).unwrap();
    drop(opened);

    let mut opened = desk.open();
    let mut after = work(&opened);
    assert_eq!(after.set(), before.set());
    assert_eq!(after.history(), before.history());
    assert_eq!(after.history().undo_labels().collect::<Vec<_>>(), ["note b", "note a"]);
    assert_eq!(after.history().redo_labels().collect::<Vec<_>>(), ["note c"]);
    let mut step = |record: Record| opened.keeper.acknowledge(&record, now()).unwrap();
    step(after.redo().unwrap().unwrap());
    for _ in 0..3 {
        step(after.undo().unwrap().unwrap());
    }
    opened.keeper.save(now()).unwrap();
    drop(opened);
    let opened = desk.open();
    assert_eq!(opened.set, fresh());
    assert_eq!(work(&opened).history().redo_labels().count(), 3);
}

#[test]
fn a_register_is_kept_the_same_way() {
    let mut desk = Desk::over(Arc::new(disk()));
    desk.path = "/docs/sources.anna.vouch.ron".into();
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    opened.keeper.save(now()).unwrap();
    let text = String::from_utf8(desk.files.read(&desk.path, 10_000).unwrap()).unwrap();
    assert!(text.contains("\"vouch-sources\""), "{text}");
}

#[test]
fn each_save_of_a_session_has_a_backup_now_and_then() {
    let desk = Desk::over(Arc::new(disk()));
    let mut opened = desk.open();
    let mut save = |name: &str, minutes: i64| {
        add(&mut opened.keeper, name).unwrap();
        opened.keeper.save(now() + SignedDuration::from_mins(minutes)).unwrap();
        let backups = opened.keeper.backups().unwrap();
        backups.iter().map(|(path, _, _)| names(&read(&*desk.files, path)).len()).collect::<Vec<_>>()
    };
    assert_eq!(save("a", 0), [0; 0], "there was nothing to keep");
    assert_eq!(save("b", 1), [1]);
    assert_eq!(save("c", 2), [1], "a minute later that is enough");
    assert_eq!(save("d", 12), [3, 1]);
}

#[test]
fn the_journal_is_cut_and_the_newest_steps_stay() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    let long = "x".repeat(10_000);
    for i in 0..500 {
        let edit = put(opened.keeper.set(), "a", &format!("{i} {long}"));
        opened.keeper.acknowledge(&Record { act: Act::Do, edit }, now()).unwrap();
    }
    let size = || {
        let all = memory.all();
        let journals = all.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "journal"));
        journals.map(|(_, bytes)| bytes.len()).sum::<usize>()
    };
    assert!(size() > 4 << 20, "nothing is cut before it is saved");
    opened.keeper.save(now()).unwrap();
    assert!(size() < (2 << 20) + 1000, "{}", size());
    let set = opened.keeper.set().clone();
    drop(opened);
    let opened = desk.open();
    assert_eq!(opened.set, set);
    let mut work = work(&opened);
    let steps = work.history().undo_labels().count();
    assert!((90..110).contains(&steps), "{steps}");
    for _ in 0..steps {
        work.undo().unwrap().unwrap();
    }
}

#[test]
fn an_item_that_no_sidecar_could_hold_is_refused() {
    let desk = Desk::over(Arc::new(disk()));
    let mut opened = desk.open();
    let edit = put(opened.keeper.set(), "a", &"x".repeat(2 << 20));
    let error = opened.keeper.acknowledge(&Record { act: Act::Do, edit }, now()).unwrap_err();
    assert!(matches!(error, KeepError::TooLong(_)));
    assert_eq!(opened.keeper.set(), &fresh());
    add(&mut opened.keeper, "b").unwrap();
    drop(opened);
    assert_eq!(names(&desk.open().set), ["b"]);
}

#[test]
fn a_newer_sidecar_is_for_reading_only() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let text = r#"(format: "vouch-annotations", version: (2, 0), requires: [], sources: {"s-a": (name: "a")})"#;
    vouch::files::replace(&memory, Path::new(SIDECAR), text.as_bytes()).unwrap();
    let mut opened = desk.open();
    assert_eq!(names(&opened.set), ["a"]);
    assert!(matches!(opened.keeper.standing(), Standing::ReadOnly(why) if why.contains("update Vouch")));
    let edit = put(opened.keeper.set(), "b", "x");
    let error = opened.keeper.acknowledge(&Record { act: Act::Do, edit }, now()).unwrap_err();
    assert!(matches!(error, KeepError::ReadOnly { .. }));
    assert!(opened.keeper.save(now()).is_err());
    assert_eq!(memory.read(Path::new(SIDECAR), 10_000).unwrap(), text.as_bytes());
}

#[test]
fn comments_are_kept_in_a_backup_and_said_to_go() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    opened.keeper.save(now()).unwrap();
    drop(opened);
    let text = String::from_utf8(memory.read(Path::new(SIDECAR), 10_000).unwrap()).unwrap();
    let text = text.replace("  sources:", "  // why not?\n  sources:");
    vouch::files::replace(&memory, Path::new(SIDECAR), text.as_bytes()).unwrap();
    let mut opened = desk.open();
    assert!(opened.notices.iter().any(|notice| matches!(notice, Notice::Comments)), "{:?}", opened.notices);
    add(&mut opened.keeper, "b").unwrap();
    opened.keeper.save(now()).unwrap();
    let (backup, _, _) = &opened.keeper.backups().unwrap()[0];
    assert_eq!(memory.read(backup, 10_000).unwrap(), text.as_bytes());
}

#[test]
fn an_empty_edit_is_no_reason_to_write() {
    let desk = Desk::over(Arc::new(disk()));
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    opened.keeper.save(now()).unwrap();
    let pass = Record { act: Act::Pass, edit: Edit::new("note a") };
    opened.keeper.acknowledge(&pass, now()).unwrap();
    assert!(!opened.keeper.is_dirty());
    drop(opened);
    assert_eq!(desk.open().records.len(), 2);
}
