//! The window. The only room that names egui; nothing outside it does.
//!
//! Data goes round: panels read the [`model`] and push [`action`]s, [`logic`] carries them out at the start of the next
//! frame, [`jobs`] and [`keeping`] work in the background and report. `command.rs` names every intent, `theme.rs` has
//! every colour and size.

pub mod action;
pub mod adopting;
pub mod book;
pub mod citing;
pub mod command;
pub mod comparing;
pub mod derive;
pub mod desk;
pub mod jobs;
pub mod keeping;
pub mod layers;
mod logic;
pub mod model;
pub mod opening;
pub mod panels;
pub mod proposing;
pub mod reader;
pub mod release;
pub mod settling;
pub mod shelf;
pub mod tagging;
pub mod text;
pub mod theme;
pub mod widgets;
pub mod window;
pub mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use crate::files::{Disk, NoHome, Places};
use crate::reading::Reading;
use crate::settings::{Login, Settings};

/// Why no window was opened. Its `Display` says what to do.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Nowhere to keep settings and journals.
    #[error(transparent)]
    NoHome(#[from] NoHome),
    /// No display, or none that can be drawn on.
    #[error("no window can be opened here ({})", reason(.0))]
    NoDisplay(#[from] eframe::Error),
}

/// What is wrong, without the place in winit's source that its errors begin with.
fn reason(error: &eframe::Error) -> String {
    let text = error.to_string();
    let after_place = text.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": "));
    after_place.map_or(text.as_str(), |(_, reason)| reason).trim_end_matches('.').to_owned()
}

/// Opens the window on documents and folders, or, without any, on what was open last, and returns when it is closed.
/// `annotator` is a handle in the place of the one of the settings, for this time.
///
/// # Errors
/// See [`WindowError`].
pub fn run(annotator: Option<String>, paths: Vec<PathBuf>) -> Result<(), WindowError> {
    let files = Arc::new(Disk);
    let places = Places::find(std::env::var_os("VOUCH_HOME"))?;
    let loaded = Settings::load(&*files, &places.settings, &Login::of_system());
    let mut settings = loaded.settings;
    // Nothing was ever opened: nobody has looked at name and handle yet.
    let is_new_here = settings.recent.is_empty();
    let mut own_me = None;
    if let Some(handle) = annotator {
        own_me = Some((settings.name.clone(), settings.handle.clone()));
        let handle = crate::sidecar::names::handle_from_login(&handle);
        // The name belongs to the handle of the settings; of this one no name is known.
        if !crate::sidecar::names::is_same_handle(&handle, &settings.handle) {
            settings.name.clear();
        }
        settings.handle = handle;
    }
    let (width, height) = settings.layout.window.unwrap_or((1440.0, 900.0));
    let viewport = egui::ViewportBuilder::default()
        .with_title("Vouch")
        .with_app_id("vouch")
        .with_inner_size([width, height])
        .with_min_inner_size([640.0, 480.0]);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let reading = Reading::of_this_program();
    let start = desk::Start { files, reading, places, own_me, is_new_here, settings, warnings: loaded.warnings };
    eframe::run_native(
        "vouch",
        options,
        Box::new(move |creation| {
            let mut desk = desk::Desk::new(&creation.egui_ctx, start);
            desk.find_fonts();
            let paths = if paths.is_empty() { desk.model.settings.open.clone() } else { paths };
            desk.actions.push(action::Action::OpenPaths(paths));
            Ok(Box::new(window::Window::new(&creation.egui_ctx, desk, text::Fonts::bundled_only())))
        }),
    )?;
    Ok(())
}
