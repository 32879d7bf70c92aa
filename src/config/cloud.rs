//! The clouds Azure runs in, as data (auth #71).

use serde::Deserialize;

/// A cloud, by the name `config.json` gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Cloud {
    /// Azure's public cloud.
    Public,
    /// Azure US Government.
    UsGovernment,
    /// Azure operated by 21Vianet.
    China,
    /// The emulator of this project.
    Emulator,
}

impl TryFrom<String> for Cloud {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let clouds = [Self::Public, Self::UsGovernment, Self::China, Self::Emulator];
        choice(&word, ["public", "usGovernment", "china", "emulator"], clouds)
    }
}

/// The value of a word in `config.json`; a reader that serde derives weighs three times as much (decision 6).
pub(super) fn choice<T: Copy, const N: usize>(
    word: &str,
    words: [&str; N],
    values: [T; N],
) -> Result<T, String> {
    match index_of(word, &words) {
        Ok(index) => Ok(values[index]),
        Err(problem) => Err(problem),
    }
}

fn index_of(word: &str, words: &[&str]) -> Result<usize, String> {
    let index = words.iter().position(|known| *known == word);
    index.ok_or_else(|| format!("unknown variant `{word}`, expected one of {}", words.join(", ")))
}

/// What differs from cloud to cloud.
pub(super) struct Endpoints {
    pub login: &'static str,
    pub arm: &'static str,
    pub audience: &'static str,
}

impl Cloud {
    /// Where the cloud is reached; the emulator in a worker has an address that no network knows.
    pub(super) fn endpoints(self) -> Endpoints {
        let (login, arm, audience) = match self {
            Self::Public => (
                "https://login.microsoftonline.com",
                "https://management.azure.com",
                "https://management.azure.com",
            ),
            Self::UsGovernment => (
                "https://login.microsoftonline.us",
                "https://management.usgovcloudapi.net",
                "https://management.core.usgovcloudapi.net",
            ),
            Self::China => (
                "https://login.partner.microsoftonline.cn",
                "https://management.chinacloudapi.cn",
                "https://management.chinacloudapi.cn",
            ),
            Self::Emulator => ("", "https://arm.emulator.invalid", "https://management.azure.com"),
        };
        Endpoints { login, arm, audience }
    }

    /// What the hosts of its blobs end with.
    pub(super) fn blob_hosts(self) -> &'static [&'static str] {
        match self {
            Self::Public => &[".blob.core.windows.net", ".blob.storage.azure.net"],
            Self::UsGovernment => &[".blob.core.usgovcloudapi.net"],
            Self::China => &[".blob.core.chinacloudapi.cn"],
            Self::Emulator => &[],
        }
    }

    /// Whether what is shown is made up.
    pub fn is_emulated(self) -> bool {
        self == Self::Emulator
    }
}
