//! Editing, merging and placing large sets: `cargo bench --bench annotation`.
//!
//! Budgets: an edit takes the same at 100 and at 100,000 items, within 1.5×; merging, indexing and placing cost less
//! than 2.3× when the set doubles; two sets of 100,000 items merge within 2 s.
#![expect(clippy::format_push_string, reason = "test data is made once, and reads as it is written")]

mod common;

use std::cell::Cell;
use std::time::Duration;

use vouch::annotation::{
    Anchor, AnnotationSet, Assessment, Claim, ClaimField, Draft, Edit, Id, IdKind, Index, Item, Judgement, Mention,
    Placement, Source, Stamp, Voice, Work, anchors, merge, place_all,
};
use vouch::document::{ByteSpan, Text};
use vouch::sidecar::print_field;

const ITEMS: usize = 100_000;
const TWICE: f64 = 2.3;

fn main() {
    edits();
    merging();
    placing();
}

fn stamp(random: u64) -> Stamp {
    let time = "2026-11-24T10:00:00Z".to_owned();
    Stamp { now: time.clone(), session: time, random }
}

fn claim_id(at: usize) -> Id {
    Id::from_random(IdKind::Claim, (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20)
}

/// A set of so many items on `text`: of four, two are claims, one a mention that speaks both, one an assessment.
fn set(text: &Text, items: usize) -> AnnotationSet {
    let mut set = AnnotationSet::default();
    let mut edit = Edit::new("lay out");
    let source = Id::new("s-1");
    edit.put(&set, &source, Item::Source(Source { name: "Liis Tamm".into(), ..Source::default() }.into()));
    let step = text.len() / (items + 1);
    let anchor = |at: usize, length: usize| {
        let start = text.as_str().floor_char_boundary(at * step);
        let end = text.as_str().ceil_char_boundary(start + length);
        Anchor::new(text, &[ByteSpan::new(start, end)]).unwrap_or_default()
    };
    for at in (0..items).step_by(4) {
        let mention = Id::from_random(IdKind::Mention, at as u64);
        let named = Mention { anchor: anchor(at, 8), source: Some(source.clone()), ..Mention::default() };
        edit.put(&set, &mention, Item::Mention(named.into()));
        for at in [at + 1, at + 2] {
            let said = Some(vec![Voice { by: vec![mention.clone()], ..Voice::default() }]);
            let claim = Claim { anchor: anchor(at, 60), said, kind: Some("event".into()), ..Claim::default() };
            edit.put(&set, &claim_id(at), Item::Claim(claim.into()));
        }
        let assessment = Assessment {
            on: Some(claim_id(at + 1)),
            axis: "credibility".into(),
            scale: "admiralty".into(),
            term: Some("2".into()),
            ..Assessment::default()
        };
        edit.put(&set, &Id::from_random(IdKind::Assessment, at as u64), Item::Assessment(assessment.into()));
    }
    let applied = set.apply(&edit);
    assert!(applied.is_ok());
    set
}

/// One in `every` claims with another note, on a copy that shares nothing with `set`, as one read from a file.
fn noted(set: &AnnotationSet, every: usize, note: &str) -> AnnotationSet {
    let mut other = AnnotationSet::default();
    let mut edit = Edit::new("copy");
    for (id, source) in &set.sources {
        edit.put(&other, id, Item::Source((**source).clone().into()));
    }
    for (id, mention) in &set.mentions {
        edit.put(&other, id, Item::Mention((**mention).clone().into()));
    }
    for (at, (id, claim)) in set.claims.iter().enumerate() {
        let note = if at % every == 0 { Some(note.to_owned()) } else { None };
        edit.put(&other, id, Item::Claim(Claim { note, ..(**claim).clone() }.into()));
    }
    for (id, assessment) in &set.assessments {
        edit.put(&other, id, Item::Assessment((**assessment).clone().into()));
    }
    let applied = other.apply(&edit);
    assert!(applied.is_ok());
    other
}

fn release(bytes: usize) -> Text {
    let mut text = String::with_capacity(bytes + 200);
    let mut number = 1u64;
    while text.len() < bytes {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let [a, b, c] = [number >> 56, (number >> 40) % 9_999, (number >> 20) % 99_999];
        text.push_str(&format!(
            "District {a} said on day {b} that {c} households will be reached; “no more than {b}”, it added, had asked. "
        ));
        if number >> 61 == 0 {
            text.push_str("\n\n");
        }
    }
    Text::new(text)
}

fn edits() {
    let text = release(1_000_000);
    let judgement = Judgement {
        axis: "likelihood".into(),
        scale: "icd203-2015".into(),
        term: Some("likely".into()),
        value: None,
        why: None,
    };
    let [mut few, mut many] = [100, ITEMS].map(|items| Work::new(set(&text, items), []));
    let counter = Cell::new(0);
    let mark = |work: &mut Work| {
        counter.set(counter.get() + 1);
        let mut draft = work.draft(stamp(counter.get()));
        let claim = draft.mark_claim(Claim::default());
        draft.assess(&[claim], &judgement);
        work.act(draft.finish()).is_ok()
    };
    let what = "mark and assess a claim among 100,000 items";
    common::ratio(what, 2000, 1.5, ("100 items", || mark(&mut few)), || mark(&mut many));

    let half = set(&text, ITEMS / 2);
    let whole = set(&text, ITEMS);
    common::ratio("index 100,000 items", 7, TWICE, ("50,000", || Index::of(&half)), || Index::of(&whole));
    let delete = |set: &AnnotationSet, index: &Index| {
        let all: Vec<Id> = set.claims.keys().cloned().collect();
        let mut draft = Draft::new(set, index, stamp(1));
        draft.delete_claims(&all);
        draft.finish()
    };
    let [half_index, whole_index] = [&half, &whole].map(Index::of);
    common::ratio("delete all claims of 100,000 items", 5, TWICE, ("50,000", || delete(&half, &half_index)), || {
        delete(&whole, &whole_index)
    });
    let bulk = |set: &AnnotationSet, index: &Index| {
        let all: Vec<Id> = set.claims.keys().cloned().collect();
        let mut draft = Draft::new(set, index, stamp(1));
        draft.set_field(&all, &ClaimField::Kind(Some("opinion".into())));
        draft.finish()
    };
    common::ratio(
        "set the kind of all claims of 100,000 items",
        5,
        TWICE,
        ("50,000", || bulk(&half, &half_index)),
        || bulk(&whole, &whole_index),
    );
}

fn merging() {
    let text = release(1_000_000);
    let sides = |items: usize| {
        let base = set(&text, items);
        let (ours, theirs) = (noted(&base, 7, "ours"), noted(&base, 11, "theirs"));
        (base, ours, theirs)
    };
    let (half, whole) = (sides(ITEMS / 2), sides(ITEMS));
    let run = |(base, ours, theirs): &(AnnotationSet, AnnotationSet, AnnotationSet)| {
        merge(Some(base), ours, theirs, &print_field)
    };
    let merged = run(&whole);
    println!(
        "  {} items, {} changes, {} conflicts",
        merged.set.len(),
        merged.edit.changes.len(),
        merged.conflicts.len()
    );
    common::ratio("merge two sets of 100,000 items", 5, TWICE, ("50,000", || run(&half)), || run(&whole));
    common::time("the same", common::shortest(3, || run(&whole)), Duration::from_secs(2));
    let (_, ours, theirs) = &whole;
    let without = common::shortest(3, || merge(None, ours, theirs, &print_field));
    common::time("the same without a base", without, Duration::from_secs(2));
}

fn placing() {
    let text = release(100_000_000);
    let (half, whole) = (set(&text, ITEMS / 2), set(&text, ITEMS));
    let all = |set: &AnnotationSet, text: &Text, is_same: bool| place_all(text, is_same, anchors(set));
    common::ratio(
        "place 75,000 anchors on 100 MB, all exact",
        5,
        TWICE,
        ("37,500", || all(&half, &text, true)),
        || all(&whole, &text, true),
    );
    let pushed = Text::new(format!("A line above all. {}", text.as_str()));
    tell("pushed along", &all(&whole, &pushed, false));
    common::ratio("place them where a line was put above", 3, TWICE, ("37,500", || all(&half, &pushed, false)), || {
        all(&whole, &pushed, false)
    });
    let edited = Text::new(pushed.as_str().replace(" will be ", " are to be "));
    tell("edited", &all(&whole, &edited, false));
    common::ratio(
        "place them where every sentence was changed",
        3,
        TWICE,
        ("37,500", || all(&half, &edited, false)),
        || all(&whole, &edited, false),
    );
    let other = Text::new("Nothing of it is here. ".repeat(4_000_000));
    tell("gone", &all(&whole, &other, false));
    common::note("place them where nothing is left", common::shortest(1, || all(&whole, &other, false)));
}

/// Prints how many anchors were placed how.
fn tell<K>(what: &str, placed: &[(K, Placement)]) {
    let count = |is: fn(&Placement) -> bool| placed.iter().filter(|(_, placement)| is(placement)).count();
    println!(
        "  {what}: {} exact, {} moved, {} ambiguous, {} lost",
        count(|placement| matches!(placement, Placement::Exact(_))),
        count(|placement| matches!(placement, Placement::Moved(_))),
        count(|placement| matches!(placement, Placement::Ambiguous(_))),
        count(|placement| matches!(placement, Placement::Lost(_))),
    );
}
