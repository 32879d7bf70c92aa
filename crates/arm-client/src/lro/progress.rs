//! What is known of a running operation.

/// What the service last said of an operation that has not failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// It goes on.
    Running {
        /// The service's word for it, such as `InProgress`.
        status: String,
        /// How much is done, 0 to 100, where the service says so.
        percent: Option<f64>,
    },
    /// It ended well; [`Poller::result`](crate::Poller::result) gives what it made.
    Finished,
    /// The service took the request and gave no URL to ask at, or none that may be read.
    ///
    /// It is not success: look at the resource, and compare with what was there before (auth #64, #65).
    Unknown,
}
