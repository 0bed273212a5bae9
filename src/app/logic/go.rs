//! Where one is: selected claims, the caret, hits of a search, from one to the next.

use crate::app::action::ClaimRef;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::release::{Find, Release};
use crate::document::ByteSpan;
use crate::review::Thread;

/// Texts up to this many bytes are searched at once, longer ones in the background.
const SEARCH_AT_ONCE: usize = 1 << 20;

/// The most hits that are kept: what nobody would step through.
const MOST_HITS: usize = 100_000;

impl Desk {
    pub(super) fn select_claims(&mut self, claims: Vec<ClaimRef>, reveal: bool) {
        let Some(release) = self.model.current_mut() else { return };
        release.selected = claims.into_iter().filter(|claim| release.claim(claim).is_some()).collect();
        let span = release.at_hand().map(|claim| release.claim_spans(claim)).and_then(|spans| hull(&spans));
        if reveal && let Some(span) = span {
            release.caret = span.start;
            release.selection = ByteSpan { start: span.start, end: span.start };
            let reader = self.readers.entry(release.path.clone()).or_default();
            reader.put_caret(span.start);
            reader.reveal(span);
        }
    }

    pub(super) fn select_text(&mut self, span: ByteSpan) {
        let Some(release) = self.model.current_mut() else { return };
        (release.selection, release.caret) = (span, span.end);
        self.readers.entry(release.path.clone()).or_default().select(span);
    }

    pub(super) fn reader_moved(&mut self, selection: ByteSpan, caret: usize) {
        if let Some(release) = self.model.current_mut() {
            (release.selection, release.caret) = (selection, caret);
        }
    }

    /// A click on a claim: with `add` it joins the selection or leaves it; on the one at hand the next one there.
    pub(super) fn clicked(&mut self, claim: ClaimRef, add: bool) {
        let Some(release) = self.model.current() else { return };
        if !add {
            return self.select_claims(vec![claim], false);
        }
        let mut claims = release.selected.clone();
        match claims.iter().position(|other| *other == claim) {
            Some(at) => drop(claims.remove(at)),
            None => claims.push(claim),
        }
        self.select_claims(claims, false);
    }

    pub(super) fn reader_command(&mut self, command: Command) {
        let Some(release) = self.model.current_mut() else { return };
        let reader = self.readers.entry(release.path.clone()).or_default();
        let text = &release.document.text;
        match command {
            Command::Grow => reader.grow(text, release.structure.as_deref()),
            Command::Shrink => reader.shrink(text, release.structure.as_deref()),
            _ => reader.select_all(text),
        }
        (release.selection, release.caret) = (reader.selection(), reader.caret());
    }

    /// The next or the previous claim in the text, from the one at hand or from the caret; round at the ends.
    pub(super) fn step_claim(&mut self, by: isize) {
        let Some(release) = self.model.current() else { return };
        let order = release.in_text_order();
        if let Some(claim) = step(release, &order, by, |_| true) {
            self.select_claims(vec![claim], true);
        }
    }

    /// The next of my claims that nobody is named for, or that is not judged on the axis in use.
    pub(super) fn next_open(&mut self, time: f64) {
        let axis = self.model.axis().to_owned();
        let Some(release) = self.model.current() else { return };
        let open = |claim: &ClaimRef| {
            claim.layer.is_none()
                && release
                    .claim(claim)
                    .is_some_and(|item| !item.is_attributed() || release.assessment(claim, &axis).is_none())
        };
        match step(release, &release.in_text_order(), 1, open) {
            Some(claim) => self.select_claims(vec![claim], true),
            None => self.say("Every claim has a source and is judged on this axis", time),
        }
    }

    /// The next of the claims under the caret, or under the claim at hand.
    pub(super) fn cycle_here(&mut self) {
        let Some(release) = self.model.current() else { return };
        let byte = match release.at_hand().map(|claim| release.claim_spans(claim)).and_then(|spans| hull(&spans)) {
            Some(span) if release.claims_at(release.caret).is_empty() => span.start,
            _ => release.caret,
        };
        let here = release.claims_at(byte);
        let at = release.at_hand().and_then(|claim| here.iter().position(|other| other == claim));
        let next = at.map_or(0, |at| (at + 1) % here.len().max(1));
        if let Some(claim) = here.get(next).cloned() {
            self.select_claims(vec![claim], false);
        }
    }

    /// The next or the previous claim of the shown colleagues, from the one at hand or from the caret.
    pub(super) fn step_theirs(&mut self, by: isize, time: f64) {
        let Some(release) = self.model.current() else { return };
        match step(release, &release.theirs_in_text_order(), by, |_| true) {
            Some(claim) => self.select_claims(vec![claim], true),
            None => self.say("No colleague's claim is shown here", time),
        }
    }

    /// The next claim with a remark that I have not read; what was said about something that is gone comes last.
    pub(super) fn next_unread(&mut self, time: f64) {
        let Some(release) = self.model.current() else { return };
        let is_new = |thread: &&Thread| thread.said.iter().any(|said| release.is_unread(said));
        let items = release.threads.items().filter(|item| release.threads.about(item).any(|thread| is_new(&thread)));
        let mut claims: Vec<ClaimRef> = items.filter_map(|item| release.claim_of_id(item)).collect();
        claims.sort_by_key(|claim| release.claim_spans(claim).first().map_or(usize::MAX, |span| span.start));
        let has_loose = release.threads.loose().any(|thread| is_new(&thread));
        match step(release, &claims, 1, |_| true) {
            Some(claim) => {
                self.select_claims(vec![claim], true);
                self.show_remarks();
            }
            None if has_loose => {
                self.select_claims(Vec::new(), false);
                self.show_remarks();
            }
            None => self.say("You have read all remarks here", time),
        }
    }

    /// The inspector is there, where the remarks are.
    pub(super) fn show_remarks(&mut self) {
        self.model.inspector_over = true;
        if !self.model.settings.layout.inspector {
            self.toggle(|settings| &mut settings.layout.inspector);
        }
    }

    pub(super) fn open_find(&mut self) {
        if let Some(release) = self.model.current_mut() {
            release.find.open = true;
            self.focus = Some(Command::Find);
        }
    }

    pub(super) fn close_find(&mut self) {
        if let Some(release) = self.model.current_mut() {
            release.find = Find::default();
            self.focus = Some(Command::FocusReader);
        }
    }

    pub(super) fn find(&mut self, query: String) {
        let Some(release) = self.model.current_mut() else { return };
        release.find.query.clone_from(&query);
        let text = release.document.text.clone();
        let path = release.path.clone();
        if text.len() <= SEARCH_AT_ONCE {
            let hits = hits(text.as_str(), &query, || false);
            return self.found(&path, &query, hits);
        }
        self.jobs.cancel(self.search);
        self.search = self.jobs.run(Some(path.clone()), move |reporter| {
            let hits = hits(text.as_str(), &query, || reporter.is_cancelled());
            reporter.report(Report::Found { path, query, hits });
        });
    }

    /// Hits have come; the first one after the caret is gone to.
    pub(super) fn found(&mut self, path: &std::path::Path, query: &str, hits: Vec<ByteSpan>) {
        let Some(release) = self.model.release_mut(path).filter(|release| release.find.query == query) else { return };
        let first = hits.partition_point(|hit| hit.end <= release.selection.start);
        release.find.current = (!hits.is_empty()).then(|| first % hits.len());
        release.find.hits = hits;
        let to = release.find.current.and_then(|at| release.find.hits.get(at).copied());
        if let Some(span) = to {
            self.readers.entry(path.to_owned()).or_default().reveal(span);
        }
    }

    pub(super) fn step_hit(&mut self, by: isize) {
        let Some(release) = self.model.current() else { return };
        let count = release.find.hits.len() as isize;
        let at = release.find.current.map_or(0, |at| (at as isize + by).rem_euclid(count.max(1)));
        self.show_hit(at as usize);
    }

    pub(super) fn show_hit(&mut self, number: usize) {
        let Some(release) = self.model.current_mut() else { return };
        let Some(span) = release.find.hits.get(number).copied() else { return };
        release.find.current = Some(number);
        self.select_text(span);
    }
}

/// The claim `by` places from the one at hand, or from the caret, among those that `wanted` takes; round at the ends.
fn step(release: &Release, order: &[ClaimRef], by: isize, wanted: impl Fn(&ClaimRef) -> bool) -> Option<ClaimRef> {
    let at_hand = release.at_hand().and_then(|claim| order.iter().position(|other| other == claim));
    let count = order.len() as isize;
    let from = match at_hand {
        Some(at) => at as isize + by,
        None => {
            let start = |claim: &ClaimRef| release.claim_spans(claim).first().map_or(0, |span| span.start);
            let next = order.partition_point(|claim| start(claim) < release.caret) as isize;
            if by > 0 { next } else { next - 1 }
        }
    };
    let round = (0..count).map(|i| (from + i * by.signum()).rem_euclid(count));
    round.filter_map(|at| order.get(at as usize)).find(|claim| wanted(claim)).cloned()
}

fn hull(spans: &[ByteSpan]) -> Option<ByteSpan> {
    Some(ByteSpan { start: spans.first()?.start, end: spans.last()?.end })
}

/// Where words stand, without case, any white space between them; overlapping hits once.
fn hits(text: &str, query: &str, cancelled: impl Fn() -> bool) -> Vec<ByteSpan> {
    let words: Vec<String> = query.split_whitespace().map(regex::escape).collect();
    if words.is_empty() {
        return Vec::new();
    }
    // Escaped words make a valid pattern; one that is too large to compile finds nothing.
    let pattern = regex::RegexBuilder::new(&words.join(r"\s+")).case_insensitive(true).build();
    let Ok(pattern) = pattern else { return Vec::new() };
    let found = pattern.find_iter(text).take_while(|_| !cancelled()).take(MOST_HITS);
    found.map(|found| ByteSpan { start: found.start(), end: found.end() }).collect()
}
