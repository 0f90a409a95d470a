"""What a receipt is known by: every form of its issuer and number, and its file."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0014_receipt_marks"
down_revision = "0013_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a receipt is known by: every form of its issuer and number, and its file."""
    run_frozen(op.get_bind(), revision)
