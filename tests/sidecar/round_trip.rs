//! What is written reads back as it was, what was read is written back as it stood.

use proptest::prelude::*;
use vouch::annotation::{AnnotationSet, Annotator, Assessment, Claim, Edit, Header, Id, Item, ItemKind, Source};
use vouch::document::CodeSpan;
use vouch::sidecar::{
    FileKind, Origin, TooLong, kind_from_table_name, print_item, print_string, read_item, table_name,
};

use super::any_set::any_set;
use super::{EXAMPLE, changed_lines, check, example_with, note, printed, read_clean};

#[test]
fn the_example_comes_back_byte_for_byte() {
    let read = check(EXAMPLE);
    assert!(!read.has_comments);
    assert_eq!(read.read_only, None);
    let set = &read.set;
    assert_eq!(set.header.document.text.as_ref().unwrap().length, Some(2955));
    let claim = &set.claims[&Id::new("c-p3qe")];
    assert_eq!(claim.anchor.spans, [CodeSpan { start: 693, end: 770 }]);
    assert_eq!(claim.anchor.quote, ["it reaffirmed the strategic error of President Putin’s illicit war in Ukraine"]);
    assert_eq!(claim.said.as_ref().unwrap()[0].by, [Id::new("m-8c1d")]);
    assert_eq!(set.assessments[&Id::new("a-2n6r")].why.as_deref(), Some("Same figure as the Madrid communiqué."));
    assert_eq!(*set.deleted[&Id::new("c-0b8f")], "2026-11-24T03:20:00Z");
    assert_eq!(set.len(), 8);
}

#[test]
fn the_example_is_what_our_printer_writes() {
    let read = read_clean(EXAMPLE);
    assert_eq!(printed(&read.set, &Origin::new(FileKind::Annotations)), EXAMPLE);
}

#[test]
fn a_new_set_has_every_table_and_no_conflicts() {
    let mut set = AnnotationSet::default();
    let header = Header {
        annotator: Annotator { handle: "anna".to_owned(), ..Annotator::default() },
        read: vec![1, 2, 3, 7],
        ..Header::default()
    };
    let mut edit = Edit::new("begin");
    edit.put(&set, &Id::new(""), Item::Header(header.into()));
    set.apply(&edit).unwrap();
    let expected = r#"// Vouch annotation set. Vouch does not keep comments.
(
  format: "vouch-annotations",
  version: (1, 0),
  requires: [],
  document: (
    name: "",
  ),
  annotator: (handle: "anna"),
  read: [(1, 3), (7, 7)],
  sources: {},
  mentions: {},
  claims: {},
  assessments: {},
  relations: {},
  remarks: {},
  dismissed: {},
)
"#;
    assert_eq!(printed(&set, &Origin::default()), expected);
    assert_eq!(read_clean(expected).set, set);
}

/// Unknown fields at every level, in known records and at the top, unknown words, an unknown table between two known
/// ones, data of other programs.
const FOREIGN: &[(&str, &str)] = &[
    ("state: \"reading\"", "state: \"pondering\""),
    ("  requires: [],\n", "  requires: [],\n  mood: Calm(1, 'x'),\n"),
    ("length: 2955)", "length: 2955, checked: true)"),
    ("published: \"2023-06-28\")", "published: \"2023-06-28\", r#city-of: \"Vilnius\")"),
    ("name: \"Anna Tamm\")", "name: \"Anna Tamm\", since: 2019)"),
    (
        "aliases: [\"Stoltenberg\"])",
        "aliases: [\"Stoltenberg\"], seen: [1, 2], descriptor: (bias: \"none\", who: \"x\"))",
    ),
    ("(spans: [(669, 671)]", "(page: 3, spans: [(669, 671)]"),
    ("kind: \"commitment\"", "kind: \"vow\", weight: 0.50, boxed: {\"a\": (b: r#\"c\"#)}"),
    (
        "  assessments: {\n",
        "  figures: {\n    \"f-1\": (of: \"m-4h9x\"),\n    \"f-2\": (of: [\n      1,\n    ]),\n  },\n  assessments: {\n",
    ),
    (
        "    \"c-0b8f\": \"2026-11-24T03:20:00Z\",\n  },\n",
        "    \"c-0b8f\": \"2026-11-24T03:20:00Z\",\n  },\n  ext: {\"brat\": (id: \"T1\")},\n",
    ),
];

fn foreign() -> String {
    FOREIGN.iter().fold(EXAMPLE.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn what_is_not_known_comes_back_byte_for_byte() {
    let read = check(&foreign());
    assert_eq!(read.set.claims[&Id::new("c-5w0a")].kind.as_deref(), Some("vow"));
    let names: Vec<&str> = read.set.header.extra.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["mood", "figures"]);
    assert_eq!(read.set.header.ext.as_deref(), Some("{\"brat\": (id: \"T1\")}"));
}

#[test]
fn an_edit_changes_one_line_and_keeps_what_it_does_not_know() {
    let text = foreign();
    let mut read = read_clean(&text);
    note(&mut read.set, "c-5w0a", "sic");
    let after = printed(&read.set, &read.origin);
    let (gone, come) = changed_lines(&text, &after);
    assert_eq!((gone.len(), come.len()), (1, 1));
    let expected = gone[0].replace(", weight: 0.50, boxed: {\"a\": (b: r#\"c\"#)}", "").replace(
        "created: \"2026-11-24T03:14:00Z\")",
        "note: \"sic\", created: \"2026-11-24T03:14:00Z\", weight: 0.50, boxed: {\"a\": (b: r#\"c\"#)})",
    );
    assert_eq!(come[0], expected);
    check(&after);
}

#[test]
fn an_addition_and_a_deletion_are_a_line_each() {
    let mut read = read_clean(EXAMPLE);
    let mut edit = Edit::new("settle");
    let id = Id::new("a-zzzz");
    let added = Assessment {
        axis: "likelihood".to_owned(),
        scale: "icd203-2015".to_owned(),
        value: Some(62.5),
        ..Assessment::default()
    };
    edit.put(&read.set, &id, Item::Assessment(added.into()));
    edit.take(&read.set, ItemKind::Mention, &Id::new("m-8c1d"));
    read.set.apply(&edit).unwrap();
    let after = printed(&read.set, &read.origin);
    let (gone, come) = changed_lines(EXAMPLE, &after);
    assert_eq!(gone.len(), 1);
    assert!(gone[0].starts_with("    \"m-8c1d\": "));
    assert_eq!(come, ["    \"a-zzzz\": (axis: \"likelihood\", scale: \"icd203-2015\", value: 62.5),"]);
}

#[test]
fn an_edit_of_the_head_changes_its_line_only() {
    let text = foreign();
    let mut read = read_clean(&text);
    let mut header = read.set.header.as_ref().clone();
    header.state = None;
    header.marking = Some("TLP:AMBER".to_owned());
    header.document.about.as_mut().unwrap().language = Some("en".to_owned());
    let mut edit = Edit::new("done");
    edit.put(&read.set, &Id::new(""), Item::Header(header.into()));
    read.set.apply(&edit).unwrap();
    let after = printed(&read.set, &read.origin);
    let (gone, come) = changed_lines(&text, &after);
    let about = "    about: (title: \"Strengthening Alliances and Prioritizing Security\", published: \"2023-06-28\"";
    assert_eq!(gone, [format!("{about}, r#city-of: \"Vilnius\"),").as_str(), "  state: \"pondering\","]);
    assert_eq!(
        come,
        [format!("{about}, language: \"en\", r#city-of: \"Vilnius\"),").as_str(), "  marking: \"TLP:AMBER\","]
    );
    check(&after);
}

#[test]
fn an_edit_taken_back_gives_the_bytes_that_were_read() {
    let text = foreign();
    let mut read = read_clean(&text);
    let claim = read.set.claims[&Id::new("c-5w0a")].clone();
    note(&mut read.set, "c-5w0a", "sic");
    let mut edit = Edit::new("take back");
    // As from a journal: the same value, not the same pointer.
    edit.put(&read.set, &Id::new("c-5w0a"), Item::Claim(claim.as_ref().clone().into()));
    read.set.apply(&edit).unwrap();
    assert_eq!(printed(&read.set, &read.origin), text);
}

#[test]
fn only_what_would_be_lost_or_hidden_is_escaped() {
    let check = |text: &str, expected: &str| {
        let mut out = String::new();
        print_string(&mut out, text);
        assert_eq!(out, format!("\"{expected}\""));
        assert_eq!(ron::from_str::<String>(&out).unwrap(), text);
    };
    check("Estonia's cafe\u{301}", "Estonia's cafe\u{301}");
    check("ที่นี่ हिन्दी שָׁלוֹם العربية 👩\u{200d}🚀 𝒳", "ที่นี่ हिन्दी שָׁלוֹם العربية 👩\u{200d}🚀 𝒳");
    check("a\"b\\c", r#"a\"b\\c"#);
    check("a\nb\rc\td\0e", r"a\nb\rc\td\0e");
    check("\u{1}\u{7f}\u{85}\u{9f}\u{a0}\u{ad}", "\\u{1}\\u{7f}\\u{85}\\u{9f}\u{a0}\u{ad}");
    check("\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}", "\\u{61c}\\u{200b}\u{200c}\u{200d}\\u{200e}\\u{200f}");
    check(
        "\u{2027}\u{2028}\u{202e}\u{202f}\u{205f}\u{2060}\u{2069}\u{206a}",
        "\u{2027}\\u{2028}\\u{202e}\u{202f}\u{205f}\\u{2060}\\u{2069}\u{206a}",
    );
    check("\u{feff}\u{fefe}", "\\u{feff}\u{fefe}");
}

#[test]
fn numbers_are_short_and_come_back() {
    for (value, expected) in
        [(80.0, "80"), (0.1, "0.1"), (-2.5, "-2.5"), (1e300, "1e300"), (1e-7, "1e-7"), (-0.0, "-0")]
    {
        let item = Item::Assessment(Assessment { value: Some(value), ..Assessment::default() }.into());
        let ron = print_item(&Id::new("a-1"), &item).unwrap();
        assert_eq!(ron, format!("(axis: \"\", scale: \"\", value: {expected})"));
        assert_eq!(read_item(ItemKind::Assessment, &ron).unwrap(), item);
    }
}

#[test]
fn an_item_too_long_for_a_sidecar_is_refused_before_it_is_acknowledged() {
    let long = |length: usize| Item::Claim(Claim { note: Some("x".repeat(length)), ..Claim::default() }.into());
    let id = Id::new("c-1");
    assert!(print_item(&id, &long((1 << 20) - 2)).is_ok());
    assert_eq!(print_item(&id, &long((1 << 20) - 1)), Err(TooLong::Text));
    let notes = vec!["x".repeat(1 << 19); 9];
    let source = Item::Source(Source { aliases: notes, ..Source::default() }.into());
    assert_eq!(print_item(&id, &source), Err(TooLong::Item));
}

#[test]
fn own_fields_of_sources_and_of_the_document_are_written_only_where_there_are_any() {
    assert!(!EXAMPLE.contains("fields"), "the example, which comes back as it stands, has none");
    let text = example_with(
        "aliases: [\"Stoltenberg\"])",
        "aliases: [\"Stoltenberg\"], fields: {\"party\": \"none\", \"since\": 2014})",
    );
    let text = text.replacen("-06-28\")", "-06-28\", fields: {\"desk\": \"east\"})", 1);
    let set = check(&text).set;
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(set.header.document.about.as_ref().unwrap().fields, [own("desk", "east")]);
    let source = set.sources.values().find(|source| !source.fields.is_empty()).unwrap();
    assert_eq!(source.fields, [own("party", "none"), own("since", "2014")]);
    assert_eq!(source.extra, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_set_comes_back(set in any_set()) {
        let text = printed(&set, &Origin::default());
        let read = read_clean(&text);
        prop_assert_eq!(&read.set, &set);
        prop_assert_eq!(printed(&read.set, &read.origin), text.clone());
        // Not only from what was remembered.
        prop_assert_eq!(printed(&read.set, &Origin::default()), text);
    }

    #[test]
    fn any_item_comes_back_on_one_line(set in any_set()) {
        let no_id = Id::new("");
        let items = std::iter::once((ItemKind::Header, &no_id))
            .chain(set.sources.keys().map(|id| (ItemKind::Source, id)))
            .chain(set.mentions.keys().map(|id| (ItemKind::Mention, id)))
            .chain(set.claims.keys().map(|id| (ItemKind::Claim, id)))
            .chain(set.assessments.keys().map(|id| (ItemKind::Assessment, id)))
            .chain(set.relations.keys().map(|id| (ItemKind::Relation, id)))
            .chain(set.remarks.keys().map(|id| (ItemKind::Remark, id)))
            .chain(set.dismissed.keys().map(|id| (ItemKind::Dismissal, id)))
            .chain(set.conflicts.keys().map(|id| (ItemKind::Conflict, id)))
            .chain(set.deleted.keys().map(|id| (ItemKind::Deleted, id)));
        for (kind, id) in items {
            let item = set.item(kind, id).unwrap();
            let ron = print_item(id, &item).unwrap();
            prop_assert!(!ron.contains('\n'));
            prop_assert_eq!(kind_from_table_name(table_name(kind)), Some(kind));
            prop_assert_eq!(read_item(kind, &ron), Ok(item));
        }
    }
}

#[test]
fn a_higher_minor_version_stays_as_it_is() {
    let read = check(&example_with("version: (1, 0)", "version: (1, 4)"));
    assert_eq!(read.read_only, None);
}
