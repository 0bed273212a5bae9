//! Three-way merge of values: whole ones, lists that are sets, and lists of named values.
//!
//! Each takes a field's name and its three versions (base, ours, theirs) and gives the merged one; where both sides
//! changed differently ours stays and the name is added to the clashes.

use std::collections::{BTreeMap, BTreeSet};

/// Names of fields on which the sides differ.
pub(super) type Clashes = BTreeSet<String>;

/// A value that is taken from one side or the other.
pub(super) fn whole<T: Clone + PartialEq>(name: &str, sides: [&T; 3], clashes: &mut Clashes) -> T {
    side(sides)
        .unwrap_or_else(|| {
            clashes.insert(name.to_owned());
            sides[1]
        })
        .clone()
}

/// The side that is right where at most one has changed anything, or both the same.
pub(super) fn side<T: PartialEq>([base, ours, theirs]: [&T; 3]) -> Option<&T> {
    if base == ours {
        Some(theirs)
    } else if base == theirs || ours == theirs {
        Some(ours)
    } else {
        None
    }
}

/// The later of two times.
pub(super) fn latest(_: &str, sides: [&Option<String>; 3], _: &mut Clashes) -> Option<String> {
    let [_, ours, theirs] = sides;
    side(sides).unwrap_or_else(|| ours.max(theirs)).clone()
}

/// A list whose order says little: what either side added is in, what either side took away is out. Where both sides
/// changed it, what they added follows what stays, sorted, so that both come to the same list.
pub(super) fn set<T: Clone + Ord>(_: &str, sides: [&Vec<T>; 3], _: &mut Clashes) -> Vec<T> {
    if let Some(side) = side(sides) {
        return side.clone();
    }
    let [in_base, in_ours, in_theirs] = sides.map(|list| list.iter().collect::<BTreeSet<_>>());
    let stays = sides[0].iter().filter(|item| in_ours.contains(item) && in_theirs.contains(item));
    let added = in_ours.union(&in_theirs).copied().filter(|item| !in_base.contains(item));
    stays.chain(added).cloned().collect()
}

/// Numbers in ascending order, as [`set`].
pub(super) fn numbers(name: &str, sides: [&Vec<usize>; 3], clashes: &mut Clashes) -> Vec<usize> {
    let mut merged = set(name, sides, clashes);
    merged.sort_unstable();
    merged
}

/// Named values, each merged on its own. Clashes are named `field.name`.
pub(super) fn named(name: &str, sides: [&Vec<(String, String)>; 3], clashes: &mut Clashes) -> Vec<(String, String)> {
    let mut within = Clashes::new();
    let merged = foreign(name, sides, &mut within);
    clashes.extend(within.into_iter().map(|own| format!("{name}.{own}")));
    merged
}

/// Fields of a later version, each merged on its own. Clashes are named as they are. What one side changed and the
/// other took away stays, and is told.
pub(super) fn foreign(_: &str, sides: [&Vec<(String, String)>; 3], clashes: &mut Clashes) -> Vec<(String, String)> {
    if let Some(side) = side(sides) {
        return side.clone();
    }
    // Which names there are, and in which order, is a list that is a set; those that a side took away come last.
    let names = sides.map(|list| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    let mut order = set("", names.each_ref(), clashes);
    let settled: BTreeSet<String> = order.iter().cloned().collect();
    order.extend(names.into_iter().flatten().collect::<BTreeSet<_>>().difference(&settled).cloned());
    let values = sides.map(|list| list.iter().map(|(name, value)| (name, value)).collect::<BTreeMap<_, _>>());
    let mut merged = Vec::with_capacity(order.len());
    for name in order {
        let versions = values.each_ref().map(|values| values.get(&name).copied());
        let value = side(versions.each_ref()).copied().unwrap_or_else(|| {
            clashes.insert(name.clone());
            versions[1].or(versions[2])
        });
        merged.extend(value.map(|value| (name, value.clone())));
    }
    merged
}
