//! Real processes on a real disk: killed at random moments, and two at once.
//!
//! The child is this test program itself, told by a variable of the environment what to do.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::RwLock;
use std::time::Duration;

use vouch::annotation::{Act, Record};
use vouch::files::{Places, is_temp};
use vouch::sidecar::store::Keeper;

use super::desk::{Desk, add, names, notes, now, put, read, work};

const TASK: &str = "VOUCH_TEST_TASK";
const ROUNDS: u64 = 500;
const ROUNDS_EACH: u64 = 25;

/// A process that is being forked holds the files of its parent, and their locks, for a moment.
static FORK: RwLock<()> = RwLock::new(());

fn spawn(task: &str, folder: &Path) -> Child {
    let _alone = FORK.write().unwrap();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::kill::child", "--ignored", "--nocapture", "--test-threads", "1"])
        .env(TASK, format!("{task}\n{}", folder.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "run by the other tests, as a process of its own"]
fn child() {
    let task = std::env::var(TASK).expect("told what to do");
    let (task, folder) = task.split_once('\n').unwrap();
    match task.split_once(' ') {
        None => work_until_killed(Path::new(folder)),
        Some((name, home)) => work_beside_another(name, home, Path::new(folder)),
    }
}

/// Adds `1`, `2`, … with undo and redo between, saves now and then, and says what is acknowledged.
fn work_until_killed(folder: &Path) {
    let opened = Desk::under(folder).open();
    let mut shown = work(&opened);
    let mut keeper = opened.keeper;
    let first = names(shown.set()).len() + 1;
    for i in first.. {
        let mut keep = |record: &Record| keeper.acknowledge(record, now()).unwrap();
        keep(&shown.act(put(shown.set(), &i.to_string(), "x")).unwrap());
        if i % 3 == 0 {
            keep(&shown.undo().unwrap().unwrap());
            keep(&shown.redo().unwrap().unwrap());
        }
        println!("ack {i}");
        if i % 4 == 0 {
            keeper.save(now()).unwrap();
        }
    }
}

/// The last number that the child acknowledged, after it was killed at some moment.
fn kill(mut child: Child, acks: usize, pause: Duration) -> Option<u64> {
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut output = String::new();
    while output.matches("ack ").count() < acks && lines.read_line(&mut output).unwrap() > 0 {}
    std::thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
    lines.read_to_string(&mut output).unwrap();
    // A line without its end was not said.
    let whole = output.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole.lines().filter_map(|line| line.strip_prefix("ack ")?.parse().ok()).max()
}

#[test]
fn killed_at_random_moments() {
    const THREADS: u64 = 4;
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || {
                let mut random = 0x9E37_79B9 + thread;
                let mut below = |n: u64| {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (random >> 33) % n
                };
                // A sidecar each, so that the rounds stay short.
                for _ in 0..ROUNDS / THREADS / ROUNDS_EACH {
                    kill_again_and_again(&mut below);
                }
            });
        }
    });
}

fn kill_again_and_again(below: &mut impl FnMut(u64) -> u64) {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::under(home.path());
    let mut acknowledged = 0;
    for round in 0..ROUNDS_EACH {
        let child = spawn("alone", home.path());
        let (acks, pause) = (below(7) as usize, Duration::from_micros(below(6000)));
        acknowledged = kill(child, acks, pause).unwrap_or(0).max(acknowledged);
        if desk.path.exists() {
            read(&*desk.files, &desk.path);
        }
        let no_fork = FORK.read().unwrap();
        let opened = desk.open();
        let found = names(&opened.set);
        for i in 1..=acknowledged {
            assert!(found.contains(&i.to_string()), "round {round}: {i} of {acknowledged} is lost");
        }
        drop((opened, no_fork));
        assert_eq!(leftovers(home.path()), 0, "round {round}");
    }
    assert!(acknowledged > ROUNDS_EACH, "the children got little done: {acknowledged}");
}

/// How many temporary files there are in a folder and below.
fn leftovers(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| if entry.path().is_dir() { leftovers(&entry.path()) } else { is_temp(&entry.file_name()).into() })
        .sum()
}

const EDITS: usize = 1000;

/// Adds its own sources and writes to a common one, saving after every few edits, as another process does.
fn work_beside_another(name: &str, home: &str, folder: &Path) {
    let mut desk = Desk::under(folder);
    desk.places = Places::under(&folder.join(home));
    let mut keeper: Keeper = desk.open().keeper;
    for i in 0..EDITS {
        add(&mut keeper, &format!("{name} {i}")).unwrap();
        if i % 3 == 0 {
            let edit = put(keeper.set(), "common", &format!("{name} {i}"));
            keeper.acknowledge(&Record { act: Act::Do, edit }, now()).unwrap();
        }
        if i % 20 == 19 {
            keeper.save(now()).unwrap();
        }
    }
    keeper.save(now()).unwrap();
}

#[test]
fn two_processes_on_one_sidecar() {
    // With one state folder, and with two, as if on two machines.
    for homes in [["home", "home"], ["home", "other home"]] {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::under(folder.path());
        let tasks = [format!("first {}", homes[0]), format!("second {}", homes[1])];
        let children = tasks.map(|task| spawn(&task, folder.path()));
        for child in children {
            assert!(child.wait_with_output().unwrap().status.success());
        }
        let set = read(&*desk.files, &desk.path);
        let found = notes(&set);
        for name in ["first", "second"] {
            for i in 0..EDITS {
                assert!(found.contains_key(&format!("{name} {i}")), "{name} {i} is lost");
            }
            // The last word of each stands, or was overwritten by the other's next, or is kept as a conflict.
            let last = format!("{name} {}", (EDITS - 1) / 3 * 3);
            let is_kept = set.conflicts.values().any(|conflict| {
                [&conflict.ours, &conflict.theirs].into_iter().flatten().any(|value| value.contains(&last))
            });
            let other_is_later = !found["common"].starts_with(name);
            assert!(found["common"] == last || is_kept || other_is_later, "{last} is lost: {:?}", found["common"]);
        }
    }
}
