//! Which claims of two annotators go together, and in what they differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use vouch::annotation::{AnnotationSet, Claim, Id, Index};
use vouch::document::ByteSpan;
use vouch::review::{Alignment, Facet, Side, Verdict, align};

/// A claim: its id, its ranges, its kind.
type Mark<'a> = (&'a str, &'a [(usize, usize)], &'a str);

fn side(marks: &[Mark]) -> (AnnotationSet, BTreeMap<Id, Vec<ByteSpan>>) {
    let mut set = AnnotationSet::default();
    let mut places = BTreeMap::new();
    for (id, ranges, kind) in marks {
        let claim = Claim { kind: Some((*kind).to_owned()), ..Claim::default() };
        set.claims.insert(Id::new(id), Arc::new(claim));
        places.insert(Id::new(id), ranges.iter().map(|&(start, end)| ByteSpan { start, end }).collect());
    }
    (set, places)
}

fn aligned(mine: &[Mark], theirs: &[Mark]) -> Alignment {
    let ((a, places_a), (b, places_b)) = (side(mine), side(theirs));
    let (index_a, index_b) = (Index::of(&a), Index::of(&b));
    align(Side { set: &a, index: &index_a, places: &places_a }, Side { set: &b, index: &index_b, places: &places_b })
}

fn check(mine: &[Mark], theirs: &[Mark], expected: &[&str]) {
    let said: Vec<String> = aligned(mine, theirs)
        .pairs
        .iter()
        .map(|pair| {
            let name = |id: &Option<Id>| id.as_ref().map_or_else(|| "-".to_owned(), Id::to_string);
            format!("{} {} {:?} {:?}", name(&pair.mine), name(&pair.theirs), pair.verdict, pair.differs)
        })
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn the_same_words_of_the_same_kind_agree() {
    check(&[("a", &[(0, 10)], "event")], &[("b", &[(0, 10)], "event")], &["a b Agree []"]);
}

#[test]
fn what_differs_is_named() {
    check(&[("a", &[(0, 10)], "event")], &[("b", &[(0, 12)], "opinion")], &["a b Differ [Extent, Kind]"]);
}

#[test]
fn claims_that_only_touch_are_not_the_same() {
    check(&[("a", &[(0, 10)], "event")], &[("b", &[(10, 20)], "event")], &["a - OnlyMine []", "- b OnlyTheirs []"]);
}

#[test]
fn the_best_sum_wins_over_the_best_first_pair() {
    // Greedy would take a–y (the largest overlap) and leave b and x alone.
    check(
        &[("a", &[(0, 60)], "event"), ("b", &[(30, 100)], "event")],
        &[("x", &[(0, 30)], "event"), ("y", &[(10, 85)], "event")],
        &["a x Differ [Extent]", "b y Differ [Extent]"],
    );
}

#[test]
fn of_two_that_overlap_alike_the_kind_decides() {
    check(
        &[("a", &[(0, 10)], "event")],
        &[("x", &[(0, 10)], "opinion"), ("y", &[(0, 10)], "event")],
        &["- x OnlyTheirs []", "a y Agree []"],
    );
}

#[test]
fn the_gap_of_a_discontinuous_claim_is_no_overlap() {
    check(
        &[("a", &[(0, 5), (20, 25)], "event")],
        &[("x", &[(8, 15)], "event")],
        &["a - OnlyMine []", "- x OnlyTheirs []"],
    );
}

fn ranges() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0usize..200, 1usize..30), 0..40)
        .prop_map(|list| list.into_iter().map(|(start, length)| (start, start + length)).collect())
}

proptest! {
    #[test]
    fn every_claim_stands_once_and_sides_swap(mine in ranges(), theirs in ranges()) {
        let marks = |list: &[(usize, usize)], letter: &str| -> Vec<(String, Vec<(usize, usize)>)> {
            list.iter().enumerate().map(|(i, range)| (format!("{letter}{i}"), vec![*range])).collect()
        };
        let (a, b) = (marks(&mine, "a"), marks(&theirs, "b"));
        let view_a: Vec<Mark> = a.iter().map(|(id, ranges)| (id.as_str(), ranges.as_slice(), "event")).collect();
        let view_b: Vec<Mark> = b.iter().map(|(id, ranges)| (id.as_str(), ranges.as_slice(), "event")).collect();
        let there = aligned(&view_a, &view_b);
        prop_assert_eq!(there.pairs.iter().filter(|pair| pair.mine.is_some()).count(), a.len());
        prop_assert_eq!(there.pairs.iter().filter(|pair| pair.theirs.is_some()).count(), b.len());
        for pair in there.pairs.iter().filter(|pair| pair.mine.is_some() && pair.theirs.is_some()) {
            prop_assert!(matches!(pair.verdict, Verdict::Agree | Verdict::Differ));
            prop_assert_eq!(pair.verdict == Verdict::Differ, pair.differs.contains(&Facet::Extent));
        }
        let total = |alignment: &Alignment| alignment.pairs.iter().map(|pair| pair.differs.len()).sum::<usize>();
        let back = aligned(&view_b, &view_a);
        prop_assert_eq!(total(&there) == 0, total(&back) == 0);
    }
}
