"""SAS of a container, asked for of the resource manager."""

from datetime import datetime, timedelta, timezone

from azure.mgmt.storage.models import ServiceSasParameters

GROUP, ACCOUNT, CONTAINER = "rg-commerce-prod", "stcommercebackup", "ltr-orders"


def token(storage, group=GROUP, account=ACCOUNT, container=CONTAINER, lasts=timedelta(days=2), permissions="rwdl"):
    """The token, as it is handed out."""
    parameters = ServiceSasParameters(
        canonicalized_resource=f"/blob/{account}/{container}",
        resource="c",
        permissions=permissions,
        protocols="https",
        shared_access_expiry_time=datetime.now(timezone.utc) + lasts,
    )
    return storage.storage_accounts.list_service_sas(group, account, parameters).service_sas_token


def uri(storage, **wanted):
    """The URI of the container with the token."""
    account, container = wanted.get("account", ACCOUNT), wanted.get("container", CONTAINER)
    properties = storage.storage_accounts.get_properties(wanted.get("group", GROUP), account)
    return f"{properties.primary_endpoints.blob}{container}?{token(storage, **wanted)}"
