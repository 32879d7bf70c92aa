//! The client and what its parts share.

use std::rc::Rc;

use arm_core::{Clock, Headers, Method, ResourceId, Transport};
use serde::de::DeserializeOwned;

use crate::{
    ArmError, ArmOrigin, ArmUrl, ContinuationToken, Credential, Operation, Poller,
    authorization::Authorization,
    data_protection::DataProtection,
    key_vault::KeyVaults,
    pipeline::{Call, Repetition},
    postgres::{Backups, FlexibleServers, SingleServers, long_term_retention::LongTermRetention},
    resources::{ResourceGraph, Subscriptions},
    storage::StorageAccounts,
};

/// A client of Azure Resource Manager; cloning it is cheap.
#[derive(Clone)]
pub struct ArmClient {
    pub(crate) shared: Rc<Shared>,
    pub(crate) tenant: Option<String>,
    pub(crate) headers: Headers,
    /// Whether no request is sent again, whatever it is.
    sends_once: bool,
}

/// What was handed in.
pub(crate) struct Shared {
    pub(crate) origin: ArmOrigin,
    pub(crate) transport: Rc<dyn Transport>,
    pub(crate) clock: Rc<dyn Clock>,
    pub(crate) credential: Rc<dyn Credential>,
}

impl ArmClient {
    /// A client of the Azure Resource Manager at `origin`.
    pub fn new(
        origin: ArmOrigin,
        transport: Rc<dyn Transport>,
        clock: Rc<dyn Clock>,
        credential: Rc<dyn Credential>,
    ) -> Self {
        let shared = Shared {
            origin,
            transport,
            clock,
            credential,
        };
        Self {
            shared: Rc::new(shared),
            tenant: None,
            headers: Headers::default(),
            sends_once: false,
        }
    }

    /// The same client without repetition: a refusal for want of quota comes back at once, with the wait it asks for.
    ///
    /// For a caller who has many requests to make and slows all of them down by one answer.
    #[must_use]
    pub fn sending_once(mut self) -> Self {
        self.sends_once = true;
        self
    }

    /// The tenant whose tokens it asks for, where that is not the credential's own.
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// The same client with tokens of another tenant (auth #27).
    #[must_use]
    pub fn for_tenant(mut self, tenant: impl Into<String>) -> Self {
        self.tenant = Some(tenant.into());
        self
    }

    /// The same client with one more header field on each request.
    ///
    /// It goes with every poll and the final read of an operation begun so. `Authorization` is the
    /// credential's and cannot be set here.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if !name.eq_ignore_ascii_case("authorization") {
            self.headers.set(name, value);
        }
        self
    }

    /// The user's subscriptions, tenants and resource groups.
    pub fn subscriptions(&self) -> Subscriptions {
        Subscriptions::new(self.clone())
    }

    /// Azure Resource Graph: queries over all subscriptions.
    pub fn resource_graph(&self) -> ResourceGraph {
        ResourceGraph::new(self.clone())
    }

    /// Azure Database for PostgreSQL flexible servers.
    pub fn flexible_servers(&self) -> FlexibleServers {
        FlexibleServers::new(self.clone())
    }

    /// The backups of one flexible server.
    pub fn backups(&self, server: &ResourceId) -> Backups {
        Backups::new(self.clone(), server.clone())
    }

    /// The long-term retention backups of one flexible server.
    pub fn long_term_retention(&self, server: &ResourceId) -> LongTermRetention {
        LongTermRetention::new(self.clone(), server.clone())
    }

    /// The storage accounts to which backups are written.
    pub fn storage_accounts(&self) -> StorageAccounts {
        StorageAccounts::new(self.clone())
    }

    /// Azure Backup: vaults, policies, and what they protect.
    pub fn data_protection(&self) -> DataProtection {
        DataProtection::new(self.clone())
    }

    /// Roles: who has which one where.
    pub fn authorization(&self) -> Authorization {
        Authorization::new(self.clone())
    }

    /// Key vaults and the addresses of their secrets.
    pub fn key_vaults(&self) -> KeyVaults {
        KeyVaults::new(self.clone())
    }

    /// Legacy single servers and their databases.
    pub fn single_servers(&self) -> SingleServers {
        SingleServers::new(self.clone())
    }

    /// Begins a long-running operation of any provider.
    ///
    /// # Errors
    /// When the service does not take the request; see [`ArmError`]. What it says later comes from the poller.
    pub async fn begin<T: DeserializeOwned>(&self, operation: &Operation) -> Result<Poller<T>, ArmError> {
        Poller::begin(self.clone(), operation).await
    }

    /// Goes on following an operation begun earlier, perhaps in another tab or before a reload.
    ///
    /// # Errors
    /// When the token is no token of this client, or of an operation at another origin.
    pub fn resume<T: DeserializeOwned>(&self, token: &ContinuationToken) -> Result<Poller<T>, ArmError> {
        Poller::resume(self.clone(), token)
    }

    /// The URL of a path with its api-version.
    pub(crate) fn url(&self, path: &str, api_version: &str) -> Result<ArmUrl, ArmError> {
        Ok(self
            .shared
            .origin
            .url(&format!("{path}?api-version={api_version}"))?)
    }

    /// A request without a body.
    pub(crate) fn call(&self, method: Method, url: ArmUrl, repetition: Repetition) -> Call {
        Call {
            method,
            url,
            headers: self.headers.clone(),
            body: None,
            repetition: if self.sends_once {
                Repetition::Never
            } else {
                repetition
            },
            tenant: self.tenant.clone(),
        }
    }

    /// Reads one resource.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        api_version: &str,
    ) -> Result<T, ArmError> {
        let call = self.call(Method::Get, self.url(path, api_version)?, Repetition::Converges);
        let answer = self.send(&call).await?;
        crate::pipeline::read_body(&answer.response)
    }
}
