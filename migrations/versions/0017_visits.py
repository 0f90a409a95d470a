"""Visits planned by a rule, held, missed or moved, and what they found."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0017_visits"
down_revision = "0016_training"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Visits planned by a rule, held, missed or moved, and what they found."""
    run_frozen(op.get_bind(), revision)
