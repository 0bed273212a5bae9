//! What the reader shows and what it answers: values in, events out.
//!
//! Knows no model: the app makes a [`Page`] of references each frame and acts on the [`Event`]s. Held by
//! `tests/reader.rs`.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Color32;

use super::marks::{Marks, Owner};
use super::versus::Versus;
use crate::app::text::Family;
use crate::document::{ByteSpan, Structure, Text};

/// Everything that is shown, as it is now.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The canonical text.
    pub text: &'a Text,
    /// Its paragraphs and sentences; `None` while a large text is still being looked through.
    pub structure: Option<&'a Structure>,
    /// Title, byline and what is folded.
    pub head: &'a Head,
    /// All marks.
    pub marks: &'a Marks,
    /// How the claims of two sets stand to each other, where they are shown side by side; the marks are then theirs.
    pub versus: Option<&'a Versus>,
    /// The codebook's kinds; a claim names one by its place here.
    pub kinds: &'a [Kind],
    /// The claim at hand.
    pub selected: Option<&'a Chain>,
    /// Further claims that are selected.
    pub also_selected: &'a BTreeSet<Owner>,
    /// Colleagues whose sets are shown, each with a lane at the right.
    pub lanes: &'a [Lane],
    /// Where something was said, by where it begins.
    pub notes: &'a [Note],
    /// Numbers of the paragraphs that were read.
    pub read: &'a BTreeSet<usize>,
    /// Where something is missing, by where it starts; shown in the scroll bar.
    pub missing: &'a [ByteSpan],
    /// Where the searched words are, ascending.
    pub hits: &'a [ByteSpan],
    /// The hit at hand.
    pub hit: Option<ByteSpan>,
    /// How the text is set.
    pub setting: &'a Setting,
}

/// The title block, the fixed head and the folds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The title's place in the text, where it has one; it is set large.
    pub title: Option<ByteSpan>,
    /// The title in words, for the fixed head.
    pub title_words: String,
    /// Publisher and date, already joined.
    pub byline: String,
    /// The words of the link that ends the byline, and its address.
    pub link: Option<(String, String)>,
    /// What stands at the right of the fixed head ("read 5 of 10 ¶").
    pub progress: String,
    /// Parts of the text that are shown as one line until they are opened, ascending and disjoint.
    pub folds: Vec<Fold>,
}

/// Whole lines of the text that repeat something and are shown as one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// The lines.
    pub span: ByteSpan,
    /// What is said instead ("Title repeated in the text, 135–268").
    pub words: String,
    /// What stands at the right end ("Photo: NATO").
    pub aside: String,
}

/// A kind of claim as it looks in this theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// Its letter.
    pub letter: String,
    /// Its colour.
    pub color: Color32,
}

/// The claim at hand: where its voices, their cues and its own words are.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The claim.
    pub claim: Owner,
    /// Its words, ascending and disjoint.
    pub spans: Vec<ByteSpan>,
    /// Sources and cues from the outermost voice to the innermost one, as they are numbered; the claim itself comes
    /// after them.
    pub voices: Vec<Stop>,
}

/// A source or a cue of the claim at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Which of the two.
    pub part: Part,
    /// Its words.
    pub spans: Vec<ByteSpan>,
}

/// Which part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who says it.
    Source,
    /// The words that say that it is said.
    Cue,
    /// What is said.
    Claim,
}

/// A colleague's lane at the right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// Initials, in the head.
    pub initials: String,
    /// The name in full.
    pub name: String,
    /// Signs with the byte where the claim begins, ascending.
    pub signs: Arc<[(usize, Sign)]>,
    /// Which of the layers' colours and patterns it has; `None`: it stands for several.
    pub slot: Option<usize>,
    /// Whether it is to be faint.
    pub dimmed: bool,
}

/// A place where something was said: a small sign at the right of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The byte where the claim begins.
    pub start: usize,
    /// How many remarks are shown as open.
    pub count: usize,
    /// How many of colleagues' were not read.
    pub unread: usize,
    /// The claims that they are about.
    pub on: Vec<Owner>,
}

/// How a colleague's set compares with mine at a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// ◆ marked alike.
    Agrees,
    /// ◇ marked otherwise.
    Differs,
    /// + only they marked it.
    OnlyTheirs,
}

impl Sign {
    /// What it says of a colleague, for a tooltip.
    #[must_use]
    pub fn said_of(self, name: &str) -> String {
        match self {
            Self::Agrees => format!("{name} marked this alike"),
            Self::Differs => format!("{name} marked this otherwise"),
            Self::OnlyTheirs => format!("Only {name} marked this"),
        }
    }
}

/// How the text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Width of a line at most, in points (400–1000).
    pub column: f32,
    /// Serif or sans.
    pub family: Family,
    /// Size of the em in points.
    pub size: f32,
    /// From baseline to baseline in points.
    pub line_height: f32,
}

impl Default for Setting {
    fn default() -> Self {
        Self { column: 640.0, family: Family::Serif, size: 17.0, line_height: 29.0 }
    }
}

/// What the user did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The caret or the selection is elsewhere; `ReaderState` has it.
    Selected,
    /// A claim was clicked, perhaps with Ctrl held. Clicking again where several lie gives the next one.
    Claim(Owner),
    /// "who?" of a claim without a source was clicked.
    Who(Owner),
    /// An end of the claim at hand was dragged: the words that it is to have.
    Reshaped(Owner, Vec<ByteSpan>),
    /// A place without a claim was clicked while one was at hand.
    Nothing,
    /// A colleague's sign was clicked: the lane's number and the byte where the claim begins.
    Sign(usize, usize),
    /// The number of a difference was clicked: the place of its pair.
    Difference(usize),
    /// A sign that something was said was clicked: what it was said about.
    Note(Vec<Owner>),
    /// An address to be opened: http, https or mailto, nothing else.
    Link(String),
}
