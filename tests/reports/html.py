"""Reads an HTML report back as a browser would, strictly: tags close in order, tables become rows of cells."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "rect", "line"})


@dataclass
class Cell:
    """A cell: heading or not, what it says, and the plain value beside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    value: str = ""


@dataclass
class Read(HTMLParser):
    """What a page holds."""

    tables: list[list[list[Cell]]] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    words: str = ""
    open_tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), f"an attribute twice in {tag}"
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open_tags.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append(Cell(tag, attributes))
        elif tag in ("data", "time", "code") and self._in_cell():
            told = attributes.get("value") or attributes.get("datetime") or attributes.get("title")
            self.tables[-1][-1][-1].value = told or ""
        elif tag in ("h1", "h2"):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag, f"{tag} closes something else"

    def handle_data(self, data: str) -> None:
        if "style" in self.open_tags:
            return
        self.words += data
        if self._in_cell():
            self.tables[-1][-1][-1].text += data
        if self.open_tags and self.open_tags[-1] in ("h1", "h2"):
            level, said = self.headings[-1]
            self.headings[-1] = (level, said + data)

    def _in_cell(self) -> bool:
        return bool({"td", "th"} & set(self.open_tags))

    def all_of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


def read(content: bytes) -> Read:
    """The page, read to its end."""
    reader = Read()
    reader.feed(content.decode("utf-8"))
    reader.close()
    assert reader.open_tags == [], f"not closed: {reader.open_tags}"
    return reader
