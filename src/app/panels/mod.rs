//! One panel a file. Panels get the model and push actions; what they remember between frames is theirs.

pub mod banner;
pub mod bottom;
pub mod code;
pub mod dialogs;
pub mod differences;
pub mod find;
pub mod first;
pub mod inspector;
pub mod inspector_line;
pub mod layers;
pub mod left;
pub mod menu;
pub mod own_fields;
pub mod painted;
pub mod rail;
pub mod reading;
pub mod sentence;
pub mod settle;
pub mod strip;
pub mod table;
pub mod toast;

use egui::Key;

use super::action::Action;
use super::command::Command;
use super::model::Model;
use crate::annotation::ClaimField;

/// What panels remember between frames: drafts of fields, what is unfolded, where they are scrolled to.
#[derive(Default)]
pub struct Views {
    /// Where the keyboard is to go in this frame.
    pub focus: Option<Command>,
    /// The reader's place for the keyboard.
    pub reader: Option<egui::Id>,
    /// Releases and layers.
    pub left: left::State,
    /// The inspector.
    pub inspector: inspector::State,
    /// The claims table.
    pub table: table::State,
    /// The differences of two sets.
    pub differences: differences::State,
    /// The current difference.
    pub settle: settle::State,
    /// What the reader's page is made of.
    pub page: reading::Derived,
    /// The tag strip.
    pub strip: strip::State,
    /// The words searched in the release.
    pub find: String,
    /// A new release from pasted text.
    pub new_release: dialogs::new_release::State,
    /// All other dialogs.
    pub dialogs: dialogs::State,
}

/// K was pressed, and now this: the kind with this letter or digit, if the codebook has it.
pub(in crate::app) fn kind_of_key(model: &Model, key: Key) -> Action {
    let sign = key.name().chars().next().filter(|_| key.name().chars().count() == 1);
    let kind = sign.and_then(|sign| model.codebook.kind_by_sign(sign));
    Action::KindIs(kind.map(|kind| kind.key.clone()))
}

/// The action that gives the selected claims a kind.
pub(in crate::app) fn set_kind(kind: Option<String>) -> Action {
    Action::SetField { field: ClaimField::Kind(kind), typing: false }
}
