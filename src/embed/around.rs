//! The page around one app, whatever carries the texts between the two.

use std::{cell::RefCell, rc::Rc, time::Duration};

use arm_core::{Clock, ResourceId};
use uuid::Uuid;

use super::{Heard, HostError, HostLink, HostToken, Init, PortalMessage, Sender, TokenReason, once::Once};
use crate::config::Theme;

/// How long an answer is waited for (auth #79).
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends a text to an origin, and to no other.
pub type Send = Box<dyn Fn(&str, &str)>;

type Answer = Once<Result<HostToken, HostError>>;

/// Hears what changes.
pub type Changed = Rc<dyn Fn(Change)>;

/// What the page around the portal changes while it runs.
pub enum Change {
    /// The look, and whether with more contrast.
    Theme(Theme, bool),
    /// The language of numbers and times.
    Locale(String),
    /// What is shown: a resource.
    Target(ResourceId),
    /// What is shown: a page of the portal.
    Path(String),
}

/// The page around one app.
pub struct Around {
    link: RefCell<HostLink>,
    send: Send,
    clock: Rc<dyn Clock>,
    start: Once<Result<Box<Init>, &'static str>>,
    waiting: RefCell<Vec<(String, Answer)>>,
    changed: RefCell<Option<Changed>>,
}

impl Around {
    /// The page around an app that starts now: of `allowed` origins, for a portal that calls `arm`.
    pub fn new(allowed: Vec<String>, arm: String, send: Send, clock: Rc<dyn Clock>) -> Rc<Self> {
        Rc::new(Self {
            link: RefCell::new(HostLink::new(allowed, arm, Uuid::new_v4().to_string())),
            send,
            clock,
            start: Once::default(),
            waiting: RefCell::default(),
            changed: RefCell::default(),
        })
    }

    /// Whether any page may be around it.
    pub fn may_be(&self) -> bool {
        !self.link.borrow().ready().0.is_empty()
    }

    /// The origin that is spoken to, once there is one.
    pub fn origin(&self) -> Option<String> {
        self.link.borrow().host().map(str::to_owned)
    }

    /// Hears a text.
    pub fn hear(&self, sender: Sender, text: &str) {
        let heard = self.link.borrow_mut().hear(sender, text);
        match heard {
            Heard::Nothing(_) => {}
            Heard::Start(init) => self.start.give(Ok(init)),
            Heard::Refuse(why) => {
                let refused = PortalMessage::Refused {
                    reason: why.to_owned(),
                };
                (self.send)(&refused.to_text(), sender.origin);
                self.start.give(Err(why));
            }
            Heard::Token { request_id, token } => {
                let mut waiting = self.waiting.borrow_mut();
                if let Some(index) = waiting.iter().position(|(id, _)| *id == request_id) {
                    waiting.swap_remove(index).1.give(token);
                }
            }
            Heard::Theme {
                theme,
                has_more_contrast,
            } => self.change(Change::Theme(theme, has_more_contrast)),
            Heard::Locale(tag) => self.change(Change::Locale(tag)),
            Heard::Target(target) => self.change(Change::Target(target)),
            Heard::Path(path) => self.change(Change::Path(path)),
        }
    }

    /// Tells that the portal is there, and waits for what to start it with; `None` where nobody says so in time.
    pub async fn init(&self) -> Option<Result<Box<Init>, &'static str>> {
        let (origins, text) = {
            let link = self.link.borrow();
            let (origins, ready) = link.ready();
            (origins.to_vec(), ready.to_text())
        };
        for origin in &origins {
            (self.send)(&text, origin);
        }
        self.start.clone().within(PATIENCE, &*self.clock).await
    }

    /// Asks for a token: of the user's own directory, or of another; one that proves claims, if there are any.
    ///
    /// # Errors
    /// What the page says, or that it says nothing in time.
    pub async fn token(
        &self,
        tenant_id: Option<String>,
        claims: Option<String>,
        reason: TokenReason,
    ) -> Result<HostToken, HostError> {
        let id = Uuid::new_v4().to_string();
        let answer = Once::default();
        self.waiting.borrow_mut().push((id.clone(), answer.clone()));
        let asked = self.link.borrow_mut().ask(id.clone(), tenant_id, claims, reason);
        self.tell(&asked);
        let answer = answer.within(PATIENCE, &*self.clock).await;
        self.waiting.borrow_mut().retain(|(waiting, _)| *waiting != id);
        self.link.borrow_mut().give_up(&id);
        answer.unwrap_or_else(|| {
            Err(HostError {
                code: "timeout".to_owned(),
                message: "It gave no answer within 10 seconds.".to_owned(),
            })
        })
    }

    /// Tells the page something, once it has started the portal.
    pub fn tell(&self, message: &PortalMessage) {
        if let Some(origin) = self.origin() {
            (self.send)(&message.to_text(), &origin);
        }
    }

    /// Tells the page that what it said cannot be gone by, and why; the portal does not start.
    pub fn refuse(&self, why: String) -> String {
        self.tell(&PortalMessage::Refused { reason: why.clone() });
        why
    }

    /// From now on `changed` hears what the page changes; without it nobody does.
    pub fn on_change(&self, changed: Option<Changed>) {
        *self.changed.borrow_mut() = changed;
    }

    fn change(&self, change: Change) {
        // It may say something itself meanwhile.
        let changed = self.changed.borrow().clone();
        if let Some(changed) = changed {
            changed(change);
        }
    }
}
