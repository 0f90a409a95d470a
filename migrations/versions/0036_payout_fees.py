"""The answer of an exception keeps what it told, of which payment, and the fee that it charged."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0036_payout_fees"
down_revision = "0035_payouts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The answer of an exception keeps what it told, of which payment, and the fee that it charged."""
    run_frozen(op.get_bind(), revision)
