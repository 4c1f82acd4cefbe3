"""What makes a run impossible.

Wrong cells and unmet rules are values; only what stops the whole check is raised, and only the
command line catches it.
"""

from __future__ import annotations

from alliance_check.model.message import Message, Value, say


class AllianceCheckError(Exception):
    """A run that cannot go on: one sentence for people, one stable code for programs."""

    code = "error"
    exit_code = 4

    def __init__(self, template: str | Message, /, **values: Value) -> None:
        super().__init__(str(template))
        self.message = template if isinstance(template, Message) else say(template, **values)

    @property
    def sentence(self) -> str:
        """The sentence, in the language of the block that asks for it."""
        return str(self.message)

    def __str__(self) -> str:
        return self.sentence


class UnreadableFile(AllianceCheckError):
    """The bytes are not a table file: damaged, encrypted, mislabelled or hostile."""

    code = "unreadable-file"


class TooLarge(AllianceCheckError):
    """The file passes a cap; the sentence names the option that raises it."""

    code = "too-large"


class NoTable(AllianceCheckError):
    """No sheet holds a table of partners, or more than one does equally well."""

    code = "no-table"


class NoHeaders(NoTable):
    """Nothing in the file looks like the header of a table of partners."""

    code = "no-headers"


class UnknownCall(AllianceCheckError):
    """There is no rulebook for the call."""

    code = "unknown-call"


class BrokenRulebook(AllianceCheckError):
    """A rulebook lacks what a rule needs."""

    code = "broken-rulebook"


class WrongUsage(AllianceCheckError):
    """An option has a value that means nothing."""

    code = "wrong-usage"
    exit_code = 2
