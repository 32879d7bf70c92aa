//! The URL of a container, as somebody pastes it.

use std::fmt;

use super::ContainerName;

/// Where a container is, without anything that lets somebody in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContainerUrl {
    /// The host of the account's blob endpoint, in lower case.
    pub host: String,
    /// The container.
    pub container: ContainerName,
}

/// Why a text is no URL of a container; nothing of the text is in it, as it may hold a SAS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidContainerUrl {
    /// It does not begin with `https://` and a host.
    NotAUrl,
    /// It has a query, such as a SAS, which the restore neither needs nor takes.
    Query,
    /// It names no container, or something in one.
    Path,
    /// What it names can be no container.
    Name,
}

impl ContainerUrl {
    /// The name of the account, where the host is one of Azure's.
    pub fn account(&self) -> &str {
        self.host.split('.').next().unwrap_or_default()
    }
}

impl std::str::FromStr for ContainerUrl {
    type Err = InvalidContainerUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let rest = lower
            .strip_prefix("https://")
            .map(|rest| &text[text.len() - rest.len()..]);
        let rest = rest.ok_or(InvalidContainerUrl::NotAUrl)?;
        if rest.contains(['?', '#']) {
            return Err(InvalidContainerUrl::Query);
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
        if host.is_empty() || !host.chars().all(is_host) {
            return Err(InvalidContainerUrl::NotAUrl);
        }
        let name = path.strip_suffix('/').unwrap_or(path);
        if name.is_empty() || name.contains('/') {
            return Err(InvalidContainerUrl::Path);
        }
        Ok(Self {
            host: host.to_ascii_lowercase(),
            container: name.parse().map_err(|_| InvalidContainerUrl::Name)?,
        })
    }
}

impl fmt::Display for ContainerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "https://{}/{}", self.host, self.container)
    }
}

impl fmt::Display for InvalidContainerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAUrl => "it does not begin with https:// and the host of a storage account",
            Self::Query => "it has something after a question mark; a restore needs no SAS, so paste the address alone",
            Self::Path => "it does not end with the name of a container",
            Self::Name => "the name at its end can be no container's: 3 to 63 lower-case letters, digits and single dashes",
        })
    }
}

impl std::error::Error for InvalidContainerUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_named_by_its_address_alone() {
        use InvalidContainerUrl::{Name, NotAUrl, Path, Query};
        for (text, expected) in [
            (
                "https://sta.blob.core.windows.net/restored",
                Ok("https://sta.blob.core.windows.net/restored"),
            ),
            (
                " HTTPS://STA.blob.core.windows.net/restored/ ",
                Ok("https://sta.blob.core.windows.net/restored"),
            ),
            ("http://sta.blob.core.windows.net/restored", Err(NotAUrl)),
            ("sta/restored", Err(NotAUrl)),
            ("https:///restored", Err(NotAUrl)),
            ("https://user@sta/restored", Err(NotAUrl)),
            (
                "https://sta.blob.core.windows.net/restored?sv=1&sig=x",
                Err(Query),
            ),
            ("https://sta.blob.core.windows.net", Err(Path)),
            ("https://sta.blob.core.windows.net/", Err(Path)),
            ("https://sta.blob.core.windows.net/restored/file.sql", Err(Path)),
            ("https://sta.blob.core.windows.net/Restored", Err(Name)),
            ("", Err(NotAUrl)),
        ] {
            let read = text.parse::<ContainerUrl>().map(|url| url.to_string());
            assert_eq!(read.as_deref(), expected.as_ref().copied(), "{text}");
        }
        let url: ContainerUrl = "https://sta.blob.core.windows.net/restored"
            .parse()
            .expect("a URL");
        assert_eq!(url.account(), "sta");
    }
}
