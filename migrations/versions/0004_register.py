"""Issued papers and files of evidence."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0004_register"
down_revision = "0003_approvals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Issued papers and files of evidence."""
    run_frozen(op.get_bind(), revision)
