//! What a set keeps of the `.ann` file that it came from, in the `brat` entry of its `ext`: brat's ids, and whatever has
//! no place in the set. Without it nothing of the set is lost; with it an export gives brat back what was brat's.

use std::collections::BTreeMap;

use ron::extensions::Extensions;
use serde::Deserialize;

use crate::annotation::{AnnotationSet, Id, push_quoted};

/// See the [module](self).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// What brat calls each claim.
    pub claims: BTreeMap<String, ClaimNames>,
    /// The text-bound of each mention.
    pub mentions: BTreeMap<String, String>,
    /// Events, without their id: `Attribution:T4 Content:T3 Source:T2 Cue:T1`.
    pub events: BTreeMap<String, String>,
    /// Relations between claims, without their id: `Causes Arg1:E1 Arg2:E2`.
    pub relations: BTreeMap<String, String>,
    /// Fragments of text-bounds that are divided otherwise than an export would, and of triggers that are not the cue.
    pub fragments: BTreeMap<String, String>,
    /// Types of text-bounds that are not named after their role.
    pub types: BTreeMap<String, String>,
    /// Annotations that have no place in the set, positions by the canonical text.
    pub lines: Vec<String>,
}

/// What brat calls a claim.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct ClaimNames {
    /// Its text-bound.
    pub text: String,
    /// The events that say it, outermost first: one for each voice.
    pub events: Vec<String>,
    /// Whether its attributes and notes are the event's rather than the text-bound's.
    pub on_event: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ext {
    brat: Kept,
}

impl Kept {
    /// What a set kept; nothing where it came from elsewhere.
    pub(super) fn of(set: &AnnotationSet) -> Self {
        let Some(ext) = &set.header.ext else { return Self::default() };
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        options.from_str::<Ext>(ext).unwrap_or_default().brat
    }

    pub(super) fn claim(&self, id: &Id) -> Option<&ClaimNames> {
        self.claims.get(id.as_str())
    }

    /// As the value of `ext`, an entry a line.
    pub(super) fn print(&self) -> String {
        let mut out = String::from("(brat: (");
        let Self { claims, mentions, events, relations, fragments, types, lines } = self;
        open(&mut out, "claims", '{');
        for (id, names) in claims {
            entry(&mut out, id);
            out.push_str("(text: ");
            push_quoted(&mut out, &names.text);
            if !names.events.is_empty() {
                out.push_str(", events: [");
                for (at, event) in names.events.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    push_quoted(&mut out, event);
                }
                out.push(']');
            }
            out.push_str(if names.on_event { ", on_event: true)," } else { ")," });
        }
        close(&mut out, '}');
        for (name, table) in [
            ("mentions", mentions),
            ("events", events),
            ("relations", relations),
            ("fragments", fragments),
            ("types", types),
        ] {
            open(&mut out, name, '{');
            for (key, value) in table {
                entry(&mut out, key);
                push_quoted(&mut out, value);
                out.push(',');
            }
            close(&mut out, '}');
        }
        open(&mut out, "lines", '[');
        for line in lines {
            out.push_str("\n      ");
            push_quoted(&mut out, line);
            out.push(',');
        }
        close(&mut out, ']');
        out.push_str("\n  ))");
        out
    }
}

fn open(out: &mut String, name: &str, bracket: char) {
    out.push_str("\n    ");
    out.push_str(name);
    out.push_str(": ");
    out.push(bracket);
}

fn close(out: &mut String, bracket: char) {
    if !out.ends_with(['{', '[']) {
        out.push_str("\n    ");
    }
    out.push(bracket);
    out.push(',');
}

fn entry(out: &mut String, key: &str) {
    out.push_str("\n      ");
    push_quoted(out, key);
    out.push_str(": ");
}
