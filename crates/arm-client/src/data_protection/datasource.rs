//! What can be protected.

use arm_core::ResourceId;
use serde_json::{Value, json};

/// A kind of datasource, in the words of Azure Backup (reference B3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatasourceKind {
    /// A flexible server, with all its databases.
    FlexibleServer,
    /// One database of a legacy single server.
    SingleServerDatabase,
}

/// Something that can be protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datasource {
    /// What kind of thing it is.
    pub kind: DatasourceKind,
    /// The id of the server or the database.
    pub id: ResourceId,
    /// Its region.
    pub location: String,
}

impl DatasourceKind {
    /// `datasourceType` on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FlexibleServer => "Microsoft.DBforPostgreSQL/flexibleServers",
            Self::SingleServerDatabase => "Microsoft.DBforPostgreSQL/servers/databases",
        }
    }

    /// The kind with this `datasourceType`; names are compared without case.
    pub fn of(datasource_type: &str) -> Option<Self> {
        [Self::FlexibleServer, Self::SingleServerDatabase]
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(datasource_type))
    }
}

impl Datasource {
    /// The server whose rights matter: itself, or that of the database.
    pub fn server(&self) -> ResourceId {
        match self.kind {
            DatasourceKind::FlexibleServer => self.id.clone(),
            DatasourceKind::SingleServerDatabase => self.id.parent().unwrap_or_else(|| self.id.clone()),
        }
    }

    /// `dataSourceInfo`, member by member as in the documents.
    pub(super) fn info(&self) -> Value {
        let kind = self.kind.as_str();
        self.member(&self.id, kind, "Datasource")
    }

    /// `dataSourceSetInfo`: the server again, or the server of the database.
    pub(super) fn set(&self) -> Value {
        let kind = match self.kind {
            DatasourceKind::FlexibleServer => self.kind.as_str(),
            DatasourceKind::SingleServerDatabase => "Microsoft.DBforPostgreSQL/servers",
        };
        self.member(&self.server(), kind, "DatasourceSet")
    }

    fn member(&self, id: &ResourceId, resource_type: &str, object: &str) -> Value {
        json!({
            "resourceID": id,
            "resourceUri": "",
            "datasourceType": self.kind.as_str(),
            "resourceName": id.name(),
            "resourceType": resource_type,
            "resourceLocation": self.location,
            "objectType": object,
        })
    }
}

/// The name of a new instance: `{server}-{guid}`, of a database `{server}-{database}-{guid}` (S1, S4).
pub fn instance_name(datasource: &Datasource, guid: &str) -> String {
    let server = datasource.server();
    match datasource.kind {
        DatasourceKind::FlexibleServer => format!("{}-{guid}", server.name()),
        DatasourceKind::SingleServerDatabase => format!("{}-{}-{guid}", server.name(), datasource.id.name()),
    }
}
