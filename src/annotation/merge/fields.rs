//! How each kind of item is merged field by field.

use super::lists::{Clashes, foreign, latest, named, numbers, set, side, whole};
use crate::annotation::{
    About, Annotator, Assessment, Claim, Conflict, Descriptor, Dismissal, DocumentRef, Header, Item, Kept, Mention,
    Relation, Remark, Source, Timestamp,
};

/// A record whose fields are merged one by one.
pub(super) trait Fields: Clone + Default + PartialEq {
    /// The merged record, with our value in each field that clashes.
    fn merged(sides: [&Self; 3], clashes: &mut Clashes) -> Self;
}

/// An item of a table that may say when it was last changed.
pub(super) trait Dated: Fields + Kept {
    /// When that was.
    fn when(&self) -> Option<&Timestamp>;
}

/// How each field is merged, by the name of a function of [`lists`](super::lists); fields that mean something only
/// together come from one side together.
macro_rules! fields {
    ($model:ident { $($field:ident: $how:ident),* $(,)? } $(together [$($one:ident),*])?) => {
        impl Fields for $model {
            fn merged(sides: [&Self; 3], clashes: &mut Clashes) -> Self {
                let merged = Self {
                    $($field: $how(stringify!($field), sides.map(|side| &side.$field), clashes),)*
                };
                $(let merged = {
                    let [base, ours, theirs] = sides;
                    let is_same = |a: &Self, b: &Self| $(a.$one == b.$one)&&*;
                    if is_same(base, ours) || is_same(base, theirs) || is_same(ours, theirs) {
                        merged
                    } else {
                        $(if ours.$one != theirs.$one {
                            clashes.insert(stringify!($one).to_owned());
                        })*
                        Self { $($one: ours.$one.clone(),)* ..merged }
                    }
                };)?
                merged
            }
        }
    };
}

fields!(Header {
    document: inner,
    annotator: inner,
    state: whole,
    marking: whole,
    read: numbers,
    ext: whole,
    extra: foreign
});
fields!(DocumentRef { name: whole, media_type: whole, sha256: whole, text: whole, about: maybe, extra: foreign }
    together [name, media_type, sha256, text]);
fields!(About {
    title: whole,
    publisher: whole,
    published: whole,
    url: whole,
    retrieved: whole,
    language: whole,
    fields: named,
    extra: foreign,
});
fields!(Annotator { handle: whole, name: whole, extra: foreign });
fields!(Source {
    kind: whole,
    name: whole,
    role: whole,
    affiliation: whole,
    held: set,
    aliases: set,
    asserted: set,
    descriptor: maybe,
    fields: named,
    note: whole,
    same_as: set,
    extra: foreign,
});
fields!(Descriptor {
    access: whole,
    track_record: whole,
    bias: whole,
    completeness: whole,
    currency: whole,
    extra: foreign,
});
fields!(Mention { anchor: whole, source: whole, extra: foreign });
fields!(Claim {
    anchor: whole,
    said: whole,
    kind: whole,
    style: whole,
    statement: whole,
    value: whole,
    time: whole,
    tags: set,
    fields: named,
    note: whole,
    status: whole,
    evidence: set,
    marking: whole,
    from: set,
    created: whole,
    modified: latest,
    extra: foreign,
});
fields!(Assessment {
    on: whole,
    axis: whole,
    scale: whole,
    term: whole,
    value: whole,
    why: whole,
    replaces: whole,
    made: latest,
    marking: whole,
    extra: foreign,
} together [on, axis, scale, term, value]);
fields!(Relation {
    from: whole,
    to: whole,
    kind: whole,
    document: whole,
    note: whole,
    made: latest,
    extra: foreign,
} together [from, to, document]);
fields!(Remark { on: whole, text: whole, resolved: whole, made: latest, marking: whole, extra: foreign });
fields!(Dismissal { what: whole, on: whole, with: whole, anchor: whole, why: whole, by: whole, made: latest, extra: foreign }
    together [what, on, with, anchor]);
fields!(Conflict { on: whole, field: whole, base: whole, ours: whole, theirs: whole, extra: foreign }
    together [on, field, base, ours, theirs]);

/// A record within a record. Clashes are named `field.field`.
fn inner<T: Fields>(name: &str, sides: [&T; 3], clashes: &mut Clashes) -> T {
    let mut within = Clashes::new();
    let merged = T::merged(sides, &mut within);
    clashes.extend(within.into_iter().map(|field| format!("{name}.{field}")));
    merged
}

/// A record within a record that may be absent, which is the same as empty.
fn maybe<T: Fields>(name: &str, sides: [&Option<T>; 3], clashes: &mut Clashes) -> Option<T> {
    if let Some(side) = side(sides) {
        return side.clone();
    }
    let empty = T::default();
    let merged = inner(name, sides.map(|side| side.as_ref().unwrap_or(&empty)), clashes);
    Some(merged).filter(|merged| *merged != empty)
}

macro_rules! dated {
    ($($model:ident: $item:ident => $when:expr),* $(,)?) => {$(
        impl Dated for $model {
            fn when(&self) -> Option<&Timestamp> {
                let $item = self;
                $when
            }
        }
    )*};
}
dated! {
    Source: _source => None,
    Mention: _mention => None,
    Claim: claim => claim.modified.as_ref().or(claim.created.as_ref()),
    Assessment: assessment => assessment.made.as_ref(),
    Relation: relation => relation.made.as_ref(),
    Remark: remark => remark.made.as_ref(),
    Dismissal: dismissal => dismissal.made.as_ref(),
    Conflict: _conflict => None,
}

/// Three versions of one item as one; `None` where the sides clash, or are not of one kind.
pub(in crate::annotation) fn merged_item(base: &Item, ours: &Item, theirs: &Item) -> Option<Item> {
    macro_rules! by_kind {
        ($($kind:ident),*) => {
            match (base, ours, theirs) {
                $((Item::$kind(base), Item::$kind(ours), Item::$kind(theirs)) => {
                    let mut clashes = Clashes::new();
                    let merged = Fields::merged([&**base, ours, theirs], &mut clashes);
                    clashes.is_empty().then(|| Item::$kind(merged.into()))
                })*
                _ => None,
            }
        };
    }
    by_kind!(Header, Source, Mention, Claim, Assessment, Relation, Remark, Dismissal, Conflict)
}
