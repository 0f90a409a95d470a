"""Scholarships from application to work, and what of a tranche is not due any more."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0018_scholarships"
down_revision = "0017_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Scholarships from application to work, and what of a tranche is not due any more."""
    run_frozen(op.get_bind(), revision)
