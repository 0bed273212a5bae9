//! What a query can ask for by name: the columns of exports, and what a claim has beside them.

use crate::annotation::Codebook;
use crate::exchange::COLUMNS;

/// How a field's values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text: the words stand somewhere in it. Plain words of a query are looked for in nearly all of these.
    Text,
    /// A word, or several: one is the value.
    Word,
    /// A day, a month or a year: lies in what is asked for.
    Date,
    /// A number.
    Number,
    /// A term of a scale.
    Term,
}

/// Fields of text in which plain words are not looked for: addresses, and names that stand in another field too.
const QUIET: [&str; 3] = ["url", "source_chain", "document"];

/// What `text:` looks in: the words of the claim.
pub(super) const WORDS_OF_A_CLAIM: [&str; 2] = ["quote", "statement"];

/// Fields that are no column of exports.
pub const MORE: [&str; 4] = ["value", "time", "evidence", "is"];

/// Other names of fields.
const ALSO: [(&str, &str); 10] = [
    ("by", "annotator"),
    ("id", "claim_id"),
    ("claim", "claim_id"),
    ("sha256", "text_sha256"),
    ("role", "source_role"),
    ("chain", "source_chain"),
    ("through", "source_chain"),
    ("tag", "tags"),
    ("date", "published"),
    ("words", "quote"),
];

/// Names that begin a term and are no field of a claim.
pub(super) const DIRECTIVES: [&str; 4] = ["text", "has", "in", "match"];

/// A field's name in a sheet and how its values are compared; `None` where neither the program nor the codebook has it.
pub(super) fn field(name: &str, codebook: &Codebook) -> Option<(String, Holds)> {
    let name = ALSO.iter().find(|(also, _)| *also == name).map_or(name, |(_, of)| of);
    if COLUMNS.iter().any(|column| column.name == name) || MORE.contains(&name) {
        return Some((name.to_owned(), holds(name)));
    }
    if let Some(field) = codebook.fields.iter().find(|field| field.key.eq_ignore_ascii_case(name)) {
        return Some((field.key.clone(), holds_of_own(&field.holds)));
    }
    let axis = codebook.in_use.iter().find(|in_use| in_use.axis.eq_ignore_ascii_case(name))?;
    Some((axis.axis.clone(), Holds::Term))
}

/// How the values of a column are compared.
pub(in crate::collection) fn holds(column: &str) -> Holds {
    match column {
        "document" | "title" | "publisher" | "url" | "quote" | "statement" | "cue" | "source" | "source_role"
        | "source_chain" | "note" | "value" | "evidence" => Holds::Text,
        "published" | "created" | "modified" | "time" => Holds::Date,
        "start" | "end" | "paragraph" => Holds::Number,
        "reliability" | "credibility" | "likelihood" | "confidence" => Holds::Term,
        _ => Holds::Word,
    }
}

/// Whether plain words are looked for in a column.
pub(in crate::collection) fn is_searched(column: &str, holds: Holds) -> bool {
    holds == Holds::Text && !QUIET.contains(&column)
}

/// How the values of a team's own field are compared, by what the codebook says that it holds.
pub(in crate::collection) fn holds_of_own(holds: &str) -> Holds {
    match holds {
        "number" => Holds::Number,
        "date" => Holds::Date,
        "choice" | "yes/no" => Holds::Word,
        _ => Holds::Text,
    }
}

/// Every name that can stand before a colon, for the nearest one to a slip of the pen.
fn names(codebook: &Codebook) -> impl Iterator<Item = &str> {
    let own = codebook.fields.iter().map(|field| field.key.as_str());
    let axes = codebook.in_use.iter().map(|in_use| in_use.axis.as_str());
    let also = ALSO.iter().map(|(also, _)| *also);
    COLUMNS.iter().map(|column| column.name).chain(MORE).chain(also).chain(DIRECTIVES).chain(own).chain(axes)
}

/// The known name that `name` was probably meant to be.
pub(super) fn nearest<'a>(name: &str, codebook: &'a Codebook) -> Option<&'a str> {
    nearest_of(name, names(codebook))
}

/// The nearest of some words, where one is near: a slip of the pen, not another word.
pub(super) fn nearest_of<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).clamp(1, 3);
    let near = known.map(|own| (strsim::damerau_levenshtein(word, own), own)).filter(|(far, _)| *far <= most);
    // Of equals the one that begins alike: the first letter is seldom the wrong one.
    let begins_alike = |own: &str| own.chars().next() == word.chars().next();
    near.min_by_key(|(far, own)| (*far, !begins_alike(own))).map(|(_, own)| own)
}
