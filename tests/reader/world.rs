//! A document with marks, and a reader to show it in.

use std::collections::BTreeSet;

use egui::{Color32, Pos2, Rect, pos2, vec2};
use egui_kittest::Harness;
use vouch::annotation::Id;
use vouch::app::reader::{
    Chain, Event, Head, Kind, Lane, LineStyle, Looks, Mark, Marks, Note, Owner, Page, ReaderState, Role, Setting, show,
};
use vouch::app::text::{Fonts, TextEngine, egui_fonts};
use vouch::app::theme;
use vouch::document::{self, ByteSpan, Document, ReadOptions, Structure};

/// Where the reader is on the screen in these tests: its text begins at x = 142.
pub const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(870.0, 652.0) };

/// Faces of scripts that are not shipped, so that the tests do not depend on the machine.
pub const FACES: [&[u8]; 3] = [
    include_bytes!("../fixtures/fonts/hebrew.ttf"),
    include_bytes!("../fixtures/fonts/arabic.ttf"),
    include_bytes!("../fixtures/fonts/emoji.ttf"),
];

/// What the app would hold for one document.
pub struct World {
    pub document: Document,
    pub structure: Option<Structure>,
    pub head: Head,
    pub marks: Marks,
    pub kinds: Vec<Kind>,
    pub chain: Option<Chain>,
    pub also: BTreeSet<Owner>,
    pub lanes: Vec<Lane>,
    pub notes: Vec<Note>,
    pub read: BTreeSet<usize>,
    pub hits: Vec<ByteSpan>,
    pub setting: Setting,
    pub state: ReaderState,
    pub engine: TextEngine,
    pub events: Vec<Event>,
    pub hovered: Vec<Owner>,
}

impl World {
    /// A document of these words, without marks.
    pub fn new(words: &str) -> Self {
        let (document, _) = document::read("release.txt", words.as_bytes(), &ReadOptions::default()).unwrap();
        let structure = Structure::of(&document);
        Self {
            document,
            structure: Some(structure),
            head: Head::default(),
            marks: Marks::default(),
            kinds: ["S", "E", "P"].map(|letter| Kind { letter: letter.to_owned(), color: Color32::BLUE }).into(),
            chain: None,
            also: BTreeSet::new(),
            lanes: Vec::new(),
            notes: Vec::new(),
            read: BTreeSet::new(),
            hits: Vec::new(),
            setting: Setting::default(),
            state: ReaderState::default(),
            engine: TextEngine::new(Fonts::with_faces(&FACES)),
            events: Vec::new(),
            hovered: Vec::new(),
        }
    }

    /// The `nth` place (from 0) of these words.
    pub fn nth(&self, words: &str, nth: usize) -> ByteSpan {
        let text = self.document.text.as_str();
        let (start, _) = text.match_indices(words).nth(nth).unwrap_or_else(|| panic!("no {words:?}"));
        ByteSpan { start, end: start + words.len() }
    }

    /// The first place of these words.
    pub fn at(&self, words: &str) -> ByteSpan {
        self.nth(words, 0)
    }

    pub fn page(&self) -> Page<'_> {
        Page {
            text: &self.document.text,
            structure: self.structure.as_ref(),
            head: &self.head,
            marks: &self.marks,
            versus: None,
            kinds: &self.kinds,
            selected: self.chain.as_ref(),
            also_selected: &self.also,
            lanes: &self.lanes,
            notes: &self.notes,
            read: &self.read,
            missing: &[],
            hits: &self.hits,
            hit: None,
            setting: &self.setting,
        }
    }

    pub fn show(&mut self, ui: &mut egui::Ui) {
        let mut state = std::mem::take(&mut self.state);
        let mut engine = std::mem::replace(&mut self.engine, TextEngine::new(Fonts::bundled_only()));
        let output = show(ui, &mut engine, &self.page(), &mut state);
        (self.state, self.engine) = (state, engine);
        self.events.extend(output.events);
        self.hovered = output.hovered;
    }

    /// What is selected, in words.
    pub fn selected(&self) -> &str {
        self.document.text.slice(self.state.selection())
    }

    /// A window of 870×652 that shows nothing but the reader.
    pub fn window(self) -> Harness<'static, Self> {
        self.window_of(vec2(SCREEN.width(), SCREEN.height()))
    }

    pub fn window_of(self, size: egui::Vec2) -> Harness<'static, Self> {
        let mut window = Harness::builder()
            .with_size(size)
            .with_step_dt(1.0 / 60.0)
            .with_context_setup(|ctx| {
                ctx.set_fonts(egui_fonts());
                theme::install(ctx);
            })
            .build_ui_state(
                |ui, world: &mut Self| {
                    let whole = ui.ctx().content_rect();
                    ui.scope_builder(egui::UiBuilder::new().max_rect(whole), |ui| world.show(ui));
                },
                self,
            );
        window.run();
        window
    }
}

/// The name of item `number` of my own set.
pub fn owner(number: usize) -> Owner {
    Owner { layer: 0, id: Id::new(&format!("c-{number:04}")) }
}

/// A solid claim with a source, of the kind S.
pub fn claim(number: usize, spans: &[ByteSpan]) -> Mark {
    let looks = Looks { kind: 0, line: LineStyle::High, badge: "B2".to_owned(), attributed: true };
    Mark { owner: owner(number), role: Role::Claim(looks), spans: spans.to_vec() }
}

/// The middle of a point of the text on the screen: the right side of the letter before `byte`.
pub fn point(window: &Harness<'static, World>, byte: usize) -> Pos2 {
    let world = window.state();
    let caret = world.state.caret_on_screen(byte).unwrap_or_else(|| panic!("byte {byte} is not in view"));
    caret.center()
}
