"""States as tables: declared once, read by the service, the CHECK constraint, the docs, the CLI, the tests.

Must not know what the states are about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from seedfund.kernel.errors import RefusalCode, Refused

NO_SUCH_STEP = RefusalCode(
    "no_such_step",
    "{what} {which} is {state}; from there it cannot become {wanted}.",
    "Possible next steps: {possible}.",
)


@dataclass(frozen=True)
class StateTable:
    """What a thing can be, where it starts, and which step leads from where to where.

    `steps` maps a state to the states it may become; a state that maps to nothing is an end.
    """

    name: str
    start: str
    steps: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", MappingProxyType(dict(self.steps)))
        targets = {target for targets in self.steps.values() for target in targets}
        if self.start not in self.steps:
            raise ValueError(f"{self.name}: the start is no state")
        if not targets <= set(self.steps):
            raise ValueError(f"{self.name}: a step leads to {sorted(targets - set(self.steps))}")

    @property
    def states(self) -> tuple[str, ...]:
        """All states in their declared order."""
        return tuple(self.steps)

    @property
    def ends(self) -> tuple[str, ...]:
        """The states nothing leads out of."""
        return tuple(state for state, targets in self.steps.items() if not targets)

    def allows(self, state: str, wanted: str) -> bool:
        """Whether one step leads from `state` to `wanted`."""
        return wanted in self.steps[state]

    def require(self, state: str, wanted: str, *, which: str) -> None:
        """Do nothing when the step exists.

        Raises:
            Refused: with `no_such_step` and the steps that do exist.
        """
        if not self.allows(state, wanted):
            possible = ", ".join(self.steps[state]) or "none, this is an end state"
            raise Refused(
                [NO_SUCH_STEP(what=self.name, which=which, state=state, wanted=wanted, possible=possible)]
            )
