"""Results of a file wait for another hand where who takes it in released the payment."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0033_own_payment"
down_revision = "0032_earlier_books"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Results of a file wait for another hand where who takes it in released the payment."""
    run_frozen(op.get_bind(), revision)
