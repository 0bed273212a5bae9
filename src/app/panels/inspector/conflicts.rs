//! What a merge could not settle: both values, and the buttons that settle it. Each is an edit, with undo.

use egui::{RichText, Ui, WidgetInfo};

use super::section;
use crate::annotation::{
    AnnotationSet, Claim, Clash, Conflict, Id, Item, ItemKind, clashes, clashes_of_claim, clashing_item,
};
use crate::app::action::{Action, ClaimRef, Settling};
use crate::app::release::Release;
use crate::app::theme::{self, Palette};
use crate::app::widgets::link;
use crate::sidecar::{item_with_field, print_field};

/// Longest value that is shown whole, in characters.
const LONGEST: usize = 160;

/// Those of the claim at hand.
pub fn of_claim(ui: &mut Ui, release: &Release, claim: &ClaimRef, item: &Claim, actions: &mut Vec<Action>) {
    let layer = claim.layer.as_deref();
    let (Some(set), Some(index)) = (release.set_of(layer), release.index_of(layer)) else { return };
    let found = clashes_of_claim(set, index, &claim.id, item);
    let is_mine = layer.is_none() && release.read_only.is_none();
    list(ui, set, &found, Some(&claim.id), is_mine, actions);
}

/// All of my set.
pub fn of_set(ui: &mut Ui, release: &Release, actions: &mut Vec<Action>) {
    let set = release.set();
    list(ui, set, &clashes(set), None, release.read_only.is_none(), actions);
}

fn list(
    ui: &mut Ui,
    set: &AnnotationSet,
    found: &[Clash],
    at_hand: Option<&Id>,
    is_mine: bool,
    actions: &mut Vec<Action>,
) {
    if found.is_empty() {
        return;
    }
    let p = Palette::of(ui);
    section(ui, &p, "Conflicts", &found.len().to_string(), None);
    for clash in found {
        let told: Vec<&Conflict> =
            clash.conflicts.iter().filter_map(|id| set.conflicts.get(id)).map(|it| &**it).collect();
        let item = clashing_item(set, &clash.on);
        let name = name(item.as_ref(), &told);
        if at_hand != Some(&clash.on) {
            place(ui, &p, &clash.on, item.as_ref(), actions);
        }
        ui.label(RichText::new(&name).font(theme::semibold(theme::SIZE_FIELD)));
        let is_deletion =
            told.iter().any(|told| told.field.is_none() && (told.ours.is_none() || told.theirs.is_none()));
        if is_deletion {
            let words = "One side deleted it, the other changed it. It was kept.";
            ui.label(RichText::new(words).font(theme::regular(theme::SIZE_FIELD)));
        } else {
            for (word, of) in [("Here", Side::Ours), ("There", Side::Theirs)] {
                let values: Vec<String> = told.iter().map(|told| value(set, item.as_ref(), told, of)).collect();
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new(word).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
                    ui.label(RichText::new(values.join(" · ")).font(theme::regular(theme::SIZE_FIELD)));
                });
            }
        }
        if is_mine {
            let (other, words) =
                if is_deletion { (Settling::Delete, "Delete it") } else { (Settling::Take, "Take theirs") };
            ui.horizontal(|ui| {
                for (how, words) in
                    [(Settling::Keep, if is_deletion { "Keep it" } else { "Keep mine" }), (other, words)]
                {
                    let button = ui.button(words);
                    button.widget_info(|| {
                        WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), format!("{words}: {name}"))
                    });
                    if button.clicked() {
                        actions.push(Action::SettleConflicts { conflicts: clash.conflicts.clone(), how });
                    }
                }
            });
        }
        ui.add_space(4.0);
    }
}

/// Which item it is: its words, which lead there where it is a claim.
fn place(ui: &mut Ui, p: &Palette, on: &Id, item: Option<&Item>, actions: &mut Vec<Action>) {
    let words = match item {
        Some(Item::Claim(claim)) => {
            let quote = format!("“{}”", cut(claim.anchor.quote_line()));
            if link(ui, &quote, theme::SIZE_FIELD).clicked() {
                let claim = ClaimRef { layer: None, id: on.clone() };
                actions.push(Action::SelectClaims { claims: vec![claim], reveal: true });
            }
            return;
        }
        Some(Item::Mention(mention)) => format!("mention “{}”", cut(mention.anchor.quote_line())),
        Some(Item::Source(source)) => format!("source {}", source.name),
        Some(Item::Assessment(assessment)) => format!("judgement, {}", assessment.axis),
        Some(Item::Remark(remark)) => format!("remark “{}”", cut(remark.text.clone())),
        Some(Item::Header(_)) => "about this release and set".to_owned(),
        Some(item) => format!("{} {on}", crate::sidecar::table_name(item.kind())),
        None => format!("{on}, which is no longer there"),
    };
    ui.label(RichText::new(words).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
}

/// The fields that differ, by name.
fn name(item: Option<&Item>, told: &[&Conflict]) -> String {
    let mut fields: Vec<String> = told
        .iter()
        .filter_map(|told| told.field.as_deref())
        .map(|field| match field {
            "said" => "who says it".to_owned(),
            "anchor" => "the words marked".to_owned(),
            _ => field.replace(['_', '.'], " "),
        })
        .collect();
    fields.dedup();
    if !fields.is_empty() {
        return fields.join(", ");
    }
    match item.map(Item::kind) {
        Some(ItemKind::Claim) => "the whole claim".to_owned(),
        Some(ItemKind::Source) => "the whole source".to_owned(),
        _ => "the whole entry".to_owned(),
    }
}

#[derive(Clone, Copy)]
enum Side {
    Ours,
    Theirs,
}

/// A value for people: what stands now, and what the other side has.
fn value(set: &AnnotationSet, item: Option<&Item>, told: &Conflict, side: Side) -> String {
    let field = told.field.as_deref();
    // What is here may have been changed since the merge.
    let ron = match (side, item) {
        (Side::Ours, Some(item)) => print_field(item, field),
        (Side::Ours, None) => told.ours.clone(),
        (Side::Theirs, _) => told.theirs.clone(),
    };
    let Some(ron) = ron else { return "nothing".to_owned() };
    let with = item.and_then(|item| item_with_field(item, field.unwrap_or_default(), Some(&ron)).ok());
    let words = match (field, &with) {
        (Some("said"), Some(Item::Claim(claim))) => {
            let names =
                |names: &Vec<String>| if names.is_empty() { "the writer".to_owned() } else { names.join(" and ") };
            set.chain(claim).iter().map(names).collect::<Vec<_>>().join(" → ")
        }
        (Some("anchor") | None, Some(Item::Claim(claim))) => format!("“{}”", claim.anchor.quote_line()),
        (Some("anchor") | None, Some(Item::Mention(mention))) => format!("“{}”", mention.anchor.quote_line()),
        (Some("source"), Some(Item::Mention(mention))) => {
            let source = mention.source.as_ref();
            let known = source.and_then(|source| set.sources.get(source)).map(|source| source.name.clone());
            known.unwrap_or(ron)
        }
        _ => match ron.strip_prefix('"').and_then(|ron| ron.strip_suffix('"')) {
            Some(text) if !text.contains(['"', '\\']) => text.to_owned(),
            _ => ron,
        },
    };
    cut(words)
}

fn cut(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(at);
        text.push('…');
    }
    text
}
