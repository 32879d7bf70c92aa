//! The static website of an Azure storage account.

use super::{Asked, BRIDGE, ENTRIES, Site};

/// The commands that put a build there, and what such a host cannot do.
pub fn azure_storage(site: &Site) -> String {
    let cache = |asked| {
        let headers = site.headers(asked).into_iter();
        headers
            .filter_map(|(name, value)| (name == "cache-control").then_some(value))
            .collect::<String>()
    };
    let (hashed, file, bridge) = (cache(Asked::Hashed), cache(Asked::File), cache(Asked::Bridge));
    let path = site
        .prefix()
        .map(|prefix| format!("--destination-path '{}' ", prefix.trim_start_matches('/')));
    let path = path.unwrap_or_default();
    format!(
        "#!/bin/sh\n\
         # Puts a build into the static website of a storage account:  sh azure-storage.sh ACCOUNT FOLDER\n\
         #\n\
         # What such a host cannot do:\n\
         # - send headers of its own. The policy then stands in the page alone, which allows the origins of every\n\
         #   built-in cloud, nobody is kept from framing the app (frame-ancestors works in a header only), and no page of\n\
         #   another origin can have it as an element: a CDN or Azure Front Door in front can send them.\n\
         # - answer a page of the app with 200. A deep link is answered 404 with the app in it, which browsers show; some\n\
         #   proxies replace it.\n\
         # - choose between compressed copies. They are not put there.\n\
         set -eu\n\
         account=$1\n\
         build=$2\n\
         az storage blob service-properties update --auth-mode login --account-name \"$account\" \\\n    \
             --static-website true --index-document index.html --404-document {error}\n\
         upload() {{\n    \
             az storage blob upload-batch --auth-mode login --account-name \"$account\" --overwrite true \\\n        \
                 --source \"$build\" --destination '$web' {path}--pattern \"$1\" --content-cache-control \"$2\"\n\
         }}\n\
         for ending in js css wasm svg; do\n    \
             upload \"*.$ending\" '{hashed}'\n\
         done\n\
         for ending in json txt html ts; do\n    \
             upload \"*.$ending\" '{file}'\n\
         done\n\
         for entry in {entries}; do\n    \
             upload \"$entry\" '{file}'\n\
         done\n\
         upload {bridge_file} '{bridge}'\n",
        entries = ENTRIES.map(|entry| entry.trim_start_matches('/')).join(" "),
        bridge_file = BRIDGE.trim_start_matches('/'),
        error = format_args!("{}404.html", site.base.trim_start_matches('/')),
    )
}
