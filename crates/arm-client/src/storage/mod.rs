//! Azure Storage (`Microsoft.Storage`): accounts, containers, and what lets somebody into a container.

mod account;
mod account_change;
mod blob_list;
mod cloud;
mod container;
mod container_name;
mod container_url;
mod cors;
mod judge;
mod restore_target;
mod sas_finding;
mod sas_time;
mod sas_uri;
mod service_sas;
mod storage_accounts;

pub use account::{SasPolicy, StorageAccount};
pub use account_change::{AccountChange, ChangedMember};
pub use blob_list::{BlobItem, BlobPage};
pub use cloud::Cloud;
pub use container::BlobContainer;
pub use container_name::{ContainerName, InvalidContainerName};
pub use container_url::{ContainerUrl, InvalidContainerUrl};
pub use cors::BlobCors;
pub use judge::judge;
pub use restore_target::{
    Mending, RestoreTargetFacts, TargetFinding, TargetRule, TargetSeverity, judge_restore_target,
    judge_unread_account,
};
pub use sas_finding::{SasFinding, SasRule, SasSeverity};
pub use sas_uri::{InvalidSasUri, SasUri};
pub use service_sas::ServiceSasRequest;
pub use storage_accounts::StorageAccounts;
