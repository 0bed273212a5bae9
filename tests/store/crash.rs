//! A power cut at every moment, with every part of what was not synced: after opening again nothing acknowledged is
//! lost and nothing is unreadable.

use std::path::Path;
use std::sync::Arc;

use vouch::files::Files;

use super::desk::{Desk, SIDECAR, add, disk, names, now, read};

#[test]
fn a_power_cut_at_every_moment() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    // From which moment on each name is acknowledged.
    let mut acknowledged: Vec<(usize, String)> = Vec::new();
    let mut saved: Vec<(usize, usize)> = Vec::new();
    let mut opened = desk.open();
    for i in 0..12 {
        let name = format!("n{i}");
        add(&mut opened.keeper, &name).unwrap();
        acknowledged.push((memory.moment(), name));
        if i % 3 == 2 {
            opened.keeper.save(now()).unwrap();
            saved.push((memory.moment(), i + 1));
        }
        if i == 4 {
            drop(opened);
            opened = desk.open();
        }
    }
    drop(opened);
    let (mut cases, mut with_leftovers) = (0, 0);
    memory.crashes(60, |moment, disk| {
        let least = saved.iter().rev().find(|(at, _)| *at <= moment).map_or(0, |(_, count)| *count);
        if least > 0 {
            assert!(names(&read(&disk, Path::new(SIDECAR))).len() >= least, "at {moment}");
        }
        with_leftovers += usize::from(disk.all().keys().any(|path| is_temp(path)));
        let desk = Desk::over(Arc::new(disk.clone()));
        let mut opened = desk.open();
        let found = names(&opened.set);
        for (at, name) in &acknowledged {
            assert!(*at > moment || found.contains(name), "at {moment}: {name} is lost, {found:?}");
        }
        opened.keeper.save(now()).unwrap();
        let expected = opened.keeper.set().clone();
        drop(opened);
        let leftovers: Vec<_> = disk.all().into_keys().filter(|path| is_temp(path)).collect();
        assert!(leftovers.is_empty(), "at {moment}: {leftovers:?}");
        assert_eq!(desk.open().set, expected);
        cases += 1;
    });
    assert!(cases > 200 && with_leftovers > 50, "{cases} cases, {with_leftovers} with something to sweep");
}

fn is_temp(path: &Path) -> bool {
    path.file_name().is_some_and(vouch::files::is_temp)
}

#[test]
fn a_power_cut_while_a_damaged_sidecar_is_mended() {
    let memory = disk();
    let desk = Desk::over(Arc::new(memory.clone()));
    let mut opened = desk.open();
    add(&mut opened.keeper, "a").unwrap();
    add(&mut opened.keeper, "b").unwrap();
    opened.keeper.save(now()).unwrap();
    drop(opened);
    let whole = String::from_utf8(memory.read(Path::new(SIDECAR), 10_000).unwrap()).unwrap();
    let damaged = whole.replace("name: \"a\"", "name: \"a");
    vouch::files::replace(&memory, Path::new(SIDECAR), damaged.as_bytes()).unwrap();
    let mut opened = desk.open();
    add(&mut opened.keeper, "c").unwrap();
    memory.forget();
    opened.keeper.mend(now()).unwrap();
    drop(opened);
    memory.crashes(200, |moment, disk| {
        let kept = disk.all().into_values().filter(|bytes| bytes == damaged.as_bytes()).count();
        assert!(kept > 0, "at {moment}: the damaged file is nowhere");
        let mut opened = Desk::over(Arc::new(disk.clone())).open();
        opened.keeper.mend(now()).unwrap();
        assert_eq!(names(&read(&disk, Path::new(SIDECAR))), ["b", "c"], "at {moment}");
    });
}
