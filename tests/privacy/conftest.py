"""One planted programme for all who look for needles; nobody writes there."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.privacy.planting import Planted, plant
from tests.support.memory import folder_in_memory


@pytest.fixture(scope="session")
def planted() -> Iterator[Planted]:
    """The programme whose people are needles."""
    with TemporaryDirectory(prefix="seedfund-privacy-", dir=folder_in_memory()) as folder:
        found = plant(Path(folder))
        yield found
        found.stage.engine.dispose()
