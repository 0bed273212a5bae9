//! A file in which git left its conflict markers, as the files that it was made from.
//!
//! Held by `tests/sidecar.rs`.

/// The sides of a conflict, each a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    /// Between `<<<<<<<` and `=======` (or `|||||||`).
    pub(super) ours: String,
    /// What both come from, where git wrote it for every conflict (`merge.conflictStyle = diff3`).
    pub(super) base: Option<String>,
    /// Between `=======` and `>>>>>>>`.
    pub(super) theirs: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    Ours,
    Base,
    Theirs,
}

/// The sides of a file with git's conflict markers; `None` where there are none, or they do not match up.
pub(super) fn sides(text: &str) -> Option<Sides> {
    // A look at the whole before walking lines: of nearly all files there is nothing to take apart.
    if !text.starts_with("<<<<<<< ") && !text.contains("\n<<<<<<< ") {
        return None;
    }
    let mut sides = Sides { ours: String::new(), base: Some(String::new()), theirs: String::new() };
    let mut side = Side::Both;
    let mut has_base = false;
    let mut conflicts = 0usize;
    for line in text.split_inclusive('\n') {
        let next = match side {
            Side::Both if line.starts_with("<<<<<<< ") => Side::Ours,
            Side::Ours if line.starts_with("|||||||") => Side::Base,
            Side::Ours | Side::Base if line.trim_end() == "=======" => Side::Theirs,
            Side::Theirs if line.starts_with(">>>>>>>") => Side::Both,
            _ if ["<<<<<<< ", "|||||||", ">>>>>>>"].iter().any(|&marker| line.starts_with(marker)) => {
                return None;
            }
            _ => {
                if matches!(side, Side::Both | Side::Ours) {
                    sides.ours.push_str(line);
                }
                if matches!(side, Side::Both | Side::Theirs) {
                    sides.theirs.push_str(line);
                }
                if let (Side::Both | Side::Base, Some(base)) = (side, &mut sides.base) {
                    base.push_str(line);
                }
                continue;
            }
        };
        match next {
            Side::Ours => {
                conflicts += 1;
                has_base = false;
            }
            Side::Base => has_base = true,
            Side::Theirs if !has_base => sides.base = None,
            Side::Theirs | Side::Both => {}
        }
        side = next;
    }
    (side == Side::Both && conflicts > 0).then_some(sides)
}
