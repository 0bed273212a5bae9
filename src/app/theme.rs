//! Every colour and size of the window, and the egui style made of them. The only file with a colour.
//!
//! The figures are the design's (points at 100 % zoom); text is at least 4.5:1 on its ground and marks 3:1, in both
//! themes, and colour always goes with a letter or a shape. Knows no model. Held by `tests/theme.rs`.

use std::sync::Arc;

use crate::annotation::{Colours, Rgb};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, Vec2};

/// The colours of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// The page and the fields.
    pub paper: Color32,
    /// Panels and bars.
    pub panel: Color32,
    /// Text.
    pub text: Color32,
    /// Second lines, column heads, hints.
    pub dim: Color32,
    /// Lines between parts.
    pub line: Color32,
    /// Edges of controls, handles.
    pub control: Color32,
    /// What is chosen or active.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// The selected row.
    pub row: Color32,
    /// Ground of a source mention.
    pub mention: Color32,
    /// Ground of the selected claim's source.
    pub selected_source: Color32,
    /// Ground of the selected claim's cue.
    pub selected_cue: Color32,
    /// Ground of the selected claim.
    pub selected_claim: Color32,
    /// Ground of the text selection.
    pub selection: Color32,
    /// Compare: only mine.
    pub only_mine: Color32,
    /// Compare: only theirs.
    pub only_theirs: Color32,
    /// Compare: edge of theirs; also hits of a search.
    pub theirs: Color32,
    /// Disputed, and errors.
    pub disputed: Color32,
    /// Text on a kind's fill.
    pub on_kind: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Palette {
    /// The light theme.
    #[must_use]
    pub const fn light() -> Self {
        Self {
            dark: false,
            paper: rgb(0xfb_fa_f7),
            panel: rgb(0xf2_f0_ea),
            text: rgb(0x20_20_1e),
            dim: rgb(0x5f_5c_55),
            line: rgb(0xd9_d5_ca),
            control: rgb(0x8a_86_7b),
            accent: rgb(0x0b_5f_7d),
            on_accent: rgb(0xff_ff_ff),
            row: rgb(0xcf_e3_ea),
            mention: rgb(0xeb_e7_dc),
            selected_source: rgb(0xe6_ee_ee),
            selected_cue: rgb(0xd3_e5_ea),
            selected_claim: rgb(0xb8_d8_e3),
            selection: rgb(0xc9_d6_dd),
            only_mine: rgb(0xdc_eb_ef),
            only_theirs: rgb(0xf3_e6_cf),
            theirs: rgb(0x8a_5a_00),
            disputed: rgb(0xa3_39_0b),
            on_kind: rgb(0xff_ff_ff),
        }
    }

    /// The dark theme.
    #[must_use]
    pub const fn dark() -> Self {
        Self {
            dark: true,
            paper: rgb(0x1d_1e_20),
            panel: rgb(0x17_18_1a),
            text: rgb(0xe6_e3_dc),
            dim: rgb(0xb4_b0_a6),
            line: rgb(0x34_36_3a),
            control: rgb(0x74_77_7d),
            accent: rgb(0x6f_b7_cf),
            on_accent: rgb(0x17_18_1a),
            row: rgb(0x27_46_52),
            mention: rgb(0x2c_2d_30),
            selected_source: rgb(0x23_32_38),
            selected_cue: rgb(0x26_41_4b),
            selected_claim: rgb(0x2b_53_63),
            selection: rgb(0x3a_46_4d),
            only_mine: rgb(0x22_36_3d),
            only_theirs: rgb(0x3b_33_24),
            theirs: rgb(0xe0_b7_6a),
            disputed: rgb(0xf0_a0_7a),
            on_kind: rgb(0x17_18_1a),
        }
    }

    /// The palette that goes with egui's style.
    #[must_use]
    pub fn of(ui: &egui::Ui) -> Self {
        Self::for_theme(ui.visuals().dark_mode)
    }

    /// The palette of the dark or the light theme.
    #[must_use]
    pub const fn for_theme(dark: bool) -> Self {
        if dark { Self::dark() } else { Self::light() }
    }

    /// A mark's colour while another claim is selected: mixed with paper, 60 % in the dark theme, 74 % in the light
    /// one, where 60 % would fall below 3:1.
    #[must_use]
    pub fn dimmed(&self, color: Color32) -> Color32 {
        let keep = if self.dark { 0.60 } else { 0.74 };
        self.paper.lerp_to_gamma(color, keep)
    }

    /// A ground in this colour for text: the stronger (0 to 1) the more of it, and text stays readable on the strongest.
    #[must_use]
    pub fn ground(&self, color: Color32, strength: f32) -> Color32 {
        let most = if self.dark { 0.42 } else { 0.6 };
        self.paper.lerp_to_gamma(color, strength * most)
    }

    /// A colleague's layer: the colour of its lane and of the ring around the initials.
    #[must_use]
    pub fn layer(&self, slot: usize) -> Color32 {
        let (light, dark) = match slot % 6 {
            0 => (0x00_68_72, 0x5f_c9_d3),
            1 => (0x66_62_00, 0xc9_c2_5a),
            2 => (0x84_3a_8a, 0xd7_9a_db),
            3 => (0x9a_4a_22, 0xe0_a0_7a),
            4 => (0x44_59_a0, 0x9f_b0_f0),
            _ => (0x3a_70_3a, 0x86_c9_86),
        };
        rgb(if self.dark { dark } else { light })
    }

    /// A kind's colour in this theme.
    #[must_use]
    pub fn kind(&self, colours: Colours) -> Color32 {
        let Rgb([red, green, blue]) = if self.dark { colours.dark } else { colours.light };
        Color32::from_rgb(red, green, blue)
    }
}

/// The line pattern of a colleague's layer, as dashes and the gaps after them; empty: a solid line. With the six colours
/// the four patterns make twelve looks.
#[must_use]
pub const fn layer_dashes(slot: usize) -> &'static [(f32, f32)] {
    match slot % 4 {
        0 => &[],
        1 => &[(8.0, 4.0)],
        2 => &[(2.0, 3.0)],
        _ => &[(8.0, 3.0), (2.0, 3.0)],
    }
}

/// Height of the menu bar.
pub const MENU_BAR: f32 = 32.0;
/// Height of the bottom bar.
pub const BOTTOM_BAR: f32 = 26.0;
/// Width of the left panel.
pub const LEFT_PANEL: f32 = 230.0;
/// Width of the rail that takes the left panel's place in a narrow window.
pub const LEFT_RAIL: f32 = 36.0;
/// Width of the inspector.
pub const INSPECTOR: f32 = 340.0;
/// Padding of the inspector.
pub const INSPECTOR_PADDING: i8 = 12;
/// Height of the claims table as it opens.
pub const TABLE: f32 = 190.0;
/// Least height of the claims table.
pub const TABLE_MIN: f32 = 122.0;
/// Below this width the inspector becomes one line under the reader.
pub const NO_INSPECTOR_BELOW: f32 = 1100.0;
/// Below this width the left panel becomes a rail.
pub const NO_LEFT_BELOW: f32 = 900.0;
/// Height of a row of the claims table.
pub const TABLE_ROW: f32 = 22.5;
/// Height of the column heads.
pub const TABLE_HEAD: f32 = 22.0;
/// Height of a release in the left panel.
pub const RELEASE_ROW: f32 = 42.0;
/// Height of a layer in the left panel.
pub const LAYER_ROW: f32 = 40.0;
/// Height of a control.
pub const CONTROL: f32 = 22.0;
/// Corner of controls and rows.
pub const CORNER: u8 = 4;
/// Corner of letter tiles.
pub const CORNER_TILE: u8 = 3;
/// Corner of chips.
pub const CORNER_CHIP: u8 = 10;
/// Corner of the tag strip.
pub const CORNER_STRIP: u8 = 6;

/// Inter at its weights and Noto Serif, as egui families; the faces are registered by `text::fonts`.
pub mod family {
    /// Inter medium.
    pub const MEDIUM: &str = "inter-medium";
    /// Inter semibold.
    pub const SEMIBOLD: &str = "inter-semibold";
    /// Inter bold.
    pub const BOLD: &str = "inter-bold";
    /// Noto Serif.
    pub const SERIF: &str = "serif";
    /// Noto Serif bold.
    pub const SERIF_BOLD: &str = "serif-bold";
    /// Noto Serif italic.
    pub const SERIF_ITALIC: &str = "serif-italic";
}

/// Interface text.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Interface text that stands out: badges, bands, what is chosen.
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(Arc::from(family::SEMIBOLD)))
}

/// Letters of kinds.
#[must_use]
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(Arc::from(family::BOLD)))
}

/// Text in a typewriter face: files as they are.
#[must_use]
pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Interface text of rows and buttons.
pub const SIZE_BODY: f32 = 13.0;
/// Fields, table, bars.
pub const SIZE_FIELD: f32 = 12.0;
/// Second lines, glosses, column heads, letters, numbers.
pub const SIZE_SMALL: f32 = 11.0;
/// Badges and bands.
pub const SIZE_BADGE: f32 = 10.0;

/// Gives the context both themes' styles. Which of them is used is egui's `ThemePreference`.
pub fn install(ctx: &egui::Context) {
    for (theme, palette) in [(egui::Theme::Light, Palette::light()), (egui::Theme::Dark, Palette::dark())] {
        ctx.set_style_of(theme, style(theme, &palette));
    }
}

fn style(theme: egui::Theme, p: &Palette) -> egui::Style {
    let mut style = theme.default_style();
    style.text_styles = [
        (egui::TextStyle::Small, regular(SIZE_SMALL)),
        (egui::TextStyle::Body, regular(SIZE_BODY)),
        (egui::TextStyle::Button, regular(SIZE_BODY)),
        (egui::TextStyle::Heading, semibold(16.0)),
        (egui::TextStyle::Monospace, mono(SIZE_FIELD)),
    ]
    .into();
    style.animation_time = 0.0;
    style.interaction.selectable_labels = false;
    style.spacing.item_spacing = Vec2::new(6.0, 4.0);
    style.spacing.button_padding = Vec2::new(8.0, 2.0);
    style.spacing.interact_size = Vec2::new(22.0, CONTROL);
    style.spacing.menu_margin = Margin::same(4);
    style.spacing.window_margin = Margin::same(12);
    style.spacing.scroll = egui::style::ScrollStyle { bar_width: 8.0, ..egui::style::ScrollStyle::solid() };

    let v = &mut style.visuals;
    v.dark_mode = p.dark;
    v.override_text_color = None;
    v.weak_text_color = Some(p.dim);
    v.panel_fill = p.panel;
    v.window_fill = p.panel;
    v.window_stroke = Stroke::new(1.0, p.control);
    v.extreme_bg_color = p.paper;
    v.text_edit_bg_color = Some(p.paper);
    v.faint_bg_color = p.panel;
    v.code_bg_color = p.paper;
    v.hyperlink_color = p.accent;
    v.warn_fg_color = p.theirs;
    v.error_fg_color = p.disputed;
    v.selection.bg_fill = p.row;
    v.selection.stroke = Stroke::new(1.0, p.text);
    v.window_corner_radius = CornerRadius::same(CORNER_STRIP);
    v.menu_corner_radius = CornerRadius::same(CORNER);
    // A plain offset and no blur: a glow crawls over a remote desktop.
    let shadow = egui::Shadow { offset: [3, 3], blur: 0, spread: 0, color: p.line };
    v.window_shadow = shadow;
    v.popup_shadow = shadow;
    let corner = CornerRadius::same(CORNER);
    for (widget, fill, edge, ink) in [
        (&mut v.widgets.noninteractive, p.panel, p.line, p.text),
        (&mut v.widgets.inactive, p.paper, p.line, p.text),
        (&mut v.widgets.hovered, p.paper, p.control, p.text),
        (&mut v.widgets.active, p.row, p.accent, p.text),
        (&mut v.widgets.open, p.paper, p.control, p.text),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, edge);
        widget.fg_stroke = Stroke::new(1.0, ink);
        widget.corner_radius = corner;
        widget.expansion = 0.0;
    }
    style
}
