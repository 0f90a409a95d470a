"""Amounts in words in Arabic. Must not know other languages.

The noun decides the number's form and the number the noun's: one and two are said by the noun itself, three to ten
take its plural and the other gender, eleven to ninety-nine its accusative, hundreds and thousands its genitive. No
library at hand keeps these rules, so the cardinals are ours. `فقط` and `لا غير` shut the amount in on both sides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Counted:
    """A noun as it stands after one (and hundreds), two, three to ten, and eleven to ninety-nine."""

    one: str
    two: str
    few: str
    many: str
    is_feminine: bool = False
    is_bare: bool = False
    """Whether one of it is said without the word for one: a thousand."""


@dataclass(frozen=True, slots=True)
class ArabicNames:
    """A currency's own name, and that of its hundredth or thousandth, where it has one."""

    unit: Counted
    part: Counted | None


def _noun(one: str, few: str, adjective: str = "") -> Counted:
    """A masculine noun with its plural; a plural of things takes the feminine adjective."""
    if not adjective:
        return Counted(one, f"{one}ان", few, f"{one}ًا")
    return Counted(
        f"{one} {adjective}",
        f"{one}ان {adjective}ان",
        f"{few} {adjective}ة",
        f"{one}ًا {adjective}ًا",
    )


def _fixed(one: str, adjective: str = "") -> Counted:
    """A foreign noun that never changes; its adjective does."""
    if not adjective:
        return Counted(one, f"اثنان {one}", one, one)
    return Counted(
        f"{one} {adjective}", f"اثنان {one} {adjective}", f"{one} {adjective}", f"{one} {adjective}ًا"
    )


_CENT: Final = _noun("سنت", "سنتات")
_CENTIME: Final = _noun("سنتيم", "سنتيمات")
_PIASTRE: Final = _noun("قرش", "قروش")
ARABIC: Final[Mapping[str, ArabicNames]] = {
    "USD": ArabicNames(_noun("دولار", "دولارات", "أمريكي"), _CENT),
    "EUR": ArabicNames(_fixed("يورو"), _CENT),
    "GBP": ArabicNames(_noun("جنيه", "جنيهات", "إسترليني"), _noun("بنس", "بنسات")),
    "AUD": ArabicNames(_noun("دولار", "دولارات", "أسترالي"), _CENT),
    "CAD": ArabicNames(_noun("دولار", "دولارات", "كندي"), _CENT),
    "CHF": ArabicNames(_noun("فرنك", "فرنكات", "سويسري"), _CENTIME),
    "THB": ArabicNames(_noun("بات", "باتات", "تايلندي"), _fixed("ساتانغ")),
    "MMK": ArabicNames(_noun("كيات", "كياتات", "ميانماري"), _fixed("بيا")),
    "COP": ArabicNames(_fixed("بيزو", "كولومبي"), _fixed("سنتافو")),
    "CLP": ArabicNames(_fixed("بيزو", "تشيلي"), None),
    "MXN": ArabicNames(_fixed("بيزو", "مكسيكي"), _fixed("سنتافو")),
    "PEN": ArabicNames(_noun("سول", "سولات", "بيروفي"), _CENTIME),
    "BRL": ArabicNames(_noun("ريال", "ريالات", "برازيلي"), _fixed("سنتافو")),
    "JOD": ArabicNames(_noun("دينار", "دنانير", "أردني"), _noun("فلس", "فلوس")),
    "TND": ArabicNames(_noun("دينار", "دنانير", "تونسي"), _noun("مليم", "مليمات")),
    "EGP": ArabicNames(_noun("جنيه", "جنيهات", "مصري"), _PIASTRE),
    "LBP": ArabicNames(
        Counted("ليرة لبنانية", "ليرتان لبنانيتان", "ليرات لبنانية", "ليرة لبنانية", is_feminine=True),
        _PIASTRE,
    ),
    "KES": ArabicNames(_noun("شلن", "شلنات", "كيني"), _CENT),
}

_ONES: Final[Mapping[bool, tuple[str, ...]]] = {
    False: ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
    True: ("", "إحدى", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"),
}
"""One to ten beside a masculine noun (False) and a feminine one (True); from three on in the other gender's form."""
_EIGHT_ALONE: Final = "ثمانٍ"
"""The feminine eight where no noun follows it at once: in twenty-eight."""
_TEENS: Final[Mapping[bool, tuple[str, ...]]] = {
    False: tuple(
        f"{one} عشر" for one in ("أحد", "اثنا", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة")
    ),
    True: tuple(
        f"{one} عشرة" for one in ("إحدى", "اثنتا", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع")
    ),
}
_TENS: Final = ("عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS: Final = (
    *("مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة"),
)
_TWO_HUNDRED_OF: Final = "مائتا"
_AND: Final = " و"


@dataclass(frozen=True, slots=True)
class _Power:
    """A thousand or a million: as it ends a number, and as it stands right before what is counted."""

    value: int
    ending: Counted
    before_noun: Counted


_POWERS: Final = (
    _Power(
        1_000_000_000,
        Counted("مليار", "ملياران", "مليارات", "مليارًا", is_bare=True),
        Counted("مليار", "مليارا", "مليارات", "مليار", is_bare=True),
    ),
    _Power(
        1_000_000,
        Counted("مليون", "مليونان", "ملايين", "مليونًا", is_bare=True),
        Counted("مليون", "مليونا", "ملايين", "مليون", is_bare=True),
    ),
    _Power(
        1_000,
        Counted("ألف", "ألفان", "آلاف", "ألفًا", is_bare=True),
        Counted("ألف", "ألفا", "آلاف", "ألف", is_bare=True),
    ),
)


def arabic(whole: int, rest: int, *, names: ArabicNames) -> str:
    """`فقط مائتان وخمسون دينارًا أردنيًا وخمسمائة فلس لا غير`."""
    text = counted(whole, names.unit)
    if rest and names.part is not None:
        text += _AND + counted(rest, names.part)
    return f"فقط {text} لا غير"


def counted(count: int, noun: Counted) -> str:
    """A count with what is counted, each in the form the other asks for."""
    if count == 0:
        return f"صفر {noun.one}"
    if count == 1:
        return noun.one if noun.is_bare else f"{noun.one} {'واحدة' if noun.is_feminine else 'واحد'}"
    if count == 2:
        return noun.two
    if count > 100 and count % 100 in (1, 2):
        return counted(count - count % 100, noun) + _AND + counted(count % 100, noun)
    return _AND.join(_parts(count, noun))


def _parts(count: int, noun: Counted) -> list[str]:
    """Thousands and millions, then the hundreds and what is below them; the last one carries the noun."""
    parts = []
    for power in _POWERS:
        many, count = divmod(count, power.value)
        if many:
            ending = counted(many, power.ending if count else power.before_noun)
            parts.append(ending if count else f"{ending} {noun.one}")
    hundreds, below = divmod(count, 100)
    if hundreds and below:
        parts.append(_HUNDREDS[hundreds - 1])
    elif hundreds:
        parts.append(f"{_TWO_HUNDRED_OF if hundreds == 2 else _HUNDREDS[hundreds - 1]} {noun.one}")
    if below:
        parts.append(f"{_below_hundred(below, noun)} {noun.few if below <= 10 else noun.many}")
    return parts


def _below_hundred(number: int, noun: Counted) -> str:
    """Three to ninety-nine; one and two are said by the noun."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _ONES[noun.is_feminine][number]
    if tens == 1:
        return _TEENS[noun.is_feminine][ones - 1]
    if not ones:
        return _TENS[tens - 2]
    one = _EIGHT_ALONE if noun.is_feminine and ones == 8 else _ONES[noun.is_feminine][ones]
    return one + _AND + _TENS[tens - 2]
