//! What is wrong with a codebook, or will be in somebody's way: signs that clash, colours that are not seen or fall
//! together, words that nobody defined, scales that are not there. Held by `tests/codebook.rs`.

use std::collections::BTreeSet;

use super::colour::{FALLS_TOGETHER, LEAST_CONTRAST};
use super::{Codebook, InUse, Tag, Word};
use crate::annotation::Warning;

/// Something found in a codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `duplicate-key`, `duplicate-letter`, `duplicate-digit`, `unknown-scale`, `contrast`, `colour-blind` or
    /// `no-definition`.
    pub what: &'static str,
    /// Where, and in words.
    pub at: Warning,
}

fn finding(what: &'static str, place: impl Into<String>, message: String) -> Finding {
    Finding { what, at: Warning { place: place.into(), message } }
}

impl Codebook {
    /// Everything that is found, in the order of the sections.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut found = self.clashes();
        self.check_colours(&mut found);
        self.check_definitions(&mut found);
        found
    }

    /// Where entries stand in each other's way.
    pub(super) fn clashes(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut signs: Vec<String> = Vec::new();
        for kind in &self.kinds {
            let digit = kind.digit.map(|digit| digit.to_string());
            for (what, sign) in [("duplicate-letter", Some(kind.letter.to_lowercase())), ("duplicate-digit", digit)] {
                let Some(sign) = sign else { continue };
                if signs.contains(&sign) {
                    found.push(finding(what, "kinds", format!("two kinds have the key {sign}: it chooses the first")));
                }
                signs.push(sign);
            }
        }
        let keys = |words: &[Word]| words.iter().map(|word| word.key.clone()).collect::<Vec<_>>();
        twice("kinds", self.kinds.iter().map(|kind| kind.key.clone()), &mut found);
        twice("tags", all_tags(&self.tags).into_iter().map(|tag| tag.key.clone()), &mut found);
        for on in ["claim", "source", "document"] {
            let fields = self.fields.iter().filter(|field| field.on == on);
            twice("fields", fields.map(|field| field.key.clone()), &mut found);
        }
        twice("scales", self.in_use.iter().map(|in_use| in_use.axis.clone()), &mut found);
        for (section, words) in self.words() {
            twice(section, keys(words).into_iter(), &mut found);
        }
        for (i, InUse { axis, scale, .. }) in self.in_use.iter().enumerate() {
            if self.scales.axis(scale, axis).is_none() {
                let message = format!("no scale {scale:?} with the axis {axis:?}: it cannot be judged on");
                found.push(finding("unknown-scale", format!("scales[{i}]"), message));
            }
        }
        found
    }

    fn check_colours(&self, found: &mut Vec<Finding>) {
        for (i, kind) in self.kinds.iter().enumerate() {
            let (light, dark) = kind.colours.contrast();
            for (theme, field, contrast) in [("light", "light", light), ("dark", "dark", dark)] {
                if contrast < LEAST_CONTRAST {
                    let place = format!("kinds[{i}].{field}");
                    // Cut, not rounded: 2.99 must not be told as 3.
                    let contrast = (contrast * 10.0).floor() / 10.0;
                    let message = format!(
                        "the marks of {:?} are hard to see in the {theme} theme: {contrast:.1}:1 on paper, at least 3:1 is \
                         needed",
                        kind.key
                    );
                    found.push(finding("contrast", place, message));
                }
            }
            for other in self.kinds.iter().take(i) {
                let (dark, eyes, distance) = kind.colours.nearest(other.colours);
                if distance < FALLS_TOGETHER {
                    let theme = if dark { "dark" } else { "light" };
                    let message = format!(
                        "{:?} and {:?} look alike to {eyes} in the {theme} theme: only their letters tell them apart",
                        other.key, kind.key
                    );
                    found.push(finding("colour-blind", format!("kinds[{i}].{theme}"), message));
                }
            }
        }
    }

    fn check_definitions(&self, found: &mut Vec<Finding>) {
        let mut undefined = |place: String, key: &str, definition: &str| {
            if definition.trim().is_empty() {
                let message = format!("{key:?} has no definition: two people will use it in two ways");
                found.push(finding("no-definition", place, message));
            }
        };
        for (i, kind) in self.kinds.iter().enumerate() {
            undefined(format!("kinds[{i}].definition"), &kind.key, &kind.definition);
        }
        for tag in all_tags(&self.tags) {
            undefined("tags".to_owned(), &tag.key, tag.definition.as_deref().unwrap_or_default());
        }
        for (i, field) in self.fields.iter().enumerate() {
            undefined(format!("fields[{i}].definition"), &field.key, field.definition.as_deref().unwrap_or_default());
        }
        for (section, words) in self.words() {
            for (i, word) in words.iter().enumerate() {
                let definition = word.definition.as_deref().unwrap_or_default();
                undefined(format!("{section}[{i}].definition"), &word.key, definition);
            }
        }
    }

    /// The sections of plain words, by name.
    pub(super) fn words(&self) -> [(&'static str, &[Word]); 4] {
        [
            ("relations", &self.relations),
            ("markings", &self.markings),
            ("styles", &self.styles),
            ("statuses", &self.statuses),
        ]
    }
}

/// A tag and those below it, depth first.
pub(super) fn all_tags(tags: &[Tag]) -> Vec<&Tag> {
    tags.iter().flat_map(|tag| std::iter::once(tag).chain(all_tags(&tag.tags))).collect()
}

/// Tells each key that stands for the second time or later.
fn twice(section: &str, keys: impl Iterator<Item = String>, found: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !seen.insert(key.clone()) {
            found.push(finding("duplicate-key", section, format!("{key:?} stands twice: the first is used")));
        }
    }
}
