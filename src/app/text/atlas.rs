//! Glyphs as pixels: scaled by swash, packed into textures, painted as meshes.
//!
//! The one file of this folder, with `show.rs`, that knows egui's textures and meshes; it knows no design colour.
//! Held by `tests/text.rs`.
//!
//! A glyph is drawn once for each quarter of a pixel it may stand at, so that letter spacing is even; baselines are on
//! whole pixels. Masks are white and tinted by the vertex colour; colour glyphs are painted as they are. A new frame
//! uploads only what was added.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::Range;

use egui::epaint::ColorImage;
use egui::{Color32, Pos2, Rect, TextureHandle, TextureOptions, pos2, vec2};
use swash::FontRef;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Transform, Vector};

use super::Paragraph;
use super::fonts::Face;
use super::painting::Painting;
use super::paragraph::Glyph;

/// Width and height of a texture, in pixels.
const PAGE: usize = 1024;

/// With more pages than this, the next frame starts afresh.
const MAX_PAGES: usize = 6;

/// Places within a pixel that a glyph is drawn for.
const BINS: i32 = 4;

/// The colours of a text.
#[derive(Clone, Copy, Debug)]
pub struct Ink<'a> {
    /// The letters.
    pub text: Color32,
    /// The marks of unseen characters and of missing glyphs.
    pub mark: Color32,
    /// Other colours of parts, by bytes of the paragraph, in order and apart from each other.
    pub parts: &'a [(Range<usize>, Color32)],
    /// Whether the letters are lighter than what they stand on: their edges are then strengthened.
    pub dark: bool,
}

/// The textures and what is where on them.
pub struct Atlas {
    pages: Vec<Page>,
    slots: HashMap<Key, Option<Slot>, BuildHasherDefault<Spread>>,
    scaler: ScaleContext,
    image: Image,
    pass: u64,
}

/// A glyph as it was drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    face: u32,
    glyph: u16,
    bin: u8,
    dark: bool,
    hinted: bool,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let small = u64::from(self.bin) << 2 | u64::from(self.dark) << 1 | u64::from(self.hinted);
        state.write_u64(u64::from(self.face) << 32 | u64::from(self.glyph) << 16 | small);
    }
}

/// Spreads keys by one multiplication: a frame asks for thousands of them, and none comes from outside.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(byte.into());
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// Where a drawn glyph is; sizes in texels.
#[derive(Clone, Copy)]
struct Slot {
    page: usize,
    x: u16,
    y: u16,
    width: u16,
    height: u16,
    /// From the glyph's origin to its left edge, to the right.
    left: f32,
    /// From the baseline to its upper edge, upwards.
    top: f32,
    /// Pixels a texel stands for: more than 1 where the glyph was too large for a page.
    stretch: f32,
    coloured: bool,
}

struct Page {
    pixels: ColorImage,
    texture: Option<TextureHandle>,
    shelves: Vec<Shelf>,
    /// What has to be uploaded: left, top, right, bottom.
    dirty: Option<[usize; 4]>,
}

struct Shelf {
    y: usize,
    height: usize,
    used: usize,
}

impl Default for Atlas {
    fn default() -> Self {
        Self::new()
    }
}

impl Atlas {
    /// An empty atlas; textures are made when the first glyph is painted.
    #[must_use]
    pub fn new() -> Self {
        Self {
            pages: Vec::new(),
            slots: HashMap::default(),
            scaler: ScaleContext::with_max_entries(32),
            image: Image::new(),
            pass: 0,
        }
    }

    /// Paints what of a paragraph lies within `clip`. `origin` is its top left corner and both are in points; it is
    /// moved to whole pixels vertically.
    pub fn paint(
        &mut self,
        ctx: &egui::Context,
        paragraph: &Paragraph,
        origin: Pos2,
        clip: Rect,
        ink: &Ink<'_>,
        painting: &mut Painting,
    ) {
        let pass = ctx.cumulative_pass_nr();
        if pass != self.pass {
            self.pass = pass;
            if self.pages.len() > MAX_PAGES {
                self.pages.clear();
                self.slots.clear();
            }
        }
        let scale = painting.pixels_per_point();
        let (origin_x, origin_y) = (origin.x * scale, (origin.y * scale).round());
        let clip = Rect::from_min_max((clip.min.to_vec2() * scale).to_pos2(), (clip.max.to_vec2() * scale).to_pos2());
        // Accents and swashes may reach out of their line.
        let reach = paragraph.size_px.max(paragraph.line_height_px);
        let hinted = scale < 1.5;
        let visible = |top: f32, bottom: f32| bottom + reach >= clip.top() && top - reach <= clip.bottom();
        let first =
            paragraph.lines.partition_point(|line| origin_y + line.top + paragraph.line_height_px + reach < clip.top());
        let end = paragraph.lines.partition_point(|line| origin_y + line.top - reach <= clip.bottom());
        painting.reserve((first..end).map(|line| paragraph.glyphs_of(line).len()).sum());
        for index in first..end {
            let Some(line) = paragraph.lines.get(index) else { continue };
            let baseline = (origin_y + line.baseline).round();
            for glyph in paragraph.glyphs_of(index) {
                let x = origin_x + glyph.x;
                if x + 2.0 * reach < clip.left() || x - 2.0 * reach > clip.right() {
                    continue;
                }
                let Some(face) = paragraph.faces.get(usize::from(glyph.face)) else { continue };
                self.paint_glyph(face, glyph, x, baseline, hinted, ink, painting);
            }
        }
        for mark in &paragraph.marks {
            let Some(line) = paragraph.lines.get(mark.line as usize) else { continue };
            if visible(origin_y + line.top, origin_y + line.top + paragraph.line_height_px) {
                let baseline = (origin_y + line.baseline).round();
                painting.mark(mark, origin_x, baseline, paragraph.size_px, ink.mark);
            }
        }
        self.upload(ctx, painting);
    }

    #[expect(clippy::too_many_arguments, reason = "the inner step of `paint`, split off to be read")]
    fn paint_glyph(
        &mut self,
        face: &Face,
        glyph: &Glyph,
        x: f32,
        baseline: f32,
        hinted: bool,
        ink: &Ink<'_>,
        painting: &mut Painting,
    ) {
        let places = nearest(x * BINS as f32);
        let (whole, bin) = (places.div_euclid(BINS) as f32, places.rem_euclid(BINS) as u8);
        let key = Key { face: face.id, glyph: glyph.id, bin, dark: ink.dark, hinted };
        let slot = match self.slots.get(&key) {
            Some(slot) => *slot,
            None => {
                let slot = self.draw(face, key);
                self.slots.insert(key, slot);
                slot
            }
        };
        let Some(slot) = slot else { return };
        let colour = if slot.coloured {
            Color32::from_white_alpha(ink.text.a())
        } else {
            let byte = glyph.byte as usize;
            let after = ink.parts.partition_point(|(bytes, _)| bytes.start <= byte);
            let part = after.checked_sub(1).and_then(|index| ink.parts.get(index));
            part.filter(|(bytes, _)| byte < bytes.end).map_or(ink.text, |(_, colour)| *colour)
        };
        let scale = painting.pixels_per_point();
        let left = whole + slot.left;
        let top = baseline + glyph.dy - slot.top;
        let size = vec2(f32::from(slot.width), f32::from(slot.height)) * (slot.stretch / scale);
        let uv = |x: u16, y: u16| pos2(f32::from(x), f32::from(y)) / PAGE as f32;
        painting.page(slot.page).add_rect_with_uv(
            Rect::from_min_size(pos2(left, top) / scale, size),
            Rect::from_min_max(uv(slot.x, slot.y), uv(slot.x + slot.width, slot.y + slot.height)),
            colour,
        );
    }

    /// Draws a glyph onto a page; `None` if it has no pixels.
    fn draw(&mut self, face: &Face, key: Key) -> Option<Slot> {
        let font = FontRef::from_index(face.data.data.as_ref(), face.data.index as usize)?;
        let mut stretch = 1.0;
        loop {
            let size = face.size_px / stretch;
            let mut scaler = self
                .scaler
                .builder_with_id(font, [face.data.data.id(), u64::from(face.data.index)])
                .size(size)
                .hint(key.hinted)
                .normalized_coords(face.coords.iter())
                .build();
            self.image.clear();
            let drawn = Render::new(&[
                Source::ColorOutline(0),
                Source::ColorBitmap(StrikeWith::BestFit),
                Source::Outline,
                Source::Bitmap(StrikeWith::BestFit),
            ])
            .offset(Vector::new(f32::from(key.bin) / BINS as f32, 0.0))
            .embolden(if face.embolden { size / 48.0 } else { 0.0 })
            .transform((face.skew != 0.0).then(|| Transform::skew(Angle::from_degrees(face.skew), Angle::ZERO)))
            .render_into(&mut scaler, key.glyph, &mut self.image);
            let (width, height) = (self.image.placement.width as usize, self.image.placement.height as usize);
            if !drawn || width == 0 || height == 0 {
                return None;
            }
            if width.max(height) < PAGE - 1 {
                return Some(self.keep(width, height, stretch, key.dark));
            }
            stretch *= 2.0;
        }
    }

    /// Copies the image just drawn onto a page.
    fn keep(&mut self, width: usize, height: usize, stretch: f32, dark: bool) -> Slot {
        let place = |page: &mut Page| page.place(width, height);
        let found = self.pages.iter_mut().enumerate().rev().find_map(|(index, page)| Some((index, place(page)?)));
        let (index, (x, y)) = found.unwrap_or_else(|| {
            let mut page = Page::new();
            let at = place(&mut page).unwrap_or_default();
            self.pages.push(page);
            (self.pages.len() - 1, at)
        });
        let coloured = self.image.content == Content::Color;
        if let Some(page) = self.pages.get_mut(index) {
            if coloured {
                let colours = self.image.data.as_chunks::<4>().0.iter();
                page.write(x, y, width, colours.map(|&[r, g, b, a]| Color32::from_rgba_unmultiplied(r, g, b, a)));
            } else {
                let strengthen = |coverage: u8| {
                    let c = u32::from(coverage);
                    if dark { (2 * c - c * c / 255) as u8 } else { coverage }
                };
                let masks = self.image.data.iter().map(|&coverage| strengthen(coverage));
                page.write(x, y, width, masks.map(|c| Color32::from_rgba_premultiplied(c, c, c, c)));
            }
        }
        Slot {
            page: index,
            x: x as u16,
            y: y as u16,
            width: width as u16,
            height: height as u16,
            left: self.image.placement.left as f32 * stretch,
            top: self.image.placement.top as f32 * stretch,
            stretch,
            coloured,
        }
    }

    /// Brings the textures up to date and tells the meshes which is theirs.
    fn upload(&mut self, ctx: &egui::Context, painting: &mut Painting) {
        for (index, page) in self.pages.iter_mut().enumerate() {
            if let Some([left, top, right, bottom]) = page.dirty.take() {
                match &mut page.texture {
                    Some(texture) => {
                        let part = page.pixels.region_by_pixels([left, top], [right - left, bottom - top]);
                        texture.set_partial([left, top], part, TextureOptions::NEAREST);
                    }
                    None => {
                        let name = format!("text page {index}");
                        page.texture = Some(ctx.load_texture(name, page.pixels.clone(), TextureOptions::NEAREST));
                    }
                }
            }
            if let Some(texture) = &page.texture {
                painting.page(index).texture_id = texture.id();
            }
        }
    }
}

/// The nearest whole number, as [`f32::round`] gives it but without a call into the system's library, which here would
/// take longer than all else that is done with a glyph.
fn nearest(x: f32) -> i32 {
    let whole = x as i32;
    let rest = x - whole as f32;
    whole + i32::from(rest >= 0.5) - i32::from(rest <= -0.5)
}

impl Page {
    fn new() -> Self {
        let pixels = ColorImage::filled([PAGE, PAGE], Color32::TRANSPARENT);
        Self { pixels, texture: None, shelves: Vec::new(), dirty: None }
    }

    /// Room for an image, with a pixel of nothing to its right and below; `None` if the page is full.
    fn place(&mut self, width: usize, height: usize) -> Option<(usize, usize)> {
        let (width, height) = (width + 1, height + 1);
        let fits = |shelf: &&mut Shelf| {
            height <= shelf.height && shelf.height <= height + height / 3 + 4 && shelf.used + width <= PAGE
        };
        if let Some(shelf) = self.shelves.iter_mut().find(fits) {
            let x = shelf.used;
            shelf.used += width;
            return Some((x, shelf.y));
        }
        let y = self.shelves.last().map_or(0, |shelf| shelf.y + shelf.height);
        if y + height > PAGE || width > PAGE {
            return None;
        }
        self.shelves.push(Shelf { y, height, used: width });
        Some((0, y))
    }

    fn write(&mut self, x: usize, y: usize, width: usize, mut colours: impl Iterator<Item = Color32>) {
        let mut row = y;
        let mut next = colours.next();
        while next.is_some() && row < PAGE {
            let start = row * PAGE + x;
            for pixel in self.pixels.pixels.get_mut(start..start + width).unwrap_or_default() {
                if let Some(colour) = next {
                    *pixel = colour;
                }
                next = colours.next();
            }
            row += 1;
        }
        let own = [x, y, x + width, row];
        self.dirty = Some(self.dirty.map_or(own, |[left, top, right, bottom]| {
            [left.min(own[0]), top.min(own[1]), right.max(own[2]), bottom.max(own[3])]
        }));
    }
}
