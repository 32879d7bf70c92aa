use chrono::TimeDelta;

use super::*;

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The example of RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::seconds(1_772_359_200 + seconds)
}

fn token(claims: &Value) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!(
        "{}.{}.{}",
        part("{}"),
        part(&claims.to_string()),
        part("emulator")
    )
}

fn claims(tokens: &Map<String, Value>, name: &str) -> Value {
    let token = tokens[name].as_str().expect("a token");
    let claims = token.split('.').nth(1).expect("claims");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).expect("base64url")).expect("JSON")
}

/// A code as the sign-in page makes it.
fn code() -> String {
    let times = json!({ "iat": at(0).timestamp(), "exp": at(3599).timestamp(), "oid": "mira" });
    let mut id_token = times.clone();
    id_token["nonce"] = "n".into();
    let code = json!({
        "id": "code-1",
        "client_id": "app-1",
        "redirect_uri": "https://app.example/",
        "challenge": CHALLENGE,
        "exp": at(600).timestamp(),
        "tokens": {
            "access_token": token(&times),
            "id_token": token(&id_token),
            "token_type": "Bearer",
            "expires_in": 3599,
            "scope": "x",
        },
    });
    URL_SAFE_NO_PAD.encode(code.to_string())
}

fn asking() -> BTreeMap<String, String> {
    let code = code();
    let fields = [
        ("client_id", "app-1"),
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "https://app.example/"),
        ("code_verifier", VERIFIER),
        ("scope", "x"),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

fn refreshing(token: &str) -> BTreeMap<String, String> {
    let fields = [
        ("client_id", "app-1"),
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

fn number(outcome: Result<Map<String, Value>, Refusal>) -> (&'static str, u32) {
    match outcome {
        Err(Refusal(error, number, _)) => (error, number),
        Ok(tokens) => panic!("{tokens:?}"),
    }
}

#[test]
fn a_code_gives_the_tokens_it_holds_and_a_refresh_token_for_a_day() {
    let tokens = tokens(&asking(), true, at(10), |_| true).unwrap_or_else(|refusal| panic!("{}", refusal.2));
    assert_eq!(claims(&tokens, "id_token")["nonce"], "n");
    let refresh = tokens["refresh_token"]
        .as_str()
        .expect("a refresh token")
        .to_owned();

    let day = 24 * 60 * 60;
    let later = super::tokens(&refreshing(&refresh), true, at(day), |_| true);
    let later = later.unwrap_or_else(|refusal| panic!("{}", refusal.2));
    let id = claims(&later, "id_token");
    assert_eq!(id["nonce"], Value::Null);
    assert_eq!(
        (&id["iat"], &id["exp"]),
        (&at(day).timestamp().into(), &at(day + 3599).timestamp().into())
    );
    let access = later["access_token"].as_str().expect("a token");
    let hash = URL_SAFE_NO_PAD.encode(&Sha256::digest(access)[..16]);
    assert_eq!(id["at_hash"], hash);

    // The day counts from the sign-in, however often the token was renewed.
    let newest = later["refresh_token"].as_str().expect("a refresh token");
    let after = super::tokens(&refreshing(newest), true, at(day + 10), |_| true);
    assert_eq!(number(after), ("invalid_grant", 700_084));
}

#[test]
fn what_entra_refuses_is_refused() {
    let with = |name: &str, value: &str| {
        let mut form = asking();
        form.insert(name.to_owned(), value.to_owned());
        form
    };
    let without = |name: &str| {
        let mut form = asking();
        form.remove(name);
        form
    };
    let cases = [
        (without("client_id"), 10, ("invalid_request", 900_144)),
        (without("code"), 10, ("invalid_request", 900_144)),
        (without("code_verifier"), 10, ("invalid_request", 900_144)),
        (
            with("grant_type", "password"),
            10,
            ("unsupported_grant_type", 70_003),
        ),
        (with("code", "0.AX"), 10, ("invalid_grant", 9_002_313)),
        (with("client_id", "app-2"), 10, ("invalid_grant", 700_005)),
        (with("client_id", NOT_AN_SPA), 10, ("invalid_request", 9_002_326)),
        (
            with("redirect_uri", "https://app.example"),
            10,
            ("invalid_grant", 500_112),
        ),
        (with("code_verifier", CHALLENGE), 10, ("invalid_grant", 501_481)),
        (asking(), 600, ("invalid_grant", 70_008)),
        (refreshing("x"), 10, ("invalid_grant", 9_002_313)),
    ];
    for (form, seconds, expected) in cases {
        let outcome = tokens(&form, true, at(seconds), |_| true);
        assert_eq!(number(outcome), expected, "{form:?}");
    }
    let again = tokens(&asking(), true, at(10), |_| false);
    assert_eq!(number(again), ("invalid_grant", 54_005));
}

#[test]
fn a_form_is_read_as_browsers_write_it() {
    let form = form(b"a=1&scope=openid+https%3A%2F%2Fx%2F&empty=&b=%zz&c&=d");
    let read: Vec<_> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("", "d"),
            ("a", "1"),
            ("b", "%zz"),
            ("scope", "openid https://x/")
        ]
    );
}
