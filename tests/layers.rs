//! Colleagues' sets at the desk: looked at, loaded from elsewhere, copied, judged, talked about.

mod common;

use std::fs;

use common::Story;
use vouch::annotation::{Id, Source};
use vouch::app::action::{Action, Attribution, ClaimRef, Speaker};
use vouch::app::command::Command;
use vouch::app::model::{Dialog, Model};
use vouch::review::{Elsewhere, Look};

const TEXT: &str = "Harbour reopens\n\nThe port of Lindholm said on Tuesday that ferries will sail again by May. \
                    \"We are ready,\" said Maja Berg, its director.\n\nThe cost is 12 million crowns.\n";

/// A release that Mart has marked: "ferries will sail again by May", said by the port, and "12 million crowns".
fn story() -> Story {
    let mut mart = Story::of("mart", "Mart Kask");
    mart.write("port.txt", TEXT);
    mart.open("port.txt");
    mart.mark("ferries will sail again by May");
    mart.act(Action::Attribute(Attribution {
        speaker: Speaker::New(Box::new(Source { name: "Port of Lindholm".to_owned(), ..Source::default() })),
        mention: Some(mart.span("The port of Lindholm")),
        cue: Some(mart.span("said on")),
        kind: Some("commitment".to_owned()),
        style: None,
        terms: vec![("credibility".to_owned(), "2".to_owned())],
        outermost: false,
    }));
    mart.mark("12 million crowns");
    mart.act(Action::EndStrip);
    mart.saved();
    let mut anna = mart.for_another("anna", "Anna Tamm");
    anna.open("port.txt");
    anna
}

/// The claim of Mart's with these words.
fn marts(story: &Story, words: &str) -> ClaimRef {
    let layer = story.current().layers.iter().find(|layer| layer.handle.starts_with("mart")).expect("a layer");
    let claims = &layer.set.claims;
    let (id, _) = claims.iter().find(|(_, claim)| claim.anchor.quote == [words]).expect("the claim");
    ClaimRef { layer: Some(layer.handle.clone()), id: id.clone() }
}

fn select(story: &mut Story, claims: &[&ClaimRef]) {
    let claims = claims.iter().map(|claim| (*claim).clone()).collect();
    story.act(Action::SelectClaims { claims, reveal: false });
}

fn quotes(story: &Story) -> Vec<String> {
    let claims = story.current().set().claims.values();
    let mut quotes: Vec<String> = claims.map(|claim| claim.anchor.quote.join(" … ")).collect();
    quotes.sort();
    quotes
}

#[test]
fn how_layers_are_looked_at_is_there_after_a_restart() {
    let mut story = story();
    story.act(Action::LookAt { handle: "mart".to_owned(), look: Look::Dimmed });
    let mut story = story.restart();
    story.open("port.txt");
    assert_eq!(story.current().layers[0].look, Look::Dimmed);
    story.run(Command::Layers);
    assert_eq!(story.current().layers[0].look, Look::Hidden);
    assert!(story.current().theirs_in_text_order().is_empty());
    story.run(Command::NextAlone);
    assert_eq!((story.current().layers[0].look, story.toast()), (Look::Shown, "Only Mart Kask beside you"));
    let mut story = story.restart();
    story.open("port.txt");
    assert_eq!(story.current().view.alone.as_deref(), Some("mart"));
    story.run(Command::NextAlone);
    assert_eq!((story.current().layers[0].look, story.toast()), (Look::Hidden, "All colleagues beside you"));
}

#[test]
fn colleagues_claims_are_gone_through_by_key_and_a_key_that_would_change_one_says_why_not() {
    let mut story = story();
    let (first, second) = (marts(&story, "ferries will sail again by May"), marts(&story, "12 million crowns"));
    for expected in [&first, &second, &first] {
        story.run(Command::NextTheirs);
        assert_eq!(story.current().at_hand(), Some(expected));
    }
    story.run(Command::PreviousTheirs);
    assert_eq!(story.current().at_hand(), Some(&second));
    for command in [Command::Kind, Command::DeleteClaim, Command::EndLater, Command::MarkClaim, Command::MarkCue] {
        story.act(Action::SelectText(story.span("Tuesday")));
        story.act(Action::ReaderMoved { selection: story.span("Tuesday"), caret: 20 });
        story.act(Action::ReaderMoved { selection: vouch::document::ByteSpan { start: 20, end: 20 }, caret: 20 });
        story.run(command);
        assert!(story.toast().starts_with("This claim is a colleague's: copy it"), "{command:?}: {}", story.toast());
        assert!(story.current().set().is_empty());
    }
}

#[test]
fn a_colleagues_claim_is_copied_once_with_origin_and_sources_under_their_ids_in_one_step() {
    let mut story = story();
    let (first, second) = (marts(&story, "ferries will sail again by May"), marts(&story, "12 million crowns"));
    select(&mut story, &[&first, &second]);
    story.run(Command::CopyTheirs);
    assert_eq!(story.toast(), "2 claims copied into your set");
    assert_eq!(quotes(&story), ["12 million crowns", "ferries will sail again by May"]);
    let release = story.current();
    let copy = release.set().claims.values().find(|claim| claim.from == [first.id.clone()]).expect("its origin");
    assert_eq!(release.set().chain(copy), [["Port of Lindholm"]]);
    let theirs: Vec<&Id> = release.layers[0].set.sources.keys().collect();
    assert_eq!(release.set().sources.keys().collect::<Vec<_>>(), theirs);
    assert!(release.set().assessments.is_empty(), "their judgements stay theirs");
    assert_eq!(release.own_selected().len(), 2);

    select(&mut story, &[&first]);
    story.run(Command::CopyTheirs);
    assert_eq!(story.toast(), "It is in your set already");
    assert_eq!(story.current().set().claims.len(), 2);
    story.run(Command::Undo);
    assert!(story.current().set().is_empty(), "both copies were one step");
}

#[test]
fn all_of_theirs_within_the_selected_words_are_copied_and_all_of_a_layer() {
    let mut story = story();
    story.act(Action::SelectText(story.span("The cost is 12 million crowns")));
    story.run(Command::CopyTheirs);
    assert_eq!(quotes(&story), ["12 million crowns"]);
    story.act(Action::AdoptLayer("mart".to_owned()));
    assert_eq!(quotes(&story), ["12 million crowns", "ferries will sail again by May"]);
    assert_eq!(story.toast(), "Claim copied into your set; it is in your set already");
}

#[test]
fn my_judgement_of_a_colleagues_claim_is_mine_beside_theirs_and_comes_along_with_a_copy() {
    let mut story = story();
    let claim = marts(&story, "ferries will sail again by May");
    select(&mut story, &[&claim]);
    story.run(Command::Term(3));
    assert_eq!(story.toast(), "Your judgement of Mart Kask's claim");
    let release = story.current();
    let mine = release.my_assessment(&claim.id, "credibility").expect("mine").1.term.clone();
    let theirs = release.assessment(&claim, "credibility").expect("theirs").1.term.clone();
    assert_eq!((mine.as_deref(), theirs.as_deref()), (Some("3"), Some("2")));
    let judges = release.other_judges(&claim, "credibility").count();
    assert_eq!(judges, 1);
    story.run(Command::CopyTheirs);
    let release = story.current();
    let copy = ClaimRef::mine(release.own_selected()[0].clone());
    assert_eq!(release.assessment(&copy, "credibility").expect("judged").1.term.as_deref(), Some("3"));
    story.saved();

    let mut mart = story.for_another("mart", "Mart Kask");
    mart.open("port.txt");
    let own = ClaimRef::mine(claim.id);
    let release = mart.current();
    let said: Vec<_> = release
        .other_judges(&own, "credibility")
        .map(|(layer, judged)| (layer.map(|layer| layer.name.as_str()), judged.term.as_deref()))
        .collect();
    assert_eq!(said, [(Some("Anna Tamm"), Some("3"))]);
}

/// Whether the threads on a claim are all settled.
fn is_settled(story: &Story, claim: &Id) -> bool {
    story.current().threads.about(claim).all(|thread| thread.settled().is_some())
}

#[test]
fn a_conversation_goes_to_and_fro_between_two_sidecars_and_is_settled_by_either() {
    let mut anna = story();
    let claim = marts(&anna, "12 million crowns");
    anna.act(Action::AddRemark { on: claim.id.clone(), text: "Where does this stand?".to_owned() });
    anna.saved();

    let mut mart = anna.for_another("mart", "Mart Kask");
    mart.open("port.txt");
    assert_eq!(mart.current().unread(), 1);
    let place = mart.path("port.txt");
    let entry = |model: &Model| model.folder.entries.iter().find(|entry| entry.path == place).map(|entry| entry.unread);
    mart.wait("the count in the list", |model| entry(model) == Some(1));
    mart.run(Command::NextUnread);
    assert_eq!(mart.current().at_hand(), Some(&ClaimRef::mine(claim.id.clone())));
    let said = mart.current().threads.about(&claim.id).next().expect("a thread").said[0].id.clone();
    mart.act(Action::HaveRead(vec![said.clone()]));
    assert_eq!((mart.current().unread(), entry(&mart.desk.model)), (0, Some(0)));
    assert!(mart.current().set().remarks.is_empty(), "what I have read is no annotation");
    mart.act(Action::Settle { thread: said.clone(), settled: true, text: "In the last paragraph.".to_owned() });
    assert!(is_settled(&mart, &claim.id));
    mart.saved();

    let mut anna = mart.for_another("anna", "Anna Tamm");
    anna.open("port.txt");
    assert!(is_settled(&anna, &claim.id));
    assert_eq!(anna.current().unread(), 1, "the last word is new to her");
    anna.act(Action::Settle { thread: said.clone(), settled: false, text: String::new() });
    assert!(!is_settled(&anna, &claim.id));
    anna.act(Action::Settle { thread: said, settled: true, text: String::new() });
    assert!(is_settled(&anna, &claim.id));
    anna.run(Command::Undo);
    assert!(!is_settled(&anna, &claim.id));

    let mut mart = anna.for_another("mart", "Mart Kask");
    mart.open("port.txt");
    assert_eq!(mart.current().threads.loose().count(), 0);
    mart.act(Action::SelectClaims { claims: vec![ClaimRef::mine(claim.id)], reveal: false });
    mart.run(Command::DeleteClaim);
    assert_eq!(mart.current().threads.loose().count(), 1, "a remark on what is gone is kept");
}

#[test]
fn a_layer_that_changes_on_the_disk_disturbs_nothing_of_mine() {
    let mut anna = story();
    let own = anna.mark("We are ready");
    anna.act(Action::EndStrip);
    let theirs = marts(&anna, "12 million crowns");
    select(&mut anna, &[&ClaimRef::mine(own.clone()), &theirs]);
    let path = anna.path("port.txt.mart.vouch.ron");
    let changed = fs::read_to_string(&path).expect("a sidecar").replace("\"2\"", "\"4\"");
    fs::write(&path, changed).expect("written");
    let term = |model: &Model| {
        let release = model.current()?;
        let layer = release.layer("mart")?;
        layer.set.assessments.values().next()?.term.clone()
    };
    anna.wait("the change", |model| term(model).as_deref() == Some("4"));
    let release = anna.current();
    assert_eq!(release.selected, [ClaimRef::mine(own), theirs]);
    assert!(release.can_undo());
    assert_eq!(release.layers[0].by_theirs.len(), 2);
}

/// A sidecar of Mart's that lies in another folder, with the release still in the first one.
fn away(story: &Story) -> std::path::PathBuf {
    let folder = story.path("elsewhere");
    fs::create_dir_all(&folder).expect("a folder");
    let to = folder.join("port.txt.mart.vouch.ron");
    fs::rename(story.path("port.txt.mart.vouch.ron"), &to).expect("moved");
    to
}

fn has_layers(count: usize) -> impl Fn(&Model) -> bool {
    move |model| model.current().is_some_and(|release| release.layers.len() == count)
}

#[test]
fn a_sidecar_from_elsewhere_is_shown_followed_kept_and_taken_away() {
    let mut anna = story();
    let file = away(&anna);
    anna.wait("the layer to go", has_layers(0));
    anna.act(Action::LoadLayers(vec![file.clone()]));
    anna.wait("the layer", has_layers(1));
    assert_eq!(anna.current().layers[0].elsewhere, Some(Elsewhere { file: file.clone(), member: None }));
    let mut anna = anna.restart();
    anna.open("port.txt");
    assert_eq!(anna.current().layers[0].name, "Mart Kask");
    let changed = fs::read_to_string(&file).expect("a sidecar").replace("Mart Kask", "Mart K.");
    fs::write(&file, changed).expect("written");
    anna.wait("the change", |model| model.current().is_some_and(|release| release.layers[0].name == "Mart K."));
    anna.act(Action::TakeAway("mart".to_owned()));
    anna.wait("the layer to go", has_layers(0));
    let mut anna = anna.restart();
    anna.open("port.txt");
    assert!(anna.current().layers.is_empty());
    assert!(file.exists());
}

#[test]
fn a_folder_of_sets_dropped_on_the_window_is_loaded_as_layers_and_a_sidecar_given_by_path_opens_its_release() {
    let anna = story();
    let file = away(&anna);
    let mut anna = anna.restart();
    let folder = anna.path("");
    anna.act(Action::OpenPaths(vec![folder, file.clone()]));
    anna.wait("the release with the layer", has_layers(1));
    anna.act(Action::TakeAway("mart".to_owned()));
    anna.wait("the layer to go", has_layers(0));
    anna.act(Action::OpenPaths(vec![file.parent().expect("a folder").to_owned()]));
    anna.wait("the layer", has_layers(1));
    assert_eq!(anna.desk.model.folder.path.as_deref(), Some(&*anna.path("")), "the collection stays");
}

#[test]
fn a_set_of_many_releases_goes_to_each_by_its_text_and_what_belongs_to_none_can_be_given_one() {
    let anna = story();
    let file = away(&anna);
    let sidecar = fs::read_to_string(&file).expect("a sidecar");
    let read = vouch::sidecar::read(sidecar.as_bytes()).expect("a set").set;
    let other = sidecar.replace("port.txt", "gone.txt");
    let hash = read.header.document.text.as_ref().expect("a hash").sha256.clone();
    let other = vouch::sidecar::read(other.replace(&hash, &"0".repeat(64)).as_bytes()).expect("a set").set;
    let sets = [("port.txt.mart.vouch.ron".to_owned(), &read), ("gone.txt.mart.vouch.ron".to_owned(), &other)];
    let set = anna.path("elsewhere/all.vouch-set.ron");
    fs::write(&set, vouch::sidecar::print_set_file(sets)).expect("written");

    let mut anna = anna.restart();
    anna.open("port.txt");
    // The release has another name by now: its text is the same.
    anna.act(Action::LoadLayers(vec![set.clone()]));
    anna.wait("the layer", has_layers(1));
    let member = |name: &str| Elsewhere { file: set.clone(), member: Some(name.to_owned()) };
    assert_eq!(anna.current().layers[0].elsewhere, Some(member("port.txt.mart.vouch.ron")));
    let Dialog::Unmatched(sets) = &anna.desk.model.dialog else { panic!("{:?}", anna.desk.model.dialog) };
    assert_eq!((sets.len(), sets[0].document.as_str()), (1, "gone.txt"));
    let from = sets[0].from.clone();
    assert_eq!(from, member("gone.txt.mart.vouch.ron"));
    anna.act(Action::LoadOver { from, document: anna.path("port.txt") });
    anna.wait("both layers", has_layers(2));
    let handles: Vec<&str> = anna.current().layers.iter().map(|layer| layer.handle.as_str()).collect();
    assert_eq!(handles, ["mart", "mart-2"]);
    assert_eq!(anna.desk.model.dialog, Dialog::None);
}

#[test]
fn what_is_no_set_and_names_that_reach_outside_are_told() {
    let mut anna = story();
    let set = anna.path("bad.vouch-set.ron");
    let read = vouch::sidecar::read(&fs::read(anna.path("port.txt.mart.vouch.ron")).expect("read")).expect("a set").set;
    fs::write(&set, vouch::sidecar::print_set_file([("../port.txt.mart.vouch.ron".to_owned(), &read)]))
        .expect("written");
    anna.act(Action::LoadLayers(vec![set, anna.path("port.txt"), anna.path("nothing.vouch.ron")]));
    anna.wait("what is wrong", |model| model.banners.len() >= 3);
    let told: Vec<&str> = anna.desk.model.banners.iter().map(|banner| banner.text.as_str()).collect();
    assert!(told.iter().any(|text| text.contains("..")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("nothing.vouch.ron")), "{told:?}");
    assert_eq!(anna.current().layers.len(), 1);
}

#[test]
fn large_layers_are_compared_in_the_background_and_come_to_the_same() {
    let mut anna = story();
    anna.mark("12 million crowns");
    anna.act(Action::EndStrip);
    let file = anna.path("port.txt.mart.vouch.ron");
    let sidecar = vouch::sidecar::read(&fs::read(&file).expect("read")).expect("a set").set;
    let mut many = sidecar.clone();
    let (_, claim) = sidecar.claims.iter().next().expect("a claim");
    many.claims.extend((0..2000).map(|at| (Id::new(&format!("c-{at:06}")), claim.clone())));
    fs::write(&file, vouch::sidecar::print(&many, &vouch::sidecar::Origin::default())).expect("written");
    anna.wait("the comparison", |model| {
        model.current().is_some_and(|release| release.layers[0].alignment.pairs.len() > 2000)
    });
    assert_eq!(anna.current().layers[0].alignment.both(), 1);
    anna.run(Command::Undo);
    anna.wait("the comparison", |model| model.current().is_some_and(|release| release.layers[0].alignment.both() == 0));
}
