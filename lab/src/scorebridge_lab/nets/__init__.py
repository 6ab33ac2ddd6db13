"""The networks: the compact pair, the barline classifier, and those of the papers."""
