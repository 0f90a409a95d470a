"""Text that can harm a person if others read it: it never shows itself. Must not know keys or storage."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A name, document, phone, address, account or free note, on its way into or out of a sealed sheet.

    `repr` and `str` show nothing; `reveal()` is the one way to the text.
    """

    text: str

    def reveal(self) -> str:
        """The text itself; call it only where it is printed, sealed or compared."""
        return self.text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __str__(self) -> str:
        return "…"

    def __format__(self, spec: str) -> str:
        return "…"
