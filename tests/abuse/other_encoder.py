"""A second encoder without training, so that there is something to renew to."""

from scorebridge.testing import FakeEncoder


def make() -> FakeEncoder:
    return FakeEncoder("other", 12)
