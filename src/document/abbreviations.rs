//! Words that a full stop does not end a sentence after, and words that only begin one.
//!
//! Data of English, German, French, Spanish, Estonian, Russian and Greek, with the commonest of their neighbours;
//! the rules that use it are in `sentence.rs`. Held by `tests/document.rs`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a full stop after a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It belongs to the word (`Mr.`).
    Never,
    /// It ends the sentence only if the next word is one that only begins sentences (`Inc.`).
    Maybe,
    /// It belongs to the word if a number follows (`No. 5`).
    Number,
}

/// Titles and words that always have something after them.
const NEVER: &str = "
    Mr Mrs Ms Messrs Mmes Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Cpl Capt Sgt Maj Cmdr Cdr Adm Rev Hon Pres
    Supt Insp Msgr Amb Atty Asst Assoc Brig Ens Pvt Pfc Treas vs cf viz approx e.g i.e eg
    Hr Hrn Fr bzw vgl Vgl z.B Z.B d.h D.h u.a o.ä z.T i.d.R inkl exkl evtl ggf sog bspw insb Dipl Ing Mag Hl ca zzgl
    M MM Mgr Mlle Mme p.ex env Ste
    Sr Sra Srta Sres Sras Dra Dña Lic Excmo Excma Ilmo Ilma Gral Cnel Mons Pdte p.ej aprox
    hr pr prl dr prof nt sh s.o v.a s.t
    г-н г-жа проф акад им ул см См св тов т.е т.н напр просп обл канд док
    κ κα κκ κ.κ Δρ δρ καθ π.χ λ.χ δηλ βλ Αγ
    dott sig sigg avv mons dhr mevr drs bijv bl.a t.ex inż św np tzn tj ul mgr
";

/// Words that can end a sentence and often do not.
const MAYBE: &str = "
    Inc Corp Ltd Co Cos Con LLC Bros Jr Sr Esq St Ave Blvd Rd Mt Ft Pt Dept Dist Univ Assn Govt Intl Natl Est al ed eds
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Tue Tues Wed Thu Thurs Fri
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn
    Tex Va Vt Wash Wis Wyo Ont
    Mio Mrd Mill Tsd Std Sek Str Tel Bd Hg geb gest gez Co.KG e.V
    Cie éd apr av tél Cía EE UU EE.UU S.A Avda Dpto Ud Uds
    mln mld kd tuh tel pst mnt tn
    гг тыс млн млрд руб коп кв мин сек вв гр пос
    εκατ δισ χιλ τηλ
";

/// Words that a number belongs to.
const NUMBER: &str = "
    No Nos Nr nr no nos Res pp Art art Arts Fig fig Figs Vol vol Ch ch Sec sec Sect par para Para Par Abs Ziff Rn Kap Bl Anm
    Lit lit núm Núm pág págs cap Cap lk ст пп стр рис табл гл αρ άρθ σελ αριθ nº rozdz str poz nro kpl
";

/// Words that begin a sentence when they have a capital: nobody is called so.
const STARTERS: &str = "
    The He She It They We In On At A An This That These Those There But And However If As For When While After Before
    Since His Her Its Their Our My You Your What Who Why How Where With By From To So Yet Or Not Both Some Many Most All
    Each Under According Also Although Because During Despite Instead Meanwhile Moreover Furthermore Additionally Now
    Then Once Such Here I'm It's He's She's We're They're I've I
    Der Die Das Ein Eine Einen Einem Er Sie Es Wir Ich Im Am Auf Bei Mit Nach Und Aber Dies Diese Dieser Dieses Auch Für
    Seit Wenn Als Zu Zum Zur Von Vom Was Wer Wie Nun Doch Ihre Ihr Damit Dazu Danach Dabei Unter Über Gegen Durch
    Le La Les Un Une Des Il Elle Ils Elles Nous Vous Je Ce Cette Ces Cet Dans En Pour Mais Et Avec Sur Par Selon Après
    Depuis Son Sa Ses Leur Leurs Notre Nos Au Aux Si Lors
    El Los Las Una Unos Unas Por Para Con Se Su Sus Este Esta Esto Estos Estas Lo Pero Al Del Él Ella Ellos Según También
    Además Como Cuando Entre Desde
    See Ta Tema Nad Nende Kui Kuid Ja Aga Samuti Selle Seda Need Meie Me Oma Lisaks Ka Kuna Praegu Siis Pärast Enne Sel
    Sellel Seega Küll Kõik
    В Во На Он Она Они Оно Это Эти Этот Эта Как Мы Я По С Со При Для К Из За От Но И А Также Кроме Если Когда Его Её Их
    Однако Все О Об Не До После
    Ο Η Το Οι Τα Τον Την Στο Στη Στην Στον Στις Στα Σε Με Και Για Από Αυτό Αυτή Αυτός Ένας Μια Μία Δεν Θα Να Ως Όταν Αν
    Όπως
";

/// Starters that are also parts of names, so that after an initial they tell nothing: `J. La Fontaine`.
const PARTICLES: &str = "
    La Le Les Des Der Die Das El Los Las Von Vom Del Al Zu Zum Zur A An I Su Ta Si Un So
";

/// What stands before an ordinal where ordinals have a full stop: `am 3. Oktober`, `der 2. Weltkrieg`.
const BEFORE_ORDINAL: &str = "
    der die das den dem des am im vom zum zur beim ab seit bis ins einen einer ein eine zum
";

/// What goes on after `9 p.m.`.
const AFTER_HOUR: &str = "
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun Eastern Central
    Pacific Mountain Greenwich ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST EET January February March
    April May June July August September October November December Jan Feb Mar Apr Aug Sept Oct Nov Dec
";

/// Verbs between a name and what was said.
const SPEECH: &str = "
    said says asked asks wrote writes tweeted told tells added adds replied wondered exclaimed demanded shouted joked
    quipped chanted declared announced responded continued concluded noted argued explained insisted warned stated
    states posted recalled remarked observed suggested urged admitted repeated yelled screamed cried called began interrupted mused pleaded offered
    pressed retorted whispered claimed promised vowed testified
";

/// Words after which "that" is a pronoun, not a conjunction.
const BEFORE_PRONOUN: &str = "
    in on at of for by with to from after before since during and but or than is was are were be as into about over
    under like all do does did not only just even so
";

type Words = LazyLock<HashSet<&'static str>>;

static STOPS: LazyLock<HashMap<&'static str, Stop>> = LazyLock::new(|| {
    [(NUMBER, Stop::Number), (MAYBE, Stop::Maybe), (NEVER, Stop::Never)]
        .into_iter()
        .flat_map(|(list, stop)| list.split_whitespace().map(move |word| (word, stop)))
        .collect()
});
static STARTER_WORDS: Words = LazyLock::new(|| STARTERS.split_whitespace().collect());
static PARTICLE_WORDS: Words = LazyLock::new(|| PARTICLES.split_whitespace().collect());
static ORDINAL_WORDS: Words = LazyLock::new(|| BEFORE_ORDINAL.split_whitespace().collect());
static HOUR_WORDS: Words = LazyLock::new(|| AFTER_HOUR.split_whitespace().collect());
static SPEECH_WORDS: Words = LazyLock::new(|| SPEECH.split_whitespace().collect());
static PRONOUN_WORDS: Words = LazyLock::new(|| BEFORE_PRONOUN.split_whitespace().collect());

/// What a full stop after `word` means; `None` for a word that is no abbreviation.
pub(super) fn stop_after(word: &str) -> Option<Stop> {
    if let Some(stop) = STOPS.get(word) {
        return Some(*stop);
    }
    // Goethestr. 5.
    if word.ends_with("str") {
        return Some(Stop::Number);
    }
    // SEN. MURRAY, ST. LOUIS, but not the VA.
    let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase()) && (2..=6).contains(&word.len());
    let title = || word.get(..1).map(|first| first.to_owned() + &word.to_ascii_lowercase().split_off(1));
    let stop = if capitals { STOPS.get(title()?.as_str()).copied()? } else { return None };
    let sure = stop == Stop::Never || word.len() > 2 || matches!(word, "ST" | "JR" | "SR" | "CO" | "MT" | "FT");
    sure.then_some(stop)
}

pub(super) fn only_begins_sentences(word: &str) -> bool {
    STARTER_WORDS.contains(word)
}

pub(super) fn is_part_of_names(word: &str) -> bool {
    PARTICLE_WORDS.contains(word)
}

pub(super) fn precedes_ordinal(word: &str) -> bool {
    ORDINAL_WORDS.contains(word)
}

pub(super) fn follows_hour(word: &str) -> bool {
    HOUR_WORDS.contains(word)
}

pub(super) fn is_speech_verb(word: &str) -> bool {
    SPEECH_WORDS.contains(word)
}

pub(super) fn precedes_pronoun(word: &str) -> bool {
    PRONOUN_WORDS.contains(word)
}
