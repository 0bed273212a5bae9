//! The letters of a PDF page with their places, as the page's own instructions draw them.
//!
//! Knows the interpreter of PDF; knows nothing of lines or words. Held by `tests/document.rs`.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use icu_normalizer::ComposingNormalizerBorrowed;
use smol_str::SmolStr;

use super::super::original::PageSize;

/// One letter, or several that one sign of the font stands for.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Its letters; ligatures and presentation forms are taken apart.
    pub text: SmolStr,
    /// Where its baseline begins, in points in the frame of its own direction: see [`Glyph::turn`].
    pub x: f32,
    /// The baseline, downwards.
    pub y: f32,
    /// How far the pen moves on.
    pub width: f32,
    /// The font's size on the page.
    pub size: f32,
    /// The direction of its line on the page, in whole degrees clockwise from left to right.
    pub turn: i16,
}

/// What a page draws.
#[derive(Debug)]
pub(super) struct Drawn {
    pub size: PageSize,
    /// Its letters, in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// How many letters have no known meaning.
    pub unknown: usize,
    /// Whether it has a picture.
    pub has_picture: bool,
}

/// The side of a cell, in points.
const CELL: f32 = 4.0;

/// The same letter again within this many sizes is a shadow, or a bold face that is drawn twice: it is read once.
const TWICE: f32 = 0.1;

/// The letters of a page, at most so many. `cache` is the document's; `codes`: a code without a meaning is the letter
/// itself.
pub(super) fn draw<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, codes: bool, most: usize) -> Drawn {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let settings = InterpreterSettings { warning_sink: Arc::new(|_| {}), ..InterpreterSettings::default() };
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    let mut context = Context::new(upright, area, cache, page.xref(), settings);
    let drawn = Drawn { size: PageSize { width, height }, glyphs: Vec::new(), unknown: 0, has_picture: false };
    let mut pen = Pen { drawn, places: HashMap::new(), area, codes, most };
    interpret_page(page, &mut context, &mut pen);
    pen.drawn
}

struct Pen {
    drawn: Drawn,
    /// Which letters stand in which cell of the page.
    places: HashMap<(i32, i32), Vec<usize>>,
    area: Rect,
    codes: bool,
    most: usize,
}

impl Pen {
    fn take(&mut self, glyph: Glyph) {
        if self.drawn.glyphs.len() >= self.most || glyph.size < 0.5 {
            return;
        }
        let cell = |at: f32| (at / CELL) as i32;
        let (column, row) = (cell(glyph.x), cell(glyph.y));
        let near = |&index: &usize| {
            self.drawn.glyphs.get(index).is_some_and(|other| {
                let (dx, dy) = ((glyph.x - other.x).abs(), (glyph.y - other.y).abs());
                glyph.text == other.text && glyph.turn == other.turn && dx.max(dy) < TWICE * glyph.size
            })
        };
        let cells = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, row + dy)));
        let twice = cells.filter_map(|cell| self.places.get(&cell)).flatten().any(near);
        if !twice {
            self.places.entry((column, row)).or_default().push(self.drawn.glyphs.len());
            self.drawn.glyphs.push(glyph);
        }
    }
}

impl<'a> Device<'a> for Pen {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.drawn.has_picture = true;
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let [right_x, right_y, up_x, up_y, x, y] = place.as_coeffs().map(|value| value as f32);
            let size = (up_x.hypot(up_y) * UNITS).abs();
            if !self.area.inflate(2.0, 2.0).contains(Point::new(f64::from(x), f64::from(y))) || !size.is_finite() {
                continue;
            }
            let code = |codes: bool| codes.then(|| char::from_u32(glyph.char_code()).map(BfString::Char)).flatten();
            let Some(text) = glyph.as_unicode().or_else(|| code(self.codes)).and_then(letters) else {
                self.drawn.unknown += 1;
                continue;
            };
            let advance = match &**glyph {
                PdfGlyph::Outline(outline) => outline.advance_width(),
                PdfGlyph::Type3(drawn) => drawn.advance_width(),
            };
            let (angle, width) = if vertical {
                (right_y.atan2(right_x) + std::f32::consts::FRAC_PI_2, size)
            } else {
                (right_y.atan2(right_x), advance.unwrap_or(UNITS / 2.0).max(0.0) * right_x.hypot(right_y))
            };
            let turn = angle.to_degrees().round() as i16;
            let (x, y) = rotated((x, y), -turn);
            self.take(Glyph { text, x, y, width, size, turn });
        }
    }
}

/// Units of a glyph's own space in its size.
const UNITS: f32 = 1000.0;

/// A point turned around the page's corner, clockwise.
pub(super) fn rotated((x, y): (f32, f32), degrees: i16) -> (f32, f32) {
    match degrees.rem_euclid(360) {
        0 => (x, y),
        90 => (-y, x),
        180 => (-x, -y),
        270 => (y, -x),
        other => {
            let (sin, cos) = f32::from(other).to_radians().sin_cos();
            (x * cos - y * sin, x * sin + y * cos)
        }
    }
}

/// What a glyph means: its letters; a space for any white space; `None` where the font tells nothing of use.
fn letters(meaning: BfString) -> Option<SmolStr> {
    let text = match meaning {
        BfString::Char(letter) => SmolStr::from_iter([letter]),
        BfString::String(text) => text.into(),
    };
    if text.chars().all(char::is_whitespace) {
        return Some(" ".into());
    }
    if text.chars().any(|letter| letter.is_control() || is_private(letter) || letter == '\u{fffd}') {
        return None;
    }
    // A soft hyphen that is drawn is a hyphen.
    let text: SmolStr = if text.contains('\u{ad}') { text.replace('\u{ad}', "-").into() } else { text };
    // Ligatures and the forms that Arabic letters take in a word are matters of the font, not of the text.
    let is_form = |letter: char| matches!(letter, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if text.chars().any(is_form) {
        return Some(ComposingNormalizerBorrowed::new_nfkc().normalize(&text).into());
    }
    Some(text)
}

/// Whether a letter means something in one font only.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}
