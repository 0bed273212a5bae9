//! Laid-out text for the reader and for panels: right in every script, right-to-left and mixed lines too.
//!
//! Knows nothing of documents, marks or colours: it gets a string and a [`Style`], and colours as values. Held by
//! `tests/text.rs`.
//!
//! parley shapes, orders and breaks lines; from its layout a small table is built once ([`Paragraph`]) and the layout
//! is dropped. Caret, hit test, rectangles and movement read the table (`navigate.rs`); glyphs come from swash into
//! an atlas texture and are painted as egui meshes (`atlas.rs`). All lengths are physical pixels, so that letters are
//! crisp at every zoom; what is handed to egui is divided by its pixels per point at the very edge.

mod atlas;
mod fonts;
mod lines;
mod navigate;
mod painting;
mod paragraph;
mod pieces;
mod quote;
mod shape;
mod show;
mod table;
mod unseen;

pub use atlas::{Atlas, Ink};
pub use fonts::{Fonts, egui_fonts};
pub use lines::{hard_lines, is_terminator};
pub use navigate::{Affinity, CaretRect, Piece, Position, Step, Unit};
pub use painting::Painting;
pub use paragraph::{Cluster, Line, Paragraph};
pub use quote::{LaidQuote, Quote};
pub use show::{paint_quote, paint_quote_within, show};

/// Which of the three shipped kinds of face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Family {
    /// Noto Serif: the text of a release.
    #[default]
    Serif,
    /// Inter: the interface, and the text by choice.
    Sans,
    /// The monospaced face egui ships.
    Mono,
}

/// The direction a paragraph starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// That of its first strong character (UAX #9, P2 and P3); left to right without one.
    #[default]
    Auto,
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// How a paragraph is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The kind of face.
    pub family: Family,
    /// Size of the em in physical pixels; kept between 1 and 512.
    pub size_px: f32,
    /// Distance of baselines in physical pixels.
    pub line_height_px: f32,
    /// 400 regular, 500 medium, 600 semibold, 700 bold.
    pub weight: u16,
    /// Whether slanted.
    pub italic: bool,
    /// The language as a BCP 47 tag, where it is known: it picks among the forms of a Han character.
    pub language: Option<String>,
    /// The direction the paragraph starts from: a part of a split line needs that of the whole.
    pub direction: Direction,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            family: Family::Serif,
            size_px: 17.0,
            line_height_px: 29.0,
            weight: 400,
            italic: false,
            language: None,
            direction: Direction::Auto,
        }
    }
}

/// Part of a paragraph in another weight or slant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the paragraph's text.
    pub bytes: std::ops::Range<usize>,
    /// The weight there.
    pub weight: u16,
    /// Whether slanted there.
    pub italic: bool,
}

/// The fonts and the atlas together: what the app holds one of, and hands by `&mut` to whoever shows text.
pub struct TextEngine {
    /// What lays out.
    pub fonts: Fonts,
    /// What draws.
    pub atlas: Atlas,
    quotes: quote::Quotes,
    generation: u32,
}

impl TextEngine {
    /// An engine over these fonts, with an empty atlas.
    #[must_use]
    pub fn new(fonts: Fonts) -> Self {
        Self { fonts, atlas: Atlas::new(), quotes: quote::Quotes::default(), generation: 0 }
    }

    /// Takes other fonts, as when the system's have been loaded in the background. Paragraphs laid out before still
    /// paint, but may lack glyphs that are there now: lay them out again when [`TextEngine::generation`] has changed.
    pub fn adopt(&mut self, fonts: Fonts) {
        self.fonts = fonts;
        self.quotes.clear();
        self.generation += 1;
    }

    /// The layout of a quote within a width in points; kept while it is asked for in every frame.
    pub fn quote(&mut self, ctx: &egui::Context, quote: &Quote<'_>, width: f32) -> std::sync::Arc<LaidQuote> {
        let scale = ctx.pixels_per_point();
        self.quotes.get(&mut self.fonts, quote, width * scale, scale, ctx.cumulative_pass_nr())
    }

    /// How often the fonts were changed.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }
}
