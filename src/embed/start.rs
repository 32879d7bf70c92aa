//! From *ready* to the first page.

use std::rc::Rc;

use arm_core::Clock as _;
use entra_auth::PublicClient;
use web_sys::HtmlElement;

use super::{
    Around, HostError, Init, PortalMessage, TokenReason,
    tokens::{HostTokens, account_of, signed_in},
    wiring::Wiring,
};
use crate::{
    app::{self, Mounted, Start},
    clock::BrowserClock,
    config::{Config, Page},
    rights::{By, Limits},
    session,
};

/// Why an app did not start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// No page may be around it: `config.json` names none.
    NotAllowed,
    /// The page around it said nothing within ten seconds, or is none of those that may.
    Silent,
    /// What it said cannot be gone by.
    Refused(String),
    /// It gave no token.
    NoToken(HostError),
}

/// Asks the page around the app how to start it, and puts it into its container, for as long as what comes back is held.
///
/// Nothing is asked of Azure before there is a token, and Entra is never asked at all.
///
/// # Errors
/// Why there is no app. It may be called again, with another [`Around`].
pub async fn begin(
    around: Rc<Around>,
    mut config: Config,
    page: &Page,
    clock: Rc<BrowserClock>,
    container: HtmlElement,
) -> Result<Mounted, Stop> {
    if !around.may_be() {
        return Err(Stop::NotAllowed);
    }
    let init = around
        .init()
        .await
        .ok_or(Stop::Silent)?
        .map_err(|why| Stop::Refused(why.to_owned()))?;
    // What config.json forbids the page cannot allow.
    match Limits::new(By::Host, init.is_read_only, &init.hide) {
        Ok(limits) => config.limits = config.limits.and(limits),
        Err(why) => return Err(Stop::Refused(around.refuse(why))),
    }
    let Init {
        token,
        tenant_id,
        account,
        ..
    } = &*init;
    let token = match token.clone() {
        Some(token) => Ok(token),
        None => around.token(None, None, TokenReason::Missing).await,
    };
    let account = account_of(account.clone(), tenant_id.clone());
    let home = Some(account.tenant_id.clone()).filter(|id| !id.is_empty());
    let first = signed_in(token, account, clock.now()).map_err(Stop::NoToken)?;
    let tokens = Rc::new(HostTokens {
        around: Rc::clone(&around),
        home,
    });
    let client = PublicClient::of_source(
        session::settings(&config, &page.base),
        clock.clone(),
        tokens,
        first,
    );
    around.tell(&PortalMessage::Started);
    let wiring = Wiring {
        around,
        init,
        container: container.clone(),
    };
    let start = Start {
        config,
        page_clock: clock,
        client,
        return_to: None,
        container,
        around: Box::new(move || wiring.install()),
    };
    Ok(app::start(start).await)
}
