"""Where time comes from: a `Clock` handed in by the host. The only module that reads the system's clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from seedfund.kernel.dates import utc


class Clock(Protocol):
    """Tells the present instant, in UTC."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC, to the microsecond."""
        ...


@dataclass(frozen=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The machine's present instant in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is moved: for tests, for the demo, for replaying a day of paper."""

    def __init__(self, start: datetime):
        self._now = utc(start)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Stand at another instant."""
        self._now = utc(instant)

    def advance(self, by: timedelta) -> None:
        """Move on (or, to try what a wrong clock does, back)."""
        self._now += by
