//! What is given in the pane, and what keeps it from being sent.

use std::time::Duration;

use arm_client::{
    postgres::long_term_retention::{LongTermBackupName, PreCheck, expected_duration},
    storage::{Cloud, SasUri},
};

use super::{
    container::Container,
    name,
    sas::{self, Given, Measure},
};
use crate::{
    config,
    hooks::{Reading, use_rested},
    pages::servers::retention::{list::List, row::Row},
    prelude::*,
    services::use_services,
};

/// How long a backup is taken to last where no earlier one of the server tells.
const USUAL: Duration = Duration::from_secs(3600);

/// How many containers can be given here; one is what Azure was seen to ask for (reference A3).
const MOST_CONTAINERS: usize = 16;

/// The fields and what follows from them.
#[derive(Clone, Copy)]
pub struct Form {
    /// What is typed as the name.
    pub name: RwSignal<String>,
    /// The name, or what is wrong with it.
    pub judged: Memo<Result<LongTermBackupName, String>>,
    /// What is shown to be wrong with the name, once the typing rests.
    pub name_error: Signal<Option<String>>,
    /// Shows it at once.
    pub judge_now: Callback<()>,
    /// How long earlier backups of the server took.
    pub earlier: Memo<Option<Duration>>,
    /// What a SAS is held against.
    pub measure: Signal<Measure>,
    /// What Azure says a backup needs.
    pub check: Reading<PreCheck>,
    /// How many containers that is.
    pub needed: Memo<Option<usize>>,
    /// Why it cannot be sent, as far as the fields go.
    pub reason_not_to: Signal<Option<String>>,
    suggested: StoredValue<String>,
    containers: StoredValue<Vec<Container>>,
}

impl Form {
    /// The containers that are needed, as far as they can be given here.
    pub fn containers(self) -> Vec<Container> {
        let shown = self.needed.get().unwrap_or_default().min(MOST_CONTAINERS);
        self.containers
            .with_value(|containers| containers[..shown].to_vec())
    }

    /// The URIs that are given; from then on they are with whoever asked for them only.
    pub fn take_uris(self) -> Vec<SasUri> {
        let containers = untrack(|| self.containers());
        let given = untrack(|| given(&containers));
        containers.iter().for_each(|container| container.forget());
        given.into_iter().filter_map(Given::uri).collect()
    }

    /// Whether leaving would lose something.
    pub fn is_touched(self) -> bool {
        let suggested = self.suggested.get_value();
        self.name.with_untracked(|name| *name != suggested)
            || self
                .containers
                .with_value(|containers| containers.iter().any(|container| container.is_touched()))
    }
}

/// A form with a name of which no backup of the list is; `pre_check` asks with it what is needed.
pub fn use_form(list: List, pre_check: fn(List, String) -> Reading<PreCheck>) -> Form {
    let services = use_services();
    let clock = StoredValue::new_local(services.page_clock.clone());
    let taken = Memo::new(move |_| {
        let names = |rows: &Vec<Row>| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
        list.rows.with(names)
    });
    let suggested = taken.with_untracked(|taken| name::suggest(clock.get_value().now(), taken));
    let name = RwSignal::new(suggested.clone());
    let judge = move |text: &str| taken.with(|taken| name::judge(text, taken));
    let judged = Memo::new(move |_| name.with(|text| judge(text)));
    let (rested, judge_now) = use_rested(name);
    let check = pre_check(list, suggested.clone());
    let needed = Memo::new(move |_| {
        let count = check
            .data
            .with(|check| check.as_ref().map(|check| check.number_of_containers));
        count.and_then(|count| usize::try_from(count).ok())
    });
    let earlier = Memo::new(move |_| {
        list.reading
            .data
            .with(|backups| backups.as_deref().and_then(expected_duration))
    });
    let cloud = cloud_of(services.config.cloud);
    let measure = Signal::derive(move || Measure {
        now: clock.get_value().now(),
        expected: earlier.get().unwrap_or(USUAL),
        cloud,
    });
    let mut form = Form {
        name,
        judged,
        name_error: Signal::derive(move || rested.with(|text| judge(text).err())),
        judge_now,
        earlier,
        measure,
        check,
        needed,
        reason_not_to: Signal::stored(None),
        suggested: StoredValue::new(suggested),
        containers: StoredValue::new((0..MOST_CONTAINERS).map(|_| Container::new()).collect()),
    };
    form.reason_not_to = Signal::derive(move || {
        let unchecked = match needed.get() {
            Some(count) if count > MOST_CONTAINERS => Some(format!(
                "Azure asks for {count} containers, and {MOST_CONTAINERS} can be given here. Use the code below."
            )),
            Some(_) => None,
            None if check.problem.with(Option::is_some) => Some("The pre-check was not passed.".to_owned()),
            None => Some("Azure has not answered the pre-check yet.".to_owned()),
        };
        unchecked.or_else(|| sas::reason_not_to(given(&form.containers()), measure.get()))
    });
    form
}

fn given(containers: &[Container]) -> Vec<Given> {
    containers.iter().map(|container| container.given()).collect()
}

fn cloud_of(cloud: config::Cloud) -> Cloud {
    match cloud {
        config::Cloud::Public | config::Cloud::Emulator => Cloud::Public,
        config::Cloud::UsGovernment => Cloud::UsGovernment,
        config::Cloud::China => Cloud::China,
    }
}
