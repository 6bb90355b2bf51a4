"""Draw the pictures of the ranking benchmark from its kept results: python ranking_plots.py RESULTS FOLDER."""

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

OURS, BLEND = "driftline", "blend of the best three"
COLOURS = {"better": "#1b7f4d", "worse": "#b3261e", "": "#6b7280"}
KINDS = {OURS: ("#1f4e9c", "o"), BLEND: ("#d9822b", "s")}
PEER = ("#6b7280", ".")
METRIC = "NDCG@10"
THIRDS = ("least active", "middle", "most active")
ACROSS = 3
mpl.rcParams |= {"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110}


def main(source: str, target: str) -> None:
    """All pictures."""
    tests = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(source).glob("*.json"))]
    if not tests:
        raise SystemExit(f"there are no results in {source}")
    folder = Path(target)
    differences(tests, folder / "ranking-differences.png")
    breadth(tests, folder / "ranking-breadth.png")
    activity(tests, folder / "ranking-activity.png")


def grid(tests: list[dict], tall: float) -> tuple[plt.Figure, list[plt.Axes]]:
    """One axis a test."""
    down = -(-len(tests) // ACROSS)
    across = min(ACROSS, len(tests))
    figure, axes = plt.subplots(down, across, figsize=(5.4 * across, tall * down), squeeze=False)
    found = list(axes.ravel())
    for axis in found[len(tests) :]:
        axis.set_visible(False)
    for axis, test in zip(found, tests, strict=False):
        axis.set_title(f"{test['title']} ({test['people']:,} people)", fontsize=9)
    return figure, found


def differences(tests: list[dict], path: Path) -> None:
    """Ours minus every other way, with its 95 % interval."""
    figure, axes = grid(tests, 3.6)
    for axis, test in zip(axes, tests, strict=False):
        rows = [each for each in test["differences"] if each["metric"] == METRIC]
        for place, each in enumerate(rows):
            mark = "better" if each["low"] > 0 else "worse" if each["high"] < 0 else ""
            reach = [[each["mean"] - each["low"]], [each["high"] - each["mean"]]]
            axis.errorbar(each["mean"], -place, xerr=reach, fmt="o", color=COLOURS[mark], capsize=3, markersize=5)
        axis.axvline(0, color="black", linewidth=0.8)
        axis.set_yticks([-place for place in range(len(rows))], [each["other"] for each in rows], fontsize=8)
        axis.set_xlabel(f"{METRIC}: ours minus the other (right is better)")
        axis.locator_params(axis="x", nbins=6)
    figure.suptitle(f"{METRIC} of Driftline less that of others; 95 % bootstrap intervals over people")
    save(figure, path)


def breadth(tests: list[dict], path: Path) -> None:
    """Accuracy against the part of the catalogue in anybody's first ten."""
    figure, axes = grid(tests, 3.8)
    for axis, test in zip(axes, tests, strict=False):
        for row in test["rows"]:
            colour, marker = KINDS.get(row["name"], PEER)
            place = (max(row["figures"]["cover@10"], 1e-4), row["figures"][METRIC])
            axis.plot(*place, marker, color=colour, markersize=7)
            axis.annotate(row["name"], place, fontsize=7, xytext=(4, 3), textcoords="offset points", color=colour)
        axis.set_xscale("log")
        axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:g} %")
        axis.xaxis.set_minor_formatter(lambda _value, _place: "")
        axis.set_xlabel("part of the catalogue in the top tens (cover@10)")
        axis.set_ylabel(METRIC)
        axis.margins(x=0.3)
    figure.suptitle("Accuracy against breadth: up and to the right is better")
    save(figure, path)


def activity(tests: list[dict], path: Path) -> None:
    """Accuracy by third of activity: ours, the blend, and the best single peer."""
    figure, axes = grid(tests, 3.2)
    for axis, test in zip(axes, tests, strict=False):
        rows = {row["name"]: row for row in test["rows"]}
        single = [row for name, row in rows.items() if not name.startswith(OURS) and name != BLEND]
        best = max(single, key=lambda row: row["figures"][METRIC])
        drawn = {best["name"]: PEER[0], BLEND: KINDS[BLEND][0], OURS: KINDS[OURS][0]}
        for shift, (name, colour) in zip((-0.27, 0, 0.27), drawn.items(), strict=True):
            if name in rows:
                heights = [rows[name]["activity"][third] for third in THIRDS]
                axis.bar([place + shift for place in range(3)], heights, width=0.25, color=colour, label=name)
        heads = [f"{name}\n{low}–{high} events" for name, (low, high) in zip(THIRDS, test["thirds"], strict=True)]
        axis.set_xticks(range(3), heads, fontsize=8)
        axis.set_ylabel(METRIC)
        axis.margins(y=0.25)
        axis.legend(fontsize=7, frameon=False, loc="upper right")
    figure.suptitle(f"{METRIC} by how much was known of the person")
    save(figure, path)


def save(figure: plt.Figure, path: Path) -> None:
    """Write and close."""
    figure.tight_layout()
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
