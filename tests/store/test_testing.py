"""What a host's tests are given works as the page says."""

from seedfund.kernel.roles import Role
from seedfund.store.programmes import RegisterActor, register_actor
from seedfund.testing import founded


def test_a_programme_in_memory_is_founded_for_one_test() -> None:
    with founded(actor="luis", roles=(Role.ADMINISTRATOR,)) as work:
        joining = RegisterActor(key="k", handle="nina", display_name="Nina Prueba", roles=(Role.COACH,))
        assert register_actor(work, joining).handle == "nina"
