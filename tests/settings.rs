//! Settings: what is saved comes back, and a damaged file costs what is damaged in it and is never lost.

use std::fs;
use std::path::PathBuf;

use vouch::files::Disk;
use vouch::settings::{Font, Layout, Loaded, Login, Settings, Theme};

fn login() -> Login {
    Login { account: "Anna.Tamm".to_owned(), name: "Anna Tamm".to_owned() }
}

/// What a settings file of this text gives, and what is told about it.
fn check(text: &str, expected: &Settings, told: &[&str]) {
    let (settings, wrong) = Settings::parse(text, Settings::of(&login()));
    assert_eq!((&settings, wrong.iter().map(String::as_str).collect::<Vec<_>>()), (expected, told.to_vec()), "{text}");
}

#[test]
fn a_newcomer_is_known_by_the_login() {
    let folder = tempfile::tempdir().unwrap();
    let Loaded { settings, warnings } = Settings::load(&Disk, &folder.path().join("none yet"), &login());
    assert_eq!((settings.name.as_str(), settings.handle.as_str()), ("Anna Tamm", "anna-tamm"));
    assert_eq!(warnings, [""; 0]);
    assert!(!Login::of_system().account.contains(char::is_control));
}

#[test]
fn what_is_saved_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new").join("settings");
    let mut settings = Settings {
        name: "Anna \"A\" Tamm\n\u{202e}".to_owned(),
        handle: "anna".to_owned(),
        theme: Theme::Dark,
        font: Font::Sans,
        zoom: 1.25,
        text_size: 19.5,
        column: 720.0,
        line_height: 1.55,
        snap_words: true,
        axis: "likelihood".to_owned(),
        scales: vec![("likelihood".to_owned(), "phia-2019".to_owned())],
        keys: vec![("claim".to_owned(), "Ctrl+M".to_owned()), ("cue".to_owned(), String::new())],
        recent: vec![PathBuf::from("/a b/ö.txt")],
        open: vec![PathBuf::from("/a b")],
        layout: Layout {
            left: false,
            columns: vec!["quote".to_owned()],
            window: Some((800.0, 600.5)),
            ..Layout::default()
        },
        ..Settings::default()
    };
    settings.save(&Disk, &path).unwrap();
    let loaded = Settings::load(&Disk, &path, &login());
    assert_eq!((&loaded.settings, loaded.warnings.len()), (&settings, 0));
    settings.remember(&PathBuf::from("/c.txt"));
    settings.remember(&PathBuf::from("/a b/ö.txt"));
    settings.save(&Disk, &path).unwrap();
    let recent = Settings::load(&Disk, &path, &login()).settings.recent;
    assert_eq!(recent, [PathBuf::from("/a b/ö.txt"), PathBuf::from("/c.txt")]);
}

#[test]
fn fields_of_a_later_version_are_kept() {
    let text = "(theme: \"dark\", telepathy: (on: true, reach: [1, 2]), layout: (left: false, minimap: Some(3)))";
    let (settings, wrong) = Settings::parse(text, Settings::of(&login()));
    assert_eq!(wrong, [""; 0]);
    assert_eq!((settings.theme, settings.layout.left), (Theme::Dark, false));
    let printed = settings.print();
    assert!(printed.contains("  telepathy: (on: true, reach: [1, 2]),\n"), "{printed}");
    assert!(printed.contains("minimap: Some(3))"), "{printed}");
    check(&printed, &settings, &[]);
}

#[test]
fn what_is_wrong_in_a_field_costs_that_field() {
    let delivered = Settings::of(&login());
    let dark = Settings { theme: Theme::Dark, ..delivered.clone() };
    check("(theme: \"dark\", zoom: \"big\")", &dark, &["zoom: expected a number, found \"big\""]);
    check("(theme: \"dark\", font: \"comic\")", &dark, &["font: “comic” is not known"]);
    check("(theme: \"dark\", layout: 3)", &dark, &["layout: expected a structure (name: value, …): left out"]);
    check("(theme: \"dark\", zoom: 1e999)", &dark, &["zoom: expected a finite number"]);
    check("(zoom: 99, column: -5)", &Settings { zoom: 3.0, column: 400.0, ..delivered.clone() }, &[]);
    check("(handle: \"Jürgen Weiß\")", &Settings { handle: "jurgen-weiss".to_owned(), ..delivered }, &[]);
}

#[test]
fn a_damaged_file_is_kept_aside_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.ron");
    let good = Settings { theme: Theme::Light, ..Settings::of(&login()) }.print();
    for end in 0..good.len() {
        fs::write(&file, &good.as_bytes()[..end]).unwrap();
        let (_, wrong) = Settings::parse(&String::from_utf8_lossy(&good.as_bytes()[..end]), Settings::of(&login()));
        assert_eq!(wrong.is_empty(), end + 1 >= good.len(), "{end}");
    }
    for (number, bytes) in [(1, &b"(theme: "[..]), (2, b"\xff\xfe"), (3, b"")] {
        fs::write(&file, bytes).unwrap();
        for _ in 0..2 {
            let loaded = Settings::load(&Disk, folder.path(), &login());
            assert_eq!((loaded.settings, loaded.warnings.len()), (Settings::of(&login()), 2));
        }
        assert_eq!(fs::read(folder.path().join(format!("settings.ron.damaged-{number}"))).unwrap(), bytes);
        assert!(!folder.path().join(format!("settings.ron.damaged-{}", number + 1)).exists());
    }
}
