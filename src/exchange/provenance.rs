//! A claim as a sentence with a footnote: who says it and through whom, in which words, and where that stands, with how
//! sure the analyst is.
//!
//! ```text
//! Jens Stoltenberg, NATO Secretary General, according to NATO’s release, announced: “over 300,000 troops on high readiness”.
//! NATO, “Strengthening Alliances and Prioritizing Security”, 28 June 2023, ¶ 6. In the release’s words.
//! Information credibility: 2 probably true (Admiralty). Marked by anna.
//! ```
//!
//! Each judgement is a sentence of its own, so that no sentence has two scales (nor, as ICD 203 asks, a likelihood and a
//! confidence). Held by `tests/exchange.rs`.

use std::io::{self, Write};

use super::markdown::escaped;
use super::words::{citation, judgements};
use super::{ClaimView, Export, Format, Found, VoiceView};
use crate::annotation::{Assessment, Codebook};

/// A claim as a sentence with its footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Who says what: one sentence.
    pub sentence: String,
    /// Where it stands and how sure it is: sentences; the release's address at the end.
    pub note: String,
}

/// A claim with its provenance.
pub fn cited(claim: &ClaimView<'_>, codebook: &Codebook) -> Cited {
    Cited { sentence: sentence(claim), note: note(claim, codebook) }
}

/// Claims as plain text, to be pasted: each sentence with the number of its note, then the notes.
pub fn cited_in_text(claims: &[Cited]) -> String {
    let sentences = claims.iter().zip(1..).map(|(claim, number)| format!("{} [{number}]\n", claim.sentence));
    let notes = claims.iter().zip(1..).map(|(claim, number)| format!("[{number}] {}\n", claim.note));
    let (sentences, notes): (String, String) = (sentences.collect(), notes.collect());
    format!("{sentences}\n{notes}")
}

fn sentence(claim: &ClaimView<'_>) -> String {
    let words = quoted(&claim.quote());
    let release = release_of(claim);
    let Some(voices) = &claim.voices else { return format!("Without a named source, in {release}: {words}") };
    let is_writer = |voice: &VoiceView<'_>| voice.speakers.iter().any(|speaker| speaker.is_writer);
    let Some((inner, outer)) = voices.split_last() else { return format!("{} says: {words}", upper(&release)) };
    let says = says(inner);
    if is_writer(inner) {
        return format!("{} {says}: {words}", upper(&release));
    }
    let publisher = claim.layer.about.publisher.as_deref();
    let is_issuer = matches!(inner.speakers.as_slice(), [only] if Some(only.name.as_str()) == publisher);
    if is_issuer && outer.iter().all(is_writer) {
        return format!("{}, in its release, {says}: {words}", upper(&speakers(inner)));
    }
    let through: Vec<String> = outer.iter().rev().filter(|voice| !is_writer(voice)).map(speakers).collect();
    let through = if through.is_empty() { release } else { format!("{} in {release}", through.join(", as told by ")) };
    format!("{}, according to {through}, {says}: {words}", upper(&speakers(inner)))
}

/// "NATO’s release", "Skarvholm Ferries’ release", "the release".
fn release_of(claim: &ClaimView<'_>) -> String {
    match claim.layer.about.publisher.as_deref() {
        Some(publisher) if publisher.ends_with(['s', 'S']) => format!("{}’ release", isolated(publisher)),
        Some(publisher) => format!("{}’s release", isolated(publisher)),
        None => "the release".to_owned(),
    }
}

/// Those who speak, with their roles.
fn speakers(voice: &VoiceView<'_>) -> String {
    let names: Vec<String> = voice.speakers.iter().map(|speaker| isolated(&speaker.with_role())).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join("; ")),
        None => String::new(),
    }
}

/// The words that attribute, where they can stand in the sentence.
fn says(voice: &VoiceView<'_>) -> String {
    let cue = voice.cue.iter().map(crate::annotation::Anchor::quote_line).collect::<Vec<_>>().join(" … ");
    let can_stand = cue.chars().any(char::is_alphabetic) && !cue.eq_ignore_ascii_case("according to");
    if can_stand { isolated(&cue) } else { "says".to_owned() }
}

/// The words in quotation marks at the end of a sentence; those within become single ones.
fn quoted(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ").replace(['“', '„', '«'], "‘").replace(['”', '»'], "’").replace('"', "'");
    let ends = words.ends_with(['.', '!', '?', '…', '。', '؟']);
    format!("{}{}", isolated(&format!("“{words}”")), if ends { "" } else { "." })
}

/// A part of a sentence that may be in a right-to-left script, kept from reordering the rest of the line by Unicode's
/// isolates (UAX #9); other parts as they are.
fn isolated(part: &str) -> String {
    let is_right_to_left =
        |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    if part.chars().any(is_right_to_left) { format!("\u{2068}{part}\u{2069}") } else { part.to_owned() }
}

fn note(claim: &ClaimView<'_>, codebook: &Codebook) -> String {
    let about = &claim.layer.about;
    let mut sentences = vec![format!("{}.", citation(about, &claim.release.name, claim.paragraph))];
    if claim.found != Found::Exact {
        sentences.push(format!("{} in the text.", upper(claim.found.word())));
    }
    sentences.extend(match claim.claim.style.as_deref() {
        Some("indirect") => Some("In the release’s words.".to_owned()),
        Some("mixed") => Some("Partly in the release’s words.".to_owned()),
        _ => None,
    });
    sentences.extend(claim.claim.statement.as_deref().map(|statement| format!("That is: {}", ended(statement))));
    let judged = judgements(claim, codebook);
    if judged.is_empty() {
        sentences.push("Not assessed.".to_owned());
    }
    sentences.extend(judged.into_iter().map(|own| judged_as(own, codebook)));
    let status = claim.claim.status.as_deref().filter(|status| *status != "open");
    sentences.extend(status.map(|status| format!("Status: {status}.")));
    sentences.push(format!("Marked by {}.", claim.layer.handle));
    sentences.extend(claim.marking().map(|marking| format!("{marking}.")));
    sentences.extend(about.url.clone());
    sentences.join(" ")
}

/// "Information credibility: 2 probably true (Admiralty)."
fn judged_as(own: &Assessment, codebook: &Codebook) -> String {
    let words = codebook.scales.words(own);
    let axis = codebook.scales.axis(&own.scale, &own.axis).map_or(own.axis.as_str(), |axis| &axis.label);
    if words.contains(axis) { format!("{}.", upper(&words)) } else { format!("{}: {words}.", upper(axis)) }
}

fn ended(sentence: &str) -> String {
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    if sentence.ends_with(['.', '!', '?']) { sentence } else { format!("{sentence}.") }
}

/// With a capital first letter.
fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

pub(super) struct Footnotes;

impl Format for Footnotes {
    fn name(&self) -> &'static str {
        "footnotes"
    }

    fn extension(&self) -> &'static str {
        "md"
    }

    fn title(&self) -> &'static str {
        "Sentences with footnotes (Markdown)"
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        for (claim, number) in export.claims.iter().zip(1..) {
            writeln!(out, "{}[^{number}]\n", escaped(&sentence(claim)))?;
        }
        for (claim, number) in export.claims.iter().zip(1..) {
            writeln!(out, "[^{number}]: {}", escaped(&note(claim, export.codebook)))?;
        }
        Ok(())
    }
}
