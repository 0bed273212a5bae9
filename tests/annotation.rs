//! The room `annotation`: edits, undo, places in a changed text, three-way merge.

mod annotation {
    mod common;
    mod edits;
    mod history;
    mod merge;
    mod place;
}
