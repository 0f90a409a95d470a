"""The folders that travel with seedfund are found, or their absence is named."""

import pytest

from seedfund.kernel.errors import StorageError
from seedfund.kernel.resources import resource_dir


@pytest.mark.parametrize("name", ["templates", "migrations"])
def test_the_folders_of_a_checkout_are_found(name: str) -> None:
    assert resource_dir(name).is_dir()
    assert resource_dir(name).name == name


def test_a_folder_inside_the_package_comes_first() -> None:
    assert resource_dir("paper").parent.name == "seedfund"


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(StorageError, match="folder wallpapers of seedfund is missing") as missing:
        resource_dir("wallpapers")

    assert missing.value.code == "resource_missing"
