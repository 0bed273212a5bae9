//! The table of commands: one line each, in the order of menus and sheet.

use super::{Command, Menu, Row, Spec, When};

const fn spec(
    command: Command,
    id: &'static str,
    menu: Menu,
    name: &'static str,
    keys: &'static [&'static str],
    when: When,
    help: &'static str,
) -> Spec {
    Spec { command, id, name, help, menu, separated: false, keys, when, row: Row::Own }
}

const fn below_line(mut spec: Spec) -> Spec {
    spec.separated = true;
    spec
}

const fn shown_as(mut spec: Spec, row: Row) -> Spec {
    spec.row = row;
    spec
}

use Command as C;
use Menu as M;
use When as W;

/// All commands, in the order of menus and sheet.
#[rustfmt::skip]
pub const SPECS: &[Spec] = &[
    spec(C::Open, "open", M::File, "Open…", &["Ctrl+O"], W::Always, "Open releases"),
    spec(C::OpenFolder, "open-folder", M::File, "Open folder…", &["Ctrl+Shift+O"], W::Always, "Open a folder of releases as the collection"),
    spec(C::OpenSample, "open-sample", M::File, "Open the sample release", &[], W::Always, "A copy of the sample with two annotators' work, to try things on"),
    spec(C::PasteRelease, "paste-release", M::File, "New release from text…", &["Ctrl+Shift+V"], W::Always, "Text from the clipboard becomes a release in the folder"),
    below_line(spec(C::LoadLayer, "load-layer", M::File, "Load layer…", &["Ctrl+L"], W::Always, "Colleagues' sets from elsewhere: sidecars, or a set of many releases")),
    spec(C::LoadLayerFolder, "load-layer-folder", M::File, "Load layers of a folder…", &[], W::Always, "All sidecars and sets of a folder, each over its release"),
    below_line(spec(C::Save, "save", M::File, "Save now", &["Ctrl+S"], W::Editable, "Write the sidecar now; it is also written by itself")),
    spec(C::SaveCopy, "save-copy", M::File, "Save a copy of the sidecar…", &[], W::Release, "Write this set to a place of your choice"),
    spec(C::Export, "export", M::File, "Export…", &["Ctrl+E"], W::Release, "Tagged claims as CSV, JSON, Markdown, HTML or a set"),
    spec(C::ShowSidecar, "show-sidecar", M::File, "Show sidecar", &["Ctrl+Shift+R"], W::Release, "The RON file as it is, with the selected claim found in it"),
    below_line(spec(C::AboutRelease, "about-release", M::File, "About this release…", &["Ctrl+I"], W::Release, "Title, publisher, date, address, encoding")),
    spec(C::NextRelease, "next-release", M::File, "Next release", &["Ctrl+PageDown"], W::Several, "Go to the next open release"),
    spec(C::PreviousRelease, "previous-release", M::File, "Previous release", &["Ctrl+PageUp"], W::Several, "Go to the previous open release"),
    spec(C::CloseRelease, "close-release", M::File, "Close release", &["Ctrl+W"], W::Release, "Close this release; all edits are kept"),
    below_line(spec(C::Quit, "quit", M::File, "Quit", &["Ctrl+Q"], W::Always, "Close the window; all edits are kept")),
    spec(C::Undo, "undo", M::Edit, "Undo", &["Ctrl+Z"], W::Undo, "Take back the last edit"),
    spec(C::Redo, "redo", M::Edit, "Redo", &["Ctrl+Shift+Z", "Ctrl+Y"], W::Redo, "Do again what was taken back"),
    below_line(spec(C::Copy, "copy", M::Edit, "Copy", &["Ctrl+C"], W::Selection, "Copy the selected text, or the selected claim's words")),
    spec(C::CopyQuotation, "copy-quotation", M::Edit, "Copy as quotation", &["Ctrl+Shift+C"], W::Selection, "Copy it as a quotation with its citation"),
    spec(C::SelectAll, "select-all", M::Edit, "Select all", &["Ctrl+A"], W::Release, "Select the whole text"),
    below_line(spec(C::Find, "find", M::Edit, "Find…", &["Ctrl+F"], W::Release, "Find words in this release")),
    spec(C::FindNext, "find-next", M::Edit, "Find next", &["F3"], W::Hits, "Go to the next hit"),
    spec(C::FindPrevious, "find-previous", M::Edit, "Find previous", &["Shift+F3"], W::Hits, "Go to the previous hit"),
    below_line(spec(C::Grow, "grow", M::Edit, "Grow selection", &["E"], W::Release, "Word, clause, sentence, paragraph")),
    spec(C::Shrink, "shrink", M::Edit, "Shrink selection", &["Shift+E"], W::Release, "Back by one step of growth"),
    spec(C::MarkClaim, "mark-claim", M::Tag, "Claim", &["C"], W::Editable, "Mark the selection, or the sentence at the caret, and name its source"),
    spec(C::MarkSource, "mark-source", M::Tag, "Source mention", &["S"], W::Editable, "Mark words that name a source; joined to the claim at hand"),
    spec(C::MarkThrough, "mark-through", M::Tag, "Through whom", &["Shift+S"], W::Claim, "A further voice before all others: the selected words, or one chosen from the sources"),
    spec(C::MarkCue, "mark-cue", M::Tag, "Cue", &["Q"], W::Editable, "Mark words that attribute; joined to the voice beside them"),
    spec(C::Kind, "kind", M::Tag, "Kind…", &["K"], W::Claim, "Then a letter or digit: kind of the selected claims"),
    shown_as(spec(C::Term(1), "term-1", M::Tag, "Confidence: first term", &["1"], W::AnyClaim, "Judge on the axis in use; scales have up to ten terms"), Row::ForSeveral("1–9, 0", "Confidence: first to tenth term")),
    digit(C::Term(2), "term-2", "Confidence: second term", &["2"]),
    digit(C::Term(3), "term-3", "Confidence: third term", &["3"]),
    digit(C::Term(4), "term-4", "Confidence: fourth term", &["4"]),
    digit(C::Term(5), "term-5", "Confidence: fifth term", &["5"]),
    digit(C::Term(6), "term-6", "Confidence: sixth term", &["6"]),
    digit(C::Term(7), "term-7", "Confidence: seventh term", &["7"]),
    digit(C::Term(8), "term-8", "Confidence: eighth term", &["8"]),
    digit(C::Term(9), "term-9", "Confidence: ninth term", &["9"]),
    digit(C::Term(10), "term-10", "Confidence: tenth term", &["0"]),
    shown_as(spec(C::Reliability(1), "reliability-1", M::Tag, "Source reliability: first term", &["Shift+1"], W::AnyClaim, "Judge the source of the selected claims"), Row::ForSeveral("Shift+1–6", "Source reliability: first to sixth term")),
    digit(C::Reliability(2), "reliability-2", "Source reliability: second term", &["Shift+2"]),
    digit(C::Reliability(3), "reliability-3", "Source reliability: third term", &["Shift+3"]),
    digit(C::Reliability(4), "reliability-4", "Source reliability: fourth term", &["Shift+4"]),
    digit(C::Reliability(5), "reliability-5", "Source reliability: fifth term", &["Shift+5"]),
    digit(C::Reliability(6), "reliability-6", "Source reliability: sixth term", &["Shift+6"]),
    spec(C::ClearTerm, "clear-term", M::Tag, "Clear confidence", &["-"], W::AnyClaim, "Take back the assessment on the axis in use"),
    spec(C::NextAxis, "next-axis", M::Tag, "Next axis", &["Shift+A"], W::Always, "Digits and line styles follow the axis in use"),
    below_line(spec(C::Repeats, "repeats", M::Tag, "Repeats…", &["R"], W::Editable, "The same words elsewhere: tick, apply as one step")),
    spec(C::Relate, "relate", M::Tag, "Relate to a claim…", &["J"], W::Claim, "Supports, contradicts, repeats, …: to another claim of any release"),
    spec(C::EndLater, "end-later", M::Tag, "End: a word later", &["Alt+ArrowRight"], W::Claim, "Move the claim's end by a word"),
    spec(C::EndEarlier, "end-earlier", M::Tag, "End: a word earlier", &["Alt+ArrowLeft"], W::Claim, "Move the claim's end back by a word"),
    spec(C::StartLater, "start-later", M::Tag, "Start: a word later", &["Alt+Shift+ArrowRight"], W::Claim, "Move the claim's start by a word"),
    spec(C::StartEarlier, "start-earlier", M::Tag, "Start: a word earlier", &["Alt+Shift+ArrowLeft"], W::Claim, "Move the claim's start back by a word"),
    spec(C::EndLaterByCharacter, "end-later-character", M::Tag, "End: a character later", &["Ctrl+Alt+ArrowRight"], W::Claim, "Move the claim's end by a character"),
    spec(C::EndEarlierByCharacter, "end-earlier-character", M::Tag, "End: a character earlier", &["Ctrl+Alt+ArrowLeft"], W::Claim, "Move the claim's end back by a character"),
    spec(C::StartLaterByCharacter, "start-later-character", M::Tag, "Start: a character later", &["Ctrl+Alt+Shift+ArrowRight"], W::Claim, "Move the claim's start by a character"),
    spec(C::StartEarlierByCharacter, "start-earlier-character", M::Tag, "Start: a character earlier", &["Ctrl+Alt+Shift+ArrowLeft"], W::Claim, "Move the claim's start back by a character"),
    spec(C::ExtendByOtherSpan, "add-span", M::Tag, "Add the selection to the claim", &["Shift+C"], W::Claim, "The claim gets a further span, apart from the first"),
    below_line(spec(C::DeleteClaim, "delete-claim", M::Tag, "Delete claim", &["Delete", "Backspace"], W::Claim, "Delete the selected claims and what hangs on them alone")),
    spec(C::ToggleLeft, "toggle-left", M::View, "Releases and layers", &["Ctrl+1"], W::Always, "Show or hide the left panel"),
    spec(C::ToggleTable, "toggle-table", M::View, "Claims table", &["Ctrl+2"], W::Always, "Show or hide the table"),
    spec(C::ToggleInspector, "toggle-inspector", M::View, "Inspector", &["Ctrl+3"], W::Always, "Show or hide the inspector"),
    spec(C::Inspector, "inspector", M::View, "Inspect claim", &["I"], W::Release, "The inspector, also where it is folded away"),
    spec(C::FocusReader, "focus-reader", M::View, "Go to the text", &["F6"], W::Release, "The keyboard goes to the reader"),
    spec(C::FocusTable, "focus-table", M::View, "Go to the table", &["Shift+F6"], W::Release, "The keyboard goes to the claims table"),
    below_line(spec(C::ThemeLight, "theme-light", M::View, "Light theme", &[], W::Always, "Light paper")),
    spec(C::ThemeDark, "theme-dark", M::View, "Dark theme", &[], W::Always, "Dark paper"),
    spec(C::ThemeSystem, "theme-system", M::View, "Theme of the system", &[], W::Always, "As the system has it"),
    below_line(spec(C::ZoomIn, "zoom-in", M::View, "Larger", &["Ctrl++", "Ctrl+="], W::Always, "Zoom in, up to 300 %")),
    spec(C::ZoomOut, "zoom-out", M::View, "Smaller", &["Ctrl+-"], W::Always, "Zoom out, down to 50 %"),
    spec(C::ZoomReset, "zoom-reset", M::View, "Actual size", &["Ctrl+0"], W::Always, "Zoom 100 %"),
    spec(C::ColumnWider, "column-wider", M::View, "Wider column", &["Ctrl+Shift+ArrowUp"], W::Always, "The text column by 40 points"),
    spec(C::ColumnNarrower, "column-narrower", M::View, "Narrower column", &["Ctrl+Shift+ArrowDown"], W::Always, "The text column by 40 points"),
    spec(C::ToggleSerif, "toggle-serif", M::View, "Serif or sans", &[], W::Always, "The reader's typeface"),
    below_line(spec(C::Settings, "settings", M::View, "Settings…", &["Ctrl+,"], W::Always, "Name and handle, theme, fonts, axis and scale, keys")),
    spec(C::NextClaim, "next-claim", M::Review, "Next claim", &["N"], W::Release, "Select the next claim"),
    spec(C::PreviousClaim, "previous-claim", M::Review, "Previous claim", &["P"], W::Release, "Select the previous claim"),
    spec(C::CycleClaims, "cycle-claims", M::Review, "Next claim here", &["O"], W::Release, "Cycle the claims under the caret"),
    spec(C::NextOpen, "next-open", M::Review, "Next unattributed", &["U"], W::Release, "The next claim without a source or an assessment"),
    spec(C::NextTheirs, "next-theirs", M::Review, "Next claim of a colleague", &["Shift+N"], W::Release, "Select the next claim of the colleagues that are shown"),
    spec(C::PreviousTheirs, "previous-theirs", M::Review, "Previous claim of a colleague", &["Shift+P"], W::Release, "Select the previous one"),
    spec(C::CopyTheirs, "copy-theirs", M::Review, "Copy into my set", &["Y"], W::Theirs, "The selected claims of colleagues, or all theirs within the selected words; their origin is kept"),
    spec(C::Remark, "remark", M::Review, "Remark", &["M"], W::Release, "Say something on the selected claim"),
    spec(C::NextUnread, "next-unread", M::Review, "Next unread remark", &["Shift+M"], W::Release, "Go to what a colleague has said and you have not read"),
    below_line(spec(C::MarkRead, "mark-read", M::Review, "Paragraph read", &["Space"], W::Editable, "Tick the paragraph at the caret and go on to the next")),
    spec(C::StateDone, "state-done", M::Review, "Release done", &[], W::Editable, "Mark this release as done"),
    spec(C::StateRevisit, "state-revisit", M::Review, "Look at it again", &[], W::Editable, "Mark this release to be looked at again"),
    below_line(spec(C::Layers, "layers", M::Review, "Hide or show colleagues", &["L"], W::Release, "All other layers at once")),
    spec(C::NextAlone, "next-alone", M::Review, "One colleague alone", &["Shift+L"], W::Release, "One after the other beside you, then all again"),
    spec(C::DimLayers, "dim-layers", M::Review, "Dim colleagues", &["Ctrl+Shift+L"], W::Release, "All other layers faint, or as they were"),
    below_line(spec(C::Compare, "compare", M::Review, "Compare with…", &["Ctrl+D"], W::Layers, "Two sets side by side, with their differences listed; again, or Esc, leaves")),
    spec(C::NextDifference, "next-difference", M::Review, "Next difference", &["D"], W::Comparing, "Of those that are listed"),
    spec(C::PreviousDifference, "previous-difference", M::Review, "Previous difference", &["Shift+D"], W::Comparing, "Of those that are listed"),
    spec(C::TakeMine, "take-mine", M::Review, "Settle: mine", &["A"], W::Comparing, "The agreed set has it as the left one; what only the right one marked is left out"),
    spec(C::TakeTheirs, "take-theirs", M::Review, "Settle: theirs", &["T"], W::Comparing, "The agreed set has it as the right one; what only the left one marked is left out"),
    spec(C::TakeBoth, "take-both", M::Review, "Settle: both", &["B"], W::Comparing, "Two claims stay in the agreed set"),
    spec(C::EditAgreed, "edit-agreed", M::Review, "Settle: edit…", &["Enter"], W::Comparing, "The claim of the agreed set in other words than either has"),
    spec(C::TakeAgreed, "take-agreed", M::Review, "Take all on which both agree", &["Shift+T"], W::Comparing, "Into the agreed set, in one step"),
    below_line(spec(C::Anchors, "anchors", M::Review, "Anchors…", &[], W::Release, "Where each mark is in today's text: exact, moved, ambiguous, lost")),
    spec(C::NewVersion, "new-version", M::Review, "New version…", &[], W::Release, "Compare with an older or newer version of the release, and take claims over"),
    spec(C::Completeness, "completeness", M::Review, "What is missing…", &["Ctrl+M"], W::Folder, "Claims without source, quotations without speaker, …"),
    spec(C::Overview, "overview", M::Review, "Overview…", &["Ctrl+Shift+M"], W::Folder, "The folder in figures: sources by kinds, confidence, time, coverage"),
    spec(C::Relations, "relations", M::Review, "Relations…", &["Ctrl+J"], W::Folder, "Contradictions and all other relations of the folder, and what stands around the selected claim"),
    spec(C::Sources, "sources", M::Review, "Sources…", &["Ctrl+Shift+S"], W::Folder, "All sources of the folder: names, roles, reliability, what each said"),
    spec(C::Codebook, "codebook", M::Tag, "Codebook…", &["Ctrl+Shift+K"], W::Always, "Kinds, tags, fields, scales and checks that the team agreed on"),
    spec(C::Palette, "palette", M::Help, "Command palette", &["Ctrl+K", "Ctrl+Shift+P"], W::Always, "Find a command by name"),
    spec(C::Keys, "keys", M::Help, "Keys", &["F1", "?"], W::Always, "All keys on one sheet"),
    below_line(spec(C::About, "about", M::Help, "About Vouch", &[], W::Always, "Version and licence")),
];

const fn digit(command: Command, id: &'static str, name: &'static str, keys: &'static [&'static str]) -> Spec {
    shown_as(spec(command, id, M::Tag, name, keys, W::AnyClaim, ""), Row::Hidden)
}
