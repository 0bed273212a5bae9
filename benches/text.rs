//! Laying out text, against egui's own layout in the same run: `cargo bench --bench text`.
//!
//! Budget: as fast as egui's. Each figure is the best of several rounds, ours and egui's by turns; each round has a width
//! of its own and no paragraph stands twice, so that no cache answers.

use std::time::{Duration, Instant};

use egui::{Color32, FontFamily, FontId, Rect, pos2};
use vouch::app::text::{Atlas, Fonts, Ink, Painting, Paragraph, Style, egui_fonts, hard_lines};
use vouch::document::ByteSpan;

const RELEASE: &str = include_str!("../sample_docs/vilnius-summit.txt");
const WIDTH: f32 = 640.0;

fn main() {
    let release: String = RELEASE.chars().take(3000).collect();
    let copies = 0..1_000_000 / RELEASE.len() + 1;
    let megabyte: String = copies.map(|copy| RELEASE.replace('\n', &format!(" {copy}\n"))).collect();
    let mut fonts = Fonts::bundled_only();
    let ctx = egui::Context::default();
    ctx.set_fonts(egui_fonts());
    // The first pass loads the fonts.
    let mut first = ctx.run_ui(egui::RawInput::default(), |_| ());
    first.textures_delta.clear();

    println!("{:<34} {:>10} {:>10} {:>7}   budget", "", "ours", "egui", "ratio");
    for (name, text, rounds) in [("a release of 3 kB", &release, 60), ("1 MB", &megabyte, 5)] {
        let (mut ours, mut theirs, mut bytes) = (Duration::MAX, Duration::MAX, 0);
        for round in 0..rounds {
            let width = WIDTH - round as f32;
            ours = ours.min(time(|| bytes = lay_out(&mut fonts, text, width)));
            theirs = theirs.min(time(|| egui_layout(&ctx, text, width)));
            // A pass drops what the one before it laid out.
            for _ in 0..3 {
                let mut output = ctx.run_ui(egui::RawInput::default(), |_| ());
                output.textures_delta.clear();
            }
        }
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("{name:<34} {:>10} {:>10} {ratio:>7.2}   1.0", millis(ours), millis(theirs));
        println!("{:<34} {:>10.1}", "  memory of the table, bytes a byte", bytes as f64 / text.len() as f64);
    }
    let start = Instant::now();
    let system = Fonts::with_system();
    println!("{:<34} {:>10}", "loading the system's fonts", millis(start.elapsed()));
    drop(system);
    let start = Instant::now();
    drop(Fonts::bundled_only());
    println!("{:<34} {:>10}", "loading the shipped fonts", millis(start.elapsed()));

    let paragraphs = paragraphs(&mut fonts, &megabyte, WIDTH);
    let start = Instant::now();
    let mut rects = 0;
    for paragraph in &paragraphs {
        for from in (0..paragraph.len()).step_by(97) {
            rects += paragraph.rects(from..from + 180).len();
        }
    }
    println!("{:<34} {:>10}   ({rects} rectangles; 1,138 in 0.28 ms wanted)", "rectangles", millis(start.elapsed()));

    let mut atlas = Atlas::new();
    let ink = Ink { text: Color32::WHITE, mark: Color32::WHITE, parts: &[], dark: false };
    let mut glyphs = 0;
    let mut page = || {
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(WIDTH, 900.0));
        let mut painting = Painting::new(1.0);
        let mut quads = 0;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let mut origin = pos2(0.0, 0.0);
            for paragraph in paragraphs.iter().take(60) {
                atlas.paint(ui.ctx(), paragraph, origin, clip, &ink, &mut painting);
                origin.y += paragraph.height();
            }
            let shapes = std::mem::replace(&mut painting, Painting::new(1.0)).into_shapes();
            quads =
                shapes.map(|shape| if let egui::Shape::Mesh(mesh) = shape { mesh.vertices.len() / 4 } else { 0 }).sum();
        });
        output.textures_delta.clear();
        quads
    };
    let first = time(|| glyphs = page());
    let next = (0..50).map(|_| time(|| glyphs = page())).min().unwrap_or_default();
    println!("{:<34} {:>10}   ({glyphs} glyphs, drawn for the first time)", "a page of 900 px", millis(first));
    println!("{:<34} {:>10}   0.06 ms wanted", "the same page again", millis(next));
}

fn paragraphs(fonts: &mut Fonts, text: &str, width: f32) -> Vec<Paragraph> {
    let lines = hard_lines(text, ByteSpan::new(0, text.len()));
    let style = Style::default();
    lines.map(|line| Paragraph::new(fonts, &text[line.start..line.end], &style, Some(width))).collect()
}

fn lay_out(fonts: &mut Fonts, text: &str, width: f32) -> usize {
    paragraphs(fonts, text, width).iter().map(Paragraph::memory).sum()
}

fn egui_layout(ctx: &egui::Context, text: &str, width: f32) {
    let font = FontId::new(17.0, FontFamily::Name("serif".into()));
    for line in hard_lines(text, ByteSpan::new(0, text.len())) {
        let text = text[line.start..line.end].to_owned();
        let galley = ctx.fonts_mut(|fonts| fonts.layout(text, font.clone(), Color32::WHITE, width));
        std::hint::black_box(galley);
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
