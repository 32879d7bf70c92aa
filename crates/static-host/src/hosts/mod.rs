//! The same rules in the words of real hosts: what [`headers`](crate::headers) says and [`router`](crate::router) does,
//! as configurations to be used or to start from.

mod azure_storage;
mod caddy;
mod container;
mod nginx;
mod static_web_apps;

use crate::headers::{BRIDGE, ENTRIES, headers};
use serde_json::Value;

pub use nginx::nginx;

/// A file for whoever runs the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// Its name.
    pub name: &'static str,
    /// Its content.
    pub content: String,
}

/// Where the files lie on hosts that name a folder.
pub const FOLDER: &str = "/srv/pg-backup-portal";

/// The configurations for a build that is served below `base` (which begins and ends with `/`) with this `config.json`.
pub fn configurations(config: &Value, base: &str) -> Vec<Configuration> {
    let site = Site::new(config, base);
    [
        ("nginx.conf", nginx::nginx(&site, FOLDER)),
        ("Caddyfile", caddy::caddy(&site, FOLDER)),
        ("Containerfile", container::containerfile()),
        ("container.conf", container::server(&site)),
        (
            "staticwebapp.config.json",
            static_web_apps::static_web_apps(&site),
        ),
        ("azure-storage.sh", azure_storage::azure_storage(&site)),
    ]
    .map(|(name, content)| Configuration { name, content })
    .into()
}

/// What is served where.
pub struct Site {
    base: String,
    config: Value,
}

/// What is asked for, as far as the headers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// A page of the app, which is index.html.
    Page,
    /// A file whose name, or whose folder's, holds the hash of the content.
    Hashed,
    /// Any other file.
    File,
    /// The page to which frames and windows come back from the sign-in.
    Bridge,
}

/// Paths relative to the base, without a slash in front, as regular expressions that PCRE and RE2 both read.
const HASHED: &str =
    r"(?:.*/)?[^/]*-[0-9a-f]{16}(?:(?:\.|_[^/]*\.)[^/]*|(?:[._][^/]*)?/(?:.*/)?[^/]*\.[^/]*)";
const FILE: &str = r"(?:.*/)?[^/]*\.[^/]*";

impl Site {
    /// A site below a base path that begins and ends with `/`.
    pub fn new(config: &Value, base: &str) -> Self {
        Self {
            base: base.to_owned(),
            config: config.clone(),
        }
    }

    fn headers(&self, asked: Asked) -> Vec<(&'static str, String)> {
        headers(asked.example(), &self.config)
    }

    /// The base without its last slash; nothing where the site is at the top.
    fn prefix(&self) -> Option<&str> {
        self.base.strip_suffix('/').filter(|prefix| !prefix.is_empty())
    }
}

impl Asked {
    /// A path that has its headers.
    fn example(self) -> &'static str {
        match self {
            Self::Page => "/",
            Self::Hashed => "/app-0123456789abcdef.js",
            Self::File => "/config.json",
            Self::Bridge => BRIDGE,
        }
    }
}
