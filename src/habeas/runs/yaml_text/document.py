"""What a file should be, for messages about one that isn't."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A kind of file: what people call it (`one` with its article and kind), how it starts (`habeas: FORMAT`), how to come by one.

    `mistaken` asks what else the file may be; `draft` says how to get one that is right.
    """

    noun: str
    one: str
    format: str
    draft: str
    mistaken: str

    @property
    def a_noun(self) -> str:
        """The noun with its article: `a plan`, `an assessment`."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    def when_empty(self) -> str:
        """What to say of an empty file."""
        return f"the {self.noun} is empty; expected a mapping that starts with habeas: {self.format}: {self.draft}"

    def when_other(self, got: str) -> str:
        """What to say of a file that holds something else altogether."""
        return f"expected {self.a_noun}, a mapping that starts with habeas: {self.format}; got {got}: {self.mistaken}"
