//! Speech that a dash begins instead of a quote mark: `– Mes laimėjome, – sakė Jonas.`, `– Det är bra, säger Anna.`
//!
//! A dash begins an item of a list as well, so a paragraph is speech only where somebody is said to say it, in it or in
//! one of the paragraphs with dashes next to it. Knows the commonest verbs of saying of the languages that write
//! speech so. Held by `tests/document.rs`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::blocks::slice;
use super::sentence::{ends_sentence, head};
use super::structure::Part;
use super::text::ByteSpan;

/// Verbs that stand between what was said and who said it.
const VERBS: &str = "
    dit disait déclare déclaré affirme affirmé explique expliqué ajoute ajouté souligne souligné précise précisé répond
    répondu estime estimé indique indiqué demande demandé conclut conclu assure assuré rappelle rappelé confie confié
    dijo dice afirmó afirma declaró declara explicó explica añadió añade señaló señala aseguró asegura preguntó pregunta
    respondió responde contestó indicó indica subrayó subraya manifestó destacó destaca concluyó
    disse afirmou declarou explicou acrescentou perguntou respondeu salientou sublinhou
    detto dichiarato dichiara spiega spiegato aggiunge aggiunto commenta commentato
    powiedział powiedziała mówi mówił mówiła dodał dodała dodaje podkreśla podkreślił podkreśliła stwierdził stwierdziła
    zaznaczył zaznaczyła wyjaśnia wyjaśnił wyjaśniła pyta zapytał zapytała odpowiada odpowiedział odpowiedziała tłumaczy
    sakė sako teigė teigia pridūrė priduria pabrėžė pabrėžia pažymėjo klausė atsakė paaiškino kalbėjo tvirtino
    teica saka sacīja norāda norādīja uzsvēra uzsver skaidro piebilda jautāja atbildēja
    ütles ütleb lausus sõnas lisas märkis rõhutas selgitas küsis vastas kinnitas
    sanoi sanoo kertoi kertoo totesi toteaa lisäsi lisää korosti korostaa kysyi vastasi
    säger sade sa menar berättar förklarar tillägger frågar svarade konstaterar
    sier mener forteller forklarer legger spør svarer understreker
    siger sagde fortæller tilføjer spørger understreger
    сказал сказала говорит говорил заявил заявила отметил отметила подчеркнул подчеркнула добавил добавила ответил
    ответила спросил спросила сообщил сообщила пояснил пояснила
    сказав каже заявив зазначив зазначила додав додала підкреслив наголосив відповів
    είπε λέει δήλωσε τόνισε πρόσθεσε απάντησε ρώτησε
";

static VERB_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| VERBS.split_whitespace().collect());

/// What may stand before the verb: `nous a dit`, `a-t-elle ajouté`, `ha detto`. Any other word makes it another matter,
/// as in `jak mówi`, `según dijo`.
const BEFORE_VERB: &[&str] =
    &["a", "ont", "ha", "hanno", "har", "t", "s", "il", "elle", "nous", "lui", "leur", "me", "se", "le", "les"];

/// How many of them at most.
const MOST_BEFORE_VERB: usize = 3;

/// Whether a part begins with a dash and a blank.
pub(super) fn begins_with_dash(text: &str, part: Part) -> bool {
    dash(slice(text, part.span)) > 0
}

/// What is said in neighbouring parts that begin with a dash and a blank, each with its dash and without it; nothing
/// where nobody is said to say it.
pub(super) fn dialogue(text: &str, parts: &[Part]) -> Vec<(ByteSpan, ByteSpan)> {
    let mut found = Vec::new();
    let mut is_told = false;
    // Without a speaker of its own a line answers, in a dialogue of whole sentences.
    let are_sentences = parts.iter().all(|part| ends_sentence(slice(text, part.span)));
    for part in parts {
        let line = slice(text, part.span);
        let (mut from, mut has_speaker) = (0, false);
        while let Some((end, after)) = speech(line, from) {
            found.push(spans(part.span.start, line, from, end));
            has_speaker = true;
            let Some(next) = dashes(line, after).find(|&at| line.get(..at).is_some_and(ends_aside)) else { break };
            from = next;
            if speech(line, from).is_none() {
                found.push(spans(part.span.start, line, from, line.len()));
                break;
            }
        }
        is_told |= has_speaker;
        if !has_speaker && are_sentences {
            found.push(spans(part.span.start, line, 0, line.len()));
        }
    }
    if is_told { found } else { Vec::new() }
}

/// What stands in a line from a dash to `end`, with the dash and without it.
fn spans(start: usize, line: &str, dashed: usize, end: usize) -> (ByteSpan, ByteSpan) {
    let said = dashed + dash(line.get(dashed..).unwrap_or_default());
    (ByteSpan { start: start + dashed, end: start + end }, ByteSpan { start: start + said, end: start + end })
}

/// Where the speech that a dash at `from` begins ends, and where somebody is said to say it.
fn speech(line: &str, from: usize) -> Option<(usize, usize)> {
    let first = from + dash(line.get(from..)?);
    let signs = line.get(first..)?.char_indices().filter(|(_, c)| matches!(c, ',' | '!' | '?' | '…' | '–' | '—'));
    for (at, sign) in signs.map(|(at, sign)| (first + at, sign)) {
        let is_dash = matches!(sign, '–' | '—');
        let mut after = at + sign.len_utf8();
        let is_apart = line.get(after..)?.starts_with(char::is_whitespace);
        if !is_apart || (is_dash && !line.get(..at)?.ends_with(char::is_whitespace)) {
            continue;
        }
        after += line.get(after..)?.len() - line.get(after..)?.trim_start().len();
        after += if is_dash { 0 } else { dash(line.get(after..)?) };
        let end = if matches!(sign, '!' | '?' | '…') { at + sign.len_utf8() } else { at };
        let end = line.get(..end)?.trim_end().len();
        if end > first && begins_with_verb(line.get(after..)?) {
            return Some((end, after));
        }
    }
    None
}

/// Whether the text begins with a verb of saying, or with a few small words and then one.
fn begins_with_verb(text: &str) -> bool {
    let mut words = head(text).split(|c: char| !c.is_alphabetic()).take(MOST_BEFORE_VERB + 1);
    words.find(|word| !BEFORE_VERB.contains(word)).is_some_and(|word| VERB_WORDS.contains(word))
}

/// Where dashes between blanks stand from a place on.
fn dashes(line: &str, from: usize) -> impl Iterator<Item = usize> {
    let signs = line.get(from..).unwrap_or_default().match_indices(['–', '—']).map(move |(at, _)| from + at);
    signs.filter(move |&at| {
        line.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace))
            && line.get(at..).is_some_and(|rest| dash(rest) > 0)
    })
}

/// Whether who speaks has been told: the speech goes on after a sign, `– powiedział Jan. – Jutro też.`
fn ends_aside(before: &str) -> bool {
    before.trim_end().ends_with(['.', ',', ':'])
}

/// Length of a dash and the blanks after it at the head, or 0.
fn dash(line: &str) -> usize {
    let rest = line.strip_prefix(['–', '—']).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start().len();
    if blanks == 0 { 0 } else { line.len() - rest.len() + blanks }
}
