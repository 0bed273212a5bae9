//! Dates as releases write them, to ISO 8601: `June 28th, 2023`, `28. Juni 2023`, `28 de junio de 2023`, `2023-06-28`.
//!
//! Knows the names of the months and the orders of day, month and year; no calendar beyond the lengths of months, no
//! clock. Held by `tests/document.rs`. A date that can be read in two ways (03/04/2023) is no date.

use super::text::ByteSpan;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateFound {
    /// ISO 8601: `2023-06-28`.
    pub iso: String,
    pub span: ByteSpan,
}

/// Stems of the names of the months, January first, in lower case, in the languages of the house's neighbours.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene jaanuar janeiro gennaio gen januari tammikuu stycznia styczeń \
     января январь янв ιανουαρίου ιανουάριος janvāris janvārī sausio ledna leden січня студзеня",
    "february feb februar feber février févr fevrier febrero veebruar fevereiro febbraio februari helmikuu lutego luty \
     февраля февраль фев φεβρουαρίου φεβρουάριος februāris februārī vasario února únor лютого",
    "march mar märz mars marzo märts março maart maaliskuu marca marzec марта март мар μαρτίου μάρτιος marts martā \
     kovo března březen березня",
    "april apr avril avr abril abr aprill aprile huhtikuu kwietnia kwiecień апреля апрель апр απριλίου απρίλιος \
     aprīlis aprīlī balandžio dubna duben квітня",
    "may mai mayo maio maggio mei maj toukokuu maja мая май μαΐου μαίου μάιος maijs maijā gegužės května květen травня",
    "june jun juni juin junio juuni junho giugno giu kesäkuu czerwca czerwiec июня июнь ιουνίου ιούνιος jūnijs \
     jūnijā birželio června červen червня",
    "july jul juli juillet juil julio juuli julho luglio lug heinäkuu lipca lipiec июля июль ιουλίου ιούλιος jūlijs \
     jūlijā liepos července červenec липня",
    "august aug août aout agosto ago augustus augusti elokuu sierpnia sierpień августа август авг αυγούστου αύγουστος \
     augusts augustā rugpjūčio srpna srpen серпня",
    "september sep sept septembre septiembre setiembre setembro settembre syyskuu września wrzesień сентября сентябрь \
     сен σεπτεμβρίου σεπτέμβριος septembris septembrī rugsėjo září вересня",
    "october oct oktober okt octobre octubre oktoober outubro ottobre lokakuu października październik октября \
     октябрь окт οκτωβρίου οκτώβριος oktobris oktobrī spalio října říjen жовтня",
    "november nov novembre noviembre novembro marraskuu listopada listopad ноября ноябрь ноя νοεμβρίου νοέμβριος \
     novembris novembrī lapkričio listopadu",
    "december dec dezember dez décembre déc decembre diciembre dic detsember dets dezembro dicembre joulukuu grudnia \
     grudzień декабря декабрь дек δεκεμβρίου δεκέμβριος decembris decembrī gruodžio prosince prosinec грудня",
];

/// Case endings that Estonian and Finnish put on a month.
const ENDINGS: &[&str] = &["i", "l", "il", "s", "is", "ta", "na", "ni"];

/// Words and endings between the parts of a date.
const FILLERS: &[&str] =
    &["th", "st", "nd", "rd", "er", "ère", "of", "de", "del", "do", "the", "den", "di", "г", "ª", "º", "o"];

/// A number or a word.
#[derive(Clone, Copy)]
struct Token<'a> {
    word: &'a str,
    /// Its value, for numbers of up to eight digits.
    number: Option<u32>,
    start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.word.len()
    }
}

/// The first date in `text`.
pub(super) fn find(text: &str) -> Option<DateFound> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let tokens = tokens.get(at..)?;
        let (iso, len) = date_at(text, tokens)?;
        let (first, last) = (tokens.first()?, tokens.get(len - 1)?);
        Some(DateFound { iso, span: ByteSpan { start: first.start, end: last.end() } })
    })
}

/// Whether the first word is the name of a month.
pub(super) fn begins_with_month(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    text.get(..end).is_some_and(|word| word.chars().count() >= 3 && month(word).is_some())
}

/// A date that begins with the first token, and how many tokens it takes.
fn date_at(text: &str, tokens: &[Token]) -> Option<(String, usize)> {
    let first = tokens.first()?;
    if let Some(number) = first.number
        && first.word.len() == 8
    {
        return Some((iso(number / 10_000, number / 100 % 100, number % 100)?, 1));
    }
    // The next two parts with the number of tokens up to them, fillers skipped.
    let part = |from: usize| {
        let taken = tokens.iter().skip(from).take(3).position(|token| !is_filler(token))?;
        let token = tokens.get(from + taken)?;
        let before = tokens.get(from + taken - 1)?;
        let between = text.get(before.end()..token.start)?;
        is_separator(between).then_some((token, from + taken + 1))
    };
    let (second, len) = part(1)?;
    let (third, len) = part(len)?;
    let (a, b, c) = (first.number, second.number, third.number);
    let whole = |token: &Token| token.word.len() == 4;
    let date = match (a, b, c) {
        // 28 June 2023; 2023 June 28.
        (Some(a), None, Some(c)) if whole(third) && !whole(first) => iso(c, month(second.word)?, a),
        (Some(a), None, Some(c)) if whole(first) && !whole(third) => iso(a, month(second.word)?, c),
        // June 28, 2023.
        (None, Some(b), Some(c)) if whole(third) => iso(c, month(first.word)?, b),
        // 2023-06-28, 28.06.2023, 6/28/2023.
        (Some(a), Some(b), Some(c)) => {
            let sign = text.get(first.end()..second.start)?.trim();
            let same = sign == text.get(second.end()..third.start)?.trim();
            match sign {
                "-" | "/" | "." if same && whole(first) => iso(a, b, c),
                "年" | "년" if whole(first) => iso(a, b, c),
                "." if same && whole(third) => iso(c, b, a),
                "-" | "/" if same && whole(third) && a > 12 => iso(c, b, a),
                "-" | "/" if same && whole(third) && (b > 12 || a == b) => iso(c, a, b),
                _ => None,
            }
        }
        _ => None,
    };
    Some((date?, len))
}

/// ISO 8601, where there is such a day between 1900 and 2099.
fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1900..2100).contains(&year) && (1..=days).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The number of a month by its name, from 1.
fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let is = |stem: &str| {
        let ending = word.strip_prefix(stem);
        ending.is_some_and(|ending| ending.is_empty() || (stem.len() > 4 && ENDINGS.contains(&ending)))
    };
    let index = MONTHS.iter().position(|names| names.split(' ').any(is))?;
    Some(index as u32 + 1)
}

fn is_filler(token: &Token) -> bool {
    token.number.is_none() && FILLERS.iter().any(|filler| token.word.eq_ignore_ascii_case(filler))
}

/// What may stand between two parts of a date.
fn is_separator(between: &str) -> bool {
    between.len() <= 8 && between.chars().all(|c| c.is_whitespace() || ",./-–’'\u{ad}年月년월日일".contains(c))
}

/// Numbers and words in order; letters and digits that touch are two tokens.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let class = |c: char| match c {
        '年' | '月' | '日' | '년' | '월' | '일' => None,
        c if c.is_ascii_digit() => Some(true),
        c if c.is_alphabetic() || c == 'º' => Some(false),
        _ => None,
    };
    let mut tokens = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for (at, class) in text.char_indices().map(|(at, c)| (at, class(c))).chain([(text.len(), None)]) {
        if let Some((start, digits)) = open
            && class != Some(digits)
        {
            let word = text.get(start..at).unwrap_or_default();
            // A longer run of digits is no part of a date: taken for a word, it fits nowhere.
            let number = if digits && word.len() <= 8 { word.parse().ok() } else { None };
            tokens.push(Token { word, number, start });
            open = None;
        }
        if open.is_none() {
            open = class.map(|digits| (at, digits));
        }
    }
    tokens
}
