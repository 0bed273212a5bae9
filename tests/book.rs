//! Holds `app/book.rs` and `app/logic/book.rs`: the codebook changed at the desk, written, taken back, and its kinds
//! renamed over all sets.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use common::Story;
use vouch::annotation::{ClaimField, Codebook, CodedWord, Recode};
use vouch::app::action::Action;
use vouch::app::book::{BookSave, MeantAsked, RecodeAsked};
use vouch::app::command::Command;
use vouch::app::model::{Dialog, Model};
use vouch::app::release::Release;
use vouch::collection::{Meant, reach};
use vouch::files::{Disk, Files, Places};
use vouch::reading::Reading;
use vouch::sidecar::recoding::Recoding;

/// A folder with two releases, the first one open, each with a claim of the kind rule.
fn story() -> Story {
    let mut story = Story::new();
    story.write("a.txt", "Applicants must be over 18.\n");
    story.write("b.txt", "The fee is waived for members.\n");
    for (name, words) in [("b.txt", "waived for members"), ("a.txt", "must be over 18")] {
        story.open(name);
        story.mark(words);
        story.act(Action::SetField { field: ClaimField::Kind(Some("rule".to_owned())), typing: false });
        story.saved();
    }
    story.open("b.txt");
    story.run(Command::CloseRelease);
    story.wait("the codebook", |model| model.book.read_only.is_none() && model.folder.path.is_some());
    let path = story.path("b.txt.anna.vouch.ron");
    story.wait("the sidecar", |_| fs::read_to_string(&path).is_ok_and(|text| text.contains("\"rule\"")));
    story
}

/// Changes the codebook as the editor does.
fn change(story: &mut Story, label: &str, typing: bool, change: impl FnOnce(&mut Codebook)) {
    let mut codebook = (*story.desk.model.codebook).clone();
    change(&mut codebook);
    story.act(Action::EditCodebook { label: label.to_owned(), codebook: Box::new(codebook), typing });
}

fn written(story: &mut Story) -> Codebook {
    story.wait("the codebook's file", |model| model.book.save == BookSave::Clean && model.book.path.is_some());
    let bytes = fs::read(story.path("codebook.ron")).expect("a codebook");
    Codebook::parse(&bytes).expect("reads").0
}

fn kind(release: &Release) -> Option<String> {
    release.set().claims.values().next().and_then(|claim| claim.kind.clone())
}

fn ask(story: &mut Story, to: Option<&str>, meant: MeantAsked) -> usize {
    let recode = Recode { what: CodedWord::Kind, from: "rule".to_owned(), to: to.map(str::to_owned) };
    story.act(Action::LookRecode(Box::new(RecodeAsked { recode: recode.clone(), meant })));
    story.wait("what it reaches", move |model| model.book.reach.as_ref().is_some_and(|(of, _)| of.recode == recode));
    let reach = story.desk.model.book.reach.as_ref().and_then(|(_, reach)| reach.as_ref().ok()).expect("a reach");
    reach.claims()
}

fn is_idle(model: &Model) -> bool {
    !model.book.is_recoding
}

#[test]
fn a_change_is_in_force_at_once_written_soon_and_taken_back() {
    let mut story = story();
    for label in ["l", "la", "law"] {
        change(&mut story, "change kind", true, |codebook| label.clone_into(&mut codebook.kinds[6].label));
    }
    assert_eq!(story.desk.model.codebook.kinds[6].label, "law");
    assert_eq!(written(&mut story).kinds[6].label, "law");
    change(&mut story, "add kind", false, |codebook| {
        let kind = codebook.new_kind();
        codebook.kinds.push(kind);
    });
    assert_eq!(written(&mut story).kinds.len(), 10);
    // It is what was done last, so it is what Undo means; a burst of typing is one step.
    story.run(Command::Undo);
    story.run(Command::Undo);
    assert_eq!(story.toast(), "Undone: change kind");
    assert_eq!(written(&mut story), *Codebook::built_in());
    story.run(Command::Redo);
    assert_eq!(story.desk.model.codebook.kinds[6].label, "law");
    // After work in a release, Undo means that again, unless the editor is open.
    story.act(Action::SelectClaims { claims: vec![claim(&story)], reveal: false });
    story.act(Action::SetField { field: ClaimField::Note(Some("n".to_owned())), typing: false });
    story.run(Command::Undo);
    assert_eq!((story.toast(), story.desk.model.codebook.kinds[6].label.as_str()), ("Undone: set note", "law"));
    story.act(Action::Show(Dialog::Codebook));
    story.run(Command::Undo);
    assert_eq!(story.desk.model.codebook.kinds[6].label, "rule");
}

fn claim(story: &Story) -> vouch::app::action::ClaimRef {
    let id = story.current().set().claims.keys().next().expect("a claim").clone();
    vouch::app::action::ClaimRef::mine(id)
}

#[test]
fn what_a_colleague_writes_into_the_codebook_comes_in() {
    let mut story = story();
    change(&mut story, "change kind", false, |codebook| codebook.kinds[0].label = "figure".to_owned());
    let mut theirs = written(&mut story);
    theirs.kinds[1].label = "happening".to_owned();
    story.write("codebook.ron", &theirs.print());
    story.wait("theirs", |model| model.codebook.kinds[1].label == "happening");
    change(&mut story, "change kind", false, |codebook| codebook.kinds[2].label = "forecast".to_owned());
    let labels: Vec<_> = written(&mut story).kinds.into_iter().take(3).map(|kind| kind.label).collect();
    assert_eq!(labels, ["figure", "happening", "forecast"]);
}

#[test]
fn a_codebook_of_a_later_version_is_shown_and_not_changed() {
    let mut story = Story::new();
    story.write("a.txt", "Text.\n");
    let later = "(version: (2, 0), kinds: [(key: \"threat\")], orbit: Far)";
    story.write("codebook.ron", later);
    story.open("a.txt");
    story.wait("the codebook", |model| model.codebook.kinds.len() == 1 && model.book.read_only.is_some());
    assert!(story.desk.model.banners.iter().any(|banner| banner.text.contains("later version of Vouch")));
    change(&mut story, "add kind", false, |codebook| codebook.kinds.clear());
    assert!(story.toast().starts_with("The codebook cannot be changed here: made for a later version"));
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(fs::read_to_string(story.path("codebook.ron")).unwrap(), later);
}

#[test]
fn a_kind_is_renamed_in_open_and_closed_releases_as_one_step() {
    let mut story = story();
    assert_eq!(ask(&mut story, Some("law"), MeantAsked::All), 2);
    story.act(Action::Recode);
    story.wait("the renaming", is_idle);
    assert_eq!(story.toast(), "rename kind rule to law: 2 claims in 2 releases");
    assert_eq!(kind(story.current()).as_deref(), Some("law"));
    assert_eq!(written(&mut story).kinds[6].key, "law");
    assert!(fs::read_to_string(story.path("b.txt.anna.vouch.ron")).unwrap().contains("kind: \"law\""));
    let intents = story.folder.path().join("home/state/recodings");
    let left = move || {
        let entries = fs::read_dir(&intents).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".json")).count()
    };
    story.wait("the end", |_| left() == 0);
    story.run(Command::Undo);
    story.wait("the undoing", is_idle);
    assert_eq!(story.toast(), "Undone: rename kind rule to law: 2 claims in 2 releases");
    assert_eq!(kind(story.current()).as_deref(), Some("rule"));
    assert_eq!(written(&mut story).kinds[6].key, "rule");
    assert!(fs::read_to_string(story.path("b.txt.anna.vouch.ron")).unwrap().contains("kind: \"rule\""));
    story.run(Command::Redo);
    story.wait("the redoing", is_idle);
    assert_eq!(kind(story.current()).as_deref(), Some("law"));
}

#[test]
fn kinds_are_merged_split_and_taken_away() {
    let mut story = story();
    let query = MeantAsked::Found("text:members".to_owned());
    assert_eq!(ask(&mut story, Some("privilege"), query), 1);
    story.act(Action::Recode);
    story.wait("the split", is_idle);
    let keys: Vec<_> = story.desk.model.codebook.kinds.iter().map(|kind| kind.key.clone()).collect();
    assert_eq!(keys[6..8], ["rule", "privilege"]);
    assert!(fs::read_to_string(story.path("b.txt.anna.vouch.ron")).unwrap().contains("\"privilege\""));
    assert_eq!(kind(story.current()).as_deref(), Some("rule"));
    assert_eq!(ask(&mut story, Some("event"), MeantAsked::All), 1);
    story.act(Action::Recode);
    story.wait("the merge", is_idle);
    assert_eq!(kind(story.current()).as_deref(), Some("event"));
    assert!(story.desk.model.codebook.kind("rule").is_none());
    story.run(Command::Undo);
    story.wait("the undoing", is_idle);
    assert_eq!(kind(story.current()).as_deref(), Some("rule"));
    assert_eq!(ask(&mut story, None, MeantAsked::All), 1);
    story.act(Action::Recode);
    story.wait("the deletion", is_idle);
    assert_eq!((kind(story.current()), story.desk.model.codebook.kind("rule")), (None, None));
}

#[test]
fn what_was_cut_short_is_finished_before_anything_is_opened() {
    let story = story();
    let files: Arc<dyn Files> = Arc::new(Disk);
    let places = Places::under(&story.folder.path().join("home").join("anna"));
    let sidecar = story.path("a.txt.anna.vouch.ron");
    let cut_short = |from: &str, to: &str| {
        let recode = Recode { what: CodedWord::Kind, from: from.to_owned(), to: Some(to.to_owned()) };
        let whose = ("anna", Codebook::built_in());
        let asked = (&recode, &Meant::All);
        let found =
            reach(&Disk, &Reading::here(), &story.path(""), whose, asked, &BTreeMap::new(), &|_, _| true).unwrap();
        let made = "2026-11-24T12:00:00Z".to_owned();
        let recoding = Recoding { label: "rename".to_owned(), made, sidecars: found.mine, codebook: None };
        let open = BTreeSet::from([sidecar.clone()]);
        drop(recoding.apply(&files, &places, &open, jiff::Timestamp::now()).unwrap());
        assert!(!fs::read_to_string(&sidecar).unwrap().contains(to), "the window's part is not done");
    };
    cut_short("rule", "law");
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_vouch"))
        .args(["text", "docs/a.txt"])
        .current_dir(story.folder.path())
        .env("VOUCH_HOME", story.folder.path().join("home").join("anna"))
        .output()
        .unwrap();
    assert!(command.status.success());
    assert!(fs::read_to_string(&sidecar).unwrap().contains("\"law\""), "by any command");
    cut_short("law", "canon");
    let _story = story.restart();
    assert!(fs::read_to_string(&sidecar).unwrap().contains("\"canon\""), "by the window");
}
