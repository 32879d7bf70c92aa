//! What is chosen and typed, and the request that comes of it.

use arm_client::{
    data_protection::{DatasourceKind, RecoveryPoint, RestoreRequest, RestoreTarget},
    postgres::{SingleDatabase, SingleServer},
    storage::StorageAccount,
};
use arm_core::ResourceId;
use leptos::html;

use super::{
    begin::begin_with,
    draft::{DRAFTS, Draft},
    known::{Known, use_databases},
    prefix::{judge_database, judge_prefix},
    request::{self, Place, without_query},
    state::{Choices, Given, Way},
};
use crate::{
    components::{protection::secret, storage::offer},
    hooks::Reading,
    location::use_query_pairs,
    pages::vaults::instance::{Command, reason_not_to},
    prelude::*,
    routes,
    session::use_session,
};

/// The fields and what follows from them.
#[derive(Clone, Copy)]
pub struct Form {
    /// What is known of Azure.
    pub known: Known,
    /// The `recoveryPointId` that is chosen.
    pub point: RwSignal<Option<String>>,
    /// As what it is restored.
    pub way: RwSignal<Way>,
    /// How the container is given.
    pub given: RwSignal<Given>,
    /// The subscription whose accounts are listed, as the list calls it.
    pub subscription: RwSignal<String>,
    /// The name of the account that is chosen.
    pub account: RwSignal<String>,
    /// The accounts that are offered, in their order.
    pub offered: Memo<Vec<StorageAccount>>,
    /// The account that is chosen, once it is known.
    pub chosen_account: Memo<Option<StorageAccount>>,
    /// The name of the container that is chosen.
    pub container: RwSignal<String>,
    /// The address that is pasted.
    pub address: RwSignal<String>,
    /// Whether something was taken off that address.
    pub had_query: RwSignal<bool>,
    /// The field of that address.
    pub address_field: NodeRef<html::Input>,
    /// The prefix of the files.
    pub prefix: RwSignal<String>,
    /// The field of the prefix.
    pub prefix_field: NodeRef<html::Input>,
    /// The name of the single server that gets the database.
    pub server: RwSignal<String>,
    /// The databases of that server.
    pub databases: Reading<Vec<SingleDatabase>>,
    /// The name of the database to be.
    pub database: RwSignal<String>,
    /// The identifier of the secret with the credentials.
    pub secret: RwSignal<String>,
    /// The container, or what is lacking for it.
    pub place: Memo<Result<Place, String>>,
    /// What is sent, or what is lacking for it.
    pub request: Memo<Result<RestoreRequest, String>>,
    /// Whether leaving would lose something.
    pub is_dirty: Signal<bool>,
}

impl Form {
    /// The recovery point that is chosen, once it is known.
    pub fn chosen_point(self) -> Option<RecoveryPoint> {
        let id = self.point.get()?;
        self.known.point(&id)
    }

    /// The point, or what is lacking for it.
    fn judged_point(self) -> Result<RecoveryPoint, String> {
        let Some(id) = self.point.get() else {
            return Err("Choose a recovery point.".to_owned());
        };
        let is_read = self.known.points.data.with(Option::is_some);
        match self.known.point(&id) {
            Some(point) => Ok(point),
            None if is_read => {
                Err("The recovery point is not there any more. Choose another one.".to_owned())
            }
            None => Err("The recovery points have not been read yet.".to_owned()),
        }
    }

    /// The server that is chosen, once it is known.
    pub fn chosen_server(self) -> Option<SingleServer> {
        let name = self.server.get();
        self.known.servers.data.with(|servers| {
            let mut servers = servers.as_ref()?.iter();
            servers.find(|server| server.name == name).cloned()
        })
    }

    /// The names of the databases that the chosen server has.
    pub fn taken(self) -> Vec<String> {
        self.databases.data.with(|databases| {
            let databases = databases.iter().flatten();
            databases.map(|database| database.name.clone()).collect()
        })
    }

    /// As what it is restored: a flexible server only as files.
    pub fn actual_way(self) -> Way {
        match self.known.kind() {
            Some(DatasourceKind::SingleServerDatabase) => self.way.get(),
            _ => Way::Files,
        }
    }

    fn target(self) -> Result<RestoreTarget, String> {
        match self.actual_way() {
            Way::Files => {
                let place = self.place.get()?;
                let prefix = self.prefix.get();
                judge_prefix(&prefix)?;
                self.known.vault.data.with(|vault| {
                    let vault = vault.as_ref();
                    let vault = vault.ok_or("The backup vault has not been read yet.")?;
                    Ok(request::files(place, &prefix, vault))
                })
            }
            Way::Database => {
                let server = self.chosen_server().ok_or("Choose a server.")?;
                let name = self.database.get();
                judge_database(&name, &self.taken())?;
                let secret = self.secret.with(|text| secret::judge(text))?;
                request::database(&server, &name, secret.uri)
            }
        }
    }

    /// Why nothing of the instance can be restored at all.
    fn reason_not_to(self) -> Option<String> {
        self.known.instance.data.with(|known| {
            let known = known.as_ref()?;
            let reason = reason_not_to(Command::Restore, known);
            let is_other = known.instance.source_type.is_some() && known.kind().is_none();
            let other = is_other.then_some("Only PostgreSQL servers and databases are restored here.");
            reason.or(other).map(str::to_owned)
        })
    }

    fn judged(self) -> Result<RestoreRequest, String> {
        if let Some(reason) = self.reason_not_to() {
            return Err(reason);
        }
        let point = self.judged_point();
        let point = match &point {
            Ok(point) => Ok(point),
            Err(lacks) => Err(lacks.clone()),
        };
        let target = self.target();
        self.known
            .vault
            .data
            .with(|vault| request::request(point, vault.as_ref(), target))
    }

    fn choices(self, opened: &Choices) -> Choices {
        let text = |signal: RwSignal<String>| Some(signal.get()).filter(|text| !text.is_empty());
        // Until they are read, what the link says holds.
        let account = text(self.account).and_then(|name| {
            let known = self
                .chosen_account
                .with(|account| Some(account.as_ref()?.id.clone()));
            known.or_else(|| opened.account.clone().filter(|id| id.name() == name))
        });
        let server = text(self.server).and_then(|name| {
            let known = self.chosen_server().map(|server| server.id);
            known.or_else(|| opened.server.clone().filter(|id| id.name() == name))
        });
        Choices {
            point: self.point.get(),
            way: self.way.get(),
            given: self.given.get(),
            container: text(self.container).filter(|_| account.is_some()),
            account,
            server,
        }
    }
}

/// The form of an instance, with what the query and this tab's draft say.
pub fn use_form(instance: &ResourceId) -> Form {
    let known = Known::read(instance);
    let (pairs, set_pairs) = use_query_pairs();
    let pairs = pairs.get_untracked();
    let opened = StoredValue::new(Choices::from_query(&pairs));
    let user = use_session().account().get_untracked();
    let user = StoredValue::new(user.map(|user| user.object_id).unwrap_or_default());
    let path = routes::restore(instance, None).unwrap_or_default();
    let query = opened.with_value(Choices::to_query);
    let kept = user.with_value(|user| DRAFTS.kept(user));
    let draft = RwSignal::new(Draft::going_on(kept, path, query));
    let form = fields(known, opened, draft);
    let query = Memo::new(move |_| opened.with_value(|opened| form.choices(opened).to_query()));
    Effect::new(move |_| set_pairs.run((query.get(), false)));
    Effect::new(move |_| {
        let (query, secret) = (query.get(), form.secret.get());
        draft.update(|draft| {
            draft.follow(query);
            draft.prefix = form.prefix.get();
            draft.address = form.address.with(|address| without_query(address).0.to_owned());
            draft.database = form.database.get();
            draft.secret = Some(secret).filter(|secret| *secret != known_secret(known));
        });
        draft.with_untracked(|draft| user.with_value(|user| DRAFTS.keep(user, draft)));
    });
    on_cleanup(move || {
        user.try_with_value(|user| DRAFTS.forget(user));
    });
    form
}

/// The secret that the instance is backed up with; empty where there is none.
fn known_secret(known: Known) -> String {
    let secret = known
        .instance
        .data
        .with(|known| known.as_ref()?.instance.secret.clone());
    secret.unwrap_or_default()
}

fn fields(known: Known, opened: StoredValue<Choices>, draft: RwSignal<Draft>) -> Form {
    let choices = opened.get_value();
    let name_of =
        |id: Option<ResourceId>| RwSignal::new(id.map(|id| id.name().to_owned()).unwrap_or_default());
    let typed = draft.get_untracked();
    let account = name_of(choices.account.clone());
    let container = RwSignal::new(choices.container.unwrap_or_default());
    let subscription = RwSignal::new(String::new());
    let offered = Memo::new(move |_| {
        let chosen = subscription.get();
        let scopes = known.accounts.subscriptions.get();
        let scope = offer::subscription(&scopes, &chosen);
        let all = known
            .accounts
            .found
            .with(|found| offer::accounts(found, &known.near()));
        let is_there = |account: &StorageAccount| {
            scope.as_ref().is_some_and(|id| {
                account
                    .id
                    .subscription_id()
                    .eq_ignore_ascii_case(id.subscription_id())
            })
        };
        all.into_iter().filter(is_there).collect::<Vec<_>>()
    });
    let chosen_account = Memo::new(move |_| {
        let named = account.get();
        offered.with(|offered| offered.iter().find(|account| account.name == named).cloned())
    });
    let server = name_of(choices.server);
    let server_id = Memo::new(move |_| {
        let named = server.get();
        known.servers.data.with(|servers| {
            let mut servers = servers.as_ref()?.iter();
            servers
                .find(|server| server.name == named)
                .map(|server| server.id.clone())
        })
    });
    let (given, address) = (RwSignal::new(choices.given), RwSignal::new(typed.address));
    let place = Memo::new(move |_| match given.get() {
        Given::Chosen => {
            let container = container.get();
            let container = Some(container.as_str()).filter(|name| !name.is_empty());
            chosen_account.with(|account| request::chosen(account.as_ref(), container))
        }
        Given::Pasted => known
            .accounts
            .found
            .with(|found| address.with(|address| request::pasted(address, found))),
    });
    let mut form = Form {
        known,
        point: RwSignal::new(choices.point),
        way: RwSignal::new(choices.way),
        given,
        subscription,
        account,
        offered,
        chosen_account,
        container,
        address,
        had_query: RwSignal::new(false),
        address_field: NodeRef::new(),
        prefix: RwSignal::new(typed.prefix),
        prefix_field: NodeRef::new(),
        server,
        databases: use_databases(server_id),
        database: RwSignal::new(typed.database),
        secret: RwSignal::new(typed.secret.unwrap_or_default()),
        place,
        request: Memo::new(|_| Err(String::new())),
        is_dirty: Signal::derive(move || draft.with(Draft::is_dirty)),
    };
    form.request = Memo::new(move |_| form.judged());
    begin_with(form, opened, draft);
    form
}
