//! From sets to what the reader shows: marks, the chain of the claim at hand, lanes, the head.
//!
//! Pure: a release and the codebook in, values of the reader out. Knows no screen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::action::ClaimRef;
use super::layers::Layer;
use super::reader::{
    Chain, Fold, Head, Kind, Lane, LineStyle, Looks, Mark, Marks, Note, Owner, Part, Role, Sign, Stop, Versus,
    VersusPair,
};
use super::release::Release;
use super::theme::Palette;
use crate::annotation::{AnchorId, Assessment, Claim, Codebook, Id, Level};
use crate::document::{ByteSpan, PartKind};
use crate::review::{Look, Thread, Verdict};

/// What marks are made with besides the sets: the codebook, and the axis that line styles show.
#[derive(Clone, Copy)]
pub struct Looking<'a> {
    /// The codebook in force.
    pub codebook: &'a Codebook,
    /// The axis in use.
    pub axis: &'a str,
}

/// All marks of my set. Colleagues' would bury the page: theirs are signs in the lanes, and the one at hand is tinted.
#[must_use]
pub fn marks(release: &Release, looking: Looking) -> Marks {
    let set = release.set();
    let mut marks = Vec::new();
    for (id, claim) in &set.claims {
        add_claim(release, id, claim, looking, &mut marks);
    }
    for (id, mention) in &set.mentions {
        let spans = release.spans(None, &AnchorId::Mention(id.clone()), &mention.anchor);
        marks.push(Mark { owner: Owner { layer: 0, id: id.clone() }, role: Role::Mention, spans });
    }
    Marks::from(marks)
}

/// The marks of these items of mine: claims, mentions and cues.
#[must_use]
pub fn marks_of(release: &Release, ids: &BTreeSet<Id>, looking: Looking) -> Vec<Mark> {
    let mut marks = Vec::new();
    let set = release.set();
    for id in ids {
        if let Some(claim) = set.claims.get(id) {
            add_claim(release, id, claim, looking, &mut marks);
        }
        if let Some(mention) = set.mentions.get(id) {
            let spans = release.spans(None, &AnchorId::Mention(id.clone()), &mention.anchor);
            marks.push(Mark { owner: Owner { layer: 0, id: id.clone() }, role: Role::Mention, spans });
        }
    }
    marks
}

fn add_claim(release: &Release, id: &Id, claim: &Claim, looking: Looking, marks: &mut Vec<Mark>) {
    let owner = Owner { layer: 0, id: id.clone() };
    let spans = release.spans(None, &AnchorId::Claim(id.clone()), &claim.anchor);
    let current = |axis: &str| -> Option<&Assessment> {
        release.work.index().current(release.set(), id, axis).map(|(_, assessment)| assessment)
    };
    marks.push(Mark { owner: owner.clone(), role: Role::Claim(looks(claim, current, looking)), spans });
    for (v, voice) in claim.said.iter().flatten().enumerate() {
        for (c, cue) in voice.cue.iter().enumerate() {
            let spans = release.spans(None, &AnchorId::Cue(id.clone(), v, c), cue);
            marks.push(Mark { owner: owner.clone(), role: Role::Cue, spans });
        }
    }
}

/// Keeps what the reader shows of a comparison up: the marks of both sets, and how they stand to each other.
pub fn versus(release: &mut Release, looking: Looking) {
    let Some(mut settling) = release.comparison.take() else { return };
    let drawn = (settling.answer, std::ptr::from_ref(looking.codebook) as usize, looking.axis.to_owned());
    if settling.drawn.as_ref() != Some(&drawn) {
        let (mut marks, mut versus, mut numbers) = (Vec::new(), Versus::default(), 1..);
        for (at, pair) in settling.made.iter().flat_map(|made| made.alignment.pairs.iter().enumerate()) {
            let mut owners = settling.refs(pair).map(|claim| {
                let claim = claim?;
                let mark = claim_mark(release, &claim, looking)?;
                let owner = mark.owner.clone();
                versus.of.insert(owner.clone(), at);
                marks.push(mark);
                Some(owner)
            });
            versus.pairs.push(VersusPair {
                mine: owners.first_mut().and_then(Option::take),
                theirs: owners.last_mut().and_then(Option::take),
                verdict: pair.verdict,
                number: (pair.verdict != Verdict::Agree).then(|| numbers.next()).flatten(),
                start: pair.start,
            });
        }
        (settling.marks, settling.versus, settling.drawn) = (Marks::from(marks), versus, Some(drawn));
    }
    settling.versus.current = settling.at;
    release.comparison = Some(settling);
}

/// The mark of a claim of any set.
fn claim_mark(release: &Release, claim: &ClaimRef, looking: Looking) -> Option<Mark> {
    let item = release.claim(claim)?;
    let judged = |axis: &str| release.assessment(claim, axis).map(|(_, judged)| judged);
    let looks = looks(item, judged, looking);
    Some(Mark { owner: release.owner(claim), role: Role::Claim(looks), spans: release.claim_spans(claim) })
}

/// How a claim is drawn. `judged` gives the judgement in force on an axis.
fn looks<'a>(claim: &Claim, judged: impl Fn(&str) -> Option<&'a Assessment>, looking: Looking) -> Looks {
    let scales = &looking.codebook.scales;
    Looks {
        kind: kind_place(looking.codebook, claim.kind.as_deref()),
        line: line_style(scales.level(judged(looking.axis))),
        badge: scales.badge(judged("reliability"), judged("credibility")),
        attributed: claim.is_attributed(),
    }
}

/// The place of a kind among [`kinds`]: the last one stands for what the codebook does not have.
fn kind_place(codebook: &Codebook, kind: Option<&str>) -> usize {
    let known = kind.and_then(|kind| codebook.kinds.iter().position(|other| other.key == kind));
    known.unwrap_or(codebook.kinds.len())
}

/// The codebook's kinds as they look in this theme, and at the end one for kinds that it does not have.
#[must_use]
pub fn kinds(codebook: &Codebook, palette: &Palette) -> Vec<Kind> {
    let known =
        codebook.kinds.iter().map(|kind| Kind { letter: kind.letter.clone(), color: palette.kind(kind.colours) });
    let unknown = Kind { letter: "–".to_owned(), color: palette.kind(codebook.unknown) };
    known.chain(std::iter::once(unknown)).collect()
}

/// How an assessment's level is drawn.
#[must_use]
pub fn line_style(level: Level) -> LineStyle {
    match level {
        Level::High => LineStyle::High,
        Level::Moderate => LineStyle::Moderate,
        Level::Low => LineStyle::Low,
        Level::CannotJudge => LineStyle::CannotJudge,
        Level::Unassessed => LineStyle::Unassessed,
    }
}

/// The claim with its sources and cues, as the elbow line joins them.
#[must_use]
pub fn chain(release: &Release, claim: &ClaimRef) -> Option<Chain> {
    let layer = claim.layer.as_deref();
    let set = release.set_of(layer)?;
    let item = set.claims.get(&claim.id)?;
    let mut voices = Vec::new();
    for (v, voice) in item.said.iter().flatten().enumerate() {
        let mut sources = Vec::new();
        for id in &voice.by {
            if let Some(mention) = set.mentions.get(id) {
                sources.extend(release.spans(layer, &AnchorId::Mention(id.clone()), &mention.anchor));
            }
        }
        let mut cues = Vec::new();
        for (c, cue) in voice.cue.iter().enumerate() {
            cues.extend(release.spans(layer, &AnchorId::Cue(claim.id.clone(), v, c), cue));
        }
        for (part, mut spans) in [(Part::Source, sources), (Part::Cue, cues)] {
            if !spans.is_empty() {
                spans.sort_unstable();
                voices.push(Stop { part, spans });
            }
        }
    }
    Some(Chain { claim: release.owner(claim), spans: release.claim_spans(claim), voices })
}

/// Lanes that are drawn at most; more colleagues share the last one.
pub const LANES: usize = 6;

/// The layers that each lane stands for, by their places: a lane for each colleague whose layer is shown, and one for all
/// that are too many.
#[must_use]
pub fn laned(release: &Release) -> Vec<Vec<usize>> {
    let shown: Vec<usize> = (0..release.layers.len()).filter(|&at| is_shown(release, at)).collect();
    let own = if shown.len() > LANES { LANES - 1 } else { shown.len() };
    let (own, rest) = shown.split_at(own);
    let rest = (!rest.is_empty()).then(|| rest.to_vec());
    own.iter().map(|&at| vec![at]).chain(rest).collect()
}

fn is_shown(release: &Release, at: usize) -> bool {
    release.layers.get(at).is_some_and(Layer::is_shown)
}

/// The lanes of the shown layers.
#[must_use]
pub fn lanes(release: &Release) -> Vec<Lane> {
    let lane = |places: Vec<usize>| {
        let layers: Vec<&Layer> = places.iter().filter_map(|&at| release.layers.get(at)).collect();
        match layers.as_slice() {
            [layer] => Lane {
                initials: super::widgets::initials(&layer.name),
                name: layer.name.clone(),
                signs: Arc::clone(&layer.signs),
                slot: Some(layer.slot),
                dimmed: layer.look == Look::Dimmed,
            },
            several => Lane {
                initials: format!("+{}", several.len()),
                name: format!("{} more colleagues", several.len()),
                signs: together(several),
                slot: None,
                dimmed: several.iter().all(|layer| layer.look == Look::Dimmed),
            },
        }
    };
    laned(release).into_iter().map(lane).collect()
}

/// The signs of several layers on one lane: where one of them differs, that is what counts.
fn together(layers: &[&Layer]) -> Arc<[(usize, Sign)]> {
    let weight = |sign: Sign| match sign {
        Sign::Differs => 2,
        Sign::OnlyTheirs => 1,
        Sign::Agrees => 0,
    };
    let mut all: BTreeMap<usize, Sign> = BTreeMap::new();
    for &(byte, sign) in layers.iter().flat_map(|layer| layer.signs.iter()) {
        let strongest = all.entry(byte).or_insert(sign);
        if weight(sign) > weight(*strongest) {
            *strongest = sign;
        }
    }
    all.into_iter().collect()
}

/// Where something was said that is not settled, or that I have not read.
#[must_use]
pub fn notes(release: &Release) -> Vec<Note> {
    let mut notes: BTreeMap<usize, Note> = BTreeMap::new();
    for item in release.threads.items() {
        let Some(claim) = release.claim_of_id(item) else { continue };
        let Some(start) = release.claim_spans(&claim).first().map(|span| span.start) else { continue };
        let threads = || release.threads.about(item);
        let said = |thread: &Thread| thread.said.len();
        let open: usize = threads().filter(|thread| thread.settled().is_none()).map(said).sum();
        let unread = threads().flat_map(|thread| &thread.said).filter(|said| release.is_unread(said)).count();
        if open + unread > 0 {
            let note = notes.entry(start).or_insert(Note { start, count: 0, unread: 0, on: Vec::new() });
            note.count += open.max(unread);
            note.unread += unread;
            note.on.push(release.owner(&claim));
        }
    }
    notes.into_values().collect()
}

/// The title block and what is folded.
#[must_use]
pub fn head(release: &Release) -> Head {
    let about = release.about();
    let structure = release.structure.as_deref();
    let title = structure.and_then(|structure| structure.title()).map(|part| part.span);
    let text = &release.document.text;
    let title_words =
        about.title.clone().unwrap_or_else(|| title.map_or_else(String::new, |span| one_line(text.slice(span))));
    let byline: Vec<String> =
        [about.publisher.clone(), about.published.as_deref().map(date_in_words)].into_iter().flatten().collect();
    let link = about.url.as_ref().map(|url| (host(url), url.clone()));
    let mut folds = Vec::new();
    for part in structure.iter().flat_map(|structure| structure.parts()) {
        match part.kind {
            PartKind::RepeatedTitle => {
                let codes = text.code_span_from_byte_span(part.span);
                folds.push(Fold {
                    span: part.span,
                    words: format!("Title repeated in the text, {}–{}", codes.start, codes.end),
                    aside: String::new(),
                });
            }
            PartKind::Caption => {
                // A caption right under the folded title stands at the right end of the same line.
                if let Some(fold) = folds.last_mut()
                    && text.slice(ByteSpan { start: fold.span.end, end: part.span.start }).trim().is_empty()
                    && fold.aside.is_empty()
                {
                    fold.aside = one_line(text.slice(part.span));
                    fold.span.end = part.span.end;
                }
            }
            _ => {}
        }
    }
    let all = structure.map_or(0, |structure| structure.paragraphs().len());
    let read = release.set().header.read.iter().filter(|&&number| number <= all).count();
    if let Some(made) = release.comparison.as_ref().and_then(|settling| settling.made.as_ref()) {
        let count = |verdict| made.alignment.pairs.iter().filter(|pair| pair.verdict == verdict).count();
        let words = format!(
            "agreed {} · differ {} · only mine {} · only theirs {}",
            count(Verdict::Agree),
            count(Verdict::Differ),
            count(Verdict::OnlyMine),
            count(Verdict::OnlyTheirs)
        );
        return Head { title, title_words, byline: words, link: None, progress: String::new(), folds };
    }
    Head { title, title_words, byline: byline.join(" · "), link, progress: format!("read {read} of {all} ¶"), folds }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The host of an address, without "www.".
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.trim_start_matches("www.").to_owned()
}

/// An ISO date as people write it ("28 June 2023"); anything else as it is.
#[must_use]
pub fn date_in_words(iso: &str) -> String {
    match iso.parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%-d %B %Y").to_string(),
        Err(_) => iso.to_owned(),
    }
}
