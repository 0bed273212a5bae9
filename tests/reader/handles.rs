//! Handles at the ends of the claim at hand.

use egui::{Event as Input, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use vouch::app::reader::{Chain, Event, Marks};
use vouch::document::ByteSpan;

use crate::world::{World, claim, owner, point};

type Window = Harness<'static, World>;

/// A claim of these words, at hand.
fn with_claim(words: &[&str]) -> Window {
    let mut world = World::new("Maja Berg said that boats will sail again by May, if the ice goes.\n");
    let spans: Vec<ByteSpan> = words.iter().map(|words| world.at(words)).collect();
    world.marks = Marks::from(vec![claim(1, &spans)]);
    world.chain = Some(Chain { claim: owner(1), spans, voices: Vec::new() });
    world.window()
}

fn button(window: &mut Window, at: Pos2, pressed: bool) {
    window.event(Input::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
    window.step();
}

/// Drags from one byte to another; gives the claim's new words, if it got any.
fn drag(window: &mut Window, from: usize, to: usize) -> Option<Vec<String>> {
    let (from, to) = (point(window, from), point(window, to));
    window.state_mut().events.clear();
    window.hover_at(from);
    window.step();
    button(window, from, true);
    window.hover_at(from + (to - from) / 2.0);
    window.step();
    window.hover_at(to);
    window.step();
    button(window, to, false);
    window.run();
    let world = window.state();
    let reshaped: Vec<_> = world.events.iter().filter(|event| matches!(event, Event::Reshaped(..))).collect();
    assert!(reshaped.len() <= 1, "one drag is one change");
    assert_eq!(world.selected(), "", "a handle selects no text");
    match reshaped.first() {
        Some(Event::Reshaped(claim, spans)) => {
            assert_eq!(*claim, owner(1));
            Some(spans.iter().map(|span| world.document.text.slice(*span).to_owned()).collect())
        }
        _ => None,
    }
}

#[test]
fn either_end_is_dragged_and_never_over_the_other() {
    let mut window = with_claim(&["boats will sail"]);
    let span = window.state().at("boats will sail");
    let may = window.state().at("May");
    assert_eq!(drag(&mut window, span.end, may.end), Some(vec!["boats will sail again by May".to_owned()]));
    assert_eq!(drag(&mut window, span.start, span.start + 6), Some(vec!["will sail".to_owned()]));
    let least = drag(&mut window, span.end, span.start - 5).expect("as far as it went");
    assert!("boats will sail".starts_with(&least.concat()) && !least.concat().is_empty(), "{least:?}");
    assert_eq!(drag(&mut window, span.end, span.end), None, "a press alone changes nothing");
}

#[test]
fn a_drag_that_leaves_the_handle_within_a_frame_has_taken_it() {
    let mut window = with_claim(&["boats will sail"]);
    let (from, to) = (window.state().at("boats will sail").end, window.state().at("May").end);
    let (from, to) = (point(&window, from), point(&window, to));
    let press = |at: Pos2, pressed: bool| Input::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.hover_at(from);
    window.step();
    window.event(press(from, true));
    window.event(Input::PointerMoved(to));
    window.step();
    window.event(press(to, false));
    window.step();
    let world = window.state();
    let claimed = ByteSpan { start: world.at("boats").start, end: world.at("May").end };
    assert!(world.events.contains(&Event::Reshaped(owner(1), vec![claimed])), "{:?}", world.events);
    assert_eq!(world.selected(), "", "a handle selects no text");
}

#[test]
fn each_part_of_a_claim_in_parts_has_its_ends_and_stops_at_the_next() {
    let mut window = with_claim(&["boats", "by May"]);
    let (boats, may) = (window.state().at("boats"), window.state().at("by May"));
    let will = window.state().at("will");
    assert_eq!(drag(&mut window, boats.end, will.end), Some(vec!["boats will".to_owned(), "by May".to_owned()]));
    let all = drag(&mut window, boats.end, may.end).expect("changed");
    assert_eq!(all, ["boats will sail again ", "by May"]);
}

#[test]
fn a_colleagues_claim_has_no_handles() {
    let mut window = with_claim(&["boats will sail"]);
    let span = window.state().at("boats will sail");
    if let Some(chain) = &mut window.state_mut().chain {
        chain.claim.layer = 1;
    }
    window.run();
    let (from, to) = (point(&window, span.end), point(&window, span.end + 6));
    window.hover_at(from);
    button(&mut window, from, true);
    window.hover_at(to);
    window.step();
    button(&mut window, to, false);
    assert!(!window.state().events.iter().any(|event| matches!(event, Event::Reshaped(..))));
    assert_eq!(window.state().selected(), " again");
}
