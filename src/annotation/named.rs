//! Lists of named values: the fields of a team's own on a claim, a source or a document, and those of a later version.
//!
//! A list keeps the order in which its names came; a name stands in it once. Held by `tests/annotation.rs`.

/// The value that stands under a name.
#[must_use]
pub fn named_value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a String> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// Puts a value under a name, in its place where the name is there, else last; without a value the name goes.
pub fn set_named_value(pairs: &mut Vec<(String, String)>, name: &str, new: Option<String>) {
    match (pairs.iter_mut().find(|(known, _)| known == name), new) {
        (Some(pair), Some(new)) => pair.1 = new,
        (None, Some(new)) => pairs.push((name.to_owned(), new)),
        (_, None) => pairs.retain(|(known, _)| known != name),
    }
}
