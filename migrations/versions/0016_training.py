"""Providers, courses, cohorts, sessions, enrolments, marks, certificates."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0016_training"
down_revision = "0015_savings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Providers, courses, cohorts, sessions, enrolments, marks, certificates."""
    run_frozen(op.get_bind(), revision)
