"""Many sources judged, in processes of their own where that pays.

Each worker holds one source at a time and has a pipe of its own, so that one that is killed takes
nothing with it but that source. (The pool of the standard library breaks as a whole.)
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from alliance_check import __version__
from alliance_check.model.call import Call, Clause, Lot
from alliance_check.model.message import Message, say
from alliance_check.model.report import Failure, Result
from alliance_check.rulebook import reduced

from ..exit_codes import BROKEN
from ..files.paths import STANDARD_INPUT
from ..files.sources import Source

JudgeSource = Callable[[Source], list[Result]]
JudgedSource = tuple[Source, list[Result]]

LEAST = {"fork": 64, "spawn": 200}
"""From how many usual sheets on a second process pays for its start, as measured."""
_USUAL = 20_000
"""The bytes of a usual sheet; a large file counts as several."""


def judge_all(
    sources: Sequence[Source], judge: JudgeSource, jobs: int | None = None
) -> Iterator[JudgedSource]:
    """Yield each source with what *judge* says of it, in order, as soon as all before it are done.

    *jobs* is how many processes at most; None is one a processor where there is enough to do.
    A source on which *judge* or its process breaks yields a failure with exit code 70. After
    Ctrl-C everything that is done is still yielded, and then KeyboardInterrupt is raised.
    *judge* must be a function that another process can be sent, and must not expect to share
    anything with this one.
    """
    number = min(_paying(sources) if jobs is None else jobs, len(sources))
    if number < 2:
        yield from ((source, _judged(source, judge)) for source in sources)
        return
    workers = _Workers(sources, judge)
    try:
        workers.start(number)
        yield from workers.results()
    finally:
        workers.stop()


def _paying(sources: Sequence[Source]) -> int:
    """Return how many processes are worth their start."""
    if len(sources) < 2 or processors() < 2:
        return 1
    work = sum(1 + _size(source.path) // _USUAL for source in sources)
    return processors() if work >= LEAST[_method()] else 1


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def processors() -> int:
    """Return how many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _method() -> str:
    """Return how processes are started: a fork starts at once, but only where it is safe."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _judged(source: Source, judge: JudgeSource) -> list[Result]:
    try:
        return judge(source)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - one file must not stop the others
        name = type(error).__name__
        return _failed(source, say("The program broke on this file ({error}).", error=name))


def _failed(source: Source, message: Message) -> list[Result]:
    return [Failure(source.name, BROKEN, "internal-error", message, __version__)]


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    holds: int
    """The number of the source that it judges."""


class _Workers:
    """The workers, what each of them holds, and what has come back."""

    def __init__(self, sources: Sequence[Source], judge: JudgeSource) -> None:
        self._sources, self._judge = sources, judge
        self._context = multiprocessing.get_context(_method())
        self._workers: dict[Connection, _Worker] = {}
        self._done: dict[int, list[Result]] = {}
        # A worker has no standard input, so that is judged here.
        own = [n for n, source in enumerate(sources) if source.path == STANDARD_INPUT]
        self._done.update({n: _judged(sources[n], judge) for n in own})
        self._open = iter([n for n in range(len(sources)) if n not in self._done])

    def start(self, number: int) -> None:
        """Start workers, each with a source to judge, as long as there are any left."""
        for _ in range(number):
            first = next(self._open, None)
            if first is None:
                return
            self._start_one(first)

    def results(self) -> Iterator[JudgedSource]:
        """Yield the sources in order, each with its results."""
        for number, source in enumerate(self._sources):
            try:
                while number not in self._done:
                    self._collect()
            except KeyboardInterrupt:
                yield from ((self._sources[n], self._done[n]) for n in sorted(self._done))
                raise
            yield source, self._done.pop(number)

    def stop(self) -> None:
        """End all workers."""
        for worker in self._workers.values():
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers.values():
            worker.process.join()

    def _start_one(self, first: int) -> None:
        ours, theirs = self._context.Pipe()
        # What a fork inherits would keep the pipes of the others open.
        inherited = [ours, *self._workers] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, self._judge, inherited), daemon=True
        )
        with _no_interrupts():
            process.start()
        theirs.close()
        self._workers[ours] = _Worker(process, ours, first)
        self._give(self._workers[ours], first)

    def _give(self, worker: _Worker, number: int) -> None:
        worker.holds = number
        try:
            worker.pipe.send(self._sources[number])
        except OSError:
            return  # it has died; that shows when its answer is waited for

    def _collect(self) -> None:
        for pipe in wait(list(self._workers)):
            worker = self._workers[pipe]  # type: ignore[index]
            judged = worker.holds
            try:
                answer = worker.pipe.recv_bytes()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            # The worker goes on while its answer is unpacked here.
            following = next(self._open, None)
            if following is not None:
                self._give(worker, following)
            else:
                self._end(worker)
            self._done[judged] = ForkingPickler.loads(answer)

    def _end(self, worker: _Worker) -> None:
        del self._workers[worker.pipe]
        worker.pipe.close()
        worker.process.join()

    def _replace(self, worker: _Worker) -> None:
        """Note what a dead worker held as lost, and start another in its place."""
        self._end(worker)
        code = worker.process.exitcode or 0
        how = say("signal {code}", code=-code) if code < 0 else say("code {code}", code=code)
        message = say(
            "The process that judged this file was ended ({how}), perhaps for its memory.", how=how
        )
        self._done[worker.holds] = _failed(self._sources[worker.holds], message)
        self.start(1)


def _work(pipe: Connection, judge: JudgeSource, inherited: Sequence[Connection]) -> None:
    """Judge what comes until nothing comes any more; Ctrl-C is the business of the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _let_interrupts(through=True)
    for kind in (Call, Lot, Clause):
        ForkingPickler.register(kind, reduced)
    for other in inherited:
        other.close()
    while True:
        try:
            source = pipe.recv()
        except (EOFError, OSError):
            return
        results = _judged(source, judge)
        try:
            pipe.send(results)
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 - a report that cannot travel
            name = type(error).__name__
            pipe.send(_failed(source, say("The program broke on this file ({error}).", error=name)))


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back until a new process has learnt to leave it to its parent."""
    _let_interrupts(through=False)
    try:
        yield
    finally:
        _let_interrupts(through=True)


def _let_interrupts(*, through: bool) -> None:
    if hasattr(signal, "pthread_sigmask"):
        how = signal.SIG_UNBLOCK if through else signal.SIG_BLOCK
        signal.pthread_sigmask(how, {signal.SIGINT})
