//! The shelf of all releases: kept as they are read and edited, and what is shown of it worked out in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotation::{AnchorId, anchors};
use crate::app::action::{ClaimRef, Target};
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::model::Dialog;
use crate::app::shelf::{ClaimList, Snapshot, SourceList, Stamp};
use crate::document::ByteSpan;
use crate::exchange;
use crate::sidecar::names::is_same_handle;

impl Desk {
    /// A release of the folder was read.
    pub(super) fn shelve(&mut self, path: PathBuf, release: Option<Arc<exchange::Release>>) {
        let shelf = &mut self.model.shelf;
        match release {
            Some(release) => drop(shelf.read.insert(path, release)),
            None if shelf.read.remove(&path).is_none() => return,
            None => {}
        }
        shelf.revision += 1;
    }

    /// Starts what is shown of the shelf and is old.
    pub(super) fn keep_shelf(&mut self) {
        let now = self.shelf_stamp();
        if matches!(self.model.dialog, Dialog::Sources(_)) && self.model.shelf.sources.begin(&now, |_| true) {
            let (now, from) = (now.clone(), self.shelf_snapshot());
            let me = self.model.settings.handle.clone();
            let register = self.model.register.as_ref().map(|register| register.work.set().clone()).unwrap_or_default();
            self.jobs.run(None, move |reporter| {
                reporter.report(Report::Sources(now, Box::new(SourceList::new(from, &register, &me))));
            });
        }
        let Some(asked) = self.model.shelf.asked.clone().filter(|_| self.model.settings.layout.table) else { return };
        let codebook = Arc::clone(&self.model.codebook);
        if self.model.shelf.claims.begin(&now, |made| made.answers(&asked, &codebook)) {
            let from = self.shelf_snapshot();
            let before = self.model.shelf.claims.made.clone();
            self.jobs.run(None, move |reporter| {
                let made = ClaimList::new(from, asked, &codebook, before.as_deref());
                reporter.report(Report::Claims(now, Box::new(made)));
            });
        }
    }

    /// The state of everything that the shelf shows.
    fn shelf_stamp(&self) -> Stamp {
        let open = self.model.releases.iter().map(|release| (release.path.clone(), release.revision));
        let register = self.model.register.iter().map(|register| (register.path.clone(), register.revision));
        let read = (PathBuf::new(), self.model.shelf.revision);
        open.chain(register).chain([read]).collect()
    }

    /// All releases as they are now: open ones with their unsaved edits.
    fn shelf_snapshot(&self) -> Snapshot {
        let mut all = self.model.shelf.read.clone();
        for release in &self.model.releases {
            all.insert(release.path.clone(), Arc::new(self.exported(release)));
        }
        let (paths, releases) = all.into_iter().unzip();
        Snapshot { paths, releases }
    }

    /// What a file is called in lists and exports: its path below the folder, with `/`; elsewhere its name.
    pub(super) fn name_of(&self, path: &Path) -> String {
        let folder = self.model.folder.path.as_deref();
        let below = folder.and_then(|folder| path.strip_prefix(folder).ok()).map(Path::to_string_lossy);
        below.or_else(|| path.file_name().map(|name| name.to_string_lossy())).unwrap_or_default().replace('\\', "/")
    }

    /// Goes to a place in any release, which is opened first where it is not yet.
    pub(super) fn go_to(&mut self, path: PathBuf, target: Target) {
        self.model.dialog = Dialog::None;
        if self.model.releases.iter().any(|release| release.path == path) {
            self.show_release(path);
            self.arrive(&target);
        } else {
            self.to_go = Some((path.clone(), target));
            self.show_release(path);
        }
    }

    /// Goes to a place in the shown release.
    pub(super) fn arrive(&mut self, target: &Target) {
        let own = |handle: &String| !is_same_handle(handle, &self.model.settings.handle);
        match target {
            Target::Claim { handle, id } => {
                let layer = Some(handle.clone()).filter(own);
                self.select_claims(vec![ClaimRef { layer, id: id.clone() }], true);
            }
            Target::Mention { handle, id } => {
                let layer = Some(handle.clone()).filter(own);
                let Some(release) = self.model.current() else { return };
                let Some(set) = release.set_of(layer.as_deref()) else { return };
                let wanted = AnchorId::Mention(id.clone());
                let found = anchors(set).find(|(of, _)| *of == wanted);
                let spans = found.map(|(of, anchor)| release.spans(layer.as_deref(), &of, anchor)).unwrap_or_default();
                if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                    self.select_text(ByteSpan { start: first.start, end: last.end });
                }
            }
        }
    }
}
