//! Repeats of the claim's words, each in its context, to be ticked and marked alike in one step.

use egui::{Key, RichText, ScrollArea, Ui};

use crate::app::action::Action;
use crate::app::model::{Dialog, Model};
use crate::app::panels::painted::{self, Ink};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::document::ByteSpan;

/// Bytes of context shown on each side, at most.
const CONTEXT: usize = 60;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    /// Those that were unticked.
    without: std::collections::BTreeSet<usize>,
}

/// Draws its inside.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    spans: &[ByteSpan],
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let Some(release) = model.current() else { return };
    let p = Palette::of(ui);
    ui.label("The same words stand in these places. Those that are ticked are marked as the selected claim is.");
    ui.add_space(4.0);
    let room = ui.available_height() - 40.0;
    ScrollArea::vertical().max_height(room).auto_shrink([false, false]).show_rows(ui, 26.0, spans.len(), |ui, rows| {
        for at in rows {
            let Some(span) = spans.get(at) else { continue };
            ui.horizontal(|ui| {
                let mut on = !state.without.contains(&at);
                let words = context(release.document.text.as_str(), *span);
                let number = release.paragraph_at(span.start).map(|number| format!("¶{number}")).unwrap_or_default();
                let tick = ui.checkbox(&mut on, "");
                tick.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, format!("{number} {words}"))
                });
                if tick.changed() && !state.without.remove(&at) {
                    state.without.insert(at);
                }
                ui.label(RichText::new(number).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
                let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 22.0), egui::Sense::hover());
                let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
                painted::words(ui, engine, &words, rect.left_center(), rect.width(), ink);
            });
        }
    });
    let kept: Vec<ByteSpan> =
        (0..spans.len()).filter(|at| !state.without.contains(at)).filter_map(|at| spans.get(at).copied()).collect();
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    let words = if kept.len() == 1 { "Mark 1 repeat".to_owned() } else { format!("Mark {} repeats", kept.len()) };
    if ui.add_enabled(!kept.is_empty(), egui::Button::new(words)).clicked() || (enter && !kept.is_empty()) {
        actions.push(Action::MarkRepeats(kept));
        actions.push(Action::Show(Dialog::None));
    }
}

/// The words with what stands around them.
fn context(text: &str, span: ByteSpan) -> String {
    let from =
        (span.start.saturating_sub(CONTEXT)..=span.start).find(|&at| text.is_char_boundary(at)).unwrap_or(span.start);
    let to = (span.end..=(span.end + CONTEXT).min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(span.end);
    let part = text.get(from..to).unwrap_or("");
    format!("…{}…", part.split_whitespace().collect::<Vec<_>>().join(" "))
}
