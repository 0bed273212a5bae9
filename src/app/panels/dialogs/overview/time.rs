//! Claims by the month in which their release was published, kinds above each other.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};
use egui_plot::{Bar, BarChart, GridMark, Plot};

use super::{ask, kind_label};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{paint_tile, text_width};
use crate::collection::Statistics;

/// Draws it: a bar a month (or what the releases say less exactly), in the order of time.
pub fn show(ui: &mut Ui, model: &Model, figures: &Statistics, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let months = figures.by_month();
    if months.is_empty() {
        ui.label("No release of this folder has a date: File → About this release… sets it.");
        return;
    }
    if figures.undated > 0 {
        ui.label(
            egui::RichText::new(format!("{} more claims in releases without a date", figures.undated)).color(p.dim),
        );
    }
    legend(ui, model, figures);
    let mut below = vec![0.0; months.len()];
    let mut charts = Vec::new();
    for (place, kind) in figures.kinds.iter().enumerate() {
        let look = model.codebook.look(Some(kind.as_str()).filter(|kind| !kind.is_empty()));
        let color = p.kind(look.colours);
        let mut bars = Vec::new();
        for (at, ((_, counts), below)) in months.iter().zip(&mut below).enumerate() {
            let count = counts.get(place).copied().unwrap_or_default() as f64;
            if count > 0.0 {
                bars.push(Bar::new(at as f64, count).base_offset(*below).width(0.7).fill(color).stroke((0.5, p.paper)));
                *below += count;
            }
        }
        if !bars.is_empty() {
            charts.push(BarChart::new(kind_label(&model.codebook, kind), bars).color(color));
        }
    }
    let name = |mark: GridMark| {
        let is_whole = (mark.value - mark.value.round()).abs() < 0.01 && mark.value >= -0.01;
        let month = months.get(mark.value.round().max(0.0) as usize).filter(|_| is_whole);
        month.map(|(month, _)| month.clone()).unwrap_or_default()
    };
    let response = Plot::new("claims over time")
        .allow_scroll(false)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .include_y(0.0)
        .x_axis_formatter(move |mark, _| name(mark))
        .height(ui.available_height())
        .show(ui, |plot| {
            for chart in charts {
                plot.bar_chart(chart);
            }
            plot.pointer_coordinate()
        });
    if response.response.clicked()
        && let Some((month, _)) = response.inner.and_then(|at| months.get(at.x.round().max(0.0) as usize))
    {
        actions.extend(ask(format!("published:{month}")));
    }
}

/// The kinds that stand in the bars, in the order of the codebook, which is that of the bars from below.
fn legend(ui: &mut Ui, model: &Model, figures: &Statistics) {
    let p = Palette::of(ui);
    let has = |place: usize| figures.over_time.iter().any(|day| day.by_kind.get(place).is_some_and(|count| *count > 0));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 3.0);
        for (_, kind) in figures.kinds.iter().enumerate().filter(|(place, _)| has(*place)) {
            let look = model.codebook.look(Some(kind.as_str()).filter(|kind| !kind.is_empty()));
            let label = kind_label(&model.codebook, kind);
            let font = theme::regular(theme::SIZE_SMALL);
            let size = vec2(19.0 + text_width(ui, label, font.clone()), 16.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
            let tile = egui::Rect::from_min_size(rect.min, vec2(15.0, 15.0));
            paint_tile(ui.painter(), &p, tile, look.letter, p.kind(look.colours));
            ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, label, font, p.text);
        }
    });
}
