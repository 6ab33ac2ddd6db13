"""The training loop and the tasks it trains."""
