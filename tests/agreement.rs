//! Figures of agreement: each against its paper's own worked example, and all together on documents.

use std::sync::Arc;

use vouch::annotation::{AnnotationSet, Assessment, Claim, Id, Index, Scales, Source, Voice};
use vouch::document::{ByteSpan, Text};
use vouch::review::agreement::{
    Agreement, Axis, Coder, Document, Figures, Level, Matches, Partition, Two, Undefined, agreement, alpha, figure,
    kappa, u_alphas,
};
use vouch::review::{Places, Side};

fn check(found: Result<f64, Undefined>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 0.0006, "{found} is not {expected}");
}

/// Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section D: four observers, twelve units, some
/// values missing. Nominal 0.743; ordinal 0.815 and interval 0.849 for the same data in Krippendorff 2004, Content
/// Analysis, chapter 11.
#[test]
fn alpha_of_the_canonical_reliability_data() {
    let observers: [[i64; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];
    let unit = |at: usize| observers.iter().map(|own| own[at]).filter(|value| *value > 0).collect();
    let units: Vec<Vec<i64>> = (0..12).map(unit).collect();
    for (level, expected) in [(Level::Nominal, 0.743), (Level::Ordinal, 0.815), (Level::Interval, 0.849)] {
        let (value, n) = alpha(&units, level);
        check(value, expected);
        assert_eq!(n, 40);
    }
}

/// The two-observer examples of the same paper: section A (binary data, 0.095) and section B (nominal data, 0.692).
#[test]
fn alpha_of_two_observers() {
    let pair = |a: &str, b: &str| a.bytes().zip(b.bytes()).map(|(a, b)| vec![a.into(), b.into()]).collect::<Vec<_>>();
    check(alpha(&pair("0100000010", "1110010000"), Level::Nominal).0, 0.095);
    check(alpha(&pair("aabbdcccedda", "babbbccceddd"), Level::Nominal).0, 0.692);
}

/// Cohen 1960, "A Coefficient of Agreement for Nominal Scales", table 2: 200 subjects, three categories, κ = 0.492.
#[test]
fn kappa_of_cohens_own_table() {
    check(kappa(&[88.0, 14.0, 18.0, 10.0, 40.0, 10.0, 2.0, 6.0, 12.0], 3), 0.492);
    assert_eq!(kappa(&[7.0, 0.0, 0.0, 0.0], 2), Err(Undefined::NothingVaries));
    assert_eq!(kappa(&[0.0; 4], 2), Err(Undefined::NoText));
    check(kappa(&[4.0, 4.0, 0.0, 0.0], 2), 0.0);
}

/// F₁ = 2a / (2a + b + c), a being what both have, b and c what one has alone (Hripcsak and Rothschild 2005, equation 4).
#[test]
fn f1_is_the_same_from_both_sides() {
    let matches = Matches { of_a: 10.0, of_b: 6.0, both: 4.0 };
    check(matches.precision(), 4.0 / 6.0);
    check(matches.recall(), 0.4);
    check(matches.f1(), 8.0 / (8.0 + 6.0 + 2.0));
    assert_eq!(matches.f1(), Matches { of_a: 6.0, of_b: 10.0, both: 4.0 }.f1());
    assert_eq!(Matches::default().f1(), Err(Undefined::NothingMarked));
    assert_eq!(Matches { of_a: 3.0, ..Matches::default() }.f1(), Ok(0.0));
    assert_eq!(Matches { of_a: 3.0, ..Matches::default() }.precision(), Err(Undefined::NothingMarked));
}

/// The family generalises α: on units of one character each, without gaps, uα is the α of given units (Krippendorff et
/// al. 2016), here the 0.692 of Krippendorff 2011, section B.
#[test]
fn u_alpha_of_single_characters_is_alpha() {
    let partition =
        |values: &str| values.bytes().map(|value| (1, usize::from(value - b'a') + 1)).collect::<Partition>();
    let [u_alpha, binary, cu_alpha] = u_alphas(&[partition("aabbdcccedda"), partition("babbbccceddd")], 6);
    check(u_alpha, 0.692);
    check(cu_alpha, 0.692);
    assert_eq!(binary, Err(Undefined::NothingVaries));
}

/// Equations 32 to 38 of Krippendorff 2019, section 12.6, worked out apart from this program on small continua.
#[test]
fn u_alphas_of_units_and_gaps() {
    let one: Partition = vec![(2, 0), (4, 1), (4, 0), (5, 2), (5, 0)];
    let two: Partition = vec![(3, 0), (4, 1), (3, 0), (2, 1), (4, 2), (4, 0)];
    let three: Partition = vec![(1, 0), (4, 1), (4, 0), (3, 2), (2, 0), (3, 1), (3, 0)];
    for (partitions, expected) in [(vec![one.clone(), two.clone()], TWO), (vec![one.clone(), two, three], THREE)] {
        for (found, expected) in u_alphas(&partitions, 3).into_iter().zip(expected) {
            check(found, expected);
        }
    }
    for found in u_alphas(&[one.clone(), one], 3) {
        check(found, 1.0);
    }
}

const TWO: [f64; 3] = [0.6161, 0.7177, 0.6094];
const THREE: [f64; 3] = [0.3469, 0.4230, 0.4396];

/// An annotator's work: claims with their places.
struct Work {
    set: AnnotationSet,
    index: Index,
    places: Places,
}

impl Work {
    fn side(&self) -> Side<'_> {
        Side { set: &self.set, index: &self.index, places: &self.places }
    }
}

/// Claims as (start, end, kind, source, credibility); "" is nothing.
fn work(claims: &[(usize, usize, &str, &str, &str)]) -> Work {
    let (mut set, mut places) = (AnnotationSet::default(), Places::default());
    for (at, (start, end, kind, source, credibility)) in claims.iter().enumerate() {
        let id = Id::new(&format!("c-{at}"));
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let by = Id::new(&format!("s-{source}"));
        if let Some(name) = some(source) {
            set.sources.insert(by.clone(), Arc::new(Source { name, ..Source::default() }));
        }
        let said = some(source).map(|_| vec![Voice { by: vec![by], ..Voice::default() }]);
        set.claims.insert(id.clone(), Arc::new(Claim { kind: some(kind), said, ..Claim::default() }));
        if let Some(term) = some(credibility) {
            let judged = Assessment {
                on: Some(id.clone()),
                axis: "credibility".to_owned(),
                scale: "admiralty".to_owned(),
                term: Some(term),
                ..Assessment::default()
            };
            set.assessments.insert(Id::new(&format!("a-{at}")), Arc::new(judged));
        }
        places.claims.insert(id, vec![ByteSpan::new(*start, *end)]);
    }
    Work { index: Index::of(&set), set, places }
}

/// Agreement of everybody with everybody; each document is its text and its works.
fn agreed(documents: &[(&str, &[Work])], seed: u64) -> Agreement {
    let texts: Vec<Text> = documents.iter().map(|(text, _)| Text::new(*text)).collect();
    let paragraphs: Vec<Vec<ByteSpan>> = documents
        .iter()
        .map(|(text, _)| {
            let mut at = 0;
            let span = |line: &str| {
                at += line.len();
                ByteSpan::new(at - line.len(), at)
            };
            text.split_inclusive("\n\n").map(span).collect()
        })
        .collect();
    let given: Vec<Document> = documents
        .iter()
        .zip(&texts)
        .zip(&paragraphs)
        .map(|(((_, works), text), paragraphs)| {
            let coders = works.iter().enumerate().map(|(annotator, work)| Coder { annotator, side: work.side() });
            Document { text, paragraphs, coders: coders.collect() }
        })
        .collect();
    let most = documents.iter().map(|(_, works)| works.len()).max().unwrap_or_default();
    let pairs: Vec<(usize, usize)> = (0..most).flat_map(|a| (a + 1..most).map(move |b| (a, b))).collect();
    agreement(&pairs, &given, Scales::built_in(), seed)
}

fn value(figures: &Figures, name: &str) -> Result<f64, Undefined> {
    figure(figures, name).unwrap().value
}

fn only_pair(agreement: &Agreement) -> &Two {
    &agreement.documents[0].pairs[0]
}

#[test]
fn figures_of_two_on_one_document() {
    // 40 code points in 8 words; the letters with accents are two bytes each, and count once.
    let text = "éééé aaaa bbbb cccc dddd eeee ffff gggg.";
    let a = work(&[(0, 8, "event", "", ""), (9, 18, "event", "", ""), (34, 38, "opinion", "", "")]);
    let b = work(&[(0, 8, "event", "", ""), (9, 13, "opinion", "", "")]);
    let found = agreed(&[(text, &[a, b])], 1);
    let two = only_pair(&found);
    assert_eq!((two.claims, two.both, two.agreed), ((3, 2), 2, 1));
    check(value(&two.figures, "strict_f1"), 2.0 / 5.0);
    check(value(&two.figures, "strict_precision"), 1.0 / 2.0);
    check(value(&two.figures, "strict_recall"), 1.0 / 3.0);
    check(value(&two.figures, "overlap_f1"), 4.0 / 5.0);
    // Characters: both 8, only a 9, none 23; words: both 2, only a 2, none 4.
    let of = |n: &[f64]| kappa(n, 2).unwrap();
    check(value(&two.figures, "character_kappa"), of(&[23.0, 0.0, 9.0, 8.0]));
    check(value(&two.figures, "token_kappa"), of(&[4.0, 0.0, 2.0, 2.0]));
    check(value(&two.figures, "kind_kappa"), 0.0);
    let units: Vec<Vec<i64>> = [([0, 0], 23), ([1, 0], 9), ([1, 1], 8)]
        .into_iter()
        .flat_map(|(unit, times)| vec![unit.to_vec(); times])
        .collect();
    let (expected, n) = alpha(&units, Level::Nominal);
    let part = &found.documents[0];
    check(value(&part.figures, "character_alpha"), expected.unwrap());
    assert_eq!(figure(&part.figures, "character_alpha").unwrap().n, n);
    let event = &two.by_kind.iter().find(|(kind, _)| kind == "event").unwrap().1;
    check(value(event, "overlap_f1"), 2.0 / 3.0);
}

#[test]
fn three_annotators_of_whom_one_is_missing_on_a_document() {
    let marks = |list: &[(usize, usize)]| {
        work(&list.iter().map(|&(start, end)| (start, end, "event", "", "")).collect::<Vec<_>>())
    };
    let first = [marks(&[(0, 10)]), marks(&[(0, 8)]), marks(&[(2, 10)])];
    let second = [marks(&[(5, 15)]), marks(&[(5, 15)])];
    let text = "abcdefghijklmnopqrst";
    let found = agreed(&[(text, &first), (text, &second)], 1);
    assert_eq!(found.documents.iter().map(|part| part.pairs.len()).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(found.whole.annotators, [0, 1, 2]);
    let marked = |at: i64, (start, end): (i64, i64)| i64::from(start <= at && at < end);
    let units = |spans: &[(i64, i64)]| -> Vec<Vec<i64>> {
        (0..20).map(|at| spans.iter().map(|span| marked(at, *span)).collect()).collect()
    };
    let of_first = units(&[(0, 10), (0, 8), (2, 10)]);
    let of_both: Vec<Vec<i64>> = of_first.iter().cloned().chain(units(&[(5, 15), (5, 15)])).collect();
    check(value(&found.documents[0].figures, "character_alpha"), alpha(&of_first, Level::Nominal).0.unwrap());
    check(value(&found.whole.figures, "character_alpha"), alpha(&of_both, Level::Nominal).0.unwrap());
}

#[test]
fn what_is_not_defined_says_why() {
    let nothing = || work(&[]);
    let found = agreed(&[("some words", &[nothing(), nothing()])], 1);
    let two = only_pair(&found);
    for name in ["strict_f1", "overlap_f1", "character_kappa", "token_kappa"] {
        assert_eq!(value(&two.figures, name), Err(Undefined::NothingMarked), "{name}");
    }
    assert_eq!(value(&found.documents[0].figures, "character_alpha"), Err(Undefined::NothingMarked));
    assert_eq!(value(&two.figures, "kind_kappa"), Err(Undefined::NothingShared));

    let one = work(&[(0, 4, "event", "", "")]);
    let found = agreed(&[("some words", &[one, nothing()])], 1);
    let two = only_pair(&found);
    assert_eq!(value(&two.figures, "strict_f1"), Ok(0.0));
    assert_eq!(value(&two.figures, "strict_precision"), Err(Undefined::NothingMarked));
    check(value(&two.figures, "character_kappa"), 0.0);

    let all = || work(&[(0, 10, "event", "", "")]);
    let found = agreed(&[("some words", &[all(), all()])], 1);
    assert_eq!(value(&only_pair(&found).figures, "character_kappa"), Err(Undefined::NothingVaries));
    assert_eq!(value(&found.documents[0].figures, "character_alpha"), Err(Undefined::NothingVaries));
    assert_eq!(value(&only_pair(&found).figures, "strict_f1"), Ok(1.0));

    let found = agreed(&[("some words", &[all()])], 1);
    assert_eq!(value(&found.documents[0].figures, "character_alpha"), Err(Undefined::OneAnnotator));

    let nested = work(&[(0, 10, "event", "", ""), (2, 4, "event", "", "")]);
    let found = agreed(&[("some words", &[nested, all()])], 1);
    assert_eq!(value(&found.documents[0].figures, "u_alpha"), Err(Undefined::Overlaps));
}

#[test]
fn judgements_are_compared_in_the_order_of_their_scale() {
    let terms = |list: &[&str]| {
        let claims = list.iter().enumerate().map(|(at, term)| (10 * at, 10 * at + 5, "event", "", *term));
        work(&claims.collect::<Vec<_>>())
    };
    let text = "x".repeat(100);
    // 1 is the strongest of five; 6 says that it cannot be judged, and has no place among them.
    let a = terms(&["1", "2", "3", "4", "5", "6", "2", "", "2"]);
    let b = terms(&["1", "3", "3", "4", "1", "2", "6", "2", "blue"]);
    let found = agreed(&[(&text, &[a, b])], 1);
    let [Axis { axis, by_scale, one_only, outside_order, unknown, other_scale }] = found.documents[0].axes.as_slice()
    else {
        panic!("{:?}", found.documents[0].axes)
    };
    assert_eq!((axis.as_str(), *one_only, *outside_order, *unknown, *other_scale), ("credibility", 1, 2, 1, 0));
    let units: Vec<Vec<i64>> = vec![vec![4, 4], vec![3, 2], vec![2, 2], vec![1, 1], vec![0, 4]];
    check(by_scale[0].1.value, alpha(&units, Level::Ordinal).0.unwrap());
    assert_eq!((by_scale[0].0.as_str(), by_scale[0].1.n), ("admiralty", 5));
}

#[test]
fn each_source_has_its_figures() {
    let a = work(&[(0, 5, "event", "Ida", ""), (10, 15, "event", "Ida", ""), (20, 25, "event", "Ulf", "")]);
    let b = work(&[(0, 5, "event", "IDA", ""), (10, 15, "event", "Ulf", ""), (20, 24, "event", "Ulf", "")]);
    let found = agreed(&[("abcdefghijklmnopqrstuvwxyzabcd", &[a, b])], 1);
    let of = |name: &str| {
        let (_, figures) = only_pair(&found).by_source.iter().find(|(own, _)| own == name).unwrap();
        (value(figures, "strict_f1").unwrap(), value(figures, "overlap_f1").unwrap())
    };
    assert_eq!(of("ida"), (2.0 / 3.0, 2.0 / 3.0));
    assert_eq!(of("ulf"), (0.0, 2.0 / 3.0));
}

#[test]
fn intervals_are_drawn_anew_alike_and_hold_the_figure() {
    let text = "word word word\n\n".repeat(30);
    let shelf = |seed: u64| {
        let claims = |shift: usize| {
            (0..30).map(|at| (at * 16, at * 16 + 4 + (at * shift) % 7, "event", "", "")).collect::<Vec<_>>()
        };
        agreed(&[(&text, &[work(&claims(0)), work(&claims(3))])], seed)
    };
    let (one, again, other) = (shelf(1), shelf(1), shelf(2));
    assert_eq!(one, again);
    assert_eq!(one.drawn.1, 30);
    let figure = |agreement: &Agreement| figure(&agreement.whole.figures, "character_alpha").unwrap().clone();
    let ((low, high), value) = (figure(&one).interval.unwrap(), figure(&one).value.unwrap());
    assert!(low < value && value < high && high - low < 0.4, "{low} {value} {high}");
    assert_ne!(figure(&one).interval, figure(&other).interval);
    assert_eq!(figure(&one).value, figure(&other).value);
    // Of one paragraph there is nothing to draw.
    let found = agreed(&[("word word", &[work(&[(0, 4, "", "", "")]), work(&[(0, 3, "", "", "")])])], 1);
    assert_eq!(figure(&found).interval, None);
}
