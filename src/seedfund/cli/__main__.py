"""`python -m seedfund.cli`, for where the console script is not on the path."""

from seedfund.cli import main

main()
