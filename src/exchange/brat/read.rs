//! `.ann` → set.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::anchors::{self, Found, divided};
use super::kept::{ClaimNames, Kept};
use super::lines::{Line, Lines, What};
use super::sources::{self, Speaking};
use super::{ATTRIBUTION, CONTENT, CUE, FIELD, NOTES, SOURCE, UNNAMED, WITHOUT_SOURCE, WRITER, YES, role};
use crate::annotation::{
    Anchor, AnnotationSet, Annotator, Claim, DocumentRef, Header, Id, IdKind, Mention, Relation, Source, Table, Voice,
};
use crate::document::{CodeSpan, Document, Text};
use crate::exchange::import::{ImportError, Imported, Told};

/// Most voices of a chain: events nested deeper are kept aside.
const MOST_VOICES: usize = 16;

/// How much of a quotation is told.
const TOLD_WORDS: usize = 40;

/// Reads a file. See [`Importer::read`](crate::exchange::Importer::read).
pub(super) fn read(bytes: &[u8], document: &Document, annotator: &Annotator) -> Result<Imported, ImportError> {
    let lines = Lines::of(bytes)?;
    let (ruler, places) = anchors::find(&document.text, &lines);
    let mut seed = Sha256::new();
    for part in [document.text_sha256().as_bytes(), b" ", annotator.handle.as_bytes(), b" ", bytes] {
        seed.update(part);
    }
    let mut reader = Reader {
        text: &document.text,
        lines: &lines,
        places: &places,
        seed,
        ids: BTreeSet::new(),
        found: Reading::default(),
        aside: BTreeSet::new(),
        told: lines.told.clone(),
    };
    let plan = Plan::of(&lines, &places);
    reader.take_events(&plan);
    reader.take_entities(&plan);
    reader.take_marks(&plan);
    reader.take_sources();
    reader.tell_places(&plan);
    let mut told = reader.told;
    told.sort();
    let Reading { mut kept, claims, mentions, sources, relations, .. } = reader.found;
    kept.lines = reader.aside.into_iter().filter_map(|at| lines.all.get(at).zip(places.get(at))).map(as_kept).collect();
    kept.lines.extend(lines.unread.iter().map(|(_, line)| (*line).to_owned()));
    let header = Header {
        document: DocumentRef::of(document, None),
        annotator: annotator.clone(),
        ext: Some(kept.print()),
        ..Header::default()
    };
    let set = AnnotationSet {
        header: Arc::new(header),
        sources: shared(sources),
        mentions: shared(mentions),
        claims: shared(claims),
        relations: shared(relations),
        ..AnnotationSet::default()
    };
    Ok(Imported { set, told, notes: ruler.note().map(str::to_owned).into_iter().collect() })
}

fn shared<T>(items: BTreeMap<Id, T>) -> Table<T> {
    items.into_iter().map(|(id, item)| (id, Arc::new(item))).collect()
}

/// A line that has no place in the set, its positions by the canonical text.
fn as_kept((line, (fragments, _)): (&Line<'_>, &(Vec<CodeSpan>, Found))) -> String {
    match &line.what {
        What::Text { kind, words, .. } => format!("{}\t{kind} {}\t{words}", line.id, printed(fragments)),
        _ => line.raw.as_ref().to_owned(),
    }
}

/// Fragments as brat writes them.
pub(super) fn printed(fragments: &[CodeSpan]) -> String {
    let parts: Vec<String> = fragments.iter().map(|it| format!("{} {}", it.start, it.end)).collect();
    parts.join(";")
}

/// Which events become attributions, and in which voice.
#[derive(Default)]
struct Plan<'a> {
    /// By id.
    events: BTreeMap<&'a str, Planned<'a>>,
    /// The event whose content an event is.
    outer: BTreeMap<&'a str, &'a str>,
    /// Events that are in the voices of a claim.
    spoken: BTreeSet<&'a str>,
    /// Text-bounds that are triggers.
    triggers: BTreeSet<&'a str>,
    /// Events whose speaker is the writer of the release.
    by_writer: BTreeSet<&'a str>,
    /// Text-bounds of events that are in no voice.
    aside: BTreeSet<&'a str>,
    /// Names of speakers whom the text does not name, by event.
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
}

#[derive(Default)]
struct Planned<'a> {
    sources: Vec<&'a str>,
    cues: Vec<&'a str>,
    contents: Vec<&'a str>,
}

impl<'a> Plan<'a> {
    fn of(lines: &'a Lines<'a>, places: &[(Vec<CodeSpan>, Found)]) -> Self {
        let mut plan = Self::default();
        let has_place = |id: &str| {
            let place = lines.by_id.get(id).and_then(|at| places.get(*at));
            place.is_some_and(|(_, found)| found.anchor().is_some())
        };
        let mut nested: Vec<(&str, &str)> = Vec::new();
        for line in &lines.all {
            match &line.what {
                What::Event { trigger, roles, .. } => {
                    plan.triggers.insert(trigger);
                    let mut planned = Planned::default();
                    for (name, of) in roles {
                        let list = match role(name) {
                            SOURCE => &mut planned.sources,
                            CUE => &mut planned.cues,
                            CONTENT => &mut planned.contents,
                            _ => continue,
                        };
                        if list.contains(of) {
                            continue;
                        }
                        if has_place(of) {
                            list.push(of);
                        } else if role(name) == CONTENT && of.starts_with('E') {
                            nested.push((line.id, of));
                        }
                    }
                    plan.events.insert(line.id, planned);
                }
                What::Attribute { name: WRITER, of, value: None } => {
                    plan.by_writer.insert(of);
                }
                What::Note { kind: SOURCE, of, words } if of.starts_with('E') && !words.trim().is_empty() => {
                    plan.by_name.entry(of).or_default().push(words.trim());
                }
                _ => {}
            }
        }
        for (outer, inner) in nested {
            let is_round = outer == inner || plan.outers(outer).any(|id| id == inner);
            if plan.events.contains_key(inner) && !plan.outer.contains_key(inner) && !is_round {
                plan.outer.insert(inner, outer);
            }
        }
        let speaking = plan.events.iter().filter(|(_, planned)| !planned.contents.is_empty());
        plan.spoken = speaking.flat_map(|(id, _)| std::iter::once(*id).chain(plan.outers(id))).collect();
        let unspoken = lines.all.iter().filter(|line| !plan.spoken.contains(line.id));
        plan.aside = unspoken
            .flat_map(|line| match &line.what {
                What::Event { roles, .. } => roles.as_slice(),
                _ => &[],
            })
            .map(|(_, of)| *of)
            .collect();
        plan
    }

    /// The events around one, from the inner to the outer, as many as a chain may have.
    fn outers<'b>(&'b self, id: &'b str) -> impl Iterator<Item = &'a str> + 'b {
        let mut at = self.outer.get(id).copied();
        std::iter::from_fn(move || {
            let outer = at?;
            at = self.outer.get(outer).copied();
            Some(outer)
        })
        .take(MOST_VOICES - 1)
    }
}

/// The set as it grows.
#[derive(Default)]
struct Reading<'a> {
    kept: Kept,
    claims: BTreeMap<Id, Claim>,
    mentions: BTreeMap<Id, Mention>,
    sources: BTreeMap<Id, Source>,
    relations: BTreeMap<Id, Relation>,
    /// The mention of a text-bound.
    mention_of: BTreeMap<&'a str, Id>,
    /// The claims of a text-bound or an event.
    claims_of: BTreeMap<&'a str, Vec<Id>>,
    /// Text-bounds that are in the set.
    taken: BTreeSet<&'a str>,
    /// Claims that have attributes or notes.
    marked: BTreeSet<Id>,
    /// References and equivalences of mentions.
    speaking: Speaking<'a>,
    unnamed: Option<Id>,
}

struct Reader<'a> {
    text: &'a Text,
    lines: &'a Lines<'a>,
    places: &'a [(Vec<CodeSpan>, Found)],
    /// Of document, annotator and file: what ids are made of.
    seed: Sha256,
    ids: BTreeSet<Id>,
    found: Reading<'a>,
    /// Lines that are kept for brat alone.
    aside: BTreeSet<usize>,
    told: Vec<Told>,
}

impl<'a> Reader<'a> {
    /// A new id, the same whenever the same file is read.
    fn id(&mut self, kind: IdKind, name: &str) -> Id {
        let mut salt = 0_u32;
        loop {
            let hash = self.seed.clone().chain_update(format!("{}{salt} {name}", kind.letter())).finalize();
            let random = hash.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            let id = Id::from_random(kind, random);
            if self.ids.insert(id.clone()) {
                return id;
            }
            salt += 1;
        }
    }

    fn place(&self, id: &str) -> Option<(&'a Line<'a>, &'a [CodeSpan], &'a Anchor)> {
        let at = *self.lines.by_id.get(id)?;
        let (fragments, found) = self.places.get(at)?;
        Some((self.lines.all.get(at)?, fragments, found.anchor()?))
    }

    /// The anchor of a text-bound that fills a role, or has a type of its own.
    fn take_text(&mut self, id: &'a str, as_type: Option<&str>) -> Option<(&'a str, Anchor)> {
        let (line, fragments, anchor) = self.place(id)?;
        let What::Text { kind, .. } = line.what else { return None };
        if self.found.taken.insert(id) && fragments != divided(self.text, &anchor.spans) {
            self.found.kept.fragments.insert(id.to_owned(), printed(fragments));
        }
        if as_type.is_some_and(|role| role != kind) {
            self.found.kept.types.insert(id.to_owned(), kind.to_owned());
        }
        Some((kind, anchor.clone()))
    }

    fn mention(&mut self, id: &'a str) -> Option<Id> {
        if let Some(mention) = self.found.mention_of.get(id) {
            return Some(mention.clone());
        }
        let (_, anchor) = self.take_text(id, Some(SOURCE))?;
        let mention = self.id(IdKind::Mention, id);
        self.found.mentions.insert(mention.clone(), Mention { anchor, ..Mention::default() });
        self.found.mention_of.insert(id, mention.clone());
        self.found.kept.mentions.insert(mention.to_string(), id.to_owned());
        Some(mention)
    }

    /// Attributions: a claim for each content, in the voices of its event and of those around it.
    fn take_events(&mut self, plan: &Plan<'a>) {
        let mut voices: BTreeMap<&str, Voice> = BTreeMap::new();
        for (at, line) in self.lines.all.iter().enumerate() {
            let What::Event { kind, trigger, roles } = &line.what else { continue };
            let Some(planned) = plan.events.get(line.id).filter(|_| plan.spoken.contains(line.id)) else {
                self.aside.insert(at);
                let is_attribution = roles.iter().any(|(name, _)| matches!(role(name), SOURCE | CUE | CONTENT));
                let why = if is_attribution || [ATTRIBUTION, WITHOUT_SOURCE].contains(kind) {
                    "an attribution without content"
                } else {
                    "no attribution"
                };
                self.tell(line, &format!("{kind}, {why}: kept aside"));
                continue;
            };
            let voice = self.voice(plan, line.id, planned);
            voices.insert(line.id, voice);
            let raw = line.raw.split_once('\t').map_or("", |(_, rest)| rest).trim_end();
            self.found.kept.events.insert(line.id.to_owned(), raw.to_owned());
            self.keep_trigger(kind, trigger, planned);
            for (name, of) in roles {
                let is_known = match role(name) {
                    SOURCE | CUE => self.place(of).is_some(),
                    CONTENT => self.place(of).is_some() || plan.outer.get(of) == Some(&line.id),
                    _ => false,
                };
                if !is_known {
                    self.tell(line, &format!("the role {name}:{of} has no place here: kept aside"));
                }
            }
        }
        for (event, planned) in &plan.events {
            if !plan.spoken.contains(event) {
                continue;
            }
            let mut events: Vec<&str> = std::iter::once(*event).chain(plan.outers(event)).collect();
            events.reverse();
            let said: Vec<Voice> = events.iter().filter_map(|event| voices.get(event).cloned()).collect();
            for content in &planned.contents {
                let Some((kind, anchor)) = self.take_text(content, Some(CONTENT)) else { continue };
                let kind = Some(kind).filter(|kind| !is_reserved(kind)).map(str::to_owned);
                let claim = Claim { anchor, said: Some(said.clone()), kind, ..Claim::default() };
                let id = self.id(IdKind::Claim, &format!("{event} {content}"));
                let events = events.iter().map(|event| (*event).to_owned()).collect();
                let names = ClaimNames { text: (*content).to_owned(), events, on_event: false };
                self.found.claims_of.entry(event).or_default().push(id.clone());
                self.put_claim(content, id, claim, names);
            }
        }
    }

    fn put_claim(&mut self, text: &'a str, id: Id, claim: Claim, names: ClaimNames) {
        self.found.claims_of.entry(text).or_default().push(id.clone());
        self.found.kept.claims.insert(id.to_string(), names);
        self.found.claims.insert(id, claim);
    }

    fn voice(&mut self, plan: &Plan<'a>, event: &'a str, planned: &Planned<'a>) -> Voice {
        let mut by: Vec<Id> = Vec::new();
        for source in &planned.sources {
            by.extend(self.mention(source).filter(|id| !by.contains(id)));
        }
        for name in plan.by_name.get(event).into_iter().flatten() {
            let id = self.named(name);
            by.extend(Some(id).filter(|id| !by.contains(id)));
        }
        if by.is_empty() && !plan.by_writer.contains(event) {
            by.push(self.unnamed());
        }
        let cue = planned.cues.iter().filter_map(|cue| self.take_text(cue, Some(CUE))).map(|(_, anchor)| anchor);
        Voice { by, cue: cue.collect(), ..Voice::default() }
    }

    /// The source of a name that does not stand in the text.
    fn named(&mut self, name: &str) -> Id {
        if let Some((id, _)) = self.found.sources.iter().find(|(_, source)| source.name == name) {
            return id.clone();
        }
        let id = self.id(IdKind::Source, name);
        self.found.sources.insert(id.clone(), Source { name: name.to_owned(), ..Source::default() });
        id
    }

    /// Who speaks where nobody is named: one entry, so that nobody counts them as several origins.
    fn unnamed(&mut self) -> Id {
        if let Some(id) = &self.found.unnamed {
            return id.clone();
        }
        let id = self.id(IdKind::Source, UNNAMED);
        let source = Source { kind: Some(UNNAMED.to_owned()), name: UNNAMED.to_owned(), ..Source::default() };
        self.found.sources.insert(id.clone(), source);
        self.found.unnamed.insert(id).clone()
    }

    /// Where a trigger is not the cue, or has another type than its event.
    fn keep_trigger(&mut self, kind: &str, trigger: &'a str, planned: &Planned<'a>) {
        let usual = planned.cues.first().or(planned.sources.first());
        let usual = usual.and_then(|id| self.place(id)).map(|(_, _, anchor)| divided(self.text, &anchor.spans));
        let Some((line, fragments, _)) = self.place(trigger) else { return };
        let What::Text { kind: own, .. } = line.what else { return };
        if usual.is_none_or(|usual| usual != fragments) {
            self.found.kept.fragments.insert(trigger.to_owned(), printed(fragments));
        }
        if own != kind {
            self.found.kept.types.insert(trigger.to_owned(), own.to_owned());
        }
    }

    /// Text-bounds that are in no attribution.
    fn take_entities(&mut self, plan: &Plan<'a>) {
        for (at, line) in self.lines.all.iter().enumerate() {
            let What::Text { kind, .. } = &line.what else { continue };
            let is_spoken = self.found.taken.contains(line.id);
            if is_spoken || plan.triggers.contains(line.id) || matches!(*kind, CUE | ATTRIBUTION | WITHOUT_SOURCE) {
                if !is_spoken {
                    self.aside.insert(at);
                }
                if !is_spoken && !plan.triggers.contains(line.id) && !plan.aside.contains(line.id) {
                    self.tell(line, &format!("{kind}, of no attribution: kept aside"));
                }
                continue;
            }
            if *kind == SOURCE {
                if self.mention(line.id).is_some() {
                    continue;
                }
            } else if let Some((kind, anchor)) = self.take_text(line.id, None) {
                let kind = Some(kind).filter(|kind| *kind != CONTENT).map(str::to_owned);
                let id = self.id(IdKind::Claim, line.id);
                let names = ClaimNames { text: line.id.to_owned(), ..ClaimNames::default() };
                self.put_claim(line.id, id, Claim { anchor, kind, ..Claim::default() }, names);
                continue;
            }
            self.aside.insert(at);
            self.tell(line, "it has no words: kept aside");
        }
    }

    /// Attributes, notes, relations, normalisations and equivalences.
    fn take_marks(&mut self, plan: &Plan<'a>) {
        for (at, line) in self.lines.all.iter().enumerate() {
            let is_taken = match &line.what {
                What::Text { .. } | What::Event { .. } => continue,
                What::Attribute { name: WRITER, of, value: None } if plan.spoken.contains(of) => {
                    let is_unnamed = plan.events.get(of).is_some_and(|planned| planned.sources.is_empty());
                    is_unnamed && !plan.by_name.contains_key(of)
                }
                What::Note { kind: SOURCE, of, .. } if plan.by_name.contains_key(of) => plan.spoken.contains(of),
                What::Attribute { name, of, value } => self.take_mark(of, |claim| attribute(claim, name, *value)),
                What::Note { kind, of, words } => self.take_mark(of, |claim| note(claim, kind, words)),
                What::Relation { kind, ends } => self.take_relation(line, kind, ends),
                What::Reference { of, to, name } => match self.found.mention_of.get(of).cloned() {
                    Some(mention) if self.found.speaking.refer(&mention, to, name) => {
                        if !to.starts_with(super::OURS) {
                            self.aside.insert(at);
                        }
                        true
                    }
                    _ => false,
                },
                What::Equivalence { members, .. } => {
                    let mentions = members.iter().map(|id| self.found.mention_of.get(id).cloned());
                    match mentions.collect::<Option<Vec<Id>>>() {
                        Some(mentions) => {
                            self.found.speaking.equal(mentions);
                            self.aside.insert(at);
                            true
                        }
                        None => false,
                    }
                }
            };
            if !is_taken {
                self.aside.insert(at);
                self.tell(line, &format!("“{}” has no place here: kept aside", short(&line.raw)));
            }
        }
    }

    /// Gives the claims of a text-bound or an event what is marked on it. Not where one of them cannot take it, or has
    /// marks on the other of the two.
    fn take_mark(&mut self, of: &str, mark: impl Fn(&mut Claim) -> bool) -> bool {
        let Some(ids) = self.found.claims_of.get(of) else { return false };
        let is_on_event = of.starts_with('E');
        let mut marked: Vec<(Id, Claim)> = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(claim) = self.found.claims.get(id) else { return false };
            let mut claim = claim.clone();
            let was_on_event = self.found.kept.claims.get(id.as_str()).is_some_and(|names| names.on_event);
            if (self.found.marked.contains(id) && was_on_event != is_on_event) || !mark(&mut claim) {
                return false;
            }
            marked.push((id.clone(), claim));
        }
        for (id, claim) in marked {
            if let Some(names) = self.found.kept.claims.get_mut(id.as_str()) {
                names.on_event = is_on_event;
            }
            self.found.marked.insert(id.clone());
            self.found.claims.insert(id, claim);
        }
        true
    }

    fn take_relation(&mut self, line: &Line<'a>, kind: &str, ends: &[(&str, &str)]) -> bool {
        let only = |id: &str| match self.found.claims_of.get(id).map(Vec::as_slice) {
            Some([claim]) => Some(claim.clone()),
            _ => None,
        };
        let [(first, from), (second, to)] = ends else { return false };
        let (Some(from_claim), Some(to_claim)) = (only(from), only(to)) else { return false };
        let is_usual = *first == "Arg1" && *second == "Arg2" && from.starts_with('T') && to.starts_with('T');
        let id = self.id(IdKind::Relation, line.id);
        if !is_usual {
            let raw = line.raw.split_once('\t').map_or("", |(_, rest)| rest).trim_end();
            self.found.kept.relations.insert(id.to_string(), raw.to_owned());
        }
        let kind = Some(kind.to_owned());
        self.found
            .relations
            .insert(id, Relation { from: Some(from_claim), to: Some(to_claim), kind, ..Relation::default() });
        true
    }

    /// Whom the mentions name.
    fn take_sources(&mut self) {
        let mentions: Vec<(Id, &'a str)> = self.found.mention_of.iter().map(|(text, id)| (id.clone(), *text)).collect();
        let worded: Vec<(Id, String)> = mentions
            .iter()
            .filter_map(|(id, _)| Some((id.clone(), self.found.mentions.get(id)?.anchor.quote_line())))
            .collect();
        for entry in sources::resolve(self.text, &worded, &self.found.speaking) {
            let Some(first) = entry.mentions.first() else { continue };
            let had = entry.id.filter(|id| id.starts_with("s-")).map(Id::new);
            let had = had.filter(|id| self.ids.insert(id.clone()));
            let id = had.unwrap_or_else(|| self.id(IdKind::Source, first.as_str()));
            for mention in &entry.mentions {
                if let Some(mention) = self.found.mentions.get_mut(mention) {
                    mention.source = Some(id.clone());
                }
            }
            self.found.sources.insert(id, Source { name: entry.name, aliases: entry.aliases, ..Source::default() });
        }
    }

    /// What became of text-bounds that are not where the file says.
    fn tell_places(&mut self, plan: &Plan<'a>) {
        for (line, (fragments, found)) in self.lines.all.iter().zip(self.places) {
            let What::Text { words, .. } = &line.what else { continue };
            // A trigger says nothing of its own.
            if plan.triggers.contains(line.id) && !self.found.taken.contains(line.id) {
                continue;
            }
            match found {
                Found::Moved(_) => {
                    let to = printed(fragments);
                    self.tell(line, &format!("“{}” is not where it says, and was found at {to}", short(words)));
                }
                Found::Lost(_) => self.tell(
                    line,
                    &format!("“{}” is not where it says, nor surely anywhere else: place it by hand", short(words)),
                ),
                Found::Here(_) | Found::Nothing => {}
            }
        }
    }

    fn tell(&mut self, line: &Line<'_>, what: &str) {
        self.told.push(Told { line: line.number, what: format!("{}: {what}", line.id) });
    }
}

/// The first words of a text, for a message.
fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(TOLD_WORDS) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// Types that say what a text-bound is to an attribution, and no kind of claim.
pub(super) fn is_reserved(kind: &str) -> bool {
    matches!(kind, SOURCE | CUE | CONTENT | ATTRIBUTION | WITHOUT_SOURCE)
}

/// Gives a claim an attribute; not where it has one of that name.
fn attribute(claim: &mut Claim, name: &str, value: Option<&str>) -> bool {
    let field = match name {
        "Kind" => &mut claim.kind,
        "Style" => &mut claim.style,
        "Status" => &mut claim.status,
        "Marking" => &mut claim.marking,
        _ => {
            if value == Some(YES) || claim.fields.iter().any(|(known, _)| known == name) {
                return false;
            }
            claim.fields.push((name.to_owned(), value.unwrap_or(YES).to_owned()));
            return true;
        }
    };
    match value {
        Some(value) if field.is_none() => {
            *field = Some(value.to_owned());
            true
        }
        _ => false,
    }
}

/// Gives a claim what a note says; not where it has that already.
fn note(claim: &mut Claim, kind: &str, words: &str) -> bool {
    let listed = |list: &mut Vec<String>| {
        let is_free = list.is_empty() && !words.is_empty();
        if is_free {
            list.extend(words.split("; ").map(str::to_owned));
        }
        is_free
    };
    let field = match kind {
        NOTES => &mut claim.note,
        "Statement" => &mut claim.statement,
        "Value" => &mut claim.value,
        "Time" => &mut claim.time,
        "Tags" => return listed(&mut claim.tags),
        "Evidence" => return listed(&mut claim.evidence),
        "Kind" => &mut claim.kind,
        "Style" => &mut claim.style,
        "Status" => &mut claim.status,
        "Marking" => &mut claim.marking,
        FIELD => {
            let Some((name, value)) = words.split_once(": ") else { return false };
            let is_free = !claim.fields.iter().any(|(known, _)| known == name);
            if is_free {
                claim.fields.push((name.to_owned(), value.to_owned()));
            }
            return is_free;
        }
        _ => return false,
    };
    let is_free = field.is_none() && !words.is_empty();
    if is_free {
        *field = Some(words.to_owned());
    }
    is_free
}
