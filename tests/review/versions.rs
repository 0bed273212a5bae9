//! Two versions of a release: the text, what is lifted out, the fate of each mark, and taking claims over.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use vouch::annotation::{
    Anchor, AnchorId, AnnotationSet, Assessment, Claim, Draft, Id, Index, Kept, Mention, Stamp, anchors,
};
use vouch::assist::Language;
use vouch::document::{ByteSpan, ReadOptions, Structure, Text, read};
use vouch::review::versions::{
    ChangeKind, Fates, PieceKind, SET_ASIDE, State, Take, Version, Versions, carry, set_aside, taken, waiting,
};

const OLD: &str = include_str!("../../sample_docs/vilnius-summit.txt");
const NEW: &str = include_str!("../fixtures/review/vilnius-summit-corrected.txt");
const SET: &str = include_str!("../../sample_docs/vilnius-summit.txt.anna.vouch.ron");

fn version(text: &str) -> Version {
    let (document, _) = read("release.txt", text.as_bytes(), &ReadOptions::default()).unwrap();
    let structure = Arc::new(Structure::of(&document));
    Version { text: document.text, structure }
}

fn compare(old: &str, new: &str) -> Versions {
    Versions::compare(version(old), version(new), Language::of(Some("en")))
}

fn sample_set() -> AnnotationSet {
    vouch::sidecar::read(SET.as_bytes()).unwrap().set
}

/// The words of changed paragraphs, what is gone in `[ ]`, what is new in `{ }`; other changes by their name.
fn changes(versions: &Versions) -> Vec<String> {
    let words = |change: &vouch::review::versions::Change| {
        let piece = |piece| {
            let words = versions.words(piece).split_whitespace().collect::<Vec<_>>().join(" ");
            match piece.kind {
                PieceKind::Same => words,
                PieceKind::Removed => format!("[{words}]"),
                PieceKind::Added => format!("{{{words}}}"),
            }
        };
        let words: Vec<String> = change.pieces.iter().map(piece).collect();
        format!("{} {:?} {:?}: {}", change.kind.name(), change.old, change.new, words.join(" "))
    };
    versions.changes.iter().map(words).collect()
}

fn check_changes(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(changes(&compare(old, new)), expected, "{old} → {new}");
}

/// What is lifted out, as "what: old → new".
fn check_lifted(old: &str, new: &str, expected: &[&str]) {
    let versions = compare(old, new);
    let words = |text: &Text, span: Option<ByteSpan>| span.map_or("–".to_owned(), |span| text.slice(span).to_owned());
    let lifted = versions.lifted.iter().map(|lifted| {
        let (old, new) = (words(&versions.old().text, lifted.old), words(&versions.new_version().text, lifted.new));
        format!("{}: {old} → {new}", lifted.told.name())
    });
    assert_eq!(lifted.collect::<Vec<_>>(), expected, "{old} → {new}");
}

/// A set with one claim on each of `quotes`: the first place where it stands.
fn marked(text: &str, quotes: &[&str]) -> AnnotationSet {
    let document = Text::new(text);
    let mut set = AnnotationSet::default();
    for (at, quote) in quotes.iter().enumerate() {
        let start = text.find(quote).unwrap();
        let anchor = Anchor::new(&document, &[ByteSpan { start, end: start + quote.len() }]).unwrap();
        set.claims.insert(Id::new(&format!("c-{at}")), Arc::new(Claim { anchor, ..Claim::default() }));
    }
    set
}

/// Follows a claim; expects its state and its words now.
fn check_fate(old: &str, new: &str, quote: &str, state: State, now: &str) {
    let versions = compare(old, new);
    let fates = versions.fates(&marked(old, &[quote]), true);
    let fate = &fates[&AnchorId::Claim(Id::new("c-0"))];
    let words: Vec<&str> = fate.new.iter().map(|&span| versions.new_version().text.slice(span)).collect();
    assert_eq!((fate.state, words.join(" … ").as_str()), (state, now), "“{quote}” in {old} → {new}");
}

const ONE: &str = "NATO will send 300,000 troops to the east of the alliance.";

#[test]
fn words_are_compared_and_typesetting_makes_no_difference() {
    check_changes(ONE, ONE, &[]);
    check_changes("He said “yes” – and it’s over.", "He  said \"yes\" -\nand it's over.", &[]);
    check_changes(
        ONE,
        "NATO may send 30,000 troops to the east of the alliance.",
        &["changed 0..1 0..1: NATO [will] {may} send [300,000] {30,000} troops to the east of the alliance."],
    );
}

#[test]
fn paragraphs_come_go_split_and_join() {
    let (a, b) = ("The first paragraph says one thing.", "The next one tells another story altogether.");
    check_changes(a, &format!("{a}\n\n{b}"), &["added 0..0 1..2: {The next one tells another story altogether.}"]);
    check_changes(&format!("{b}\n\n{a}"), a, &["removed 0..1 0..0: [The next one tells another story altogether.]"]);
    // Where a blank line alone came between, the words are the same and the paragraphs are not.
    check_changes(
        &format!("{a} {b}"),
        &format!("{a}\n\n{b}"),
        &["changed 0..1 0..2: The first paragraph says one thing. The next one tells another story altogether."],
    );
}

#[test]
fn a_paragraph_that_went_elsewhere_has_moved_and_no_other_has() {
    let paragraphs = [
        "First comes a paragraph about ferries, islands and their passengers in winter.",
        "Second, the harbour authority explains what the new berth in the north costs.",
        "Third, crews and captains ask for better pay and for shorter shifts at sea.",
        "Fourth, the mayor thanks everybody and invites them to the feast in spring.",
    ];
    let old = paragraphs.join("\n\n");
    let new = [paragraphs[0], paragraphs[3], paragraphs[1], &paragraphs[2].replace("shorter", "fewer")].join("\n\n");
    check_changes(
        &old,
        &new,
        &[
            "moved 3..4 1..2: Fourth, the mayor thanks everybody and invites them to the feast in spring.",
            "changed 2..3 3..4: Third, crews and captains ask for better pay and for [shorter] {fewer} shifts at sea.",
        ],
    );
    // The longer part stays, whichever was put first.
    check_changes(
        "Short words here now.\n\nA much longer paragraph that says a lot of things about the sea.",
        "A much longer paragraph that says a lot of things about the sea.\n\nShort words here now.",
        &["moved 0..1 1..2: Short words here now."],
    );
}

#[test]
fn numbers_and_hedges_are_lifted_out() {
    check_lifted(
        ONE,
        "NATO may send 30,000 troops to the east of the alliance.",
        &["modal: will → may", "number: 300,000 → 30,000"],
    );
    check_lifted(
        "It costs €5 million in all this year.",
        "It costs at least $5 million in all this year.",
        &["hedge: – → at least", "money: €5 million → $5 million"],
    );
    check_lifted(
        "They met on 28 June 2023 in Oslo.",
        "They met on 29 June 2023 in Oslo.",
        &["date: 28 June 2023 → 29 June 2023"],
    );
    check_lifted(
        "It grew by 9.5 percent in the year.",
        "It grew by 5.8 per cent in the year.",
        &["percentage: 9.5 percent → 5.8 per cent"],
    );
    check_lifted(
        "The berth is confirmed by the port.",
        "The berth is not confirmed by the port.",
        &["negation: – → not"],
    );
    check_lifted("About 40 ships sailed over the sea.", "40 ships sailed over the sea.", &["hedge: About → –"]);
    // Words that only changed their place in the sentence are the same.
    check_lifted("In 2023 the company sold many ships.", "The company sold many ships in 2023.", &[]);
    // A month is no verb.
    check_lifted("It opens in May this year, they say.", "It opens in June this year, they say.", &[]);
}

#[test]
fn hedges_are_known_in_each_language_that_has_a_list() {
    for (language, old, new, expected) in [
        ("de", "Sie wird morgen mindestens 40 Boote schicken.", "Sie könnte morgen höchstens 40 Boote schicken.", 2),
        ("fr", "Ils ont au moins 40 bateaux dans le port.", "Ils ont jusqu'à 40 bateaux dans le port.", 1),
        ("es", "La empresa tiene 40 barcos en el puerto.", "La empresa no tiene 40 barcos en el puerto.", 1),
        ("et", "Laev saabub kindlasti homme Tallinna sadamasse.", "Laev saabub võib-olla homme Tallinna sadamasse.", 1),
        ("ar", "الشركة تملك أربعين سفينة في الميناء اليوم", "الشركة لا تملك أربعين سفينة في الميناء اليوم", 1),
    ] {
        let versions = Versions::compare(version(old), version(new), Language::of(Some(language)));
        assert_eq!(versions.lifted.len(), expected, "{language}: {:?}", versions.lifted);
    }
}

#[test]
fn a_sentence_that_went_to_another_paragraph_changes_no_number() {
    let moved = "In all it has 640 people and 11 ships.";
    let (first, second) = (
        "The company carries islanders, their goods and their cattle over the sea all year round.",
        "It was founded by captains of the northern islands who had lost their ships in a storm.",
    );
    let old = format!("{first} {moved}\n\n{second}");
    let new = format!("{first}\n\n{second} {moved}");
    check_lifted(&old, &new, &[]);
    check_fate(&old, &new, "640 people and 11 ships", State::Moved, "640 people and 11 ships");
}

#[test]
fn each_mark_is_kept_moved_changed_or_lost() {
    let new = "On Monday it said: NATO may send 30,000 troops to the east of the alliance.";
    check_fate(ONE, new, "troops to the east", State::Kept, "troops to the east");
    check_fate(ONE, new, "300,000 troops", State::Changed, "30,000 troops");
    check_fate(ONE, new, "will", State::Changed, "may");
    check_fate(ONE, new, "NATO will send 300,000 troops", State::Changed, "NATO may send 30,000 troops");
    check_fate(ONE, "Nothing of the kind stands here any longer, they said.", "300,000 troops", State::Lost, "");
    // Words put in at an end are not the mark's; words put in within it are.
    check_fate(
        "We expect to agree on it soon.",
        "We do expect to agree fully on it soon.",
        "expect to agree",
        State::Kept,
        "expect to agree",
    );
    check_fate(
        "We expect to agree on it soon.",
        "We expect not to agree on it soon.",
        "expect to agree",
        State::Changed,
        "expect not to agree",
    );
    // A mark that ends within a word still does.
    check_fate(
        "The peace-keepers left the town at dawn.",
        "Then the peace-keepers left the town at dawn.",
        "peace-keep",
        State::Kept,
        "peace-keep",
    );
}

#[test]
fn words_that_stand_elsewhere_for_another_reason_are_not_the_marks() {
    // "He" of the sentence that is gone is not the "He" of the one that was there before.
    let old = "He promised forty ships to the islands. Rain fell.\n\nHe left for the mainland on a Tuesday morning.";
    let new = "Rain fell.\n\nHe left for the mainland on a Tuesday morning.";
    check_fate(old, new, "He", State::Lost, "");
}

#[test]
fn a_kept_claim_in_a_sentence_that_is_another_says_so() {
    let old = "The port says the berth opens in spring.";
    let versions = compare(old, "The port no longer says the berth opens in spring.");
    let fates = versions.fates(&marked(old, &["the berth opens in spring"]), true);
    let fate = &fates[&AnchorId::Claim(Id::new("c-0"))];
    assert_eq!((fate.state, fate.is_sentence_other), (State::Kept, true));
}

#[test]
fn the_corrected_sample_release() {
    let versions = compare(OLD, NEW);
    let kinds: Vec<(ChangeKind, usize, usize)> =
        versions.changes.iter().map(|change| (change.kind, change.old.start, change.new.start)).collect();
    assert_eq!(
        kinds,
        [
            (ChangeKind::Changed, 3, 3),
            (ChangeKind::Moved, 9, 4),
            (ChangeKind::Changed, 4, 5),
            (ChangeKind::Changed, 5, 6),
            (ChangeKind::Changed, 7, 8),
            (ChangeKind::Changed, 8, 9),
            (ChangeKind::Added, 0, 10),
        ]
    );
    let set = sample_set();
    let fates = versions.fates(&set, true);
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    for claim in set.claims.keys() {
        *counts.entry(fates[&AnchorId::Claim(claim.clone())].state).or_default() += 1;
    }
    let counts: Vec<(State, usize)> = counts.into_iter().collect();
    assert_eq!(counts, [(State::Kept, 8), (State::Moved, 2), (State::Changed, 4), (State::Lost, 1)]);
    let state = |id: &str| fates[&AnchorId::Claim(Id::new(id))].state;
    assert_eq!(state("c-jxe5yh0b"), State::Changed, "300,000 troops");
    assert_eq!(state("c-cbwzxykq"), State::Moved, "the rotational model went to the next paragraph");
    assert_eq!(state("c-cj7tkma4"), State::Moved, "KFOR went to the middle");
    assert_eq!(state("c-tg3ynqxx"), State::Lost, "fractures");
}

fn draft<'a>(set: &'a AnnotationSet, index: &'a Index, random: u64) -> Draft<'a> {
    let now = "2026-11-24T12:00:00Z".to_owned();
    Draft::new(set, index, Stamp { now: now.clone(), session: now, random })
}

/// Takes over what is kept or moved, or all that has a place, into `new`.
fn carried(
    versions: &Versions,
    set: &AnnotationSet,
    fates: &Fates,
    new: &mut AnnotationSet,
    states: &[State],
) -> usize {
    let take = fates.iter().filter(|(_, fate)| states.contains(&fate.state)).filter_map(|(id, fate)| match id {
        AnchorId::Claim(id) => Some(Take { claim: id.clone(), spans: fate.new.clone() }),
        _ => None,
    });
    let take: Vec<Take> = take.collect();
    let index = Index::of(new);
    let before = new.clone();
    let mut draft = draft(&before, &index, 7 + new.len() as u64);
    let carried = carry(set, fates, &take, &versions.new_version().text, &before, &mut draft);
    let edit = draft.finish();
    new.apply(&edit).unwrap();
    let mut back = new.clone();
    back.apply(&edit.inverted()).unwrap();
    assert_eq!(back, before, "one step takes all back");
    carried.claims.len()
}

#[test]
fn what_is_kept_is_taken_over_with_all_that_hangs_on_it() {
    let versions = compare(OLD, NEW);
    let set = sample_set();
    let fates = versions.fates(&set, true);
    let mut new = AnnotationSet::default();
    assert_eq!(waiting(&set, &new).len(), 15);
    assert_eq!(carried(&versions, &set, &fates, &mut new, &[State::Kept, State::Moved]), 10);
    assert_eq!(waiting(&set, &new).len(), 5, "changed and lost ones wait");
    // A second time nothing is taken twice.
    assert_eq!(carried(&versions, &set, &fates, &mut new, &[State::Kept, State::Moved]), 0);
    let taken_over = taken(&new);
    for (old, id) in &taken_over {
        let (was, is) = (&set.claims[*old], &new.claims[*id]);
        assert_eq!(is.from, [(*old).clone()]);
        assert_eq!((&was.kind, &was.tags, &was.note, &was.statement), (&is.kind, &is.tags, &is.note, &is.statement));
        assert_eq!(was.anchor.quote, is.anchor.quote);
        let judged = |set: &AnnotationSet, on: &Id| -> Vec<(String, Option<String>, Option<String>)> {
            let of = set.assessments.values().filter(|made| made.on.as_ref() == Some(on));
            let mut of: Vec<_> = of.map(|made| (made.axis.clone(), made.term.clone(), made.why.clone())).collect();
            of.sort();
            of
        };
        assert_eq!(judged(&set, old), judged(&new, id), "{old}");
        assert_eq!(was.said.as_ref().map(Vec::len), is.said.as_ref().map(Vec::len));
        assert_eq!(set.chain(was), new.chain(is), "who says {old}");
    }
    // No link leads nowhere.
    let is_there = |id: &Option<Id>| id.as_ref().is_none_or(|id| new.holds(id));
    assert!(new.assessments.values().all(|made| is_there(&made.on) && is_there(&made.replaces)));
    assert!(new.mentions.values().all(|mention| is_there(&mention.source)));
    // All marks hold in the new text.
    let text = &versions.new_version().text;
    for (id, anchor) in anchors(&new) {
        assert!(vouch::annotation::place(text, true, anchor).is_exact(), "{id:?}");
    }
}

#[test]
fn a_relation_comes_along_once_both_of_its_claims_are_there() {
    let versions = compare(OLD, NEW);
    let set = sample_set();
    let fates = versions.fates(&set, true);
    let mut new = AnnotationSet::default();
    let mut take = |ids: &[&str]| {
        let some: Fates = fates.iter().map(|(id, fate)| (id.clone(), fate.clone())).collect();
        let take = ids.iter().map(|id| {
            let id = Id::new(id);
            let spans = some[&AnchorId::Claim(id.clone())].new.clone();
            Take { claim: id, spans }
        });
        let take: Vec<Take> = take.collect();
        let before = new.clone();
        let index = Index::of(&before);
        let mut draft = draft(&before, &index, 99 + before.len() as u64);
        carry(&set, &some, &take, &versions.new_version().text, &before, &mut draft);
        new.apply(&draft.finish()).unwrap();
        new.relations.len()
    };
    assert_eq!(take(&["c-fx28ha1c"]), 0);
    assert_eq!(take(&["c-n7g593ye"]), 1);
    assert_eq!(take(&["c-x24m0dgk", "c-jxe5yh0b"]), 2);
}

#[test]
fn what_does_not_hold_is_left_out_and_told_and_the_speaker_stays() {
    let old = "Reporters wrote that Mayor Tor Halvik stated that the berth opens in spring of next year.";
    let new = "Reporters wrote that the mayor claimed that the berth opens in spring of next year.";
    let text = Text::new(old);
    let anchor = |quote: &str| {
        let start = old.find(quote).unwrap();
        Anchor::new(&text, &[ByteSpan { start, end: start + quote.len() }]).unwrap()
    };
    let mut set = AnnotationSet::default();
    let source = Id::new("s-1");
    let named = vouch::annotation::Source { name: "Tor Halvik".to_owned(), ..vouch::annotation::Source::default() };
    set.sources.insert(source.clone(), Arc::new(named));
    let mention = Mention { anchor: anchor("Tor Halvik"), source: Some(source.clone()), extra: Vec::new() };
    set.mentions.insert(Id::new("m-1"), Arc::new(mention));
    let voice = vouch::annotation::Voice {
        by: vec![Id::new("m-1")],
        cue: vec![anchor("stated")],
        ..vouch::annotation::Voice::default()
    };
    let claim = Claim { anchor: anchor("the berth opens in spring"), said: Some(vec![voice]), ..Claim::default() };
    set.claims.insert(Id::new("c-1"), Arc::new(claim));
    let judged =
        |on: &str| Assessment { on: Some(Id::new(on)), axis: "reliability".to_owned(), ..Assessment::default() };
    set.assessments.insert(Id::new("a-1"), Arc::new(judged("s-1")));
    let versions = compare(old, new);
    let fates = versions.fates(&set, true);
    let empty = AnnotationSet::default();
    let index = Index::of(&empty);
    let mut draft = draft(&empty, &index, 3);
    let spans = fates[&AnchorId::Claim(Id::new("c-1"))].new.clone();
    let take = [Take { claim: Id::new("c-1"), spans }];
    let carried = carry(&set, &fates, &take, &versions.new_version().text, &empty, &mut draft);
    let left: Vec<(&str, &str)> = carried.left.iter().map(|left| (left.what, left.quote.as_str())).collect();
    assert_eq!(left, [("mention", "Tor Halvik"), ("cue", "stated")]);
    let mut made = empty.clone();
    made.apply(&draft.finish()).unwrap();
    let claim = made.claims.values().next().unwrap();
    assert_eq!(
        claim.said.as_ref().unwrap()[0].by,
        std::slice::from_ref(&source),
        "the source in the place of the mention"
    );
    assert_eq!(made.sources.len(), 1);
    assert_eq!(Assessment::table(&made).values().filter(|one| one.on.as_ref() == Some(&source)).count(), 1);
}

#[test]
fn what_is_set_aside_no_longer_waits() {
    let set = marked(ONE, &["300,000 troops", "NATO"]);
    let empty = AnnotationSet::default();
    let index = Index::of(&empty);
    let mut draft = draft(&empty, &index, 5);
    draft.waive(SET_ASIDE, &Id::new("c-0"), Some("taken back by the issuer".to_owned()));
    let mut new = empty.clone();
    new.apply(&draft.finish()).unwrap();
    assert_eq!(waiting(&set, &new), [&Id::new("c-1")]);
    assert_eq!(set_aside(&new).keys().collect::<Vec<_>>(), [&&Id::new("c-0")]);
}

/// Releases made of a few words, so that the same ones stand in many places.
fn release() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(0u8..9, 1..14), 1..7)
}

fn text_of(paragraphs: &[Vec<u8>]) -> String {
    const WORDS: [&str; 9] = ["NATO", "will", "send", "300,000", "troops", "he", "said.", "“not", "2023,"];
    let paragraph = |words: &Vec<u8>| {
        let words: Vec<&str> = words.iter().map(|&word| WORDS[usize::from(word)]).collect();
        words.join(" ")
    };
    paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// Claims on runs of words.
fn claims_on(text: &str, picks: &[(u16, u16)]) -> AnnotationSet {
    let words: Vec<(usize, usize)> =
        text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word.len())).collect();
    let mut set = AnnotationSet::default();
    let document = Text::new(text);
    for (at, &(from, count)) in picks.iter().enumerate() {
        let first = usize::from(from) % words.len();
        let last = (first + usize::from(count) % 5).min(words.len() - 1);
        let span = ByteSpan { start: words[first].0, end: words[last].0 + words[last].1 };
        let anchor = Anchor::new(&document, &[span]).unwrap();
        set.claims.insert(Id::new(&format!("c-{at}")), Arc::new(Claim { anchor, ..Claim::default() }));
    }
    set
}

proptest! {
    #[test]
    fn every_claim_has_one_state_and_what_is_kept_holds(
        old in release(), new in release(), picks in prop::collection::vec((any::<u16>(), any::<u16>()), 0..12),
    ) {
        let (old, new) = (text_of(&old), text_of(&new));
        let versions = compare(&old, &new);
        let set = claims_on(&old, &picks);
        let fates = versions.fates(&set, true);
        prop_assert_eq!(fates.len(), set.claims.len());
        for (id, fate) in &fates {
            let AnchorId::Claim(id) = id else { panic!("only claims") };
            let now: Vec<String> = fate.new.iter().map(|&span| versions.new_version().text.slice(span).to_owned()).collect();
            match fate.state {
                State::Kept | State::Moved => {
                    let folded = |words: &[String]| words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
                    prop_assert_eq!(folded(&now), folded(&set.claims[id].anchor.quote));
                }
                State::Changed => prop_assert!(!now.is_empty()),
                State::Lost => prop_assert!(now.is_empty() && fate.candidates.is_empty()),
                State::Ambiguous => prop_assert!(now.is_empty() && !fate.candidates.is_empty()),
            }
        }
    }

    #[test]
    fn the_same_text_keeps_everything(
        old in release(), picks in prop::collection::vec((any::<u16>(), any::<u16>()), 0..12),
    ) {
        let text = text_of(&old);
        let versions = compare(&text, &text);
        prop_assert!(versions.is_same() && versions.lifted.is_empty());
        let fates = versions.fates(&claims_on(&text, &picks), true);
        prop_assert!(fates.values().all(|fate| fate.state == State::Kept && fate.old == fate.new));
    }

    #[test]
    fn seen_from_the_other_side_all_is_mirrored(old in release(), new in release()) {
        let (old, new) = (text_of(&old), text_of(&new));
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        let kind = |kind: ChangeKind| match kind {
            ChangeKind::Added => ChangeKind::Removed,
            ChangeKind::Removed => ChangeKind::Added,
            kind => kind,
        };
        let mut forth: Vec<_> =
            there.changes.iter().map(|one| (one.kind.name(), one.old.clone(), one.new.clone())).collect();
        let mut mirrored: Vec<_> =
            back.changes.iter().map(|one| (kind(one.kind).name(), one.new.clone(), one.old.clone())).collect();
        let key = |one: &(&str, std::ops::Range<usize>, std::ops::Range<usize>)| (one.0.to_owned(), one.1.start, one.2.start);
        forth.sort_by_key(key);
        mirrored.sort_by_key(key);
        prop_assert_eq!(forth, mirrored);
        let mut forth: Vec<_> = there.lifted.iter().map(|one| (one.old, one.new)).collect();
        let mut mirrored: Vec<_> = back.lifted.iter().map(|one| (one.new, one.old)).collect();
        forth.sort();
        mirrored.sort();
        prop_assert_eq!(forth, mirrored);
    }

    #[test]
    fn the_pieces_of_the_changes_are_both_texts(old in release(), new in release()) {
        let (old, new) = (text_of(&old), text_of(&new));
        let versions = compare(&old, &new);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for change in &versions.changes {
            for (is_old, version, paragraphs) in
                [(true, versions.old(), &change.old), (false, versions.new_version(), &change.new)]
            {
                let all = &version.structure.paragraphs()[paragraphs.clone()];
                let whole: Vec<String> = all.iter().flat_map(|one| words(version.text.slice(one.span))).collect();
                let absent = if is_old { PieceKind::Added } else { PieceKind::Removed };
                let pieces = change.pieces.iter().filter(|piece| piece.kind != absent);
                let spans = pieces.map(|piece| if is_old { piece.old } else { piece.new });
                let letters: String = spans.map(|span| version.text.slice(span)).collect::<Vec<_>>().concat();
                let letters: String = letters.split_whitespace().collect();
                prop_assert_eq!(letters, whole.concat());
            }
        }
    }
}
