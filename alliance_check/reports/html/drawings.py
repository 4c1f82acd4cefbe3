"""Small drawings: outcome marks, the bars of the minima, the discs of the partners.

Geometry stands in attributes of the drawings and colour in the style sheet, since the policy of
the page allows no style beside it. Hatching means "possible" in each of them.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from alliance_check.model.message import Message
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Count
from alliance_check.reports.html.elements import el
from alliance_check.reports.words import OUTCOMES

_SHAPES = {
    Outcome.MET: ((("circle", {"cx": "12", "cy": "12", "r": "11"}),), "M6.5 12.5l3.8 3.8 7.2-8"),
    Outcome.NOT_MET: (
        (("path", {"d": "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z"}),),
        "M7.8 7.8l8.4 8.4m0-8.4l-8.4 8.4",
    ),
    Outcome.TO_CHECK: (
        (("path", {"d": "M12 1.5L22.5 12 12 22.5 1.5 12z", "class": "hollow"}),),
        "M9.6 9.6c0-3 4.8-3 4.8-.2 0 1.9-2.4 2-2.4 4.2m0 2.4v.9",
    ),
    Outcome.NOT_CHECKED: (
        (("circle", {"cx": "12", "cy": "12", "r": "9.5", "class": "dashed"}),),
        "",
    ),
    Outcome.NOT_APPLICABLE: ((), "M5 12h14"),
}
_OF_VERDICT = {
    Verdict.ELIGIBLE: Outcome.MET,
    Verdict.NOT_ELIGIBLE: Outcome.NOT_MET,
    Verdict.UNDECIDED: Outcome.TO_CHECK,
}
_LONGEST, _PITCH, _MOST_BLOCKS, _LEAST = 330, 28, 24, 8
_TOP, _HEIGHT = 6, 16


def svg(
    width: float, height: float, *inside: Element | None, class_: str = "", **more: str
) -> Element:
    """Return a drawing; it is hidden from screen readers unless it has a role."""
    hidden = None if "role" in more else "true"
    box = f"0 0 {_number(width)} {_number(height)}"
    size = {"width": _number(width), "height": _number(height), "viewBox": box}
    return el("svg", *inside, class_=class_, aria_hidden=hidden, **size, **more)


def hatching() -> Element:
    """Return the pattern of what is only possible, which the style sheet fills with."""
    line = el("path", d="M-1 1l2-2M0 5l5-5M4 6l2-2")
    pattern = el("pattern", line, id="hatch", width="5", height="5", patternUnits="userSpaceOnUse")
    return svg(0, 0, el("defs", pattern), class_="patterns")


def outcome_mark(outcome: Outcome, size: int = 18) -> Element:
    """Return the sign of an outcome, whose word always stands beside it."""
    shapes, sign = _SHAPES[outcome]
    drawn = [el(tag, **attributes) for tag, attributes in shapes]
    drawn += [el("path", d=sign, class_="sign")] if sign else []
    box = {"width": str(size), "height": str(size), "viewBox": "0 0 24 24"}
    return el("svg", *drawn, class_=f"mark {outcome.value}", aria_hidden="true", **box)


def verdict_mark(verdict: Verdict, size: int) -> Element:
    """Return the sign of a verdict."""
    return outcome_mark(_OF_VERDICT[verdict], size)


def outcome_words(outcome: Outcome) -> Element:
    """Return an outcome as sign and word."""
    return el("span", outcome_mark(outcome), " ", OUTCOMES[outcome], class_=f"word {outcome.value}")


def bar(counted: Count, need: int, scale: int) -> Element:
    """Return the bar of a minimum; *scale* is the largest number of the table."""
    scale = max(scale, _LEAST)
    pitch = min(_PITCH, _LONGEST / scale)
    drawn = [_block(*part, pitch) for part in _parts(counted, need)]
    return svg(scale * pitch + 8, 28, *drawn, tick(need * pitch + 3, 2, 24), class_="bar")


def _parts(counted: Count, need: int) -> list[tuple[str, int, int]]:
    """Return what is sure, possible and missing: a block each, or one piece where there are many.

    >>> [name for name, _, _ in _parts(Count(1, 2), 3)], _parts(Count(30, 30), 8)
    (['sure', 'possible', 'missing'], [('sure', 0, 30)])
    """
    ends = [("sure", 0, counted.low), ("possible", counted.low, counted.high)]
    ends.append(("missing", counted.high, max(need, counted.high)))
    if max(counted.high, need) > _MOST_BLOCKS:
        return [part for part in ends if part[1] < part[2]]
    return [(name, at, at + 1) for name, start, end in ends for at in range(start, end)]


def _block(name: str, start: int, end: int, pitch: float) -> Element:
    inset = 0 if name == "sure" else 0.75
    return el(
        "rect",
        x=_number(4 + start * pitch + inset),
        y=_number(_TOP + inset),
        width=_number((end - start) * pitch - 2 - 2 * inset),
        height=_number(_HEIGHT - 2 * inset),
        class_=name,
    )


def tick(x: float, top: float, height: float) -> Element:
    """Return the sign of what is needed: a line with a wedge, on a halo so that it is seen."""
    at, end = _number(x), _number(top + height)
    line = f"M{at} {_number(top)}V{end}"
    wedge = f"M{_number(x - 4)} {_number(top)}h8l-4 5z"
    return el(
        "g",
        el("path", d=line, class_="halo"),
        el("path", d=line, class_="tick"),
        el("path", d=wedge, class_="wedge"),
    )


def sample(name: str) -> Element:
    """Return the sample of a kind of block for a legend."""
    if name == "need":
        return svg(10, 28, tick(5, 2, 24), class_="sample")
    return svg(28, 28, _block(name, 0, 1, _PITCH), class_="sample")


def disc(kind: str, name: Message | None) -> Element:
    """Return what a partner counts as: "sure", "possible" or "not"; *name* is read out for it."""
    size = {"width": "18", "height": "18", "viewBox": "0 0 18 18", "class_": "disc"}
    radius = {"sure": "8", "possible": "7.25", "not": "1.5"}[kind]
    shape = el("circle", cx="9", cy="9", r=radius, class_=kind)
    if name is None:
        return el("svg", shape, aria_hidden="true", **size)
    return el("svg", shape, role="img", aria_label=name, **size)


def _number(value: float) -> str:
    """Return a length without needless digits.

    >>> _number(28.0), _number(13.75), _number(1 / 3)
    ('28', '13.75', '0.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
