//! Claims challenges.

use arm_core::Response;

/// Longer than any claims: they go into the address of the sign-in.
const LONGEST: usize = 2048;

/// The claims a 401 asks for, as JSON (auth #30):
/// `Bearer …, error="insufficient_claims", claims="<base64>"`.
///
/// A browser may hide the header (auth #61); then there is no challenge to answer.
pub(super) fn claims(response: &Response) -> Option<String> {
    if response.status != 401 {
        return None;
    }
    let header = response.headers.get("www-authenticate")?;
    let scheme = header.split_whitespace().next()?;
    if !scheme.eq_ignore_ascii_case("bearer") || parameter(header, "error")? != "insufficient_claims" {
        return None;
    }
    let decoded = decode_base64(parameter(header, "claims")?)?;
    let json = String::from_utf8(decoded)
        .ok()
        .filter(|json| json.len() <= LONGEST)?;
    serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&json).ok()?;
    Some(json)
}

/// The value of a parameter, quoted or not.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = header;
    loop {
        let (before, after) = rest.split_once('=')?;
        let key = before.rsplit([' ', ',', '\t']).next().unwrap_or_default();
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(',').unwrap_or((after, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value.trim());
        }
        rest = behind;
    }
}

/// Base64 of either alphabet, padded or not.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#;
    const ENCODED: &str = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoicDEifX19";

    fn check(status: u16, header: &str, expected: Option<&str>) {
        let response = Response::new(status).with_header("WWW-Authenticate", header);
        assert_eq!(claims(&response).as_deref(), expected, "{status} {header}");
    }

    #[test]
    fn a_challenge_is_decoded() {
        let uri = r#"authorization_uri="https://login.windows.net/t?a=b, c""#;
        check(
            401,
            &format!(r#"Bearer {uri}, error="insufficient_claims", claims="{ENCODED}""#),
            Some(CLAIMS),
        );
        check(
            401,
            &format!(r#"bearer claims="{ENCODED}==", error="insufficient_claims""#),
            Some(CLAIMS),
        );
        check(
            401,
            &format!("Bearer error=insufficient_claims, claims={ENCODED}"),
            Some(CLAIMS),
        );
    }

    #[test]
    fn everything_else_is_no_challenge() {
        check(
            403,
            &format!(r#"Bearer error="insufficient_claims", claims="{ENCODED}""#),
            None,
        );
        // `{"a":"…"}` of more than two thousand letters.
        let long = format!("eyJhIjoi{}In0=", "YWFh".repeat(700));
        check(
            401,
            &format!(r#"Bearer error="insufficient_claims", claims="{long}""#),
            None,
        );
        for header in [
            "",
            "Bearer",
            r#"Bearer error="invalid_token", claims="e30=""#,
            r#"Bearer error="insufficient_claims""#,
            r#"Bearer error="insufficient_claims", claims="!!!""#,
            r#"Bearer error="insufficient_claims", claims="bm8gSlNPTg==""#,
            r#"Bearer error="insufficient_claims", claims="unfinished"#,
            r#"Basic error="insufficient_claims", claims="e30=""#,
        ] {
            check(401, header, None);
        }
    }
}
