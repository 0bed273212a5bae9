//! Quotations: spans between the quote marks of European languages (and of Chinese and Japanese), nested, and across
//! paragraphs.
//!
//! Knows marks and what stands around them, no words but the few that begin with an apostrophe. Held by
//! `tests/document.rs`. One pass over the text with a stack of the few marks that are open.
//!
//! A mark opens or closes by what stands around it, because most marks do both in some language: `“` opens in English
//! and closes in German, `»` closes in French and opens in Danish. A single mark is an apostrophe unless it is a pair
//! with another one. A quotation over several paragraphs is one [`Quotation`] in each.

use super::structure::Part;
use super::text::ByteSpan;

/// What stands between two quote marks; of a quotation over several paragraphs, what stands in one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks. Where it is not closed, up to the end of its part of the paragraph, or to where the same mark
    /// opens again.
    pub outer: ByteSpan,
    /// Without its marks and the blanks inside them.
    pub inner: ByteSpan,
    /// 1 for a quotation, 2 for one inside it, and so on.
    pub depth: usize,
    /// Whether its closing mark was found.
    pub closed: bool,
    /// Whether it goes on with the last quotation of the part before, which is not closed.
    pub continues: bool,
    /// The quotation that it is inside of, by its index.
    pub(super) inside: Option<usize>,
}

/// Marks that can close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Straight,
    Double,
    Single,
    Guillemet,
    Angle,
    Corner,
    WhiteCorner,
}

fn family(c: char) -> Option<Family> {
    match c {
        '"' | '＂' => Some(Family::Straight),
        '“' | '”' | '„' | '‟' => Some(Family::Double),
        '\'' | '‘' | '’' | '‚' | '‛' => Some(Family::Single),
        '«' | '»' => Some(Family::Guillemet),
        '‹' | '›' => Some(Family::Angle),
        '「' | '」' => Some(Family::Corner),
        '『' | '』' => Some(Family::WhiteCorner),
        _ => None,
    }
}

/// What a mark does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Opens, whatever is open.
    Open,
    /// Opens because one of the same kind was never closed.
    Reopen,
    Close,
    /// Closes unless a surer one follows: an apostrophe after s.
    MayClose,
    Nothing,
}

/// The most marks that are open at once; what opens beyond is left alone.
const DEEPEST: usize = 8;

/// The quotations of all parts, by where they begin.
pub(super) fn quotations(text: &str, parts: &[Part]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut carried: Option<char> = None;
    for (index, part) in parts.iter().enumerate() {
        let next =
            parts.get(index + 1).and_then(|next| text.get(next.span.start..)).and_then(|next| next.chars().next());
        carried = Scan::new(text, part.span, carried).run(next, &mut found);
    }
    found
}

/// A mark that opened.
struct Opened {
    mark: char,
    family: Family,
    start: usize,
    /// After the mark.
    inner: usize,
    /// Where it closes: before the mark, after the mark.
    end: Option<(usize, usize)>,
    /// Where it would have to close if no surer mark follows.
    perhaps: Option<(usize, usize)>,
    /// Kept, although no mark closes it.
    unclosed: Option<usize>,
    continues: bool,
    inside: Option<usize>,
}

/// The work on one part.
struct Scan<'a> {
    text: &'a str,
    part: ByteSpan,
    /// The mark that the part before left open.
    carried: Option<char>,
    all: Vec<Opened>,
    /// Indexes of those that are open, the innermost last.
    stack: Vec<usize>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, part: ByteSpan, carried: Option<char>) -> Self {
        Self { text, part, carried, all: Vec::new(), stack: Vec::new() }
    }

    /// Adds the part's quotations to `found`; gives the mark that is left open. `next`: how the next part begins.
    fn run(mut self, next: Option<char>, found: &mut Vec<Quotation>) -> Option<char> {
        let words = self.text.get(self.part.start..self.part.end).unwrap_or_default();
        let mut before = None;
        let mut chars = words.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if let Some(family) = family(c) {
                let after = chars.peek().map(|&(_, after)| after);
                let start = self.part.start + at;
                self.mark(c, family, start, before, after);
            }
            before = Some(c);
        }
        let open = self.finish(next);
        self.keep(found);
        open
    }

    fn mark(&mut self, c: char, family: Family, start: usize, before: Option<char>, after: Option<char>) {
        let end = start + c.len_utf8();
        if family != Family::Single {
            self.settle();
        }
        let goes_on = self.carried.filter(|&carried| self::family(carried) == Some(family));
        if let Some(carried) = goes_on
            && start == self.part.start
            && (c == carried || family == Family::Guillemet)
        {
            self.open(c, family, start, end, true);
            return;
        }
        let opener = self.opener(family);
        match self.act(c, family, opener, start, before, after) {
            Act::Open => self.open(c, family, start, end, false),
            Act::Reopen => {
                self.leave(family, start);
                self.open(c, family, start, end, false);
            }
            Act::Close if opener.is_some() => self.close(family, start, end),
            // A quotation of the paragraph before ends here, without having been opened again.
            Act::Close if goes_on.is_some() && self.all.is_empty() => {
                let digit = before.is_some_and(char::is_numeric);
                if !digit && family != Family::Single {
                    self.open(c, family, self.part.start, self.part.start, true);
                    self.close(family, start, end);
                }
            }
            Act::MayClose => {
                if let Some(opened) = self.innermost(family).and_then(|index| self.all.get_mut(index)) {
                    opened.perhaps = Some((start, end));
                }
            }
            Act::Close | Act::Nothing => {}
        }
    }

    /// What the mark does.
    fn act(
        &self,
        c: char,
        family: Family,
        opener: Option<char>,
        start: usize,
        before: Option<char>,
        after: Option<char>,
    ) -> Act {
        let attached = after.is_some_and(|after| !after.is_whitespace());
        let free = before.is_none_or(|before| before.is_whitespace() || opens_before(before));
        let to_word = after.is_some_and(|after| after.is_alphanumeric() || opens_before(after));
        let after_word = before.is_some_and(|before| !before.is_whitespace());
        let in_word = before.is_some_and(char::is_alphanumeric);
        match (c, opener) {
            ('„' | '‟', None) if attached => Act::Open,
            ('„' | '‟', Some(_)) if attached => Act::Reopen,
            ('「' | '『', _) => Act::Open,
            ('」' | '』', _) => Act::Close,
            ('«' | '‹', None | Some('«' | '‹')) | ('»' | '›', Some('»' | '›')) if free && after.is_some() => {
                Act::Open
            }
            ('»' | '›', None) if free && attached && self.carried.is_none() => Act::Open,
            ('«' | '»' | '‹' | '›', _) => Act::Close,
            ('“', Some('„')) if after_word && !to_word => Act::Close,
            ('“' | '"' | '＂', Some(_)) if free && to_word => Act::Reopen,
            ('”', Some('”')) if free && to_word => Act::Reopen,
            ('“' | '”' | '"' | '＂', Some(_)) => Act::Close,
            ('”', None) if !(free && attached) => Act::Close,
            ('“' | '”' | '"' | '＂', None) if attached && !in_word && (free || to_word) => Act::Open,
            ('“' | '"' | '＂', None) => Act::Close,
            (_, _) if family == Family::Single => self.single(c, opener, start, before, after),
            _ => Act::Nothing,
        }
    }

    /// What a single mark does: mostly, it is an apostrophe.
    fn single(&self, c: char, opener: Option<char>, start: usize, before: Option<char>, after: Option<char>) -> Act {
        let free = before.is_none_or(|before| before.is_whitespace() || opens_before(before));
        let to_word = after.is_some_and(|after| after.is_alphanumeric() || opens_before(after) || after == '…');
        let in_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        let rest = self.text.get(start + c.len_utf8()..self.part.end).unwrap_or_default();
        if in_word || (free && c != '‚' && is_elision(rest)) {
            return Act::Nothing;
        }
        let closes = !free && !after.is_some_and(char::is_alphanumeric);
        match (c, opener) {
            ('‚', None) if free && to_word => Act::Open,
            ('‘', Some('‚')) if closes => Act::Close,
            ('‘' | '‛' | '\'', None) if free && to_word => Act::Open,
            // Swedish and Finnish nest ’…’ in ”…”.
            ('’', None) if free && to_word && self.opener(Family::Double) == Some('”') => Act::Open,
            ('‘' | '‛', Some('‘' | '‛')) if free && to_word => Act::Reopen,
            (_, Some(_)) if closes => {
                let possessive =
                    matches!(before, Some('s' | 'S' | 'z' | 'x')) && rest.trim_start().starts_with(char::is_lowercase);
                if possessive { Act::MayClose } else { Act::Close }
            }
            _ => Act::Nothing,
        }
    }

    /// The mark that opened the innermost quotation of a family.
    fn opener(&self, family: Family) -> Option<char> {
        self.innermost(family).and_then(|index| self.all.get(index)).map(|opened| opened.mark)
    }

    fn innermost(&self, family: Family) -> Option<usize> {
        let of_family = |&&index: &&usize| self.all.get(index).is_some_and(|opened| opened.family == family);
        self.stack.iter().rev().find(of_family).copied()
    }

    fn open(&mut self, mark: char, family: Family, start: usize, inner: usize, continues: bool) {
        if self.stack.len() >= DEEPEST {
            return;
        }
        let inside = self.stack.last().copied();
        self.stack.push(self.all.len());
        let opened = Opened { mark, family, start, inner, end: None, perhaps: None, unclosed: None, continues, inside };
        self.all.push(opened);
    }

    /// Closes the innermost quotation of a family; what is open inside it was none.
    fn close(&mut self, family: Family, start: usize, end: usize) {
        while let Some(index) = self.stack.pop() {
            if let Some(opened) = self.all.get_mut(index)
                && opened.family == family
            {
                opened.end = Some((start, end));
                return;
            }
        }
    }

    /// Leaves the innermost quotation of a family without an end, because the mark opens again at `start`.
    fn leave(&mut self, family: Family, start: usize) {
        while let Some(index) = self.stack.pop() {
            if let Some(opened) = self.all.get_mut(index)
                && opened.family == family
            {
                opened.unclosed = (family != Family::Single).then_some(start);
                return;
            }
        }
    }

    /// Takes apostrophes that may have closed a single quotation for what closes it, since nothing surer came.
    fn settle(&mut self) {
        let perhaps =
            self.innermost(Family::Single).and_then(|index| self.all.get(index)).and_then(|opened| opened.perhaps);
        if let Some((start, end)) = perhaps {
            self.close(Family::Single, start, end);
        }
    }

    /// Ends the part. Only the outermost quotation can be left open for the next part to go on with.
    fn finish(&mut self, next: Option<char>) -> Option<char> {
        self.settle();
        let index = *self.stack.first()?;
        let end = self.part.end;
        let opened = self.all.get_mut(index)?;
        if opened.family == Family::Single && next != Some(opened.mark) {
            return None;
        }
        opened.unclosed = Some(end);
        Some(opened.mark)
    }

    /// Adds what turned out to be quotations.
    fn keep(&self, found: &mut Vec<Quotation>) {
        let mut kept: Vec<Option<usize>> = Vec::with_capacity(self.all.len());
        for opened in &self.all {
            let mut inside = opened.inside.and_then(|index| kept.get(index).copied().flatten());
            let (inner_end, end, closed) = match (opened.end, opened.unclosed) {
                (Some((start, end)), _) => (start, end, true),
                (None, Some(end)) => (end, end, false),
                (None, None) => {
                    kept.push(inside);
                    continue;
                }
            };
            let inner = trim(self.text, ByteSpan { start: opened.inner, end: inner_end });
            if inner.is_empty() {
                kept.push(inside);
                continue;
            }
            let outer_end = if closed { end } else { inner.end };
            let outer = ByteSpan { start: opened.start, end: outer_end };
            // What was left open may end before what was opened inside it.
            while let Some(around) = inside.and_then(|index| found.get(index))
                && !around.outer.encloses(outer)
            {
                inside = around.inside;
            }
            let depth = inside.and_then(|index| found.get(index)).map_or(1, |around| around.depth + 1);
            kept.push(Some(found.len()));
            found.push(Quotation { outer, inner, depth, closed, continues: opened.continues, inside });
        }
    }
}

/// Whether a mark that opens can stand directly after this character.
fn opens_before(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '<'
            | '¿'
            | '¡'
            | '–'
            | '—'
            | '/'
            | '*'
            | '_'
            | '“'
            | '„'
            | '«'
            | '‹'
            | '‘'
            | '‚'
            | '"'
            | '\''
    )
}

/// Whether an apostrophe at the head of a word stands for letters: ’90s, ’tis, ’em.
fn is_elision(rest: &str) -> bool {
    const WORDS: &[&str] = &["tis", "twas", "em", "til", "cause", "n", "bout", "round", "s", "ne", "nen"];
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let years = word.len() >= 2 && word.bytes().take(2).all(|byte| byte.is_ascii_digit()) && word.len() <= 3;
    (years && !word.bytes().skip(2).any(|byte| byte.is_ascii_digit()))
        || WORDS.iter().any(|elided| word.eq_ignore_ascii_case(elided))
}

/// Without the blanks at its ends.
fn trim(text: &str, span: ByteSpan) -> ByteSpan {
    let inside = text.get(span.start..span.end).unwrap_or_default();
    let start = span.start + (inside.len() - inside.trim_start().len());
    ByteSpan { start, end: start + inside.trim().len() }
}
