//! Every way in which a request is refused: one table of code, status and text.

use arm_core::{Response, Timestamp};
use serde_json::{Map, Value, json};

/// One row of the table; `{}` in the text stands for a value.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    status: u16,
    text: &'static str,
    speaker: Speaker,
}

/// Who refuses: Azure Resource Manager itself or the provider behind it (`x-ms-failure-cause`, auth #62).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speaker {
    Gateway,
    Service,
}

const fn gateway(code: &'static str, status: u16, text: &'static str) -> Rule {
    Rule {
        code,
        status,
        text,
        speaker: Speaker::Gateway,
    }
}

const fn service(code: &'static str, status: u16, text: &'static str) -> Rule {
    Rule {
        code,
        status,
        text,
        speaker: Speaker::Service,
    }
}

macro_rules! table {
    ($($name:ident = $speaker:ident($code:literal, $status:literal, $text:literal);)*) => {
        $(pub(crate) static $name: Rule = $speaker($code, $status, $text);)*
        /// All rows, for the test that holds them against the documentation.
        #[cfg(test)]
        pub(crate) static ALL: &[&Rule] = &[$(&$name),*];
    };
}

table! {
    AUTHENTICATION_FAILED = gateway("AuthenticationFailed", 401,
        "Authentication failed. The 'Authorization' header is {}.");
    INVALID_TOKEN = gateway("InvalidAuthenticationToken", 401, "The access token is invalid.");
    FOREIGN_TOKEN = gateway("InvalidAuthenticationToken", 401,
        "This is an emulator: a token issued by Microsoft must not be sent to it. Sign in to the emulator instead.");
    INSUFFICIENT_CLAIMS = gateway("InvalidAuthenticationToken", 401,
        "The access token lacks claims that are required for this request. Sign in again with the claims in 'WWW-Authenticate'.");
    WRONG_AUDIENCE = gateway("InvalidAuthenticationTokenAudience", 401,
        "The access token has been obtained for wrong audience or resource '{}'. It should exactly match with one of the allowed audiences '{}'.");
    WRONG_TENANT = gateway("InvalidAuthenticationTokenTenant", 401,
        "The access token is from the wrong issuer '{}'. It must match the tenant '{}' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/{}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.");
    EXPIRED_TOKEN = gateway("ExpiredAuthenticationToken", 401,
        "The access token expiry UTC time '{}' is earlier than current UTC time '{}'.");
    AUTHORIZATION_FAILED = gateway("AuthorizationFailed", 403,
        "The client '{}' with object id '{}' does not have authorization to perform action '{}' over scope '{}' or the scope is invalid. If access was recently granted, please refresh your credentials.");
    BAD_REQUEST = gateway("BadRequest", 400, "{}");
    INVALID_CONTENT = gateway("InvalidRequestContent", 400,
        "The request content was invalid and could not be deserialized: '{}'.");
    INVALID_SUBSCRIPTION_ID = gateway("InvalidSubscriptionId", 400,
        "The provided subscription identifier '{}' is malformed or invalid.");
    SUBSCRIPTION_NOT_FOUND = gateway("SubscriptionNotFound", 404, "The subscription '{}' could not be found.");
    MISSING_API_VERSION = gateway("MissingApiVersionParameter", 400,
        "The api-version query parameter (?api-version=) is required for all requests.");
    INVALID_API_VERSION = gateway("InvalidApiVersionParameter", 400,
        "The api-version '{}' is invalid. The supported versions are '{}'.");
    NO_PROVIDER_FOUND = gateway("NoRegisteredProviderFound", 400,
        "No registered resource provider found for location '{}' and API version '{}' for type '{}'. The supported api-versions are '{}'. The supported locations are '{}'.");
    METHOD_NOT_ALLOWED = gateway("MethodNotAllowed", 405, "The requested resource does not support http method '{}'.");
    NOT_EMULATED = gateway("NotImplemented", 501, "The emulator does not know '{} {}'.");
    RESOURCE_GROUP_NOT_FOUND = gateway("ResourceGroupNotFound", 404, "Resource group '{}' could not be found.");
    RESOURCE_NOT_FOUND = gateway("ResourceNotFound", 404,
        "The Resource '{}' under resource group '{}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    INVALID_SKIP_TOKEN = service("InvalidSkipToken", 400, "The skip token '{}' is invalid.");
    ALTERED_OPERATION_URL = gateway("InvalidOperationUrlSignature", 400,
        "The URL of the operation '{}' is not the one that was handed out.");
    OPERATION_NOT_FOUND = service("OperationNotFound", 404, "The operation '{}' was not found.");
    OPERATION_CANCELED = service("OperationCanceled", 409, "The operation was canceled.");
    INTERNAL_SERVER_ERROR = service("InternalServerError", 500,
        "An unexpected error occured while processing the request. Tracking ID: '{}'");
    SERVER_BUSY = service("ServerBusy", 409,
        "Server '{}' is busy with another operation. Please try again later.");
    SERVER_IS_STOPPED = service("ServerIsNotReady", 409,
        "The server '{}' is in state '{}'. Start it and try again.");
    INVALID_BACKUP_NAME = service("InvalidParameterValue", 400,
        "Invalid value given for parameter 'backupName'. Specify a name of 1 to 128 letters, digits, '-', '_' or '.'.");
    INVALID_VALUE = service("InvalidParameterValue", 400,
        "Invalid value given for parameter '{}'. Specify {}.");
    LOCATION_REQUIRED = gateway("LocationRequired", 400, "The location property is required for this definition.");
    SERVER_NAME_TAKEN = service("ServerNameAlreadyExists", 409, "Specified server name is already used.");
    INVALID_SERVER_NAME = service("InvalidParameterValue", 400, "{}");
    BURSTABLE_NOT_SUPPORTED = service("OperationNotSupported", 400,
        "On-demand backups are not supported on servers of the Burstable tier: '{}'.");
    PREMIUM_V2_NOT_SUPPORTED = service("OperationNotSupported", 400,
        "On-demand backups are not supported on servers with Premium SSD v2 storage: '{}'.");
    TOO_MANY_BACKUPS = service("BackupLimitReached", 400,
        "The server '{}' has {} on-demand backups already, which is the most it can have. Delete one and try again.");
    AUTOMATIC_BACKUP_KEPT = service("OperationNotAllowed", 400,
        "The backup '{}' was taken by the service and cannot be deleted.");
    INVALID_SAS_URI = service("InvalidParameterValue", 400,
        "Invalid value given for parameter 'targetDetails.sasUriList'. '{}' is no SAS URI of a storage container.");
    NOT_READY_FOR_LONG_TERM = service("ServerNotReadyForLongTermBackup", 409,
        "The server '{}' is in state '{}', which is not ready for a long-term retention backup.");
    LONG_TERM_OF_REPLICA = service("OperationNotSupported", 400,
        "Long-term retention backups are not supported on replicas: '{}'.");
    LONG_TERM_ON_PREMIUM_V2 = service("OperationNotSupported", 400,
        "Long-term retention backups are not supported on servers with Premium SSD v2 storage: '{}'.");
    LONG_TERM_TOO_LARGE = service("OperationNotSupported", 400,
        "Long-term retention backups are not supported on servers with more than 1 TiB of data: '{}'.");
    RESOURCE_GROUP_NAME_TOO_LONG = gateway("InvalidResourceGroupName", 400,
        "The resource group name '{}' has more than 90 characters.");
    INVALID_VALUES = service("InvalidValuesForRequestParameters", 400,
        "Values for request parameters are invalid: {}.");
    INVALID_RESOURCE_NAME = service("InvalidResourceName", 400,
        "The specified resource name contains invalid characters, or its length is not within 3 to 63.");
    PUBLIC_ACCESS_NOT_PERMITTED = service("PublicAccessNotPermitted", 409,
        "Public access is not permitted on this storage account.");
    NO_BLOB_SERVICE = service("FeatureNotSupportedForAccount", 409,
        "Blob is not supported for the account '{}'.");
    BLOB_ACCOUNT_NOT_FOUND = service("ResourceNotFound", 404, "The specified resource does not exist.");
    BLOB_AUTHENTICATION_FAILED = service("AuthenticationFailed", 403,
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature. {}");
    BLOB_NETWORK_REFUSED = service("AuthorizationFailure", 403,
        "This request is not authorized to perform this operation.");
    BLOB_PERMISSION_MISMATCH = service("AuthorizationPermissionMismatch", 403,
        "This request is not authorized to perform this operation using this permission.");
    BLOB_SOURCE_REFUSED = service("AuthorizationSourceIPMismatch", 403,
        "This request is not authorized to perform this operation using this source IP.");
    KEYS_NOT_PERMITTED = service("KeyBasedAuthenticationNotPermitted", 403,
        "Key based authentication is not permitted on this storage account.");
    BLOB_NOT_FOUND = service("BlobNotFound", 404, "The specified blob does not exist.");
    NO_BLOB_AUTHENTICATION = service("NoAuthenticationInformation", 401,
        "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");
    CORS_PREFLIGHT_FAILURE = service("CorsPreflightFailure", 403,
        "CORS not enabled or no matching rule found for this request.");
    INVALID_BLOB_QUERY = service("InvalidQueryParameterValue", 400,
        "Value for one of the query parameters specified in the request URI is invalid.");
    INVALID_RANGE = service("InvalidRange", 416,
        "The range specified is invalid for the current size of the resource.");
    CONTAINER_NOT_FOUND = service("ContainerNotFound", 404, "The specified container does not exist.");
    SUBSCRIPTION_THROTTLED = gateway("SubscriptionRequestsThrottled", 429,
        "Number of '{}' requests for subscription '{}' actor '{}' exceeded. Please try again after '{}' seconds after additional tokens are available.");
    GRAPH_RATE_LIMITED = service("RateLimiting", 429,
        "Please provide below info when asking for support: the quota of queries is used up. Try again after the time in 'x-ms-user-quota-resets-after'.");
    ROLE_ASSIGNMENT_NOT_FOUND = gateway("RoleAssignmentNotFound", 404, "The role assignment '{}' is not found.");
    ROLE_ASSIGNMENT_EXISTS = gateway("RoleAssignmentExists", 409, "The role assignment already exists.");
    ROLE_ASSIGNMENT_FIXED = gateway("RoleAssignmentUpdateNotPermitted", 409,
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    INVALID_ROLE_ASSIGNMENT_ID = gateway("InvalidRoleAssignmentId", 400,
        "The role assignment ID '{}' is not valid. The role assignment ID must be a GUID.");
    ROLE_DEFINITION_NOT_FOUND = gateway("RoleDefinitionDoesNotExist", 404,
        "The specified role definition with ID '{}' does not exist.");
    PRINCIPAL_NOT_FOUND = gateway("PrincipalNotFound", 400, "Principal {} does not exist in the directory {}.");
    GRAPH_QUERY_INVALID = service("BadRequest", 400,
        "Please provide below info when asking for support: timestamp = {}, correlationId = {}.");
}

/// A refusal with its values in place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
    /// What stands beside code and message, in its order.
    more: Vec<(&'static str, Value)>,
    headers: Vec<(&'static str, String)>,
    speaker: Speaker,
}

impl Rule {
    /// Refuses with `values` in the places of the text, in their order.
    pub(crate) fn refuse(&self, values: &[&str]) -> Refusal {
        let mut pieces = self.text.split("{}");
        let mut message = pieces.next().unwrap_or_default().to_owned();
        for (index, piece) in pieces.enumerate() {
            message += values.get(index).copied().unwrap_or_default();
            message += piece;
        }
        Refusal {
            status: self.status,
            code: self.code.to_owned(),
            message,
            more: Vec::new(),
            headers: Vec::new(),
            speaker: self.speaker,
        }
    }
}

impl Refusal {
    /// The same refusal with what is said under `details`.
    pub(crate) fn with_details(mut self, details: Vec<Value>) -> Self {
        self.more.push(("details", Value::Array(details)));
        self
    }

    /// The same refusal saying what it is about.
    pub(crate) fn with_target(mut self, target: &str) -> Self {
        self.more.push(("target", json!(target)));
        self
    }

    /// The same refusal, whole as the document's `ErrorResponse`: about `target`, with a detail and the limits that
    /// were not kept.
    pub(crate) fn with_limits(self, target: &str, limits: Value) -> Self {
        let info = json!([{ "type": "ParameterLimits", "info": limits }]);
        let detail = json!({
            "code": self.code,
            "message": self.message,
            "target": target,
            "details": [],
            "additionalInfo": info,
        });
        let mut whole = self.with_target(target).with_details(vec![detail]);
        whole.more.push(("additionalInfo", info));
        whole
    }

    /// A refusal in the form of Azure Backup (reference B10); `user_facing` repeats and explains it.
    pub(crate) fn of_backup(code: &str, message: String, user_facing: Value) -> Self {
        let info = json!([{ "type": "UserFacingError", "info": user_facing }]);
        Self {
            status: 400,
            code: code.to_owned(),
            message,
            more: vec![
                ("additionalInfo", info),
                ("target", Value::Null),
                ("details", Value::Null),
            ],
            headers: Vec::new(),
            speaker: Speaker::Service,
        }
    }

    /// The same refusal with a `WWW-Authenticate` header.
    pub(crate) fn with_challenge(mut self, challenge: String) -> Self {
        self.headers.push(("WWW-Authenticate", challenge));
        self
    }

    /// The same refusal with a `Retry-After` header, in seconds.
    pub(crate) fn with_retry_after(mut self, seconds: String) -> Self {
        self.headers.push(("Retry-After", seconds));
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let mut error = Map::new();
        let mut more = self.more.into_iter().peekable();
        // Azure Backup says it before all else (reference B10).
        if let Some((name, value)) = more.next_if(|(name, _)| *name == "additionalInfo") {
            error.insert(name.to_owned(), value);
        }
        error.insert("code".to_owned(), json!(self.code));
        error.insert("message".to_owned(), json!(self.message));
        error.extend(more.map(|(name, value)| (name.to_owned(), value)));
        let mut response = json_response(self.status, &json!({ "error": error }));
        let cause = match self.speaker {
            Speaker::Gateway => "gateway",
            Speaker::Service => "service",
        };
        response.headers.set("x-ms-failure-cause", cause);
        for (name, value) in self.headers {
            response.headers.set(name, value);
        }
        response
    }
}

/// An answer with a JSON body.
pub(crate) fn json_response(status: u16, body: &Value) -> Response {
    Response::new(status)
        .with_header("Content-Type", "application/json; charset=utf-8")
        .with_body(body.to_string())
}

/// `1/7/2026 5:40:36 PM`, as in the text of an expired token.
pub(crate) fn in_american_english(moment: Timestamp) -> String {
    moment.format("%-m/%-d/%Y %-I:%M:%S %p").to_string()
}

/// The synchronous form of an operation's failure.
pub(crate) fn failed_operation(code: &str, message: &str) -> Refusal {
    Refusal {
        code: code.to_owned(),
        message: message.to_owned(),
        ..INTERNAL_SERVER_ERROR.refuse(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_tells_every_refusal() {
        let documentation = include_str!("../../../docs/emulation.md");
        for rule in ALL {
            let row = format!("`{}` | {} |", rule.code, rule.status);
            assert!(documentation.contains(&row), "no row with {row}");
        }
    }

    #[test]
    fn values_stand_in_their_places() {
        let refusal = RESOURCE_NOT_FOUND.refuse(&["a/b", "rg"]);
        assert_eq!(
            refusal.message,
            "The Resource 'a/b' under resource group 'rg' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
        );
        assert_eq!(
            RESOURCE_GROUP_NOT_FOUND.refuse(&[]).message,
            "Resource group '' could not be found."
        );
    }
}
