"""Where the folders that travel with seedfund lie: templates, migrations, examples. Must not know what is in them.

A wheel carries them inside the package; a checkout (and an editable install) has them beside `pyproject.toml`.
"""

from pathlib import Path

from seedfund.kernel.errors import StorageError


class ResourceMissing(StorageError):
    """A folder that belongs to seedfund is not where it was installed; the message names it and the remedy."""

    code = "resource_missing"

    def __init__(self, *, name: str):
        self.name = name
        super().__init__(
            f"The folder {name} of seedfund is missing from this installation. Install seedfund again."
        )


def resource_dir(name: str) -> Path:
    """The folder of that name: inside the package, or else at the root of the checkout.

    Raises:
        ResourceMissing: neither place has it.
    """
    package = Path(__file__).resolve().parent.parent
    packaged = package / name
    if packaged.is_dir():
        return packaged
    root = package.parent.parent
    if (root / "pyproject.toml").is_file() and (root / name).is_dir():
        return root / name
    raise ResourceMissing(name=name)
