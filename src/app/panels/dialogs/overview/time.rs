//! Claims by the month in which their release was published, kinds above each other.

use egui::Ui;
use egui_plot::{Bar, BarChart, GridMark, Legend, Plot};

use super::{ask, kind_label};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::theme::Palette;
use crate::collection::Statistics;

/// Draws it: a bar a month (or what the releases say less exactly), in the order of time.
pub fn show(ui: &mut Ui, model: &Model, figures: &Statistics, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let mut months: Vec<(String, Vec<usize>)> = Vec::new();
    for day in &figures.over_time {
        let month = day.published.get(..7).unwrap_or(&day.published);
        match months.last_mut().filter(|(last, _)| last == month) {
            Some((_, counts)) => counts.iter_mut().zip(&day.by_kind).for_each(|(sum, more)| *sum += more),
            None => months.push((month.to_owned(), day.by_kind.clone())),
        }
    }
    if months.is_empty() {
        ui.label("No release of this folder has a date: File → About this release… sets it.");
        return;
    }
    if figures.undated > 0 {
        ui.label(
            egui::RichText::new(format!("{} more claims in releases without a date", figures.undated)).color(p.dim),
        );
    }
    let mut below = vec![0.0; months.len()];
    let mut charts = Vec::new();
    for (place, kind) in figures.kinds.iter().enumerate() {
        let look = model.codebook.look(Some(kind.as_str()).filter(|kind| !kind.is_empty()));
        let mut bars = Vec::new();
        for (at, ((_, counts), below)) in months.iter().zip(&mut below).enumerate() {
            let count = counts.get(place).copied().unwrap_or_default() as f64;
            if count > 0.0 {
                bars.push(Bar::new(at as f64, count).base_offset(*below).width(0.7));
                *below += count;
            }
        }
        if !bars.is_empty() {
            charts.push(BarChart::new(kind_label(&model.codebook, kind), bars).color(p.kind(look.colours)));
        }
    }
    let name = |mark: GridMark| {
        let is_whole = (mark.value - mark.value.round()).abs() < 0.01 && mark.value >= -0.01;
        let month = months.get(mark.value.round().max(0.0) as usize).filter(|_| is_whole);
        month.map(|(month, _)| month.clone()).unwrap_or_default()
    };
    let response = Plot::new("claims over time")
        .legend(Legend::default())
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
