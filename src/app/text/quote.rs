//! Short texts for panels: cut to a number of lines, and kept from one frame to the next.
//!
//! Knows nothing of where they are shown. Held by `tests/text.rs`.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Sense};

use super::{Family, Fonts, Paragraph, Span, Style, Unit, hard_lines};
use crate::document::ByteSpan;

/// What to show, and how; sizes in points.
#[derive(Clone, Debug)]
pub struct Quote<'a> {
    /// The text; may have several hard lines.
    pub text: &'a str,
    /// The kind of face.
    pub family: Family,
    /// Size of the em.
    pub size: f32,
    /// Distance of baselines.
    pub line_height: f32,
    /// 400 regular, 500 medium, 600 semibold, 700 bold.
    pub weight: u16,
    /// Whether slanted.
    pub italic: bool,
    /// The language as a BCP 47 tag, where it is known.
    pub language: Option<&'a str>,
    /// Bytes in bold, as the typed letters of a name.
    pub bold: &'a [Range<usize>],
    /// Colour of the letters.
    pub colour: Color32,
    /// Other colours of parts, by bytes of the text, in order and apart from each other.
    pub parts: &'a [(Range<usize>, Color32)],
    /// Colour of the marks of unseen characters.
    pub mark: Color32,
    /// Lines shown at most; what does not fit ends in an ellipsis. 0 for all.
    pub max_lines: usize,
    /// What a click does to it.
    pub sense: Sense,
}

impl<'a> Quote<'a> {
    /// A text of one size in one colour, whole.
    #[must_use]
    pub fn new(text: &'a str, family: Family, size: f32, line_height: f32, colour: Color32) -> Self {
        Self {
            text,
            family,
            size,
            line_height,
            weight: 400,
            italic: false,
            language: None,
            bold: &[],
            colour,
            parts: &[],
            mark: colour,
            max_lines: 0,
            sense: Sense::hover(),
        }
    }

    /// The style at so many physical pixels a point.
    fn style(&self, pixels_per_point: f32) -> Style {
        Style {
            family: self.family,
            size_px: self.size * pixels_per_point,
            line_height_px: (self.line_height * pixels_per_point).round(),
            weight: self.weight,
            italic: self.italic,
            language: self.language.map(str::to_owned),
            ..Style::default()
        }
    }

    /// What its layout depends on, as one number.
    fn hash(&self, width_px: f32, pixels_per_point: f32) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.text, self.family, self.weight, self.italic, self.language, self.bold, self.max_lines).hash(&mut hasher);
        [self.size, self.line_height, width_px, pixels_per_point].map(f32::to_bits).hash(&mut hasher);
        hasher.finish()
    }
}

/// A quote as laid out.
#[derive(Debug)]
pub struct LaidQuote {
    /// Its hard lines, each with the byte of the quote's text that it begins at.
    pub paragraphs: Vec<(usize, Paragraph)>,
    /// Width of the widest line in physical pixels; all that was given if any runs from right to left.
    pub width: f32,
    /// Height in physical pixels.
    pub height: f32,
    text: Box<str>,
}

impl LaidQuote {
    /// Where the letters begin and end in points from its left, at so many physical pixels a point: at the right of its
    /// room where it runs from right to left.
    #[must_use]
    pub fn extent(&self, pixels_per_point: f32) -> (f32, f32) {
        let pieces = self.paragraphs.iter().flat_map(|(_, paragraph)| paragraph.rects(0..paragraph.len()));
        let ends = pieces.map(|piece| (piece.left / pixels_per_point, piece.right / pixels_per_point));
        ends.reduce(|(left, right), (from, to)| (left.min(from), right.max(to))).unwrap_or_default()
    }

    /// Whether its first line runs from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.paragraphs.first().is_some_and(|(_, paragraph)| paragraph.is_rtl())
    }
}

/// The quotes shown in this frame and the one before.
#[derive(Default)]
pub(super) struct Quotes {
    kept: HashMap<u64, (u64, Arc<LaidQuote>)>,
    pass: u64,
}

impl Quotes {
    /// The layout of a quote within a width in physical pixels, from the frame before if it was shown then.
    pub(super) fn get(
        &mut self,
        fonts: &mut Fonts,
        quote: &Quote<'_>,
        width_px: f32,
        pixels_per_point: f32,
        pass: u64,
    ) -> Arc<LaidQuote> {
        if pass != self.pass {
            let before = self.pass;
            self.kept.retain(|_, (used, _)| *used >= before);
            self.pass = pass;
        }
        let key = quote.hash(width_px, pixels_per_point);
        if let Some((used, laid)) = self.kept.get_mut(&key)
            && *laid.text == *quote.text
        {
            *used = pass;
            return Arc::clone(laid);
        }
        let laid = Arc::new(lay_out(fonts, quote, width_px, &quote.style(pixels_per_point)));
        self.kept.insert(key, (pass, Arc::clone(&laid)));
        laid
    }

    /// Forgets all, as when the fonts have changed.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
    }
}

fn lay_out(fonts: &mut Fonts, quote: &Quote<'_>, width: f32, style: &Style) -> LaidQuote {
    let mut paragraphs: Vec<(usize, Paragraph)> = Vec::new();
    let mut left = if quote.max_lines == 0 { usize::MAX } else { quote.max_lines };
    let mut lines = hard_lines(quote.text, ByteSpan::new(0, quote.text.len())).peekable();
    while let (Some(line), true) = (lines.next(), left > 0) {
        let text = quote.text.get(line.start..line.end).unwrap_or("");
        let own = |part: &Range<usize>| part.start.saturating_sub(line.start)..part.end.saturating_sub(line.start);
        let bold = quote.bold.iter().map(own).filter(|part| part.start < part.end);
        let bold: Vec<Span> = bold.map(|bytes| Span { bytes, weight: 700, italic: quote.italic }).collect();
        let mut paragraph = Paragraph::with_spans(fonts, text, style, &bold, Some(width));
        let more = paragraph.line_count() == left && lines.peek().is_some();
        if paragraph.line_count() > left || more {
            paragraph = elide(fonts, text, style, &bold, width, left);
        }
        left = left.saturating_sub(paragraph.line_count());
        paragraphs.push((line.start, paragraph));
    }
    let width_of = |paragraph: &Paragraph| if paragraph.is_rtl() { width } else { paragraph.width() };
    LaidQuote {
        width: paragraphs.iter().map(|(_, paragraph)| width_of(paragraph)).fold(0.0, f32::max),
        height: paragraphs.iter().map(|(_, paragraph)| paragraph.height()).sum(),
        paragraphs,
        text: quote.text.into(),
    }
}

impl Paragraph {
    /// Lays out a text within `width` physical pixels and on one line, ending in an ellipsis where it is cut.
    #[must_use]
    pub fn one_line(fonts: &mut Fonts, text: &str, style: &Style, width: f32) -> Self {
        let whole = Self::new(fonts, text, style, Some(width));
        if whole.line_count() == 1 { whole } else { elide(fonts, text, style, &[], width, 1) }
    }
}

/// The longest beginning of a text that fits on so many lines with an ellipsis after it; at least the ellipsis.
fn elide(fonts: &mut Fonts, text: &str, style: &Style, bold: &[Span], width: f32, lines: usize) -> Paragraph {
    let wrapped = Paragraph::with_spans(fonts, text, style, bold, Some(width));
    let last = lines.saturating_sub(1);
    let room = width - Paragraph::new(fonts, "…", style, None).width();
    let mut end = wrapped.line(last).bytes.start;
    let mut used = 0.0;
    // The last line goes on into the word that was wrapped.
    for cluster in wrapped.line_clusters(last).chain(wrapped.line_clusters(last + 1)) {
        used += cluster.width;
        if used > room {
            break;
        }
        end = cluster.bytes.end;
    }
    loop {
        let shortened = format!("{}…", text.get(..end).unwrap_or("").trim_end());
        let paragraph = Paragraph::with_spans(fonts, &shortened, style, bold, Some(width));
        match wrapped.previous_boundary(end, Unit::Cluster).filter(|_| paragraph.line_count() > lines) {
            Some(earlier) => end = earlier,
            None => return paragraph,
        }
    }
}
