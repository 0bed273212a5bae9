//! From what was typed to a query, or to what is wrong with it and what to write instead.

use std::collections::BTreeSet;

use super::condition::{Condition, Fields, Strengths, Test};
use super::dates::days;
use super::fields::{Holds, WORDS_OF_A_CLAIM, field, nearest, nearest_of};
use super::pattern::{Matching, Words};
use super::words::Asked;
use super::{FLAGS, In, Node, QueryError};
use crate::annotation::{Codebook, ScaleAxis};
use crate::collection::folded::folded;
use crate::document::ByteSpan;

/// Brackets within brackets are followed this far.
const DEPTH: usize = 64;

/// The signs that begin and end a phrase.
const QUOTES: [char; 4] = ['"', '“', '”', '„'];

/// What was typed, and how far it was read.
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    codebook: &'a Codebook,
    /// The words that were asked for where only some can stand.
    pub asked: Vec<Asked>,
    /// What the query says of all of itself.
    pub says: Says,
    /// How its words are compared.
    matching: Matching,
    /// The fields that its plain words are asked of.
    fields: Fields,
}

/// What a query says of all of itself, wherever it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Says {
    /// Where it looks.
    pub looks_in: Option<In>,
    /// In which texts of claims its plain words are looked for; none: in all.
    within: BTreeSet<&'static str>,
    /// How words are compared.
    matching: Matching,
}

/// Texts of claims that plain words can be kept to.
const WITHIN: [(&str, &[&str]); 4] = [
    ("quotes", &["quote"]),
    ("statements", &["statement"]),
    ("notes", &["note"]),
    ("sources", &["source", "source_role"]),
];

type Parsed<T> = Result<T, QueryError>;

impl<'a> Parser<'a> {
    /// Reads a query that is known to say this of itself.
    pub fn new(text: &'a str, codebook: &'a Codebook, known: &Says) -> Self {
        let named = |names: &mut dyn Iterator<Item = &'static str>| Fields::Named(names.map(str::to_owned).collect());
        let fields = match known.looks_in {
            Some(In::Text) => named(&mut ["quote"].into_iter()),
            _ if known.within.is_empty() => Fields::AnyText,
            _ => named(&mut known.within.iter().copied()),
        };
        Self { text, at: 0, codebook, asked: Vec::new(), says: Says::default(), matching: known.matching, fields }
    }

    /// The whole query.
    pub fn query(&mut self) -> Parsed<Node> {
        if self.peek().is_none() {
            return Ok(Node::All(Vec::new()));
        }
        let node = self.any(0)?;
        match self.peek() {
            None => Ok(node),
            Some(_) => {
                Err(self.wrong(self.at, self.at + 1, "this bracket closes nothing: take it out, or put “(” before"))
            }
        }
    }

    fn wrong(&self, start: usize, end: usize, message: impl Into<String>) -> QueryError {
        let span = ByteSpan { start, end: end.min(self.text.len()).max(start) };
        let at = self.text.get(..start).unwrap_or_default().chars().count() + 1;
        QueryError { span, at, message: message.into() }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next sign that is not blank.
    fn peek(&mut self) -> Option<char> {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.rest().chars().next()
    }

    /// The word that stands next, up to a blank, a bracket or a quotation mark.
    fn word(&self) -> &'a str {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || QUOTES.contains(&c);
        let rest = self.rest();
        rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default()
    }

    /// Takes a word that joins, if it stands next.
    fn takes(&mut self, joining: &str) -> bool {
        self.peek();
        let stands = self.word().eq_ignore_ascii_case(joining);
        if stands {
            self.at += joining.len();
        }
        stands
    }

    fn any(&mut self, depth: usize) -> Parsed<Node> {
        let mut either = vec![self.all(depth)?];
        while self.takes("or") {
            either.push(self.all(depth)?);
        }
        Ok(if either.len() > 1 { Node::Any(either) } else { either.swap_remove(0) })
    }

    fn all(&mut self, depth: usize) -> Parsed<Node> {
        let mut each = Vec::new();
        loop {
            match self.peek() {
                None | Some(')') => break,
                Some(_) if self.word().eq_ignore_ascii_case("or") => break,
                Some(_) if !each.is_empty() && self.takes("and") => {}
                Some(_) => each.push(self.not(depth)?),
            }
        }
        match each.len() {
            0 => {
                let message = "something must stand here: “or” has a term on each side, and brackets have one within; \
                               write \"or\" in quotation marks to look for the word";
                Err(self.wrong(self.at, self.at, message))
            }
            1 => Ok(each.swap_remove(0)),
            _ => Ok(Node::All(each)),
        }
    }

    fn not(&mut self, depth: usize) -> Parsed<Node> {
        if !self.rest().starts_with('-') {
            return self.atom(depth);
        }
        let start = self.at;
        self.at += 1;
        match self.rest().chars().next() {
            None => Err(self.wrong(start, self.at, "“-” stands right before what is left out: -status:retracted")),
            Some(c) if c.is_whitespace() || matches!(c, '-' | ')') => {
                Err(self.wrong(start, self.at, "“-” stands right before what is left out: -status:retracted"))
            }
            Some(_) => Ok(Node::Not(Box::new(self.atom(depth)?))),
        }
    }

    fn atom(&mut self, depth: usize) -> Parsed<Node> {
        let start = self.at;
        match self.rest().chars().next() {
            Some('(') if depth == DEPTH => Err(self.wrong(start, start + 1, "too many brackets within each other")),
            Some('(') => {
                self.at += 1;
                let node = self.any(depth + 1)?;
                if self.peek() != Some(')') {
                    return Err(self.wrong(
                        start,
                        start + 1,
                        "this bracket is not closed: put “)” after its last term",
                    ));
                }
                self.at += 1;
                Ok(node)
            }
            Some(c) if QUOTES.contains(&c) => {
                let phrase = self.phrase()?;
                Ok(self.words(start, &phrase)?.into())
            }
            Some('/') => {
                let test = self.pattern()?;
                Ok(Condition { fields: self.fields.clone(), test }.into())
            }
            _ => {
                let word = self.word();
                match word.split_once(':') {
                    Some((name, value)) if !name.is_empty() => {
                        self.at += name.len() + 1;
                        self.term(start, name, value)
                    }
                    _ => {
                        self.at += word.len();
                        Ok(self.words(start, word)?.into())
                    }
                }
            }
        }
    }

    /// The words between quotation marks; `\"` is a quotation mark among them.
    fn phrase(&mut self) -> Parsed<String> {
        let start = self.at;
        let mut phrase = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => phrase.extend(chars.next().map(|(_, c)| c)),
                c if QUOTES.contains(&c) => {
                    self.at += at + c.len_utf8();
                    return Ok(phrase);
                }
                c => phrase.push(c),
            }
        }
        Err(self.wrong(start, self.text.len(), "this quotation mark is not closed: put one after the last word"))
    }

    /// Words in any text.
    fn words(&self, start: usize, words: &str) -> Parsed<Condition> {
        Ok(Condition { fields: self.fields.clone(), test: self.contains(start, words)? })
    }

    fn contains(&self, start: usize, words: &str) -> Parsed<Test> {
        let none = || self.wrong(start, self.at, "no words to look for: write some, or take it out");
        Words::typed(words, self.matching).map(|words| Test::Contains(Box::new(words))).ok_or_else(none)
    }

    /// The pattern between two strokes; `\/` is a stroke in it.
    fn pattern(&mut self) -> Parsed<Test> {
        let start = self.at;
        let mut pattern = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        loop {
            match chars.next() {
                None => {
                    let message = "this pattern is not closed: put “/” after it; to look for a stroke, put the word \
                                   in quotation marks";
                    return Err(self.wrong(start, self.text.len(), message));
                }
                Some((at, '/')) => {
                    self.at += at + 1;
                    break;
                }
                Some((_, '\\')) => match chars.next() {
                    Some((_, '/')) => pattern.push('/'),
                    next => {
                        pattern.push('\\');
                        pattern.extend(next.map(|(_, c)| c));
                    }
                },
                Some((_, c)) => pattern.push(c),
            }
        }
        if pattern.is_empty() {
            return Err(self.wrong(start, self.at, "no pattern between the strokes: write /will (not )?be/"));
        }
        match Words::pattern(&pattern, self.matching) {
            Ok(words) => Ok(Test::Contains(Box::new(words))),
            Err((at, what)) => {
                let message = format!(
                    "this pattern cannot be used, from its character {}: {what}; put the words in quotation marks to \
                     look for them as they are",
                    at + 1
                );
                Err(self.wrong(start, self.at, message))
            }
        }
    }

    /// `name:value`; the value is what follows in the same word, or a phrase right after it.
    fn term(&mut self, start: usize, name: &str, value: &'a str) -> Parsed<Node> {
        let lower = name.to_lowercase();
        if value.starts_with('/')
            && let Some(fields) = self.fields_of(&lower)
        {
            let test = self.pattern()?;
            return Ok(Condition { fields: Fields::Named(fields), test }.into());
        }
        let phrase = if value.is_empty() && self.rest().starts_with(QUOTES) {
            Some(self.phrase()?)
        } else {
            self.at += value.len();
            None
        };
        let is_phrase = phrase.is_some();
        let value = phrase.as_deref().unwrap_or(value);
        if value.trim().is_empty() {
            let after =
                if self.rest().starts_with('(') { format!(": write ({name}:a or {name}:b)") } else { String::new() };
            let message = format!("“{name}:” needs a value right after the colon{after}");
            return Err(self.wrong(start, self.at, message));
        }
        let named = |fields: &[&str], test| {
            let fields = Fields::Named(fields.iter().map(|&field| field.to_owned()).collect());
            Ok(Condition { fields, test }.into())
        };
        match lower.as_str() {
            "text" => return named(&WORDS_OF_A_CLAIM, self.contains(start, value)?),
            "has" => return self.has(start, &value.to_lowercase()),
            "in" => return self.looks(start, &value.to_lowercase()),
            "match" => return self.matches(start, &value.to_lowercase()),
            "is" => return named(&["is"], self.flag(start, value)?),
            _ => {}
        }
        let Some((field, holds)) = field(&lower, self.codebook) else {
            let nearest = nearest(&lower, self.codebook);
            let meant = nearest.map_or_else(String::new, |nearest| format!("write “{nearest}:”, or "));
            let message =
                format!("there is no field “{name}”: {meant}put the words in quotation marks to look for them");
            return Err(self.wrong(start, start + name.len(), message));
        };
        let test = match holds {
            Holds::Text => self.contains(start, value)?,
            Holds::Word => Test::Is(folded(value)),
            Holds::Date => self.days(start, value)?,
            Holds::Number => self.numbers(start, value)?,
            Holds::Term if is_phrase => Test::Is(term(value)),
            Holds::Term => self.terms(start, &field, value)?,
        };
        if matches!(holds, Holds::Word | Holds::Term) && !matches!(test, Test::Terms(_)) {
            let (place, written) = (self.wrong(start, self.at, ""), value.to_owned());
            self.asked.push(Asked { field: field.clone(), written, test: test.clone(), place });
        }
        named(&[&field], test)
    }

    /// The fields that a pattern after this name is asked of.
    fn fields_of(&self, name: &str) -> Option<Vec<String>> {
        match name {
            "text" => Some(WORDS_OF_A_CLAIM.map(str::to_owned).into()),
            "has" | "in" | "is" | "match" => None,
            name => field(name, self.codebook).map(|(field, _)| vec![field]),
        }
    }

    fn matches(&mut self, start: usize, what: &str) -> Parsed<Node> {
        match what {
            "case" => self.says.matching.case = true,
            "word" => self.says.matching.word = true,
            _ => {
                let message =
                    "match:case makes capitals and accents count, match:word finds whole words: write one of them";
                return Err(self.wrong(start, self.at, message));
            }
        }
        Ok(Node::All(Vec::new()))
    }

    fn flag(&self, start: usize, value: &str) -> Parsed<Test> {
        let flag = folded(value);
        let statuses = || self.codebook.statuses.iter().map(|status| status.key.as_str());
        if FLAGS.contains(&flag.as_str()) || statuses().any(|status| folded(status) == flag) {
            return Ok(Test::Is(flag));
        }
        let known: Vec<&str> = FLAGS.into_iter().chain(statuses()).collect();
        let message = match nearest_of(&flag, known.iter().copied()) {
            Some(nearest) => format!("no claim is “{value}”: write “is:{nearest}”"),
            None => format!("no claim is “{value}”: after “is:” stands one of {}", known.join(", ")),
        };
        Err(self.wrong(start, self.at, message))
    }

    fn has(&self, start: usize, what: &str) -> Parsed<Node> {
        let flag = |flag: &str| Condition { fields: Fields::Named(vec!["is".to_owned()]), test: Test::Is(flag.into()) };
        let fields = match what {
            "assessment" => return Ok(flag("assessed").into()),
            "remark" => return Ok(flag("remarked").into()),
            "text" => WORDS_OF_A_CLAIM.map(str::to_owned).into(),
            _ => match field(what, self.codebook) {
                Some((field, _)) => vec![field],
                None => {
                    let nearest = nearest(what, self.codebook);
                    let meant = nearest.map_or_else(
                        || "a field such as source, note or published".to_owned(),
                        |nearest| format!("“has:{nearest}”"),
                    );
                    return Err(self.wrong(start, self.at, format!("there is no field “{what}”: write {meant}")));
                }
            },
        };
        Ok(Condition { fields: Fields::Named(fields), test: Test::IsThere }.into())
    }

    fn looks(&mut self, start: usize, place: &str) -> Parsed<Node> {
        let within = WITHIN.iter().find(|(name, _)| *name == place).map(|(_, fields)| *fields);
        let looks_in = match place {
            "claims" => In::Claims,
            "text" => In::Text,
            _ if within.is_some() => In::Claims,
            _ => {
                let message = "a query looks in claims or in text: write in:claims or in:text, or keep the words to \
                               in:quotes, in:statements, in:notes or in:sources";
                return Err(self.wrong(start, self.at, message));
            }
        };
        if self.says.looks_in.is_some_and(|other| other != looks_in) {
            return Err(self.wrong(start, self.at, "a query looks in claims or in text: leave one of the two out"));
        }
        self.says.looks_in = Some(looks_in);
        self.says.within.extend(within.unwrap_or_default());
        Ok(Node::All(Vec::new()))
    }

    fn days(&self, start: usize, value: &str) -> Parsed<Test> {
        let day = |date: &str| {
            days(date).ok_or_else(|| {
                let message =
                    format!("“{date}” is no date: write 2023, 2023-06, 2023-06-28, or a range 2023-06..2023-09");
                self.wrong(start, self.at, message)
            })
        };
        let Some((from, to)) = value.split_once("..") else { return day(value).map(|(from, to)| Test::Days(from, to)) };
        self.not_bare(start, from, to)?;
        let from = if from.is_empty() { 0 } else { day(from)?.0 };
        let to = if to.is_empty() { u32::MAX } else { day(to)?.1 };
        if from > to { Err(self.backwards(start)) } else { Ok(Test::Days(from, to)) }
    }

    fn numbers(&self, start: usize, value: &str) -> Parsed<Test> {
        let number = |text: &str| {
            text.parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .ok_or_else(|| self.wrong(start, self.at, format!("“{text}” is no number: write 3, or a range 3..5")))
        };
        let hyphen = || value.split_once('-').filter(|(from, _)| !from.is_empty());
        let Some((from, to)) = value.split_once("..").or_else(hyphen) else {
            return number(value).map(|number| Test::Numbers(number, number));
        };
        self.not_bare(start, from, to)?;
        let from = if from.is_empty() { f64::NEG_INFINITY } else { number(from)? };
        let to = if to.is_empty() { f64::INFINITY } else { number(to)? };
        if from > to { Err(self.backwards(start)) } else { Ok(Test::Numbers(from, to)) }
    }

    fn not_bare(&self, start: usize, from: &str, to: &str) -> Parsed<()> {
        if from.is_empty() && to.is_empty() {
            return Err(self.wrong(
                start,
                self.at,
                "a range needs an end at least: write 2.. or ..5; has: asks for any",
            ));
        }
        Ok(())
    }

    fn backwards(&self, start: usize) -> QueryError {
        self.wrong(start, self.at, "this range ends before it begins: write its ends the other way round")
    }

    /// A term, or a range of terms by the order of each scale that has both ends; numbers where no scale has them.
    fn terms(&self, start: usize, axis: &str, value: &str) -> Parsed<Test> {
        let scales = || self.codebook.scales.iter().filter_map(|scale| Some((scale, scale.axis(axis)?)));
        let is_term = |written: &str| scales().any(|(_, terms)| terms.term(written).is_some());
        if is_term(value) {
            return Ok(Test::Is(term(value)));
        }
        let hyphens = value.match_indices('-').map(|(at, _)| at);
        let ends = hyphens.filter_map(|at| Some((value.get(..at)?, value.get(at + 1..)?)));
        let range = value.split_once("..");
        let Some((from, to)) = range.or_else(|| ends.into_iter().find(|(from, to)| is_term(from) && is_term(to)))
        else {
            // A word of a scale that this codebook does not have, or a number.
            return Ok(match value.parse::<f64>() {
                Ok(number) if number.is_finite() => Test::Numbers(number, number),
                _ => Test::Is(term(value)),
            });
        };
        self.not_bare(start, from, to)?;
        let named = |end: &&str| !end.is_empty();
        if [from, to].iter().filter(|end| named(end)).all(|end| !is_term(end) && end.parse::<f64>().is_ok()) {
            return self.numbers(start, value);
        }
        let ranges: Vec<Strengths> = scales()
            .filter_map(|(scale, terms)| {
                let (from, to) = strengths(terms, from, to)?;
                Some(Strengths { scale: scale.id.clone(), from, to })
            })
            .collect();
        if ranges.is_empty() {
            let outside = [from, to]
                .into_iter()
                .find(|end| scales().any(|(_, terms)| terms.term(end).is_some_and(|term| term.outside_order)));
            let message = match outside {
                Some(end) => format!(
                    "“{end}” says that it cannot be judged and stands outside the order, so no range has it: write \
                     {axis}:{end} for it alone"
                ),
                None => match [from, to].into_iter().find(|end| !end.is_empty() && !is_term(end)) {
                    Some(end) => format!("no scale has “{end}” on the axis {axis}: take a term of the scale in use"),
                    None => format!("no scale has both “{from}” and “{to}” on the axis {axis}: take two of one scale"),
                },
            };
            return Err(self.wrong(start, self.at, message));
        }
        Ok(Test::Terms(ranges))
    }
}

/// A term as it is compared: a hyphen stands for a blank.
pub(in crate::collection) fn term(written: &str) -> String {
    folded(written).replace('-', " ")
}

/// The strengths that a range on a scale holds, by the order in which the scale is printed: `2..` is 2 and all that
/// come after it. `None` where the scale does not have an end in its order.
fn strengths(terms: &ScaleAxis, from: &str, to: &str) -> Option<(usize, usize)> {
    let end = |written: &str| terms.strength(terms.term(written)?);
    let strongest = terms.terms.iter().filter(|term| !term.outside_order).count().checked_sub(1)?;
    let (first, last) = if terms.strongest_first { (strongest, 0) } else { (0, strongest) };
    let from = if from.is_empty() { first } else { end(from)? };
    let to = if to.is_empty() { last } else { end(to)? };
    Some((from.min(to), from.max(to)))
}
