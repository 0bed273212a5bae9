//! Quotations: spans between the quote marks of European languages (and of Chinese and Japanese), nested, and across
//! paragraphs; and the speech of dialogues that dashes begin.
//!
//! Knows marks and what stands around them, no words but the few that begin with an apostrophe. Held by
//! `tests/document.rs`. One pass over the text with a stack of the few marks that are open.
//!
//! A mark opens or closes by what stands around it, because most marks do both in some language: `“` opens in English
//! and closes in German, `»` closes in French and opens in Danish. A single mark is an apostrophe unless it is a pair
//! with another one. A quotation over several paragraphs is one [`Quotation`] in each.

use super::blocks::slice;
use super::dialogue::{begins_with_dash, dialogue};
use super::structure::{MOST, Part};
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
    /// Whether its closing mark was found; speech that a dash begins needs none.
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

/// The other family that a closing mark may belong to.
fn partner(c: char) -> Option<Family> {
    match c {
        '"' => Some(Family::Double),
        '”' => Some(Family::Straight),
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

/// The most marks that are open at once; beyond, the outermost is given up.
const DEEPEST: usize = 8;

/// The quotations of all parts, by where they begin.
pub(super) fn quotations(text: &str, parts: &[Part]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut carried: Option<char> = None;
    let mut index = 0;
    for run in parts.chunk_by(|a, b| begins_with_dash(text, *a) == begins_with_dash(text, *b)) {
        let before = found.len();
        for part in run {
            index += 1;
            let next = parts.get(index).and_then(|next| slice(text, next.span).chars().next());
            carried = Scan::new(text, part.span, carried, &mut found).run(next);
        }
        // Where marks quote, dashes are no second kind of them.
        if found.len() == before && run.first().is_some_and(|first| begins_with_dash(text, *first)) {
            let said = dialogue(text, run).into_iter().take(MOST.saturating_sub(found.len()));
            let quotation =
                |(outer, inner)| Quotation { outer, inner, depth: 1, closed: true, continues: false, inside: None };
            found.extend(said.map(quotation));
        }
    }
    found
}

/// A mark that opened.
struct Opened {
    c: char,
    family: Family,
    /// Empty where the part goes on with a quotation without a mark.
    mark: ByteSpan,
    /// The mark that closes it.
    end: Option<ByteSpan>,
    /// The mark that would have to close it if no surer one follows.
    perhaps: Option<ByteSpan>,
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
    /// What opened since nothing was open.
    all: Vec<Opened>,
    /// Indexes of those that are open, the innermost last.
    stack: Vec<usize>,
    /// Whether anything has opened in this part.
    has_opened: bool,
    found: &'a mut Vec<Quotation>,
}

/// A mark and what stands on either side of it.
#[derive(Clone, Copy)]
struct Mark {
    c: char,
    family: Family,
    span: ByteSpan,
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    /// Nothing that it could close stands directly before it.
    fn is_free(self) -> bool {
        self.before.is_none_or(|before| before.is_whitespace() || opens_before(before))
    }

    /// Something stands directly after it.
    fn is_attached(self) -> bool {
        self.after.is_some_and(|after| !after.is_whitespace())
    }

    /// Something that it could open stands directly after it.
    fn is_before_word(self) -> bool {
        self.after.is_some_and(|after| after.is_alphanumeric() || opens_before(after) || after == '…')
    }

    fn is_after_word(self) -> bool {
        self.before.is_some_and(char::is_alphanumeric)
    }

    /// What it does if the innermost open mark of its family is `opener`. Single marks are another matter.
    fn act(self, opener: Option<char>) -> Act {
        let (free, opens) = (self.is_free(), self.is_free() && self.is_before_word());
        match (self.c, opener) {
            ('「' | '『', _) => Act::Open,
            ('„' | '‟', None) if self.is_attached() => Act::Open,
            ('„' | '‟', Some(_)) if self.is_attached() => Act::Reopen,
            // Only guillemets stand in themselves: «Газета «Правда»».
            ('«' | '‹', None | Some('«' | '‹')) if free && self.after.is_some() => Act::Open,
            ('»' | '›', None) if free && self.is_attached() => Act::Open,
            ('»' | '›', Some('»' | '›')) if opens => Act::Open,
            ('“', Some('„' | '‟')) if !self.is_before_word() => Act::Close,
            ('“' | '"' | '＂', Some(_)) | ('”', Some('”')) if opens => Act::Reopen,
            ('”', None) if !free => Act::Close,
            ('“' | '”' | '"' | '＂', None)
                if self.is_attached() && !self.is_after_word() && (free || self.is_before_word()) =>
            {
                Act::Open
            }
            ('„' | '‟', _) => Act::Nothing,
            _ => Act::Close,
        }
    }

    /// What a single mark does: mostly, it is an apostrophe. `top`: the innermost open mark of all, if it is single;
    /// `opener`: the innermost single one; `rest` follows it; `swedish`: ”…” is open around it.
    fn act_single(self, top: Option<char>, opener: Option<char>, rest: &str, swedish: bool) -> Act {
        let (free, opens) = (self.is_free(), self.is_free() && self.is_before_word());
        let closes = !free && !self.after.is_some_and(char::is_alphanumeric);
        if free && self.c != '‚' && is_elision(rest) {
            return Act::Nothing;
        }
        // A straight one that opened outside the last “ was an apostrophe: only what is innermost can close it.
        let opener = if self.c == '\'' { top } else { opener };
        match self.c {
            '‚' | '‘' | '‛' | '\'' if opens && top.is_none() => Act::Open,
            '‘' | '‛' | '\'' if opens && matches!(top, Some('‘' | '‛' | '\'')) => Act::Reopen,
            '’' if opens && swedish && top.is_none() => Act::Open,
            '’' | '\'' if closes && opener.is_some() && self.is_possessive(rest) => Act::MayClose,
            _ if closes && opener.is_some() => Act::Close,
            _ => Act::Nothing,
        }
    }

    /// Whether it may be the apostrophe of `the allies’ plan`.
    fn is_possessive(self, rest: &str) -> bool {
        matches!(self.before, Some('s' | 'S' | 'z' | 'x')) && rest.trim_start().starts_with(char::is_lowercase)
    }
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, part: ByteSpan, carried: Option<char>, found: &'a mut Vec<Quotation>) -> Self {
        Self { text, part, carried, all: Vec::new(), stack: Vec::new(), has_opened: false, found }
    }

    /// Finds the part's quotations; gives the mark that is left open. `next`: how the next part begins.
    fn run(mut self, next: Option<char>) -> Option<char> {
        let mut before = None;
        let mut chars = slice(self.text, self.part).char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if self.found.len() + self.all.len() >= MOST {
                break;
            }
            if let Some(family) = family(c) {
                let start = self.part.start + at;
                let span = ByteSpan { start, end: start + c.len_utf8() };
                self.mark(Mark { c, family, span, before, after: chars.peek().map(|&(_, after)| after) });
            }
            before = Some(c);
        }
        let open = self.finish(next);
        self.keep();
        open
    }

    fn mark(&mut self, mark: Mark) {
        let Mark { c, family, span, .. } = mark;
        if family == Family::Single {
            let rest = self.text.get(span.end..self.part.end).unwrap_or_default();
            let goes_on = self.carried == Some(c) && span.start == self.part.start;
            let swedish = self.opener(Family::Double) == Some('”');
            let top = self.stack.last().and_then(|&index| self.all.get(index)).filter(|top| top.family == family);
            match mark.act_single(top.map(|top| top.c), self.opener(family), rest, swedish) {
                Act::Open => self.open(c, family, span, goes_on),
                act => self.apply(act, mark),
            }
            return;
        }
        self.settle();
        let goes_on = self.carried.filter(|&carried| self::family(carried) == Some(family));
        let at_head = span.start == self.part.start;
        if let Some(carried) = goes_on.filter(|&carried| at_head && (c == carried || family == Family::Guillemet)) {
            self.open(carried, family, span, true);
            return;
        }
        let opener = self.opener(family);
        // “…" and "…” are pairs as well, where hands and programs mix.
        if let Some(partner) = partner(c).filter(|&partner| opener.is_none() && self.innermost(partner).is_some())
            && !mark.is_free()
        {
            self.close(partner, span);
            return;
        }
        let act = mark.act(opener);
        if act == Act::Close && opener.is_none() {
            // A quotation of the part before may end here, without having been opened again. 5" is no such end.
            if goes_on.is_some() && !self.has_opened && !mark.before.is_some_and(char::is_numeric) {
                self.open(c, family, ByteSpan { start: self.part.start, end: self.part.start }, true);
                self.close(family, span);
            }
            return;
        }
        self.apply(act, mark);
    }

    fn apply(&mut self, act: Act, mark: Mark) {
        let Mark { c, family, span, .. } = mark;
        match act {
            Act::Open => self.open(c, family, span, false),
            Act::Reopen => {
                self.leave(family, span.start);
                self.open(c, family, span, false);
            }
            Act::Close => self.close(family, span),
            Act::MayClose => {
                if let Some(opened) = self.innermost(family).and_then(|index| self.all.get_mut(index)) {
                    opened.perhaps = Some(span);
                }
            }
            Act::Nothing => {}
        }
    }

    /// The mark that opened the innermost quotation of a family.
    fn opener(&self, family: Family) -> Option<char> {
        self.innermost(family).and_then(|index| self.all.get(index)).map(|opened| opened.c)
    }

    fn innermost(&self, family: Family) -> Option<usize> {
        let of_family = |&&index: &&usize| self.all.get(index).is_some_and(|opened| opened.family == family);
        self.stack.iter().rev().find(of_family).copied()
    }

    fn open(&mut self, c: char, family: Family, mark: ByteSpan, continues: bool) {
        if self.stack.is_empty() {
            self.keep();
        } else if self.stack.len() >= DEEPEST {
            self.stack.remove(0);
        }
        self.has_opened = true;
        let inside = self.stack.last().copied();
        self.stack.push(self.all.len());
        self.all.push(Opened { c, family, mark, end: None, perhaps: None, unclosed: None, continues, inside });
    }

    /// Closes the innermost quotation of a family; what is open inside it was none.
    fn close(&mut self, family: Family, mark: ByteSpan) {
        while let Some(index) = self.stack.pop() {
            if let Some(opened) = self.all.get_mut(index)
                && opened.family == family
            {
                opened.end = Some(mark);
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
                let nothing = ByteSpan { start: opened.mark.end, end: start };
                if slice(self.text, nothing).trim().is_empty() {
                    self.all.truncate(index);
                }
                return;
            }
        }
    }

    /// Takes apostrophes that may have closed a single quotation for what closes it, since nothing surer came.
    fn settle(&mut self) {
        let perhaps =
            self.innermost(Family::Single).and_then(|index| self.all.get(index)).and_then(|opened| opened.perhaps);
        if let Some(mark) = perhaps {
            self.close(Family::Single, mark);
        }
    }

    /// Ends the part. Only the outermost quotation can be left open for the next part to go on with.
    fn finish(&mut self, next: Option<char>) -> Option<char> {
        self.settle();
        let index = *self.stack.first()?;
        let end = self.part.end;
        let opened = self.all.get_mut(index)?;
        if opened.family == Family::Single && next != Some(opened.c) {
            return None;
        }
        opened.unclosed = Some(end);
        Some(opened.c)
    }

    /// Keeps what turned out to be quotations.
    fn keep(&mut self) {
        let mut kept: Vec<Option<usize>> = Vec::with_capacity(self.all.len());
        let found = &mut *self.found;
        for opened in self.all.drain(..) {
            let mut inside = opened.inside.and_then(|index| kept.get(index).copied().flatten());
            let (inner_end, end, closed) = match (opened.end, opened.unclosed) {
                (Some(mark), _) => (mark.start, mark.end, true),
                (None, Some(end)) => (end, end, false),
                (None, None) => {
                    kept.push(inside);
                    continue;
                }
            };
            let inner = trim(self.text, ByteSpan { start: opened.mark.end, end: inner_end });
            if inner.is_empty() {
                kept.push(inside);
                continue;
            }
            let outer_end = if closed { end } else { inner.end };
            let outer = ByteSpan { start: opened.mark.start, end: outer_end };
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
    let inside = slice(text, span);
    let start = span.start + (inside.len() - inside.trim_start().len());
    ByteSpan { start, end: start + inside.trim().len() }
}
