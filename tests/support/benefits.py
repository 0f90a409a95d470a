"""The benefits of most tests: seed capital in two tranches, a cash transfer without receipts."""

from typing import Final

from seedfund.funds.rules.benefits import BenefitTerms, NameIn, TrancheTemplate
from seedfund.funds.rules.words import BenefitUnit

SEED: Final = BenefitTerms(
    name_es="Capital semilla",
    name_en="Seed capital",
    names=(NameIn(language="fr", name="Capital d'amorçage"),),
    unit=BenefitUnit.HOUSEHOLD,
    purpose="seed_capital",
    methods=("bank", "cash", "in_kind", "cheque", "withdrawal_code", "voucher", "mobile_money"),
    bases=("committee_decision", "referral"),
    justification_required=True,
    agreement_kind="convenio",
    one_per_months=18,
    tranches=(
        TrancheTemplate(share_bps=6_000, conditions='[{"code":"agreement_signed"}]'),
        TrancheTemplate(
            share_bps=4_000,
            after_months=3,
            conditions='[{"basis_points":8000,"code":"previous_tranche_justified_at_least"}]',
        ),
    ),
)


TRANSFER: Final = BenefitTerms(
    name_es="Transferencia monetaria",
    name_en="Cash transfer",
    unit=BenefitUnit.HOUSEHOLD,
    purpose="consumption",
    methods=("bank", "cash"),
    bases=("eligibility_list",),
    justification_required=False,
)
