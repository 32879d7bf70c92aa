//! The identifier of a Key Vault secret, judged while it is typed; pure.

/// What every name of a secret is made of (Key Vault: 1 to 127 letters, digits and hyphens).
const LONGEST: usize = 127;

/// The suffixes of key vaults in Azure's clouds.
const SUFFIXES: [&str; 3] = [".vault.azure.net", ".vault.usgovcloudapi.net", ".vault.azure.cn"];

/// A secret identifier, in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretId {
    /// The name of the key vault.
    pub key_vault: String,
    /// The name of the secret.
    pub name: String,
    /// As Azure Backup is given it: without a version, so that a renewed secret is read.
    pub uri: String,
    /// Whether a version was named, which is left out.
    pub had_version: bool,
}

/// The parts of an identifier, or what is wrong with it in a sentence.
pub fn judge(text: &str) -> Result<SecretId, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Give the identifier of the Key Vault secret with the database\u{2019}s credentials.");
    }
    let Some(rest) = strip_scheme(text) else {
        return Err("A secret identifier begins with https://.");
    };
    if rest.contains(['?', '#', '@', ':', ' ']) {
        return Err("A secret identifier is an address without a query, port or user.");
    }
    let mut segments = rest.split('/');
    let host = segments.next().unwrap_or_default().to_ascii_lowercase();
    let Some(key_vault) = SUFFIXES.iter().find_map(|suffix| host.strip_suffix(suffix)) else {
        return Err("The host is not a key vault\u{2019}s, such as kv-name.vault.azure.net.");
    };
    if !is_key_vault(key_vault) {
        return Err("The name of the key vault is none that Azure gives.");
    }
    let rest: Vec<_> = segments.collect();
    let rest = match rest.as_slice() {
        [rest @ .., ""] => rest,
        rest => rest,
    };
    let (name, had_version) = match rest {
        [kind, ..] if !kind.eq_ignore_ascii_case("secrets") => {
            return Err("It names no secret: after the host follows /secrets/ and the secret\u{2019}s name.");
        }
        [_, name] => (*name, false),
        [_, name, _] => (*name, true),
        _ => {
            return Err("It names no secret: after the host follows /secrets/ and the secret\u{2019}s name.");
        }
    };
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(is_of_name) {
        return Err("The name of a secret has letters, digits and hyphens, 127 at most.");
    }
    Ok(SecretId {
        key_vault: key_vault.to_owned(),
        name: name.to_owned(),
        uri: format!("https://{host}/secrets/{name}"),
        had_version,
    })
}

fn strip_scheme(text: &str) -> Option<&str> {
    let scheme = text.get(..8)?;
    scheme.eq_ignore_ascii_case("https://").then(|| &text[8..])
}

fn is_key_vault(name: &str) -> bool {
    (3..=24).contains(&name.len())
        && name.chars().all(is_of_name)
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.ends_with('-')
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_read_with_and_without_its_version() {
        for (text, uri, had_version) in [
            (
                "https://testkeyvaulteus.vault.azure.net/secrets/ossdbkey",
                "https://testkeyvaulteus.vault.azure.net/secrets/ossdbkey",
                false,
            ),
            (
                " HTTPS://KV-a.vault.azure.net/secrets/s/ ",
                "https://kv-a.vault.azure.net/secrets/s",
                false,
            ),
            (
                "https://kv-a.vault.azure.net/secrets/s/6f1e7d0c4b3a42d59e8f7061524334aa",
                "https://kv-a.vault.azure.net/secrets/s",
                true,
            ),
            (
                "https://kv-a.vault.usgovcloudapi.net/secrets/s",
                "https://kv-a.vault.usgovcloudapi.net/secrets/s",
                false,
            ),
        ] {
            let judged = judge(text).unwrap_or_else(|wrong| panic!("{text}: {wrong}"));
            assert_eq!(
                (judged.uri.as_str(), judged.had_version),
                (uri, had_version),
                "{text}"
            );
        }
        let judged = judge("https://kv-a.vault.azure.net/secrets/s-1").expect("an identifier");
        assert_eq!((judged.key_vault.as_str(), judged.name.as_str()), ("kv-a", "s-1"));
    }

    #[test]
    fn what_cannot_be_one_is_told_by_its_reason() {
        let long = format!("https://kv-a.vault.azure.net/secrets/{}", "s".repeat(128));
        for (text, part) in [
            ("", "Give the identifier"),
            ("kv-a.vault.azure.net/secrets/s", "begins with https://"),
            ("http://kv-a.vault.azure.net/secrets/s", "begins with https://"),
            ("https://example.com/secrets/s", "not a key vault"),
            (
                "https://kv-a.vault.azure.net.evil.example/secrets/s",
                "not a key vault",
            ),
            ("https://a.b.vault.azure.net/secrets/s", "none that Azure gives"),
            ("https://1kv.vault.azure.net/secrets/s", "none that Azure gives"),
            ("https://user@kv-a.vault.azure.net/secrets/s", "without a query"),
            ("https://kv-a.vault.azure.net:443/secrets/s", "without a query"),
            ("https://kv-a.vault.azure.net/secrets/s?x=1", "without a query"),
            ("https://kv-a.vault.azure.net", "names no secret"),
            ("https://kv-a.vault.azure.net/keys/s", "names no secret"),
            ("https://kv-a.vault.azure.net/secrets", "names no secret"),
            ("https://kv-a.vault.azure.net/secrets/s/v/w", "names no secret"),
            (
                "https://kv-a.vault.azure.net/secrets/s_1",
                "letters, digits and hyphens",
            ),
            ("ähhhhhh", "begins with https://"),
            (long.as_str(), "letters, digits and hyphens"),
        ] {
            let wrong = judge(text).expect_err(text);
            assert!(wrong.contains(part), "{text}: {wrong}");
        }
    }
}
