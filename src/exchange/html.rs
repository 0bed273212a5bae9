//! HTML: one file that opens anywhere. Claims by source, then each release's text with its marks.
//!
//! The text comes from strangers: all of it is escaped, there is no script, and a content security policy allows
//! nothing but the one style sheet in the file, by its hash. Nothing is fetched; links lead where the analyst said,
//! and only to http, https and mailto. Light and dark as the reader's system has it, and fit for paper.

use std::fmt::Write as _;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::by_source::{Group, groups};
use super::marks::{Piece, pieces};
use super::words::{confidence, date, details};
use super::{ClaimView, Export, Format, Release};
use crate::annotation::{Codebook, Level};
use crate::document::Text;

const STYLE: &str = include_str!("../../assets/report.css");

/// The line styles with their words, strongest first.
const LEVELS: [(Level, &str, &str); 5] = [
    (Level::High, "high", "high"),
    (Level::Moderate, "moderate", "moderate"),
    (Level::Low, "low", "low"),
    (Level::CannotJudge, "cannot-judge", "cannot be judged"),
    (Level::Unassessed, "unassessed", "not assessed"),
];

pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn title(&self) -> &'static str {
        "Report (HTML)"
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        let style = format!("{STYLE}{}", kind_rules(export.codebook));
        let title = match export.releases {
            [release] => format!("Claims in {}", release.title()),
            releases => format!("Claims in {} releases", releases.len()),
        };
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; \
             base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n<header>\n<h1>{}</h1>\n",
            base64(&Sha256::digest(style.as_bytes())),
            escaped(&title),
            escaped(&title),
        )?;
        writeln!(out, "<p class=\"dim\">{}</p>", escaped(&whose(export)))?;
        print_legend(export, out)?;
        writeln!(out, "</header>\n<main>")?;
        print_claims(export, out)?;
        let mut claims = export.claims.iter().enumerate().peekable();
        for (i, release) in export.releases.iter().enumerate() {
            let is_here = |(_, claim): &(usize, &ClaimView<'_>)| std::ptr::eq(claim.release, release);
            let here: Vec<_> = std::iter::from_fn(|| claims.next_if(is_here)).collect();
            print_release(export, i, release, &here, out)?;
        }
        out.write_all(b"</main>\n</body>\n</html>\n")
    }
}

/// A rule for each kind's colour.
fn kind_rules(codebook: &Codebook) -> String {
    let colours = codebook.kinds.iter().map(|kind| kind.colours).chain([codebook.unknown]);
    let (mut light, mut dark) = (String::new(), String::new());
    for (i, colours) in colours.enumerate() {
        _ = writeln!(light, "mark.kind-{i} {{ border-bottom-color: {}; }}", colours.light);
        _ = writeln!(dark, "mark.kind-{i} {{ border-bottom-color: {}; }}", colours.dark);
    }
    format!("{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

/// "14 claims, marked by anna and mart."
fn whose(export: &Export<'_>) -> String {
    let mut handles: Vec<&str> = export.claims.iter().map(|claim| claim.layer.handle.as_str()).collect();
    handles.sort_unstable();
    handles.dedup();
    match export.claims.len() {
        0 => "No claims.".to_owned(),
        1 => format!("1 claim, marked by {}.", handles.join(", ")),
        many => format!("{many} claims, marked by {}.", handles.join(", ")),
    }
}

/// What the lines under claims say.
fn print_legend(export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
    let axis = export.codebook.axis_in_use(export.axis).map_or(export.axis, |axis| &axis.label);
    writeln!(out, "<ul class=\"legend\">\n<li>Lines show {}:</li>", escaped(axis))?;
    for (_, class, words) in LEVELS {
        writeln!(out, "<li><mark class=\"{class}\">{words}</mark></li>")?;
    }
    writeln!(out, "</ul>")
}

fn print_claims(export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<section>\n<h2>Claims by source</h2>")?;
    for Group { heading, claims } in groups(&export.claims) {
        let heading = heading.as_deref().unwrap_or("Without a source");
        writeln!(out, "<h3>{}</h3>\n<ol class=\"claims\">", escaped(heading))?;
        for (number, claim) in claims {
            print_claim(export, number, claim, out)?;
        }
        writeln!(out, "</ol>")?;
    }
    writeln!(out, "</section>")
}

fn print_claim(export: &Export<'_>, number: usize, claim: &ClaimView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let number_or_link = if claim.spans.is_empty() || claim.release.text.is_none() {
        format!("<span class=\"dim\">{number}</span>")
    } else {
        format!("<a href=\"#t{number}\" aria-label=\"claim {number} in the text\">{number}</a>")
    };
    write!(
        out,
        "<li id=\"c{number}\">{number_or_link}<div>\n<blockquote dir=\"auto\">{}</blockquote>\n<p class=\"sure\">{}</p>\n<dl>",
        escaped(&claim.quote()),
        escaped(&confidence(export, claim)),
    )?;
    for (name, what) in details(export, claim) {
        write!(out, "<dt>{name}</dt><dd dir=\"auto\">{}</dd>", linked(&what))?;
    }
    writeln!(out, "</dl>\n</div></li>")
}

/// A release: what it says of itself, and its text with the claims marked in it.
fn print_release(
    export: &Export<'_>,
    number: usize,
    release: &Release,
    claims: &[(usize, &ClaimView<'_>)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let about = release.about();
    let date = about.published.as_deref().map(date);
    let line = [about.publisher.as_deref(), date.as_deref(), about.url.as_deref(), Some(release.name.as_str())];
    let line: Vec<String> = line.into_iter().flatten().map(linked).collect();
    write!(
        out,
        "<section aria-labelledby=\"d{number}\">\n<h2 id=\"d{number}\">{}</h2>\n<p class=\"dim\">{}</p>\n",
        escaped(release.title()),
        line.join(" · "),
    )?;
    match &release.text {
        Some(text) => print_text(export, &pieces(release, text, claims), text, out)?,
        None => writeln!(out, "<p>The document was not found beside its annotations.</p>")?,
    }
    writeln!(out, "</section>")
}

fn print_text(export: &Export<'_>, pieces: &[Piece], text: &Text, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<div class=\"text\">")?;
    for paragraph in pieces.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let number = paragraph.first().map_or(0, |piece| piece.paragraph);
        write!(out, "<p dir=\"auto\"><span class=\"number\" aria-hidden=\"true\">{number}</span>")?;
        for piece in paragraph {
            print_piece(export, text, piece, out)?;
        }
        writeln!(out, "</p>")?;
    }
    writeln!(out, "</div>")
}

fn print_piece(export: &Export<'_>, text: &Text, piece: &Piece, out: &mut dyn Write) -> io::Result<()> {
    let mut close = String::new();
    for (lane, claim) in piece.lanes.iter().enumerate() {
        let Some(claim) = claim.and_then(|claim| export.claims.get(claim)) else { continue };
        let level = export.codebook.scales.level(claim.judgement(export.axis));
        let class = LEVELS.iter().find(|(own, ..)| *own == level).map_or("", |(_, class, _)| class);
        let kinds = &export.codebook.kinds;
        let kind = kinds.iter().position(|kind| Some(&kind.key) == claim.claim.kind.as_ref()).unwrap_or(kinds.len());
        write!(out, "<mark class=\"{class} kind-{kind} lane-{lane}\">")?;
        close.push_str("</mark>");
    }
    for (is, class) in [(piece.is_mention, "by"), (piece.is_cue, "cue")] {
        if is {
            write!(out, "<span class=\"{class}\">")?;
            close.insert_str(0, "</span>");
        }
    }
    write!(out, "{}{close}", escaped(text.slice(piece.span)))?;
    for claim in &piece.ends {
        let number = claim + 1;
        let label = export.claims.get(*claim).map(|claim| {
            let by = claim.each_speaker(|speaker| speaker.name.clone());
            let by = if by.is_empty() { "without a source" } else { &by };
            let kind = export.codebook.look(claim.claim.kind.as_deref()).label;
            escaped(&format!("claim {number}, {kind}, {by}, {}", confidence(export, claim)))
        });
        let label = label.unwrap_or_default();
        write!(out, "<a class=\"ref\" id=\"t{number}\" href=\"#c{number}\" aria-label=\"{label}\">{number}</a>")?;
    }
    Ok(())
}

/// Text as HTML has it, in an element or in quotation marks. Characters that no HTML may hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Text, as a link where it is the address of something on the web or of somebody's mail.
fn linked(text: &str) -> String {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let is_address = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let html = escaped(text);
    if is_address && !text.contains(char::is_whitespace) {
        format!("<a href=\"{html}\" rel=\"noopener noreferrer\">{html}</a>")
    } else {
        html
    }
}

/// Base 64 (RFC 4648), as content security policies have it.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| bits << 8 | u32::from(three.get(i).copied().unwrap_or(0)));
        for i in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * i) & 63) as usize).filter(|_| i <= three.len());
            out.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    out
}
