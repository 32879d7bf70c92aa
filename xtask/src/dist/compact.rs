//! Stylesheets and scripts without what only their readers need. It takes a quarter off the one and a tenth off the other.

/// A stylesheet without comments, indentation and empty lines.
pub fn stylesheet(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find(['/', '"']) {
        let (before, found) = rest.split_at(start);
        kept.push_str(before);
        let length = match () {
            () if found.starts_with("/*") => {
                rest = found.split_once("*/").map_or("", |(_, after)| after);
                continue;
            }
            // A comment inside a text is text.
            () if found.starts_with('"') => found[1..].find('"').map_or(found.len(), |end| end + 2),
            () => 1,
        };
        kept.push_str(&found[..length]);
        rest = &found[length..];
    }
    kept.push_str(rest);
    lines(kept.lines())
}

/// A script of wasm-bindgen's without the comments that say what its functions take and give.
///
/// Only blocks that begin a line go, so that nothing inside a text can be taken for one.
pub fn script(javascript: &str) -> String {
    let mut is_inside = false;
    lines(javascript.lines().filter(|line| {
        let line = line.trim();
        let is_comment = is_inside || line.starts_with("/*");
        is_inside = is_comment && !line.ends_with("*/");
        !is_comment
    }))
}

/// A script of our own, or the splitting's, without its comments: blocks and lines that begin a line.
pub fn boot(javascript: &str) -> String {
    let script = script(javascript);
    lines(script.lines().filter(|line| !line.starts_with("//")))
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_keeps_its_rules_and_texts() {
        for (css, expected) in [
            ("a {\n  color: red;\n}\n\n", "a {\ncolor: red;\n}\n"),
            ("/* one */ a /* two\nlines */ { b: c }", "a  { b: c }\n"),
            (
                "a::after { content: \"/* kept */\" } /* gone */",
                "a::after { content: \"/* kept */\" }\n",
            ),
            (
                "a { background: url(x/y.svg) }",
                "a { background: url(x/y.svg) }\n",
            ),
            (
                "a { width: calc(1px / 2) } /* open",
                "a { width: calc(1px / 2) }\n",
            ),
            ("a::after { content: \"open", "a::after { content: \"open\n"),
        ] {
            assert_eq!(stylesheet(css), expected, "{css}");
        }
    }

    #[test]
    fn a_script_keeps_everything_but_the_comments_that_begin_a_line() {
        let javascript = "/** one line */\nf();\n    /**\n     * @param {string} x\n     */\n    g(x, \"/** kept */\");\n// kept\n";
        assert_eq!(script(javascript), "f();\ng(x, \"/** kept */\");\n// kept\n");
        let javascript = "// gone\nf('// kept');\n  // gone\n  g(/\\/\\//);\n";
        assert_eq!(boot(javascript), "f('// kept');\ng(/\\/\\//);\n");
    }
}
