//! Decisions on pairs of claims, the edit that makes one, and what of it is read back from the settled set.

use vouch::annotation::{
    Anchor, AnnotationSet, Assessment, Claim, Draft, Edit, Id, Index, Mention, Source, Stamp, Voice, Work, named_value,
};
use vouch::document::{ByteSpan, Text};
use vouch::review::{
    Alignment, DECIDED_BY, Decided, Decider, Decision, LEFT_OUT, Original, Pair, Places, Settling, Side, Verdict, align,
};

const TEXT: &str = "The port said ferries sail in May. The cost is 12 million.";
const NOW: &str = "2026-11-24T12:00:00Z";

fn stamp(random: u64) -> Stamp {
    Stamp { now: NOW.to_owned(), session: NOW.to_owned(), random }
}

fn anchor(words: &str) -> Anchor {
    let start = TEXT.find(words).expect("words");
    Anchor::new(&Text::new(TEXT), &[ByteSpan { start, end: start + words.len() }]).expect("an anchor")
}

/// A set of claims: id, words, kind. The first is said by the port, in whose mention and source all are alike.
fn set(claims: &[(&str, &str, &str)]) -> AnnotationSet {
    let mut work = Work::default();
    let mut draft = work.draft(stamp(1));
    let (source, mention) = (Id::new("s-port"), Id::new("m-port"));
    draft.keep(&source, Source { name: "The port".to_owned(), ..Source::default() });
    draft.keep(&mention, Mention { anchor: anchor("The port"), source: Some(source), ..Mention::default() });
    for (number, (id, words, kind)) in claims.iter().enumerate() {
        let said = (number == 0).then(|| vec![Voice { by: vec![mention.clone()], ..Voice::default() }]);
        let claim = Claim { anchor: anchor(words), kind: Some((*kind).to_owned()), said, ..Claim::default() };
        draft.keep(&Id::new(id), claim);
    }
    if let Some((id, ..)) = claims.first() {
        let judged = Assessment {
            on: Some(Id::new(id)),
            axis: "credibility".to_owned(),
            scale: "admiralty".to_owned(),
            term: Some("2".to_owned()),
            ..Assessment::default()
        };
        draft.keep(&Id::new("a-1"), judged);
    }
    let edit = draft.finish();
    work.act(edit).expect("a set");
    work.set().clone()
}

struct Table {
    mine: AnnotationSet,
    theirs: AnnotationSet,
    agreed: Work,
    random: u64,
}

impl Table {
    fn alignment(&self) -> Alignment {
        let text = Text::new(TEXT);
        let (m, t) = (Index::of(&self.mine), Index::of(&self.theirs));
        let (mp, _) = Places::find(&text, true, &self.mine);
        let (tp, _) = Places::find(&text, true, &self.theirs);
        align(Side { set: &self.mine, index: &m, places: &mp }, Side { set: &self.theirs, index: &t, places: &tp })
    }

    fn settle(&mut self, act: impl FnOnce(&mut Settling, &Original, &Original)) {
        let today = |_: &vouch::annotation::AnchorId, anchor: &Anchor| Some(anchor.clone());
        let (m, t) = (Index::of(&self.mine), Index::of(&self.theirs));
        let mine = Original { set: &self.mine, index: &m, today: &today };
        let theirs = Original { set: &self.theirs, index: &t, today: &today };
        self.random += 1000;
        let now = NOW.to_owned();
        let decided = Decided::of(self.agreed.set());
        let mut draft: Draft = self.agreed.draft(stamp(self.random));
        let decider = Decider { by: "liis", now: &now };
        let agreed = self.agreed.set();
        act(&mut Settling { draft: &mut draft, agreed, decided: &decided, decider }, &mine, &theirs);
        let edit: Edit = draft.finish();
        self.agreed.act(edit).expect("applied");
    }

    fn decide(&mut self, pair: &Pair, decision: Decision) {
        self.settle(|settling, mine, theirs| settling.decide(pair, decision, mine, theirs).expect("placed"));
        assert_eq!(Decided::of(self.agreed.set()).on(pair), Some(decision));
    }

    fn kinds(&self) -> Vec<&str> {
        self.agreed.set().claims.values().filter_map(|claim| claim.kind.as_deref()).collect()
    }
}

fn table(mine: &[(&str, &str, &str)], theirs: &[(&str, &str, &str)]) -> Table {
    Table { mine: set(mine), theirs: set(theirs), agreed: Work::default(), random: 7 }
}

#[test]
fn a_decision_brings_claim_voices_and_judgements_along_names_both_and_gives_way_to_the_next() {
    let mut table = table(&[("c-m", "ferries sail", "event")], &[("c-t", "ferries sail", "prediction")]);
    let pair = table.alignment().pairs[0].clone();
    assert_eq!((pair.verdict, Decided::default().on(&pair)), (Verdict::Differ, None));
    table.decide(&pair, Decision::Mine);
    let agreed = table.agreed.set();
    let (id, claim) = agreed.claims.iter().next().expect("a claim");
    assert_eq!(claim.from, [Id::new("c-m"), Id::new("c-t")]);
    assert_eq!(named_value(&claim.fields, DECIDED_BY).map(String::as_str), Some("liis"));
    assert_eq!(claim.created.as_deref(), Some(NOW));
    assert!(agreed.mentions.contains_key(&Id::new("m-port")) && agreed.sources.contains_key(&Id::new("s-port")));
    let judged: Vec<_> =
        agreed.assessments.values().map(|judged| (judged.on.as_ref(), judged.term.as_deref())).collect();
    assert_eq!(judged, [(Some(id), Some("2"))]);
    let id = id.clone();

    table.decide(&pair, Decision::Theirs);
    let agreed = table.agreed.set();
    assert_eq!(agreed.claims.keys().collect::<Vec<_>>(), [&id], "the same settled claim, with what theirs says");
    assert_eq!((table.kinds(), agreed.assessments.len()), (vec!["prediction"], 1));

    table.decide(&pair, Decision::Both);
    assert_eq!((table.agreed.set().claims.len(), table.agreed.set().assessments.len()), (2, 2));
    table.decide(&pair, Decision::Mine);
    assert_eq!(table.kinds(), ["event"]);
    for _ in 0..4 {
        table.agreed.undo().expect("undone");
    }
    assert!(table.agreed.set().is_empty());
}

#[test]
fn what_only_one_marked_is_taken_or_left_out_and_counts_as_decided_either_way() {
    let mut table = table(&[("c-m", "ferries sail", "event"), ("c-n", "12 million", "statistic")], &[]);
    let alignment = table.alignment();
    let (first, second) = (&alignment.pairs[0], &alignment.pairs[1]);
    table.decide(first, Decision::Theirs);
    let refusal = table.agreed.set().dismissed.values().next().expect("noted");
    assert_eq!((refusal.what.as_str(), refusal.by.as_deref()), (LEFT_OUT, Some("liis")));
    assert!(table.agreed.set().claims.is_empty());
    assert_eq!(Decided::of(table.agreed.set()).progress(&alignment), (1, 2));
    table.decide(second, Decision::Mine);
    table.decide(first, Decision::Mine);
    assert!(table.agreed.set().dismissed.is_empty());
    assert_eq!((table.agreed.set().claims.len(), Decided::of(table.agreed.set()).progress(&alignment)), (2, (2, 2)));
}

#[test]
fn what_was_decided_with_one_annotator_holds_when_a_third_agrees_with_either() {
    let mut first = table(&[("c-a", "ferries sail", "event")], &[("c-b", "ferries sail", "prediction")]);
    let pair = first.alignment().pairs[0].clone();
    first.decide(&pair, Decision::Theirs);
    let mut second = Table { theirs: set(&[("c-c", "ferries sail", "event")]), ..first };
    let alignment = second.alignment();
    assert_eq!(alignment.pairs[0].verdict, Verdict::Agree);
    second.settle(|settling, mine, _| assert_eq!(settling.take_agreed(&alignment, mine), 1));
    assert_eq!(second.kinds(), ["prediction"], "the decision is not overruled by two who agree");
    let claim = second.agreed.set().claims.values().next().expect("a claim");
    assert_eq!(claim.from, ["c-b", "c-a", "c-c"].map(Id::new));
    assert!(Decided::of(second.agreed.set()).on(&alignment.pairs[0]).is_some());
}
