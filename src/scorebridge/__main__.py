"""`python -m scorebridge ...`, which launchers such as `torchrun` need."""

from scorebridge.cli.main import main

if __name__ == "__main__":
    main()
