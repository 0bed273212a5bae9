//! The reader in its place: the page made of the release, its events as actions, the search field and the tag strip
//! over it.

use std::collections::BTreeSet;

use egui::{Ui, Vec2};

use super::{Views, find, strip};
use crate::app::action::{Action, ClaimRef};
use crate::app::command::Command;
use crate::app::derive;
use crate::app::model::{Dialog, Model};
use crate::app::reader::{self, Event, Owner, Page, ReaderState, Setting};
use crate::app::release::Release;
use crate::app::text::{Family, TextEngine};
use crate::app::theme::Palette;
use crate::document::ByteSpan;
use crate::settings::Font;

/// Draws the reader of `release`.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    state: &mut ReaderState,
    engine: &mut TextEngine,
    views: &mut Views,
    actions: &mut Vec<Action>,
) {
    if release.find.open {
        let take_focus = views.focus == Some(Command::Find);
        if take_focus && release.find.query.is_empty() {
            views.find.clear();
        }
        find::show(ui, release, &mut views.find, take_focus, actions);
    }
    let palette = Palette::of(ui);
    let settings = &model.settings;
    let derived = views.page.of(model, release, &palette);
    let setting = Setting {
        column: settings.column,
        family: if settings.font == Font::Serif { Family::Serif } else { Family::Sans },
        size: settings.text_size,
        line_height: (settings.text_size * settings.line_height).round(),
    };
    let missing = model.missing.made.as_ref().filter(|_| settings.layout.missing);
    let missing = missing.and_then(|missing| missing.get(&release.path));
    let comparison = release.comparison.as_deref();
    let page = Page {
        text: &release.document.text,
        structure: release.structure.as_deref(),
        head: &derived.head,
        marks: comparison.map_or(&release.marks, |settling| &settling.marks),
        versus: comparison.map(|settling| &settling.versus),
        kinds: &derived.kinds,
        selected: derived.chain.as_ref(),
        also_selected: &derived.also,
        lanes: if comparison.is_some() { &[] } else { &derived.lanes },
        notes: if comparison.is_some() { &[] } else { &derived.notes },
        read: &derived.read,
        missing: missing.map_or(&[], |missing| &missing.spans),
        hits: &release.find.hits,
        hit: release.find.current.and_then(|at| release.find.hits.get(at).copied()),
        setting: &setting,
    };
    let output = reader::show(ui, engine, &page, state);
    views.reader = Some(output.response.id);
    let nothing_has_it = ui.memory(|memory| memory.focused().is_none()) && !release.find.open && model.strip.is_none();
    if views.focus == Some(Command::FocusReader) || (nothing_has_it && model.dialog == Dialog::None) {
        output.response.request_focus();
    }
    if let Some(owner) = output.hovered.first().filter(|_| model.strip.is_none()) {
        let words = who_what_how_sure(model, release, &release.claim_ref(owner));
        output.response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(360.0);
            ui.label(words);
        });
    }
    output.response.context_menu(|ui| menu(ui, model, actions));
    for event in output.events {
        act_on(event, ui, release, state, actions);
    }
    if let Some(target) = &model.strip {
        let spans = release.claim_spans(&ClaimRef::mine(target.claim.clone()));
        let at = spans
            .first()
            .zip(spans.last())
            .and_then(|(first, last)| state.on_screen(ByteSpan { start: first.start, end: last.end }));
        let at = at.unwrap_or(output.response.rect);
        strip::show(ui, model, release, target, at, engine, &mut views.strip, actions);
    }
}

fn act_on(event: Event, ui: &Ui, release: &Release, state: &ReaderState, actions: &mut Vec<Action>) {
    let add = ui.input(|input| input.modifiers.command);
    let pair = |owner: &Owner| release.comparison.as_ref()?.versus.of.get(owner).copied();
    match event {
        Event::Claim(owner) | Event::Who(owner) if release.comparison.is_some() => {
            actions.extend(pair(&owner).map(Action::GoToDifference));
        }
        Event::Nothing if release.comparison.is_some() => {}
        Event::Difference(place) => actions.push(Action::GoToDifference(place)),
        Event::Selected => actions.push(Action::ReaderMoved { selection: state.selection(), caret: state.caret() }),
        Event::Claim(owner) => actions.push(Action::Clicked { claim: release.claim_ref(&owner), add }),
        Event::Who(owner) => {
            actions.push(Action::SelectClaims { claims: vec![release.claim_ref(&owner)], reveal: false });
            actions.push(Action::OpenStrip);
        }
        Event::Reshaped(owner, spans) => {
            actions.push(Action::Reshape { claim: release.claim_ref(&owner).id, spans });
        }
        Event::Nothing => actions.push(Action::Deselect),
        Event::Sign(lane, byte) => actions.extend(theirs_at(release, lane, byte)),
        Event::Note(owners) => {
            let claims = owners.iter().map(|owner| release.claim_ref(owner)).collect();
            actions.extend(next_of(release, claims));
            actions.push(Action::ShowRemarks);
        }
        Event::Link(address) => actions.push(Action::OpenLink(address)),
    }
}

/// A click on a colleague's sign selects their claim.
fn theirs_at(release: &Release, lane: usize, byte: usize) -> Option<Action> {
    let places = derive::laned(release).into_iter().nth(lane)?;
    let layers = places.iter().filter_map(|&at| release.layers.get(at));
    let claims = layers.flat_map(|layer| {
        let here = layer.alignment.pairs.iter().filter(|pair| pair.start == byte);
        here.filter_map(|pair| Some(ClaimRef { layer: Some(layer.handle.clone()), id: pair.theirs.clone()? }))
    });
    next_of(release, claims.collect())
}

/// Selects the claim that follows the one at hand among these; the first, where none of them is.
fn next_of(release: &Release, claims: Vec<ClaimRef>) -> Option<Action> {
    let now = release.at_hand().and_then(|claim| claims.iter().position(|other| other == claim));
    let next = now.map_or(0, |now| (now + 1) % claims.len().max(1));
    let claim = claims.into_iter().nth(next)?;
    Some(Action::SelectClaims { claims: vec![claim], reveal: false })
}

/// What hovering over a claim tells: who, what, how sure.
#[must_use]
pub fn who_what_how_sure(model: &Model, release: &Release, claim: &ClaimRef) -> String {
    let (Some(set), Some(item)) = (release.set_of(claim.layer.as_deref()), release.claim(claim)) else {
        return String::new();
    };
    let codebook = &model.codebook;
    let chain = set.chain(item);
    let who = if item.is_attributed() {
        let names =
            |by: &Vec<String>| if by.is_empty() { "the writer of the release".to_owned() } else { by.join(", ") };
        chain.iter().map(names).collect::<Vec<_>>().join(" → ")
    } else {
        "nobody is named yet".to_owned()
    };
    let kind = codebook.look(item.kind.as_deref()).label;
    let judged = codebook.in_use.iter().filter_map(|used| {
        release.assessment(claim, &used.axis).map(|(_, assessment)| codebook.scales.words(assessment))
    });
    let judged: Vec<String> = judged.collect();
    let sure = if judged.is_empty() { "not judged".to_owned() } else { judged.join(" · ") };
    let by = claim
        .layer
        .as_ref()
        .and_then(|handle| release.layer(handle))
        .map(|layer| format!("\nmarked by {}", layer.name));
    format!("{who}\n{kind}\n{sure}{}", by.unwrap_or_default())
}

fn menu(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    use Command as C;
    ui.set_min_size(Vec2::new(220.0, 0.0));
    for command in [
        C::MarkClaim,
        C::MarkSource,
        C::MarkThrough,
        C::MarkCue,
        C::Remark,
        C::Repeats,
        C::DeleteClaim,
        C::CopyTheirs,
        C::Copy,
        C::CopyQuotation,
    ] {
        let Some(spec) = command.spec() else { continue };
        let enabled = command.enabled(model);
        let button = egui::Button::new(spec.name).shortcut_text(model.key(command));
        if ui.add_enabled(enabled.is_ok(), button).clicked() {
            actions.push(Action::Run(command));
            ui.close();
        }
    }
    if ui.button("Inspect…").clicked() {
        actions.push(Action::Show(Dialog::None));
        actions.push(Action::Run(C::Inspector));
        ui.close();
    }
}

/// What the page is made of besides the text and the marks; made again only when something of it changed.
#[derive(Default)]
pub struct Derived {
    made_of: Option<MadeOf>,
    head: reader::Head,
    kinds: Vec<reader::Kind>,
    chain: Option<reader::Chain>,
    also: BTreeSet<Owner>,
    lanes: Vec<reader::Lane>,
    notes: Vec<reader::Note>,
    read: BTreeSet<usize>,
}

#[derive(PartialEq)]
struct MadeOf {
    path: std::path::PathBuf,
    revision: u64,
    selected: Vec<ClaimRef>,
    dark: bool,
    codebook: usize,
    comparison: Option<u64>,
}

impl Derived {
    fn of(&mut self, model: &Model, release: &Release, palette: &Palette) -> &Self {
        let made_of = MadeOf {
            path: release.path.clone(),
            revision: release.revision,
            selected: release.selected.clone(),
            dark: palette.dark,
            codebook: std::sync::Arc::as_ptr(&model.codebook) as usize,
            comparison: release.comparison.as_ref().map(|settling| settling.answer),
        };
        if self.made_of.as_ref() != Some(&made_of) {
            self.head = derive::head(release);
            self.kinds = derive::kinds(&model.codebook, palette);
            self.chain = release.at_hand().and_then(|claim| derive::chain(release, claim));
            self.also = release.selected.iter().rev().skip(1).map(|claim| release.owner(claim)).collect();
            self.lanes = derive::lanes(release);
            self.notes = derive::notes(release);
            self.read = release.set().header.read.iter().copied().collect();
            self.made_of = Some(made_of);
        }
        self
    }
}
