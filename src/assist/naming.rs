//! Whom words name: by the analyst's own marks, by name, alias or role, and pronouns by who spoke or was named last.
//!
//! Looks at the claim's paragraph and the text just before it, never at the whole document, and at what is marked there,
//! never at the whole set. Held by `tests/assist.rs`.

use std::collections::HashMap;

use super::language::Class;
use super::reading::{Reading, around};
use super::speaker::{Known, Scene};
use super::words::{folded, words};
use crate::annotation::Id;
use crate::document::ByteSpan;

/// A source that words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub id: Id,
    /// How, for the reason: "is", "is an alias", "by role".
    pub how: &'static str,
}

/// Where a source is named.
#[derive(Clone, Debug)]
struct Place {
    span: ByteSpan,
    id: Id,
    /// Whether it speaks there.
    speaks: bool,
}

/// The names near a claim.
pub(super) struct Naming<'a> {
    scene: &'a Scene<'a>,
    /// In the order of the text.
    places: Vec<Place>,
    claim: ByteSpan,
}

impl<'a> Naming<'a> {
    pub fn new(scene: &'a Scene<'a>, claim: &[ByteSpan]) -> Self {
        let start = claim.first().map_or(0, |span| span.start);
        let paragraph = scene.structure.paragraph_at(start).map(|paragraph| paragraph.span).unwrap_or_default();
        let claim = ByteSpan { start, end: claim.last().map_or(start, |span| span.end) };
        let window = around(scene.text, ByteSpan { start: 0, end: paragraph.end.max(claim.end) }, start);
        let mut places = marked(scene, window);
        places.extend(written(scene, window, &places));
        places.sort_by_key(|place| (place.span.start, place.span.end));
        Self { scene, places, claim }
    }

    /// Whom `words` name.
    pub fn who(&self, words: ByteSpan) -> Option<Named> {
        let named = |id: &Id, how| Some(Named { id: id.clone(), how });
        if let Some(place) = self.places.iter().find(|place| place.span.overlaps(words)) {
            return named(&place.id, "is");
        }
        let says = folded(self.scene.text.slice(words));
        let language = self.scene.language;
        if language.is_any(&says, &[Class::He, Class::She, Class::They, Class::It, Class::Who]) {
            return self.meant_by(&says, words.start).and_then(|id| named(id, "is"));
        }
        let bare: Vec<&str> = says.split(' ').skip_while(|word| language.is(word, Class::Determiner)).collect();
        let by_role = |known: &&Known| {
            let role = known.source.role.as_deref().map(folded).unwrap_or_default();
            !bare.is_empty() && format!(" {role} ").contains(&format!(" {} ", bare.join(" ")))
        };
        let mut having: Vec<&Known> = self.scene.register.iter().filter(by_role).collect();
        having.sort_by_key(|known| (self.last_place(&known.id, words.start), known.here));
        having.last().and_then(|known| named(&known.id, "is by role"))
    }

    /// The sources named in the claim's sentence and before it, in its paragraph and the one before; nearest first, each
    /// once, with the words.
    pub fn named_near(&self) -> Vec<(Id, ByteSpan)> {
        let mut near: Vec<(Id, ByteSpan)> = Vec::new();
        let sentence = self.scene.structure.sentence_at(self.claim.end).unwrap_or(self.claim);
        let before = self.places.iter().rev().filter(|place| place.span.start < sentence.end);
        for place in before.filter(|place| self.is_near(place, self.claim.start)) {
            if near.iter().all(|(id, _)| *id != place.id) {
                near.push((place.id.clone(), place.span));
            }
        }
        near
    }

    /// Names of several words in the claim's sentence, outside the claim and quotations, that name nobody known.
    pub fn unknown_names(&self) -> Vec<ByteSpan> {
        let Scene { text, structure, language, .. } = *self.scene;
        let Some(sentence) = structure.sentence_at(self.claim.start) else { return Vec::new() };
        let reading = Reading::new(text, structure, language, sentence, &[self.claim], self.claim.start);
        let mut names = Vec::new();
        let mut at = 0;
        while at < reading.words.len() {
            let name = reading.name_at(at);
            at = name.map_or(at + 1, |name| name.to);
            names.extend(name.and_then(|name| reading.span(name)));
        }
        names.retain(|name| !self.places.iter().any(|place| place.span.overlaps(*name)));
        names
    }

    /// Whether a place is in the paragraph of `byte` or the one before.
    fn is_near(&self, place: &Place, byte: usize) -> bool {
        let number = |byte| self.scene.structure.paragraph_at(byte).map_or(0, |paragraph| paragraph.number);
        number(place.span.start) + 1 >= number(byte)
    }

    /// Who spoke last before `byte`, else who was named last: where a cue has no speaker of its own.
    pub fn goes_on(&self, byte: usize) -> Option<Id> {
        let before = || self.places.iter().rev().filter(|place| place.span.end <= byte && self.is_near(place, byte));
        before().find(|place| place.speaks).or_else(|| before().next()).map(|place| place.id.clone())
    }

    /// Whom a pronoun at `byte` means: who spoke last before it, else who was named last, of those that it can mean.
    fn meant_by(&self, pronoun: &str, byte: usize) -> Option<&Id> {
        let before =
            || self.places.iter().rev().filter(|place| place.span.end <= byte && self.can_mean(pronoun, &place.id));
        before()
            .filter(|place| self.is_near(place, byte))
            .find(|place| place.speaks)
            .or_else(|| before().next())
            .map(|place| &place.id)
    }

    /// Whether a pronoun can stand for a source, as far as its kind, its titles and earlier pronouns tell.
    fn can_mean(&self, pronoun: &str, id: &Id) -> bool {
        let Some(known) = self.scene.register.iter().find(|known| known.id == *id) else { return false };
        let language = self.scene.language;
        let kind = known.source.kind.as_deref();
        let person = !matches!(kind, Some("organisation" | "document" | "writer"));
        let is = |class| language.is(pronoun, class);
        if is(Class::Who) {
            return true;
        }
        if is(Class::It) || is(Class::They) {
            return kind != Some("person");
        }
        person
            && !self
                .is_known_as(known, if is(Class::He) { (Class::Female, Class::She) } else { (Class::Male, Class::He) })
    }

    /// Whether a title of a source, or a pronoun marked as naming it, is of one of the classes.
    fn is_known_as(&self, known: &Known, (title, pronoun): (Class, Class)) -> bool {
        let source = &known.source;
        let language = self.scene.language;
        let titled = source
            .names()
            .chain(source.role.as_deref())
            .any(|name| folded(name).split(' ').any(|word| language.is(word, title)));
        titled
            || self
                .places
                .iter()
                .filter(|place| place.id == known.id)
                .any(|place| language.is(&folded(self.scene.text.slice(place.span)), pronoun))
    }

    /// Where a source is last named before `byte`; 0 where it is not.
    fn last_place(&self, id: &Id, byte: usize) -> usize {
        let before = self.places.iter().rev().find(|place| place.id == *id && place.span.end <= byte);
        before.map_or(0, |place| place.span.start + 1)
    }
}

/// The mentions that the analyst marked in `window`.
fn marked(scene: &Scene<'_>, window: ByteSpan) -> Vec<Place> {
    let place = |(id, span): (Id, ByteSpan)| {
        let source = scene.set.mentions.get(&id)?.source.as_ref()?;
        let speaks = scene.index.claims(&id).next().is_some();
        Some(Place { span, id: scene.set.principal(source).clone(), speaks })
    };
    (scene.mentions)(window).into_iter().filter_map(place).collect()
}

/// A name or alias, word by word.
struct Spelling<'a> {
    words: Vec<String>,
    /// Whether it is written in lower case itself ("the company"), so that no capital is asked for.
    any_case: bool,
    known: &'a Known,
}

/// The names and aliases of the register in `window`, outside the mentions marked already. A person's last name stands
/// for the person; of several with one last name, for the one used most.
fn written(scene: &Scene<'_>, window: ByteSpan, marked: &[Place]) -> Vec<Place> {
    let mut names: HashMap<String, Vec<Spelling<'_>>> = HashMap::new();
    for known in scene.register {
        let mut spellings: Vec<Spelling<'_>> = Vec::new();
        for name in known.source.names() {
            let words: Vec<String> =
                folded(name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            let any_case = name.chars().next().is_some_and(char::is_lowercase);
            let person = known.source.kind.as_deref().is_none_or(|kind| kind == "person");
            if let Some(last) = words.last().filter(|_| person && words.len() > 1) {
                spellings.push(Spelling { words: vec![last.clone()], any_case, known });
            }
            spellings.push(Spelling { words, any_case, known });
        }
        for spelling in spellings {
            if let Some(first) = spelling.words.first() {
                names.entry(first.clone()).or_default().push(spelling);
            }
        }
    }
    let words = words(scene.text.as_str(), window);
    let words_len = words.len();
    let mut places: Vec<Place> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let stands = |spelling: &&Spelling<'_>| {
            let words = spelling.words.iter().zip(words.iter().skip(at));
            let all = at + spelling.words.len() <= words_len;
            all && (spelling.any_case || word.capital_or_uncased())
                && words.into_iter().all(|(part, own)| own.lower == *part)
        };
        let candidates = names.get(&word.lower).into_iter().flatten().filter(stands);
        let best = candidates.max_by_key(|spelling| {
            (spelling.words.len(), spelling.known.here, spelling.known.elsewhere, &spelling.known.id)
        });
        let Some(Spelling { words: spelled, known, .. }) = best else {
            at += 1;
            continue;
        };
        let end = words.get(at + spelled.len() - 1).map_or(word.bare_end, |last| last.bare_end);
        let span = ByteSpan { start: word.span.start, end };
        if !marked.iter().any(|place| place.span.overlaps(span)) {
            places.push(Place { span, id: scene.set.principal(&known.id).clone(), speaks: false });
        }
        at += spelled.len();
    }
    places
}
