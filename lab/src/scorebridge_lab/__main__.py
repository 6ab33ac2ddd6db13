"""Runs the command `scorebridge-lab`, also under `torchrun -m scorebridge_lab`."""

from scorebridge_lab.cli.main import main

if __name__ == "__main__":
    main()
