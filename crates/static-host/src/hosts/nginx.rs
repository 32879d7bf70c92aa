//! nginx 1.18 or later.

use super::{Asked, BRIDGE, FILE, HASHED, Site};
use std::fmt::Write as _;

/// Locations to be included in a `server` block; the build lies in `folder`.
///
/// `gzip_static` is in every common package; `brotli_static` needs a module and is there as a comment.
pub fn nginx(site: &Site, folder: &str) -> String {
    let Site { base, .. } = site;
    let inside = regex_of(base);
    let mut text = format!(
        "# pg-backup-portal below {base}; its files lie in {folder}.\n\
         # In a server block:  include /etc/nginx/pg-backup-portal.conf;\n\
         # Types come from nginx's own list:  include mime.types;  (in the http block, with application/wasm)\n\n"
    );
    if let Some(prefix) = site.prefix() {
        let _ = writeln!(text, "location = {prefix} {{ return 301 {base}; }}\n");
    }
    let relative = format!("rewrite \"^{inside}(.*)$\" /$1 break;");
    let mut location = |of: &str, asked: Asked, what: &[&str]| {
        let _ = writeln!(text, "location {of} {{\n    root {folder};");
        for line in what.iter().chain(COMPRESSED) {
            let _ = writeln!(text, "    {line}");
        }
        for (name, value) in site.headers(asked) {
            let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
        }
        text.push_str("}\n\n");
    };
    let index = "rewrite ^ /index.html break;";
    // A missing file has a location of its own: it must not be remembered as long as one with a hash.
    let file = [
        relative.as_str(),
        "try_files $uri =404;",
        "error_page 404 @pg_backup_portal_missing;",
    ];
    location(&format!("= {base}index.html"), Asked::Page, &[index]);
    let bridge = format!("= {base}{}", BRIDGE.trim_start_matches('/'));
    location(&bridge, Asked::Bridge, &file);
    location(&format!("~ \"^{inside}{HASHED}$\""), Asked::Hashed, &file);
    location(&format!("~ \"^{inside}{FILE}$\""), Asked::File, &file);
    location(base, Asked::Page, &[index]);
    text.push_str("location @pg_backup_portal_missing {\n    default_type text/plain;\n");
    for (name, value) in site.headers(Asked::File) {
        let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
    }
    text.push_str("    return 404 \"There is no such file.\\n\";\n}\n");
    text
}

const COMPRESSED: &[&str] = &[
    "charset utf-8;",
    "gzip_static on;",
    "# brotli_static on;  # with ngx_brotli (Debian: libnginx-mod-http-brotli-static)",
];

/// The base path as a regular expression: of its characters only the dot means something else there.
fn regex_of(base: &str) -> String {
    base.replace('.', r"\.")
}
