//! The differences of two sets, one a row: number, sign, words, in what they differ, what each has, what was decided.
//!
//! Held by `tests/window.rs`.

use egui::{Align2, EventFilter, Key, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::painted;
use crate::annotation::AnchorId;
use crate::app::action::{Action, ClaimRef};
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::settling::{Filter, SideBySide};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{chip, line_of_text, paint_drag_edge, paint_verdict};
use crate::document::ByteSpan;
use crate::review::{Decision, Facet, Pair, Verdict};

/// Height of the head row.
const HEAD: f32 = 32.0;
/// Space at the left.
const MARGIN: f32 = 10.0;
/// Columns but the quote: number, sign, in what, mine, theirs, decision.
const WIDTHS: [f32; 6] = [26.0, 26.0, 92.0, 112.0, 112.0, 66.0];
/// The same where the window is narrow.
const NARROW: [f32; 6] = [26.0, 24.0, 76.0, 0.0, 0.0, 60.0];

/// What the table remembers.
#[derive(Default)]
pub struct State {
    /// Its place for the keyboard.
    pub focus: Option<egui::Id>,
    /// The difference that was last brought into view.
    followed: Option<usize>,
}

/// Draws it.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    engine: &mut TextEngine,
    state: &mut State,
    take_focus: bool,
    actions: &mut Vec<Action>,
) {
    let Some((release, settling)) = model.current().and_then(|it| Some((it, it.comparison.as_deref()?))) else {
        return;
    };
    let p = Palette::of(ui);
    let panel = ui.max_rect();
    paint_drag_edge(ui);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let is_narrow = ui.ctx().content_rect().width() < theme::NO_INSPECTOR_BELOW;
    ui.add_space(2.0);
    let (head, _) = ui.allocate_exact_size(vec2(panel.width(), HEAD - 2.0), Sense::hover());
    ui.scope_builder(egui::UiBuilder::new().max_rect(head.shrink2(vec2(MARGIN, 4.0))), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            chips(ui, model, release, settling, is_narrow, actions);
        });
    });
    let fixed = if is_narrow { NARROW } else { WIDTHS };
    let quote = (panel.width() - 2.0 * MARGIN - fixed.iter().sum::<f32>()).max(80.0);
    let [number, sign, what, mine, theirs, decision] = fixed;
    let widths = [number, sign, quote, what, mine, theirs, decision];
    let (row, _) = ui.allocate_exact_size(vec2(panel.width(), theme::TABLE_HEAD), Sense::hover());
    let mut x = row.left() + MARGIN;
    for (title, width) in ["", "", "Quote", "In what", "Mine", "Theirs", "Decision"].into_iter().zip(widths) {
        let font = theme::semibold(theme::SIZE_SMALL);
        line_of_text(ui, pos2(x, row.center().y), Align2::LEFT_CENTER, title, font, p.dim, width - 6.0);
        x += width;
    }
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, p.line));

    let listed = release.listed();
    let whole = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("differences");
    let response = ui.interact(whole, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, format!("differences, {} rows", listed.len())));
    state.focus = Some(id);
    if take_focus {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: false, tab: false, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let at = settling.at.and_then(|at| listed.iter().position(|other| *other == at));
        let step =
            ui.input(|input| i32::from(input.key_pressed(Key::ArrowDown)) - i32::from(input.key_pressed(Key::ArrowUp)));
        let next = at.and_then(|at| at.checked_add_signed(step as isize)).filter(|_| step != 0);
        actions.extend(next.and_then(|next| listed.get(next)).map(|place| Action::GoToDifference(*place)));
        ui.painter().rect_stroke(whole, 0.0, Stroke::new(1.0, p.accent), egui::StrokeKind::Inside);
    }
    if listed.is_empty() {
        let words = match (&settling.made, &settling.filter) {
            (None, _) => "SideBySide…",
            (Some(_), filter) if *filter == Filter::default() => "The two sets agree in everything",
            (Some(_), _) => "No difference is of this sort",
        };
        let font = theme::regular(theme::SIZE_FIELD);
        ui.painter().text(whole.min + vec2(MARGIN, 14.0), Align2::LEFT_CENTER, words, font, p.dim);
        return;
    }
    let mut area = ScrollArea::vertical().id_salt("differences").auto_shrink([false, false]);
    if state.followed != settling.at {
        state.followed = settling.at;
        let at = settling.at.and_then(|at| listed.iter().position(|other| *other == at)).unwrap_or(0);
        let above = (whole.height() / theme::TABLE_ROW / 2.0).floor();
        area = area.vertical_scroll_offset((at as f32 - above).max(0.0) * theme::TABLE_ROW);
    }
    let decided = release.decided();
    area.show_rows(ui, theme::TABLE_ROW, listed.len(), |ui, range| {
        for place in listed.get(range).unwrap_or(&[]) {
            let Some(pair) = settling.pair(*place) else { continue };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TABLE_ROW), Sense::click());
            let is_current = settling.at == Some(*place);
            let number = settling.versus.pairs.get(*place).and_then(|pair| pair.number).unwrap_or_default();
            let settled = decided.on(pair);
            let cells = [
                quote_of(release, settling, pair),
                in_what(pair),
                cell(model, release, settling, pair, 0),
                cell(model, release, settling, pair, 1),
                decision_word(pair, settled).to_owned(),
            ];
            if is_current {
                ui.painter().rect_filled(rect, 0.0, p.row);
            } else if response.hovered() {
                ui.painter().rect_filled(rect, 0.0, p.paper);
            }
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.line));
            let y = rect.center().y;
            let mut x = rect.left() + MARGIN;
            let bold = theme::semibold(theme::SIZE_FIELD);
            let font = |is_bold: bool| if is_bold { bold.clone() } else { theme::regular(theme::SIZE_FIELD) };
            ui.painter().text(pos2(x + 4.0, y), Align2::LEFT_CENTER, number, font(true), p.text);
            paint_verdict(ui.painter(), &p, pos2(x + widths[0] + 8.0, y), pair.verdict, None);
            x += widths[0] + widths[1];
            for (at, (text, width)) in cells.iter().zip(widths.into_iter().skip(2)).enumerate() {
                if width > 0.0 && at == 0 {
                    let ink = painted::Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
                    painted::words(ui, engine, text, pos2(x, y), width - 8.0, ink);
                } else if width > 0.0 {
                    let is_faint = text == "none" || text == "open";
                    let color = if is_faint && !is_current { p.dim } else { p.text };
                    line_of_text(
                        ui,
                        pos2(x, y),
                        Align2::LEFT_CENTER,
                        text,
                        font(at == 4 && settled.is_some()),
                        color,
                        width - 8.0,
                    );
                }
                x += width;
            }
            response.widget_info(|| {
                let [quote, what, mine, theirs, decision] = &cells;
                let words = format!("{number}, {quote}, {what}, mine {mine}, theirs {theirs}, {decision}");
                WidgetInfo::selected(Role::Row, true, is_current, words)
            });
            if response.clicked() {
                actions.push(Action::GoToDifference(*place));
            }
        }
    });
}

/// Which differences are listed, and how many are decided.
fn chips(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    settling: &SideBySide,
    is_narrow: bool,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let Some(made) = &settling.made else { return };
    let decided = release.decided();
    let (done, all) = decided.progress(&made.alignment);
    let filter = &settling.filter;
    let mut set = |filter: Filter| actions.push(Action::FilterDifferences(filter));
    let count = |verdict| made.alignment.pairs.iter().filter(|pair| pair.verdict == verdict).count();
    let is_all = filter.verdict.is_none() && !filter.open;
    if chip(ui, None, "All", all, is_all, "all differences").clicked() {
        set(Filter { verdict: None, open: false, ..filter.clone() });
    }
    let verdicts =
        [(Verdict::Differ, "Differ"), (Verdict::OnlyMine, "Only mine"), (Verdict::OnlyTheirs, "Only theirs")];
    for (verdict, words) in verdicts {
        let on = filter.verdict == Some(verdict);
        if chip(ui, None, words, count(verdict), on, words).clicked() {
            set(Filter { verdict: Some(verdict).filter(|_| !on), ..filter.clone() });
        }
    }
    if chip(ui, None, "Undecided", all - done, filter.open, "Undecided").clicked() {
        set(Filter { open: !filter.open, ..filter.clone() });
    }
    if !is_narrow {
        let title = filter.facet.as_ref().map_or("in anything".to_owned(), |facet| format!("in {facet}"));
        ui.menu_button(title, |ui| {
            if ui.button("in anything").clicked() {
                set(Filter { facet: None, ..filter.clone() });
            }
            for facet in release.facets() {
                if ui.button(format!("in {facet}")).clicked() {
                    set(Filter { facet: Some(facet), ..filter.clone() });
                }
            }
        });
        let label = |kind: &str| model.codebook.look(Some(kind)).label.to_owned();
        let title = filter.kind.as_deref().map_or("any kind".to_owned(), label);
        ui.menu_button(title, |ui| {
            if ui.button("any kind").clicked() {
                set(Filter { kind: None, ..filter.clone() });
            }
            for kind in &model.codebook.kinds {
                if ui.button(&kind.label).clicked() {
                    set(Filter { kind: Some(kind.key.clone()), ..filter.clone() });
                }
            }
        });
    }
    let words = format!("{done} of {all} decided");
    let font = theme::regular(theme::SIZE_FIELD);
    ui.label(egui::RichText::new(words).font(font).color(p.dim));
}

/// In words what they differ in.
fn in_what(pair: &Pair) -> String {
    match pair.verdict {
        Verdict::Differ => pair.differs.iter().map(Facet::to_string).collect::<Vec<_>>().join(", "),
        _ => "whole claim".to_owned(),
    }
}

/// What was decided, in a word.
pub fn decision_word(pair: &Pair, decision: Option<Decision>) -> &'static str {
    match (decision, pair.verdict) {
        (None, _) => "open",
        (Some(Decision::Mine), Verdict::OnlyTheirs) | (Some(Decision::Theirs), Verdict::OnlyMine) => "left out",
        (Some(Decision::Mine), _) => "mine",
        (Some(Decision::Theirs), _) => "theirs",
        (Some(Decision::Both), _) => "both",
    }
}

/// The words of a pair, on one line.
pub fn quote_of(release: &Release, settling: &SideBySide, pair: &Pair) -> String {
    let claim = settling.refs(pair).into_iter().flatten().next();
    let Some((claim, item)) = claim.and_then(|claim| Some((claim.clone(), release.claim(&claim)?.clone()))) else {
        return String::new();
    };
    let spans = release.spans(claim.layer.as_deref(), &AnchorId::Claim(claim.id), &item.anchor);
    let words = spans.iter().map(|span: &ByteSpan| release.document.text.slice(*span));
    words.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// What a side has where they differ: the source or the kind, else letter and badge.
fn cell(model: &Model, release: &Release, settling: &SideBySide, pair: &Pair, side: usize) -> String {
    let [mine, theirs] = settling.refs(pair);
    let Some(claim) = (if side == 0 { mine } else { theirs }) else { return "none".to_owned() };
    match pair.differs.first() {
        Some(facet) => value(model, release, &claim, facet),
        None => {
            let letter = model.codebook.look(release.claim(&claim).and_then(|item| item.kind.as_deref())).letter;
            format!("{letter} {}", badge(model, release, &claim))
        }
    }
}

fn badge(model: &Model, release: &Release, claim: &ClaimRef) -> String {
    let judged = |axis: &str| release.assessment(claim, axis).map(|(_, judged)| judged);
    model.codebook.scales.badge(judged("reliability"), judged("credibility"))
}

/// What a claim has in a facet, in words.
pub fn value(model: &Model, release: &Release, claim: &ClaimRef, facet: &Facet) -> String {
    let (Some(item), Some(set)) = (release.claim(claim), release.set_of(claim.layer.as_deref())) else {
        return String::new();
    };
    match facet {
        Facet::Span => {
            let spans = release.claim_spans(claim);
            let codes = spans.first().zip(spans.last()).map(|(first, last)| {
                release.document.text.code_span_from_byte_span(ByteSpan { start: first.start, end: last.end })
            });
            codes.map_or_else(|| "–".to_owned(), |codes| format!("{}–{}", codes.start, codes.end))
        }
        Facet::Kind => model.codebook.look(item.kind.as_deref()).label.to_owned(),
        Facet::Source if !item.is_attributed() => "who?".to_owned(),
        Facet::Source => {
            let names = set
                .chain(item)
                .into_iter()
                .map(|by| if by.is_empty() { "the writer".to_owned() } else { by.join(", ") });
            names.collect::<Vec<_>>().join(" → ")
        }
        Facet::Cue => {
            let cues = item.said.iter().flatten().flat_map(|voice| &voice.cue).flat_map(|cue| &cue.quote);
            let cues: Vec<String> = cues.map(|words| format!("“{words}”")).collect();
            if cues.is_empty() { "–".to_owned() } else { cues.join(" ") }
        }
        Facet::Style => item.style.clone().unwrap_or_else(|| "–".to_owned()),
        Facet::Assessment(axis) => {
            let judged = release.assessment(claim, axis).map(|(_, judged)| model.codebook.scales.words(judged));
            judged.unwrap_or_else(|| "–".to_owned())
        }
    }
}
