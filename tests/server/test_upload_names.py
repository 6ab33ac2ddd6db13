"""What uploads were called."""

from pathlib import Path

from scorebridge.server.upload_names import Names


def test_names_are_kept_until_their_file_goes(tmp_path: Path) -> None:
    names = Names(tmp_path / "names.sqlite")
    assert names.all() == {} and not names.path.exists()  # looking makes no file
    names.keep("5e1f.png", "Étude; drop table names.png")
    names.keep("77ab.ogg", "take.ogg")
    names.keep("77ab.ogg", "the same under another name.ogg")
    again = Names(names.path)
    assert again.all() == {"5e1f.png": "Étude; drop table names.png", "77ab.ogg": "take.ogg"}
    again.forget(["5e1f.png", "unknown"])
    assert names.all() == {"77ab.ogg": "take.ogg"}
