//! Caret and selection by pointer and keys.

use egui::{Event as Input, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use vouch::app::reader::{Chain, Event, Marks};
use vouch::document::ByteSpan;

use crate::world::{SCREEN, World, claim, owner, point};

const WORDS: &str = "A title\n\n\
    The minister said that the bridge will open in June. “Nobody pays,” she added, “for the ferry.”\n\n\
    שר החוץ אמר: נעמוד בהתחייבות NATO עד 12 ביולי.\n\n\
    The end (e\u{301}t \u{1f1f1}\u{1f1f9}).\n";

type Window = Harness<'static, World>;

fn press(window: &mut Window, at: Pos2, modifiers: Modifiers, pressed: bool) {
    window.event(Input::PointerMoved(at));
    window.event_modifiers(
        Input::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers },
        modifiers,
    );
    window.step();
}

/// Presses and lets go, `times` in quick succession.
fn click(window: &mut Window, at: Pos2, times: usize) {
    for _ in 0..times {
        press(window, at, Modifiers::NONE, true);
        press(window, at, Modifiers::NONE, false);
    }
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    press(window, from, Modifiers::NONE, true);
    for step in 1..=4 {
        window.event(Input::PointerMoved(from + (to - from) * (step as f32 / 4.0)));
        window.step();
    }
    press(window, to, Modifiers::NONE, false);
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.step();
}

fn opened(words: &str) -> Window {
    World::new(words).window()
}

/// A window with the caret at a byte and the focus on the reader.
fn at(words: &str, byte: usize) -> Window {
    let mut window = opened(words);
    let middle = point(&window, byte);
    click(&mut window, middle, 1);
    assert_eq!(window.state().state.caret(), byte);
    window
}

#[test]
fn a_click_puts_the_caret_between_two_letters() {
    let mut window = opened(WORDS);
    let byte = window.state().at("minister").end;
    let middle = point(&window, byte);
    click(&mut window, middle + vec2(1.0, 0.0), 1);
    assert_eq!(window.state().state.selection(), ByteSpan { start: byte, end: byte });
    assert!(window.state().events.contains(&Event::Selected));
}

#[test]
fn a_drag_selects_from_letter_to_letter_both_ways() {
    let mut window = opened(WORDS);
    let words = window.state().at("that the bridge");
    let (from, to) = (point(&window, words.start), point(&window, words.end));
    drag(&mut window, from, to);
    assert_eq!(window.state().selected(), "that the bridge");
    drag(&mut window, to, from);
    assert_eq!(window.state().selected(), "that the bridge");
    assert_eq!(window.state().state.caret(), words.start);
}

#[test]
fn a_drag_over_paragraphs_takes_the_blank_lines_between() {
    let mut window = opened(WORDS);
    let (from, to) = (window.state().at("“for the").start, window.state().at("The end").end);
    let (a, b) = (point(&window, from), point(&window, to));
    drag(&mut window, a, b);
    assert_eq!(window.state().state.selection(), ByteSpan { start: from, end: to });
}

#[test]
fn a_double_click_selects_a_word_and_a_third_the_sentence() {
    let mut window = opened(WORDS);
    let inside = window.state().at("minister").start + 3;
    let middle = point(&window, inside);
    click(&mut window, middle, 2);
    assert_eq!(window.state().selected(), "minister");
    let mut window = opened(WORDS);
    click(&mut window, middle, 3);
    assert_eq!(window.state().selected(), "The minister said that the bridge will open in June.");
}

#[test]
fn a_double_click_elsewhere_keeps_the_claim_at_hand() {
    let at_hand = |window: &mut Window, number: usize| {
        let spans = window.state().marks.all().find(|mark| mark.owner == owner(number)).map(|mark| mark.spans.clone());
        let chain = spans.map(|spans| Chain { claim: owner(number), spans, voices: Vec::new() });
        window.state_mut().chain = chain;
    };
    let mut world = World::new(WORDS);
    world.marks = Marks::from(vec![claim(1, &[world.at("the bridge")]), claim(2, &[world.at("in June")])]);
    let mut window = world.window();
    let (said, june) = (window.state().at("said").start + 2, window.state().at("June").start + 2);
    for (byte, first, then, word) in [(said, Event::Nothing, 0, "said"), (june, Event::Claim(owner(2)), 2, "June")] {
        at_hand(&mut window, 1);
        window.run();
        window.state_mut().events.clear();
        let middle = point(&window, byte);
        click(&mut window, middle, 1);
        assert!(window.state().events.contains(&first), "{:?}", window.state().events);
        at_hand(&mut window, then);
        window.state_mut().events.clear();
        click(&mut window, middle, 1);
        assert_eq!(window.state().selected(), word);
        assert!(window.state().events.contains(&Event::Claim(owner(1))), "{:?}", window.state().events);
        for _ in 0..60 {
            window.step();
        }
    }
}

#[test]
fn a_drag_after_a_double_click_goes_on_by_words() {
    let mut window = opened(WORDS);
    let (from, to) = (window.state().at("minister").start + 3, window.state().at("bridge").start + 2);
    let (a, b) = (point(&window, from), point(&window, to));
    click(&mut window, a, 1);
    drag(&mut window, a, b);
    assert_eq!(window.state().selected(), "minister said that the bridge");
    let back = window.state().at("The minister").start + 1;
    let c = point(&window, back);
    let mut window = opened(WORDS);
    click(&mut window, a, 1);
    drag(&mut window, a, c);
    assert_eq!(window.state().selected(), "The minister");
}

#[test]
fn shift_and_a_click_extend_the_selection() {
    let start = opened(WORDS).state().at("said").start;
    let mut window = at(WORDS, start);
    let end = window.state().at("the bridge").end;
    let to = point(&window, end);
    press(&mut window, to, Modifiers::SHIFT, true);
    press(&mut window, to, Modifiers::SHIFT, false);
    assert_eq!(window.state().selected(), "said that the bridge");
}

#[test]
fn a_drag_below_the_page_scrolls_on() {
    let words = format!("{}The last line.", "A line that is in the way.\n\n".repeat(60));
    let mut window = opened(&words);
    let from = point(&window, 2);
    press(&mut window, from, Modifiers::NONE, true);
    for _ in 0..400 {
        window.event(Input::PointerMoved(Pos2::new(200.0, 700.0)));
        window.step();
    }
    let selection = window.state().state.selection();
    assert_eq!(selection.start, 2);
    assert!(selection.end > words.len() - 20, "{selection:?}");
    press(&mut window, Pos2::new(200.0, 700.0), Modifiers::NONE, false);
}

#[test]
fn arrows_move_by_letter_word_and_paragraph_over_blank_lines() {
    let mut window = at(WORDS, 0);
    let ctrl = Modifiers::COMMAND;
    key(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window.state().state.caret(), 1);
    key(&mut window, ctrl, Key::ArrowRight);
    assert_eq!(window.state().state.caret(), "A title".len());
    // The blank line is no place for the caret.
    key(&mut window, Modifiers::NONE, Key::ArrowRight);
    let second = window.state().at("The minister").start;
    assert_eq!(window.state().state.caret(), second);
    key(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.state().state.caret(), "A title".len());
    key(&mut window, ctrl, Key::ArrowDown);
    assert_eq!(window.state().state.caret(), second);
    key(&mut window, ctrl, Key::ArrowUp);
    assert_eq!(window.state().state.caret(), 0);
    key(&mut window, ctrl, Key::End);
    assert_eq!(window.state().state.caret(), WORDS.trim_end().len());
    key(&mut window, ctrl, Key::Home);
    assert_eq!(window.state().state.caret(), 0);
}

#[test]
fn the_caret_moves_over_whole_clusters() {
    let start = opened(WORDS).state().at("(e\u{301}").start;
    let mut window = at(WORDS, start);
    let mut stops = Vec::new();
    for _ in 0..5 {
        key(&mut window, Modifiers::NONE, Key::ArrowRight);
        stops.push(window.state().state.caret() - start);
    }
    assert_eq!(stops, [1, 4, 5, 6, 14]);
}

#[test]
fn left_and_right_move_by_sight_in_a_line_from_right_to_left() {
    let start = opened(WORDS).state().at("שר").start;
    let mut window = at(WORDS, start);
    let x = |window: &Window| point(window, window.state().state.caret()).x;
    let before = x(&window);
    key(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert!(x(&window) < before);
    assert_eq!(window.state().state.caret(), start + 'ש'.len_utf8());
}

#[test]
fn a_key_that_cannot_move_the_caret_still_brings_it_into_view() {
    let line = "מילים רבות של הודעה לעיתונות שנשברות לכמה שורות כאשר העמודה צרה יותר. ";
    for (words, on) in [(line.repeat(40), Key::ArrowLeft), ("many words of a release ".repeat(120), Key::ArrowRight)] {
        let mut window = at(&words, 0);
        key(&mut window, Modifiers::COMMAND, Key::End);
        let end = window.state().state.caret();
        window.state_mut().setting.column = 260.0;
        window.run_steps(3);
        key(&mut window, Modifiers::NONE, on);
        window.run_steps(2);
        assert_eq!(window.state().state.caret(), end);
        let place = window.state().state.caret_on_screen(end).expect("in view");
        assert!(place.bottom() <= SCREEN.bottom(), "{place:?}");
    }
}

#[test]
fn up_and_down_keep_to_the_column_they_began_in() {
    let words = format!("{}\n\nx\n\n{}", "long ".repeat(12), "line ".repeat(12));
    let mut window = at(&words, 33);
    let before = point(&window, 33).x;
    let down = |window: &mut Window| key(window, Modifiers::NONE, Key::ArrowDown);
    down(&mut window);
    assert_eq!(window.state().state.caret(), words.find('x').unwrap() + 1);
    down(&mut window);
    let caret = window.state().state.caret();
    assert!(caret > words.rfind("\n\n").unwrap());
    assert!((point(&window, caret).x - before).abs() < 6.0);
}

#[test]
fn shift_extends_and_an_arrow_lets_go_at_the_end_it_leads_to() {
    let start = opened(WORDS).state().at("minister").start;
    let mut window = at(WORDS, start);
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(window.state().selected(), "minister said");
    key(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.state().state.selection(), ByteSpan { start, end: start });
    key(&mut window, Modifiers::SHIFT, Key::End);
    assert!(window.state().selected().starts_with("minister said that"));
    key(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(window.state().selected(), WORDS.trim_end());
}

#[test]
fn page_keys_move_the_caret_with_the_view_and_end_at_the_ends() {
    let words = "A line of the release that is read.\n\n".repeat(80);
    let mut window = at(&words, 3);
    let before = point(&window, 3);
    key(&mut window, Modifiers::NONE, Key::PageDown);
    window.step();
    let caret = window.state().state.caret();
    assert!(caret > 300, "{caret}");
    let after = point(&window, caret);
    assert!((after.x - before.x).abs() < 8.0, "the column is kept: {before} {after}");
    for _ in 0..20 {
        key(&mut window, Modifiers::NONE, Key::PageDown);
    }
    assert_eq!(window.state().state.caret(), words.trim_end().len());
    for _ in 0..20 {
        key(&mut window, Modifiers::NONE, Key::PageUp);
    }
    assert_eq!(window.state().state.caret(), 0);
}

#[test]
fn the_caret_stays_in_view_wherever_keys_take_it() {
    let words = "A line of the release that is read, and is long enough to wrap once at this width.\n\n".repeat(60);
    let mut window = at(&words, 3);
    for _ in 0..80 {
        key(&mut window, Modifiers::NONE, Key::ArrowDown);
        window.step();
        let caret = window.state().state.caret();
        let place = point(&window, caret);
        assert!((46.0..652.0).contains(&place.y), "{place}");
    }
    for _ in 0..80 {
        key(&mut window, Modifiers::NONE, Key::ArrowUp);
        window.step();
        let caret = window.state().state.caret();
        let place = point(&window, caret);
        assert!((0.0..652.0).contains(&place.y), "{place}");
    }
}

#[test]
fn keys_do_nothing_without_the_focus_and_tab_leaves_the_reader() {
    let mut window = opened(WORDS);
    key(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window.state().state.caret(), 0);
    let mut world = World::new(WORDS);
    world.head.link = Some(("nato.int".to_owned(), "https://nato.int".to_owned()));
    let mut window = world.window();
    let middle = point(&window, 3);
    click(&mut window, middle, 1);
    key(&mut window, Modifiers::NONE, Key::Tab);
    key(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window.state().state.caret(), 3, "the focus went on, and the arrow with it");
}

fn marked() -> World {
    let mut world = World::new(WORDS);
    let spans = ["The minister said that the bridge", "that the bridge will open", "bridge"].map(|it| world.at(it));
    world.marks = Marks::from(spans.iter().enumerate().map(|(n, it)| claim(n, &[*it])).collect::<Vec<_>>());
    world
}

fn clicked_claims(world: &World) -> Vec<Event> {
    world.events.iter().filter(|event| **event != Event::Selected).cloned().collect()
}

#[test]
fn clicks_go_through_the_claims_that_lie_there_the_shortest_first() {
    let mut window = marked().window();
    let middle = point(&window, window.state().at("bridge").start + 3) + vec2(1.0, 0.0);
    for expected in [2, 1, 0, 2] {
        window.state_mut().events.clear();
        click(&mut window, middle, 1);
        window.run_steps(40);
        assert_eq!(clicked_claims(window.state()), [Event::Claim(owner(expected))]);
        let spans = window.state().marks.all().find(|mark| mark.owner == owner(expected)).unwrap().spans.clone();
        window.state_mut().chain = Some(Chain { claim: owner(expected), spans, voices: Vec::new() });
        window.step();
    }
    window.state_mut().events.clear();
    let beside = point(&window, window.state().at("ferry").start + 2);
    click(&mut window, beside, 1);
    assert_eq!(clicked_claims(window.state()), [Event::Nothing]);
}

#[test]
fn a_click_with_control_says_which_claim_and_leaves_the_caret() {
    let mut window = marked().window();
    let middle = point(&window, window.state().at("bridge").start + 3) + vec2(1.0, 0.0);
    press(&mut window, middle, Modifiers::COMMAND, true);
    press(&mut window, middle, Modifiers::COMMAND, false);
    assert_eq!(clicked_claims(window.state()), [Event::Claim(owner(2))]);
    assert_eq!(window.state().state.caret(), 0);
}

#[test]
fn hovering_tells_whose_marks_lie_there() {
    let mut window = marked().window();
    let middle = point(&window, window.state().at("bridge").start + 3);
    window.hover_at(middle + vec2(1.0, 0.0));
    window.run();
    assert_eq!(window.state().hovered, [owner(2), owner(1), owner(0)]);
    let right = egui::pos2(770.0, middle.y);
    window.hover_at(right);
    window.run();
    assert!(window.state().hovered.is_empty(), "beside the line there is nothing");
}

#[test]
fn an_address_opens_with_control_only_and_only_if_it_is_one_to_open() {
    let mut window = opened("See https://nato.int/summit?x=1. Not file:///etc/passwd nor javascript:alert(1).\n");
    let link = point(&window, window.state().at("nato").start + 1);
    click(&mut window, link, 1);
    assert!(clicked_claims(window.state()).is_empty());
    press(&mut window, link, Modifiers::COMMAND, true);
    press(&mut window, link, Modifiers::COMMAND, false);
    assert_eq!(clicked_claims(window.state()), [Event::Link("https://nato.int/summit?x=1".to_owned())]);
    window.state_mut().events.clear();
    for word in ["etc", "alert"] {
        let other = point(&window, window.state().at(word).start + 1);
        press(&mut window, other, Modifiers::COMMAND, true);
        press(&mut window, other, Modifiers::COMMAND, false);
    }
    assert!(clicked_claims(window.state()).is_empty());
}
