//! What stands out in a block of code.

/// A piece of code of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodePiece {
    /// Code as it is.
    Plain(String),
    /// A line that begins with `#`.
    Comment(String),
    /// A name in capitals after `$` that stands for a secret, such as `$SAS`.
    Placeholder(String),
}

/// Cuts code into pieces; their texts joined give the code again.
#[must_use]
pub fn pieces(code: &str) -> Vec<CodePiece> {
    let mut pieces = Vec::new();
    for line in code.split_inclusive('\n') {
        if line.trim_start().starts_with('#') {
            pieces.push(CodePiece::Comment(line.to_owned()));
        } else {
            cut_line(line, &mut pieces);
        }
    }
    pieces
}

fn cut_line(line: &str, pieces: &mut Vec<CodePiece>) {
    let mut rest = line;
    let mut plain = String::new();
    while let Some(at) = rest.find('$') {
        let name = rest[at + 1..]
            .chars()
            .take_while(|c| c.is_ascii_uppercase() || *c == '_')
            .count();
        let end = at + 1 + name;
        plain.push_str(&rest[..at]);
        if name == 0 {
            plain.push('$');
        } else {
            push_plain(&mut plain, pieces);
            pieces.push(CodePiece::Placeholder(rest[at..end].to_owned()));
        }
        rest = &rest[end..];
    }
    plain.push_str(rest);
    push_plain(&mut plain, pieces);
}

fn push_plain(plain: &mut String, pieces: &mut Vec<CodePiece>) {
    if !plain.is_empty() {
        pieces.push(CodePiece::Plain(std::mem::take(plain)));
    }
}

#[cfg(test)]
mod tests {
    use super::CodePiece::{Comment, Placeholder, Plain};
    use super::*;

    #[test]
    fn comments_and_placeholders_are_told_from_code() {
        let check = |code: &str, expected: &[CodePiece]| {
            let found = pieces(code);
            assert_eq!(found, expected, "{code:?}");
            let joined: String = found
                .iter()
                .map(|piece| match piece {
                    Plain(text) | Comment(text) | Placeholder(text) => text.as_str(),
                })
                .collect();
            assert_eq!(joined, code);
        };
        let plain = |text: &str| Plain(text.into());
        check("", &[]);
        check("az login\n", &[plain("az login\n")]);
        check(
            "# first\naz login",
            &[Comment("# first\n".into()), plain("az login")],
        );
        check(
            "curl \"https://x?$SAS\"",
            &[
                plain("curl \"https://x?"),
                Placeholder("$SAS".into()),
                plain("\""),
            ],
        );
        check("cost $5 and $(date)", &[plain("cost $5 and $(date)")]);
        check("$A_B$C", &[Placeholder("$A_B".into()), Placeholder("$C".into())]);
        check("grün $", &[plain("grün $")]);
    }
}
