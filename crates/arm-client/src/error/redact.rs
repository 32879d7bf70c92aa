//! Taking secrets out of words that will be shown.

/// The text with the value of each `sig=` replaced.
///
/// Services repeat what they were sent, and a SAS URI in a message would reach the screen
/// (design invariant 6). The percent-encoded form is caught as well.
pub(crate) fn redact(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut redacted = String::with_capacity(text.len());
    let mut done = 0;
    while let Some((start, end)) = next_signature(&lower, done) {
        redacted.push_str(&text[done..start]);
        redacted.push_str("REDACTED");
        done = end;
    }
    redacted.push_str(&text[done..]);
    redacted
}

/// Where the value of the next signature begins and ends.
fn next_signature(lower: &str, from: usize) -> Option<(usize, usize)> {
    let found = ["sig=", "sig%3d"]
        .into_iter()
        .filter_map(|name| Some((from + lower[from..].find(name)?, name.len())))
        .min()?;
    let start = found.0 + found.1;
    let is_end = |c: char| c.is_whitespace() || "&\"'<>,;)]}\\".contains(c);
    let end = lower[start..]
        .find(is_end)
        .map_or(lower.len(), |length| start + length);
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_value_of_a_signature_goes_and_the_rest_stays() {
        for (text, expected) in [
            ("no secret", "no secret"),
            (
                "https://a/c?sv=1&sig=abc%2Bd&sp=r end",
                "https://a/c?sv=1&sig=REDACTED&sp=r end",
            ),
            ("'https://a/c?sig=abc'", "'https://a/c?sig=REDACTED'"),
            ("SIG=abc sig=def", "SIG=REDACTED sig=REDACTED"),
            ("url%3Fsig%3Dabc%26x", "url%3Fsig%3DREDACTED"),
            ("sig=", "sig=REDACTED"),
            ("\u{130}sig=\u{130}", "\u{130}sig=REDACTED"),
        ] {
            assert_eq!(redact(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_signature_survives(before in ".{0,20}", secret in "[A-Za-z0-9%+/=]{12,40}", after in "[ &\"'].{0,20}") {
            let shown = redact(&format!("{before}sig={secret}{after}"));
            prop_assert!(!shown.contains(&secret), "{shown}");
        }
    }
}
