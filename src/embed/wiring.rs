//! What the app and the page around it tell each other while the app runs.

use std::{cell::RefCell, rc::Rc, time::Duration};

use arm_core::ResourceId;
use web_sys::HtmlElement;

use super::{
    Around, Change, Init, NotifyIntent, PortalMessage,
    back::{Visited, follow_back_keys},
    height::follow_height,
    look::{mark, show_locale, show_look},
};
use crate::{
    location::{Address, base_path, link},
    prelude::*,
    routes,
    services::use_services,
    stores::notifications::{Intent, use_notifications},
    theme::use_theme,
};

/// How long after the address has changed the page's title is told: it comes with the page.
const SETTLED: Duration = Duration::from_millis(100);

/// What the title of each page ends with.
const PRODUCT: &str = " · PG Backup Portal";

/// What an app that is about to show its first page goes by.
pub struct Wiring {
    /// The page around it.
    pub around: Rc<Around>,
    /// What that said at the start.
    pub init: Box<Init>,
    /// What holds the app.
    pub container: HtmlElement,
}

impl Wiring {
    /// Puts the app's address into its memory, and follows what both sides change, until the owner goes.
    pub fn install(self) {
        let Self {
            around,
            init,
            container,
        } = self;
        let visited = StoredValue::new(Visited::at(link(&start_of(&init))));
        let went = Callback::new(move |(target, is_new)| {
            visited.update_value(|visited| visited.went(target, is_new));
        });
        let address = visited.with_value(|visited| Address::in_memory(visited.here(), went));
        provide_context(address);

        let look = use_theme();
        mark(&container, init.theme.is_some());
        let shown = container.clone();
        if let Some(theme) = init.theme {
            show_look(look, &shown, theme, init.has_more_contrast);
        }
        if let Some(tag) = &init.locale {
            show_locale(look, tag);
        }
        let lead = move |path: Option<String>| {
            let target = path.map(|path| link(&path));
            if let Some(target) = target.filter(|target| address.lead_to(target)) {
                visited.update_value(|visited| visited.went(target, true));
            }
        };
        around.on_change(Some(Rc::new(move |change| match change {
            Change::Theme(theme, has_more_contrast) => show_look(look, &shown, theme, has_more_contrast),
            Change::Locale(tag) => show_locale(look, &tag),
            // What is typed is asked about first, as by *Back*.
            Change::Target(target) => lead(path_of(&target)),
            Change::Path(path) => lead(Some(path)),
        })));
        let heard = StoredValue::new_local(Rc::clone(&around));
        on_cleanup(move || {
            heard.try_with_value(|around| around.on_change(None));
        });
        follow_back_keys(&container, visited, address);
        tell_pages(Rc::clone(&around), address);
        tell_notifications(Rc::clone(&around));
        follow_height(around, container);
    }
}

/// Where the app begins, below its base path: a resource goes before a path.
fn start_of(init: &Init) -> String {
    let target = init.target.as_ref().and_then(path_of);
    target
        .or_else(|| init.path.clone())
        .unwrap_or_else(routes::servers)
}

/// The page of a resource, if it has one.
fn path_of(target: &ResourceId) -> Option<String> {
    let is = |kind: &str| {
        target
            .resource_type()
            .is_some_and(|own| own.eq_ignore_ascii_case(kind))
    };
    if is(routes::FLEXIBLE_SERVER) {
        Some(routes::backups(target))
    } else if is(routes::BACKUP_VAULT) {
        Some(routes::vault(target))
    } else if is(BACKUP_INSTANCE) {
        routes::instance(target)
    } else {
        None
    }
}

/// The resource type of a backup instance.
const BACKUP_INSTANCE: &str = "Microsoft.DataProtection/backupVaults/backupInstances";

/// Tells each page that the user comes to, by its path below the base path and its title.
fn tell_pages(around: Rc<Around>, address: Address) {
    let clock = use_services().page_clock.clone();
    let told = Rc::new(RefCell::new(String::new()));
    Effect::new(move |_| {
        let at = address.text();
        let (around, clock, told) = (Rc::clone(&around), clock.clone(), Rc::clone(&told));
        spawn_local_scoped_with_cancellation(async move {
            clock.sleep(SETTLED).await;
            // The user may be somewhere else by now.
            if address.text_untracked() != at || told.replace(at.clone()) == at {
                return;
            }
            let title = document().title();
            around.tell(&PortalMessage::Navigate {
                path: at.strip_prefix(&base_path()).unwrap_or(&at).to_owned(),
                title: title.strip_suffix(PRODUCT).unwrap_or(&title).to_owned(),
            });
        });
    });
}

/// Tells each notification: how it is meant and its title, which names no secret and no resource.
fn tell_notifications(around: Rc<Around>) {
    let latest = use_notifications().latest();
    Effect::new(move |before: Option<Option<(Option<uuid::Uuid>, String)>>| {
        let latest = latest.get()?;
        let said = (latest.about, latest.title.clone());
        // Better words about the same are not said again.
        let is_amended = said.0.is_some() && before.flatten().as_ref() == Some(&said);
        if !is_amended {
            let intent = match latest.intent {
                Intent::Info => NotifyIntent::Info,
                Intent::Success => NotifyIntent::Success,
                Intent::Warning => NotifyIntent::Warning,
                Intent::Error => NotifyIntent::Error,
            };
            around.tell(&PortalMessage::Notify {
                intent,
                title: latest.title,
            });
        }
        Some(said)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_page_where_the_portal_has_one() {
        const GROUP: &str = "/subscriptions/s/resourceGroups/rg/providers/";
        for (resource, path) in [
            (
                "Microsoft.DBforPostgreSQL/flexibleServers/pg",
                Some("/servers/s/rg/pg/backups"),
            ),
            (
                "microsoft.dataprotection/backupvaults/bv",
                Some("/vaults/s/rg/bv"),
            ),
            (
                "Microsoft.DataProtection/backupVaults/bv/backupInstances/pg",
                Some("/vaults/s/rg/bv/instances/pg"),
            ),
            ("Microsoft.Compute/virtualMachines/vm", None),
        ] {
            let target: ResourceId = format!("{GROUP}{resource}").parse().unwrap();
            assert_eq!(path_of(&target).as_deref(), path, "{resource}");
        }
    }

    #[test]
    fn a_resource_goes_before_a_path_and_without_either_the_servers_are_shown() {
        let path = Some("/vaults?tab=jobs".to_owned());
        let vault = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
        let target: Option<ResourceId> = vault.parse().ok();
        for (target, path, start) in [
            (target, path.clone(), "/vaults/s/rg/bv"),
            (None, path, "/vaults?tab=jobs"),
            (None, None, "/"),
        ] {
            let init = Init {
                target,
                path,
                ..Init::default()
            };
            assert_eq!(start_of(&init), start);
        }
    }
}
