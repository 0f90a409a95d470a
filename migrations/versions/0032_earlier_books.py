"""The basis of grants that were taken over is told as what it is."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0032_earlier_books"
down_revision = "0031_brought"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The basis of grants that were taken over is told as what it is."""
    run_frozen(op.get_bind(), revision)
