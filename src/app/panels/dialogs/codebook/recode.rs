//! A kind or tag renamed, merged, split or taken away in all sets of mine: what it would change is shown first.

use egui::{RichText, ScrollArea, Ui};

use super::{one_of, row, text, title};
use crate::annotation::{CodedWord, Recode};
use crate::app::action::Action;
use crate::app::book::{MeantAsked, RecodeAsked};
use crate::app::model::Model;
use crate::app::theme::{self, Palette};

/// What is being asked for.
pub(super) struct Form {
    what: CodedWord,
    from: String,
    way: Way,
    to: String,
    by: String,
    tag: String,
    query: String,
    /// What was looked at last.
    looked: Option<RecodeAsked>,
    /// Whether the keyboard was given to the new word.
    is_begun: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Rename,
    Merge,
    Split,
    Delete,
}

const WAYS: [(Way, &str); 4] =
    [(Way::Rename, "Rename…"), (Way::Merge, "Merge…"), (Way::Split, "Split…"), (Way::Delete, "Delete…")];

/// The ways that begin it.
pub(super) fn buttons(ui: &mut Ui, what: CodedWord, from: &str, form: &mut Option<Form>) {
    for (way, name) in WAYS {
        if ui.button(name).clicked() {
            let to = if way == Way::Rename { from.to_owned() } else { String::new() };
            *form = Some(Form {
                what,
                from: from.to_owned(),
                way,
                to,
                by: "tag".to_owned(),
                tag: String::new(),
                query: String::new(),
                looked: None,
                is_begun: false,
            });
        }
    }
}

/// Draws it; whether it is over.
pub(super) fn show(ui: &mut Ui, model: &Model, form: &mut Form, actions: &mut Vec<Action>) -> bool {
    let p = Palette::of(ui);
    let what = if form.what == CodedWord::Kind { "kind" } else { "tag" };
    let head = match form.way {
        Way::Rename => format!("Rename the {what} {} in all your sets", form.from),
        Way::Merge => format!("Merge the {what} {} into another", form.from),
        Way::Split => format!("Split the {what} {}: some of its claims get another", form.from),
        Way::Delete => format!("Delete the {what} {}: its claims stay, without it", form.from),
    };
    title(ui, &head);
    let before = (form.to.clone(), form.by.clone(), form.tag.clone(), form.query.clone());
    match form.way {
        Way::Rename => new_word(ui, form),
        Way::Merge => others(ui, model, form),
        Way::Split => {
            new_word(ui, form);
            one_of(ui, "Claims by", &["tag", "query"], &mut form.by);
            if form.by == "tag" {
                text(ui, "With tag", &mut form.tag, 1);
            } else {
                text(ui, "Query", &mut form.query, 1);
            }
        }
        Way::Delete => {}
    }
    let is_new = before != (form.to.clone(), form.by.clone(), form.tag.clone(), form.query.clone());
    let asked = form.asked(model);
    if let Ok(asked) = &asked
        && (is_new || form.looked.is_none())
    {
        form.looked = Some(asked.clone());
        actions.push(Action::LookRecode(Box::new(asked.clone())));
    }
    ui.add_space(8.0);
    let ready = reach(ui, model, &asked);
    ui.add_space(8.0);
    let mut over = false;
    ui.horizontal(|ui| {
        let usable = ready && model.book.read_only.is_none() && !model.book.is_recoding;
        if ui.add_enabled(usable, egui::Button::new("Do it")).clicked() {
            actions.push(Action::Recode);
            over = true;
        }
        over |= ui.button("Not now").clicked();
        let words = "One step: Undo takes it back in all sets.";
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
    over
}

/// The new word; the keyboard goes there at first.
fn new_word(ui: &mut Ui, form: &mut Form) {
    row(ui, "New word", |ui| {
        let edit = egui::TextEdit::singleline(&mut form.to).desired_width(280.0).margin(egui::vec2(8.0, 3.0));
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "New word"));
        if !std::mem::replace(&mut form.is_begun, true) {
            response.request_focus();
        }
    });
}

/// The kinds or tags that it can be merged into.
fn others(ui: &mut Ui, model: &Model, form: &mut Form) {
    let book = &model.codebook;
    let words: Vec<&str> = match form.what {
        CodedWord::Kind => book.kinds.iter().map(|kind| kind.key.as_str()).filter(|key| *key != form.from).collect(),
        CodedWord::Tag => {
            book.all_tags().into_iter().map(|tag| tag.key.as_str()).filter(|key| *key != form.from).collect()
        }
    };
    one_of(ui, "Into", &words, &mut form.to);
}

impl Form {
    /// What is asked, or what is still missing.
    fn asked(&self, model: &Model) -> Result<RecodeAsked, String> {
        let to = self.to.trim();
        let book = &model.codebook;
        let is_known = match self.what {
            CodedWord::Kind => book.kind(to).is_some(),
            CodedWord::Tag => book.tag(to).is_some(),
        };
        let to = match self.way {
            Way::Delete => None,
            _ if to.is_empty() => return Err("Choose the word first.".to_owned()),
            _ if to == self.from => return Err("This is its word now: give it another.".to_owned()),
            Way::Rename if is_known => {
                return Err("There is one of this word already: merge it into that one.".to_owned());
            }
            _ => Some(to.to_owned()),
        };
        let meant = match (self.way, self.by.as_str()) {
            (Way::Split, "tag") if self.tag.trim().is_empty() => {
                return Err("Which claims? Name a tag that they have.".to_owned());
            }
            (Way::Split, "tag") => MeantAsked::Tagged(self.tag.trim().to_owned()),
            (Way::Split, _) if self.query.trim().is_empty() => {
                return Err("Which claims? For example: source:NATO published:2023.. text:\"brigade\"".to_owned());
            }
            (Way::Split, _) => MeantAsked::Found(self.query.clone()),
            _ => MeantAsked::All,
        };
        Ok(RecodeAsked { recode: Recode { what: self.what, from: self.from.clone(), to }, meant })
    }
}

/// What it would change; whether it can be done.
fn reach(ui: &mut Ui, model: &Model, asked: &Result<RecodeAsked, String>) -> bool {
    let p = Palette::of(ui);
    let asked = match asked {
        Ok(asked) => asked,
        Err(missing) => {
            ui.label(RichText::new(missing).color(p.dim));
            return false;
        }
    };
    let Some((of, found)) = model.book.reach.as_ref().filter(|(of, _)| of == asked) else {
        if model.folder.path.is_none() {
            ui.label(RichText::new("Open a folder first: it is done in all sets of it.").color(p.dim));
        } else {
            ui.label(RichText::new("Looking through the folder…").color(p.dim));
        }
        return false;
    };
    let reach = match found {
        Ok(reach) => reach,
        Err(why) => {
            ui.label(RichText::new(why).color(p.disputed));
            return false;
        }
    };
    let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let words = format!(
        "{} in {} of yours will be changed.",
        count(reach.claims(), "claim", "claims"),
        count(reach.mine.len(), "release", "releases")
    );
    ui.label(RichText::new(words).font(theme::semibold(theme::SIZE_BODY)));
    if !reach.others.is_empty() {
        let others = reach.others.iter().map(|(handle, claims)| format!("{handle} {claims}"));
        let others = others.collect::<Vec<_>>().join(", ");
        ui.label(format!(
            "Others' claims keep the word “{}”, and are shown with it as unknown here where the codebook has it no more: {others}.",
            of.recode.from
        ));
    }
    ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
        for unread in &reach.unread {
            ui.label(RichText::new(unread).color(p.disputed));
        }
    });
    if !reach.unread.is_empty() {
        ui.label("Nothing is changed before these are mended.");
    }
    reach.unread.is_empty()
}
