//! The claim as a sentence that one can read aloud, with its note, to be copied: "Stoltenberg, according to NATO’s release,
//! announced: …". It is folded away at first.

use std::path::PathBuf;

use egui::Ui;

use super::section;
use crate::app::action::{Action, ClaimRef};
use crate::app::citing;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::text::{self, Family, Quote, TextEngine};
use crate::app::theme::{self, Palette};
use crate::app::widgets::link;
use crate::exchange::{Cited, cited_in_text};

/// What is remembered: also the sentences of the claims that were selected last.
#[derive(Default)]
pub struct State {
    /// Whether it is shown.
    pub open: bool,
    made: Option<(PathBuf, u64, Vec<ClaimRef>, Vec<Cited>)>,
}

/// Draws it.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    if !state.open {
        return;
    }
    let p = Palette::of(ui);
    section(ui, &p, "As a sentence", &model.key(Command::CopyQuotation), None);
    let is_made = state.made.as_ref().is_some_and(|(path, revision, of, _)| {
        *path == release.path && *revision == release.revision && *of == release.selected
    });
    if !is_made {
        let cited = citing::cited(model, release);
        state.made = Some((release.path.clone(), release.revision, release.selected.clone(), cited));
    }
    let cited = state.made.as_ref().map_or(&[][..], |(.., cited)| cited);
    for claim in cited {
        for (words, size, line, color) in
            [(&claim.sentence, theme::SIZE_BODY, 18.0, p.text), (&claim.note, theme::SIZE_SMALL, 16.0, p.dim)]
        {
            text::show(ui, engine, &Quote::new(words, Family::Sans, size, line, color));
        }
    }
    if link(ui, "Copy", theme::SIZE_SMALL).clicked() {
        actions.push(Action::CopyText(cited_in_text(cited)));
    }
}
