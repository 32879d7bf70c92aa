//! Base64url, as JSON web tokens write bytes (RFC 4648, 5).
//!
//! Forty lines in place of the crate `base64`, whose engines, tables and errors would be three kilobytes of the first page.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes as text, without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = [0, 1, 2].iter().fold(0, |bits, at| {
            (bits << 8) | u32::from(group.get(*at).copied().unwrap_or_default())
        });
        for digit in 0..=group.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]));
        }
    }
    text
}

/// The bytes of a text; padding is tolerated, since some issuers add it.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.trim_end_matches('=').bytes() {
        bits = (bits << 6) | value_of(digit)?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from(bits >> count));
            bits &= (1 << count) - 1;
        }
    }
    // What is left is less than a byte, and nothing: another text would mean the same bytes otherwise.
    (count < 6 && bits == 0).then_some(bytes)
}

fn value_of(digit: u8) -> Option<u32> {
    let (first, value) = match digit {
        b'A'..=b'Z' => (b'A', 0),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'-' => (b'-', 62),
        b'_' => (b'_', 63),
        _ => return None,
    };
    Some(u32::from(digit - first) + value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_text_are_those_of_the_rfc() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg"),
            (b"fooba", "Zm9vYmE"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xfb, 0xff, 0xbf], "-_-_"),
            (&[0, 0, 0, 0], "AAAAAA"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes), "{text}");
        }
    }

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        for start in 0..4 {
            assert_eq!(decode(&encode(&bytes[start..])).as_deref(), Some(&bytes[start..]));
        }
    }

    #[test]
    fn padding_is_tolerated_and_nothing_else() {
        assert_eq!(decode("Zg==").as_deref(), Some(&b"f"[..]));
        for text in [
            "Z", "Zm9vY", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "=Zg", "Z=g", "Zmä",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
