//! What Azure says a backup needs, asked when the pane opens.

use arm_client::postgres::long_term_retention::{LongTermBackupName, PreCheck};

use crate::{
    components::Refusal,
    hooks::{Reading, use_reading},
    pages::servers::retention::list::List,
    prelude::*,
    problem::Problem,
    services::use_services,
    ui::{button::Button, changing::view_of, progress::Spinner},
};

/// Asks Azure, with the name that is suggested, what a backup needs; another name needs the same.
pub fn use_pre_check(list: List, name: String) -> Reading<PreCheck> {
    let arm = use_services().arm.clone();
    use_reading(move || {
        let retention = arm.long_term_retention(&list.server.get_value());
        let name = name.parse::<LongTermBackupName>();
        async move {
            match name {
                Ok(name) => retention.pre_check(&name).await,
                Err(_) => std::future::pending().await,
            }
        }
    })
}

/// While Azure has not said how many containers it needs, or has refused to.
pub fn pre_check(check: Reading<PreCheck>) -> AnyView {
    view_of(move || {
        let problem = check.problem.with(|error| error.as_ref().map(Problem::in_full));
        match problem {
            Some(problem) => view! {
                <Refusal title="The pre-check was not passed" problem />
                <p><Button busy=check.is_loading on_click=check.again>"Check again"</Button></p>
            }
            .into_any(),
            None => view! {
                <p class="status"><Spinner size=16 /> "Azure is asked how many containers a backup needs."</p>
            }
            .into_any(),
        }
    })
}
