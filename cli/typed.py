"""A command of typer that reads what is typed without pydantic, where texts are all it asks for.

typer has pydantic turn every argument into its type, also those that nobody gave, and pydantic
takes longer to load than a check takes. What is typed is a text already, and most of our options
have a function of their own that reads theirs. Whatever else there is, typer reads as ever.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from typer.core import TyperCommand

_LEFT: Final = object()
"""What is left to typer."""


class Command(TyperCommand):
    """A command as typer makes it, but for how it reads texts."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the arguments and options, ``--help`` among them."""
        parameters: list[Any] = [*super().get_params(ctx)]
        for parameter in parameters:
            parameter.process_value = partial(_processed, parameter)
        return parameters


def _processed(parameter: Any, context: Any, typed: Any) -> Any:
    """Return what the value of a parameter means; this stands in for the method of typer."""
    value = _read(parameter, typed)
    if value is _LEFT:
        return type(parameter).process_value(parameter, context, typed)
    called = parameter.callback
    return value if called is None else called(context, parameter, value)


def _read(parameter: Any, typed: Any) -> Any:
    """Return what a text, several texts or nothing means, or that it is left to typer."""
    several = parameter.multiple or parameter.nargs == -1
    if not typed and parameter.required:
        return _LEFT
    if typed is None:
        return () if several else None
    texts = list(typed) if several and not isinstance(typed, str) else [typed]
    declared = getattr(parameter, "type_descriptor", None)
    read = getattr(getattr(declared, "parameter_info", None), "parser", None)
    if read is None and getattr(declared, "annotation", None) in {str, list[str]}:
        read = str
    if read is None or not all(isinstance(text, str) for text in texts):
        return _LEFT
    try:
        values = [read(text) for text in texts]
    except ValueError:  # typer says it in words
        return _LEFT
    return values if several else values[0]
