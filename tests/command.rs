//! Commands and keys: one table for menu, palette, sheet and README, and no key for two things.

use egui::{Key, Modifiers};
use vouch::app::command::{Chord, Command, Keymap, SPECS, key_table};

fn delivered() -> Keymap {
    let (keymap, troubles) = Keymap::new(&[]);
    assert_eq!(troubles, []);
    keymap
}

/// Ctrl as egui reports it on this system: Cmd on macOS.
const CTRL: Modifiers = Modifiers::COMMAND;

fn ctrl_shift() -> Modifiers {
    CTRL | Modifiers::SHIFT
}

fn check(key: Key, physical: Key, modifiers: Modifiers, typing: bool, expected: Option<Command>) {
    assert_eq!(delivered().command(key, Some(physical), modifiers, typing), expected, "{key:?} {modifiers:?}");
}

#[test]
fn no_two_commands_share_a_key() {
    delivered();
}

#[test]
fn every_key_reads_back_as_it_is_shown() {
    for text in SPECS.iter().flat_map(|spec| spec.keys) {
        let chord = Chord::parse(text).expect("a delivered key");
        assert_eq!(Chord::parse(&chord.shown(false)), Ok(chord), "{text}");
    }
}

#[test]
fn ids_and_names_are_there_once() {
    for (at, spec) in SPECS.iter().enumerate() {
        assert!(!spec.name.is_empty() && !spec.id.is_empty());
        assert!(
            SPECS.iter().skip(at + 1).all(|other| other.id != spec.id && other.command != spec.command),
            "{}",
            spec.id
        );
    }
}

#[test]
fn shift_tells_redo_from_undo() {
    check(Key::Z, Key::Z, CTRL, false, Some(Command::Undo));
    check(Key::Z, Key::Z, ctrl_shift(), false, Some(Command::Redo));
    check(Key::Y, Key::Y, CTRL, false, Some(Command::Redo));
}

#[test]
fn a_digit_under_shift_counts_by_its_place() {
    // On most layouts Shift+2 gives another sign.
    check(Key::Quote, Key::Num2, Modifiers::SHIFT, false, Some(Command::Reliability(2)));
    check(Key::Num2, Key::Num2, Modifiers::NONE, false, Some(Command::Term(2)));
    check(Key::Num0, Key::Num0, Modifiers::NONE, false, Some(Command::Term(10)));
}

#[test]
fn a_letter_of_the_layout_wins_over_its_place() {
    // A French layout: the key in the place of Q types A.
    check(Key::A, Key::Q, CTRL, false, Some(Command::SelectAll));
}

#[test]
fn letters_are_inert_while_typing_and_ctrl_is_not() {
    for key in [Key::C, Key::S, Key::Q, Key::Num3, Key::Delete, Key::Space, Key::Minus] {
        check(key, key, Modifiers::NONE, true, None);
    }
    check(Key::S, Key::S, CTRL, true, Some(Command::Save));
    check(Key::F1, Key::F1, Modifiers::NONE, true, Some(Command::Keys));
}

#[test]
fn a_changed_key_takes_the_place_of_the_delivered_one_and_a_clash_is_told() {
    let changed = |id: &str, keys: &str| vec![(id.to_owned(), keys.to_owned())];
    let (keymap, troubles) = Keymap::new(&changed("mark-claim", "X"));
    assert_eq!(troubles, []);
    assert_eq!(keymap.command(Key::X, None, Modifiers::NONE, false), Some(Command::MarkClaim));
    assert_eq!(keymap.command(Key::C, None, Modifiers::NONE, false), None);
    let (_, troubles) = Keymap::new(&changed("mark-claim", "S"));
    assert!(troubles.iter().any(|trouble| trouble.what.contains("taken")), "{troubles:?}");
    let (_, troubles) = Keymap::new(&changed("mark-claim", "Hyper+Q"));
    assert!(troubles.iter().any(|trouble| trouble.what.contains("no modifier")), "{troubles:?}");
    let (keymap, troubles) = Keymap::new(&changed("mark-claim", ""));
    assert_eq!((keymap.shown(Command::MarkClaim), troubles), (String::new(), Vec::new()));
}

#[test]
fn readme_has_the_keys_as_they_are() {
    let readme = include_str!("../README.md");
    let table = readme.split("<!-- keys -->\n").nth(1).and_then(|rest| rest.split("<!-- /keys -->").next());
    assert_eq!(table.map(str::trim), Some(key_table().trim()), "put this into README.md:\n{}", key_table());
}
