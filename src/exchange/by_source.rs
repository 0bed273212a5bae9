//! Claims under those who say them, for reports that people read.

use std::collections::BTreeMap;

use super::{ClaimView, Speaker};

/// Who says claims, and which.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The speakers with their roles; `None`: the claims that nobody is said to say.
    pub heading: Option<String>,
    /// The claims, in the order of the export, each with its number there (from 1).
    pub claims: Vec<(usize, &'a ClaimView<'a>)>,
}

/// Sources by name, then the writers of releases, then what is not attributed. Namesakes with different roles stay
/// apart: two entries of a register are one source only where somebody said so.
pub(super) fn groups<'a>(claims: &'a [ClaimView<'a>]) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<(usize, String, String), Group<'a>> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let heading = claim.voice().map(|_| claim.each_speaker(Speaker::with_role));
        let rank = match claim.voice() {
            Some(voice) if !voice.speakers.iter().any(|speaker| speaker.is_writer) => 0,
            Some(_) => 1,
            None => 2,
        };
        let name = heading.clone().unwrap_or_default();
        let group = groups.entry((rank, name.to_lowercase(), name));
        group.or_insert_with(|| Group { heading, claims: Vec::new() }).claims.push((i + 1, claim));
    }
    groups.into_values().collect()
}
