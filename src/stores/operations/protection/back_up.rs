//! Backing an instance up now: the operation ends in a job, and the job in a recovery point.

use crate::stores::operations::Drive;

impl Drive {
    pub(super) async fn back_up_instance(mut self, rule: &str, tag: Option<&str>) {
        if !self.look_at_jobs_before().await {
            return;
        }
        let (service, instance) = (self.data_protection(), self.operation.target.clone());
        let begun = service.begin_backup(&instance, rule, tag).await;
        self.follow_to_job(begun).await;
    }
}
