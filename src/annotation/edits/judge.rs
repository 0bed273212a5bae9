//! Assessments, relations, remarks and waived checks.

use super::Draft;
use crate::annotation::index::in_force;
use crate::annotation::{Anchor, Assessment, Dismissal, Id, IdKind, NOT_SAME, Relation, Remark, Timestamp};

/// A judgement on one axis, before it is anybody's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// `reliability`, `credibility`, `likelihood`, `confidence`, or a codebook's own.
    pub axis: String,
    /// The scale with its edition.
    pub scale: String,
    /// The term as chosen.
    pub term: Option<String>,
    /// A number in the scale's unit.
    pub value: Option<f64>,
    /// The rationale.
    pub why: Option<String>,
}

impl Draft<'_> {
    /// Judges claims or sources: in place where the judgement in force was made in this session, else as a new one
    /// that replaces it. The same judgement again changes nothing.
    pub fn assess(&mut self, on: &[Id], judgement: &Judgement) {
        match on {
            [_] => self.label(&format!("assess {}", judgement.axis)),
            _ => self.label(&format!("assess {} of {} items", judgement.axis, on.len())),
        }
        for on in on {
            self.judge(on, judgement);
        }
    }

    /// Withdraws the judgement in force: one of this session that replaced nothing is deleted, any other is followed
    /// by one without a term, so that the history stays.
    pub fn clear_assessment(&mut self, on: &[Id], axis: &str) {
        match on {
            [_] => self.label(&format!("clear {axis}")),
            _ => self.label(&format!("clear {axis} of {} items", on.len())),
        }
        for on in on {
            let Some((id, current)) = self.current(on, axis) else { continue };
            if self.is_of_this_session(&current) && current.replaces.is_none() {
                self.take::<Assessment>(&id);
            } else if !current.is_withdrawn() {
                let judgement =
                    Judgement { axis: axis.to_owned(), scale: current.scale.clone(), ..Judgement::default() };
                self.judge(on, &judgement);
            }
        }
    }

    fn judge(&mut self, on: &Id, judgement: &Judgement) {
        let Judgement { axis, scale, term, value, why } = judgement.clone();
        let made = Some(self.stamp.now.clone());
        match self.current(on, &axis) {
            Some((_, old)) if old.scale == scale && old.term == term && old.value == value && old.why == why => {}
            Some((id, old)) if self.is_of_this_session(&old) => {
                self.put(&id, Assessment { scale, term, value, why, made, ..old });
            }
            old => {
                let (replaces, marking) = old.map_or((None, None), |(id, old)| (Some(id), old.marking));
                let on = Some(on.clone());
                let new = Assessment { on, axis, scale, term, value, why, replaces, made, marking, extra: Vec::new() };
                self.add(IdKind::Assessment, new);
            }
        }
    }

    /// The judgement in force as the draft has it.
    fn current(&self, on: &Id, axis: &str) -> Option<(Id, Assessment)> {
        let ids = self.hanging::<Assessment>(|index, found| index.assessments(on).for_each(found));
        let all: Vec<_> = ids.iter().filter_map(|id| Some((id, self.get::<Assessment>(id)?))).collect();
        let on_axis = all.iter().filter(|(_, assessment)| assessment.axis == axis);
        let (id, assessment) = in_force(&on_axis.map(|(id, assessment)| (*id, &**assessment)).collect::<Vec<_>>())?;
        Some((id.clone(), assessment.clone()))
    }

    fn is_of_this_session(&self, assessment: &Assessment) -> bool {
        assessment.made.as_ref().is_some_and(|made| is_plain(made) && *made >= self.stamp.session)
    }

    /// Relates a claim to another; `document` is the SHA-256 of the other's canonical text where it is not in this
    /// document.
    pub fn relate(&mut self, from: &Id, to: &Id, kind: &str, document: Option<String>) -> Id {
        self.label(&format!("relate claims: {kind}"));
        let (from, to, kind) = (Some(from.clone()), Some(to.clone()), Some(kind.to_owned()));
        let made = Some(self.stamp.now.clone());
        self.add(IdKind::Relation, Relation { from, to, kind, document, made, ..Relation::default() })
    }

    /// Writes a remark on a claim, an assessment or another remark, also a colleague's.
    pub fn remark(&mut self, on: &Id, text: &str) -> Id {
        self.label("add remark");
        let made = Some(self.stamp.now.clone());
        self.add(IdKind::Remark, Remark { on: Some(on.clone()), text: text.to_owned(), made, ..Remark::default() })
    }

    /// Gives a remark other words.
    pub fn set_remark(&mut self, remark: &Id, text: &str) {
        self.label("change remark");
        self.change::<Remark>(remark, |remark| text.clone_into(&mut remark.text));
    }

    /// Settles the matter of a remark, or opens it again.
    pub fn resolve_remark(&mut self, remark: &Id, resolved: bool) {
        self.label(if resolved { "settle remark" } else { "reopen remark" });
        self.change::<Remark>(remark, |remark| remark.resolved = resolved);
    }

    /// Waives a check on an item (`what` is the check's name).
    pub fn waive(&mut self, what: &str, on: &Id, why: Option<String>) -> Id {
        self.label("waive check");
        let (on, made) = (Some(on.clone()), Some(self.stamp.now.clone()));
        self.add(IdKind::Dismissal, Dismissal { what: what.to_owned(), on, why, made, ..Dismissal::default() })
    }

    /// Notes what was decided about two entries that may be the same source: `what` is
    /// [`NOT_SAME`](crate::annotation::NOT_SAME) or [`MAYBE_SAME`](crate::annotation::MAYBE_SAME).
    pub fn decide_pair(&mut self, what: &str, on: &Id, with: &Id, why: Option<String>) -> Id {
        self.label(if what == NOT_SAME { "keep sources apart" } else { "keep as maybe the same source" });
        let (on, with, made) = (Some(on.clone()), Some(with.clone()), Some(self.stamp.now.clone()));
        self.add(IdKind::Dismissal, Dismissal { what: what.to_owned(), on, with, why, made, ..Dismissal::default() })
    }

    /// Refuses a suggestion about these words (`what` is the suggestion's name).
    pub fn refuse(&mut self, what: &str, anchor: Anchor, why: Option<String>) -> Id {
        self.label("refuse suggestion");
        let (anchor, made) = (Some(anchor), Some(self.stamp.now.clone()));
        self.add(IdKind::Dismissal, Dismissal { what: what.to_owned(), anchor, why, made, ..Dismissal::default() })
    }
}

/// Whether a time is written as we write it, so that its text sorts as time does.
fn is_plain(time: &Timestamp) -> bool {
    time.len() == "2026-11-24T03:14:00Z".len() && time.ends_with('Z')
}
