"""`python -m scorebridge.cli`."""

from scorebridge.cli.main import main

if __name__ == "__main__":
    main()
