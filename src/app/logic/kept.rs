//! What keepers are told, and what they say.

use std::path::{Path, PathBuf};

use super::TOAST_SECONDS;
use crate::annotation::{Edit, Record};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::keeping::{Kept, Order};
use crate::app::model::{Banner, Offer, Toast};
use crate::app::release::SaveState;
use crate::exchange::counted;
use crate::sidecar::store::{Notice, Standing};

impl Desk {
    /// Tells the keeper of the shown release.
    pub(super) fn order(&mut self, order: Order) {
        if let Some(path) = self.model.current().map(|release| release.path.clone()) {
            self.order_for(&path, order);
        }
    }

    pub(super) fn order_for(&mut self, path: &Path, order: Order) {
        let only_looks = matches!(order, Order::Check | Order::Save);
        let taken = self.keeping.get(path).is_some_and(|keeping| keeping.order(order));
        if !taken && only_looks && self.opening.contains(path) {
            // The keeper before has saved, and the next one begins with what is on the disk.
            return;
        }
        if !taken && let Some(release) = self.model.release_mut(path) {
            let text = "Your edits are no longer being written: export your claims now, then start Vouch again.";
            let offers = vec![offer("Export…", Action::Run(Command::Export))];
            release.save = SaveState::Failed(text.to_owned());
            self.complain(Banner { is_error: true, place: Some(path.to_owned()), text: text.to_owned(), offers });
        }
    }

    pub(super) fn take_kept(&mut self, path: &Path, kept: Kept, time: f64) {
        match kept {
            Kept::Acknowledged => {
                if let Some(release) = self.model.release_mut(path) {
                    release.unacknowledged = release.unacknowledged.saturating_sub(1);
                }
            }
            Kept::Saved(at) => {
                let at = at.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M:%S").to_string();
                // An edit made since is still on its way: not everything is saved.
                if let Some(release) = self.model.release_mut(path).filter(|release| release.unacknowledged == 0) {
                    release.save = SaveState::Saved(at);
                }
                self.model.banners.retain(|banner| !banner.is_error || banner.place.as_deref() != Some(path));
                self.end_recoding(Some(path));
            }
            Kept::Refused(record, why) => self.take_back(path, &record, &why),
            Kept::Failed(why) => {
                if let Some(release) = self.model.release_mut(path) {
                    release.save = SaveState::Failed(why.clone());
                }
                let offers = vec![
                    offer("Try again", Action::Run(Command::Save)),
                    offer("Save a copy…", Action::Run(Command::SaveCopy)),
                ];
                self.model.banners.retain(|banner| !banner.is_error || banner.place.as_deref() != Some(path));
                self.complain(Banner { is_error: true, place: Some(path.to_owned()), text: why, offers });
            }
            Kept::Corrected(edits) => self.correct(path, edits),
            Kept::Notices(notices) => self.tell(path, &notices, time),
            Kept::Standing(standing) => self.stand(path, standing),
        }
    }

    /// What happened to a sidecar, as banners, and what needs no answer as a toast.
    pub(super) fn tell(&mut self, path: &Path, notices: &[Notice], time: f64) {
        for notice in notices {
            let text = notice.to_string();
            let quiet = match notice {
                Notice::Recovered(_) => true,
                Notice::Merged(conflicts) => conflicts.is_empty(),
                Notice::OpenElsewhere
                | Notice::Deleted(_)
                | Notice::Comments
                | Notice::Journal(_)
                | Notice::Trouble(_) => false,
            };
            if quiet {
                self.model.toast = Some(Toast { text, until: time + TOAST_SECONDS, undo: false });
            } else {
                let settles = matches!(notice, Notice::Merged(_));
                let offers = if settles { vec![show_conflicts()] } else { Vec::new() };
                self.complain(Banner { is_error: false, place: Some(path.to_owned()), text, offers });
            }
        }
    }

    /// Says that conflicts of an earlier merge, git's perhaps, still wait in a sidecar that was opened.
    pub(super) fn tell_conflicts(&mut self, path: &Path) {
        let Some(release) = self.model.release_mut(path) else { return };
        let count = release.set().conflicts.len();
        let is_told = self.model.banners.iter().any(|banner| banner.offers.contains(&show_conflicts()));
        if count == 0 || is_told {
            return;
        }
        let wait = if count == 1 { "waits" } else { "wait" };
        let text = format!("{} of a merge {wait} to be settled.", counted(count, "conflict"));
        let offers = vec![show_conflicts()];
        self.complain(Banner { is_error: false, place: Some(path.to_owned()), text, offers });
    }

    /// Second versions of my sidecar of a release, as synchronisers lay them beside it: merging each is offered.
    pub(super) fn offer_copies(&mut self, path: &Path, copies: Vec<PathBuf>) {
        for copy in copies {
            let name = copy.file_name().unwrap_or_default().to_string_lossy();
            let text = format!(
                "{name} is a second version of your sidecar, as a synchroniser leaves it when two machines wrote at once. \
                 Merging keeps what both have, and a backup of the copy."
            );
            let merge = Action::MergeCopy { release: path.to_owned(), copy };
            let offers = vec![offer("Merge it", merge), Offer { name: "Leave it".to_owned(), action: None }];
            self.complain(Banner { is_error: false, place: Some(path.to_owned()), text, offers });
        }
    }

    /// Whether the sidecar may be written.
    pub(super) fn stand(&mut self, path: &Path, standing: Standing) {
        if let Some(agreed) = self.release_of_agreed(path).and_then(|release| release.agreed.as_mut()) {
            let why = match standing {
                Standing::Open => None,
                Standing::ReadOnly(why) => Some(why),
                Standing::Damaged(problems) => Some(format!(
                    "The agreed set is damaged ({}): look at it with “vouch check”, mend it or move it away.",
                    problems.join("; ")
                )),
            };
            agreed.read_only.clone_from(&why);
            if let Some(text) = why {
                self.complain(Banner { is_error: false, place: Some(path.to_owned()), text, offers: Vec::new() });
            }
            return;
        }
        let Some(release) = self.model.release_mut(path) else { return };
        let (read_only, problems) = match standing {
            Standing::Open => (None, None),
            Standing::Damaged(problems) => (None, Some(problems)),
            Standing::ReadOnly(why) => (Some(why), None),
        };
        release.read_only.clone_from(&read_only);
        let was_damaged = std::mem::replace(&mut release.damaged, problems.is_some());
        if let Some(why) = read_only {
            self.complain(Banner { is_error: false, place: Some(path.to_owned()), text: why, offers: Vec::new() });
        }
        if let Some(problems) = problems.filter(|_| !was_damaged) {
            let text = format!(
                "The sidecar is damaged ({}). It is left as it is; what could be read is shown, and your edits are kept in \
                 the journal.",
                problems.join("; ")
            );
            let offers = vec![offer("Set it aside and save what was read", Action::RepairSidecar)];
            self.complain(Banner { is_error: true, place: Some(path.to_owned()), text, offers });
        }
    }

    /// The set was changed from elsewhere: each correction that still fits is applied, outside the undo history, and
    /// the keeper is told, so that its copy and ours come to the same.
    fn correct(&mut self, path: &Path, edits: Vec<Edit>) {
        if self.correct_register(path, &edits) || self.correct_agreed(path, &edits) {
            return;
        }
        let codebook = std::sync::Arc::clone(&self.model.codebook);
        let axis = self.model.axis().to_owned();
        let Some(release) = self.model.release_mut(path) else { return };
        let mut taken_in = Vec::new();
        for edit in edits {
            // One that is refused met an edit of ours on its way to the keeper, which merges that and corrects anew.
            if let Ok(record) = release.work.take_in(edit) {
                release.follow(&record.edit, &codebook, &axis);
                release.unacknowledged += 1;
                taken_in.push(record);
            }
        }
        for record in taken_in {
            self.order_for(path, Order::Record(record));
        }
        self.note_entry(path);
    }

    /// A change that belongs to no step of undo of this release.
    pub(super) fn take_in_elsewhere(&mut self, path: &Path, edit: Edit) {
        self.correct(path, vec![edit]);
    }

    /// An edit could not be kept: it is taken back, and said.
    fn take_back(&mut self, path: &Path, record: &Record, why: &str) {
        self.correct(path, vec![record.edit.inverted()]);
        let text = format!("“{}” was taken back: {why}", record.edit.label);
        self.complain(Banner { is_error: true, place: Some(path.to_owned()), text, offers: Vec::new() });
    }
}

/// With no claim selected, the inspector lists them all.
fn show_conflicts() -> Offer {
    offer("Show them", Action::SelectClaims { claims: Vec::new(), reveal: false })
}

fn offer(name: &str, action: Action) -> Offer {
    Offer { name: name.to_owned(), action: Some(action) }
}
