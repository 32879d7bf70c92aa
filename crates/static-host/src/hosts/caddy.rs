//! Caddy 2.6 or later.

use super::{Asked, BRIDGE, FILE, HASHED, Site};
use std::fmt::Write as _;

/// A snippet to be imported into a site block; the build lies in `folder`.
pub fn caddy(site: &Site, folder: &str) -> String {
    let Site { base, .. } = site;
    let mut text = format!(
        "# pg-backup-portal below {base}; its files lie in {folder}.\n\
         # In a site block:  import /etc/caddy/pg-backup-portal\n\n"
    );
    if let Some(prefix) = site.prefix() {
        let _ = writeln!(text, "redir {prefix} {base} 301\n");
    }
    let _ = writeln!(
        text,
        "handle_path {base}* {{\n\
         \troot * {folder}\n\n\
         \t@page path_regexp ^(?:/index\\.html|/(?:.*/)?[^/.]*)$\n\
         \t@hashed {{\n\t\tpath_regexp ^/{HASHED}$\n\t\tfile\n\t}}\n\
         \t@bridge path {BRIDGE}\n\
         \t@file {{\n\t\tpath_regexp ^/{FILE}$\n\t\tnot path /index.html {BRIDGE}\n\t\tnot {{\n\t\t\tpath_regexp ^/{HASHED}$\n\t\t\tfile\n\t\t}}\n\t}}\n"
    );
    for (matcher, asked) in [
        ("page", Asked::Page),
        ("hashed", Asked::Hashed),
        ("file", Asked::File),
        ("bridge", Asked::Bridge),
    ] {
        let _ = writeln!(text, "\theader @{matcher} {{");
        for (name, value) in site.headers(asked) {
            let _ = writeln!(text, "\t\t{name} \"{value}\"");
        }
        text.push_str("\t}\n");
    }
    text.push_str("\n\trewrite @page /index.html\n\tfile_server {\n\t\tprecompressed br gzip\n\t}\n}\n");
    text
}
