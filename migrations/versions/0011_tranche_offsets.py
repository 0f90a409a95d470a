"""What of a tranche was answered without a payment."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0011_tranche_offsets"
down_revision = "0010_interchange"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What of a tranche was answered without a payment."""
    run_frozen(op.get_bind(), revision)
