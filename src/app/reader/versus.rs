//! Two annotators' claims on one page: mine at the left, theirs mirrored at the right, and numbered boxes where they
//! differ.
//!
//! Shapes only, as all marks are. Held by `tests/reader.rs`.

use std::collections::BTreeMap;

use egui::{Rangef, Rect, pos2, vec2};

use super::lanes;
use super::marks::{Looks, Mark, Owner};
use super::measures::{BADGE, BADGE_GAP, BRACKET, BRACKET_SPAN, LETTER, MIDDLE, VERSUS_BOX, VERSUS_STEP, WHO};
use super::shapes::{Ground, Ink, Label, Scene, Shape, badge_width};
use crate::document::ByteSpan;
use crate::review::Verdict;

/// How the claims of two sets stand to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Versus {
    /// The pairs, in the order of the text.
    pub pairs: Vec<VersusPair>,
    /// The pair of each claim.
    pub of: BTreeMap<Owner, usize>,
    /// The current pair.
    pub current: Option<usize>,
}

/// A claim of both sets, or of one.
#[derive(Clone, Debug, PartialEq)]
pub struct VersusPair {
    /// The left one's.
    pub mine: Option<Owner>,
    /// The right one's.
    pub theirs: Option<Owner>,
    /// How they compare.
    pub verdict: Verdict,
    /// Its number among the differences.
    pub number: Option<usize>,
    /// The byte where it begins.
    pub start: usize,
}

impl Versus {
    /// The pair of a claim.
    #[must_use]
    pub fn pair(&self, owner: &Owner) -> Option<&VersusPair> {
        self.pairs.get(*self.of.get(owner)?)
    }

    /// Whether both marked a claim alike.
    #[must_use]
    pub fn is_agreed(&self, owner: &Owner) -> bool {
        self.pair(owner).is_some_and(|pair| pair.verdict == Verdict::Agree)
    }

    fn is_mine(&self, owner: &Owner) -> bool {
        self.pair(owner).is_some_and(|pair| pair.mine.as_ref() == Some(owner))
    }
}

/// A claim of one side with its looks.
type Claim<'m> = (&'m Mark, &'m Looks);

/// Brackets that fit beside each other at the right.
const BRACKETS_AT_RIGHT: usize = 2;

/// Lanes for underlines.
const UNDERLINES: usize = 4;

impl Scene<'_> {
    pub(super) fn versus(&mut self, claims: &[Claim<'_>], versus: &Versus) {
        let mut pairs: BTreeMap<usize, [Option<Claim<'_>>; 2]> = BTreeMap::new();
        for claim in claims {
            let Some(&at) = versus.of.get(&claim.0.owner) else { continue };
            let [mine, theirs] = pairs.entry(at).or_default();
            *(if versus.is_mine(&claim.0.owner) { mine } else { theirs }) = Some(*claim);
        }
        for (at, pair) in &pairs {
            let verdict = versus.pairs.get(*at).map(|pair| pair.verdict);
            let ground = match verdict {
                _ if versus.current == Some(*at) => Ground::Current,
                Some(Verdict::OnlyMine) => Ground::OnlyMine,
                Some(Verdict::OnlyTheirs) => Ground::OnlyTheirs,
                _ => continue,
            };
            for (mark, _) in pair.iter().flatten() {
                self.tints(&mark.spans, ground);
            }
        }
        self.pair_underlines(&pairs, versus);
        let (mine, theirs): (Vec<Claim<'_>>, Vec<Claim<'_>>) =
            claims.iter().copied().partition(|claim| versus.is_mine(&claim.0.owner));
        self.brackets(&mine);
        self.right_brackets(&theirs);
        self.boxes(versus);
    }

    /// Mine, and theirs right below where they differ; the longer pair on top.
    fn pair_underlines(&mut self, pairs: &BTreeMap<usize, [Option<Claim<'_>>; 2]>, versus: &Versus) {
        let mut order: Vec<(usize, usize)> = pairs
            .iter()
            .map(|(at, pair)| (pair.iter().flatten().map(|(mark, _)| mark.hull().len()).max().unwrap_or(0), *at))
            .collect();
        order.sort_by_key(|&(length, at)| (std::cmp::Reverse(length), at));
        let mut taken: [Vec<ByteSpan>; UNDERLINES] = Default::default();
        for (_, at) in order {
            let Some(pair) = pairs.get(&at) else { continue };
            let is_agreed = versus.pairs.get(at).is_some_and(|pair| pair.verdict == Verdict::Agree);
            let drawn: Vec<Claim<'_>> = pair.iter().flatten().copied().take(if is_agreed { 1 } else { 2 }).collect();
            let spans: Vec<ByteSpan> = drawn.iter().flat_map(|(mark, _)| mark.spans.iter().copied()).collect();
            let is_free = |lane: usize| {
                let own = taken.get(lane..lane + drawn.len()).unwrap_or(&[]);
                own.len() == drawn.len()
                    && own.iter().flatten().all(|other| spans.iter().all(|span| !span.overlaps(*other)))
            };
            let Some(first) = (0..UNDERLINES).find(|&lane| is_free(lane)) else { continue };
            for (step, (mark, looks)) in drawn.into_iter().enumerate() {
                if let Some(lane) = taken.get_mut(first + step) {
                    lane.extend(spans.iter().copied());
                }
                self.underline(mark, looks, first + step);
            }
        }
    }

    /// The brackets of theirs, mirrored.
    fn right_brackets(&mut self, claims: &[Claim<'_>]) {
        let ranges: Vec<(usize, usize)> = claims
            .iter()
            .map(|(mark, _)| {
                let lines = self.sheet.lines_of(mark.hull());
                (lines.start, lines.end.saturating_sub(1).max(lines.start))
            })
            .collect();
        let given = lanes::brackets(&ranges, BRACKETS_AT_RIGHT, None);
        for ((claim, range), lane) in claims.iter().zip(&ranges).zip(given) {
            if let Some(lane) = lane {
                self.right_bracket(*claim, *range, lane);
            }
        }
    }

    fn right_bracket(&mut self, (mark, looks): Claim<'_>, (first, last): (usize, usize), lane: usize) {
        let (Some(first), Some(last)) = (self.sheet.lines.get(first), self.sheet.lines.get(last)) else { return };
        let (hull, ink) = (mark.hull(), self.ink(&mark.owner, looks));
        let (begins, ends) = (hull.start >= self.sheet.span.start, hull.end <= self.sheet.span.end);
        let x = self.stage.origin.x + self.stage.column + BRACKET.0 + VERSUS_STEP * lane as f32 - 0.5;
        let top = if begins { self.top(first) + first.down(BRACKET_SPAN.0) } else { self.stage.origin.y };
        let bottom =
            if ends { self.top(last) + last.down(BRACKET_SPAN.1) } else { self.stage.origin.y + self.sheet.height };
        let y = Rangef::new(top, bottom);
        if y.max < self.stage.view.min || y.min > self.stage.view.max {
            return;
        }
        self.shapes.push(Shape::RightBracket { x, y, ends: (begins && looks.attributed, ends), ink });
        if !begins || !self.in_view(first) {
            return;
        }
        let middle = self.top(first) + first.down(MIDDLE);
        let (width, height) = if looks.attributed { (badge_width(&looks.badge), BADGE.1) } else { WHO };
        let badge =
            Rect::from_min_size(pos2(x + 0.5 + BADGE_GAP, (middle - height / 2.0).floor()), vec2(width, height));
        self.shapes.push(Shape::Label(Label {
            owner: mark.owner.clone(),
            kind: looks.kind,
            letter: pos2(badge.right() + LETTER, middle),
            badge,
            words: looks.attributed.then(|| looks.badge.clone()),
            selected: false,
            line_top: self.top(first),
            bracket: x,
        }));
    }

    /// The numbers of the differences, left of where they begin; several in a line stand below each other.
    fn boxes(&mut self, versus: &Versus) {
        let first = versus.pairs.partition_point(|pair| pair.start < self.sheet.span.start);
        let mut last: Option<Rect> = None;
        let here = versus.pairs.iter().enumerate().skip(first);
        for (at, pair) in here.take_while(|(_, pair)| pair.start < self.sheet.span.end) {
            let Some(number) = pair.number else { continue };
            let place = ByteSpan { start: pair.start, end: pair.start + 1 };
            let line = self.lines(place).next().map(|line| self.top(line) + line.down(MIDDLE));
            let Some(middle) = line else { continue };
            let left = self.stage.origin.x - self.stage.boxes;
            let mut rect = Rect::from_min_size(pos2(left, (middle - VERSUS_BOX.1 / 2.0).floor()), VERSUS_BOX.into());
            if let Some(above) = last.filter(|above| above.bottom() >= rect.top()) {
                rect = rect.translate(vec2(0.0, above.bottom() + 1.0 - rect.top()));
            }
            last = Some(rect);
            let is_current = versus.current == Some(at);
            self.shapes.push(Shape::Number { rect, at, number, verdict: pair.verdict, is_current });
        }
    }
}

/// The colour of an agreed claim's mark is dimmed.
pub(super) fn ink(versus: &Versus, owner: &Owner, looks: &Looks) -> Ink {
    Ink { kind: looks.kind, dimmed: versus.is_agreed(owner) }
}
