"""The entry point: arguments in, exit code out. Nothing that goes wrong passes through here.

Python itself exits with 1 on a traceback, which would look like "not eligible"; so everything is
caught, and a broken program says so with a code of its own.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; never raises.

    Without *arguments* this is the whole process, which may arrange the collector for itself.
    """
    if arguments is not None:
        return _guarded(arguments)
    # Nothing that a start makes is garbage. Looking for it costs a tenth of a short run, and
    # looking once more when Python ends costs as much again.
    gc.set_threshold(100_000, 50, 100)
    try:
        return _guarded(sys.argv[1:])
    finally:
        gc.freeze()


def _guarded(arguments: Sequence[str]) -> int:
    # All imports stand below: whoever presses Ctrl-C while they run gets the code for it too.
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BaseException as error:  # noqa: BLE001 - the outermost place, see above
        from .stderr import report_crash

        return report_crash(error)


def _run(arguments: Sequence[str]) -> int:
    from alliance_check.model.errors import AllianceCheckError

    from .dispatch import split
    from .language import run_language
    from .stderr import print_error

    command, rest = split(arguments)
    with run_language(rest):
        try:
            job = _parse(command, rest)
            return job if isinstance(job, int) else job()
        except AllianceCheckError as error:
            print_error(error.sentence)
            return error.exit_code


def _parse(command: str | None, arguments: list[str]) -> Callable[[], int] | int:
    """Let typer read the arguments; the work itself is done outside of it.

    typer answers a broken pipe with 1, which here means "not eligible".
    """
    from typer import Abort
    from typer.exceptions import TyperException

    from .dispatch import PROGRAM
    from .stderr import print_error

    name = PROGRAM if command is None else f"{PROGRAM} {command}"
    try:
        result: Any = _declared(command).main(arguments, name, standalone_mode=False)
    except TyperException as error:
        print_error(f"{error.format_message()} See {name} --help.")
        return error.exit_code
    except Abort:
        raise KeyboardInterrupt from None
    except SystemExit:
        return 0  # the reader of the help has gone away
    return result if callable(result) else int(result or 0)


def _declared(command: str | None) -> Any:
    """Return a command, or the check, as typer makes it from the signature of its function.

    Its texts are in the language of the run.
    """
    import typer

    from alliance_check.model.message import Message

    from .dispatch import function_of
    from .typed import Command

    def shown(text: str | None) -> str | None:
        return str(Message(text)) if text else text

    app = typer.Typer(add_completion=False, rich_markup_mode="markdown")
    declare = app.command(
        cls=Command,
        epilog=None if command else _commands(),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    declare(function_of(command))
    declared = typer.main.get_command(app)
    declared.help = shown(declared.help)
    for parameter in declared.params:
        for attribute in _OF_HELP:
            if getattr(parameter, attribute, None):
                setattr(parameter, attribute, shown(getattr(parameter, attribute)))
    return declared


def help_texts() -> Iterator[str]:
    """Yield every text that ``--help`` of a command shows, for the catalogues of languages."""
    from .dispatch import COMMANDS

    for command in (None, *COMMANDS):
        declared = _declared(command)
        yield declared.help
        for parameter in declared.params:
            texts = (getattr(parameter, attribute, None) for attribute in _OF_HELP)
            yield from filter(None, texts)


_OF_HELP = ("help", "rich_help_panel")
"""The attributes of an option that people read."""


def _commands() -> str:
    from alliance_check.model.message import say

    from .dispatch import COMMANDS

    return str(say("Commands: {names}. COMMAND --help tells more.", names=", ".join(COMMANDS)))
