"""Grants that were taken over from earlier books."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0031_brought"
down_revision = "0030_likeness"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Grants that were taken over from earlier books."""
    run_frozen(op.get_bind(), revision)
