//! Whatever comes as an answer: nothing panics, and no token is believed but the one that was issued for the request.
//!
//! `FUZZ_INPUTS` says how many inputs are made; `cargo xtask fuzz` makes a million. A failure names the number of its
//! input, which `FUZZ_FIRST` begins with.

use std::{env, ops::Range};

use arm_core::Timestamp;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use entra_auth::{
    Entropy, Flow, PendingSignIn, SignInSettings, SignedIn, begin, finish, finish_with_code, safe_return_path,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const TENANT_ID: &str = "abcdef01-0000-4000-8000-00000000c0de";
const STATE: &str = "AAECAwQFBgcICQoLDA0ODw";
const NONCE: &str = "EBESExQVFhcYGRobHB0eHw";
const TOKEN: &str = "header.payload.signature";

/// As many as a check does in a second or two.
const INPUTS: u64 = 5_000;

fn numbers() -> Range<u64> {
    let number = |name: &str| env::var(name).ok()?.parse().ok();
    let first = number("FUZZ_FIRST").unwrap_or(0);
    first..first + number("FUZZ_INPUTS").unwrap_or(INPUTS)
}

/// Numbers that follow from a seed (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A text of what parsers stumble over.
    fn text(&mut self) -> String {
        const PIECES: [&str; 32] = [
            "",
            "a",
            "&",
            "=",
            "%",
            "%2",
            "%26",
            "%3d",
            "#",
            "?",
            "+",
            ".",
            "..",
            "/",
            "\\",
            "\0",
            "\u{7f}",
            "é",
            "𝄞",
            "\u{202e}",
            "{",
            "}",
            "\"",
            "null",
            "[1e999]",
            "-1",
            "99999999999999999999",
            "eyJ",
            "state",
            "error",
            "access_token",
            "id_token",
        ];
        let length = self.below(12);
        (0..length).map(|_| self.pick(&PIECES)).collect()
    }

    /// Any value that JSON can hold, small.
    fn value(&mut self) -> Value {
        match self.below(8) {
            0 => Value::Null,
            1 => self.one_in(2).into(),
            2 => (self.next() as i64).into(),
            3 => i64::MAX.into(),
            4 => f64::MAX.into(),
            5 => json!([self.text()]),
            6 => json!({ self.text(): self.text() }),
            _ => self.text().into(),
        }
    }

    /// The text with some of its characters taken away, doubled or replaced.
    fn spoiled(&mut self, text: &str) -> String {
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(3) {
            let at = self.below(characters.len());
            match self.below(4) {
                0 if !characters.is_empty() => drop(characters.remove(at)),
                1 => characters.truncate(at),
                2 => characters
                    .splice(at..at, self.text().chars().collect::<Vec<_>>())
                    .for_each(drop),
                _ if !characters.is_empty() => {
                    characters[at] = self.pick(&['A', '=', '&', '.', '"', '\0', 'é'])
                }
                _ => {}
            }
        }
        characters.into_iter().collect()
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::seconds(1_772_359_200 + seconds)
}

fn settings(flow: Flow) -> SignInSettings {
    SignInSettings {
        flow,
        ..SignInSettings::v2(
            "https://login.microsoftonline.com",
            "organizations",
            "app-1",
            "https://app.example/portal/",
            "https://management.azure.com/user_impersonation",
        )
    }
}

fn pending(settings: &SignInSettings) -> PendingSignIn {
    let entropy = Entropy::new(std::array::from_fn(|at| at as u8));
    begin(settings, entropy, at(0), "/portal/jobs")
        .expect("good settings")
        .1
}

fn good_claims() -> Value {
    json!({
        "aud": "app-1",
        "iss": format!("https://login.microsoftonline.com/{TENANT_ID}/v2.0"),
        "iat": at(0).timestamp(),
        "nbf": at(0).timestamp(),
        "exp": at(3600).timestamp(),
        "nonce": NONCE,
        "at_hash": URL_SAFE_NO_PAD.encode(&Sha256::digest(TOKEN)[..16]),
        "name": "Mira",
        "oid": "oid-1",
        "preferred_username": "mira@contoso.com",
        "tid": TENANT_ID,
    })
}

/// The good id token, or one that is spoiled in its claims, in their text or in the token's.
fn id_token(random: &mut Random) -> String {
    let mut claims = good_claims();
    if random.one_in(2) {
        let names: Vec<String> = claims.as_object().expect("claims").keys().cloned().collect();
        claims[&names[random.below(names.len())]] = random.value();
    }
    let mut text = claims.to_string();
    if random.one_in(4) {
        text = random.spoiled(&text);
    }
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let token = format!("{}.{}.{}", part(r#"{"alg":"RS256"}"#), part(&text), part("x"));
    if random.one_in(4) {
        random.spoiled(&token)
    } else {
        token
    }
}

/// An answer with one thing or another changed.
fn fragment(random: &mut Random) -> String {
    let token = if random.one_in(4) {
        random.spoiled(TOKEN)
    } else {
        TOKEN.to_owned()
    };
    let mut parameters = vec![
        ("access_token", token),
        ("token_type", "Bearer".to_owned()),
        ("expires_in", "3599".to_owned()),
        ("id_token", id_token(random)),
        ("state", STATE.to_owned()),
        ("code", "0.AX".to_owned()),
    ];
    if random.one_in(3) {
        let at = random.below(parameters.len());
        parameters[at].1 = random.text();
    }
    if random.one_in(6) {
        let name = random.pick(&["state", "error", "access_token", "expires_in", "x"]);
        parameters.push((name, random.text()));
    }
    if random.one_in(6) {
        parameters.remove(random.below(parameters.len()));
    }
    let fragment = parameters.iter().map(|(name, value)| format!("{name}={value}"));
    let fragment = fragment.collect::<Vec<_>>().join("&");
    if random.one_in(8) {
        random.spoiled(&fragment)
    } else {
        fragment
    }
}

/// What must be true of whatever is believed.
fn check(signed_in: &SignedIn, number: u64, input: &str) {
    assert_eq!(signed_in.token.expose(), TOKEN, "input {number}: {input:?}");
    assert_eq!(
        signed_in.account.tenant_id, TENANT_ID,
        "input {number}: {input:?}"
    );
    assert!(
        signed_in.return_to.starts_with("/portal/"),
        "input {number}: {input:?}"
    );
}

#[test]
fn t03_no_answer_makes_another_token_believed() {
    let settings = settings(Flow::Implicit);
    let mut believed = 0_u64;
    for number in numbers() {
        let mut random = Random(number);
        let input = if random.one_in(10) {
            random.text()
        } else {
            fragment(&mut random)
        };
        if let Ok(signed_in) = finish(&settings, Some(pending(&settings)), &input, at(30)) {
            check(&signed_in, number, &input);
            believed += 1;
        }
        assert!(
            finish(&settings, None, &input, at(30)).is_err(),
            "input {number}: {input:?}"
        );
    }
    let all = numbers().end - numbers().start;
    assert!(
        believed > all / 50 && believed < all / 2,
        "{believed} of {all}: good ones are among them"
    );
}

#[test]
fn t03_no_answer_of_the_token_endpoint_makes_an_id_token_of_another_request_believed() {
    let settings = settings(Flow::Code);
    let mut believed = 0_u64;
    for number in numbers() {
        let mut random = Random(number ^ 0xc0de);
        let fragment = fragment(&mut random);
        let Ok(grant) = finish_with_code(&settings, Some(pending(&settings)), &fragment, at(30)) else {
            continue;
        };
        let mut answer = json!({
            "token_type": "Bearer",
            "expires_in": 3599,
            "access_token": if random.one_in(4) { random.spoiled(TOKEN) } else { TOKEN.to_owned() },
            "refresh_token": "0.r",
            "id_token": id_token(&mut random),
        });
        if random.one_in(3) {
            let name = random.pick(&[
                "token_type",
                "expires_in",
                "access_token",
                "id_token",
                "error",
                "x",
            ]);
            answer[name] = random.value();
        }
        let text = answer.to_string();
        let text = if random.one_in(8) {
            random.spoiled(&text)
        } else {
            text
        };
        if let Ok(signed_in) = grant.redeemed(&settings, &text, at(30)) {
            assert_eq!(signed_in.account.tenant_id, TENANT_ID, "input {number}: {text:?}");
            believed += 1;
        }
    }
    let all = numbers().end - numbers().start;
    assert!(believed > all / 50 && believed < all / 2, "{believed} of {all}");
}

#[test]
fn t02_no_text_leads_the_user_out_of_the_app() {
    for number in numbers() {
        let mut random = Random(number ^ 0xbac);
        let text = match random.below(3) {
            0 => random.text(),
            1 => random.spoiled("/portal/servers/s/rg/pg/backups?pane=take-backup"),
            _ => format!("/portal/{}", random.text()),
        };
        let Some(path) = safe_return_path(&text, "https://app.example/portal/") else {
            continue;
        };
        let base = oauth2::url::Url::parse("https://app.example/").expect("a URL");
        let url = base
            .join(&path)
            .unwrap_or_else(|error| panic!("input {number}: {path:?}: {error}"));
        assert_eq!(url.origin(), base.origin(), "input {number}: {path:?}");
        assert!(
            url.path().starts_with("/portal/"),
            "input {number}: {path:?} is {url}"
        );
    }
}
