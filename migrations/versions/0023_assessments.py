"""Household plans, assessments and graduation."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0023_assessments"
down_revision = "0022_monitoring"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Household plans, assessments and graduation."""
    run_frozen(op.get_bind(), revision)
