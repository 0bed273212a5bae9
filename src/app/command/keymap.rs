//! Keys: how they are written, when a press is one, and which command it means.

use egui::{Key, Modifiers};

use super::{Command, SPECS};

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
    pub fn new(changed: &[(String, String)]) -> (Self, Vec<KeyTrouble>) {
        let mut map = Self::default();
        let mut troubles = Vec::new();
        for spec in SPECS {
            let own = changed.iter().find(|(id, _)| id == spec.id).map(|(_, keys)| keys.as_str());
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
