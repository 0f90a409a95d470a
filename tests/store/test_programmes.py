"""Programmes are founded once, and roles begin and end for actors the programme knows."""

import pytest
from sqlalchemy.orm import Session

from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.roles import Role
from seedfund.store.programmes import (
    EndRole,
    FoundProgramme,
    GrantRole,
    RegisterActor,
    RoleChanged,
    end_role,
    found_programme,
    grant_role,
    list_actors,
    register_actor,
)
from tests.support.programme import CODE, RING, House


def founding(code: str) -> FoundProgramme:
    return FoundProgramme(
        code=code,
        name="Frontera Sur",
        organisation="Fundación Ejemplo",
        zone="America/Guayaquil",
        administrator="admin",
        administrator_name="Actor admin",
    )


def test_a_code_is_founded_once_and_another_one_beside_it(house: House) -> None:
    with Session(house.engine) as session:
        with pytest.raises(Refused) as caught:
            found_programme(session, founding(CODE), keyring=RING, clock=house.clock, ids=house.ids)
        session.rollback()
        second = found_programme(session, founding("FS"), keyring=RING, clock=house.clock, ids=house.ids)
        session.commit()

    assert caught.value.codes == ("programme_exists",)
    assert (second.code, second.administrator) == ("FS", "admin")


def test_a_role_is_not_granted_twice_in_any_spelling_of_its_actor(house: House) -> None:
    with pytest.raises(Refused) as caught, house.work("admin") as work:
        grant_role(work, GrantRole(key="g", handle=" Coach ", role=Role.COACH))

    assert caught.value.codes == ("role_held",)


def test_a_role_that_ended_opens_no_door_and_is_not_ended_again(house: House) -> None:
    with house.work("admin") as work:
        grant_role(work, GrantRole(key="g", handle="coach", role=Role.ADMINISTRATOR))
        ended = end_role(work, EndRole(key="e", handle="coach", role=Role.ADMINISTRATOR))
    with pytest.raises(Refused) as again, house.work("admin") as work:
        end_role(work, EndRole(key="e2", handle="coach", role=Role.ADMINISTRATOR))
    joining = RegisterActor(key="r", handle="nina", display_name="Nina Prueba", roles=())
    with pytest.raises(NotAllowed, match="administrator"), house.work("coach") as work:
        register_actor(work, joining)

    assert ended == RoleChanged(handle="coach", role=Role.ADMINISTRATOR)
    assert again.value.codes == ("role_not_held",)


@pytest.mark.parametrize("handle", ["nobody", ""])
def test_a_role_of_somebody_unknown_is_neither_granted_nor_ended(house: House, handle: str) -> None:
    with house.work("admin") as work:
        before = list_actors(work)
    with pytest.raises(Refused) as granting, house.work("admin") as work:
        grant_role(work, GrantRole(key="g", handle=handle, role=Role.COACH))
    with pytest.raises(Refused) as ending, house.work("admin") as work:
        end_role(work, EndRole(key="e", handle=handle, role=Role.COACH))
    with house.work("admin") as work:
        after = list_actors(work)

    assert (granting.value.codes, ending.value.codes) == (("actor_unknown",), ("actor_unknown",))
    assert after == before
