"""The rules of accompaniment, pure: values in, decisions out.

`services` the catalogue · `referrals` consent, answers, barriers · `employment` vacancies to retention · `activities`
of a community and who came · `monitoring` of businesses and what survives · `planning`, `scoring`, `graduation` of
households, `days` of their steps · `criteria`, `selection`, `sampling` who is taken in.
"""

from typing import Final

from seedfund.accompaniment.rules import (
    activities,
    criteria,
    days,
    employment,
    graduation,
    monitoring,
    planning,
    referrals,
    sampling,
    scoring,
    selection,
    services,
)

REFUSALS: Final = (
    *services.REFUSALS,
    *referrals.REFUSALS,
    *employment.REFUSALS,
    *activities.REFUSALS,
    *monitoring.REFUSALS,
    *days.REFUSALS,
    *planning.REFUSALS,
    *scoring.REFUSALS,
    *graduation.REFUSALS,
    *criteria.REFUSALS,
    *selection.REFUSALS,
    *sampling.REFUSALS,
)
