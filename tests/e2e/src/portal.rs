//! Steps that many tests take.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use serde_json::{Value, json};

use crate::element::{Element, Name};
use crate::page::Page;
use crate::stage::Stage;

/// The backup administrator of the demo's directory: may do everything.
pub const MIRA: &str = "Mira Lindqvist";
/// A reader: every write is refused.
pub const JONAS: &str = "Jonas Weber";
/// Has no access to any subscription.
pub const NOOR: &str = "Noor Haddad";
/// Reads all subscriptions but one, which is listed for him all the same.
pub const TOMAS: &str = "Tomas Ribeiro";

/// The table of all servers.
pub const SERVERS_TABLE: &str = "Flexible servers";
/// The table of a server's backups.
pub const BACKUPS_TABLE: &str = "Backups";

/// The table of a server's long-term retention backups.
pub const RETENTION_TABLE: &str = "Long-term retention backups";

/// The server most tests work on: ready, with automatic and on-demand backups.
pub const SERVER: &str = "pg-orders-prod";
/// Its page of backups.
pub const BACKUPS: &str =
    "/servers/11111111-1111-4111-8111-111111111111/rg-commerce-prod/pg-orders-prod/backups";

/// A container for long-term retention backups.
const CONTAINER: &str = "ltr-orders";

/// Its page of long-term retention.
pub const RETENTION: &str =
    "/servers/11111111-1111-4111-8111-111111111111/rg-commerce-prod/pg-orders-prod/long-term-retention";

/// The server with as many backups as a stage was asked for.
pub const MANY_BACKUPS: &str = "pg-many-backups";

/// The resource id of [`SERVER`].
const SERVER_ID: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/\
     providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// Sends a PUT with a token that is not the app's and gives the status.
const PUT_AS_SOMEBODY_ELSE: &str = "
    const done = arguments[arguments.length - 1];
    const headers = { authorization: 'Bearer somebody-else', 'content-type': 'application/json' };
    fetch(arguments[0], { method: 'PUT', headers, body: arguments.length > 2 ? arguments[1] : '{}' }).then((answer) => done(answer.status), done);";

/// Lets pages of this origin read what the blob service of an account answers, with a token that is not the app's, and
/// gives the status.
const LET_READ_AS_SOMEBODY_ELSE: &str = "
    const done = arguments[arguments.length - 1];
    const [url, origin] = arguments;
    const headers = { authorization: 'Bearer somebody-else', 'content-type': 'application/json' };
    const rule = {
        allowedOrigins: [origin], allowedMethods: ['GET'], allowedHeaders: [], exposedHeaders: [], maxAgeInSeconds: 300,
    };
    const body = JSON.stringify({ properties: { cors: { corsRules: [rule] } } });
    fetch(url, { method: 'PUT', headers, body }).then((answer) => done(answer.status), done);";

/// The path of the vault that protects [`RESTORED`].
pub const VAULT: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu";
/// The server whose recovery points are restored.
pub const RESTORED: &str = "pg-billing-prod";
/// The container into which its vault may restore.
pub const RESTORED_FILES: &str = "https://stcommercebackup.blob.core.windows.net/restored-files";
/// The resource id of that vault.
const VAULT_ID: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/\
     providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu";
/// The backup instance of [`RESTORED`].
const INSTANCE: &str = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";

/// Restores the first recovery point that is listed as files, with a token that is not the app's, and gives the name of
/// the job, once there is one.
const RESTORE_AS_SOMEBODY_ELSE: &str = "
    const done = arguments[arguments.length - 1];
    const [vault, instance, url, filePrefix] = arguments;
    const headers = { authorization: 'Bearer somebody-else', 'content-type': 'application/json' };
    const version = '?api-version=2026-06-01';
    const read = async (path) => (await (await fetch(`${vault}${path}${version}`, { headers })).json()).value;
    const begin = async () => {
        const [point] = await read(`/backupInstances/${instance}/recoveryPoints`);
        const body = {
            objectType: 'AzureBackupRecoveryPointBasedRestoreRequest',
            recoveryPointId: point.name,
            sourceDataStoreType: 'VaultStore',
            restoreTargetInfo: {
                objectType: 'RestoreFilesTargetInfo', recoveryOption: 'FailIfExists', restoreLocation: 'westeurope',
                targetDetails: { filePrefix, restoreTargetLocationType: 'AzureBlobs', url },
            },
        };
        const path = `${vault}/backupInstances/${instance}/restore${version}`;
        const { status } = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
        if (status !== 202) {
            throw new Error(`Azure answers ${status}`);
        }
        for (;;) {
            const jobs = await read('/backupJobs');
            const is_it = ({ properties }) => properties.extendedInfo.additionalDetails?.['Restore File Prefix'] === filePrefix;
            const job = jobs.find(is_it);
            if (job) {
                return job.name;
            }
        }
    };
    begin().then(done, (error) => done(String(error)));";

/// Makes a SAS of a container that lasts so many seconds, with a token that is not the app's, and gives its URI; with
/// the name of a backup, begins that into the container, and gives the status.
const WITH_A_SAS: &str = "
    const done = arguments[arguments.length - 1];
    const [group, server, seconds, container, changes, name] = arguments;
    const headers = { authorization: 'Bearer somebody-else', 'content-type': 'application/json' };
    const post = (url, body) => fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const sas = {
        canonicalizedResource: `/blob/stcommercebackup/${container}`,
        signedResource: 'c',
        signedPermission: 'rwdl',
        signedProtocol: 'https',
        signedExpiry: new Date(Date.now() + seconds * 1000).toISOString(),
        ...changes,
    };
    const account = '/providers/Microsoft.Storage/storageAccounts/stcommercebackup';
    const begin = async () => {
        const made = await post(`${group}${account}/listServiceSas?api-version=2025-06-01`, sas);
        const { serviceSasToken } = await made.json();
        const uri = `https://stcommercebackup.blob.core.windows.net/${container}?${serviceSasToken}`;
        if (!name) {
            return uri;
        }
        const body = { backupSettings: { backupName: name }, targetDetails: { sasUriList: [uri] } };
        return (await post(`${server}/startLtrBackup?api-version=2025-08-01`, body)).status;
    };
    begin().then(done, (error) => done(String(error)));";

impl Stage {
    /// Another administrator begins a long-term retention backup of [`SERVER`], without the app's knowledge; its SAS
    /// lasts so many seconds.
    pub async fn begin_long_term_backup_as_somebody_else(&self, name: &str, seconds: i32) {
        let status = self.with_a_sas(seconds, CONTAINER, json!({}), name).await;
        assert_eq!(status, 202, "Azure takes the backup of somebody else");
    }

    /// The SAS URI of a container that lasts so many seconds, as its owner gives it to the user.
    pub async fn sas_of_a_container(&self, seconds: i32) -> String {
        self.sas_of(CONTAINER, seconds, json!({})).await
    }

    /// The same of another container, which need not be there, with other members in what is asked for.
    pub async fn sas_of(&self, container: &str, seconds: i32, changes: Value) -> String {
        let uri = self.with_a_sas(seconds, container, changes, "").await;
        uri.as_str().expect("a URI").to_owned()
    }

    async fn with_a_sas(&self, seconds: i32, container: &str, changes: Value, name: &str) -> Value {
        let server = format!("{}{SERVER_ID}", self.azure_url());
        let group = server.split("/providers/").next().unwrap_or_default().to_owned();
        let arguments = vec![
            group.into(),
            server.into(),
            seconds.into(),
            container.into(),
            changes,
            name.into(),
        ];
        self.page().asynchronous_script(WITH_A_SAS, arguments).await
    }

    /// Another administrator makes a CORS rule: the pages of the app may read what the blob service of the account with
    /// this id answers.
    pub async fn let_pages_read_blobs(&self, account: &str) {
        let url = format!(
            "{}{account}/blobServices/default?api-version=2025-06-01",
            self.azure_url()
        );
        let arguments = vec![url.into(), self.url("").into()];
        let status = self
            .page()
            .asynchronous_script(LET_READ_AS_SOMEBODY_ELSE, arguments)
            .await;
        assert_eq!(status, 200, "Azure takes the rule of somebody else");
    }

    /// Nobody learns what they may do before they try: Azure does not tell it. The refusals stand on the console.
    pub fn keep_rights_unknown(&mut self) {
        self.announce_console_error("status of 403");
        let matching = RequestMatcher {
            method: Some(Method::Get),
            path_contains: "/providers/Microsoft.Authorization/permissions".to_owned(),
        };
        let kind = FaultKind::Status {
            status: 403,
            code: "AuthorizationFailed".to_owned(),
            message: "The client does not have authorization.".to_owned(),
            retry_after: None,
        };
        self.inject(Fault {
            matching,
            kind,
            times: 1000,
        });
    }

    /// An owner assigns a role at [`SERVER`] to somebody, without the app's knowledge.
    pub async fn assign_as_somebody_else(&self, role: &str, principal: &str) {
        let subscription = SERVER_ID.split("/resourceGroups").next().unwrap_or_default();
        let url = format!(
            "{}{SERVER_ID}/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-0000000000e2\
             ?api-version=2022-04-01",
            self.azure_url()
        );
        let body = json!({ "properties": {
            "roleDefinitionId": format!("{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
            "principalId": principal,
            "principalType": "User",
        } });
        let arguments = vec![url.into(), body.to_string().into()];
        let status = self
            .page()
            .asynchronous_script(PUT_AS_SOMEBODY_ELSE, arguments)
            .await;
        assert_eq!(status, 201, "Azure takes the assignment");
    }

    /// Another administrator begins a backup of [`SERVER`], without the app's knowledge.
    pub async fn take_backup_as_somebody_else(&self, name: &str) {
        let url = format!(
            "{}{SERVER_ID}/backups/{name}?api-version=2025-08-01",
            self.azure_url()
        );
        let status = self
            .page()
            .asynchronous_script(PUT_AS_SOMEBODY_ELSE, vec![url.into()])
            .await;
        assert_eq!(status, 202, "Azure takes the backup of somebody else");
    }

    /// Another administrator restores a recovery point of [`RESTORED`] as files that begin so, into [`RESTORED_FILES`],
    /// without the app's knowledge; gives the name of the job.
    pub async fn restore_as_somebody_else(&self, prefix: &str) -> String {
        let vault = format!("{}{VAULT_ID}", self.azure_url());
        let arguments = vec![
            vault.into(),
            INSTANCE.into(),
            RESTORED_FILES.into(),
            prefix.into(),
        ];
        let job = self
            .page()
            .asynchronous_script(RESTORE_AS_SOMEBODY_ELSE, arguments)
            .await;
        let job = job.as_str().expect("the name of a job").to_owned();
        assert!(
            !job.contains(' '),
            "Azure takes the restore of somebody else: {job}"
        );
        job
    }

    /// Ends the user's session at Entra, as another app may do, and comes back to the tab.
    pub async fn sign_out_at_entra(&self) {
        let tab = self.page().tab().await;
        self.page().open_window().await;
        let logout = format!("{}/organizations/oauth2/v2.0/logout", self.azure_url());
        self.page().open(&logout).await;
        self.page().see("heading", "You are signed out").await;
        self.page().close_and_look_at(&tab).await;
    }

    /// Signs in in the window that the page has opened beside itself, which closes by itself.
    pub async fn sign_in_beside_as(&self, user: &str) {
        self.click_beside(&[user]).await;
    }

    /// Clicks the buttons that hold these texts, one after the other, in the window that the page has opened beside
    /// itself; it closes by itself after the last.
    pub async fn click_beside(&self, texts: &[&str]) {
        const CLICK: &str = "
            const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes(arguments[0]));
            // The window is gone before a click of the driver's could be over.
            setTimeout(() => button.click());";
        let page = self.page();
        let tab = page.tab().await;
        let beside = page.look_at_tab_of("/oauth2/v2.0/authorize").await;
        for (at, text) in texts.iter().enumerate() {
            if at + 1 < texts.len() {
                page.click("button", Name::containing(text)).await;
            } else {
                page.see("button", Name::containing(text)).await;
                page.script(CLICK, vec![(*text).into()]).await;
            }
        }
        page.until_closed(&beside, &tab).await;
    }

    /// Opens a path of the app with a new browser and signs in on the way.
    pub async fn open_as(&self, user: &str, path: &str) {
        self.open(path).await;
        self.page().sign_in_as(user).await;
    }
}

impl Page {
    /// Picks the user on the sign-in page and consents.
    pub async fn sign_in_as(&self, user: &str) {
        self.click("button", Name::containing(user)).await;
        self.click("button", "Accept").await;
    }

    /// Picks the user on the sign-in page, where the app has had their consent before.
    pub async fn sign_in_again_as(&self, user: &str) {
        self.click("button", Name::containing(user)).await;
    }

    /// Waits until the keyboard is listened to, and all else that the frame fetches once the page stands: the
    /// commands show their keys then.
    pub async fn until_keys_work(&self) {
        self.until("the keys of commands", async || {
            let script = "return Boolean(document.querySelector('[aria-keyshortcuts]'))";
            Ok((self.script(script, vec![]).await == true).then_some(()))
        })
        .await;
    }

    /// Waits until the page of a server's backups has its list.
    pub async fn see_backups_of(&self, server: &str) {
        self.see("heading", &format!("{server} | Backup and restore"))
            .await;
        self.see("table", BACKUPS_TABLE).await;
    }

    /// Opens the *Take backup* pane.
    pub async fn open_take_backup(&self) -> Element {
        self.click("button", "Backup now").await;
        self.see("dialog", "Take backup").await
    }
}
