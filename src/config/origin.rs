//! Origins that an installation names itself.

use super::ConfigProblem;

/// The one rule for servers of one's own: both the origin and the page are on loopback.
pub(super) fn accept_custom_origin(key: &str, origin: &str, page_host: &str) -> Result<(), ConfigProblem> {
    let Some((_, host, _)) = parts_of(origin) else {
        return refuse(key, "is not an origin such as http://127.0.0.1:8080");
    };
    if !is_loopback(host) || !is_loopback(page_host) {
        return refuse(
            key,
            "may be given only while it and this page are on 127.0.0.1, [::1] or localhost",
        );
    }
    Ok(())
}

/// The rule for pages that may hold the portal: one origin each, in the writing of browsers, which compare it as text
/// (auth #80).
pub(super) fn accept_hosts(hosts: &[String]) -> Result<(), ConfigProblem> {
    for origin in hosts {
        let is_exact = parts_of(origin).is_some_and(|(is_https, host, port)| {
            let is_written = |letter: u8| letter.is_ascii_alphanumeric() && !letter.is_ascii_uppercase();
            let is_name = !host.is_empty() && host.bytes().all(|b| is_written(b) || b"-.:[]".contains(&b));
            let is_default = port == Some(if is_https { "443" } else { "80" });
            is_name && !is_default && (is_https || is_loopback(host))
        });
        if !is_exact {
            return refuse(
                "hosts",
                &format!(
                    "has `{origin}`, which is not the origin of a page such as https://portal.contoso.com: \
                     https (or http on 127.0.0.1, [::1] or localhost), a host in lower case, a port other than the usual one"
                ),
            );
        }
    }
    Ok(())
}

/// Whether it is https, the host, and the port if there is one; of what is a scheme, a host and a port and nothing else.
fn parts_of(origin: &str) -> Option<(bool, &str, Option<&str>)> {
    let secure = origin.strip_prefix("https://");
    let authority = secure.or_else(|| origin.strip_prefix("http://"))?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_port = |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
    port.is_none_or(is_port).then_some((secure.is_some(), host, port))
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "[::1]" | "localhost")
}

pub(super) fn refuse(key: &str, why: &str) -> Result<(), ConfigProblem> {
    Err(ConfigProblem(format!("\"{key}\" {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t12_a_host_is_an_exact_origin_and_nothing_that_matches_more() {
        for (origin, is_accepted) in [
            ("https://portal.contoso.com", true),
            ("https://portal.contoso.com:8443", true),
            ("https://xn--bcher-kva.example", true),
            ("http://localhost:3000", true),
            ("http://127.0.0.1", true),
            ("https://[::1]:8080", true),
            ("http://portal.contoso.com", false),
            ("https://portal.contoso.com/", false),
            ("https://portal.contoso.com/path", false),
            ("https://portal.contoso.com:443", false),
            ("http://localhost:80", false),
            ("https://Portal.contoso.com", false),
            ("https://*.contoso.com", false),
            ("https://user@portal.contoso.com", false),
            ("https://portal.contoso.com:99999", false),
            ("https://portal.contoso.com:", false),
            ("https://bücher.example", false),
            ("https://a b", false),
            ("https://a; script-src *", false),
            ("https://", false),
            ("//portal.contoso.com", false),
            ("portal.contoso.com", false),
            ("null", false),
            ("*", false),
            ("", false),
        ] {
            let accepted = accept_hosts(&["https://a.example".to_owned(), origin.to_owned()]);
            assert_eq!(accepted.is_ok(), is_accepted, "{origin}: {accepted:?}");
        }
    }
}
