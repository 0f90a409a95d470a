"""The rules of accompaniment, pure: values in, decisions out.

`services` the catalogue · `referrals` consent, answers, barriers · `employment` vacancies to retention · `activities`
of a community and who came · `criteria`, `selection`, `sampling` who is taken in.
"""

from typing import Final

from seedfund.accompaniment.rules import (
    activities,
    criteria,
    employment,
    referrals,
    sampling,
    selection,
    services,
)

REFUSALS: Final = (
    *services.REFUSALS,
    *referrals.REFUSALS,
    *employment.REFUSALS,
    *activities.REFUSALS,
    *criteria.REFUSALS,
    *selection.REFUSALS,
    *sampling.REFUSALS,
)
