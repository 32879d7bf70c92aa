//! The emulator as a program of its own, spoken to with curl as the script does.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

const ACCOUNT: &str = "stcommercebackup";
const CONTAINER: &str = "restored-files";

pub struct Emulator {
    process: Child,
    url: String,
}

impl Emulator {
    /// Starts the one that `ARM_EMULATOR_SERVER` names, or one that cargo builds.
    pub fn start() -> Self {
        let mut process = Command::new(program())
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the emulator");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("its first line");
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .expect("the line that is a contract");
        Self {
            url: url.to_owned(),
            process,
        }
    }

    /// The URL of the container, without a SAS.
    pub fn container(&self) -> String {
        format!("{}/_blob/{ACCOUNT}/{CONTAINER}", self.url)
    }

    /// Puts a blob into it.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let escaped: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let path = format!("/_emulator/blobs/{ACCOUNT}/{CONTAINER}/{escaped}");
        self.send(&["--request", "PUT", "--data-binary", "@-"], &path, bytes);
    }

    pub fn post(&self, path: &str, body: &str) -> String {
        let options = [
            "--request",
            "POST",
            "--data-binary",
            "@-",
            "--header",
            "Authorization: Bearer any",
        ];
        self.send(&options, path, body.as_bytes())
    }

    /// A SAS of the container with the permissions read and list.
    pub fn sas(&self) -> String {
        let path = format!(
            "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/{ACCOUNT}/listServiceSas?api-version=2025-06-01"
        );
        let body = format!(
            r#"{{"canonicalizedResource":"/blob/{ACCOUNT}/{CONTAINER}","signedPermission":"rl","signedExpiry":"2099-01-01T00:00:00Z"}}"#
        );
        let answer: serde_json::Value = serde_json::from_str(&self.post(&path, &body)).expect("JSON");
        answer["serviceSasToken"].as_str().expect("a SAS").to_owned()
    }

    /// The same with the address before it, as many a page offers it.
    pub fn sas_uri(&self) -> String {
        format!("{}?{}", self.container(), self.sas())
    }

    fn send(&self, options: &[&str], path: &str, body: &[u8]) -> String {
        let mut curl = Command::new("curl");
        curl.args(["--fail-with-body", "--silent", "--show-error", "--noproxy", "*"])
            .args(options);
        let mut curl = curl
            .arg(format!("{}{path}", self.url))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("curl");
        curl.stdin
            .take()
            .expect("its input")
            .write_all(body)
            .expect("a body");
        let answered = curl.wait_with_output().expect("an answer");
        let text = String::from_utf8_lossy(&answered.stdout).into_owned();
        assert!(answered.status.success(), "{path}: {text}");
        text
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let ended = self.process.kill().and_then(|()| self.process.wait());
        if !std::thread::panicking() {
            ended.expect("the emulator ends");
        }
    }
}

fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("ARM_EMULATOR_SERVER") {
        return named.into();
    }
    let root = env!("CARGO_MANIFEST_DIR");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "-p", "arm-emulator-server"])
        .current_dir(root)
        .status();
    assert!(built.expect("cargo").success(), "the emulator cannot be built");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    PathBuf::from(root)
        .join(target)
        .join("debug")
        .join(format!("arm-emulator-server{}", std::env::consts::EXE_SUFFIX))
}
