//! The command line as a program: what it prints, where, and how it ends, with good input and with bad.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use tempfile::TempDir;
use vouch::annotation::{Act, AnnotationSet, Edit, Id, ItemKind, Record};
use vouch::files::{Disk, Places};
use vouch::sidecar::store::Keeper;

const TEXT: &str = include_str!("../sample_docs/vilnius-summit.txt");
const SET: &str = include_str!("fixtures/sidecar/example.vouch.ron");

/// A folder of its own, with the sample release and a set on it.
struct Folder {
    dir: TempDir,
}

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Folder {
    fn empty() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    fn with_sample() -> Self {
        let folder = Self::empty();
        folder.put("vilnius-summit.txt", TEXT);
        folder.put("vilnius-summit.txt.anna.vouch.ron", SET);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn get(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The program, in this folder, as somebody who has no settings and no display.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vouch"));
        command.current_dir(self.dir.path()).args(args).stdin(Stdio::null());
        command.env("VOUCH_HOME", self.path(".home")).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }

    /// Runs, and expects success and nothing to complain of.
    fn good(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{args:?}");
        run.out
    }

    /// Runs, and expects that it could not: exactly these lines on standard error, nothing on standard output.
    fn bad(&self, args: &[&str], errors: &[&str]) {
        let run = self.run(args);
        assert_eq!(run.status, 2, "{args:?}: {run:?}");
        assert_eq!(run.out, "", "{args:?}");
        assert_eq!(run.err.lines().collect::<Vec<_>>(), errors, "{args:?}");
    }
}

#[test]
fn text_prints_the_canonical_text() {
    let folder = Folder::with_sample();
    assert_eq!(folder.good(&["text", "vilnius-summit.txt"]), TEXT);
    folder.put("dos.txt", "\u{feff}a\r\nb\u{1b}[2J");
    assert_eq!(folder.good(&["text", "dos.txt"]), "a\nb\u{1b}[2J");
    folder.put("latin.txt", b"caf\xe9");
    assert_eq!(folder.good(&["text", "latin.txt", "--encoding", "windows-1252"]), "café");
}

#[test]
fn text_says_what_is_wrong() {
    let folder = Folder::empty();
    folder.put("a.txt", "a");
    let run = folder.run(&["text", "gone.txt"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("vouch: gone.txt: cannot be read ("), "{}", run.err);
    folder.bad(
        &["text", "a.txt", "--encoding", "klingon\u{1b}"],
        &["vouch: a.txt: there is no encoding named “klingon\\u{1b}”: use a label such as utf-8, windows-1252 or utf-16le"],
    );
    folder.put("a.pdf", "%PDF-1.7\n%\u{e2}");
    let run = folder.run(&["text", "a.pdf"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("vouch: a.pdf: this PDF is damaged"), "{}", run.err);
}

#[test]
fn export_writes_every_format_to_standard_output_and_to_a_file() {
    let folder = Folder::with_sample();
    for (format, part) in [
        ("csv", ",c-5w0a,exact,1790,1827,6,"),
        ("json", "\"claim_id\":\"c-5w0a\""),
        ("jsonl", "\"claim_id\":\"c-5w0a\""),
        ("markdown", "> over 300,000 troops on high readiness"),
        ("footnotes", "announced: “over 300,000 troops on high readiness”.[^2]"),
        ("html", "<blockquote dir=\"auto\">over 300,000 troops on high readiness</blockquote>"),
        ("set", "\"vilnius-summit.txt.anna.vouch.ron\": ("),
    ] {
        let out = folder.good(&["export", ".", "--format", format]);
        assert!(out.contains(part), "{format}: {out}");
        assert_eq!(folder.good(&["export", ".", "--format", format, "--out", "-"]), out);
        assert_eq!(folder.good(&["export", ".", "--format", format, "--out", "new.x"]), "");
        assert_eq!(folder.get("new.x"), out);
    }
    assert_eq!(folder.names(), ["new.x", "vilnius-summit.txt", "vilnius-summit.txt.anna.vouch.ron"]);
}

#[test]
fn export_takes_a_document_a_sidecar_a_folder_and_a_file_of_sets() {
    let folder = Folder::with_sample();
    let csv = folder.good(&["export", ".", "-f", "csv"]);
    for path in ["vilnius-summit.txt", "vilnius-summit.txt.anna.vouch.ron", "./vilnius-summit.txt"] {
        assert_eq!(folder.good(&["export", path, "-f", "csv"]), csv, "{path}");
    }
    // Each document once, however often it is named.
    assert_eq!(folder.good(&["export", ".", "vilnius-summit.txt", "-f", "csv"]), csv);
    folder.good(&["export", ".", "-f", "set", "-o", "all.vouch-set.ron"]);
    assert_eq!(folder.good(&["export", "all.vouch-set.ron", "-f", "csv"]), csv);
    fs::remove_file(folder.path("vilnius-summit.txt.anna.vouch.ron")).unwrap();
    assert_eq!(folder.good(&["export", "all.vouch-set.ron", "-f", "csv"]), csv);
}

#[test]
fn export_of_a_folder_names_documents_by_their_way_below_it() {
    let folder = Folder::empty();
    folder.put("releases/2023/june/vilnius-summit.txt", TEXT);
    folder.put("releases/2023/june/vilnius-summit.txt.anna.vouch.ron", SET);
    folder.put("releases/.hidden/vilnius-summit.txt.anna.vouch.ron", SET);
    let csv = folder.good(&["export", "releases", "-f", "csv"]);
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.lines().nth(1).unwrap().starts_with("2023/june/vilnius-summit.txt,"));
}

#[test]
fn export_chooses_whose_claims() {
    let folder = Folder::with_sample();
    let of = |handle: &str| SET.replace("handle: \"anna\"", &format!("handle: \"{handle}\""));
    folder.put("vilnius-summit.txt.mart.vouch.ron", of("mart"));
    folder.put(".home/settings/settings.ron", "(handle: \"mart\")");
    let whose = |args: &[&str]| -> Vec<String> {
        let csv = folder.good(&[&["export", ".", "-f", "jsonl"], args].concat());
        let field = |line: &str| line.split("\"annotator\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        csv.lines().map(field).collect()
    };
    assert_eq!(whose(&[]), ["mart", "mart"]);
    assert_eq!(whose(&["--annotator", "all"]), ["anna", "anna", "mart", "mart"]);
    assert_eq!(whose(&["--annotator", "anna"]), ["anna", "anna"]);
    assert_eq!(whose(&["--claim", "c-5w0a"]), ["mart"]);
    assert_eq!(whose(&["--kind", "opinion", "--annotator", "all"]), ["anna", "mart"]);
    folder.put("vilnius-summit.txt.agreed.vouch.ron", of("agreed"));
    assert_eq!(whose(&[]), ["agreed", "agreed"]);
    folder.bad(
        &["export", ".", "-f", "csv", "--annotator", "kati"],
        &["vouch: .: no annotations by kati: there are those of agreed, anna, mart"],
    );
}

#[test]
fn export_without_annotations_says_so() {
    let folder = Folder::empty();
    folder.put("a.txt", "A.");
    folder.bad(&["export", ".", "-f", "csv"], &["vouch: .: no annotations: open it with vouch and mark a claim"]);
}

#[test]
fn export_never_writes_over_documents_or_annotations() {
    let folder = Folder::with_sample();
    folder.put("codebook.ron", "(format: \"vouch-codebook\", version: (1, 0))");
    for name in [
        "vilnius-summit.txt",
        "vilnius-summit.txt.anna.vouch.ron",
        "vilnius-summit.txt.kati.vouch.ron",
        "sources.anna.vouch.ron",
        "codebook.ron",
        "../{here}/vilnius-summit.txt",
    ] {
        let here = folder.dir.path().file_name().unwrap().to_str().unwrap();
        let run = folder.run(&["export", ".", "-f", "csv", "-o", &name.replace("{here}", here)]);
        assert_eq!(run.status, 2, "{name}: {run:?}");
        assert!(run.err.contains("would write over documents or annotations: give another name"), "{}", run.err);
    }
    assert_eq!(folder.get("vilnius-summit.txt"), TEXT);
    assert_eq!(folder.get("vilnius-summit.txt.anna.vouch.ron"), SET);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("vilnius-summit.txt", folder.path("link.csv")).unwrap();
        assert_eq!(folder.run(&["export", ".", "-f", "csv", "-o", "link.csv"]).status, 2);
        assert_eq!(folder.get("vilnius-summit.txt"), TEXT);
    }
    let run = folder.run(&["export", ".", "-f", "csv", "-o", "no/folder/x.csv"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("vouch: no/folder/x.csv: cannot be "), "{}", run.err);
}

#[test]
fn export_tells_of_marks_that_are_lost_and_of_damage() {
    let folder = Folder::with_sample();
    folder.put("vilnius-summit.txt", TEXT.replace("over 300,000 troops on high readiness", "much"));
    let run = folder.run(&["export", "vilnius-summit.txt", "-f", "csv"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.err,
        "vouch: vilnius-summit.txt: 1 of 2 claims were not found in the text, and have no position there: vouch check lists them\n"
    );
    assert!(run.out.contains(",c-5w0a,lost,,,,"));

    let folder = Folder::with_sample();
    folder.put("vilnius-summit.txt.anna.vouch.ron", SET.replace("\"c-p3qe\": (anchor", "\"c-p3qe\": (anchor anchor"));
    let run = folder.run(&["export", ".", "-f", "csv"]);
    assert_eq!((run.status, run.out.lines().count()), (1, 2));
    assert!(run.err.starts_with("vouch: ./vilnius-summit.txt.anna.vouch.ron: 1 parts are damaged"), "{}", run.err);

    // One that cannot be read at all does not keep the rest back.
    folder.put("b.txt", "B.");
    folder.put("b.txt.anna.vouch.ron", "nothing of the kind");
    let run = folder.run(&["export", ".", "-f", "csv"]);
    assert_eq!((run.status, run.out.lines().count()), (2, 2), "{run:?}");
    assert!(run.err.starts_with("vouch: ./b.txt.anna.vouch.ron: not an annotation set"), "{}", run.err);
}

#[test]
fn control_characters_in_messages_are_visible() {
    let folder = Folder::empty();
    let run = folder.run(&["export", "x\u{1b}[31m\n.txt", "-f", "csv"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(run.err.contains("x\\u{1b}[31m\\n.txt") && !run.err.contains('\u{1b}'), "{}", run.err);
    // Nor does a name turn the line around.
    let run = folder.run(&["check", "invoice\u{202e}txt.exe"]);
    assert!(run.err.starts_with("vouch: invoice\\u{202e}txt.exe: "), "{}", run.err);
    let run = folder.run(&["export", "x", "-f", "c\u{1b}[31msv"]);
    assert_eq!(run.status, 2);
    assert!(!run.err.contains('\u{1b}'), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::empty();
    folder.put("long.txt", "A long line of text.\n".repeat(100_000));
    let mut child =
        folder.command(&["text", "long.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn a_reader_that_goes_away_in_the_middle_of_an_export_is_no_error() {
    let folder = Folder::with_sample();
    let note = format!("note: \"{}\", kind: ", "A long note. ".repeat(20_000));
    folder.put("vilnius-summit.txt.anna.vouch.ron", SET.replace("kind: ", &note));
    for format in ["csv", "json", "jsonl", "markdown"] {
        let args = ["export", ".", "--annotator", "all", "--format", format];
        let mut child = folder.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn the_program_has_its_name_whatever_its_file_is_called() {
    let folder = Folder::empty();
    let other = folder.path(&format!("other{}", std::env::consts::EXE_SUFFIX));
    fs::copy(env!("CARGO_BIN_EXE_vouch"), &other).unwrap();
    let output = Command::new(other).args(["search", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("\nUsage: vouch search "), "{help}");
}

#[test]
fn the_codebook_in_force_is_printed_and_loads_again() {
    let folder = Folder::empty();
    let built_in = folder.good(&["codebook"]);
    folder.put("team/codebook.ron", built_in.replace("label: \"statistic\"", "label: \"figure\""));
    folder.put("team/2023/june/a.txt", "A.");
    for path in ["team", "team/2023/june", "team/2023/june/a.txt"] {
        assert!(folder.good(&["codebook", path]).contains("label: \"figure\""), "{path}");
    }
    folder.put("team/2023/codebook.ron", "not RON");
    let run = folder.run(&["codebook", "team/2023/june"]);
    assert_eq!((run.status, run.out), (0, built_in));
    assert!(run.err.contains("codebook.ron: ") && run.err.lines().count() == 1, "{}", run.err);
}

#[test]
fn a_codebook_is_checked_and_compared() {
    let folder = Folder::empty();
    let built_in = folder.good(&["codebook"]);
    folder.put("codebook.ron", &built_in);
    assert_eq!(folder.good(&["codebook", "--check", "codebook.ron"]), "codebook.ron: nothing found\n");
    folder.put(
        "b.ron",
        built_in.replace("digit: 2", "digit: 1").replace("label: \"rule\"", "label: \"law\"") + "// mine",
    );
    let run = folder.run(&["codebook", "--check", "b.ron"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(run.out, "duplicate-digit: kinds: two kinds have the key 1: it chooses the first\nb.ron: 1 finding\n");
    let run = folder.run(&["codebook", "--check", "b.ron", "--json"]);
    let data: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (run.status, &data["format"], &data["findings"][0]["what"]),
        (1, &"vouch-codebook-check".into(), &"duplicate-digit".into())
    );
    let run = folder.run(&["codebook", "--compare", ".", "b.ron"]);
    assert_eq!(run.out, "kinds[event].digit: 2 → 1\nkinds[rule].label: \"rule\" → \"law\"\n2 differences\n");
    assert_eq!(run.status, 1);
    let run = folder.run(&["codebook", "--compare", "codebook.ron", "codebook.ron", "--json"]);
    let data: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.status, &data["differences"]), (0, &serde_json::json!([])));
    let data: serde_json::Value = serde_json::from_str(&folder.good(&["codebook", "--json"])).unwrap();
    assert_eq!((&data["kinds"][3]["key"], &data["axis"]), (&"commitment".into(), &"credibility".into()));
    folder.put(
        "c.ron",
        r#"(queries: [(name: "Promises", query: "kind:commitment"), (name: "Firm", query: "knd:commitment likelihood:80..")])"#,
    );
    let run = folder.run(&["codebook", "--check", "c.ron"]);
    let (first, rest) = run.out.split_once('\n').unwrap();
    assert!(first.starts_with("faulty-query: queries[1].query: \"Firm\", character 1: "), "{first}");
    assert_eq!((run.status, rest), (1, "c.ron: 1 finding\n"));
    let no_codebook =
        "not a codebook: it has neither format: \"vouch-codebook\" nor a field of one (name, kinds, tags, …)";
    for (text, why) in [
        ("hello", no_codebook),
        ("()", no_codebook),
        ("", "the file is empty, and so no codebook"),
        ("(format: \"vouch-annotations\", version: (1, 0))", "not a codebook: its format is not \"vouch-codebook\""),
    ] {
        folder.put("d.ron", text);
        let mend = "mend it in a text editor; vouch codebook prints one that is whole";
        folder.bad(&["codebook", "--check", "d.ron"], &[&format!("vouch: d.ron: {why}: {mend}")]);
    }
    let run = folder.run(&["codebook", "--check", "none.ron"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("vouch: none.ron: cannot be read"), "{}", run.err);
}

#[test]
fn help_names_every_command_and_completions_know_them() {
    let folder = Folder::empty();
    let help = folder.good(&["--help"]);
    for command in ["text", "export", "check", "search", "stats", "codebook", "completions"] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
        assert!(folder.good(&[command, "--help"]).contains("Usage: vouch "));
        for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
            assert!(folder.good(&["completions", shell]).contains(command), "{shell}");
        }
    }
    assert!(folder.good(&["--version"]).starts_with("vouch "));
    assert_eq!(folder.run(&["export"]).status, 2);
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn damaged_settings_are_told_and_kept() {
    let folder = Folder::with_sample();
    folder.put(".home/settings/settings.ron", "(handle: ");
    let run = folder.run(&["export", ".", "-f", "csv"]);
    assert_eq!((run.status, run.out.lines().count()), (0, 3));
    assert!(run.err.contains("settings.ron: "), "{}", run.err);
    assert_eq!(folder.get(".home/settings/settings.ron.damaged-1"), "(handle: ");
    assert_eq!(folder.get(".home/settings/settings.ron"), "(handle: ");
}

#[test]
fn without_home_language_and_time_zone_it_works() {
    let folder = Folder::with_sample();
    let mut command = folder.command(&["export", ".", "-f", "csv"]);
    for name in ["HOME", "LANG", "LC_ALL", "TZ", "VOUCH_HOME", "USER", "LOGNAME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(output.stdout.split(|byte| *byte == b'\n').count() - 1, 3);
}

#[test]
fn check_finds_nothing_wrong_in_the_sample() {
    let folder = Folder::with_sample();
    let out = folder.good(&["check", "."]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "./vilnius-summit.txt.anna.vouch.ron: 2 claims, 6 of 6 anchors hold");
    assert!(out.contains("\n  no-assessment        ¶ 4: c-p3qe: not assessed\n"), "{out}");
    assert!(lines.last().unwrap().starts_with("1 sidecar: nothing wrong, "), "{out}");
}

#[test]
fn check_counts_what_was_waived_and_does_not_list_it() {
    let folder = Folder::with_sample();
    let findings = |json: &serde_json::Value| json["sidecars"][0]["findings"].as_array().unwrap().len();
    let json = || -> serde_json::Value { serde_json::from_str(&folder.good(&["check", ".", "--json"])).unwrap() };
    let before = json();
    assert_eq!(before["sidecars"][0]["waived"], 0);
    let waived = SET.replace(
        "  dismissed: {\n",
        "  dismissed: {\n    \"d-0001\": (what: \"no-assessment\", on: \"c-p3qe\", why: \"An opinion.\"),\n",
    );
    assert_ne!(waived, SET);
    folder.put("vilnius-summit.txt.anna.vouch.ron", waived);
    let after = json();
    assert_eq!(after["sidecars"][0]["waived"], 1);
    assert_eq!(findings(&after), findings(&before) - 1);
    let out = folder.good(&["check", "."]);
    assert!(out.starts_with("./vilnius-summit.txt.anna.vouch.ron: 2 claims, 6 of 6 anchors hold, 1 waived\n"), "{out}");
}

#[test]
fn check_tells_of_checks_that_it_does_not_know() {
    let folder = Folder::with_sample();
    folder.put("codebook.ron", "(checks: [\"no-sorce\", \"no-cue\"])");
    let run = folder.run(&["check", "."]);
    assert_eq!(run.status, 0);
    assert!(
        run.err.starts_with("vouch: codebook: no check is named “no-sorce”: left out; there are no-source, "),
        "{}",
        run.err
    );
}

#[test]
fn a_broken_codebook_is_wrong() {
    let folder = Folder::with_sample();
    folder.put("codebook.ron", "(kinds: [");
    let run = folder.run(&["check", "."]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("codebook.ron: line 1, column 10: "), "{}", run.err);
    assert!(run.out.lines().last().unwrap().starts_with("1 sidecar: 1 wrong (1 in the codebook), "), "{}", run.out);
    let run = folder.run(&["check", ".", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.status, json["codebook"].as_array().unwrap().len()), (1, 1));
    let run = folder.run(&["codebook", "--check", "codebook.ron"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    let next = ": mend it in a text editor; vouch codebook prints one that is whole\n";
    assert!(run.err.ends_with(next), "{}", run.err);
}

#[test]
fn check_lists_what_is_wrong_and_where() {
    let folder = Folder::with_sample();
    folder.put("vilnius-summit.txt", TEXT.replace("over 300,000 troops on high readiness", "much"));
    let damaged = SET.replace("\"r-9z4t\": (on: \"c-p3qe\"", "\"r-9z4t\": (on: c-p3qe");
    folder.put("vilnius-summit.txt.mart.vouch.ron", damaged);
    folder.put("gone.txt.anna.vouch.ron", SET);
    folder.put("b.txt", "B.");
    folder.put("b.txt.anna.vouch.ron", "\0\0\0");
    folder.put("b.txt.kati.vouch.ron", "<<<<<<< ours\n".to_owned() + SET + "=======\n" + SET + ">>>>>>> theirs\n");
    let run = folder.run(&["check", "."]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    for line in [
        "./vilnius-summit.txt.anna.vouch.ron: 2 claims, 5 of 6 anchors hold",
        "  lost                 c-5w0a: “over 300,000 troops on high readiness”",
        "  damaged              line 31, column 20: ",
        "  no-document          the document is not beside it, or cannot be read: no anchor was checked",
        "  unreadable           the file is empty: look for it among the backups",
        "  conflict             git left both sides of a merge in the file: open it with vouch and choose",
    ] {
        assert!(run.out.lines().any(|found| found.starts_with(line)), "{line}\n{}", run.out);
    }
    let json: serde_json::Value = serde_json::from_str(&folder.run(&["check", ".", "--json"]).out).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"vouch-check".into(), &1.into()));
    let sidecars = json["sidecars"].as_array().unwrap();
    assert_eq!(sidecars.len(), 5);
    let lost =
        sidecars.iter().flat_map(|sidecar| sidecar["findings"].as_array().unwrap()).find(|it| it["what"] == "lost");
    let lost = lost.unwrap();
    assert_eq!(
        (&lost["on"], &lost["fault"], &lost["line"]),
        (&"c-5w0a".into(), &true.into(), &serde_json::Value::Null)
    );
}

#[test]
fn check_of_nothing_says_so() {
    let folder = Folder::empty();
    folder.put("a.txt", "A.");
    folder.bad(&["check", "."], &["vouch: .: no sidecars: open it with vouch and mark a claim"]);
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_there_is_an_error_and_nothing_else() {
    let folder = Folder::with_sample();
    let why = "No such file or directory (os error 2)";
    let next = "check the name, and that its folder is still there and its drive is connected";
    for args in [
        &["check", "gone"][..],
        &["codebook", "gone"],
        &["text", "gone"],
        &["export", "gone", "-f", "csv"],
        &["search", "gone", "-q", "kind:event", "--json"],
    ] {
        folder.bad(args, &[&format!("vouch: gone: cannot be read ({why}): {next}")]);
    }
    // What is there is done, and the sum is about that.
    let run = folder.run(&["check", "gone", "."]);
    assert_eq!(run.status, 2);
    assert!(run.out.lines().last().unwrap().starts_with("1 sidecar: nothing wrong, "), "{}", run.out);
    let json: serde_json::Value = serde_json::from_str(&folder.run(&["check", "gone", "--json"]).out).unwrap();
    assert_eq!(json["sidecars"], serde_json::json!([]));
}

#[cfg(unix)]
#[test]
fn an_export_never_takes_the_place_of_a_pipe_or_a_folder() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = Folder::with_sample();
    assert!(Command::new("mkfifo").arg(folder.path("pipe")).status().unwrap().success());
    folder.put("folder/a.txt", "A.");
    for (name, why) in [("pipe", "not a regular file"), ("folder", "is a directory")] {
        let run = folder.run(&["export", ".", "-f", "csv", "--out", name]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{name}: {run:?}");
        assert!(run.err.ends_with(&format!("cannot be written ({why}): choose another file or name\n")), "{}", run.err);
    }
    assert!(fs::symlink_metadata(folder.path("pipe")).unwrap().file_type().is_fifo());
}

#[test]
fn an_export_of_a_kind_or_a_claim_that_nobody_knows_is_an_error() {
    let folder = Folder::with_sample();
    let run = folder.run(&["export", ".", "-f", "csv", "--kind", "statistics"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("vouch: no such kind as statistics: the codebook has statistic, "), "{}", run.err);
    folder.bad(
        &["export", ".", "-f", "csv", "--claim", "c-gone"],
        &["vouch: no such claim as c-gone: --format csv without --claim lists them all"],
    );
    // A kind of the codebook that no claim has is a table without rows; one of a colleague's own is known by its use.
    assert_eq!(folder.good(&["export", ".", "-f", "csv", "--kind", "rule"]).lines().count(), 1);
    folder.put("vilnius-summit.txt.anna.vouch.ron", SET.replace("\"commitment\"", "\"pledge\""));
    assert!(folder.good(&["export", ".", "-f", "csv", "--kind", "pledge"]).lines().count() > 1);
}

#[test]
fn damage_elsewhere_does_not_hide_that_a_handle_has_no_annotations() {
    let folder = Folder::with_sample();
    folder.put("b.txt.mart.vouch.ron", "nothing of the kind");
    let run = folder.run(&["export", ".", "-f", "csv", "--annotator", "kati"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.ends_with("vouch: .: no annotations by kati: there are those of anna\n"), "{}", run.err);
}

#[test]
fn steps_that_a_window_did_not_save_are_told() {
    let folder = Folder::with_sample();
    let name = "vilnius-summit.txt.anna.vouch.ron";
    let places = Places::under(&folder.path(".home"));
    let now = "2026-11-24T03:14:00Z".parse().unwrap();
    let mut opened = Keeper::open(Arc::new(Disk), &places, &folder.path(name), AnnotationSet::default(), now).unwrap();
    let mut edit = Edit::new("delete claim");
    edit.take(&opened.set, ItemKind::Claim, &Id::new("c-5w0a"));
    opened.keeper.acknowledge(&Record { act: Act::Do, edit }, now).unwrap();
    // The program ends here, without a save.
    drop(opened);
    let told = "the last step is not saved in it yet: open it with vouch, which saves it";
    let run = folder.run(&["export", ".", "-f", "csv"]);
    assert_eq!((run.status, run.err), (0, format!("vouch: ./{name}: {told}\n")));
    assert!(folder.good(&["check", "."]).contains(told));
    let mut opened = Keeper::open(Arc::new(Disk), &places, &folder.path(name), AnnotationSet::default(), now).unwrap();
    opened.keeper.save(now).unwrap();
    assert_eq!(folder.good(&["export", ".", "-f", "csv"]).lines().count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_window_says_so_and_names_what_needs_none() {
    let folder = Folder::with_sample();
    let mut command = folder.command(&["."]);
    let output = command.env_remove("WAYLAND_SOCKET").output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len(), err.lines().count()), (Some(2), 0, 1), "{err}");
    assert!(err.starts_with("vouch: no window can be opened here (") && !err.contains(".rs:"), "{err}");
    assert!(
        err.ends_with(
            "text, export, import, check, compare, diff, merge, git-setup, show, search, stats and codebook need no window \
             (vouch --help)\n"
        ),
        "{err}"
    );
}

#[test]
fn search_finds_claims_by_query_over_a_folder() {
    let folder = Folder::with_sample();
    folder.put("below/copy.txt", TEXT);
    folder.put("below/copy.txt.mart.vouch.ron", SET.replace("handle: \"anna\"", "handle: \"mart\""));
    let of_mart =
        "below/copy.txt: ¶ 6: c-5w0a: commitment: “over 300,000 troops on high readiness” – Jens Stoltenberg (mart)\n";
    let of_anna = of_mart.replace("below/copy.txt", "vilnius-summit.txt").replace("(mart)", "(anna)");
    let found = |args: &[&str]| folder.good(&[&["search", "."], args].concat());
    assert_eq!(found(&["--query", "troops credibility:1-2 published:2023.."]), format!("{of_mart}{of_anna}"));
    assert_eq!(found(&["-q", "troops by:mart"]), of_mart);
    assert_eq!(found(&["-q", "troops", "--annotator", "anna"]), of_anna);
    assert_eq!(found(&["-q", "kind:opinion credibility:1-5"]), "");
    assert_eq!(found(&["--saved", "promises", "--annotator", "anna"]), of_anna);
    assert_eq!(folder.good(&["search", "vilnius-summit.txt.anna.vouch.ron", "-q", "troops"]), of_anna);
}

#[test]
fn search_gives_the_same_as_data() {
    let folder = Folder::with_sample();
    let json = |query: &str| -> serde_json::Value {
        serde_json::from_str(&folder.good(&["search", ".", "--json", "-q", query])).unwrap()
    };
    let found = json("kind:commitment");
    assert_eq!(
        (&found["format"], &found["version"], &found["in"]),
        (&"vouch-search".into(), &1.into(), &"claims".into())
    );
    assert_eq!(found["query"], "kind:commitment");
    let exported: serde_json::Value =
        serde_json::from_str(&folder.good(&["export", ".", "-f", "json", "--kind", "commitment"])).unwrap();
    assert_eq!(found["hits"], exported["claims"]);
    assert_eq!(json("nothing of the kind")["hits"], serde_json::json!([]));
}

#[test]
fn search_looks_in_the_text_of_documents_that_nobody_marked_too() {
    let folder = Folder::with_sample();
    folder.put("b.txt", "A title\n\nNobody marked this\nparagraph on Häädemeeste.\n");
    let found = folder.good(&["search", ".", "-q", "in:text haademeeste"]);
    assert_eq!(found, "b.txt: ¶ 2: Nobody marked this paragraph on Häädemeeste.\n");
    let json: serde_json::Value =
        serde_json::from_str(&folder.good(&["search", ".", "--json", "-q", "in:text haademeeste"])).unwrap();
    let hit = &json["hits"][0];
    assert_eq!(json["in"], "text");
    assert_eq!(
        (&hit["document"], &hit["start"], &hit["end"], &hit["paragraph"]),
        (&"b.txt".into(), &9.into(), &53.into(), &2.into())
    );
    assert_eq!(hit["quote"], "Nobody marked this\nparagraph on Häädemeeste.");
}

#[test]
fn search_in_text_finds_patterns_and_says_where() {
    let folder = Folder::empty();
    folder.put("a.txt", "Éa title\r\n\r\nIt will not be so.\r\n");
    folder.put("b.txt", "Another\n\nIt WILL be. It will be.\n");
    folder.put("c.txt", "Will\n\nBe\n");
    let found = folder.good(&["search", ".", "-q", "in:text /will (not )?be/"]);
    assert_eq!(found, "a.txt: ¶ 2: It will not be so.\nb.txt: ¶ 2: It WILL be. It will be.\n");
    let found = folder.good(&["search", ".", "-q", "in:text match:case /will (not )?be/", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&found).unwrap();
    let hits = json["hits"].as_array().unwrap();
    let of = |at: usize, key: &str| hits[at][key].clone();
    assert_eq!(hits.len(), 2);
    assert_eq!((of(0, "document"), of(0, "start"), of(0, "end")), ("a.txt".into(), 10.into(), 28.into()));
    // Code points of the text as it is read: without carriage returns, an accented letter being one.
    assert_eq!(of(0, "found"), serde_json::json!([[13, 24]]));
    assert_eq!(of(1, "found"), serde_json::json!([[24, 31]]));
    assert_eq!(of(1, "title"), "Another");
    assert_eq!(of(1, "text_sha256").as_str().map(str::len), Some(64));
    // Many documents come in their order, whichever is looked through first.
    for number in 0..100 {
        folder.put(&format!("d{number:03}.txt"), "It will be.\n");
    }
    let found = folder.good(&["search", ".", "-q", "in:text match:word will -title"]);
    let names: Vec<&str> = found.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(names.len(), 103);
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn search_says_what_is_wrong_with_a_query() {
    let folder = Folder::with_sample();
    folder.bad(
        &["search", ".", "-q", "a sorce:NATO"],
        &["vouch: query: character 3: there is no field “sorce”: write “source:”, or put the words in quotation marks to look for them"],
    );
    folder.bad(
        &["search", ".", "-q", "kind:comitment"],
        &["vouch: query: character 1: no kind “comitment”; did you mean “commitment”?"],
    );
    folder.bad(
        &["search", ".", "--saved", "hopes"],
        &["vouch: the codebook keeps no query “hopes”: it has promises, to be worked on, worth checking"],
    );
    assert_eq!(folder.run(&["search", "."]).status, 2);
    let empty = Folder::empty();
    empty.put("a.txt", "A.");
    empty.bad(
        &["search", ".", "-q", "a"],
        &["vouch: .: no annotations: open it with vouch and mark a claim, or look in:text"],
    );
}

#[test]
fn figures_of_a_folder_as_files() {
    let folder = Folder::with_sample();
    let draw = |figure, out| ["stats", ".", "--figure", figure, "--out", out].map(str::to_owned);
    for figure in ["sources", "confidence", "time", "coverage"] {
        let args = draw(figure, "out.svg");
        assert_eq!(folder.good(&args.each_ref().map(String::as_str)), "");
        assert!(folder.get("out.svg").ends_with("</svg>\n"), "{figure}");
    }
    assert!(folder.get("out.svg").contains("vilnius-summit.txt"));
    folder.good(&["stats", ".", "--figure", "confidence", "--axis", "likelihood", "--out", "out.png"]);
    assert!(fs::read(folder.path("out.png")).unwrap().starts_with(b"\x89PNG\r\n\x1a\n"));
    folder.bad(
        &["stats", ".", "--figure", "time", "--out", "vilnius-summit.txt"],
        &["vouch: vilnius-summit.txt: this is the name of no picture: let it end in .svg or .png"],
    );
    folder.bad(
        &["stats", ".", "--figure", "confidence", "--axis", "colour", "--out", "out.svg"],
        &["vouch: --axis colour: the codebook has no such axis: name one of reliability, credibility, likelihood, confidence"],
    );
    assert_eq!(folder.get("vilnius-summit.txt"), TEXT);
}

#[test]
fn stats_of_a_folder_as_text_and_as_data() {
    let folder = Folder::with_sample();
    folder.put("b.txt", "Nobody read this.");
    let out = folder.good(&["stats", "."]);
    for line in [
        "2 claims of 1 source in 1 of 2 documents; 2 attributed, 1 assessed; by anna",
        "Jens Stoltenberg             2          1          1",
        "  credibility (admiralty)  2: 1; not judged 1",
        "2023-06-28                   2          1          1",
    ] {
        assert!(out.lines().any(|found| found.trim_end() == line), "{line}\n{out}");
    }
    let json: serde_json::Value = serde_json::from_str(&folder.good(&["stats", ".", "--json"])).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"vouch-stats".into(), &1.into()));
    assert_eq!(json["totals"]["claims"], 2);
    assert_eq!(json["sources"][0]["by_kind"], serde_json::json!({"commitment": 1, "opinion": 1}));
    assert_eq!(json["sources"][0]["confidence"][0]["terms"][1], serde_json::json!({"term": "2", "claims": 1}));
    let month = serde_json::json!({"month": "2023-06", "claims": 2, "by_kind": {"commitment": 1, "opinion": 1}});
    assert_eq!(json["by_month"], serde_json::json!([month]));
    // A month in which nothing was claimed is told between those in which something was.
    folder.put("later.txt", "Published: 2023-09-01\n\nNobody left.");
    folder.put(
        "later.txt.anna.vouch.ron",
        r#"(format: "vouch-annotations", version: (1, 0), requires: [],
        document: (name: "later.txt", about: (published: "2023-09-01")), annotator: (handle: "anna"),
        claims: {"c-1": (anchor: (spans: [(23, 34)], quote: ["Nobody left"]))})"#,
    );
    let out = folder.good(&["stats", "."]);
    let first = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let told: Vec<String> = out.lines().filter(|line| line.starts_with("2023")).map(first).collect();
    assert_eq!(told, ["2023-06-28 2", "2023-07 0", "2023-08 0", "2023-09-01 1"]);
    let documents: Vec<&str> =
        json["coverage"].as_array().unwrap().iter().map(|it| it["document"].as_str().unwrap()).collect();
    assert_eq!(documents, ["b.txt", "vilnius-summit.txt"]);
    let run = folder.run(&["stats", "gone"]);
    assert_eq!((run.status, run.out.as_str(), run.err.lines().count()), (2, "", 1), "{}", run.err);
    assert!(run.err.starts_with("vouch: gone: cannot be read ("), "{}", run.err);
}

#[test]
fn diff_shows_what_changed_and_what_became_of_the_claims() {
    let folder = Folder::with_sample();
    folder.put("new.txt", include_str!("fixtures/review/vilnius-summit-corrected.txt"));
    let run = folder.run(&["diff", "vilnius-summit.txt", "new.txt"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    for line in [
        "Changes: 5 paragraphs changed, 1 paragraph added, 1 paragraph moved",
        "¶10 → ¶5 moved",
        "modal: will → may",
        "number: 300,000 → 30,000",
        "  new ¶7  All these measures may be backed by up to 30,000 troops on high readiness.",
        "Claims of anna: 1 kept, 1 changed",
    ] {
        assert!(run.out.lines().any(|found| found == line), "{line}\n{}", run.out);
    }
    let run = folder.run(&["diff", "vilnius-summit.txt", "new.txt", "--json", "--annotator", "ANNA"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.status, &json["format"], &json["version"]), (1, &"vouch-diff".into(), &1.into()));
    let claims = json["claims"].as_array().unwrap();
    let changed = claims.iter().find(|claim| claim["state"] == "changed").unwrap();
    let new = folder.get("new.txt");
    let place = |place: &serde_json::Value| -> String {
        let (start, end) = (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
        new.chars().skip(start).take(end - start).collect()
    };
    assert_eq!(place(&changed["new"]), changed["new"]["quote"], "positions are code points of the new text");
    assert_eq!((&changed["annotator"], &changed["new"]["paragraph"]), (&"anna".into(), &7.into()));
    assert_eq!(changed["cues"][0]["state"], "kept");
    let lifted = json["lifted"].as_array().unwrap();
    let number = lifted.iter().find(|lifted| lifted["told"] == "number").unwrap();
    assert_eq!((&number["old"]["quote"], &number["new"]["quote"]), (&"300,000".into(), &"30,000".into()));
    assert_eq!(number["claims"], serde_json::json!([changed["id"]]));
    assert_eq!(folder.get("vilnius-summit.txt.anna.vouch.ron"), SET, "nothing is written");
    assert!(!folder.names().iter().any(|name| name.starts_with("new.txt.")));
}

#[test]
fn diff_without_a_difference_without_a_set_and_without_a_document() {
    let folder = Folder::with_sample();
    folder.put("same.txt", TEXT);
    folder.put("typeset.txt", TEXT.replace('’', "'"));
    let out = folder.good(&["diff", "vilnius-summit.txt", "same.txt"]);
    assert!(out.contains("The texts are the same.") && out.contains("Claims of anna: 2 kept"), "{out}");
    assert!(folder.good(&["diff", "same.txt", "typeset.txt"]).contains("The texts differ in typesetting only."));
    folder.bad(
        &["diff", "vilnius-summit.txt", "same.txt", "--annotator", "mart"],
        &["vouch: vilnius-summit.txt: no annotations by mart: there are those of anna"],
    );
    let run = folder.run(&["diff", "vilnius-summit.txt", "gone.txt"]);
    assert_eq!((run.status, run.out.as_str(), run.err.lines().count()), (2, "", 1), "{}", run.err);
}

/// The sample release, and beside anna's set that of mart, who left out one of her two claims.
fn two_annotators() -> Folder {
    let folder = Folder::with_sample();
    folder.put("vilnius-summit.txt.mart.vouch.ron", without_a_claim());
    folder
}

fn without_a_claim() -> String {
    let lines = SET.lines().filter(|line| !line.trim_start().starts_with("\"c-p3qe\": (anchor"));
    lines.map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn compare_two_sets_as_data() {
    let folder = two_annotators();
    let sidecars = ["vilnius-summit.txt.anna.vouch.ron", "vilnius-summit.txt.mart.vouch.ron"];
    for args in [&["compare", sidecars[0], sidecars[1], "--json"][..], &["compare", ".", "--json"]] {
        let run = folder.run(args);
        assert_eq!((run.status, run.err.as_str()), (1, ""));
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!((&json["format"], &json["version"]), (&"vouch-agreement".into(), &1.into()));
        let document = &json["documents"][0];
        assert_eq!(document["document"], "vilnius-summit.txt");
        assert_eq!(document["annotators"], serde_json::json!(["anna", "mart"]));
        let pair = &document["pairs"][0];
        assert_eq!((&pair["a"], &pair["b"], &pair["both"]), (&"anna".into(), &"mart".into(), &1.into()));
        for figure in [&pair["strict_f1"], &pair["overlap_f1"]] {
            assert!((figure.as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9, "{figure}");
        }
        let (kappa, alpha) = (&pair["character_kappa"], &document["character_alpha"]);
        assert!(kappa.as_f64().is_some_and(|kappa| 0.0 < kappa && kappa < 1.0), "{kappa}");
        assert!(alpha.as_f64().is_some_and(|alpha| 0.0 < alpha && alpha < 1.0), "{alpha}");
        assert_eq!(json["whole"]["pairs"][0]["strict_f1"], pair["strict_f1"]);
        assert!(json["whole"]["pairs"][0]["intervals"]["character_kappa"].is_array());
        let claims = pair["claims"].as_array();
        assert_eq!(claims.is_some(), args.len() == 4, "the claims are listed where two were named");
        let alone = claims.into_iter().flatten().find(|claim| claim["verdict"] == "only-a");
        if claims.is_some() {
            assert_eq!(
                (&alone.unwrap()["a"]["id"], &alone.unwrap()["b"]),
                (&"c-p3qe".into(), &serde_json::Value::Null)
            );
        }
    }
}

#[test]
fn compare_sets_that_are_alike_and_that_are_empty() {
    let folder = Folder::with_sample();
    folder.put("vilnius-summit.txt.mart.vouch.ron", SET);
    let out = folder.good(&["compare", "vilnius-summit.txt"]);
    assert!(out.contains("anna and mart: 2 and 2 claims, 2 marked by both, 2 alike\n"), "{out}");
    for handle in ["anna", "mart"] {
        let empty = r#"(format: "vouch-annotations", version: (1, 0), document: (name: "a.txt"), claims: {})"#;
        folder.put(&format!("a.txt.{handle}.vouch.ron"), empty);
    }
    folder.put("a.txt", "Nothing was marked here.");
    let json: serde_json::Value = serde_json::from_str(&folder.good(&["compare", "a.txt", "--json"])).unwrap();
    let document = &json["documents"][0];
    assert_eq!(document["character_alpha"], serde_json::Value::Null);
    assert_eq!(document["undefined"]["character_alpha"], "nobody marked a claim");
    assert_eq!(document["pairs"][0]["strict_f1"], serde_json::Value::Null);
    assert_eq!(document["pairs"][0]["undefined"]["strict_f1"], "nobody marked a claim");
}

#[test]
fn compare_folders_where_the_text_was_changed_in_one() {
    let folder = Folder::empty();
    folder.put("one/vilnius-summit.txt", TEXT);
    folder.put("one/vilnius-summit.txt.anna.vouch.ron", SET);
    folder.put("two/vilnius-summit.txt", format!("A line above all.\n\n{TEXT}"));
    folder.put("two/vilnius-summit.txt.anna.vouch.ron", without_a_claim());
    let run = folder.run(&["compare", "two", "one"]);
    assert_eq!(run.status, 1);
    let told = "vouch: one/vilnius-summit.txt.anna.vouch.ron: made on another text: ";
    assert!(
        run.err.lines().all(|line| line.starts_with("vouch: ") && line.contains("made on another text")),
        "{}",
        run.err
    );
    assert!(run.err.contains(told), "{}", run.err);
    assert!(run.out.contains("anna (two) and anna (one): 1 and 2 claims, 1 marked by both"), "{}", run.out);
    assert!(run.out.contains(": only anna (one)"), "{}", run.out);
}

#[test]
fn compare_says_what_is_missing() {
    let folder = Folder::empty();
    folder.put("vilnius-summit.txt.anna.vouch.ron", SET);
    folder.put("vilnius-summit.txt.mart.vouch.ron", SET);
    let why = "its document is not beside it, or cannot be read: put vilnius-summit.txt there, or name the folder that has it";
    let lines = ["anna", "mart"].map(|own| format!("vouch: vilnius-summit.txt.{own}.vouch.ron: {why}"));
    let both = ["compare", "vilnius-summit.txt.anna.vouch.ron", "vilnius-summit.txt.mart.vouch.ron"];
    folder.bad(&both, &[&lines[0], &lines[1]]);
    folder.put("vilnius-summit.txt", TEXT);
    folder.good(&both);
    folder.bad(
        &both[..2],
        &["vouch: vilnius-summit.txt.anna.vouch.ron: there are no two annotators of one document: name a second sidecar, \
           or a folder where several worked"],
    );
}

#[test]
fn compare_draws_who_agrees_with_whom() {
    let folder = two_annotators();
    let run = folder.run(&["compare", ".", "--figure", "agreement.svg"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (1, "", ""));
    let svg = folder.get("agreement.svg");
    assert!(svg.contains("Who agrees with whom") && svg.contains("mart") && svg.contains("0.67"), "{svg}");
    let png = folder.run(&["compare", ".", "--figure", "agreement.png"]);
    assert_eq!(png.status, 1);
    assert!(fs::read(folder.path("agreement.png")).unwrap().starts_with(b"\x89PNG"));
    folder.bad(
        &["compare", ".", "--figure", "agreement.gif"],
        &["vouch: agreement.gif: this is the name of no picture: let it end in .svg or .png"],
    );
}

const ANN: &str = "T1\tSource 1595 1616\tThe Secretary General\nT2\tCue 1617 1626\tannounced\n\
                   T3\tContent 1627 1649\tthe Summit's next steps\nT4\tAttribution 1617 1626\tannounced\n\
                   E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n";

/// `ANN`, with the position at which its content really ends.
fn ann() -> String {
    let words = "the Summit's next steps";
    let start = TEXT.chars().count() - TEXT[TEXT.find(words).unwrap()..].chars().count();
    ANN.replace("1627 1649", &format!("{start} {}", start + words.chars().count()))
}

#[test]
fn brat_comes_in_as_a_sidecar_and_goes_out_again() {
    let folder = Folder::empty();
    folder.put("vilnius-summit.txt", TEXT);
    folder.put("vilnius-summit.ann", ann());
    let out = folder.good(&["import", "vilnius-summit.ann", "--format", "brat", "--annotator", "mart"]);
    assert_eq!(out, "vilnius-summit.txt.mart.vouch.ron: 1 claim, 1 mention, 1 source\n");
    let sidecar = folder.get("vilnius-summit.txt.mart.vouch.ron");
    assert_eq!(folder.good(&["export", "vilnius-summit.txt.mart.vouch.ron", "--format", "brat"]), ann());
    let checked: serde_json::Value = serde_json::from_str(&folder.good(&["check", ".", "--json"])).unwrap();
    assert_eq!((&checked["sidecars"][0]["anchors"], &checked["sidecars"][0]["exact"]), (&3.into(), &3.into()));

    // Twice adds nothing; another file is refused, and nothing is touched.
    let again = folder.good(&["import", "vilnius-summit.ann", "--format", "brat", "--annotator", "mart"]);
    assert_eq!(again, "vilnius-summit.txt.mart.vouch.ron: all of it is there already\n");
    folder.put("vilnius-summit.ann", ann() + "T5\tClaim 0 3\tabc\n");
    let refused = folder.run(&["import", "vilnius-summit.ann", "--format", "brat", "--annotator", "mart"]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("import under another handle"), "{}", refused.err);
    assert_eq!(folder.get("vilnius-summit.txt.mart.vouch.ron"), sidecar);
    let lossy = folder.run(&["import", "vilnius-summit.ann", "--format", "brat", "--annotator", "anna"]);
    assert_eq!(lossy.status, 1);
    assert!(lossy.err.contains("vilnius-summit.ann: line 6: T5: “abc” is not where it says"), "{}", lossy.err);
}

#[test]
fn a_folder_of_brat_comes_in_by_names_and_goes_out_in_pairs() {
    let folder = Folder::empty();
    folder.put("text/north/a.txt", TEXT);
    folder.put("text/b.txt", TEXT);
    folder.put("ann/north/a_mart.ann", ann());
    folder.put("ann/north/a_anna.ann", ann());
    folder.put("ann/b_mart.ann", ann());
    folder.good(&["import", "ann", "--format", "brat", "--document", "text"]);
    folder.good(&["export", "text", "--format", "brat", "--annotator", "all", "--out", "out"]);
    for name in ["anna/north/a", "mart/north/a", "mart/b"] {
        assert_eq!(folder.get(&format!("out/{name}.ann")), ann());
        assert_eq!(folder.get(&format!("out/{name}.txt")), TEXT);
    }
    folder.put("ann/c_mart.ann", ann());
    let run = folder.run(&["import", "ann", "--format", "brat", "--document", "text"]);
    assert_eq!(
        (run.status, run.err.as_str()),
        (2, "vouch: ann/c_mart.ann: no document of this name: name it with --document\n")
    );
    // A stream has no place for several documents, and the documents themselves are not written over.
    let run = folder.run(&["export", "text", "--format", "brat", "--annotator", "all"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("--out FOLDER"), "{}", run.err);
    let run = folder.run(&["export", "text", "--format", "brat", "--annotator", "mart", "--out", "text"]);
    assert_eq!(run.status, 2);
    assert_eq!(folder.get("text/b.txt"), TEXT);
}
