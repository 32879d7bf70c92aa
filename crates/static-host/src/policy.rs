//! The Content-Security-Policy, as a function of `config.json`.

use serde_json::Value;

/// The policy a host sends as a header for an app with this `config.json`.
///
/// Only the origins of the configured cloud may be called or framed. An ARM or sign-in origin named by the
/// configuration itself counts only on loopback, as in the app; the origins in `hosts` may embed the app.
/// `frame-ancestors` works in a header only (auth #81).
pub fn content_security_policy(config: &Value) -> String {
    let text = |key: &str| config.get(key).and_then(Value::as_str);
    // Tokens are fetched from the sign-in only for a code (decision 18).
    let is_by_code = text("flow") == Some("code");
    let mut connect = Vec::new();
    let mut frame = Vec::new();
    if let Some(cloud) = text("cloud").and_then(cloud) {
        connect.push(cloud.resource_manager);
        frame.extend(cloud.sign_in);
        connect.extend(cloud.sign_in.iter().filter(|_| is_by_code));
    }
    connect.extend(text("arm").filter(|origin| is_loopback_origin(origin)));
    let login = || text("login").filter(|origin| is_loopback_origin(origin));
    frame.extend(login());
    connect.extend(login().filter(|_| is_by_code));
    connect.extend(storage(config));

    let hosts = config.get("hosts").and_then(Value::as_array);
    let hosts = hosts
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter(|host| is_origin(host));
    let ancestors = sources(hosts);
    format!("{}; frame-ancestors {ancestors}", directives(&connect, &frame))
}

/// The policy written into the page itself, for hosts that cannot send headers.
///
/// One build serves every cloud, either flow and the loopback emulator, so it allows them all; a host's header narrows it.
/// Storage accounts it allows only where the build is made for the `config.json` that names them: anybody can have
/// one, so that to allow them all would be a way out for whatever is in the page (decision 22).
pub fn content_security_policy_of_the_page(config: &Value) -> String {
    let any_port = ["http://127.0.0.1:*", "http://localhost:*"];
    let connect: Vec<&str> = CLOUDS
        .iter()
        .flat_map(|cloud| [&[cloud.resource_manager], cloud.sign_in].concat())
        .chain(any_port)
        .chain(storage(config).filter(|origin| !is_loopback_origin(origin)))
        .collect();
    let frame: Vec<&str> = CLOUDS
        .iter()
        .flat_map(|cloud| cloud.sign_in)
        .copied()
        .chain(any_port)
        .collect();
    directives(&connect, &frame)
}

/// Where a cloud lives (auth, table of clouds).
struct Cloud {
    name: &'static str,
    resource_manager: &'static str,
    sign_in: &'static [&'static str],
    /// What the hosts of its blobs end with.
    blobs: &'static [&'static str],
}

const CLOUDS: &[Cloud] = &[
    Cloud {
        name: "public",
        resource_manager: "https://management.azure.com",
        sign_in: &["https://login.microsoftonline.com"],
        blobs: &[".blob.core.windows.net", ".blob.storage.azure.net"],
    },
    Cloud {
        name: "usGovernment",
        resource_manager: "https://management.usgovcloudapi.net",
        sign_in: &["https://login.microsoftonline.us"],
        blobs: &[".blob.core.usgovcloudapi.net"],
    },
    Cloud {
        name: "china",
        resource_manager: "https://management.chinacloudapi.cn",
        sign_in: &[
            "https://login.partner.microsoftonline.cn",
            "https://login.chinacloudapi.cn",
        ],
        blobs: &[".blob.core.chinacloudapi.cn"],
    },
];

fn cloud(name: &str) -> Option<&'static Cloud> {
    CLOUDS.iter().find(|cloud| cloud.name == name)
}

/// The origins of the storage accounts whose blobs the page may list: those of the configured cloud, and on loopback.
fn storage(config: &Value) -> impl Iterator<Item = &str> {
    let cloud = config.get("cloud").and_then(Value::as_str).and_then(cloud);
    let endpoints = config.get("storage").and_then(Value::as_array);
    let endpoints = endpoints.into_iter().flatten().filter_map(Value::as_str);
    endpoints.filter_map(move |endpoint| {
        let origin = origin_of(endpoint);
        let is_of_cloud = || cloud.is_some_and(|cloud| is_blob_endpoint(endpoint, cloud));
        (is_loopback_origin(origin) || is_of_cloud()).then_some(origin)
    })
}

/// Whether it is `https://{account}.blob.{suffix}`, with a slash at its end or without one.
fn is_blob_endpoint(endpoint: &str, cloud: &Cloud) -> bool {
    let host = endpoint.strip_prefix("https://").unwrap_or_default();
    let host = host.strip_suffix('/').unwrap_or(host);
    let accounts = cloud.blobs.iter().filter_map(|end| host.strip_suffix(end));
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.';
    accounts
        .into_iter()
        .any(|account| account.starts_with(|c: char| c != '.') && account.chars().all(is_name))
}

/// Scheme, host and port of a URL.
fn origin_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}

fn directives(connect: &[&str], frame: &[&str]) -> String {
    let connect = sources(connect.iter().copied());
    let frame = sources(frame.iter().copied());
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        &format!("connect-src {connect}"),
        "img-src 'self' data:",
        "font-src 'self'",
        "worker-src 'self'",
        &format!("frame-src {frame}"),
        "base-uri 'self'",
        "form-action 'none'",
    ]
    .join("; ")
}

fn sources<'a>(origins: impl Iterator<Item = &'a str>) -> String {
    std::iter::once("'self'")
        .chain(origins)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the text is a scheme and a host and nothing else: it goes into a header, where a `;` or a space would
/// begin another directive.
fn is_origin(text: &str) -> bool {
    let authority = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    authority.is_some_and(|authority| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
        !authority.is_empty() && authority.chars().all(allowed)
    })
}

fn is_loopback_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("http://")
        .or_else(|| text.strip_prefix("https://"))
        .unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, port)| {
        let is_port = !port.is_empty() && port.chars().all(|c| c.is_ascii_digit());
        if is_port { name } else { host }
    });
    is_origin(text) && ["127.0.0.1", "localhost", "[::1]"].contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(config: Value, expected: &[(&str, &str)]) {
        let policy = content_security_policy(&config);
        for (directive, sources) in expected {
            let found = policy
                .split("; ")
                .find_map(|part| part.strip_prefix(&format!("{directive} ")));
            assert_eq!(found, Some(*sources), "{directive} for {config}: {policy}");
        }
    }

    #[test]
    fn a_policy_allows_the_origins_of_its_cloud_and_no_other() {
        let sign_in = "'self' https://login.microsoftonline.com";
        check(
            json!({"cloud": "public"}),
            &[
                ("connect-src", "'self' https://management.azure.com"),
                ("frame-src", sign_in),
            ],
        );
        check(
            json!({"cloud": "usGovernment"}),
            &[
                ("connect-src", "'self' https://management.usgovcloudapi.net"),
                ("frame-src", "'self' https://login.microsoftonline.us"),
            ],
        );
        check(
            json!({"cloud": "china"}),
            &[("connect-src", "'self' https://management.chinacloudapi.cn")],
        );
        check(
            json!({"cloud": "mars"}),
            &[("connect-src", "'self'"), ("frame-src", "'self'")],
        );
        check(
            json!({}),
            &[
                ("connect-src", "'self'"),
                ("script-src", "'self' 'wasm-unsafe-eval'"),
            ],
        );
    }

    #[test]
    fn the_sign_in_is_called_only_where_tokens_are_fetched_for_a_code() {
        let public = "'self' https://management.azure.com";
        for (flow, expected) in [
            ("implicit", public.to_owned()),
            ("code", format!("{public} https://login.microsoftonline.com")),
            ("other", public.to_owned()),
        ] {
            check(
                json!({"cloud": "public", "flow": flow}),
                &[("connect-src", &expected)],
            );
        }
        let emulator = |login: &str| json!({"cloud": "emulator", "flow": "code", "login": login});
        check(
            emulator("http://127.0.0.1:4711"),
            &[("connect-src", "'self' http://127.0.0.1:4711")],
        );
        check(emulator("https://evil.example"), &[("connect-src", "'self'")]);
    }

    #[test]
    fn the_worker_demo_calls_nobody_and_the_server_demo_only_its_own_origins() {
        let worker = json!({"cloud": "emulator", "transport": "worker"});
        check(
            worker,
            &[
                ("connect-src", "'self'"),
                ("frame-src", "'self'"),
                ("worker-src", "'self'"),
            ],
        );
        let fetch =
            json!({"cloud": "emulator", "arm": "http://127.0.0.1:4711", "login": "http://localhost:4712"});
        check(
            fetch,
            &[
                ("connect-src", "'self' http://127.0.0.1:4711"),
                ("frame-src", "'self' http://localhost:4712"),
            ],
        );
    }

    #[test]
    fn an_origin_that_is_not_loopback_or_not_an_origin_is_left_out() {
        for arm in [
            "https://evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1:80@evil.example",
            "http://127.0.0.1:1; script-src *",
            "http://127.0.0.1:1/path",
            "http://localhost:*",
            "127.0.0.1:80",
            "",
        ] {
            check(
                json!({"cloud": "emulator", "arm": arm}),
                &[("connect-src", "'self'")],
            );
        }
        check(
            json!({"arm": "http://[::1]:9"}),
            &[("connect-src", "'self' http://[::1]:9")],
        );
    }

    #[test]
    fn only_the_configured_hosts_may_embed_the_app() {
        check(json!({"cloud": "public"}), &[("frame-ancestors", "'self'")]);
        let hosts =
            json!({"hosts": ["https://portal.contoso.com", "*", "https://a.example; script-src *", 7]});
        check(hosts, &[("frame-ancestors", "'self' https://portal.contoso.com")]);
    }

    #[test]
    fn only_the_storage_accounts_that_are_named_may_be_asked() {
        let named = "https://stcontoso.blob.core.windows.net";
        for (cloud, endpoint, expected) in [
            ("public", named, named),
            ("public", "https://stcontoso.blob.core.windows.net/", named),
            (
                "public",
                "https://stcontoso.z12.blob.storage.azure.net/",
                "https://stcontoso.z12.blob.storage.azure.net",
            ),
            (
                "china",
                "https://st.blob.core.chinacloudapi.cn",
                "https://st.blob.core.chinacloudapi.cn",
            ),
            ("china", named, ""),
            ("public", "https://*.blob.core.windows.net", ""),
            ("public", "https://.blob.core.windows.net", ""),
            ("public", "https://blob.core.windows.net", ""),
            ("public", "http://stcontoso.blob.core.windows.net", ""),
            ("public", "https://stcontoso.blob.core.windows.net/container", ""),
            ("public", "https://stcontoso.blob.core.windows.net:8443", ""),
            ("public", "https://evil.example/.blob.core.windows.net", ""),
            ("public", "https://evil.example", ""),
            ("public", "https://a; script-src * .blob.core.windows.net", ""),
            (
                "emulator",
                "http://127.0.0.1:4711/_blob/stcommercebackup",
                "http://127.0.0.1:4711",
            ),
            ("emulator", named, ""),
        ] {
            let policy = content_security_policy(&json!({"cloud": cloud, "storage": [7, endpoint]}));
            let closed = content_security_policy(&json!({"cloud": cloud}));
            let connect = |policy: &str| {
                let found = policy
                    .split("; ")
                    .find_map(|part| part.strip_prefix("connect-src "));
                found.unwrap_or_default().to_owned()
            };
            let added = connect(&policy).replacen(&connect(&closed), "", 1);
            assert_eq!(added.trim(), expected, "{cloud} {endpoint}: {policy}");
            assert_eq!(policy.replacen(&added, "", 1), closed, "and nothing else");
        }
    }

    #[test]
    fn the_policy_in_the_page_allows_what_the_header_of_any_cloud_allows() {
        let storage = json!({"cloud": "public", "storage": ["https://stcontoso.blob.core.windows.net/"]});
        let opened = content_security_policy_of_the_page(&storage);
        assert!(
            opened.contains(" https://stcontoso.blob.core.windows.net;"),
            "{opened}"
        );
        let page = content_security_policy_of_the_page(&Value::Null);
        assert!(!page.contains("blob."), "nobody named an account: {page}");
        assert!(!page.contains("frame-ancestors"), "a page cannot set it: {page}");
        for cloud in CLOUDS {
            let header = content_security_policy(&json!({"cloud": cloud.name, "flow": "code"}));
            for part in header
                .split("; ")
                .filter(|part| !part.starts_with("frame-ancestors"))
            {
                let (directive, sources) = part.split_once(' ').expect("a directive has sources");
                let in_page = page
                    .split("; ")
                    .find_map(|part| part.strip_prefix(directive))
                    .unwrap_or_default();
                for source in sources.split(' ') {
                    assert!(
                        in_page.split(' ').any(|s| s == source),
                        "{directive} {source} not in {page}"
                    );
                }
            }
        }
    }
}
