//! `arm`: the client of Azure Resource Manager in a terminal.

mod arguments;
mod commands;
mod environment;
mod failure;
mod table;
mod transport;
mod wall_clock;

use std::{
    io::{self, Write as _},
    process::ExitCode,
    rc::Rc,
};

use arm_client::{ArmClient, ArmError};

use arguments::{Arguments, Command, USAGE};
use environment::TokenFromEnvironment;
use failure::Failure;
use transport::HttpTransport;
use wall_clock::WallClock;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse(std::env::args().skip(1));
    let ended = match arguments {
        Ok(arguments) => carry_out(arguments).await,
        Err(failure) => Err(failure),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("arm: {failure}");
            if matches!(failure, Failure::Usage(_)) {
                eprintln!("{USAGE}");
            }
            ExitCode::from(failure.exit_status())
        }
    }
}

async fn carry_out(arguments: Arguments) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if arguments.command == Command::Help {
        return Ok(writeln!(out, "{USAGE}")?);
    }
    let transport = HttpTransport::new().map_err(ArmError::Transport)?;
    let client = ArmClient::new(
        arguments.origin,
        Rc::new(transport),
        Rc::new(WallClock),
        Rc::new(TokenFromEnvironment::read()),
    );
    match arguments.command {
        Command::Help => Ok(()),
        Command::ListServers => commands::list_servers(&client, &mut out).await,
        Command::ListBackups { server } => commands::list_backups(&client, &server, &mut out).await,
        Command::CreateBackup { server, name } => {
            commands::create_backup(&client, &server, &name, &mut out, &mut io::stderr()).await
        }
    }
}
