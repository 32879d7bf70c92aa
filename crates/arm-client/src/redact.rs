//! Taking secrets out of words that will be shown.

/// The characters of a signature as it is before any encoding: 32 bytes in base64.
const SIGNATURE_LENGTH: usize = 44;

/// The text with the value of each `sig=` replaced.
///
/// Services repeat what they were sent, and a SAS URI in a message would reach the screen (design invariant 6). The
/// name is caught in any case, the sign after it also percent-encoded however often, as an escape of JSON or HTML,
/// and as the key of a JSON object; the value ends where a URI, a quotation or an object goes on. Rather too much
/// goes than too little. It can be used again on what it gave.
pub fn redact(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    let (mut done, mut from) = (0, 0);
    while let Some(found) = find(text, from) {
        from = found + NAME.len();
        if let Some(length) = assignment(&text[from..]) {
            let start = from + length;
            redacted.push_str(&text[done..start]);
            redacted.push_str("REDACTED");
            done = start + value(&text[start..]);
            from = done;
        }
    }
    redacted.push_str(&text[done..]);
    redacted
}

const NAME: &str = "sig";

/// Where the name stands next, in any case.
fn find(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    let found = rest
        .windows(NAME.len())
        .position(|window| window.eq_ignore_ascii_case(NAME.as_bytes()))?;
    Some(from + found)
}

/// How long what stands between the name and its value is, if it is something that assigns.
fn assignment(rest: &str) -> Option<usize> {
    if rest.starts_with('=') {
        return Some(1);
    }
    if let Some(encoded) = rest.strip_prefix('%') {
        let mut inner = encoded;
        while let Some(deeper) = inner.strip_prefix("25") {
            inner = deeper;
        }
        return begins(inner, "3d").then(|| rest.len() - inner.len() + 2);
    }
    let escapes = ["&#61;", "&#x3d;"];
    if let Some(escape) = escapes.iter().find(|escape| begins(rest, escape)) {
        return Some(escape.len());
    }
    let unescaped = rest.trim_start_matches('\\');
    if unescaped.len() < rest.len() && begins(unescaped, "u003d") {
        return Some(rest.len() - unescaped.len() + 5);
    }
    // The key of an object: `"sig": "…"`, perhaps in a text within a text.
    let after_key = unescaped
        .strip_prefix(['"', '\''])?
        .trim_start()
        .strip_prefix(':')?;
    let value = after_key
        .trim_start()
        .trim_start_matches('\\')
        .strip_prefix(['"', '\''])?;
    Some(rest.len() - value.len())
}

/// How long the value is.
fn value(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while let Some(character) = rest[end..].chars().next() {
        let length = match character {
            '\\' | '&' => match escaped(&rest[end..]) {
                Some(length) => length,
                None => break,
            },
            _ if character.is_whitespace() || "\"'<>,;)]}".contains(character) => break,
            _ => character.len_utf8(),
        };
        end += length;
    }
    // A plus sign that was read as a blank: the signature is as long as signatures are, and ends as they end.
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/= ".contains(byte);
    match bytes.get(..SIGNATURE_LENGTH) {
        Some(whole) if whole.iter().all(is_base64) && whole.ends_with(b"=") => end.max(SIGNATURE_LENGTH),
        _ => end,
    }
}

/// How long an escape is that goes on with a value: a numbered character of HTML, or what JSON escapes unless it is
/// the sign at which a URI or a text goes on.
fn escaped(rest: &str) -> Option<usize> {
    if let Some(number) = rest.strip_prefix("&#") {
        return Some(
            2 + number
                .find(';')
                .filter(|length| *length < 6)
                .map_or(0, |length| length + 1),
        );
    }
    let unescaped = rest.trim_start_matches('\\');
    let slashes = rest.len() - unescaped.len();
    let is_end = ["u0022", "u0026", "u0027", "u003c", "u003e"]
        .iter()
        .any(|end| begins(unescaped, end));
    match unescaped.as_bytes().first() {
        Some(b'/') if slashes > 0 => Some(slashes + 1),
        Some(b'u') if slashes > 0 && !is_end => Some(slashes + 1),
        _ => None,
    }
}

fn begins(text: &str, with: &str) -> bool {
    let start = text.as_bytes().get(..with.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn t05_the_value_of_a_signature_goes_and_the_rest_stays() {
        for (text, expected) in [
            ("no secret", "no secret"),
            (
                "design = significant, sign=1, big",
                "design = significant, sign=1, big",
            ),
            (
                "https://a/c?sv=1&sig=abc%2Bd&sp=r end",
                "https://a/c?sv=1&sig=REDACTED&sp=r end",
            ),
            ("'https://a/c?sig=abc'", "'https://a/c?sig=REDACTED'"),
            ("SIG=abc sig=def", "SIG=REDACTED sig=REDACTED"),
            ("url%3Fsig%3Dabc%26x", "url%3Fsig%3DREDACTED"),
            ("twice sig%253dabc%252Bd end", "twice sig%253dREDACTED end"),
            (
                r"json sig\u003dabc\u002Bd\u0026sp=r",
                r"json sig\u003dREDACTED\u0026sp=r",
            ),
            (r"json sig=ab\/cd= end", "json sig=REDACTED end"),
            (r#"{"sig":"abc","sp":"r"}"#, r#"{"sig":"REDACTED","sp":"r"}"#),
            (
                r#"{"a":"{\"SIG\" : \"abc\"}"}"#,
                r#"{"a":"{\"SIG\" : \"REDACTED\"}"}"#,
            ),
            ("{'sig': 'abc'}", "{'sig': 'REDACTED'}"),
            (r#""sig":7 and "sig" alone"#, r#""sig":7 and "sig" alone"#),
            (
                "?sv=1&amp;sig=ab&#43;cd&amp;sp=r",
                "?sv=1&amp;sig=REDACTED&amp;sp=r",
            ),
            ("html sig&#61;abc&amp;x", "html sig&#61;REDACTED&amp;x"),
            (
                "blank sig=abcdefghij klmnopqrstuvwxyz0123456789 ABCDE= end",
                "blank sig=REDACTED end",
            ),
            ("sig=short and words", "sig=REDACTED and words"),
            ("sig=", "sig=REDACTED"),
            ("sig", "sig"),
            ("sig%", "sig%"),
            (r"sig\", r"sig\"),
            ("\u{130}sig=\u{130}", "\u{130}sig=REDACTED"),
        ] {
            assert_eq!(redact(text), expected, "{text}");
        }
    }

    /// Everything that a signature may look like on its way through a service.
    fn writings(signature: &str) -> Vec<String> {
        let percent = |text: &str| text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let json = signature.replace('+', r"\u002B").replace('=', r"\u003d");
        vec![
            format!("sig={signature}"),
            format!("sig={}", signature.replace('+', " ")),
            format!("sig={}", signature.replace('/', r"\/")),
            format!("sig={}", percent(signature)),
            format!("sig={}", percent(signature).to_lowercase()),
            format!("sig%3D{}", percent(&percent(signature)).replace('%', "%25")),
            format!("sig%253d{}", percent(signature).replace('%', "%2525")),
            format!(r"sig\u003d{json}"),
            format!(r"sig\\u003D{}", json.replace('\\', r"\\")),
            format!(r#""sig":"{signature}""#),
            format!(r#"\"sig\" : \"{}\""#, signature.replace('/', r"\/")),
            format!("'Sig':'{signature}'"),
            format!("SIG={}", signature.replace('+', "&#43;").replace('=', "&#61;")),
            format!("sig&#x3D;{}", signature.replace('/', "&#x2F;")),
        ]
    }

    proptest! {
        #[test]
        fn t05_redaction_leaves_no_signature_in_any_text(
            before in "\\PC{0,20}",
            signature in "[A-Za-z0-9+/]{43}=",
            after in prop_oneof![Just(String::new()), "[&\"' <,;)}]\\PC{0,20}"],
        ) {
            for written in writings(&signature) {
                let shown = redact(&format!("{before}{written}{after}"));
                // Any six characters in a row would be enough to tell that something was left.
                let parts = signature.as_bytes().windows(6).filter_map(|part| std::str::from_utf8(part).ok());
                for part in parts {
                    let is_left = shown.to_lowercase().contains(&part.to_lowercase());
                    let is_elsewhere = format!("{before}{after}").to_lowercase().contains(&part.to_lowercase());
                    prop_assert!(!is_left || is_elsewhere, "{part} of {written} is in {shown}");
                }
                prop_assert_eq!(redact(&shown), shown.clone(), "a second time changes nothing");
            }
        }

        #[test]
        fn t05_any_text_is_read_to_its_end(text in "(\\PC|sig|=|%3[dD]|\\\\|\"|:){0,30}") {
            let shown = redact(&text);
            prop_assert_eq!(redact(&shown), shown);
        }
    }
}
