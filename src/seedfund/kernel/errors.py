"""Everything that can go wrong, one class per meaning, one base. Must not know what any rule is about.

`Refusal` is a business "no": a code for machines, a sentence for people, and the facts behind it. A verb
gathers all of its refusals in the rule's declared order and raises them at once. No error carries a name, a
document or an account.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

NOT_FOUND: Final = "There is no {what} {which} in this programme. Look it up with: seedfund list."
NOT_KNOWN: Final = "There is no {what} {which}. See which there are with: {known}"


@dataclass(frozen=True)
class RefusalCode:
    """One way a rule says no: declared once as a module constant in `rules.py`, with its English sentence.

    `sentence` and `remedy` are templates over `facts` (`{number}`, `{amount}`), and the message ids of the
    catalogues.
    """

    code: str
    sentence: str
    remedy: str

    def __call__(self, **facts: object) -> "Refusal":
        """The refusal with its facts; every placeholder of the sentence must be among them."""
        shown = {name: str(value) for name, value in facts.items()}
        self.sentence.format_map(shown)
        self.remedy.format_map(shown)
        return Refusal(self, shown)


@dataclass(frozen=True)
class Refusal:
    """A reason why a decision was refused: code, sentence, remedy and facts."""

    kind: RefusalCode
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable English code, for machines."""
        return self.kind.code

    @property
    def sentence(self) -> str:
        """What is wrong, in English."""
        return self.kind.sentence.format_map(dict(self.facts))

    @property
    def remedy(self) -> str:
        """What to do next, in English."""
        return self.kind.remedy.format_map(dict(self.facts))

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}"


class SeedfundError(Exception):
    """The base of every error that leaves seedfund. A copy, or one in another process, says and holds the same."""

    code: str = "error"

    def __reduce__(self) -> tuple[Any, ...]:
        """How a copy is made: without asking again for what the error was made from."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[SeedfundError], said: tuple[object, ...], held: Mapping[str, object]) -> SeedfundError:
    error = kind.__new__(kind, *said)
    error.__dict__.update(held)
    return error


class InvalidInput(SeedfundError):
    """What was handed in cannot be read as what it should be; nothing was written."""

    code = "invalid_input"

    def __init__(
        self, *, field: str, problem: str, remedy: str, row: int | None = None, file: str | None = None
    ):
        self.field, self.problem, self.remedy, self.row, self.file = field, problem, remedy, row, file
        where = ", ".join(
            part
            for part in (file and f"file {file}", row is not None and f"row {row}", f"field {field}")
            if part
        )
        super().__init__(f"{where}: {problem}; {remedy}.")

    def at(self, *, row: int, file: str | None = None) -> "InvalidInput":
        """The same complaint with the row (and file) it came from."""
        return InvalidInput(
            field=self.field, problem=self.problem, remedy=self.remedy, row=row, file=file or self.file
        )


class Refused(SeedfundError):
    """A rule refused a decision; `refusals` holds every reason in the rule's order. Nothing was written."""

    code = "refused"

    def __init__(self, refusals: Iterable[Refusal]):
        self.refusals: Final = tuple(refusals)
        if not self.refusals:
            raise ValueError("a Refused needs at least one reason")
        super().__init__(" ".join(str(refusal) for refusal in self.refusals))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone, in order."""
        return tuple(refusal.code for refusal in self.refusals)


class NotFound(SeedfundError):
    """There is no such thing in this programme; `look` is the command that lists them, where that is not `list`."""

    code = "not_found"

    def __init__(self, *, what: str, which: str, look: str = ""):
        self.what, self.which, self.look = what, which, look
        template = NOT_KNOWN if look else NOT_FOUND
        super().__init__(template.format(what=what, which=which, known=look))


class Conflict(SeedfundError):
    """The key was used before with other content or for another command; nothing was written."""

    code = "conflict"


class Busy(SeedfundError):
    """Somebody else holds what this needs, or the database asked for a retry; run the whole unit again."""

    code = "busy"


class NotAllowed(SeedfundError):
    """The actor's roles, or the way its identity was assured, do not allow this act."""

    code = "not_allowed"


class Corrupt(SeedfundError):
    """What is stored contradicts itself; stop and run `seedfund audit verify`."""

    code = "corrupt"


class StorageError(SeedfundError):
    """The database could not do it (disk full, read-only, connection lost); nothing of the unit was kept."""

    code = "storage"


class NotPrepared(StorageError):
    """The engine, session or key ring is not set up; the message tells the one call that is missing."""

    code = "not_prepared"


class MissingExtra(SeedfundError):
    """An optional package is not installed; the message names the extra to install."""

    code = "missing_extra"

    def __init__(self, *, extra: str, what: str):
        super().__init__(
            f"{what} needs an optional package. Install it with: pip install 'seedfund[{extra}]'."
        )


def with_nearest(name: str, known: Iterable[str]) -> str:
    """A name that is none of those known, with the one it is most like; itself where it is like none."""
    near = get_close_matches(name, list(known), n=1)
    return f"{name} (did you mean {near[0]}?)" if near else name


def refuse(refusals: Iterable[Refusal]) -> None:
    """Raise every reason at once, in the order given; do nothing when there is none."""
    found = tuple(refusals)
    if found:
        raise Refused(found)


def insist(condition: bool, mistake: str) -> None:
    """Raise AssertionError when the code itself is wrong; unlike `assert` it is never switched off."""
    if not condition:
        raise AssertionError(mistake)
