//! What the tests of the room share: a release of two sentences, ids and sets on it, and the laws of every edit.

use vouch::annotation::{
    Anchor, AnnotationSet, Claim, Draft, Edit, Id, Index, Item, ItemKind, Mention, Source, Stamp, Voice,
};
use vouch::document::{ByteSpan, Text};

pub const RELEASE: &str = "Minister Tamm said on Monday that the bridge will open in May. \
     He also warned that costs had doubled. Tamm was not available for questions.\n";

pub fn release() -> Text {
    Text::new(RELEASE.to_owned())
}

pub fn id(text: &str) -> Id {
    Id::new(text)
}

/// The anchor of the first place where `words` stand in `text`.
pub fn anchor_in(text: &Text, words: &str) -> Anchor {
    let start = text.as_str().find(words).unwrap();
    Anchor::new(text, &[ByteSpan::new(start, start + words.len())]).unwrap()
}

pub fn anchor(words: &str) -> Anchor {
    anchor_in(&release(), words)
}

/// A stamp at a minute of the day; the session began at 10:00.
pub fn at(minute: u64) -> Stamp {
    Stamp {
        now: format!("2026-11-24T{:02}:{:02}:00Z", minute / 60, minute % 60),
        session: "2026-11-24T10:00:00Z".to_owned(),
        random: minute,
    }
}

pub const MORNING: u64 = 9 * 60;
pub const NOW: u64 = 10 * 60 + 30;

/// A set in which Tamm says both claims: `c-1` through the mention `m-1`, `c-2` through `m-2` ("He").
pub fn worked() -> AnnotationSet {
    let mut set = AnnotationSet::default();
    let mut edit = Edit::new("lay out");
    let tamm = Source { name: "Liis Tamm".into(), kind: Some("person".into()), ..Source::default() };
    edit.put(&set, &id("s-1"), Item::Source(tamm.into()));
    for (mention, words) in [("m-1", "Minister Tamm"), ("m-2", "He")] {
        let mention_of_tamm = Mention { anchor: anchor(words), source: Some(id("s-1")), ..Mention::default() };
        edit.put(&set, &id(mention), Item::Mention(mention_of_tamm.into()));
    }
    for (claim, mention, words) in [("c-1", "m-1", "the bridge will open in May"), ("c-2", "m-2", "costs had doubled")]
    {
        let said = Some(vec![Voice { by: vec![id(mention)], ..Voice::default() }]);
        let claim_said = Claim { anchor: anchor(words), said, created: Some(at(MORNING).now), ..Claim::default() };
        edit.put(&set, &id(claim), Item::Claim(claim_said.into()));
    }
    set.apply(&edit).unwrap();
    set
}

/// Draws an edit of `set` and checks what must hold of every edit: its label, the items that it adds (`+`), changes
/// (`~`) and takes out (`-`), that it applies, that its inverse restores the set, and that an index that follows it is
/// the index of the new set. Gives the new set.
pub fn check(set: &AnnotationSet, draw: impl FnOnce(&mut Draft), label: &str, changes: &str) -> AnnotationSet {
    check_at(NOW, set, draw, label, changes)
}

/// [`check`] at a minute of the day.
pub fn check_at(
    minute: u64,
    set: &AnnotationSet,
    draw: impl FnOnce(&mut Draft),
    label: &str,
    changes: &str,
) -> AnnotationSet {
    let mut index = Index::of(set);
    let mut draft = Draft::new(set, &index, at(minute));
    draw(&mut draft);
    let edit = draft.finish();
    let told: Vec<String> = edit
        .changes
        .iter()
        .map(|change| {
            let sign = match (&change.before, &change.after) {
                (None, _) => '+',
                (_, None) => '-',
                _ => '~',
            };
            let kind = change.kind().unwrap();
            // New ids are drawn by chance and say nothing.
            let is_new = sign == '+' && kind != ItemKind::Deleted;
            let id = if is_new { "new" } else { change.id.as_str() };
            format!("{sign}{kind:?}({id})")
        })
        .collect();
    assert_eq!((edit.label.as_str(), told.join(" ").as_str()), (label, changes));

    let mut after = set.clone();
    after.apply(&edit).unwrap();
    let mut back = after.clone();
    back.apply(&edit.inverted()).unwrap();
    assert_eq!(&back, set, "the inverse of {label}");
    index.follow(&edit);
    assert_eq!(index, Index::of(&after), "the index after {label}");
    after
}
