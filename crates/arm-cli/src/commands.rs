//! The commands: what is asked of the client, and what is shown of its answer.

use std::io::Write;

use arm_client::{ArmClient, ArmError, Backup, BackupName, Poller, Progress, ServerSummary};
use arm_core::ResourceId;

use crate::{failure::Failure, table::table};

/// Shows all servers that the user may see.
pub async fn list_servers(client: &ArmClient, out: &mut impl Write) -> Result<(), Failure> {
    let servers = client.resource_graph().flexible_servers().await?;
    let rows: Vec<_> = servers.iter().map(server_row).collect();
    let heads = [
        "NAME",
        "RESOURCE GROUP",
        "SUBSCRIPTION",
        "LOCATION",
        "STATE",
        "VERSION",
    ];
    Ok(write!(out, "{}", table(heads, &rows))?)
}

/// Shows all backups of a server.
pub async fn list_backups(client: &ArmClient, server: &str, out: &mut impl Write) -> Result<(), Failure> {
    let server = find_server(client, server).await?;
    let backups = client.backups(&server).list().await?;
    show_backups(&backups, out)
}

/// Takes a backup, tells `log` how it goes, and shows it in the end.
pub async fn create_backup(
    client: &ArmClient,
    server: &str,
    name: &BackupName,
    out: &mut impl Write,
    log: &mut impl Write,
) -> Result<(), Failure> {
    let server = find_server(client, server).await?;
    let poller = client.backups(&server).begin_create(name).await;
    let poller = poller.map_err(|error| {
        if error.may_have_begun() {
            Failure::Unknown(Some(error))
        } else {
            Failure::Arm(error)
        }
    })?;
    let backup = follow(poller, name, log).await?;
    show_backups(&[backup], out)
}

async fn follow(
    mut poller: Poller<Backup>,
    name: &BackupName,
    log: &mut impl Write,
) -> Result<Backup, Failure> {
    loop {
        match poller.next().await {
            Ok(Progress::Running { status, percent }) => {
                let percent = percent
                    .map(|percent| format!(" {percent:.0} %"))
                    .unwrap_or_default();
                writeln!(log, "{}: {status}{percent}", name.as_str())?;
            }
            Ok(Progress::Finished) => return Ok(poller.result().await?),
            Ok(Progress::Unknown) => return Err(Failure::Unknown(None)),
            Err(error @ ArmError::OperationFailed(_)) => return Err(error.into()),
            // Failing to ask is not failure of the backup.
            Err(error) => return Err(Failure::Unknown(Some(error))),
        }
    }
}

/// The server of this resource id, or the only one of this name.
async fn find_server(client: &ArmClient, server: &str) -> Result<ResourceId, Failure> {
    if server.starts_with('/') {
        return server
            .parse()
            .map_err(|error| Failure::Usage(format!("{server}: {error}")));
    }
    let servers = client.resource_graph().flexible_servers().await?;
    let mut named = servers
        .into_iter()
        .filter(|known| known.name.eq_ignore_ascii_case(server));
    match (named.next(), named.count()) {
        (Some(only), 0) => Ok(only.id),
        (first, others) => Err(Failure::Server {
            name: server.to_owned(),
            count: others + usize::from(first.is_some()),
        }),
    }
}

fn server_row(server: &ServerSummary) -> [String; 6] {
    [
        server.name.clone(),
        server.resource_group.clone(),
        server.subscription_id.clone(),
        server.location.clone().unwrap_or_default(),
        server.state.as_ref().map(ToString::to_string).unwrap_or_default(),
        server.version.clone().unwrap_or_default(),
    ]
}

fn show_backups(backups: &[Backup], out: &mut impl Write) -> Result<(), Failure> {
    let rows: Vec<_> = backups.iter().map(backup_row).collect();
    Ok(write!(out, "{}", table(["NAME", "TYPE", "COMPLETED"], &rows))?)
}

fn backup_row(backup: &Backup) -> [String; 3] {
    let completed = backup
        .completed_time
        .map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    [
        backup.name.clone(),
        backup
            .backup_type
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        completed.unwrap_or_default(),
    ]
}
