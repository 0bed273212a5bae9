//! The bottom bar: keys that help now, the scale in use with its line styles, where one is, and how far it is saved.

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::annotation::Level;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::derive::line_style;
use crate::app::model::Model;
use crate::app::reader::LineStyle;
use crate::app::release::{Release, SaveState};
use crate::app::theme::{self, Palette};
use crate::app::widgets::{paint_key, text_width};

/// Space between two hints.
const GAP: f32 = 12.0;

/// Draws the bar.
pub fn show(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let bar = ui.max_rect();
    ui.painter().hline(bar.x_range(), bar.top() + 0.5, Stroke::new(1.0, p.line));
    let y = bar.center().y;
    let left_end = state(ui, model, &p, bar, y, actions);
    hints(ui, model, &p, pos2(bar.left() + 12.0, y), left_end);
}

/// Keys with words, as many as there is room for.
fn hints(ui: &mut Ui, model: &Model, p: &Palette, at: Pos2, end: f32) {
    let mut x = at.x;
    let font = theme::regular(theme::SIZE_FIELD);
    for (key, words) in hints_now(model) {
        let width = text_width(ui, &key, theme::semibold(theme::SIZE_SMALL)).max(9.0)
            + 8.0
            + 5.0
            + text_width(ui, words, font.clone());
        if x + width > end {
            break;
        }
        x += paint_key(ui, p, pos2(x, at.y), &key) + 5.0;
        ui.painter().text(pos2(x, at.y), Align2::LEFT_CENTER, words, font.clone(), p.dim);
        x += text_width(ui, words, font.clone()) + GAP;
    }
}

fn hints_now(model: &Model) -> Vec<(String, &'static str)> {
    use Command as C;
    let key = |command: C| model.key(command);
    if model.kind_follows {
        let kinds = model.codebook.kinds.iter().map(|kind| kind.letter.clone()).collect::<Vec<_>>().join(" ");
        return vec![(kinds, "the kind of the claim"), ("Esc".to_owned(), "leave it")];
    }
    let Some(release) = model.current() else {
        return vec![(key(C::Open), "open"), (key(C::OpenFolder), "open folder"), (key(C::Palette), "all commands")];
    };
    if release.comparison.is_some() {
        let hints = [(C::NextDifference, "next difference"), (C::TakeMine, "mine"), (C::TakeTheirs, "theirs")];
        let more = [(C::TakeBoth, "both"), (C::EditAgreed, "edit"), (C::Undo, "undo")];
        let all = hints.into_iter().chain(more).map(|(command, words)| (key(command), words));
        return all.chain([("Esc".to_owned(), "leave compare")]).collect();
    }
    let terms = model.scale(model.axis()).and_then(|scale| model.codebook.scales.axis(scale, model.axis()));
    let digits = format!("1–{}", terms.map_or(6, |axis| axis.terms.len().min(10)));
    let axis = match model.axis() {
        "reliability" => "reliability",
        "likelihood" => "likelihood",
        "confidence" => "confidence",
        _ => "credibility",
    };
    let marks = [(key(C::MarkClaim), "claim"), (key(C::MarkSource), "source"), (key(C::MarkCue), "cue")];
    let mut hints: Vec<(String, &'static str)> = marks.into();
    if release.has_own_selected() {
        hints.extend([(key(C::Kind), "kind"), (digits, axis), ("Shift 1–6".to_owned(), "reliability")]);
        hints.extend([(format!("{} {}", key(C::NextClaim), key(C::PreviousClaim)), "next, previous")]);
        hints.extend([(key(C::NextOpen), "unattributed"), (key(C::Repeats), "repeats")]);
    } else {
        hints.extend([
            (key(C::Grow), "grow selection"),
            (key(C::NextClaim), "next claim"),
            (key(C::NextOpen), "unattributed"),
        ]);
        hints.extend([(key(C::MarkRead), "paragraph read"), (key(C::Palette), "all commands")]);
    }
    hints
}

/// The right side, from the right; gives where it begins.
fn state(ui: &mut Ui, model: &Model, p: &Palette, bar: Rect, y: f32, actions: &mut Vec<Action>) -> f32 {
    let mut x = bar.right() - 12.0;
    let font = theme::regular(theme::SIZE_FIELD);
    let is_wide = bar.width() >= theme::NO_INSPECTOR_BELOW;
    let Some(release) = model.current() else { return x };
    let (words, is_error) = saved(release, bar.width() >= theme::NO_LEFT_BELOW);
    let put = |ui: &mut Ui, x: f32, text: &str, color| -> f32 {
        let width = text_width(ui, text, font.clone());
        let rect = Rect::from_min_size(pos2(x - width, y - 9.0), vec2(width, 18.0));
        ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, text, font.clone(), color);
        let response = ui.interact(rect, ui.scope_id().with(("state", text.len(), rect.left() as i64)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        rect.left()
    };
    x = put(ui, x, &words, if is_error { p.disputed } else { p.dim }) - 14.0;
    let (paragraph, codes) = place(release);
    x = put(ui, x, &codes, p.dim) - 14.0;
    if !paragraph.is_empty() {
        x = put(ui, x, &paragraph, p.dim) - 14.0;
    }
    if is_wide {
        x = styles(ui, model, p, x, y) - 14.0;
    }
    let label = axis_label(model);
    let width = text_width(ui, &label, font.clone());
    let rect = Rect::from_min_size(pos2(x - width, y - 9.0), vec2(width, 18.0));
    let response = ui.interact(rect, ui.scope_id().with("axis"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("axis in use: {label}")));
    let underlined = response.hovered() || response.has_focus();
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, &label, font, p.text);
    if underlined {
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, p.text));
    }
    if response.on_hover_text(format!("Next axis ({})", model.key(Command::NextAxis))).clicked() {
        actions.push(Action::Run(Command::NextAxis));
    }
    rect.left() - 14.0
}

/// "Admiralty credibility".
fn axis_label(model: &Model) -> String {
    let axis = model.axis();
    let scale = model.scale(axis).and_then(|id| model.codebook.scales.get(id));
    scale.map_or_else(|| axis.to_owned(), |scale| format!("{} {axis}", scale.name))
}

/// The line styles with the terms that they stand for; gives where they begin.
fn styles(ui: &Ui, model: &Model, p: &Palette, end: f32, y: f32) -> f32 {
    let axis = model.axis();
    let Some(terms) = model.scale(axis).and_then(|scale| model.codebook.scales.axis(scale, axis)) else { return end };
    let font = theme::regular(theme::SIZE_FIELD);
    let mut x = end;
    for level in [Level::CannotJudge, Level::Low, Level::Moderate, Level::High] {
        let named: Vec<&str> =
            terms.terms.iter().filter(|term| term.level == level).map(|term| term.short.as_str()).collect();
        let words = match named.as_slice() {
            [] => continue,
            [one] => (*one).to_owned(),
            [first, .., last] => format!("{first}–{last}"),
        };
        let width = text_width(ui, &words, font.clone());
        ui.painter().text(pos2(x - width, y), Align2::LEFT_CENTER, &words, font.clone(), p.dim);
        x -= width + 5.0;
        sample(ui, line_style(level), pos2(x - 20.0, y), p);
        x -= 20.0 + 10.0;
    }
    x + 10.0
}

/// A line of 20 in one of the styles.
fn sample(ui: &Ui, style: LineStyle, at: Pos2, p: &Palette) {
    let painter = ui.painter();
    let bar = |x: f32, width: f32, y: f32, height: f32| {
        painter.rect_filled(Rect::from_min_size(pos2(at.x + x, at.y + y), vec2(width, height)), 0.0, p.text);
    };
    match style {
        LineStyle::High => bar(0.0, 20.0, -1.5, 3.0),
        LineStyle::Moderate => [0.0, 7.0, 14.0].into_iter().for_each(|x| bar(x, 5.0, -1.5, 3.0)),
        LineStyle::Low => [0.0, 5.5, 11.0, 16.5].into_iter().for_each(|x| bar(x, 3.0, -1.5, 3.0)),
        LineStyle::Unassessed => bar(0.0, 20.0, -0.5, 1.0),
        LineStyle::CannotJudge => {
            bar(0.0, 20.0, -2.5, 1.0);
            bar(0.0, 20.0, 1.5, 1.0);
            bar(0.0, 1.0, -2.5, 5.0);
            bar(19.0, 1.0, -2.5, 5.0);
        }
    }
}

/// Paragraph and code points of the selection, or of the claim at hand, or of the caret.
fn place(release: &Release) -> (String, String) {
    let text = &release.document.text;
    let claim = release.at_hand().map(|claim| release.claim_spans(claim)).unwrap_or_default();
    let (start, end) = match (claim.first(), claim.last()) {
        _ if !release.selection.is_empty() => (release.selection.start, release.selection.end),
        (Some(first), Some(last)) => (first.start, last.end),
        _ => (release.caret, release.caret),
    };
    let paragraph = release.paragraph_at(start).map(|number| format!("¶{number}")).unwrap_or_default();
    let (from, to) = (text.code_from_byte(start), text.code_from_byte(end));
    (paragraph, if from == to { from.to_string() } else { format!("{from}–{to}") })
}

fn saved(release: &Release, with_time: bool) -> (String, bool) {
    match &release.save {
        SaveState::Clean if release.read_only.is_some() => ("read-only".to_owned(), false),
        SaveState::Clean => ("no changes".to_owned(), false),
        SaveState::Saving => ("saving…".to_owned(), false),
        SaveState::Saved(time) if with_time => (format!("saved {time}"), false),
        SaveState::Saved(_) => ("saved".to_owned(), false),
        SaveState::Failed(_) => ("not saved: see above".to_owned(), true),
    }
}
