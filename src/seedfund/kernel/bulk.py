"""Making ten thousand small values in one go. Must not know what they are."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Look for no garbage cycles meanwhile: values that all live to the end are looked through again and again.

    A third of a bulk command's time went there. Memory is still freed as usual; only cycles wait.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
