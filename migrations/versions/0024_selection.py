"""Rules of a selection, screenings, selections and verification samples."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0024_selection"
down_revision = "0023_assessments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rules of a selection, screenings, selections and verification samples."""
    run_frozen(op.get_bind(), revision)
