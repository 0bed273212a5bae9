//! Relations over a collection, and the origins that are counted from them.

mod shelf;

use shelf::{release, sha256};
use vouch::annotation::{Assessment, Codebook, Id};
use vouch::collection::{CONTRADICTS, End, Origins, Place, Relations, origins, unconfirmed};
use vouch::exchange::Release;

const NATO: &str = "A brigade comes, Stoltenberg said.";
const WIRE: &str = "The wire: a brigade comes, Stoltenberg told NATO.";
const PAPER: &str = "The paper says that a brigade comes.";
const OTHER: &str = "Kask confirmed that a brigade comes. He denied it later.";

/// Four releases on one brigade. `more` are tables put to the set on the paper.
fn shelf(more: &str) -> Vec<Release> {
    let stoltenberg = r#""s-1": (kind: "person", name: "Jens Stoltenberg"), "#;
    let wire = format!(
        r#"sources: {{ {stoltenberg} "s-2": (kind: "organisation", name: "NATO") }},
        claims: {{ "c-wire": (anchor: ‹a brigade comes›, said: [(by: ["s-2"]), (by: ["s-1"])]) }},
        relations: {{ "l-1": (from: "c-wire", to: "c-nato", kind: "repeats", document: "{}") }},"#,
        sha256(NATO)
    );
    let paper = format!(
        r#"claims: {{ "c-paper": (anchor: ‹a brigade comes›) }},
        relations: {{ "l-2": (from: "c-paper", to: "c-wire", kind: "repeats", note: "word for word") }}, {more}"#
    );
    let other = r#"sources: { "s-3": (kind: "person", name: "Jaan Kask") },
        claims: {
            "c-other": (anchor: ‹a brigade comes›, said: [(by: ["s-3"])]),
            "c-denied": (anchor: ‹denied it›, said: [(by: ["s-3"])]),
        },
        relations: {
            "l-3": (from: "c-denied", to: "c-other", kind: "contradicts"),
            "l-4": (from: "c-denied", to: "c-gone", kind: "contradicts", document: "00ff"),
        },"#;
    let nato = format!(
        r#"sources: {{ {stoltenberg} }}, claims: {{ "c-nato": (anchor: ‹A brigade comes›, said: [(by: ["s-1"])]) }},"#
    );
    let colleague = r#"sources: { "s-9": (kind: "person", name: "jens  STOLTENBERG") },
        claims: { "c-mart": (anchor: ‹A brigade comes›, said: [(by: ["s-9"])]) },"#;
    vec![
        release("nato.txt", NATO, r#"publisher: "NATO""#, &[("anna", &nato), ("mart", colleague)]),
        release("wire.txt", WIRE, r#"publisher: "Wire""#, &[("anna", &wire)]),
        release("paper.txt", PAPER, r#"publisher: "Paper""#, &[("anna", &paper)]),
        release("other.txt", OTHER, "", &[("anna", other)]),
    ]
}

fn place(release: usize, handle: &str, id: &str) -> Place {
    Place { release, handle: handle.to_owned(), id: Id::new(id) }
}

fn counted(releases: &[Release], release: usize, claim: &str) -> Origins {
    origins(releases, &Relations::of(releases), &place(release, "anna", claim))
}

fn names(origins: &Origins) -> Vec<&str> {
    origins.origins.iter().map(|origin| origin.name.as_str()).collect()
}

#[test]
fn relations_are_seen_from_both_ends_also_across_releases() {
    let releases = shelf("");
    let relations = Relations::of(&releases);
    let seen = |release: usize, id: &str| -> Vec<String> {
        let claim = place(release, "anna", id);
        let line = |related: &vouch::collection::Related| {
            let arrow = if related.from.claim() == Some(&claim) { "→" } else { "←" };
            let other = related.other(&claim).claim().map_or("?", |other| other.id.as_str());
            format!("{} {arrow} {other}", related.kind())
        };
        relations.of_claim(&claim).map(line).collect()
    };
    assert_eq!(seen(0, "c-nato"), ["repeats ← c-wire"]);
    assert_eq!(seen(1, "c-wire"), ["repeats → c-nato", "repeats ← c-paper"]);
    assert_eq!(seen(2, "c-paper"), ["repeats → c-wire"]);
    assert_eq!(seen(3, "c-denied"), ["contradicts → c-other", "contradicts → ?"]);
    assert_eq!(relations.all().len(), 4);
    assert_eq!(relations.all()[1].relation.note.as_deref(), Some("word for word"));
}

#[test]
fn an_end_that_is_not_there_is_kept_and_never_guessed() {
    let releases = shelf("");
    let relations = Relations::of(&releases);
    let missing = End::Missing { id: Some(Id::new("c-gone")), document: Some("00ff".to_owned()) };
    assert_eq!(relations.all()[3].to, missing);
    // The same id in two releases, and no text that says which.
    let mut twice = releases.clone();
    twice.push(release(
        "copy.txt",
        "Again: a brigade comes.",
        "",
        &[("anna", "claims: { \"c-wire\": (anchor: ‹a brigade›) },")],
    ));
    let end = Relations::of(&twice).all()[1].to.clone();
    assert_eq!(end, End::Missing { id: Some(Id::new("c-wire")), document: None });
    // What the relation names by its text is found all the same.
    assert_eq!(Relations::of(&twice).all()[0].to, End::Claim(place(0, "anna", "c-nato")));
}

#[test]
fn contradictions_of_a_collection_are_a_list() {
    let releases = shelf("");
    let relations = Relations::of(&releases);
    let found: Vec<&str> = relations.of_kind(CONTRADICTS).map(|related| related.place.id.as_str()).collect();
    assert_eq!(found, ["l-3", "l-4"]);
}

#[test]
fn the_neighbourhood_grows_by_distance_and_is_cut_where_asked() {
    let releases = shelf("");
    let relations = Relations::of(&releases);
    let around = |depth: usize, most: usize| {
        let found = relations.around(&place(0, "anna", "c-nato"), depth, most);
        let claims: Vec<String> = found.claims.iter().map(|(claim, far)| format!("{far} {}", claim.id)).collect();
        (claims.join(", "), found.relations.len(), found.is_cut)
    };
    assert_eq!(around(0, 9), ("0 c-nato".to_owned(), 0, false));
    assert_eq!(around(1, 9), ("0 c-nato, 1 c-wire".to_owned(), 1, false));
    assert_eq!(around(5, 9), ("0 c-nato, 1 c-wire, 2 c-paper".to_owned(), 2, false));
    assert_eq!(around(5, 2), ("0 c-nato, 1 c-wire".to_owned(), 1, true));
}

#[test]
fn repeats_are_one_origin_however_many() {
    let releases = shelf("");
    for (at, claim) in [(0, "c-nato"), (1, "c-wire"), (2, "c-paper")] {
        let found = counted(&releases, at, claim);
        assert_eq!(found.words(), "3 releases, 1 origin", "{claim}");
        assert_eq!(names(&found), ["Jens Stoltenberg"]);
        // The paper names nobody, but repeats what has an origin.
        assert_eq!(found.unknown, []);
    }
    let found = counted(&releases, 3, "c-other");
    assert_eq!((found.words().as_str(), names(&found)), ("1 release, 1 origin", vec!["Jaan Kask"]));
}

#[test]
fn what_supports_has_an_origin_of_its_own() {
    let supports = |from: &str, to: &str| {
        format!(r#"ext: (), relations: {{ "l-9": (from: "{from}", to: "{to}", kind: "supports") }},"#)
    };
    let with = |from: &str, to: &str| {
        let mut releases = shelf("");
        let tables = supports(from, to).replace("ext: (), ", "");
        releases.push(release("note.txt", "A note.", "", &[("anna", &tables)]));
        releases
    };
    let found = counted(&with("c-other", "c-nato"), 1, "c-wire");
    assert_eq!(
        (found.words().as_str(), names(&found)),
        ("4 releases, 2 origins", vec!["Jens Stoltenberg", "Jaan Kask"])
    );
    // The other way round it says nothing of what is supported by it.
    assert_eq!(counted(&with("c-nato", "c-other"), 1, "c-wire").words(), "3 releases, 1 origin");
    // A colleague's entry of the same name is the same origin.
    let found = counted(&with("c-mart", "c-nato"), 0, "c-nato");
    assert_eq!((found.words().as_str(), found.claims.len()), ("3 releases, 1 origin", 4));
}

#[test]
fn an_unknown_lineage_counts_as_none() {
    let text = "It is so. It is so, says the writer. It is so, says a senior official. It is so, they say.";
    let tables = r#"
        sources: { "s-4": (kind: "unnamed", name: "a senior official") },
        mentions: { "m-1": (anchor: ‹they›) },
        claims: {
            "c-0": (anchor: ‹It is so. It›),
            "c-1": (anchor: ‹It is so, says the writer›, said: [(by: [])]),
            "c-2": (anchor: ‹It is so, says a senior›, said: [(by: ["s-4"])]),
            "c-3": (anchor: ‹It is so, they›, said: [(by: ["m-1"])]),
        },"#;
    let of =
        |about: &str, claim: &str| counted(&[release("a.txt", text, about, &[("anna", tables)])], 0, claim).words();
    for claim in ["c-0", "c-1", "c-2", "c-3"] {
        assert_eq!(of("", claim), "1 release, 0 origins", "{claim}");
    }
    assert_eq!(of(r#"publisher: "NATO""#, "c-1"), "1 release, 1 origin");
}

#[test]
fn those_who_speak_jointly_are_one_origin_and_repeats_may_go_in_a_ring() {
    let text = "A and B say so. B says so again. Once more.";
    let tables = r#"
        sources: { "s-a": (name: "A"), "s-b": (name: "B"), "s-bb": (name: "Bee", same_as: ["s-b"]) },
        claims: {
            "c-1": (anchor: ‹say so›, said: [(by: ["s-a", "s-b"])]),
            "c-2": (anchor: ‹says so again›, said: [(by: ["s-bb"])]),
            "c-3": (anchor: ‹Once more›),
            "c-4": (anchor: ‹Once›, from: ["c-3"]),
        },
        relations: {
            "l-1": (from: "c-2", to: "c-1", kind: "supports"),
            "l-2": (from: "c-3", to: "c-1", kind: "repeats"),
            "l-3": (from: "c-1", to: "c-3", kind: "repeats"),
        },"#;
    let found = counted(&[release("a.txt", text, "", &[("anna", tables)])], 0, "c-1");
    assert_eq!((found.words().as_str(), names(&found)), ("1 release, 1 origin", vec!["A and B"]));
    assert_eq!((found.claims.len(), found.unknown.len()), (3, 0));
    let carried = counted(&[release("a.txt", text, "", &[("anna", tables)])], 0, "c-4");
    assert_eq!((carried.words().as_str(), carried.claims.len()), ("1 release, 1 origin", 4));
}

#[test]
fn confirmed_needs_two_origins() {
    let codebook = Codebook::built_in();
    let judged = |axis: &str, scale: &str, term: &str| Assessment {
        axis: axis.to_owned(),
        scale: scale.to_owned(),
        term: Some(term.to_owned()),
        ..Assessment::default()
    };
    let one = counted(&shelf(""), 0, "c-nato");
    assert_eq!(
        unconfirmed(&one, &judged("credibility", "admiralty", "1"), codebook).as_deref(),
        Some(
            "“confirmed by other sources” needs two origins, and it all comes from Jens Stoltenberg (3 releases, 1 \
             origin): choose another term, or give the reason why it is confirmed"
        )
    );
    let none = Origins { releases: 2, ..Origins::default() };
    let told = unconfirmed(&none, &judged("credibility", "admiralty", "1"), codebook).unwrap();
    assert!(told.contains("nobody is known from whom it comes (2 releases, 0 origins)"), "{told}");
    for other in [
        judged("credibility", "admiralty", "2"),
        judged("credibility", "admiralty", "6"),
        judged("reliability", "admiralty", "A"),
        judged("credibility", "nobodys", "1"),
    ] {
        assert_eq!(unconfirmed(&one, &other, codebook), None, "{other:?}");
    }
    let mut two = one;
    two.origins.push(counted(&shelf(""), 3, "c-other").origins.remove(0));
    assert_eq!(unconfirmed(&two, &judged("credibility", "admiralty", "1"), codebook), None);
}
