//! What was read, kept for the life of the app: who comes back finds it at once, as it was left.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use arm_client::ServerSummary;
use arm_core::Timestamp;

use super::{coverage::Coverage, last_backup::Known};

/// What was read as a user.
#[derive(Debug, Default)]
pub struct Kept {
    /// Tenant and object id.
    user: (String, String),
    /// The servers.
    pub last: RefCell<Last>,
    /// Their last backups.
    pub known: Rc<RefCell<Known>>,
}

/// The last good reading of the servers.
#[derive(Debug, Clone, Default)]
pub struct Last {
    /// The servers.
    pub all: Arc<Vec<ServerSummary>>,
    /// Which subscriptions were read.
    pub coverage: Coverage,
    /// When; `None` before the first reading.
    pub read_at: Option<Timestamp>,
}

thread_local! {
    static KEPT: RefCell<Option<Rc<Kept>>> = const { RefCell::new(None) };
}

/// What was read as this user, by tenant and object id; of another one nothing is left, and for nobody nothing is kept.
pub fn kept(user: Option<(String, String)>) -> Rc<Kept> {
    let Some(user) = user else {
        return Rc::default();
    };
    KEPT.with(|place| {
        let mut place = place.borrow_mut();
        if let Some(kept) = place.as_ref().filter(|kept| kept.user == user) {
            return kept.clone();
        }
        place
            .insert(Rc::new(Kept {
                user,
                last: RefCell::default(),
                known: Rc::default(),
            }))
            .clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_user_read_is_not_there_for_another() {
        let read = Timestamp::UNIX_EPOCH;
        let of = |name: &str| kept(Some(("t".to_owned(), name.to_owned())));
        of("a").last.borrow_mut().read_at = Some(read);
        assert_eq!(of("a").last.borrow().read_at, Some(read));
        assert_eq!(kept(None).last.borrow().read_at, None);
        assert_eq!(of("a").last.borrow().read_at, Some(read));
        assert_eq!(of("b").last.borrow().read_at, None);
        assert_eq!(of("a").last.borrow().read_at, None, "and is gone afterwards");
    }
}
