//! Contrast in both themes, by WCAG 2.1: text at least 4.5:1, marks at least 3:1.

use egui::Color32;
use vouch::annotation::Codebook;
use vouch::app::theme::Palette;

/// Relative luminance (WCAG 2.1).
fn luminance(color: Color32) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn check(what: &str, ink: Color32, ground: Color32, least: f64) {
    let found = contrast(ink, ground);
    assert!(found >= least, "{what}: {found:.2}:1, wanted {least}:1");
}

#[test]
fn text_is_readable_on_every_ground() {
    for p in [Palette::light(), Palette::dark()] {
        let theme = if p.dark { "dark" } else { "light" };
        for (ground, color) in [("paper", p.paper), ("panel", p.panel), ("row", p.row), ("mention", p.mention)] {
            for (ink, text) in [("text", p.text), ("dim", p.dim)] {
                check(&format!("{theme}: {ink} on {ground}"), text, color, 4.5);
            }
        }
        for (ground, color) in [("source", p.selected_source), ("cue", p.selected_cue), ("claim", p.selected_claim)] {
            check(&format!("{theme}: text on selected {ground}"), p.text, color, 4.5);
        }
        for (ground, color) in [("paper", p.paper), ("panel", p.panel)] {
            check(&format!("{theme}: accent on {ground}"), p.accent, color, 4.5);
            check(&format!("{theme}: disputed on {ground}"), p.disputed, color, 4.5);
        }
        check(&format!("{theme}: text on accent"), p.on_accent, p.accent, 4.5);
        check(&format!("{theme}: text on a ground of accent"), p.text, p.ground(p.accent, 1.0), 4.5);
        check(&format!("{theme}: control edge"), p.control, p.paper, 3.0);
    }
}

#[test]
fn kinds_are_seen_also_when_dimmed_and_their_letters_read() {
    for p in [Palette::light(), Palette::dark()] {
        for kind in &Codebook::built_in().kinds {
            let color = p.kind(kind.colours);
            check(&kind.label, color, p.paper, 3.0);
            check(&format!("{} dimmed", kind.label), p.dimmed(color), p.paper, 3.0);
            check(&format!("letter on {}", kind.label), p.on_kind, color, 4.5);
            check(&format!("text on a ground of {}", kind.label), p.text, p.ground(color, 1.0), 4.5);
        }
    }
}

#[test]
fn layers_are_seen_also_when_dimmed_and_no_two_look_alike() {
    for p in [Palette::light(), Palette::dark()] {
        let mut looks = std::collections::BTreeSet::new();
        for slot in 0..vouch::app::layers::SLOTS {
            let color = p.layer(slot);
            for (ground, under) in [("paper", p.paper), ("panel", p.panel)] {
                check(&format!("initials {slot} on {ground}"), color, under, 4.5);
                check(&format!("ring {slot}, dimmed, on {ground}"), p.dimmed(color), under, 3.0);
            }
            let dashes = vouch::app::theme::layer_dashes(slot);
            looks.insert((color.to_array(), format!("{dashes:?}")));
        }
        assert_eq!(looks.len(), vouch::app::layers::SLOTS);
    }
}
