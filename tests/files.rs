//! Holds `files`: at every moment, on every failing disk, a name leads to the old file whole or to the new one whole.

#[path = "files/faulty.rs"]
mod faulty;
#[path = "files/memory.rs"]
mod memory;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use faulty::{ENOSPC, Faulty, faults};
use jiff::{SignedDuration, Timestamp};
use memory::Memory;
use vouch::files::{
    Action, Disk, FileError, Files, Output, Places, Watch, back_up, backups, create_folders, is_temp, replace, stage,
    sweep,
};

fn now() -> Timestamp {
    "2026-11-24T03:14:00Z".parse().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let names = Disk.list(folder).unwrap();
    names.iter().map(|entry| entry.name.to_string_lossy().into_owned()).collect()
}

fn write(output: &mut dyn Output, bytes: &[u8]) {
    output.write_all(bytes).unwrap();
    output.sync().unwrap();
}

#[test]
fn replaces_a_file_and_leaves_nothing_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.vouch.ron");
    replace(&Disk, &path, b"first").unwrap();
    replace(&Disk, &path, b"").unwrap();
    replace(&Disk, &path, "third, žalias".as_bytes()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), "third, žalias".as_bytes());
    assert_eq!(names(home.path()), ["a.vouch.ron"]);
}

#[test]
fn what_is_staged_and_not_committed_leaves_the_old_file() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a");
    replace(&Disk, &path, b"old").unwrap();
    let staged = stage(&Disk, &path, b"new", "tag").unwrap();
    assert_eq!(fs::read(staged.target()).unwrap(), b"old");
    assert_eq!(names(home.path()), [".vouch-tag.tmp", "a"]);
    drop(staged);
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names(home.path()), ["a"]);
}

#[cfg(unix)]
#[test]
fn keeps_the_mode_and_follows_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let home = tempfile::tempdir().unwrap();
    let (real, link) = (home.path().join("real/a"), home.path().join("link"));
    create_folders(&Disk, real.parent().unwrap()).unwrap();
    fs::write(&real, "old").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, &link).unwrap();
    replace(&Disk, &link, b"new").unwrap();
    assert!(Disk.is_link(&link).unwrap());
    assert_eq!(fs::read(&real).unwrap(), b"new");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(names(real.parent().unwrap()), ["a"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_not_replaced() {
    let home = tempfile::tempdir().unwrap();
    let link = home.path().join("link");
    std::os::unix::fs::symlink(home.path().join("away/a"), &link).unwrap();
    let error = replace(&Disk, &link, b"new").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    assert!(Disk.is_link(&link).unwrap());
}

#[test]
fn a_read_only_file_and_a_folder_are_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a");
    fs::write(&path, "old").unwrap();
    let mut mode = fs::metadata(&path).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&path, mode).unwrap();
    let error = replace(&Disk, &path, b"new").unwrap_err().to_string();
    assert!(error.contains("read-only") && error.contains("save a copy elsewhere"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"old");

    fs::create_dir(home.path().join("folder")).unwrap();
    assert!(replace(&Disk, &home.path().join("folder"), b"new").is_err());
    assert!(replace(&Disk, &home.path().join("no/such/folder"), b"new").is_err());
    assert_eq!(names(home.path()), ["a", "folder"]);
}

#[test]
fn every_failure_of_every_operation_leaves_old_or_new() {
    let path = Path::new("/d/a");
    for (fault, for_ever) in faults() {
        for n in 0.. {
            let memory = Memory::new(&["/", "/d"]);
            replace(&memory, path, b"old").unwrap();
            let disk = Faulty::new(Arc::new(memory.clone()));
            disk.fail(n, fault, for_ever);
            let result = replace(&disk, path, b"the new content");
            let struck = disk.heal();
            let found = memory.read(path, 100).unwrap();
            let case = format!("{fault:?} at {n}, for ever: {for_ever}, {result:?}");
            assert!(found == b"old" || found == b"the new content", "{case}");
            assert!(result.is_err() || found == b"the new content", "{case}");
            // The only step that may fail unheard is taking away the temporary file after another failure.
            replace(&disk, path, b"the next one").unwrap();
            assert_eq!(memory.read(path, 100).unwrap(), b"the next one", "{case}");
            sweep(&memory, Path::new("/d"), "-", now());
            if struck == 0 {
                assert!(n > 8, "an atomic replace takes more than {n} operations");
                assert!(result.is_ok(), "{case}");
                break;
            }
        }
    }
}

#[test]
fn whoever_reads_meanwhile_finds_old_or_new() {
    let path = Path::new("/d/a");
    for n in 0.. {
        let memory = Memory::new(&["/", "/d"]);
        replace(&memory, path, b"old").unwrap();
        let disk = Faulty::new(Arc::new(memory.clone()));
        disk.meddle(n, move || {
            let found = memory.read(path, 100).unwrap();
            assert!(found == b"old" || found == b"the new content", "{found:?}");
        });
        replace(&disk, path, b"the new content").unwrap();
        if disk.heal() == 0 {
            break;
        }
    }
}

#[test]
fn a_power_cut_at_any_moment_leaves_old_or_new() {
    let path = Path::new("/d/a");
    let memory = Memory::new(&["/", "/d"]);
    replace(&memory, path, b"old").unwrap();
    memory.forget();
    replace(&memory, path, b"the new content").unwrap();
    let acknowledged = memory.moment();
    let mut seen = BTreeSet::new();
    memory.crashes(1000, |moment, disk| {
        let found = disk.read(path, 100).unwrap();
        assert!(found == b"old" || found == b"the new content", "{moment}: {found:?}");
        assert!(found == b"the new content" || moment < acknowledged, "{moment}");
        assert!(disk.all().keys().all(|other| other == path || is_temp(other.file_name().unwrap())), "{disk:?}");
        seen.insert(found);
    });
    assert_eq!(seen.len(), 2, "the model shows both");
}

#[test]
fn temporary_files_are_swept_by_tag_or_age() {
    let home = tempfile::tempdir().unwrap();
    for (name, is_ours) in
        [(".vouch-mine.tmp", true), (".vouch-other.tmp", true), ("vouch.tmp", false), (".vouch-mine", false)]
    {
        fs::write(home.path().join(name), "x").unwrap();
        assert_eq!(is_temp(name.as_ref()), is_ours, "{name}");
    }
    let now = Timestamp::try_from(fs::metadata(home.path()).unwrap().modified().unwrap()).unwrap();
    sweep(&Disk, home.path(), "mine", now);
    assert_eq!(names(home.path()), [".vouch-mine", ".vouch-other.tmp", "vouch.tmp"]);
    sweep(&Disk, home.path(), "mine", now + SignedDuration::from_mins(59));
    assert_eq!(names(home.path()).len(), 3);
    sweep(&Disk, home.path(), "mine", now + SignedDuration::from_mins(61));
    assert_eq!(names(home.path()), [".vouch-mine", "vouch.tmp"]);
}

#[test]
fn reading_has_a_limit_and_wants_a_file() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a");
    write(&mut *Disk.create(&path).unwrap(), b"12345");
    assert_eq!(Disk.read(&path, 5).unwrap(), b"12345");
    assert_eq!(Disk.read(&path, 4).unwrap_err().kind(), std::io::ErrorKind::FileTooLarge);
    assert!(Disk.read(home.path(), 100).is_err());
    assert!(Disk.create(&path).is_err(), "what is there is not made anew");
    write(&mut *Disk.append(&path).unwrap(), b"67");
    assert_eq!(Disk.read(&path, 100).unwrap(), b"1234567");
}

#[test]
fn a_lock_keeps_others_out_until_it_is_dropped() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("lock");
    let held = Disk.lock(&path, Duration::ZERO).unwrap();
    let error = Disk.lock(&path, Duration::from_millis(20)).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    drop(held);
    Disk.lock(&path, Duration::ZERO).unwrap();
}

#[test]
fn an_error_says_where_what_and_what_to_do() {
    let full = FileError::when(Action::Write, Path::new("/d/a\nb"))(std::io::Error::from_raw_os_error(ENOSPC));
    let text = full.to_string();
    assert!(text.starts_with("/d/a\\nb: cannot be written (No space left"), "{text}");
    assert!(text.ends_with("make room on that disk, then save again"), "{text}");
}

#[test]
fn backups_thin_out_with_age() {
    let memory = Memory::new(&["/"]);
    let folder = Path::new("/backups/a");
    let start = now();
    let mut last = start;
    for i in 0..6 * 24 * 20 {
        last = start + SignedDuration::from_mins(10 * i);
        back_up(&memory, folder, format!("{i}").as_bytes(), "ron", "-", last).unwrap();
    }
    back_up(&memory, folder, b"within the same second", "ron", "-", last).unwrap();
    let all = backups(&memory, folder).unwrap();
    assert_eq!(memory.read(&all[0].0, 100).unwrap(), b"within the same second");
    let ages: Vec<i64> = all.iter().map(|(_, time, _)| last.duration_since(*time).as_mins()).collect();
    assert_eq!(ages[..5], [0, 0, 10, 20, 30], "the newest stay");
    let hourly = ages.iter().filter(|age| **age < 24 * 60).count();
    assert!((24..=30).contains(&hourly), "{ages:?}");
    let daily = ages.iter().filter(|age| **age >= 24 * 60).count();
    assert!((18..=20).contains(&daily), "{ages:?}");
    let after = last + SignedDuration::from_hours(100 * 24);
    back_up(&memory, folder, b"much later", "ron", "-", after).unwrap();
    assert_eq!(backups(&memory, folder).unwrap().len(), 5, "a season later only the newest");
}

#[test]
fn places_are_where_vouch_home_says() {
    let places = Places::find(Some("/v".into())).unwrap();
    assert_eq!(places, Places::under(Path::new("/v")));
    assert_eq!(places.state, Path::new("/v/state"));
    if let Ok(places) = Places::find(Some("".into())) {
        assert!(places.state.to_string_lossy().contains("vouch"));
        assert_ne!(places.settings, places.state);
    }
}

#[test]
fn a_watch_tells_what_others_change_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let (a, b) = (home.path().join("a.vouch.ron"), home.path().join("b.vouch.ron"));
    fs::write(&a, "1").unwrap();
    let (tell, told) = mpsc::channel();
    let watch = Watch::new(Arc::new(Disk), home.path(), move |paths| drop(tell.send(paths))).unwrap();
    // However the events are grouped, in the end every one has been told.
    let expect = |paths: &[&PathBuf]| {
        let mut missing: BTreeSet<&PathBuf> = paths.iter().copied().collect();
        while !missing.is_empty() {
            for path in told.recv_timeout(Duration::from_mins(1)).expect("the change is told") {
                assert!(paths.contains(&&path), "{path:?} was not changed");
                missing.remove(&path);
            }
        }
    };
    fs::write(home.path().join(".vouch-x.tmp"), "ours").unwrap();
    fs::create_dir(home.path().join("folder")).unwrap();
    replace(&Disk, &a, b"2").unwrap();
    expect(&[&a]);
    fs::rename(&a, &b).unwrap();
    expect(&[&a, &b]);
    fs::remove_file(&b).unwrap();
    expect(&[&b]);
    drop(watch);
    assert!(told.recv_timeout(Duration::from_mins(1)).is_err(), "the watch ends with its value");
}
