//! Where the parser is in a query.

use super::{
    lexer::{Kind, Token},
    syntax::QueryError,
};

/// Words and signs, of which one is next.
pub(super) struct Cursor {
    tokens: Vec<Token>,
    next: usize,
}

impl Cursor {
    /// Stands before the first of `tokens`, the last of which is the end.
    pub(super) fn new(tokens: Vec<Token>) -> Self {
        Self { tokens, next: 0 }
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.next += count;
    }

    pub(super) fn word(&mut self) -> Result<String, QueryError> {
        let Kind::Word(word) = self.peek().clone() else {
            return Err(self.unexpected());
        };
        self.next += 1;
        Ok(word)
    }

    pub(super) fn number(&mut self) -> Result<usize, QueryError> {
        let Kind::Number(number) = *self.peek() else {
            return Err(self.unexpected());
        };
        let number = usize::try_from(number).map_err(|_| self.unexpected())?;
        self.next += 1;
        Ok(number)
    }

    pub(super) fn keyword(&mut self, word: &str) -> Result<(), QueryError> {
        if self.takes_keyword(word) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn takes_keyword(&mut self, word: &str) -> bool {
        let is_there = matches!(self.peek(), Kind::Word(known) if known.eq_ignore_ascii_case(word));
        self.next += usize::from(is_there);
        is_there
    }

    pub(super) fn expect(&mut self, sign: &str) -> Result<(), QueryError> {
        if self.takes(sign) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let is_there = matches!(self.peek(), Kind::Sign(known) if *known == sign);
        self.next += usize::from(is_there);
        is_there
    }

    pub(super) fn is_at_end(&self) -> bool {
        *self.peek() == Kind::End
    }

    pub(super) fn peek(&self) -> &Kind {
        &self.token().kind
    }

    pub(super) fn after_next(&self) -> Option<&Kind> {
        self.tokens.get(self.next + 1).map(|token| &token.kind)
    }

    /// The next token; the last one, which is the end, stays the next for ever.
    fn token(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    pub(super) fn unexpected(&self) -> QueryError {
        let token = self.token();
        QueryError::Parser {
            line: token.line,
            position: token.position,
            token: match &token.kind {
                Kind::Word(text) | Kind::Text(text) => text.clone(),
                Kind::Number(number) => number.to_string(),
                Kind::Sign(sign) => (*sign).to_owned(),
                Kind::End => "<EOF>".to_owned(),
            },
        }
    }
}
