//! Any text and any hand: nothing panics, and the caret is always where a letter begins and where it can be seen.

use egui::{Event as Input, Key, Modifiers, PointerButton, pos2};
use egui_kittest::Harness;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use vouch::app::reader::Marks;
use vouch::document::ByteSpan;

use crate::world::{World, claim};

type Window = Harness<'static, World>;

/// What a hand may do.
#[derive(Clone, Debug)]
enum Act {
    Key(Key, Modifiers),
    Click(f32, f32, Modifiers),
    Drag(f32, f32, f32, f32),
    Grow,
    Shrink,
    Column(f32),
    Select(usize, usize),
}

const KEYS: [Key; 8] =
    [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End, Key::PageUp, Key::PageDown];

fn any_act() -> impl Strategy<Value = Act> {
    let modifiers = (any::<bool>(), any::<bool>()).prop_map(|(shift, ctrl)| {
        let held = if shift { Modifiers::SHIFT } else { Modifiers::NONE };
        if ctrl { held | Modifiers::COMMAND } else { held }
    });
    let place = || (0.0..870.0f32, 0.0..652.0f32);
    prop_oneof![
        6 => (prop::sample::select(&KEYS[..]), modifiers.clone()).prop_map(|(key, held)| Act::Key(key, held)),
        2 => (place(), modifiers).prop_map(|((x, y), held)| Act::Click(x, y, held)),
        1 => (place(), place()).prop_map(|((a, b), (c, d))| Act::Drag(a, b, c, d)),
        1 => Just(Act::Grow),
        1 => Just(Act::Shrink),
        1 => (240.0..700.0f32).prop_map(Act::Column),
        1 => (0..4000usize, 0..60usize).prop_map(|(start, long)| Act::Select(start, long)),
    ]
}

/// Lines of several scripts, some blank, some long, with characters that cannot be seen.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-z]{1,9}",
        2 => "[א-ת]{1,7}",
        1 => "[٠-٩]{1,4}",
        1 => "[0-9,.]{1,6}",
        1 => prop::sample::select(&["e\u{301}", "🇱🇹", "👩\u{200d}💻", "\u{200f}", "\u{2067}", "“", "\t", "—"][..]).prop_map(str::to_owned),
    ];
    let line = prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "));
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

fn perform(window: &mut Window, act: &Act) {
    let press = |window: &mut Window, x: f32, y: f32, pressed: bool, modifiers: Modifiers| {
        window.event(Input::PointerMoved(pos2(x, y)));
        let button = PointerButton::Primary;
        window.event_modifiers(Input::PointerButton { pos: pos2(x, y), button, pressed, modifiers }, modifiers);
        window.step();
    };
    match *act {
        Act::Key(key, modifiers) => window.key_press_modifiers(modifiers, key),
        Act::Click(x, y, modifiers) => {
            press(window, x, y, true, modifiers);
            press(window, x, y, false, modifiers);
        }
        Act::Drag(a, b, c, d) => {
            press(window, a, b, true, Modifiers::NONE);
            window.event(Input::PointerMoved(pos2(c, d)));
            window.step();
            press(window, c, d, false, Modifiers::NONE);
        }
        Act::Grow | Act::Shrink => {
            let world = window.state_mut();
            let (text, structure) = (world.document.text.clone(), world.structure.clone());
            if matches!(act, Act::Grow) {
                world.state.grow(&text, structure.as_ref());
            } else {
                world.state.shrink(&text, structure.as_ref());
            }
        }
        Act::Column(width) => window.state_mut().setting.column = width,
        Act::Select(start, long) => {
            let world = window.state_mut();
            let text = world.document.text.as_str();
            let (start, end) = (text.ceil_char_boundary(start), text.ceil_char_boundary(start + long));
            world.state.select(ByteSpan::new(start.min(text.len()), end.min(text.len())));
        }
    }
    window.step();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_the_caret_stands_on_a_letter_that_is_seen(
        text in any_text(),
        spans in prop::collection::vec((0..3000usize, 1..200usize), 0..12),
        acts in prop::collection::vec(any_act(), 1..25),
    ) {
        let mut world = World::new(&text);
        let text = world.document.text.clone();
        let marks = spans.iter().enumerate().map(|(number, (start, long))| {
            let start = text.as_str().ceil_char_boundary(*start);
            claim(number, &[ByteSpan::new(start, text.as_str().ceil_char_boundary(start + long))])
        });
        world.marks = Marks::from(marks.collect::<Vec<_>>());
        let mut window = world.window();
        perform(&mut window, &Act::Click(200.0, 40.0, Modifiers::NONE));
        for act in &acts {
            perform(&mut window, act);
            let selection = window.state().state.selection();
            prop_assert!(text.as_str().get(selection.start..selection.end).is_some(), "{:?} {:?}", act, selection);
            if let Act::Key(..) = act {
                window.run_steps(2);
                let caret = window.state().state.caret();
                // Direction controls are letters of their own on the page; Unicode lets them part no cluster of accents.
                let line_start = text.as_str()[..caret].rfind('\n').map_or(0, |at| at + 1);
                let line = text.as_str()[line_start..].lines().next().unwrap_or("");
                let on_boundary = line.grapheme_indices(true).any(|(at, _)| line_start + at == caret);
                prop_assert!(on_boundary || caret == line_start + line.len(), "{:?} at {}", act, caret);
                if !text.as_str().trim().is_empty() {
                    let place = window.state().state.caret_on_screen(caret);
                    prop_assert!(place.is_some_and(|rect| rect.top() >= -0.5 && rect.bottom() <= 652.5), "{:?} {:?}", act, place);
                }
            }
        }
    }
}
