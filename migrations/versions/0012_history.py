"""A running grant's history before the books."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0012_history"
down_revision = "0011_tranche_offsets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A running grant's history before the books."""
    run_frozen(op.get_bind(), revision)
