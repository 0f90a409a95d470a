"""A process that registers actors one after the other until it kills itself in the middle of something.

Run as `python -m tests.support.mortal FILE SEED`: it prints a line for each command that was acknowledged, after the
commit. SQLite calls back every few steps of its machine; after a number of calls drawn from the seed the process ends
itself with SIGKILL, wherever it is then: in a statement, in a trigger, between two.
"""

import os
import random
import signal
import sys

from sqlalchemy import create_engine

from seedfund.kernel.ids import CountingIds
from seedfund.kernel.roles import Role
from seedfund.store.programmes import RegisterActor, register_actor
from tests.support.programme import house_on

STEPS = 40
CALLS_MAX = 3_000


def main(path: str, seed: int) -> None:
    """Register actors until the end."""
    left = random.Random(seed).randrange(1, CALLS_MAX)
    house = house_on(create_engine(f"sqlite:///{path}"))
    house.ids = CountingIds(start=(seed + 2) * 1_000_000)

    def count_down() -> int:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    number = 0
    while True:
        number += 1
        name = f"mortal{seed}-{number}"
        with house.work("admin") as work:
            driver = work.session.connection().connection.driver_connection
            assert driver is not None
            driver.set_progress_handler(count_down, STEPS)
            command = RegisterActor(key=name, handle=name, display_name="Actor", roles=(Role.COACH,))
            register_actor(work, command)
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
