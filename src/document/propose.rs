//! What a release says of itself: title, publisher, date, address, language; proposed from its head and its end.
//!
//! Knows the habits of press releases, nothing of how the proposals are shown. Held by `tests/document.rs`. What is
//! not found is left out: a wrong date is worse than none.

use smol_str::SmolStr;

use super::abbreviations::{only_begins_sentences, stop_after};
use super::blocks::{release_label, slice};
use super::original::Stated;
use super::structure::{Part, PartKind, Structure};
use super::text::ByteSpan;
use super::{Document, date, language};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The value as proposed: a date in ISO 8601, blanks folded.
    pub value: String,
    /// Where in the text; `None` where it comes from the file's name, or from what the file says of itself.
    pub span: Option<ByteSpan>,
    /// What the file calls the place where it says so (`og:title`, `From`).
    pub place: Option<SmolStr>,
}

/// What a release says of itself. Each is only a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// The headline.
    pub title: Option<Found>,
    /// Who issued it.
    pub publisher: Option<Found>,
    /// When: `2023-06-28`.
    pub published: Option<Found>,
    /// Its address on the web.
    pub url: Option<Found>,
    /// Its language, BCP 47, from the whole text.
    pub language: Option<String>,
}

/// Proposes title, publisher, date, address and language.
#[must_use]
pub fn propose(document: &Document, structure: &Structure) -> Proposed {
    let release = Release { document, text: document.text.as_str(), parts: structure.parts() };
    let told = &document.original.told;
    let stated = |stated: &Option<Stated>| stated.as_ref().map(Found::from_stated);
    let day = |found: Found| Found { value: found.value.get(..10).unwrap_or(&found.value).to_owned(), ..found };
    let language = told.language.as_ref().map(|language| language.value.clone());
    Proposed {
        title: stated(&told.title).or_else(|| release.title()),
        publisher: stated(&told.issuer).or_else(|| release.publisher()),
        published: stated(&told.published).map(day).or_else(|| release.published()),
        url: stated(&told.url).or_else(|| release.url()),
        language: language.or_else(|| language::language(release.text).map(str::to_owned)),
    }
}

impl Found {
    fn in_text(value: String, span: ByteSpan) -> Self {
        Self { value, span: Some(span), place: None }
    }

    fn from_stated(stated: &Stated) -> Self {
        Self { value: stated.value.clone(), span: None, place: Some(stated.place.clone()) }
    }
}

/// Parts at the head, and at the end, that are looked at.
const HEAD: usize = 10;
const END: usize = 12;

/// How far into a part a date can stand and still be the release's own, in bytes.
const DATELINE: usize = 160;

/// The longest part that is looked at as a line of its own, in bytes.
const LINE: usize = 600;

const TITLE_LABELS: &[&str] = &["title", "headline", "titel", "titre", "título", "pealkiri", "заголовок", "τίτλος"];

const PUBLISHER_LABELS: &[&str] = &[
    "publisher",
    "issued by",
    "released by",
    "source",
    "organisation",
    "organization",
    "herausgeber",
    "émetteur",
    "emisor",
    "väljaandja",
    "издатель",
    "источник",
    "εκδότης",
];

const DATE_LABELS: &[&str] = &[
    "published",
    "publication date",
    "date",
    "released",
    "release date",
    "issued",
    "for immediate release",
    "for release",
    "datum",
    "veröffentlicht",
    "date de publication",
    "publié",
    "fecha",
    "publicado",
    "avaldatud",
    "kuupäev",
    "дата",
    "опубликовано",
    "ημερομηνία",
    "data",
];

const URL_LABELS: &[&str] = &[
    "url",
    "link",
    "permalink",
    "canonical",
    "web address",
    "original",
    "[original",
    "view original",
    "view source version",
    "originally published",
    "source",
    "retrieved from",
    "aadress",
    "адрес",
    "adresse",
    "enlace",
];

struct Release<'a> {
    document: &'a Document,
    text: &'a str,
    parts: &'a [Part],
}

impl<'a> Release<'a> {
    fn words(&self, part: &Part) -> &'a str {
        slice(self.text, part.span)
    }

    fn head(&self) -> impl Iterator<Item = &'a Part> {
        self.parts.iter().take(HEAD)
    }

    /// The last parts, the last one first, without those of the head.
    fn end(&self) -> impl Iterator<Item = &'a Part> {
        self.parts.iter().skip(HEAD).rev().take(END)
    }

    fn title(&self) -> Option<Found> {
        let labelled = self.labelled(TITLE_LABELS).find_map(|span| self.found(span));
        let part = self.parts.iter().find(|part| part.kind == PartKind::Title);
        labelled.or_else(|| {
            let span = part?.span;
            let words = slice(self.text, span);
            let words = words.get(release_label(words)..).unwrap_or_default();
            // "March 30  2007 Senator Clinton Calls on …": the date is not of the headline.
            let dated = date::find(words).filter(|date| date.span.start == 0).map_or(0, |date| date.span.end);
            let rest = words.get(dated..).filter(|rest| rest.len() > 10).unwrap_or(words);
            self.found(ByteSpan { start: span.end - rest.len(), end: span.end })
        })
    }

    fn publisher(&self) -> Option<Found> {
        let labelled = self.labelled(PUBLISHER_LABELS).find_map(|span| self.found(span).filter(is_name));
        labelled.or_else(|| self.after("SOURCE ")).or_else(|| self.office()).or_else(|| self.about())
    }

    /// What follows `intro` in a short part that begins with it.
    fn after(&self, intro: &str) -> Option<Found> {
        self.end().chain(self.head()).find_map(|part| {
            let rest = self.words(part).strip_prefix(intro)?;
            self.found(ByteSpan { start: part.span.end - rest.len(), end: part.span.end }).filter(is_name)
        })
    }

    /// `FROM THE OFFICE OF SENATOR SMITH: …`
    fn office(&self) -> Option<Found> {
        const INTROS: &[&str] = &["from the office of ", "news from the office of ", "news from "];
        self.head().find_map(|part| {
            let words = self.words(part);
            let intro =
                INTROS.iter().find(|intro| words.get(..intro.len()).is_some_and(|w| w.eq_ignore_ascii_case(intro)))?;
            let rest = words.get(intro.len()..)?;
            let name = rest.split([':', '\n']).next()?;
            let start = part.span.start + intro.len();
            self.found(ByteSpan { start, end: start + name.len() }).filter(is_name)
        })
    }

    /// The name after "About" in the heading of the paragraph that tells of the issuer, if headline or beginning have it
    /// too: other such paragraphs tell of partners and of the wire.
    fn about(&self) -> Option<Found> {
        const INTROS: &[&str] = &["About ", "Über ", "À propos de ", "Acerca de ", "Sobre "];
        const FORMS: &[&str] =
            &[" Inc", " Corp", " Corporation", " Ltd", " Limited", " LLC", " GmbH", " AG", " SE", " Holdings"];
        let is_told = |part: &&Part| matches!(part.kind, PartKind::Title | PartKind::Body);
        let told: Vec<&str> = self.head().filter(is_told).take(2).map(|part| first(self.words(part), LINE)).collect();
        let known = |name: &str| told.iter().any(|words| words.contains(name));
        self.parts.iter().skip(2).find_map(|part| {
            let words = self.words(part).trim_start_matches(['#', '*', ' ']);
            let rest = INTROS.iter().find_map(|intro| words.strip_prefix(intro))?;
            let name = rest.trim_end_matches(['*', ':', ' ', '#']);
            let start = part.span.end - rest.len();
            let found = self.found(ByteSpan { start, end: start + name.len() }).filter(is_name)?;
            let bare = found.value.trim_end_matches('.').trim_end_matches(',');
            let bare = FORMS.iter().find_map(|form| bare.strip_suffix(form)).unwrap_or(bare).trim_end_matches(',');
            let is_form = FORMS.iter().any(|form| form.trim_start() == bare);
            (!is_form && known(bare)).then_some(found)
        })
    }

    fn published(&self) -> Option<Found> {
        let labelled = self.labelled(DATE_LABELS).find_map(|span| self.date(span));
        let above = || self.head().take(4).find_map(|part| self.date_alone(part));
        let named = || date::find(&self.document.name).map(|date| Found { value: date.iso, span: None, place: None });
        let below = || self.head().chain(self.end()).find_map(|part| self.date_alone(part));
        let sure = labelled.or_else(|| self.dateline(true)).or_else(above).or_else(named);
        sure.or_else(|| self.dateline(false)).or_else(below)
    }

    /// The date at the head of the text. It is `sure` where only names of places and wires stand before it, as in
    /// `BRUSSELS, June 28, 2023 /PRNewswire/ --`. `On June 28, 2023, …` at the very beginning is a fair guess; dates
    /// further on are mostly those of what the text tells of.
    fn dateline(&self, sure: bool) -> Option<Found> {
        let is_text = |part: &&Part| matches!(part.kind, PartKind::Body | PartKind::Title | PartKind::Heading);
        self.head().filter(is_text).take(4).find_map(|part| {
            let words = first(self.words(part), DATELINE);
            let found = self.date(ByteSpan { start: part.span.start, end: part.span.start + words.len() })?;
            let before = words.get(..found.span?.start - part.span.start)?;
            let is_place = |word: &str| !word.starts_with(char::is_lowercase) && !only_begins_sentences(word);
            // The wire's name stands in brackets.
            let mut places = before.split(['(', ')']).step_by(2).flat_map(|s| s.split(|c: char| !c.is_alphanumeric()));
            let joins = |word: &str| matches!(word, "" | "and" | "den" | "le" | "de" | "of" | "the");
            let is_line = places.all(|word| is_place(word) || joins(word));
            let at_once = before.split_whitespace().count() <= 1;
            let is_first = part.kind != PartKind::Title || before.is_empty();
            (is_first && if sure { is_line } else { at_once }).then_some(found)
        })
    }

    /// The date of a line that is little else, and not of a correction.
    fn date_alone(&self, part: &Part) -> Option<Found> {
        if part.span.len() > LINE || first(self.words(part), LINE).to_lowercase().starts_with("correction") {
            return None;
        }
        self.date(part.span).filter(|found| found.span.is_some_and(|span| span.len() * 5 > part.span.len() * 2))
    }

    fn date(&self, span: ByteSpan) -> Option<Found> {
        let found = date::find(slice(self.text, span))?;
        let at = ByteSpan { start: span.start + found.span.start, end: span.start + found.span.end };
        Some(Found::in_text(found.iso, at))
    }

    fn url(&self) -> Option<Found> {
        let labelled = self.labelled(URL_LABELS).find_map(|span| self.address(span));
        labelled
            .or_else(|| self.head().find_map(|part| self.address(part.span).filter(|url| url.span == Some(part.span))))
    }

    /// The first web address in a span.
    fn address(&self, span: ByteSpan) -> Option<Found> {
        let words = slice(self.text, span);
        let at = ["https://", "http://"].iter().filter_map(|scheme| words.find(scheme)).min()?;
        let rest = words.get(at..)?;
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '<' | '"' | '”' | '»'));
        let url = rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches(['.', ',', ';', ':', '\'']);
        let start = span.start + at;
        (url.len() > "https://".len())
            .then(|| Found::in_text(url.to_owned(), ByteSpan { start, end: start + url.len() }))
    }

    /// What stands after a label and its colon (or what else ends it) in the short parts of head and end.
    fn labelled(&self, labels: &[&str]) -> impl Iterator<Item = ByteSpan> {
        let parts = self.head().chain(self.end()).filter(|part| part.span.len() <= LINE);
        parts.filter_map(move |part| {
            let words = self.words(part);
            let (label, rest) = words.split_once([':', '–', '—', ']'])?;
            let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != '[').to_lowercase();
            let is_label = labels.iter().any(|known| {
                label.strip_prefix(known).is_some_and(|more| {
                    more.is_empty() || (more.len() < 40 && !more.starts_with(char::is_alphanumeric))
                })
            });
            is_label.then_some(ByteSpan { start: part.span.end - rest.len(), end: part.span.end })
        })
    }

    /// The words of a span, without signs of Markdown and quote marks around them, blanks folded.
    fn found(&self, span: ByteSpan) -> Option<Found> {
        let signs = |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_');
        let words = slice(self.text, span);
        let start = span.start + (words.len() - words.trim_start_matches(signs).len());
        let words = words.trim_matches(signs);
        // "…" around a value of metadata, not around a part of it.
        let bare = words.strip_prefix('"').and_then(|words| words.strip_suffix('"')).filter(|bare| !bare.contains('"'));
        let (start, words) = bare.map_or((start, words), |bare| (start + 1, bare));
        let value = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then(|| Found::in_text(value, ByteSpan { start, end: start + words.len() }))
    }
}

/// The first `len` bytes, or a few less.
fn first(text: &str, len: usize) -> &str {
    text.get(..text.floor_char_boundary(len)).unwrap_or_default()
}

/// Whether a value can be somebody's name: short, no address, no sentence.
fn is_name(found: &Found) -> bool {
    let value = &found.value;
    let last = value.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    let is_sentence = value.ends_with(['.', '!', '?', ':']) && stop_after(last).is_none();
    (2..=80).contains(&value.chars().count())
        && !value.starts_with(char::is_lowercase)
        && !value.contains("://")
        && !value.contains('@')
        && !is_sentence
}
