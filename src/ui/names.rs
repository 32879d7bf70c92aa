//! Names in sentences: they stand in straight single quotes and are not broken over lines.

use crate::prelude::*;

/// A sentence as a view, in which each quoted name stays on one line unless it is longer than the line.
pub fn with_names(sentence: &str) -> impl IntoView + use<> {
    let view = |part: Part| match part {
        Part::Words(words) => words.to_owned().into_any(),
        Part::Name(name) => view! { <span class="name">{name.to_owned()}</span> }.into_any(),
    };
    parts(sentence).into_iter().map(view).collect_view()
}

#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Words(&'a str),
    /// With its quotes and the full stop, comma or question mark that belongs to the line's end.
    Name(&'a str),
}

fn parts(sentence: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(open) = sentence[from..].find('\'').map(|at| from + at) {
        let inside = open + 1;
        // An apostrophe follows a letter; a quote that opens a name does not.
        let opens = !sentence[..open].ends_with(char::is_alphanumeric);
        let close = sentence[inside..].find('\'').map(|at| inside + at);
        let Some(close) = close.filter(|_| opens) else {
            from = inside;
            continue;
        };
        let rest = &sentence[close + 1..];
        let end = sentence.len() - rest.trim_start_matches(['.', ',', '?', ':']).len();
        if start < open {
            parts.push(Part::Words(&sentence[start..open]));
        }
        parts.push(Part::Name(&sentence[open..end]));
        (start, from) = (end, end);
    }
    if start < sentence.len() {
        parts.push(Part::Words(&sentence[start..]));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::Part::{Name, Words};
    use super::*;

    #[test]
    fn quoted_names_are_told_from_words_and_apostrophes() {
        let check =
            |sentence: &str, expected: &[Part<'_>]| assert_eq!(parts(sentence), expected, "{sentence:?}");
        check("", &[]);
        check("Nothing quoted.", &[Words("Nothing quoted.")]);
        check(
            "'smoke-test' of server 'pg-dev', 2 min.",
            &[
                Name("'smoke-test'"),
                Words(" of server "),
                Name("'pg-dev',"),
                Words(" 2 min."),
            ],
        );
        check(
            "Deleted: 'a' of 'b'.",
            &[Words("Deleted: "), Name("'a'"), Words(" of "), Name("'b'.")],
        );
        check(
            "The server's own 'x y'",
            &[Words("The server's own "), Name("'x y'")],
        );
        check("It's the vault's", &[Words("It's the vault's")]);
        check("An 'open quote", &[Words("An 'open quote")]);
        check("über 'größe'?", &[Words("über "), Name("'größe'?")]);
    }
}
