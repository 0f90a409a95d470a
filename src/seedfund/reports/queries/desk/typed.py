"""Commands as they are typed, for whoever is told what to do next. Must not know what they do."""

import shlex


def typed(verb: str, *fields: str) -> str:
    """The command line of a verb with its fields as `name=value`; what a person fills in is told as `name=...`."""
    return " ".join(["seedfund do", verb, *(f"--set {shlex.quote(field)}" for field in fields)])
