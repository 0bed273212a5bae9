//! What reports say of a claim, in words: how sure, where, and the citation of a quotation.

use super::columns::LIST;
use super::{ClaimView, Export, Found};
use crate::annotation::{About, Assessment, Codebook};

/// "1 release", "6 releases".
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The judgements in force in words, in the order of the codebook's axes and then of the axes' names: "B usually
/// reliable (Admiralty)". "not assessed" where there is none.
pub(super) fn confidence(export: &Export<'_>, claim: &ClaimView<'_>) -> String {
    let current = judgements(claim, export.codebook);
    let words: Vec<String> = current.iter().map(|made| export.codebook.scales.words(made)).collect();
    if words.is_empty() { "not assessed".to_owned() } else { words.join(LIST) }
}

/// The judgements in force, in the order of the codebook's axes and then of the axes' names.
pub(super) fn judgements<'a>(claim: &ClaimView<'a>, codebook: &Codebook) -> Vec<&'a Assessment> {
    let known = |axis: &str| codebook.in_use.iter().position(|in_use| in_use.axis == axis);
    let mut current: Vec<_> = claim.judgements.iter().filter(|it| it.current).map(|it| it.assessment).collect();
    current.sort_by_key(|made| (known(&made.axis).unwrap_or(usize::MAX), &made.axis));
    current
}

/// The reasons given for the judgements in force.
fn reasons<'a>(claim: &ClaimView<'a>) -> Vec<&'a str> {
    let current = claim.judgements.iter().filter(|judgement| judgement.current);
    current.filter_map(|judgement| judgement.assessment.why.as_deref()).collect()
}

/// Where a claim stands: "¶ 6", with the release's title where the export has several, and how well it was found.
fn place(export: &Export<'_>, claim: &ClaimView<'_>) -> String {
    let mut parts = Vec::new();
    if export.releases.len() > 1 {
        parts.push(claim.release.title().to_owned());
    }
    parts.extend(claim.paragraph.map(|number| format!("¶ {number}")));
    if claim.found != Found::Exact {
        parts.push(format!("{} in the text", claim.found.word()));
    }
    parts.join(", ")
}

/// What others think of a claim: "anna: 3 possibly true (Admiralty)".
fn others(export: &Export<'_>, claim: &ClaimView<'_>) -> Option<String> {
    let current = claim.others.iter().filter(|(_, judgement)| judgement.current);
    let words = current
        .map(|(layer, judgement)| format!("{}: {}", layer.handle, export.codebook.scales.words(judgement.assessment)));
    Some(words.collect::<Vec<_>>().join(LIST)).filter(|words| !words.is_empty())
}

/// What else there is to say of a claim, each with its name; only what is there.
pub(super) fn details(export: &Export<'_>, claim: &ClaimView<'_>) -> Vec<(&'static str, String)> {
    let own = claim.claim;
    let kind = own.kind.as_deref().map(|kind| export.codebook.look(Some(kind)).label.to_owned());
    let voices = claim.voices.as_ref().map_or(0, Vec::len);
    let mut details = vec![
        ("Place", Some(place(export, claim))),
        ("Judged by others", others(export, claim)),
        ("Kind", kind),
        ("Style", own.style.clone()),
        ("Cue", Some(claim.cue())),
        ("Through", (voices > 1).then(|| claim.chain())),
        ("Statement", own.statement.clone()),
        ("Value", own.value.clone()),
        ("Time", own.time.clone()),
        ("Status", own.status.clone()),
        ("Tags", Some(own.tags.join(LIST))),
        ("Because", Some(reasons(claim).join(LIST))),
    ];
    details.extend(own.evidence.iter().map(|link| ("Evidence", Some(link.clone()))));
    details.extend([
        ("Note", own.note.clone()),
        ("Marking", claim.marking().cloned()),
        ("By", Some(claim.layer.handle.clone())),
    ]);
    details.into_iter().filter_map(|(name, what)| Some((name, what.filter(|what| !what.is_empty())?))).collect()
}

/// Words and where they are from, to be pasted into a text of one's own:
/// “over 300,000 troops” (Jens Stoltenberg, NATO Secretary General, in: NATO, “Strengthening Alliances”, 28 June 2023,
/// ¶ 6, <https://…>).
///
/// `speakers` is who says them, empty where nobody is known to; `name` stands for the release that has no title.
pub fn quotation(words: &str, speakers: &str, about: &About, name: &str, paragraph: Option<usize>) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let url = about.url.as_deref().map_or_else(String::new, |url| format!(", {url}"));
    let speakers = if speakers.is_empty() { String::new() } else { format!("{speakers}, in: ") };
    format!("“{words}” ({speakers}{}{url})", citation(about, name, paragraph))
}

/// Issuer, title, date and paragraph: NATO, “Strengthening Alliances”, 28 June 2023, ¶ 6. `name` stands for a title that
/// is not there.
pub(super) fn citation(about: &About, name: &str, paragraph: Option<usize>) -> String {
    let mut release = Vec::new();
    release.extend(about.publisher.clone());
    release.push(format!("“{}”", about.title.as_deref().unwrap_or(name)));
    release.extend(about.published.as_deref().map(date));
    release.extend(paragraph.map(|number| format!("¶ {number}")));
    release.join(", ")
}

/// An ISO 8601 date as people write it, "28 June 2023"; anything else as it is.
pub(super) fn date(published: &str) -> String {
    match published.get(..10).unwrap_or(published).parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%-d %B %Y").to_string(),
        Err(_) => published.to_owned(),
    }
}

/// How long after one moment another is, in words: "three days later". `None` where either is no moment, or the other
/// comes before.
#[must_use]
pub fn later(before: &str, after: &str) -> Option<String> {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let minutes = moment(after)?.duration_since(moment(before)?).as_secs().checked_div(60).filter(|it| *it >= 0)?;
    let (hours, days) = (minutes / 60, minutes / 60 / 24);
    let (count, unit) = match (minutes, hours, days) {
        (0, ..) => return Some("moments later".to_owned()),
        (..60, ..) => (minutes, "minute"),
        (_, ..24, _) => (hours, "hour"),
        (_, _, ..14) => (days, "day"),
        (_, _, ..61) => (days / 7, "week"),
        (_, _, ..730) => (days / 30, "month"),
        _ => (days / 365, "year"),
    };
    let number = usize::try_from(count).ok().and_then(|count| WORDS.get(count));
    let number = number.map_or_else(|| count.to_string(), |word| (*word).to_owned());
    Some(format!("{number} {unit}{} later", if count == 1 { "" } else { "s" }))
}
