"""The check itself: the command that runs when no other is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...files.style import PAGE, TERMINAL, style_of, with_targets
from ...options import declared as option
from ...options.settings import Settings


def check(  # noqa: PLR0913 - one argument an option
    paths: option.Paths,
    *,
    lot: option.Lot = None,
    call: option.Call = None,
    strict: option.Strict = False,
    fail_on: option.FailOn = None,
    duration: option.Duration = None,
    grant: option.Grant = None,
    total: option.Total = None,
    what_if: option.WhatIf = None,
    sheet: option.SheetName = None,
    encoding: option.Encoding = None,
    skip_hidden: option.SkipHidden = False,
    map: option.Map = None,  # noqa: A002 - the name of the option
    confirm: option.Confirm = None,
    by: option.By = None,
    project: option.Project = None,
    charter_list: option.CharterList = None,
    config: option.Config = None,
    show_settings: option.ShowSettings = False,
    max_rows: option.MaxRows = None,
    max_columns: option.MaxColumns = None,
    max_cell: option.MaxCell = None,
    max_unpacked: option.MaxUnpacked = None,
    jobs: option.Jobs = None,
    cache: option.Cache = None,
    format: option.FormatName = None,  # noqa: A002 - the name of the option
    output: option.Output = None,
    output_dir: option.OutputDir = None,
    open: option.Open = False,  # noqa: A002 - the name of the option
    summary_file: option.SummaryFile = None,
    no_advice: option.NoAdvice = False,
    quiet: option.Quiet = False,
    verbose: option.Verbose = False,
    full: option.Full = False,
    no_color: option.NoColour = False,
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
    ascii: option.Ascii = False,  # noqa: A002 - the name of the option
    version: option.Version = False,  # noqa: ARG001 - answered by its callback
) -> Callable[[], int]:
    """Check whether the consortium in a partner sheet is eligible.

    The sheet lists the partners of an Erasmus+ Alliances for Innovation proposal.

    Exit codes: 0 eligible, 1 not eligible, 2 wrong usage, 3 undecided, 4 file or rulebook unusable,
    70 the program broke, 130 interrupted.
    """
    from alliance_check.pipeline import Options
    from alliance_check.readers import Limits

    caps = {
        "rows": max_rows,
        "columns": max_columns,
        "cell": max_cell,
        "unpacked_mib": max_unpacked,
    }
    formats = tuple(dict.fromkeys(format or ((PAGE,) if open and not output_dir else ())))
    style = style_of(
        formats[0] if formats else TERMINAL,
        output or output_dir or (PAGE if open else None),
        quiet=quiet,
        full=full,
        plain=no_color,
        ascii_only=ascii,
    )
    style = with_targets(style, formats, output, output_dir, summary_file)
    style = replace(style, shows=open)
    words, settled = option.own_words(map, confirm)
    typed = Options(
        lot=lot,
        call=call,
        duration=duration,
        grant=grant,
        total=total,
        sheet=sheet,
        strict=strict,
        encoding=encoding,
        skip_hidden=skip_hidden,
        words=words,
        settings=settled,
        by=by,
        project=project,
        limits=Limits(**{name: cap for name, cap in caps.items() if cap is not None}),
        fingerprint=style.fingerprint,
        advice=not no_advice,
        changes=tuple(what_if or ()),
    )
    settings = Settings(
        typed, fail_on=fail_on, config=config, charter_list=charter_list, cache=cache
    )

    def job() -> int:
        if show_settings:
            from .show_settings import show_settings as show

            return show(paths, settings, style)
        from .run import run

        return run(paths, settings, style, jobs=jobs, verbose=verbose)

    return job
