"""Pages without music lie as the pages with music beside them."""

from scorebridge.library.page_corrections import GivenPage, PageCorrections
from scorebridge.score.rotations import rotation_beside, rotations_of
from scorebridge.types import Document, Place, Rotation

TURNED: dict[int, Rotation] = {3: 90, 5: 90, 8: 270}


def places(turned: dict[int, Rotation]) -> tuple[Place, ...]:
    return tuple(
        Place(page, 1, (0, 0, 1, 1), 0, 1, 0, 100, rotation=rotation)
        for page, rotation in turned.items()
    )


def test_pages_with_music_keep_their_own_rotation() -> None:
    assert rotations_of(places({1: 90, 2: 0, 3: 180}), 3) == {1: 90, 3: 180}
    assert rotations_of(places({1: 0, 2: 0}), 2) == rotations_of((), 3) == {}


def test_pages_without_music_are_turned_as_those_beside_them() -> None:
    first = rotations_of(places(TURNED), 10)
    assert first == {1: 90, 2: 90, 3: 90, 4: 90, 5: 90, 8: 270, 9: 270, 10: 270}
    assert rotation_beside(6, TURNED) == rotation_beside(7, TURNED) == 0  # these differ
    assert rotation_beside(2, {1: 0, 3: 90}) == rotation_beside(2, {1: 180, 3: 0}) == 0


def test_what_a_person_gave_goes_first() -> None:
    document = Document("0" * 64, "a.pdf", "score", "a", 100, pages=5, places=places({2: 90}))
    given = PageCorrections({1: GivenPage(rotation=0), 5: GivenPage(rotation=180)})
    assert given.rotations(document) == {2: 90, 3: 90, 4: 90, 5: 180}
    assert PageCorrections().rotations(document) == dict.fromkeys(range(1, 6), 90)
