//! Word lists of a language, by which speakers, cues, kinds and figures are proposed.
//!
//! The lists are data (`assets/languages`). They propose and never decide: nothing found by them reaches a set without
//! the analyst. Held by `tests/assist.rs`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The files of `assets/languages`; the first one stands in for languages without a file.
const FILES: [&str; 6] = [
    include_str!("../../assets/languages/en.ron"),
    include_str!("../../assets/languages/ar.ron"),
    include_str!("../../assets/languages/de.ron"),
    include_str!("../../assets/languages/es.ron"),
    include_str!("../../assets/languages/et.ron"),
    include_str!("../../assets/languages/fr.ron"),
];

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Class {
    /// A verb of saying.
    Saying = 1,
    /// A verb of thinking, wanting or finding.
    Thinking = 1 << 1,
    /// A noun for something said.
    Noun = 1 << 2,
    /// Opens a clause that tells what was said.
    That = 1 << 3,
    /// Stands between a speaker and the verb.
    Between = 1 << 4,
    /// Begins a noun phrase.
    Determiner = 1 << 5,
    /// A preposition.
    Preposition = 1 << 6,
    /// Begins a clause, and is no part of a name though a sentence begin with it.
    Conjunction = 1 << 7,
    /// A day, by name.
    Day = 1 << 8,
    /// Stands inside names, in lower case.
    Joining = 1 << 9,
    /// Pronouns by what they stand for.
    He = 1 << 10,
    /// One woman.
    She = 1 << 11,
    /// Several.
    They = 1 << 12,
    /// A thing, or an organisation.
    It = 1 << 13,
    /// The speaker of a quotation, or the writer of the release.
    We = 1 << 14,
    /// A relative pronoun.
    Who = 1 << 15,
    /// Tells that a name is a man's.
    Male = 1 << 16,
    /// Tells that a name is a woman's.
    Female = 1 << 17,
    /// Stands before names of people.
    Title = 1 << 18,
    /// People without a name.
    People = 1 << 19,
    /// Tells that a name is an organisation's.
    Organisation = 1 << 20,
    /// Words for numbers.
    Quantity = 1 << 21,
    /// Months.
    Month = 1 << 22,
    /// Stands before the one who does it ("criticised by").
    Agent = 1 << 23,
    /// Makes the verb after it a passive: its subject does not speak.
    Passive = 1 << 24,
    /// Says how firmly: "will", "may".
    Modal = 1 << 25,
    /// Denies.
    Negation = 1 << 26,
}

/// A language's file. A list that the language has no use for is left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lists {
    code: String,
    name: String,
    /// Whether the speaker follows the verb as a rule ("said the minister that …").
    verb_first: bool,
    /// One verb an entry: all its forms.
    saying: Vec<String>,
    thinking: Vec<String>,
    /// Phrases that a speaker follows.
    before_speaker: Vec<String>,
    nouns: String,
    that: String,
    between: String,
    determiners: String,
    prepositions: String,
    agent: String,
    passive: String,
    conjunctions: String,
    days: String,
    joining: String,
    he: String,
    she: String,
    they: String,
    it: String,
    writer: String,
    who: String,
    male: String,
    female: String,
    titles: String,
    people: String,
    organisations: String,
    quantities: String,
    months: String,
    percent: Vec<String>,
    kinds: KindPhrases,
    /// Verbs that say how firmly ("will", "may").
    modals: String,
    /// Phrases that say how firmly or how nearly.
    hedges: Vec<String>,
    /// The same, where a number follows ("about 40", not "about that").
    hedges_of_numbers: Vec<String>,
    negations: String,
}

/// Phrases that speak for a kind of claim.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct KindPhrases {
    /// "will", "shall": after an organisation's name a commitment.
    pub will: Vec<String>,
    pub commitment: Vec<String>,
    pub prediction: Vec<String>,
    pub normative: Vec<String>,
    pub causal: Vec<String>,
    pub rule: Vec<String>,
    pub opinion: Vec<String>,
    pub event: Vec<String>,
}

/// A language's words, ready for use.
#[derive(Debug)]
pub struct Language {
    code: String,
    name: String,
    classes: HashMap<String, u32>,
    /// Whether the speaker follows the verb as a rule.
    pub(super) verb_first: bool,
    /// Phrases that a speaker follows, word by word.
    pub(super) before_speaker: Vec<Vec<String>>,
    /// "percent", "per cent".
    pub(super) percent: Vec<String>,
    pub(super) kinds: KindPhrases,
    /// Phrases that say how firmly or how nearly, word by word, the longest first.
    pub(super) hedges: Vec<Vec<String>>,
    /// The same, where a number follows.
    pub(super) hedges_of_numbers: Vec<Vec<String>>,
}

impl Language {
    /// The words of a language by its BCP 47 tag; English where there are none.
    #[must_use]
    pub fn of(tag: Option<&str>) -> &'static Self {
        static READ: LazyLock<Vec<Language>> = LazyLock::new(|| Language::read_all().0);
        static NONE: LazyLock<Language> = LazyLock::new(Language::empty);
        let code = tag.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("").to_ascii_lowercase();
        READ.iter().find(|language| language.code == code).or_else(|| READ.first()).unwrap_or(&NONE)
    }

    /// Reads the lists anew, with what is wrong in them (nothing, as a test holds).
    #[must_use]
    pub fn read_all() -> (Vec<Self>, Vec<String>) {
        let (mut languages, mut wrong) = (Vec::new(), Vec::new());
        for file in FILES {
            match ron::from_str::<Lists>(file) {
                Ok(lists) => languages.push(Self::new(lists)),
                Err(error) => wrong.push(error.to_string()),
            }
        }
        (languages, wrong)
    }

    /// BCP 47 tag of the language.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its name in English.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn empty() -> Self {
        Self {
            code: String::new(),
            name: String::new(),
            classes: HashMap::new(),
            verb_first: false,
            before_speaker: Vec::new(),
            percent: Vec::new(),
            kinds: KindPhrases::default(),
            hedges: Vec::new(),
            hedges_of_numbers: Vec::new(),
        }
    }

    fn new(lists: Lists) -> Self {
        let mut classes: HashMap<String, u32> = HashMap::new();
        let mut add = |words: &str, class: Class| {
            for word in words.split_whitespace() {
                *classes.entry(word.to_lowercase()).or_default() |= class as u32;
            }
        };
        lists.saying.iter().for_each(|forms| add(forms, Class::Saying));
        lists.thinking.iter().for_each(|forms| add(forms, Class::Thinking));
        for (words, class) in [
            (&lists.nouns, Class::Noun),
            (&lists.that, Class::That),
            (&lists.between, Class::Between),
            (&lists.determiners, Class::Determiner),
            (&lists.prepositions, Class::Preposition),
            (&lists.agent, Class::Agent),
            (&lists.passive, Class::Passive),
            (&lists.conjunctions, Class::Conjunction),
            (&lists.days, Class::Day),
            (&lists.joining, Class::Joining),
            (&lists.he, Class::He),
            (&lists.she, Class::She),
            (&lists.they, Class::They),
            (&lists.it, Class::It),
            (&lists.writer, Class::We),
            (&lists.who, Class::Who),
            (&lists.male, Class::Male),
            (&lists.female, Class::Female),
            (&lists.titles, Class::Title),
            (&lists.people, Class::People),
            (&lists.organisations, Class::Organisation),
            (&lists.quantities, Class::Quantity),
            (&lists.months, Class::Month),
            (&lists.modals, Class::Modal),
            (&lists.negations, Class::Negation),
        ] {
            add(words, class);
        }
        let words = |phrase: &String| phrase.split_whitespace().map(str::to_owned).collect();
        // A hyphen parts words in texts, too.
        let parts = |phrase: &String| -> Vec<String> { phrase.split([' ', '-']).map(str::to_owned).collect() };
        let longest_first = |phrases: &[String]| {
            let mut phrases: Vec<Vec<String>> = phrases.iter().map(parts).collect();
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
            phrases
        };
        let hedges = longest_first(&lists.hedges);
        let hedges_of_numbers = longest_first(&lists.hedges_of_numbers);
        Self {
            code: lists.code,
            name: lists.name,
            classes,
            verb_first: lists.verb_first,
            before_speaker: lists.before_speaker.iter().map(words).collect(),
            percent: lists.percent,
            kinds: lists.kinds,
            hedges,
            hedges_of_numbers,
        }
    }

    /// Whether a word, in lower case, can be of the class.
    pub(super) fn is(&self, word: &str, class: Class) -> bool {
        self.classes.get(word).is_some_and(|classes| classes & class as u32 != 0)
    }

    /// Whether a word can be of one of the classes.
    pub(super) fn is_any(&self, word: &str, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.is(word, class))
    }
}
