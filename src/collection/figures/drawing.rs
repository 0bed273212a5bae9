//! A picture from rectangles, lines and words, as SVG. All words are escaped here, and nowhere else.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use crate::annotation::Rgb;

/// Width of every picture, in pixels.
pub(super) const WIDTH: f32 = 900.0;

/// Space around what is drawn.
pub(super) const MARGIN: f32 = 24.0;

const STYLE: &str = include_str!("../../../assets/figure.css");

/// What fills a rectangle.
#[derive(Clone, Copy)]
pub(super) enum Fill {
    /// A colour of the codebook.
    Colour(Rgb),
    /// A class of the style sheet.
    Class(&'static str),
}

/// A picture in the making, from the top.
pub(super) struct Drawing {
    title: String,
    body: String,
    /// Where the next row begins.
    pub(super) y: f32,
}

impl Drawing {
    /// A picture with a title and a line below it.
    pub(super) fn new(title: &str, below: &str) -> Self {
        let mut drawing = Self { title: title.to_owned(), body: String::new(), y: MARGIN };
        drawing.words("title", MARGIN, MARGIN + 16.0, title);
        drawing.words("dim", MARGIN, MARGIN + 36.0, below);
        drawing.y = MARGIN + 56.0;
        drawing
    }

    /// Words whose line stands at `y`; `classes` says which end is at `x`.
    pub(super) fn words(&mut self, classes: &str, x: f32, y: f32, words: &str) {
        let _ = writeln!(self.body, r#"<text class="{classes}" x="{x:.1}" y="{y:.1}">{}</text>"#, isolated(words));
    }

    /// A name of a row, cut to so many columns; the whole of it shows where the pointer rests.
    pub(super) fn name(&mut self, classes: &str, x: f32, y: f32, name: &str, columns: usize) {
        let short = cut(name, columns);
        let (shown, whole) = (isolated(&short), escaped(name));
        let _ = writeln!(
            self.body,
            r#"<text class="{classes}" x="{x:.1}" y="{y:.1}">{shown}<title>{whole}</title></text>"#
        );
    }

    /// A rectangle; `says` shows where the pointer rests.
    pub(super) fn rect(&mut self, [x, y, width, height]: [f32; 4], fill: Fill, says: &str) {
        let fill = match fill {
            Fill::Colour(colour) => format!(r#"fill="{colour}""#),
            Fill::Class(class) => format!(r#"class="{class}""#),
        };
        let _ = writeln!(
            self.body,
            r#"<rect {fill} x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="2"><title>{}</title></rect>"#,
            escaped(says)
        );
    }

    /// A thin line from left to right.
    pub(super) fn line(&mut self, from: f32, to: f32, y: f32) {
        let _ = writeln!(self.body, r#"<line class="line" x1="{from:.1}" y1="{y:.1}" x2="{to:.1}" y2="{y:.1}"/>"#);
    }

    /// The whole picture.
    pub(super) fn finish(self) -> String {
        let Self { title, body, y } = self;
        let (height, title) = (y + MARGIN, escaped(&title));
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
             <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n"
        )
    }
}

/// Text as XML has it in an element. Characters that no XML may hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Escaped words; where a letter or sign of them runs from right to left, as a paragraph of their own direction.
fn isolated(words: &str) -> String {
    let runs_back = |c: char| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    let escaped = escaped(words);
    if words.chars().any(runs_back) { format!("\u{2068}{escaped}\u{2069}") } else { escaped }
}

/// The text in so many columns at most. Wide letters take two; accents are not torn off.
fn cut(text: &str, columns: usize) -> String {
    let width =
        |letter: &str| letter.chars().next().map_or(0, |c| if c >= '\u{1100}' && c.is_alphabetic() { 2 } else { 1 });
    if text.graphemes(true).map(width).sum::<usize>() <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let fits = |letter: &&str| match room.checked_sub(width(letter)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let kept: String = text.graphemes(true).take_while(fits).collect();
    format!("{}…", kept.trim_end())
}
