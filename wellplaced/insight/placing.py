"""Where the boxes and arrows of a flow chart stand: graphviz-pure says, a program that the package of that name brings.

It is asked for positions alone ('plain' output); the picture is drawn by our own template. Two milliseconds a chart, and
once a process for each version and type.
"""

import re
import shlex
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from wellplaced.insight.charting import BOOKING, Arrow, Box, Chart

PROGRAM = "graphviz-pure"
INCH = 72  # units of the picture
MARGIN = 8
WIDTH = 178  # five beside each other fit the page
TITLE, TEXT = 17, 16  # heights of a line
TITLE_LETTERS, TEXT_LETTERS = 19, 22  # of a line, in the widest of the fonts
TOP = 12
AT_MOST_SECONDS = 10


class NotPlaced(Exception):
    """The program is not there, or gave no answer that can be read."""


@dataclass(frozen=True)
class Line:
    """A line of words in a box, at its height."""

    y: float
    text: str


@dataclass(frozen=True)
class Placed:
    """A box at its place: the upper left corner, its size, its lines, and the height of the line of counts."""

    box: Box
    x: float
    y: float
    height: int
    title: tuple[Line, ...]
    words: tuple[Line, ...]
    counts_y: float

    width: int = WIDTH

    @property
    def text_x(self) -> float:
        return self.x + 10


@dataclass(frozen=True)
class Drawn:
    """An arrow as the path of a curve."""

    path: str
    starts: bool


@dataclass(frozen=True)
class Layout:
    """A whole picture."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    arrows: tuple[Drawn, ...]


@lru_cache(maxsize=256)
def placed(chart: Chart) -> Layout:
    """The chart's boxes and arrows at their places. Raises NotPlaced."""
    lines = [shlex.split(line) for line in _asked(_graph(chart)).splitlines()]
    try:
        return _layout(chart, lines)
    except (ValueError, IndexError, KeyError) as fault:
        raise NotPlaced from fault


def _layout(chart: Chart, lines: list[list[str]]) -> Layout:
    width, height = (float(each) * INCH for each in lines[0][2:4])
    centres = {line[1]: _point(line[2:4], height) for line in lines if line[0] == "node"}
    paths = {(line[1], line[2]): _path(line, height) for line in lines if line[0] == "edge"}
    return Layout(
        width=round(width) + 2 * MARGIN,
        height=round(height) + 2 * MARGIN,
        boxes=tuple(_at(box, *centres[box.key]) for box in chart.boxes),
        arrows=tuple(Drawn(paths[each.start, each.end], each.starts) for each in chart.arrows),
    )


def _asked(graph: str) -> str:
    command = [_program(), "-Tplain"]
    try:
        ran = subprocess.run(  # noqa: S603 (our own program; the graph holds our own names and numbers)
            command, input=graph, capture_output=True, text=True, timeout=AT_MOST_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise NotPlaced from fault
    return ran.stdout


def _program() -> str:
    """Beside this Python, where the package put it."""
    found = shutil.which(PROGRAM, path=sysconfig.get_path("scripts")) or shutil.which(PROGRAM)
    if found is None:
        raise NotPlaced
    return found


def _graph(chart: Chart) -> str:
    """The chart in the words of the program: boxes of a size, without text."""
    leading = {arrow.start for arrow in chart.arrows if arrow.starts}
    boxes = (f"{box.key} [width={WIDTH / INCH:.4f} height={_height(box) / INCH:.4f}]" for box in chart.boxes)
    return "\n".join(
        [
            "digraph flow {",
            "graph [nodesep=0.17 ranksep=0.4 ordering=out]",
            'node [shape=box fixedsize=true label=""]',
            "edge [arrowhead=none]",
            *boxes,
            *(_edge(arrow, leading) for arrow in chart.arrows),
            "}",
        ]
    )


def _edge(arrow: Arrow, leading: set[str]) -> str:
    """The line of what starts one time after another stands straight; the rest goes round it."""
    is_straight = arrow.starts and arrow.end in leading and arrow.start != BOOKING
    return f"{arrow.start} -> {arrow.end} [weight={20 if is_straight else 1}]"


def _titles(box: Box) -> list[str]:
    return wrap(box.title, TITLE_LETTERS)


def _words(box: Box) -> list[str]:
    said = (box.time, *box.lines, f"{box.clause}, {box.owner}")
    return [line for words in said for line in wrap(words, TEXT_LETTERS)]


def _height(box: Box) -> int:
    """Of the titles, the words and the line of counts."""
    return TOP + TITLE * len(_titles(box)) + TEXT * (len(_words(box)) + 1) + 12


def _at(box: Box, x: float, y: float) -> Placed:
    height = _height(box)
    left, top = round(x - WIDTH / 2, 1), round(y - height / 2, 1)
    titles, words = _titles(box), _words(box)
    below = top + TOP + TITLE * len(titles)
    return Placed(
        box=box,
        x=left,
        y=top,
        height=height,
        title=tuple(Line(round(top + TOP - 6 + TITLE * (n + 1), 1), text) for n, text in enumerate(titles)),
        words=tuple(Line(round(below - 4 + TEXT * (n + 1), 1), text) for n, text in enumerate(words)),
        counts_y=round(top + height - 9, 1),
    )


def _point(pair: list[str], height: float) -> tuple[float, float]:
    """From inches up to units down."""
    x, y = (float(each) * INCH for each in pair)
    return round(x + MARGIN, 1), round(height - y + MARGIN, 1)


def _path(line: list[str], height: float) -> str:
    """The curve of an edge: the first point, then three by three."""
    count = int(line[3])
    points = [_point(line[4 + 2 * n : 6 + 2 * n], height) for n in range(count)]
    written = [f"{x:g} {y:g}" for x, y in points]
    return re.sub(r"\s+", " ", f"M{written[0]}C{' '.join(written[1:])}")
