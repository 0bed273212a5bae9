//! The figures of a shelf: who says what, how sure, when, how much of each text.

mod shelf;

use shelf::release;
use vouch::annotation::{Codebook, Id};
use vouch::collection::{Confidence, Coverage, MOST_MONTHS, OnDay, Statistics, statistics};
use vouch::exchange::{Export, Release, Scope, Whose};

const TEXT: &str = "Ääres\n\nA grew. B fell.\n\nNobody marked this.";

fn shelf() -> Vec<Release> {
    let tables = r#"
        sources: { "s-1": (kind: "person", name: "Tamm"), "s-2": (kind: "organisation", name: "Bank") },
        claims: {
            "c-1": (anchor: ‹A grew›, said: [(by: ["s-1", "s-2"])], kind: "statistic"),
            "c-2": (anchor: ‹grew. B fell›, said: [(by: ["s-1"])], kind: "event", status: "disputed"),
            "c-3": (anchor: ‹B›, kind: "rumour"),
            "c-4": (anchor: ‹fell›, said: [(by: [])]),
        },
        assessments: {
            "a-1": (on: "c-1", axis: "credibility", scale: "admiralty", term: "2", made: "2026-01-01T00:00:00Z"),
            "a-2": (on: "c-1", axis: "credibility", scale: "admiralty", term: "1", replaces: "a-1", made: "2026-01-02T00:00:00Z"),
            "a-3": (on: "c-2", axis: "credibility", scale: "admiralty", term: "6"),
            "a-4": (on: "c-2", axis: "likelihood", scale: "icd203-2015", value: 60),
            "a-5": (on: "c-1", axis: "likelihood", scale: "phia-2019", value: 22),
            "a-6": (on: "c-3", axis: "reliability", scale: "admiralty", term: "B"),
        },
        relations: { "l-1": (from: "c-1", to: "c-2", kind: "contradicts") },"#;
    let later = r#"claims: { "c-5": (anchor: ‹Later›, said: [(by: [])], kind: "event") },"#;
    vec![
        release("b.txt", TEXT, r#"publisher: "Desk", published: "2026-02-01T08:00:00Z""#, &[("anna", tables)]),
        release("a.txt", "Later.", r#"publisher: "Desk", published: "soon""#, &[("mart", later)]),
        release("c.txt", "Nothing.", "", &[]),
    ]
}

fn counted() -> Statistics {
    let (releases, scope) = (shelf(), Scope::of(Whose::All));
    statistics(&Export::new(&releases, &scope, Codebook::built_in(), "credibility"))
}

/// The counts of a row, by kind.
fn by_kind(statistics: &Statistics, counts: &[usize]) -> String {
    assert_eq!(counts.len(), statistics.kinds.len());
    let used = statistics.kinds.iter().zip(counts).filter(|(_, count)| **count > 0);
    used.map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn totals_are_sums_over_the_claims() {
    let totals = counted().totals;
    assert_eq!((totals.documents, totals.documents_with_claims, totals.claims), (3, 2, 5));
    // A reliability alone does not say that anybody looked at the claim.
    assert_eq!((totals.attributed, totals.assessed, totals.sources), (4, 2, 3));
    assert_eq!(totals.annotators, ["anna", "mart"]);
    assert_eq!(
        totals.statuses.iter().map(|(word, count)| format!("{word} {count}")).collect::<Vec<_>>(),
        ["disputed 1", "open 4"]
    );
    assert_eq!(totals.relations["contradicts"], 1);
}

#[test]
fn sources_by_kinds_with_foreign_kinds_and_none() {
    let found = counted();
    let rows: Vec<String> = found
        .sources
        .iter()
        .map(|source| format!("{:?} {}: {}", source.name, source.claims, by_kind(&found, &source.by_kind)))
        .collect();
    assert_eq!(
        rows,
        [
            "\"Desk release\" 2: event 1,  1",
            "\"Tamm\" 2: statistic 1, event 1",
            "\"Bank\" 1: statistic 1",
            "\"\" 1: rumour 1"
        ]
    );
    assert_eq!((&found.sources[1].id, found.sources[1].kind.as_deref()), (&Some(Id::new("s-1")), Some("person")));
    assert_eq!((&found.sources[0].id, found.sources[0].kind.as_deref()), (&None, Some("writer")));
    assert_eq!(found.kinds[9..], ["rumour", ""]);
}

#[test]
fn judgements_are_counted_by_term_each_scale_apart() {
    let found = counted();
    let tamm = &found.sources[1];
    let pairs = |terms: &[(&str, usize)]| -> Vec<(String, usize)> {
        terms.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect()
    };
    assert_eq!(
        tamm.confidence[0],
        Confidence {
            axis: "credibility".to_owned(),
            scale: "admiralty".to_owned(),
            // The judgement that was replaced does not count.
            terms: pairs(&[("1", 1), ("2", 0), ("3", 0), ("4", 0), ("5", 0)]),
            outside_order: pairs(&[("6", 1)]),
            unknown: Vec::new(),
            unassessed: 0,
        }
    );
    // Two scales of one axis are never one count; 22 lies between two bands of its own scale.
    let by_scale: Vec<_> = tamm.confidence[1..]
        .iter()
        .map(|own| (own.scale.as_str(), own.terms.iter().map(|(_, count)| count).sum(), own.unknown.clone()))
        .collect();
    assert_eq!(by_scale, [("icd203-2015", 1_usize, Vec::new()), ("phia-2019", 0, pairs(&[("22", 1)]))]);
    assert_eq!(tamm.confidence[1].terms.iter().find(|(_, count)| *count > 0).unwrap().0, "likely");
    assert_eq!(tamm.confidence[2].unassessed, 0, "both claims have a likelihood, on one scale or the other");
    assert_eq!(found.sources[2].confidence.len(), 2);
}

#[test]
fn claims_over_time_and_those_without_a_date() {
    let found = counted();
    assert_eq!(found.over_time.len(), 1);
    let day = &found.over_time[0];
    assert_eq!((day.published.as_str(), day.documents, day.claims), ("2026-02-01", 1, 4));
    assert_eq!(by_kind(&found, &day.by_kind), "statistic 1, event 1, rumour 1,  1");
    assert_eq!(found.undated, 1);
}

#[test]
fn coverage_counts_each_letter_once() {
    let coverage = |document: &str, claims, paragraphs, touched, code_points, covered| Coverage {
        document: document.to_owned(),
        claims,
        paragraphs,
        paragraphs_in_claims: touched,
        code_points,
        code_points_in_claims: covered,
    };
    assert_eq!(
        counted().coverage,
        [coverage("b.txt", 4, 3, 1, 39, 14), coverage("a.txt", 1, 1, 1, 6, 5), coverage("c.txt", 0, 1, 0, 8, 0)]
    );
    // A claim over two paragraphs touches both, and the blank line between them is no text.
    let wide = "claims: { \"c-1\": (anchor: (spans: [(3, 20)], quote: [\"es\\n\\nA grew. B fel\"])) },";
    let releases = [release("b.txt", TEXT, "", &[("anna", wide)])];
    let scope = Scope::of(Whose::All);
    let found = statistics(&Export::new(&releases, &scope, Codebook::built_in(), "credibility"));
    assert_eq!(found.coverage, [coverage("b.txt", 1, 3, 2, 39, 15)]);
}

#[test]
fn nothing_is_nothing() {
    let scope = Scope::of(Whose::All);
    let found = statistics(&Export::new(&[], &scope, Codebook::built_in(), "credibility"));
    assert_eq!((found.sources.len(), found.over_time.len(), found.coverage.len()), (0, 0, 0));
}

#[test]
fn the_months_between_have_no_claims_and_are_there() {
    let months = |days: &[&str]| -> String {
        let day = |published: &&str| OnDay { published: (*published).to_owned(), by_kind: vec![2], ..OnDay::default() };
        let found = Statistics { over_time: days.iter().map(day).collect(), ..Statistics::default() };
        found.by_month().iter().map(|(month, counts)| format!("{month}:{}", counts[0])).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        months(&["2023-11-30", "2024-02", "2024-02-03", "2024-03"]),
        "2023-11:2 2023-12:0 2024-01:0 2024-02:4 2024-03:2"
    );
    // A year of which no more is known is no month, and nothing lies between it and one.
    assert_eq!(months(&["2021", "2023-01", "2023-03", "2026"]), "2021:2 2023-01:2 2023-02:0 2023-03:2 2026:2");
    assert_eq!(months(&["2023-05-05"]), "2023-05:2");
    assert_eq!(months(&[]), "");
    // A slip of the pen (0203 for 2023) does not make a thousand bars: of the gap its first and last month are shown.
    assert_eq!(
        months(&["0203-05", "2023-05", "2023-08"]),
        "0203-05:2 0203-06:0 2023-04:0 2023-05:2 2023-06:0 2023-07:0 2023-08:2"
    );
    let whole = months(&["1973-07", "2023-06"]);
    assert_eq!(whole.split(' ').count(), MOST_MONTHS as usize);
    assert_eq!(months(&["1973-06", "2023-06"]), "1973-06:2 1973-07:0 2023-05:0 2023-06:2");
}
