"""Names that are loaded when they are first used: all there, each once, and no others."""

import subprocess
import sys

import pytest

from seedfund.grants import service


@pytest.mark.parametrize("name", service.__all__)
def test_every_name_a_package_promises_is_there(name: str) -> None:
    assert getattr(service, name) is not None


def test_a_name_is_loaded_once() -> None:
    first = service.release_payment_list
    assert vars(service)["release_payment_list"] is first


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        service.nonsense  # type: ignore[attr-defined]  # noqa: B018  # asking is the test


def test_one_command_does_not_load_the_others() -> None:
    asked = (
        "from seedfund.grants.service import release_payment_list; import sys; "
        "print('seedfund.grants.service.releases' in sys.modules, 'seedfund.grants.service.close_out' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
