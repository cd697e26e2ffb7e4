#!/usr/bin/env python3
"""Draws the growth tables of run_bench as an SVG: tests/bench/plot.py docs/performance.md > docs/performance.svg

Reads any text that holds the two tables as run_bench prints them. Both axes of each panel are logarithmic, so that
linear growth is a line of slope one, as the grey one.
"""

import math
import re
import sys

WIDTH, HEIGHT, LEFT, TOP, GAP = 240, 190, 62, 40, 92


def rows_after(lines, heading):
    """The numbers of the table that follows a heading, row by row."""
    start = next(i for i, line in enumerate(lines) if line.lstrip("# ").startswith(heading))
    rows = []
    for line in lines[start + 1 :]:
        if line.startswith("|"):
            rows.append([float(x) for x in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", line.replace(",", ""))])
        elif rows:
            break
    return [row for row in rows if row]


class Panel:
    """One pair of logarithmic axes with a line of points."""

    def __init__(self, index, title, across, points):
        self.left = LEFT + index * (WIDTH + GAP)
        self.title, self.across, self.points = title, across, points
        self.x_range = self.decades([x for x, _ in points])
        self.y_range = self.decades([y for _, y in points])

    @staticmethod
    def decades(values):
        low = math.floor(math.log10(min(values)))
        return low, max(low + 1, math.ceil(math.log10(max(values)) - 1e-9))

    def place(self, x, y):
        def share(value, limits):
            return (math.log10(value) - limits[0]) / (limits[1] - limits[0])

        return self.left + share(x, self.x_range) * WIDTH, TOP + (1 - share(y, self.y_range)) * HEIGHT

    def text(self, x, y, words, anchor="middle"):
        return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{words}</text>'

    def grid(self):
        for power in range(self.x_range[0], self.x_range[1] + 1):
            x, bottom = self.place(10.0**power, 10.0 ** self.y_range[0])
            yield f'<path class="grid" d="M{x:.1f} {bottom:.1f}V{TOP}"/>'
            yield self.text(x, bottom + 16, f"{10**power:,}")
        for power in range(self.y_range[0], self.y_range[1] + 1):
            x, y = self.place(10.0 ** self.x_range[0], 10.0**power)
            yield f'<path class="grid" d="M{x:.1f} {y:.1f}h{WIDTH}"/>'
            yield self.text(x - 6, y + 4, f"{10**power:,}", "end")

    def linear(self):
        """What strictly linear growth from the first point would be."""
        (x0, y0), (x1, _) = self.points[0], self.points[-1]
        top = 10.0 ** self.y_range[1]
        x1 = min(x1, x0 * top / y0)
        begin, end = self.place(x0, y0), self.place(x1, y0 * x1 / x0)
        return f'<path class="linear" d="M{begin[0]:.1f} {begin[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"/>'

    def draw(self):
        yield from self.grid()
        yield self.text(self.left + WIDTH / 2, TOP - 16, self.title)
        yield self.text(self.left + WIDTH / 2, TOP + HEIGHT + 36, self.across)
        yield self.linear()
        places = [self.place(x, y) for x, y in self.points]
        yield '<path class="line" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) + '"/>'
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.read().splitlines()
    files = rows_after(lines, "Growth with the number of files")
    sizes = rows_after(lines, "Growth with the size of files")
    panels = [
        Panel(0, "CPU time, ms", "files", [(row[0], row[3]) for row in files]),
        Panel(1, "peak memory, MiB", "files", [(row[0], row[5]) for row in files]),
        Panel(2, "CPU time, ms", "MB in 500 files", [(row[0], row[1]) for row in sizes]),
    ]
    width, height = LEFT + len(panels) * (WIDTH + GAP) - GAP + 24, TOP + HEIGHT + 50
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">')
    print("<title>imglint check: growth of time and memory; grey: strictly linear</title>")
    print(
        "<style>svg{background:#fff}text{font:12px sans-serif;fill:#333}.grid{stroke:#ddd}"
        ".linear{stroke:#999;stroke-dasharray:4 3}.line{stroke:#0b62c4;stroke-width:2;fill:none}circle{fill:#0b62c4}</style>"
    )
    for panel in panels:
        print("\n".join(panel.draw()))
    print("</svg>")


if __name__ == "__main__":
    main()
