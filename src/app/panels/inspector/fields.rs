//! The fields of the claim at hand: kind, source, style, the axes, statement, note, and what lies one fold away.

use std::collections::BTreeMap;

use egui::{RichText, TextEdit, Ui, Vec2, vec2};

use crate::annotation::{AnchorId, Claim, ClaimField, Codebook, Field, Term, named_value};
use crate::app::action::{Action, ClaimRef};
use crate::app::command::Command;
use crate::app::model::{Dialog, Model};
use crate::app::panels::painted::{self, Ink};
use crate::app::panels::{own_fields, set_kind};
use crate::app::release::Release;
use crate::app::text::{self as words_of, Family, Quote, TextEngine};
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, link, text_width};
use crate::collection::CREDIBILITY;

/// Width of labels.
const LABEL: f32 = 71.0;

/// Width of a band of a scale in percent, where there is room, and the least.
const BAND: f32 = 35.0;
const BAND_LEAST: f32 = 28.0;
/// Space before a term that stands outside the order.
const OUTSIDE_GAP: f32 = 8.0;

/// Texts as they are being typed, by the field's name.
pub type Drafts = BTreeMap<String, String>;

/// Draws them.
#[expect(clippy::too_many_arguments, reason = "the panel's parts, and the claim looked up once")]
pub fn show(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    item: &Claim,
    engine: &mut TextEngine,
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    kinds(ui, &model.codebook, release, item, actions);
    definition(ui, &model.codebook, item);
    ui.add_space(4.0);
    source(ui, release, claim, item, engine, actions);
    through(ui, release, claim, item, engine, actions);
    row(ui, "Style", |ui| words(ui, &model.codebook, item, actions));
    for used in &model.codebook.in_use {
        axis(ui, model, release, (claim, Some(item)), &used.axis, actions);
    }
    text(ui, "Statement", "statement", item.statement.as_deref(), 3, drafts, ClaimField::Statement, actions);
    text(ui, "Note", "note", item.note.as_deref(), 1, drafts, ClaimField::Note, actions);
}

/// What I think of a colleague's claim: the axes in use, to be judged.
pub fn judge(ui: &mut Ui, model: &Model, release: &Release, claim: &ClaimRef, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    super::section(ui, &p, "Your judgement", "", None);
    for used in &model.codebook.in_use {
        axis(ui, model, release, (claim, None), &used.axis, actions);
    }
}

/// The links that show and hide what lies one fold away, and the claim as a sentence.
pub fn fold(ui: &mut Ui, more: &mut bool, aloud: &mut bool) {
    ui.horizontal(|ui| {
        ui.add_space(LABEL + 4.0);
        ui.spacing_mut().item_spacing.x = 16.0;
        if link(ui, if *more { "Fewer fields" } else { "More fields" }, theme::SIZE_SMALL).clicked() {
            *more = !*more;
        }
        if link(ui, if *aloud { "Not as a sentence" } else { "As a sentence" }, theme::SIZE_SMALL).clicked() {
            *aloud = !*aloud;
        }
    });
}

/// A label and its control.
fn row(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        let p = Palette::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL, theme::CONTROL), egui::Sense::hover());
        ui.painter().text(
            rect.left_center(),
            egui::Align2::LEFT_CENTER,
            label,
            theme::regular(theme::SIZE_FIELD),
            p.dim,
        );
        ui.vertical(|ui| add(ui));
    });
}

/// The kinds as buttons that wrap; the definition shows while the pointer is over one.
fn kinds(ui: &mut Ui, codebook: &Codebook, release: &Release, item: &Claim, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let common = common(release, |claim| claim.kind.clone());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        for kind in &codebook.kinds {
            let digit = kind.digit.map(|digit| digit.to_string()).unwrap_or_default();
            let words = format!("{} {} {digit}", kind.letter, kind.label);
            let chosen = common.as_deref() == Some(&kind.key);
            let look = Look { chosen, fill: Some(p.kind(kind.colours)), ..Look::default() };
            let width = text_width(ui, &words, theme::semibold(theme::SIZE_FIELD)) + 12.0;
            let response = kind_button(ui, &kind.letter, &kind.label, &digit, p.kind(kind.colours), look, width);
            let response = response.on_hover_ui(|ui| {
                ui.set_max_width(320.0);
                ui.label(RichText::new(&kind.label).font(theme::semibold(theme::SIZE_BODY)));
                ui.label(&kind.definition);
                for example in kind.examples.iter().take(2) {
                    ui.weak(format!("“{example}”"));
                }
                if !kind.not_for.is_empty() {
                    ui.label(format!("Not for: {}", kind.not_for));
                }
            });
            if response.clicked() {
                actions.push(set_kind((!chosen).then(|| kind.key.clone())));
            }
        }
        if let Some(unknown) = item.kind.as_deref().filter(|kind| codebook.kind(kind).is_none()) {
            let words = format!("{unknown} (unknown here)");
            let width = text_width(ui, &words, theme::semibold(theme::SIZE_FIELD)) + 12.0;
            choice(ui, &words, &words, vec2(width, theme::CONTROL), Look { chosen: true, ..Look::default() });
        }
    });
}

/// What belongs to the chosen kind, on one line; the whole while the pointer is over it.
fn definition(ui: &mut Ui, codebook: &Codebook, item: &Claim) {
    let kind = item.kind.as_deref().and_then(|kind| codebook.kind(kind));
    let Some(kind) = kind.filter(|kind| !kind.definition.is_empty()) else { return };
    let p = Palette::of(ui);
    let words = RichText::new(&kind.definition).font(theme::regular(theme::SIZE_SMALL)).color(p.dim);
    ui.add(egui::Label::new(words).truncate());
}

/// Letter bold in the kind's colour, name, digit dim; all in one colour where it is chosen.
fn kind_button(
    ui: &mut Ui,
    letter: &str,
    label: &str,
    digit: &str,
    color: egui::Color32,
    look: Look,
    width: f32,
) -> egui::Response {
    let response = choice(ui, "", &format!("kind {label}"), vec2(width, theme::CONTROL), look);
    let p = Palette::of(ui);
    let rect = response.rect;
    let mut x = rect.left() + 6.0;
    let (ink, dim) = if look.chosen { (p.on_kind, p.on_kind) } else { (p.text, p.dim) };
    for (text, font, color) in [
        (letter, theme::bold(theme::SIZE_FIELD), if look.chosen { p.on_kind } else { color }),
        (label, theme::regular(theme::SIZE_FIELD), ink),
        (digit, theme::regular(theme::SIZE_SMALL), dim),
    ] {
        ui.painter().text(egui::pos2(x, rect.center().y), egui::Align2::LEFT_CENTER, text, font.clone(), color);
        x += text_width(ui, text, font) + 4.0;
    }
    response
}

/// The value that all selected claims of mine share.
fn common<T: PartialEq>(release: &Release, of: impl Fn(&Claim) -> Option<T>) -> Option<T> {
    let mut values = release.selected.iter().filter_map(|claim| release.claim(claim)).map(|claim| of(claim));
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

fn source(
    ui: &mut Ui,
    release: &Release,
    claim: &ClaimRef,
    item: &Claim,
    engine: &mut TextEngine,
    actions: &mut Vec<Action>,
) {
    let Some(set) = release.set_of(claim.layer.as_deref()) else { return };
    let speakers = set.speakers(item);
    let (name, kind) = match speakers.as_slice() {
        [] if item.is_by_writer() => ("the writer of the release".to_owned(), "writer".to_owned()),
        [] => (String::new(), String::new()),
        [one] => {
            let source = set.sources.get(*one);
            let kind = source.and_then(|source| source.kind.clone()).unwrap_or_default();
            (source.map_or_else(|| one.to_string(), |source| source.name.clone()), kind)
        }
        many => {
            let names: Vec<String> = many.iter().map(|id| set.voice_name(id)).collect();
            (names.join(" and "), "together".to_owned())
        }
    };
    row(ui, "Source", |ui| {
        let p = Palette::of(ui);
        let width = ui.available_width();
        let words = if name.is_empty() { "who? – choose…" } else { &name };
        let response = field_button(ui, engine, words, &kind, width, name.is_empty());
        if response.clicked() {
            actions.push(Action::OpenStrip);
        }
        if let [one] = speakers.as_slice() {
            let source = (*one).clone();
            response.context_menu(|ui| {
                if ui.button("Edit this source…").clicked() {
                    actions.push(Action::Show(Dialog::Sources(Some(source))));
                    ui.close();
                }
                if ui.button("Take it away").clicked() {
                    actions.push(Action::Unattribute);
                    ui.close();
                }
            });
        }
        for line in said(release, claim, item) {
            let quote = Quote::new(&line, Family::Sans, theme::SIZE_SMALL, 16.0, p.dim);
            words_of::show(ui, engine, &quote);
        }
    });
}

/// Through whom the claim is told, from who is nearest to the speaker outwards to the writer; each can be taken away, and
/// a further one named.
fn through(
    ui: &mut Ui,
    release: &Release,
    claim: &ClaimRef,
    item: &Claim,
    engine: &mut TextEngine,
    actions: &mut Vec<Action>,
) {
    let Some(set) = release.set_of(claim.layer.as_deref()) else { return };
    if item.speaker().is_none() {
        return;
    }
    row(ui, "Through", |ui| {
        let p = Palette::of(ui);
        let publisher = release.about().publisher.map(|publisher| format!(", {publisher} release")).unwrap_or_default();
        let outer = item.said.iter().flatten().rev().skip(1).flat_map(|voice| &voice.by);
        let voices = outer.map(|id| (set.voice_name(id), p.text, "take away", Action::RemoveSpeaker(id.clone())));
        let writer = (format!("the writer{publisher}"), p.dim, "further voice", Action::Run(Command::MarkThrough));
        for (name, color, words, action) in voices.chain([writer]) {
            ui.horizontal(|ui| {
                let aside = text_width(ui, words, theme::regular(theme::SIZE_SMALL)) + 12.0;
                let aside = if ui.is_enabled() { aside } else { 0.0 };
                let size = vec2(ui.available_width() - aside, 18.0);
                let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("through {name}")));
                let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color };
                painted::words(ui, engine, &name, rect.left_center(), rect.width(), ink);
                if ui.is_enabled() && link(ui, words, theme::SIZE_SMALL).clicked() {
                    actions.push(action);
                }
            });
        }
    });
}

/// "as “The Secretary General”, 1595–1616".
fn said(release: &Release, claim: &ClaimRef, item: &Claim) -> Vec<String> {
    let Some(set) = release.set_of(claim.layer.as_deref()) else { return Vec::new() };
    let mut lines = Vec::new();
    for id in item.speaker().iter().flat_map(|voice| &voice.by) {
        if let Some(mention) = set.mentions.get(id) {
            let spans = release.spans(claim.layer.as_deref(), &AnchorId::Mention(id.clone()), &mention.anchor);
            let codes = spans.first().map(|span| release.document.text.code_span_from_byte_span(*span));
            let range = codes.map(|codes| format!(", {}–{}", codes.start, codes.end)).unwrap_or_default();
            lines.push(format!("as “{}”{range}", mention.anchor.quote_line()));
        }
    }
    lines
}

/// A button that looks like a field: words left, a dim word right.
fn field_button(
    ui: &mut Ui,
    engine: &mut TextEngine,
    words: &str,
    aside: &str,
    width: f32,
    empty: bool,
) -> egui::Response {
    let p = Palette::of(ui);
    let response = choice(ui, "", &format!("source: {words}"), vec2(width, theme::CONTROL), Look::default());
    let rect = response.rect;
    let aside_width = text_width(ui, aside, theme::regular(theme::SIZE_FIELD));
    let color = if empty { p.accent } else { p.text };
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color };
    painted::words(ui, engine, words, rect.left_center() + vec2(8.0, 0.0), rect.width() - 24.0 - aside_width, ink);
    ui.painter().text(
        rect.right_center() - vec2(8.0, 0.0),
        egui::Align2::RIGHT_CENTER,
        aside,
        theme::regular(theme::SIZE_FIELD),
        p.dim,
    );
    response
}

/// Styles of attribution, by the codebook's words.
fn words(ui: &mut Ui, codebook: &Codebook, item: &Claim, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        for style in &codebook.styles {
            let chosen = item.style.as_deref() == Some(&style.key);
            let short = style.label.split(' ').next().unwrap_or(&style.label);
            let size = vec2(text_width(ui, short, theme::semibold(theme::SIZE_FIELD)) + 16.0, theme::CONTROL);
            let response =
                choice(ui, short, &format!("style {}", style.label), size, Look { chosen, ..Look::default() });
            let response = match &style.definition {
                Some(definition) => response.on_hover_text(definition),
                None => response,
            };
            if response.clicked() {
                let value = (!chosen).then(|| style.key.clone());
                actions.push(Action::SetField { field: ClaimField::Style(value), typing: false });
            }
        }
    });
}

/// The terms of one axis; those outside the order stand apart.
fn axis(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    (claim, item): (&ClaimRef, Option<&Claim>),
    axis: &str,
    actions: &mut Vec<Action>,
) {
    let scales = &model.codebook.scales;
    let Some(scale) = model.scale(axis) else { return };
    let Some(terms) = scales.axis(scale, axis) else { return };
    // Without the item, it is my judgement of somebody else's claim.
    let current = match item {
        Some(_) => release.assessment(claim, axis),
        None => release.my_assessment(&claim.id, axis),
    };
    let current = current.map(|(_, assessment)| assessment);
    let chosen_term = current.and_then(|assessment| assessment.term.as_deref());
    // A judgement on another scale of the axis is shown in words; no term of this one is lit for it.
    let on_this_scale = current.is_some_and(|assessment| assessment.scale == scale);
    let label = capitalised(axis);
    let own = item.filter(|_| axis == "reliability" && current.is_none() && claim.layer.is_none());
    let proposed = own.and_then(|item| proposed_reliability(model, release, item, terms));
    row(ui, &label, |ui| {
        let has_bands = terms.terms.iter().any(|term| term.band.is_some());
        let gaps = terms.terms.iter().filter(|term| term.outside_order).count() as f32 * OUTSIDE_GAP;
        let room = (ui.available_width() - gaps) / terms.terms.len().max(1) as f32;
        let band_width = room.floor().clamp(BAND_LEAST, BAND);
        // A few terms have room for their words.
        let is_short = terms.terms.len() > 3 && terms.terms.iter().all(|term| term.short.chars().count() <= 2);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(if has_bands { 0.0 } else { 2.0 }, 2.0);
            for term in &terms.terms {
                let (text, size) = term_button(ui, term, has_bands, is_short, band_width);
                if term.outside_order {
                    ui.add_space(OUTSIDE_GAP);
                }
                let chosen = on_this_scale && chosen_term == Some(&term.key);
                let is_proposed = proposed.is_some_and(|proposed| proposed.key == term.key);
                let look = Look { chosen, dashed: term.outside_order || is_proposed, fill: None, small: has_bands };
                let whose = if item.is_none() { "your " } else { "" };
                let name = format!("{whose}{axis} {}", term.label);
                let response = choice(ui, &text, &name, size, look);
                let hint =
                    term.gloss.as_ref().map_or_else(|| term.label.clone(), |gloss| format!("{}: {gloss}", term.label));
                if response.on_hover_text(hint).clicked() {
                    let term = (!chosen).then(|| term.key.clone());
                    actions.push(Action::Assess { axis: axis.to_owned(), term });
                }
            }
        });
        if let Some(term) = proposed {
            ui.horizontal(|ui| {
                let p = Palette::of(ui);
                let words = format!("proposed: {} {}, as its source is judged", term.key, term.label);
                ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
                if link(ui, "take it", theme::SIZE_SMALL).clicked() {
                    actions.push(Action::Assess { axis: axis.to_owned(), term: Some(term.key.clone()) });
                }
            });
        }
        if item.is_some() {
            gloss(ui, model, release, claim, axis, has_bands);
            judges(ui, model, release, claim, axis);
        }
    });
}

/// What others than the one who marked the claim think of it.
fn judges(ui: &mut Ui, model: &Model, release: &Release, claim: &ClaimRef, axis: &str) {
    let scales = &model.codebook.scales;
    let said = release.other_judges(claim, axis).map(|(layer, judged)| {
        let name = layer.map_or("you", |layer| layer.name.as_str());
        let why = judged.why.as_ref().map(|why| format!(", because “{why}”")).unwrap_or_default();
        format!("{name}: {}{why}", scales.words(judged))
    });
    let p = Palette::of(ui);
    for words in said {
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    }
}

/// The reliability of the claim's only source, as I judged it in this set or in the register: proposed, and written only
/// when it is taken.
fn proposed_reliability<'a>(
    model: &Model,
    release: &Release,
    item: &Claim,
    terms: &'a crate::annotation::ScaleAxis,
) -> Option<&'a Term> {
    let speakers = release.set().speakers(item);
    let [source] = speakers.as_slice() else { return None };
    let mut works = std::iter::once(&release.work).chain(model.register.as_ref().map(|register| &register.work));
    let judged = works.find_map(|work| work.index().current(work.set(), source, "reliability"))?.1;
    terms.term(judged.term.as_deref()?)
}

/// What stands on a term's button, and its size.
fn term_button(ui: &Ui, term: &Term, has_bands: bool, is_short: bool, width: f32) -> (String, Vec2) {
    if let Some(band) = term.band.filter(|_| has_bands) {
        // An end that is left out is a part of it, and may need more room.
        let text = band.to_string();
        let needed = text_width(ui, &text, theme::semibold(theme::SIZE_BADGE)) + 2.0;
        return (text, vec2(width.max(needed.ceil()), theme::CONTROL));
    }
    if is_short {
        return (term.short.clone(), vec2(26.0, theme::CONTROL));
    }
    let width = text_width(ui, &term.label, theme::semibold(theme::SIZE_FIELD)) + 16.0;
    (term.label.clone(), vec2(width, theme::CONTROL))
}

/// The judgement in words: for Admiralty once, under credibility.
fn gloss(ui: &mut Ui, model: &Model, release: &Release, claim: &ClaimRef, axis: &str, has_bands: bool) {
    let p = Palette::of(ui);
    let scales = &model.codebook.scales;
    let judged = |axis: &str| release.assessment(claim, axis).map(|(_, assessment)| assessment);
    let words = match axis {
        "reliability" | "confidence" => return,
        "credibility" => scales.gloss(judged("reliability"), judged("credibility")),
        _ => judged(axis).map_or_else(|| "not set".to_owned(), |assessment| scales.words(assessment)),
    };
    if words.is_empty() && !has_bands {
        return;
    }
    let response = ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    if let Some(assessment) = judged(axis) {
        // A judgement on another scale than the one in use is put into its words, and said to be approximate.
        if let Some(words) = model.scale(axis).and_then(|scale| scales.approximate(assessment, scale)) {
            ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
        }
        let others: Vec<String> = scales.iter().filter_map(|scale| scales.approximate(assessment, &scale.id)).collect();
        if !others.is_empty() {
            response.on_hover_text(others.join("\n"));
        }
    }
    if let Some(words) = Some(())
        .filter(|()| axis == CREDIBILITY && claim.layer.is_none())
        .and_then(|()| model.unconfirmed(release, claim))
    {
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.disputed));
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text field: each change is an edit at once; the draft keeps what is typed while the model follows.
#[expect(clippy::too_many_arguments, reason = "a field's name, value, size and meaning")]
fn text(
    ui: &mut Ui,
    label: &str,
    name: &str,
    value: Option<&str>,
    lines: usize,
    drafts: &mut Drafts,
    field: impl Fn(Option<String>) -> ClaimField,
    actions: &mut Vec<Action>,
) {
    row(ui, label, |ui| {
        let draft = drafts.entry(name.to_owned()).or_insert_with(|| value.unwrap_or_default().to_owned());
        let edit = if lines > 1 { TextEdit::multiline(draft).desired_rows(lines) } else { TextEdit::singleline(draft) };
        let edit = edit.font(theme::regular(theme::SIZE_FIELD)).desired_width(f32::INFINITY).margin(vec2(8.0, 3.0));
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, ui.is_enabled(), label));
        if response.changed() {
            let value = Some(draft.clone()).filter(|text| !text.is_empty());
            actions.push(Action::SetField { field: field(value), typing: true });
        } else if !response.has_focus() && draft.as_str() != value.unwrap_or_default() {
            // Changed from elsewhere: undo, a merge.
            value.unwrap_or_default().clone_into(draft);
        }
    });
}

/// What lies one fold away.
pub fn folded(ui: &mut Ui, model: &Model, item: &Claim, drafts: &mut Drafts, actions: &mut Vec<Action>) {
    let codebook = &model.codebook;
    text(ui, "Time", "time", item.time.as_deref(), 1, drafts, ClaimField::Time, actions);
    text(ui, "Quantity", "quantity", item.value.as_deref(), 1, drafts, ClaimField::Value, actions);
    let pick =
        |ui: &mut Ui, label: &str, words: &[crate::annotation::Word], value: Option<&str>| -> Option<Option<String>> {
            let mut picked = None;
            row(ui, label, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
                    for word in words {
                        let chosen = value == Some(&word.key);
                        let size = vec2(
                            text_width(ui, &word.label, theme::semibold(theme::SIZE_FIELD)) + 14.0,
                            theme::CONTROL,
                        );
                        if choice(
                            ui,
                            &word.label,
                            &format!("{label} {}", word.label),
                            size,
                            Look { chosen, ..Look::default() },
                        )
                        .clicked()
                        {
                            picked = Some((!chosen).then(|| word.key.clone()));
                        }
                    }
                });
            });
            picked
        };
    if let Some(status) = pick(ui, "Status", &codebook.statuses, item.status.as_deref()) {
        actions.push(Action::SetField { field: ClaimField::Status(status), typing: false });
    }
    let tags = item.tags.join("; ");
    let list = |value: Option<String>| -> Vec<String> {
        let parts = value.unwrap_or_default();
        parts.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    text(ui, "Tags", "tags", Some(&tags), 1, drafts, |value| ClaimField::Tags(list(value)), actions);
    let evidence = item.evidence.join("; ");
    text(ui, "Evidence", "evidence", Some(&evidence), 1, drafts, |value| ClaimField::Evidence(list(value)), actions);
    if let Some(marking) = pick(ui, "Marking", &codebook.markings, item.marking.as_deref()) {
        actions.push(Action::SetField { field: ClaimField::Marking(marking), typing: false });
    }
    for field in codebook.fields.iter().filter(|field| field.on == "claim") {
        own(ui, field, named_value(&item.fields, &field.key).map_or("", String::as_str), drafts, actions);
    }
    for (name, value) in own_fields::unknown(codebook, "claim", &item.fields) {
        row(ui, name, |ui| drop(ui.label(RichText::new(format!("{value} (unknown here)")).color(Palette::of(ui).dim))));
    }
}

/// A field of the team's own.
fn own(ui: &mut Ui, field: &Field, value: &str, drafts: &mut Drafts, actions: &mut Vec<Action>) {
    row(ui, &own_fields::marked(field, value), |ui| {
        let draft = drafts.entry(format!("fields.{}", field.key)).or_insert_with(|| value.to_owned());
        let response = own_fields::edit(ui, field, draft);
        if response.changed() {
            let now = Some(draft.clone()).filter(|value| !value.is_empty());
            let field_now = ClaimField::Own(field.key.clone(), now);
            actions.push(Action::SetField { field: field_now, typing: own_fields::is_typed(field) });
        } else if !response.has_focus() && draft.as_str() != value {
            // Changed from elsewhere: undo, a merge.
            value.clone_into(draft);
        }
    });
}
