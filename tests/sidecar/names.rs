//! What a file's name says.

use vouch::sidecar::names::{
    FileName, Unsafe, check_name_in_set, damaged_name, handle_from_login, is_handle, is_same_handle, recognise,
    register_name, sidecar_name,
};

#[test]
fn names_are_taken_apart_as_they_were_put_together() {
    let sidecar = sidecar_name("vilnius-summit.v2.txt", "anna");
    assert_eq!(sidecar, "vilnius-summit.v2.txt.anna.vouch.ron");
    assert_eq!(recognise(&sidecar), FileName::Sidecar { document: "vilnius-summit.v2.txt", handle: "anna" });
    assert_eq!(recognise(&register_name("anna-2")), FileName::Register { handle: "anna-2" });
    let damaged = damaged_name(&sidecar, 3);
    assert_eq!(recognise(&damaged), FileName::Damaged { of: &sidecar, number: 3 });
}

#[test]
fn names_are_recognised() {
    let check = |name: &str, expected: FileName<'_>| assert_eq!(recognise(name), expected, "{name}");
    check("codebook.ron", FileName::Codebook);
    check("week-47.vouch-set.ron", FileName::Set);
    check("Notes.txt.ANNA.vouch.ron", FileName::Sidecar { document: "Notes.txt", handle: "ANNA" });
    check("sources.txt.anna.vouch.ron", FileName::Sidecar { document: "sources.txt", handle: "anna" });
    for other in [
        "release.txt",
        "a.ron",
        "anna.vouch.ron",
        ".anna.vouch.ron",
        "a.txt.änna.vouch.ron",
        ".vouch-set.ron",
        "a.txt..vouch.ron",
        "x.damaged-1",
        "a (1).ron",
        "",
    ] {
        check(other, FileName::Other);
    }
}

#[test]
fn second_versions_of_synchronisers_are_recognised() {
    for name in [
        // Dropbox, in English, German, French, Spanish, Japanese; without a name; for two spellings of one name.
        "r.txt.anna.vouch (Anna's conflicted copy 2026-11-24).ron",
        "r.txt.anna.vouch (DESKTOP-7's conflicted copy 2026-11-24 (1)).ron",
        "r.txt.anna.vouch (conflicted copy 2026-11-24).ron",
        "r.txt.anna.vouch (Annas in Konflikt stehende Kopie 2026-11-24).ron",
        "r.txt.anna.vouch (Copie en conflit de Anna 2026-11-24).ron",
        "r.txt.anna.vouch (copia en conflicto de Anna 2026-11-24).ron",
        "r.txt.anna.vouch (Anna の競合コピー 2026-11-24).ron",
        "r.txt.anna.vouch (Case Conflict 1).ron",
        // Nextcloud, ownCloud before it.
        "r.txt.anna.vouch (conflicted copy 2026-11-24 031400).ron",
        "r.txt.anna.vouch (conflicted copy anna 2026-11-24 031400).ron",
        "r.txt.anna.vouch_conflict-20261124-031400.ron",
        // OneDrive: the computer's name.
        "r.txt.anna.vouch-DESKTOP-7.ron",
        "r.txt.anna.vouch-DESKTOP-7-2.ron",
        "r.txt.anna.vouch-Annas-MacBook.ron",
        // Syncthing.
        "r.txt.anna.vouch.sync-conflict-20261124-031400-ABCDEFG.ron",
        // Google Drive, Seafile, iCloud, pCloud, Resilio.
        "r.txt.anna.vouch (1).ron",
        "r.txt.anna.vouch [Conflict].ron",
        "r.txt.anna.vouch (SFConflict anna@example.org 2026-11-24-03-14-00).ron",
        "r.txt.anna.vouch 2.ron",
        "r.txt.anna.vouch [conflicted].ron",
        "r.txt.anna.vouch.Conflict.ron",
    ] {
        assert_eq!(recognise(name), FileName::ConflictCopy { of: "r.txt.anna.vouch.ron".to_owned() }, "{name}");
    }
    assert_eq!(recognise("w.vouch-set (1).ron"), FileName::ConflictCopy { of: "w.vouch-set.ron".to_owned() });
    let register = "sources.anna.vouch (Anna's conflicted copy 2026-11-24).ron";
    assert_eq!(recognise(register), FileName::ConflictCopy { of: "sources.anna.vouch.ron".to_owned() });
    for name in
        ["codebook (Anna's conflicted copy 2026-11-24).ron", "codebook.sync-conflict-20261124-031400-ABCDEFG.ron"]
    {
        assert_eq!(recognise(name), FileName::ConflictCopy { of: "codebook.ron".to_owned() }, "{name}");
    }
}

#[test]
fn what_only_looks_like_a_second_version_is_none() {
    // A document's own second version, and the sidecar of such a document.
    for document in
        ["r (Anna's conflicted copy 2026-11-24).txt", "r.sync-conflict-20261124-031400-ABCDEFG.txt", "r-PC.txt"]
    {
        assert_eq!(recognise(document), FileName::Other, "{document}");
        let sidecar = format!("{document}.anna.vouch.ron");
        assert_eq!(recognise(&sidecar), FileName::Sidecar { document, handle: "anna" });
    }
    for other in
        ["codebook-old.ron", "codebook (1).ron", "r.txt.anna.vouch.bak.ron", "r.txt.anna.vouches (1).ron", "x (1).ron"]
    {
        assert_eq!(recognise(other), FileName::Other, "{other}");
    }
}

#[test]
fn handles_come_from_logins() {
    let check = |login: &str, expected: &str| {
        assert_eq!(handle_from_login(login), expected);
        assert!(is_handle(expected));
    };
    check("anna", "anna");
    check("Anna Tamm", "anna-tamm");
    check("OFFICE\\Jürgen.Weiß", "jurgen-weiss");
    check("ju\u{308}rgen", "jurgen");
    check("łukasz.żółć@example.org", "lukasz-zolc");
    check("--x--y--", "x-y");
    check("山田", "me");
    check("", "me");
    check(&"ab-".repeat(40), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab");
    assert!(is_same_handle("Anna", "anna"));
    assert!(!is_handle("Anna") && !is_handle("") && !is_handle("a_b") && !is_handle(&"a".repeat(33)));
}

#[test]
fn names_in_a_set_stay_in_its_folder() {
    for name in ["r.txt.anna.vouch.ron", "2026/11/r.txt.anna.vouch.ron", "..r/.hidden", "a b/ć.txt"] {
        assert_eq!(check_name_in_set(name), Ok(()), "{name}");
    }
    for (name, expected) in [
        ("", Unsafe::Empty),
        ("a//b", Unsafe::Empty),
        ("a/", Unsafe::Empty),
        ("/etc/passwd", Unsafe::Absolute),
        ("\\\\server\\share\\x", Unsafe::Absolute),
        ("//server/share/x", Unsafe::Absolute),
        ("..", Unsafe::Dots),
        ("a/../../b", Unsafe::Dots),
        ("./a", Unsafe::Dots),
        ("a/.. /b", Unsafe::Dots),
        ("a/.../b", Unsafe::Dots),
        ("C:/x", Unsafe::Colon),
        ("c:x", Unsafe::Colon),
        ("https://example.org/x", Unsafe::Colon),
        ("r.txt:stream", Unsafe::Colon),
        ("a\\..\\b", Unsafe::Character),
        ("a\nb", Unsafe::Character),
        ("a\0b", Unsafe::Character),
    ] {
        assert_eq!(check_name_in_set(name), Err(expected), "{name}");
    }
}
