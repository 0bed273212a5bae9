//! Open releases as the export room takes them, and the selected claims as sentences that can be read aloud.
//!
//! Pure. Knows no panel.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::model::Model;
use super::release::Release;
use crate::annotation::{AnchorId, AnnotationSet, Placement};
use crate::exchange::{self, Cited, ClaimView, Export, Layer, Scope, Whose};

/// A file's name below the folder, with `/`; outside it its own.
fn name_of(model: &Model, path: &Path) -> String {
    let folder = model.folder.path.as_deref();
    let below = folder.and_then(|folder| path.strip_prefix(folder).ok()).map(Path::to_string_lossy);
    below.or_else(|| path.file_name().map(|name| name.to_string_lossy())).unwrap_or_default().replace('\\', "/")
}

/// A release as the export room takes it.
#[must_use]
pub fn exported(model: &Model, release: &Release) -> exchange::Release {
    let layer = |handle: &str, set: Arc<AnnotationSet>, placements: &BTreeMap<AnchorId, Placement>| {
        let (handle, about, placements) = (handle.to_owned(), release.about_in(&set), placements.clone());
        Layer { handle, about, set, placements }
    };
    let mine = (!release.set().is_empty())
        .then(|| layer(&model.settings.handle, Arc::new(release.set().clone()), &release.placements));
    let others = release.layers.iter().map(|it| layer(&it.handle, Arc::clone(&it.set), &it.placements));
    exchange::Release {
        name: name_of(model, &release.path),
        text: Some(release.document.text.clone()),
        text_sha256: release.document.text_sha256().to_owned(),
        paragraphs: release.paragraph_spans(),
        layers: mine.into_iter().chain(others).collect(),
    }
}

/// The selected claims, each as a sentence with its note.
#[must_use]
pub fn cited(model: &Model, release: &Release) -> Vec<Cited> {
    let ids = release.selected.iter().map(|claim| claim.id.clone()).collect();
    let scope = Scope { claims: Some(ids), ..Scope::of(Whose::All) };
    let releases = [exported(model, release)];
    let export = Export::new(&releases, &scope, &model.codebook, model.axis());
    let me = model.settings.handle.as_str();
    let is_selected = |claim: &&ClaimView<'_>| {
        let mut selected = release.selected.iter().filter(|own| own.id == *claim.id);
        selected.any(|own| own.layer.as_deref().unwrap_or(me) == claim.layer.handle)
    };
    let claims = export.claims.iter().filter(is_selected);
    claims.map(|claim| exchange::cited(claim, &model.codebook)).collect()
}
