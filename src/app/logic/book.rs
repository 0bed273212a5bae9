//! The codebook: changed, taken back, written, and its kinds and tags renamed over all sets of mine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::TOAST_SECONDS;
use crate::annotation::{AnnotationSet, CODEBOOK_FILE, Codebook, CodebookEdit, recoding_edit};
use crate::app::action::Action;
use crate::app::book::{BookKeeping, BookOrder, BookReport, BookSave, Done, MeantAsked, RecodeAsked};
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::keeping::Order;
use crate::app::model::{Banner, Toast};
use crate::app::shelf::View;
use crate::collection::{self, InForce, Meant, Query, QueryError};
use crate::sidecar::names::sidecar_name;
use crate::sidecar::recoding::{Applied, Recoding};

impl Desk {
    /// The codebook in force was read.
    pub(super) fn take_codebook(&mut self, found: InForce) {
        let InForce { codebook, path, warnings, read_only } = found;
        // What was wrong with the file before is mended, or is said again.
        let is_codebook = |path: &Path| path.file_name().is_some_and(|name| name == CODEBOOK_FILE);
        self.model.banners.retain(|banner| !banner.place.as_deref().is_some_and(is_codebook));
        let place = path.clone().or_else(|| self.book_path());
        for text in warnings {
            self.complain(Banner { is_error: false, place: place.clone(), text, offers: Vec::new() });
        }
        let codebook = Arc::new(codebook);
        let is_same_file = self.model.book.path == path;
        if is_same_file && self.model.book.on_disk == codebook && self.book_keeping.is_some() {
            return;
        }
        if is_same_file && self.model.book.save == BookSave::Saving {
            // What is on its way to the file is merged with what is there.
            return;
        }
        self.model.book.path.clone_from(&path);
        self.model.book.read_only = read_only;
        self.model.book.on_disk = Arc::clone(&codebook);
        if is_same_file && let Some(keeping) = &self.book_keeping {
            keeping.order(BookOrder::Read(Arc::clone(&codebook)));
        } else {
            self.model.book.history = crate::annotation::CodebookHistory::default();
            self.model.book.recodings.clear();
            self.keep_book();
        }
        self.put_codebook(codebook);
    }

    /// Starts the thread that writes the codebook of the folder.
    fn keep_book(&mut self) {
        if let Some(old) = self.book_keeping.take() {
            old.close();
        }
        let Some(path) = self.book_path() else {
            self.model.book.read_only = Some("open a folder first: the codebook is kept there".to_owned());
            return;
        };
        let (files, places) = (Arc::clone(&self.files), self.places.clone());
        let base = Arc::clone(&self.model.book.on_disk);
        match BookKeeping::start(files, places, path, base, self.jobs.reporter()) {
            Ok(keeping) => self.book_keeping = Some(keeping),
            Err(error) => {
                let why =
                    format!("no thread could be started ({error}): close other programs and open the folder again");
                self.model.book.read_only = Some(why);
            }
        }
    }

    /// The codebook's file: the one in force, else the one that a change makes.
    fn book_path(&self) -> Option<PathBuf> {
        let in_folder = || self.model.folder.path.as_ref().map(|folder| folder.join(CODEBOOK_FILE));
        self.model.book.path.clone().or_else(in_folder)
    }

    /// Takes a codebook into force.
    fn put_codebook(&mut self, codebook: Arc<Codebook>) {
        let old = std::mem::replace(&mut self.model.codebook, codebook);
        let new = &self.model.codebook;
        let looks = |codebook: &Codebook| {
            let kinds: Vec<_> =
                codebook.kinds.iter().map(|kind| (kind.key.clone(), kind.letter.clone(), kind.colours)).collect();
            (kinds, codebook.unknown, codebook.axis.clone(), codebook.in_use.clone(), codebook.own_scales.clone())
        };
        // A definition that is being typed moves no mark.
        if looks(&old) != looks(new) {
            self.refresh_marks();
        }
        let asks = |codebook: &Codebook| (codebook.checks.clone(), codebook.fields.clone());
        if asks(&old) != asks(&self.model.codebook) {
            self.model.missing = View::default();
            self.list_folder();
        }
    }

    pub(super) fn edit_codebook(&mut self, label: &str, codebook: Codebook, typing: bool, time: f64) {
        let book = &mut self.model.book;
        if let Some(why) = &book.read_only {
            let why = format!("The codebook cannot be changed here: {why}");
            return self.say(why, time);
        }
        if book.is_recoding {
            return self.say("Wait until all sets are changed", time);
        }
        let before = Arc::clone(&self.model.codebook);
        let edit = CodebookEdit { label: label.to_owned(), before, after: Arc::new(codebook) };
        self.model.book.history.note(edit.clone(), typing);
        self.write_codebook(edit.after);
    }

    /// A codebook of ours is in force: the file follows.
    fn write_codebook(&mut self, codebook: Arc<Codebook>) {
        self.put_codebook(Arc::clone(&codebook));
        let book = &mut self.model.book;
        book.is_last = true;
        book.generation += 1;
        book.save = BookSave::Saving;
        let generation = book.generation;
        let taken =
            self.book_keeping.as_ref().is_some_and(|keeping| keeping.order(BookOrder::Write(codebook, generation)));
        if !taken {
            self.model.book.save = BookSave::Failed("nothing writes it any more: start Vouch again".to_owned());
        }
    }

    pub(super) fn undo_codebook(&mut self, time: f64) {
        self.step_codebook(false, time);
    }

    pub(super) fn redo_codebook(&mut self, time: f64) {
        self.step_codebook(true, time);
    }

    fn step_codebook(&mut self, again: bool, time: f64) {
        let book = &mut self.model.book;
        if book.is_recoding {
            return self.say("Wait until all sets are changed", time);
        }
        let step = if again { book.history.to_redo() } else { book.history.to_undo() }.cloned();
        let Some(step) = step else { return };
        let done = book.recodings.iter().find(|done| done.edit == step).cloned();
        let now = Arc::clone(&self.model.codebook);
        let edit = if again { book.history.redo(&now) } else { book.history.undo(&now) };
        let Some(edit) = edit else { return };
        match done {
            None => {
                self.write_codebook(edit.after);
                let word = if again { "Done again" } else { "Undone" };
                self.say(format!("{word}: {}", step.label), time);
            }
            Some(Done { recoding, .. }) => {
                let made = super::now();
                let mut recoding = if again { (*recoding).clone() } else { recoding.inverted(made.clone()) };
                recoding.made = made;
                self.start_recoding(recoding, edit.after, !again);
            }
        }
    }

    /// Looks at what a change of a kind or tag would reach.
    pub(super) fn look_recode(&mut self, asked: RecodeAsked) {
        let Some(folder) = self.model.folder.path.clone() else { return };
        let meant = match &asked.meant {
            MeantAsked::All => Meant::All,
            MeantAsked::Tagged(tag) => Meant::Tagged(tag.clone()),
            MeantAsked::Found(typed) => match self.understood(typed) {
                Ok(query) => Meant::Found(query),
                Err(error) => {
                    self.model.book.reach = Some((asked, Err(format!("The query is not understood: {error}"))));
                    return;
                }
            },
        };
        self.jobs.cancel(self.reaching);
        let (files, codebook) = (Arc::clone(&self.files), Arc::clone(&self.model.codebook));
        let handle = self.model.settings.handle.clone();
        let (open, reading) = (self.open_sets(), self.reading.clone());
        self.reaching = self.jobs.run(Some(folder.clone()), move |reporter| {
            let reading = reporter.reading(&reading);
            let go_on = |_: usize, _: usize| !reporter.is_cancelled();
            let whose = (handle.as_str(), &*codebook);
            let reach = collection::reach(&*files, &reading, &folder, whose, (&asked.recode, &meant), &open, &go_on);
            if !reporter.is_cancelled() {
                reporter.report(Report::Reach(Box::new((asked, reach.map_err(|error| error.to_string())))));
            }
        });
    }

    /// A query, its words looked up among the claims of the shelf where they are at hand.
    fn understood(&self, typed: &str) -> Result<Query, QueryError> {
        let query = Query::parse(typed, &self.model.codebook)?;
        if let Some(made) = &self.model.shelf.claims.made {
            query.check(&self.model.codebook, made.sheets.iter().map(|own| &own.sheet))?;
        }
        Ok(query)
    }

    /// My sets of open releases that can be changed, by sidecar.
    fn open_sets(&self) -> BTreeMap<PathBuf, AnnotationSet> {
        let editable = self.model.releases.iter().filter(|release| release.editable().is_ok());
        editable
            .map(|release| {
                let path =
                    release.path.with_file_name(sidecar_name(&release.document.name, &self.model.settings.handle));
                (path, release.set().clone())
            })
            .collect()
    }

    /// Does what was looked at.
    pub(super) fn recode(&mut self, time: f64) {
        let book = &mut self.model.book;
        if let Some(why) = &book.read_only {
            let why = format!("The codebook cannot be changed here: {why}");
            return self.say(why, time);
        }
        if book.is_recoding || !matches!(&book.reach, Some((_, Ok(reach))) if reach.unread.is_empty()) {
            return;
        }
        let Some((asked, Ok(reach))) = book.reach.take() else { return };
        let before = Arc::clone(&self.model.codebook);
        let label = asked.label(&before);
        let after = Arc::new(before.recoded(&asked.recode, asked.meant != MeantAsked::All));
        let recoding = Recoding { label: label.clone(), made: super::now(), sidecars: reach.mine, codebook: None };
        let edit = CodebookEdit { label, before, after: Arc::clone(&after) };
        self.model.book.history.note(edit.clone(), false);
        self.model.book.recodings.push(Done { edit, recoding: Arc::new(recoding.clone()) });
        self.start_recoding(recoding, after, false);
    }

    fn start_recoding(&mut self, recoding: Recoding, after: Arc<Codebook>, is_undo: bool) {
        self.model.book.is_recoding = true;
        let open = self.open_sets().into_keys().filter(|path| recoding.sidecars.contains_key(path)).collect();
        self.recoding_to = Some((Arc::clone(&after), is_undo));
        let order = BookOrder::Recode { recoding: Box::new(recoding), after, open };
        if !self.book_keeping.as_ref().is_some_and(|keeping| keeping.order(order)) {
            self.model.book.is_recoding = false;
            self.model.book.save = BookSave::Failed("nothing writes it any more: start Vouch again".to_owned());
        }
    }

    pub(super) fn take_book(&mut self, report: BookReport, time: f64) {
        match report {
            BookReport::Saved(generation, saved) => self.book_saved(generation, saved),
            BookReport::Recoded(recoding, applied) => self.recoded(&recoding, applied, time),
        }
    }

    fn book_saved(&mut self, generation: u64, saved: Result<Box<crate::sidecar::CodebookSaved>, String>) {
        let saved = match saved {
            Ok(saved) => *saved,
            Err(why) => {
                self.model.book.save = BookSave::Failed(why.clone());
                let place = self.book_path();
                return self.complain(Banner { is_error: true, place, text: why, offers: Vec::new() });
            }
        };
        if let Some(backup) = &saved.backup {
            let clashes = match saved.clashes.as_slice() {
                [] => "Comments, or what could not be read, were lost with it".to_owned(),
                clashes => format!("Somebody else changed it, too; yours stayed in {}", clashes.join(", ")),
            };
            let text = format!("The codebook was written. {clashes}; the file as it was is in {}.", backup.display());
            let place = self.book_path();
            self.complain(Banner { is_error: false, place, text, offers: Vec::new() });
        }
        let on_disk = Arc::new(saved.codebook);
        let path = self.book_path();
        let book = &mut self.model.book;
        let before = std::mem::replace(&mut book.on_disk, Arc::clone(&on_disk));
        book.path = path;
        if book.generation == generation {
            book.save = BookSave::Clean;
            self.put_codebook(on_disk);
        } else {
            let (merged, _) = Codebook::merged(&before, &self.model.codebook, &on_disk);
            self.put_codebook(Arc::new(merged));
        }
    }

    /// The sidecars of closed releases are changed: now those of open ones.
    fn recoded(&mut self, recoding: &Recoding, applied: Result<Applied, String>, time: f64) {
        self.model.book.is_recoding = false;
        let to = self.recoding_to.take();
        let applied = match applied {
            Ok(applied) => applied,
            Err(why) => {
                // The history is as it was before: nothing of the step was done.
                let now = Arc::clone(&self.model.codebook);
                let history = &mut self.model.book.history;
                drop(if to.is_some_and(|(_, is_undo)| is_undo) { history.redo(&now) } else { history.undo(&now) });
                let text = format!("Nothing was changed. {why}");
                return self.complain(Banner { is_error: true, place: None, text, offers: Vec::new() });
            }
        };
        if let Some(trouble) = &applied.trouble {
            let text = format!("{trouble}. What is left is done at the next start of Vouch.");
            self.complain(Banner { is_error: true, place: None, text, offers: Vec::new() });
        }
        let mut waiting = BTreeSet::new();
        for path in self.open_sets().keys() {
            let Some(claims) = recoding.sidecars.get(path) else { continue };
            let release = self.model.releases.iter_mut().find(|release| {
                release.path.with_file_name(sidecar_name(&release.document.name, &self.model.settings.handle)) == *path
            });
            let Some(release) = release else { continue };
            let of = release.path.clone();
            let edit = recoding_edit(release.set(), claims, &recoding.label, &recoding.made);
            if !edit.is_empty() {
                self.take_in_elsewhere(&of, edit);
                self.order_for(&of, Order::Save);
                waiting.insert(of);
            }
        }
        let is_undo = to.as_ref().is_some_and(|(_, is_undo)| *is_undo);
        if let Some((after, _)) = to {
            self.model.book.on_disk = Arc::clone(&after);
            self.model.book.path = recoding.codebook.as_ref().map(|change| change.path.clone());
            self.model.book.save = BookSave::Clean;
            self.model.book.is_last = true;
            self.put_codebook(after);
        }
        self.refresh_marks();
        self.list_folder();
        self.recoding = Some((applied, waiting));
        self.end_recoding(None);
        let claims: usize = recoding.sidecars.values().map(Vec::len).sum();
        let count = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        let (claims, releases) = (count(claims, "claim"), count(recoding.sidecars.len(), "release"));
        let undone = if is_undo { "Undone: " } else { "" };
        let text = format!("{undone}{}: {claims} in {releases}", recoding.label);
        self.model.toast = Some(Toast { text, until: time + TOAST_SECONDS, undo: !is_undo });
    }

    /// The sidecar of an open release has everything: when all have, what was intended is done.
    pub(super) fn end_recoding(&mut self, saved: Option<&Path>) {
        let Some((_, waiting)) = &mut self.recoding else { return };
        if let Some(saved) = saved {
            waiting.remove(saved);
        }
        if waiting.is_empty()
            && let Some((applied, _)) = self.recoding.take()
        {
            // One that cannot be deleted is found done at the next start.
            self.jobs.run(None, move |_| drop(applied.finish()));
        }
    }

    /// Undo and redo that mean the codebook: its editor is open, or it is what was changed last.
    pub(super) fn book_action(&mut self, action: Action, time: f64) {
        match action {
            Action::EditCodebook { label, codebook, typing } => self.edit_codebook(&label, *codebook, typing, time),
            Action::LookRecode(asked) => self.look_recode(*asked),
            Action::Recode => self.recode(time),
            Action::UndoCodebook => self.undo_codebook(time),
            Action::RedoCodebook => self.redo_codebook(time),
            _ => {}
        }
    }
}
