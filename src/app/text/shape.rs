//! Asking parley for a layout: styles, direction, line breaks, and width for what has none.
//!
//! Knows nothing of where the paragraph is shown; the layout becomes a table in `table.rs`. Held by `tests/text.rs`.

use std::ops::Range;

use parley::{
    FontFamily, FontStyle, FontWeight, Language, Layout, LineBreakContext, LineHeight, OverflowWrap, TextStyle,
};
use unicode_segmentation::UnicodeSegmentation;

use super::unseen::mark_of;
use super::{Direction, Fonts, Paragraph, Span, Style, table};

/// Below this width in ems a cluster could not be hit or seen selected; the narrowest of spaces has more.
pub(super) const LEAST_WIDTH: f32 = 0.06;

/// Width in ems of the mark of an unseen character: enough to be seen and hit, and no more.
const UNSEEN_WIDTH: f32 = 0.24;

/// Width in ems given to a visible character that has none, as an accent without a letter.
const BARE_WIDTH: f32 = 0.5;

/// Distance in ems of tab stops, counted from the paragraph's start: eight spaces, as everywhere.
const TAB_STOP: f32 = 2.0;

/// How often a paragraph is laid out at most while width is being found for what has none.
const MOST_ROUNDS: usize = 8;

/// Extra width for the cluster that starts at a byte and ends at another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widened {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) by: f32,
}

/// Lays out one hard line.
pub(super) fn lay_out(
    fonts: &mut Fonts,
    text: &str,
    style: &Style,
    spans: &[Span],
    max_width: Option<f32>,
) -> Paragraph {
    let style = &Style {
        size_px: within(style.size_px, 512.0),
        line_height_px: within(style.line_height_px, 4096.0),
        ..style.clone()
    };
    let max_width = max_width.map(|width| within(width, 1e6));
    let mut widened = Vec::new();
    let mut rounds = 0;
    loop {
        rounds += 1;
        let layout = parley_layout(fonts, text, style, spans, max_width, &widened);
        let paragraph = table::build(fonts, text, &layout, style, max_width, &widened);
        let count = widened.len();
        widen(&paragraph, text, &mut widened);
        // Mostly nothing is wanting, or all that is comes to light at once. What was shaped together with a cluster
        // that has been widened may come to light the next time.
        if widened.len() == count || rounds == MOST_ROUNDS {
            return paragraph;
        }
    }
}

/// A length kept between one pixel and `most`; what is no number is one pixel.
fn within(length: f32, most: f32) -> f32 {
    if length > 1.0 { length.min(most) } else { 1.0 }
}

/// Adds what has to be given more width, and has not been yet: tabs, and clusters that have next to none.
fn widen(paragraph: &Paragraph, text: &str, widened: &mut Vec<Widened>) {
    let em = paragraph.size_px;
    let mut pen = 0.0f32;
    let mut found = Vec::new();
    for (index, row) in paragraph.clusters.iter().enumerate() {
        let (start, end) = (row.start, paragraph.start_of(index + 1) as u32);
        let tab = text.as_bytes().get(start as usize) == Some(&b'\t');
        let wanted = if tab {
            let stop = TAB_STOP * em;
            let left = stop - pen % stop;
            Some(if left < em * 0.25 { left + stop } else { left })
        } else if row.width < LEAST_WIDTH * em {
            let first = text.get(start as usize..).and_then(|rest| rest.chars().next());
            let ems = if first.and_then(mark_of).is_some() { UNSEEN_WIDTH } else { BARE_WIDTH };
            Some((ems * em).round().max(3.0))
        } else {
            None
        };
        pen += row.width;
        if let Some(wanted) = wanted
            && widened.binary_search_by_key(&start, |cluster| cluster.start).is_err()
        {
            // Whole pixels, so that a long text has few distinct styles.
            let by = (wanted - row.width).round();
            pen += by;
            found.push(Widened { start, end, by });
        }
    }
    widened.append(&mut found);
    widened.sort_by_key(|cluster| cluster.start);
    // Never the same for two in a row: those would be shaped as one, and only the last of them would get its width.
    for (index, cluster) in widened.iter_mut().enumerate() {
        cluster.by = cluster.by.floor() + (index % 2) as f32 / 64.0;
    }
}

fn parley_layout(
    fonts: &mut Fonts,
    text: &str,
    style: &Style,
    spans: &[Span],
    max_width: Option<f32>,
    widened: &[Widened],
) -> Layout<()> {
    let stack = fonts.stacks.get(style.family as usize).map_or(&[][..], Vec::as_slice);
    let locale = style.language.as_deref().and_then(|tag| Language::parse(tag).ok());
    let mut builder = fonts.layout.style_run_builder(&mut fonts.context, text, 1.0, true);
    let mut table: Vec<((u16, bool, u32), u16)> = Vec::new();
    for (bytes, weight, italic, spacing) in style_runs(text, style, spans, widened) {
        let key = (weight, italic, spacing.to_bits());
        let index = match table.iter().find(|(known, _)| *known == key) {
            Some((_, index)) => *index,
            None => {
                let index = builder.push_style(TextStyle {
                    font_family: FontFamily::List(stack.into()),
                    font_size: style.size_px,
                    font_style: if italic { FontStyle::Italic } else { FontStyle::Normal },
                    font_weight: FontWeight::new(f32::from(weight)),
                    locale,
                    line_height: LineHeight::Absolute(style.line_height_px),
                    letter_spacing: spacing,
                    overflow_wrap: OverflowWrap::Anywhere,
                    ..TextStyle::default()
                });
                table.push((key, index));
                index
            }
        };
        builder.push_style_run(index, bytes);
    }
    builder.set_base_direction(match style.direction {
        Direction::Auto => parley::BaseDirection::Auto,
        Direction::Ltr => parley::BaseDirection::Ltr,
        Direction::Rtl => parley::BaseDirection::Rtl,
    });
    builder.set_line_break_override(Some(&keep_graphemes_whole));
    let mut layout = builder.build(text);
    layout.break_all_lines(max_width);
    layout
}

/// The text cut where its style changes: bytes, weight, slant, extra width of each cluster.
fn style_runs(
    text: &str,
    style: &Style,
    spans: &[Span],
    widened: &[Widened],
) -> impl Iterator<Item = (Range<usize>, u16, bool, f32)> {
    let mut cuts = vec![0, text.len()];
    for span in spans {
        cuts.extend([text.floor_char_boundary(span.bytes.start), text.floor_char_boundary(span.bytes.end)]);
    }
    cuts.extend(widened.iter().flat_map(|cluster| [cluster.start as usize, cluster.end as usize]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut widened = widened.iter().peekable();
    let runs = cuts.iter().zip(cuts.iter().skip(1));
    let mut runs: Vec<_> = runs
        .map(|(&start, &end)| {
            while widened.next_if(|cluster| cluster.end as usize <= start).is_some() {}
            let spacing = widened.peek().filter(|cluster| cluster.start as usize <= start).map_or(0.0, |c| c.by);
            let span = spans
                .iter()
                .rev()
                .find(|span| start < span.bytes.end && text.floor_char_boundary(span.bytes.start) <= start);
            let (weight, italic) = span.map_or((style.weight, style.italic), |span| (span.weight, span.italic));
            (start..end, weight, italic, spacing)
        })
        .collect();
    if runs.is_empty() {
        runs.push((0..0, style.weight, style.italic, 0.0));
    }
    runs.into_iter()
}

/// No line break between a space and an accent that sits on it, nor before a skin tone: UAX #14 would allow them, but
/// the two are one grapheme.
fn keep_graphemes_whole(at: LineBreakContext) -> Option<bool> {
    let may_join = at.after > '\u{2ff}' && (at.before.is_whitespace() || matches!(at.after, '\u{1f3fb}'..='\u{1f3ff}'));
    if !may_join {
        return None;
    }
    let mut both = String::with_capacity(8);
    both.extend([at.before, at.after]);
    (both.graphemes(true).count() == 1).then_some(false)
}
