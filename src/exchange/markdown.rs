//! Markdown: claims by source, each a quotation with its confidence in words, its place and its note.
//!
//! CommonMark. The text comes from strangers: every sign that could mean something is escaped, and white space is
//! folded, so that nothing in it becomes a heading, a link or HTML.

use std::io::{self, Write};

use super::by_source::{Group, groups};
use super::words::{confidence, date, details};
use super::{ClaimView, Export, Format, Release};

pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn extension(&self) -> &'static str {
        "md"
    }

    fn title(&self) -> &'static str {
        "Report (Markdown)"
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# Claims by source")?;
        for release in export.releases {
            writeln!(out, "\n{}", release_line(release))?;
        }
        for Group { heading, claims } in groups(&export.claims) {
            writeln!(out, "\n## {}", escaped(heading.as_deref().unwrap_or("Without a source")))?;
            for (_, claim) in claims {
                print_claim(export, claim, out)?;
            }
        }
        Ok(())
    }
}

fn print_claim(export: &Export<'_>, claim: &ClaimView<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n> {}\n", escaped(&claim.quote()))?;
    writeln!(out, "- **{}**", escaped(&confidence(export, claim)))?;
    for (name, what) in details(export, claim) {
        writeln!(out, "- {name}: {}", escaped(&what))?;
    }
    Ok(())
}

/// Text in which no sign means anything, on one line.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        // At the head of a line these begin a list or a rule.
        let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let begins_list =
            word.starts_with(['+', '-', '=']) || (number.len() < word.len() && number.starts_with(['.', ')']));
        let sign = if begins_list && out.is_empty() { word.len() - number.len() } else { usize::MAX };
        if !out.is_empty() {
            out.push(' ');
        }
        for (at, c) in word.char_indices() {
            if at == sign
                || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' | '^')
            {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// What the release is: publisher, title, date, address, file.
fn release_line(release: &Release) -> String {
    let mut parts = vec![format!("**{}**", escaped(release.title()))];
    let about = release.about();
    parts.extend(about.publisher.as_deref().map(escaped));
    parts.extend(about.published.as_deref().map(|published| escaped(&date(published))));
    parts.extend(about.url.as_deref().map(escaped));
    parts.push(escaped(&release.name));
    parts.join(" · ")
}
