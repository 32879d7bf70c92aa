//! Reading the servers: page by page, and beside it which subscriptions are read.

use std::{rc::Rc, sync::Arc};

use arm_client::{ArmClient, ArmError, GraphPage, ServerSummary, Subscription, Unreadable};

use super::{
    coverage::{Coverage, Unread, doubtful},
    join::join,
    kept::{Kept, Last},
};
use crate::{
    components::directories::Absent,
    hooks::Reading,
    prelude::*,
    problem::Problem,
    services::use_services,
    session::{Directory, Session, use_session},
};

/// What the page knows of the servers.
#[derive(Clone, Copy)]
pub struct Servers {
    /// How the reading goes; the servers are beside it, so that nobody copies them.
    pub reading: Reading<()>,
    /// The servers, in the order of their names; they grow page by page.
    pub all: RwSignal<Arc<Vec<ServerSummary>>>,
    /// Whether a part is there and more is being read.
    pub is_reading_more: RwSignal<bool>,
    /// Why a first reading ended before its last page, if it did.
    pub cut_off: RwSignal<Option<Problem>>,
    /// Which subscriptions are read.
    pub coverage: RwSignal<Coverage>,
}

/// The subscriptions that Azure lists for the user, and the ids of those that Resource Graph reads.
type Subscriptions = (Vec<Subscription>, Vec<String>);

/// Reads at once, and again whenever asked to; the reading ends with the component, what it read is kept.
///
/// The first reading shows each page as it comes. A later one takes the place of the servers once it is whole, and
/// leaves them when it fails.
pub fn use_servers(kept: Rc<Kept>) -> Servers {
    let (services, session) = (use_services(), use_session());
    let (clock, arm) = (services.page_clock.clone(), services.arm.clone());
    let last = kept.last.borrow().clone();
    let mut servers = Servers {
        reading: Reading {
            data: RwSignal::new(last.read_at.map(|_| ())),
            problem: RwSignal::new(None),
            is_loading: RwSignal::new(false),
            read_at: RwSignal::new(last.read_at),
            again: Callback::new(|()| {}),
        },
        all: RwSignal::new(last.all),
        is_reading_more: RwSignal::new(false),
        cut_off: RwSignal::new(None),
        coverage: RwSignal::new(last.coverage),
    };
    let owner = Owner::current();
    let work = StoredValue::new_local(move || {
        // The answers of two readings may overtake each other; the one under way is as good as a new one.
        if servers.reading.is_loading.get_untracked() {
            return;
        }
        servers.reading.is_loading.set(true);
        let (arm, clock, kept) = (arm.clone(), clock.clone(), kept.clone());
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                let end = loop {
                    let directories = session.directories().get_untracked();
                    let end = servers.read(&arm, session, &directories).await;
                    // Another choice that was made meanwhile is another list.
                    if session
                        .directories()
                        .with_untracked(|chosen| *chosen == directories)
                    {
                        break end;
                    }
                };
                if end.is_ok() {
                    servers.reading.read_at.set(Some(clock.now()));
                    *kept.last.borrow_mut() = Last {
                        all: servers.all.get_untracked(),
                        coverage: servers.coverage.get_untracked(),
                        read_at: servers.reading.read_at.get_untracked(),
                    };
                }
                servers.ended(end.err());
                servers.is_reading_more.set(false);
                servers.reading.is_loading.set(false);
            });
        };
        match &owner {
            Some(owner) => owner.with(task),
            None => task(),
        }
    });
    servers.reading.again = Callback::new(move |()| work.with_value(|work| work()));
    servers.reading.again.run(());
    // Other directories are another list.
    let directories = session.directories();
    Effect::watch(
        move || directories.get(),
        move |_, _, _| servers.reading.again.run(()),
        false,
    );
    servers
}

impl Servers {
    async fn read(
        self,
        arm: &ArmClient,
        session: Session,
        directories: &[Directory],
    ) -> Result<(), ArmError> {
        let is_first = self.is_first();
        let (servers, subscriptions) =
            join(self.read_pages(arm, is_first), self.read_subscriptions(arm, true)).await;
        let mut servers = servers?;
        let mut coverage = Coverage {
            listed: self.coverage.with_untracked(|coverage| coverage.listed.clone()),
            ..Coverage::default()
        };
        if subscriptions.is_ok() {
            coverage.listed = None;
        }
        cover(arm, subscriptions, &mut servers, &mut coverage).await;
        if !directories.is_empty() && is_first {
            self.all.set(Arc::new(servers.clone()));
            self.is_reading_more.set(true);
        }
        for directory in directories {
            let there = arm.clone().for_tenant(&directory.id);
            let (more, subscriptions) = join(
                self.read_pages(&there, false),
                self.read_subscriptions(&there, false),
            )
            .await;
            match more {
                Ok(mut more) => {
                    if let Ok((listed, _)) = &subscriptions {
                        session.learn(
                            &directory.id,
                            listed.iter().map(|one| one.subscription_id.as_str()),
                        );
                    }
                    cover(&there, subscriptions, &mut more, &mut coverage).await;
                    servers.append(&mut more);
                }
                Err(error) => coverage.absent.push(Absent {
                    directory: directory.clone(),
                    problem: Problem::in_full(&error),
                }),
            }
        }
        self.all.set(Arc::new(servers));
        self.coverage.set(coverage);
        self.reading.data.set(Some(()));
        Ok(())
    }

    fn ended(self, error: Option<ArmError>) {
        let is_part = self.is_first() && self.reading.data.with_untracked(Option::is_some);
        let (cut_off, problem) = if is_part { (error, None) } else { (None, error) };
        self.cut_off.set(cut_off.as_ref().map(Problem::in_full));
        self.reading.problem.set(problem);
    }

    /// Whether no reading has come to its end yet.
    fn is_first(self) -> bool {
        self.reading.read_at.with_untracked(Option::is_none)
    }

    /// The servers of all pages; each page is shown as it comes, if that is wanted.
    async fn read_pages(self, arm: &ArmClient, are_shown: bool) -> Result<Vec<ServerSummary>, ArmError> {
        let graph = arm.resource_graph();
        let mut used: Vec<String> = Vec::new();
        let mut servers: Vec<ServerSummary> = Vec::new();
        loop {
            let page = match used.last() {
                None => graph.query(ServerSummary::QUERY).await,
                Some(token) => graph.next_page(ServerSummary::QUERY, token).await,
            };
            let mut page: GraphPage<ServerSummary> = match page {
                Ok(page) => page,
                Err(error) if is_of_no_subscription(&error) => return Ok(servers),
                Err(error) => return Err(error),
            };
            servers.append(&mut page.rows);
            let token = page.skip_token.take();
            if are_shown && !servers.is_empty() {
                self.all.set(Arc::new(servers.clone()));
                self.is_reading_more.set(token.is_some());
                self.reading.data.set(Some(()));
            }
            let Some(token) = token else { return Ok(servers) };
            if used.contains(&token) {
                return Err(Unreadable {
                    reason: "the next page of the query was read before".to_owned(),
                    request_id: None,
                }
                .into());
            }
            used.push(token);
        }
    }

    /// The subscriptions; their names are shown as soon as they are there, if that is wanted.
    async fn read_subscriptions(self, arm: &ArmClient, are_shown: bool) -> Result<Subscriptions, ArmError> {
        let (subscriptions, graph) = (arm.subscriptions(), arm.resource_graph());
        let listing = async {
            let listed = subscriptions.list().await?;
            if are_shown {
                self.coverage
                    .update(|coverage| coverage.listed = Some(listed.clone()));
            }
            Ok::<_, ArmError>(listed)
        };
        let (listed, readable) = join(listing, graph.readable_subscriptions()).await;
        let none_is_readable = |error| {
            if is_of_no_subscription(&error) {
                Ok(vec![])
            } else {
                Err(error)
            }
        };
        Ok((listed?, readable.or_else(none_is_readable)?))
    }
}

/// Takes over what is known of the subscriptions; those that nobody has read are asked themselves.
async fn cover(
    arm: &ArmClient,
    subscriptions: Result<Subscriptions, ArmError>,
    servers: &mut Vec<ServerSummary>,
    coverage: &mut Coverage,
) {
    let (mut listed, readable) = match subscriptions {
        Ok(subscriptions) => subscriptions,
        Err(error) => {
            coverage.unknown = Some(Problem::in_full(&error));
            return;
        }
    };
    let of_servers = servers.iter().map(|server| server.subscription_id.as_str());
    let doubtful = doubtful(&listed, &readable, of_servers);
    coverage.listed.get_or_insert_default().append(&mut listed);
    for subscription in doubtful {
        match arm.flexible_servers().list(&subscription.id).await {
            // Resource Graph is minutes behind, or was wrong.
            Ok(more) => servers.extend(more.into_iter().map(ServerSummary::from)),
            Err(error) => coverage.unread.push(Unread {
                name: subscription.shown_name().to_owned(),
                id: subscription.subscription_id.clone(),
                problem: Problem::in_full(&error),
            }),
        }
    }
}

/// Whether Resource Graph refused because there is no subscription that it may read (reported of the live service;
/// `docs/emulation.md`, *Resource Graph*).
pub fn is_of_no_subscription(error: &ArmError) -> bool {
    error.service_error().is_some_and(|service| {
        let mut codes = service.codes();
        codes.any(|code| code == "NoValidSubscriptionsInQueryRequest" || code == "AccessDenied")
    })
}
