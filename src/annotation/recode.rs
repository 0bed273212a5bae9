//! A kind or tag renamed, merged into another, split or taken away, in the sets that use it.
//!
//! What is to be done is worked out claim by claim, before and after, so that it can be shown, kept, done again after a
//! kill, and taken back exactly. Knows no files (`sidecar/recoding.rs` does). Held by `tests/recoding.rs`.

use std::sync::Arc;

use super::{AnnotationSet, Claim, Edit, Id, Item, Timestamp};

/// What is done to a word of the codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recode {
    /// Whether it is a kind or a tag.
    pub what: CodedWord,
    /// The word as it stands in sets.
    pub from: String,
    /// The word in its place; `None`: none.
    pub to: Option<String>,
}

/// What a word of the codebook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodedWord {
    /// A kind of claim.
    Kind,
    /// A tag.
    Tag,
}

/// The words of the codebook that a claim carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coding {
    /// Its kind.
    pub kind: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// A claim whose words change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoded {
    /// The claim.
    pub claim: Id,
    /// As it was.
    pub before: Coding,
    /// As it shall be.
    pub after: Coding,
}

impl Recode {
    /// Whether a claim carries the word.
    #[must_use]
    pub fn is_in(&self, claim: &Claim) -> bool {
        match self.what {
            CodedWord::Kind => claim.kind.as_ref() == Some(&self.from),
            CodedWord::Tag => claim.tags.contains(&self.from),
        }
    }

    /// The claims of a set that it changes; of those that carry the word, the ones that are `meant`.
    pub fn of(&self, set: &AnnotationSet, meant: impl Fn(&Id, &Claim) -> bool) -> Vec<Recoded> {
        let claims = set.claims.iter().filter(|(id, claim)| self.is_in(claim) && meant(id, claim));
        claims
            .map(|(id, claim)| {
                let before = Coding::of(claim);
                Recoded { claim: id.clone(), after: self.after(&before), before }
            })
            .collect()
    }

    fn after(&self, before: &Coding) -> Coding {
        let mut after = before.clone();
        match self.what {
            CodedWord::Kind => after.kind.clone_from(&self.to),
            CodedWord::Tag => {
                // In its place; where the other word is there already, that one is enough.
                let other = self.to.as_ref().filter(|to| !before.tags.contains(to));
                let tags = before.tags.iter().filter_map(|tag| if *tag == self.from { other } else { Some(tag) });
                after.tags = tags.cloned().collect();
            }
        }
        after
    }
}

impl Coding {
    /// What a claim carries.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        Self { kind: claim.kind.clone(), tags: claim.tags.clone() }
    }
}

impl Recoded {
    /// What takes it back.
    #[must_use]
    pub fn inverted(&self) -> Self {
        Self { claim: self.claim.clone(), before: self.after.clone(), after: self.before.clone() }
    }

    /// The claim as it shall be. What was changed meanwhile stays: a kind is replaced only where it is still as it was,
    /// and of the tags only those that differ are touched. Done a second time, it changes nothing.
    fn on(&self, claim: &Claim) -> Option<Claim> {
        let Self { before, after, .. } = self;
        let mut changed = claim.clone();
        if before.kind != after.kind && claim.kind == before.kind {
            changed.kind.clone_from(&after.kind);
        }
        if before.tags != after.tags {
            if claim.tags == before.tags {
                changed.tags.clone_from(&after.tags);
            } else {
                changed.tags.retain(|tag| !before.tags.contains(tag) || after.tags.contains(tag));
                let new = after.tags.iter().filter(|tag| !before.tags.contains(tag) && !claim.tags.contains(tag));
                changed.tags.extend(new.cloned());
            }
        }
        (changed != *claim).then_some(changed)
    }
}

/// The edit that changes these claims in a set, at the time `now`; empty where nothing is left to be done.
#[must_use]
pub fn recoding_edit(set: &AnnotationSet, recoded: &[Recoded], label: &str, now: &Timestamp) -> Edit {
    let mut edit = Edit::new(label);
    for one in recoded {
        let Some(changed) = set.claims.get(&one.claim).and_then(|claim| one.on(claim)) else { continue };
        let claim = Claim { modified: Some(now.clone()), ..changed };
        edit.put(set, &one.claim, Item::Claim(Arc::new(claim)));
    }
    edit
}
