//! Sidecars and journals that are cut short, flipped, emptied, zeroed: what is whole is read, nothing is overwritten
//! without consent, nothing panics.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use vouch::files::{Files, replace};
use vouch::sidecar::store::{KeepError, Notice, Standing};

use super::desk::{Desk, SIDECAR, add, disk, fresh, names, now, put, read};
use crate::memory::Memory;

/// A disk with `a` and `b` saved and `c` and `d` in the journal; the journal's path.
fn used() -> (Memory, PathBuf) {
    let memory = disk();
    let mut opened = Desk::over(Arc::new(memory.clone())).open();
    add(&mut opened.keeper, "a").unwrap();
    add(&mut opened.keeper, "b").unwrap();
    opened.keeper.save(now()).unwrap();
    add(&mut opened.keeper, "c").unwrap();
    add(&mut opened.keeper, "d").unwrap();
    let journal = memory.all().into_keys().find(|path| path.extension().is_some_and(|end| end == "journal")).unwrap();
    (memory, journal)
}

/// Puts `bytes` in the place of the journal, opens, edits, and looks that nothing is lost that need not be.
fn check_journal(bytes: &[u8]) {
    let (memory, journal) = used();
    let whole = memory.read(&journal, 100_000).unwrap();
    replace(&memory, &journal, bytes).unwrap();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    let found = names(&opened.set);
    assert!(found.starts_with(&["a".to_owned(), "b".to_owned()]), "{found:?}");
    let same = bytes.iter().zip(&whole).take_while(|(a, b)| a == b).count();
    let lines = whole[..same].split(|byte| *byte == b'\n').count() - 1;
    // Begin, base, a, b, base, c, d.
    assert!(lines < 6 || found.contains(&"c".to_owned()), "{lines} lines are whole: {found:?}");
    assert!(lines < 7 || found.contains(&"d".to_owned()), "{lines} lines are whole: {found:?}");
    add(&mut opened.keeper, "e").unwrap();
    let expected = opened.keeper.set().clone();
    drop(opened);
    let is_kept = memory.all().into_values().any(|kept| kept.starts_with(bytes));
    assert!(is_kept, "the damaged journal was overwritten");
    let mut opened = desk.open();
    assert_eq!(opened.set, expected);
    opened.keeper.save(now()).unwrap();
    assert_eq!(read(&memory, Path::new(SIDECAR)), expected);
}

/// The same for the sidecar.
fn check_sidecar(bytes: &[u8]) {
    let (memory, _) = used();
    replace(&memory, Path::new(SIDECAR), bytes).unwrap();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    let found = names(&opened.set);
    match opened.keeper.standing().clone() {
        Standing::Open => {}
        Standing::ReadOnly(_) => return,
        Standing::Damaged(problems) => {
            assert!(!problems.is_empty());
            assert!(found.contains(&"c".to_owned()) && found.contains(&"d".to_owned()), "{found:?}");
            add(&mut opened.keeper, "e").unwrap();
            let error = opened.keeper.save(now()).unwrap_err();
            assert!(matches!(error, KeepError::Damaged { .. }));
            assert_eq!(memory.read(Path::new(SIDECAR), 100_000).unwrap(), bytes, "it was overwritten");
            drop(opened);
            opened = desk.open();
            assert!(names(&opened.set).contains(&"e".to_owned()));
            opened.keeper.mend(now()).unwrap();
            let aside = Path::new("/docs/release.txt.anna.vouch.ron.damaged-1");
            assert_eq!(memory.read(aside, 100_000).unwrap(), bytes);
        }
    }
    opened.keeper.save(now()).unwrap();
    assert_eq!(read(&memory, Path::new(SIDECAR)), *opened.keeper.set());
}

fn whole() -> (Vec<u8>, Vec<u8>) {
    let (memory, journal) = used();
    (memory.read(&journal, 100_000).unwrap(), memory.read(Path::new(SIDECAR), 100_000).unwrap())
}

#[test]
fn cut_short_at_every_byte() {
    let (journal, sidecar) = whole();
    for end in 0..=journal.len() {
        check_journal(&journal[..end]);
    }
    for end in 0..=sidecar.len() {
        check_sidecar(&sidecar[..end]);
    }
}

#[test]
fn zeroed_emptied_and_filled_up_with_zeros() {
    let (journal, sidecar) = whole();
    for zeros in [1, 100, 5000] {
        check_journal(&vec![0; zeros]);
        check_sidecar(&vec![0; zeros]);
        check_sidecar(&[&sidecar[..], &vec![0; zeros]].concat());
        check_journal(&[&journal[..], &vec![0; zeros]].concat());
        check_journal(&[&journal[..journal.len() / 2], &vec![0; zeros]].concat());
    }
    check_journal(b"\n\n\n");
    check_journal(b"99999999999999999999 x\n5 zz\n");
    check_sidecar(b"\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn flipped(flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4)) {
        let (mut journal, mut sidecar) = whole();
        for (at, bits) in flips {
            let (in_journal, in_sidecar) = (at.index(journal.len()), at.index(sidecar.len()));
            journal[in_journal] ^= bits;
            sidecar[in_sidecar] ^= bits;
        }
        check_journal(&journal);
        check_sidecar(&sidecar);
    }
}

#[test]
fn a_damaged_line_of_the_journal_costs_that_line_alone() {
    let (journal, _) = whole();
    let text = String::from_utf8(journal).unwrap();
    let (memory, path) = used();
    replace(&memory, &path, text.replace("note c", "note ?").as_bytes()).unwrap();
    let opened = Desk::over(Arc::new(memory)).open();
    assert_eq!(names(&opened.set), ["a", "b", "d"]);
    assert!(opened.notices.iter().any(|notice| matches!(notice, Notice::Journal(_))), "{:?}", opened.notices);
    let labels: Vec<&str> = opened.records.iter().map(|record| record.edit.label.as_str()).collect();
    assert_eq!(labels, ["note d"], "the undo history begins after the gap");
}

#[test]
fn a_journal_of_a_newer_program_is_left_alone() {
    let (memory, path) = used();
    let payload = r#"(act: "begin", version: (2, 0), of: "x", more: [])"#;
    let sum: String = {
        use sha2::Digest as _;
        sha2::Sha256::digest(payload).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    };
    let bytes = format!("{} {sum} {payload}\n", payload.len()).into_bytes();
    replace(&memory, &path, &bytes).unwrap();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    let notice = opened.notices.iter().map(ToString::to_string).collect::<String>();
    assert!(notice.contains("a newer Vouch wrote it (2.0)"), "{notice}");
    add(&mut opened.keeper, "e").unwrap();
    drop(opened);
    assert_eq!(memory.read(&path, 100_000).unwrap(), bytes);
    assert!(names(&desk.open().set).contains(&"e".to_owned()), "the edit is in another journal");
}

#[test]
fn a_sidecar_that_is_damaged_under_our_hands() {
    let (memory, _) = used();
    let mut opened = Desk::over(Arc::new(memory.clone())).open();
    opened.keeper.save(now()).unwrap();
    let whole = memory.read(Path::new(SIDECAR), 100_000).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    // Somebody added `x`, and then the line of `a` was torn.
    let line = text.lines().find(|line| line.contains("s-b")).unwrap().replace("s-b", "s-x").replace("\"b\"", "\"x\"");
    let torn = text.replace("name: \"a\"", "name: \"a").replace("    \"s-b\"", &format!("{line}\n    \"s-b\""));
    replace(&memory, Path::new(SIDECAR), torn.as_bytes()).unwrap();
    assert!(matches!(opened.keeper.check(now()), Err(KeepError::Damaged { .. })));
    add(&mut opened.keeper, "e").unwrap();
    assert!(opened.keeper.save(now()).is_err());

    // It comes back as it was, by itself …
    replace(&memory, Path::new(SIDECAR), &whole).unwrap();
    opened.keeper.save(now()).unwrap();
    assert_eq!(*opened.keeper.standing(), Standing::Open);
    assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["a", "b", "c", "d", "e"]);

    // … or not, and what others added is taken in without deleting what was torn.
    replace(&memory, Path::new(SIDECAR), torn.as_bytes()).unwrap();
    assert!(opened.keeper.check(now()).is_err());
    opened.keeper.mend(now()).unwrap();
    assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["a", "b", "c", "d", "e", "x"]);
    let brought = opened.keeper.corrections();
    assert!(!brought.is_empty());
}

#[test]
fn a_sidecar_that_is_deleted_comes_back_with_the_next_edit_whole() {
    let (memory, _) = used();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    opened.keeper.save(now()).unwrap();
    memory.remove(Path::new(SIDECAR)).unwrap();
    opened.keeper.check(now()).unwrap();
    opened.keeper.save(now()).unwrap();
    assert!(memory.stat(Path::new(SIDECAR)).is_err(), "somebody wanted it gone");
    add(&mut opened.keeper, "e").unwrap();
    drop(opened);
    let mut opened = desk.open();
    assert_eq!(names(&opened.set), ["a", "b", "c", "d", "e"]);
    opened.keeper.save(now()).unwrap();
    assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["a", "b", "c", "d", "e"]);
}

#[test]
fn a_sidecar_that_was_deleted_while_nobody_looked_stays_deleted() {
    let (memory, _) = used();
    let desk = Desk::over(Arc::new(memory.clone()));
    desk.open().keeper.save(now()).unwrap();
    memory.remove(Path::new(SIDECAR)).unwrap();
    let opened = desk.open();
    assert_eq!(opened.set, fresh());
    assert!(!opened.keeper.is_dirty());
}

#[test]
fn conflict_markers_of_git_are_two_sides() {
    let (memory, _) = used();
    let desk = Desk::over(Arc::new(memory.clone()));
    desk.open().keeper.save(now()).unwrap();
    let text = String::from_utf8(memory.read(Path::new(SIDECAR), 100_000).unwrap()).unwrap();
    let line = text.lines().find(|line| line.contains("s-d")).unwrap();
    let [ours, theirs] =
        ["x", "y"].map(|name| line.replace("s-d", &format!("s-{name}")).replace("\"d\"", &format!("\"{name}\"")));
    let marked = text.replace(line, &format!("{line}\n<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> other"));
    replace(&memory, Path::new(SIDECAR), marked.as_bytes()).unwrap();
    let mut opened = desk.open();
    assert_eq!(names(&opened.set), ["a", "b", "c", "d", "x", "y"]);
    assert!(opened.notices.iter().any(|notice| matches!(notice, Notice::Merged(_))), "{:?}", opened.notices);
    let edit = put(opened.keeper.set(), "d", "changed");
    opened.keeper.acknowledge(&vouch::annotation::Record { act: vouch::annotation::Act::Do, edit }, now()).unwrap();
    opened.keeper.save(now()).unwrap();
    assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["a", "b", "c", "d", "x", "y"]);
    let (backup, _, _) = &opened.keeper.backups().unwrap()[0];
    assert_eq!(memory.read(backup, 100_000).unwrap(), marked.as_bytes());
}
