"""Amounts in words in Spanish, English, French and Portuguese. Must not know other scripts.

num2words counts; gender, joints and what becomes of the parts of a currency are ours, because a court reads them.
"""

import re
from collections.abc import Callable
from typing import Final

from num2words import num2words

from seedfund.paper.words.names import Names, Noun

_MILLION: Final = 1_000_000
# "uno" loses its end before a noun and before mil, millones, billones: "veintiún mil dólares".
_SHORT_ONE: Final = re.compile(r"\b(veinti)?uno(?= mil\b| \w*ill[oó]n|$)")
_HUNDREDS_ES: Final = re.compile(r"(cient|quinient)os\b")
_HUNDREDS_PT: Final = re.compile(r"(cent|zent|quinhent)os\b")
_LAST_MILLIONS: Final = re.compile(r".*\b\w*(?:ill[oó]n|illones|ilhão|ilhões)\b")


def spanish(whole: int, rest: int, *, scale: int, names: Names) -> str:
    """`quinientos con 00/100 dólares`; round millions take "de", and then the fraction comes last."""
    is_one = (whole, rest) == (1, 0)
    noun = names.unit.one if is_one else names.unit.many
    cardinal = _SHORT_ONE.sub(lambda found: "veintiún" if found[1] else "un", num2words(whole, lang="es"))
    if names.unit.is_feminine:
        cardinal = _below_millions(cardinal, _feminine_spanish)
    fraction = _fraction(rest, scale=scale)
    if whole and whole % _MILLION == 0:
        return f"{cardinal} de {noun}" + (f" con {fraction}" if fraction else "")
    return f"{cardinal} con {fraction} {noun}" if fraction else f"{cardinal} {noun}"


def english(whole: int, rest: int, *, scale: int, names: Names) -> str:
    """`five hundred and 00/100 United States dollars`."""
    noun = names.unit.one if (whole, rest) == (1, 0) else names.unit.many
    cardinal = str(num2words(whole, lang="en")).replace(",", "").replace(" and ", " ")
    fraction = _fraction(rest, scale=scale)
    return f"{cardinal} and {fraction} {noun}" if fraction else f"{cardinal} {noun}"


def french(whole: int, rest: int, *, scale: int, names: Names) -> str:
    """`cinq cents dollars et cinquante cents`; nothing is said of parts where there are none."""
    del scale
    return " et ".join(_counted_french(count, noun) for count, noun in _spelled_out(whole, rest, names))


def portuguese(whole: int, rest: int, *, scale: int, names: Names) -> str:
    """`mil duzentos e cinquenta reais e cinquenta centavos`."""
    del scale
    return " e ".join(_counted_portuguese(count, noun) for count, noun in _spelled_out(whole, rest, names))


def _fraction(rest: int, *, scale: int) -> str:
    return f"{rest:0{len(str(scale)) - 1}d}/{scale}" if scale > 1 else ""


def _spelled_out(whole: int, rest: int, names: Names) -> list[tuple[int, Noun]]:
    counted = [(whole, names.unit)]
    if rest and names.part is not None:
        counted.append((rest, names.part))
    return counted


def _counted_french(count: int, noun: Noun) -> str:
    cardinal = str(num2words(count, lang="fr"))
    if noun.is_feminine:
        cardinal = re.sub(r"\bun$", "une", cardinal)
    name = noun.one if count < 2 else noun.many
    if count and count % _MILLION == 0:
        return f"{cardinal} d’{name}" if name[0] in "aeéiou" else f"{cardinal} de {name}"
    return f"{cardinal} {name}"


def _counted_portuguese(count: int, noun: Noun) -> str:
    cardinal = str(num2words(count, lang="pt_BR")).replace(",", "")
    if noun.is_feminine:
        cardinal = _below_millions(cardinal, _feminine_portuguese)
    joint = " de " if count and count % _MILLION == 0 else " "
    return f"{cardinal}{joint}{noun.one if count < 2 else noun.many}"


def _below_millions(cardinal: str, change: Callable[[str], str]) -> str:
    """Millions are masculine whatever they count: only what stands after them agrees with the noun."""
    found = _LAST_MILLIONS.match(cardinal)
    end = found.end() if found else 0
    return cardinal[:end] + change(cardinal[end:])


def _feminine_spanish(cardinal: str) -> str:
    ended = re.sub(r"\b(veinti)?(?:un|ún)$", lambda found: f"{found[1] or ''}una", cardinal)
    return _HUNDREDS_ES.sub(r"\1as", ended)


def _feminine_portuguese(cardinal: str) -> str:
    return _HUNDREDS_PT.sub(r"\1as", re.sub(r"\bum\b", "uma", re.sub(r"\bdois\b", "duas", cardinal)))
