"""Cells of staged rows, and how files are written."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0027_staging"
down_revision = "0025_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cells of staged rows, and how files are written."""
    run_frozen(op.get_bind(), revision)
