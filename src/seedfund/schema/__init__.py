"""The schema as a whole: every table, every trigger, upgrading, checking, and the filter for a host's own migrations.

`upgrade(engine)` brings a database to this version; `current(engine)` tells where it is; `check(engine)` compares what
is there with what this version expects; `include_name` keeps a host's autogenerate away from our tables.
"""

from seedfund.schema.check import Difference, check
from seedfund.schema.upgrading import include_name, upgrade
from seedfund.store.revision import current, head

__all__ = ["Difference", "check", "current", "head", "include_name", "upgrade"]
