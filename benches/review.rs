//! Comparing large sets: `cargo bench --bench review`.
//!
//! Budgets: two sets of 100,000 claims are compared within a second, and twice as many claims cost less than 2.3× as much.

mod common;

use std::sync::Arc;
use std::time::Duration;

use vouch::annotation::{AnnotationSet, Assessment, Claim, Id, IdKind, Index, Scales, Source, Voice};
use vouch::document::{ByteSpan, Text};
use vouch::review::agreement::{Coder, Document, agreement};
use vouch::review::{Alignment, Places, Side, align};

const CLAIMS: usize = 100_000;
const TWICE: f64 = 2.3;

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

/// So many claims, each with a kind, one of 200 sources, and every second one judged, where `place` puts them.
fn work(claims: usize, salt: u64, place: impl Fn(usize) -> (usize, usize)) -> Work {
    let (mut set, mut places) = (AnnotationSet::default(), Places::default());
    let source = |at: usize| Id::new(&format!("s-{at:03}"));
    for at in 0..200 {
        set.sources.insert(source(at), Arc::new(Source { name: format!("Speaker {at}"), ..Source::default() }));
    }
    for at in 0..claims {
        let random = (at as u64 + salt).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let id = Id::from_random(IdKind::Claim, random);
        let by = vec![source((at / 7 + usize::from(random.is_multiple_of(9))) % 200)];
        let kind =
            ["event", "opinion", "statistic", "commitment"].get((at + usize::from(random.is_multiple_of(11))) % 4);
        let claim = Claim {
            kind: kind.map(|kind| (*kind).to_owned()),
            said: Some(vec![Voice { by, ..Voice::default() }]),
            ..Claim::default()
        };
        set.claims.insert(id.clone(), Arc::new(claim));
        if at % 2 == 0 {
            let judged = Assessment {
                on: Some(id.clone()),
                axis: "credibility".to_owned(),
                scale: "admiralty".to_owned(),
                term: Some((1 + random % 6).to_string()),
                ..Assessment::default()
            };
            set.assessments.insert(Id::from_random(IdKind::Assessment, random), Arc::new(judged));
        }
        let (start, end) = place(at);
        places.claims.insert(id, vec![ByteSpan::new(start, end)]);
    }
    Work { index: Index::of(&set), set, places }
}

/// Claims as a text has them: one after another, some within others, not quite alike on both sides.
fn ordinary(claims: usize, salt: u64) -> Work {
    work(claims, salt, |at| {
        let random = ((at as u64 + salt).wrapping_mul(0xd134_2543_de82_ef95) >> 33) as usize;
        let start = at * 60 + random % 9;
        let length = if random.is_multiple_of(10) { 300 } else { 30 + random % 40 };
        (start, start + length)
    })
}

fn both(left: &Work, right: &Work) -> Alignment {
    align(left.side(), right.side())
}

fn main() {
    let [half, whole] = [CLAIMS / 2, CLAIMS].map(|claims| (ordinary(claims, 0), ordinary(claims, 5_000_000)));
    let found = both(&whole.0, &whole.1);
    println!("  {} of both, {} alike, {} approximate", found.both(), found.agreed(), found.approximate);
    let what = "compare 100,000 with 100,000 claims";
    common::ratio(what, 5, TWICE, ("50,000", || both(&half.0, &half.1)), || both(&whole.0, &whole.1));
    common::time("the same", common::shortest(3, || both(&whole.0, &whole.1)), Duration::from_secs(1));

    let text =
        |claims: usize| Text::new("Ten words of a text that says nothing at all. ".repeat(claims * 60 / 46 + 10));
    let texts = [text(CLAIMS / 2), text(CLAIMS)];
    let figures = |text: &Text, (a, b): &(Work, Work)| {
        let coders = [a, b].into_iter().enumerate().map(|(annotator, work)| Coder { annotator, side: work.side() });
        let paragraphs: Vec<ByteSpan> =
            (0..text.len() / 460).map(|at| ByteSpan::new(at * 460, at * 460 + 460)).collect();
        let document = Document { text, paragraphs: &paragraphs, coders: coders.collect() };
        agreement(&[(0, 1)], &[document], Scales::built_in(), 1)
    };
    let [half_text, whole_text] = &texts;
    let what = "all figures of them, with intervals, on 6 MB";
    common::ratio(what, 3, TWICE, ("50,000", || figures(half_text, &half)), || figures(whole_text, &whole));

    // No text is annotated so: every claim overlaps every other one.
    let heap = |claims: usize, salt: u64| work(claims, salt, move |at| (at, 2 * claims - at % 97));
    let [half, whole] = [CLAIMS / 2, CLAIMS].map(|claims| (heap(claims, 0), heap(claims, 5_000_000)));
    println!("  {} approximate", both(&whole.0, &whole.1).approximate);
    common::ratio("100,000 on one heap", 2, TWICE, ("50,000", || both(&half.0, &half.1)), || both(&whole.0, &whole.1));
}
