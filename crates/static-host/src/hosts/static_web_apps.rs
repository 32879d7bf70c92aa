//! Azure Static Web Apps.

use super::{Asked, BRIDGE, ENTRIES, Site};
use serde_json::{Map, Value, json};

/// The endings of files that always have a hash in their name, in a build without the demo.
pub const HASHED_ENDINGS: [&str; 4] = ["js", "css", "wasm", "svg"];
/// The endings of the other files of a build.
const OTHER_ENDINGS: [&str; 5] = ["html", "json", "txt", "png", "ts"];

/// The host's configuration, which lies beside index.html. It compresses by itself and knows no copies.
///
/// A route can only be told by its beginning and its ending, so what has a hash is told by its ending.
pub fn static_web_apps(site: &Site) -> String {
    let Site { base, .. } = site;
    let of = |asked| {
        let headers = site.headers(asked).into_iter();
        headers
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect::<Map<_, _>>()
    };
    let all = of(Asked::Page);
    let differing = |asked| {
        let own = of(asked);
        let mut different: Map<String, Value> = own
            .iter()
            .filter(|(name, value)| all.get(*name) != Some(value))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        // An empty value takes a global header away.
        different.extend(
            all.keys()
                .filter(|name| !own.contains_key(*name))
                .map(|name| (name.clone(), json!(""))),
        );
        different
    };
    let hashed = HASHED_ENDINGS.join(",");
    let endings = [&HASHED_ENDINGS[..], &OTHER_ENDINGS].concat().join(",");
    let route = |path: &str, headers: Map<String, Value>| json!({ "route": format!("{base}{}", path.trim_start_matches('/')), "headers": headers });
    // The first that fits counts.
    let mut routes = vec![
        route("index.html", all.clone()),
        route(BRIDGE, differing(Asked::Bridge)),
    ];
    routes.extend(ENTRIES.map(|entry| route(entry, differing(Asked::File))));
    routes.push(route(&format!("*.{{{hashed}}}"), differing(Asked::Hashed)));
    routes.push(route(
        &format!("*.{{{}}}", OTHER_ENDINGS.join(",")),
        differing(Asked::File),
    ));
    let configuration = json!({
        "globalHeaders": all,
        "routes": routes,
        "navigationFallback": {
            "rewrite": format!("{base}index.html"),
            "exclude": [format!("{base}*.{{{endings}}}")],
        },
        "mimeTypes": { ".wasm": "application/wasm" },
    });
    format!("{configuration:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_the_headers_of_its_path() {
        let site = Site::new(
            &json!({"cloud": "public", "hosts": ["https://portal.contoso.com"]}),
            "/portal/",
        );
        let configuration: Value = serde_json::from_str(&static_web_apps(&site)).unwrap();
        let global = configuration["globalHeaders"].as_object().unwrap();
        let expected = [
            Asked::Page,
            Asked::Bridge,
            Asked::File,
            Asked::File,
            Asked::Hashed,
            Asked::File,
        ];
        for (number, asked) in expected.into_iter().enumerate() {
            let route = &configuration["routes"][number];
            assert!(
                route["route"].as_str().unwrap().starts_with("/portal/"),
                "{route}"
            );
            let mut sent = global.clone();
            assert_eq!(
                ["element.js", "embed.js"]
                    .iter()
                    .any(|entry| route["route"].as_str().unwrap().ends_with(entry)),
                [2, 3].contains(&number),
                "{route}"
            );
            sent.extend(route["headers"].as_object().unwrap().clone());
            sent.retain(|_, value| value != "");
            let expected: Map<_, _> = site
                .headers(asked)
                .into_iter()
                .map(|(name, value)| (name.to_owned(), json!(value)))
                .collect();
            assert_eq!(sent, expected, "{asked:?}");
        }
        assert!(
            global["content-security-policy"]
                .as_str()
                .unwrap()
                .contains("https://portal.contoso.com")
        );
    }
}
