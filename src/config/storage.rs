//! The storage accounts whose blobs the page may list (decision 22).

use super::{
    Cloud, ConfigProblem,
    origin::{accept_custom_origin, refuse},
};

/// Each is a blob endpoint of the cloud, or of the emulator by the rule for origins of one's own.
pub(super) fn accept_storage(
    endpoints: &[String],
    cloud: Cloud,
    page_host: &str,
) -> Result<(), ConfigProblem> {
    for endpoint in endpoints {
        match emulator_of(endpoint).filter(|_| cloud.is_emulated()) {
            Some(origin) => accept_custom_origin("storage", origin, page_host)?,
            None if is_blob_endpoint(endpoint, cloud) => {}
            None => {
                let why = format!("has `{endpoint}`, which is no blob endpoint of this cloud");
                return refuse("storage", &why);
            }
        }
    }
    Ok(())
}

/// Whether it is a blob endpoint of the cloud, as Azure writes it: `https://{account}.blob.{suffix}`, with a slash at its
/// end or without one.
fn is_blob_endpoint(endpoint: &str, cloud: Cloud) -> bool {
    let host = endpoint.strip_prefix("https://").unwrap_or_default();
    let host = host.strip_suffix('/').unwrap_or(host);
    cloud.blob_hosts().iter().any(|end| {
        let account = host.strip_suffix(end).unwrap_or_default();
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
        !account.is_empty() && !account.starts_with('.') && account.bytes().all(is_name)
    })
}

/// The origin of the emulator that such an endpoint of its is at: `{origin}/_blob/{account}`.
fn emulator_of(endpoint: &str) -> Option<&str> {
    let (origin, account) = endpoint.split_once("/_blob/")?;
    let account = account.strip_suffix('/').unwrap_or(account);
    let is_name = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then_some(origin)
}

/// Where the blobs of an account are listed, as the configuration has it: the endpoint that Azure told of it, or the
/// emulator's own for its name. Nothing where the configuration does not name it.
pub fn listed_at<'a>(endpoints: &'a [String], name: &str, told: &str) -> Option<&'a str> {
    let bare = |text: &'a str| text.strip_suffix('/').unwrap_or(text);
    let mut endpoints = endpoints.iter().map(|endpoint| bare(endpoint));
    endpoints.find(|endpoint| {
        let is_emulated = emulator_of(endpoint).is_some() && endpoint.rsplit('/').next() == Some(name);
        is_emulated || *endpoint == told.strip_suffix('/').unwrap_or(told)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::file::tests::parse;

    #[test]
    fn t09_blobs_are_listed_only_at_endpoints_of_the_cloud() {
        let named = "https://stcontoso.blob.core.windows.net";
        for (cloud, endpoint, accepted) in [
            ("public", named, true),
            ("public", "https://stcontoso.blob.core.windows.net/", true),
            ("public", "https://stcontoso.z12.blob.storage.azure.net/", true),
            ("china", "https://st.blob.core.chinacloudapi.cn", true),
            ("usGovernment", "https://st.blob.core.usgovcloudapi.net", true),
            ("china", named, false),
            ("public", "https://*.blob.core.windows.net", false),
            ("public", "https://.blob.core.windows.net", false),
            ("public", "https://blob.core.windows.net", false),
            ("public", "http://stcontoso.blob.core.windows.net", false),
            (
                "public",
                "https://stcontoso.blob.core.windows.net/container",
                false,
            ),
            ("public", "https://evil.example/.blob.core.windows.net", false),
            ("public", "https://evil.example/_blob/sta", false),
            ("public", "http://127.0.0.1:8090/_blob/sta", false),
            ("emulator", "http://127.0.0.1:8090/_blob/sta", true),
            ("emulator", "http://127.0.0.1:8090/_blob/sta/", true),
            ("emulator", "http://127.0.0.1:8090", false),
            ("emulator", "http://127.0.0.1:8090/_blob/", false),
            ("emulator", "http://127.0.0.1:8090/_blob/a/b", false),
            ("emulator", "http://evil.example/_blob/sta", false),
            ("emulator", named, false),
        ] {
            let text = format!(
                r#"{{"cloud":"{cloud}","clientId":"11111111-2222-4333-8444-555555555555","transport":"{}","storage":["{endpoint}"]}}"#,
                if cloud == "emulator" { "worker" } else { "fetch" },
            );
            let parsed = parse(&text, "localhost");
            assert_eq!(parsed.is_ok(), accepted, "{cloud} {endpoint}: {parsed:?}");
        }
        let elsewhere =
            r#"{"cloud":"emulator","transport":"worker","storage":["http://127.0.0.1:1/_blob/a"]}"#;
        let problem = parse(elsewhere, "portal.example").unwrap_err();
        assert!(
            problem.contains("\"storage\" may be given only while"),
            "{problem}"
        );
    }

    #[test]
    fn an_account_is_asked_at_the_endpoint_that_azure_told_or_at_the_emulators() {
        let endpoints = [
            "https://sta.blob.core.windows.net/".to_owned(),
            "http://127.0.0.1:8090/_blob/stb".to_owned(),
        ];
        for (name, told, expected) in [
            (
                "sta",
                "https://sta.blob.core.windows.net/",
                Some("https://sta.blob.core.windows.net"),
            ),
            (
                "stb",
                "https://stb.blob.core.windows.net/",
                Some("http://127.0.0.1:8090/_blob/stb"),
            ),
            ("stc", "https://stc.blob.core.windows.net/", None),
            // One of that name elsewhere is another account.
            ("sta", "https://sta.z1.blob.storage.azure.net/", None),
        ] {
            assert_eq!(listed_at(&endpoints, name, told), expected, "{told}");
        }
        assert_eq!(listed_at(&[], "sta", "https://sta.blob.core.windows.net/"), None);
    }
}
