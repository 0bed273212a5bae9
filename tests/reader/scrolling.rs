//! Scrolling, the head, the bar, folds and what is reported as seen.

use egui::{
    Event as Input, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, pos2, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use vouch::app::reader::bar::handle;
use vouch::app::reader::columns::Columns;
use vouch::app::reader::{Event, Fold, Lane, Marks, Note, Sign};
use vouch::document::ByteSpan;

use crate::world::{SCREEN, World, claim, owner, point};

type Window = Harness<'static, World>;

fn wheel(window: &mut Window, down: f32) {
    window.hover_at(pos2(400.0, 300.0));
    window.step();
    window.event(Input::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -down),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Trackpad,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(30);
}

fn long() -> World {
    World::new(
        &"A line of the release that is read, and is long enough to wrap once at this width, as most are.\n\n"
            .repeat(200),
    )
}

/// Top of the line of a byte on the screen.
fn top(window: &Window, byte: usize) -> f32 {
    point(window, byte).y - 14.5
}

#[test]
fn the_wheel_moves_the_page_by_what_it_says() {
    let mut window = long().window();
    let second = window.state().nth("A line", 1).start;
    let before = top(&window, second);
    wheel(&mut window, 50.0);
    assert_eq!(top(&window, second), before - 50.0);
    wheel(&mut window, -500.0);
    assert_eq!(top(&window, second), before, "it stops at the top");
}

#[test]
fn the_end_of_the_document_is_the_end_of_scrolling() {
    let mut window = long().window();
    wheel(&mut window, 1e6);
    let last = window.state().document.text.as_str().trim_end().len();
    let bottom = top(&window, last) + 29.0;
    assert_eq!(bottom, 652.0 - 58.0);
}

#[test]
fn another_width_keeps_the_line_that_is_read_in_its_place() {
    let mut window = long().window();
    wheel(&mut window, 3000.0);
    let byte = {
        let world = window.state();
        let lines = (0..world.document.text.len()).filter(|&byte| world.state.caret_on_screen(byte).is_some());
        lines.map(|byte| (byte, world.state.caret_on_screen(byte).unwrap().top())).find(|(_, y)| *y >= 0.0).unwrap()
    };
    window.state_mut().setting.column = 500.0;
    window.run();
    let first = window.state().state.caret_on_screen(byte.0).unwrap().top();
    assert!((first - byte.1).abs() < 30.0, "{first} was {}", byte.1);
    window.set_pixels_per_point(2.0);
    window.run();
    let second = window.state().state.caret_on_screen(byte.0).unwrap().top();
    assert!((second - first).abs() < 30.0, "{second} was {first}");
}

#[test]
fn a_place_is_revealed_where_it_can_be_read() {
    let mut window = long().window();
    let far = window.state().nth("A line", 150);
    window.state_mut().state.select(far);
    window.run();
    let rect = window.state().state.on_screen(far).unwrap();
    assert!(rect.top() > 46.0 && rect.bottom() < 652.0, "{rect}");
    let near = window.state().nth("A line", 151);
    let before = rect.top();
    window.state_mut().state.reveal(near);
    window.run();
    assert_eq!(window.state().state.on_screen(far).unwrap().top(), before, "what is in view does not move");
}

#[test]
fn the_head_stays_once_the_title_is_gone() {
    let mut world = long();
    world.head.title = Some(
        world.at("A line of the release that is read, and is long enough to wrap once at this width, as most are."),
    );
    world.head.title_words = "A line of the release".to_owned();
    world.head.byline = "NATO".to_owned();
    world.head.link = Some(("nato.int".to_owned(), "https://nato.int/".to_owned()));
    let mut window = world.window();
    let links = |window: &Window| window.query_all_by_label("nato.int").count();
    assert_eq!(links(&window), 1);
    wheel(&mut window, 30.0);
    assert_eq!(links(&window), 1, "title and byline are still there");
    wheel(&mut window, 400.0);
    assert_eq!(links(&window), 1, "now in the head");
    window.get_by_label("nato.int").click();
    window.run();
    assert!(window.state().events.contains(&Event::Link("https://nato.int/".to_owned())));
}

#[test]
fn a_link_that_could_run_something_is_no_link() {
    let mut world = World::new("Words\n");
    world.head.link = Some(("click".to_owned(), "javascript:alert(1)".to_owned()));
    assert_eq!(world.window().query_all_by_label("click").count(), 0);
}

#[test]
fn what_is_found_in_a_fold_opens_it() {
    let mut world = World::new("A title\n\nA title\n\nText of the release.\n");
    let span = world.nth("A title", 1);
    world.head.folds = vec![Fold { span, words: "Title repeated".to_owned(), aside: String::new() }];
    let mut window = world.window();
    let shown = |window: &Harness<'static, World>| window.state().state.on_screen(span).is_some();
    let text = window.state().at("Text");
    window.state_mut().state.select(text);
    window.run();
    assert!(!shown(&window), "what is elsewhere leaves it closed");
    window.state_mut().state.reveal(ByteSpan { start: span.start + 2, end: span.end });
    window.run();
    assert!(shown(&window));
}

#[test]
fn a_byline_from_right_to_left_stands_at_the_right_with_its_link_on_its_left() {
    for (publisher, rtl) in [("NATO", false), ("هيئة مياه", true)] {
        let mut world = World::new("Title\n\nText.\n");
        world.head.title = Some(world.at("Title"));
        world.head.byline = format!("{publisher} · 2024");
        world.head.link = Some(("nato.int".to_owned(), "https://nato.int".to_owned()));
        let window = world.window();
        let link = window.get_by_label("nato.int").rect();
        assert_eq!(link.left() > SCREEN.center().x, rtl, "{link:?}");
        // Publisher and year stand on the side that it is read from.
        let room = if rtl { 782.0 - link.right() } else { link.left() - 142.0 };
        assert!((60.0..200.0).contains(&room), "{link:?}");
    }
}

#[test]
fn initials_of_the_lanes_stand_above_the_signs_of_the_title() {
    let mut world = World::new("Title\n\nText.\n");
    let title = world.at("Title");
    world.head.title = Some(title);
    let signs = [(0, Sign::Agrees)].into();
    world.lanes = vec![Lane { initials: "MK".to_owned(), name: "Mart Kask".to_owned(), signs, ..Lane::default() }];
    let window = world.window();
    let line = window.state().state.on_screen(title).expect("in view");
    let initials = window.get_by_label("lane of Mart Kask").rect();
    assert!(initials.bottom() < line.center().y - 5.0, "{initials:?} {line:?}");
}

#[test]
fn a_fold_opens_and_closes() {
    let mut world = World::new("Title\n\nTitle\nPhoto: NATO\n\nText\n");
    let span = ByteSpan { start: world.nth("Title", 1).start, end: world.at("Photo: NATO").end };
    world.head.folds = vec![Fold { span, words: "Title repeated".to_owned(), aside: "Photo: NATO".to_owned() }];
    let mut window = world.window();
    assert_eq!(window.state().state.caret_on_screen(span.start), None);
    let text = window.state().at("Text").start;
    let before = top(&window, text);
    window.get_by_label("show").click();
    window.run();
    assert!(window.state().state.caret_on_screen(span.start).is_some());
    assert_eq!(top(&window, text), before + 14.0 + 2.0 * 29.0);
    window.get_by_label("hide").click();
    window.run();
    assert_eq!(top(&window, text), before);
}

#[test]
fn who_is_a_button_with_a_name() {
    let mut world = World::new("Someone said something.\n");
    let mut mark = claim(1, &[world.at("something")]);
    if let vouch::app::reader::Role::Claim(looks) = &mut mark.role {
        looks.attributed = false;
    }
    world.marks = Marks::from(vec![mark]);
    let mut window = world.window();
    window.get_by_label("who? Claim without a source").click();
    window.run();
    assert!(window.state().events.contains(&Event::Who(owner(1))));
}

fn click(window: &mut Window, at: Pos2) {
    for pressed in [true, false] {
        window.event(Input::PointerMoved(at));
        window.event(Input::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.step();
    }
}

#[test]
fn a_remark_is_a_sign_beside_its_line_that_moves_no_letter_and_leads_to_the_claim() {
    let text = "Someone said something.\n\nNobody said more.\n";
    let mut world = World::new(text);
    let (first, second) = (world.at("something"), world.at("said something"));
    let before = World::new(text).window().state().state.on_screen(first);
    let note = |start: usize, number: usize, unread: usize| Note { start, count: 1, unread, on: vec![owner(number)] };
    world.notes = vec![note(second.start, 2, 1), note(first.start, 1, 0)];
    let mut window = world.window();
    assert_eq!(window.state().state.on_screen(first), before);
    let sign = window.get_by_label("2 remarks, 1 unread here").rect();
    let line = window.state().state.on_screen(first).expect("in view");
    assert!(sign.left() > line.right() && line.y_range().contains(sign.center().y), "{sign:?} {line:?}");
    click(&mut window, sign.center());
    assert!(window.state().events.contains(&Event::Note(vec![owner(2), owner(1)])));
}

#[test]
fn a_click_on_a_badge_or_a_sign_says_which() {
    let mut world = World::new("Someone said something.\n");
    let span = world.at("something");
    world.marks = Marks::from(vec![claim(1, &[span])]);
    world.lanes = vec![Lane {
        initials: "MK".to_owned(),
        name: "Mart Kask".to_owned(),
        signs: [(span.start, Sign::Differs)].into(),
        ..Lane::default()
    }];
    let mut window = world.window_of(vec2(842.0, 652.0));
    let y = point(&window, span.start).y;
    click(&mut window, pos2(118.0, y));
    assert!(window.state().events.contains(&Event::Claim(owner(1))));
    click(&mut window, pos2(842.0 - 14.0 - 20.0, y));
    assert!(window.state().events.contains(&Event::Sign(0, span.start)));
}

#[test]
fn dragging_the_handle_goes_from_end_to_end() {
    let mut window = long().window();
    window.run();
    let at = |y: f32| pos2(863.0, y);
    let press = |window: &mut Window, y: f32, pressed: bool| {
        window.event(Input::PointerMoved(at(y)));
        window.event(Input::PointerButton {
            pos: at(y),
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.step();
    };
    press(&mut window, 8.0, true);
    assert!(window.state().state.caret_on_screen(0).is_some(), "a press on the handle moves nothing");
    window.event(Input::PointerMoved(at(651.0)));
    window.step();
    window.step();
    let last = window.state().document.text.as_str().trim_end().len();
    assert!(window.state().state.caret_on_screen(last).is_some());
    press(&mut window, 651.0, false);
    press(&mut window, 10.0, true);
    press(&mut window, 10.0, false);
    assert!(window.state().state.caret_on_screen(0).is_some(), "a press beside the handle goes there");
}

#[test]
fn the_handle_is_as_long_as_the_share_of_the_document_in_view() {
    let room = 600.0 - 10.0;
    let whole = handle(0.0, 600.0, 300.0, 600.0);
    assert_eq!((whole.min, whole.max), (5.0, 5.0 + room));
    let half = handle(600.0, 600.0, 1200.0, 600.0);
    assert_eq!((half.min, half.max), (5.0 + room / 2.0, 5.0 + room));
    let far = handle(5e8, 600.0, 1e9, 600.0);
    assert_eq!(far.span(), 24.0, "it can always be held");
}

#[test]
fn the_width_is_shared_as_drawn() {
    // The big window of the design: 870 points for the reader, two lanes.
    let big = Columns::new(Rect::from_min_size(pos2(230.0, 32.0), vec2(870.0, 652.0)), 640.0, 2);
    assert_eq!((big.left, big.width, big.elbow), (372.0, 640.0, 268.0));
    assert_eq!((big.lane_at(0), big.lane_at(1), big.bar.left()), (1038.5, 1066.5, 1086.0));
    assert_eq!((big.number, big.brackets), (254.0, 2));
    // The small one.
    let small = Columns::new(Rect::from_min_size(pos2(36.0, 32.0), vec2(764.0, 388.0)), 640.0, 2);
    assert_eq!((small.left, small.width, small.elbow), (164.0, 546.0, 66.0));
    assert_eq!((small.lane_at(0), small.lane_at(1), small.bar.left()), (738.5, 766.5, 786.0));
    // A wide one has the column in the middle, the lanes beside it, the bar at the edge.
    let wide = Columns::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(1870.0, 900.0)), 640.0, 2);
    assert_eq!((wide.left, wide.width, wide.lane_at(0)), (642.0, 640.0, 642.0 + 640.0 + 26.5));
    assert_eq!(wide.bar.left(), 1856.0);
}

#[test]
fn blank_and_empty_documents_are_shown_and_take_the_caret() {
    for words in ["", "\n", "\n\n\n \n", "x"] {
        let mut window = World::new(words).window();
        click(&mut window, pos2(300.0, 40.0));
        window.run();
        assert!(window.state().state.caret() <= words.len(), "{words:?}");
        for key in [egui::Key::ArrowDown, egui::Key::ArrowRight, egui::Key::PageDown, egui::Key::End, egui::Key::Home] {
            window.key_press(key);
            window.step();
        }
        assert!(window.state().state.selection().is_empty());
    }
}

#[test]
fn another_text_in_the_same_reader_starts_at_its_top() {
    let mut window = long().window();
    wheel(&mut window, 3000.0);
    let other = World::new("Short.\n");
    let world = window.state_mut();
    world.document = other.document;
    world.structure = other.structure;
    window.run();
    assert!(window.state().state.caret_on_screen(0).is_some());
}

#[test]
fn a_text_of_nothing_but_blank_lines_does_not_hold_up_a_frame() {
    let mut window = World::new(&format!("Start.\n{}End.\n", "\n".repeat(1_000_000))).window();
    wheel(&mut window, 40.0);
    window.key_press(egui::Key::PageDown);
    window.run_steps(5);
    let end = window.state().at("End.");
    window.state_mut().state.select(end);
    window.run_steps(5);
    assert!(window.state().state.on_screen(end).is_some());
}
