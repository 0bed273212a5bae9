//! Whether the words that a query asks for exist: in the codebook, or in what claims say.
//!
//! A field of this kind holds one of some words (a kind, a style, a term of a scale). Ids and markings of a kind that
//! nobody listed can be anything and are not looked at. Held by `tests/query.rs`.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use super::condition::Test;
use super::fields::nearest_of;
use super::parse::term;
use super::{QueryError, Sheet};
use crate::annotation::{Codebook, Term, Word};
use crate::collection::folded::folded;

/// The kinds of a source.
const SOURCE_KINDS: [&str; 5] = ["person", "organisation", "document", "unnamed", "writer"];

/// Whether the words of a claim are where they were.
const ANCHORS: [&str; 5] = ["exact", "moved", "ambiguous", "lost", "unchecked"];

/// At most this many words are listed where none is near.
const LISTED: usize = 12;

/// A word that a query asks for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The field, as sheets name it.
    pub field: String,
    /// The word as typed.
    pub written: String,
    /// What meets it.
    pub test: Test,
    /// Where it stands; the message is still empty.
    pub place: QueryError,
}

/// The words that can stand in a field.
#[derive(Default)]
struct Words<'a> {
    /// What each is called first, in the order of the codebook.
    keys: Vec<&'a str>,
    /// By which other names one can be asked for.
    others: Vec<&'a str>,
}

/// What [`super::Query::check`] does.
pub(super) fn check<S: Borrow<Sheet>>(
    asked: &[Asked],
    codebook: &Codebook,
    sheets: impl IntoIterator<Item = S>,
) -> Result<(), QueryError> {
    let looked_up = asked.iter().filter_map(|asked| Some((asked, words(&asked.field, codebook)?)));
    let mut missing: Vec<_> = looked_up
        .filter(|(asked, words)| !words.meet(asked) && !takes_numbers(asked, codebook))
        .map(|(asked, words)| (asked, words, BTreeSet::<String>::new()))
        .collect();
    for sheet in sheets {
        if missing.is_empty() {
            return Ok(());
        }
        missing.retain_mut(|(asked, _, said)| {
            let columns = sheet.borrow().columns().filter(|column| column.name == asked.field);
            for value in columns.flat_map(|column| &column.values) {
                if asked.test.holds(value) {
                    return false;
                }
                said.extend(value.words.iter().map(ToString::to_string));
            }
            true
        });
    }
    // Where there are no words at all, none can be wrong.
    let mut wrong = missing.iter().filter_map(|(asked, words, said)| asked.error(words, said));
    wrong.next().map_or(Ok(()), Err)
}

/// The words that a codebook has for a field; `None` where any word can stand in it.
fn words<'a>(field: &str, codebook: &'a Codebook) -> Option<Words<'a>> {
    let listed = |words: &'a [Word]| Words {
        keys: words.iter().map(|word| word.key.as_str()).collect(),
        others: words.iter().map(|word| word.label.as_str()).collect(),
    };
    let only = |keys: &[&'a str]| Words { keys: keys.to_vec(), others: Vec::new() };
    Some(match field {
        "kind" => Words {
            keys: codebook.kinds.iter().map(|kind| kind.key.as_str()).collect(),
            others: codebook.kinds.iter().map(|kind| kind.label.as_str()).collect(),
        },
        "tags" => {
            let tags = codebook.all_tags();
            Words {
                keys: tags.iter().map(|tag| tag.key.as_str()).collect(),
                others: tags.iter().map(|tag| tag.label.as_str()).collect(),
            }
        }
        "style" => listed(&codebook.styles),
        "status" => listed(&codebook.statuses),
        "marking" => listed(&codebook.markings),
        "source_kind" => only(&SOURCE_KINDS),
        "anchor" => only(&ANCHORS),
        // Only the claims know who made them.
        "annotator" => Words::default(),
        "likelihood_scale" | "confidence_scale" => {
            Words { keys: codebook.scales.iter().map(|scale| scale.id.as_str()).collect(), others: Vec::new() }
        }
        field => match codebook.fields.iter().find(|own| own.key == field && !own.offered().is_empty()) {
            Some(own) if own.holds == "yes/no" => only(&["yes", "no"]),
            Some(own) => Words { keys: own.choices.iter().map(String::as_str).collect(), others: Vec::new() },
            None => of_axis(field, codebook)?,
        },
    })
}

/// The terms of all scales on an axis, those of the scale in use first.
fn of_axis<'a>(axis: &str, codebook: &'a Codebook) -> Option<Words<'a>> {
    let in_use = codebook.axis_in_use(axis);
    let all: Vec<_> = codebook.scales.iter().filter_map(|scale| scale.axis(axis)).collect();
    let terms = || in_use.into_iter().chain(all.iter().copied()).flat_map(|axis| &axis.terms);
    let keys = in_use.or(all.first().copied())?.terms.iter().map(|term| term.key.as_str()).collect();
    let names = |term: &'a Term| [&term.key, &term.label].into_iter().chain(&term.also);
    Some(Words { keys, others: terms().flat_map(names).map(String::as_str).collect() })
}

/// Whether a number is asked for on an axis that is judged in numbers too.
fn takes_numbers(asked: &Asked, codebook: &Codebook) -> bool {
    let in_use = codebook.axis_in_use(&asked.field);
    matches!(asked.test, Test::Numbers(..))
        && in_use.is_some_and(|axis| axis.terms.iter().any(|term| term.band.is_some()))
}

impl Words<'_> {
    fn all(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().chain(&self.others).copied()
    }

    fn meet(&self, asked: &Asked) -> bool {
        match &asked.test {
            // A hyphen in a term stands for a blank.
            Test::Is(word) => self.all().any(|own| folded(own) == *word || term(own) == *word),
            _ => false,
        }
    }
}

impl Asked {
    /// What is said of a word that nobody has; `None` where nobody has any.
    fn error(&self, words: &Words<'_>, said: &BTreeSet<String>) -> Option<QueryError> {
        let typed = folded(&self.written);
        if typed.is_empty() {
            return None;
        }
        let known = || words.all().chain(said.iter().map(String::as_str));
        let folds: Vec<String> = known().map(folded).collect();
        let begins = || folds.iter().map(String::as_str).find(|word| word.starts_with(&typed));
        // Of one or two letters every other is near.
        let slip = || nearest_of(&typed, folds.iter().map(String::as_str)).filter(|_| typed.chars().count() > 2);
        let near = slip().or_else(begins);
        let near = near.and_then(|near| known().find(|word| folded(word) == near));
        let field = match self.field.as_str() {
            "tags" => "tag".to_owned(),
            field => field.replace('_', " "),
        };
        let written = &self.written;
        let message = match near {
            Some(near) => format!("no {field} “{written}”; did you mean “{near}”?"),
            None => {
                let mut listed = words.keys.clone();
                listed.extend(
                    said.iter().map(String::as_str).filter(|word| !words.all().any(|own| folded(own) == *word)),
                );
                let more = if listed.len() > LISTED { ", …" } else { "" };
                listed.truncate(LISTED);
                if listed.is_empty() {
                    return None;
                }
                format!("no {field} “{written}”: known are {}{more}", listed.join(", "))
            }
        };
        Some(QueryError { message, ..self.place.clone() })
    }
}
