//! The page around the portal as the one that gives tokens.

use std::rc::Rc;

use arm_core::Timestamp;
use chrono::TimeDelta;
use entra_auth::{Account, Answer, PublicClient, SignInProblem, SignedIn, TokenSource};

use super::{Around, HostAccount, HostError, HostToken, TokenReason};

/// A token that ends sooner is none: it could end on its way.
const SHORTEST: TimeDelta = TimeDelta::minutes(1);

/// Asks the page around the portal for each token.
pub struct HostTokens {
    /// The page.
    pub around: Rc<Around>,
    /// The directory that the user is of, where that is known.
    pub home: Option<String>,
}

impl TokenSource for HostTokens {
    fn name(&self) -> String {
        let origin = self.around.origin().unwrap_or_default();
        let host = origin.split_once("://").map(|(_, host)| host.to_owned());
        host.unwrap_or(origin)
    }

    fn ask(&self, client: PublicClient, account: Account, claims: Option<String>) -> Answer {
        let reason = reason(&client, claims.is_some());
        let tenant =
            Some(account.tenant_id.clone()).filter(|id| !id.is_empty() && self.home.as_ref() != Some(id));
        let around = Rc::clone(&self.around);
        Box::pin(async move {
            let token = around.token(tenant, claims, reason).await;
            signed_in(token, account, client.now()).map_err(problem)
        })
    }
}

/// Why there is another token to be asked for.
fn reason(client: &PublicClient, has_claims: bool) -> TokenReason {
    match client.ends_at() {
        _ if has_claims => TokenReason::Claims,
        None => TokenReason::Missing,
        Some(_) if client.has_token() => TokenReason::Expiring,
        Some(end) if end > client.now() => TokenReason::Refused,
        Some(_) => TokenReason::Expiring,
    }
}

/// What the portal goes on with.
///
/// # Errors
/// What the page said in place of a token, or what is wrong with the one that it gave.
pub fn signed_in(
    token: Result<HostToken, HostError>,
    account: Account,
    now: Timestamp,
) -> Result<SignedIn, HostError> {
    let HostToken { token, expires_on } = token?;
    if expires_on - SHORTEST <= now {
        return Err(HostError {
            code: "expired".to_owned(),
            message: format!("It gave a token that ends at {}.", expires_on.to_rfc3339()),
        });
    }
    Ok(SignedIn {
        token,
        expires_at: expires_on,
        account,
        return_to: String::new(),
        refresh_token: None,
    })
}

/// Who is signed in. Of whom the page says nothing there is no id, so that nothing is kept of them.
pub fn account_of(account: Option<HostAccount>, tenant_id: Option<String>) -> Account {
    let known = account.unwrap_or_else(|| HostAccount {
        tenant_id: tenant_id.unwrap_or_default(),
        object_id: String::new(),
        name: "Unknown user".to_owned(),
    });
    Account {
        // Another directory goes by it, where the id is another one (entra_auth's session).
        username: known.name.clone(),
        name: known.name,
        tenant_id: known.tenant_id,
        object_id: known.object_id,
    }
}

fn problem(HostError { code, message }: HostError) -> SignInProblem {
    SignInProblem::Source { code, message }
}
