"""Subscriptions, tenants and resource groups."""

from azure.core.exceptions import ResourceNotFoundError

from emulator import DEVELOPMENT, PRODUCTION
from refusals import refused

ABSENT = "99999999-9999-4999-8999-999999999999"


def test_subscriptions_are_listed_with_what_tells_them_apart(subscriptions):
    listed = {item.subscription_id: item for item in subscriptions.subscriptions.list()}
    names = {key: item.display_name for key, item in listed.items()}
    assert names[PRODUCTION] == "Contoso Production", names
    assert names[DEVELOPMENT] == "Contoso Development", names
    assert {item.state for item in listed.values()} == {"Enabled"}, listed
    assert listed[PRODUCTION].id == f"/subscriptions/{PRODUCTION}", listed[PRODUCTION].id


def test_a_subscription_is_the_same_when_asked_for_by_itself(subscriptions):
    for listed in subscriptions.subscriptions.list():
        asked = subscriptions.subscriptions.get(listed.subscription_id)
        assert asked.as_dict() == listed.as_dict()


def test_an_unknown_subscription_is_not_found(subscriptions):
    with refused(ResourceNotFoundError, 404, "SubscriptionNotFound", ABSENT):
        subscriptions.subscriptions.get(ABSENT)


def test_every_subscription_belongs_to_a_listed_tenant(subscriptions):
    tenants = {tenant.tenant_id for tenant in subscriptions.tenants.list()}
    homes = {item.tenant_id for item in subscriptions.subscriptions.list()}
    assert homes and homes <= tenants, (homes, tenants)


def test_resource_groups_are_listed_and_found_in_any_case(resources):
    listed = {group.name: group for group in resources.resource_groups.list()}
    assert {"rg-commerce-prod", "rg-billing-prod"} <= listed.keys(), listed.keys()
    for name, group in listed.items():
        asked = resources.resource_groups.get(name.upper())
        assert asked.as_dict() == group.as_dict()
        assert group.properties.provisioning_state == "Succeeded", group.as_dict()


def test_a_resource_group_exists_or_does_not(resources):
    told = {
        name: resources.resource_groups.check_existence(name)
        for name in ["rg-commerce-prod", "RG-Commerce-PROD", "rg-nowhere"]
    }
    assert told == {"rg-commerce-prod": True, "RG-Commerce-PROD": True, "rg-nowhere": False}


def test_an_unknown_resource_group_is_not_found(resources):
    with refused(ResourceNotFoundError, 404, "ResourceGroupNotFound", "rg-nowhere"):
        resources.resource_groups.get("rg-nowhere")
