//! What a painting looks like, without a window: its meshes drawn on the CPU at one pixel a point.

use std::collections::HashMap;

use egui::epaint::{ImageData, Mesh};
use egui::{Color32, Pos2, Rect, Shape, TextureId};
use vouch::app::text::{Atlas, Ink, Painting, Paragraph};

pub struct Canvas {
    ctx: egui::Context,
    pub atlas: Atlas,
    textures: HashMap<TextureId, egui::ColorImage>,
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<Color32>,
}

impl Canvas {
    pub fn new(width: usize, height: usize, paper: Color32) -> Self {
        Self {
            ctx: egui::Context::default(),
            atlas: Atlas::new(),
            textures: HashMap::new(),
            width,
            height,
            pixels: vec![paper; width * height],
        }
    }

    pub fn clear(&mut self, paper: Color32) {
        self.pixels.fill(paper);
    }

    /// Paints a paragraph; the number of quads it took.
    pub fn paint(&mut self, paragraph: &Paragraph, origin: Pos2, clip: Rect, ink: &Ink<'_>) -> usize {
        let mut painting = Painting::new(1.0);
        let ctx = self.ctx.clone();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            self.atlas.paint(ui.ctx(), paragraph, origin, clip, ink, &mut painting);
        });
        for (id, deltas) in output.textures_delta.set.drain() {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                match delta.pos {
                    None => drop(self.textures.insert(id, (**image).clone())),
                    Some([left, top]) => {
                        let texture = self.textures.get_mut(&id).unwrap();
                        let stride = texture.width();
                        for y in 0..image.height() {
                            let from = (top + y) * stride + left;
                            let row = &image.pixels[y * image.width()..][..image.width()];
                            texture.pixels[from..from + image.width()].copy_from_slice(row);
                        }
                    }
                }
            }
        }
        let mut quads = 0;
        for shape in painting.into_shapes() {
            let Shape::Mesh(mesh) = shape else { panic!("only meshes are painted: {shape:?}") };
            quads += mesh.vertices.len() / 4;
            self.draw(&mesh);
        }
        quads
    }

    fn draw(&mut self, mesh: &Mesh) {
        let texture = self.textures.get(&mesh.texture_id).filter(|_| mesh.texture_id != TextureId::default());
        for quad in mesh.vertices.chunks_exact(4) {
            let (from, to) = (quad[0].pos, quad[3].pos);
            let (uv_from, uv_to) = (quad[0].uv, quad[3].uv);
            for y in from.y.round().max(0.0) as usize..(to.y.round().max(0.0) as usize).min(self.height) {
                for x in from.x.round().max(0.0) as usize..(to.x.round().max(0.0) as usize).min(self.width) {
                    let texel = texture.map_or(Color32::WHITE, |texture| {
                        let across = (x as f32 + 0.5 - from.x) / (to.x - from.x);
                        let down = (y as f32 + 0.5 - from.y) / (to.y - from.y);
                        let u = (uv_from.x + (uv_to.x - uv_from.x) * across) * texture.width() as f32;
                        let v = (uv_from.y + (uv_to.y - uv_from.y) * down) * texture.height() as f32;
                        texture.pixels[v as usize * texture.width() + u as usize]
                    });
                    let source = texel * quad[0].color;
                    let pixel = &mut self.pixels[y * self.width + x];
                    let kept = 1.0 - f32::from(source.a()) / 255.0;
                    let mix = |a: u8, b: u8| (f32::from(a) + f32::from(b) * kept).round().min(255.0) as u8;
                    *pixel = Color32::from_rgba_premultiplied(
                        mix(source.r(), pixel.r()),
                        mix(source.g(), pixel.g()),
                        mix(source.b(), pixel.b()),
                        mix(source.a(), pixel.a()),
                    );
                }
            }
        }
    }
}
