"""Every field that the emulator sends is one that the package's model has: no name is made up."""

import json

from emulator import PRODUCTION

GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"


def paths(value, above=""):
    """The paths of all values in a document but nulls, which models leave out; items of a list share one."""
    if value is None:
        return set()
    if isinstance(value, dict):
        return {path for name, item in value.items() for path in paths(item, f"{above}/{name}")} or {above}
    if isinstance(value, list):
        return {path for item in value for path in paths(item, f"{above}[]")} or {above}
    return {above}


def known(model):
    """The document made again from the fields of the model alone."""
    if hasattr(model, "serialize"):
        return model.serialize(keep_readonly=True)
    if isinstance(model, list):
        return [known(item) for item in model]
    # The newer models keep what they do not know, too; only their table of fields tells the two apart.
    fields = getattr(type(model), "_attr_to_rest_field", None)
    if fields is None:
        return model
    named = {field._rest_name: getattr(model, name) for name, field in fields.items()}
    return {name: known(item) for name, item in named.items() if item is not None}


def check(listing, recorded=frozenset()):
    """Lists through `listing`, which takes a hook for the answer as it came.

    What is `recorded` of the live service is in no model.
    """
    answers = []
    models = list(listing(raw_response_hook=lambda answer: answers.append(json.loads(answer.http_response.text()))))
    documents = [document for answer in answers for document in answer["value"]]
    assert models and len(models) == len(documents), (len(models), len(documents))
    for model, document in zip(models, documents):
        assert paths(document) - recorded == paths(known(model))


def test_the_fields_of_servers_are_those_of_the_model(postgres):
    check(postgres.servers.list_by_subscription)


def test_the_fields_of_backups_are_those_of_the_model(backups):
    check(lambda **hook: backups.list_by_server(GROUP, SERVER, **hook))


def test_the_fields_of_resource_groups_are_those_of_the_model(resources):
    check(resources.resource_groups.list)


def test_the_fields_of_subscriptions_and_tenants_are_those_of_the_models(subscriptions):
    check(subscriptions.subscriptions.list)
    check(subscriptions.tenants.list)


def test_the_fields_of_backup_vaults_and_below_are_those_of_the_models(data_protection):
    vault = ("rg-backup-prod", "bv-commerce-weu")
    billing = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101"
    check(data_protection.backup_vaults.get_in_subscription)
    check(lambda **hook: data_protection.backup_policies.list(*vault, **hook))
    check(lambda **hook: data_protection.backup_instances.list(*vault, **hook))
    check(lambda **hook: data_protection.recovery_points.list(*vault, billing, **hook))
    check(lambda **hook: data_protection.jobs.list(*vault, **hook), {"/properties/isCrossRegionRestore"})
    deleted = data_protection.deleted_backup_instances
    check(lambda **hook: deleted.list("rg-backup-prod", "bv-insights-neu", **hook))


def test_the_fields_of_roles_are_those_of_the_models(authorization):
    scope = f"/subscriptions/{PRODUCTION}"
    check(lambda **hook: authorization.role_assignments.list_for_scope(scope, **hook))
    check(lambda **hook: authorization.role_definitions.list(scope, **hook))
