//! The reader without a window, each figure beside its budget (quality.md): `cargo bench --bench reader`.
//!
//! A frame is egui's whole pass with the reader in it, and the tessellation of what it painted. What is counted is the
//! shortest of several times that the same frame was drawn, so that what else runs on the machine does not count.

#[path = "common/mod.rs"]
mod common;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event as Input, Modifiers, MouseWheelSource, MouseWheelUnit, Rect, TouchPhase, pos2, vec2};
use vouch::annotation::Id;
use vouch::app::derive::LANES;
use vouch::app::reader::{
    Head, Kind, Lane, LineStyle, Looks, Mark, Marks, Note, Owner, Page, ReaderState, Role, Setting, Sign, show,
};
use vouch::app::text::{Fonts, TextEngine, egui_fonts};
use vouch::app::theme::{self, Palette};
use vouch::document::{ByteSpan, Text};

const RELEASE: &str = include_str!("../sample_docs/vilnius-summit.txt");
const SCREEN: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(870.0, 652.0) };
const MARKS: usize = 100_000;
/// Bytes of the short text that the others are held against.
const SHORT: usize = 10_000;
/// Readings of each text, in turn with the others: what else runs on the machine does not meet the same frame in all of
/// them, and meets the texts alike.
const RUNS: usize = 7;
const FIRST: Duration = Duration::from_millis(50);
const FRAME: Duration = Duration::from_millis(4);
const CHANGE: Duration = Duration::from_millis(16);

fn main() {
    let large = text_of(100_000_000);
    let scattered = marks_in(large.len(), MARKS);
    let mut window = Window::new(large.clone(), scattered.clone(), 2);
    for turn in 0..100 {
        window.timed(|window| window.wheel(turn));
    }
    let memory = resident();
    drop(window);

    let small = text_of(SHORT);
    let line = Text::new(RELEASE.replace('\n', " ").repeat(5_000_000 / RELEASE.len() + 1));
    let solid = Text::new("Acknowledged".repeat(5_000_000 / 12));
    let few = marks_in(small.len(), 30);
    let medium = text_of(100_000);
    let thousand = marks_in(medium.len(), 1000);
    // A mark in ten bytes, or in fifty, as the large texts have them.
    let (dense, loose) = (marks_in(small.len(), small.len() / 10), marks_in(small.len(), small.len() / 50));
    let (crowded, in_line) = (marks_in(1_000_000, MARKS), marks_in(5_000_000, MARKS));
    let mut cases = [
        Case::new("10 kB", &small, &few, None),
        Case::new("10 kB, a mark in 10 bytes", &small, &dense, None),
        Case::new("10 kB, a mark in 50 bytes", &small, &loose, None),
        Case::new("100 MB, 100,000 marks", &large, &scattered, Some(0)),
        Case::new("100 MB, all marks in 1 MB", &large, &crowded, Some(1)),
        Case { layers: 50, ..Case::new("100 kB, 50 layers of 1,000 claims", &medium, &thousand, None) },
        Case::new("5 MB in one line", &line, &in_line, Some(2)),
        Case::new("5 MB without a space", &solid, &in_line, Some(2)),
    ];
    for _ in 0..RUNS {
        cases.iter_mut().for_each(Case::read);
    }
    let means: Vec<Means> = cases.iter_mut().map(|case| case.reading.sorted()).collect();
    for (case, means_of_case) in cases.iter().zip(&means) {
        case.print(means_of_case, case.beside.map(|number| &means[number]));
    }
    println!();
    let budget = 2 * large.len() + 150_000_000;
    common::beside("resident with the 100 MB open", &mega(memory), &mega(budget), memory <= budget);
}

/// A text with its marks, and what its frames have cost.
struct Case<'a> {
    name: &'a str,
    text: &'a Text,
    marks: &'a Marks,
    /// How many colleagues have marked as much.
    layers: usize,
    /// The short text that it is held against.
    beside: Option<usize>,
    reading: Reading,
}

impl<'a> Case<'a> {
    fn new(name: &'a str, text: &'a Text, marks: &'a Marks, beside: Option<usize>) -> Self {
        Self { name, text, marks, layers: 2, beside, reading: Reading::default() }
    }

    fn read(&mut self) {
        self.reading.again(Reading::of(self.text, self.marks, self.layers));
    }

    fn print(&self, own: &Means, short: Option<&Means>) {
        println!("\n{}", self.name);
        let Reading { first, still, scroll, select, jumps, edits } = &self.reading;
        let mean = |what: &str, own: Duration, short: Option<Duration>| {
            let what = format!("{what}, mean");
            match short {
                Some(short) => common::times(&what, own, 1.5, ("the 10 kB document", short)),
                None => common::note(&what, own),
            }
        };
        common::time("first frame", last(first, 100), FIRST);
        common::time("still, p99", last(still, 99), FRAME);
        common::time("scrolling, p99", last(scroll, 99), FRAME);
        mean("scrolling", own.scroll, short.map(|short| short.scroll));
        common::time("selecting by keys, p99", last(select, 99), FRAME);
        mean("selecting by keys", own.select, short.map(|short| short.select));
        common::time("jump, the slowest of 100", last(jumps, 100), CHANGE);
        common::time("edit to the next frame, the slowest of 50", last(edits, 100), CHANGE);
    }
}

/// What a frame costs in the mean.
struct Means {
    scroll: Duration,
    select: Duration,
}

/// The time that `percent` of sorted times do not exceed.
fn last(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get((sorted.len() * percent / 100).min(sorted.len() - 1)).copied().unwrap_or_default()
}

/// What each frame of a reading costs, in the order in which the frames are drawn.
#[derive(Default)]
struct Reading {
    first: Vec<Duration>,
    still: Vec<Duration>,
    scroll: Vec<Duration>,
    select: Vec<Duration>,
    jumps: Vec<Duration>,
    edits: Vec<Duration>,
}

impl Reading {
    fn of(text: &Text, marks: &Marks, layers: usize) -> Self {
        let mut window = Window::new(text.clone(), marks.clone(), layers);
        let first = vec![window.timed(|_| ())];
        // Short texts are laid out to their end in the frames that follow.
        for _ in 0..80 {
            window.timed(|_| ());
        }
        let still = (0..100).map(|_| window.timed(|_| ())).collect();
        let scroll = (0..1000).map(|turn| window.timed(|window| window.wheel(turn))).collect();
        window.state.reveal(ByteSpan { start: 0, end: 0 });
        window.timed(|_| ());
        window.click(pos2(400.0, 300.0));
        let select = (0..500).map(|turn| window.timed(|window| window.extend(turn))).collect();
        let jumps = (0..100).map(|_| window.timed(Window::jump)).collect();
        let edits = (0..50).map(|_| window.timed(Window::edit)).collect();
        Self { first, still, scroll, select, jumps, edits }
    }

    /// The same reading again: the shorter time of each frame is what the frame costs.
    fn again(&mut self, other: Self) {
        for (own, other) in self.all().into_iter().zip(other.into_all()) {
            if own.is_empty() {
                *own = other;
            } else {
                own.iter_mut().zip(other).for_each(|(own, other)| *own = (*own).min(other));
            }
        }
    }

    /// Sorts the times of each kind; the means.
    fn sorted(&mut self) -> Means {
        self.all().into_iter().for_each(|times| times.sort_unstable());
        let mean = |times: &[Duration]| times.iter().sum::<Duration>() / times.len() as u32;
        Means { scroll: mean(&self.scroll), select: mean(&self.select) }
    }

    fn all(&mut self) -> [&mut Vec<Duration>; 6] {
        let Self { first, still, scroll, select, jumps, edits } = self;
        [first, still, scroll, select, jumps, edits]
    }

    fn into_all(self) -> [Vec<Duration>; 6] {
        let Self { first, still, scroll, select, jumps, edits } = self;
        [first, still, scroll, select, jumps, edits]
    }
}

struct Window {
    ctx: egui::Context,
    engine: TextEngine,
    state: ReaderState,
    text: Text,
    marks: Marks,
    head: Head,
    kinds: Vec<Kind>,
    lanes: Vec<Lane>,
    notes: Vec<Note>,
    events: Vec<Input>,
    random: Random,
    time: f64,
}

impl Window {
    fn new(text: Text, marks: Marks, layers: usize) -> Self {
        let ctx = egui::Context::default();
        ctx.set_fonts(egui_fonts());
        theme::install(&ctx);
        let palette = Palette::light();
        let lanes = lanes_over(&marks, layers);
        // Something was said on each hundredth claim.
        let note = |mark: &Mark| Note { start: mark.hull().start, count: 1, unread: 0, on: vec![mark.owner.clone()] };
        let notes = marks.all().step_by(100).map(note).collect();
        let mut window = Self {
            ctx,
            engine: TextEngine::new(Fonts::bundled_only()),
            state: ReaderState::default(),
            text: Text::new(RELEASE.to_owned()),
            marks: Marks::default(),
            head: Head { byline: "NATO · 28 June 2023".to_owned(), ..Head::default() },
            kinds: ["S", "E", "P"].map(|letter| Kind { letter: letter.to_owned(), color: palette.accent }).into(),
            lanes,
            notes,
            events: vec![Input::PointerMoved(pos2(400.0, 300.0))],
            random: Random(7),
            time: 0.0,
        };
        // The fonts are warm when a document is opened.
        for _ in 0..3 {
            window.timed(|_| ());
        }
        (window.text, window.marks, window.state) = (text, marks, ReaderState::default());
        window
    }

    /// One frame after `act`, and the time that both took.
    fn timed(&mut self, act: impl FnOnce(&mut Self)) -> Duration {
        self.time += 1.0 / 60.0;
        let start = Instant::now();
        act(self);
        let input = egui::RawInput {
            screen_rect: Some(SCREEN),
            time: Some(self.time),
            events: std::mem::take(&mut self.events),
            ..Default::default()
        };
        let (read, also, setting) = (BTreeSet::new(), BTreeSet::new(), Setting::default());
        let page = Page {
            text: &self.text,
            structure: None,
            head: &self.head,
            marks: &self.marks,
            versus: None,
            kinds: &self.kinds,
            selected: None,
            also_selected: &also,
            lanes: &self.lanes,
            notes: &self.notes,
            read: &read,
            missing: &[],
            hits: &[],
            hit: None,
            setting: &setting,
        };
        let (engine, state) = (&mut self.engine, &mut self.state);
        let output = self.ctx.run_ui(input, |ui| {
            show(ui, engine, &page, state);
        });
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let time = start.elapsed();
        assert!(meshes.len() > 1, "a page was painted");
        let mut textures = output.textures_delta;
        textures.clear();
        time
    }

    /// Down, and now and then up again; in a short text back to its start before its end is passed, so that all texts
    /// fill the view at all times.
    fn wheel(&mut self, turn: usize) {
        let back = self.text.len() < 2 * SHORT && turn / 200 % 2 == 1;
        let down = if (turn % 100 < 80) == back { 30.0 } else { -30.0 };
        self.events.push(Input::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, down),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Trackpad,
            modifiers: Modifiers::NONE,
        });
    }

    fn click(&mut self, pos: egui::Pos2) {
        for pressed in [true, false] {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            self.events.push(Input::PointerButton { pos, button, pressed, modifiers });
            self.timed(|_| ());
        }
    }

    fn extend(&mut self, turn: usize) {
        let key = if turn.is_multiple_of(4) { egui::Key::ArrowDown } else { egui::Key::ArrowRight };
        self.events.push(Input::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: true,
            modifiers: Modifiers::SHIFT,
        });
    }

    fn jump(&mut self) {
        let byte = self.text.as_str().floor_char_boundary(self.random.below(self.text.len()));
        self.state.reveal(ByteSpan { start: byte, end: byte });
    }

    /// Another term for one claim: its marks are made again.
    fn edit(&mut self) {
        let number = self.random.below(self.marks.all().len());
        let mut mark = self.marks.all().nth(number).expect("a mark").clone();
        let owner = mark.owner.clone();
        if let Role::Claim(looks) = &mut mark.role {
            looks.line = LineStyle::Low;
        }
        self.marks.change(&BTreeSet::from([owner]), vec![mark]);
    }
}

/// The lanes of so many colleagues, who marked what I did; beyond six they share the last one, as in the window.
fn lanes_over(marks: &Marks, layers: usize) -> Vec<Lane> {
    let sign = |at: usize| [Sign::Agrees, Sign::Differs, Sign::OnlyTheirs][at % 3];
    let signs = |every: usize| -> Arc<[(usize, Sign)]> {
        marks.all().enumerate().step_by(every).map(|(at, mark)| (mark.hull().start, sign(at))).collect()
    };
    let every = |at: usize| if layers > 2 { 1 } else { 3 + 2 * at };
    let lane = |at: usize| Lane {
        initials: "MK".to_owned(),
        name: "Mart Kask".to_owned(),
        signs: signs(every(at)),
        slot: Some(at),
        dimmed: false,
    };
    (0..layers.min(LANES)).map(lane).collect()
}

fn text_of(bytes: usize) -> Text {
    let mut text = String::with_capacity(bytes + RELEASE.len());
    while text.len() < bytes {
        text.push_str(RELEASE);
        text.push_str("\n\n");
    }
    Text::new(text)
}

/// Claims, mentions and cues over the first `bytes` of a text, nesting and crossing.
fn marks_in(bytes: usize, count: usize) -> Marks {
    let mut random = Random(42);
    let marks = (0..count).map(|number| {
        let length = 4 + random.below(400);
        let owner = Owner { layer: 0, id: Id::new(&format!("c-{number:06}")) };
        let styles = [LineStyle::High, LineStyle::Moderate, LineStyle::Low, LineStyle::CannotJudge];
        let role = match number % 5 {
            0 => Role::Mention,
            1 => Role::Cue,
            _ => Role::Claim(Looks {
                kind: number % 3,
                line: styles[number % 4],
                badge: "B2".to_owned(),
                attributed: number % 7 > 0,
            }),
        };
        let length = if number % 5 < 2 { 4 + length / 20 } else { length };
        let start = random.below(bytes - length);
        // ASCII but for the apostrophes: off a boundary a mark would be drawn whole all the same.
        Mark { owner, role, spans: vec![ByteSpan { start, end: start + length }] }
    });
    Marks::from(marks.collect::<Vec<_>>())
}

/// Numbers that look random and are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Bytes of memory that this process holds; 0 where the system does not tell.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or(0) * 1024
}

fn mega(bytes: usize) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}
