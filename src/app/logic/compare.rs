//! Two sets side by side, and what is decided about their differences.
//!
//! The comparison is worked out by a job; an answer about a state of the sets that is no longer there is dropped. What is
//! decided goes into the set with the handle `agreed`, through a keeper of its own, as with any set.

use std::path::Path;
use std::sync::Arc;

use crate::annotation::{Anchor, AnchorId, Annotator, ClaimField, Dismissal, Edit, Header, Id, Record, Work};
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::keeping::{Keeping, Order};
use crate::app::model::{Banner, Dialog};
use crate::app::opening::AgreedOpened;
use crate::app::reader::ReaderState;
use crate::app::release::Release;
use crate::app::settling::{Agreed, Before, Filter, SetOf, SideBySide, Versed};
use crate::app::{derive, opening};
use crate::exchange::{AGREED, counted};
use crate::review::agreement::{Coder, Document, agreement};
use crate::review::{DECIDED_WHY, Decided, Decider, Decision, Original, Settling, Side, Verdict};
use crate::sidecar::names::{is_same_handle, sidecar_name};

/// Where an anchor stands in the text of today.
type Today<'a> = &'a dyn Fn(&AnchorId, &Anchor) -> Option<Anchor>;

impl Desk {
    /// Compares two sets of the shown release; `None` is mine. Called again, another pair.
    pub(super) fn compare(&mut self, mine: Option<String>, theirs: Option<String>, time: f64) {
        let place = self.model.current().and_then(|release| self.readers.get(&release.path)).map(ReaderState::place);
        let Some(release) = self.model.current_mut() else { return };
        if mine == theirs || [&mine, &theirs].into_iter().flatten().any(|handle| release.layer(handle).is_none()) {
            return self.say("Choose two different sets to compare", time);
        }
        let before = release.comparison.take().map_or_else(
            || Before {
                selected: std::mem::take(&mut release.selected),
                selection: release.selection,
                place: place.unwrap_or_default(),
            },
            |old| old.before,
        );
        release.selected.clear();
        release.comparison = Some(Box::new(SideBySide { mine, theirs, before, ..SideBySide::default() }));
        self.model.strip = None;
        self.open_agreed();
    }

    /// Begins a comparison of mine with the colleague at hand, or with the first one; if one is shown, ends it.
    pub(super) fn compare_or_leave(&mut self, time: f64) {
        let Some(release) = self.model.current() else { return };
        if release.comparison.is_some() {
            return self.leave_compare();
        }
        let at_hand = release.colleague_at_hand().map(|layer| layer.handle.clone());
        let annotators = || release.layers.iter().filter(|layer| layer.handle != AGREED);
        let first = || annotators().find(|layer| layer.is_shown()).or(annotators().next());
        let theirs = at_hand.filter(|handle| handle != AGREED).or_else(|| first().map(|layer| layer.handle.clone()));
        let mut others = annotators().map(|layer| layer.handle.clone());
        // Who has marked nothing settles what two others made of it.
        let mine = if release.set().claims.is_empty() { others.find(|own| Some(own) != theirs.as_ref()) } else { None };
        match theirs {
            Some(theirs) => self.compare(mine, Some(theirs), time),
            None => self.say("There is no colleague's set here to compare with", time),
        }
    }

    /// Ends the comparison: selection and place are as they were.
    pub(super) fn leave_compare(&mut self) {
        let Some(release) = self.model.current_mut() else { return };
        let Some(comparing) = release.comparison.take() else { return };
        let Before { selected, selection, place } = comparing.before;
        release.selected = selected.into_iter().filter(|claim| release.claim(claim).is_some()).collect();
        (release.selection, release.caret) = (selection, selection.end);
        let reader = self.readers.entry(release.path.clone()).or_default();
        reader.put_back(selection, place);
    }

    /// Keeps the comparison of each release up with its sets, and what the reader shows of it.
    pub(super) fn keep_comparison(&mut self) {
        let (codebook, axis) = (Arc::clone(&self.model.codebook), self.model.axis().to_owned());
        for release in &mut self.model.releases {
            let Some(comparing) = &release.comparison else { continue };
            let (mine, theirs) = (comparing.mine.clone(), comparing.theirs.clone());
            let states = release.set_state_of(mine.as_deref()).zip(release.set_state_of(theirs.as_deref()));
            let Some(states) = states else {
                // A layer that was taken away is compared no more.
                release.comparison = None;
                continue;
            };
            if comparing.asked.as_ref() != Some(&states) {
                ask(&mut self.jobs, release, states, &codebook);
            }
            derive::versus(release, derive::Looking { codebook: &codebook, axis: &axis });
        }
    }

    /// A comparison was worked out.
    pub(super) fn take_versed(&mut self, path: &Path, of: &(SetOf, SetOf), made: Versed) {
        let Some(release) = self.model.release_mut(path) else { return };
        let Some(comparing) = release.comparison.as_mut().filter(|own| own.asked.as_ref() == Some(of)) else { return };
        let old = comparing.current().cloned();
        comparing.made = Some(made);
        comparing.answer += 1;
        let places = comparing.differences();
        let same = |at: &&usize| {
            let pair = comparing.pair(**at);
            pair.zip(old.as_ref()).is_some_and(|(pair, old)| pair.mine == old.mine && pair.theirs == old.theirs)
        };
        let is_first = old.is_none();
        comparing.at = places.iter().find(same).or(places.first()).copied();
        if is_first {
            self.show_current(path);
        }
    }

    /// Lists other differences.
    pub(super) fn filter_differences(&mut self, filter: Filter) {
        if let Some(comparing) = self.model.current_mut().and_then(|release| release.comparison.as_mut()) {
            comparing.filter = filter;
        }
    }

    /// The next or the previous of the listed differences; round at the ends.
    pub(super) fn step_difference(&mut self, by: isize, time: f64) {
        let Some(release) = self.model.current() else { return };
        let listed = release.listed();
        let Some(comparing) = &release.comparison else { return };
        let at = comparing.at.unwrap_or_default();
        let next = if by > 0 {
            listed.iter().find(|&&place| place > at || comparing.at.is_none()).or(listed.first())
        } else {
            listed.iter().rev().find(|&&place| place < at).or(listed.last())
        };
        match next.copied() {
            Some(place) => self.go_to_difference(place),
            None => self.say("No difference is listed", time),
        }
    }

    /// Goes to a difference, by its place in the alignment.
    pub(super) fn go_to_difference(&mut self, place: usize) {
        let Some(release) = self.model.current_mut() else { return };
        let path = release.path.clone();
        let Some(comparing) = &mut release.comparison else { return };
        if comparing.pair(place).is_some_and(|pair| pair.verdict != Verdict::Agree) {
            comparing.at = Some(place);
            self.show_current(&path);
        }
    }

    fn show_current(&mut self, path: &Path) {
        let Some(release) = self.model.release_mut(path) else { return };
        let Some(comparing) = &release.comparison else { return };
        let claims = comparing.current().map(|pair| comparing.refs(pair)).unwrap_or_default();
        let span = claims.iter().flatten().find_map(|claim| release.claim_spans(claim).first().copied());
        if let Some(span) = span {
            let reader = self.readers.entry(path.to_owned()).or_default();
            reader.put_caret(span.start);
            reader.reveal(span);
            (release.selection, release.caret) = (reader.selection(), reader.caret());
        }
    }

    /// Opens the settled set of the shown release, which need not be there.
    fn open_agreed(&mut self) {
        let Some(release) = self.model.current().filter(|release| release.agreed.is_none()) else { return };
        // Whose own handle it is settles in that set by hand.
        if is_same_handle(&self.model.settings.handle, AGREED) {
            return;
        }
        let path = release.path.clone();
        let sidecar = path.with_file_name(sidecar_name(&release.document.name, AGREED));
        let annotator =
            Annotator { handle: AGREED.to_owned(), name: Some("Agreed".to_owned()), ..Annotator::default() };
        let document = release.set().header.document.clone();
        let header = Header { document, annotator, ..Header::default() };
        let (files, places) = (Arc::clone(&self.files), self.places.clone());
        self.jobs.run(Some(sidecar.clone()), move |reporter| {
            reporter.report(match opening::open_agreed(&files, &places, path, sidecar.clone(), header) {
                Ok(opened) => Report::Agreed(Box::new(opened)),
                Err(why) => Report::Failed(Some(sidecar), why),
            });
        });
    }

    pub(super) fn agreed_opened(&mut self, opened: AgreedOpened, time: f64) {
        let AgreedOpened { release: of, path, set, records, keeper, notices } = opened;
        if self.model.release_mut(&of).is_none_or(|release| release.agreed.is_some()) {
            return;
        }
        self.tell(&path, &notices, time);
        let standing = keeper.standing().clone();
        match Keeping::start(keeper, path.clone(), self.jobs.reporter()) {
            Ok(keeping) => drop(self.keeping.insert(path.clone(), keeping)),
            Err(error) => {
                let text = format!("No thread could be started ({error}): close other programs and compare again.");
                return self.complain(Banner { is_error: true, place: Some(path), text, offers: Vec::new() });
            }
        }
        if let Some(release) = self.model.release_mut(&of) {
            let decided = Decided::of(&set);
            let work = Work::new(set, &records);
            release.agreed =
                Some(Agreed { path: path.clone(), work, decided, read_only: None, revision: release.revision });
        }
        self.stand(&path, standing);
    }

    /// The release whose settled set has this sidecar.
    pub(super) fn release_of_agreed(&mut self, sidecar: &Path) -> Option<&mut Release> {
        let is_it = |release: &&mut Release| release.agreed.as_ref().is_some_and(|agreed| agreed.path == sidecar);
        self.model.releases.iter_mut().find(is_it)
    }

    /// A change of a settled set from elsewhere; whether it was one.
    pub(super) fn correct_agreed(&mut self, sidecar: &Path, edits: &[Edit]) -> bool {
        let Some(release) = self.release_of_agreed(sidecar) else { return false };
        let Some(agreed) = &mut release.agreed else { return false };
        let made: Vec<Record> = edits.iter().filter_map(|edit| agreed.work.take_in(edit.clone()).ok()).collect();
        agreed.followed();
        for record in made {
            self.order_for(sidecar, Order::Record(record));
        }
        true
    }

    /// Decides the current difference.
    pub(super) fn decide(&mut self, decision: Decision, time: f64) {
        let pair = self.model.current().and_then(|release| release.comparison.as_ref()?.current().cloned());
        let Some(pair) = pair else { return self.say("There is no difference to decide", time) };
        let word = match (decision, pair.verdict) {
            (Decision::Mine, Verdict::OnlyTheirs) | (Decision::Theirs, Verdict::OnlyMine) => "leave claim out",
            (Decision::Both, Verdict::Differ) => "take both",
            (Decision::Theirs, _) | (_, Verdict::OnlyTheirs) => "take theirs",
            _ => "take mine",
        };
        let edit = self.settling(time, |settling, mine, theirs| {
            settling.draft.name(word);
            settling.decide(&pair, decision, mine, theirs).is_ok()
        });
        if let Some(edit) = edit {
            self.settle_by(edit, false, time);
        }
    }

    /// Takes over what both marked alike.
    pub(super) fn take_agreed(&mut self, time: f64) {
        let made = self.model.current().and_then(|release| release.comparison.as_ref()?.made.clone());
        let Some(made) = made else { return };
        let mut taken = 0;
        let edit = self.settling(time, |settling, mine, _| {
            taken = settling.take_agreed(&made.alignment, mine);
            settling.draft.name(&format!("take {} on which both agree", counted(taken, "claim")));
            true
        });
        let Some(edit) = edit else { return };
        let words = match taken {
            0 => "All on which both agree is taken already".to_owned(),
            taken => format!("{} on which both agree taken over", counted(taken, "claim")),
        };
        if taken == 0 || self.settle_by(edit, false, time) {
            self.say(words, time);
        }
    }

    /// Why the current difference was decided so.
    pub(super) fn decide_why(&mut self, why: &str, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.model.current() else { return };
        let Some((agreed, comparing)) = release.agreed.as_ref().zip(release.comparison.as_ref()) else { return };
        let Some(pair) = comparing.current() else { return };
        let value = Some(why.to_owned()).filter(|why| !why.is_empty());
        let mut draft = agreed.work.draft(stamp);
        draft.name("say why");
        draft.set_field(&agreed.decided.claims(pair), &ClaimField::Own(DECIDED_WHY.to_owned(), value.clone()));
        for id in agreed.decided.refusals(pair) {
            if let Some(refusal) = draft.get::<Dismissal>(&id) {
                draft.keep(&id, Dismissal { why: value.clone(), ..(*refusal).clone() });
            }
        }
        let edit = draft.finish();
        self.settle_by(edit, true, time);
    }

    /// Opens the settled claim of the current difference to be edited; an open one is first decided as mine, or as what
    /// there is.
    pub(super) fn open_edit_agreed(&mut self, time: f64) {
        if self.agreed_at_hand().is_none() {
            self.decide(Decision::Both, time);
        }
        match self.agreed_at_hand() {
            Some(claim) => self.model.dialog = Dialog::EditAgreed(claim),
            None => self.say("There is no difference to edit", time),
        }
    }

    fn agreed_at_hand(&self) -> Option<Id> {
        let release = self.model.current()?;
        let pair = release.comparison.as_ref()?.current()?;
        release.agreed.as_ref()?.decided.claims(pair).into_iter().next()
    }

    /// Gives a settled claim other fields, as one step.
    pub(super) fn edit_agreed(&mut self, claim: &Id, fields: &[ClaimField], time: f64) {
        let stamp = self.stamp();
        let Some(agreed) = self.model.current().and_then(|release| release.agreed.as_ref()) else { return };
        let mut draft = agreed.work.draft(stamp);
        for field in fields {
            draft.set_field(std::slice::from_ref(claim), field);
        }
        draft.name("edit agreed claim");
        let edit = draft.finish();
        self.settle_by(edit, false, time);
    }

    /// Takes the last decision back, or does it again.
    pub(super) fn step_agreed(&mut self, is_undo: bool, time: f64) {
        let Some(agreed) = self.model.current_mut().and_then(|release| release.agreed.as_mut()) else { return };
        let made = if is_undo { agreed.work.undo() } else { agreed.work.redo() };
        match made {
            Ok(None) => {}
            Ok(Some(record)) => {
                let word = if is_undo { "Undone" } else { "Done again" };
                let words = format!("{word}: {}", record.edit.label);
                self.settled_by(record);
                self.say(words, time);
            }
            Err(refused) => self.say(format!("This step cannot be taken back: {refused}"), time),
        }
    }

    /// An edit of the settled set, made by `settle`; `None` where there is none, which is then said.
    fn settling(
        &mut self,
        time: f64,
        settle: impl FnOnce(&mut Settling, &Original, &Original) -> bool,
    ) -> Option<Edit> {
        let (stamp, by) = (self.stamp(), self.model.settings.handle.clone());
        let release = self.model.current()?;
        let comparing = release.comparison.as_ref()?;
        let Some(agreed) = &release.agreed else {
            let words = if is_same_handle(&by, AGREED) {
                "Your handle is “agreed”: take another one in the settings to settle differences"
            } else {
                "The agreed set is still being read: try again"
            };
            self.say(words, time);
            return None;
        };
        if agreed.read_only.is_some() {
            self.say("The agreed set is read-only: the banner says why", time);
            return None;
        }
        if Agreed::is_compared(comparing) {
            self.say("The agreed set is compared itself: compare two annotators to decide", time);
            return None;
        }
        let today = |layer: Option<&str>, id: &AnchorId, anchor: &Anchor| {
            let placements = match layer {
                None => Some(&release.placements),
                Some(handle) => release.layer(handle).map(|layer| &layer.placements),
            };
            match placements.and_then(|placements| placements.get(id)) {
                None => Some(anchor.clone()),
                Some(placement) => Anchor::new(&release.document.text, placement.spans()?),
            }
        };
        let (left, right) = (comparing.mine.as_deref(), comparing.theirs.as_deref());
        let todays: [Today<'_>; 2] = [&|id, anchor| today(left, id, anchor), &|id, anchor| today(right, id, anchor)];
        let mine = Original { set: release.set_of(left)?, index: release.index_of(left)?, today: todays[0] };
        let theirs = Original { set: release.set_of(right)?, index: release.index_of(right)?, today: todays[1] };
        let now = stamp.now.clone();
        let mut draft = agreed.work.draft(stamp);
        let mut settling = Settling {
            draft: &mut draft,
            agreed: agreed.work.set(),
            decided: &agreed.decided,
            decider: Decider { by: &by, now: &now },
        };
        if !settle(&mut settling, &mine, &theirs) {
            self.say("The words of this claim are not in today's text: nothing was decided", time);
            return None;
        }
        Some(draft.finish())
    }

    fn settle_by(&mut self, edit: Edit, goes_on: bool, time: f64) -> bool {
        if edit.is_empty() {
            return false;
        }
        let Some(agreed) = self.model.current_mut().and_then(|release| release.agreed.as_mut()) else { return false };
        match if goes_on { agreed.work.act_on(edit) } else { agreed.work.act(edit) } {
            Ok(record) => {
                self.settled_by(record);
                true
            }
            Err(refused) => {
                self.say(format!("{refused}: look at it and try again"), time);
                false
            }
        }
    }

    fn settled_by(&mut self, record: Record) {
        self.model.book.is_last = false;
        let Some(release) = self.model.current_mut() else { return };
        let Some(agreed) = &mut release.agreed else { return };
        agreed.followed();
        let path = agreed.path.clone();
        self.order_for(&path, Order::Record(record));
    }
}

impl Agreed {
    /// Whether it is itself one of the two.
    fn is_compared(comparing: &SideBySide) -> bool {
        [&comparing.mine, &comparing.theirs].into_iter().flatten().any(|handle| is_same_handle(handle, AGREED))
    }

    fn followed(&mut self) {
        self.decided = Decided::of(self.work.set());
        self.revision += 1;
    }
}

/// Has two sets compared in the background.
fn ask(
    jobs: &mut crate::app::jobs::Jobs,
    release: &mut Release,
    states: (SetOf, SetOf),
    codebook: &Arc<crate::annotation::Codebook>,
) {
    let Some(comparing) = &mut release.comparison else { return };
    comparing.asked = Some(states.clone());
    let (mine, theirs) = (comparing.mine.clone(), comparing.theirs.clone());
    let side = |layer: Option<&str>| {
        Some((release.set_of(layer)?.clone(), release.index_of(layer)?.clone(), release.places_of(layer)?))
    };
    let Some((left, right)) = side(mine.as_deref()).zip(side(theirs.as_deref())) else { return };
    let (path, document) = (release.path.clone(), Arc::clone(&release.document));
    let (paragraphs, codebook) = (release.paragraph_spans(), Arc::clone(codebook));
    jobs.run(Some(path.clone()), move |reporter| {
        let coders = [&left, &right].into_iter().enumerate();
        let coders = coders.map(|(annotator, (set, index, places))| {
            let side = Side { set, index, places };
            Coder { annotator, side }
        });
        let coders = coders.collect();
        let document = Document { text: &document.text, paragraphs: &paragraphs, coders };
        let mut made = agreement(&[(0, 1)], &[document], &codebook.scales, 0);
        let alignment = made.documents.first_mut().and_then(|part| part.pairs.first_mut()?.alignment.take());
        let figures = made.whole.pairs.into_iter().next();
        let figures = figures.map(|two| (two.figures, two.claims)).unwrap_or_default();
        let made = Versed { alignment: alignment.unwrap_or_default(), figures: figures.0, claims: figures.1 };
        reporter.report(Report::Versed(path, states, Box::new(made)));
    });
}
