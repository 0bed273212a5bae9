//! The rules of the house that a compiler does not hold (see `src/lib.rs`), read off the source itself.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path below the project with `/`, its text, and its code with comments and literals blanked out.
struct Source {
    path: String,
    text: String,
    code: String,
}

impl Source {
    /// The first folder or file below `src/`.
    fn room(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or("");
        below.split(['/', '.']).next().unwrap_or("")
    }

    /// The lines of code in which `pattern` stands, as `path:line: code`.
    fn lines_with(&self, pattern: &regex::Regex) -> Vec<String> {
        let lines = self.code.lines().enumerate().filter(|(_, line)| pattern.is_match(line));
        lines.map(|(i, line)| format!("{}:{}: {}", self.path, i + 1, line.trim())).collect()
    }
}

/// Every Rust file under the folders of this name, in the order of their paths.
fn sources(folders: &[&str]) -> Vec<Source> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in folders {
        collect(&top.join(folder), &mut paths);
    }
    paths.sort();
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let path = path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
            Source { path, code: code_of(&text), text }
        })
        .collect();
    assert!(!sources.is_empty(), "no source under {folders:?}");
    sources
}

/// The code of a file: comments and the insides of literals are blanks, line ends stay.
fn code_of(text: &str) -> String {
    let pattern = regex::Regex::new(
        r####"(?s)//[^\n]*|/\*.*?\*/|b?r"[^"]*"|b?r#".*?"#|b?r##".*?"##|b?r###".*?"###|b?"(?:\\.|[^"\\])*"|b?'(?:\\.[^']*'|[^'\\\n]')"####,
    )
    .unwrap();
    let blank =
        |found: &regex::Captures<'_>| found[0].chars().map(|c| if c == '\n' { c } else { ' ' }).collect::<String>();
    pattern.replace_all(text, blank).into_owned()
}

/// Fails with every line of code under `folders` in which `pattern` stands, but for the files that `may` have it.
fn refuse(why: &str, pattern: &str, folders: &[&str], may: impl Fn(&Source) -> bool) {
    let pattern = regex::Regex::new(pattern).unwrap();
    let sources = sources(folders);
    let lines: Vec<String> =
        sources.iter().filter(|source| !may(source)).flat_map(|source| source.lines_with(&pattern)).collect();
    assert!(lines.is_empty(), "{why}:\n{}", lines.join("\n"));
}

#[test]
fn what_is_quoted_or_commented_is_no_code() {
    let text = "a(\"std::fs \\\" //\", 'x', b'\\'', r#\"fs \" fs\"#); // fs\n/* fs\nfs */ b::<'a>('\"', c) // \"\nd";
    let words: Vec<String> = code_of(text).lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(words, ["a(,,,);", "", "b::<'a>(,c)", "d"]);
}

#[test]
fn document_and_annotation_know_no_window_no_files_no_clock_no_threads() {
    refuse(
        "hand it in as a value",
        r"\b(egui|eframe|std::fs|std::env|std::net|std::process|std::thread|std::time|fs::|File::|SystemTime|Instant|Timestamp::now|Zoned::now|getrandom|whoami|directories|notify|rfd)\b",
        &["src/document", "src/annotation"],
        |_| false,
    );
}

#[test]
fn only_files_touches_the_file_system() {
    refuse(
        "hand the bytes to the room `files`",
        r"\bstd::fs\b|\bfs::(write|read|rename|remove|create|copy|File|OpenOptions|metadata)|\bFile::(open|create|options)|\bOpenOptions\b|\btempfile\b|\.(metadata|read_dir|canonicalize|is_file|is_dir|exists|try_exists)\(\)",
        &["src"],
        |source| source.room() == "files",
    );
}

#[test]
fn only_app_knows_the_window() {
    refuse("only src/app names egui", r"\b(egui|eframe|egui_\w+)\b", &["src"], |source| source.room() == "app");
}

#[test]
fn only_the_theme_has_colours() {
    refuse(
        "take the colour from app/theme.rs",
        r"\b(Color32|Rgba)::(from_\w+\(\s*\d|(BLACK|WHITE|GRAY|\w*(GRAY|RED|GREEN|BLUE|YELLOW|ORANGE|BROWN|GOLD|CYAN|MAGENTA|PURPLE|KHAKI))\b)|hex_color!|\bRgb\(\[\s*\w*\d",
        &["src"],
        |source| source.path == "src/app/theme.rs",
    );
    let pattern = regex::Regex::new(r##""#[0-9a-fA-F]{6}""##).unwrap();
    for source in sources(&["src"]) {
        if source.path != "src/app/theme.rs" {
            let code = source.text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let lines: Vec<_> = code.filter(|line| pattern.is_match(line)).collect();
            assert!(lines.is_empty(), "{}: take the colour from app/theme.rs: {lines:?}", source.path);
        }
    }
}

#[test]
fn sets_change_only_through_edits() {
    refuse(
        "make an annotation::Edit",
        // A field of a struct's own, `self.claims`, is not a set's.
        r"(^|[^f]|[^l]f)\.(sources|mentions|claims|assessments|relations|remarks|dismissed|conflicts|deleted)\s*\.\s*(insert|remove|retain|clear|entry|get_mut|iter_mut|values_mut|append|extend)\(",
        &["src"],
        // Reading a sidecar or a foreign file makes a set that nobody has seen yet.
        |source| ["annotation", "sidecar"].contains(&source.room()) || source.path.starts_with("src/exchange/brat/"),
    );
}

/// What the two ways in to the program, the command line and the window, may use.
const BELOW: [&str; 10] =
    ["files", "document", "reading", "annotation", "sidecar", "review", "assist", "exchange", "collection", "settings"];

/// The rooms, and those that each may use. Arrows go one way.
const ROOMS: [(&str, &[&str]); 12] = [
    ("files", &[]),
    ("document", &[]),
    ("reading", &["document"]),
    ("annotation", &["document"]),
    ("sidecar", &["files", "document", "annotation"]),
    ("settings", &["files", "annotation", "sidecar"]),
    ("review", &["files", "document", "annotation", "sidecar", "assist"]),
    ("assist", &["files", "document", "annotation", "sidecar"]),
    ("exchange", &["files", "document", "annotation", "sidecar"]),
    ("collection", &["files", "document", "reading", "annotation", "sidecar", "review", "assist", "exchange"]),
    ("cli", &BELOW),
    ("app", &BELOW),
];

#[test]
fn arrows_between_rooms_go_one_way() {
    let path = regex::Regex::new(r"\bcrate::(\w+)").unwrap();
    let mut wrong = Vec::new();
    for source in sources(&["src"]) {
        let Some((room, may)) = ROOMS.iter().find(|(room, _)| *room == source.room()) else {
            assert!(["lib", "main"].contains(&source.room()), "{} is in no room of this test's table", source.path);
            continue;
        };
        for found in path.captures_iter(&source.code) {
            let other = &found[1];
            if other != *room && !may.contains(&other) {
                wrong.push(format!("{} uses {other}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_unsafe() {
    refuse("no unsafe code", r"\bunsafe\b", &["src", "tests", "benches"], |_| false);
}

#[test]
fn every_file_says_what_it_is_for() {
    let sources = sources(&["src", "tests", "benches"]);
    let silent: Vec<_> = sources.iter().filter(|source| !source.text.starts_with("//! ")).map(|it| &it.path).collect();
    assert!(silent.is_empty(), "begin these with //!: {silent:?}");
}

#[test]
fn the_tests_that_files_name_are_there() {
    let named = regex::Regex::new(r"\b(tests|benches)/[a-z_0-9/]+\.rs\b").unwrap();
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for source in sources(&["src"]) {
        for line in source.text.lines().filter(|line| line.starts_with("//!")) {
            let gone = named.find_iter(line).filter(|found| !top.join(found.as_str()).is_file());
            missing.extend(gone.map(|found| format!("{} names {}", source.path, found.as_str())));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn nothing_of_one_machine_is_in_the_source() {
    let place = regex::Regex::new(r#"["` (](/(work|root|home|Users|tmp|var|private)/|[A-Z]:\\\\)"#).unwrap();
    for source in sources(&["src", "benches"]) {
        let lines: Vec<_> = source.text.lines().filter(|line| place.is_match(line)).collect();
        assert!(lines.is_empty(), "{}: a path of one machine: {lines:?}", source.path);
    }
}
