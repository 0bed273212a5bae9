//! The one place where the model changes: actions and reports in, the model and new jobs out.
//!
//! Knows no panel and no pixel. What an action does to my set is in `tagging.rs`; here it is applied, journalled and
//! followed by what is derived. Held by `tests/desk.rs`.

mod book;
mod come;
mod compare;
mod follow;
mod go;
mod kept;
mod layers;
mod loading;
mod out;
mod remarks;
mod reports;
mod settle;
mod shelf;
mod sources;
mod versions;

use jiff::Timestamp as Moment;

use super::action::{Action, Attribution, ClaimRef, Speaker};
use super::command::Command as C;
use super::command::{Command, Keymap, THEIRS};
use super::desk::Desk;
use super::model::{Banner, Dialog, PathWanted, Strip, Toast};
use super::panels;
use super::proposing;
use super::release::Release;
use super::shelf::Asked;
use super::tagging::{self, Axis, Joined};
use crate::annotation::{Anchor, AnchorId, Id, Stamp, Timestamp};
use crate::assist;
use crate::document::ByteSpan;
use crate::review::Decision;
use crate::settings::{COLUMN, Font, Settings, Theme, ZOOM};

/// Points by which a key makes the column wider.
const COLUMN_STEP: f32 = 40.0;
/// The factor by which a key zooms.
const ZOOM_STEP: f32 = 1.1;
/// Seconds for which a toast stays.
const TOAST_SECONDS: f64 = 6.0;

/// Now, as files have it.
#[must_use]
pub(super) fn now() -> Timestamp {
    Moment::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl Desk {
    /// Carries out what was asked for and takes in what the background has done. `time` is egui's clock in seconds.
    pub fn logic(&mut self, time: f64) {
        for report in self.jobs.drain() {
            self.take_in(report, time);
        }
        for action in std::mem::take(&mut self.actions) {
            self.act(action, time);
        }
        self.keep_shelf();
        self.keep_compared();
        self.keep_comparison();
        if self.model.toast.as_ref().is_some_and(|toast| toast.until < time) {
            self.model.toast = None;
        }
    }

    /// What a new edit takes from outside.
    pub(super) fn stamp(&self) -> Stamp {
        // Without randomness from the system the clock's nanoseconds are better than the same ids twice.
        let random = getrandom::u64().unwrap_or_else(|_| Moment::now().as_nanosecond() as u64);
        Stamp { now: now(), session: self.model.session.clone(), random }
    }

    /// Says something that needs no answer.
    pub(super) fn say(&mut self, text: impl Into<String>, time: f64) {
        self.model.toast = Some(Toast { text: text.into(), until: time + TOAST_SECONDS, undo: false });
    }

    /// Says what was just done, and offers to take it back.
    fn say_undoable(&mut self, text: String, time: f64) {
        self.model.toast = Some(Toast { text, until: time + TOAST_SECONDS, undo: true });
    }

    /// Says what is wrong until it is closed; the same words about the same place stand once.
    pub(super) fn complain(&mut self, banner: Banner) {
        self.model.banners.retain(|other| other.place != banner.place || other.text != banner.text);
        self.model.banners.push(banner);
    }

    pub(super) fn act(&mut self, action: Action, time: f64) {
        match action {
            Action::Run(command) => self.run(command, time),
            Action::Show(dialog) => self.model.dialog = dialog,
            Action::CloseBanner(at) => {
                if at < self.model.banners.len() {
                    self.model.banners.remove(at);
                }
            }
            Action::CopyText(text) => self.to_clipboard = Some(text),
            Action::OpenLink(address) => self.open_link(address),
            Action::Settings(settings) => self.settle(*settings),

            Action::OpenPaths(paths) => self.open_paths(paths),
            Action::ShowRelease(path) => self.show_release(path),
            Action::ReadAgain(options) => self.read_again(options),
            Action::NewRelease { name, text, about } => self.new_release(&name, &text, about),
            Action::ExportTo { path, options } => self.export_to(path, &options),
            Action::PreviewExport(number, options) => self.preview_export(number, &options),
            Action::PreviewSidecar(number) => self.preview_sidecar(number),
            Action::SaveCopyTo(path) => self.save_copy_to(path),
            Action::PickExport(options) => self.pick_export(options),
            Action::PickFigure { figure, axis } => self.pick(super::jobs::Picking::Figure(figure, axis)),
            Action::FigureTo { path, figure, axis } => self.figure_to(path, figure, axis),
            Action::MergeCopy { release, copy } => {
                self.order_for(&release, super::keeping::Order::MergeCopy(copy));
            }
            Action::RepairSidecar => self.order(super::keeping::Order::Repair),

            Action::SelectClaims { claims, reveal } => self.select_claims(claims, reveal),
            Action::Deselect => self.select_claims(Vec::new(), false),
            Action::SelectText(span) => self.select_text(span),
            Action::ReaderMoved { selection, caret } => self.reader_moved(selection, caret),
            Action::Clicked { claim, add } => self.clicked(claim, add),
            Action::Find(query) => self.find(query),
            Action::ShowHit(number) => self.show_hit(number),
            Action::CloseFind => self.close_find(),
            Action::LookAt { handle, look } => self.change_view(|view| view.set_look(&handle, look)),
            Action::Alone(handle) => self.alone(handle),
            Action::TakeAway(handle) => self.take_away(&handle),
            Action::LoadLayers(paths) => self.load_layers(paths),
            Action::LoadOver { from, document } => self.load_over(from, document, time),
            Action::PickDocument(from) => self.pick(super::jobs::Picking::Document(from)),
            Action::AdoptClaims(claims) => self.adopt(&claims, time),
            Action::AdoptLayer(handle) => self.adopt_layer(&handle, time),
            Action::Compare { mine, theirs } => self.compare(mine, theirs, time),
            Action::LeaveCompare => self.leave_compare(),
            Action::FilterDifferences(filter) => self.filter_differences(filter),
            Action::GoToDifference(place) => self.go_to_difference(place),
            Action::DecideWhy(why) => self.decide_why(&why, time),
            Action::EditAgreed { claim, fields } => self.edit_agreed(&claim, &fields, time),
            Action::HaveRead(remarks) => self.have_read(&remarks),
            Action::ShowRemarks => self.show_remarks(),
            Action::Settle { thread, settled, text } => self.settle_thread(&thread, settled, &text, time),

            Action::OpenStrip => {
                let claim = self.model.current().and_then(|release| release.own_selected().last().cloned());
                if let Some(claim) = claim {
                    self.open_strip(claim, false);
                }
            }
            Action::KindIs(kind) => {
                self.model.kind_follows = false;
                if let Some(kind) = kind {
                    self.act(panels::set_kind(Some(kind)), time);
                }
            }
            Action::EndStrip => self.model.strip = None,
            Action::Attribute(given) => self.attribute(&given, time),
            Action::SkipUndo => self.skip_undo(),
            Action::EditCodebook { .. }
            | Action::UndoCodebook
            | Action::RedoCodebook
            | Action::LookRecode(_)
            | Action::Recode => self.book_action(action, time),
            Action::Register(edit) => self.change_register(edit, time),
            Action::Ask(asked) => self.model.shelf.asked = asked,
            Action::AskInTable(query) => {
                self.model.shelf.asked = Some(Asked { query, sort: None });
                if !self.model.settings.layout.table {
                    self.toggle(|settings| &mut settings.layout.table);
                }
            }
            Action::Pick(asked) => self.model.shelf.picking = Some(asked),
            Action::Relate { from, kind, to } => self.relate(&from, &kind, &to, time),
            Action::Unrelate(relation) => self.unrelate(&relation, time),
            Action::CompareWith { other, is_older } => self.compare_with(other, is_older, time),
            Action::PickVersion { is_older } => self.pick(super::jobs::Picking::Version { is_older }),
            Action::CarryClaims(take) => self.carry_claims(&take, time),
            Action::GoTo(path, target) => self.go_to(path, target),
            action => self.edit_by(action, time),
        }
    }

    /// Actions that make one edit of my set.
    fn edit_by(&mut self, action: Action, time: f64) {
        let stamp = self.stamp();
        let snap_words = self.model.settings.snap_words;
        let Some(release) = self.editable(time) else { return };
        let own = release.own_selected();
        let mut draft = release.work.draft(stamp.clone());
        let mut goes_on = false;
        match action {
            Action::SetField { field, typing } => {
                draft.set_field(&own, &field);
                goes_on = typing;
            }
            Action::Assess { axis, term } => {
                let Some(axis) = self.axis_with_scale(&axis) else { return };
                let Some(release) = self.model.current() else { return };
                // What a colleague has marked can be judged as well: the judgement is mine.
                let judged: Vec<Id> = release.selected.iter().map(|claim| claim.id.clone()).collect();
                let edit = tagging::assess(release, &judged, &axis, term.as_deref(), stamp);
                let made = self.edit(edit, time);
                self.say_whose(made, time);
                self.warn_of_origins(time);
                return;
            }
            Action::AssessWhy { axis, why } => {
                let Some(claim) = release.at_hand() else { return };
                let edit = tagging::assess_why(release, &claim.id, &axis, &why, stamp);
                self.edit_on(edit, time);
                return;
            }
            Action::Reshape { claim, spans } => {
                let snap = self.model.settings.snap_words;
                let Some(release) = self.model.current() else { return };
                let Some(edit) = tagging::reshape(release, &claim, &spans, snap, stamp) else { return };
                self.edit(edit, time);
                return;
            }
            Action::SetAbout(about) => draft.set_about(about),
            Action::SetState(state) => draft.set_state(state.as_deref()),
            Action::Unattribute => draft.set_chain(&own, None),
            Action::RemoveSpeaker(speaker) => {
                for claim in &own {
                    draft.remove_speaker(claim, &speaker);
                }
                draft.delete_unused_mentions([speaker]);
            }
            Action::AddRemark { on, text } => {
                draft.remark(&on, &text);
            }
            Action::DeleteRemark(remark) => draft.delete_remark(&remark),
            Action::SettleConflicts { conflicts, how } => {
                if let Err(why) = settle::settle(release.set(), &mut draft, &conflicts, how) {
                    self.model.toast = Some(Toast { text: why, until: time + TOAST_SECONDS, undo: false });
                    return;
                }
            }
            Action::Dismiss { check, on, span, why } => {
                let why = Some(why).filter(|why| !why.is_empty());
                let anchor = span.and_then(|span| Anchor::new(&release.document.text, &[span]));
                match (on, anchor) {
                    (Some(on), _) => drop(draft.waive(&check, &on, why)),
                    (None, Some(anchor)) => drop(draft.refuse(&check, anchor, why)),
                    (None, None) => {}
                }
            }
            Action::Undismiss(id) => draft.delete_dismissal(&id),
            Action::MarkRepeats(spans) => {
                let Some(claim) = own.last() else { return };
                let text = &release.document.text;
                let anchors = spans.iter().filter_map(|&span| Anchor::new(text, &[span])).collect();
                draft.mark_repeats(claim, anchors);
            }
            Action::AcceptAnchor(id) => follow::accept(release, &mut draft, &[id]),
            Action::AcceptAllMoved => {
                let moved: Vec<AnchorId> = release.surely_moved();
                follow::accept(release, &mut draft, &moved);
            }
            Action::PlaceAnchor(id) => {
                let text = &release.document.text;
                let words = tagging::snapped(text.as_str(), release.selection, snap_words);
                let Some(anchor) = Anchor::new(text, &[words]) else {
                    self.say("Select the words first, then place the mark on them", time);
                    return;
                };
                draft.set_anchor(&id, anchor);
            }
            _ => return,
        }
        let edit = draft.finish();
        if goes_on {
            self.edit_on(edit, time);
        } else {
            self.edit(edit, time);
        }
    }

    /// The release that is shown, where my set of it can be changed; else says why not.
    fn editable(&mut self, time: f64) -> Option<&Release> {
        let refused = match self.model.current() {
            None => Some("Open a release first"),
            Some(release) => release.editable().err(),
        };
        if let Some(why) = refused {
            self.say(why, time);
            return None;
        }
        self.model.current()
    }

    fn run(&mut self, command: Command, time: f64) {
        if let Err(why) = command.enabled(&self.model) {
            self.say(why, time);
            return;
        }
        match command {
            C::Open => self.pick_open(),
            C::OpenFolder => self.pick_folder(),
            C::OpenSample => self.open_sample(),
            C::PasteRelease => {
                self.model.dialog = Dialog::NewRelease;
                self.wants_paste = true;
            }
            C::Save => {
                self.order(super::keeping::Order::Save);
                let agreed = self.model.current().and_then(|release| release.agreed.as_ref());
                if let Some(path) = agreed.map(|agreed| agreed.path.clone()) {
                    self.order_for(&path, super::keeping::Order::Save);
                }
            }
            C::SaveCopy => self.pick_save_copy(),
            C::Export => self.model.dialog = Dialog::Export,
            C::ShowSidecar => self.model.dialog = Dialog::Sidecar,
            C::AboutRelease => self.model.dialog = Dialog::AboutRelease,
            C::CloseRelease => self.close_release(),
            C::NextRelease => self.step_release(1),
            C::PreviousRelease => self.step_release(-1),
            C::Quit => self.quit = true,
            C::Undo if self.model.means_codebook(Command::Undo) => self.undo_codebook(time),
            C::Redo if self.model.means_codebook(Command::Redo) => self.redo_codebook(time),
            C::Undo | C::Redo if self.model.current().is_some_and(|release| release.comparison.is_some()) => {
                self.step_agreed(command == C::Undo, time);
            }
            C::Undo => self.undo(time),
            C::Redo => self.redo(time),
            C::Compare => self.compare_or_leave(time),
            C::NextDifference => self.step_difference(1, time),
            C::PreviousDifference => self.step_difference(-1, time),
            C::TakeMine => self.decide(Decision::Mine, time),
            C::TakeTheirs => self.decide(Decision::Theirs, time),
            C::TakeBoth => self.decide(Decision::Both, time),
            C::EditAgreed => self.open_edit_agreed(time),
            C::TakeAgreed => self.take_agreed(time),
            C::Copy => self.copy(false),
            C::CopyQuotation => self.copy(true),
            C::SelectAll | C::Grow | C::Shrink => self.reader_command(command),
            C::Find => self.open_find(),
            C::FindNext => self.step_hit(1),
            C::FindPrevious => self.step_hit(-1),
            C::MarkClaim => self.mark_claim(time),
            C::MarkSource => self.mark_source(time),
            C::MarkThrough => self.mark_through(time),
            C::MarkCue => self.mark_cue(time),
            C::Kind => self.model.kind_follows = true,
            C::Term(digit) => self.digit(self.model.axis().to_owned(), digit, time),
            C::Reliability(digit) => self.digit("reliability".to_owned(), digit, time),
            C::ClearTerm => {
                let axis = self.model.axis().to_owned();
                self.act(Action::Assess { axis, term: None }, time);
            }
            C::NextAxis => self.next_axis(time),
            C::Repeats => self.show_repeats(time),
            C::EndLater
            | C::EndEarlier
            | C::StartLater
            | C::StartEarlier
            | C::EndLaterByCharacter
            | C::EndEarlierByCharacter
            | C::StartLaterByCharacter
            | C::StartEarlierByCharacter => self.resize(command, time),
            C::ExtendByOtherSpan => self.add_span(time),
            C::DeleteClaim => self.delete_claims(time),
            C::Remark => self.open_remark(time),
            C::Inspector => self.model.inspector_over = !self.model.inspector_over,
            C::NextClaim => self.step_claim(1),
            C::PreviousClaim => self.step_claim(-1),
            C::CycleClaims => self.cycle_here(),
            C::NextOpen => self.next_open(time),
            C::MarkRead => self.mark_read(time),
            C::StateDone => self.act(Action::SetState(Some("done".to_owned())), time),
            C::StateRevisit => self.act(Action::SetState(Some("revisit".to_owned())), time),
            C::Layers
            | C::DimLayers
            | C::NextAlone
            | C::NextTheirs
            | C::PreviousTheirs
            | C::NextUnread
            | C::CopyTheirs
            | C::LoadLayer
            | C::LoadLayerFolder => self.layer_command(command, time),
            C::Anchors => self.model.dialog = Dialog::Anchors,
            C::NewVersion => self.model.dialog = Dialog::Versions,
            C::Completeness => self.model.dialog = Dialog::Completeness,
            C::Relate => {
                let claim = self.model.current().and_then(|release| release.own_selected().last().cloned());
                self.model.dialog = claim.map_or(Dialog::None, Dialog::Relate);
            }
            C::Overview => self.model.dialog = Dialog::Overview,
            C::Relations => self.model.dialog = Dialog::Relations,
            C::Sources => self.model.dialog = Dialog::Sources(self.source_at_hand()),
            C::ToggleLeft => self.toggle(|settings| &mut settings.layout.left),
            C::ToggleTable => self.toggle(|settings| &mut settings.layout.table),
            C::ToggleInspector => self.toggle(|settings| &mut settings.layout.inspector),
            C::FocusReader | C::FocusTable => self.focus = Some(command),
            C::ThemeLight => self.change(|settings| settings.theme = Theme::Light),
            C::ThemeDark => self.change(|settings| settings.theme = Theme::Dark),
            C::ThemeSystem => self.change(|settings| settings.theme = Theme::System),
            C::ZoomIn => self.change(|settings| settings.zoom = (settings.zoom * ZOOM_STEP).min(*ZOOM.end())),
            C::ZoomOut => self.change(|settings| settings.zoom = (settings.zoom / ZOOM_STEP).max(*ZOOM.start())),
            C::ZoomReset => self.change(|settings| settings.zoom = 1.0),
            C::ColumnWider => {
                self.change(|settings| settings.column = (settings.column + COLUMN_STEP).min(*COLUMN.end()));
            }
            C::ColumnNarrower => {
                self.change(|settings| settings.column = (settings.column - COLUMN_STEP).max(*COLUMN.start()));
            }
            C::ToggleSerif => self.change(|settings| {
                settings.font = if settings.font == Font::Serif { Font::Sans } else { Font::Serif };
            }),
            C::Codebook => self.model.dialog = Dialog::Codebook,
            C::Settings => self.model.dialog = Dialog::Settings,
            C::Palette => self.model.dialog = Dialog::Palette,
            C::Keys => self.model.dialog = Dialog::Keys,
            C::About => self.model.dialog = Dialog::About,
        }
    }

    fn toggle(&mut self, field: impl FnOnce(&mut Settings) -> &mut bool) {
        self.change(|settings| {
            let field = field(settings);
            *field = !*field;
        });
    }

    fn change(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.model.settings.clone();
        change(&mut settings);
        self.settle(settings);
    }

    /// Takes new settings into force and writes them.
    fn settle(&mut self, settings: Settings) {
        let old = std::mem::replace(&mut self.model.settings, settings);
        let new = &self.model.settings;
        if old.keys != new.keys {
            (self.model.keymap, self.model.key_troubles) = Keymap::new(&new.keys);
        }
        let is_renamed = old.handle != new.handle || old.name != new.name;
        if old.axis != new.axis || old.scales != new.scales {
            self.refresh_marks();
        }
        if is_renamed {
            self.model.is_new_here = false;
            self.own_me = None;
            self.rename_me(&old.handle);
        }
        self.save_settings();
    }

    fn next_axis(&mut self, time: f64) {
        let axes: Vec<String> = self.model.codebook.in_use.iter().map(|used| used.axis.clone()).collect();
        let at = axes.iter().position(|axis| axis == self.model.axis()).map_or(0, |at| at + 1);
        if let Some(axis) = axes.get(at).or(axes.first()).cloned() {
            let label = self.axis_label(&axis);
            self.change(|settings| settings.axis = axis);
            self.say(format!("Digits and lines now show {label}"), time);
        }
    }

    fn axis_label(&self, axis: &str) -> String {
        let used = self.model.scale(axis).and_then(|scale| self.model.codebook.scales.axis(scale, axis));
        used.map_or_else(|| axis.to_owned(), |axis| axis.label.clone())
    }

    fn axis_with_scale(&self, axis: &str) -> Option<Axis> {
        Some(Axis { axis: axis.to_owned(), scale: self.model.scale(axis)?.to_owned() })
    }

    /// Judges by a digit: the term with this number on the axis.
    fn digit(&mut self, axis: String, digit: u8, time: f64) {
        let scale = self.model.scale(&axis).and_then(|scale| self.model.codebook.scales.axis(scale, &axis));
        let Some(term) = scale.and_then(|scale| scale.term_by_digit(digit)) else {
            let label = self.axis_label(&axis);
            self.say(format!("{label} has no term number {digit}"), time);
            return;
        };
        let term = Some(term.key.clone());
        self.act(Action::Assess { axis, term }, time);
    }

    /// C: a claim of the words meant, and the strip that asks for its source. On a claim that is at hand already, the
    /// strip alone.
    fn mark_claim(&mut self, time: f64) {
        let stamp = self.stamp();
        let snap = self.model.settings.snap_words;
        let Some(release) = self.editable(time) else { return };
        let at_hand = release.at_hand().filter(|claim| claim.layer.is_none()).cloned();
        if let Some(claim) = at_hand
            && (release.selection.is_empty() || release.claim_spans(&claim) == [release.selection])
            && release.claims_at(release.caret).contains(&claim)
        {
            self.open_strip(claim.id, false);
            return;
        }
        if release.selection.is_empty() && release.colleague_at_hand().is_some() {
            return self.say(THEIRS, time);
        }
        let spans = tagging::words_meant(release, snap);
        let Some((edit, id)) = tagging::mark_claim(release, &spans, stamp) else {
            self.say("Select the words of the claim first, or put the caret into a sentence", time);
            return;
        };
        if self.edit(edit, time) {
            self.select_claims(vec![ClaimRef::mine(id.clone())], true);
            self.model.strip = Some(Strip { claim: id, through: false });
        }
    }

    /// Opens the strip for a claim that is at hand, and brings the claim into view.
    fn open_strip(&mut self, claim: Id, through: bool) {
        let Some(release) = self.model.current() else { return };
        let spans = release.claim_spans(&ClaimRef::mine(claim.clone()));
        if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
            let words = ByteSpan { start: first.start, end: last.end };
            self.readers.entry(release.path.clone()).or_default().reveal(words);
        }
        self.model.strip = Some(Strip { claim, through });
    }

    fn attribute(&mut self, given: &Attribution, time: f64) {
        let stamp = self.stamp();
        let axes: Vec<Axis> = given.terms.iter().filter_map(|(axis, _)| self.axis_with_scale(axis)).collect();
        let strip = self.model.strip.take();
        self.model.last_source = match &given.speaker {
            Speaker::Source(id) | Speaker::Register(id, _) => Some(id.clone()),
            _ => self.model.last_source.take(),
        };
        let Some(release) = self.editable(time) else { return };
        let claims = strip.map_or_else(|| release.own_selected(), |strip| vec![strip.claim]);
        let edit = if given.speaker == Speaker::Nobody {
            let mut draft = release.work.draft(stamp);
            for (axis, term) in &given.terms {
                if let Some(axis) = axes.iter().find(|known| known.axis == *axis) {
                    draft.assess(&claims, &tagging::judgement(axis, Some(term)));
                }
            }
            draft.finish()
        } else {
            tagging::attribute(release, &claims, given, &axes, stamp)
        };
        self.edit(edit, time);
    }

    fn mark_source(&mut self, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        if release.selection.is_empty() && release.colleague_at_hand().is_some() {
            return self.say(THEIRS, time);
        }
        let claim = release.own_selected().last().cloned();
        let Some(span) = self.selected_words(time) else { return };
        let Some(release) = self.model.current() else { return };
        let speaker = proposing::named(&self.model, release, span);
        let words = release.document.text.slice(span).to_owned();
        let marked = tagging::mark_source(release, span, speaker.as_ref(), claim.as_ref(), stamp);
        let Some((edit, joined)) = marked else { return };
        if edit.is_empty() {
            let what = match joined {
                Joined::Alone => "is marked as a source already; select a claim first to join it",
                _ => "is the source of this claim already",
            };
            return self.say(format!("“{words}” {what}"), time);
        }
        if !self.edit(edit, time) {
            return;
        }
        match joined {
            Joined::Alone => self.say("Source mention marked; select a claim first to join it", time),
            Joined::Named => {}
            Joined::Beside => self.say_undoable(format!("“{words}” speaks jointly now"), time),
            Joined::Instead(names) => {
                self.say_undoable(format!("“{words}” says it now instead of {}", names.join(" and ")), time);
            }
        }
    }

    /// A further voice of the claim at hand, before all others: the selected words, or what the strip asks for.
    fn mark_through(&mut self, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let Some(claim) = release.own_selected().last().cloned() else { return };
        if let Err(why) = tagging::can_be_told(release, &claim) {
            return self.say(why, time);
        }
        if release.selection.is_empty() {
            return self.open_strip(claim, true);
        }
        let Some(span) = self.selected_words(time) else { return };
        let Some(release) = self.model.current() else { return };
        let speaker = proposing::named(&self.model, release, span);
        if let Some(edit) = tagging::mark_through(release, span, speaker.as_ref(), &claim, stamp) {
            self.edit(edit, time);
        }
    }

    fn mark_cue(&mut self, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let Some(claim) = release.own_selected().last().cloned() else {
            let is_theirs = release.colleague_at_hand().is_some();
            self.say(if is_theirs { THEIRS } else { "Select the claim first, then the words that attribute it" }, time);
            return;
        };
        let Some(span) = self.selected_words(time) else { return };
        let Some(release) = self.model.current() else { return };
        match tagging::mark_cue(release, span, &claim, stamp) {
            Ok(Some(edit)) => drop(self.edit(edit, time)),
            Ok(None) => {}
            Err(why) => self.say(why.to_string(), time),
        }
    }

    /// The selection as it is stored, or the word at the caret; says so where there is neither.
    fn selected_words(&mut self, time: f64) -> Option<ByteSpan> {
        let snap = self.model.settings.snap_words;
        let release = self.model.current()?;
        let text = release.document.text.as_str();
        let span = if release.selection.is_empty() {
            crate::document::words::trimmed(text, crate::document::words::word_at(text, release.caret))
        } else {
            tagging::snapped(text, release.selection, snap)
        };
        if release.document.text.slice(span).trim().is_empty() {
            self.say("Select the words first", time);
            return None;
        }
        Some(span)
    }

    fn resize(&mut self, command: Command, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let Some(claim) = release.own_selected().last().cloned() else { return };
        if let Some(edit) = tagging::resize(release, &claim, command, stamp) {
            self.edit_on(edit, time);
        }
    }

    fn add_span(&mut self, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let Some(claim) = release.own_selected().last().cloned() else { return };
        let Some(span) = self.selected_words(time) else { return };
        let Some(release) = self.model.current() else { return };
        if let Some(edit) = tagging::add_span(release, &claim, span, stamp) {
            self.edit(edit, time);
        }
    }

    fn delete_claims(&mut self, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let own = release.own_selected();
        let mut draft = release.work.draft(stamp);
        draft.delete_claims(&own);
        let edit = draft.finish();
        if self.edit(edit, time) {
            let text =
                if own.len() == 1 { "Claim deleted".to_owned() } else { format!("{} claims deleted", own.len()) };
            self.say_undoable(text, time);
        }
    }

    fn mark_read(&mut self, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.editable(time) else { return };
        let Some(structure) = release.structure.clone() else { return };
        let Some(number) = release.paragraph_at(release.caret) else { return };
        let mut draft = release.work.draft(stamp);
        draft.set_read(&[number], true);
        if release.set().header.state.is_none() {
            draft.set_state(Some("reading"));
        }
        let edit = draft.finish();
        self.edit(edit, time);
        if let Some(next) = structure.paragraph(number + 1) {
            let at = ByteSpan { start: next.span.start, end: next.span.start };
            self.select_text(at);
        }
    }

    fn open_remark(&mut self, time: f64) {
        let claim = self.model.current().and_then(|release| release.at_hand().cloned());
        match claim {
            Some(claim) => self.model.dialog = Dialog::Remark(claim.id),
            None => self.say("Select the claim first, yours or a colleague's", time),
        }
    }

    fn show_repeats(&mut self, time: f64) {
        let Some(release) = self.model.current() else { return };
        let text = &release.document.text;
        let span = match release.at_hand() {
            Some(claim) if release.selection.is_empty() => release.claim_spans(claim).first().copied(),
            _ => Some(release.selection).filter(|span| !span.is_empty()),
        };
        let Some(span) = span else {
            self.say("Select words or a claim first", time);
            return;
        };
        let others: Vec<_> = assist::repeats(text, span).into_iter().filter(|found| *found != span).collect();
        if others.is_empty() {
            self.say("These words stand nowhere else in this release", time);
        } else if !release.has_own_selected() {
            self.say("Mark the words as a claim first (C), then R marks their repeats alike", time);
        } else {
            self.model.dialog = Dialog::Repeats(others);
        }
    }

    fn open_link(&mut self, address: String) {
        let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        if matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) {
            self.to_browser = Some(address);
        }
    }

    fn pick_save_copy(&mut self) {
        self.pick(super::jobs::Picking::SaveCopy);
    }

    /// Where no file dialog came, a path can be typed.
    pub(super) fn type_path(&mut self, wanted: PathWanted) {
        self.model.dialog = Dialog::Path(wanted);
    }
}
