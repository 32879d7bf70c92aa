//! What a claims challenge wants proved (auth #30).

/// The claims that Azure asks for, and those that the present token was asked for with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    wanted: Option<String>,
    given: Option<String>,
}

impl Proof {
    /// Azure asks for these claims, as JSON. Whether asking Entra without the user's doing makes sense: not where the
    /// token was asked for with the very same ones, and was not enough (auth T13).
    pub fn want(&mut self, claims: &str) -> bool {
        self.wanted = Some(claims.to_owned());
        self.given.as_deref() != Some(claims)
    }

    /// What the next sign-in is to ask for.
    pub fn wanted(&self) -> Option<&str> {
        self.wanted.as_deref()
    }

    /// There is a new token, which was asked for with these claims.
    pub fn given(&mut self, claims: Option<String>) {
        if claims.is_some() && claims == self.wanted {
            self.wanted = None;
        }
        self.given = claims;
    }

    /// Whether the token is the one that was asked for with these claims.
    pub fn is_given(&self, claims: &str) -> bool {
        self.given.as_deref() == Some(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_asked_for_until_a_token_came_with_them() {
        let mut proof = Proof::default();
        assert!(proof.want("p1"));
        assert_eq!(proof.wanted(), Some("p1"));
        proof.given(None);
        assert_eq!(
            proof.wanted(),
            Some("p1"),
            "another token, which was asked for without"
        );
        assert!(!proof.is_given("p1"));
        proof.given(Some("p1".to_owned()));
        assert_eq!(proof.wanted(), None);
        assert!(proof.is_given("p1"));
    }

    #[test]
    fn t13_claims_that_were_not_enough_are_left_to_the_user() {
        let mut proof = Proof::default();
        proof.want("p1");
        proof.given(Some("p1".to_owned()));
        assert!(!proof.want("p1"), "the same again");
        assert_eq!(proof.wanted(), Some("p1"), "the user is asked for them");
        assert!(proof.want("p2"), "others");
    }
}
