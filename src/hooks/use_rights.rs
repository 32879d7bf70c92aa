//! Which acts of a page may be used, and why not.
//!
//! A page says once which acts it has and on what; its buttons name their act (`<Button act=…>`), and what else begins one
//! asks [`rights`]. What the limits forbid is known at once. What the user's roles lack is read after the page's data, by a
//! part of its own; until then, and where it cannot be read, everything is allowed and Azure decides.

use arm_core::ResourceId;

use crate::{
    prelude::*,
    rights::{Act, Asked, By, Lacking, Limits, follow},
    services::limits,
};

/// What may be done, as a page knows it.
#[derive(Clone, Copy)]
pub struct Rights {
    limits: Limits,
    lacking: Option<RwSignal<Vec<Lacking>>>,
    again: Option<RwSignal<()>>,
}

/// Reads what the user may do on a resource of the acts that a page has there: once `at` has it, and again whenever what
/// `at` reads changes. The page's components find the answer by [`rights`].
pub fn use_rights(
    acts: &'static [Act],
    at: impl Fn() -> Option<ResourceId> + Send + Sync + 'static,
) -> Rights {
    let rights = followed(acts, Signal::derive(at), true);
    provide_context(rights);
    rights
}

/// The same for what stands beside a page's own resource, such as a storage account in a form: only those to whom it is
/// handed know of it.
pub fn use_rights_beside(
    acts: &'static [Act],
    at: impl Fn() -> Option<ResourceId> + Send + Sync + 'static,
) -> Rights {
    followed(acts, Signal::derive(at), false)
}

fn followed(acts: &'static [Act], at: Signal<Option<ResourceId>>, has_bar: bool) -> Rights {
    let (lacking, again) = (RwSignal::new(Vec::new()), RwSignal::new(()));
    let (limits, owner) = (limits(), Owner::current());
    Effect::new(move |is_followed: Option<bool>| {
        // What nobody may do needs no role, and where there is nothing to look at yet nothing is fetched for it.
        if is_followed == Some(true) || limits.read_only().is_some() || at.with(Option::is_none) {
            return is_followed.unwrap_or_default();
        }
        let asked = Asked {
            owner: owner.clone(),
            at,
            again,
            acts,
            has_bar,
            lacking,
        };
        spawn_local(async move {
            // Without the part that reads them nobody knows, and Azure decides.
            follow(asked).await.ok();
        });
        true
    });
    Rights {
        limits,
        lacking: Some(lacking),
        again: Some(again),
    }
}

/// What may be done here, from context; without a page that reads the user's rights it is what the limits allow.
pub fn rights() -> Rights {
    use_context().unwrap_or_else(|| Rights {
        limits: limits(),
        lacking: None,
        again: None,
    })
}

impl Rights {
    /// Whether an act is there at all.
    pub fn offers(self, act: Act) -> bool {
        !self.limits.hides(act)
    }

    /// Why an act cannot be used; nothing where it can, or where only Azure can tell.
    pub fn reason(self, act: Act) -> Option<String> {
        if !self.offers(act) {
            return Some("This is not offered here.".to_owned());
        }
        if let Some(by) = self.limits.read_only() {
            let why = match by {
                By::Config => "The portal is read-only here.",
                By::Host => "The page around the portal has made it read-only.",
            };
            return Some(why.to_owned());
        }
        let of_act = |lacking: &Vec<Lacking>| {
            let found = lacking.iter().find(|lacking| lacking.act == act);
            found.map(|lacking| lacking.reason.clone())
        };
        // A page before this one may have left its own in the context, and is gone.
        let known = self.lacking.filter(|lacking| !lacking.is_disposed());
        known.and_then(|lacking| lacking.with(of_act))
    }

    /// The same, as it changes; before it stands what else is in the way.
    pub fn reason_or(self, act: Act, other: impl Into<MaybeProp<String>>) -> Signal<Option<String>> {
        let other = other.into();
        Signal::derive(move || self.reason(act).or_else(|| other.get()))
    }

    /// Whether an act cannot be used now.
    pub fn bars(self, act: Act) -> bool {
        untrack(|| self.reason(act)).is_some()
    }

    /// Reads the user's rights again: Azure has just refused something.
    pub fn read_again(self) {
        if let Some(again) = self.again {
            again.try_set(());
        }
    }
}
