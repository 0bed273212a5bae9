//! What is missing: the findings of the codebook's checks, in this release or in all of the folder, with a jump to each,
//! and a reason for those that are waived. They are looked for in the background.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Align2, Key, Rect, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::annotation::Id;
use crate::app::action::{Action, Target};
use crate::app::command::Command;
use crate::app::model::{Dialog, Model};
use crate::app::panels::painted::{self, Ink};
use crate::app::release::Release;
use crate::app::shelf::{Missing, Stamp};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, link, text_width};
use crate::assist::{CHECKS, Finding, Waived};
use crate::document::Text;

/// Height of a line.
const ROW: f32 = 24.0;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    whole_folder: bool,
    /// Checks whose findings are not shown.
    hidden: BTreeSet<&'static str>,
    /// Whether what was waived is listed too.
    waived: bool,
    /// The finding that is being waived, and the reason as typed.
    waiving: Option<(Finding, String)>,
    list: Arc<List>,
    made_of: Option<MadeOf>,
}

/// The lines, made again only when something of it has changed.
#[derive(Default)]
struct List {
    lines: Vec<Line>,
    waived: usize,
}

/// What the lines were made of.
#[derive(Clone, PartialEq)]
struct MadeOf {
    open: Stamp,
    shelf: u64,
    shown: Option<PathBuf>,
    whole_folder: bool,
    hidden: BTreeSet<&'static str>,
}

/// A line of the list.
enum Line {
    /// A release, and how much is missing in it.
    Release(PathBuf, usize),
    /// What one check found in it.
    Check(&'static str, usize),
    /// One finding: of which release, and its number among those found there.
    Finding(PathBuf, Arc<Missing>, usize),
    /// One that was waived: of which release, and its number among those waived there.
    Waived(PathBuf, Arc<Missing>, usize),
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let release = model.current();
    // Without a release there is only the folder.
    state.whole_folder |= release.is_none();
    head(ui, model, state, actions);
    if release.is_some_and(|release| release.structure.is_none()) {
        ui.label("This text is still being looked through.");
        return;
    }
    let Some(open) = model.missing.made.as_deref() else {
        ui.label("Looking for what is missing …");
        return;
    };
    let made_of = MadeOf {
        open: model.missing.of.clone(),
        shelf: model.shelf.revision,
        shown: release.map(|release| release.path.clone()),
        whole_folder: state.whole_folder,
        hidden: state.hidden.clone(),
    };
    if state.made_of.as_ref() != Some(&made_of) {
        state.list = Arc::new(list(model, open, state, made_of.shown.as_ref()));
        state.made_of = Some(made_of);
    }
    let list = Arc::clone(&state.list);
    let (lines, waived) = (&list.lines, list.waived);
    if lines.is_empty() {
        let on = CHECKS.iter().filter(|check| model.codebook.checks(check.name)).count();
        let words = format!("Nothing is missing by the {on} of {} checks that the codebook has on.", CHECKS.len());
        ui.label(words);
        if link(ui, "Which checks are on: Codebook → Checks", theme::SIZE_FIELD).clicked() {
            actions.push(Action::Run(Command::Codebook));
        }
    }
    let foot = if waived > 0 { 22.0 } else { 0.0 };
    let height = ui.available_height() - foot;
    ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        lines.len(),
        |ui, range| {
            for line in lines.get(range).unwrap_or_default() {
                match line {
                    Line::Release(path, count) => title(ui, model, path, *count, engine),
                    Line::Check(name, count) => {
                        let label = CHECKS.iter().find(|check| check.name == *name).map_or(*name, |check| check.label);
                        ui.allocate_ui(vec2(ui.available_width(), ROW - 4.0), |ui| {
                            ui.label(
                                RichText::new(format!("{label} ({count})")).font(theme::semibold(theme::SIZE_FIELD)),
                            );
                        });
                    }
                    Line::Finding(path, missing, at) => {
                        let Some(finding) = missing.report.findings.get(*at) else { continue };
                        one(ui, model, path, finding, engine, state, actions);
                    }
                    Line::Waived(path, missing, at) => {
                        let Some(waived) = missing.report.waived.get(*at) else { continue };
                        one_waived(ui, model, path, waived, engine, actions);
                    }
                }
            }
        },
    );
    if waived > 0 {
        let more = if state.waived { "Hide what was waived" } else { "Show what was waived, and why" };
        if link(ui, &format!("{more} ({waived})"), theme::SIZE_FIELD).clicked() {
            state.waived = !state.waived;
            state.made_of = None;
        }
    }
}

/// The switch of scope, and whether the scroll bar shows it too.
fn head(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for (whole, name) in [(false, "This release"), (true, "Folder")] {
            let width = text_width(ui, name, theme::semibold(theme::SIZE_FIELD)) + 18.0;
            let look = Look { chosen: state.whole_folder == whole, ..Look::default() };
            let is_there = whole || model.current().is_some();
            if is_there && choice(ui, name, name, vec2(width, theme::CONTROL), look).clicked() {
                state.whole_folder = whole;
            }
        }
        ui.add_space(10.0);
        let mut in_bar = model.settings.layout.missing;
        if ui.checkbox(&mut in_bar, "also in the scroll bar").changed() {
            let mut settings = model.settings.clone();
            settings.layout.missing = in_bar;
            actions.push(Action::Settings(Box::new(settings)));
        }
        ui.menu_button("Checks", |ui| {
            for check in CHECKS.iter().filter(|check| model.codebook.checks(check.name)) {
                let mut shown = !state.hidden.contains(check.name);
                if ui.checkbox(&mut shown, check.label).changed() {
                    if shown {
                        state.hidden.remove(check.name)
                    } else {
                        state.hidden.insert(check.name)
                    };
                }
            }
        });
    });
    let words = "A click goes there. What is meant so can be waived with a reason.";
    ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(Palette::of(ui).dim));
}

fn list(model: &Model, open: &BTreeMap<PathBuf, Arc<Missing>>, state: &State, shown: Option<&PathBuf>) -> List {
    let mut all: Vec<(&PathBuf, &Arc<Missing>)> = open.iter().collect();
    if state.whole_folder {
        // Of an open release the desk knows more than the disk.
        all.extend(model.shelf.missing.iter().filter(|(path, _)| !open.contains_key(*path)));
        all.sort_by_key(|(path, _)| *path);
    } else {
        all.retain(|(path, _)| Some(*path) == shown);
    }
    let waived = all.iter().map(|(_, missing)| missing.report.waived.len()).sum();
    let mut lines = Vec::new();
    for &(path, missing) in &all {
        let of = |check: &'static str| {
            let found = missing.report.findings.iter().enumerate();
            found.filter(move |(_, finding)| finding.check == check).map(|(at, _)| at).collect::<Vec<_>>()
        };
        let by_check: Vec<_> = CHECKS
            .iter()
            .filter(|check| !state.hidden.contains(check.name))
            .map(|check| (check.name, of(check.name)))
            .filter(|(_, found)| !found.is_empty())
            .collect();
        if by_check.is_empty() {
            continue;
        }
        if state.whole_folder {
            lines.push(Line::Release(path.clone(), by_check.iter().map(|(_, found)| found.len()).sum()));
        }
        for (name, found) in by_check {
            lines.push(Line::Check(name, found.len()));
            lines.extend(found.into_iter().map(|at| Line::Finding(path.clone(), Arc::clone(missing), at)));
        }
    }
    for (path, missing) in all.into_iter().filter(|_| state.waived) {
        let own = missing.report.waived.len();
        lines.extend((0..own).map(|at| Line::Waived(path.clone(), Arc::clone(missing), at)));
    }
    List { lines, waived }
}

/// One that was waived, with its reason; of the shown release it can be taken back.
fn one_waived(
    ui: &mut Ui,
    model: &Model,
    path: &PathBuf,
    waived: &Waived,
    engine: &mut TextEngine,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let quote = waived.finding.span.zip(text_of(model, path)).map(|(span, (text, _))| text.slice(span).to_owned());
    let quote = quote.map(|quote| format!("“{quote}” – ")).unwrap_or_default();
    let why = waived.why.as_deref().unwrap_or("no reason given");
    let words = format!("waived: {why} · {quote}{}", waived.finding.words);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 4.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.dim };
    painted::words(ui, engine, &words, rect.left_center() + vec2(8.0, 0.0), rect.width() - 96.0, ink);
    if model.current().is_some_and(|release| release.path == *path) {
        let part = Rect::from_min_max(pos2(rect.right() - 76.0, rect.top()), rect.max);
        let back = ui.interact(part, response.id.with("back"), Sense::click());
        back.widget_info(|| WidgetInfo::labeled(Role::Button, true, "take back that this was waived"));
        let font = theme::regular(theme::SIZE_FIELD);
        ui.painter().text(rect.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, "take back", font, p.accent);
        if back.clicked() {
            actions.push(Action::Undismiss(waived.by.clone()));
        }
    }
}

fn title(ui: &mut Ui, model: &Model, path: &PathBuf, count: usize, engine: &mut TextEngine) {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 4.0), Sense::hover());
    let entry = model.folder.entries.iter().find(|entry| entry.path == *path);
    let name = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = entry.map_or_else(name, |entry| entry.title.clone());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{name}, {count}")));
    ui.painter().hline(rect.x_range(), rect.top() - 1.0, egui::Stroke::new(1.0, p.line));
    let ink = Ink { size: theme::SIZE_BODY, weight: 600, color: p.text };
    painted::words(ui, engine, &name, rect.left_center(), rect.width() - 60.0, ink);
    let font = theme::semibold(theme::SIZE_FIELD);
    ui.painter().text(rect.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, count.to_string(), font, p.dim);
}

/// The text of a release, open or as read.
fn text_of<'a>(model: &'a Model, path: &PathBuf) -> Option<(&'a Text, &'a [crate::document::ByteSpan])> {
    if let Some(release) = model.releases.iter().find(|release| release.path == *path) {
        return Some((&release.document.text, &[]));
    }
    let read = model.shelf.read.get(path)?;
    Some((read.text.as_ref()?, &read.paragraphs))
}

fn one(
    ui: &mut Ui,
    model: &Model,
    path: &PathBuf,
    finding: &Finding,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let shown = model.current().filter(|release| release.path == *path);
    let text = text_of(model, path);
    let quote = finding.span.zip(text).map(|(span, (text, _))| text.slice(span).to_owned()).unwrap_or_default();
    let number = finding.span.and_then(|span| match (shown, text) {
        (Some(release), _) => release.paragraph_at(span.start),
        (None, Some((_, paragraphs))) => {
            Some(paragraphs.partition_point(|paragraph| paragraph.start <= span.start)).filter(|&number| number > 0)
        }
        (None, None) => None,
    });
    let number = number.map(|number| format!("¶{number} ")).unwrap_or_default();
    let words =
        if quote.is_empty() { finding.words.clone() } else { format!("{number}“{quote}” – {}", finding.words) };
    // The one that is being waived shows the field for the reason in its place.
    if let (Some((waiving, why)), Some(_)) = (&mut state.waiving, shown)
        && waiving == finding
    {
        if reason(ui, finding, why, actions) {
            state.waiving = None;
        }
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 4.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, theme::CORNER, p.row);
    }
    let mut room = rect.width() - 16.0;
    if shown.is_some() {
        room -= 64.0;
        let part = Rect::from_min_max(pos2(rect.right() - 60.0, rect.top()), rect.max);
        let waive = ui.interact(part, response.id.with("waive"), Sense::click());
        waive.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("waive: {words}")));
        let font = theme::regular(theme::SIZE_FIELD);
        ui.painter().text(rect.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, "waive…", font, p.accent);
        if waive.clicked() {
            state.waiving = Some((finding.clone(), String::new()));
            return;
        }
    }
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
    painted::words(ui, engine, &words, rect.left_center() + vec2(8.0, 0.0), room, ink);
    if response.clicked() {
        actions.extend(jump(model, path, finding));
    }
}

/// Where a click on a finding goes: to the claim, to the source in the register, to what is said of the release, or to
/// the words.
fn jump(model: &Model, path: &PathBuf, finding: &Finding) -> Option<Action> {
    let handle = &model.settings.handle;
    let open = model.releases.iter().find(|release| release.path == *path).map(Release::set);
    let set = open.or_else(|| {
        let layers = &model.shelf.read.get(path)?.layers;
        layers.iter().find(|layer| layer.handle == *handle).map(|layer| &*layer.set)
    });
    let target = match &finding.on {
        Some(id) if *id == Id::default() => Target::About,
        Some(id) if set.is_some_and(|set| set.claims.contains_key(id)) => {
            Target::Claim { handle: handle.clone(), id: id.clone() }
        }
        Some(id) if set.is_some_and(|set| set.sources.contains_key(id)) => {
            return Some(Action::Show(Dialog::Sources(Some(id.clone()))));
        }
        _ => Target::Words(finding.span?),
    };
    Some(Action::GoTo(path.clone(), target))
}

/// The field for a reason; whether it was left.
fn reason(ui: &mut Ui, finding: &Finding, why: &mut String, actions: &mut Vec<Action>) -> bool {
    let mut done = false;
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let wide = ui.available_width() - 80.0;
        let response = ui.add(TextEdit::singleline(why).hint_text("why this is meant so").desired_width(wide));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "reason for waiving"));
        if !response.has_focus() && !response.lost_focus() {
            response.request_focus();
        }
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.button("Waive").clicked() || enter {
            let (on, span) = (finding.on.clone(), finding.span);
            actions.push(Action::Dismiss { check: finding.name(), on, span, why: why.trim().to_owned() });
            done = true;
        }
    });
    done
}
