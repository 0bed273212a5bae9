//! Which marks touch a range, and which lanes they get.

use std::collections::BTreeSet;

use proptest::prelude::*;
use vouch::app::reader::lanes::{brackets, underlines};
use vouch::app::reader::marks::{Mark, Marks};
use vouch::document::ByteSpan;

use crate::world::{claim, owner};

fn span(start: usize, end: usize) -> ByteSpan {
    ByteSpan { start, end }
}

/// Marks that nest, cross, repeat and have gaps.
fn any_marks() -> impl Strategy<Value = Vec<Mark>> {
    let spans = prop::collection::vec((0..400usize, 1..60usize), 1..4);
    prop::collection::vec(spans, 0..120).prop_map(|all| {
        let marks = all.into_iter().enumerate().map(|(number, mut pieces)| {
            pieces.sort_unstable();
            let mut spans: Vec<ByteSpan> = Vec::new();
            for (start, length) in pieces {
                if spans.last().is_none_or(|last| last.end < start) {
                    spans.push(span(start, start + length));
                }
            }
            claim(number, &spans)
        });
        marks.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_touches_a_range_is_what_looking_at_each_finds(all in any_marks(), start in 0..500usize, length in 1..200usize) {
        let asked = span(start, start + length);
        let marks = Marks::from(all.clone());
        let found: BTreeSet<_> = marks.touching(asked).into_iter().map(|mark| mark.owner.clone()).collect();
        let expected: BTreeSet<_> =
            all.iter().filter(|mark| mark.spans.iter().any(|own| own.overlaps(asked))).map(|mark| mark.owner.clone()).collect();
        prop_assert_eq!(found, expected);
        let starts: Vec<usize> = marks.touching(asked).iter().map(|mark| mark.hull().start).collect();
        prop_assert!(starts.is_sorted());
    }

    #[test]
    fn changing_some_is_the_same_as_making_all_anew(all in any_marks(), new in any_marks(), gone in prop::collection::btree_set(0..120usize, 0..20)) {
        let gone: BTreeSet<_> = gone.into_iter().map(owner).collect();
        let mut marks = Marks::from(all.clone());
        let before = marks.stamp();
        marks.change(&gone, new.clone());
        let kept = all.into_iter().filter(|mark| !gone.contains(&mark.owner));
        let anew = Marks::from(kept.chain(new).collect::<Vec<_>>());
        prop_assert!(marks.all().eq(anew.all()));
        prop_assert_ne!(marks.stamp(), before);
    }

    #[test]
    fn no_two_underlines_of_a_lane_overlap(all in any_marks()) {
        let spans: Vec<&[ByteSpan]> = all.iter().map(|mark| mark.spans.as_slice()).collect();
        let lanes = underlines(&spans);
        for (a, lane_a) in lanes.iter().enumerate() {
            for (b, lane_b) in lanes.iter().enumerate().skip(a + 1) {
                let overlap = spans[a].iter().any(|one| spans[b].iter().any(|other| one.overlaps(*other)));
                prop_assert!(!(overlap && lane_a.is_some() && lane_a == lane_b));
            }
            prop_assert!(lane_a.is_none_or(|lane| lane < 3));
        }
    }

    #[test]
    fn no_two_brackets_of_a_lane_share_a_line(
        ranges in prop::collection::vec((0..40usize, 0..6usize), 0..40),
        lanes in 1..4usize,
        chosen in 0..40usize,
    ) {
        let ranges: Vec<(usize, usize)> = ranges.into_iter().map(|(first, more)| (first, first + more)).collect();
        let chosen = (chosen < ranges.len()).then_some(chosen);
        let given = brackets(&ranges, lanes, chosen);
        for (a, one) in ranges.iter().enumerate() {
            for (b, other) in ranges.iter().enumerate().skip(a + 1) {
                let meet = one.0 <= other.1 && other.0 <= one.1;
                prop_assert!(!(meet && given[a].is_some() && given[a] == given[b]));
            }
        }
        prop_assert!(chosen.is_none_or(|chosen| given[chosen].is_some()));
    }
}

#[test]
fn the_longer_claim_lies_on_top_and_the_fourth_has_no_lane() {
    let (longest, long, short, shortest) = ([span(0, 40)], [span(5, 30)], [span(8, 20)], [span(10, 12)]);
    assert_eq!(underlines(&[&shortest, &short, &long, &longest]), [None, Some(2), Some(1), Some(0)]);
}

#[test]
fn claims_that_only_touch_share_a_lane() {
    assert_eq!(underlines(&[&[span(0, 10)], &[span(10, 20)]]), [Some(0), Some(0)]);
}

#[test]
fn a_claim_with_a_gap_lets_another_into_it() {
    assert_eq!(underlines(&[&[span(0, 10), span(20, 30)], &[span(12, 18)]]), [Some(0), Some(0)]);
}

#[test]
fn a_bracket_goes_left_of_one_that_it_shares_a_line_with_and_comes_back_below() {
    assert_eq!(brackets(&[(0, 1), (1, 2), (2, 3)], 2, None), [Some(0), Some(1), Some(0)]);
}

#[test]
fn the_claim_at_hand_always_has_a_bracket() {
    let same = [(0, 0), (0, 0), (0, 0)];
    assert_eq!(brackets(&same, 2, None), [Some(0), Some(1), None]);
    assert_eq!(brackets(&same, 2, Some(2)), [Some(1), None, Some(0)]);
}

#[test]
fn a_mark_without_words_is_left_out() {
    let marks = Marks::from(vec![claim(1, &[]), claim(2, &[span(3, 3)])]);
    assert_eq!(marks.all().len(), 0);
}
