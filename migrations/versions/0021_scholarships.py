"""Scholarships from application to work, and what of a tranche is not due any more."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0021_scholarships"
down_revision = "0020_referrals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Scholarships from application to work, and what of a tranche is not due any more."""
    run_frozen(op.get_bind(), revision)
