//! Which claims of two annotators go together, and in what they differ.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use vouch::annotation::{AnnotationSet, Assessment, Claim, Id, Index, Source, Voice};
use vouch::document::ByteSpan;
use vouch::review::{Alignment, Facet, Pair, Places, Side, Verdict, align};

mod review {
    mod adjudicate;
    mod versions;
}

/// A claim: its id, its ranges, its kind.
type Mark<'a> = (&'a str, &'a [(usize, usize)], &'a str);

fn set(marks: &[Mark]) -> (AnnotationSet, Places) {
    let mut set = AnnotationSet::default();
    let mut places = Places::default();
    for (id, ranges, kind) in marks {
        let claim = Claim { kind: Some((*kind).to_owned()), ..Claim::default() };
        set.claims.insert(Id::new(id), Arc::new(claim));
        places.claims.insert(Id::new(id), ranges.iter().map(|&(start, end)| ByteSpan { start, end }).collect());
    }
    (set, places)
}

/// Changes the claim `a`.
fn edit_claim(set: &mut AnnotationSet, change: impl FnOnce(&mut Claim)) {
    change(Arc::make_mut(set.claims.get_mut(&Id::new("a")).unwrap()));
}

fn judge(set: &mut AnnotationSet, on: &str, axis: &str, term: &str) {
    let id = Id::new(&format!("a-{on}-{axis}"));
    let scale = if axis == "likelihood" { "icd203-2015" } else { "admiralty" };
    let judged = Assessment {
        on: Some(Id::new(on)),
        axis: axis.to_owned(),
        scale: scale.to_owned(),
        term: Some(term.to_owned()),
        ..Assessment::default()
    };
    set.assessments.insert(id, Arc::new(judged));
}

fn aligned((a, places_a): &(AnnotationSet, Places), (b, places_b): &(AnnotationSet, Places)) -> Alignment {
    let (index_a, index_b) = (Index::of(a), Index::of(b));
    align(Side { set: a, index: &index_a, places: places_a }, Side { set: b, index: &index_b, places: places_b })
}

/// "a b Differ span, kind": a line each.
fn told(alignment: &Alignment) -> Vec<String> {
    let line = |pair: &Pair| {
        let name = |id: &Option<Id>| id.as_ref().map_or_else(|| "-".to_owned(), Id::to_string);
        let differs: Vec<String> = pair.differs.iter().map(ToString::to_string).collect();
        format!("{} {} {:?} {}", name(&pair.mine), name(&pair.theirs), pair.verdict, differs.join(", "))
            .trim()
            .to_owned()
    };
    alignment.pairs.iter().map(line).collect()
}

fn check(mine: &[Mark], theirs: &[Mark], expected: &[&str]) {
    assert_eq!(told(&aligned(&set(mine), &set(theirs))), expected);
}

#[test]
fn the_same_words_of_the_same_kind_agree() {
    check(&[("a", &[(0, 10)], "event")], &[("b", &[(0, 10)], "event")], &["a b Agree"]);
}

#[test]
fn what_differs_is_named() {
    check(&[("a", &[(0, 10)], "event")], &[("b", &[(0, 12)], "opinion")], &["a b Differ span, kind"]);
}

#[test]
fn claims_that_only_touch_are_not_the_same() {
    check(&[("a", &[(0, 10)], "event")], &[("b", &[(10, 20)], "event")], &["a - OnlyMine", "- b OnlyTheirs"]);
}

#[test]
fn the_best_sum_wins_over_the_best_first_pair() {
    // Greedy would take a–y (the largest overlap) and leave b and x alone.
    check(
        &[("a", &[(0, 60)], "event"), ("b", &[(30, 100)], "event")],
        &[("x", &[(0, 30)], "event"), ("y", &[(10, 85)], "event")],
        &["a x Differ span", "b y Differ span"],
    );
}

#[test]
fn of_two_that_overlap_alike_the_kind_decides() {
    check(
        &[("a", &[(0, 10)], "event")],
        &[("x", &[(0, 10)], "opinion"), ("y", &[(0, 10)], "event")],
        &["- x OnlyTheirs", "a y Agree"],
    );
}

#[test]
fn the_gap_of_a_discontinuous_claim_is_no_overlap() {
    check(&[("a", &[(0, 5), (20, 25)], "event")], &[("x", &[(8, 15)], "event")], &["a - OnlyMine", "- x OnlyTheirs"]);
}

#[test]
fn of_two_that_overlap_alike_the_source_decides() {
    let said = |set: &mut AnnotationSet, claim: &str, name: &str| {
        let source = Source { name: name.to_owned(), ..Source::default() };
        let id = Id::new(&format!("s-{name}"));
        set.sources.insert(id.clone(), Arc::new(source));
        let claim = Arc::make_mut(set.claims.get_mut(&Id::new(claim)).unwrap());
        claim.said = Some(vec![Voice { by: vec![id], ..Voice::default() }]);
    };
    let (mut a, mut b) =
        (set(&[("a", &[(0, 10)], "event")]), set(&[("x", &[(0, 10)], "event"), ("y", &[(0, 10)], "event")]));
    said(&mut a.0, "a", "Ulf");
    said(&mut b.0, "x", "Ida");
    said(&mut b.0, "y", "ULF");
    assert_eq!(told(&aligned(&a, &b)), ["- x OnlyTheirs", "a y Agree"]);
}

#[test]
fn the_very_same_words_go_together_before_all_else() {
    // The sum of the overlaps alone would cross them: 2 × 0.947 are more than 1 + 0.889.
    check(
        &[("a", &[(0, 10)], "event"), ("b", &[(1, 10)], "event")],
        &[("x", &[(0, 10)], "event"), ("y", &[(0, 9)], "event")],
        &["a x Agree", "b y Differ span"],
    );
}

#[test]
fn one_large_claim_goes_with_the_small_one_that_shares_most() {
    check(
        &[("a", &[(0, 100)], "event")],
        &[("x", &[(0, 30)], "event"), ("y", &[(31, 90)], "event"), ("z", &[(91, 100)], "event")],
        &["- x OnlyTheirs", "a y Differ span", "- z OnlyTheirs"],
    );
}

#[test]
fn each_facet_is_named_and_nothing_else() {
    let base = || {
        let (mut set, places) = set(&[("a", &[(0, 10)], "event")]);
        let source = Source { name: "Jens Stoltenberg".to_owned(), ..Source::default() };
        set.sources.insert(Id::new("s-1"), Arc::new(source));
        edit_claim(&mut set, |claim| {
            claim.style = Some("direct".to_owned());
            claim.said = Some(vec![Voice { by: vec![Id::new("s-1")], ..Voice::default() }]);
        });
        judge(&mut set, "a", "credibility", "2");
        (set, places)
    };
    let differ = |change: &dyn Fn(&mut AnnotationSet, &mut Places), expected: &[&str]| {
        let (mut theirs, mut places) = base();
        change(&mut theirs, &mut places);
        let alignment = aligned(&base(), &(theirs, places));
        let said: Vec<String> = alignment.pairs[0].differs.iter().map(ToString::to_string).collect();
        assert_eq!(said, expected);
        assert_eq!(alignment.agreed(), usize::from(expected.is_empty()));
    };
    differ(&|_, _| {}, &[]);
    differ(&|_, places| _ = places.claims.insert(Id::new("a"), vec![ByteSpan::new(0, 9)]), &["span"]);
    differ(&|set, _| edit_claim(set, |claim| claim.kind = None), &["kind"]);
    differ(&|set, _| edit_claim(set, |claim| claim.said = None), &["source"]);
    differ(&|set, _| edit_claim(set, |claim| claim.said = Some(Vec::new())), &["source"]);
    differ(&|_, places| _ = places.cues.insert(Id::new("a"), vec![ByteSpan::new(11, 15)]), &["cue"]);
    differ(&|set, _| edit_claim(set, |claim| claim.style = None), &["style"]);
    differ(&|set, _| judge(set, "a", "credibility", "3"), &["credibility"]);
    differ(&|set, _| judge(set, "a", "likelihood", "likely"), &["likelihood"]);
    // The same entry of the register under another name, and another entry with one of the names, are the same source.
    let rename = |set: &mut AnnotationSet, id: &str, name: &str, alias: &str| {
        set.sources.clear();
        let source = Source { name: name.to_owned(), aliases: vec![alias.to_owned()], ..Source::default() };
        set.sources.insert(Id::new(id), Arc::new(source));
        let by = vec![Id::new(id)];
        edit_claim(set, |claim| claim.said = Some(vec![Voice { by, ..Voice::default() }]));
    };
    differ(&|set, _| rename(set, "s-1", "the Secretary General", ""), &[]);
    differ(&|set, _| rename(set, "s-9", "the Secretary General", "JENS STOLTENBERG"), &[]);
    differ(&|set, _| rename(set, "s-9", "the Secretary General", "Stoltenberg"), &["source"]);
}

#[test]
fn a_judgement_on_the_colleagues_mark_counts_for_the_pair() {
    let (mut mine, places) = set(&[("a", &[(0, 10)], "event")]);
    let mut theirs = set(&[("x", &[(0, 10)], "event")]);
    judge(&mut theirs.0, "x", "credibility", "3");
    judge(&mut mine, "x", "credibility", "3");
    assert_eq!(told(&aligned(&(mine.clone(), places.clone()), &theirs)), ["a x Agree"]);
    judge(&mut mine, "a", "credibility", "2");
    assert_eq!(told(&aligned(&(mine, places), &theirs)), ["a x Differ credibility"]);
}

#[test]
fn heaps_without_end_are_assigned_in_bounded_time_and_said() {
    let heap = |letter: &str, shift: usize| -> Vec<(String, Vec<(usize, usize)>)> {
        (0..3000).map(|i| (format!("{letter}{i:04}"), vec![(i + shift, 10_000 + i)])).collect()
    };
    let (a, b) = (heap("a", 0), heap("b", 1));
    let alignment = aligned(&set(&viewed(&a)), &set(&viewed(&b)));
    assert_eq!((alignment.both(), alignment.approximate), (3000, 6000));
    let ordinary = aligned(&set(&viewed(&a[..100])), &set(&viewed(&b[..100])));
    assert_eq!((ordinary.both(), ordinary.approximate), (100, 0));
}

/// Claims by name and spans, as [`set`] takes them, all of one kind.
fn viewed(list: &[(String, Vec<(usize, usize)>)]) -> Vec<Mark<'_>> {
    list.iter().map(|(id, spans)| (id.as_str(), spans.as_slice(), "event")).collect()
}

/// Spans of a claim: one or two, disjoint.
fn spans() -> impl Strategy<Value = Vec<(usize, usize)>> {
    (0usize..60, 1usize..12, 0usize..5, 0usize..6).prop_map(|(start, length, gap, more)| {
        let end = start + length;
        if gap == 0 || more == 0 { vec![(start, end)] } else { vec![(start, end), (end + gap, end + gap + more)] }
    })
}

fn claims(letter: &'static str, most: usize) -> impl Strategy<Value = Vec<(String, Vec<(usize, usize)>)>> {
    prop::collection::vec(spans(), 0..most)
        .prop_map(move |list| list.into_iter().enumerate().map(|(i, spans)| (format!("{letter}{i}"), spans)).collect())
}

/// What two claims share over what they cover, from the characters themselves; 2 where they are the same words.
fn likeness(a: &[(usize, usize)], b: &[(usize, usize)]) -> f64 {
    let letters = |spans: &[(usize, usize)]| spans.iter().flat_map(|&(start, end)| start..end).collect::<BTreeSet<_>>();
    let (x, y) = (letters(a), letters(b));
    if a == b { 2.0 } else { 2.0 * x.intersection(&y).count() as f64 / (x.len() + y.len()) as f64 }
}

/// The greatest sum of likenesses over all ways to pair claims off.
fn greatest(a: &[(String, Vec<(usize, usize)>)], b: &[(String, Vec<(usize, usize)>)], taken: u32) -> f64 {
    let Some(((_, spans), rest)) = a.split_first() else { return 0.0 };
    let with = b
        .iter()
        .enumerate()
        .filter(|(at, _)| taken & (1 << at) == 0)
        .map(|(at, (_, other))| likeness(spans, other) + greatest(rest, b, taken | 1 << at));
    with.fold(greatest(rest, b, taken), f64::max)
}

proptest! {
    #[test]
    fn no_other_way_to_pair_them_off_shares_more(a in claims("a", 6), b in claims("b", 6)) {
        let alignment = aligned(&set(&viewed(&a)), &set(&viewed(&b)));
        let spans = |list: &[(String, Vec<(usize, usize)>)], id: &Id| {
            list.iter().find(|(name, _)| name == id.as_str()).unwrap().1.clone()
        };
        let pairs = alignment.pairs.iter().filter_map(|pair| Some((pair.mine.as_ref()?, pair.theirs.as_ref()?)));
        let sum: f64 = pairs.map(|(m, t)| likeness(&spans(&a, m), &spans(&b, t))).sum();
        prop_assert!((sum - greatest(&a, &b, 0)).abs() < 1e-4, "{} is not {}", sum, greatest(&a, &b, 0));
    }

    #[test]
    fn every_claim_stands_once_and_the_sides_may_change_places(a in claims("a", 40), b in claims("a", 40)) {
        let (a, b) = (set(&viewed(&a)), set(&viewed(&b)));
        let there = aligned(&a, &b);
        prop_assert_eq!(there.pairs.iter().filter(|pair| pair.mine.is_some()).count(), a.0.claims.len());
        prop_assert_eq!(there.pairs.iter().filter(|pair| pair.theirs.is_some()).count(), b.0.claims.len());
        for pair in there.pairs.iter().filter(|pair| pair.mine.is_some() && pair.theirs.is_some()) {
            prop_assert_eq!(pair.verdict == Verdict::Agree, pair.differs.is_empty());
        }
        let mirrored = |alignment: &Alignment, is_back: bool| -> BTreeSet<(Option<Id>, Option<Id>, Vec<Facet>)> {
            let sides = |pair: &Pair| if is_back { (pair.theirs.clone(), pair.mine.clone()) } else { (pair.mine.clone(), pair.theirs.clone()) };
            alignment.pairs.iter().map(|pair| { let (m, t) = sides(pair); (m, t, pair.differs.clone()) }).collect()
        };
        prop_assert_eq!(mirrored(&there, false), mirrored(&aligned(&b, &a), true));
    }
}
