//! Where the blobs of each cloud are.

/// One of the clouds of Azure; the emulated one has the names of the public one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cloud {
    /// `portal.azure.com`.
    Public,
    /// `portal.azure.us`.
    UsGovernment,
    /// `portal.azure.cn`.
    China,
}

/// What the name of a host says of where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A blob endpoint of this cloud.
    Blobs(Cloud),
    /// An endpoint of another service of storage: its name.
    OtherService(&'static str),
    /// A host of nobody we know; a custom domain may be one.
    Unknown,
}

impl Cloud {
    const ALL: [Self; 3] = [Self::Public, Self::UsGovernment, Self::China];

    /// What this cloud is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "Azure",
            Self::UsGovernment => "Azure Government",
            Self::China => "Azure operated by 21Vianet",
        }
    }

    /// What follows `{account}.blob.` in the host of an account.
    pub fn storage_suffix(self) -> &'static str {
        match self {
            Self::Public => "core.windows.net",
            Self::UsGovernment => "core.usgovcloudapi.net",
            Self::China => "core.chinacloudapi.cn",
        }
    }
}

impl Place {
    /// The place of a lower-case host: `{account}.blob.{suffix}`, or `{account}.z1.blob.storage.azure.net` of an
    /// account with a zone of its own, which only the public cloud has.
    pub(super) fn of(host: &str) -> Self {
        let suffixes = Cloud::ALL.iter().map(|cloud| (*cloud, cloud.storage_suffix()));
        for (cloud, suffix) in suffixes.chain([(Cloud::Public, "storage.azure.net")]) {
            let Some(rest) = host.strip_suffix(suffix).and_then(|rest| rest.strip_suffix('.')) else {
                continue;
            };
            return match rest.rsplit('.').next() {
                Some("blob") if rest.len() > "blob.".len() => Self::Blobs(cloud),
                Some("dfs") => Self::OtherService("Data Lake Storage"),
                Some("file") => Self::OtherService("Azure Files"),
                Some("queue") => Self::OtherService("Queue Storage"),
                Some("table") => Self::OtherService("Table Storage"),
                Some("web") => Self::OtherService("static websites"),
                _ => Self::Unknown,
            };
        }
        Self::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_apart() {
        use Place::{Blobs, OtherService, Unknown};
        for (host, expected) in [
            ("sta.blob.core.windows.net", Blobs(Cloud::Public)),
            ("sta.z12.blob.storage.azure.net", Blobs(Cloud::Public)),
            ("sta.blob.core.usgovcloudapi.net", Blobs(Cloud::UsGovernment)),
            ("sta.blob.core.chinacloudapi.cn", Blobs(Cloud::China)),
            ("sta.dfs.core.windows.net", OtherService("Data Lake Storage")),
            ("sta.file.core.windows.net", OtherService("Azure Files")),
            ("sta.z6.web.core.windows.net", OtherService("static websites")),
            ("blob.core.windows.net", Unknown),
            ("core.windows.net", Unknown),
            ("sta.blob.core.windows.net.evil.example", Unknown),
            ("evilcore.windows.net", Unknown),
            ("backups.contoso.com", Unknown),
            ("127.0.0.1:10000", Unknown),
        ] {
            assert_eq!(Place::of(host), expected, "{host}");
        }
    }
}
