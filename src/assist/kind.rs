//! The kind that a claim's words speak for, by rules that can be read: the first phrase of a kind's list that stands in
//! the claim, or in its cue.
//!
//! A proposal with the words that speak for it; the analyst chooses. Held by `tests/assist.rs`.

use unicode_segmentation::UnicodeSegmentation as _;

use super::figures::{FigureKind, figures};
use super::language::{Class, Language};
use super::reading::around;
use crate::annotation::Codebook;
use crate::document::{ByteSpan, Text};

/// A proposed kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindProposal {
    /// The kind, one of the codebook's.
    pub kind: String,
    /// The words that speak for it: a phrase of the claim ("agreed to") or a figure ("2 percent").
    pub because: String,
}

/// How far from its cue a claim is read together with what stands between, in bytes.
const NEAR: usize = 40;

/// The kind of a claim on `claim` (its spans) that `cue` attributes. `None` where no word speaks for any kind that the
/// codebook has.
#[must_use]
pub fn kind(
    text: &Text,
    language: &Language,
    codebook: &Codebook,
    claim: &[ByteSpan],
    cue: Option<ByteSpan>,
) -> Option<KindProposal> {
    let mut spoken = String::from(" ");
    // A cue next door speaks too, and so does what stands between ("emphasising the need to").
    let near = cue.zip(claim.first().zip(claim.last())).and_then(|(cue, (first, last))| {
        let before = cue.end <= first.start && first.start - cue.end <= NEAR;
        let after = last.end <= cue.start && cue.start - last.end <= NEAR;
        let with_cue = ByteSpan { start: cue.start, end: first.start };
        if before { Some(with_cue) } else { after.then_some(cue) }
    });
    // What a long claim is shows in its beginning.
    let claim: Vec<ByteSpan> = claim.iter().map(|&span| around(text, span, span.start)).collect();
    for span in near.iter().chain(&claim) {
        for word in text.slice(*span).unicode_words() {
            spoken.push_str(&word.to_lowercase().replace('’', "'"));
            spoken.push(' ');
        }
    }
    let phrase = |phrases: &[String]| phrases.iter().find(|phrase| spoken.contains(&format!(" {phrase} "))).cloned();
    let figure = || {
        let of_span = |span: &ByteSpan| figures(text, language, *span);
        let found = claim.iter().flat_map(of_span).find(|figure| figure.kind != FigureKind::Date)?;
        Some(text.slice(found.span).to_owned())
    };
    // "The company will order": an organisation that speaks of what it will do.
    let undertaken = || {
        let words: Vec<&str> = spoken.split_whitespace().collect();
        let pair = words.windows(2).find(|pair| match pair {
            [who, will] => language.is(who, Class::Organisation) && language.kinds.will.iter().any(|own| own == will),
            _ => false,
        })?;
        Some(pair.join(" "))
    };
    let lists = &language.kinds;
    // The order is the rule: what is undertaken or demanded stays that with a figure in it.
    let rules: [(&str, &dyn Fn() -> Option<String>); 8] = [
        ("normative", &|| phrase(&lists.normative)),
        ("commitment", &|| phrase(&lists.commitment).or_else(undertaken)),
        ("rule", &|| phrase(&lists.rule)),
        ("causal", &|| phrase(&lists.causal)),
        ("prediction", &|| phrase(&lists.prediction)),
        ("statistic", &figure),
        ("opinion", &|| phrase(&lists.opinion)),
        ("event", &|| phrase(&lists.event)),
    ];
    rules.into_iter().filter(|(kind, _)| codebook.kind(kind).is_some()).find_map(|(kind, rule)| {
        let because = rule()?;
        Some(KindProposal { kind: kind.to_owned(), because })
    })
}
