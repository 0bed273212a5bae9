//! Sidecars in real git repositories, merged by `vouch merge` and shown by `vouch show` as `vouch git-setup` installs
//! them; and the merge of files by hand. Where git is not installed, the tests that need it say so and are skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use vouch::annotation::{AnnotationSet, Id};
use vouch::sidecar::{read, view};

const TEXT: &str = include_str!("../sample_docs/vilnius-summit.txt");
const SET: &str = include_str!("fixtures/sidecar/example.vouch.ron");
const SIDECAR: &str = "vilnius-summit.txt.anna.vouch.ron";
const KIND: &str = r#"kind: "commitment""#;

/// A folder with a repository `hub.git` and clones of it, each named after who works in it.
struct World {
    dir: TempDir,
}

/// What a run gave.
#[derive(Debug)]
struct Run {
    status: i32,
    out: String,
    err: String,
}

fn run(mut command: Command) -> Run {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

fn vouch(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vouch"));
    command.current_dir(folder).args(args).env("VOUCH_HOME", folder.join(".home"));
    run(command)
}

impl World {
    /// `None`, said on standard error, where there is no git.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").stdout(Stdio::null()).status().is_err() {
            eprintln!("skipped: git is not installed");
            return None;
        }
        Some(Self { dir: TempDir::new().unwrap() })
    }

    /// A hub with the sample release and anna's set, drivers installed, and clones of it.
    fn with_clones(clones: &[&str]) -> Option<Self> {
        let world = Self::new()?;
        world.git("", &["init", "-q", "--bare", "-b", "main", "hub.git"]);
        world.git("", &["clone", "-q", "hub.git", "first"]);
        let first = world.clone("first");
        world.git("first", &["checkout", "-q", "-b", "main"]);
        fs::write(first.join("vilnius-summit.txt"), TEXT).unwrap();
        fs::write(first.join(SIDECAR), SET).unwrap();
        assert_eq!(vouch(&first, &["git-setup"]).status, 0);
        world.commit("first", "the release");
        world.git("first", &["push", "-q", "origin", "main"]);
        for clone in clones {
            world.git("", &["clone", "-q", "hub.git", clone]);
            assert_eq!(vouch(&world.clone(clone), &["git-setup"]).status, 0);
        }
        Some(world)
    }

    fn clone(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn try_git(&self, clone: &str, args: &[&str]) -> Run {
        let mut command = Command::new("git");
        command.current_dir(self.clone(clone)).args(args);
        command.env("HOME", self.dir.path()).env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
        for (name, value) in [("NAME", "anna"), ("EMAIL", "anna@example.org")] {
            command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
        }
        command.env("GIT_EDITOR", "true").env("VOUCH_HOME", self.dir.path().join(".home"));
        run(command)
    }

    fn git(&self, clone: &str, args: &[&str]) -> String {
        let run = self.try_git(clone, args);
        assert_eq!(run.status, 0, "git {args:?}: {run:?}");
        run.out
    }

    fn commit(&self, clone: &str, message: &str) {
        self.git(clone, &["add", "-A"]);
        self.git(clone, &["commit", "-q", "-m", message]);
    }

    /// Changes the sidecar in a clone, text for text, and commits.
    fn edit(&self, clone: &str, from: &str, to: &str) {
        let path = self.clone(clone).join(SIDECAR);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{clone} has no {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
        self.commit(clone, &format!("{clone}: {to}"));
    }

    fn text(&self, clone: &str) -> String {
        fs::read_to_string(self.clone(clone).join(SIDECAR)).unwrap()
    }

    /// The set in a clone; no conflict marker stands in its file.
    fn set(&self, clone: &str) -> AnnotationSet {
        whole(&self.text(clone))
    }

    /// What one clone has goes over the hub to the other, and is merged there.
    fn pull(&self, from: &str, to: &str) -> Run {
        self.git(from, &["push", "-q", "origin", "HEAD:main"]);
        self.git(to, &["fetch", "-q"]);
        self.try_git(to, &["merge", "-m", "merge", "origin/main"])
    }
}

fn whole(text: &str) -> AnnotationSet {
    let read = read(text.as_bytes()).unwrap();
    assert!(read.problems.is_empty() && read.theirs.is_none(), "{:?}\n{text}", read.problems);
    for marker in ["<<<<<<<", "=======", ">>>>>>>"] {
        assert!(!text.contains(marker), "{text}");
    }
    read.set
}

fn id(id: &str) -> Id {
    Id::new(id)
}

/// One more claim, right beside those that are there.
fn one_more(id: &str, note: &str) -> String {
    format!("claims: {{\n    \"{id}\": (anchor: (spans: [(0, 4)], quote: [\"NATO\"]), note: \"{note}\"),")
}

#[test]
fn two_clones_annotate_and_both_works_are_there() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    // Neighbouring claims, and different fields of one.
    world.edit("a", "claims: {", &one_more("c-aaaa", "from a"));
    world.edit("a", KIND, r#"kind: "event""#);
    world.edit("b", "claims: {", &one_more("c-bbbb", "from b"));
    world.edit("b", KIND, &format!("{KIND}, note: \"checked by b\""));
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 0, "{merged:?}");
    assert_eq!(world.git("b", &["status", "--porcelain"]), "");
    let set = world.set("b");
    assert!(set.claims.contains_key(&id("c-aaaa")) && set.claims.contains_key(&id("c-bbbb")));
    let claim = &set.claims[&id("c-5w0a")];
    assert_eq!((claim.kind.as_deref(), claim.note.as_deref()), (Some("event"), Some("checked by b")));
    assert!(set.conflicts.is_empty());
    // What neither touched has its bytes.
    for line in SET.lines().filter(|line| !line.contains("\"c-5w0a\": (")) {
        assert!(world.text("b").contains(line), "{line}");
    }
    // The other way round it comes to the same file.
    world.git("a", &["fetch", "-q"]);
    let back = world.pull("b", "a");
    assert_eq!(back.status, 0, "{back:?}");
    assert_eq!(world.text("a"), world.text("b"));
}

#[test]
fn the_same_field_is_a_conflict_that_keeps_both_values() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    world.edit("a", KIND, r#"kind: "event""#);
    world.edit("b", KIND, r#"kind: "prediction""#);
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 1, "{merged:?}");
    let told = "kind of c-5w0a is \"prediction\" here and \"event\" there: ours stayed";
    assert!(merged.err.contains(&format!("vouch: {SIDECAR}: conflict ")) && merged.err.contains(told), "{merged:?}");
    assert_eq!(world.git("b", &["status", "--porcelain"]), format!("UU {SIDECAR}\n"));
    let set = world.set("b");
    assert_eq!(set.claims[&id("c-5w0a")].kind.as_deref(), Some("prediction"));
    let conflict = set.conflicts.values().next().unwrap();
    assert_eq!(
        (conflict.base.as_deref(), conflict.ours.as_deref(), conflict.theirs.as_deref()),
        (Some("\"commitment\""), Some("\"prediction\""), Some("\"event\""))
    );
    let check = vouch(&world.clone("b"), &["check", SIDECAR]);
    assert_eq!(check.status, 1, "{check:?}");
    assert!(check.out.contains("a merge could not settle kind"), "{check:?}");
    world.commit("b", "to be settled in the window");
    // The other side gets the conflict as an item like any other, and nothing to settle of its own.
    let back = world.pull("b", "a");
    assert_eq!(back.status, 0, "{back:?}");
    assert_eq!(world.set("a"), world.set("b"));
}

#[test]
fn what_one_deleted_and_the_other_changed_stays_and_is_told() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    let line = SET.lines().find(|line| line.contains("\"c-p3qe\": (")).unwrap();
    world.edit("a", &format!("{line}\n"), "");
    world.edit("b", "\"c-p3qe\": (", "\"c-p3qe\": (note: \"keep\", ");
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 1, "{merged:?}");
    assert!(merged.err.contains("c-p3qe was deleted there and changed here: it stayed"), "{merged:?}");
    let set = world.set("b");
    assert_eq!(set.claims[&id("c-p3qe")].note.as_deref(), Some("keep"));
    assert_eq!(set.conflicts.len(), 1);
}

#[test]
fn rebase_and_cherry_pick_merge_too() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    world.edit("a", "claims: {", &one_more("c-aaaa", "from a"));
    world.git("a", &["push", "-q", "origin", "main"]);
    world.edit("b", "claims: {", &one_more("c-bbbb", "from b"));
    world.edit("b", KIND, r#"kind: "event""#);
    world.git("b", &["fetch", "-q"]);
    world.git("b", &["rebase", "-q", "origin/main"]);
    let set = world.set("b");
    assert_eq!(set.claims.len(), 4);
    assert_eq!(set.claims[&id("c-5w0a")].kind.as_deref(), Some("event"));

    world.git("a", &["checkout", "-q", "-b", "other", "HEAD^"]);
    world.edit("a", "claims: {", &one_more("c-cccc", "from another branch"));
    world.git("a", &["checkout", "-q", "main"]);
    world.git("a", &["cherry-pick", "other"]);
    let set = world.set("a");
    assert!(set.claims.contains_key(&id("c-aaaa")) && set.claims.contains_key(&id("c-cccc")));
}

#[test]
fn a_file_that_both_added_is_merged_without_a_base() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    for (clone, note) in [("a", "from a"), ("b", "from b")] {
        let set = SET.replace("handle: \"anna\"", "handle: \"mart\"");
        let set = set.replacen("claims: {", &one_more(&format!("c-{clone}{clone}{clone}{clone}"), note), 1);
        fs::write(world.clone(clone).join("vilnius-summit.txt.mart.vouch.ron"), set).unwrap();
        world.commit(clone, "mart's");
    }
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 0, "{merged:?}");
    let text = fs::read_to_string(world.clone("b").join("vilnius-summit.txt.mart.vouch.ron")).unwrap();
    assert_eq!(whole(&text).claims.len(), 4);
}

#[test]
fn with_autocrlf_the_sidecar_keeps_its_line_ends_and_merges() {
    let Some(world) = World::with_clones(&["a"]) else { return };
    world.git("", &["clone", "-q", "-c", "core.autocrlf=true", "hub.git", "windows"]);
    assert_eq!(vouch(&world.clone("windows"), &["git-setup"]).status, 0);
    let release = fs::read_to_string(world.clone("windows").join("vilnius-summit.txt")).unwrap();
    assert!(release.contains("\r\n"), "git made the release's line ends those of Windows");
    assert_eq!(world.text("windows"), SET);
    world.edit("a", "claims: {", &one_more("c-aaaa", "from a"));
    world.edit("windows", "claims: {", &one_more("c-bbbb", "from windows"));
    let merged = world.pull("a", "windows");
    assert_eq!(merged.status, 0, "{merged:?}");
    assert_eq!(world.set("windows").claims.len(), 4);
    assert!(!world.text("windows").contains('\r'));
    let check = vouch(&world.clone("windows"), &["check", SIDECAR]);
    assert!(check.out.contains("6 of 8 anchors hold"), "{check:?}");
}

#[test]
fn codebooks_are_merged_entry_by_entry() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    let book = |checks: &str, name: &str| {
        format!("(\n  format: \"vouch-codebook\",\n  version: (1, 0),\n  name: \"{name}\",\n  checks: [{checks}],\n)\n")
    };
    let put = |clone: &str, text: String| {
        fs::write(world.clone(clone).join("codebook.ron"), text).unwrap();
        world.commit(clone, "codebook");
    };
    put("a", book("\"no-source\"", "desk"));
    world.git("a", &["push", "-q", "origin", "main"]);
    world.git("b", &["pull", "-q"]);
    put("a", book("\"no-source\", \"no-cue\"", "desk"));
    put("b", book("\"no-source\"", "our desk"));
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 0, "{merged:?}");
    let text = fs::read_to_string(world.clone("b").join("codebook.ron")).unwrap();
    assert!(text.contains("our desk") && text.contains("no-cue"), "{text}");
    put("a", book("\"no-source\", \"no-cue\"", "their desk"));
    world.git("a", &["pull", "-q", "--no-rebase", "-s", "ours", "origin", "main"]);
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 1, "{merged:?}");
    assert!(merged.err.contains("vouch: codebook.ron: name was changed on both sides: ours stayed"), "{merged:?}");
    let text = fs::read_to_string(world.clone("b").join("codebook.ron")).unwrap();
    assert!(text.contains("our desk") && !text.contains("<<<<"), "{text}");
}

#[test]
fn a_damaged_side_leaves_the_file_as_it_was() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    world.edit("a", "credibility", "credibility\" \"");
    world.edit("b", KIND, r#"kind: "event""#);
    let before = world.text("b");
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 1, "{merged:?}");
    assert!(merged.err.contains("theirs is damaged (line "), "{merged:?}");
    assert_eq!(world.text("b"), before);
    assert_eq!(world.git("b", &["status", "--porcelain"]), format!("UU {SIDECAR}\n"));
}

#[test]
fn git_diff_shows_text() {
    let Some(world) = World::with_clones(&["a"]) else { return };
    world.edit("a", KIND, r#"kind: "event""#);
    let diff = world.git("a", &["diff", "HEAD^"]);
    let changed: Vec<&str> =
        diff.lines().filter(|line| line.starts_with(['+', '-']) && !line.contains(SIDECAR)).collect();
    assert_eq!(changed, ["-  kind: commitment", "+  kind: event"], "{diff}");
    assert!(diff.contains("claim c-5w0a"), "{diff}");
}

#[test]
fn git_setup_keeps_what_is_there_and_runs_twice() {
    let Some(world) = World::new() else { return };
    world.git("", &["init", "-q", "a b's %repo"]);
    let folder = world.clone("a b's %repo");
    fs::write(folder.join(".gitattributes"), "*.png binary").unwrap();
    fs::create_dir(folder.join("below")).unwrap();
    let setup = vouch(&folder, &["git-setup", "below", "--json"]);
    assert_eq!(setup.status, 0, "{setup:?}");
    let told: serde_json::Value = serde_json::from_str(&setup.out).unwrap();
    assert_eq!(told["added"].as_array().unwrap().len(), 2);
    let attributes = fs::read_to_string(folder.join(".gitattributes")).unwrap();
    let expected =
        "*.png binary\n*.vouch.ron text eol=lf merge=vouch diff=vouch\ncodebook.ron text eol=lf merge=vouch\n";
    assert_eq!(attributes, expected);
    assert_eq!(vouch(&folder, &["git-setup"]).status, 0);
    assert_eq!(fs::read_to_string(folder.join(".gitattributes")).unwrap(), expected);
    let config = fs::read_to_string(folder.join(".git/config")).unwrap();
    assert_eq!(config.matches("driver =").count(), 1, "{config}");

    fs::write(folder.join(".gitattributes"), format!("{expected}*.ron merge=union\n")).unwrap();
    let beaten = vouch(&folder, &["git-setup"]);
    assert_eq!(beaten.status, 2);
    assert!(beaten.err.contains("another line of the attributes wins"), "{beaten:?}");
    let outside = vouch(world.dir.path(), &["git-setup"]);
    assert_eq!(outside.status, 2);
    assert!(outside.err.contains("not a git repository"), "{outside:?}");
}

#[test]
fn the_program_may_lie_under_any_name() {
    let Some(world) = World::with_clones(&["a", "b"]) else { return };
    let odd = world.dir.path().join("a b's %O$x");
    fs::create_dir(&odd).unwrap();
    let program = odd.join("vouch");
    fs::copy(env!("CARGO_BIN_EXE_vouch"), &program).unwrap();
    let mut setup = Command::new(&program);
    setup.arg("git-setup").arg(world.clone("b")).env("VOUCH_HOME", world.dir.path());
    assert_eq!(run(setup).status, 0);
    world.edit("a", "claims: {", &one_more("c-aaaa", "from a"));
    world.edit("b", "claims: {", &one_more("c-bbbb", "from b"));
    let merged = world.pull("a", "b");
    assert_eq!(merged.status, 0, "{merged:?}");
    assert_eq!(world.set("b").claims.len(), 4);
    assert!(world.git("b", &["diff", "HEAD^"]).contains("+claim c-aaaa"), "the text view");
}

/// A folder for merges by hand.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

#[test]
fn merge_by_hand_says_what_it_did_as_data() {
    let ours = SET.replace(KIND, r#"kind: "event""#);
    let theirs = SET.replace(KIND, r#"kind: "prediction""#).replacen("claims: {", &one_more("c-aaaa", "x"), 1);
    let gone = SET.lines().find(|line| line.contains("\"c-p3qe\": (")).unwrap();
    let theirs = theirs.replace(&format!("{gone}\n"), "");
    let ours = ours.replace("\"c-p3qe\": (", "\"c-p3qe\": (note: \"keep\", ");
    let dir = folder(&[("base", SET), ("ours", &ours), ("theirs", &theirs)]);
    let merged = vouch(dir.path(), &["merge", "base", "ours", "theirs", "--json"]);
    assert_eq!((merged.status, merged.err.as_str()), (1, ""));
    let told: serde_json::Value = serde_json::from_str(&merged.out).unwrap();
    assert_eq!((&told["format"], &told["version"]), (&"vouch-merge".into(), &1.into()));
    assert_eq!(told["conflicts"][0]["on"], "c-5w0a");
    assert_eq!(told["conflicts"][0]["theirs"], "\"prediction\"");
    assert_eq!((&told["kept"][0]["on"], &told["kept"][0]["deleted_by"]), (&"c-p3qe".into(), &"theirs".into()));
    let is_added = |change: &serde_json::Value| change["id"] == "c-aaaa" && change["what"] == "added";
    assert!(told["changes"].as_array().unwrap().iter().any(is_added), "{told}");
    assert_eq!(whole(&fs::read_to_string(dir.path().join("ours")).unwrap()).conflicts.len(), 2);
    // What was merged once is merged: again it changes nothing.
    let once = fs::read(dir.path().join("ours")).unwrap();
    vouch(dir.path(), &["merge", "base", "ours", "theirs"]);
    assert_eq!(fs::read(dir.path().join("ours")).unwrap(), once);
}

#[test]
fn lines_of_theirs_keep_their_bytes() {
    let odd = "claims: {\n    \"c-0000\":(note:\"x\",  anchor:(spans:[(0,4)],quote:[\"NATO\"])),";
    let theirs = SET.replacen("claims: {", odd, 1);
    let dir = folder(&[("ours", SET), ("theirs", &theirs)]);
    let merged = vouch(dir.path(), &["merge", "ours", "theirs"]);
    assert_eq!((merged.status, merged.out.as_str()), (0, "ours: 1 change, 0 conflicts\n"));
    assert_eq!(fs::read_to_string(dir.path().join("ours")).unwrap(), theirs);
}

#[test]
fn registers_merge_too() {
    let register = |entries: &str| {
        format!(
            "// Vouch register of sources. Vouch does not keep comments.\n(\n  format: \"vouch-sources\",\n  version: (1, \
             0),\n  requires: [],\n  annotator: (handle: \"anna\"),\n  sources: {{\n{entries}  }},\n  assessments: {{}},\n)\n"
        )
    };
    let entry = |id: &str, more: &str| format!("    \"{id}\": (kind: \"person\", name: \"{id}\"{more}),\n");
    let base = register(&entry("s-1", ""));
    let ours = register(&[entry("s-1", ", role: \"x\""), entry("s-2", "")].concat());
    let theirs = register(&[entry("s-1", ", note: \"y\""), entry("s-3", "")].concat());
    let dir = folder(&[("base", &base), ("ours", &ours), ("theirs", &theirs)]);
    assert_eq!(vouch(dir.path(), &["merge", "base", "ours", "theirs"]).status, 0);
    let expected = [entry("s-1", ", role: \"x\", note: \"y\""), entry("s-2", ""), entry("s-3", "")].concat();
    assert_eq!(fs::read_to_string(dir.path().join("ours")).unwrap(), register(&expected));
}

#[test]
fn what_cannot_be_merged_is_left_as_it_is() {
    let check = |base: &str, ours: &str, theirs: &str, why: &str| {
        let dir = folder(&[("base", base), ("ours", ours), ("theirs", theirs)]);
        let run = vouch(dir.path(), &["merge", "base", "ours", "theirs"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{why}: {run:?}");
        assert!(run.err.starts_with("vouch: ours: ") && run.err.contains(why), "{why}: {run:?}");
        assert_eq!(fs::read_to_string(dir.path().join("ours")).unwrap(), ours);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "nothing is left behind");
    };
    let torn = &SET[..SET.len() / 2];
    let other = SET.replace("handle: \"anna\"", "handle: \"mart\"");
    let newer = SET.replace("version: (1, 0)", "version: (9, 0)");
    let sets = "(format: \"vouch-set\", version: (1, 0), requires: [], sets: {})";
    let register = "(format: \"vouch-sources\", version: (1, 0), requires: [], sources: {}, assessments: {})";
    check(SET, SET, torn, "theirs is damaged");
    check(SET, torn, SET, "ours is damaged");
    check(torn, SET, SET, "the base is damaged");
    check(SET, SET, "", "theirs is damaged (the file is empty");
    check(SET, SET, &newer, "a newer Vouch wrote it");
    check("", SET, &other, "ours is the work of anna, theirs of mart");
    check(SET, SET, register, "theirs of vouch-sources");
    check("", sets, sets, "files of many sets are not merged");
}

#[test]
fn check_names_the_second_versions_of_synchronisers_and_how_to_merge_them() {
    let copy = "vilnius-summit.txt.anna.vouch (Anna's conflicted copy 2026-11-24).ron";
    let marts = "vilnius-summit.txt.anna.vouch (1).ron";
    let dir = folder(&[
        ("vilnius-summit.txt", TEXT),
        (SIDECAR, SET),
        (copy, &SET.replacen("claims: {", &one_more("c-aaaa", "x"), 1)),
        (marts, &SET.replace("handle: \"anna\"", "handle: \"mart\"")),
    ]);
    let check = vouch(dir.path(), &["check", "."]);
    assert_eq!(check.status, 1, "{check:?}");
    assert_eq!(check.out.matches("conflict-copy").count(), 1, "what is mart's is none of anna's: {check:?}");
    // The advice holds as it stands.
    let advice = check.out.split("leaves it: ").nth(1).and_then(|advice| advice.split(", then").next()).unwrap();
    let path = std::env::join_paths(
        [Path::new(env!("CARGO_BIN_EXE_vouch")).parent().unwrap().to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    )
    .unwrap();
    if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell
            .current_dir(dir.path())
            .args(["-c", advice])
            .env("PATH", path)
            .env("VOUCH_HOME", dir.path().join(".home"));
        assert_eq!(run(shell).status, 0, "{advice}");
    } else {
        assert_eq!(vouch(dir.path(), &["merge", SIDECAR, copy]).status, 0);
    }
    assert!(whole(&fs::read_to_string(dir.path().join(SIDECAR)).unwrap()).claims.contains_key(&id("c-aaaa")));
    assert!(dir.path().join(copy).exists(), "what is not ours to delete stays");
    let check = vouch(dir.path(), &["check", "."]);
    assert!(check.out.contains("all that it says is here: delete it"), "{check:?}");
}

#[test]
fn the_text_view_leaves_nothing_out() {
    let set = whole(SET);
    let text = view(&set);
    // Every text, number and id of the file stands in it.
    for word in SET.lines().skip(5).flat_map(|line| line.split('"').skip(1).step_by(2)) {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is not in\n{text}"));
    assert!(at("claim c-p3qe") < at("claim c-5w0a"), "claims are in the order of the release");
    assert!(at("claim c-5w0a") < at("  assessment a-2n6r"), "and judgements below them");
}
