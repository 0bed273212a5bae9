//! RTF cut into braces, control words and bytes of text.
//!
//! Held by `tests/document.rs`.

/// A piece of an RTF file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A control word and its number: `\fs24`.
    Word(&'a str, Option<i32>),
    /// A control sign: `\~`.
    Sign(u8),
    /// A byte of text, in whatever code page is in force: from the text itself, or from `\'e9`.
    Byte(u8),
}

pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Takes bytes as long as they are wanted.
    fn run(&mut self, most: usize, wanted: fn(u8) -> bool) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest.iter().take(most).take_while(|&&byte| wanted(byte)).count();
        self.at += len;
        rest.get(..len).and_then(|run| std::str::from_utf8(run).ok()).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let word = self.run(32, |byte| byte.is_ascii_alphabetic());
        if word.is_empty() {
            let sign = self.peek()?;
            self.at += 1;
            if sign != b'\'' {
                return Some(Token::Sign(sign));
            }
            let digits = self.run(2, |byte| byte.is_ascii_hexdigit());
            return Some(u8::from_str_radix(digits, 16).map_or(Token::Sign(sign), Token::Byte));
        }
        let is_negative = self.peek() == Some(b'-');
        let after_word = self.at;
        self.at += usize::from(is_negative);
        let digits = self.run(10, |byte| byte.is_ascii_digit());
        let number = digits.parse::<i32>().ok().map(|number| if is_negative { -number } else { number });
        if digits.is_empty() {
            self.at = after_word;
        }
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == "bin" {
            // Raw bytes, among which braces mean nothing.
            self.at = self.at.saturating_add(number.unwrap_or(0).max(0) as usize).min(self.bytes.len());
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                // Line ends of the file itself are none of the text.
                b'\r' | b'\n' | 0 => continue,
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}
