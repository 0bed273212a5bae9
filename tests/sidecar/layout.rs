//! Files that another hand or program has been in: other layouts, comments, line ends, keys that stand twice, git.

use vouch::annotation::{AnnotationSet, Conflict, Id, Item};
use vouch::sidecar::{Origin, Problem, Read, ReadError, item_with_field, print_field, read};

use super::{EXAMPLE, changed_lines, check, example_with, note, printed, read_clean};

/// Puts something before and after every mark that stands outside strings.
fn relaid(text: &str, mark: impl Fn(char) -> String) -> String {
    let mut out = String::new();
    let mut is_in_string = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => is_in_string = !is_in_string,
            '\\' => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            _ => {}
        }
        if is_in_string || c == '"' { out.push(c) } else { out.push_str(&mark(c)) }
    }
    out
}

/// The example without its first line.
fn body() -> &'static str {
    EXAMPLE.split_once('\n').unwrap().1
}

#[test]
fn crlf_and_bom_are_accepted_and_not_written() {
    let crlf = EXAMPLE.replace('\n', "\r\n");
    for text in [crlf.clone(), format!("\u{feff}{EXAMPLE}"), format!("\u{feff}{crlf}")] {
        let read = read_clean(&text);
        assert!(!read.has_comments);
        assert_eq!(printed(&read.set, &read.origin), EXAMPLE);
    }
}

#[test]
fn utf_16_says_what_to_do() {
    let utf_16: Vec<u8> = EXAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let error = read(&[&b"\xFF\xFE"[..], &utf_16].concat()).unwrap_err();
    assert_eq!(error, ReadError::Utf16);
    assert_eq!(error.to_string(), "the file is in UTF-16: save it as UTF-8");
}

#[test]
fn a_layout_over_many_lines_reads_the_same_and_becomes_ours() {
    let spread = relaid(body(), |c| match c {
        '(' | '[' | '{' | ',' => format!("{c}\n\t  "),
        ')' | ']' | '}' => format!("\n{c}"),
        ':' => " :\n".to_owned(),
        c => c.to_string(),
    });
    let read = read_clean(&spread);
    assert!(!read.has_comments);
    assert_eq!(read.set, read_clean(EXAMPLE).set);
    assert_eq!(printed(&read.set, &read.origin), EXAMPLE);
}

#[test]
fn a_layout_on_one_line_reads_the_same() {
    let squeezed = relaid(body(), |c| if c == ' ' || c == '\n' { String::new() } else { c.to_string() });
    let read = read_clean(&squeezed);
    assert_eq!(read.set, read_clean(EXAMPLE).set);
    check(&printed(&read.set, &read.origin));
}

#[test]
fn names_options_and_attributes_of_another_printer_are_understood() {
    let text = body()
        .replacen('(', "#![enable(implicit_some)]\n#![type = \"set\"]\nAnnotationSet(", 1)
        .replace("(kind: \"person\"", "Source(descriptor: None, kind: Some(\"person\")")
        .replace("said: [", "said: Some([Voice")
        .replace("\")])], kind", "\")])]), kind");
    let read = read_clean(&text);
    assert!(read.has_comments, "attributes are lost like comments");
    assert_eq!(read.set, read_clean(EXAMPLE).set);
}

#[test]
fn one_item_over_several_lines_leaves_the_others_alone() {
    let text = example_with(", axis: \"credibility\"", ",\n      axis: \"credibility\"");
    let mut read = read_clean(&text);
    note(&mut read.set, "c-5w0a", "sic");
    let after = printed(&read.set, &read.origin);
    let (gone, come) = changed_lines(EXAMPLE, &after);
    assert_eq!((gone.len(), come.len()), (1, 1));
    assert!(gone[0].contains("c-5w0a"));
}

#[test]
fn comments_are_noticed_wherever_they_stand() {
    let claims = "  claims: {\n";
    let with_comment = [
        EXAMPLE.replace(claims, "  // mine\n  claims: {\n"),
        EXAMPLE.replace(claims, "  claims: { // mine\n"),
        EXAMPLE.replace(claims, "  claims: {\n    // mine\n"),
        EXAMPLE.replace(claims, "  claims: { /* mine */\n"),
        example_with("term: \"2\"", "term: /* mine */ \"2\""),
        example_with("03:14:20Z\"),\n", "03:14:20Z\"), // mine\n"),
        example_with("    sha256:", "    // mine\n    sha256:"),
        format!("{EXAMPLE}// mine\n"),
        EXAMPLE.replacen("// Vouch annotation set.", "// My annotation set.", 1),
    ];
    for text in with_comment {
        let read = read_clean(&text);
        assert!(read.has_comments, "{text}");
        assert_eq!(read.set, read_clean(EXAMPLE).set);
    }
    let in_strings = example_with("Same figure", "http://nato.int /* not */ // a comment, same figure");
    assert!(!check(&in_strings).has_comments);
}

#[test]
fn strings_over_several_lines_become_strings_on_one() {
    let text = example_with(
        "why: \"free indirect speech\"",
        "why: \"free\n  indirect \\\n    speech\", weight: r#\"a\nb\"#, b: b\"c\nd\"",
    );
    let read = read_clean(&text);
    let dismissal = &read.set.dismissed[&Id::new("d-1y7u")];
    assert_eq!(dismissal.why.as_deref(), Some("free\n  indirect speech"));
    assert_eq!(
        dismissal.extra,
        [("weight".to_owned(), "\"a\\nb\"".to_owned()), ("b".to_owned(), "b\"c\\nd\"".to_owned())]
    );
    check(&printed(&read.set, &read.origin));
}

#[test]
fn what_is_not_known_survives_a_layout_that_is_not_ours() {
    let text = example_with("axis: \"credibility\"", "weight: (\n a: 1, // of two\n b: 2), axis: \"credibility\"");
    let text =
        text.replacen("  relations: {},\n", "  relations: {}, figures: {\n\"f-1\": (of: \"x\"), // one\n},\n", 1);
    let read = read_clean(&text);
    assert!(read.has_comments);
    let assessment = &read.set.assessments[&Id::new("a-2n6r")];
    assert_eq!(assessment.extra, [("weight".to_owned(), "( a: 1,  b: 2)".to_owned())]);
    let again = read_clean(&printed(&read.set, &read.origin));
    assert_eq!(again.set, read.set);
    assert_eq!(again.set.header.extra[0].0, "figures");
}

/// The conflicts of a set: on what, which field, ours, theirs.
fn conflicts(set: &AnnotationSet) -> Vec<[String; 4]> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let row = |conflict: &Conflict| {
        let on = conflict.on.as_ref().unwrap().to_string();
        [on, text(&conflict.field), text(&conflict.ours), text(&conflict.theirs)]
    };
    set.conflicts.values().map(|conflict| row(conflict)).collect()
}

#[test]
fn an_item_that_stands_twice_is_kept_once_or_is_a_conflict() {
    let line = EXAMPLE.lines().find(|line| line.contains("\"r-9z4t\"")).unwrap().to_owned() + "\n";
    let twice = EXAMPLE.replace(&line, &line.repeat(2));
    let read = read_clean(&twice);
    assert_eq!(read.set, read_clean(EXAMPLE).set);

    let differing = EXAMPLE.replace(&line, &(line.clone() + &line.replace("agree with mart", "ask mart")));
    let read = read_clean(&differing);
    let remark = r#"(on: "c-p3qe", text: "Stance, not a fact: agree with mart?", made: "2026-11-24T04:00:00Z")"#;
    let theirs = remark.replace("agree with mart", "ask mart");
    assert_eq!(conflicts(&read.set), [["r-9z4t".to_owned(), String::new(), remark.to_owned(), theirs]]);
    assert_eq!(read_clean(&differing).set, read.set, "read twice, the same");
    assert_eq!(check(&printed(&read.set, &read.origin)).set, read.set);
}

#[test]
fn a_field_that_stands_twice_is_kept_once_or_is_a_conflict() {
    let same = example_with("term: \"2\"", "term: \"2\", term: \"2\"");
    assert_eq!(read_clean(&same).set, read_clean(EXAMPLE).set);
    let nested = example_with("quote: [\"emphasized\"]", "quote: [\"emphasized\"], quote: [\"emphasized\"]");
    assert_eq!(read_clean(&nested).set, read_clean(EXAMPLE).set);
    let unknown = example_with("term: \"2\"", "term: \"2\", weight: 1, weight: 1");
    assert_eq!(read_clean(&unknown).set.assessments[&Id::new("a-2n6r")].extra.len(), 1);

    let differing = example_with("term: \"2\"", "term: \"2\", term: \"3\"");
    let read = read_clean(&differing);
    let ours = read.set.assessments[&Id::new("a-2n6r")].clone();
    assert_eq!(ours.term.as_deref(), Some("2"));
    let found = conflicts(&read.set);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][0], "a-2n6r");
    assert!(found[0][2].contains("term: \"2\"") && found[0][3].contains("term: \"3\""));
    check(&printed(&read.set, &read.origin));
}

#[test]
fn a_field_of_the_head_that_stands_twice_is_kept_once_or_is_a_conflict() {
    let same = example_with("  state: \"reading\",\n", "  state: \"reading\",\n  state: \"reading\",\n");
    assert_eq!(read_clean(&same).set, read_clean(EXAMPLE).set);
    let differing = example_with("  state: \"reading\",\n", "  state: \"reading\",\n  state: \"done\",\n");
    let expected = [String::new(), "state".to_owned(), "\"reading\"".to_owned(), "\"done\"".to_owned()];
    assert_eq!(conflicts(&read_clean(&differing).set), [expected]);
    let about =
        "    about: (title: \"Strengthening Alliances and Prioritizing Security\", published: \"2023-06-28\"),\n";
    let twice = example_with(about, &(about.to_owned() + &about.replace("2023", "2024")));
    let found = conflicts(&read_clean(&twice).set);
    assert_eq!(found[0][1], "document");
    let annotator = example_with("handle: \"anna\"", "handle: \"anna\", handle: \"mart\"");
    assert_eq!(conflicts(&read_clean(&annotator).set)[0][1], "annotator");
    let version = example_with("version: (1, 0),", "version: (1, 0),\n  version: (1, 1),");
    assert_eq!(read(version.as_bytes()).unwrap().problems[0].to_string(), "line 5, column 3: stands twice");
    let table = example_with("  relations: {},\n", "  relations: {},\n  claims: {\n    \"c-zzzz\": (),\n  },\n");
    assert_eq!(read_clean(&table).set.claims.len(), 3);
}

#[test]
fn a_conflict_of_the_head_can_be_settled_either_way() {
    let twice = EXAMPLE.replace("  sources: {\n", "  mood: (a: 1),\n  mood: (a: 2),\n  ext: {1: 2},\n  ext: {3: 4},\n  marking: \"x\",\n  marking: \"y\",\n  sources: {\n");
    let set = read_clean(&twice).set;
    assert_eq!(set.conflicts.len(), 3);
    let mut head = Item::Header(set.header.clone());
    for conflict in set.conflicts.values() {
        assert_eq!(print_field(&head, conflict.field.as_deref()), conflict.ours);
        head = item_with_field(&head, conflict.field.as_deref().unwrap(), conflict.theirs.as_deref()).unwrap();
    }
    let Item::Header(head) = head else { unreachable!() };
    assert_eq!(head.extra, [("mood".to_owned(), "(a: 2)".to_owned())]);
    assert_eq!((head.ext.as_deref(), head.marking.as_deref()), (Some("{3: 4}"), Some("y")));
}

fn with_conflict(base: &str) -> String {
    let line = EXAMPLE.lines().find(|line| line.contains("\"r-9z4t\"")).unwrap();
    let theirs = line.replace("agree with mart?", "agreed");
    let more = "    \"r-zzzz\": (text: \"theirs\"),";
    EXAMPLE.replace(line, &format!("<<<<<<< HEAD\n{line}\n{base}=======\n{theirs}\n{more}\n>>>>>>> mart"))
}

#[test]
fn git_conflict_markers_open_as_two_sides() {
    let sides = |text: &str| -> Read { read(text.as_bytes()).unwrap() };
    let read = sides(&with_conflict(""));
    assert_eq!(read.problems, []);
    assert_eq!(read.set, read_clean(EXAMPLE).set);
    let theirs = read.theirs.unwrap();
    assert_eq!(theirs.base, None);
    assert_eq!(theirs.set.remarks.len(), 2);
    assert!(theirs.set.remarks[&Id::new("r-9z4t")].text.ends_with("agreed"));

    let theirs = sides(&with_conflict("||||||| 1f2e3d\n")).theirs.unwrap();
    assert!(theirs.base.unwrap().remarks.is_empty());
    let crlf = with_conflict("").replace('\n', "\r\n");
    assert!(sides(&crlf).theirs.is_some());
}

#[test]
fn conflict_markers_that_do_not_match_are_damage() {
    let text = with_conflict("").replace("=======\n", "");
    let read = read(text.as_bytes()).unwrap();
    assert!(read.theirs.is_none());
    let what: Vec<String> = read.problems.iter().map(Problem::to_string).collect();
    assert_eq!(
        what,
        ["line 31, column 1: not a line of an annotation set", "line 35, column 1: not a line of an annotation set"]
    );
    assert_eq!(read.set.remarks.len(), 2);
}

#[test]
fn a_layout_of_ours_printed_anew_has_the_order_of_the_format() {
    let text =
        example_with("  state: \"reading\",\n", "").replace("  sources: {\n", "  state: \"reading\",\n  sources: {\n");
    let moved = text.replace("  requires: [],\n", "").replace("  document: (\n", "  requires: [],\n  document: (\n");
    assert_eq!(printed(&check(&moved).set, &Origin::default()), EXAMPLE);
    let late = EXAMPLE.replace("  state: \"reading\",\n", "").replace("  },\n)\n", "  },\n  state: \"reading\",\n)\n");
    assert_eq!(printed(&check(&late).set, &Origin::default()), EXAMPLE);
}
