//! What has become of each mark of a set on the old version.
//!
//! A mark goes where its words went. Words that stayed alone in a sentence written anew tell too little, and words that
//! are not where they were may stand elsewhere: then the mark is searched with its context as everywhere in the program
//! ([`place_all`]), and what is found counts only where those words are not the ones of another place of the old text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Versions;
use super::words::folded;
use crate::annotation::{Anchor, AnchorId, AnnotationSet, Placement, anchors, place_all};
use crate::document::ByteSpan;

/// What has become of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The same words at the same relative place.
    Kept,
    /// The same words elsewhere.
    Moved,
    /// Other words in its place.
    Changed,
    /// Its words may be in several places, or in one of which it cannot be said for sure.
    Ambiguous,
    /// Its words are gone.
    Lost,
}

impl State {
    /// All of them, in the order in which people want to look at them: what needs a decision first.
    pub const ALL: [Self; 5] = [Self::Changed, Self::Lost, Self::Ambiguous, Self::Moved, Self::Kept];

    /// Its name, as on screen and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Ambiguous => "ambiguous",
            Self::Lost => "lost",
        }
    }
}

/// What has become of a mark, and where it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// What.
    pub state: State,
    /// Where it is in the old text; empty where it is not to be found even there.
    pub old: Vec<ByteSpan>,
    /// Where it is in the new text; empty where it is lost or ambiguous.
    pub new: Vec<ByteSpan>,
    /// Where it may be, the likeliest first, where it is ambiguous.
    pub candidates: Vec<Vec<ByteSpan>>,
    /// Whether the words are the same and the rest of their sentence is not.
    pub is_sentence_other: bool,
}

/// What has become of every mark of a set: each has exactly one state.
pub type Fates = BTreeMap<AnchorId, Fate>;

/// So many words in a row that are the same are no chance.
const ROW: usize = 4;

/// With this much of its words left (Dice), in hundredths, a mark is changed and not lost.
const LEFT: usize = 40;

/// A mark of up to so many words is changed, too, where others stand in its very place.
const FEW: usize = 4;

/// Where a mark's words went, by the words alone.
enum Way {
    /// They are all there, so many in a row; moved with their paragraph or not.
    Whole { spans: Vec<ByteSpan>, is_moved: bool, is_sure: bool },
    /// Others stand there.
    Other(Vec<ByteSpan>),
    /// Nowhere.
    Gone,
}

impl Versions {
    /// Follows every mark of a set that was made on the old version, whose positions are of a text with this hash or of
    /// another one (`is_same_text`).
    #[must_use]
    pub fn fates(&self, set: &AnnotationSet, is_same_text: bool) -> Fates {
        let placed = place_all(&self.old.text, is_same_text, anchors(set));
        let all: BTreeMap<AnchorId, &Anchor> = anchors(set).collect();
        let mut fates = Fates::new();
        let mut unsure: Vec<(AnchorId, Vec<ByteSpan>, Option<Way>)> = Vec::new();
        for (id, placement) in placed {
            let Some(old) = placement.spans().map(<[ByteSpan]>::to_vec) else {
                unsure.push((id, Vec::new(), None));
                continue;
            };
            match self.way(&old) {
                Way::Whole { spans, is_moved, is_sure: true } => {
                    let state = if is_moved { State::Moved } else { State::Kept };
                    fates.insert(id, self.fate(state, old, spans));
                }
                way => unsure.push((id, old, Some(way))),
            }
        }
        let sought = unsure.iter().filter_map(|(id, ..)| Some((id, *all.get(id)?)));
        let is_same = self.old.text.as_str() == self.new.text.as_str();
        let found: BTreeMap<AnchorId, Placement> =
            place_all(&self.new.text, is_same, sought).into_iter().map(|(id, found)| (id.clone(), found)).collect();
        for (id, old, way) in unsure {
            let found = found.get(&id);
            let fate = self.settle(old, way, found);
            fates.insert(id, fate);
        }
        fates
    }

    fn fate(&self, state: State, old: Vec<ByteSpan>, new: Vec<ByteSpan>) -> Fate {
        let sentences = |version: &super::Version, spans: &[ByteSpan]| -> String {
            let hull = hull(spans);
            let start = Self::sentence(version, hull.start).start.min(hull.start);
            let last = Self::sentence(version, hull.end.saturating_sub(1)).end.max(hull.end);
            folded(version.text.as_str().get(start..last).unwrap_or_default())
        };
        let is_sentence_other =
            matches!(state, State::Kept | State::Moved) && sentences(&self.old, &old) != sentences(&self.new, &new);
        Fate { state, old, new, candidates: Vec::new(), is_sentence_other }
    }

    /// Of a mark that its words did not take along surely: what the search says.
    fn settle(&self, old: Vec<ByteSpan>, way: Option<Way>, found: Option<&Placement>) -> Fate {
        let is_free = |spans: &[ByteSpan]| old.is_empty() || self.is_not_of_others(&old, spans);
        let candidates: Vec<Vec<ByteSpan>> = match found {
            Some(Placement::Exact(spans)) => vec![spans.clone()],
            Some(Placement::Moved(candidate)) => vec![candidate.spans.clone()],
            Some(Placement::Ambiguous(candidates)) => candidates.iter().map(|one| one.spans.clone()).collect(),
            Some(Placement::Lost(_)) | None => Vec::new(),
        };
        let is_certain = matches!(found, Some(Placement::Exact(_) | Placement::Moved(_)));
        let candidates: Vec<Vec<ByteSpan>> = candidates.into_iter().filter(|spans| is_free(spans)).collect();
        let elsewhere = candidates.first().filter(|_| is_certain);
        match (way, elsewhere) {
            (Some(Way::Whole { spans, is_moved, .. }), elsewhere) => {
                if elsewhere.is_none_or(|found| *found == spans) {
                    return self.fate(if is_moved { State::Moved } else { State::Kept }, old, spans);
                }
                let mut candidates = candidates;
                candidates.insert(0, spans);
                Fate { candidates, ..self.fate(State::Ambiguous, old, Vec::new()) }
            }
            (_, Some(spans)) if self.says_the_same(&old, spans) => {
                let spans = spans.clone();
                self.fate(State::Moved, old, spans)
            }
            (Some(Way::Other(spans)), _) => self.fate(State::Changed, old, spans),
            (_, Some(spans)) => {
                let spans = spans.clone();
                self.fate(State::Changed, old, spans)
            }
            _ if candidates.is_empty() => self.fate(State::Lost, old, Vec::new()),
            _ => Fate { candidates, ..self.fate(State::Ambiguous, old, Vec::new()) },
        }
    }

    /// Whether old words and new ones are the same but for typesetting.
    fn says_the_same(&self, old: &[ByteSpan], new: &[ByteSpan]) -> bool {
        let words = |text: &crate::document::Text, spans: &[ByteSpan]| -> Vec<String> {
            spans.iter().map(|&span| folded(text.slice(span))).collect()
        };
        words(&self.old.text, old) == words(&self.new.text, new)
    }

    /// Whether none of these new words is known to be an old one that stood elsewhere.
    fn is_not_of_others(&self, old: &[ByteSpan], new: &[ByteSpan]) -> bool {
        let own: Vec<Range<usize>> = old.iter().map(|&span| self.old_words.within(span)).collect();
        new.iter().flat_map(|&span| self.new_words.within(span)).all(|word| {
            let there = self.alignment.to_old.get(word).copied().flatten();
            there.is_none_or(|there| own.iter().any(|range| range.contains(&there)))
        })
    }

    /// Where the words of a mark went.
    fn way(&self, old: &[ByteSpan]) -> Way {
        let ways: Vec<Step> = old.iter().map(|&span| self.step(span)).collect();
        let spans: Vec<ByteSpan> = ways.iter().filter_map(|step| step.new).collect();
        let is_ascending = spans.is_sorted_by(|a, b| a.end <= b.start);
        let is_whole = spans.len() == old.len() && ways.iter().all(|step| step.is_whole);
        if is_whole && is_ascending && self.says_the_same(old, &spans) {
            let is_moved = ways.iter().any(|step| step.is_moved);
            let is_sure = ways.iter().all(|step| step.is_sure);
            return Way::Whole { spans, is_moved, is_sure };
        }
        let sum = |of: fn(&Step) -> usize| ways.iter().map(of).sum::<usize>();
        let (same, all) = (sum(|step| step.same), sum(|step| step.old_words) + sum(|step| step.new_words));
        let is_much = 200 * same >= LEFT * all.max(1);
        let is_in_place = sum(|step| step.old_words) <= FEW
            && sum(|step| step.new_words) <= 2 * FEW
            && ways.iter().all(|step| step.is_between);
        if !spans.is_empty() && is_ascending && (is_much || is_in_place) {
            return Way::Other(spans);
        }
        Way::Gone
    }

    /// Where the words of one span went.
    fn step(&self, span: ByteSpan) -> Step {
        let words = self.old_words.within(span);
        let old_words = self.old_words.count(words.clone());
        let mut step = Step { old_words, ..Step::default() };
        let (Some(&paragraph), false) = (self.old_words.paragraph.get(words.start), words.is_empty()) else {
            return step;
        };
        let last = words.end - 1;
        let block_at = |word: usize| self.alignment.block_of_old(self.old_words.paragraph.get(word).copied()?);
        let (Some(block), Some(last_block)) = (self.alignment.block_of_old(paragraph), block_at(last)) else {
            return step;
        };
        // A mark over several blocks is followed where these stand in the same order.
        if block.new.start > last_block.new.start {
            return step;
        }
        let from = self.old_words.of_paragraphs(&(block.old.start..last_block.old.end));
        let to = self.new_words.of_paragraphs(&(block.new.start..last_block.new.end));
        let of = |word: usize| self.alignment.to_new.get(word).copied().flatten().filter(|there| to.contains(there));
        // The words that stayed, before and behind a word, and where they are.
        let before = |word: usize| (from.start..word).rev().find_map(|w| Some((w + 1, of(w)? + 1)));
        let behind = |word: usize| (word + 1..from.end).find_map(|w| Some((w, of(w)?)));
        let gap = |word: usize| {
            let (old_start, new_start) = before(word).unwrap_or((from.start, to.start));
            let (old_end, new_end) = behind(word).unwrap_or((from.end, to.end));
            (old_start..old_end, new_start..new_end)
        };
        let start = of(words.start).unwrap_or_else(|| {
            let (old, new) = gap(words.start);
            // From the first word of what was put in, or as far from its end as the mark's start was.
            if old.start == words.start {
                new.start
            } else {
                new.start.max(new.end.saturating_sub(old.end - words.start))
            }
        });
        let end = of(last).map_or_else(
            || {
                let (old, new) = gap(last);
                if old.end == words.end { new.end } else { new.end.min(new.start + (words.end - old.start)) }
            },
            |word| word + 1,
        );
        step.is_between = before(words.start).is_some() && behind(last).is_some();
        step.is_moved = block.is_moved || last_block.is_moved;
        if end <= start {
            return step;
        }
        let there = self.in_one_sentence(span, &words, start..end);
        step.new_words = self.new_words.count(there.clone());
        step.same = words.clone().filter(|&w| self.counts(w) && of(w).is_some_and(|n| there.contains(&n))).count();
        step.is_whole = words.len() == there.len() && words.clone().zip(there.clone()).all(|(o, n)| of(o) == Some(n));
        step.new = self.new_words.hull(there.clone());
        if step.is_whole {
            step.is_sure = self.is_in_row(&words, &there);
            step.new = self.cut_as(span, &words, &there);
        }
        step
    }

    /// Of new words that reach over several sentences where the mark lay within one, those in the sentence that has most
    /// of its words.
    fn in_one_sentence(&self, span: ByteSpan, old: &Range<usize>, new: Range<usize>) -> Range<usize> {
        let is_one = Self::sentence(&self.old, span.start).encloses(span);
        let Some(hull) = self.new_words.hull(new.clone()).filter(|_| is_one) else { return new };
        let parts = self.new.structure.sentences_in(hull).iter().map(|&sentence| {
            let part = self.new_words.within(sentence);
            part.start.max(new.start)..part.end.min(new.end)
        });
        let same = |part: &Range<usize>| {
            let stayed = part.clone().filter_map(|word| self.alignment.to_old.get(word).copied().flatten());
            stayed.filter(|&word| self.counts(word) && old.contains(&word)).count()
        };
        // Of several alike the first.
        parts.rev().max_by_key(same).filter(|part| same(part) > 0).unwrap_or(new)
    }

    fn counts(&self, word: usize) -> bool {
        self.old_words.is_word.get(word).copied().unwrap_or_default()
    }

    /// Whether words that stayed stand in a row of enough of them, or their whole paragraph stayed.
    fn is_in_row(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        let is_pair = |o: usize, n: usize| self.alignment.to_new.get(o).copied().flatten() == Some(n);
        let (mut row, mut there) = (old.clone(), new.clone());
        let ahead = |row: &Range<usize>| self.old_words.count(row.clone()) < ROW;
        while ahead(&row) && row.start > 0 && there.start > 0 && is_pair(row.start - 1, there.start - 1) {
            (row.start, there.start) = (row.start - 1, there.start - 1);
        }
        while ahead(&row) && is_pair(row.end, there.end) {
            (row.end, there.end) = (row.end + 1, there.end + 1);
        }
        let paragraphs = |words: &super::Words, at: usize| {
            let number = words.paragraph.get(at).copied().unwrap_or_default();
            words.of_paragraphs(&(number..number + 1))
        };
        !ahead(&row) || {
            let (o, n) = (paragraphs(&self.old_words, old.start), paragraphs(&self.new_words, new.start));
            row.start <= o.start && row.end >= o.end && there.start <= n.start && there.end >= n.end
        }
    }

    /// The new words, cut at their ends as the mark cuts the old ones: a mark may begin or end within a word.
    fn cut_as(&self, span: ByteSpan, old: &Range<usize>, new: &Range<usize>) -> Option<ByteSpan> {
        let (was, is) = (self.old_words.hull(old.clone())?, self.new_words.hull(new.clone())?);
        let text = self.new.text.as_str();
        let cut = ByteSpan {
            start: is.start + span.start.saturating_sub(was.start),
            end: is.end.saturating_sub(was.end.saturating_sub(span.end)),
        };
        let is_good = cut.start < cut.end && text.get(cut.start..cut.end).is_some();
        Some(if is_good { cut } else { is })
    }
}

/// Where the words of a span went.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    new: Option<ByteSpan>,
    /// Whether all are there and none between them.
    is_whole: bool,
    /// Whether that is no chance.
    is_sure: bool,
    is_moved: bool,
    /// Whether words that stayed stand on both sides.
    is_between: bool,
    old_words: usize,
    new_words: usize,
    same: usize,
}

fn hull(spans: &[ByteSpan]) -> ByteSpan {
    ByteSpan { start: spans.first().map_or(0, |span| span.start), end: spans.last().map_or(0, |span| span.end) }
}
