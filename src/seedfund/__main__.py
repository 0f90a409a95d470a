"""`python -m seedfund`, for where the console script is not on the path."""

from seedfund.cli import main

if __name__ == "__main__":
    main()
