//! The emulator in a terminal.

use std::{
    env,
    io::{self, Write as _},
    process::ExitCode,
};

use arm_emulator_server::{EmulatorServer, Options};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
    {
        return tell(Options::USAGE).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let options = match Options::from_arguments(arguments) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\n{}", Options::USAGE);
            return ExitCode::from(2);
        }
    };
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The emulator could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> io::Result<()> {
    let server = EmulatorServer::start(Options {
        log_requests: true,
        ..options
    })
    .await?;
    // The first line of output is a contract: whoever starts this program reads the port from it.
    tell(&format!("listening on {}", server.url()))?;
    server.wait().await;
    Ok(())
}

fn tell(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
