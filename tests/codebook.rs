//! The codebook: the built-in one, a team's own, and what neither reader understands.

use proptest::prelude::*;
use std::sync::Arc;

use vouch::annotation::{
    Codebook, CodebookEdit, CodebookHistory, Eyes, FALLS_TOGETHER, LEAST_CONTRAST, Rgb, Scales, Tag, Way, hues,
    ink_on_kinds, paper,
};

/// Reads a codebook and gives what was told.
fn check(ron: &str, expected_warnings: &[&str]) -> Codebook {
    let (codebook, warnings) = Codebook::parse(ron.as_bytes()).unwrap_or_else(|refused| panic!("{refused}"));
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected_warnings);
    codebook
}

#[test]
fn the_built_in_codebook_reads_without_a_word_and_prints_as_it_stands() {
    let (codebook, warnings) = Codebook::read_built_in();
    assert_eq!(warnings, []);
    assert_eq!(codebook.print(), include_str!("../assets/codebook.ron"));
}

#[test]
fn every_built_in_kind_explains_itself_and_can_be_told_apart() {
    let codebook = Codebook::built_in();
    let keys: Vec<_> =
        codebook.kinds.iter().map(|kind| (kind.letter.as_str(), kind.digit, kind.key.as_str())).collect();
    assert_eq!(
        keys,
        [
            ("S", Some(1), "statistic"),
            ("E", Some(2), "event"),
            ("P", Some(3), "prediction"),
            ("C", Some(4), "commitment"),
            ("N", Some(5), "normative"),
            ("K", Some(6), "causal"),
            ("R", Some(7), "rule"),
            ("O", Some(8), "opinion"),
            ("X", Some(9), "other"),
        ]
    );
    for kind in &codebook.kinds {
        assert!(kind.definition.len() > 40 && kind.not_for.len() > 40 && kind.examples.len() >= 2, "{}", kind.key);
        let (light, dark) = kind.colours.contrast();
        assert!(light >= LEAST_CONTRAST && dark >= LEAST_CONTRAST, "the mark of {} on paper", kind.key);
        let ink = ink_on_kinds();
        for (colour, ink) in [(kind.colours.light, ink.light), (kind.colours.dark, ink.dark)] {
            assert!(colour.contrast(ink) >= 4.5, "the letter of {} on its tile", kind.key);
        }
    }
    assert_eq!(codebook.check(), []);
}

/// Figures of the published definitions: black on white is 21:1, WCAG's own example grey 4.54:1; red and green of
/// equal lightness fall together without the cones for green and do not otherwise.
#[test]
fn contrast_and_colour_blindness_are_the_published_ones() {
    let rgb = |text| Rgb::parse(text).expect("a colour");
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.01, "{found}, expected {expected}");
    near(rgb("#000000").contrast(rgb("#ffffff")), 21.0);
    near(rgb("#767676").contrast(rgb("#ffffff")), 4.54);
    near(rgb("#000000").distance(rgb("#ffffff"), Eyes::Usual), 1.0);
    near(rgb("#0072b2").distance(rgb("#0072b2"), Eyes::Protan), 0.0);
    let (red, green) = (rgb("#a86000"), rgb("#7a7a00"));
    assert!(red.distance(green, Eyes::Usual) > 0.08 && red.distance(green, Eyes::Deutan) < 0.04);
}

#[test]
fn the_hues_that_are_offered_stand_out_and_stay_apart() {
    assert!(hues().len() >= 2 && hues().iter().all(|list| list.hues.len() >= 7));
    let rgb = |text| Rgb::parse(text).expect("a colour");
    assert_eq!((paper().light, paper().dark), (rgb("#fbfaf7"), rgb("#1d1e20")));
    for list in hues() {
        for (i, hue) in list.hues.iter().enumerate() {
            let (light, dark) = hue.contrast();
            assert!(light >= LEAST_CONTRAST && dark >= LEAST_CONTRAST, "{}: {hue:?}", list.name);
            for other in &list.hues[..i] {
                assert!(hue.nearest(*other).2 >= FALLS_TOGETHER, "{}: {hue:?} and {other:?}", list.name);
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_codebook_is_found() {
    let (codebook, _) = Codebook::parse(
        br##"(
            kinds: [
                (key: "a", letter: "A", digit: 1, light: "#f0e0d0", dark: "#e0c04a", definition: "One."),
                (key: "b", letter: "a", digit: 1, light: "#7a5c00", dark: "#303030", definition: "Two."),
                (key: "a", letter: "C", light: "#b24a00", dark: "#f0883e", definition: " "),
            ],
            tags: [(key: "t", tags: [(key: "t", definition: "Twice.")])],
            fields: [(key: "f", on: "claim"), (key: "f", on: "source", definition: "Not the same as a claim's.")],
            scales: [(axis: "credibility", scale: "gone-2031"), (axis: "likelihood", scale: "phia-2019")],
            relations: [], markings: [], styles: [], statuses: [],
        )"##,
    )
    .expect("a codebook");
    let found: Vec<String> =
        codebook.check().iter().map(|finding| format!("{} {}", finding.what, finding.at)).collect();
    assert_eq!(
        found,
        [
            "duplicate-letter kinds: two kinds have the key a: it chooses the first",
            "duplicate-digit kinds: two kinds have the key 1: it chooses the first",
            "duplicate-key kinds: \"a\" stands twice: the first is used",
            "duplicate-key tags: \"t\" stands twice: the first is used",
            "unknown-scale scales[0]: no scale \"gone-2031\" with the axis \"credibility\": it cannot be judged on",
            "contrast kinds[0].light: the marks of \"a\" are hard to see in the light theme: 1.2:1 on paper, at least 3:1 is needed",
            "contrast kinds[1].dark: the marks of \"b\" are hard to see in the dark theme: 1.2:1 on paper, at least 3:1 is needed",
            "colour-blind kinds[2].light: \"b\" and \"a\" look alike to red-blind eyes in the light theme: only their letters tell them apart",
            "no-definition kinds[2].definition: \"a\" has no definition: two people will use it in two ways",
            "no-definition tags: \"t\" has no definition: two people will use it in two ways",
            "no-definition fields[0].definition: \"f\" has no definition: two people will use it in two ways",
        ]
    );
}

#[test]
fn where_two_codebooks_differ_is_said_field_by_field() {
    let a = Codebook::built_in();
    let mut b = a.clone();
    b.edition = "2".to_owned();
    b.kinds[0].label = "figure".to_owned();
    let rule = b.kinds.remove(6);
    b.kinds.swap(0, 1);
    b.tags[1].tags[0].label = "arms".to_owned();
    b.checks.push("no-cue".to_owned());
    let told: Vec<String> = a
        .differences(&b)
        .into_iter()
        .map(|difference| {
            let short = |ron: Option<String>| ron.map(|ron| ron.chars().take(32).collect::<String>());
            format!("{} {:?} {:?}", difference.place, short(difference.a), short(difference.b))
        })
        .collect();
    assert_eq!(
        told,
        [
            r#"edition Some("\"1\"") Some("\"2\"")"#,
            r#"checks Some("[\"no-source\", \"no-assessment\", \"") Some("[\"no-source\", \"no-assessment\", \"")"#,
            r#"kinds[statistic].label Some("\"statistic\"") Some("\"figure\"")"#,
            r#"kinds[rule] Some("(key: \"rule\", label: \"rule\", let") None"#,
            r#"kinds: order Some("[\"statistic\", \"event\", \"predicti") Some("[\"event\", \"statistic\", \"predicti")"#,
            r#"tags[topic/defence].label Some("\"defence\"") Some("\"arms\"")"#,
        ]
    );
    assert_eq!(rule.key, "rule");
    assert_eq!(a.differences(&a.clone()), []);
}

#[test]
fn a_step_is_taken_back_and_what_others_changed_meanwhile_stays() {
    let first = Arc::new(Codebook::built_in().clone());
    let renamed = Arc::new({
        let mut codebook = (*first).clone();
        codebook.kinds[0].label = "figure".to_owned();
        codebook
    });
    let mut history = CodebookHistory::default();
    let step = |label: &str, before: &Arc<Codebook>, after: &Arc<Codebook>| CodebookEdit {
        label: label.to_owned(),
        before: Arc::clone(before),
        after: Arc::clone(after),
    };
    history.note(step("change kind", &first, &renamed), true);
    let longer = Arc::new({
        let mut codebook = (*renamed).clone();
        codebook.kinds[0].label = "figures".to_owned();
        codebook
    });
    history.note(step("change kind", &renamed, &longer), true);
    // A colleague adds a kind and moves another.
    let mut theirs = (*longer).clone();
    theirs.kinds.push(theirs.new_kind());
    theirs.kinds.swap(2, 3);
    let theirs = Arc::new(theirs);
    let undone = history.undo(&theirs).expect("one step");
    let keys = |codebook: &Codebook| codebook.kinds.iter().map(|kind| kind.key.clone()).collect::<Vec<_>>();
    assert_eq!(undone.after.kinds[0].label, "statistic");
    assert_eq!(keys(&undone.after), keys(&theirs));
    assert!(history.undo(&undone.after).is_none(), "a burst of typing is one step");
    let redone = history.redo(&undone.after).expect("done again");
    assert_eq!(*redone.after, *theirs);
}

#[test]
fn two_peoples_changes_are_merged_entry_by_entry() {
    let base = Codebook::built_in();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.kinds[1].label = "happening".to_owned();
    ours.tags[1].tags.remove(6);
    ours.markings.remove(0);
    ours.axis = "likelihood".to_owned();
    theirs.kinds[1].label = "occurrence".to_owned();
    theirs.kinds[2].label = "forecast".to_owned();
    theirs.tags[1].label = "theme".to_owned();
    theirs.markings[0].label = "CLEAR".to_owned();
    theirs.kinds.insert(1, base.new_kind());
    let (merged, clashes) = Codebook::merged(base, &ours, &theirs);
    assert_eq!(clashes, ["kinds[event]", "markings[TLP:CLEAR]"]);
    let labels: Vec<_> = merged.kinds.iter().take(4).map(|kind| kind.label.as_str()).collect();
    assert_eq!(labels, ["statistic", "kind", "happening", "forecast"]);
    assert_eq!((merged.tags[1].label.as_str(), merged.tags[1].tags.len()), ("theme", 6));
    assert_eq!((merged.markings[0].label.as_str(), merged.axis.as_str()), ("CLEAR", "likelihood"));
}

#[test]
fn a_new_kind_has_signs_and_a_colour_of_its_own() {
    let mut codebook = Codebook::built_in().clone();
    for _ in 0..2 {
        let kind = codebook.new_kind();
        codebook.kinds.push(kind);
    }
    let [.., ninth, tenth, eleventh] = codebook.kinds.as_slice() else { panic!("eleven kinds") };
    assert_eq!((ninth.digit, tenth.digit), (Some(9), None));
    assert_eq!([&tenth.key, &eleventh.key], ["kind", "kind-2"]);
    assert_eq!([&tenth.letter, &eleventh.letter], ["A", "B"]);
    let unseen = codebook.check().into_iter().filter(|finding| finding.what != "no-definition").collect::<Vec<_>>();
    assert_eq!(unseen, []);
}

/// Tags with those below them in brackets.
fn shown(tags: &[Tag]) -> String {
    let one = |tag: &Tag| {
        if tag.tags.is_empty() { tag.key.clone() } else { format!("{}({})", tag.key, shown(&tag.tags)) }
    };
    tags.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn tags_are_added_moved_and_taken_away_on_every_level() {
    let mut codebook =
        check(r#"(tags: [(key: "a", tags: [(key: "b"), (key: "c", tags: [(key: "d")])]), (key: "e")])"#, &[]);
    assert_eq!(codebook.add_tag(Some("d")), "tag");
    assert_eq!(codebook.add_tag(None), "tag-2");
    assert_eq!(shown(&codebook.tags), "a(b c(d(tag))) e tag-2");
    assert!(codebook.move_tag("c", Way::Up) && !codebook.move_tag("c", Way::Up));
    assert_eq!(shown(&codebook.tags), "a(c(d(tag)) b) e tag-2");
    assert!(codebook.move_tag("e", Way::In) && codebook.move_tag("d", Way::Out));
    assert_eq!(shown(&codebook.tags), "a(c d(tag) b e) tag-2");
    assert!(
        codebook.move_tag("c", Way::Down) && !codebook.move_tag("a", Way::Out) && !codebook.move_tag("none", Way::In)
    );
    codebook.remove_tag("d");
    assert_eq!(shown(&codebook.tags), "a(tag c b e) tag-2");
}

#[test]
fn sections_that_a_file_leaves_out_stay_left_out_until_they_are_changed() {
    let old = br#"(name: "Desk 3", kinds: [(key: "threat", definition: "x")], sounds: 7)"#;
    let (mut codebook, _) = Codebook::parse(old).expect("a codebook");
    codebook.kinds[0].label = "menace".to_owned();
    let printed = codebook.print_over(old);
    assert!(printed.contains("menace") && printed.contains("sounds: 7"));
    assert!(!printed.contains("relations") && !printed.contains("checks") && !printed.contains("axis"), "{printed}");
    codebook.checks.push("no-cue".to_owned());
    let printed = codebook.print_over(printed.as_bytes());
    assert!(printed.contains("no-cue") && !printed.contains("relations"));
    assert_eq!(Codebook::parse(printed.as_bytes()).expect("reads").0, codebook);
}

#[test]
fn the_axes_in_use_find_their_terms() {
    let codebook = Codebook::built_in();
    for (axis, scale, terms) in [
        ("reliability", "admiralty", 6),
        ("credibility", "admiralty", 6),
        ("likelihood", "icd203-2015", 7),
        ("confidence", "icd203-2015", 3),
    ] {
        assert_eq!(codebook.scale_in_use(axis), Some(scale));
        assert_eq!(codebook.axis_in_use(axis).map(|axis| axis.terms.len()), Some(terms));
    }
    assert_eq!(codebook.axis, "credibility");
    assert_eq!(codebook.axis_in_use("speed"), None);
}

#[test]
fn kinds_are_chosen_by_letter_or_digit() {
    let by = |sign| Codebook::built_in().kind_by_sign(sign).map(|kind| kind.key.as_str());
    assert_eq!((by('c'), by('C'), by('4')), (Some("commitment"), Some("commitment"), Some("commitment")));
    assert_eq!((by('z'), by('0'), by('ß')), (None, None, None));
}

#[test]
fn an_unknown_kind_is_neutral_and_shows_its_first_letter() {
    let codebook = Codebook::built_in();
    let look = codebook.look(Some("événement"));
    assert_eq!((look.letter, look.label, look.colours, look.known), ("é", "événement", codebook.unknown, false));
    assert_eq!(codebook.look(None).letter, "–");
    assert_eq!(codebook.look(Some("")).letter, "");
    assert_eq!(codebook.look(Some("rule")).letter, "R");
    assert!(codebook.kinds.iter().all(|kind| kind.colours != codebook.unknown));
}

#[test]
fn a_section_left_out_is_the_built_in_one() {
    let codebook = check(
        r##"(name: "Desk 3", kinds: [(key: "threat", light: "#aa0000", dark: "#ff8888")], checks: [], axis: "likelihood")"##,
        &[],
    );
    assert_eq!(codebook.name, "Desk 3");
    let kinds: Vec<_> = codebook.kinds.iter().map(|kind| (kind.key.as_str(), kind.letter.as_str())).collect();
    assert_eq!(kinds, [("threat", "T")]);
    assert_eq!(codebook.relations, Codebook::built_in().relations);
    assert_eq!(codebook.in_use, Codebook::built_in().in_use);
    assert_eq!(codebook.axis, "likelihood");
    assert!(codebook.checks.is_empty(), "none on, which is not the same as not said");
}

#[test]
fn a_team_defines_its_own_scale_and_fields() {
    let codebook = check(
        r#"(
            own_scales: [(id: "desk-1", name: "Desk", publication: "Handbook, p. 4", axes: [
                (axis: "credibility", terms: [(key: "weak", level: "low"), (key: "strong", level: "high")]),
            ])],
            scales: [(axis: "credibility", scale: "desk-1"), (axis: "likelihood", scale: "phia-2019")],
            fields: [(key: "theatre", holds: "choice", choices: ["north", "south"], required: true)],
            tags: [(key: "a", tags: [(key: "b", tags: [(key: "c", label: "Ça")])])],
        )"#,
        &[],
    );
    assert_eq!(codebook.axis_in_use("credibility").map(|axis| axis.terms.len()), Some(2));
    assert_eq!(codebook.scales.iter().count(), Scales::built_in().iter().count() + 1);
    assert_eq!((codebook.fields[0].on.as_str(), codebook.fields[0].required), ("claim", true));
    assert_eq!(codebook.tag("c").map(|tag| tag.label.as_str()), Some("Ça"));
    let again = check(&codebook.print(), &[]);
    assert_eq!(again, codebook);
}

#[test]
fn what_is_not_understood_is_told_kept_and_printed_again() {
    let codebook = check(
        r#"(
            version: (1, 7), sounds: {"done": Bell(3)},
            kinds: [
                (key: "a", digit: 12, light: "red", icon: "✓"),
                (key: "b", letter: "A", digit: "x"),
                (key: "a"), (label: "no key"), 7,
            ],
            fields: [(key: "f", holds: "colour", on: "planet")],
            scales: [(axis: "credibility", scale: "gone-2031")],
            checks: "all",
        )"#,
        &[
            "kinds[4]: expected a structure (name: value, …): entry left out",
            "kinds[0].digit: expected a digit from 1 to 9, found 12: left out",
            "kinds[0].light: expected a colour \"#rrggbb\", found \"red\": shown neutral",
            "kinds[0].icon: not known to this version: kept as it is",
            "kinds[1].digit: expected a digit from 1 to 9, found \"x\"",
            "kinds[3].key: an entry needs a key: left out",
            "fields[0].on: expected \"claim\", \"source\" or \"document\", found \"planet\": the field is not shown",
            "fields[0].holds: \"colour\" is not known to this version: treated as text",
            "checks: expected a list of texts, found \"all\"",
            "sounds: not known to this version: kept as it is",
            "kinds: two kinds have the key a: it chooses the first",
            "kinds: two kinds have the key a: it chooses the first",
            "kinds: \"a\" stands twice: the first is used",
            "scales[0]: no scale \"gone-2031\" with the axis \"credibility\": it cannot be judged on",
            "axis: no scale is in use for \"credibility\": \"\" is taken",
        ],
    );
    let printed = codebook.print();
    for kept in ["sounds: {\"done\": Bell(3)}", "icon: \"✓\"", "digit: \"x\"", "checks: \"all\"", "gone-2031"] {
        assert!(printed.contains(kept), "{kept} is lost in {printed}");
    }
    assert_eq!(printed.matches("checks:").count(), 1);
}

#[test]
fn what_is_no_codebook_is_refused_with_a_reason() {
    let refused = |bytes: &[u8]| Codebook::parse(bytes).expect_err("refused").to_string();
    assert_eq!(refused(b"\xff\xfe"), "not UTF-8: save it as UTF-8");
    assert_eq!(refused(b"(format: \"vouch-annotations\")"), "not a codebook: its format is not \"vouch-codebook\"");
    assert!(refused(b"(\n  name: \"x\n").starts_with("line "), "{}", refused(b"(\n  name: \"x\n"));
    assert!(refused(b"[1, 2]").starts_with("line "));
    assert!(refused("(".repeat(5000).as_bytes()).starts_with("line "));
    let nothing = "not a codebook: it has neither format: \"vouch-codebook\" nor a field of one (name, kinds, tags, …)";
    for ron in ["hello", "()", "\u{feff}()", "(title: \"Summit\", size: 3)"] {
        assert_eq!(refused(ron.as_bytes()), nothing, "{ron}");
    }
    for ron in ["", " \n", "\u{feff}"] {
        assert_eq!(refused(ron.as_bytes()), "the file is empty, and so no codebook", "{ron:?}");
    }
    // Its format makes one of it, whatever a later version writes in it; so does a section without the format.
    assert_eq!(check("\u{feff}(format: \"vouch-codebook\")", &[]), *Codebook::built_in());
    let later = check(
        "(format: \"vouch-codebook\", version: (9, 0), orbit: Far)",
        &["orbit: not known to this version: kept as it is"],
    );
    assert!(later.read_only().is_some() && later.print().contains("orbit: Far"));
    assert!(check("(checks: [])", &[]).checks.is_empty());
}

#[test]
fn a_codebook_of_a_later_version_is_in_force_and_not_changed() {
    let later = check(
        "(version: (2, 3), kinds: [(key: \"threat\")], orbit: Far)",
        &["orbit: not known to this version: kept as it is"],
    );
    assert_eq!(later.kinds.len(), 1);
    assert!(later.read_only().is_some_and(|why| why.contains("format 2.3")));
    assert!(later.print().contains("version: (2, 3)"));
    let needs = check("(requires: [\"formulas\"])", &[]);
    assert!(needs.read_only().is_some_and(|why| why.contains("\"formulas\"")));
    assert_eq!(Codebook::parse(b"(version: (1, 9))").map(|(codebook, _)| codebook.read_only()), Ok(None));
}

#[test]
fn a_field_says_what_fits_in_it() {
    let fits = |holds: &str, value: &str| {
        let choices = vec!["north".to_owned()];
        vouch::annotation::Field { holds: holds.to_owned(), choices, ..Default::default() }.fits(value)
    };
    for (holds, good, bad) in [
        ("number", "300,000", "many"),
        ("date", "2023-06-28", "28 June"),
        ("date", "2023-06", "2023-6"),
        ("choice", "north", "south"),
        ("yes/no", "yes", "perhaps"),
    ] {
        assert!(fits(holds, good) && !fits(holds, bad), "{holds}");
    }
    assert!(fits("text", "anything") && fits("orbit", "anything"));
}

#[test]
fn colours_are_six_digits() {
    assert_eq!(Rgb::parse("#0072b2"), Some(Rgb([0, 0x72, 0xb2])));
    for wrong in ["", "#", "0072b2", "#0072b", "#0072b2f", "#0072g2", "#+172b2", "#äöü"] {
        assert_eq!(Rgb::parse(wrong), None, "{wrong}");
    }
}

proptest! {
    /// Whatever the texts hold, what is printed reads as the same codebook.
    #[test]
    fn printing_and_reading_give_the_same(name in any::<String>(), label in any::<String>(), key in "\\PC{1,8}") {
        let mut codebook = Codebook::built_in().clone();
        codebook.name = name;
        codebook.kinds[0].label = label.clone();
        codebook.kinds[0].examples = vec![label];
        codebook.statuses[0].key = format!("{key}x");
        let (again, warnings) = Codebook::parse(codebook.print().as_bytes()).expect("reads");
        prop_assert_eq!(warnings, vec![]);
        prop_assert_eq!(again, codebook);
    }

    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Codebook::parse(&bytes);
    }
}
