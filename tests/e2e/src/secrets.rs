//! What must never be seen outside memory: tokens, shared access signatures, signed polling URLs.

/// The first secret in a text, by kind and where it stands.
///
/// * a JSON Web Token: `eyJ`, the beginning of every base64url-encoded JSON object, with at least 12 characters
/// * a shared access signature: `sig=`
/// * the signed query of a polling URL: `s=` and `h=` (and usually `c=`), each a query parameter of one URL
pub fn find_secret(text: &str) -> Option<String> {
    // Both the DOM's serialisation and JSON in storage may hold `&` in another spelling.
    let text = text.replace("&amp;", "&").replace("\\u0026", "&");
    token(&text)
        .or_else(|| signature(&text))
        .or_else(|| signed_query(&text))
}

fn token(text: &str) -> Option<String> {
    text.match_indices("eyJ").find_map(|(start, _)| {
        let end = text[start..]
            .find(|character: char| !is_base64url(character))
            .map_or(text.len(), |end| start + end);
        let begins_a_word = !text[..start].ends_with(is_base64url);
        (begins_a_word && end - start >= 12).then(|| format!("a token: {}", &text[start..start + 8]))
    })
}

fn signature(text: &str) -> Option<String> {
    text.match_indices("sig=").find_map(|(start, _)| {
        let begins_a_parameter = text[..start].ends_with(['?', '&', '"', '\'', ' ', '=']) || start == 0;
        // The client writes so where Azure repeats a SAS (`arm_client::redact`).
        let is_redacted = text[start..].starts_with("sig=REDACTED");
        (begins_a_parameter && !is_redacted).then(|| "a shared access signature: sig=".to_owned())
    })
}

fn signed_query(text: &str) -> Option<String> {
    text.split(|character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '<' | '>'))
        .filter_map(|word| word.split_once('?'))
        .find_map(|(path, query)| {
            let has = |name: &str| query.split('&').any(|parameter| parameter.starts_with(name));
            (has("s=") && has("h=")).then(|| format!("a signed query: {path}"))
        })
}

fn is_base64url(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::find_secret;

    fn check(text: &str, expected: Option<&str>) {
        let found = find_secret(text);
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_token_is_found_wherever_it_stands() {
        check(
            r#"{"token":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.x"}"#,
            Some("a token: eyJhbGci"),
        );
        check(
            "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0",
            Some("a token: eyJ0eXAi"),
        );
        check("a key named eyJ is no token", None);
        check("part-of-eyJAnotherLongWord", None);
    }

    #[test]
    fn a_shared_access_signature_is_found() {
        check(
            "https://a.blob.core.windows.net/c?sv=2024&sig=abc",
            Some("a shared access signature: sig="),
        );
        check(
            "https://a.blob.core.windows.net/c?sv=2024&amp;sig=abc",
            Some("a shared access signature: sig="),
        );
        check(
            "https://a.blob.core.windows.net/c?sv=2024&sig=REDACTED cannot be used.",
            None,
        );
        check("$SAS stands for the rest, the design=flat", None);
    }

    #[test]
    fn the_signed_query_of_a_polling_url_is_found() {
        let url = "https://arm.test/operations/1?api-version=1&t=6&c=MII&s=Wq&h=o8";
        check(
            &format!("poll {url} now"),
            Some("a signed query: https://arm.test/operations/1"),
        );
        check(
            &url.replace('&', "\\u0026"),
            Some("a signed query: https://arm.test/operations/1"),
        );
        check("https://arm.test/operations/1?api-version=1", None);
        check("?tabs=open&hours=3", None);
    }
}
