//! Three-way merge: cases by name, then the laws on random sets.

use proptest::prelude::*;
use vouch::annotation::{
    About, AnnotationSet, Claim, ClaimField, Draft, Id, Index, Item, ItemKind, Judgement, Merged, Source, Stamp, Table,
    Voice, anchors, merge,
};
use vouch::sidecar::{item_with_field, print_field};

use super::common::{MORNING, NOW, anchor, at, id, worked};

fn draw(set: &AnnotationSet, stamp: Stamp, edit: impl FnOnce(&mut Draft)) -> AnnotationSet {
    let index = Index::of(set);
    let mut draft = Draft::new(set, &index, stamp);
    edit(&mut draft);
    let mut after = set.clone();
    after.apply(&draft.finish()).unwrap();
    after
}

fn ours(set: &AnnotationSet, edit: impl FnOnce(&mut Draft)) -> AnnotationSet {
    draw(set, at(NOW), edit)
}

fn theirs(set: &AnnotationSet, edit: impl FnOnce(&mut Draft)) -> AnnotationSet {
    draw(set, at(NOW + 7), edit)
}

/// Merges, and checks what must hold of every merge: its edit takes ours to its set and back.
fn merged(base: Option<&AnnotationSet>, ours: &AnnotationSet, theirs: &AnnotationSet) -> Merged {
    let merged = merge(base, ours, theirs, &print_field);
    let mut edited = ours.clone();
    edited.apply(&merged.edit).unwrap();
    assert_eq!(edited, merged.set);
    edited.apply(&merged.edit.inverted()).unwrap();
    assert_eq!(&edited, ours);
    assert!(merged.conflicts.iter().all(|id| merged.set.conflicts.contains_key(id)));
    merged
}

/// Merges and tells the conflicts: `on field: ours | theirs`.
fn check(
    base: Option<&AnnotationSet>,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    expected: &[&str],
) -> AnnotationSet {
    let merged = merged(base, ours, theirs);
    let mut told: Vec<String> = merged
        .conflicts
        .iter()
        .map(|id| {
            let conflict = &merged.set.conflicts[id];
            let on = conflict.on.as_ref().unwrap();
            let Some(field) = &conflict.field else {
                let side = |text: &Option<String>| if text.is_some() { "stays" } else { "deleted" };
                return format!("{on}: {} | {}", side(&conflict.ours), side(&conflict.theirs));
            };
            let value = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{on} {field}: {} | {}", value(&conflict.ours), value(&conflict.theirs))
        })
        .collect();
    told.sort();
    assert_eq!(told, expected);
    merged.set
}

fn set_field(claim: &str, field: ClaimField) -> impl FnOnce(&mut Draft) {
    let claim = id(claim);
    move |draft| draft.set_field(&[claim], &field)
}

fn note(text: &str) -> ClaimField {
    ClaimField::Note(Some(text.to_owned()))
}

#[test]
fn different_fields_of_one_claim_merge() {
    let base = worked();
    let a = ours(&base, set_field("c-1", ClaimField::Kind(Some("event".into()))));
    let b = theirs(&base, set_field("c-1", note("check the date")));
    let set = check(Some(&base), &a, &b, &[]);
    let claim = &set.claims[&id("c-1")];
    assert_eq!((claim.kind.as_deref(), claim.note.as_deref()), (Some("event"), Some("check the date")));
    assert_eq!(claim.modified, Some(at(NOW + 7).now), "the later of the two");
}

#[test]
fn the_same_field_keeps_ours_and_tells_theirs() {
    let base = worked();
    let a = ours(&base, set_field("c-1", note("mine \"1\"")));
    let b = theirs(&base, set_field("c-1", note("yours")));
    let set = check(Some(&base), &a, &b, &[r#"c-1 note: "mine \"1\"" | "yours""#]);
    assert_eq!(set.claims[&id("c-1")].note.as_deref(), Some("mine \"1\""));
    // Taking theirs settles it, and the same merge again does not bring it back.
    let (conflict, told) = set.conflicts.iter().next().unwrap();
    let item = set.any(told.on.as_ref().unwrap()).unwrap();
    let taken = item_with_field(&item, told.field.as_deref().unwrap(), told.theirs.as_deref()).unwrap();
    let settled = ours(&set, |draft| draft.settle_conflict_with(conflict, taken));
    assert_eq!(settled.claims[&id("c-1")].note.as_deref(), Some("yours"));
    let kept = ours(&set, |draft| draft.settle_conflict(conflict));
    for set in [settled, kept] {
        assert_eq!(check(Some(&base), &set, &b, &[]), set);
    }
}

#[test]
fn both_doing_the_same_is_no_conflict() {
    let base = worked();
    let both = ours(&base, set_field("c-1", note("same")));
    assert_eq!(check(Some(&base), &both, &both.clone(), &[]), both);
    let gone = ours(&base, |draft| draft.delete_claims(&[id("c-1")]));
    assert_eq!(
        check(Some(&base), &gone, &theirs(&base, |draft| draft.delete_claims(&[id("c-1")])), &[]).claims.len(),
        1
    );
}

#[test]
fn lists_that_are_sets_take_both_sides() {
    let tags = |tags: &[&str]| ClaimField::Tags(tags.iter().map(ToString::to_string).collect());
    let base = ours(&worked(), set_field("c-1", tags(&["a", "b", "c"])));
    let a = ours(&base, set_field("c-1", tags(&["a", "c", "z", "m"])));
    let b = theirs(&base, set_field("c-1", tags(&["b", "c", "k"])));
    let set = check(Some(&base), &a, &b, &[]);
    assert_eq!(set.claims[&id("c-1")].tags, ["c", "k", "m", "z"]);
    let read = |numbers: &'static [usize]| move |draft: &mut Draft| draft.set_read(numbers, true);
    let set = check(Some(&base), &ours(&base, read(&[2, 9])), &theirs(&base, read(&[1, 9, 4])), &[]);
    assert_eq!(set.header.read, [1, 2, 4, 9]);
}

#[test]
fn own_fields_and_those_of_a_later_version_merge_by_name() {
    let own = |name: &str, value: &str| ClaimField::Own(name.into(), Some(value.into()));
    let base = ours(&worked(), set_field("c-1", own("desk", "east")));
    let a = ours(&base, |draft| {
        draft.set_field(&[id("c-1")], &own("desk", "west"));
        draft.set_field(&[id("c-1")], &own("beat", "roads"));
    });
    let b = theirs(&base, |draft| {
        draft.set_field(&[id("c-1")], &own("desk", "north"));
        draft.set_field(&[id("c-1")], &own("angle", "cost"));
    });
    let set = check(Some(&base), &a, &b, &[r#"c-1 fields.desk: "west" | "north""#]);
    let fields = [("desk", "west"), ("angle", "cost"), ("beat", "roads")];
    assert_eq!(set.claims[&id("c-1")].fields, fields.map(|(name, value)| (name.to_owned(), value.to_owned())));

    let later = |set: &AnnotationSet, fields: &[(&str, &str)]| {
        let mut source = (*set.sources[&id("s-1")]).clone();
        source.extra = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        ours(set, |draft| draft.set_source(&id("s-1"), source))
    };
    let base = later(&worked(), &[("orcid", "1"), ("photo", "2")]);
    let a = later(&base, &[("photo", "3"), ("age", "40")]);
    let b = later(&base, &[("orcid", "9"), ("photo", "2"), ("x.y", "()")]);
    let set = check(Some(&base), &a, &b, &["s-1 orcid:  | 9"]);
    let names: Vec<&str> = set.sources[&id("s-1")].extra.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["photo", "age", "x.y", "orcid"], "what one side changed and the other took away stays");
}

#[test]
fn own_fields_of_a_source_and_of_the_document_merge_by_name() {
    let with = |set: &AnnotationSet, fields: &[(&str, &str)]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let source = Source { fields: fields.clone(), ..(*set.sources[&id("s-1")]).clone() };
        ours(set, |draft| {
            draft.set_source(&id("s-1"), source);
            draft.set_about(About { fields, ..About::default() });
        })
    };
    let base = with(&worked(), &[("desk", "east"), ("beat", "roads")]);
    let a = with(&base, &[("desk", "west"), ("beat", "roads"), ("party", "none")]);
    let b = with(&base, &[("desk", "north"), ("angle", "cost")]);
    let told = [r#" document.about.fields.desk: "west" | "north""#, r#"s-1 fields.desk: "west" | "north""#];
    let set = check(Some(&base), &a, &b, &told);
    let expected = [("desk", "west"), ("angle", "cost"), ("party", "none")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(set.sources[&id("s-1")].fields, expected);
    assert_eq!(set.header.document.about.as_ref().unwrap().fields, expected);
}

#[test]
fn a_term_and_its_scale_come_from_one_side() {
    let judge = |scale: &str, term: &str| {
        let (scale, term) = (scale.to_owned(), Some(term.to_owned()));
        let judgement = Judgement { axis: "likelihood".into(), scale, term, ..Judgement::default() };
        move |draft: &mut Draft| draft.assess(&[id("c-1")], &judgement)
    };
    let base = ours(&worked(), judge("icd203-2015", "likely"));
    let a = ours(&base, judge("icd203-2015", "unlikely"));
    let b = theirs(&base, judge("phia-2019", "likely"));
    let on = base.assessments.keys().next().unwrap();
    let told = [format!(r#"{on} scale: "icd203-2015" | "phia-2019""#), format!(r#"{on} term: "unlikely" | "likely""#)];
    let set = check(Some(&base), &a, &b, &told.each_ref().map(String::as_str));
    assert_eq!((&*set.assessments[on].scale, set.assessments[on].term.as_deref()), ("icd203-2015", Some("unlikely")));
}

#[test]
fn records_within_records_merge_by_field() {
    let about = |title: Option<&str>, url: Option<&str>| {
        let (title, url) = (title.map(str::to_owned), url.map(str::to_owned));
        let about = About { title, url, ..About::default() };
        move |draft: &mut Draft| draft.set_about(about)
    };
    let base = ours(&worked(), about(Some("Bridge"), None));
    let a = ours(&base, about(Some("The bridge"), None));
    let b = theirs(&base, about(Some("A bridge"), Some("https://example.org/")));
    let set = check(Some(&base), &a, &b, &[r#" document.about.title: "The bridge" | "A bridge""#]);
    let merged = set.header.document.about.as_ref().unwrap();
    assert_eq!(merged.title.as_deref(), Some("The bridge"));
    assert_eq!(merged.url.as_deref(), Some("https://example.org/"));
}

#[test]
fn an_edit_stays_against_a_deletion_with_what_hung_on_the_item() {
    let judgement = Judgement { axis: "credibility".into(), term: Some("2".into()), ..Judgement::default() };
    let base = ours(&worked(), |draft| {
        draft.assess(&[id("c-1")], &judgement);
        let remark = draft.remark(&id("c-1"), "sure?");
        draft.remark(&remark, "yes");
        draft.relate(&id("c-1"), &id("c-2"), "supports", None);
    });
    let gone = ours(&base, |draft| draft.delete_claims(&[id("c-1")]));
    let edited = theirs(&base, set_field("c-1", note("still good")));
    let set = check(Some(&base), &gone, &edited, &["c-1: deleted | stays"]);
    assert_eq!(set.claims[&id("c-1")].note.as_deref(), Some("still good"));
    assert_eq!(AnnotationSet { conflicts: Table::new(), ..set }, edited, "all that went with the claim is back");
    let set = check(Some(&base), &edited, &gone, &["c-1: stays | deleted"]);
    assert_eq!(AnnotationSet { conflicts: Table::new(), ..set }, edited);
}

#[test]
fn what_the_other_side_uses_stays() {
    let base = worked();
    // Deleting c-1 takes its mention m-1 along; the other side lets m-1 speak c-2.
    let gone = ours(&base, |draft| draft.delete_claims(&[id("c-1")]));
    let used = theirs(&base, |draft| draft.attribute(&[id("c-2")], &[id("m-1")]));
    for (a, b, told) in [(&gone, &used, "m-1: deleted | stays"), (&used, &gone, "m-1: stays | deleted")] {
        let set = check(Some(&base), a, b, &[told]);
        assert_eq!(set.chain(&set.claims[&id("c-2")]), [["Liis Tamm"]]);
        assert!(!set.claims.contains_key(&id("c-1")));
        assert_eq!(set.deleted.keys().collect::<Vec<_>>(), [&id("c-1")]);
    }
    let remarked = theirs(&base, |draft| drop(draft.remark(&id("c-1"), "why gone?")));
    let set = check(Some(&base), &gone, &remarked, &["c-1: deleted | stays"]);
    assert_eq!(set.chain(&set.claims[&id("c-1")]), [["Liis Tamm"]], "and through whom it is said");
}

#[test]
fn without_a_base_notes_of_deletion_decide() {
    let base = worked();
    let gone = ours(&base, |draft| draft.delete_claims(&[id("c-1")]));
    let added =
        theirs(&base, |draft| drop(draft.mark_claim(Claim { anchor: anchor("questions"), ..Claim::default() })));
    let set = check(None, &gone, &added, &[]);
    assert_eq!(set.claims.len(), 2, "the deleted one stays dead, the new one is in");
    assert!(!set.claims.contains_key(&id("c-1")));
    assert_eq!(check(None, &added, &gone, &[]), set);
    // Changed after it was deleted elsewhere: it stays, and is told.
    let edited = theirs(&base, set_field("c-1", note("later")));
    let set = check(None, &gone, &edited, &["c-1: deleted | stays"]);
    assert!(!set.deleted.contains_key(&id("c-1")));
    // Changed before: it is gone.
    let earlier = draw(&base, at(MORNING + 1), set_field("c-1", note("earlier")));
    assert!(!check(None, &gone, &earlier, &[]).claims.contains_key(&id("c-1")));
}

#[test]
fn what_was_brought_back_stays_alive() {
    let gone = ours(&worked(), |draft| draft.delete_sources(&[id("s-1")]));
    let back = ours(&gone, |draft| draft.adopt_source(&id("s-1"), Source { name: "Tamm".into(), ..Source::default() }));
    let other = theirs(&gone, set_field("c-1", note("x")));
    for (a, b) in [(&back, &other), (&other, &back)] {
        let set = check(Some(&gone), a, b, &[]);
        assert!(set.sources.contains_key(&id("s-1")) && set.deleted.is_empty());
    }
}

#[test]
fn a_dangling_link_that_one_side_left_is_left_to_it() {
    let base = worked();
    // As if a line was deleted by hand: m-1 is gone and c-1 still names it.
    let mut torn = base.clone();
    let mut edit = vouch::annotation::Edit::new("by hand");
    edit.take(&base, ItemKind::Mention, &id("m-1"));
    torn.apply(&edit).unwrap();
    assert_eq!(check(Some(&base), &torn, &base, &[]), torn);
    assert_eq!(check(Some(&base), &base, &torn, &[]), torn);
}

/// One random thing that somebody does; small numbers, so that both sides meet.
#[derive(Clone, Debug)]
enum Deed {
    Mark(u8),
    Field(u8, u8, u8),
    Delete(u8),
    Assess(u8, u8),
    Mention(u8, u8),
    Attribute(u8, u8),
    Remark(u8),
    Relate(u8, u8),
    Read(u8),
    Alias(u8),
    Title(u8),
    DeleteMention(u8),
    DeleteSource(u8),
    Undelete(u8),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let n = || 0..4u8;
    let deed = prop_oneof![
        n().prop_map(Deed::Mark),
        (n(), 0..8u8, n()).prop_map(|(claim, field, value)| Deed::Field(claim, field, value)),
        (n(), 0..8u8, n()).prop_map(|(claim, field, value)| Deed::Field(claim, field, value)),
        n().prop_map(Deed::Delete),
        (n(), n()).prop_map(|(claim, term)| Deed::Assess(claim, term)),
        (n(), n()).prop_map(|(words, source)| Deed::Mention(words, source)),
        (n(), n()).prop_map(|(claim, mention)| Deed::Attribute(claim, mention)),
        n().prop_map(Deed::Remark),
        (n(), n()).prop_map(|(from, to)| Deed::Relate(from, to)),
        n().prop_map(Deed::Read),
        n().prop_map(Deed::Alias),
        n().prop_map(Deed::Title),
        n().prop_map(Deed::DeleteMention),
        n().prop_map(Deed::DeleteSource),
        n().prop_map(Deed::Undelete),
    ];
    prop::collection::vec(deed, 0..8)
}

fn nth<'a, T>(ids: impl ExactSizeIterator<Item = &'a Id> + Clone, n: u8, _: &T) -> Vec<Id> {
    let count = ids.len();
    ids.cycle().skip(usize::from(n)).take(count.min(1)).cloned().collect()
}

/// Does the deeds, each minute one, with ids of this side's own.
fn done(set: &AnnotationSet, deeds: &[Deed], side: u64) -> AnnotationSet {
    let words = ["bridge", "May", "costs", "questions"].map(anchor);
    let mut set = set.clone();
    for (minute, deed) in deeds.iter().enumerate() {
        let stamp = Stamp { random: (side << 32) + minute as u64, ..at(NOW + minute as u64) };
        set = draw(&set.clone(), stamp, |draft| {
            let claim = |n: u8| nth(set.claims.keys(), n, &());
            let text = |n: u8| Some(n.to_string());
            match *deed {
                Deed::Mark(n) => {
                    draft.mark_claim(Claim { anchor: words[usize::from(n)].clone(), ..Claim::default() });
                }
                Deed::Field(n, field, value) => {
                    let field = match field {
                        0 => ClaimField::Kind(text(value)),
                        1 => ClaimField::Note(text(value).filter(|_| value > 0)),
                        2 => ClaimField::Tag(value.to_string(), true),
                        3 => ClaimField::Tag(value.to_string(), false),
                        4 => ClaimField::Own(value.to_string(), text(field)),
                        5 => ClaimField::Own(value.to_string(), None),
                        6 => ClaimField::Evidence(vec![value.to_string()]),
                        _ => ClaimField::Status(text(value)),
                    };
                    draft.set_field(&claim(n), &field);
                }
                Deed::Delete(n) => draft.delete_claims(&claim(n)),
                Deed::Assess(n, term) => {
                    let judgement = Judgement { axis: "a".into(), term: text(term), ..Judgement::default() };
                    draft.assess(&claim(n), &judgement);
                }
                Deed::Mention(n, source) => {
                    let source = nth(set.sources.keys(), source, &()).pop();
                    draft.mark_mention(words[usize::from(n)].clone(), source);
                }
                Deed::Attribute(n, mention) => {
                    let by = nth(set.mentions.keys(), mention, &());
                    draft.attribute(&claim(n), &by);
                }
                Deed::Remark(n) => claim(n).iter().for_each(|claim| drop(draft.remark(claim, "so?"))),
                Deed::Relate(from, to) => {
                    if let (Some(from), Some(to)) = (claim(from).pop(), claim(to).pop()) {
                        draft.relate(&from, &to, "supports", None);
                    }
                }
                Deed::Read(n) => draft.set_read(&[usize::from(n)], true),
                Deed::Alias(n) => {
                    for id in nth(set.sources.keys(), n, &()) {
                        let mut source = (*set.sources[&id]).clone();
                        source.aliases.push(n.to_string());
                        source.aliases.dedup();
                        draft.set_source(&id, source);
                    }
                }
                Deed::Title(n) => draft.set_about(About { title: text(n), ..About::default() }),
                Deed::DeleteMention(n) => draft.delete_mentions(&nth(set.mentions.keys(), n, &())),
                Deed::DeleteSource(n) => draft.delete_sources(&nth(set.sources.keys(), n, &())),
                Deed::Undelete(n) => {
                    for id in nth(set.deleted.keys(), n, &()) {
                        if id.as_str().starts_with('s') {
                            draft.adopt_source(&id, Source { name: "back".into(), ..Source::default() });
                        }
                    }
                }
            }
        });
    }
    set
}

fn ids(set: &AnnotationSet) -> Vec<(ItemKind, Id)> {
    let tables = ItemKind::WITH_ID.into_iter().filter(|kind| *kind != ItemKind::Conflict);
    tables
        .flat_map(|kind| {
            let ids: Vec<Id> = match kind {
                ItemKind::Source => set.sources.keys().cloned().collect(),
                ItemKind::Mention => set.mentions.keys().cloned().collect(),
                ItemKind::Claim => set.claims.keys().cloned().collect(),
                ItemKind::Assessment => set.assessments.keys().cloned().collect(),
                ItemKind::Relation => set.relations.keys().cloned().collect(),
                ItemKind::Remark => set.remarks.keys().cloned().collect(),
                ItemKind::Dismissal => set.dismissed.keys().cloned().collect(),
                _ => Vec::new(),
            };
            ids.into_iter().map(move |id| (kind, id))
        })
        .collect()
}

/// What the conflicts of a merge are about.
fn about(merged: &Merged) -> Vec<(Option<Id>, Option<String>)> {
    let mut about: Vec<_> = merged
        .conflicts
        .iter()
        .map(|id| (merged.set.conflicts[id].on.clone(), merged.set.conflicts[id].field.clone()))
        .collect();
    about.sort();
    about
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_side_that_did_nothing_changes_nothing(common in deeds(), a in deeds()) {
        let base = done(&worked(), &common, 1);
        let a = done(&base, &a, 2);
        prop_assert_eq!(&merged(Some(&base), &a, &base).set, &a);
        prop_assert_eq!(&merged(Some(&base), &base, &a).set, &a);
        prop_assert_eq!(&merged(Some(&base), &a, &a).set, &a);
        prop_assert_eq!(&merged(None, &a, &a).set, &a);
        prop_assert_eq!(merged(Some(&base), &base, &a).conflicts, []);
    }

    #[test]
    fn sides_may_change_places(common in deeds(), a in deeds(), b in deeds(), knows_base: bool) {
        let base = done(&worked(), &common, 1);
        let (a, b) = (done(&base, &a, 2), done(&base, &b, 3));
        let base = Some(&base).filter(|_| knows_base);
        let (ab, ba) = (merged(base, &a, &b), merged(base, &b, &a));
        prop_assert_eq!(about(&ab), about(&ba));
        prop_assert_eq!(ids(&ab.set), ids(&ba.set));
        if ab.conflicts.is_empty() {
            prop_assert_eq!(ab.set, ba.set);
        }
    }

    #[test]
    fn the_same_merge_twice_is_the_same(common in deeds(), a in deeds(), b in deeds(), knows_base: bool) {
        let base = done(&worked(), &common, 1);
        let (a, b) = (done(&base, &a, 2), done(&base, &b, 3));
        let base = Some(&base).filter(|_| knows_base);
        let once = merged(base, &a, &b);
        let again = merged(base, &a, &b);
        prop_assert_eq!(&once, &again);
        prop_assert_eq!(&merged(base, &once.set, &b).set, &once.set);
    }

    #[test]
    fn three_sides_may_merge_in_any_order(common in deeds(), a in deeds(), b in deeds(), c in deeds()) {
        let base = done(&worked(), &common, 1);
        let (a, b, c) = (done(&base, &a, 2), done(&base, &b, 3), done(&base, &c, 4));
        let (ab, bc) = (merged(Some(&base), &a, &b), merged(Some(&base), &b, &c));
        let (left, right) = (merged(Some(&base), &ab.set, &c), merged(Some(&base), &a, &bc.set));
        if [&ab, &bc, &left, &right].iter().all(|merged| merged.conflicts.is_empty()) {
            prop_assert_eq!(left.set, right.set);
        }
    }

    #[test]
    fn nothing_vanishes(common in deeds(), a in deeds(), b in deeds(), knows_base: bool) {
        let base = done(&worked(), &common, 1);
        let (a, b) = (done(&base, &a, 2), done(&base, &b, 3));
        let known = Some(&base).filter(|_| knows_base);
        let set = merged(known, &a, &b).set;
        for (one, other) in [(&a, &b), (&b, &a)] {
            for (kind, id) in ids(one) {
                let was_deleted = other.item(kind, &id).is_none()
                    && (other.deleted.contains_key(&id) || (knows_base && base.item(kind, &id).is_some()));
                prop_assert!(set.item(kind, &id).is_some() || was_deleted, "{id} vanished");
            }
        }
        // Each value of each side is in the set or in a conflict.
        let told: Vec<&str> = set.conflicts.values().filter_map(|conflict| conflict.theirs.as_deref()).collect();
        for (id, claim) in &b.claims {
            let Some(note) = &claim.note else { continue };
            let is_theirs = base.claims.get(id).is_none_or(|base| base.note.as_ref() != Some(note));
            if is_theirs && set.claims.contains_key(id) {
                let quoted = format!("{note:?}");
                let is_kept = set.claims[id].note.as_ref() == Some(note) || told.iter().any(|told| told.contains(&quoted));
                prop_assert!(is_kept, "the note {note} of {id} vanished");
            }
        }
    }
}

#[test]
fn undo_goes_through_what_came_from_elsewhere_in_other_fields() {
    let mut work = vouch::annotation::Work::new(worked(), []);
    let base = work.set().clone();
    let kind = {
        let mut draft = work.draft(at(NOW));
        draft.set_field(&[id("c-1")], &ClaimField::Kind(Some("event".into())));
        draft.finish()
    };
    work.act(kind).unwrap();
    let other = theirs(&base, set_field("c-1", note("from elsewhere")));
    let merge = merged(Some(&base), work.set(), &other);
    work.take_in(merge.edit).unwrap();
    let both = work.set().clone();
    work.undo().unwrap().unwrap();
    let claim = &work.set().claims[&id("c-1")];
    assert_eq!((claim.kind.as_deref(), claim.note.as_deref()), (None, Some("from elsewhere")));
    work.redo().unwrap().unwrap();
    assert_eq!(work.set(), &both);
}

#[test]
fn a_chain_of_voices_is_one_field() {
    let base = worked();
    let chain = |by: &str| Some(vec![Voice { by: vec![id(by)], ..Voice::default() }]);
    let a = ours(&base, |draft| draft.set_chain(&[id("c-1")], chain("s-1").as_deref()));
    let b = theirs(&base, |draft| draft.set_chain(&[id("c-1")], chain("m-2").as_deref()));
    let set = check(Some(&base), &a, &b, &[r#"c-1 said: [(by: ["s-1"])] | [(by: ["m-2"])]"#]);
    assert_eq!(anchors(&set).count(), anchors(&base).count());
    let mut item = set.any(&id("c-1")).unwrap();
    item = item_with_field(&item, "said", Some(r#"[(by: ["m-2"])]"#)).unwrap();
    assert_eq!(
        Some(item),
        b.any(&id("c-1")).map(|item| match (item, set.any(&id("c-1"))) {
            (Item::Claim(theirs), Some(Item::Claim(merged))) => {
                Item::Claim(Claim { modified: merged.modified.clone(), ..(*theirs).clone() }.into())
            }
            _ => unreachable!(),
        })
    );
}
