//! Set → `.ann`.
//!
//! The ids that brat gave an annotation are given back to it; new ones are numbered after them, in the order of the
//! text. What the set kept aside for brat is written back where everything that it names is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::anchors::{divided, joined, stand};
use super::kept::Kept;
use super::lines::{Line, Lines, What, fragments_from_text, word};
use super::read::{is_reserved, printed};
use super::sources::Names;
use super::{ATTRIBUTION, CONTENT, CUE, FIELD, NOTES, OURS, SOURCE, UNNAMED, WITHOUT_SOURCE, WRITER, YES, role};
use crate::annotation::{Anchor, AnchorId, Id, Voice};
use crate::document::{ByteSpan, CodeSpan, Text};
use crate::exchange::{ClaimView, Export, LIST, Layer, Release};

/// How often the events kept aside are gone through for those that name what is nowhere.
const PASSES: usize = 16;

/// Numbers from here on are not gone after: there would be none left.
const MOST_NUMBER: usize = 1 << 40;

/// One annotator's claims of a release, as an `.ann` file. What was not found in the text is left out.
pub(super) fn write(export: &Export<'_>, release: &Release, layer: &Layer, text: &Text) -> String {
    let kept = Kept::of(&layer.set);
    let lines = kept.lines.join("\n");
    let lines = Lines::of_text(&lines);
    let mut writer = Writer {
        release,
        layer,
        text,
        next: Numbers::after(&kept, &lines),
        kept: &kept,
        out: Out::default(),
        texts: BTreeMap::new(),
        events: Vec::new(),
        by_key: BTreeMap::new(),
    };
    let claims = export.claims.iter().filter(|claim| std::ptr::eq(claim.layer, layer) && !claim.spans.is_empty());
    for claim in claims {
        writer.put_claim(claim);
    }
    if export.scope.is_everything() {
        writer.put_mentions();
        writer.put_aside(&lines);
    }
    writer.put_events();
    writer.put_relations();
    writer.put_references(&lines);
    writer.out.print()
}

/// The numbers of new annotations, by letter.
struct Numbers(BTreeMap<char, usize>);

impl Numbers {
    /// Those after every number that brat has given.
    fn after(kept: &Kept, lines: &Lines<'_>) -> Self {
        let mut last: BTreeMap<char, usize> = BTreeMap::new();
        let mut note = |id: &str| {
            if let Some((letter, number)) = id.split_at_checked(1)
                && let (Some(letter), Ok(number)) = (letter.chars().next(), number.parse::<usize>())
                && number < MOST_NUMBER
            {
                let last = last.entry(letter).or_default();
                *last = number.max(*last);
            }
        };
        kept.claims.values().for_each(|names| note(&names.text));
        kept.mentions.values().chain(kept.events.keys()).chain(kept.fragments.keys()).for_each(|id| note(id));
        for event in kept.events.values() {
            event.split([' ', ':']).for_each(&mut note);
        }
        lines.all.iter().for_each(|line| note(line.id));
        Self(last)
    }

    fn next(&mut self, letter: char) -> String {
        let number = self.0.entry(letter).or_default();
        *number = number.saturating_add(1);
        format!("{letter}{number}")
    }
}

/// The lines of the file, each kind in the order of its numbers.
#[derive(Default)]
struct Out {
    texts: BTreeMap<String, TextBound>,
    events: BTreeMap<String, String>,
    /// Relations, equivalences, attributes, normalisations, notes.
    rest: Vec<String>,
    /// Attributes and notes that stand already: several claims of one event say the same.
    said: BTreeSet<String>,
}

struct TextBound {
    kind: String,
    fragments: Vec<CodeSpan>,
    words: String,
    /// The attributes and notes that it carries for a claim; `None` where it is not one's.
    marks: Option<Vec<Mark>>,
}

/// An attribute or a note of a claim.
#[derive(Clone, PartialEq)]
struct Mark {
    letter: char,
    name: String,
    value: String,
}

impl Out {
    fn print(self) -> String {
        let number = |id: &str| id.get(1..).and_then(|number| number.parse::<usize>().ok());
        let mut out = String::new();
        let mut texts: Vec<(String, TextBound)> = self.texts.into_iter().collect();
        texts.sort_by_cached_key(|(id, _)| (number(id), id.clone()));
        for (id, TextBound { kind, fragments, words, .. }) in texts {
            // Writing to a string does not fail.
            _ = writeln!(out, "{id}\t{kind} {}\t{words}", printed(&fragments));
        }
        let mut events: Vec<(String, String)> = self.events.into_iter().collect();
        events.sort_by_cached_key(|(id, _)| (number(id), id.clone()));
        for (id, event) in events {
            _ = writeln!(out, "{id}\t{event}");
        }
        for line in self.rest {
            out.push_str(&line);
            out.push('\n');
        }
        out
    }

    fn knows(&self, id: &str) -> bool {
        self.texts.contains_key(id) || self.events.contains_key(id)
    }
}

/// An attribution: what several claims with the same voice are said in.
struct Event<'a> {
    id: String,
    voice: &'a Voice,
    sources: Vec<String>,
    cues: Vec<String>,
    contents: Vec<String>,
}

struct Writer<'a> {
    release: &'a Release,
    layer: &'a Layer,
    text: &'a Text,
    kept: &'a Kept,
    next: Numbers,
    out: Out,
    /// The text-bounds of mentions and claims.
    texts: BTreeMap<&'a Id, String>,
    events: Vec<Event<'a>>,
    /// Where an event is in `events`: by the id that it had, and by who speaks and through which words.
    by_key: BTreeMap<String, usize>,
}

impl<'a> Writer<'a> {
    /// The words of fragments, as brat has them: in one line, fragments joined by a blank.
    fn words(&self, fragments: &[CodeSpan]) -> String {
        let slices = fragments.iter().filter_map(|it| self.text.byte_span_from_code_span(*it));
        let slices: Vec<&str> = slices.map(|span| self.text.slice(span)).collect();
        in_one_line(&slices.join(" "))
    }

    /// Spans as fragments: as brat had them, where it had these.
    fn fragments(&self, id: Option<&str>, spans: &[CodeSpan]) -> Vec<CodeSpan> {
        let bytes = |spans: &[CodeSpan]| -> Option<Vec<ByteSpan>> {
            let spans: Option<Vec<ByteSpan>> =
                spans.iter().map(|span| self.text.byte_span_from_code_span(*span)).collect();
            Some(joined(self.text, &spans?))
        };
        let as_before = id.and_then(|id| fragments_from_text(self.kept.fragments.get(id)?));
        as_before
            .filter(|before| bytes(before).is_some_and(|before| bytes(spans) == Some(before)))
            .unwrap_or_else(|| divided(self.text, spans))
    }

    /// Puts a text-bound, and gives the id that it has: the one that it had, where that is free.
    fn put_text(
        &mut self,
        had: Option<&str>,
        kind: &str,
        fragments: Vec<CodeSpan>,
        marks: Option<Vec<Mark>>,
    ) -> Option<String> {
        if fragments.is_empty() {
            return None;
        }
        let kind = had.and_then(|id| self.kept.types.get(id)).map_or(kind, String::as_str);
        let is_free = |there: &TextBound| {
            let is_same = there.kind == kind && there.fragments == fragments;
            is_same && (there.marks.is_none() || marks.is_none() || there.marks == marks)
        };
        let id = match had {
            Some(had) if self.out.texts.get(had).is_none_or(is_free) => had.to_owned(),
            _ => self.next.next('T'),
        };
        let words = self.words(&fragments);
        let marks = marks.or_else(|| self.out.texts.remove(&id)?.marks);
        self.out.texts.insert(id.clone(), TextBound { kind: kind.to_owned(), fragments, words, marks });
        Some(id)
    }

    fn spans(&self, of: &AnchorId, anchor: &Anchor) -> Vec<CodeSpan> {
        self.release.locate(self.layer, of, anchor).spans
    }

    fn put_mention(&mut self, id: &'a Id) -> Option<String> {
        if let Some(text) = self.texts.get(id) {
            return Some(text.clone());
        }
        let mention = self.layer.set.mentions.get(id)?;
        let had = self.kept.mentions.get(id.as_str()).map(String::as_str);
        let spans = self.spans(&AnchorId::Mention(id.clone()), &mention.anchor);
        let text = self.put_text(had, SOURCE, self.fragments(had, &spans), None)?;
        self.texts.insert(id, text.clone());
        Some(text)
    }

    /// Mentions that speak nothing.
    fn put_mentions(&mut self) {
        let layer = self.layer;
        for id in layer.set.mentions.keys() {
            self.put_mention(id);
        }
    }

    fn put_claim(&mut self, claim: &ClaimView<'a>) {
        static WRITER_ALONE: Voice = Voice { by: Vec::new(), cue: Vec::new(), extra: Vec::new() };
        let names = self.kept.claim(claim.id);
        let had = names.map(|names| names.text.as_str());
        let own = claim.claim.kind.as_deref();
        let usual = match &claim.claim.said {
            None => own.filter(|kind| word(kind).is_some() && !is_reserved(kind)).unwrap_or(CONTENT),
            Some(_) => CONTENT,
        };
        let kind = had.and_then(|had| self.kept.types.get(had)).map_or(usual, String::as_str);
        let marks = marks(claim, kind);
        let is_on_event = claim.claim.said.is_some() && names.is_some_and(|names| names.on_event);
        let on_text = if is_on_event { Vec::new() } else { marks.clone() };
        let Some(text) = self.put_text(had, usual, self.fragments(had, &claim.spans), Some(on_text)) else { return };
        self.texts.insert(claim.id, text.clone());
        let mut target = text.clone();
        if let Some(said) = &claim.claim.said {
            let voices = if said.is_empty() { std::slice::from_ref(&WRITER_ALONE) } else { said.as_slice() };
            let had = names.filter(|names| names.events.len() == voices.len());
            let mut outer: Option<usize> = None;
            for (number, voice) in voices.iter().enumerate() {
                let had = had.and_then(|names| names.events.get(number)).map(String::as_str);
                let at = self.event(claim, number, voice, had, outer);
                if let Some(inner) = self.events.get(at).map(|event| event.id.clone()) {
                    target.clone_from(&inner);
                    if let Some(outer) = outer {
                        self.put_content(outer, inner.clone());
                    }
                }
                outer = Some(at);
            }
            if let Some(event) = outer {
                self.put_content(event, text.clone());
            }
        }
        let target = if is_on_event { target } else { text };
        for mark in marks {
            self.put_mark(&target, &mark);
        }
    }

    fn put_content(&mut self, event: usize, content: String) {
        if let Some(event) = self.events.get_mut(event)
            && !event.contents.contains(&content)
        {
            event.contents.push(content);
        }
    }

    fn put_mark(&mut self, target: &str, mark: &Mark) {
        let Mark { letter, name, value } = mark;
        let said = match letter {
            'A' if value == YES => format!("{name} {target}"),
            'A' => format!("{name} {target} {value}"),
            _ => format!("{name} {target}\t{}", in_one_line(value)),
        };
        if self.out.said.insert(format!("{letter}{said}")) {
            let id = self.next.next(*letter);
            self.out.rest.push(format!("{id}\t{said}"));
        }
    }

    /// The event in which a claim's voice speaks: the one that it had, where the voice is the same still; else the one
    /// of whoever speaks through the same words; else a new one.
    fn event(
        &mut self,
        claim: &ClaimView<'a>,
        number: usize,
        voice: &'a Voice,
        had: Option<&str>,
        outer: Option<usize>,
    ) -> usize {
        let id_of_outer = outer.and_then(|outer| self.events.get(outer)).map_or("", |outer| outer.id.as_str());
        let cues = voice.cue.iter().map(|cue| format!("{:?}", cue.spans));
        let mut key = format!("{id_of_outer} {:?} {:?}", voice.by, cues.collect::<Vec<_>>());
        if voice.cue.is_empty() && !voice.by.iter().any(|id| self.layer.set.mentions.contains_key(id)) {
            // Nothing in the text says that it is the same attribution as another.
            key = format!("{key} {} {number}", claim.id);
        }
        let had = had.filter(|had| self.kept.events.contains_key(*had));
        if let Some(had) = had {
            match self.by_key.get(had) {
                None => return self.new_event(claim, number, voice, Some(had), key),
                Some(at) if self.events.get(*at).is_some_and(|event| event.voice == voice) => return *at,
                Some(_) => {}
            }
        }
        match self.by_key.get(&key) {
            Some(at) => *at,
            None => self.new_event(claim, number, voice, None, key),
        }
    }

    fn new_event(
        &mut self,
        claim: &ClaimView<'a>,
        number: usize,
        voice: &'a Voice,
        had: Option<&str>,
        key: String,
    ) -> usize {
        let skeleton =
            had.and_then(|had| self.kept.events.get(had)).map(|event| Skeleton::of(event)).unwrap_or_default();
        let sources: Vec<String> = voice.by.iter().filter_map(|id| self.put_mention(id)).collect();
        let mut cues = Vec::with_capacity(voice.cue.len());
        let mut usual: Vec<CodeSpan> = Vec::new();
        let mut had_cues: Vec<&str> = Vec::new();
        for cue in skeleton.of_role(CUE).filter(|of| of.starts_with('T')) {
            if !had_cues.contains(&cue) {
                had_cues.push(cue);
            }
        }
        for (at, cue) in voice.cue.iter().enumerate() {
            let spans = self.spans(&AnchorId::Cue(claim.id.clone(), number, at), cue);
            if usual.is_empty() {
                usual.clone_from(&spans);
            }
            let had = had_cues.get(at).copied();
            cues.extend(self.put_text(had, CUE, self.fragments(had, &spans), None));
        }
        let set = &self.layer.set;
        if usual.is_empty() {
            let mention = voice.by.iter().find_map(|id| Some((id, set.mentions.get(id)?)));
            usual = mention.map(|(id, it)| self.spans(&AnchorId::Mention(id.clone()), &it.anchor)).unwrap_or_default();
        }
        if usual.is_empty() {
            usual.clone_from(&claim.spans);
        }
        let named = voice.by.iter().filter(|id| !set.mentions.contains_key(*id)).filter_map(|id| set.sources.get(id));
        let named: Vec<&str> =
            named.filter(|source| source.kind.as_deref() != Some(UNNAMED)).map(|source| source.name.as_str()).collect();
        let is_sourced = !sources.is_empty();
        let kind = match skeleton.kind {
            Some(kind) if skeleton.of_role(SOURCE).any(|of| of.starts_with('T')) == is_sourced => kind,
            _ if is_sourced || !named.is_empty() || voice.by.is_empty() => ATTRIBUTION,
            _ => WITHOUT_SOURCE,
        };
        let as_before = skeleton.trigger.and_then(|id| fragments_from_text(self.kept.fragments.get(id)?));
        let is_in_text = |it: &CodeSpan| self.text.byte_span_from_code_span(*it).is_some();
        let fragments = as_before.filter(|before| before.iter().all(is_in_text));
        let fragments = fragments.unwrap_or_else(|| divided(self.text, &usual));
        let trigger = self.put_text(skeleton.trigger, kind, fragments, None).unwrap_or_default();
        let id = had.map_or_else(|| self.next.next('E'), str::to_owned);
        self.out.events.insert(id.clone(), format!("{kind}:{trigger}"));
        if voice.by.is_empty() {
            self.put_mark(&id, &Mark { letter: 'A', name: WRITER.to_owned(), value: YES.to_owned() });
        }
        for name in &named {
            self.put_mark(&id, &Mark { letter: '#', name: SOURCE.to_owned(), value: (*name).to_owned() });
        }
        let at = self.events.len();
        self.by_key.entry(key).or_insert(at);
        self.by_key.insert(id.clone(), at);
        self.events.push(Event { id, voice, sources, cues, contents: Vec::new() });
        at
    }

    /// The arguments of all events, in the order in which they were.
    fn put_events(&mut self) {
        for event in &self.events {
            let fillers = [(SOURCE, &event.sources), (CUE, &event.cues), (CONTENT, &event.contents)];
            let mut left: Vec<(&str, &str)> =
                fillers.iter().flat_map(|(role, ids)| ids.iter().map(|id| (*role, id.as_str()))).collect();
            let skeleton = self.kept.events.get(&event.id).map(|event| Skeleton::of(event)).unwrap_or_default();
            let mut roles: Vec<(String, &str)> = Vec::new();
            for (name, of) in skeleton.roles {
                if let Some(at) = left.iter().position(|(base, id)| *base == role(name) && *id == of) {
                    left.remove(at);
                    roles.push((name.to_owned(), of));
                    continue;
                }
                let is_said_again = roles.iter().any(|(other, id)| role(other) == role(name) && *id == of);
                let is_foreign = !matches!(role(name), SOURCE | CUE | CONTENT) || of.starts_with('E');
                if is_said_again || (is_foreign && self.out.knows(of)) {
                    roles.push((name.to_owned(), of));
                }
            }
            for (base, id) in left {
                let count = roles.iter().filter(|(name, _)| role(name) == base).count();
                let names =
                    (count + 1..).map(|number| if number == 1 { base.to_owned() } else { format!("{base}{number}") });
                let mut free = names.filter(|name| !roles.iter().any(|(other, _)| other == name));
                roles.push((free.next().unwrap_or_default(), id));
            }
            let roles: String = roles.iter().map(|(name, id)| format!(" {name}:{id}")).collect();
            if let Some(line) = self.out.events.get_mut(&event.id) {
                line.push_str(&roles);
            }
        }
    }

    /// What the set kept for brat alone, where all that it names is there.
    fn put_aside(&mut self, lines: &Lines<'_>) {
        let mut events: BTreeMap<&str, (&Line<'_>, Vec<&str>)> = BTreeMap::new();
        let mut rest: Vec<(&Line<'_>, Vec<&str>)> = Vec::new();
        for line in &lines.all {
            let named = match &line.what {
                What::Text { kind, fragments, words } => {
                    if !self.out.knows(line.id) && stand(self.text, fragments, words).is_some() {
                        let text = TextBound {
                            kind: (*kind).to_owned(),
                            words: self.words(fragments),
                            fragments: fragments.clone(),
                            marks: None,
                        };
                        self.out.texts.insert(line.id.to_owned(), text);
                    }
                    continue;
                }
                What::Event { trigger, roles, .. } => {
                    let named = std::iter::once(*trigger).chain(roles.iter().map(|(_, of)| *of));
                    events.insert(line.id, (line, named.collect()));
                    continue;
                }
                What::Relation { ends, .. } => ends.iter().map(|(_, of)| *of).collect(),
                What::Equivalence { members } => members.clone(),
                What::Attribute { of, .. } | What::Reference { of, .. } | What::Note { of, .. } => vec![*of],
            };
            rest.push((line, named));
        }
        // Events may name each other: those go that name what is nowhere, then those that named them.
        for pass in 0.. {
            let ids: BTreeSet<&str> = events.keys().copied().collect();
            events
                .retain(|_, (_, named)| pass < PASSES && named.iter().all(|id| ids.contains(id) || self.out.knows(id)));
            if events.len() == ids.len() {
                break;
            }
        }
        for (id, (line, _)) in events {
            let said = line.raw.split_once('\t').map_or("", |(_, said)| said).trim_end();
            self.out.events.entry(id.to_owned()).or_insert_with(|| said.to_owned());
        }
        rest.retain(|(_, named)| named.iter().all(|id| self.out.knows(id)));
        self.out.rest.extend(rest.into_iter().map(|(line, _)| line.raw.as_ref().to_owned()));
    }

    fn put_relations(&mut self) {
        let layer = self.layer;
        for (id, relation) in &layer.set.relations {
            let text = |end: &Option<Id>| self.texts.get(end.as_ref()?).cloned();
            let (Some(from), Some(to)) = (text(&relation.from), text(&relation.to)) else { continue };
            let kind = relation.kind.as_deref().and_then(word).unwrap_or("Related");
            let as_before = self.kept.relations.get(id.as_str()).filter(|before| {
                let mut parts = before.split_ascii_whitespace();
                parts.next() == Some(kind)
                    && parts.all(|end| end.split_once(':').is_some_and(|(_, of)| self.out.knows(of)))
            });
            let said = as_before.cloned().unwrap_or_else(|| format!("{kind} Arg1:{from} Arg2:{to}"));
            let id = self.next.next('R');
            self.out.rest.push(format!("{id}\t{said}"));
        }
    }

    /// Whom the mentions name, where their words alone do not say it, nor brat's own lines.
    fn put_references(&mut self, lines: &Lines<'_>) {
        let set = &self.layer.set;
        let mut said: BTreeSet<&str> = BTreeSet::new();
        for line in &lines.all {
            match &line.what {
                What::Reference { of, .. } => _ = said.insert(of),
                What::Equivalence { members, .. } => said.extend(members),
                _ => {}
            }
        }
        let names = Names::of(self.text);
        let mut by_source: BTreeMap<&Id, Vec<(&str, bool)>> = BTreeMap::new();
        for (id, mention) in &set.mentions {
            let Some((id, text)) = self.texts.get_key_value(id) else { continue };
            let Some(source) = set.source_of(id).map(|source| set.principal(source)) else { continue };
            let words = mention.anchor.quote_line();
            let is_plain = set.sources.get(source).is_some_and(|source| source.name == words) && names.is_one(&words);
            by_source.entry(source).or_default().push((text, is_plain));
        }
        for (id, mentions) in by_source {
            if mentions.iter().all(|(_, is_plain)| *is_plain) {
                continue;
            }
            let name = set.sources.get(id).map_or("", |source| source.name.as_str());
            for (text, _) in mentions.iter().filter(|(text, _)| !said.contains(text)) {
                let number = self.next.next('N');
                self.out.rest.push(format!("{number}\tReference {text} {OURS}{id}\t{}", in_one_line(name)));
            }
        }
    }
}

/// An event as it was.
#[derive(Default)]
struct Skeleton<'a> {
    kind: Option<&'a str>,
    trigger: Option<&'a str>,
    roles: Vec<(&'a str, &'a str)>,
}

impl<'a> Skeleton<'a> {
    fn of(event: &'a str) -> Self {
        let mut parts = event.split_ascii_whitespace().filter_map(|part| part.split_once(':'));
        let (kind, trigger) = parts.next().unzip();
        Self { kind, trigger, roles: parts.collect() }
    }

    fn of_role(&self, base: &str) -> impl Iterator<Item = &'a str> {
        self.roles.iter().filter(move |(name, _)| role(name) == base).map(|(_, of)| *of)
    }
}

/// What is said of a claim on a text-bound of this type.
fn marks(view: &ClaimView<'_>, kind: &str) -> Vec<Mark> {
    let claim = view.claim;
    let mut marks: Vec<Mark> = Vec::new();
    let mut put = |letter: char, name: &str, value: &str| {
        if !value.trim().is_empty() && !marks.iter().any(|mark| mark.name == name && name != FIELD) {
            marks.push(Mark { letter, name: name.to_owned(), value: value.to_owned() });
        }
    };
    let is_word = |value: &str| !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || c.is_control());
    let attributes = [
        ("Kind", claim.kind.as_deref().filter(|own| *own != kind)),
        ("Style", claim.style.as_deref()),
        ("Status", claim.status.as_deref()),
        ("Marking", claim.marking.as_deref()),
    ];
    for (name, value) in attributes {
        let value = value.unwrap_or_default();
        put(if is_word(value) && value != YES { 'A' } else { '#' }, name, value);
    }
    for (name, value) in &claim.fields {
        let is_ours = attributes.iter().any(|(own, _)| own == name) || [WRITER, FIELD].contains(&name.as_str());
        if word(name).is_some() && is_word(value) && !is_ours {
            put('A', name, value);
        } else {
            put('#', FIELD, &format!("{name}: {value}"));
        }
    }
    for judgement in view.judgements.iter().filter(|judgement| judgement.current) {
        let made = judgement.assessment;
        let mut axis = made.axis.chars();
        let name: String = axis.next().into_iter().flat_map(char::to_uppercase).chain(axis).collect();
        let term = made.term.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join("_");
        if word(&name).is_some() {
            put('A', &name, &term);
        }
    }
    let notes = [
        (NOTES, claim.note.as_deref().unwrap_or_default()),
        ("Statement", claim.statement.as_deref().unwrap_or_default()),
        ("Value", claim.value.as_deref().unwrap_or_default()),
        ("Time", claim.time.as_deref().unwrap_or_default()),
        ("Tags", &claim.tags.join(LIST)),
        ("Evidence", &claim.evidence.join(LIST)),
    ];
    for (name, words) in notes {
        put('#', name, words);
    }
    marks
}

/// A text without what would end a line of the file.
fn in_one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], " ")
}
