//! A release in a new version: which two are compared, and what is taken over from the old one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::comparing::{self, Comparing, Half, VersionsSeen};
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::model::Dialog;
use crate::exchange::counted;
use crate::review::versions::{LeftOut, Take, carry};

impl Desk {
    /// Compares the shown release with another one: the newer of the two is shown, for its set takes over.
    pub(super) fn compare_with(&mut self, other: PathBuf, is_older: bool, time: f64) {
        let Some(shown) = self.model.current().map(|release| release.path.clone()) else { return };
        let other = self.files.real_path(&other).unwrap_or(other);
        if other == shown {
            self.say("This is the release that is shown: choose its other version", time);
            return;
        }
        let (old, new) = if is_older { (other, shown) } else { (shown, other) };
        let (halves, new_path) = ((self.half(&old), self.half(&new)), new.clone());
        self.model.comparing = Some(Comparing { old: old.clone(), new: new.clone(), made: None });
        self.model.dialog = Dialog::Versions;
        self.show_release(new_path);
        let (files, places, me) = (Arc::clone(&self.files), self.places.clone(), self.me());
        let reading = self.reading.clone();
        self.jobs.run(Some(new.clone()), move |reporter| {
            let reading = reporter.reading(&reading);
            let made = comparing::compare(&*files, &reading, &places, &me, halves.0, halves.1);
            reporter.report(Report::VersionsSeen(old, new, made.map(Box::new)));
        });
    }

    fn half(&self, path: &Path) -> Half {
        let open = self.model.releases.iter().find(|release| release.path == *path);
        let open = open.map(|release| (Arc::clone(&release.document), release.set().clone()));
        Half { path: path.to_owned(), open }
    }

    /// A comparison has come; one that nobody waits for any more is dropped.
    pub(super) fn take_versions(&mut self, old: &Path, new: &Path, made: Result<Box<VersionsSeen>, String>) {
        if let Some(comparing) = &mut self.model.comparing
            && comparing.old == *old
            && comparing.new == *new
        {
            comparing.made = Some(made.map(Arc::from));
        }
    }

    /// Takes claims over from my set on the old version, in one step.
    pub(super) fn carry_claims(&mut self, take: &[Take], time: f64) {
        let stamp = self.stamp();
        let Some(comparing) = &self.model.comparing else { return };
        let (new, made) = (comparing.new.clone(), comparing.made.clone());
        let Some(Ok(compared)) = made else { return };
        let Some(release) = self.editable(time) else { return };
        let text = &release.document.text;
        if release.path != new || text.as_str() != compared.versions.new_version().text.as_str() {
            self.say("The newer version has changed or is not shown: compare again", time);
            return;
        }
        let mut draft = release.work.draft(stamp);
        let carried = carry(&compared.set, &compared.fates, take, text, release.set(), &mut draft);
        let edit = draft.finish();
        if self.edit(edit, time) {
            let words = format!("{} taken over{}", counted(carried.claims.len(), "claim"), left_out(&carried.left));
            self.say_undoable(words, time);
        }
    }
}

/// What did not go along, in words; nothing where all did.
fn left_out(left: &[LeftOut]) -> String {
    let [first, ..] = left else { return String::new() };
    let more = if left.len() > 1 { format!(" and {} more", left.len() - 1) } else { String::new() };
    format!("; left out, their words being others: {} “{}”{more}", first.what, first.quote)
}
