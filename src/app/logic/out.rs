//! What goes to files: copies, settings, previews, exports, the clipboard; and the dialogs that ask where.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::action::{ExportOptions, ExportScope};
use crate::app::citing;
use crate::app::desk::Desk;
use crate::app::jobs::{Picking, Preview, Report};
use crate::app::keeping::Order;
use crate::app::model::{Banner, Dialog, PathWanted};
use crate::collection::{self, Figure};
use crate::exchange;
use crate::files;
use crate::sidecar;

/// Bytes of an export or a sidecar that are shown before it is saved.
const PREVIEW: usize = 256 << 10;

/// The paths that a file dialog gives.
type Answer = std::pin::Pin<Box<dyn Future<Output = Vec<rfd::FileHandle>> + Send>>;

impl Desk {
    pub(super) fn save_copy_to(&mut self, path: PathBuf) {
        self.model.dialog = Dialog::None;
        self.order(Order::SaveCopy(path));
    }

    pub(super) fn save_settings(&mut self) {
        let mut settings = self.model.settings.clone();
        if let Some((name, handle)) = self.own_me.clone() {
            (settings.name, settings.handle) = (name, handle);
        }
        if let Err(error) = settings.save(&*self.files, &self.places.settings) {
            let text = format!("Your settings could not be saved: {error}");
            self.complain(Banner { is_error: false, place: None, text, offers: Vec::new() });
        }
    }

    /// A new name and handle: my sets under the old handle are mine still.
    pub(super) fn rename_me(&mut self, old: &str) {
        let paths: Vec<PathBuf> = self.model.releases.iter().map(|release| release.path.clone()).collect();
        let new = self.model.settings.handle.clone();
        for path in paths {
            self.stop_keeping(&path);
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (from, to) = (sidecar::names::sidecar_name(&name, old), sidecar::names::sidecar_name(&name, &new));
            let (from, to) = (path.with_file_name(from), path.with_file_name(to));
            if from != to && self.files.stat(&from).is_ok() {
                let moved = if self.files.stat(&to).is_ok() {
                    Err(format!("{} is there already: your old set stays as a layer", to.display()))
                } else {
                    self.files
                        .rename(&from, &to)
                        .map_err(|error| files::FileError::when(files::Action::Rename, &from)(error).to_string())
                };
                if let Err(text) = moved {
                    self.complain(Banner { is_error: false, place: Some(from), text, offers: Vec::new() });
                }
            }
            self.opening.insert(path.clone());
            self.read(path, None);
        }
    }

    pub(super) fn pick_open(&mut self) {
        self.pick(Picking::Open);
    }

    pub(super) fn pick_folder(&mut self) {
        self.pick(Picking::Folder);
    }

    pub(super) fn pick_export(&mut self, options: ExportOptions) {
        self.pick(Picking::Export(options));
    }

    /// Shows a file dialog of the system. It is made here, on the window's thread, as macOS wants it, and waited for
    /// on another.
    pub(super) fn pick(&mut self, picking: Picking) {
        let mut dialog = rfd::AsyncFileDialog::new();
        if let Some(folder) = &self.model.folder.path {
            dialog = dialog.set_directory(folder);
        }
        let name = |wanted: PathWanted| wanted.file_name(&self.model).unwrap_or_default();
        let started = std::time::Instant::now();
        let answer: Answer = match &picking {
            Picking::Open => {
                let picked = dialog.set_title("Open releases").pick_files();
                Box::pin(async move { picked.await.unwrap_or_default() })
            }
            Picking::Folder => {
                let picked = dialog.set_title("Open a folder of releases").pick_folder();
                Box::pin(async move { picked.await.into_iter().collect() })
            }
            Picking::Layers => {
                let picked = dialog.set_title("Load layers: sidecars or sets").pick_files();
                Box::pin(async move { picked.await.unwrap_or_default() })
            }
            Picking::LayerFolder => {
                let picked = dialog.set_title("Load the layers of a folder").pick_folder();
                Box::pin(async move { picked.await.into_iter().collect() })
            }
            Picking::Document(_) => {
                let picked = dialog.set_title("The release that this set belongs to").pick_file();
                Box::pin(async move { picked.await.into_iter().collect() })
            }
            Picking::Version { is_older } => {
                let title = if *is_older { "The older version" } else { "The newer version" };
                let picked = dialog.set_title(title).pick_file();
                Box::pin(async move { picked.await.into_iter().collect() })
            }
            Picking::Export(options) => {
                let name = name(PathWanted::Export(options.clone()));
                let picked = dialog.set_title("Export").set_file_name(name).save_file();
                Box::pin(async move { picked.await.into_iter().collect() })
            }
            Picking::Figure(figure, axis) => {
                let name = name(PathWanted::Figure(*figure, axis.clone()));
                let dialog = dialog.set_title("Save figure").add_filter("SVG or PNG", &["svg", "png"]);
                let picked = dialog.set_file_name(name).save_file();
                Box::pin(async move { picked.await.into_iter().collect() })
            }
            Picking::SaveCopy => {
                let dialog = dialog.set_title("Save a copy of the sidecar");
                let picked = dialog.set_file_name(name(PathWanted::SaveCopy)).save_file();
                Box::pin(async move { picked.await.into_iter().collect() })
            }
        };
        self.jobs.run(None, move |reporter| {
            let paths = pollster::block_on(answer).iter().map(|file| file.path().to_owned()).collect();
            reporter.report(Report::Picked(picking, paths, started.elapsed()));
        });
    }

    pub(super) fn preview_sidecar(&mut self, number: u64) {
        let Some(release) = self.model.current() else { return };
        self.wanted_preview = number;
        let path = release
            .path
            .with_file_name(sidecar::names::sidecar_name(&release.document.name, &self.model.settings.handle));
        let files = Arc::clone(&self.files);
        self.jobs.run(Some(path.clone()), move |reporter| {
            let preview = match files.read(&path, sidecar::MAX_BYTES as u64) {
                Ok(bytes) => {
                    Preview { text: String::from_utf8_lossy(&bytes).into(), bytes: bytes.len(), ..Preview::default() }
                }
                Err(_) => Preview {
                    warnings: vec!["There is no sidecar yet: it is written with the first mark.".to_owned()],
                    ..Preview::default()
                },
            };
            reporter.report(Report::Preview(number, preview));
        });
    }

    pub(super) fn preview_export(&mut self, number: u64, options: &ExportOptions) {
        self.wanted_preview = number;
        let Some(made) = self.exporting(options) else { return };
        self.jobs.run(None, move |reporter| {
            let preview = match made() {
                Ok((bytes, report)) => Preview {
                    text: head(&bytes).into(),
                    bytes: bytes.len(),
                    claims: Some(report.claims),
                    warnings: unplaced(&report),
                },
                Err(why) => Preview { warnings: vec![why], ..Preview::default() },
            };
            reporter.report(Report::Preview(number, preview));
        });
    }

    pub(super) fn export_to(&mut self, path: PathBuf, options: &ExportOptions) {
        let Some(made) = self.exporting(options) else { return };
        self.model.dialog = Dialog::None;
        let inputs: Vec<PathBuf> = self.model.releases.iter().map(|release| release.path.clone()).collect();
        let files = Arc::clone(&self.files);
        self.jobs.run(Some(path.clone()), move |reporter| {
            if inputs.contains(&path) {
                let text = "this is the release itself: choose another name".to_owned();
                return reporter.report(Report::Failed(Some(path), text));
            }
            let written = made().and_then(|(bytes, report)| {
                files::replace(&*files, &path, &bytes).map(|()| report).map_err(|error| error.to_string())
            });
            reporter.report(match written {
                Ok(report) => {
                    let claims =
                        if report.claims == 1 { "1 claim".to_owned() } else { format!("{} claims", report.claims) };
                    Report::Wrote(format!("{claims} written to {}", path.display()))
                }
                Err(why) => Report::Failed(Some(path), why),
            });
        });
    }

    /// Draws a figure of the folder as it is counted now, and writes it.
    pub(super) fn figure_to(&mut self, path: PathBuf, figure: Figure, axis: String) {
        let Some(overview) = self.model.shelf.overview.made.clone() else { return };
        let (files, codebook) = (Arc::clone(&self.files), Arc::clone(&self.model.codebook));
        self.jobs.run(Some(path.clone()), move |reporter| {
            let drawn = figure.for_file(&path, &overview.statistics, &codebook, &axis);
            let written =
                drawn.and_then(|bytes| files::replace(&*files, &path, &bytes).map_err(|error| error.to_string()));
            reporter.report(match written {
                Ok(()) => Report::Wrote(format!("figure written to {}", path.display())),
                Err(why) => Report::Failed(Some(path), why),
            });
        });
    }

    /// The export as work for a job: everything that it needs is shared or copied here.
    fn exporting(
        &self,
        options: &ExportOptions,
    ) -> Option<impl FnOnce() -> Result<(Vec<u8>, exchange::Report), String> + Send + use<>> {
        let shown = self.model.current()?;
        let whose = options.annotator.clone().map_or(exchange::Whose::All, exchange::Whose::One);
        let mut scope =
            exchange::Scope { kinds: options.kinds.clone(), history: options.history, ..exchange::Scope::of(whose) };
        let open: Vec<exchange::Release> = match options.scope {
            ExportScope::Selection => {
                scope.claims = Some(shown.selected.iter().map(|claim| claim.id.clone()).collect());
                vec![citing::exported(&self.model, shown)]
            }
            ExportScope::Release => vec![citing::exported(&self.model, shown)],
            ExportScope::OpenReleases | ExportScope::Folder => {
                self.model.releases.iter().map(|release| citing::exported(&self.model, release)).collect()
            }
        };
        let folder = self.model.folder.path.clone().filter(|_| options.scope == ExportScope::Folder);
        let (files, codebook, axis) =
            (Arc::clone(&self.files), Arc::clone(&self.model.codebook), self.model.axis().to_owned());
        let (format, reading) = (exchange::format(&options.format)?, self.reading.clone());
        Some(move || {
            let mut releases = open;
            if let Some(folder) = folder {
                let names: std::collections::BTreeSet<String> =
                    releases.iter().map(|release| release.name.clone()).collect();
                let listing = collection::scan(&*files, &folder).map_err(|error| error.to_string())?;
                for beside in listing.documents {
                    let path = beside.document.strip_prefix(&folder).unwrap_or(&beside.document);
                    let name = path.to_string_lossy().replace('\\', "/");
                    if !names.contains(&name) {
                        releases.push(collection::open(&*files, &reading, beside).release(&name));
                    }
                }
                releases.sort_by(|a, b| a.name.cmp(&b.name));
            }
            let mut bytes = Vec::new();
            let export = exchange::Export::new(&releases, &scope, &codebook, &axis);
            format.write(&export, &mut bytes).map_err(|error| error.to_string())?;
            let report = export.report();
            Ok((bytes, report))
        })
    }

    /// Copies the selected words or claims; as quotations with their provenance where asked.
    pub(super) fn copy(&mut self, as_quotation: bool) {
        let Some(release) = self.model.current() else { return };
        let text = &release.document.text;
        let words = text.slice(release.selection);
        self.to_clipboard = Some(match (release.selection.is_empty(), as_quotation) {
            (true, true) => exchange::cited_in_text(&citing::cited(&self.model, release)),
            (true, false) => {
                let claims = release.selected.iter().filter_map(|claim| release.claim(claim));
                claims.map(|claim| claim.anchor.quote.join(" … ")).collect::<Vec<_>>().join("\n")
            }
            (false, true) => {
                let paragraph = release.paragraph_at(release.selection.start);
                exchange::quotation(words, "", &release.about(), &release.document.name, paragraph)
            }
            (false, false) => words.to_owned(),
        });
    }
}

/// The first part of an export, to be looked at.
fn head(bytes: &[u8]) -> String {
    let cut = bytes.len().min(PREVIEW);
    let cut = (0..=cut).rev().find(|&at| bytes.get(at).is_none_or(|byte| (*byte as i8) >= -0x40)).unwrap_or(0);
    String::from_utf8_lossy(bytes.get(..cut).unwrap_or(bytes)).into_owned()
}

fn unplaced(report: &exchange::Report) -> Vec<String> {
    let count = report.unplaced;
    if count == 0 {
        return Vec::new();
    }
    vec![format!("{count} claims were not found in today's text: their positions are left empty.")]
}
