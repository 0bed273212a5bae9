//! Quotations in the marks of many languages.

use super::structured;

/// Each quotation as depth, then `!` where it is not closed, `+` where it goes on, then its words with their marks.
fn check(text: &str, expected: &[&str]) {
    let (document, structure) = structured(text);
    let found: Vec<String> = structure
        .quotations()
        .iter()
        .map(|quotation| {
            let signs = [(!quotation.closed, "!"), (quotation.continues, "+")];
            let signs: String = signs.into_iter().filter(|(is, _)| *is).map(|(_, sign)| sign).collect();
            format!("{}{signs} {}", quotation.depth, document.text.slice(quotation.outer))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn marks_of_european_languages() {
    check("“We will win,” she said.", &["1 “We will win,”"]);
    check("‘We will win,’ she said.", &["1 ‘We will win,’"]);
    check("\"We will win,\" she said.", &["1 \"We will win,\""]);
    check("„Wir gewinnen“, sagte sie, ‚bald‘.", &["1 „Wir gewinnen“", "1 ‚bald‘"]);
    check("»Wir gewinnen«, sagte sie, ›bald‹.", &["1 »Wir gewinnen«", "1 ›bald‹"]);
    check("« Nous gagnerons ! » dit-elle, ‹ bientôt ›.", &["1 « Nous gagnerons ! »", "1 ‹ bientôt ›"]);
    check("„Me võidame,” ütles ta. „Jah.“", &["1 „Me võidame,”", "1 „Jah.“"]);
    check("”Vi vinner”, sade hon. »Ja», sade han.", &["1 ”Vi vinner”", "1 »Ja»"]);
    check("«Мы победим», — сказал он.", &["1 «Мы победим»"]);
    check("「我々は勝つ。」と『述べた』。", &["1 「我々は勝つ。」", "1 『述べた』"]);
    check(
        "Call it a “Train Like a Champion\" day and an \"Education” day.",
        &["1 “Train Like a Champion\"", "1 \"Education”"],
    );
}

#[test]
fn nested() {
    check("“She said ‘yes, that’s it’ to me.”", &["1 “She said ‘yes, that’s it’ to me.”", "2 ‘yes, that’s it’"]);
    check("‘She said “yes” to me.’", &["1 ‘She said “yes” to me.’", "2 “yes”"]);
    check("‘I “heard ‘it’ too” once.’", &["1 ‘I “heard ‘it’ too” once.’", "2 “heard ‘it’ too”", "3 ‘it’"]);
    check("„Er sagte ‚ja‘ zu mir.“", &["1 „Er sagte ‚ja‘ zu mir.“", "2 ‚ja‘"]);
    check("«Газета «Правда» пишет», — сказал он.", &["1 «Газета «Правда» пишет»", "2 «Правда»"]);
    check("”Hon sade ’ja’ till mig.”", &["1 ”Hon sade ’ja’ till mig.”", "2 ’ja’"]);
}

#[test]
fn apostrophes_are_no_marks() {
    check("It’s the allies’ plan, and that's NATO's '90s rock ’n’ roll.", &[]);
    check("‘It is the allies’ plan,’ he said.", &["1 ‘It is the allies’ plan,’"]);
    check("L’accord d’aujourd’hui et l'autre.", &[]);
    check("‘Tis the season, ‘90s style.", &[]);
    check("The 'Net is \"a 'great' thing\".", &["1 \"a 'great' thing\"", "2 'great'"]);
}

#[test]
fn inches_and_stray_marks_are_no_quotations() {
    check("A 5\" pipe and a 6\" pipe.", &[]);
    check("The end.” It was.", &[]);
    check("\"\" and “”.", &[]);
}

#[test]
fn each_paragraph_opens_a_long_quotation_again() {
    check(
        "“We will win.\n\n“We will stay.\n\n“We will go,” she said.\n\n“Now.”",
        &["1! “We will win.", "1!+ “We will stay.", "1+ “We will go,”", "1 “Now.”"],
    );
    check("\"We win.\n\n\"We stay,\" she said.", &["1! \"We win.", "1+ \"We stay,\""]);
    check("« Nous gagnons.\n\n» Nous restons », dit-elle.", &["1! « Nous gagnons.", "1+ » Nous restons »"]);
    check("‘We win.\n\n‘We stay,’ he said.", &["1! ‘We win.", "1+ ‘We stay,’"]);
}

#[test]
fn a_quotation_closed_in_the_next_paragraph_has_a_part_in_each() {
    check("She said: “We win.\n\nWe stay.” He left.", &["1! “We win.", "1+ We stay.”"]);
}

#[test]
fn a_mark_that_was_never_closed_does_not_turn_the_others_around() {
    check("“We win, he said. “They lose,” she said.", &["1! “We win, he said.", "1 “They lose,”"]);
    check("\"We win, he said. \"They lose,\" she said.", &["1! \"We win, he said.", "1 \"They lose,\""]);
}

#[test]
fn a_dash_begins_speech_where_somebody_is_said_to_say_it() {
    check("– Det här är bra för alla, säger Anna Ek.", &["1 – Det här är bra för alla"]);
    check("— Nous avons gagné, a déclaré la ministre.", &["1 — Nous avons gagné"]);
    check("– Mes laimėjome, – sakė Jonas Kalnas.", &["1 – Mes laimėjome"]);
    check("— Quand viendrez-vous ? a demandé le maire.", &["1 — Quand viendrez-vous ?"]);
    check("– Wygraliśmy – powiedział Jan. – Jutro też wygramy.", &["1 – Wygraliśmy", "1 – Jutro też wygramy."]);
    check("— Победили мы, — сказал он, — и не раз.", &["1 — Победили мы", "1 — и не раз."]);
}

#[test]
fn a_line_with_a_dash_answers_in_a_dialogue() {
    check(
        "Ils parlaient.\n\n— Venez-vous ? demande Paul.\n\n— Non, pas demain.\n\nIls partirent.",
        &["1 — Venez-vous ?", "1 — Non, pas demain."],
    );
}

#[test]
fn a_list_with_dashes_is_no_dialogue() {
    check("– 300 new jobs\n\n– less noise, more light\n\n– a school", &[]);
    check("– We build 300 homes.\n\n– We plant trees.\n\n– We save water.", &[]);
    check("– The park – it is said – opens in May, we hope.", &[]);
    check("– “We will win,” said Jane Doe.", &["1 “We will win,”"]);
    check("– rad pierwszy\n\n– rada, jak mówi burmistrz\n\n– koniec", &[]);
}

#[test]
fn the_inner_span_has_neither_marks_nor_blanks() {
    let (document, structure) = structured("« Nous gagnerons » dit-elle.");
    assert_eq!(document.text.slice(structure.quotations()[0].inner), "Nous gagnerons");
    let (document, structure) = structured("– Vi vinner, säger hon.");
    assert_eq!(document.text.slice(structure.quotations()[0].inner), "Vi vinner");
}

#[test]
fn quotations_are_found_by_byte_the_innermost_first() {
    let (document, structure) = structured("He said “a ‘b’ c” and “d”.");
    let at = |words: &str| document.text.as_str().find(words).unwrap();
    let found = |byte| -> Vec<&str> {
        structure.quotations_at(byte).map(|quotation| document.text.slice(quotation.outer)).collect()
    };
    assert_eq!(found(at("b")), ["‘b’", "“a ‘b’ c”"]);
    assert_eq!(found(at("c”")), ["“a ‘b’ c”"]);
    assert_eq!(found(at("and")), [""; 0]);
    assert_eq!(found(at("d”")), ["“d”"]);
}
