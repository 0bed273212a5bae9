//! The line with numbered rings that joins the parts of a claim.

use egui::{Rangef, Rect, pos2};
use vouch::app::reader::elbow::{At, Elbow, Stop, elbow};
use vouch::app::reader::shapes::Label;

use crate::world::owner;

/// A stop on a line whose top is at `top`.
fn stop(number: usize, top: f32) -> Stop {
    Stop { number, at: At::Line { top, middle: 15.5 } }
}

/// A label of a claim whose bracket is `lane` lanes from the text.
fn label(top: f32, lane: usize) -> Label {
    let bracket = 132.5 - 46.0 * lane as f32;
    let badge = Rect::from_min_max(pos2(bracket - 24.5, top + 8.0), pos2(bracket - 4.5, top + 22.0));
    let letter = pos2(badge.left() - 9.0, top + 15.5);
    let words = Some("B2".to_owned());
    Label { owner: owner(lane), kind: 0, letter, badge, words, selected: true, line_top: top, bracket }
}

fn draw(stops: &[Stop], labels: &[Label], own: Option<usize>) -> Elbow {
    let all: Vec<&Label> = labels.iter().collect();
    let own = own.and_then(|own| all.get(own).copied());
    elbow(stops, &all, own, 38.0, 142.0, Rangef::new(0.0, 600.0))
}

#[test]
fn rings_of_a_line_without_labels_stand_at_its_middle_and_run_to_the_text() {
    // As in the light drawing: source and cue on one line, two lines above a claim among labels.
    let labels = [label(158.0, 0), label(158.0, 1)];
    let drawn = draw(&[stop(1, 100.0), stop(2, 100.0), stop(3, 158.0)], &labels, Some(0));
    assert_eq!(drawn.rings, [(1, pos2(38.0, 115.5)), (2, pos2(56.0, 115.5)), (3, pos2(38.0, 159.5))]);
    let expected = [
        [pos2(45.0, 115.5), pos2(49.0, 115.5)],
        [pos2(63.0, 115.5), pos2(138.0, 115.5)],
        // Another claim's label is in the way: through the gap, and down to the bracket.
        [pos2(45.0, 159.5), pos2(133.0, 159.5)],
        [pos2(132.5, 159.0), pos2(132.5, 164.0)],
        [pos2(38.5, 122.5), pos2(38.5, 152.5)],
    ];
    assert_eq!(drawn.lines, expected);
}

#[test]
fn a_run_whose_ring_would_touch_the_next_one_goes_into_the_gap() {
    // As in the dark drawing: the source on the line above, the cue and the claim among labels.
    let labels = [label(129.0, 0), label(129.0, 1)];
    let drawn = draw(&[stop(1, 100.0), stop(2, 129.0), stop(3, 129.0)], &labels, Some(0));
    assert_eq!(drawn.rings, [(1, pos2(38.0, 101.5)), (2, pos2(38.0, 130.5)), (3, pos2(56.0, 130.5))]);
    assert!(drawn.lines.contains(&[pos2(138.5, 101.0), pos2(138.5, 106.0)]), "it drops 5 before the text: {drawn:?}");
}

#[test]
fn a_claim_with_no_other_label_beside_it_is_reached_at_its_letter() {
    let labels = [label(158.0, 0)];
    let drawn = draw(&[stop(1, 100.0), stop(2, 100.0), stop(3, 158.0)], &labels, Some(0));
    assert_eq!(drawn.rings[2], (3, pos2(38.0, 173.5)));
    assert!(drawn.lines.contains(&[pos2(45.0, 173.5), pos2(labels[0].letter.x - 8.0, 173.5)]));
}

#[test]
fn a_part_out_of_sight_lets_the_line_run_out_of_the_page() {
    let gone = |number, at| Stop { number, at };
    let drawn = draw(&[gone(1, At::Above), stop(2, 100.0), gone(3, At::Below)], &[], None);
    assert_eq!(drawn.rings, [(2, pos2(38.0, 115.5))]);
    assert!(drawn.lines.contains(&[pos2(38.5, 0.0), pos2(38.5, 108.5)]));
    assert!(drawn.lines.contains(&[pos2(38.5, 122.5), pos2(38.5, 600.0)]));
}
