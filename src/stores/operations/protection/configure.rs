//! Putting something under a vault, or under another policy: followed until it is protected.

use std::{mem, time::Duration};

use arm_client::{
    ArmError,
    data_protection::{BackupInstance, NewInstance, ProtectionPoller, ProtectionProgress},
};

use crate::stores::operations::{Act, Drive, Event, Failure, drive::is_passing};

impl Drive {
    pub(super) async fn configure(mut self, new: &NewInstance) {
        let (service, vault) = (self.data_protection(), self.vault());
        let name = self.operation.target.name().to_owned();
        match service.begin_configure(&vault, &name, new).await {
            Ok(poller) => {
                let token = poller.continuation_token();
                if self.tell(Event::Accepted(token)).is_continue() {
                    self.follow_protection(poller).await;
                }
            }
            Err(error) => self.not_accepted(error).await,
        }
    }

    /// Goes on by the operation, or by the instance alone where nobody knows where to ask for that.
    pub(super) async fn go_on_configuring(&mut self) {
        let token = self.operation.token.take();
        let target = self.operation.target.clone();
        match self.data_protection().resume_configuring(&target, token.as_ref()) {
            Ok(poller) => {
                // What the token says is known without asking.
                if token.is_some() || self.pace.turn(Duration::ZERO).await.is_continue() {
                    self.follow_protection(poller).await;
                }
            }
            Err(error) => {
                if self.tell(Event::Unknown(Some(error))).is_continue() {
                    self.look_at_protection().await;
                }
            }
        }
    }

    /// Reads the instance itself until it is protected.
    pub(super) async fn look_at_protection(&mut self) {
        let target = self.operation.target.clone();
        // Without a token there is nothing that could be wrong with it.
        if let Ok(poller) = self.data_protection().resume_configuring(&target, None) {
            self.follow_protection(poller).await;
        }
    }

    /// *Succeeded* of the operation is not *protected*: the instance's state alone is the end (reference B2).
    async fn follow_protection(&mut self, mut poller: ProtectionPoller) {
        let service = self.data_protection();
        let mut is_asked = poller.continuation_token().is_none();
        self.look_until_it_ends(async |drive| {
            // What the service said to the request, or to an earlier tab, is known without asking.
            let answer = if mem::replace(&mut is_asked, true) {
                poller.look().await
            } else {
                poller.next().await
            };
            let by_the_instance = || service.resume_configuring(&drive.operation.target, None);
            if poller
                .ended()
                .is_some_and(|instance| !drive.has_its_policy(instance))
            {
                // It has ended with the policy of before: nobody knows whether it will get the new one.
                poller = by_the_instance()?;
                return Ok(Event::Unknown(None));
            }
            match answer {
                Ok(ProtectionProgress::Protected(_)) => Ok(Event::Completed),
                Ok(ProtectionProgress::Configuring { status }) => Ok(Event::Running {
                    status,
                    percent: None,
                    next_look_in: poller.next_poll_in(),
                    token: poller.continuation_token(),
                }),
                Err(ArmError::OperationFailed(error)) => Ok(Event::Failed(Failure::from(&*error), None)),
                Err(error) => {
                    let is_final = !is_passing(&error) && !matches!(error, ArmError::SignInNeeded(_));
                    if is_final && poller.continuation_token().is_some() {
                        // The operation cannot be asked for any more; the instance can.
                        poller = by_the_instance()?;
                    }
                    Err(error)
                }
            }
        })
        .await;
    }

    fn has_its_policy(&self, instance: &BackupInstance) -> bool {
        match &self.operation.act {
            Act::Protection { policy, .. } => *policy == instance.policy,
            _ => false,
        }
    }
}
