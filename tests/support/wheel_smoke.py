"""Run by the Python of a clean environment: seedfund works from its wheel alone, with no checkout near.

It takes an empty folder as its only argument, makes a database there and brings it to this version. It
knows the standard library, SQLAlchemy and seedfund, and fails with the reason when anything is missing.
"""

import sys
from pathlib import Path

import sqlalchemy

import seedfund
from seedfund import schema
from seedfund.kernel.resources import resource_dir


def main(folder: Path) -> None:
    """Find what travels with the package, migrate a database, and find it as this version expects it."""
    package = Path(seedfund.__file__).parent
    if not package.is_relative_to(sys.prefix):
        raise SystemExit(f"seedfund came from {package}, not from the environment at {sys.prefix}")
    for name in ("migrations", "templates", "examples"):
        if resource_dir(name) != package / name:
            raise SystemExit(f"the folder {name} came from outside the package")
    engine = sqlalchemy.create_engine(f"sqlite:///{folder / 'smoke.db'}")
    revision = schema.upgrade(engine)
    differences = schema.check(engine)
    engine.dispose()
    if differences:
        raise SystemExit(f"the migrated database differs: {differences}")
    print(f"seedfund {seedfund.__version__} works from its wheel, schema {revision}")  # noqa: T201 - its answer


if __name__ == "__main__":
    main(Path(sys.argv[1]))
