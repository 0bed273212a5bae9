//! Scales: each built-in one against the table of its publication, and what they make of an assessment.

use proptest::prelude::*;
use vouch::annotation::{Assessment, Band, Level, Scale, ScaleAxis, Scales};

fn axis<'a>(scale: &str, axis: &str) -> &'a ScaleAxis {
    Scales::built_in().axis(scale, axis).unwrap_or_else(|| panic!("no scale {scale} with the axis {axis}"))
}

/// Holds a scale's terms against a table: `key | label | the band as printed`.
fn check(scale: &str, axis_name: &str, expected: &str) {
    let terms: Vec<String> = axis(scale, axis_name)
        .terms
        .iter()
        .map(|term| {
            let label = std::iter::once(&term.label).chain(&term.also).cloned().collect::<Vec<_>>().join("/");
            let band = term.band.map_or("-".to_owned(), |band| band.to_string());
            format!("{} | {label} | {band}", term.key)
        })
        .collect();
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(terms, expected, "{scale} {axis_name}");
}

fn assessed(scale: &str, axis: &str, term: Option<&str>, value: Option<f64>) -> Assessment {
    Assessment {
        axis: axis.to_owned(),
        scale: scale.to_owned(),
        term: term.map(str::to_owned),
        value,
        ..Assessment::default()
    }
}

fn term(scale: &str, axis: &str, term: &str) -> Assessment {
    assessed(scale, axis, Some(term), None)
}

fn key_for(scale: &str, number: f64) -> Option<&'static str> {
    axis(scale, "likelihood").term_for(number).map(|term| term.key.as_str())
}

#[test]
fn the_built_in_scales_read_without_a_word() {
    let (scales, warnings) = Scales::read_built_in();
    assert_eq!(warnings, []);
    let ids: Vec<&str> = scales.iter().map(|scale| scale.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "admiralty",
            "icd203-2015",
            "phia-2019",
            "ipcc-ar5",
            "stix21",
            "stix21-0-10",
            "stix21-admiralty",
            "stix21-wep",
            "stix21-dni",
            "low-medium-high"
        ]
    );
    for scale in &scales {
        assert!(!scale.publication.is_empty(), "{} names no publication", scale.id);
        assert_eq!(scale.extra, [], "{}", scale.id);
        for axis in &scale.axes {
            for (i, term) in axis.terms.iter().enumerate() {
                assert_ne!(term.level, Level::Unassessed, "{} {} would look unassessed", scale.id, term.key);
                assert_eq!(term.outside_order, term.level == Level::CannotJudge, "{} {}", scale.id, term.key);
                assert!(term.short.chars().count() <= 2, "{} {} does not fit a badge", scale.id, term.key);
                let earlier = axis.terms.iter().take(i).find(|other| other.is_named(&term.key));
                assert_eq!(earlier, None, "{} {} stands twice", scale.id, term.key);
            }
        }
    }
}

/// NATO, AJP-2.1: two axes, six terms each, the sixth outside the order.
#[test]
fn admiralty() {
    check(
        "admiralty",
        "reliability",
        "A | completely reliable | -
         B | usually reliable | -
         C | fairly reliable | -
         D | not usually reliable | -
         E | unreliable | -
         F | reliability cannot be judged | -",
    );
    check(
        "admiralty",
        "credibility",
        "1 | confirmed by other sources | -
         2 | probably true | -
         3 | possibly true | -
         4 | doubtful | -
         5 | improbable | -
         6 | truth cannot be judged | -",
    );
}

/// Intelligence Community Directive 203, 2 January 2015, D.6.e(2)(a) and (b).
#[test]
fn icd_203() {
    check(
        "icd203-2015",
        "likelihood",
        "almost-no-chance | almost no chance/remote | 1–5
         very-unlikely | very unlikely/highly improbable | 5–20
         unlikely | unlikely/improbable | 20–45
         roughly-even-chance | roughly even chance/roughly even odds | 45–55
         likely | likely/probable | 55–80
         very-likely | very likely/highly probable | 80–95
         almost-certain | almost certain/nearly certain | 95–99",
    );
    check("icd203-2015", "confidence", "low | low | -\n moderate | moderate | -\n high | high | -");
}

/// PHIA Probability Yardstick, 2019.
#[test]
fn phia() {
    check(
        "phia-2019",
        "likelihood",
        "remote-chance | remote chance | 0–5
         highly-unlikely | highly unlikely | 10–20
         unlikely | unlikely | 25–35
         realistic-possibility | realistic possibility | 40–<50
         likely | likely/probable | 55–75
         highly-likely | highly likely | 80–90
         almost-certain | almost certain | 95–100",
    );
}

/// Guidance Note for Lead Authors of the IPCC Fifth Assessment Report, table 1, and the additional terms of AR5.
#[test]
fn ipcc_ar5() {
    check(
        "ipcc-ar5",
        "likelihood",
        "exceptionally-unlikely | exceptionally unlikely | 0–1
         extremely-unlikely | extremely unlikely | 0–5
         very-unlikely | very unlikely | 0–10
         unlikely | unlikely | 0–33
         about-as-likely-as-not | about as likely as not | 33–66
         more-likely-than-not | more likely than not | >50–100
         likely | likely | 66–100
         very-likely | very likely | 90–100
         extremely-likely | extremely likely | 95–100
         virtually-certain | virtually certain | 99–100",
    );
}

/// STIX 2.1, appendix A: five tables over one number from 0 to 100.
#[test]
fn stix_2_1() {
    check(
        "stix21",
        "confidence",
        "none | none | 0\n low | low | 1–29\n med | med/medium | 30–69\n high | high | 70–100",
    );
    check(
        "stix21-0-10",
        "confidence",
        "0 | 0 | 0–4\n 1 | 1 | 5–14\n 2 | 2 | 15–24\n 3 | 3 | 25–34\n 4 | 4 | 35–44\n 5 | 5 | 45–54\n 6 | 6 | 55–64
         7 | 7 | 65–74\n 8 | 8 | 75–84\n 9 | 9 | 85–94\n 10 | 10 | 95–100",
    );
    check(
        "stix21-admiralty",
        "credibility",
        "1 | confirmed by other sources | 80–100
         2 | probably true | 60–79
         3 | possibly true | 40–59
         4 | doubtful | 20–39
         5 | improbable | 0–19
         6 | truth cannot be judged | -",
    );
    check(
        "stix21-wep",
        "likelihood",
        "impossible | impossible | 0
         highly-unlikely | highly unlikely/almost certainly not | 1–19
         unlikely | unlikely/probably not | 20–39
         even-chance | even chance | 40–59
         likely | likely/probable | 60–79
         highly-likely | highly likely/almost certain | 80–99
         certain | certain | 100",
    );
    check(
        "stix21-dni",
        "likelihood",
        "almost-no-chance | almost no chance/remote | 0–9
         very-unlikely | very unlikely/highly improbable | 10–19
         unlikely | unlikely/improbable | 20–39
         roughly-even-chance | roughly even chance/roughly even odds | 40–59
         likely | likely/probable | 60–79
         very-likely | very likely/highly probable | 80–89
         almost-certain | almost certain/nearly certain | 90–100",
    );
    let values = |scale: &str, name: &str| axis(scale, name).terms.iter().map(|term| term.value).collect::<Vec<_>>();
    assert_eq!(values("stix21", "confidence"), [0.0, 15.0, 50.0, 85.0].map(Some));
    assert_eq!(values("stix21-dni", "likelihood"), [5.0, 15.0, 30.0, 50.0, 70.0, 85.0, 95.0].map(Some));
    assert_eq!(values("stix21-wep", "likelihood"), [0.0, 10.0, 30.0, 50.0, 70.0, 90.0, 100.0].map(Some));
    assert_eq!(
        values("stix21-admiralty", "credibility"),
        [Some(90.0), Some(70.0), Some(50.0), Some(30.0), Some(10.0), None],
        "6 has no number: the property is left out"
    );
}

#[test]
fn a_number_takes_the_term_that_the_publication_means() {
    // ICD 203: a shared edge belongs to the upper band; 0 and 100 are certainties, for which it has no term.
    for (number, expected) in [
        (0.0, None),
        (1.0, Some("almost-no-chance")),
        (5.0, Some("very-unlikely")),
        (20.0, Some("unlikely")),
        (45.0, Some("roughly-even-chance")),
        (55.0, Some("likely")),
        (79.9, Some("likely")),
        (80.0, Some("very-likely")),
        (95.0, Some("almost-certain")),
        (99.0, Some("almost-certain")),
        (100.0, None),
    ] {
        assert_eq!(key_for("icd203-2015", number), expected, "ICD 203, {number}");
    }
    for (number, expected) in [
        (5.0, Some("remote-chance")),
        (7.0, None),
        (22.0, None),
        (49.9, Some("realistic-possibility")),
        (50.0, None),
        (55.0, Some("likely")),
        (100.0, Some("almost-certain")),
    ] {
        assert_eq!(key_for("phia-2019", number), expected, "PHIA, {number}");
    }
    for (number, expected) in [
        (0.5, "exceptionally-unlikely"),
        (3.0, "extremely-unlikely"),
        (7.0, "very-unlikely"),
        (20.0, "unlikely"),
        (50.0, "about-as-likely-as-not"),
        (70.0, "likely"),
        (92.0, "very-likely"),
        (97.0, "extremely-likely"),
        (99.5, "virtually-certain"),
    ] {
        assert_eq!(key_for("ipcc-ar5", number), Some(expected), "IPCC, {number}");
    }
    for number in [f64::NAN, f64::INFINITY, -1.0, 101.0] {
        assert_eq!(key_for("ipcc-ar5", number), None);
    }
}

/// The table of line styles: a likelihood is high from 80 %, moderate from 45 %, low below, by the middle of its band;
/// of nested bands (IPCC), by the middle of what no narrower one above takes.
#[test]
fn levels_follow_the_table_of_line_styles() {
    for scale in ["icd203-2015", "phia-2019", "stix21-wep", "stix21-dni"] {
        for term in &axis(scale, "likelihood").terms {
            let band = term.band.expect("a likelihood has a band");
            assert_eq!(term.level, Level::of_percent(f64::midpoint(band.from, band.to)), "{scale} {}", term.key);
        }
    }
    let scales = Scales::built_in();
    for (expected, of) in [
        (
            Level::High,
            [("reliability", "A"), ("reliability", "B"), ("credibility", "1"), ("credibility", "2")].as_slice(),
        ),
        (Level::Moderate, &[("reliability", "C"), ("credibility", "3")]),
        (Level::Low, &[("reliability", "D"), ("reliability", "E"), ("credibility", "4"), ("credibility", "5")]),
        (Level::CannotJudge, &[("reliability", "F"), ("credibility", "6")]),
        (Level::Unassessed, &[("credibility", "7"), ("likelihood", "2")]),
    ] {
        for (axis, key) in of {
            assert_eq!(scales.level(Some(&term("admiralty", axis, key))), expected, "{axis} {key}");
        }
    }
    assert_eq!(scales.level(None), Level::Unassessed);
    assert_eq!(scales.level(Some(&term("of-a-later-version", "credibility", "1"))), Level::Unassessed);
    let bare = |number| scales.level(Some(&assessed("phia-2019", "likelihood", None, Some(number))));
    assert_eq!((bare(22.0), bare(50.0), bare(93.0)), (Level::Low, Level::Moderate, Level::High), "in PHIA's gaps");
}

#[test]
fn terms_outside_the_order_are_never_low() {
    let scales = Scales::built_in();
    let strengths = |axis: &str, keys: [&str; 6]| keys.map(|key| scales.strength(&term("admiralty", axis, key)));
    let falling = [Some(4), Some(3), Some(2), Some(1), Some(0), None];
    assert_eq!(strengths("reliability", ["A", "B", "C", "D", "E", "F"]), falling);
    assert_eq!(strengths("credibility", ["1", "2", "3", "4", "5", "6"]), falling);
    assert_eq!(scales.strength(&term("icd203-2015", "likelihood", "almost-certain")), Some(6));
    assert_eq!(scales.convert(&term("stix21-admiralty", "credibility", "6"), "admiralty"), None);
}

#[test]
fn digits_reach_ten_terms() {
    let by = |scale: &str, name: &str, digit| axis(scale, name).term_by_digit(digit).map(|term| term.key.as_str());
    assert_eq!(by("admiralty", "credibility", 3), Some("3"));
    assert_eq!(by("admiralty", "reliability", 6), Some("F"));
    assert_eq!(by("admiralty", "credibility", 7), None);
    assert_eq!(by("ipcc-ar5", "likelihood", 0), Some("virtually-certain"));
    assert_eq!(by("stix21-0-10", "confidence", 0), Some("9"));
    assert_eq!(by("stix21-0-10", "confidence", 200), None);
}

#[test]
fn an_assessment_in_words() {
    let scales = Scales::built_in();
    let (b, two) = (term("admiralty", "reliability", "B"), term("admiralty", "credibility", "2"));
    assert_eq!(scales.gloss(Some(&b), Some(&two)), "B2 usually reliable · probably true");
    assert_eq!(scales.gloss(Some(&b), None), "B– usually reliable");
    assert_eq!(scales.gloss(None, None), "");
    assert_eq!(scales.badge(None, Some(&two)), "–2");
    assert_eq!(scales.badge(None, None), "–");
    assert_eq!(scales.badge(None, Some(&term("low-medium-high", "credibility", "medium"))), "–M");
    assert_eq!(scales.badge(None, Some(&term("their-own", "credibility", "sehr gut"))), "–se");

    let words = |assessment: Assessment| scales.words(&assessment);
    assert_eq!(words(two), "2 probably true (Admiralty)");
    assert_eq!(words(term("icd203-2015", "likelihood", "likely")), "likely (55–80\u{a0}%, ICD 203)");
    assert_eq!(words(term("icd203-2015", "confidence", "moderate")), "moderate analytic confidence (ICD 203)");
    assert_eq!(words(assessed("phia-2019", "likelihood", None, Some(22.0))), "22\u{a0}% (no term in UK PHIA)");
    assert_eq!(words(assessed("icd203-2015", "likelihood", None, Some(70.0))), "likely (70\u{a0}%, ICD 203)");
    assert_eq!(words(term("house-2", "likelihood", "fat chance")), "“fat chance” (house-2, not known here)");
    assert_eq!(words(term("admiralty", "credibility", "9")), "“9” (admiralty, not known here)");
    assert_eq!(words(assessed("admiralty", "credibility", None, None)), "not judged (Admiralty)");
}

/// ICD 203 has two rows of words. Whoever wrote "probable" reads "probable", not "likely".
#[test]
fn the_row_that_was_chosen_stays() {
    let scales = Scales::built_in();
    let probable = term("icd203-2015", "likelihood", "probable");
    assert_eq!(scales.words(&probable), "probable (55–80\u{a0}%, ICD 203)");
    assert_eq!(scales.term(&probable).map(|term| term.key.as_str()), Some("likely"));
    let odds = term("icd203-2015", "likelihood", "Roughly-Even Odds");
    assert_eq!(scales.label(&odds), "roughly even odds");
}

#[test]
fn conversions_take_the_most_alike_band_of_the_same_axis() {
    let scales = Scales::built_in();
    let to = |from: &str, key: &str, other: &str| {
        let conversion = scales.convert(&term(from, "likelihood", key), other)?;
        Some(format!("{} → {} {}", conversion.from_band, conversion.to.label, conversion.to_band))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(to("icd203-2015", "likely", "phia-2019"), some("55–80 → likely 55–75"));
    assert_eq!(to("icd203-2015", "very-likely", "ipcc-ar5"), some("80–95 → likely 66–100"));
    assert_eq!(to("icd203-2015", "almost-certain", "stix21-dni"), some("95–99 → almost certain 90–100"));
    assert_eq!(to("phia-2019", "remote-chance", "icd203-2015"), some("0–5 → almost no chance 1–5"));
    assert_eq!(to("stix21-wep", "certain", "phia-2019"), some("100 → almost certain 95–100"));
    assert_eq!(to("stix21-wep", "impossible", "icd203-2015"), None, "ICD 203 has no word for 0");
    assert_eq!(to("icd203-2015", "likely", "admiralty"), None, "another axis");
    assert_eq!(to("icd203-2015", "likely", "icd203-2015"), None, "the same scale");
    assert_eq!(scales.convert(&term("admiralty", "credibility", "2"), "stix21-admiralty"), None, "no numbers");
    let number = assessed("icd203-2015", "likelihood", None, Some(22.0));
    assert_eq!(scales.convert(&number, "phia-2019"), None, "22 % has no term in PHIA");
}

#[test]
fn a_conversion_says_that_it_is_approximate_with_both_bands() {
    let scales = Scales::built_in();
    let likely = term("icd203-2015", "likelihood", "probable");
    assert_eq!(
        scales.approximate(&likely, "phia-2019").as_deref(),
        Some("≈ likely 55–75\u{a0}% (UK PHIA), from probable 55–80\u{a0}% (ICD 203)")
    );
    assert_eq!(scales.approximate(&term("admiralty", "credibility", "6"), "stix21-admiralty"), None);
}

#[test]
fn a_scale_of_a_later_version_loses_nothing() {
    let ron = r#"(id: "x", weight: 3, axes: [(axis: "likelihood", colour: Red(1), terms: [
        (key: "lo", level: "faint", from: 9), (label: "no key"), (key: "hi", from: 1e999, to: 2, seen: ["a"]),
    ]), 5])"#;
    let (scale, warnings) = Scale::parse(ron).expect("a scale");
    assert_eq!(scale.extra, [("weight".to_owned(), "3".to_owned())]);
    assert_eq!(scale.axes[0].extra, [("colour".to_owned(), "Red(1)".to_owned())]);
    assert_eq!(scale.axes[0].terms[1].extra, [("seen".to_owned(), "[\"a\"]".to_owned())]);
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "axes[1]: expected a structure (name: value, …): entry left out",
            "axes[0].terms[0].from: a band needs both ends, the lower first: left out",
            "axes[0].terms[0].level: expected \"high\", \"moderate\", \"low\" or \"cannot judge\"",
            "axes[0].terms[1].key: a term needs a key: left out",
            "axes[0].terms[2].from: expected a finite number",
            "axes[0].terms[2].from: a band needs both ends, the lower first: left out",
            "axes[0].terms[2].seen: not known to this version: kept as it is",
            "axes[0].colour: not known to this version: kept as it is",
            "weight: not known to this version: kept as it is",
        ]
    );
    for broken in [
        "",
        "(",
        "5",
        "(id: \"x\")",
        "(id: \"x\", axes: [])",
        "(format: \"csv\", id: \"x\", axes: [(axis: \"a\", terms: [(key: \"k\")])])",
    ] {
        assert!(Scale::parse(broken).is_err(), "{broken}");
    }
}

proptest! {
    /// Where a term is found for a number, its band holds the number, and no narrower band of a nested scale does.
    #[test]
    fn a_term_holds_its_number(number in -10.0..110.0f64) {
        for scale in Scales::built_in().iter() {
            for axis in &scale.axes {
                let holding = axis.terms.iter().filter(|term| term.band.is_some_and(|band| band.contains(number)));
                if let Some(term) = axis.term_for(number) {
                    prop_assert!(term.band.is_some_and(|band| band.contains(number)));
                } else {
                    prop_assert_eq!(holding.count(), 0);
                }
            }
        }
    }

    /// Likeness is the same from both sides, and most where the bands are one.
    #[test]
    fn likeness_is_symmetric(a in 0.0..100.0f64, b in 0.0..100.0f64, c in 0.0..100.0f64, d in 0.0..100.0f64) {
        let band = |x: f64, y: f64| Band { from: x.min(y), to: x.max(y), from_open: false, to_open: false };
        let (one, other) = (band(a, b), band(c, d));
        prop_assert!((one.likeness(other) - other.likeness(one)).abs() < 1e-12);
        prop_assert!((0.0..=1.0).contains(&one.likeness(other)));
        prop_assert!(one.likeness(one) > 1.0 - 1e-12);
    }

    /// No text makes the reader panic.
    #[test]
    fn reading_never_panics(text in "[ -~\\n]{0,80}") {
        let _ = Scale::parse(&text);
    }
}
