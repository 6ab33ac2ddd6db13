"""The losses, one a module."""
