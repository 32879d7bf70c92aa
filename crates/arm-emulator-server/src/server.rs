//! A running server.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use arm_emulator::World;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{Options, connection, routes, shared::Shared, wall_clock};

/// An emulator that listens on 127.0.0.1 for as long as this value lives.
///
/// ```no_run
/// # async fn example() -> std::io::Result<()> {
/// use arm_emulator_server::{EmulatorServer, Options};
/// let emulator = EmulatorServer::start(Options { time_factor: 60.0, ..Options::default() }).await?;
/// let subscriptions = format!("{}/subscriptions?api-version=2022-12-01", emulator.url());
/// # Ok(())
/// # }
/// ```
#[must_use = "the server stops when it is dropped"]
pub struct EmulatorServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl EmulatorServer {
    /// Starts with the world of the options' file, or else with the default world of the present moment. Must be
    /// called within a tokio runtime.
    ///
    /// # Errors
    /// When the port cannot be listened on, or the file holds no world of this emulator's format or cannot be written.
    pub async fn start(options: Options) -> io::Result<Self> {
        let world = Shared::world_of(&options, wall_clock::now())?;
        Self::start_with(world, options).await
    }

    /// Starts with a world of the caller's, which takes the place of what the options' file holds. Must be called
    /// within a tokio runtime.
    ///
    /// # Errors
    /// When the port cannot be listened on, or the options' file cannot be written.
    pub async fn start_with(world: World, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(world, options)?);
        let router = routes::router(Arc::clone(&shared));
        let task = tokio::spawn(connection::accept_all(listener, router, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// The origin of this server, without a slash at its end: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Uses the world between two requests: to read it, to inject faults, to turn switches.
    pub fn with_world<R>(&self, use_world: impl FnOnce(&mut World) -> R) -> R {
        self.shared.change_world(use_world)
    }

    /// Has the next sign-in answered as `play` says ([`arm_emulator::sign_in::is_play`]); several are answered in turn.
    ///
    /// # Panics
    /// When the sign-in page has no such answer.
    pub fn play_sign_in(&self, play: &str) {
        assert!(
            arm_emulator::sign_in::is_play(play),
            "the sign-in page has no answer '{play}'"
        );
        self.shared.play(play);
    }

    /// Serves for ever; ends only if serving itself does.
    pub async fn wait(mut self) {
        (&mut self.task).await.ok();
    }
}

impl Drop for EmulatorServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
