"""The options of every `evaluate` command, in one record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import Parameter

from scorebridge.errors import UsageError

if TYPE_CHECKING:
    from scorebridge.encode.encoder import Encoder
    from scorebridge_lab.benchmarks.distractors import Distractors

T = TypeVar("T")
FLAGS = {"as_json": "json"}


@Parameter(name="*")
@dataclass(frozen=True)
class Options:
    """What is evaluated, on what, and how it is printed.

    A command that has no use for an option rejects it (`only`).
    """

    sets: Annotated[
        tuple[str, ...], Parameter(name=["--sets", "--set"], consume_multiple=True, negative=())
    ] = ()
    """Evaluation sets by name, see `scorebridge-lab data sets`."""
    distractors: int | None = None
    """Packed training pieces among the documents: at most so many, 0 for all; by default none."""
    stride: int = 1
    """Only every so-many-th score of a set, with its recordings."""
    limit: int = 0
    """At most so many scores of a set; 0 for all."""
    model: str | None = None
    """Encoder: a folder, or a name of the product's models; by default the one that ships."""
    seed: int = 0
    """Seed of everything that is drawn at random."""
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False
    """Print JSON."""
    failures: Annotated[bool, Parameter(negative=())] = False
    """Print a line for each failure as well."""

    def only(self, command: str, *names: str) -> None:
        """Raises UsageError where an option is given that `command` does not use."""
        if self.stride < 1 or self.limit < 0:
            raise UsageError("--stride counts from 1, --limit from 0.")
        for field in fields(self):
            if field.name not in names and getattr(self, field.name) != field.default:
                flag = FLAGS.get(field.name, field.name)
                raise UsageError(f"evaluate {command} has no use for --{flag}.")

    def chosen(self, default: str | None, *kinds: type[T]) -> list[T]:
        """The sets, or the default one; without a default all of these classes.

        Raises UsageError where one is not of these classes.
        """
        from scorebridge_lab.benchmarks.registry import names_of, sets_named

        names = self.sets or ((default,) if default else tuple(names_of(*kinds)))
        return sets_named(names, *kinds)

    def one(self, default: str, *kinds: type[T]) -> T:
        """The one set, or the default one. Raises UsageError where there are more."""
        if len(self.sets) > 1:
            raise UsageError(f"one set at a time, not {', '.join(self.sets)}.")
        return self.chosen(default, *kinds)[0]

    def encoder(self) -> Encoder:
        """The encoder that is evaluated. Raises ModelError."""
        from scorebridge.encode.encoder import load_encoder

        return load_encoder(self.model)

    def encode_distractors(self, encoder: Encoder) -> Distractors:
        """The distractors as vectors, none by default. Raises LabError where none is packed."""
        from scorebridge_lab.benchmarks.distractors import encode_distractors

        return encode_distractors(encoder, self.distractors)

    @property
    def among(self) -> str:
        """The distractors in the words of a title."""
        if self.distractors is None:
            return ""
        return f", {self.distractors or 'all'} distractors"
