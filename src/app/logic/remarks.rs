//! What I do with colleagues' claims and remarks: copy, judge, settle. All of it is written into my set.

use crate::annotation::Id;
use crate::app::action::ClaimRef;
use crate::app::adopting;
use crate::app::desk::Desk;
use crate::app::release::Release;

impl Desk {
    /// Copies claims of colleagues into my set, and selects the copies.
    pub(super) fn adopt(&mut self, claims: &[ClaimRef], time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let adopted = adopting::adopt(release, claims, stamp);
        let words = adopted.words();
        let made = self.edit(adopted.edit, time);
        let to_select = if made { adopted.copies } else { adopted.known };
        if !to_select.is_empty() {
            self.select_claims(to_select.into_iter().map(ClaimRef::mine).collect(), false);
        }
        if made {
            self.say_undoable(words, time);
        } else {
            self.say(words, time);
        }
    }

    /// The selected claims of colleagues, or all theirs within the selected words.
    pub(super) fn adopt_selected(&mut self, time: f64) {
        let Some(release) = self.model.current() else { return };
        let selected = release.theirs_selected();
        let claims = if selected.is_empty() { release.theirs_within(release.selection) } else { selected };
        self.adopt(&claims, time);
    }

    /// All claims of a layer.
    pub(super) fn adopt_layer(&mut self, handle: &str, time: f64) {
        let Some(layer) = self.model.current().and_then(|release| release.layer(handle)) else { return };
        let claim = |id: &Id| ClaimRef { layer: Some(handle.to_owned()), id: id.clone() };
        let claims: Vec<ClaimRef> = layer.set.claims.keys().map(claim).collect();
        self.adopt(&claims, time);
    }

    /// A judgement of a colleague's claim is mine, and is said to be.
    pub(super) fn say_whose(&mut self, made: bool, time: f64) {
        let name = self.model.current().and_then(Release::colleague_at_hand).map(|layer| layer.name.clone());
        if let Some(name) = name.filter(|_| made) {
            self.say_undoable(format!("Your judgement of {name}'s claim"), time);
        }
    }

    /// Settles the matter of a thread, or opens it again, in my own set: by the mark on a remark of mine, or by a reply.
    pub(super) fn settle_thread(&mut self, thread: &Id, settled: bool, text: &str, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let all = release.threads.all();
        let Some(thread) = all.iter().find(|it| it.said.first().is_some_and(|said| said.id == *thread)) else { return };
        let (Some(first), Some(latest), text) = (thread.said.first(), thread.said.last(), text.trim()) else { return };
        let mut draft = release.work.draft(stamp);
        let reply = |otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
        let is_mine = first.by.is_none();
        if settled {
            if is_mine && text.is_empty() {
                draft.resolve_remark(&first.id, true);
            } else {
                let last = draft.remark(&latest.id, &reply("Settled"));
                draft.resolve_remark(&last, true);
            }
        } else {
            // What I settled is open again; what a colleague settled needs a word of mine after theirs.
            let own = thread.settled().filter(|said| said.by.is_none());
            match own {
                Some(own) => draft.resolve_remark(&own.id, false),
                None => drop(draft.remark(&latest.id, &reply("Open again"))),
            }
        }
        draft.name(if settled { "settle remark" } else { "reopen remark" });
        let edit = draft.finish();
        self.edit(edit, time);
    }
}
