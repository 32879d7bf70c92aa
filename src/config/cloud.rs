//! The clouds Azure runs in, as data (auth #71).

use serde::Deserialize;

/// A cloud, by the name `config.json` gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
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

    /// Whether what is shown is made up.
    pub fn is_emulated(self) -> bool {
        self == Self::Emulator
    }
}
