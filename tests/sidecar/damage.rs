//! Damaged and hostile files: no panic, and nothing is lost that can be read.

use proptest::prelude::*;
use vouch::annotation::{AnnotationSet, Id, ItemKind};
use vouch::sidecar::{MAX_BYTES, MAX_ITEMS, Problem, ReadError, ReadOnly, read};

use super::{EXAMPLE, example_with, printed, read_clean};

/// Every item of the example with the line that it stands on.
fn example_items() -> Vec<(ItemKind, Id, usize)> {
    let set = read_clean(EXAMPLE).set;
    let line_of = |id: &Id| EXAMPLE.lines().position(|line| line.starts_with(&format!("    \"{id}\": "))).unwrap();
    items(&set).into_iter().map(|(kind, id)| (kind, id.clone(), line_of(&id))).collect()
}

fn items(set: &AnnotationSet) -> Vec<(ItemKind, Id)> {
    let mut items: Vec<(ItemKind, Id)> = Vec::new();
    items.extend(set.sources.keys().map(|id| (ItemKind::Source, id.clone())));
    items.extend(set.mentions.keys().map(|id| (ItemKind::Mention, id.clone())));
    items.extend(set.claims.keys().map(|id| (ItemKind::Claim, id.clone())));
    items.extend(set.assessments.keys().map(|id| (ItemKind::Assessment, id.clone())));
    items.extend(set.remarks.keys().map(|id| (ItemKind::Remark, id.clone())));
    items.extend(set.dismissed.keys().map(|id| (ItemKind::Dismissal, id.clone())));
    items.extend(set.deleted.keys().map(|id| (ItemKind::Deleted, id.clone())));
    items
}

/// Reads a damaged file and expects these problems (as shown), and every item of the example but these.
fn check(text: &str, problems: &[&str], lost: &[&str]) -> Vec<Problem> {
    let read = read(text.as_bytes()).unwrap();
    let shown: Vec<String> = read.problems.iter().map(Problem::to_string).collect();
    assert_eq!(shown, problems);
    let original = read_clean(EXAMPLE).set;
    for (kind, id, _) in example_items() {
        let expected = if lost.contains(&id.as_str()) { None } else { original.item(kind, &id) };
        assert_eq!(read.set.item(kind, &id), expected, "{id}");
    }
    read.problems
}

#[test]
fn a_damaged_line_costs_its_item_and_is_kept() {
    let problems = check(
        &example_with("spans: [(669, 671)]", "spans: [(669, 671]"),
        &["line 20, column 42: Expected closing `)`"],
        &["m-8c1d"],
    );
    assert!(problems[0].raw.starts_with("\"m-8c1d\": (anchor: (spans: [(669, 671], "));
}

#[test]
fn columns_are_code_points() {
    check(
        &example_with(
            "(on: \"c-5w0a\", axis: \"credibility\"",
            "(why: \"ที่ 👩\u{200d}🚀\", on: c, axis: \"credibility\"",
        ),
        &["line 27, column 36: Expected string"],
        &["a-2n6r"],
    );
}

#[test]
fn numbers_that_are_none_are_refused() {
    for number in ["1e999", "-1e999", "NaN", "inf", "-inf"] {
        let text = example_with("term: \"2\"", &format!("value: {number}"));
        let read = read(text.as_bytes()).unwrap();
        assert_eq!(read.problems.len(), 1);
        assert_eq!(read.problems[0].what, "not a finite number");
        assert!(read.set.assessments.is_empty());
    }
}

#[test]
fn a_damaged_opening_or_closing_line_costs_no_item() {
    check(
        &example_with("  claims: {\n", "  cl\u{1}ims; {\n"),
        &["line 22, column 3: not a line of an annotation set"],
        &[],
    );
    check(
        &example_with(
            "Summit's next ste\"), source: \"s-7k2m\"),\n",
            "Summit's next ste\"), source: \"s-7k2m\"),\n  },\n",
        ),
        &[],
        &[],
    );
    let closing = "  },\n  assessments: {\n";
    check(&example_with(closing, "  assessments: {\n"), &["line 25, column 3: a table is not closed"], &[]);
    check(&example_with("(\n  format", "\n  format"), &["line 3, column 3: the opening parenthesis is missing"], &[]);
    check(EXAMPLE.trim_end_matches(")\n"), &["line 39, column 1: the end is missing"], &[]);
}

#[test]
fn a_damaged_line_of_the_document_costs_that_line() {
    let text = example_with("media_type: \"text/plain\"", "media_type: \"text/plain");
    let read = read(text.as_bytes()).unwrap();
    assert_eq!(read.problems.len(), 1);
    assert_eq!(read.set.header.document.name, "vilnius-summit.txt");
    assert_eq!(read.set.header.document.text.as_ref().unwrap().reader, "plain-1");
    assert_eq!(read.set.len(), 8);
}

#[test]
fn bytes_that_are_not_utf_8_cost_their_line() {
    let mut bytes = EXAMPLE.as_bytes().to_vec();
    let at = EXAMPLE.find("Madrid").unwrap();
    bytes[at] = 0xFF;
    let read = read(&bytes).unwrap();
    assert_eq!(read.problems.len(), 1);
    assert_eq!((read.problems[0].line, read.problems[0].what.as_str()), (27, "not UTF-8"));
    assert_eq!(read.set.len(), 7);
}

#[test]
fn truncation_at_every_byte_keeps_what_stands_before() {
    let original = read_clean(EXAMPLE).set;
    let items = example_items();
    let lines: Vec<usize> = EXAMPLE.match_indices('\n').map(|(at, _)| at).collect();
    for length in 0..EXAMPLE.len() {
        let Ok(read) = read(&EXAMPLE.as_bytes()[..length]) else {
            // Up to where the format is named there is nothing to be had.
            assert!(length < EXAMPLE.find("  version").unwrap(), "{length}");
            continue;
        };
        assert_eq!(read.problems.is_empty(), length >= EXAMPLE.len() - 1, "{length}");
        for (kind, id, line) in &items {
            // The line without its comma is whole.
            if length + 1 >= lines[*line] {
                assert_eq!(read.set.item(*kind, id), original.item(*kind, id), "{length} {id}");
            }
        }
    }
}

#[test]
fn a_flipped_bit_costs_at_most_what_it_hits() {
    let original = read_clean(EXAMPLE).set;
    let line_of = |at: usize| EXAMPLE.bytes().take(at).filter(|&byte| byte == b'\n').count();
    let items = example_items();
    for at in 0..EXAMPLE.len() {
        let bit = (at * 5 + 3) % 8;
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        bytes[at] ^= 1 << bit;
        let Ok(read) = read(&bytes) else { panic!("nothing was read: byte {at}, bit {bit}") };
        let hit = line_of(at);
        for (kind, id, line) in &items {
            let is_same = read.set.item(*kind, id) == original.item(*kind, id);
            // A table's name may have become one that is not known: its items are in what is kept of that.
            let is_kept = read.set.header.extra.iter().any(|(_, value)| value.contains(&format!("\"{id}\"")));
            assert!(is_same || is_kept || *line == hit || *line == hit + 1, "byte {at}, bit {bit}: {id}");
        }
    }
}

#[test]
fn nothing_and_zero_bytes_are_empty() {
    for bytes in [&b""[..], b"\n \n", &[0; 4096], b"\xEF\xBB\xBF"] {
        assert_eq!(read(bytes).unwrap_err(), ReadError::Empty);
    }
}

#[test]
fn what_is_no_annotation_set_is_refused_with_its_place() {
    let refused = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        refused("hello"),
        "not an annotation set: line 1, column 1: the format is missing: look for it among the backups"
    );
    assert_eq!(refused("(format: \"vouch-set\")"), "the format is \"vouch-set\", not an annotation set");
    assert!(matches!(read(b"\xFF\xFE(\0").unwrap_err(), ReadError::Utf16));
    assert!(matches!(read(&[0xC0; 5000]).unwrap_err(), ReadError::Unreadable(_)));
}

#[test]
fn a_newer_major_version_and_unknown_needs_open_for_reading_only() {
    let newer = read(example_with("version: (1, 0)", "version: (2, 1)").as_bytes()).unwrap();
    assert_eq!(newer.read_only, Some(ReadOnly::Version { major: 2, minor: 1 }));
    assert_eq!(newer.set.len(), 8);
    let needs = read(example_with("requires: []", "requires: [\"layers\"]").as_bytes()).unwrap();
    let reason = needs.read_only.unwrap();
    assert_eq!(reason, ReadOnly::Requires(vec!["layers".to_owned()]));
    assert!(reason.to_string().contains("layers"));
}

#[test]
fn brackets_without_end_do_not_reach_the_stack() {
    for bomb in ["(", "[", "{", "(a:", "{1:", "[(", "Some(", "/*", "\"c\": ("] {
        let deep = bomb.repeat(20_000);
        for text in [
            deep.clone(),
            format!("(format: \"vouch-annotations\", x: {deep}"),
            example_with("state: \"reading\"", &format!("mood: {deep}")),
            example_with("why: \"free indirect speech\"", &format!("mood: {deep}")),
        ] {
            if let Ok(read) = read(text.as_bytes()) {
                assert!(!read.problems.is_empty());
            }
        }
    }
    let closed = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let text = example_with("why: \"free indirect speech\"", &format!("mood: {closed}"));
    let read = read(text.as_bytes()).unwrap();
    assert_eq!((read.problems.len(), read.set.len()), (1, 7));
}

#[test]
fn more_than_the_limits_is_refused_and_no_more() {
    let with_note = |length: usize| {
        example_with(
            "style: \"indirect\", created: \"2026-11-24T03:15:10Z\"",
            &format!("note: \"{}\"", "x".repeat(length)),
        )
    };
    assert_eq!(read(with_note((1 << 20) - 2).as_bytes()).unwrap().problems, []);
    let long = read(with_note((1 << 20) - 1).as_bytes()).unwrap();
    assert_eq!(long.problems[0].what, "a string longer than 1 MiB");
    assert_eq!(long.set.len(), 7);
    let longer = example_with("aliases: [\"Stoltenberg\"]", &format!("aliases: [{}]", "\"x\", ".repeat(1 << 20)));
    assert_eq!(read(longer.as_bytes()).unwrap().problems[0].what, "longer than 4 MiB");
    assert_eq!(read(&vec![b' '; MAX_BYTES + 1]).unwrap_err(), ReadError::TooLarge);
    let many = example_with("  deleted: {\n", &format!("  deleted: {{\n{}", "\"c\":\"\",\n".repeat(MAX_ITEMS)));
    assert_eq!(read(many.as_bytes()).unwrap_err(), ReadError::TooMany);
}

#[test]
fn rows_of_small_damages_take_no_more_memory_than_the_file() {
    let text = example_with("  relations: {},\n", &"x\n\n".repeat(1 << 17));
    let read = read(text.as_bytes()).unwrap();
    assert_eq!((read.problems.len(), read.set.len()), (1, 8));
}

#[test]
fn a_short_range_may_not_stand_for_paragraphs_without_end() {
    let ranges = example_with("state: \"reading\"", "read: [(1, 18446744073709551615), (5, 2)]");
    assert_eq!(read(ranges.as_bytes()).unwrap().problems[0].what, "not a range of paragraphs");
}

/// What a slip of the hand, a bad merge or an attacker may put anywhere.
const SLIPS: &[&str] = &[
    "",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\\",
    "\n",
    ",",
    ":",
    "//",
    "/*",
    "*/",
    "r#\"",
    "\"#",
    "b\"",
    "Some(",
    "None",
    "\r\n",
    "\u{feff}",
    "\u{2028}",
    "\0",
    "\n<<<<<<< a\n",
    "\n=======\n",
    "\n>>>>>>> b\n",
    "claims: {\n",
    "\n  },\n",
    "\"c-1\": (),",
    "state: \"x\",",
    "x: 1,",
    "1e999",
    "#![enable(implicit_some)]",
    "ext: (",
    "r#a-b: 1,",
    "quote: [\"a\\\n   b\"],",
    "term: \"9\",",
    "()",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_was_read_of_a_damaged_file_can_be_written_and_read(
        slips in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..20, prop::sample::select(SLIPS)), 1..5)
    ) {
        let mut text = EXAMPLE.to_owned();
        for (at, length, slip) in slips {
            let start = text.floor_char_boundary(at.index(text.len()));
            let end = text.floor_char_boundary(text.len().min(start + length));
            text.replace_range(start..end, slip);
        }
        if let Ok(first) = read(text.as_bytes()) {
            let second = read_clean(&printed(&first.set, &first.origin));
            prop_assert_eq!(second.set, first.set);
        }
    }
}
