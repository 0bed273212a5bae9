//! One query language for the shelf: the window's table, `vouch search` and the queries that a codebook keeps by name.
//!
//! ```text
//! kind:commitment source:NATO credibility:1-2 published:2023.. -status:retracted text:"brigade"
//! ```
//!
//! Terms that stand beside each other must all hold.
//!
//! ```text
//! query  = [ any ]
//! any    = all { "or" all }
//! all    = not { [ "and" ] not }
//! not    = [ "-" ] atom                         what is left out; no blank after the sign
//! atom   = "(" any ")" | name ":" value | words | "/" pattern "/"
//! value  = words | "/" pattern "/" | from ".." to | from ".." | ".." to | term "-" term
//! words  = a word | "several words"             \" is a quotation mark among them
//! ```
//!
//! - **Words** stand in any text of a claim: quote, statement, cue, source (aliases and affiliation too), role, note, title, publisher.
//!   `text:` asks the claim's own words only, quote and statement. Compared is without case, accents and the shapes of
//!   quotation marks and dashes; a part of a word is found.
//! - **Fields** are the columns of exports (`vouch export --format csv`), `value`, `time`, `evidence`, the fields of the
//!   codebook and its axes; `tag`, `role`, `chain`, `by`, `id` are short for `tags`, `source_role`, `source_chain`,
//!   `annotator` and `claim_id`. A field that holds text is asked whether the words stand in it; one that holds a word
//!   (kind, style, status, a tag, …) whether it is that word. A kind may be named by its label too, and a tag is also
//!   each tag above it.
//! - **Ranges** hold dates (`published:2023-06..2023-09`; a month or year is a range by itself, and what is known less
//!   exactly than is asked for is not found), numbers (`paragraph:3..5`), and terms by the order in which their own scale
//!   is printed (`credibility:1-2`, `reliability:A-C`, `likelihood:likely..`). A term is never carried over to another
//!   scale, and one outside the order (F, 6) is in no range. A range of numbers on an axis (`likelihood:60..70`) finds
//!   judgements that were given as a number.
//!
//! A word that stands neither in the codebook nor in any claim is an error that names the nearest one
//! ([`Query::check`]): a slip of the pen must not look like "nothing found".
//!
//! - **has:** any field, `assessment` or `remark`; `-has:source` finds what nobody is named as saying.
//! - **is:** `attributed`, `unattributed`, `assessed`, `unassessed`, `remarked`, `exact`, `moved`, `ambiguous`, `lost`,
//!   or a status.
//! - **Patterns** `/will (not )?be/` are regular expressions on the text as it stands, in the syntax of the crate `regex`,
//!   `\/` being a slash; `^` and `$` are ends of lines. `note:/…/` asks one field.
//! - **match:** `match:case` makes capitals and accents count, `match:word` finds whole words only, in all of the query.
//! - **in:text** looks in the paragraphs of the documents in the place of claims: words are looked for in the paragraph,
//!   and fields of a claim are not there. `in:quotes`, `in:statements`, `in:notes`, `in:sources` look in claims, words
//!   in these of their texts only.
//!
//! Knows no window and no files. Held by `tests/query.rs`.

mod condition;
mod dates;
mod fields;
mod parse;
mod pattern;
mod words;

use std::borrow::Borrow;
use std::fmt;

use self::condition::{Condition, Fields, Test};
use self::parse::{Parser, Says};
use self::words::Asked;
use super::sheet::Sheet;
use crate::annotation::{Codebook, Finding, SavedQuery, Warning};
use crate::document::ByteSpan;

pub(super) use self::dates::days;
pub use self::fields::{Holds, MORE};
pub(super) use self::fields::{holds, holds_of_own, is_searched};
pub(super) use self::parse::term;
pub use self::pattern::Matching;
pub(super) use self::pattern::Words;

/// What a claim can be, beside its status.
pub(super) const FLAGS: [&str; 9] =
    ["attributed", "unattributed", "assessed", "unassessed", "remarked", "exact", "moved", "ambiguous", "lost"];

/// A query that was understood.
#[derive(Clone, Debug)]
pub struct Query {
    node: Node,
    looks_in: In,
    /// The words that it asks for where only some words can stand.
    asked: Vec<Asked>,
}

/// What a query looks through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum In {
    /// Claims.
    #[default]
    Claims,
    /// The paragraphs of the documents.
    Text,
}

/// Conditions and how they are joined.
#[derive(Clone, Debug)]
enum Node {
    /// All hold; none is a query that finds everything.
    All(Vec<Node>),
    /// One holds.
    Any(Vec<Node>),
    /// It does not hold.
    Not(Box<Node>),
    /// It holds.
    One(Condition),
}

/// What is wrong with a query, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The part that is wrong, in bytes of what was typed; may be empty, where something is missing.
    pub span: ByteSpan,
    /// Its first character, counted from 1.
    pub at: usize,
    /// What is wrong: what to write instead.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "character {}: {}", self.at, self.message)
    }
}

impl std::error::Error for QueryError {}

impl Condition {
    /// What it looks for among the words of a paragraph, or of a claim's quote.
    fn words(&self) -> Option<&Words> {
        match (&self.fields, &self.test) {
            (Fields::Named(names), Test::Contains(words)) if names.iter().any(|name| name == "quote") => Some(words),
            _ => None,
        }
    }
}

impl From<Condition> for Node {
    fn from(condition: Condition) -> Self {
        Self::One(condition)
    }
}

impl Query {
    /// Understands what was typed. The codebook gives the team's own fields and axes, the scales and the statuses.
    ///
    /// # Errors
    /// [`QueryError`]: where it cannot be understood, and what to write instead.
    pub fn parse(text: &str, codebook: &Codebook) -> Result<Self, QueryError> {
        let mut parser = Parser::new(text, codebook, &Says::default());
        let mut node = parser.query()?;
        let says = std::mem::take(&mut parser.says);
        if says != Says::default() {
            // Where to look and how to compare may be said last, and holds for all of it.
            parser = Parser::new(text, codebook, &says);
            node = parser.query()?;
        }
        Ok(Self { node, looks_in: says.looks_in.unwrap_or_default(), asked: parser.asked })
    }

    /// Whether each kind, style, status, tag, annotator, term, … that is asked for is one: of the codebook, or of a claim
    /// of these sheets, so that what only a colleague's codebook has is found too. The sheets are walked only where the
    /// codebook does not have a word, and only until all are met.
    ///
    /// # Errors
    /// [`QueryError`]: the first word that nobody has, with the nearest one that somebody has.
    pub fn check<S: Borrow<Sheet>>(
        &self,
        codebook: &Codebook,
        sheets: impl IntoIterator<Item = S>,
    ) -> Result<(), QueryError> {
        words::check(&self.asked, codebook, sheets)
    }

    /// What it looks through: [`Sheet::of_claims`] or [`Sheet::of_text`].
    pub fn looks_in(&self) -> In {
        self.looks_in
    }

    /// Whether some paragraph of a text may be one that it finds, of a query that looks in text; `false` is certain.
    /// Costs one walk over the text for each of its words.
    pub fn may_find_in(&self, text: &str) -> bool {
        self.node.may_find_in(text)
    }

    /// Whether it asks for nothing but words of the paragraphs, so that [`Query::finds`] can tell.
    pub fn asks_words_only(&self) -> bool {
        self.looks_in == In::Text && self.node.asks_words_only()
    }

    /// Whether it finds a paragraph, of a query that asks for nothing but words.
    pub fn finds(&self, paragraph: &str) -> bool {
        self.node.finds(paragraph)
    }

    /// Where the words that it asks for stand in a text, in bytes of it, in order and apart. Words that it leaves out
    /// are not among them.
    pub fn places(&self, text: &str) -> Vec<ByteSpan> {
        let mut places = Vec::new();
        self.node.places(text, &mut places);
        places.sort_unstable();
        places.dedup_by(|next, last| {
            let is_one = next.start < last.end;
            last.end = if is_one { last.end.max(next.end) } else { last.end };
            is_one
        });
        places
    }

    /// The rows of a sheet that it finds, in order. Costs one walk over the values of the fields that are asked
    /// for, and one over the rows for each condition.
    pub fn rows(&self, sheet: &Sheet) -> Vec<usize> {
        let found = self.node.rows(sheet);
        found.iter().enumerate().filter(|(_, found)| **found).map(|(row, _)| row).collect()
    }
}

/// Which of the queries that a codebook keeps by name cannot be understood, or ask for a word that it does not have, each
/// with what is wrong and where.
#[must_use]
pub fn faulty_queries(codebook: &Codebook) -> Vec<Finding> {
    let faulty = |(at, saved): (usize, &SavedQuery)| {
        let nothing: [Sheet; 0] = [];
        let understood = Query::parse(&saved.query, codebook);
        let error = understood.and_then(|query| query.check(codebook, nothing)).err()?;
        let (place, message) = (format!("queries[{at}].query"), format!("{:?}, {error}", saved.name));
        Some(Finding { what: "faulty-query", at: Warning { place, message } })
    };
    codebook.queries.iter().enumerate().filter_map(faulty).collect()
}

impl Node {
    fn may_find_in(&self, text: &str) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.may_find_in(text)),
            Self::Any(nodes) => nodes.iter().any(|node| node.may_find_in(text)),
            Self::Not(_) => true,
            Self::One(condition) => condition.words().is_none_or(|words| words.may_stand_in(text)),
        }
    }

    fn asks_words_only(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().all(Self::asks_words_only),
            Self::Not(node) => node.asks_words_only(),
            Self::One(condition) => condition.words().is_some(),
        }
    }

    fn finds(&self, paragraph: &str) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.finds(paragraph)),
            Self::Any(nodes) => nodes.iter().any(|node| node.finds(paragraph)),
            Self::Not(node) => !node.finds(paragraph),
            Self::One(condition) => condition.words().is_some_and(|words| words.stand_in(paragraph)),
        }
    }

    fn places(&self, text: &str, places: &mut Vec<ByteSpan>) {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|node| node.places(text, places)),
            Self::Not(_) => {}
            Self::One(condition) => places.extend(condition.words().iter().flat_map(|words| words.places(text))),
        }
    }

    fn rows(&self, sheet: &Sheet) -> Vec<bool> {
        match self {
            Self::All(nodes) => joined(nodes, sheet, true),
            Self::Any(nodes) => joined(nodes, sheet, false),
            Self::Not(node) => {
                let mut rows = node.rows(sheet);
                for row in &mut rows {
                    *row = !*row;
                }
                rows
            }
            Self::One(condition) => {
                let mut rows = vec![false; sheet.len()];
                condition.meet(sheet, &mut rows);
                rows
            }
        }
    }
}

/// The rows that all nodes find, or that one does.
fn joined(nodes: &[Node], sheet: &Sheet, all: bool) -> Vec<bool> {
    let mut rows = vec![all; sheet.len()];
    for node in nodes {
        for (row, found) in rows.iter_mut().zip(node.rows(sheet)) {
            *row = if all { *row && found } else { *row || found };
        }
    }
    rows
}
