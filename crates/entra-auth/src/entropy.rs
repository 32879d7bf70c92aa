//! Randomness, handed in.

use crate::base64url;

/// Random bytes for one sign-in.
///
/// They come from whoever calls, so that the rest is a function of its arguments; in a page they come from
/// [`crate::browser::entropy`]. It has no `Debug`: until the answer has come the bytes are a secret.
pub struct Entropy([u8; 64]);

impl Entropy {
    /// Takes random bytes in; they must not be used for a second sign-in.
    pub fn new(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// 128 bits for the state, in base64url: Entra strips HTML from a state (auth #10).
    pub(crate) fn state(&self) -> String {
        base64url::encode(&self.0[..16])
    }

    /// Another 128 bits for the nonce.
    pub(crate) fn nonce(&self) -> String {
        base64url::encode(&self.0[16..32])
    }

    /// 256 bits for the verifier of a code, as many as RFC 7636 asks for (4.1).
    pub(crate) fn verifier(&self) -> String {
        base64url::encode(&self.0[32..])
    }
}
