//! Two sets side by side at the desk, and what is decided about their differences.

mod common;

use std::fs;

use common::Story;
use vouch::annotation::Id;
use vouch::app::action::Action;
use vouch::app::command::Command;
use vouch::app::settling::{Filter, SideBySide};
use vouch::document::ByteSpan;
use vouch::review::{Facet, Verdict};

const TEXT: &str = "Harbour reopens\n\nThe port of Lindholm said on Tuesday that ferries will sail again by May. \
                    \"We are ready,\" said Maja Berg, its director.\n\nThe cost is 12 million crowns.\n";

fn mark(story: &mut Story, words: &str, kind: &str) -> Id {
    let id = story.mark(words);
    story.act(Action::EndStrip);
    story.act(Action::KindIs(Some(kind.to_owned())));
    id
}

/// Mart marked three claims, Liis one, and Anna, who is at the desk, three: one as Mart, one otherwise, one alone.
fn story() -> Story {
    let mut mart = Story::of("mart", "Mart Kask");
    mart.write("port.txt", TEXT);
    mart.open("port.txt");
    mark(&mut mart, "ferries will sail again by May", "commitment");
    mark(&mut mart, "We are ready", "opinion");
    mark(&mut mart, "12 million crowns", "statistic");
    mart.saved();
    let mut liis = mart.for_another("liis", "Liis Rebane");
    liis.open("port.txt");
    mark(&mut liis, "ferries will sail again by May", "event");
    liis.saved();
    let mut anna = liis.for_another("anna", "Anna Tamm");
    anna.open("port.txt");
    mark(&mut anna, "ferries will sail again by May", "prediction");
    mark(&mut anna, "We are ready", "opinion");
    mark(&mut anna, "Maja Berg", "other");
    anna.saved();
    anna
}

fn compare(story: &mut Story, mine: Option<&str>, theirs: Option<&str>) {
    let side = |handle: Option<&str>| handle.map(str::to_owned);
    story.act(Action::Compare { mine: side(mine), theirs: side(theirs) });
    story.wait("the comparison", |model| {
        let made = model.comparison().is_some_and(|comparing| comparing.made.is_some());
        made && model.current().is_some_and(|release| release.agreed.is_some())
    });
}

fn comparing(story: &Story) -> &SideBySide {
    story.current().comparison.as_deref().expect("a comparison")
}

fn progress(story: &Story) -> (usize, usize) {
    story.current().decided().progress(&comparing(story).made.as_ref().expect("made").alignment)
}

/// The settled claims: words and kind.
fn agreed(story: &Story) -> Vec<String> {
    let claims = &story.current().agreed.as_ref().expect("the agreed set").work.set().claims;
    let words = claims
        .values()
        .map(|claim| format!("{} {}", claim.anchor.quote_line(), claim.kind.clone().unwrap_or_default()));
    let mut words: Vec<String> = words.collect();
    words.sort();
    words
}

fn verdicts(story: &Story) -> Vec<Verdict> {
    story.current().listed().into_iter().filter_map(|at| Some(comparing(story).pair(at)?.verdict)).collect()
}

#[test]
fn differences_are_listed_filtered_and_gone_through_and_leaving_puts_everything_back() {
    let mut story = story();
    story.act(Action::SelectText(story.span("Tuesday")));
    story.act(Action::ReaderMoved { selection: story.span("Tuesday"), caret: story.span("Tuesday").end });
    let selected = story.current().selected.clone();
    compare(&mut story, None, Some("mart"));
    assert_eq!(verdicts(&story), [Verdict::Differ, Verdict::OnlyMine, Verdict::OnlyTheirs]);
    let seen = |story: &Story| comparing(story).current().map(|pair| pair.verdict);
    assert_eq!(seen(&story), Some(Verdict::Differ));
    for expected in [Verdict::OnlyMine, Verdict::OnlyTheirs, Verdict::Differ] {
        story.run(Command::NextDifference);
        assert_eq!(seen(&story), Some(expected));
    }
    story.run(Command::PreviousDifference);
    assert_eq!(seen(&story), Some(Verdict::OnlyTheirs));
    story.act(Action::FilterDifferences(Filter { facet: Some(Facet::Kind), ..Filter::default() }));
    assert_eq!(verdicts(&story), [Verdict::Differ]);
    story.act(Action::FilterDifferences(Filter { kind: Some("statistic".to_owned()), ..Filter::default() }));
    assert_eq!(verdicts(&story), [Verdict::OnlyTheirs]);
    let span: ByteSpan = story.span("Tuesday");
    story.act(Action::LeaveCompare);
    let release = story.current();
    assert!(release.comparison.is_none());
    assert_eq!((release.selection, &release.selected), (span, &selected));
}

#[test]
fn decisions_go_into_the_agreed_set_alone_are_undone_one_by_one_and_are_there_tomorrow() {
    let mut story = story();
    let sidecar = |story: &Story, handle: &str| story.path(&format!("port.txt.{handle}.vouch.ron"));
    let others: Vec<Vec<u8>> =
        ["anna", "mart", "liis"].iter().map(|who| fs::read(sidecar(&story, who)).expect("read")).collect();
    compare(&mut story, None, Some("mart"));
    story.run(Command::TakeAgreed);
    assert_eq!(agreed(&story), ["We are ready opinion"]);
    assert_eq!(progress(&story), (0, 3));
    story.run(Command::TakeTheirs);
    story.run(Command::NextDifference);
    story.run(Command::TakeTheirs);
    story.run(Command::NextDifference);
    story.run(Command::TakeTheirs);
    let all = ["12 million crowns statistic", "We are ready opinion", "ferries will sail again by May commitment"];
    assert_eq!((agreed(&story), progress(&story)), (all.map(str::to_owned).to_vec(), (3, 3)));
    story.run(Command::Undo);
    assert_eq!(progress(&story), (2, 3));
    story.run(Command::Redo);
    story.act(Action::DecideWhy("it is in the budget".to_owned()));
    story.act(Action::LeaveCompare);

    let mut story = story.restart();
    story.open("port.txt");
    compare(&mut story, None, Some("mart"));
    assert_eq!((agreed(&story), progress(&story)), (all.map(str::to_owned).to_vec(), (3, 3)));
    let file = fs::read_to_string(sidecar(&story, "agreed")).expect("written");
    assert!(file.contains("it is in the budget") && file.contains("decided-by") && file.contains("left-out"), "{file}");
    story.run(Command::NextDifference);
    story.run(Command::TakeMine);
    assert!(agreed(&story).iter().any(|words| words.starts_with("Maja Berg")), "what was left out is taken after all");
    for (who, bytes) in ["anna", "mart", "liis"].iter().zip(others) {
        assert_eq!(fs::read(sidecar(&story, who)).expect("read"), bytes, "{who}'s set is as it was");
    }
}

#[test]
fn a_third_annotator_comes_in_later_and_a_new_decision_takes_the_place_of_the_old_one() {
    let mut story = story();
    compare(&mut story, None, Some("mart"));
    story.run(Command::TakeMine);
    assert_eq!(agreed(&story), ["ferries will sail again by May prediction"]);
    compare(&mut story, Some("mart"), Some("liis"));
    assert_eq!(story.current().listed().len(), 3);
    assert_eq!(progress(&story), (0, 3));
    story.run(Command::TakeTheirs);
    assert_eq!((agreed(&story), progress(&story)), (vec!["ferries will sail again by May event".to_owned()], (1, 3)));
    compare(&mut story, None, Some("mart"));
    assert_eq!(progress(&story).0, 1, "what was settled since is settled for the first two as well");
    story.run(Command::TakeBoth);
    assert_eq!(agreed(&story).len(), 2);
}
