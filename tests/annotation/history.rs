//! Undo and redo, alone, across a restart, and with changes from elsewhere in between.

use vouch::annotation::{Act, ClaimField, Edit, History, Record, Work};

use super::common::{at, id, worked};

fn note(work: &Work, minute: u64, text: &str) -> Edit {
    let mut draft = work.draft(at(minute));
    draft.set_field(&[id("c-1")], &ClaimField::Note(Some(text.to_owned())));
    draft.finish()
}

fn text(work: &Work) -> &str {
    work.set().claims[&id("c-1")].note.as_deref().unwrap_or("")
}

#[test]
fn undo_and_redo_walk_the_same_way_and_a_new_step_ends_redo() {
    let mut work = Work::new(worked(), []);
    for (minute, words) in [(1, "one"), (2, "two"), (3, "three")] {
        work.act(note(&work, minute, words)).unwrap();
    }
    let three = work.set().clone();
    assert_eq!(work.history().undo_labels().count(), 3);
    for expected in ["two", "one", ""] {
        work.undo().unwrap().unwrap();
        assert_eq!(text(&work), expected);
    }
    assert_eq!(work.undo(), Ok(None));
    assert_eq!(work.set(), &worked());
    while work.redo().unwrap().is_some() {}
    assert_eq!(work.set(), &three);
    work.undo().unwrap();
    work.act(note(&work, 4, "four")).unwrap();
    assert_eq!(work.redo(), Ok(None));
    assert_eq!(work.history().to_undo().unwrap().label, "set note");
}

#[test]
fn a_burst_of_typing_is_one_step() {
    let mut work = Work::new(worked(), []);
    for (minute, words) in [(1, "o"), (2, "on"), (3, "one")] {
        let acts = work.act_on(note(&work, minute, words)).unwrap().act;
        assert_eq!(acts, if minute == 1 { Act::Do } else { Act::Amend });
    }
    assert_eq!(work.history().undo_labels().count(), 1);
    work.undo().unwrap();
    assert_eq!(text(&work), "");
    work.redo().unwrap();
    assert_eq!(text(&work), "one");
    // After an undo or redo, after another edit, or on another claim, typing begins a step of its own.
    assert_eq!(work.act_on(note(&work, 4, "one!")).unwrap().act, Act::Do);
    let mut other = work.draft(at(5));
    other.set_field(&[id("c-2")], &ClaimField::Note(Some("two".to_owned())));
    assert_eq!(work.act_on(other.finish()).unwrap().act, Act::Do);
    assert_eq!(work.act_on(note(&work, 6, "one!!")).unwrap().act, Act::Do);
}

#[test]
fn the_records_of_a_session_give_its_set_and_its_history() {
    let mut work = Work::new(worked(), []);
    let mut records: Vec<Record> = Vec::new();
    for step in 0..200u64 {
        let record = match step % 7 {
            0 | 1 | 4 => Some(work.act(note(&work, step, &step.to_string())).unwrap()),
            2 => Some(work.act_on(note(&work, step, &step.to_string())).unwrap()),
            3 | 5 => work.undo().unwrap(),
            _ => work.redo().unwrap(),
        };
        records.extend(record);
    }
    let mut set = worked();
    for record in &records {
        set.apply(&record.edit).unwrap();
    }
    assert_eq!(&set, work.set());
    assert_eq!(&History::of(&records), work.history());
    let mut again = Work::new(set, &records);
    while again.undo().unwrap().is_some() {}
    assert_eq!(again.set(), &worked());
}

#[test]
fn records_that_do_not_fit_tell_nothing() {
    let stray = [Act::Undo, Act::Redo, Act::Pass, Act::Outside].map(|act| Record { act, edit: Edit::new("stray") });
    assert_eq!(History::of(&stray), History::default());
}

#[test]
fn a_step_that_was_overtaken_from_elsewhere_is_refused_and_can_be_passed() {
    let mut work = Work::new(worked(), []);
    let mut earlier = work.draft(at(1));
    earlier.set_field(&[id("c-2")], &ClaimField::Note(Some("earlier".to_owned())));
    work.act(earlier.finish()).unwrap();
    work.act(note(&work, 2, "mine")).unwrap();
    work.take_in(note(&work, 3, "theirs")).unwrap();
    assert_eq!(work.history().undo_labels().count(), 2, "what came from elsewhere is no step of mine");

    let before = work.set().clone();
    let refused = work.undo().unwrap_err();
    assert_eq!(refused.to_string(), "c-1 was changed meanwhile");
    assert_eq!(work.set(), &before);

    assert_eq!(work.pass().unwrap().act, Act::Pass);
    work.undo().unwrap().unwrap();
    assert_eq!(work.set().claims[&id("c-2")].note, None);
    assert_eq!(text(&work), "theirs");
    assert_eq!(work.pass(), None);
}
