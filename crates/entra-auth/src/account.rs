//! Who is signed in.

use crate::id_token::Claims;

/// The signed-in user, as the id token names them.
///
/// For display and to keep one user's things apart from another's; never to decide what a user may do,
/// which only Azure knows (auth #32).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The display name, or the user name where the directory gives none.
    pub name: String,
    /// What the user types to sign in, such as `mira@contoso.com`; empty where the directory gives none.
    pub username: String,
    /// The id of the directory that issued the token.
    pub tenant_id: String,
    /// The user's id in that directory.
    pub object_id: String,
}

impl Account {
    pub(crate) fn from_claims(claims: &Claims) -> Option<Self> {
        let username = claims.username().unwrap_or_default().to_owned();
        Some(Self {
            name: claims.name.clone().unwrap_or_else(|| username.clone()),
            username,
            tenant_id: claims.tid.clone()?,
            object_id: claims.oid.clone().or_else(|| claims.sub.clone())?,
        })
    }
}
