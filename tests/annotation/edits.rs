//! Each edit that the window and the command line make.

use vouch::annotation::{
    About, Anchor, AnchorId, AnnotationSet, Assessment, Claim, ClaimField, Id, Index, Judgement, Source, Unattributed,
    Voice, anchors,
};

use super::common::{MORNING, NOW, anchor, at, check, check_at, id, worked};

fn judgement(term: &str) -> Judgement {
    Judgement { axis: "credibility".into(), scale: "admiralty".into(), term: Some(term.into()), ..Judgement::default() }
}

fn only<T>(items: impl IntoIterator<Item = T>) -> T {
    let mut items = items.into_iter();
    let item = items.next().expect("one item");
    assert!(items.next().is_none(), "only one item");
    item
}

fn new_claim(before: &AnnotationSet, after: &AnnotationSet) -> Id {
    only(after.claims.keys().filter(|id| !before.claims.contains_key(id)).cloned())
}

fn current(set: &AnnotationSet, on: &str) -> Option<Assessment> {
    Index::of(set).current(set, &id(on), "credibility").map(|(_, assessment)| assessment.clone())
}

fn by(set: &AnnotationSet, claim: &str) -> Vec<Vec<String>> {
    let said = set.claims[&id(claim)].said.iter().flatten();
    said.map(|voice| voice.by.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn a_claim_its_source_and_its_term_are_one_step() {
    let set = worked();
    let after = check(
        &set,
        |draft| {
            let source = draft.add_source(Source { name: "Mart Kask".into(), ..Source::default() });
            let claim = draft.mark_claim(Claim { anchor: anchor("not available"), ..Claim::default() });
            draft.attribute(std::slice::from_ref(&claim), &[source]);
            draft.assess(&[claim], &judgement("2"));
            draft.name("mark claim");
        },
        "mark claim",
        "+Source(new) +Claim(new) +Assessment(new)",
    );
    let claim = new_claim(&set, &after);
    assert_eq!(after.chain(&after.claims[&claim]), [["Mart Kask"]]);
    assert_eq!(after.claims[&claim].created, Some(at(NOW).now));
    assert_eq!(after.claims[&claim].modified, None, "what was just made was not changed");
    assert_eq!(current(&after, claim.as_str()).unwrap().term.as_deref(), Some("2"));
}

#[test]
fn a_field_of_several_claims_is_dated_only_where_it_changes() {
    let fact = ClaimField::Kind(Some("event".into()));
    let set = check(&worked(), |draft| draft.set_field(&[id("c-1")], &fact), "set kind", "~Claim(c-1)");
    let both = [id("c-1"), id("c-2"), id("c-gone")];
    let after = check_at(NOW + 1, &set, |draft| draft.set_field(&both, &fact), "set kind of 3 claims", "~Claim(c-2)");
    assert_eq!(after.claims[&id("c-1")].modified, Some(at(NOW).now));
    assert_eq!(after.claims[&id("c-2")].modified, Some(at(NOW + 1).now));
    check(&after, |draft| draft.set_field(&both, &fact), "set kind of 3 claims", "");
}

#[test]
fn every_field_is_set_and_taken_back() {
    let text = || Some("x".to_owned());
    let list = || vec!["x".to_owned()];
    for (full, empty, name) in [
        (ClaimField::Style(text()), ClaimField::Style(None), "style"),
        (ClaimField::Statement(text()), ClaimField::Statement(None), "statement"),
        (ClaimField::Value(text()), ClaimField::Value(None), "quantity"),
        (ClaimField::Time(text()), ClaimField::Time(None), "time"),
        (ClaimField::Note(text()), ClaimField::Note(None), "note"),
        (ClaimField::Status(text()), ClaimField::Status(None), "status"),
        (ClaimField::Marking(text()), ClaimField::Marking(None), "marking"),
        (ClaimField::Tags(list()), ClaimField::Tags(Vec::new()), "tags"),
        (ClaimField::Tag("x".into(), true), ClaimField::Tag("x".into(), false), "tag"),
        (ClaimField::Evidence(list()), ClaimField::Evidence(Vec::new()), "evidence"),
        (ClaimField::Own("desk".into(), text()), ClaimField::Own("desk".into(), None), "desk"),
    ] {
        let set = worked();
        let claim = [id("c-1")];
        let label = format!("set {name}");
        let filled = check(&set, |draft| draft.set_field(&claim, &full), &label, "~Claim(c-1)");
        check(&filled, |draft| draft.set_field(&claim, &full), &label, "");
        let emptied = check(&filled, |draft| draft.set_field(&claim, &empty), &label, "~Claim(c-1)");
        let (was, is) = (&set.claims[&id("c-1")], &emptied.claims[&id("c-1")]);
        assert_eq!(Claim { modified: None, ..(**is).clone() }, **was);
    }
}

#[test]
fn a_judgement_is_changed_in_place_within_its_session_only() {
    let on = [id("c-1")];
    let morning =
        check_at(MORNING, &worked(), |d| d.assess(&on, &judgement("3")), "assess credibility", "+Assessment(new)");
    // The stamp's session began at 10:00, after the morning's judgement.
    let noon = check(&morning, |d| d.assess(&on, &judgement("2")), "assess credibility", "+Assessment(new)");
    let index = Index::of(&noon);
    let terms: Vec<_> = index.history(&noon, &on[0]).iter().map(|(_, a)| a.term.clone().unwrap()).collect();
    assert_eq!(terms, ["3", "2"]);
    let (latest, _) = index.current(&noon, &on[0], "credibility").unwrap();
    let in_place = format!("~Assessment({latest})");
    let later = check_at(NOW + 5, &noon, |d| d.assess(&on, &judgement("1")), "assess credibility", &in_place);
    assert_eq!(current(&later, "c-1").unwrap().term.as_deref(), Some("1"));
    assert_eq!(current(&later, "c-1").unwrap().made, Some(at(NOW + 5).now));
    check(&later, |draft| draft.assess(&on, &judgement("1")), "assess credibility", "");
}

#[test]
fn two_judgements_in_one_draft_are_one() {
    let on = [id("c-1")];
    let set = check(
        &worked(),
        |draft| {
            draft.assess(&on, &judgement("3"));
            draft.assess(&on, &judgement("2"));
        },
        "assess credibility",
        "+Assessment(new)",
    );
    assert_eq!(current(&set, "c-1").unwrap().term.as_deref(), Some("2"));
}

#[test]
fn clearing_deletes_what_this_session_made_and_withdraws_what_is_older() {
    let on = [id("c-1")];
    let fresh = check(&worked(), |d| d.assess(&on, &judgement("3")), "assess credibility", "+Assessment(new)");
    let made = only(fresh.assessments.keys());
    let gone = format!("-Assessment({made}) +Deleted({made})");
    let cleared = check(&fresh, |d| d.clear_assessment(&on, "credibility"), "clear credibility", &gone);
    assert_eq!(current(&cleared, "c-1"), None);

    let old =
        check_at(MORNING, &worked(), |d| d.assess(&on, &judgement("3")), "assess credibility", "+Assessment(new)");
    let cleared = check(&old, |d| d.clear_assessment(&on, "credibility"), "clear credibility", "+Assessment(new)");
    assert_eq!(current(&cleared, "c-1"), None);
    assert_eq!(cleared.assessments.len(), 2, "the history stays");
    check(&cleared, |d| d.clear_assessment(&on, "credibility"), "clear credibility", "");
}

#[test]
fn deleting_a_claim_takes_with_it_what_hangs_on_it_and_nothing_else() {
    let set = worked();
    let mut remark = None;
    let set = check(
        &set,
        |draft| {
            draft.assess(&[id("c-1"), id("c-2")], &judgement("3"));
            let first = draft.remark(&id("c-1"), "sure?");
            draft.remark(&first, "yes");
            remark = Some(draft.remark(&id("c-2"), "stays"));
            draft.relate(&id("c-2"), &id("c-1"), "elaborates", None);
            draft.waive("no-cue", &id("c-1"), None);
            draft.join_mention(&id("c-2"), &id("m-1"));
            draft.name("prepare");
        },
        "prepare",
        "~Claim(c-2) +Assessment(new) +Assessment(new) +Relation(new) +Remark(new) +Remark(new) +Remark(new) \
         +Dismissal(new)",
    );
    let mut after = set.clone();
    let index = Index::of(&set);
    let mut draft = vouch::annotation::Draft::new(&set, &index, at(NOW));
    draft.delete_claims(&[id("c-1")]);
    let edit = draft.finish();
    after.apply(&edit).unwrap();
    assert_eq!(edit.label, "delete claim");
    assert_eq!(after.claims.keys().collect::<Vec<_>>(), [&id("c-2")]);
    assert_eq!(after.assessments.len(), 1);
    assert_eq!(after.remarks.keys().collect::<Vec<_>>(), [remark.as_ref().unwrap()]);
    assert!(after.relations.is_empty() && after.dismissed.is_empty());
    assert_eq!(after.mentions.len(), 2, "m-1 speaks c-2 as well");
    assert_eq!(after.deleted.len(), set.len() - after.len(), "everything that is gone is noted");
}

#[test]
fn the_last_claim_takes_its_mention_and_leaves_its_source() {
    let set = worked();
    let both = [id("c-1"), id("c-2")];
    let after = check(
        &set,
        |draft| draft.delete_claims(&both),
        "delete 2 claims",
        "-Mention(m-1) -Mention(m-2) -Claim(c-1) -Claim(c-2) +Deleted(c-1) +Deleted(c-2) +Deleted(m-1) +Deleted(m-2)",
    );
    assert_eq!(after.sources.len(), 1);
}

#[test]
fn a_mention_that_goes_leaves_its_source_speaking() {
    let set = worked();
    let after = check(
        &set,
        |draft| draft.delete_mentions(&[id("m-1")]),
        "delete mention",
        "-Mention(m-1) ~Claim(c-1) +Deleted(m-1)",
    );
    assert_eq!(by(&after, "c-1"), [["s-1"]]);
    let after = check(
        &after,
        |draft| draft.delete_sources(&[id("s-1")]),
        "delete source",
        "-Source(s-1) ~Mention(m-2) ~Claim(c-1) +Deleted(s-1)",
    );
    assert!(!after.claims[&id("c-1")].is_attributed(), "nobody is left, which is not the writer");
    assert!(after.claims[&id("c-2")].is_attributed());
    assert_eq!(after.chain(&after.claims[&id("c-2")]), [["He"]]);
}

#[test]
fn a_mention_joins_in_the_place_of_its_source_and_beside_another() {
    let set = worked();
    let set = check(&set, |d| d.attribute(&[id("c-1")], &[id("s-1")]), "attribute claim", "~Claim(c-1)");
    let set = check(&set, |d| d.join_mention(&id("c-1"), &id("m-2")), "join mention", "~Claim(c-1)");
    assert_eq!(by(&set, "c-1"), [["m-2"]]);
    let set = check(
        &set,
        |draft| {
            let other = draft.add_source(Source { name: "Kask".into(), ..Source::default() });
            let mention = draft.mark_mention(anchor("Tamm"), Some(other));
            draft.join_mention(&id("c-1"), &mention);
            draft.name("join mention");
        },
        "join mention",
        "+Source(new) +Mention(new) ~Claim(c-1)",
    );
    assert_eq!(set.chain(&set.claims[&id("c-1")]), [["Liis Tamm", "Kask"]]);
}

#[test]
fn a_mention_of_nobody_takes_over_the_source_of_its_claim() {
    let set = check(
        &worked(),
        |draft| {
            let mention = draft.mark_mention(anchor("Tamm was"), None);
            draft.join_mention(&id("c-1"), &mention);
        },
        "mark mention",
        "+Mention(new) ~Claim(c-1)",
    );
    let speaker = id(&by(&set, "c-1")[0][0]);
    assert_eq!(set.mentions[&speaker].source, Some(id("s-1")));
}

#[test]
fn a_cue_needs_a_voice_and_stands_in_the_order_of_the_text() {
    let set = check(
        &worked(),
        |draft| {
            draft.join_cue(&id("c-1"), anchor("on Monday")).unwrap();
            draft.join_cue(&id("c-1"), anchor("said")).unwrap();
            draft.join_cue(&id("c-1"), anchor("said")).unwrap();
        },
        "mark cue",
        "~Claim(c-1)",
    );
    let cues: Vec<_> = set.claims[&id("c-1")].said.as_ref().unwrap()[0].cue.iter().map(Anchor::quote_line).collect();
    assert_eq!(cues, ["said", "on Monday"]);
    let set = check(&set, |d| d.remove_cue(&id("c-1"), 0, 1), "remove cue", "~Claim(c-1)");
    let set = check(&set, |d| d.set_chain(&[id("c-1")], None), "attribute claim", "~Claim(c-1)");
    check(&set, |draft| assert_eq!(draft.join_cue(&id("c-1"), anchor("said")), Err(Unattributed)), "mark cue", "");
}

#[test]
fn the_writer_is_the_only_voice() {
    let kask = Voice { by: vec![id("s-1")], ..Voice::default() };
    let tamm = Voice { by: vec![id("m-1")], cue: vec![anchor("said")], ..Voice::default() };
    let chain = [kask, tamm];
    let claim = [id("c-1")];
    let set = check(&worked(), |d| d.set_chain(&claim, Some(&chain)), "attribute claim", "~Claim(c-1)");
    assert_eq!(by(&set, "c-1"), [["s-1"], ["m-1"]]);
    let fewer = check(&set, |d| d.remove_speaker(&id("c-1"), &id("m-1")), "remove source from claim", "~Claim(c-1)");
    assert_eq!(by(&fewer, "c-1"), [["s-1"]]);
    let writer = check(&set, |d| d.attribute(&claim, &[]), "attribute claim", "~Claim(c-1)");
    assert!(writer.claims[&id("c-1")].is_by_writer());
    assert_eq!(by(&writer, "c-1"), [[""; 0]]);
}

#[test]
fn repeats_are_one_step_and_related_to_what_they_repeat() {
    let set = worked();
    let repeats = vec![anchor("bridge"), anchor("May")];
    let after = check(
        &set,
        |draft| drop(draft.mark_repeats(&id("c-1"), repeats)),
        "mark 2 repeats",
        "+Claim(new) +Claim(new) +Relation(new) +Relation(new)",
    );
    for relation in after.relations.values() {
        assert_eq!((relation.to.clone(), relation.kind.as_deref()), (Some(id("c-1")), Some("repeats")));
        let repeat = &after.claims[relation.from.as_ref().unwrap()];
        assert_eq!(after.chain(repeat), [["Liis Tamm"]]);
        assert_eq!(repeat.created, Some(at(NOW).now));
    }
}

#[test]
fn every_anchor_is_named_and_moved_by_its_name() {
    let mut set = check(
        &worked(),
        |draft| {
            draft.join_cue(&id("c-1"), anchor("said")).unwrap();
            draft.refuse("speaker", anchor("May"), None);
        },
        "mark cue",
        "~Claim(c-1) +Dismissal(new)",
    );
    let all: Vec<(AnchorId, String)> = anchors(&set).map(|(of, anchor)| (of, anchor.quote_line())).collect();
    assert_eq!(all.len(), 6);
    for (of, quote) in all {
        let before = anchors(&set).find(|(other, _)| *other == of).unwrap().1.quote_line();
        assert_eq!(before, quote);
        let index = Index::of(&set);
        let mut draft = vouch::annotation::Draft::new(&set, &index, at(NOW));
        draft.set_anchor(&of, anchor("questions"));
        let edit = draft.finish();
        assert_eq!(edit.changes.len(), 1);
        set.apply(&edit).unwrap();
        let after = anchors(&set).find(|(other, _)| *other == of).unwrap().1.quote_line();
        assert_eq!(after, "questions");
    }
}

#[test]
fn joined_sources_speak_with_one_name_and_a_ring_ends() {
    let add = |name: &str| Source { name: name.into(), ..Source::default() };
    let set = check(
        &worked(),
        |draft| {
            draft.adopt_source(&id("s-2"), add("The Minister"));
            draft.adopt_source(&id("s-3"), add("Tamm, Liis"));
            draft.join_sources(&id("s-1"), &id("s-2"));
            draft.join_sources(&id("s-2"), &id("s-3"));
            draft.join_sources(&id("s-3"), &id("s-3"));
        },
        "adopt source The Minister",
        "~Source(s-1) +Source(new) +Source(new)",
    );
    assert_eq!(set.principal(&id("s-1")), &id("s-3"));
    assert_eq!(set.chain(&set.claims[&id("c-1")]), [["Tamm, Liis"]]);
    let ring = check(&set, |d| d.join_sources(&id("s-3"), &id("s-1")), "join sources", "~Source(s-3)");
    for source in ["s-1", "s-2", "s-3"] {
        assert_eq!(ring.principal(&id(source)), &id("s-1"));
    }
    let parted = check(&ring, |d| d.part_sources(&id("s-1"), &id("s-2")), "part sources", "~Source(s-1)");
    assert_eq!(parted.principal(&id("s-2")), &id("s-1"));
}

#[test]
fn a_source_knows_its_claims_through_mentions_and_directly() {
    let set = check(&worked(), |d| d.attribute(&[id("c-2")], &[id("s-1")]), "attribute claim", "~Claim(c-2)");
    let claims = Index::of(&set).claims_of_source(&id("s-1"));
    assert_eq!(Index::of(&set).count_of_source(&id("s-1")), claims.len());
    assert_eq!(claims.into_iter().collect::<Vec<_>>(), [id("c-1"), id("c-2")]);
}

#[test]
fn the_head_is_edited_as_any_item() {
    let set = worked();
    let set = check(&set, |d| d.set_state(Some("reading")), "mark release as reading", "~Header()");
    let set = check(&set, |d| d.set_read(&[3, 1, 3], true), "mark paragraphs as read", "~Header()");
    assert_eq!(set.header.read, [1, 3]);
    let set = check(&set, |d| d.set_read(&[1], false), "mark paragraph 1 as unread", "~Header()");
    assert_eq!(set.header.read, [3]);
    let about = About { title: Some("Bridge".into()), ..About::default() };
    let set = check(&set, |draft| draft.set_about(about.clone()), "change title", "~Header()");
    check(&set, |draft| draft.set_about(about.clone()), "change the release", "");
    // The label names what is changed, and nothing else.
    let more = About {
        published: Some("2024-05".into()),
        url: Some("https://example.org".into()),
        fields: vec![("desk".into(), "north".into())],
        ..about
    };
    let set = check(&set, |draft| draft.set_about(more.clone()), "change date, address, desk", "~Header()");
    let other_desk = About { fields: vec![("desk".into(), "south".into())], ..more };
    let set = check(&set, |draft| draft.set_about(other_desk.clone()), "change desk", "~Header()");
    let label = "change title, date, address, desk";
    let set = check(&set, |draft| draft.set_about(About::default()), label, "~Header()");
    assert_eq!(set.header.document.about, None);
}

#[test]
fn a_remark_is_settled_reopened_and_deleted_with_its_answers() {
    let mut first = None;
    let set = check(
        &worked(),
        |draft| {
            let remark = draft.remark(&id("c-elsewhere"), "agree?");
            draft.remark(&remark, "yes");
            first = Some(remark);
        },
        "add remark",
        "+Remark(new) +Remark(new)",
    );
    let remark = first.unwrap();
    let told = format!("~Remark({remark})");
    let set = check(&set, |draft| draft.resolve_remark(&remark, true), "settle remark", &told);
    check(&set, |draft| draft.resolve_remark(&remark, false), "reopen remark", &told);
    let set = check(&set, |draft| draft.set_remark(&remark, "agreed?"), "change remark", &told);
    assert_eq!(set.remarks[&remark].text, "agreed?");
    let index = Index::of(&set);
    let mut draft = vouch::annotation::Draft::new(&set, &index, at(NOW));
    draft.delete_remark(&remark);
    let mut after = set.clone();
    after.apply(&draft.finish()).unwrap();
    assert!(after.remarks.is_empty());
}

#[test]
fn what_comes_back_is_no_longer_noted_as_deleted() {
    let set = check(
        &worked(),
        |draft| draft.delete_sources(&[id("s-1")]),
        "delete source",
        "-Source(s-1) ~Mention(m-1) ~Mention(m-2) +Deleted(s-1)",
    );
    let source = Source { name: "Liis Tamm".into(), ..Source::default() };
    check(&set, |draft| draft.adopt_source(&id("s-1"), source), "adopt source Liis Tamm", "+Source(new) -Deleted(s-1)");
}

#[test]
fn the_same_stamp_draws_the_same_ids_and_no_id_twice() {
    let set = worked();
    let index = Index::of(&set);
    let draw = || {
        let mut draft = vouch::annotation::Draft::new(&set, &index, at(NOW));
        let ids: Vec<Id> = (0..1000).map(|_| draft.mark_claim(Claim::default())).collect();
        (ids, draft.finish())
    };
    let (ids, edit) = draw();
    assert_eq!(draw().0, ids);
    let mut after = set.clone();
    after.apply(&edit).unwrap();
    assert_eq!(after.claims.len(), 1002);
    // The same stamp on a set that holds those ids gives others.
    let index = Index::of(&after);
    let mut draft = vouch::annotation::Draft::new(&after, &index, at(NOW));
    assert!(!ids.contains(&draft.mark_claim(Claim::default())));
}
