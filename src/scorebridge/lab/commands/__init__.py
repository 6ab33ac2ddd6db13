"""The commands of scorebridge lab."""
