//! Two people's changes of one codebook made one: section by section, entry by entry. Held by `tests/codebook.rs`.

use std::collections::BTreeMap;

use super::{Codebook, Tag};
use crate::annotation::Scales;

/// An entry's name in its section: its key, and how many of that key stood before it.
type Name = (String, usize);

/// One entry of a section on its three sides.
struct Sides<'a, T> {
    base: Option<&'a T>,
    ours: Option<&'a T>,
    theirs: Option<&'a T>,
}

/// Settles an entry: its place in words, its three sides, where clashes are noted.
type Choose<T> = dyn Fn(&str, &Sides<T>, &mut Vec<String>) -> Option<T>;

impl Codebook {
    /// What comes of `base` when both `ours` and `theirs` are kept. An entry that both changed in two ways stays as in
    /// `ours`, and is named in the list; one that one side deleted and the other changed stays.
    #[must_use]
    pub fn merged(base: &Self, ours: &Self, theirs: &Self) -> (Self, Vec<String>) {
        let clashes = &mut Vec::new();
        macro_rules! single {
            ($field:ident) => {
                single(stringify!($field), [&base.$field, &ours.$field, &theirs.$field], clashes)
            };
        }
        macro_rules! list {
            ($field:ident, $key:expr) => {
                list(stringify!($field), [&base.$field, &ours.$field, &theirs.$field], $key, &chosen, clashes)
            };
        }
        let own_scales = list!(own_scales, |scale| scale.id.clone());
        let merged = Self {
            version: ours.version.max(theirs.version),
            requires: single!(requires),
            name: single!(name),
            edition: single!(edition),
            kinds: list!(kinds, |kind| kind.key.clone()),
            unknown: single!(unknown),
            tags: tags([&base.tags, &ours.tags, &theirs.tags], clashes),
            fields: list!(fields, |field| format!("{} {}", field.on, field.key)),
            in_use: list!(in_use, |in_use| in_use.axis.clone()),
            axis: single!(axis),
            checks: list!(checks, String::clone),
            relations: list!(relations, |word| word.key.clone()),
            markings: list!(markings, |word| word.key.clone()),
            styles: list!(styles, |word| word.key.clone()),
            statuses: list!(statuses, |word| word.key.clone()),
            queries: list!(queries, |saved| saved.name.clone()),
            scales: Scales::with_own(&own_scales),
            own_scales,
            extra: list!(extra, |(name, _)| name.clone()),
        };
        (merged, std::mem::take(clashes))
    }
}

fn single<T: Clone + PartialEq>(section: &str, [base, ours, theirs]: [&T; 3], clashes: &mut Vec<String>) -> T {
    if ours == base || ours == theirs {
        return theirs.clone();
    }
    if theirs != base {
        clashes.push(section.to_owned());
    }
    ours.clone()
}

/// Tags of one level; those below an entry are merged on their own.
fn tags([base, ours, theirs]: [&[Tag]; 3], clashes: &mut Vec<String>) -> Vec<Tag> {
    let below = |place: &str, sides: &Sides<Tag>, clashes: &mut Vec<String>| {
        // Where one side took it away, those below it count for whether the other changed it.
        if sides.ours.is_none() || sides.theirs.is_none() {
            return chosen(place, sides, clashes);
        }
        let bare = |tag: Option<&Tag>| tag.map(|tag| Tag { tags: Vec::new(), ..tag.clone() });
        let (base, ours, theirs) = (bare(sides.base), bare(sides.ours), bare(sides.theirs));
        let bare = Sides { base: base.as_ref(), ours: ours.as_ref(), theirs: theirs.as_ref() };
        let mut tag = chosen(place, &bare, clashes)?;
        let narrower = |tag: Option<&'_ Tag>| tag.map(|tag| tag.tags.clone()).unwrap_or_default();
        let [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(narrower);
        tag.tags = tags([&base, &ours, &theirs], clashes);
        Some(tag)
    };
    list("tags", [base, ours, theirs], |tag| tag.key.clone(), &below, clashes)
}

/// The entry that stands after both sides' changes; `None` where it is gone.
fn chosen<T: Clone + PartialEq>(place: &str, sides: &Sides<T>, clashes: &mut Vec<String>) -> Option<T> {
    let Sides { base, ours, theirs } = sides;
    if ours == base || ours == theirs {
        return theirs.cloned();
    }
    if theirs == base {
        return ours.cloned();
    }
    clashes.push(place.to_owned());
    // What one side deleted and the other changed is kept.
    ours.or(*theirs).cloned()
}

fn list<T: Clone + PartialEq>(
    section: &str,
    sides: [&[T]; 3],
    key: impl Fn(&T) -> String,
    choose: &Choose<T>,
    clashes: &mut Vec<String>,
) -> Vec<T> {
    let named = |entries: &[T]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let name = |entry: &T| {
            let key = key(entry);
            let count = counts.entry(key.clone()).or_default();
            *count += 1;
            (key, *count)
        };
        entries.iter().map(name).collect::<Vec<Name>>()
    };
    let names = sides.map(named);
    let find = |side: usize, name: &Name| {
        let at = names.get(side)?.iter().position(|own| own == name)?;
        sides.get(side)?.get(at)
    };
    let order = in_order(&names);
    order
        .iter()
        .filter_map(|name| {
            let sides = Sides { base: find(0, name), ours: find(1, name), theirs: find(2, name) };
            choose(&format!("{section}[{}]", name.0), &sides, clashes)
        })
        .collect()
}

/// All names in the order of the side that has moved some; new ones of the other side follow those that they followed
/// there.
fn in_order([base, ours, theirs]: &[Vec<Name>; 3]) -> Vec<Name> {
    let among = |names: &[Name], other: &[Name]| -> Vec<Name> {
        names.iter().filter(|name| other.contains(name)).cloned().collect()
    };
    let has_moved = among(ours, base) != among(base, ours);
    let (leading, following) = if has_moved { (ours, theirs) } else { (theirs, ours) };
    let mut order = leading.clone();
    for (at, name) in following.iter().enumerate().filter(|(_, name)| !leading.contains(name)) {
        let before = following.iter().take(at).rev().find_map(|earlier| order.iter().position(|own| own == earlier));
        order.insert(before.map_or(0, |before| before + 1), name.clone());
    }
    order
}
