//! Whether blobs of a container begin with a prefix, asked of the storage account itself (decision 22).

use std::{cell::RefCell, rc::Rc, time::Duration};

use arm_client::{
    ArmError,
    storage::{ContainerName, SasUri, ServiceSasRequest, StorageAccount},
};
use arm_core::Timestamp;

use super::target_reading::Place;
use crate::{
    config::listed_at,
    findings::restore::{BlobLook, Listed},
    hooks::use_reading_of,
    prelude::*,
    problem::Problem,
    services::use_services,
    transport::blobs::{Blobs, NotListed},
};

/// How long the SAS is good for with which is asked: it lists, and nothing else.
const GOOD_FOR: Duration = Duration::from_secs(10 * 60);

/// It is not used any more when its end is so near.
const TOO_LATE: Duration = Duration::from_secs(60);

/// How many blobs are asked for: whether there are any is what counts.
const MOST: u32 = 100;

/// What Azure Resource Manager is asked for, where it refuses.
const ASKS: &str = "To list them, the portal reads the CORS rules of the storage account and asks for a SAS.";

/// What is known of the blobs, and how to ask again.
#[derive(Clone, Copy)]
pub struct PrefixLook {
    /// What is known.
    pub look: Memo<BlobLook>,
    /// Asks again, where it is asked at all.
    pub again: Callback<()>,
}

/// What is asked for.
type Asked = (StorageAccount, ContainerName, String);

/// The SAS that is in use, and until when; it is in memory, and goes with the page.
type Kept = Rc<RefCell<Option<(SasUri, Timestamp)>>>;

/// Looks whenever the prefix is another one, once the account is known and the container is there.
pub fn use_prefix_look(
    place: StoredValue<Place>,
    account: RwSignal<Option<StorageAccount>>,
    container_is_there: RwSignal<Option<bool>>,
    prefix: Memo<String>,
) -> PrefixLook {
    let services = StoredValue::new_local(use_services());
    let blobs = Blobs::get();
    let kept = Kept::default();
    // The account as it is asked: at the endpoint that the configuration names.
    let asked_account = Memo::new(move |_| {
        let mut account = account.get().filter(|_| is_asked_as_itself())?;
        let told = account.blob_endpoint.clone()?;
        let endpoint = services.with_value(|services| {
            let endpoint = listed_at(&services.config.storage, &account.name, &told);
            endpoint.map(str::to_owned)
        });
        account.blob_endpoint = Some(endpoint?);
        Some(account)
    });
    let asked = Memo::new(move |_| {
        let account = asked_account
            .get()
            .filter(|account| account.takes_keys() && account.answers_every_network())?;
        let is_to_be = container_is_there.get() == Some(true);
        let prefix = prefix.get();
        let container = place.with_value(|place| place.container.clone());
        (is_to_be && !prefix.is_empty()).then_some((account, container, prefix))
    });
    let reading = use_reading_of(asked, move |asked: Asked| {
        let (services, kept, origin) = (services.get_value(), kept.clone(), own_origin());
        Box::pin(async move {
            let now = services.page_clock.now();
            let (account, container, prefix) = asked;
            let usable = |(sas, until): (SasUri, Timestamp)| (now + TOO_LATE < until).then_some(sas);
            let known = kept.borrow().clone();
            let sas = match known.and_then(usable) {
                Some(sas) => sas,
                None => {
                    let accounts = services.arm.storage_accounts();
                    // Whoever is not let read is not asked: the browser would write the address, which holds the SAS,
                    // into its console.
                    if !accounts.cors(&account.id).await?.lets_read(&origin) {
                        return Ok(BlobLook::Unknown(format!(
                            "The storage account has no CORS rule that lets {origin} read (GET) its blobs."
                        )));
                    }
                    let request = ServiceSasRequest {
                        container,
                        start: None,
                        expiry: now + GOOD_FOR,
                    };
                    let sas = accounts.listing_sas(&account, &request).await?;
                    kept.replace(Some((sas.clone(), request.expiry)));
                    sas
                }
            };
            let listed = blobs.list(&sas.list_url(&prefix, MOST, None)).await;
            if matches!(listed, Err(NotListed::Refused(..))) {
                // Its key may have been exchanged: the next look asks for another one.
                kept.take();
            }
            Ok::<_, ArmError>(match listed {
                Ok(page) => BlobLook::Listed(Listed::from(page)),
                Err(why) => BlobLook::Unknown(words(&why)),
            })
        })
    });
    let look = Memo::new(move |_| {
        let is_named = asked_account.with(Option::is_some);
        let takes_keys =
            asked_account.with(|account| account.as_ref().is_some_and(StorageAccount::takes_keys));
        if !is_named {
            return BlobLook::NotAsked;
        }
        if !takes_keys {
            return BlobLook::Unknown(
                "The storage account takes no SAS that is signed with its key.".to_owned(),
            );
        }
        let answers = asked_account.with(|account| {
            account
                .as_ref()
                .is_some_and(StorageAccount::answers_every_network)
        });
        if !answers {
            return BlobLook::Unknown(
                "The storage account does not answer every network, and perhaps not this one.".to_owned(),
            );
        }
        match container_is_there.get() {
            Some(true) => {}
            // What is to be made is empty.
            Some(false) => return BlobLook::Listed(Listed::default()),
            None => return BlobLook::Unknown("Whether the container is there is not known.".to_owned()),
        }
        let problem = reading.problem.with(|error| error.as_ref().map(Problem::in_full));
        match (reading.data.get(), problem) {
            _ if reading.is_loading.get() => BlobLook::Asking,
            (_, Some(problem)) => BlobLook::Unknown(format!("{ASKS} {}", problem.reason)),
            (Some(look), None) => look,
            (None, None) => BlobLook::Asking,
        }
    });
    let again = Callback::new(move |()| {
        if asked.with_untracked(Option::is_some) {
            reading.again.run(());
        }
    });
    PrefixLook { look, again }
}

/// Whether requests leave as the portal's own. In another's page (decision 20) they leave as that page's, past its scripts,
/// and what the browser says of them stands in its console: a SAS is not for either.
fn is_asked_as_itself() -> bool {
    window().origin() == own_origin()
}

fn own_origin() -> String {
    window().location().origin().unwrap_or_default()
}

fn words(why: &NotListed) -> String {
    match why {
        NotListed::NoAnswer => {
            "No answer of the storage account came that this page may read: it cannot be reached \
            from here, or the page\u{2019}s content policy does not name it."
                .to_owned()
        }
        NotListed::Refused(status, code) => {
            let said = format!("Azure Storage answered {status} {code}");
            format!("{}.", said.trim_end())
        }
        NotListed::Unreadable => "Azure Storage answered with something that is no list of blobs.".to_owned(),
    }
}
