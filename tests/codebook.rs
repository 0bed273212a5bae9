//! The codebook: the built-in one, a team's own, and what neither reader understands.

use proptest::prelude::*;
use vouch::annotation::{Codebook, Rgb, Scales};

/// Reads a codebook and gives what was told.
fn check(ron: &str, expected_warnings: &[&str]) -> Codebook {
    let (codebook, warnings) = Codebook::parse(ron.as_bytes()).unwrap_or_else(|refused| panic!("{refused}"));
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected_warnings);
    codebook
}

/// Contrast of two colours (WCAG 2.2, 1.4.3).
fn contrast(Rgb(a): Rgb, Rgb(b): Rgb) -> f64 {
    let luminance = |rgb: [u8; 3]| {
        let [r, g, b] = rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
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
    let rgb = |text| Rgb::parse(text).expect("a colour");
    let (paper, dark_paper) = (rgb("#fbfaf7"), rgb("#1d1e20"));
    let (on_light, on_dark) = (rgb("#ffffff"), rgb("#17181a"));
    for kind in &codebook.kinds {
        assert!(kind.definition.len() > 40 && kind.not_for.len() > 40 && kind.examples.len() >= 2, "{}", kind.key);
        for (colour, paper, text) in [(kind.colours.light, paper, on_light), (kind.colours.dark, dark_paper, on_dark)] {
            assert!(contrast(colour, paper) >= 3.0, "the mark of {} on paper", kind.key);
            assert!(contrast(colour, text) >= 4.5, "the letter of {} on its tile", kind.key);
        }
    }
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
    assert!(refused(b"(version: (2, 0))").starts_with("made for a later version of Vouch"));
    assert!(refused(b"(\n  name: \"x\n").starts_with("line "), "{}", refused(b"(\n  name: \"x\n"));
    assert!(refused(b"[1, 2]").starts_with("line "));
    assert!(refused("(".repeat(5000).as_bytes()).starts_with("line "));
    assert_eq!(check("\u{feff}()", &[]), *Codebook::built_in());
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
