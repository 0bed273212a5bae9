//! A disk whose operation N fails, for every N: nothing acknowledged is lost, nothing is unreadable, the error is told,
//! and the next save works.

use std::path::Path;
use std::sync::Arc;

use vouch::files::Files;
use vouch::sidecar::store::Notice;

use super::desk::{Desk, SIDECAR, add, disk, fresh, names, now, read};
use crate::faulty::{EIO, Fault, Faulty, faults};
use crate::memory::Memory;

/// Opens, edits, saves, edits, saves; says what was acknowledged and whether any error was told.
fn session(desk: &Desk) -> (Vec<&'static str>, bool) {
    let (mut acknowledged, mut told) = (Vec::new(), false);
    let Ok(mut opened) = desk.try_open() else { return (acknowledged, true) };
    told |= is_told(&opened.notices);
    for (save, steps) in [["d", "e"], ["f", "g"]].into_iter().enumerate() {
        for name in steps {
            match add(&mut opened.keeper, name) {
                Ok(()) => acknowledged.push(name),
                Err(_) => told = true,
            }
        }
        match opened.keeper.save(now()) {
            Ok(saved) => {
                told |= is_told(&saved.notices);
                acknowledged = vec!["d", "e", "f", "g"];
                acknowledged.truncate(2 * save + 2);
            }
            Err(_) => told = true,
        }
    }
    (acknowledged, told)
}

fn is_told(notices: &[Notice]) -> bool {
    notices.iter().any(|notice| matches!(notice, Notice::Trouble(_) | Notice::Journal(_)))
}

/// A disk on which `a`, `b` and `c` are saved, and `b` is only in the journal of a program that died.
fn used() -> Memory {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut first = desk.open();
    let mut second = desk.open();
    add(&mut second.keeper, "b").unwrap();
    add(&mut first.keeper, "a").unwrap();
    first.keeper.save(now()).unwrap();
    add(&mut first.keeper, "c").unwrap();
    memory
}

#[test]
fn every_failure_of_every_operation() {
    for (fault, for_ever) in faults() {
        for n in 0.. {
            let memory = used();
            let faulty = Faulty::new(Arc::new(memory.clone()));
            faulty.fail(n, fault, for_ever);
            let (acknowledged, told) = session(&Desk::over(Arc::new(faulty.clone())));
            let struck = faulty.heal();
            let case = format!("{fault:?} at {n}, for ever: {for_ever}, struck {struck} times");

            let on_disk = names(&read(&memory, Path::new(SIDECAR)));
            assert!(on_disk.contains(&"a".to_owned()), "{case}: {on_disk:?}");
            let desk = Desk::over(Arc::new(memory.clone()));
            let mut opened = desk.open();
            let found = names(&opened.set);
            for name in ["a", "b", "c"].iter().chain(&acknowledged) {
                assert!(found.contains(&(*name).to_owned()), "{case}: {name} is lost, {found:?}");
            }
            add(&mut opened.keeper, "z").unwrap();
            let saved = opened.keeper.save(now()).unwrap();
            assert!(saved.is_written && saved.notices.is_empty(), "{case}: {saved:?}");
            assert_eq!(read(&memory, Path::new(SIDECAR)), *opened.keeper.set(), "{case}");
            let leftovers: Vec<_> = memory.all().into_keys().filter(|path| is_temp(path)).collect();
            assert!(leftovers.is_empty(), "{case}: {leftovers:?}");

            if struck == 0 {
                assert!(n > 60, "a session takes more than {n} operations");
                break;
            }
            // What may fail once and unheard costs nothing: looking for leftovers, locking by the better of two ways.
            if for_ever && matches!(fault, Fault::Error(_)) || acknowledged.len() < 4 {
                assert!(told, "{case}: nobody was told");
            }
        }
    }
}

fn is_temp(path: &Path) -> bool {
    path.file_name().is_some_and(vouch::files::is_temp)
}

#[test]
fn a_session_goes_on_over_a_disk_that_recovers() {
    for (fault, for_ever) in faults() {
        for n in 0..12 {
            let memory = disk();
            let faulty = Faulty::new(Arc::new(memory.clone()));
            let mut opened = Desk::over(Arc::new(faulty.clone())).open();
            add(&mut opened.keeper, "a").unwrap();
            faulty.fail(n, fault, for_ever);
            let first = add(&mut opened.keeper, "b");
            let second = opened.keeper.save(now());
            let struck = faulty.heal();
            let case = format!("{fault:?} at {n}, for ever: {for_ever}, {first:?}, {second:?}");
            assert!(opened.keeper.is_dirty() || second.is_ok(), "{case}");
            add(&mut opened.keeper, "c").unwrap();
            opened.keeper.save(now()).unwrap();
            assert!(!opened.keeper.is_dirty());
            drop(opened);
            assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["a", "b", "c"], "{case}");
            let opened = Desk::over(Arc::new(memory)).open();
            assert!(opened.notices.is_empty(), "{case}: {:?}", opened.notices);
            assert_eq!(opened.records.len(), 3, "{case}");
            assert!(struck > 0 || fault == Fault::Short, "{case}");
        }
    }
}

#[test]
fn a_save_after_one_that_failed_is_durable() {
    for n in 0.. {
        let memory = disk();
        let faulty = Faulty::new(Arc::new(memory.clone()));
        let mut opened = Desk::over(Arc::new(faulty.clone())).open();
        add(&mut opened.keeper, "a").unwrap();
        opened.keeper.save(now()).unwrap();
        add(&mut opened.keeper, "b").unwrap();
        faulty.fail(n, Fault::Error(EIO), false);
        let first = opened.keeper.save(now());
        if faulty.heal() == 0 {
            assert!(n > 10, "a save takes more than {n} operations");
            break;
        }
        let second = opened.keeper.save(now()).unwrap();
        assert_eq!(first.is_err(), second.is_written, "at {n}: {first:?}");
        drop(opened);
        let last = memory.moment();
        memory.crashes(100, |moment, disk| {
            let found = if moment == last { names(&read(&disk, Path::new(SIDECAR))) } else { Vec::new() };
            assert!(moment < last || found == ["a", "b"], "at {n}: {found:?}");
        });
    }
}

#[test]
fn without_a_state_folder_the_sidecar_is_saved_all_the_same() {
    let memory = Memory::new(&["/", "/docs"]);
    // A file where the state folder should be.
    vouch::files::replace(&memory, Path::new("/home"), b"").unwrap();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    assert!(matches!(opened.notices[..], [Notice::Trouble(_)]), "{:?}", opened.notices);
    assert!(add(&mut opened.keeper, "a").is_err(), "it is not safe yet, and that is said");
    let saved = opened.keeper.save(now()).unwrap();
    assert!(saved.is_written && !saved.notices.is_empty());
    assert_eq!(names(&read(&memory, Path::new(SIDECAR))), ["a"]);
    memory.remove(Path::new("/home")).unwrap();
    memory.create_folder(Path::new("/home")).unwrap();
    add(&mut opened.keeper, "b").unwrap();
    drop(opened);
    let opened = desk.open();
    assert_eq!(names(&opened.set), ["a", "b"]);
    assert_eq!(opened.records.len(), 2, "the journal has what it missed");
}

#[test]
fn a_folder_that_goes_away_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::under(home.path());
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    opened.keeper.save(now()).unwrap();
    std::fs::rename(home.path().join("docs"), home.path().join("away")).unwrap();
    add(&mut opened.keeper, "b").unwrap();
    let error = opened.keeper.save(now()).unwrap_err().to_string();
    assert!(error.contains("its drive is connected"), "{error}");
    assert!(opened.keeper.check(now()).is_err());
    opened.keeper.save_copy(&home.path().join("copy.vouch.ron")).unwrap();
    assert_eq!(names(&read(&*desk.files, &home.path().join("copy.vouch.ron"))), ["a", "b"]);
    std::fs::rename(home.path().join("away"), home.path().join("docs")).unwrap();
    opened.keeper.save(now()).unwrap();
    assert_eq!(names(&read(&*desk.files, &desk.path)), ["a", "b"]);
    drop(opened);
    assert_ne!(desk.open().set, fresh());
}
