//! The app's style for the shadow root of a custom element (decision 20).

use anyhow::{Context as _, Result, bail};

/// A stylesheet for the shadow root: what is said of the document is said of what stands for it, and what depends on the
/// window depends on the element.
pub fn style(css: &str) -> Result<String> {
    let mut made = String::with_capacity(css.len() + css.len() / 8);
    // For each open block, what its end closes.
    let mut open: Vec<usize> = Vec::new();
    let mut rest = css;
    while let Some(at) = rest.find(['{', '}', ';']) {
        let (before, found) = (&rest[..at], &rest[at..=at]);
        rest = &rest[at + 1..];
        match found {
            "{" => {
                let (head, blocks) = block(before)?;
                made += &head;
                open.push(blocks);
            }
            "}" => {
                made += &declaration(before);
                made += &"}".repeat(open.pop().context("a block ends that has not begun")?);
            }
            _ => {
                made += &declaration(before);
                made.push(';');
            }
        }
    }
    made += rest;
    Ok(made)
}

/// The head of a block with its brace, and how many blocks it is.
fn block(head: &str) -> Result<(String, usize)> {
    let Some(condition) = head.trim_start().strip_prefix("@media ") else {
        return Ok((format!("{}{{", selector(head)), 1));
    };
    let features = condition.trim().split(" and ");
    let of_size = |feature: &&str| {
        let feature = feature.trim_start_matches('(');
        ["min-width", "max-width", "min-height", "max-height"]
            .iter()
            .any(|name| feature.starts_with(name))
    };
    let (size, others): (Vec<_>, Vec<_>) = features.partition(of_size);
    if size.iter().any(|feature| feature.contains(" or ")) {
        bail!("a media query is not taken apart that way: {condition}");
    }
    let start = &head[..head.len() - head.trim_start().len()];
    let mut made = start.to_owned();
    if !others.is_empty() {
        made += &format!("@media {}{{", others.join(" and "));
    }
    if !size.is_empty() {
        made += &format!("@container portal {}{{", size.join(" and "));
    }
    Ok((
        made,
        usize::from(!others.is_empty()) + usize::from(!size.is_empty()),
    ))
}

/// `:root`, `html` and `body` by what stands for them.
fn selector(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text.replace(":root", ".portal");
    while let Some((at, name, by)) = first_of(&rest, &[("html", ".portal"), ("body", ".portal-page")]) {
        made += &rest[..at];
        made += by;
        rest = rest[at + name.len()..].to_owned();
    }
    made + &rest
}

/// The first of these names that stands there as the name of an element.
fn first_of<'a>(text: &str, names: &[(&'a str, &'a str)]) -> Option<(usize, &'a str, &'a str)> {
    let of_a_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.#:[=\"'".contains(byte);
    let continues = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let bytes = text.as_bytes();
    let found = names.iter().filter_map(|(name, by)| {
        let mut places = text.match_indices(name).map(|(at, _)| at);
        let at = places.find(|&at| {
            let is_begun = at > 0 && bytes.get(at - 1).is_some_and(of_a_name);
            !is_begun && !bytes.get(at + name.len()).is_some_and(continues)
        })?;
        Some((at, *name, *by))
    });
    found.min()
}

/// Lengths that depend on the window or on the page's own size of text.
fn declaration(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let start = if at > 0 && rest.as_bytes()[at - 1] == b'.' {
            at - 1
        } else {
            at
        };
        let (before, from) = rest.split_at(start);
        let number = from.len()
            - from
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
                .len();
        let after = &from[number..];
        let unit = after.len()
            - after
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '%')
                .len();
        let (number, unit, next) = (&from[..number], &after[..unit], &after[unit..]);
        // A digit inside a name or a colour is none of a length; a sign before it is its own.
        let unsigned = before
            .strip_suffix('-')
            .filter(|before| before.ends_with([' ', ':', '(', '/', ',']));
        let (before, sign) = unsigned.map_or((before, ""), |before| (before, "-"));
        let is_in_a_name = before.ends_with(|c: char| c.is_ascii_alphanumeric() || "-_#".contains(c));
        made += before;
        match unit {
            "rem" if !is_in_a_name => made += &format!("calc({sign}{number}*var(--rem))"),
            "vw" | "dvw" if !is_in_a_name => made += &format!("{sign}{number}cqw"),
            "vh" | "dvh" if !is_in_a_name => made += &format!("{sign}{number}cqh"),
            _ => made += &format!("{sign}{number}{unit}"),
        }
        rest = next;
    }
    made + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_document_is_said_of_what_stands_for_it() {
        for (css, expected) in [
            (
                ":root[data-theme=\"dark\"] {\na: b;\n}",
                ".portal[data-theme=\"dark\"] {\na: b;\n}",
            ),
            ("html {\n}", ".portal {\n}"),
            (
                "body:has(.pane[open]) .x {\n}",
                ".portal-page:has(.pane[open]) .x {\n}",
            ),
            (
                ".table tbody, .pane-body, .body {\n}",
                ".table tbody, .pane-body, .body {\n}",
            ),
            ("html,\nbody {\n}", ".portal,\n.portal-page {\n}"),
        ] {
            assert_eq!(style(css).unwrap(), expected);
        }
    }

    #[test]
    fn what_depends_on_the_window_depends_on_the_element() {
        for (css, expected) in [
            (
                "@media (max-width: 639.98px) {\n.a {\nb: c;\n}\n}\n.d {\n}",
                "@container portal (max-width: 639.98px){\n.a {\nb: c;\n}\n}\n.d {\n}",
            ),
            (
                "@media (min-width: 1px) and (max-height: 2px) {\n}",
                "@container portal (min-width: 1px) and (max-height: 2px){\n}",
            ),
            (
                "@media (max-width: 9px) and (forced-colors: active) {\n.a {\n}\n}",
                "@media (forced-colors: active){@container portal (max-width: 9px){\n.a {\n}\n}}",
            ),
            ("@media (pointer: coarse) {\n}", "@media (pointer: coarse){\n}"),
        ] {
            assert_eq!(style(css).unwrap(), expected);
        }
        assert!(style("}").is_err());
    }

    #[test]
    fn lengths_are_the_elements_and_the_readers() {
        for (css, expected) in [
            (
                "font: 600 0.75rem/1rem var(--font);",
                "font: 600 calc(0.75*var(--rem))/calc(1*var(--rem)) var(--font);",
            ),
            ("a: calc(100dvh - 32px);", "a: calc(100cqh - 32px);"),
            ("a: min(280px, 80vw);", "a: min(280px, 80cqw);"),
            ("a: -1rem -0.5px;", "a: calc(-1*var(--rem)) -0.5px;"),
            ("a: #10rem0;", "a: #10rem0;"),
            (
                "--shadow16: 0 0 2px var(--ambient2);",
                "--shadow16: 0 0 2px var(--ambient2);",
            ),
            (
                "a: cubic-bezier(.1, 0.9, 0.2, 1);",
                "a: cubic-bezier(.1, 0.9, 0.2, 1);",
            ),
        ] {
            assert_eq!(style(css).unwrap(), expected);
        }
    }
}
