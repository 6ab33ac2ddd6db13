"""The figures: a module a kind, functions that return plain rows."""
