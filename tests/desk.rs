//! The desk without a window: what actions and files do to the model.

mod common;

use std::fs;

use common::Story;
use vouch::annotation::{ClaimField, Id, NOT_SAME, Source, clashes};
use vouch::app::action::{
    Action, Attribution, ClaimRef, ExportOptions, ExportScope, RegisterEdit, Settling, Speaker, Target,
};
use vouch::app::command::Command;
use vouch::app::model::Dialog;
use vouch::app::release::SaveState;
use vouch::app::shelf::Asked;
use vouch::document::{ByteSpan, ReadOptions};
use vouch::review::versions::{SET_ASIDE, State, Take, waiting};

const TEXT: &str = "Harbour reopens\n\nThe port of Lindholm said on Tuesday that ferries will sail again by May. \
                    \"We are ready,\" said Maja Berg, its director.\n\nThe cost is 12 million crowns.\n";

/// A folder with one release.
fn story() -> Story {
    let story = Story::new();
    story.write("port.txt", TEXT);
    story
}

fn sidecar(story: &Story) -> String {
    fs::read_to_string(story.path("port.txt.anna.vouch.ron")).unwrap_or_default()
}

#[test]
fn a_claim_is_marked_attributed_judged_saved_and_there_again() {
    let mut story = story();
    story.open("port.txt");
    let claim = story.mark("ferries will sail again by May");
    story.act(Action::Attribute(Attribution {
        speaker: Speaker::New(Box::new(Source { name: "Port of Lindholm".to_owned(), ..Source::default() })),
        mention: Some(story.span("The port of Lindholm")),
        cue: Some(story.span("said on")),
        kind: Some("commitment".to_owned()),
        style: Some("indirect".to_owned()),
        terms: vec![("credibility".to_owned(), "2".to_owned())],
        outermost: false,
    }));
    story.saved();
    let file = sidecar(&story);
    for part in ["ferries will sail again by May", "Port of Lindholm", "said on", "commitment", "term: \"2\""] {
        assert!(file.contains(part), "{part} in {file}");
    }

    let mut again = story.restart();
    again.open("port.txt");
    let release = again.current();
    let item = release.claim(&ClaimRef::mine(claim.clone())).expect("the claim");
    assert_eq!(item.anchor.quote, ["ferries will sail again by May"]);
    assert_eq!(release.set().chain(item), [["Port of Lindholm"]]);
    let (_, assessment) = release.assessment(&ClaimRef::mine(claim), "credibility").expect("judged");
    assert_eq!(assessment.term.as_deref(), Some("2"));
}

#[test]
fn a_selected_claim_is_copied_as_a_sentence_with_its_note_and_selected_words_as_a_quotation() {
    let mut story = story();
    story.open("port.txt");
    let claim = story.mark("ferries will sail again by May");
    story.act(Action::Attribute(Attribution {
        speaker: Speaker::New(Box::new(Source { name: "Port of Lindholm".to_owned(), ..Source::default() })),
        mention: Some(story.span("The port of Lindholm")),
        cue: Some(story.span("said")),
        kind: Some("commitment".to_owned()),
        style: Some("indirect".to_owned()),
        terms: vec![("credibility".to_owned(), "2".to_owned())],
        outermost: false,
    }));
    story.act(Action::SelectClaims { claims: vec![ClaimRef::mine(claim)], reveal: false });
    story.run(Command::CopyQuotation);
    assert_eq!(
        story.desk.to_clipboard.take().expect("copied"),
        "Port of Lindholm, according to the release, said: “ferries will sail again by May”. [1]\n\n[1] “Harbour reopens”, \
         ¶ 2. In the release’s words. Information credibility: 2 probably true (Admiralty). Marked by anna.\n"
    );
    story.act(Action::SelectText(story.span("12 million")));
    story.run(Command::CopyQuotation);
    assert_eq!(story.desk.to_clipboard.take().expect("copied"), "“12 million” (“Harbour reopens”, ¶ 3)");
}

#[test]
fn undo_reaches_back_over_a_restart() {
    let mut story = story();
    story.open("port.txt");
    let claim = story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.saved();
    let mut again = story.restart();
    again.open("port.txt");
    again.run(Command::Undo);
    assert!(again.current().claim(&ClaimRef::mine(claim.clone())).is_none());
    again.run(Command::Redo);
    assert!(again.current().claim(&ClaimRef::mine(claim)).is_some());
}

#[test]
fn digits_keys_and_fields_change_all_selected_claims() {
    let mut story = story();
    story.open("port.txt");
    let one = story.mark("ferries will sail again by May");
    story.act(Action::EndStrip);
    let two = story.mark("12 million crowns");
    story.act(Action::EndStrip);
    let both = vec![ClaimRef::mine(one.clone()), ClaimRef::mine(two.clone())];
    story.act(Action::SelectClaims { claims: both.clone(), reveal: false });
    story.run(Command::Term(3));
    story.run(Command::Reliability(2));
    story.run(Command::Kind);
    story.act(Action::KindIs(Some("statistic".to_owned())));
    for claim in &both {
        let release = story.current();
        assert_eq!(release.assessment(claim, "credibility").expect("judged").1.term.as_deref(), Some("3"));
        assert_eq!(release.assessment(claim, "reliability").expect("judged").1.term.as_deref(), Some("B"));
        assert_eq!(release.claim(claim).expect("there").kind.as_deref(), Some("statistic"));
    }
    story.run(Command::DeleteClaim);
    assert!(story.current().set().claims.is_empty());
    story.run(Command::Undo);
    assert_eq!(story.current().set().claims.len(), 2);
}

#[test]
fn ends_move_by_words_and_characters_and_keep_the_quote_true() {
    let mut story = story();
    story.open("port.txt");
    let claim = story.mark("sail again");
    story.act(Action::EndStrip);
    let quote =
        |story: &Story| story.current().claim(&ClaimRef::mine(claim.clone())).expect("there").anchor.quote.clone();
    for (command, expected) in [
        (Command::EndLater, "sail again by"),
        (Command::EndEarlier, "sail again"),
        (Command::StartEarlier, "will sail again"),
        (Command::StartLater, "sail again"),
        (Command::StartLaterByCharacter, "ail again"),
        (Command::EndEarlierByCharacter, "ail agai"),
    ] {
        story.run(command);
        assert_eq!(quote(&story), [expected], "{command:?}");
    }
}

#[test]
fn an_end_dragged_is_one_step_of_undo_and_snaps_as_a_selection_does() {
    let mut story = story();
    story.open("port.txt");
    let claim = story.mark("sail again");
    story.act(Action::EndStrip);
    let quote =
        |story: &Story| story.current().claim(&ClaimRef::mine(claim.clone())).expect("there").anchor.quote_line();
    let old = story.span("sail again");
    let drag = |story: &mut Story, end: usize| {
        let spans = vec![ByteSpan { start: old.start, end }];
        story.act(Action::Reshape { claim: claim.clone(), spans });
    };
    let mut settings = story.desk.model.settings.clone();
    settings.snap_words = false;
    story.act(Action::Settings(Box::new(settings.clone())));
    drag(&mut story, old.end + 4);
    assert_eq!(quote(&story), "sail again by", "the blank at the end is left out");
    settings.snap_words = true;
    story.act(Action::Settings(Box::new(settings)));
    drag(&mut story, old.end + 2);
    assert_eq!(quote(&story), "sail again by", "half a word is the whole one");
    story.run(Command::Undo);
    assert_eq!(quote(&story), "sail again");
}

#[test]
fn colleagues_are_layers_that_follow_their_files() {
    let mut story = story();
    story.open("port.txt");
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.saved();
    let theirs = sidecar(&story).replace("handle: \"anna\"", "handle: \"mart\"");
    story.write("port.txt.mart.vouch.ron", &theirs);
    story.wait("the layer", |model| model.current().is_some_and(|release| release.layers.len() == 1));
    let release = story.current();
    let layer = release.layer("mart").expect("a layer");
    assert_eq!((layer.alignment.both(), layer.alignment.agreed()), (1, 1));
}

#[test]
fn a_conflict_copy_is_offered_and_merged() {
    let mut story = story();
    story.open("port.txt");
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.saved();
    let only_first = sidecar(&story);
    story.mark("ferries will sail again by May");
    story.act(Action::EndStrip);
    story.saved();
    // The other machine knew nothing of the second claim.
    let copy = "port.txt.anna.vouch (conflicted copy 2024-05-01).ron";
    story.write(copy, &only_first);
    story.wait("the offer", |model| model.banners.iter().any(|banner| banner.text.contains("second version")));
    let banner = story.desk.model.banners.iter().find(|banner| banner.text.contains("second version")).expect("shown");
    let names: Vec<&str> = banner.offers.iter().map(|offer| offer.name.as_str()).collect();
    assert_eq!(names, ["Merge it", "Leave it"]);
    let merge = banner.offers[0].action.clone().expect("merges");
    assert!(story.path(copy).exists(), "nothing is done before it is asked for");
    story.act(merge);
    let path = story.path(copy);
    story.wait("the merge", |_| !path.exists());
    assert_eq!(story.current().set().claims.len(), 2);
}

#[test]
fn conflicts_of_a_merge_are_told_at_opening_and_settled_with_undo() {
    let mut story = story();
    story.open("port.txt");
    let claim = story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.act(Action::SetField { field: ClaimField::Note(Some("mine".to_owned())), typing: false });
    story.act(Action::Assess { axis: "credibility".to_owned(), term: Some("2".to_owned()) });
    story.saved();
    let judged = story.current().set().assessments.keys().next().cloned().expect("judged");
    let file = sidecar(&story);
    let conflicts = format!(
        "  conflicts: {{\n    \"x-1\": (on: \"{claim}\", field: \"note\", ours: \"\\\"mine\\\"\", theirs: \"\\\"theirs\\\"\"),\n    \
         \"x-2\": (on: \"{judged}\", field: \"scale\", theirs: \"\\\"own\\\"\"),\n    \
         \"x-3\": (on: \"{judged}\", field: \"term\", theirs: \"\\\"sure\\\"\"),\n    \
         \"x-4\": (on: \"{claim}\", theirs: \"()\"),\n  }},\n)\n"
    );
    let mut story = story.restart();
    story.write("port.txt.anna.vouch.ron", &format!("{}{conflicts}", file.strip_suffix(")\n").expect("the end")));
    story.open("port.txt");
    let told =
        |story: &Story| story.desk.model.banners.iter().any(|it| it.text.contains("4 conflicts of a merge wait"));
    assert!(told(&story), "{:?}", story.desk.model.banners);

    // What means something only together is one decision.
    let found = clashes(story.current().set());
    let groups: Vec<usize> = found.iter().map(|clash| clash.conflicts.len()).collect();
    let of =
        |id: &str| found.iter().find(|clash| clash.conflicts.contains(&Id::new(id))).expect("found").conflicts.clone();
    assert_eq!((groups.iter().sum::<usize>(), groups.len()), (4, 3));
    let note = |story: &Story| story.current().set().claims[&claim].note.clone();
    story.act(Action::SettleConflicts { conflicts: of("x-1"), how: Settling::Take });
    assert_eq!(note(&story).as_deref(), Some("theirs"));
    assert_eq!(story.current().set().conflicts.len(), 3);
    story.run(Command::Undo);
    assert_eq!(note(&story).as_deref(), Some("mine"));
    assert_eq!(story.current().set().conflicts.len(), 4);
    story.act(Action::SettleConflicts { conflicts: of("x-1"), how: Settling::Keep });
    assert_eq!(note(&story).as_deref(), Some("mine"));
    story.act(Action::SettleConflicts { conflicts: of("x-2"), how: Settling::Take });
    let assessment = story.current().set().assessments[&judged].clone();
    assert_eq!((assessment.scale.as_str(), assessment.term.as_deref()), ("own", Some("sure")));
    story.act(Action::SettleConflicts { conflicts: of("x-4"), how: Settling::Delete });
    assert!(story.current().set().claims.is_empty() && story.current().set().conflicts.is_empty());
    story.run(Command::Undo);
    assert_eq!(story.current().set().claims.len(), 1);
    story.saved();
    assert!(sidecar(&story).contains("x-4"), "what was undone waits again");
}

#[test]
fn a_wrong_codebook_says_what_holds_instead_until_it_is_mended() {
    let mut story = story();
    story.open("port.txt");
    let told = |model: &vouch::app::model::Model| model.banners.iter().any(|it| it.text.contains("built-in codebook"));
    story.write("codebook.ron", "(kinds: [(key: \"x\", oops");
    story.wait("the warning", told);
    assert_eq!(story.desk.model.banners.len(), 1);
    fs::remove_file(story.path("codebook.ron")).expect("removed");
    story.wait("the warning to go", move |model| !told(model));
}

#[test]
fn a_save_while_the_release_is_read_again_is_no_alarm() {
    let mut story = story();
    story.open("port.txt");
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.desk.actions.push(Action::ReadAgain(ReadOptions { encoding: Some("utf-8".to_owned()), whole: false }));
    story.run(Command::Save);
    assert_eq!(story.desk.model.banners, []);
    story.wait("the set again", |model| {
        model.current().is_some_and(|release| release.save == SaveState::Clean && release.set().claims.len() == 1)
    });
    story.mark("Maja Berg");
    story.saved();
}

#[test]
fn what_another_program_writes_into_my_sidecar_comes_in_and_nothing_goes() {
    let mut story = story();
    story.open("port.txt");
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.saved();
    let mut other = story.beside();
    other.open("port.txt");
    other.mark("ferries will sail again by May");
    other.act(Action::EndStrip);
    other.saved();
    story.wait("the other's claim", |model| model.current().is_some_and(|release| release.set().claims.len() == 2));
    story.mark("Maja Berg");
    story.act(Action::EndStrip);
    story.saved();
    other.wait("my third claim", |model| model.current().is_some_and(|release| release.set().claims.len() == 3));
}

#[test]
fn a_changed_text_moves_marks_and_says_so() {
    let mut story = story();
    story.open("port.txt");
    let claim = story.mark("ferries will sail again by May");
    story.act(Action::EndStrip);
    story.saved();
    story.write("port.txt", &TEXT.replace("Harbour reopens", "Correction: the harbour of Lindholm reopens"));
    story.wait("the new text", |model| {
        model.current().is_some_and(|release| release.document.text.as_str().starts_with("Correction"))
    });
    let spans = story.current().claim_spans(&ClaimRef::mine(claim));
    assert_eq!(spans, [story.span("ferries will sail again by May")]);
    assert!(story.desk.model.banners.iter().any(|banner| banner.text.contains("1 moved")));
    let before = sidecar(&story);
    assert!(!before.contains("Correction"), "nothing is written before it is accepted");
    story.act(Action::AcceptAllMoved);
    story.saved();
    assert!(story.current().placements.is_empty());
}

#[test]
fn pasted_text_becomes_a_file_and_is_opened() {
    let mut story = story();
    story.open("port.txt");
    let about = vouch::annotation::About { publisher: Some("City".to_owned()), ..Default::default() };
    story.act(Action::NewRelease { name: "notice.txt".to_owned(), text: "Water is off.\n".to_owned(), about });
    story.wait("the new release", |model| model.current().is_some_and(|release| release.document.name == "notice.txt"));
    assert_eq!(story.current().about().publisher.as_deref(), Some("City"));
    assert_eq!(fs::read_to_string(story.path("notice.txt")).expect("written"), "Water is off.\n");
}

#[test]
fn an_export_is_written_beside_and_never_over_a_release() {
    let mut story = story();
    story.open("port.txt");
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    let options =
        |scope| ExportOptions { format: "csv".to_owned(), scope, annotator: None, kinds: Vec::new(), history: false };
    let path = story.path("out.csv");
    story.act(Action::ExportTo { path: path.clone(), options: options(ExportScope::Release) });
    story.wait("the export", |_| path.exists());
    assert!(fs::read_to_string(&path).expect("written").contains("12 million crowns"));
    let release = story.current().path.clone();
    story.act(Action::ExportTo { path: release.clone(), options: options(ExportScope::Release) });
    story.wait("the refusal", |model| model.banners.iter().any(|banner| banner.text.contains("release itself")));
    assert_eq!(fs::read_to_string(release).expect("there"), TEXT);
}

#[test]
fn a_new_handle_adopts_my_old_set() {
    let mut story = story();
    story.open("port.txt");
    story.mark("12 million crowns");
    story.act(Action::EndStrip);
    story.saved();
    let mut settings = story.desk.model.settings.clone();
    settings.handle = "ann-t".to_owned();
    story.act(Action::Settings(Box::new(settings)));
    story.wait("the set under the new name", |model| {
        model
            .current()
            .is_some_and(|release| release.set().header.annotator.handle == "ann-t" && release.layers.is_empty())
    });
    assert_eq!(story.current().set().claims.len(), 1);
    story.saved();
    assert!(story.path("port.txt.ann-t.vouch.ron").exists() && !story.path("port.txt.anna.vouch.ron").exists());
}

#[test]
fn a_binary_or_missing_file_is_a_banner_that_says_what_to_do() {
    let mut story = story();
    story.write("scan.pdf", "%PDF-1.7\n\u{0}\u{1}\u{2}");
    story.act(Action::OpenPaths(vec![story.path("scan.pdf"), story.path("nowhere.txt")]));
    story.wait("two banners", |model| model.banners.len() == 2);
    assert!(story.desk.model.banners.iter().all(|banner| banner.is_error && !banner.text.is_empty()));
}

#[test]
fn search_goes_from_hit_to_hit_and_round() {
    let mut story = story();
    story.open("port.txt");
    story.act(Action::Find("a".to_owned()));
    let hits = story.current().find.hits.clone();
    assert!(hits.len() >= 3);
    for _ in 0..hits.len() {
        story.run(Command::FindNext);
    }
    assert_eq!(story.current().find.current, Some(0));
    story.act(Action::CloseFind);
    assert!(!story.current().has_hits());
}

#[test]
fn a_command_that_cannot_be_done_says_why() {
    let mut story = Story::new();
    story.run(Command::MarkClaim);
    assert_eq!(story.toast(), "Open a release first");
    story.write("port.txt", TEXT);
    story.open("port.txt");
    story.run(Command::Term(1));
    assert_eq!(story.toast(), "Select a claim first, yours or a colleague's");
    assert_eq!(story.desk.model.dialog, Dialog::None);
}

#[test]
fn what_is_not_saved_is_never_called_saved() {
    let mut story = story();
    story.open("port.txt");
    assert_eq!(story.current().save, SaveState::Clean);
    story.mark("12 million crowns");
    assert_eq!(story.current().save, SaveState::Saving);
    story.saved();
    assert!(matches!(story.current().save, SaveState::Saved(_)));
    assert_eq!(sidecar(&story).matches("12 million crowns").count(), 1);
}

#[test]
fn a_source_of_one_release_is_there_for_the_next() {
    let mut story = story();
    story.write("ferry.txt", "Ferry\n\nMaja Berg said that tickets cost less.\n");
    story.open("port.txt");
    story.wait("the register", |model| model.register.is_some());
    story.mark("ferries will sail again by May");
    story.act(Action::Attribute(Attribution {
        speaker: Speaker::New(Box::new(Source { name: "Maja Berg".to_owned(), ..Source::default() })),
        mention: None,
        cue: None,
        kind: None,
        style: None,
        terms: Vec::new(),
        outermost: false,
    }));
    story.saved();
    let register = story.path("sources.anna.vouch.ron");
    story.wait("the register on disk", |_| fs::read_to_string(&register).is_ok_and(|text| text.contains("Maja Berg")));
    let mut again = story.restart();
    again.open("ferry.txt");
    again.wait("the register", |model| model.register.is_some());
    let sources = &again.desk.model.register.as_ref().expect("read").work.set().sources;
    assert!(sources.values().any(|source| source.name == "Maja Berg"));
}

/// Only the speaker of a claim.
fn by(speaker: Speaker) -> Attribution {
    let (mention, cue, kind, style) = (None, None, None, None);
    Attribution { speaker, mention, cue, kind, style, terms: Vec::new(), outermost: false }
}

/// The sources of the folder as the dialog shows them, once they are worked out from the state of now.
fn source_list(story: &mut Story) -> std::sync::Arc<vouch::app::shelf::SourceList> {
    story.act(Action::Show(Dialog::Sources(None)));
    story.desk.logic(0.0);
    story.wait("the sources", |model| model.shelf.sources.made.is_some() && !model.shelf.sources.is_making);
    story.desk.model.shelf.sources.made.clone().unwrap()
}

#[test]
fn the_register_shows_joins_and_parts_sources_of_all_releases() {
    let mut story = Story::new();
    story.write("a.txt", "Jens Stoltenberg said it will rain.\n");
    story.write("b.txt", "Stoltenberg said it will snow.\n");
    for (file, name, words) in [("a.txt", "Jens Stoltenberg", "it will rain"), ("b.txt", "Stoltenberg", "it will snow")]
    {
        story.open(file);
        story.wait("the register", |model| model.register.is_some());
        story.mark(words);
        let source = Source { kind: Some("person".to_owned()), name: name.to_owned(), ..Source::default() };
        story.act(Action::Attribute(by(Speaker::New(Box::new(source)))));
    }
    story.wait("the shelf", |model| model.register.as_ref().is_some_and(|it| it.work.set().sources.len() == 2));
    let list = source_list(&mut story);
    assert_eq!(list.known.len(), 2);
    let [joining] = &list.joinings[..] else { panic!("{:?}", list.joinings) };
    assert_eq!((joining.matched.as_str(), joining.how), ("Stoltenberg", "is the last name"));
    let known = |id: &Id| {
        let known = list.known.iter().find(|known| known.id == *id).unwrap();
        (known.id.clone(), Box::new((*known.source).clone()))
    };
    let (other, principal) = (known(&joining.other), known(&joining.principal));
    story.act(Action::Register(RegisterEdit::Join { other: other.clone(), principal: principal.clone() }));
    let list = source_list(&mut story);
    let [jens] = &list.known[..] else { panic!("{:?}", list.known) };
    assert_eq!((jens.source.name.as_str(), jens.claims.len(), jens.releases()), ("Jens Stoltenberg", 2, 2));
    let said = |story: &Story| {
        let set = story.current().set();
        set.claims.values().map(|claim| set.chain(claim).concat()).collect::<Vec<_>>()
    };
    assert_eq!(said(&story), [["Jens Stoltenberg"]], "the shown release has the joined name at once");
    story.run(Command::Undo);
    assert_eq!(story.toast(), "Undone: join Stoltenberg with Jens Stoltenberg");
    story.run(Command::Redo);

    story.act(Action::Register(RegisterEdit::Undo));
    assert_eq!(source_list(&mut story).known.len(), 2, "un-joining is one undo");
    story.act(Action::Register(RegisterEdit::Decide {
        what: NOT_SAME,
        on: other.0.clone(),
        with: principal.0.clone(),
    }));
    assert_eq!(source_list(&mut story).joinings, [], "refused for ever");

    let judge = |term: &str| RegisterEdit::Judge {
        on: principal.clone(),
        term: Some(term.to_owned()),
        why: Some("three of three held".to_owned()),
    };
    story.act(Action::Register(judge("B")));
    let list = source_list(&mut story);
    let jens = list.known.iter().find(|known| known.id == principal.0).unwrap();
    assert_eq!(jens.reliability("anna").unwrap().assessment.term.as_deref(), Some("B"));

    // A place in the other release; then the register and all of this after a restart.
    let place = &jens.claims[0];
    let path = list.from.paths[place.release].clone();
    let target = Target::Claim { handle: place.handle.clone(), id: place.id.clone() };
    story.act(Action::GoTo(path.clone(), target.clone()));
    assert_eq!(story.current().path, path);
    assert_eq!(story.current().at_hand().map(|claim| claim.id.clone()), Some(place.id.clone()));
    story.saved();
    let mut story = story.restart();
    story.open("b.txt");
    story.wait("the register", |model| model.register.is_some());
    let list = source_list(&mut story);
    assert!(list.joinings.is_empty());
    story.act(Action::GoTo(path.clone(), target));
    story.wait("the other release", |model| model.current().is_some_and(|release| release.path == path));
    assert_eq!(story.current().at_hand().map(|claim| claim.id.clone()), Some(place.id.clone()));
}

/// The chain of the only claim, and how many mentions there are.
fn chain(story: &Story) -> (Vec<Vec<String>>, usize) {
    let set = story.current().set();
    let claim = set.claims.values().next().expect("a claim");
    (set.chain(claim), set.mentions.len())
}

/// Selects words and presses S.
fn name(story: &mut Story, words: &str) {
    story.act(Action::SelectText(story.span(words)));
    story.run(Command::MarkSource);
}

/// The cues of the only claim's voices, outermost first.
fn cues(story: &Story) -> Vec<Vec<String>> {
    let claim = story.current().set().claims.values().next().expect("a claim");
    let cues = |voice: &vouch::annotation::Voice| voice.cue.iter().map(vouch::annotation::Anchor::quote_line).collect();
    claim.said.iter().flatten().map(cues).collect()
}

#[test]
fn a_chain_is_made_from_the_speaker_outwards_and_each_cue_finds_its_voice() {
    let mut story = Story::new();
    story.write("chain.txt", "Harbour\n\nBerg wrote that Holm had told how Lund warned of storms.\n");
    story.open("chain.txt");
    story.mark("storms");
    story.act(Action::EndStrip);
    let through = |story: &mut Story, words: &str| {
        story.act(Action::SelectText(story.span(words)));
        story.run(Command::MarkThrough);
    };
    through(&mut story, "Holm");
    assert_eq!(chain(&story), (vec![], 0), "nobody says it yet");
    name(&mut story, "Lund");
    through(&mut story, "Holm");
    through(&mut story, "Berg");
    assert_eq!(chain(&story), (vec![vec!["Berg".to_owned()], vec!["Holm".to_owned()], vec!["Lund".to_owned()]], 3));
    for cue in ["had told how", "warned of", "wrote that"] {
        story.act(Action::SelectText(story.span(cue)));
        story.run(Command::MarkCue);
    }
    assert_eq!(cues(&story), [["wrote that"], ["had told how"], ["warned of"]]);

    // What one reads aloud has them all, from the speaker outwards.
    let sentence = &vouch::app::citing::cited(&story.desk.model, story.current())[0].sentence;
    assert_eq!(sentence, "Lund, according to Holm, as told by Berg in the release, warned of: “storms”.");

    // A voice in the middle is taken away with its cue and its mention; the others stay.
    let set = story.current().set();
    let claim = set.claims.values().next().expect("a claim");
    let holm = claim.said.as_ref().expect("said")[1].by[0].clone();
    story.act(Action::RemoveSpeaker(holm));
    assert_eq!(chain(&story), (vec![vec!["Berg".to_owned()], vec!["Lund".to_owned()]], 2));
    assert_eq!(cues(&story), [["wrote that"], ["warned of"]]);
    story.run(Command::Undo);
    assert_eq!(chain(&story).0.len(), 3);
}

#[test]
fn without_a_selection_the_strip_asks_through_whom_and_keeps_the_speaker() {
    let mut story = story();
    story.open("port.txt");
    story.mark("We are ready");
    story.act(Action::EndStrip);
    name(&mut story, "Maja Berg");
    story.act(Action::SelectText(ByteSpan { start: 0, end: 0 }));
    story.run(Command::MarkThrough);
    assert!(story.desk.model.strip.as_ref().is_some_and(|strip| strip.through));
    let source = Source { name: "Lindholm Daily".to_owned(), ..Source::default() };
    story.act(Action::Attribute(Attribution { outermost: true, ..by(Speaker::New(Box::new(source))) }));
    assert_eq!(chain(&story).0, [["Lindholm Daily"], ["Maja Berg"]]);
    story.act(Action::Attribute(Attribution { outermost: true, ..by(Speaker::Writer) }));
    assert_eq!(chain(&story).0.len(), 2, "the writer stands before all others unwritten");
}

#[test]
fn s_on_somebody_else_puts_that_source_and_leaves_no_mention_behind() {
    let mut story = story();
    story.open("port.txt");
    story.mark("We are ready");
    story.act(Action::EndStrip);
    name(&mut story, "The port of Lindholm");
    assert_eq!(chain(&story), (vec![vec!["port of Lindholm".to_owned()]], 1));
    name(&mut story, "Maja Berg");
    assert_eq!(chain(&story), (vec![vec!["Maja Berg".to_owned()]], 1));
    assert_eq!(story.toast(), "“Maja Berg” says it now instead of port of Lindholm");
    // Words that stand for the name mean the source that there is.
    name(&mut story, "its director");
    assert_eq!(chain(&story), (vec![vec!["Maja Berg".to_owned()]], 1));
    story.run(Command::Undo);
    story.run(Command::Undo);
    assert_eq!(chain(&story).0, [["port of Lindholm".to_owned()]]);
}

#[test]
fn s_on_words_that_are_marked_already_says_so() {
    let mut story = story();
    story.open("port.txt");
    name(&mut story, "Maja Berg");
    name(&mut story, "Maja Berg");
    assert_eq!(story.toast(), "“Maja Berg” is marked as a source already; select a claim first to join it");
    story.mark("We are ready");
    story.act(Action::EndStrip);
    name(&mut story, "Maja Berg");
    assert_eq!(chain(&story), (vec![vec!["Maja Berg".to_owned()]], 1), "the mention is joined");
    name(&mut story, "Maja Berg");
    assert_eq!(story.toast(), "“Maja Berg” is the source of this claim already");
}

#[test]
fn s_on_names_side_by_side_makes_them_speak_jointly() {
    let mut story = Story::new();
    story.write("two.txt", "Ferry\n\nMaja Berg and Ole Holm said that boats will sail again.\n");
    story.open("two.txt");
    story.mark("boats will sail again");
    story.act(Action::EndStrip);
    name(&mut story, "Maja Berg");
    name(&mut story, "Ole Holm");
    assert_eq!(chain(&story), (vec![vec!["Maja Berg".to_owned(), "Ole Holm".to_owned()]], 2));
}

#[test]
fn no_proposal_takes_the_words_of_another_sentence_unless_a_quotation_goes_on() {
    let mut story = Story::new();
    let text = "Ferry\n\nMaja Berg said that boats sail again. Tickets cost nine crowns. \
                Ole Holm said: \"We are late. The winter was long.\"\n";
    story.write("two.txt", text);
    story.open("two.txt");
    let proposed = |story: &Story, claim| {
        let model = &story.desk.model;
        let register = vouch::app::proposing::register(model, story.current());
        vouch::app::proposing::propose(model, story.current(), &claim, &register, "").speakers
    };
    let claim = story.mark("Tickets cost nine crowns");
    for speaker in proposed(&story, claim) {
        assert_eq!((speaker.words, speaker.cue), (None, None), "{}", speaker.name);
    }
    let claim = story.mark("The winter was long");
    let first = proposed(&story, claim).remove(0);
    assert_eq!((first.name.as_str(), first.words), ("Ole Holm", Some(story.span("Ole Holm"))));
}

/// The quotes that the table shows of the whole shelf.
fn asked(story: &mut Story, query: &str, sort: Option<(&str, bool)>) -> Vec<String> {
    let sort = sort.map(|(column, down)| (column.to_owned(), down));
    let asked = Asked { query: query.to_owned(), sort };
    story.act(Action::Ask(Some(asked.clone())));
    story.wait("the claims", |model| {
        let claims = &model.shelf.claims;
        !claims.is_making && claims.made.as_ref().is_some_and(|made| made.answers(&asked, &model.codebook))
    });
    let list = story.desk.model.shelf.claims.made.clone().unwrap();
    (0..list.rows.len()).map(|place| list.cell(place, "quote").to_owned()).collect()
}

#[test]
fn the_table_asks_all_releases_of_the_folder() {
    let mut story = Story::new();
    story.write("a.txt", "One\n\nIt will rain by noon.\n");
    story.write("b.txt", "Two\n\nIt will snow by night.\n");
    story.open("a.txt");
    story.mark("It will rain");
    story.act(Action::Assess { axis: "credibility".to_owned(), term: Some("3".to_owned()) });
    story.open("b.txt");
    story.mark("It will snow");
    story.act(Action::Assess { axis: "credibility".to_owned(), term: Some("1".to_owned()) });
    story.mark("by night");
    assert_eq!(asked(&mut story, "", None), ["It will rain", "It will snow", "by night"]);
    assert_eq!(asked(&mut story, "credibility:1-2", None), ["It will snow"]);
    let sorted = asked(&mut story, "", Some(("credibility", false)));
    assert_eq!(sorted, ["It will snow", "It will rain", "by night"], "the strongest first, what is not judged last");
    let sorted = asked(&mut story, "", Some(("credibility", true)));
    assert_eq!(sorted, ["It will rain", "It will snow", "by night"]);
    assert_eq!(asked(&mut story, "credibilty:1", None).len(), 3, "a query that is not understood hides nothing");
    let error = story.desk.model.shelf.claims.made.as_ref().unwrap().error.clone().expect("told");
    assert!(error.to_string().contains("credibility"), "{error}");

    // After a restart the other release is read from the disk; an edit of the open one is there at once.
    story.saved();
    let mut story = story.restart();
    story.open("a.txt");
    story.wait("the shelf", |model| model.shelf.read.len() == 2);
    story.mark("noon");
    assert_eq!(asked(&mut story, "document:b.txt or noon", None), ["noon", "It will snow", "by night"]);
}

#[test]
fn claims_of_two_releases_are_related_and_seen_from_both_ends() {
    let mut story = Story::new();
    story.write("a.txt", "One\n\nThe bridge opens in May.\n");
    story.write("b.txt", "Two\n\nThe bridge opens in June.\n");
    story.open("a.txt");
    let may = story.mark("The bridge opens in May");
    story.open("b.txt");
    let june = story.mark("The bridge opens in June");
    story.run(Command::Relate);
    assert_eq!(story.desk.model.dialog, Dialog::Relate(june.clone()));
    let asked = Asked { query: "May".to_owned(), sort: None };
    story.act(Action::Pick(asked.clone()));
    story.wait("claims to choose from", |model| {
        let picked = &model.shelf.picked;
        picked.made.as_ref().is_some_and(|made| made.answers(&asked, &model.codebook))
    });
    let list = story.desk.model.shelf.picked.made.clone().unwrap();
    assert_eq!(list.rows.len(), 1);
    let (path, handle, id) =
        list.claim(0).map(|(path, handle, id)| (path.clone(), handle.to_owned(), id.clone())).unwrap();
    assert_eq!(id, may);
    let first = path.clone();
    story.act(Action::Relate { from: june.clone(), kind: "contradicts".to_owned(), to: (path, handle, id) });
    let relation = story.current().set().relations.values().next().cloned().expect("a relation");
    assert!(relation.document.is_some(), "it names the other text");

    let seen = |story: &mut Story, path: &std::path::Path, claim: &Id| {
        story.wait("the relations", |model| {
            let made = model.shelf.relations.made.as_deref();
            made.is_some_and(|list| !list.relations.all().is_empty()) && !model.shelf.relations.is_making
        });
        let list = story.desk.model.shelf.relations.made.clone().unwrap();
        let place = list.place(path, "anna", claim).expect("a place");
        let related: Vec<_> = list.relations.of_claim(&place).map(|related| related.other(&place).clone()).collect();
        related.iter().filter_map(|end| end.claim()).map(|place| place.id.clone()).collect::<Vec<_>>()
    };
    let second = story.current().path.clone();
    assert_eq!(seen(&mut story, &second, &june), std::slice::from_ref(&may));
    story.act(Action::Assess { axis: "credibility".to_owned(), term: Some("1".to_owned()) });
    assert!(story.toast().contains("needs two origins"), "{}", story.toast());
    let warned = |story: &Story| story.desk.model.unconfirmed(story.current(), &ClaimRef::mine(june.clone())).is_some();
    assert!(warned(&story));
    story.act(Action::AssessWhy { axis: "credibility".to_owned(), why: "seen with my own eyes".to_owned() });
    assert!(!warned(&story), "the reason is kept, and the warning goes");
    // The reason went on with the judgement: one step.
    story.run(Command::Undo);
    assert_eq!(seen(&mut story, &first, &may), std::slice::from_ref(&june));
    story.run(Command::Undo);
    assert!(story.current().set().relations.is_empty());
    story.run(Command::Redo);
    let id = story.current().set().relations.keys().next().cloned().unwrap();
    story.act(Action::Unrelate(id));
    assert!(story.current().set().relations.is_empty());
}

#[test]
fn what_is_missing_is_listed_for_open_and_closed_releases_and_waived_with_a_reason() {
    let mut story = Story::new();
    story.write("a.txt", "One\n\nIt will rain by noon.\n");
    story.write("b.txt", "Two\n\nIt will snow by night.\n");
    story.open("b.txt");
    story.mark("It will snow");
    story.saved();
    story.act(Action::Show(Dialog::None));
    let mut story = story.restart();
    story.open("a.txt");
    let claim = story.mark("It will rain");
    let closed = story.path("b.txt");
    story.wait("what is missing in the closed release", |model| {
        model.shelf.missing.get(&closed).is_some_and(|missing| !missing.report.findings.is_empty())
    });
    let path = story.path("a.txt");
    let found = |story: &mut Story| {
        story.act(Action::Show(Dialog::Completeness));
        let now = vec![(path.clone(), story.current().revision)];
        story.wait("what is missing", |model| model.missing.made.is_some() && model.missing.of == now);
        let missing = story.desk.model.missing.made.clone().unwrap()[&path].clone();
        let checks: Vec<_> = missing.report.findings.iter().map(|finding| finding.check).collect();
        (checks.contains(&"no-source"), missing.report.waived.len())
    };
    assert_eq!(found(&mut story), (true, 0));
    let why = "hearsay".to_owned();
    story.act(Action::Dismiss { check: "no-source".to_owned(), on: Some(claim), span: None, why });
    assert_eq!(found(&mut story), (false, 1));
    story.run(Command::Undo);
    assert_eq!(found(&mut story), (true, 0));
}

#[test]
fn another_source_keeps_the_kind_that_was_chosen_and_colleagues_sources_are_proposed() {
    let mut story = Story::new();
    story.write("a.txt", "One\n\nStoltenberg said that it will rain by noon.\n");
    story.write(
        "a.txt.mart-k.vouch.ron",
        "(\n  format: \"vouch-annotations\",\n  version: (1, 0),\n  document: (name: \"a.txt\"),\n  annotator: (handle: \
         \"mart-k\"),\n  sources: {\n    \"s-jens\": (kind: \"person\", name: \"Jens Stoltenberg\"),\n  },\n)\n",
    );
    story.open("a.txt");
    story.wait("the register", |model| model.register.is_some());
    let claim = story.mark("it will rain by noon");
    let propose = |story: &Story| {
        let (model, release) = (&story.desk.model, story.current());
        let register = vouch::app::proposing::register(model, release);
        vouch::app::proposing::propose(model, release, &claim, &register, "")
    };
    let first = propose(&story).speakers.remove(0);
    assert_eq!(first.name, "Jens Stoltenberg", "whom a colleague knows already");
    let speaker = vouch::app::proposing::speaker(&story.desk.model, &first.who);
    story.act(Action::Attribute(by(speaker)));
    assert!(story.current().set().sources.contains_key(&Id::new("s-jens")), "under the same id");
    story.act(Action::SetField { field: ClaimField::Kind(Some("rule".to_owned())), typing: false });
    assert_eq!(propose(&story).kind.as_deref(), Some("rule"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_folder_cannot_list_is_told_until_it_is_mended() {
    use std::os::unix::ffi::OsStrExt;
    let mut story = story();
    let wrong = story.path("").join(std::ffi::OsStr::from_bytes(b"R\xE9union.txt"));
    fs::write(&wrong, TEXT).expect("written");
    story.act(Action::OpenPaths(vec![story.path("")]));
    let told = |model: &vouch::app::model::Model| model.banners.iter().any(|it| it.text.contains("not Unicode"));
    story.wait("the warning", told);
    fs::rename(&wrong, story.path("reunion.txt")).expect("renamed");
    story.wait("the warning to go", move |model| !told(model) && model.folder.entries.len() == 2);
}

#[test]
fn the_folder_is_looked_at_without_an_open_release() {
    let mut story = story();
    story.run(Command::Sources);
    assert_eq!(story.toast(), "Open a folder of releases first");
    story.act(Action::OpenPaths(vec![story.path("")]));
    story.wait("the list", |model| !model.folder.entries.is_empty());
    for (command, dialog) in [
        (Command::Sources, Dialog::Sources(None)),
        (Command::Overview, Dialog::Overview),
        (Command::Relations, Dialog::Relations),
        (Command::Completeness, Dialog::Completeness),
    ] {
        story.run(command);
        assert_eq!(story.desk.model.dialog, dialog);
    }
    story.wait("what is missing", |model| model.missing.made.is_some());
}

#[test]
fn claims_are_taken_over_to_a_new_version_by_hand_and_the_rest_waits_through_a_restart() {
    let mut story = story();
    story.open("port.txt");
    let (sail, cost) = (story.mark("ferries will sail again by May"), story.mark("The cost is 12 million crowns"));
    let gone = story.mark("We are ready");
    story.saved();
    let new = TEXT.replace("12 million", "14 million").replace(" \"We are ready,\" said Maja Berg, its director.", "");
    story.write("port-2.txt", &new);
    story.open("port-2.txt");
    let compare = |story: &mut Story| {
        story.act(Action::CompareWith { other: story.path("port.txt"), is_older: true });
        story
            .wait("the comparison", |model| model.comparing.as_ref().is_some_and(|comparing| comparing.made.is_some()));
        let comparing = story.desk.model.comparing.as_ref().expect("asked for");
        comparing.made.clone().expect("waited for").expect("both are there")
    };
    let compared = compare(&mut story);
    assert_eq!(story.desk.model.dialog, Dialog::Versions);
    let states: Vec<State> = compared.claims.iter().map(|id| compared.fate(id).expect("one each").state).collect();
    assert_eq!(states, [State::Changed, State::Lost, State::Kept], "what needs a decision first");
    assert_eq!(story.current().set().claims.len(), 0, "nothing is taken over in silence");

    let take = |id: &Id| Take { claim: id.clone(), spans: compared.fate(id).expect("one each").new.clone() };
    story.act(Action::CarryClaims(vec![take(&sail), take(&cost)]));
    assert!(story.toast().starts_with("2 claims taken over"), "{}", story.toast());
    assert_eq!(story.current().set().claims.len(), 2);
    story.run(Command::Undo);
    assert_eq!(story.current().set().claims.len(), 0, "one step");
    story.act(Action::CarryClaims(vec![take(&sail)]));
    story.act(Action::Dismiss { check: SET_ASIDE.to_owned(), on: Some(gone.clone()), span: None, why: String::new() });
    story.saved();

    let mut again = story.restart();
    again.open("port-2.txt");
    let compared = compare(&mut again);
    assert_eq!(waiting(&compared.set, again.current().set()), [&cost], "the rest still waits");
    let claim = again.current().set().claims.values().next().expect("taken over").clone();
    assert_eq!(
        (claim.from.as_slice(), claim.anchor.quote.as_slice()),
        (&[sail][..], &["ferries will sail again by May".to_owned()][..])
    );
    // With the older one shown, the newer one is chosen, and shown.
    again.open("port.txt");
    again.act(Action::CompareWith { other: again.path("port-2.txt"), is_older: false });
    again.wait("the newer one", |model| model.current().is_some_and(|release| release.path.ends_with("port-2.txt")));
    again.wait("compared", |model| model.comparing.as_ref().is_some_and(|comparing| comparing.made.is_some()));
}
