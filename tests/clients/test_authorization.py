"""Role assignments and definitions, through `azure-mgmt-authorization`."""

import uuid

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.authorization.models import RoleAssignmentCreateParameters

from emulator import PRODUCTION
from refusals import refused

GROUP = f"/subscriptions/{PRODUCTION}/resourceGroups/rg-commerce-prod"
SERVER = f"{GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
# The identity of a vault, and the group that it is in.
VAULT = "5e1f0001-0000-4000-8000-0000000000a1"
HOLDERS = "5e1f0002-0000-4000-8000-0000000000b1"


def role(guid=READER):
    return f"/subscriptions/{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{guid}"


def assign(authorization, scope, principal=VAULT, name=None, kind="ServicePrincipal"):
    parameters = RoleAssignmentCreateParameters(
        role_definition_id=role(), principal_id=principal, principal_type=kind
    )
    return authorization.role_assignments.create(scope, name or str(uuid.uuid4()), parameters)


def test_a_role_is_given_found_and_taken_away(authorization):
    made = assign(authorization, GROUP)
    assert (made.scope, made.principal_id, made.principal_type) == (GROUP, VAULT, "ServicePrincipal")
    assert made.role_definition_id.endswith(READER)
    found = authorization.role_assignments.list_for_scope(SERVER, filter=f"assignedTo('{VAULT}')")
    assert made.id in [item.id for item in found]
    assert authorization.role_assignments.get_by_id(made.id).created_on == made.created_on
    assert authorization.role_assignments.delete_by_id(made.id).name == made.name
    assert authorization.role_assignments.delete_by_id(made.id) is None
    with refused(ResourceNotFoundError, 404, "RoleAssignmentNotFound", made.name):
        authorization.role_assignments.get_by_id(made.id)


def test_the_same_role_twice_is_a_conflict(authorization):
    name = str(uuid.uuid4())
    made = assign(authorization, GROUP, name=name)
    assert assign(authorization, GROUP, name=name).id == made.id
    with refused(ResourceExistsError, 409, "RoleAssignmentExists", "already exists"):
        assign(authorization, GROUP)


def test_a_principal_nobody_knows_needs_its_type(authorization):
    stranger = str(uuid.uuid4())
    with refused(HttpResponseError, 400, "PrincipalNotFound", stranger):
        assign(authorization, GROUP, principal=stranger, kind=None)
    assert assign(authorization, GROUP, principal=stranger).principal_id == stranger


def test_roles_of_a_group_are_listed_for_its_members_alone(authorization):
    scope = SERVER.replace("pg-orders-prod", "pg-catalog-prod")

    def holders(condition):
        found = authorization.role_assignments.list_for_scope(scope, filter=condition)
        return {item.principal_id for item in found}

    assert HOLDERS in holders(f"atScope() and assignedTo('{VAULT}')")
    assert HOLDERS not in holders(f"principalId eq '{VAULT}'")
    assert HOLDERS in holders("atScope()")


@pytest.mark.parametrize("scope", [f"/subscriptions/{PRODUCTION}", GROUP, SERVER])
def test_role_definitions_are_found_at_every_scope(authorization, scope):
    reader = authorization.role_definitions.get(scope, READER)
    assert (reader.role_name, reader.role_type) == ("Reader", "BuiltInRole")
    assert reader.permissions[0].actions == ["*/read"]
    custom = authorization.role_definitions.list(scope, filter="type eq 'CustomRole'")
    assert [item.role_name for item in custom] == ["Contoso backup of PostgreSQL"]
