//! A text of a file, highlighted by syntect, read-only: only the lines in view are laid out and highlighted.
//!
//! Lines before those in view are parsed once, in small steps a frame, and the parser's state is kept every so many
//! lines; a line that is longer than is worth reading is shown plain and cut. Held by `tests/window.rs`.

use std::sync::{Arc, LazyLock};

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, ScrollArea, Ui};
use syntect::parsing::{ParseState, ScopeStack, SyntaxDefinition, SyntaxReference, SyntaxSet};

use crate::app::theme::{self, Palette};

/// Lines between two kept states of the parser.
const STEP: usize = 64;
/// Lines parsed a frame at most.
const A_FRAME: usize = 2_000;
/// A longer line is not highlighted, and cut on the screen.
const LONGEST: usize = 2_000;
/// Height of a line.
const LINE: f32 = 17.0;

/// RON is not among syntect's own syntaxes.
const RON: &str = include_str!("../../../assets/syntaxes/RON.sublime-syntax");

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(|| {
    let mut builder = SyntaxSet::load_defaults_newlines().into_builder();
    // A syntax that does not load leaves RON plain: a test holds that it does.
    if let Ok(ron) = SyntaxDefinition::load_from_str(RON, true, None) {
        builder.add(ron);
    }
    builder.build()
});

/// What is remembered of a text that is shown.
#[derive(Default)]
pub struct Code {
    text: Arc<str>,
    syntax: String,
    /// Where each line begins.
    lines: Vec<usize>,
    /// The parser's state before lines 0, [`STEP`], 2 × [`STEP`], …, as far as was parsed.
    states: Vec<(ParseState, ScopeStack)>,
    /// The line that was scrolled to.
    shown: Option<usize>,
}

/// The syntax for a file ending or a format's name; plain text where there is none.
#[must_use]
pub fn syntax(name: &str) -> &'static SyntaxReference {
    let name = match name {
        "markdown" => "md",
        "jsonl" => "json",
        name => name,
    };
    SYNTAXES.find_syntax_by_extension(name).unwrap_or_else(|| SYNTAXES.find_syntax_plain_text())
}

/// Shows a text; the first line that holds `wanted` is tinted and in view at first.
pub fn show(ui: &mut Ui, code: &mut Code, text: &Arc<str>, name: &str, wanted: Option<&str>, height: f32) {
    if !Arc::ptr_eq(&code.text, text) || code.syntax != name {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).filter(|&at| at < text.len()).collect();
        let first = (ParseState::new(syntax(name)), ScopeStack::new());
        *code = Code { text: Arc::clone(text), syntax: name.to_owned(), lines, states: vec![first], shown: None };
    }
    let found =
        wanted.and_then(|wanted| text.find(wanted)).map(|at| code.lines.partition_point(|&start| start <= at) - 1);
    let mut area = ScrollArea::both().id_salt("code").auto_shrink([false, false]).max_height(height.max(60.0));
    if found != code.shown {
        code.shown = found;
        if let Some(line) = found {
            area = area.vertical_scroll_offset((line as f32 * LINE - height / 3.0).max(0.0));
        }
    }
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, LINE, code.lines.len(), |ui, rows| {
        if !code.parse_to(rows.end) {
            ui.ctx().request_repaint();
        }
        for line in rows {
            let job = code.job(line, &p);
            let galley = ui.painter().layout_job(job);
            let width = galley.size().x.max(ui.available_width());
            let (rect, response) = ui.allocate_exact_size(egui::vec2(width, LINE), egui::Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, code.line(line).trim_end()));
            if found == Some(line) {
                ui.painter().rect_filled(rect, 0.0, p.row);
            }
            ui.painter().galley(rect.min, galley, p.text);
        }
    });
}

impl Code {
    fn line(&self, line: usize) -> &str {
        let start = self.lines.get(line).copied().unwrap_or(self.text.len());
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("")
    }

    /// Parses on until the states before `line` are known, or the frame has done enough; whether they are.
    fn parse_to(&mut self, line: usize) -> bool {
        let mut left = A_FRAME / STEP;
        while self.states.len() <= line / STEP {
            let Some((mut parser, mut scopes)) = self.states.last().cloned() else { return true };
            if left == 0 {
                return false;
            }
            left -= 1;
            let from = (self.states.len() - 1) * STEP;
            for line in from..from + STEP {
                advance(&mut parser, &mut scopes, self.line(line), |_, _| {});
            }
            self.states.push((parser, scopes));
        }
        true
    }

    /// A line in its colours.
    fn job(&self, line: usize, p: &Palette) -> LayoutJob {
        let mut job = LayoutJob::default();
        let font_id = theme::mono(theme::SIZE_FIELD);
        let format = |color| TextFormat { font_id: font_id.clone(), color, ..TextFormat::default() };
        let text = self.line(line);
        let Some((mut parser, mut scopes)) = self.states.get(line / STEP).cloned().filter(|_| text.len() <= LONGEST)
        else {
            let cut = (0..=text.len().min(LONGEST)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            job.append(text.get(..cut).unwrap_or("").trim_end(), 0.0, format(p.text));
            return job;
        };
        for before in line / STEP * STEP..line {
            advance(&mut parser, &mut scopes, self.line(before), |_, _| {});
        }
        advance(&mut parser, &mut scopes, text, |part, scopes| {
            job.append(part.trim_end_matches(['\n', '\r']), 0.0, format(color(scopes, p)));
        });
        job
    }
}

/// Parses one line; gives its parts with their scopes.
fn advance(parser: &mut ParseState, scopes: &mut ScopeStack, line: &str, mut part: impl FnMut(&str, &ScopeStack)) {
    if line.len() > LONGEST {
        return;
    }
    // A line that the syntax cannot take is plain.
    let operations = parser.parse_line(line, &SYNTAXES).unwrap_or_default();
    let mut done = 0;
    for (at, operation) in operations {
        if at > done {
            part(line.get(done..at).unwrap_or(""), scopes);
            done = at;
        }
        // An operation that does not fit the stack leaves it as it is.
        let _: Result<(), _> = scopes.apply(&operation);
    }
    part(line.get(done..).unwrap_or(""), scopes);
}

/// The colour of a part by the innermost scope that has one: few colours, each of good contrast on paper.
fn color(scopes: &ScopeStack, p: &Palette) -> Color32 {
    for scope in scopes.as_slice().iter().rev() {
        let name = scope.build_string();
        let color = match name.split('.').next() {
            Some("string") => p.accent,
            Some("keyword" | "storage") => p.disputed,
            Some("constant" | "entity" | "variable" | "support" | "markup") => p.theirs,
            Some("comment" | "punctuation") => p.dim,
            _ => continue,
        };
        return color;
    }
    p.text
}
