"""What leaves training: weights, cards, 8-bit networks and calibrations."""
