//! What bears on facts and is another: numbers, dates, shares, sums of money, and the words that say how firmly.
//!
//! Looks only into paragraphs that stand in both versions: what a new paragraph says is new as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::pieces::{Piece, PieceKind};
use super::words::{Words, folded};
use super::{Change, Version, Versions};
use crate::assist::{FigureKind, HedgeKind, Language, figures, hedges};
use crate::document::ByteSpan;
use crate::document::words::word_at;

/// What is told by words that bear on facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A number.
    Number,
    /// A sum of money.
    Money,
    /// A share of a hundred.
    Percentage,
    /// A day, a month or a year.
    Date,
    /// How firmly, by a verb: "will", "may".
    Modal,
    /// How firmly or how nearly, otherwise: "at least".
    Hedge,
    /// That a thing is not so.
    Negation,
}

impl Told {
    /// Its name, as in files: `number`, `money`, `percentage`, `date`, `modal`, `hedge`, `negation`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Money => "money",
            Self::Percentage => "percentage",
            Self::Date => "date",
            Self::Modal => "modal",
            Self::Hedge => "hedge",
            Self::Negation => "negation",
        }
    }

    fn is_figure(self) -> bool {
        matches!(self, Self::Number | Self::Money | Self::Percentage | Self::Date)
    }
}

/// Words that bear on facts and are others now, or stand in one version only.
#[derive(Clone, Debug, PartialEq)]
pub struct Lifted {
    /// What they tell, in the new version where they stand there.
    pub told: Told,
    /// The words in the old version.
    pub old: Option<ByteSpan>,
    /// The words in the new version.
    pub new: Option<ByteSpan>,
    /// The sentence in the old version, or the one in which they now are not; of a very long one a part.
    pub old_sentence: ByteSpan,
    /// The sentence in the new version, or the one in which they no longer are.
    pub new_sentence: ByteSpan,
}

/// Of a sentence that is longer than three times this, in bytes, so much is shown before and behind the words.
const AROUND: usize = 240;

/// Such words in one version.
#[derive(Clone, Debug)]
struct Telling {
    told: Told,
    span: ByteSpan,
    folded: String,
    /// In which stretch of changes, counted through the paragraph.
    stretch: usize,
}

impl Versions {
    /// What bears on facts and is another in a change.
    pub(super) fn lift(&self, change: &Change, language: &Language) -> Vec<Lifted> {
        if change.old.is_empty() || change.new.is_empty() {
            return Vec::new();
        }
        let stretches = stretches(&change.pieces);
        let of = |version, words, is_old| tellings(version, words, &change.pieces, &stretches, is_old, language);
        let mut old = of(&self.old, &self.old_words, true);
        let mut new = of(&self.new, &self.new_words, false);
        drop_equal(&mut old, &mut new);
        let pairs = self.paired(old, new);
        let lifted = pairs.into_iter().filter_map(|(old, new)| self.lifted(old, new));
        let mut lifted: Vec<Lifted> = lifted.collect();
        lifted.sort_by_key(|lifted| (lifted.new_sentence, lifted.new, lifted.old_sentence, lifted.old));
        lifted
    }

    /// Leaves out what is gone from one paragraph and new in another because its whole sentence went there.
    pub(super) fn without_moved(&self, mut lifted: Vec<Lifted>) -> Vec<Lifted> {
        let key = |version: &Version, sentence: ByteSpan, words: ByteSpan| {
            (folded(version.text.slice(sentence)), folded(version.text.slice(words)))
        };
        let old_key = |one: &Lifted| one.old.map(|words| key(&self.old, one.old_sentence, words));
        let new_key = |one: &Lifted| one.new.map(|words| key(&self.new, one.new_sentence, words));
        let gone: BTreeSet<_> = lifted.iter().filter(|one| one.new.is_none()).filter_map(old_key).collect();
        let come: BTreeSet<_> = lifted.iter().filter(|one| one.old.is_none()).filter_map(new_key).collect();
        lifted.retain(|one| match (old_key(one), new_key(one)) {
            (Some(old), None) => !come.contains(&old),
            (None, Some(new)) => !gone.contains(&new),
            _ => true,
        });
        lifted
    }

    /// Which goes with which: those that share a word, then those that stand where the others stood, first of the same
    /// sort, then figures with figures and words with words. What is left stands alone.
    fn paired(&self, old: Vec<Telling>, new: Vec<Telling>) -> Vec<(Option<Telling>, Option<Telling>)> {
        let mut partner: Vec<Option<usize>> = vec![None; old.len()];
        let mut is_taken = vec![false; new.len()];
        let mut pair = |find: &dyn Fn(&Telling) -> Range<usize>, fits: &dyn Fn(&Telling, &Telling) -> bool| {
            for (telling, partner) in old.iter().zip(&mut partner).filter(|(_, partner)| partner.is_none()) {
                let found = find(telling).find(|&at| {
                    let is_free = is_taken.get(at).is_some_and(|taken| !taken);
                    is_free && new.get(at).is_some_and(|other| fits(telling, other))
                });
                if let Some(taken) = found.and_then(|at| is_taken.get_mut(at)) {
                    (*partner, *taken) = (found, true);
                }
            }
        };
        let is_like = |a: &Telling, b: &Telling| a.told.is_figure() == b.told.is_figure();
        let sharing = |telling: &Telling| {
            let there = |word| self.alignment.to_new.get(word).copied().flatten();
            let word = self.old_words.within(telling.span).find_map(there);
            let Some(span) = word.and_then(|word| self.new_words.spans.get(word)) else { return 0..0 };
            let at = new.partition_point(|other| other.span.end <= span.start);
            at..at + usize::from(new.get(at).is_some_and(|other| other.span.overlaps(*span)))
        };
        let beside = |telling: &Telling| {
            let from = new.partition_point(|other| other.stretch < telling.stretch);
            from..new.partition_point(|other| other.stretch <= telling.stretch)
        };
        // Where much was written anew, only as many of a sort as there were before are the same ones.
        let count = |all: &[Telling], stretch: usize, of: &dyn Fn(Told) -> bool| {
            all.iter().filter(|telling| telling.stretch == stretch && of(telling.told)).count()
        };
        let as_many = |a: &Telling, of: &dyn Fn(Told) -> bool| count(&old, a.stretch, of) == count(&new, a.stretch, of);
        let only = |a: &Telling, of: &dyn Fn(Told) -> bool| count(&old, a.stretch, of) == 1 && as_many(a, of);
        pair(&sharing, &is_like);
        pair(&beside, &|a, b| a.told == b.told && as_many(a, &|told| told == a.told));
        pair(&beside, &|a, b| is_like(a, b) && only(a, &|told| told.is_figure() == a.told.is_figure()));
        let mut new: Vec<Option<Telling>> = new.into_iter().map(Some).collect();
        let mut pairs: Vec<_> = old
            .into_iter()
            .zip(partner)
            .map(|(telling, partner)| (Some(telling), partner.and_then(|at| new.get_mut(at)?.take())))
            .collect();
        pairs.extend(new.into_iter().flatten().map(|telling| (None, Some(telling))));
        pairs
    }

    fn lifted(&self, old: Option<Telling>, new: Option<Telling>) -> Option<Lifted> {
        let told = new.as_ref().or(old.as_ref())?.told;
        let (old, new) = (old.map(|telling| telling.span), new.map(|telling| telling.span));
        let old_at = match (old, new) {
            (Some(old), _) => old.start,
            (None, new) => counterpart(&self.new_words, &self.old_words, &self.alignment.to_old, new?)?,
        };
        let new_at = match (old, new) {
            (_, Some(new)) => new.start,
            (old, None) => counterpart(&self.old_words, &self.new_words, &self.alignment.to_new, old?)?,
        };
        let old_sentence = around(&self.old, Self::sentence(&self.old, old_at), old_at);
        let new_sentence = around(&self.new, Self::sentence(&self.new, new_at), new_at);
        Some(Lifted { told, old, new, old_sentence, new_sentence })
    }
}

/// Of a sentence that nobody would read as one (a text without full stops), what stands around a byte.
fn around(version: &Version, sentence: ByteSpan, at: usize) -> ByteSpan {
    if sentence.len() <= 3 * AROUND {
        return sentence;
    }
    let text = version.text.as_str();
    let from = text.floor_char_boundary(at.saturating_sub(AROUND).max(sentence.start));
    let to = text.ceil_char_boundary((at + AROUND).min(sentence.end));
    let near =
        ByteSpan { start: word_at(text, from).start.max(sentence.start), end: word_at(text, to).end.min(sentence.end) };
    if near.start < near.end { near } else { sentence }
}

/// Where in the other version the words around `span` are: the nearest before it in its paragraph, else after it.
fn counterpart(here: &Words, there: &Words, to_there: &[Option<usize>], span: ByteSpan) -> Option<usize> {
    let range = here.within(span);
    let paragraph = *here.paragraph.get(range.start)?;
    let all = here.of_paragraphs(&(paragraph..paragraph + 1));
    let of = |word: usize| to_there.get(word).copied().flatten();
    let before = (all.start..range.start).rev().find_map(of);
    let word = before.or_else(|| (range.end..all.end).find_map(of))?;
    there.spans.get(word).map(|span| span.start)
}

/// For each piece its stretch of changes: what was removed and added side by side is one.
fn stretches(pieces: &[Piece]) -> Vec<usize> {
    let mut stretch = 0;
    let number = |piece: &Piece| {
        stretch += usize::from(piece.kind == PieceKind::Same);
        stretch
    };
    pieces.iter().map(number).collect()
}

/// The words of one side that bear on facts and touch what was changed there.
fn tellings(
    version: &Version,
    words: &Words,
    pieces: &[Piece],
    stretches: &[usize],
    is_old: bool,
    language: &Language,
) -> Vec<Telling> {
    let side = |piece: &Piece| if is_old { piece.old_words.clone() } else { piece.new_words.clone() };
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let Some(hull) = words.hull(side(first).start..side(last).end) else { return Vec::new() };
    let figures = figures(&version.text, language, hull).into_iter().map(|figure| {
        let told = match figure.kind {
            FigureKind::Percentage => Told::Percentage,
            FigureKind::Date => Told::Date,
            FigureKind::Number if has_currency(version.text.slice(figure.span)) => Told::Money,
            FigureKind::Number => Told::Number,
        };
        (told, figure.span)
    });
    let hedges = hedges(&version.text, language, hull).into_iter().map(|hedge| {
        let told = match hedge.kind {
            HedgeKind::Modal => Told::Modal,
            HedgeKind::Hedge => Told::Hedge,
            HedgeKind::Negation => Told::Negation,
        };
        (told, hedge.span)
    });
    let mut found: Vec<(Told, ByteSpan)> = figures.chain(hedges).collect();
    found.sort_by_key(|(_, span)| *span);
    let touched = |(told, span): (Told, ByteSpan)| {
        let own = words.within(span);
        let from = pieces.partition_point(|piece| side(piece).end <= own.start);
        let near = pieces.iter().enumerate().skip(from).take_while(|(_, piece)| side(piece).start < own.end);
        let is_touched = |piece: &Piece| piece.kind != PieceKind::Same && !side(piece).is_empty();
        let (at, _) = near.into_iter().find(|(_, piece)| is_touched(piece))?;
        let stretch = stretches.get(at).copied().unwrap_or_default();
        Some(Telling { told, span, folded: folded(version.text.slice(span)).to_lowercase(), stretch })
    };
    found.into_iter().filter_map(touched).collect()
}

fn has_currency(words: &str) -> bool {
    words.contains(['€', '$', '£', '¥', '₪', '₴', '₽', '₹'])
}

/// Leaves out what stands in both: it only went elsewhere in the paragraph.
fn drop_equal(old: &mut Vec<Telling>, new: &mut Vec<Telling>) {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for telling in new.iter() {
        *left.entry(telling.folded.as_str()).or_default() += 1;
    }
    let mut common: BTreeMap<String, usize> = BTreeMap::new();
    old.retain(|telling| match left.get_mut(telling.folded.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            *common.entry(telling.folded.clone()).or_default() += 1;
            false
        }
        _ => true,
    });
    new.retain(|telling| match common.get_mut(&telling.folded) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
}
