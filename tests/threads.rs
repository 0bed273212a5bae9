//! Remarks of several sets put together, how layers are looked at, and which document a set belongs to.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use vouch::annotation::{AnnotationSet, Assessment, Claim, DocumentRef, Id, Remark, TextRef};
use vouch::files::{Disk, Places};
use vouch::review::{Elsewhere, Known, Look, Threads, View, belongs};

/// A set with a claim or none, and remarks: id, on what, when, whether settled.
fn set(claim: Option<&str>, remarks: &[(&str, &str, &str, bool)]) -> AnnotationSet {
    let mut set = AnnotationSet::default();
    set.claims.extend(claim.map(|id| (Id::new(id), Arc::new(Claim::default()))));
    for (id, on, made, resolved) in remarks {
        let remark = Remark {
            on: Some(Id::new(on)),
            text: (*id).to_owned(),
            made: Some((*made).to_owned()),
            resolved: *resolved,
            ..Remark::default()
        };
        set.remarks.insert(Id::new(id), Arc::new(remark));
    }
    set
}

fn together(mine: &AnnotationSet, theirs: &[&AnnotationSet]) -> Threads {
    let others = theirs.iter().enumerate().map(|(at, set)| (Some(at), *set));
    Threads::of(&std::iter::once((None, mine)).chain(others).collect::<Vec<_>>())
}

/// Each thread as what it is about, its remarks in order, and whether it is settled.
fn check(mine: &AnnotationSet, theirs: &[&AnnotationSet], expected: &[&str]) {
    let threads = together(mine, theirs);
    let said: Vec<String> = threads
        .all()
        .iter()
        .map(|thread| {
            let ids: Vec<&str> = thread.said.iter().map(|said| said.id.as_str()).collect();
            let about = thread.about.as_ref().map_or("gone", Id::as_str);
            let settled = if thread.settled().is_some() { " settled" } else { "" };
            format!("{about}: {}{settled}", ids.join(" "))
        })
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn a_conversation_over_three_sets_is_one_thread_in_the_order_of_time() {
    let mine = set(Some("c"), &[("r3", "r2", "03", false)]);
    let mart = set(None, &[("r1", "c", "01", false)]);
    let liis = set(None, &[("r2", "r1", "02", false), ("q", "c", "04", false)]);
    check(&mine, &[&mart, &liis], &["c: r1 r2 r3", "c: q"]);
}

#[test]
fn of_two_remarks_of_the_same_second_the_reply_comes_last() {
    let mine = set(Some("c"), &[("a", "z", "02", false), ("r", "c", "01", false)]);
    check(&mine, &[&set(None, &[("z", "r", "02", false)])], &["c: r z a"]);
}

#[test]
fn a_matter_is_settled_by_its_writer_or_by_the_last_word_and_open_again_after_another_one() {
    let mine = set(Some("c"), &[("r2", "r1", "02", true)]);
    check(&mine, &[&set(None, &[("r1", "c", "01", false)])], &["c: r1 r2 settled"]);
    check(&mine, &[&set(None, &[("r1", "c", "01", false), ("r3", "r1", "03", false)])], &["c: r1 r2 r3"]);
    check(&set(Some("c"), &[]), &[&set(None, &[("r1", "c", "01", true)])], &["c: r1 settled"]);
}

#[test]
fn a_remark_on_a_judgement_is_about_the_claim_that_is_judged() {
    let mut mine = set(Some("c"), &[]);
    let judged = Assessment { on: Some(Id::new("c")), ..Assessment::default() };
    mine.assessments.insert(Id::new("a"), Arc::new(judged));
    check(&mine, &[&set(None, &[("r1", "a", "01", false)])], &["c: r1"]);
}

#[test]
fn what_was_said_about_something_that_is_gone_is_kept_and_a_ring_of_replies_ends() {
    let mine = set(Some("c"), &[("r1", "was-there", "01", false), ("r2", "r1", "02", false)]);
    check(&mine, &[], &["gone: r1 r2"]);
    let ring = set(None, &[("a", "b", "01", false), ("b", "c", "02", false), ("c", "b", "03", false)]);
    check(&ring, &[], &["gone: b a c"]);
    assert_eq!(together(&mine, &[]).loose().count(), 1);
}

#[test]
fn only_what_others_wrote_and_i_have_not_seen_is_unread() {
    let mine = set(Some("c"), &[("r1", "c", "01", false)]);
    let mart = set(None, &[("r2", "r1", "02", false), ("r3", "c", "03", false)]);
    let threads = together(&mine, &[&mart]);
    let unread = |read: &[&str]| {
        let read: BTreeSet<Id> = read.iter().map(|id| Id::new(id)).collect();
        threads.unread(&read).map(|said| said.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(unread(&[]), ["r2", "r3"]);
    assert_eq!(unread(&["r2"]), ["r3"]);
}

#[test]
fn a_view_comes_back_as_it_was_written_and_one_that_says_nothing_leaves_no_file() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let places = Places::under(folder.path());
    let document = Path::new("/docs/port.txt");
    let mut view = View::default();
    view.set_look("mart", Look::Dimmed);
    view.set_look("liis", Look::Hidden);
    view.alone = Some("mart".to_owned());
    view.from = vec![
        Elsewhere { file: "/else/\"odd\".vouch.ron".into(), member: None },
        Elsewhere { file: "/else/all.vouch-set.ron".into(), member: Some("port.txt.kai.vouch.ron".to_owned()) },
    ];
    view.read.insert(Id::new("r-1"));
    view.extra = vec![("later".to_owned(), "(1, 2)".to_owned())];
    view.save(&Disk, &places, document).expect("saved");
    assert_eq!(View::load(&Disk, &places, document), view);
    assert_eq!(View::load(&Disk, &places, Path::new("/docs/other.txt")), View::default());
    View::default().save(&Disk, &places, document).expect("saved");
    let left = std::fs::read_dir(places.state.join("views")).expect("the folder").count();
    assert_eq!(left, 0);
}

#[test]
fn a_view_that_is_damaged_is_as_delivered_where_it_cannot_be_read() {
    assert_eq!(View::parse("not ron at all"), View::default());
    let view = View::parse("(looks: 3, alone: \"mart\", read: [\"r-1\"])");
    assert_eq!((view.alone.as_deref(), view.read.len()), (Some("mart"), 1));
}

#[test]
fn one_that_is_alone_hides_the_others_until_another_one_is_asked_for() {
    let mut view = View::default();
    view.set_look("liis", Look::Dimmed);
    view.alone = Some("mart".to_owned());
    assert_eq!([view.look("mart"), view.look("liis"), view.look("kai")], [Look::Shown, Look::Hidden, Look::Hidden]);
    view.set_look("kai", Look::Shown);
    assert_eq!([view.look("mart"), view.look("liis"), view.look("kai")], [Look::Shown, Look::Dimmed, Look::Shown]);
}

#[test]
fn a_set_belongs_by_text_then_by_file_then_by_name() {
    let known = |name: &str, text: &str, file: &str| Known {
        name: name.to_owned(),
        text_sha256: text.to_owned(),
        sha256: file.to_owned(),
    };
    let all = [known("port.txt", "t0", "f0"), known("new.txt", "t1", "f1"), known("copy.txt", "t1", "f1")];
    let made_on = |name: &str, text: &str, file: &str| DocumentRef {
        name: name.to_owned(),
        sha256: Some(file.to_owned()),
        text: Some(TextRef { sha256: text.to_owned(), ..TextRef::default() }),
        ..DocumentRef::default()
    };
    for (name, text, file, expected) in [
        ("port.txt", "t1", "f9", Some(1)),
        ("copy.txt", "t1", "f0", Some(2)),
        ("gone.txt", "t9", "f0", Some(0)),
        ("port.txt", "t9", "f9", Some(0)),
        ("gone.txt", "t9", "f9", None),
    ] {
        assert_eq!(belongs(&made_on(name, text, file), all.iter()), expected, "{name} {text} {file}");
    }
}
