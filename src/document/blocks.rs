//! Paragraphs (blocks between blank lines) and their parts: titles, headings, list items, captions, running text.
//!
//! Knows lines and signs, no languages beyond the few words that introduce a caption. Held by `tests/document.rs`.
//!
//! A part is what a sentence never crosses. A line end inside a block is only a wrap where the next word would not
//! have fitted on the line; else it was meant, and ends the part. So does a run of blanks in a line so long that it
//! must be a lost line end or a column.

use super::abbreviations::{Stop, stop_after};
use super::date;
use super::structure::{MOST, Paragraph, Part, PartKind};
use super::text::ByteSpan;

/// What a line is by its signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: PartKind,
    /// Whether the line is a part by itself; else the lines after it may belong to it.
    pub alone: bool,
}

/// Lines longer than this, in code points, are not wrapped by hand.
const WIDEST_WRAP: usize = 120;

/// Blocks narrower than this are addresses, verses and the like, not wrapped text.
const NARROWEST_WRAP: usize = 40;

/// So many blanks in a row separate parts.
const GAP: &str = "        ";

/// The sign of a list that also stands in lines whose ends were lost; two of them in a line part it.
const BULLET: char = '•';

/// A line of a block, or a piece of one, without the blanks around it.
#[derive(Clone, Copy)]
struct Line {
    span: ByteSpan,
    /// The line has blanks before its first character.
    indented: bool,
    /// Another piece of the same line stands before it, and is not joined with it.
    apart: bool,
}

/// Paragraphs and parts of a span of a text, in order; every part lies in a paragraph and every paragraph has a part.
pub(super) fn outline(text: &str, span: ByteSpan, mark: fn(&str) -> Option<Mark>) -> (Vec<Paragraph>, Vec<Part>) {
    let mut outline = Outline { text, mark, block: Vec::new(), from: 0, paragraphs: Vec::new(), parts: Vec::new() };
    let mut start = span.start;
    for line in slice(text, span).split_inclusive('\n') {
        outline.line(start, line);
        start += line.len();
    }
    outline.end_block();
    (outline.paragraphs, outline.parts)
}

struct Outline<'a> {
    text: &'a str,
    mark: fn(&str) -> Option<Mark>,
    /// The lines of the block at hand, and where the first one begins.
    block: Vec<Line>,
    from: usize,
    paragraphs: Vec<Paragraph>,
    parts: Vec<Part>,
}

impl Outline<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let words = line.trim_matches(is_blank);
        if words.is_empty() {
            if !self.is_full() {
                self.end_block();
            }
            return;
        }
        if self.block.is_empty() {
            self.from = start;
        }
        let lead = line.len() - line.trim_start_matches(is_blank).len();
        let listed = words.matches(BULLET).nth(1).is_some();
        let mut at = start + lead;
        for piece in words.split(GAP) {
            let bullets = piece.match_indices(BULLET).map(|(cut, _)| cut).filter(|_| listed);
            let mut from = 0;
            for cut in bullets.chain([piece.len()]) {
                self.piece(at + from, piece.get(from..cut).unwrap_or_default(), lead > 0, at + from > start + lead);
                from = cut;
            }
            at += piece.len() + GAP.len();
        }
    }

    fn piece(&mut self, start: usize, piece: &str, indented: bool, apart: bool) {
        let lead = piece.len() - piece.trim_start_matches(is_blank).len();
        let words = piece.trim_matches(is_blank);
        if !words.is_empty() {
            let span = ByteSpan { start: start + lead, end: start + lead + words.len() };
            let is_full = self.is_full();
            match self.block.last_mut() {
                Some(last) if is_full => last.span.end = span.end,
                _ => self.block.push(Line { span, indented, apart }),
            }
        }
    }

    /// Whether there are as many parts as are kept; what follows is all one.
    fn is_full(&self) -> bool {
        self.parts.len() + self.block.len() >= MOST
    }

    /// Makes a paragraph and its parts of the lines of the block.
    fn end_block(&mut self) {
        let (Some(first), Some(last)) = (self.block.first().copied(), self.block.last().copied()) else { return };
        let first_part = self.parts.len();
        let width = wrap_width(self.text, &self.block);
        let mut open: Option<Part> = None;
        let mut before: Option<Line> = None;
        for line in std::mem::take(&mut self.block) {
            let words = slice(self.text, line.span);
            let found = (self.mark)(words);
            let wraps = before.is_some_and(|before| is_wrap(self.text, before, line, width));
            let hangs = line.indented && !line.apart;
            match (found, &mut open) {
                (None, Some(part)) if wraps || (hangs && part.kind == PartKind::ListItem) => {
                    part.span.end = line.span.end;
                }
                (None, _) => self.parts.extend(open.replace(Part { span: line.span, kind: PartKind::Body })),
                (Some(found), part) => {
                    if let Some(part) = part
                        && is_underline(words)
                        && part.kind == PartKind::Body
                        && is_heading(slice(self.text, part.span))
                    {
                        part.kind = PartKind::Heading;
                    }
                    self.parts.extend(open.take());
                    let part = Part { span: line.span, kind: found.kind };
                    if found.alone { self.parts.push(part) } else { open = Some(part) }
                }
            }
            before = Some(line);
        }
        self.parts.extend(open);
        self.paragraphs.push(Paragraph {
            number: self.paragraphs.len() + 1,
            span: ByteSpan { start: first.span.start, end: last.span.end },
            from: self.from,
            parts: first_part..self.parts.len(),
        });
    }
}

/// The width to which the lines of a block were wrapped; `None` where they were not.
fn wrap_width(text: &str, block: &[Line]) -> Option<usize> {
    if block.len() < 2 {
        return None;
    }
    let mut width = 0;
    for line in block {
        let words = slice(text, line.span);
        let len = if words.len() > WIDEST_WRAP * 4 { words.len() } else { words.chars().count() };
        if len <= WIDEST_WRAP {
            width = width.max(len);
        } else if words.contains(' ') {
            return None;
        }
    }
    (width >= NARROWEST_WRAP).then_some(width)
}

/// Whether the end of line `before` is only where the words no longer fitted.
fn is_wrap(text: &str, before: Line, line: Line, width: Option<usize>) -> bool {
    let Some(width) = width.filter(|_| !line.apart) else { return false };
    let (head, tail) = (slice(text, before.span), slice(text, line.span));
    let word = tail.split(is_blank).next().unwrap_or(tail).chars().take(20).count();
    let len = head.chars().count();
    let goes_on = tail.starts_with(char::is_lowercase) && !head.ends_with(['.', '!', '?', ':', ';']);
    len + 1 + word > width || (goes_on && len >= NARROWEST_WRAP / 2)
}

/// Names what only the whole tells: the title, its repetition, and headings without signs.
pub(super) fn name_parts(text: &str, parts: &mut [Part]) {
    let given = parts.iter().position(|part| part.kind == PartKind::Title);
    let title = given.or_else(|| title(text, parts));
    if let Some(index) = title
        && let Some(part) = parts.get_mut(index)
    {
        part.kind = PartKind::Title;
        let (folded, len) = (fold(slice(text, part.span)), part.span.len());
        for part in parts.iter_mut().skip(index + 1).take(4) {
            if part.span.len() <= len * 2 && fold(slice(text, part.span)) == folded {
                part.kind = PartKind::RepeatedTitle;
            }
        }
    }
    let from = title.map_or(0, |index| index + 1);
    for index in from..parts.len() {
        let (Some(part), Some(next)) = (parts.get(index).copied(), parts.get(index + 1)) else { continue };
        let introduces = next.kind == PartKind::ListItem || (next.kind == PartKind::Body && next.span.len() >= 100);
        if part.kind == PartKind::Body
            && introduces
            && is_heading(slice(text, part.span))
            && let Some(part) = parts.get_mut(index)
        {
            part.kind = PartKind::Heading;
        }
    }
}

/// How many parts at the head are looked at for the title.
const HEAD: usize = 8;

/// The longest title, in code points.
const LONGEST_TITLE: usize = 300;

fn title(text: &str, parts: &[Part]) -> Option<usize> {
    let is_rule = |part: &Part| part.kind == PartKind::Rule;
    // Metadata between two rules at the very top of a Markdown file.
    let front = text.starts_with("---\n").then(|| parts.iter().skip(1).position(is_rule)).flatten();
    let skip = front.map_or(0, |end| end + 2);
    let stands_above = |part: &Part| match part.kind {
        PartKind::Rule | PartKind::Caption => true,
        PartKind::Body => is_preamble(slice(text, part.span)),
        _ => false,
    };
    let (index, part) = parts.iter().enumerate().skip(skip).take(HEAD).find(|(_, part)| !stands_above(part))?;
    if part.kind == PartKind::Heading {
        return Some(index);
    }
    let next = parts.get(index + 1)?;
    let words = slice(text, part.span);
    let len = if words.len() > LONGEST_TITLE * 4 { words.len() } else { words.chars().count() };
    let is_sentence = words.ends_with(['.', '!', '?', ':', ';', ',']) && len > 120;
    let fits = part.kind == PartKind::Body && len <= LONGEST_TITLE && !is_sentence;
    (fits && !next.span.is_empty() && words.chars().any(char::is_alphabetic)).then_some(index)
}

/// What a release calls itself above its headline, or before it in the same line.
const RELEASE_LABELS: &[&str] = &[
    "for immediate release",
    "for release",
    "press release",
    "news release",
    "media release",
    "media advisory",
    "pressemitteilung",
    "pressemeldung",
    "medienmitteilung",
    "communiqué de presse",
    "comunicado de prensa",
    "nota de prensa",
    "comunicato stampa",
    "pressiteade",
    "пресс-релиз",
    "сообщение для прессы",
    "δελτίο τύπου",
];

/// Labels of lines that tell when, and whom to ask.
const LINE_LABELS: &[&str] = &[
    "embargoed",
    "embargo:",
    "sperrfrist",
    "contact:",
    "contacts:",
    "media contact",
    "press contact",
    "date:",
    "released:",
    "published:",
];

/// The longest line that stands above a headline, in bytes.
const LONGEST_PREAMBLE: usize = 120;

/// The length of `PRESS RELEASE:` and the like at the head of a line, with the blanks and signs after it; 0 for none.
pub(super) fn release_label(line: &str) -> usize {
    let head = line.get(..line.floor_char_boundary(LONGEST_PREAMBLE)).unwrap_or_default();
    let ends_word = |label: &&str| !head.get(label.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let is_head = |label: &&&str| head.get(..label.len()).is_some_and(|head| head.to_lowercase() == **label);
    RELEASE_LABELS.iter().filter(is_head).find(|label| ends_word(label)).map_or(0, |label| {
        let rest = line.get(label.len()..).unwrap_or_default();
        line.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !"\"“„«‘".contains(c)).len()
    })
}

/// Lines that stand above a headline: what sort of text it is, the date, whom to ask.
fn is_preamble(line: &str) -> bool {
    if line.len() > LONGEST_PREAMBLE {
        return false;
    }
    let rest = line.get(release_label(line)..).unwrap_or_default();
    // A headline has two words at least.
    let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2).count();
    let is_label = rest.len() < line.len() && words < 2;
    let lower = line.to_lowercase();
    let is_address =
        !lower.contains(' ') && (lower.contains('@') || lower.contains("://") || lower.starts_with("www."));
    let is_date = || date::find(rest).is_some_and(|found| found.span.len() * 10 >= rest.len() * 6);
    is_label || is_address || LINE_LABELS.iter().any(|label| lower.starts_with(label)) || is_date()
}

/// Whether a line by itself reads like a heading: short, begun as one, and not ended like a sentence.
fn is_heading(line: &str) -> bool {
    let begins = line.chars().find(|c| c.is_alphanumeric());
    let last = line.trim_end_matches('.').rsplit(is_blank).next().unwrap_or_default();
    let abbreviated = line.ends_with('.') && stop_after(last) == Some(Stop::Maybe);
    let ends =
        !abbreviated && line.ends_with(['.', '!', '?', '…', ';', ',', '"', '\u{201D}', '»', '。', '।', '؟', '۔', '։']);
    let len = if line.len() > 400 { line.len() } else { line.chars().count() };
    len <= 100
        && !ends
        && begins.is_some_and(|c| !c.is_lowercase())
        && line.chars().any(char::is_alphabetic)
        && !line.contains(['\n', '@'])
        && !line.contains("://")
        && date::find(line).is_none()
}

/// What a line of plain text is by its signs.
pub(super) fn plain_mark(line: &str) -> Option<Mark> {
    if is_rule(line) {
        return Some(Mark { kind: PartKind::Rule, alone: true });
    }
    if is_caption(line) {
        return Some(Mark { kind: PartKind::Caption, alone: true });
    }
    is_list_item(line).then_some(Mark { kind: PartKind::ListItem, alone: false })
}

/// A line of signs alone, or one that says that the text ends here: `---`, `* * *`, `# # #`, `-30-`, `– ENDS –`.
fn is_rule(line: &str) -> bool {
    const SIGNS: &[char] = &['-', '_', '=', '*', '#', '~', '–', '—', '•', '·', '.', ' '];
    if line.len() > 400 {
        return false;
    }
    let core = line.trim_matches(SIGNS);
    let signs = line.chars().filter(|c| !c.is_whitespace()).count();
    if core.is_empty() {
        return signs >= 3;
    }
    let ends = ["end", "ends", "ende", "fin", "30"].iter().any(|word| core.eq_ignore_ascii_case(word));
    ends && core.len() < line.len()
}

/// A line of `=` or `-` that underlines the line above.
fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether the line tells of a picture: `Photo: NATO`, `(Image credit: ESA)`.
fn is_caption(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "photo",
        "photos",
        "photograph",
        "image",
        "images",
        "picture",
        "caption",
        "credit",
        "foto",
        "fotos",
        "bild",
        "bildunterschrift",
        "bildquelle",
        "crédit",
        "crédits",
        "légende",
        "imagen",
        "pie",
        "pilt",
        "фото",
        "фотография",
        "φωτό",
        "φωτογραφία",
        "immagine",
        "zdjęcie",
        "kuva",
    ];
    const LONGEST: usize = 300;
    let line = line.trim_start_matches(['(', '[', '*', '_']);
    let Some((head, _)) = line.get(..line.len().min(LONGEST * 4)).unwrap_or(line).split_once(':') else { return false };
    if line.chars().nth(LONGEST).is_some() || head.len() > 60 {
        return false;
    }
    let lower = head.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next().unwrap_or_default();
    WORDS.contains(&first) && words.count() <= 3
}

/// Whether the line begins with the sign or number of a list item.
fn is_list_item(line: &str) -> bool {
    const BULLETS: &[char] = &['•', '●', '○', '◦', '▪', '■', '□', '‣', '⁃', '∙', '➢', '➤', '►', '▶', '✓', '✔', '·'];
    if line.starts_with(BULLETS) {
        return true;
    }
    let spaced = |rest: &str| rest.starts_with([' ', '\t', '\u{A0}']);
    if let Some(rest) = line.strip_prefix(['-', '–', '—', '*']) {
        return spaced(rest);
    }
    let inside = line.strip_prefix('(');
    let body = inside.unwrap_or(line);
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letters = body.chars().take_while(char::is_ascii_lowercase).count();
    let label = digits.max(letters);
    let Some((_, rest)) = body.split_at_checked(label).filter(|_| (1..=3).contains(&label)) else { return false };
    match rest.chars().next() {
        Some(')') if letters <= 1 || inside.is_some() => rest.strip_prefix(')').is_some_and(spaced),
        // "28. Juni 2023" is a date.
        Some('.') if digits > 0 && inside.is_none() => {
            rest.strip_prefix('.').is_some_and(|rest| spaced(rest) && !date::begins_with_month(rest.trim_start()))
        }
        _ => false,
    }
}

/// For comparing titles: letters and digits only, in lower case.
fn fold(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// White space, and the characters of no width that are as good as white space at the ends of a line.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
}

/// The characters of a span.
pub(super) fn slice(text: &str, span: ByteSpan) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}
