//! What is chosen in the wizard, as the URL's query has it; pure.
//!
//! The query is the first home of the choices, so that each step is a link. What a choice makes void goes with it.

use arm_client::data_protection::DatasourceKind;
use arm_core::ResourceId;

use crate::routes::{BACKUP_VAULT, FLEXIBLE_SERVER};

/// The resource type of a database of a legacy single server.
pub const DATABASE: &str = "Microsoft.DBforPostgreSQL/servers/databases";

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Step {
    /// Datasource type and vault.
    #[default]
    Basics,
    /// The policy.
    Policy,
    /// What is protected.
    Datasources,
    /// What Azure says of it, and the act.
    Review,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Basics, Self::Policy, Self::Datasources, Self::Review];

    /// Its name, in the portal's words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Basics => "Basics",
            Self::Policy => "Backup policy",
            Self::Datasources => "Datasources",
            Self::Review => "Review + configure",
        }
    }

    /// Its word in the query.
    const fn word(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Policy => "policy",
            Self::Datasources => "datasources",
            Self::Review => "review",
        }
    }

    /// The step after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    /// The step before it.
    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| *step < self)
    }
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// What kind of thing is protected.
    pub kind: DatasourceKind,
    /// By which vault.
    pub vault: Option<ResourceId>,
    /// The name of the policy, which is the vault's.
    pub policy: Option<String>,
    /// The servers or databases, in the order in which they were added.
    pub sources: Vec<ResourceId>,
    /// The step that is asked for.
    pub step: Step,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            kind: DatasourceKind::FlexibleServer,
            vault: None,
            policy: None,
            sources: Vec::new(),
            step: Step::Basics,
        }
    }
}

impl Choices {
    /// What the query says. What cannot be read is left out, so that a mistyped link still opens the wizard.
    pub fn from_query(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let mut found = pairs.iter().filter(|(key, _)| key == name);
            found.next_back().map(|(_, value)| value.as_str())
        };
        let mut sources: Vec<ResourceId> = Vec::new();
        for (_, id) in pairs.iter().filter(|(key, _)| key == "server") {
            if let Ok(id) = id.parse()
                && kind_of(&id).is_some()
                && !sources.contains(&id)
            {
                sources.push(id);
            }
        }
        let named = match value("type") {
            Some("flexible-server") => Some(DatasourceKind::FlexibleServer),
            Some("database") => Some(DatasourceKind::SingleServerDatabase),
            _ => None,
        };
        // A link for one thing need not say what it is.
        let kind = named
            .or_else(|| sources.first().and_then(kind_of))
            .unwrap_or(DatasourceKind::FlexibleServer);
        sources.retain(|id| kind_of(id) == Some(kind));
        let vault: Option<ResourceId> = value("vault").and_then(|id| id.parse().ok());
        let vault = vault.filter(|id| is_of_type(id, BACKUP_VAULT));
        let policy = value("policy").filter(|name| {
            let vault = vault.as_ref();
            vault.is_some_and(|vault| vault.child("backupPolicies", name).is_ok())
        });
        let step = value("step").and_then(|word| Step::ALL.into_iter().find(|step| step.word() == word));
        Self {
            kind,
            policy: policy.map(str::to_owned),
            vault,
            sources,
            step: step.unwrap_or_default(),
        }
    }

    /// The query that says it.
    pub fn to_query(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
        if self.kind == DatasourceKind::SingleServerDatabase {
            put("type", "database");
        }
        if let Some(vault) = &self.vault {
            put("vault", vault.as_str());
        }
        if let Some(policy) = &self.policy {
            put("policy", policy);
        }
        for source in &self.sources {
            put("server", source.as_str());
        }
        if self.step != Step::Basics {
            put("step", self.step.word());
        }
        pairs
    }

    /// The id of the policy.
    pub fn policy_id(&self) -> Option<ResourceId> {
        let (vault, policy) = (self.vault.as_ref()?, self.policy.as_ref()?);
        vault.child("backupPolicies", policy).ok()
    }

    /// With another kind of datasource, which makes policy and datasources void.
    #[must_use]
    pub fn with_kind(mut self, kind: DatasourceKind) -> Self {
        if self.kind != kind {
            self.kind = kind;
            self.policy = None;
            self.sources.clear();
        }
        self
    }

    /// With another vault, which makes the policy void: it is the vault's.
    ///
    /// Azure spells the ids of vaults in two ways; the URL, and what is sent, has the one of the documents.
    #[must_use]
    pub fn with_vault(mut self, vault: ResourceId) -> Self {
        let group = vault.resource_group().unwrap_or_default();
        let spelled =
            ResourceId::in_resource_group(vault.subscription_id(), group, BACKUP_VAULT, vault.name());
        let vault = spelled.unwrap_or(vault);
        if self.vault.as_ref() != Some(&vault) {
            self.policy = None;
        }
        self.vault = Some(vault);
        self
    }

    /// With another policy.
    #[must_use]
    pub fn with_policy(mut self, name: String) -> Self {
        self.policy = Some(name);
        self
    }

    /// With more to protect; nothing stands twice.
    #[must_use]
    pub fn with_sources(mut self, more: Vec<ResourceId>) -> Self {
        for source in more {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
        self
    }

    /// With one thing less to protect.
    #[must_use]
    pub fn without_source(mut self, source: &ResourceId) -> Self {
        self.sources.retain(|known| known != source);
        self
    }

    /// At another step.
    #[must_use]
    pub fn at(mut self, step: Step) -> Self {
        self.step = step;
        self
    }

    /// What a step lacks, of what is chosen in it: a sentence.
    pub fn lacks(&self, step: Step) -> Option<&'static str> {
        match step {
            Step::Basics => self.vault.is_none().then_some("Choose a backup vault."),
            Step::Policy => self.policy.is_none().then_some("Choose a backup policy."),
            Step::Datasources => self.sources.is_empty().then_some(match self.kind {
                DatasourceKind::FlexibleServer => "Add at least one server.",
                DatasourceKind::SingleServerDatabase => "Add at least one database.",
            }),
            Step::Review => None,
        }
    }

    /// Whether a step can be opened: nothing is lacking in those before it.
    pub fn may_open(&self, step: Step) -> bool {
        let mut before = Step::ALL.into_iter().filter(|before| *before < step);
        before.all(|before| self.lacks(before).is_none())
    }

    /// The step that is shown: the one asked for, or the first before it that lacks something.
    pub fn shown(&self) -> Step {
        let mut before = Step::ALL.into_iter().filter(|before| *before < self.step);
        before
            .find(|before| self.lacks(*before).is_some())
            .unwrap_or(self.step)
    }
}

/// What kind of datasource an id is one of.
fn kind_of(id: &ResourceId) -> Option<DatasourceKind> {
    if is_of_type(id, FLEXIBLE_SERVER) {
        Some(DatasourceKind::FlexibleServer)
    } else if is_of_type(id, DATABASE) {
        Some(DatasourceKind::SingleServerDatabase)
    } else {
        None
    }
}

fn is_of_type(id: &ResourceId, expected: &str) -> bool {
    id.resource_type()
        .is_some_and(|kind| kind.eq_ignore_ascii_case(expected))
}

#[cfg(test)]
mod tests;
