//! Every intent of the user that has a name: what it is called, what it does, its keys, its menu, and when it can be
//! done.
//!
//! Menu, palette, keys sheet, bottom bar and README's key table all come from [`SPECS`]; a key is found through
//! [`Keymap`]. This file knows how to name intents, not how to carry them out (`logic.rs`) nor where they are shown.
//! Held by `tests/command.rs`.

use egui::{Key, Modifiers};

use super::model::Model;

/// An intent with a name. What needs more than a name (which claim, which text) is an
/// [`Action`](super::action::Action).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    Open,
    OpenFolder,
    OpenSample,
    PasteRelease,
    Save,
    SaveCopy,
    Export,
    ShowSidecar,
    AboutRelease,
    CloseRelease,
    NextRelease,
    PreviousRelease,
    Quit,
    Undo,
    Redo,
    Copy,
    CopyQuotation,
    SelectAll,
    Find,
    FindNext,
    FindPrevious,
    Grow,
    Shrink,
    MarkClaim,
    MarkSource,
    MarkCue,
    Kind,
    Term(u8),
    Reliability(u8),
    ClearTerm,
    NextAxis,
    Repeats,
    EndLater,
    EndEarlier,
    StartLater,
    StartEarlier,
    EndLaterByCharacter,
    EndEarlierByCharacter,
    StartLaterByCharacter,
    StartEarlierByCharacter,
    ExtendByOtherSpan,
    DeleteClaim,
    Remark,
    Inspector,
    NextClaim,
    PreviousClaim,
    CycleClaims,
    NextOpen,
    MarkRead,
    StateDone,
    StateRevisit,
    Layers,
    Anchors,
    Completeness,
    ToggleLeft,
    ToggleTable,
    ToggleInspector,
    FocusReader,
    FocusTable,
    ThemeLight,
    ThemeDark,
    ThemeSystem,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ColumnWider,
    ColumnNarrower,
    ToggleSerif,
    Settings,
    Palette,
    Keys,
    About,
}

/// The menus, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Tag,
    View,
    Review,
    Help,
}

impl Menu {
    /// All menus, left to right.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::Tag, Self::View, Self::Review, Self::Help];

    /// What the menu bar says.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Tag => "Tag",
            Self::View => "View",
            Self::Review => "Review",
            Self::Help => "Help",
        }
    }
}

/// When a command can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// A release is open.
    Release,
    /// A release is open and this annotator's set can be changed.
    Editable,
    /// As `Editable`, and at least one of my claims is selected.
    Claim,
    /// Something can be undone.
    Undo,
    /// Something can be redone.
    Redo,
    /// Text or a claim is selected.
    Selection,
    /// A search has hits.
    Hits,
    /// More than one release is open.
    Several,
}

/// Everything about a command but what it does.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Which.
    pub command: Command,
    /// Its name in the settings file; never changed.
    pub id: &'static str,
    /// Its name in menu and palette.
    pub name: &'static str,
    /// One line: what it does.
    pub help: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// A line above it in the menu.
    pub separated: bool,
    /// Keys as delivered, `Ctrl+Shift+F` (Cmd for Ctrl on macOS).
    pub keys: &'static [&'static str],
    /// When it can be done.
    pub when: When,
    /// For the one row that stands for several (digits): the keys as the sheet shows them; `""` hides the row.
    pub sheet: Option<&'static str>,
}

const fn spec(
    command: Command,
    id: &'static str,
    menu: Menu,
    name: &'static str,
    keys: &'static [&'static str],
    when: When,
    help: &'static str,
) -> Spec {
    Spec { command, id, name, help, menu, separated: false, keys, when, sheet: None }
}

const fn below_line(mut spec: Spec) -> Spec {
    spec.separated = true;
    spec
}

const fn shown_as(mut spec: Spec, keys: &'static str) -> Spec {
    spec.sheet = Some(keys);
    spec
}

use Command as C;
use Menu as M;
use When as W;

/// All commands, in the order of menus and sheet.
pub const SPECS: &[Spec] = &[
    spec(C::Open, "open", M::File, "Open…", &["Ctrl+O"], W::Always, "Open releases"),
    spec(
        C::OpenFolder,
        "open-folder",
        M::File,
        "Open folder…",
        &["Ctrl+Shift+O"],
        W::Always,
        "Open a folder of releases as the collection",
    ),
    spec(
        C::OpenSample,
        "open-sample",
        M::File,
        "Open the sample release",
        &[],
        W::Always,
        "A copy of the sample with two annotators' work, to try things on",
    ),
    spec(
        C::PasteRelease,
        "paste-release",
        M::File,
        "New release from text…",
        &["Ctrl+Shift+V"],
        W::Always,
        "Text from the clipboard becomes a release in the folder",
    ),
    below_line(spec(
        C::Save,
        "save",
        M::File,
        "Save now",
        &["Ctrl+S"],
        W::Editable,
        "Write the sidecar now; it is also written by itself",
    )),
    spec(
        C::SaveCopy,
        "save-copy",
        M::File,
        "Save a copy of the sidecar…",
        &[],
        W::Release,
        "Write this set to a place of your choice",
    ),
    spec(
        C::Export,
        "export",
        M::File,
        "Export…",
        &["Ctrl+E"],
        W::Release,
        "Tagged claims as CSV, JSON, Markdown, HTML or a set",
    ),
    spec(
        C::ShowSidecar,
        "show-sidecar",
        M::File,
        "Show sidecar",
        &["Ctrl+Shift+R"],
        W::Release,
        "The RON file as it is, with the selected claim found in it",
    ),
    below_line(spec(
        C::AboutRelease,
        "about-release",
        M::File,
        "About this release…",
        &["Ctrl+I"],
        W::Release,
        "Title, publisher, date, address, encoding",
    )),
    spec(
        C::NextRelease,
        "next-release",
        M::File,
        "Next release",
        &["Ctrl+PageDown"],
        W::Several,
        "Go to the next open release",
    ),
    spec(
        C::PreviousRelease,
        "previous-release",
        M::File,
        "Previous release",
        &["Ctrl+PageUp"],
        W::Several,
        "Go to the previous open release",
    ),
    spec(
        C::CloseRelease,
        "close-release",
        M::File,
        "Close release",
        &["Ctrl+W"],
        W::Release,
        "Close this release; all edits are kept",
    ),
    below_line(spec(C::Quit, "quit", M::File, "Quit", &["Ctrl+Q"], W::Always, "Close the window; all edits are kept")),
    spec(C::Undo, "undo", M::Edit, "Undo", &["Ctrl+Z"], W::Undo, "Take back the last edit"),
    spec(C::Redo, "redo", M::Edit, "Redo", &["Ctrl+Shift+Z", "Ctrl+Y"], W::Redo, "Do again what was taken back"),
    below_line(spec(
        C::Copy,
        "copy",
        M::Edit,
        "Copy",
        &["Ctrl+C"],
        W::Selection,
        "Copy the selected text, or the selected claim's words",
    )),
    spec(
        C::CopyQuotation,
        "copy-quotation",
        M::Edit,
        "Copy as quotation",
        &["Ctrl+Shift+C"],
        W::Selection,
        "Copy it as a quotation with its citation",
    ),
    spec(C::SelectAll, "select-all", M::Edit, "Select all", &["Ctrl+A"], W::Release, "Select the whole text"),
    below_line(spec(C::Find, "find", M::Edit, "Find…", &["Ctrl+F"], W::Release, "Find words in this release")),
    spec(C::FindNext, "find-next", M::Edit, "Find next", &["F3"], W::Hits, "Go to the next hit"),
    spec(C::FindPrevious, "find-previous", M::Edit, "Find previous", &["Shift+F3"], W::Hits, "Go to the previous hit"),
    below_line(spec(
        C::Grow,
        "grow",
        M::Edit,
        "Grow selection",
        &["E"],
        W::Release,
        "Word, clause, sentence, paragraph",
    )),
    spec(C::Shrink, "shrink", M::Edit, "Shrink selection", &["Shift+E"], W::Release, "Back by one step of growth"),
    spec(
        C::MarkClaim,
        "mark-claim",
        M::Tag,
        "Claim",
        &["C"],
        W::Editable,
        "Mark the selection, or the sentence at the caret, and name its source",
    ),
    spec(
        C::MarkSource,
        "mark-source",
        M::Tag,
        "Source mention",
        &["S"],
        W::Editable,
        "Mark words that name a source; joined to the claim at hand",
    ),
    spec(
        C::MarkCue,
        "mark-cue",
        M::Tag,
        "Cue",
        &["Q"],
        W::Editable,
        "Mark words that attribute; joined to the claim at hand",
    ),
    spec(C::Kind, "kind", M::Tag, "Kind…", &["K"], W::Claim, "Then a letter or digit: kind of the selected claims"),
    shown_as(
        spec(
            C::Term(1),
            "term-1",
            M::Tag,
            "Confidence: first term",
            &["1"],
            W::Claim,
            "Confidence term on the axis in use, first to tenth",
        ),
        "1–9, 0",
    ),
    digit(C::Term(2), "term-2", "Confidence: second term", &["2"]),
    digit(C::Term(3), "term-3", "Confidence: third term", &["3"]),
    digit(C::Term(4), "term-4", "Confidence: fourth term", &["4"]),
    digit(C::Term(5), "term-5", "Confidence: fifth term", &["5"]),
    digit(C::Term(6), "term-6", "Confidence: sixth term", &["6"]),
    digit(C::Term(7), "term-7", "Confidence: seventh term", &["7"]),
    digit(C::Term(8), "term-8", "Confidence: eighth term", &["8"]),
    digit(C::Term(9), "term-9", "Confidence: ninth term", &["9"]),
    digit(C::Term(10), "term-10", "Confidence: tenth term", &["0"]),
    shown_as(
        spec(
            C::Reliability(1),
            "reliability-1",
            M::Tag,
            "Source reliability: first term",
            &["Shift+1"],
            W::Claim,
            "Source reliability, first to sixth term",
        ),
        "Shift+1–6",
    ),
    digit(C::Reliability(2), "reliability-2", "Source reliability: second term", &["Shift+2"]),
    digit(C::Reliability(3), "reliability-3", "Source reliability: third term", &["Shift+3"]),
    digit(C::Reliability(4), "reliability-4", "Source reliability: fourth term", &["Shift+4"]),
    digit(C::Reliability(5), "reliability-5", "Source reliability: fifth term", &["Shift+5"]),
    digit(C::Reliability(6), "reliability-6", "Source reliability: sixth term", &["Shift+6"]),
    spec(
        C::ClearTerm,
        "clear-term",
        M::Tag,
        "Clear confidence",
        &["-"],
        W::Claim,
        "Take back the assessment on the axis in use",
    ),
    spec(
        C::NextAxis,
        "next-axis",
        M::Tag,
        "Next axis",
        &["Shift+A"],
        W::Always,
        "Digits and line styles follow the axis in use",
    ),
    below_line(spec(
        C::Repeats,
        "repeats",
        M::Tag,
        "Repeats…",
        &["R"],
        W::Editable,
        "The same words elsewhere: tick, apply as one step",
    )),
    spec(
        C::EndLater,
        "end-later",
        M::Tag,
        "End: a word later",
        &["Alt+ArrowRight"],
        W::Claim,
        "Move the claim's end by a word",
    ),
    spec(
        C::EndEarlier,
        "end-earlier",
        M::Tag,
        "End: a word earlier",
        &["Alt+ArrowLeft"],
        W::Claim,
        "Move the claim's end back by a word",
    ),
    spec(
        C::StartLater,
        "start-later",
        M::Tag,
        "Start: a word later",
        &["Alt+Shift+ArrowRight"],
        W::Claim,
        "Move the claim's start by a word",
    ),
    spec(
        C::StartEarlier,
        "start-earlier",
        M::Tag,
        "Start: a word earlier",
        &["Alt+Shift+ArrowLeft"],
        W::Claim,
        "Move the claim's start back by a word",
    ),
    spec(
        C::EndLaterByCharacter,
        "end-later-character",
        M::Tag,
        "End: a character later",
        &["Ctrl+Alt+ArrowRight"],
        W::Claim,
        "Move the claim's end by a character",
    ),
    spec(
        C::EndEarlierByCharacter,
        "end-earlier-character",
        M::Tag,
        "End: a character earlier",
        &["Ctrl+Alt+ArrowLeft"],
        W::Claim,
        "Move the claim's end back by a character",
    ),
    spec(
        C::StartLaterByCharacter,
        "start-later-character",
        M::Tag,
        "Start: a character later",
        &["Ctrl+Alt+Shift+ArrowRight"],
        W::Claim,
        "Move the claim's start by a character",
    ),
    spec(
        C::StartEarlierByCharacter,
        "start-earlier-character",
        M::Tag,
        "Start: a character earlier",
        &["Ctrl+Alt+Shift+ArrowLeft"],
        W::Claim,
        "Move the claim's start back by a character",
    ),
    spec(
        C::ExtendByOtherSpan,
        "add-span",
        M::Tag,
        "Add the selection to the claim",
        &["Shift+C"],
        W::Claim,
        "The claim gets a further span, apart from the first",
    ),
    below_line(spec(
        C::DeleteClaim,
        "delete-claim",
        M::Tag,
        "Delete claim",
        &["Delete", "Backspace"],
        W::Claim,
        "Delete the selected claims and what hangs on them alone",
    )),
    spec(
        C::ToggleLeft,
        "toggle-left",
        M::View,
        "Releases and layers",
        &["Ctrl+1"],
        W::Always,
        "Show or hide the left panel",
    ),
    spec(C::ToggleTable, "toggle-table", M::View, "Claims table", &["Ctrl+2"], W::Always, "Show or hide the table"),
    spec(
        C::ToggleInspector,
        "toggle-inspector",
        M::View,
        "Inspector",
        &["Ctrl+3"],
        W::Always,
        "Show or hide the inspector",
    ),
    spec(
        C::Inspector,
        "inspector",
        M::View,
        "Inspect claim",
        &["I"],
        W::Release,
        "The inspector, also where it is folded away",
    ),
    spec(
        C::FocusReader,
        "focus-reader",
        M::View,
        "Go to the text",
        &["F6"],
        W::Release,
        "The keyboard goes to the reader",
    ),
    spec(
        C::FocusTable,
        "focus-table",
        M::View,
        "Go to the table",
        &["Shift+F6"],
        W::Release,
        "The keyboard goes to the claims table",
    ),
    below_line(spec(C::ThemeLight, "theme-light", M::View, "Light theme", &[], W::Always, "Light paper")),
    spec(C::ThemeDark, "theme-dark", M::View, "Dark theme", &[], W::Always, "Dark paper"),
    spec(C::ThemeSystem, "theme-system", M::View, "Theme of the system", &[], W::Always, "As the system has it"),
    below_line(spec(C::ZoomIn, "zoom-in", M::View, "Larger", &["Ctrl++", "Ctrl+="], W::Always, "Zoom in, up to 300 %")),
    spec(C::ZoomOut, "zoom-out", M::View, "Smaller", &["Ctrl+-"], W::Always, "Zoom out, down to 50 %"),
    spec(C::ZoomReset, "zoom-reset", M::View, "Actual size", &["Ctrl+0"], W::Always, "Zoom 100 %"),
    spec(
        C::ColumnWider,
        "column-wider",
        M::View,
        "Wider column",
        &["Ctrl+Shift+ArrowUp"],
        W::Always,
        "The text column by 40 points",
    ),
    spec(
        C::ColumnNarrower,
        "column-narrower",
        M::View,
        "Narrower column",
        &["Ctrl+Shift+ArrowDown"],
        W::Always,
        "The text column by 40 points",
    ),
    spec(C::ToggleSerif, "toggle-serif", M::View, "Serif or sans", &[], W::Always, "The reader's typeface"),
    below_line(spec(
        C::Settings,
        "settings",
        M::View,
        "Settings…",
        &["Ctrl+,"],
        W::Always,
        "Name and handle, theme, fonts, axis and scale, keys",
    )),
    spec(C::NextClaim, "next-claim", M::Review, "Next claim", &["N"], W::Release, "Select the next claim"),
    spec(
        C::PreviousClaim,
        "previous-claim",
        M::Review,
        "Previous claim",
        &["P"],
        W::Release,
        "Select the previous claim",
    ),
    spec(
        C::CycleClaims,
        "cycle-claims",
        M::Review,
        "Next claim here",
        &["O"],
        W::Release,
        "Cycle the claims under the caret",
    ),
    spec(
        C::NextOpen,
        "next-open",
        M::Review,
        "Next unattributed",
        &["U"],
        W::Release,
        "The next claim without a source or an assessment",
    ),
    spec(C::Remark, "remark", M::Review, "Remark", &["M"], W::Release, "Say something on the selected claim"),
    below_line(spec(
        C::MarkRead,
        "mark-read",
        M::Review,
        "Paragraph read",
        &["Space"],
        W::Editable,
        "Tick the paragraph at the caret and go on to the next",
    )),
    spec(C::StateDone, "state-done", M::Review, "Release done", &[], W::Editable, "Mark this release as done"),
    spec(
        C::StateRevisit,
        "state-revisit",
        M::Review,
        "Look at it again",
        &[],
        W::Editable,
        "Mark this release to be looked at again",
    ),
    below_line(spec(
        C::Layers,
        "layers",
        M::Review,
        "Hide or show colleagues",
        &["L"],
        W::Release,
        "All other layers at once",
    )),
    spec(
        C::Anchors,
        "anchors",
        M::Review,
        "Anchors…",
        &[],
        W::Release,
        "Where each mark is in today's text: exact, moved, ambiguous, lost",
    ),
    spec(
        C::Completeness,
        "completeness",
        M::Review,
        "What is missing…",
        &["Ctrl+M"],
        W::Release,
        "Claims without source, quotations without speaker, …",
    ),
    spec(
        C::Palette,
        "palette",
        M::Help,
        "Command palette",
        &["Ctrl+K", "Ctrl+Shift+P"],
        W::Always,
        "Find a command by name",
    ),
    spec(C::Keys, "keys", M::Help, "Keys", &["F1", "?"], W::Always, "All keys on one sheet"),
    below_line(spec(C::About, "about", M::Help, "About Vouch", &[], W::Always, "Version and licence")),
];

const fn digit(command: Command, id: &'static str, name: &'static str, keys: &'static [&'static str]) -> Spec {
    shown_as(spec(command, id, M::Tag, name, keys, W::Claim, ""), "")
}

impl Command {
    /// What is known of it.
    #[must_use]
    pub fn spec(self) -> Option<&'static Spec> {
        SPECS.iter().find(|spec| spec.command == self)
    }

    /// Whether it can be done now.
    ///
    /// # Errors
    /// Why not, for the palette and the tooltip of a grey menu item.
    pub fn enabled(self, model: &Model) -> Result<(), &'static str> {
        let Some(spec) = self.spec() else { return Ok(()) };
        let open = model.current();
        match spec.when {
            W::Always => Ok(()),
            _ if open.is_none() => Err("Open a release first"),
            W::Release => Ok(()),
            W::Editable => open.map_or(Err("Open a release first"), |open| open.editable()),
            W::Claim => open.map_or(Err("Open a release first"), |open| {
                open.editable()?;
                if open.has_own_selected() { Ok(()) } else { Err("Select one of your claims first") }
            }),
            W::Undo => {
                if open.is_some_and(|open| open.can_undo()) {
                    Ok(())
                } else {
                    Err("Nothing to undo")
                }
            }
            W::Redo => {
                if open.is_some_and(|open| open.can_redo()) {
                    Ok(())
                } else {
                    Err("Nothing to redo")
                }
            }
            W::Selection => {
                if open.is_some_and(|open| open.has_selection()) {
                    Ok(())
                } else {
                    Err("Select text or a claim first")
                }
            }
            W::Hits => {
                if open.is_some_and(|open| open.has_hits()) {
                    Ok(())
                } else {
                    Err("Find something first (Ctrl+F)")
                }
            }
            W::Several => {
                if model.several_open() {
                    Ok(())
                } else {
                    Err("Only one release is open")
                }
            }
        }
    }
}

/// Keys pressed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// Ctrl, or Cmd on macOS.
    pub command: bool,
    /// Alt, or Option on macOS.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// The key.
    pub key: Key,
}

impl Chord {
    /// Reads `Ctrl+Shift+F`.
    ///
    /// # Errors
    /// What is wrong, in words for the settings panel.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut chord = Self { command: false, alt: false, shift: false, key: Key::Space };
        // The plus key itself ends in an empty part: "Ctrl++".
        let (modifiers, key) = match text.strip_suffix("+") {
            Some("") => ("", "+"),
            Some(rest) => (rest.strip_suffix('+').ok_or_else(|| format!("“{text}” ends in +"))?, "+"),
            None => text.rsplit_once('+').unwrap_or(("", text)),
        };
        for modifier in modifiers.split('+').filter(|part| !part.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "cmd" => chord.command = true,
                "alt" | "option" => chord.alt = true,
                "shift" => chord.shift = true,
                _ => return Err(format!("“{modifier}” is no modifier: use Ctrl, Alt, Shift")),
            }
        }
        chord.key = key_from_name(key).ok_or_else(|| format!("“{key}” is no key"))?;
        Ok(chord)
    }

    /// As people of this system write it (`Ctrl+Shift+F`, `⇧⌘F`).
    #[must_use]
    pub fn shown(self, mac: bool) -> String {
        let mut text = String::new();
        let names = if mac { ["⌥", "⇧", "⌘"] } else { ["Alt+", "Shift+", "Ctrl+"] };
        let order = if mac { [0, 1, 2] } else { [2, 0, 1] };
        for i in order {
            let on = [self.alt, self.shift, self.command].get(i).copied().unwrap_or(false);
            if on {
                text.push_str(names.get(i).copied().unwrap_or(""));
            }
        }
        text.push_str(key_name(self.key));
        text
    }

    /// Whether it may be pressed while a text field has the focus without typing anything.
    #[must_use]
    pub fn is_safe_while_typing(self) -> bool {
        self.command || is_function_key(self.key)
    }

    /// Whether this key press is the chord. The logical key counts; where the layout has no such sign on that key (a
    /// digit under Shift, a letter on a Cyrillic layout), its physical position does.
    #[must_use]
    pub fn matches(self, key: Key, physical: Option<Key>, modifiers: Modifiers) -> bool {
        if self.command != modifiers.command || self.alt != modifiers.alt {
            return false;
        }
        let sign = is_sign(self.key);
        if key == self.key {
            // A sign such as ? or + may need Shift on this layout and not on another.
            return sign || self.shift == modifiers.shift;
        }
        physical == Some(self.key) && self.shift == modifiers.shift && !sign && !is_letter_or_digit(key)
    }
}

fn is_function_key(key: Key) -> bool {
    let name = key.name();
    name.len() > 1 && name.starts_with('F') && name.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

fn is_letter_or_digit(key: Key) -> bool {
    let name = key.name();
    name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_sign(key: Key) -> bool {
    matches!(key, Key::Questionmark | Key::Plus | Key::Equals | Key::Minus | Key::Comma | Key::Period | Key::Slash)
}

/// Names of keys in settings and on screen: egui's, with signs as themselves.
fn key_name(key: Key) -> &'static str {
    match key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::Minus => "-",
        Key::Plus => "+",
        Key::Equals => "=",
        Key::Comma => ",",
        Key::Questionmark => "?",
        Key::Escape => "Esc",
        key => key.name(),
    }
}

fn key_from_name(name: &str) -> Option<Key> {
    let named = match name {
        "←" | "ArrowLeft" => Key::ArrowLeft,
        "→" | "ArrowRight" => Key::ArrowRight,
        "↑" | "ArrowUp" => Key::ArrowUp,
        "↓" | "ArrowDown" => Key::ArrowDown,
        "-" => Key::Minus,
        "+" => Key::Plus,
        "=" => Key::Equals,
        "," => Key::Comma,
        "?" => Key::Questionmark,
        "Esc" => Key::Escape,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        _ if name.chars().count() == 1 => return Key::from_name(&name.to_uppercase()),
        _ => return Key::from_name(name),
    };
    Some(named)
}

/// Which keys mean which command: the delivered ones, with the settings' changes.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    chords: Vec<(Chord, Command)>,
}

/// Two commands on one chord, or a chord that does not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTrouble {
    /// The command whose key does not work.
    pub command: Command,
    /// What is wrong, in words.
    pub what: String,
}

impl Keymap {
    /// The map of the delivered keys with `changed` ones (command id, keys separated by blanks; empty for none).
    #[must_use]
    pub fn new<'a>(changed: impl IntoIterator<Item = (&'a str, &'a str)> + Clone) -> (Self, Vec<KeyTrouble>) {
        let mut map = Self::default();
        let mut troubles = Vec::new();
        for spec in SPECS {
            let own = changed.clone().into_iter().find(|(id, _)| *id == spec.id).map(|(_, keys)| keys);
            let texts: Vec<&str> = own.map_or_else(|| spec.keys.to_vec(), |keys| keys.split_whitespace().collect());
            for text in texts {
                match Chord::parse(text) {
                    Err(what) => troubles.push(KeyTrouble { command: spec.command, what }),
                    Ok(chord) => match map.chords.iter().find(|(other, _)| *other == chord) {
                        Some((_, taken)) => {
                            let by = taken.spec().map_or("", |spec| spec.name);
                            let what = format!("{} is taken by “{by}”", chord.shown(false));
                            troubles.push(KeyTrouble { command: spec.command, what });
                        }
                        None => map.chords.push((chord, spec.command)),
                    },
                }
            }
        }
        (map, troubles)
    }

    /// The command of a key press. While `typing`, only chords that type nothing count.
    #[must_use]
    pub fn command(&self, key: Key, physical: Option<Key>, modifiers: Modifiers, typing: bool) -> Option<Command> {
        // The chord with the most modifiers goes first: Ctrl+Shift+Z before Ctrl+Z, where a sign may ignore Shift.
        self.chords
            .iter()
            .filter(|(chord, _)| !typing || chord.is_safe_while_typing())
            .filter(|(chord, _)| chord.matches(key, physical, modifiers))
            .max_by_key(|(chord, _)| chord.key == key)
            .map(|&(_, command)| command)
    }

    /// The chords of a command, in the order given.
    pub fn chords(&self, command: Command) -> impl Iterator<Item = Chord> + '_ {
        self.chords.iter().filter(move |(_, other)| *other == command).map(|&(chord, _)| chord)
    }

    /// The first key of a command as shown; empty where it has none.
    #[must_use]
    pub fn shown(&self, command: Command) -> String {
        self.chords(command).next().map(|chord| chord.shown(cfg!(target_os = "macos"))).unwrap_or_default()
    }
}

/// README's key table, as Markdown: a test holds README to it.
#[must_use]
pub fn key_table() -> String {
    let mut table = String::from("| keys | command | what it does |\n| --- | --- | --- |\n");
    for spec in SPECS.iter().filter(|spec| !spec.keys.is_empty() && spec.sheet != Some("")) {
        let keys = spec.sheet.map_or_else(
            || {
                let shown = spec.keys.iter().filter_map(|text| Chord::parse(text).ok());
                shown.map(|chord| format!("`{}`", chord.shown(false))).collect::<Vec<_>>().join(", ")
            },
            |keys| format!("`{keys}`"),
        );
        table.push_str(&format!("| {keys} | {} | {} |\n", spec.name.trim_end_matches('…'), spec.help));
    }
    table
}
