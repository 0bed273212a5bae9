//! The table's head: the switch between release and collection, and the chips that filter.

use std::collections::BTreeSet;

use egui::{CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::order::{Facts, Order, Scope};
use crate::app::model::Model;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{chip, text_width};

/// Which claims are shown: those that every group of chips takes. With no chip on, all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Without a source.
    no_source: bool,
    /// Not judged on the axis in use.
    unassessed: bool,
    /// Disputed.
    disputed: bool,
    /// Of one of these kinds, by their places in the codebook.
    kinds: BTreeSet<usize>,
}

impl Filter {
    /// Whether a claim is shown. Chips of one group add up, the groups narrow each other.
    pub fn takes(&self, facts: &Facts) -> bool {
        let any_state = self.no_source || self.unassessed || self.disputed;
        let state = (self.no_source && !facts.attributed)
            || (self.unassessed && !facts.assessed)
            || (self.disputed && facts.disputed);
        let kind = self.kinds.is_empty() || facts.kind.is_some_and(|kind| self.kinds.contains(&kind));
        (!any_state || state) && kind
    }

    fn is_off(&self) -> bool {
        *self == Self::default()
    }
}

/// Draws the chips, and in a narrow window the figures.
pub fn show(ui: &mut Ui, model: &Model, order: &Order, is_narrow: bool, filter: &mut Filter) {
    let p = Palette::of(ui);
    if chip(ui, None, "All", order.in_scope, filter.is_off(), "all claims").clicked() {
        *filter = Filter::default();
    }
    let without = order.in_scope - order.with_source;
    for (name, count, on) in [
        ("No source", without, &mut filter.no_source),
        ("Unassessed", order.unassessed, &mut filter.unassessed),
        ("Disputed", order.disputed, &mut filter.disputed),
    ] {
        if chip(ui, None, name, count, *on, &format!("only {}", name.to_lowercase())).clicked() {
            *on = !*on;
        }
    }
    if is_narrow {
        let words = format!("{} of {} with a source", order.with_source, order.in_scope);
        let width = text_width(ui, &words, theme::regular(theme::SIZE_FIELD));
        if ui.available_width() > width {
            ui.add_space(ui.available_width() - width);
            ui.label(egui::RichText::new(words).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
        }
        return;
    }
    let (line, _) = ui.allocate_exact_size(vec2(7.0, 20.0), Sense::hover());
    ui.painter().vline(line.center().x, line.y_range(), Stroke::new(1.0, p.line));
    for (place, kind) in model.codebook.kinds.iter().enumerate() {
        let count = order.by_kind.get(place).copied().unwrap_or_default();
        let on = filter.kinds.contains(&place);
        if count == 0 && !on || ui.available_width() < 52.0 {
            continue;
        }
        let tile = Some((kind.letter.as_str(), p.kind(kind.colours)));
        if chip(ui, tile, "", count, on, &format!("only {}", kind.label)).on_hover_text(&kind.label).clicked()
            && !filter.kinds.remove(&place)
        {
            filter.kinds.insert(place);
        }
    }
}

/// "This release | Collection", 22 high.
pub fn switch(ui: &mut Ui, scope: &mut Scope) {
    let p = Palette::of(ui);
    for (name, value, hint) in [
        ("This release", Scope::Release, "Claims of the release that is shown"),
        ("Collection", Scope::Collection, "Claims of all releases of the folder"),
    ] {
        let on = *scope == value;
        let font = if on { theme::semibold(theme::SIZE_FIELD) } else { theme::regular(theme::SIZE_FIELD) };
        let width = text_width(ui, name, theme::semibold(theme::SIZE_FIELD)) + 16.0;
        let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, name));
        let left = value == Scope::Release;
        let corner = if left {
            CornerRadius { nw: theme::CORNER, sw: theme::CORNER, ne: 0, se: 0 }
        } else {
            CornerRadius { nw: 0, sw: 0, ne: theme::CORNER, se: theme::CORNER }
        };
        let edge = if response.has_focus() {
            p.text
        } else if on {
            p.accent
        } else {
            p.line
        };
        let fill = if on { p.accent } else { p.paper };
        ui.painter().rect(rect, corner, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
        let ink = if on { p.on_accent } else { p.text };
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, name, font, ink);
        if response.on_hover_text(hint).clicked() {
            *scope = value;
        }
        if left {
            ui.add_space(-ui.spacing().item_spacing.x);
        }
    }
}
