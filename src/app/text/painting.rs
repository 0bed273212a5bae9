//! What is painted of texts in a frame, as meshes for egui.
//!
//! Knows no design colour. Filled by `atlas.rs`. Held by `tests/text.rs`.

use egui::epaint::Mesh;
use egui::{Color32, Rect, Shape, pos2};

use super::unseen::{Mark, MarkKind};

/// Collects what is painted, one mesh a texture.
#[derive(Debug)]
pub struct Painting {
    pixels_per_point: f32,
    meshes: Vec<Mesh>,
    solid: Mesh,
}

impl Painting {
    /// Nothing painted yet.
    #[must_use]
    pub fn new(pixels_per_point: f32) -> Self {
        Self { pixels_per_point, meshes: Vec::new(), solid: Mesh::default() }
    }

    /// The meshes as shapes, ready for an egui painter.
    pub fn into_shapes(self) -> impl Iterator<Item = Shape> {
        self.meshes.into_iter().chain([self.solid]).filter(|mesh| !mesh.is_empty()).map(Shape::mesh)
    }

    /// Physical pixels a point.
    pub(super) fn pixels_per_point(&self) -> f32 {
        self.pixels_per_point
    }

    /// Makes room for so many more glyphs, which mostly lie on the first page.
    pub(super) fn reserve(&mut self, glyphs: usize) {
        let mesh = self.page(0);
        mesh.reserve_vertices(4 * glyphs);
        mesh.reserve_triangles(2 * glyphs);
    }

    /// The mesh of an atlas page.
    pub(super) fn page(&mut self, index: usize) -> &mut Mesh {
        if self.meshes.len() <= index {
            self.meshes.resize_with(index + 1, Mesh::default);
        }
        self.meshes.get_mut(index).unwrap_or(&mut self.solid)
    }

    /// A filled rectangle in physical pixels.
    fn fill(&mut self, left: f32, top: f32, right: f32, bottom: f32, colour: Color32) {
        let scale = self.pixels_per_point;
        let rect = Rect::from_min_max(pos2(left / scale, top / scale), pos2(right / scale, bottom / scale));
        self.solid.add_colored_rect(rect, colour);
    }

    /// Draws the mark of an unseen character or of a missing glyph with plain rectangles.
    pub(super) fn mark(&mut self, mark: &Mark, origin_x: f32, baseline: f32, em: f32, colour: Color32) {
        let line = (em / 14.0).round().max(1.0);
        let (left, right) = ((origin_x + mark.x).round(), (origin_x + mark.x + mark.width).round());
        let post = (origin_x + mark.x + mark.width / 2.0 - line / 2.0).round();
        let height = (em * 0.7).round();
        let top = baseline - height;
        let flag = (em * 0.14).round().max(2.0);
        match mark.kind {
            MarkKind::TurnsRight => {
                self.fill(post, top, post + line, baseline, colour);
                self.fill(post + line, top, post + line + flag, top + flag, colour);
            }
            MarkKind::TurnsLeft => {
                self.fill(post, top, post + line, baseline, colour);
                self.fill(post - flag, top, post, top + flag, colour);
            }
            MarkKind::Turns => {
                self.fill(post, top, post + line, baseline, colour);
                self.fill(post - flag, baseline - line, post + line + flag, baseline, colour);
            }
            MarkKind::ZeroWidth => self.fill(post, baseline - (height / 2.0).round(), post + line, baseline, colour),
            MarkKind::SoftHyphen => {
                let y = baseline - (em * 0.25).round();
                self.fill(left, y, right.max(left + line), y + line, colour);
            }
            MarkKind::Missing => {
                let (left, right) = (left + line, (right - line).max(left + 3.0 * line));
                self.fill(left, top, right, top + line, colour);
                self.fill(left, baseline - line, right, baseline, colour);
                self.fill(left, top + line, left + line, baseline - line, colour);
                self.fill(right - line, top + line, right, baseline - line, colour);
            }
        }
    }
}
