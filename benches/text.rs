//! Laying out and painting text: `cargo bench --bench text`.
//!
//! Layout is held against egui's own in the same run. Each round has a width of its own and no paragraph stands twice,
//! so that no cache answers.

mod common;

use std::cell::RefCell;
use std::time::Duration;

use egui::{Color32, FontFamily, FontId, Rect, Shape, pos2};
use vouch::app::text::{Atlas, Fonts, Ink, Painting, Paragraph, Style, egui_fonts, hard_lines};
use vouch::document::ByteSpan;

const RELEASE: &str = include_str!("../sample_docs/vilnius-summit.txt");
const WIDTH: f32 = 640.0;
/// Against egui's own layout, which knows neither directions nor where a caret may stand.
const LAYOUT: f64 = 1.5;

fn main() {
    let ctx = egui::Context::default();
    ctx.set_fonts(egui_fonts());
    // The first pass loads the fonts.
    pass(&ctx, |_| ());
    let fonts = RefCell::new(Fonts::bundled_only());
    let release: String = RELEASE.chars().take(3000).collect();
    let copies = 0..1_000_000 / RELEASE.len() + 1;
    let megabyte: String = copies.map(|copy| RELEASE.replace('\n', &format!(" {copy}\n"))).collect();

    let laid = paragraphs(&mut fonts.borrow_mut(), RELEASE, WIDTH);
    let marks = || {
        let starts = |paragraph: &Paragraph| (0..paragraph.len()).step_by(5);
        laid.iter().flat_map(|it| starts(it).map(|from| it.rects(from..from + 180).len())).sum::<usize>()
    };
    let thousandth = common::shortest(50, marks) * 1138 / marks() as u32;
    common::time("rectangles of marks, 1,138 of them", thousandth, Duration::from_micros(280));
    let mut atlas = Atlas::new();
    let mut page = || paint_page(&ctx, &mut atlas, &laid);
    common::note("paint a page of 900 points, glyphs drawn first", common::shortest(1, &mut page));
    common::time("paint it again", common::shortest(200, &mut page), Duration::from_micros(60));

    for (what, text, rounds) in [("lay out a release of 3 kB", &release, 60), ("lay out 1 MB", &megabyte, 5)] {
        let (mut theirs, mut ours) = (WIDTH, WIDTH);
        let egui = || {
            theirs -= 1.0;
            egui_layout(&ctx, text, theirs);
        };
        common::ratio(what, rounds, LAYOUT, ("egui's", egui), || {
            ours -= 1.0;
            paragraphs(&mut fonts.borrow_mut(), text, ours)
        });
    }
    let laid = paragraphs(&mut fonts.borrow_mut(), &megabyte, WIDTH);
    let memory = laid.iter().map(Paragraph::memory).sum::<usize>() as f64 / megabyte.len() as f64;
    println!("{:<56} {memory:.1} bytes a byte of text", "memory of the table");
    common::note("load the shipped fonts", common::shortest(5, Fonts::bundled_only));
    common::note("load the system's fonts, off the UI thread", common::shortest(1, Fonts::with_system));
}

fn paragraphs(fonts: &mut Fonts, text: &str, width: f32) -> Vec<Paragraph> {
    let lines = hard_lines(text, ByteSpan::new(0, text.len()));
    let style = Style::default();
    lines.map(|line| Paragraph::new(fonts, &text[line.start..line.end], &style, Some(width))).collect()
}

fn egui_layout(ctx: &egui::Context, text: &str, width: f32) {
    let font = FontId::new(17.0, FontFamily::Name("serif".into()));
    for line in hard_lines(text, ByteSpan::new(0, text.len())) {
        let text = text[line.start..line.end].to_owned();
        let galley = ctx.fonts_mut(|fonts| fonts.layout(text, font.clone(), Color32::WHITE, width));
        std::hint::black_box(galley);
    }
}

/// Paints what a window shows of the paragraphs; the shapes.
fn paint_page(ctx: &egui::Context, atlas: &mut Atlas, paragraphs: &[Paragraph]) -> Vec<Shape> {
    let ink = Ink { text: Color32::WHITE, mark: Color32::WHITE, parts: &[], dark: false };
    let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(WIDTH, 900.0));
    let mut painting = Painting::new(1.0);
    pass(ctx, |ui| {
        let mut origin = pos2(0.0, 0.0);
        for paragraph in paragraphs.iter().take(60) {
            atlas.paint(ui.ctx(), paragraph, origin, clip, &ink, &mut painting);
            origin.y += paragraph.height();
        }
    });
    painting.into_shapes().collect()
}

fn pass(ctx: &egui::Context, show: impl FnMut(&mut egui::Ui)) {
    let mut output = ctx.run_ui(egui::RawInput::default(), show);
    output.textures_delta.clear();
}
