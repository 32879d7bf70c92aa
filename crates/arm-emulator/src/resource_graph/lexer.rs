//! Words and signs of a query.

use super::syntax::QueryError;

/// A word or sign and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) line: usize,
    pub(super) position: usize,
}

/// What stands there.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A name or keyword; a dash belongs to it, as in `project-away`.
    Word(String),
    Text(String),
    Number(i64),
    Sign(&'static str),
    End,
}

/// Longer ones first.
const SIGNS: [&str; 14] = [
    "==", "!=", "=~", "!~", "<=", ">=", "|", "(", ")", ",", ".", "=", "[", "]",
];

/// Takes a text apart; comments run from `//` to the end of their line.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = skip_blanks(rest);
        let (line, position) = place(text, rest);
        let (kind, after) = next(rest).ok_or_else(|| QueryError::Parser {
            line,
            position,
            token: rest.chars().take(1).collect(),
        })?;
        let is_end = kind == Kind::End;
        tokens.push(Token { kind, line, position });
        if is_end {
            return Ok(tokens);
        }
        rest = after;
    }
}

fn skip_blanks(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment.find('\n').map_or("", |end| comment[end..].trim_start());
    }
    rest
}

fn next(text: &str) -> Option<(Kind, &str)> {
    let Some(first) = text.chars().next() else {
        return Some((Kind::End, ""));
    };
    match first {
        '\'' | '"' => quoted(text, first),
        '0'..='9' => {
            let (number, rest) =
                text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
            Some((Kind::Number(number.parse().ok()?), rest))
        }
        _ if first.is_alphabetic() || first == '_' || first == '$' => Some(word(text)),
        _ => {
            let sign = SIGNS.into_iter().find(|sign| text.starts_with(sign))?;
            Some((Kind::Sign(sign), &text[sign.len()..]))
        }
    }
}

/// A word; a dash or `~` at its end belongs to it only where a letter follows or precedes as in `in~`.
fn word(text: &str) -> (Kind, &str) {
    let is_part = |(index, c): (usize, char)| {
        let followed_by_letter = || text[index + 1..].starts_with(|next: char| next.is_ascii_alphabetic());
        c.is_alphanumeric() || c == '_' || c == '$' || (c == '-' && followed_by_letter())
    };
    let end = text
        .char_indices()
        .find(|place| !is_part(*place))
        .map_or(text.len(), |(index, _)| index);
    let end = if text[..end].eq_ignore_ascii_case("in") && text[end..].starts_with('~') {
        end + 1
    } else {
        end
    };
    let (word, rest) = text.split_at(end);
    (Kind::Word(word.to_owned()), rest)
}

/// A quoted text; a backslash takes the next character as it is.
fn quoted(text: &str, quote: char) -> Option<(Kind, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' => value.push(characters.next()?.1),
            '\n' => return None,
            _ if character == quote => return Some((Kind::Text(value), &text[index + 1..])),
            _ => value.push(character),
        }
    }
    None
}

/// Line, from 1, and position in it, from 0, of what is left of a text.
fn place(text: &str, rest: &str) -> (usize, usize) {
    let before = &text[..text.len() - rest.len()];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count(),
    )
}
