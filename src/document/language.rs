//! Which language a text is in, by its script and its commonest words; nothing where that does not tell.
//!
//! Knows a few dozen words of each language. Held by `tests/document.rs`.

use std::collections::HashMap;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Languages (BCP 47) and their commonest words.
const COMMON: &[(&str, &str)] = &[
    ("en", "the and of to in a is that for it was with as his on be by he are this have from they has will not which"),
    (
        "de",
        "der die und in den das von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat",
    ),
    (
        "fr",
        "le la les de des et en un une du que est pour dans qui sur au par pas plus ce il ne se son avec à aux cette",
    ),
    ("es", "el la de que y en los del se las por un para con una su al lo como más pero sus es ha este no entre"),
    ("pt", "o a de que e do da em um para com não uma os no se na por mais as dos como mas ao das foi são pelo"),
    ("it", "di e il la che in un a per è una sono non del della con le dei al da si nel alla anche più gli ha"),
    ("nl", "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij door naar heeft deze"),
    ("sv", "och i att det som en på är av för med den till inte har de ett om var från vid men kan ska också"),
    ("da", "og i at det er en til af på for med den der de ikke et har som om var fra ved men kan skal også sig"),
    ("nb", "og i å det er en til av på for med den som de ikke et har om var fra ved men kan skal også seg ble"),
    ("fi", "ja on ei se että oli hän mutta ovat kuin myös joka mukaan sen jo nyt ole tai sekä kun niin vain vuoden"),
    (
        "et",
        "ja on ei et see oli ta kui ning mis aga ka oma kas või selle seda tema kes siis nii aasta pole ütles sõnul lisaks",
    ),
    ("lv", "un ir ar no par lai kas ka bet tas arī uz kā pēc gada nav tika vai latvijas jau pie būs to šo"),
    ("lt", "ir yra kad su į iš bet tai kaip jis ar buvo už dėl taip pat savo lietuvos tik apie bus po nuo dar"),
    ("pl", "i w na z się nie do że to jest o po od jak przez za dla ale tym oraz są także ich który które przy"),
    ("cs", "a v se na že je o s z do i to k ve pro za by jsou ale jako které který po od bude také podle"),
    ("sk", "a v sa na že je o s z do aj to k vo pre za by sú ale ako ktoré ktorý po od bude tiež podľa"),
    ("hu", "a az és hogy nem is egy ez meg de van volt csak már mint el ki azt még vagy kell szerint lesz"),
    ("ro", "și de în la cu pe care nu este un o din a că pentru mai sunt fi se au prin sau ca al ale"),
    ("hr", "i u je na se da za su od s o a koji kao će to iz ne bi što ali ili po sa koje"),
    ("tr", "ve bir bu için de da ile olarak çok olan daha gibi en kadar sonra ne ancak var her göre"),
    ("ru", "и в не на что с по как это к из у за от для о он а его но все было она так же был"),
    ("uk", "і в на що з не до та як за це у про від для його але по був її також які який"),
    ("be", "і ў на што з не да як за гэта у пра ад для яго але па быў яе таксама якія які"),
    ("bg", "и на да в за се от че с не по са като е към ще до от но или при след този която"),
    ("sr", "и у је на се да за су од с о а који као ће то из не би што али или по са"),
    ("el", "και το να του η της με που την από για τα ο τον των στο οι ότι σε τη στην είναι θα τους δεν"),
    ("ar", "في من على إلى أن عن التي الذي هذا هذه مع كان ما لا بعد قد بين كما أو لم وقال"),
    ("fa", "و در به از که این را با است برای آن یک تا می بر خود شد کرد هم نیز ها بود"),
    ("ur", "کے کی میں ہے اور سے کا کو نے پر ہیں کہ یہ اس بھی تھا ایک کر گیا"),
    ("he", "של את על לא הוא עם כי זה גם היא או אל כל אם בין יותר היה אך אחרי לפי"),
    ("yi", "און די אין איז פון דער אז מיט וואס נישט צו האט דאס זיך אויף"),
    ("hi", "के में की है और से का को ने पर हैं कि यह इस भी था एक कर गया लिए"),
    ("mr", "आणि आहे या व ते हे की मध्ये आहेत होते तर साठी होती केली"),
    ("ne", "र को मा छ लाई भने पनि गर्न यो भएको हुने तथा छन् गरेको"),
];

/// Scripts that tell the language by themselves, as far as this program goes.
fn by_script(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{3040}'..='\u{30FF}' => "ja",
        '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' => "ko",
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => "zh",
        '\u{0E00}'..='\u{0E7F}' => "th",
        '\u{0E80}'..='\u{0EFF}' => "lo",
        '\u{1000}'..='\u{109F}' => "my",
        '\u{1780}'..='\u{17FF}' => "km",
        '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' => "ka",
        '\u{0530}'..='\u{058F}' => "hy",
        '\u{0980}'..='\u{09FF}' => "bn",
        '\u{0A00}'..='\u{0A7F}' => "pa",
        '\u{0A80}'..='\u{0AFF}' => "gu",
        '\u{0B80}'..='\u{0BFF}' => "ta",
        '\u{0C00}'..='\u{0C7F}' => "te",
        '\u{0C80}'..='\u{0CFF}' => "kn",
        '\u{0D00}'..='\u{0D7F}' => "ml",
        '\u{1200}'..='\u{137F}' => "am",
        _ => return None,
    })
}

/// The language of a text (BCP 47), where its first 64 KiB tell it.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let sample = text.get(..text.floor_char_boundary(SAMPLE))?;
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let mut scripts: Vec<(&str, usize)> = Vec::new();
    for language in sample.chars().filter_map(by_script) {
        match scripts.iter_mut().find(|(known, _)| *known == language) {
            Some((_, count)) => *count += 1,
            None => scripts.push((language, 1)),
        }
    }
    let of = |language: &str| scripts.iter().find(|(known, _)| *known == language).map_or(0, |&(_, count)| count);
    if of("ja") * 10 > letters && of("ja") * 20 > of("zh") {
        return Some("ja");
    }
    if let Some(&(language, count)) = scripts.iter().max_by_key(|&&(_, count)| count)
        && count * 2 > letters
    {
        return Some(language);
    }
    by_words(sample)
}

/// By the share of common words: a fifth of all words at least, and a tenth more than of any other language.
fn by_words(sample: &str) -> Option<&'static str> {
    let mut languages_of: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, (_, words)) in COMMON.iter().enumerate() {
        for word in words.split(' ') {
            languages_of.entry(word).or_default().push(index);
        }
    }
    let mut counts = vec![0usize; COMMON.len()];
    let mut total = 0usize;
    for word in sample.split(|c: char| !c.is_alphabetic() && !is_joiner(c)).filter(|word| !word.is_empty()) {
        total += 1;
        for &index in languages_of.get(word.to_lowercase().as_str()).into_iter().flatten() {
            if let Some(count) = counts.get_mut(index) {
                *count += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, &str)> =
        counts.into_iter().zip(COMMON).map(|(count, (name, _))| (count, *name)).collect();
    ranked.sort_by(|a, b| b.cmp(a));
    let (first, name) = *ranked.first()?;
    let second = ranked.get(1).map_or(0, |&(count, _)| count);
    (first >= 5 && first * 6 >= total && first * 10 >= second * 11).then_some(name)
}

/// Marks that are parts of words in Indic scripts and in Arabic.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0903}' | '\u{093A}'..='\u{094F}' | '\u{064B}'..='\u{0652}' | '\u{200C}' | '\u{200D}')
}
