"""Numbers of documents that differ by one slip of the pen, told without the numbers. Pure; must not know keys.

Of a number every form with one sign left out is made, beside the number itself. Two numbers share a form where one sign
is wrong, missing, too many or elsewhere, or two neighbours are swapped (symmetric deletion, as in spelling checkers).
Whoever compares them digests the forms first, under a key, and never keeps them.
"""

from typing import Final

from seedfund.kernel.secret import Secret

SIGNS_FEWEST: Final = 6
"""Of shorter numbers too many lie beside one another; they are compared whole alone."""
SIGNS_MOST: Final = 30
"""Of longer numbers only so many signs are left out in turn, from the front."""


def near_forms(key: Secret) -> tuple[Secret, ...]:
    """The forms of a number by which its neighbours are met: as it is, and with one sign left out; none of a short one.

    `key` is the number in its one form (`number_key`): punctuation and leading zeros do not count there.
    """
    number = key.reveal()
    if len(number) < SIGNS_FEWEST:
        return ()
    shorter = {number[:place] + number[place + 1 :] for place in range(min(len(number), SIGNS_MOST))}
    return tuple(Secret(form) for form in sorted({number, *shorter}))
