//! PostgreSQL from the system's packages: clusters that live as long as the test.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

/// The programs of one version.
pub struct PostgreSql {
    bin: PathBuf,
    /// PostgreSQL refuses to be run by root: then its own user runs it, as Debian's packages make one.
    is_root: bool,
}

/// A running server.
pub struct Cluster {
    bin: PathBuf,
    is_root: bool,
    folder: PathBuf,
    port: u16,
}

impl PostgreSql {
    /// The one that `PG_BIN` names, or one of Debian's, or the one on `PATH`.
    pub fn find() -> Option<Self> {
        let named = std::env::var_os("PG_BIN").map(PathBuf::from);
        let bin = named.or_else(bin).filter(|bin| bin.join("initdb").is_file())?;
        let user = Command::new("id").arg("-u").output().expect("id");
        let is_root = user.stdout.trim_ascii() == b"0";
        Some(Self { bin, is_root })
    }

    /// Starts an empty cluster, whose superuser is that of the service.
    pub fn start(&self, name: &str) -> Cluster {
        let folder = std::env::temp_dir().join(format!("restore-script-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .expect("a free port")
            .port();
        let cluster = Cluster {
            bin: self.bin.clone(),
            is_root: self.is_root,
            folder,
            port,
        };
        if self.is_root {
            check(Command::new("chown").arg("postgres").arg(&cluster.folder));
        }
        let data = cluster.folder.join("data");
        let mut initdb = cluster.owners("initdb");
        initdb.arg("--pgdata").arg(&data).args([
            "--username=azuresu",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--no-sync",
        ]);
        check(&mut initdb);
        let options = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off",
            cluster.folder.display()
        );
        let mut start = cluster.owners("pg_ctl");
        start
            .arg("--pgdata")
            .arg(&data)
            .arg("--log")
            .arg(cluster.folder.join("log"));
        check(start.args(["--wait", "--silent", "--options", &options, "start"]));
        cluster
    }
}

impl Cluster {
    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a query gives, asked by the superuser.
    pub fn run(&self, database: &str, sql: &str) -> String {
        let arguments = [
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--quiet",
            "--set",
            "ON_ERROR_STOP=1",
        ];
        let more = ["--dbname", &named(database), "--command", sql];
        let said = self.tool("psql", &[&arguments[..], &more].concat());
        String::from_utf8(said).expect("text").trim_end().to_owned()
    }

    /// The same, asked over TCP by somebody with a password.
    pub fn run_as(&self, user: &str, password: &str, sql: &str) -> String {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args([
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--host",
            "127.0.0.1",
            "--dbname",
            "postgres",
        ]);
        psql.args(["--username", user, "--command", sql])
            .env("PGPORT", self.port.to_string());
        let said = check(psql.env("PGPASSWORD", password));
        String::from_utf8(said).expect("text").trim_end().to_owned()
    }

    /// What a client program gives, run by the superuser of the cluster.
    pub fn tool(&self, program: &str, arguments: &[&str]) -> Vec<u8> {
        let mut command = Command::new(self.bin.join(program));
        command
            .env("PGHOST", &self.folder)
            .env("PGPORT", self.port.to_string())
            .env("PGUSER", "azuresu");
        check(command.args(arguments))
    }

    /// A program that only the owner of the cluster may run.
    fn owners(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = if self.is_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.owners("pg_ctl");
        stop.arg("--pgdata").arg(self.folder.join("data"));
        let stopped = stop.args(["--mode", "immediate", "--silent", "stop"]).status();
        let removed = std::fs::remove_dir_all(&self.folder);
        if !std::thread::panicking() {
            assert!(
                stopped.is_ok_and(|status| status.success()) && removed.is_ok(),
                "{}",
                self.folder.display()
            );
        }
    }
}

/// A database as a connection string; a bare name may be taken for one.
pub fn named(database: &str) -> String {
    format!("dbname='{}'", database.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// The command with the client programs on its `PATH`.
pub fn with_tools(command: &mut Command) -> &mut Command {
    let found = PostgreSql::find().map(|found| found.bin);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = found.into_iter().chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(folders).expect("a path"))
}

/// The newest version of Debian's packages, or the folder of the one on `PATH`.
fn bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())))
        .max();
    let on_path = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file())
    };
    newest.map(|(_, folder)| folder.join("bin")).or_else(on_path)
}

fn check(command: &mut Command) -> Vec<u8> {
    // A server that goes on running must not keep a pipe open: only what ends is read to its end.
    let ran = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        ran.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    ran.stdout
}
