//! What a release says of itself.

use vouch::document::{Proposed, Structure, propose};

use super::named;

fn proposed(name: &str, text: &str) -> Proposed {
    let document = named(name, text);
    let proposed = propose(&document, &Structure::of(&document));
    let all = [&proposed.title, &proposed.publisher, &proposed.published, &proposed.url];
    for found in all.into_iter().flatten() {
        let span = found.span.unwrap_or_default();
        assert!(document.text.as_str().get(span.start..span.end).is_some(), "{found:?}");
    }
    proposed
}

const BODY: &str =
    "The minister said that the plan would cost three million euros and that it would be ready in the spring.";

/// The date proposed for a release whose head is `head`.
fn date(head: &str, expected: Option<&str>) {
    let found = proposed("release.txt", &format!("Minister presents plan\n\n{head}\n\n{BODY}")).published;
    assert_eq!(found.as_ref().map(|found| found.value.as_str()), expected, "{head}");
}

#[test]
fn the_sample() {
    let sample = include_str!("../../sample_docs/vilnius-summit.txt");
    let proposed = proposed("vilnius-summit.txt", sample);
    let title = proposed.title.unwrap();
    assert_eq!(title.value, sample.lines().next().unwrap());
    assert_eq!(title.span.unwrap().start, 0);
    let published = proposed.published.unwrap();
    assert_eq!(published.value, "2023-06-28");
    let span = published.span.unwrap();
    assert_eq!(&sample[span.start..span.end], "June 28th, 2023");
    assert_eq!(proposed.language.as_deref(), Some("en"));
    assert_eq!((proposed.publisher, proposed.url), (None, None));
}

#[test]
fn dates_as_releases_write_them() {
    for head in [
        "On June 28th, 2023, the minister spoke.",
        "28 June 2023",
        "June 28, 2023",
        "2023-06-28",
        "28.06.2023",
        "6/28/2023",
        "28/06/2023",
        "Wednesday, 28th of June, 2023",
        "BRUSSELS, June 28, 2023 /PRNewswire/ -- The minister spoke.",
        "(NewMediaWire) - June 28, 2023 - BRUSSELS, Belgium – The minister spoke.",
        "FOR IMMEDIATE RELEASE: June 28, 2023",
        "Dallas and Austin, TX (Newsworthy.ai) Wednesday Jun 28, 2023 @ 7:00 AM Central — Acme spoke.",
        "Jacksonville, United States - June 28, 2023 / Acme /",
        "Berlin, den 28. Juni 2023",
        "Wien, 28. Juni 2023 – Der Minister sprach.",
        "Paris, le 28 juin 2023",
        "Madrid, 28 de junio de 2023",
        "Tallinn, 28. juunil 2023",
        "Москва, 28 июня 2023 г.",
        "Αθήνα, 28 Ιουνίου 2023",
        "Roma, 28 giugno 2023",
        "Helsinki 28. kesäkuuta 2023",
        "2023年6月28日",
    ] {
        date(head, Some("2023-06-28"));
    }
}

#[test]
fn what_is_no_date_of_the_release() {
    date("03/04/2023", None);
    date("31 June 2023", None);
    date("29 February 2023", None);
    date("BRUSSELS, June 28 – The minister spoke.", None);
    date(&format!("{BODY} {BODY} It was on 28 June 2023."), None);
    date("The attack of September 11, 2012 was debated.", None);
}

#[test]
fn a_date_in_the_headline_is_that_of_an_event() {
    let text = format!("Webinar on October 7, 2025\n\nBRUSSELS, Sept. 30, 2025 – {BODY}");
    assert_eq!(proposed("release.txt", &text).published.unwrap().value, "2025-09-30");
}

#[test]
fn the_file_name_has_a_date_where_the_text_has_none() {
    for name in ["14Mar2007akaka189.txt", "akaka_2007-03-14_bill.txt", "20070314.txt"] {
        let published = proposed(name, BODY).published.unwrap();
        assert_eq!((published.value.as_str(), published.span), ("2007-03-14", None));
    }
    let corrected = format!("Plan\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\nFriday, June 10, 2016");
    assert_eq!(proposed("plan_2016-06-08.txt", &corrected).published.unwrap().value, "2016-06-08");
    assert_eq!(proposed("plan.txt", &corrected).published.unwrap().value, "2016-06-10");
}

#[test]
fn title_without_signs_and_date() {
    let title = |text: &str| proposed("release.md", text).title.map(|found| found.value);
    assert_eq!(title(&format!("# Plan  presented #\n\n{BODY}")).as_deref(), Some("Plan presented"));
    assert_eq!(
        title(&format!("June 29  2006 Senator presents plan\n\n{BODY}")).as_deref(),
        Some("Senator presents plan")
    );
    assert_eq!(title(BODY), None);
    for head in
        ["PRESS RELEASE\n\nPlan presented", "Press release: Plan presented", "PRESSEMITTEILUNG – Plan presented"]
    {
        assert_eq!(title(&format!("{head}\n\n{BODY}")).as_deref(), Some("Plan presented"), "{head}");
    }
    assert_eq!(title(&format!("Embargo on oil extended\n\n{BODY}")).as_deref(), Some("Embargo on oil extended"));
}

#[test]
fn publisher_and_address() {
    let found = |text: &str| {
        let proposed = proposed("release.txt", &format!("Acme presents plan\n\n{BODY}\n\n{text}"));
        (proposed.publisher.map(|found| found.value), proposed.url.map(|found| found.value))
    };
    let publisher = |text: &str| found(text).0.unwrap_or_default();
    assert_eq!(publisher("Publisher: Ministry of Defence"), "Ministry of Defence");
    assert_eq!(publisher("SOURCE Acme Corp."), "Acme Corp.");
    assert_eq!(publisher(&format!("About Acme, Inc.\n\n{BODY}")), "Acme, Inc.");
    assert_eq!(publisher(&format!("About Another Wire\n\n{BODY}")), "");
    let url = |text: &str| found(text).1.unwrap_or_default();
    assert_eq!(url("URL: https://example.org/plan."), "https://example.org/plan");
    assert_eq!(url("[Original/Source Press Release](https://example.org/plan)"), "https://example.org/plan");
    assert_eq!(url("For more information, visit https://example.org."), "");
}

#[test]
fn front_matter_of_markdown() {
    let text = format!(
        "---\ntitle: \"Acme presents plan\"\ndate: 2023-06-28\npublisher: Acme\nurl: https://example.org/plan\n---\n\n{BODY}"
    );
    let proposed = proposed("plan.md", &text);
    let values =
        [proposed.title, proposed.published, proposed.publisher, proposed.url].map(|found| found.unwrap().value);
    assert_eq!(values, ["Acme presents plan", "2023-06-28", "Acme", "https://example.org/plan"]);
}

#[test]
fn languages() {
    for (text, expected) in [
        (include_str!("../fixtures/document/sentences/en.txt"), Some("en")),
        (include_str!("../fixtures/document/sentences/de.txt"), Some("de")),
        (include_str!("../fixtures/document/sentences/fr.txt"), Some("fr")),
        (include_str!("../fixtures/document/sentences/es.txt"), Some("es")),
        (include_str!("../fixtures/document/sentences/et.txt"), Some("et")),
        (include_str!("../fixtures/document/sentences/ru.txt"), Some("ru")),
        (include_str!("../fixtures/document/sentences/el.txt"), Some("el")),
        (include_str!("../fixtures/document/sentences/zh.txt"), Some("zh")),
        (include_str!("../fixtures/document/sentences/ja.txt"), Some("ja")),
        (include_str!("../fixtures/document/sentences/hy.txt"), Some("hy")),
        ("Lorem ipsum dolor sit amet consectetur adipiscing elit.", None),
        ("Acme 2023", None),
    ] {
        assert_eq!(proposed("release.txt", text).language.as_deref(), expected, "{text}");
    }
}
