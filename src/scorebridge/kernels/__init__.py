"""The loops over whole matrices, compiled to machine code once on each machine."""
