//! The configurations of nginx, of a container and of Caddy in nginx and Caddy: they answer as the router does.
//!
//! The programs are Debian's. Where `REAL_HOSTS` is set, as `cargo xtask test` does, one that is missing is a failure;
//! elsewhere its test says that it was left out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

use serde_json::{Value, json};
use static_host::hosts::{Configuration, configurations};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;

const PAGE: &str = "<!doctype html><title>The app</title>";
const BRIDGE: &str = "<!doctype html><title>The bridge</title>";
const HASHED: &str = "app-0123456789abcdef.js";
const WASM: &str = "app-0123456789abcdef_bg.wasm";

/// What a request is answered with.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

/// A host that listens on a socket in its folder until it goes.
struct Host {
    folder: PathBuf,
    stop: Command,
}

impl Drop for Host {
    fn drop(&mut self) {
        // A host that does not stop would outlive the test: worth a failure, unless the test has failed already.
        let has_stopped = self.stop.status().is_ok_and(|status| status.success());
        let _ = fs::remove_dir_all(&self.folder);
        assert!(has_stopped || std::thread::panicking(), "{:?}", self.stop);
    }
}

impl Host {
    fn get(&self, path: &str, accepted: &str) -> Answer {
        let mut stream = UnixStream::connect(self.folder.join("host.sock")).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {accepted}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        Answer {
            status,
            headers,
            body: body.to_owned(),
        }
    }
}

/// A build in a folder of the system's own for such, whose path is short enough for a socket.
fn site(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("static-host-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let build = folder.join("build");
    fs::create_dir_all(build.join("worker-0123456789abcdef")).unwrap();
    for (file, content) in [
        ("index.html", PAGE),
        ("config.json", "{}"),
        (HASHED, "raw"),
        ("app-0123456789abcdef.js.br", "as brotli"),
        ("app-0123456789abcdef.js.gz", "as gzip"),
        (WASM, "wasm"),
        ("worker-0123456789abcdef/shell.js", "// shell"),
        ("licences.txt", "MIT"),
        ("auth-bridge.html", BRIDGE),
    ] {
        fs::write(build.join(file), content).unwrap();
    }
    // The host's own workers may run as somebody else.
    for folder in [&folder, &build, &build.join("worker-0123456789abcdef")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

fn config() -> Value {
    json!({"cloud": "public", "hosts": ["https://portal.contoso.com"]})
}

fn configuration(name: &str, base: &str, build: &Path) -> String {
    let all = configurations(&config(), base);
    let Configuration { content, .. } = all.into_iter().find(|one| one.name == name).unwrap();
    content.replace(static_host::hosts::FOLDER, build.to_str().unwrap())
}

/// Whether the program is there; where it has to be, its lack is a failure.
fn has(program: &str) -> bool {
    let found = Command::new(program).arg("version").output().is_ok();
    assert!(
        found || std::env::var_os("REAL_HOSTS").is_none(),
        "{program} is missing"
    );
    if !found {
        eprintln!("left out: {program} is not installed");
    }
    found
}

fn nginx(base: &str) -> Host {
    let folder = site(&format!("nginx{}", base.len()));
    let locations = configuration("nginx.conf", base, &folder.join("build"));
    let path = folder.display();
    let server = format!("server {{\nlisten unix:{path}/host.sock;\nabsolute_redirect off;\n{locations}}}\n");
    nginx_with(folder, &server)
}

/// What the image of the Containerfile serves, without an engine for containers: each of its files is put where it says,
/// and nginx reads `conf.d` as in the image.
fn container(base: &str) -> Host {
    let folder = site(&format!("container{}", base.len()));
    let image = folder.join("image");
    let all = configurations(&config(), base);
    let content = |name: &str| all.iter().find(|one| one.name == name).map(|one| &one.content);
    let containerfile = content("Containerfile").unwrap();
    let words: Vec<Vec<&str>> = containerfile
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    for line in &words {
        let ["COPY", from, to] = line[..] else { continue };
        let to = image.join(to.trim_start_matches('/'));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        match (from, content(from)) {
            ("dist", _) => symlink(folder.join("build"), to).unwrap(),
            (_, Some(content)) => fs::write(to, content).unwrap(),
            (_, None) => panic!("{from} is not beside the Containerfile"),
        }
    }
    let port = words.iter().find(|line| line[0] == "EXPOSE").unwrap()[1];
    let server = fs::read_to_string(image.join("etc/nginx/conf.d/default.conf")).unwrap();
    let listens = format!("listen {port};");
    assert!(server.contains(&listens), "{server}");
    let files = image.join(static_host::hosts::FOLDER.trim_start_matches('/'));
    let server = server
        .replace(&listens, &format!("listen unix:{}/host.sock;", folder.display()))
        .replace(static_host::hosts::FOLDER, files.to_str().unwrap());
    nginx_with(folder, &server)
}

/// nginx with this server, which listens in the folder.
fn nginx_with(folder: PathBuf, server: &str) -> Host {
    let module = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
    assert!(
        Path::new(module).exists(),
        "libnginx-mod-http-brotli-static is missing"
    );
    let server = server.replace("# brotli_static on;", "brotli_static on;");
    let path = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|of| format!("{of}_temp_path {path}/tmp-{of};\n"))
        .concat();
    let text = format!(
        "load_module {module};\npid {path}/nginx.pid;\nerror_log {path}/error.log;\nevents {{}}\nhttp {{\n\
         include /etc/nginx/mime.types;\naccess_log off;\n{temporary}{server}}}\n"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, &text).unwrap();
    let command = || {
        let mut command = Command::new("nginx");
        command
            .arg("-c")
            .arg(&file)
            .arg("-e")
            .arg(folder.join("error.log"));
        command
    };
    // It returns once it listens.
    let started = command().output().unwrap();
    assert!(
        started.status.success(),
        "{}\n{text}",
        String::from_utf8_lossy(&started.stderr)
    );
    let mut stop = command();
    stop.args(["-s", "stop"]);
    Host { folder, stop }
}

fn caddy(base: &str) -> Host {
    let folder = site(&format!("caddy{}", base.len()));
    let snippet = configuration("Caddyfile", base, &folder.join("build"));
    let path = folder.display();
    let text = format!(
        "{{\n\tadmin unix/{path}/admin.sock\n\tauto_https off\n}}\n\
         http://localhost {{\n\tbind unix/{path}/host.sock\n{snippet}\n}}\n"
    );
    let file = folder.join("Caddyfile");
    fs::write(&file, &text).unwrap();
    let command = |act: &str| {
        let mut command = Command::new("caddy");
        command.arg(act).env("HOME", &folder);
        command
    };
    // It returns once it listens.
    let mut start = command("start");
    start.args(["--adapter", "caddyfile", "--config"]).arg(&file);
    let log = fs::File::create(folder.join("log")).unwrap();
    let status = start
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .status()
        .unwrap();
    assert!(
        status.success(),
        "{}\n{text}",
        fs::read_to_string(folder.join("log")).unwrap()
    );
    let mut stop = command("stop");
    stop.arg("--address").arg(format!("unix/{path}/admin.sock"));
    Host { folder, stop }
}

fn answers_as_it_should(host: &Host, base: &str) {
    for (path, accepted, status, kind, encoding, body) in [
        ("", "", 200, "text/html", None, PAGE),
        ("index.html", "", 200, "text/html", None, PAGE),
        (
            "servers/s/rg/pg-0123456789abcdef/backups?show=1",
            "",
            200,
            "text/html",
            None,
            PAGE,
        ),
        ("vaults", "gzip", 200, "text/html", None, PAGE),
        ("config.json", "gzip, br", 200, "application/json", None, "{}"),
        ("licences.txt", "", 200, "text/plain", None, "MIT"),
        ("auth-bridge.html", "gzip", 200, "text/html", None, BRIDGE),
        (HASHED, "", 200, "javascript", None, "raw"),
        (HASHED, "gzip", 200, "javascript", Some("gzip"), "as gzip"),
        (HASHED, "gzip, br", 200, "javascript", Some("br"), "as brotli"),
        (WASM, "gzip, br", 200, "application/wasm", None, "wasm"),
        (
            "worker-0123456789abcdef/shell.js",
            "",
            200,
            "javascript",
            None,
            "// shell",
        ),
        ("missing.png", "", 404, "", None, ""),
        ("missing-0123456789abcdef.js", "", 404, "", None, ""),
        ("servers/missing.css", "", 404, "", None, ""),
    ] {
        let answer = host.get(&format!("{base}{path}"), accepted);
        let of = format!("{base}{path} accepting {accepted:?}: {:?}", answer.headers);
        assert_eq!(answer.status, status, "{of}");
        let relative = format!("/{}", path.split('?').next().unwrap());
        for (name, mut value) in static_host::headers(&relative, &config()) {
            if status == 404 && name == "cache-control" {
                value = "no-cache".to_owned();
            }
            assert_eq!(answer.headers.get(name), Some(&value), "{name} of {of}");
        }
        let is_page = kind == "text/html" && body == PAGE;
        assert_eq!(
            answer.headers.contains_key("cross-origin-opener-policy"),
            is_page,
            "{of}"
        );
        if status == 200 {
            assert!(answer.headers["content-type"].contains(kind), "{of}");
            assert_eq!(
                answer.headers.get("content-encoding").map(String::as_str),
                encoding,
                "{of}"
            );
            assert_eq!(answer.body, body, "{of}");
        }
    }
    if base != "/" {
        let answer = host.get(base.trim_end_matches('/'), "");
        assert_eq!((answer.status, answer.headers["location"].as_str()), (301, base));
        assert!(
            !host.get("/elsewhere.js", "").body.contains("raw"),
            "nothing outside of the base"
        );
    }
}

#[test]
fn nginx_answers_as_the_router_does() {
    if has("nginx") {
        for base in ["/", "/portal.v2/"] {
            answers_as_it_should(&nginx(base), base);
        }
    }
}

#[test]
fn the_container_answers_as_the_router_does() {
    if has("nginx") {
        for base in ["/", "/portal.v2/"] {
            answers_as_it_should(&container(base), base);
        }
    }
}

#[test]
fn caddy_answers_as_the_router_does() {
    if has("caddy") {
        for base in ["/", "/portal.v2/"] {
            answers_as_it_should(&caddy(base), base);
        }
    }
}
