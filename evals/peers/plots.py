"""Draw the pictures of the forecasting benchmark from its kept results: python plots.py RESULTS.json FOLDER."""

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

SERVED = "ensemble (served)"
COLOURS = {"better": "#1b7f4d", "worse": "#b3261e", "": "#6b7280"}
KINDS = {
    SERVED: ("#1f4e9c", "o", "Driftline"),
    "conformal by share": ("#d9822b", "s", "split-conformal, by share size"),
}
TOPICS = ("#1f4e9c", "#d9822b", "#1b7f4d", "#8a4fbf", "#c2a500", "#c9ccd1")
LEVELS = (0.8, 0.95)
mpl.rcParams |= {"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110}


def main(source: str, target: str) -> None:
    """All pictures."""
    sets, folder = json.loads(Path(source).read_text(encoding="utf-8"))["sets"], Path(target)
    segments(sets, folder / "forecasting-segments.png")
    intervals(sets, folder / "forecasting-intervals.png")
    # Departments say more at a glance than clusters do, and the grocery histories are the longest.
    people(next((each for each in sets if each["name"] == "cj"), sets[0]), folder / "forecasting-people.png")


def segments(sets: list[dict], path: Path) -> None:
    """Paired difference to full shrinkage with two standard errors, by segment."""
    tall = max(len(each["segments"]) for each in sets) + 1
    figure, axes = plt.subplots(1, len(sets), figsize=(5.2 * len(sets), 0.36 * tall + 1.5), squeeze=False)
    for axis, each in zip(axes[0], sets, strict=True):
        overall = next(row for row in each["rows"] if row["name"] == SERVED)["difference"]
        rows = [("everybody", overall["people"], overall)]
        rows += [(row["name"], row["people"], row["differences"][SERVED]) for row in each["segments"]]
        for place, (_, _, found) in enumerate(rows):
            mean, reach = found["mean"], 2 * found["standard_error"]
            mark = "" if abs(mean) <= reach else "better" if mean < 0 else "worse"
            axis.errorbar(mean, -place, xerr=reach, fmt="o", color=COLOURS[mark], capsize=3, markersize=5)
        axis.axvline(0, color="black", linewidth=0.8)
        axis.set_yticks([-place for place in range(len(rows))], [f"{name} ({size:,})" for name, size, _ in rows])
        axis.set_title(each["title"])
        axis.set_xlabel("KL less that of full shrinkage, nats (left is better)")
        axis.locator_params(axis="x", nbins=6)
    figure.suptitle("Error by segment: the ensemble against full shrinkage, two standard errors over people")
    save(figure, path)


def intervals(sets: list[dict], path: Path) -> None:
    """Part covered against the nominal level by group of shares, ours and split-conformal."""
    tall = max(len(each["intervals"][SERVED]) for each in sets)
    figure, axes = plt.subplots(1, len(sets), figsize=(5.2 * len(sets), 0.32 * tall + 1.7), squeeze=False)
    for axis, each in zip(axes[0], sets, strict=True):
        names = [row["group"] for row in each["intervals"][SERVED]]
        for kind, (colour, marker, label) in KINDS.items():
            for number, level in enumerate(LEVELS):
                covered = [row["coverage"][number] for row in each["intervals"][kind]]
                shown = label if not number else None
                shift = 0.12 if kind == SERVED else -0.12
                places = [shift - place for place in range(len(names))]
                axis.plot(covered, places, marker, color=colour, markersize=5, label=shown, alpha=0.9)
                axis.axvline(level, color="black", linewidth=0.8, linestyle=":")
        axis.set_yticks([-place for place in range(len(names))], names)
        axis.set_xticks([0.7, *LEVELS], ["70 %", "80 %", "95 %"])
        axis.set_title(each["title"])
        axis.set_xlabel("shares inside the 80 % and the 95 % intervals")
        axis.grid(axis="y", color="#e5e7eb", linewidth=0.7)
        axis.set_axisbelow(True)
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper right", ncols=2, frameon=False)
    figure.suptitle("Interval calibration: covered against nominal (dotted)", x=0.02, ha="left")
    save(figure, path)


def people(each: dict, path: Path) -> None:
    """History as stacked shares, then the forecast; below, two topics with their intervals and what followed."""
    examples = each["examples"]
    if not examples:
        return
    figure, axes = plt.subplots(2, len(examples), figsize=(5.4 * len(examples), 7.4), squeeze=False)
    for column, told in enumerate(examples):
        past, horizons = len(told["history"]), len(told["forecast"])
        dates, names = told["dates"], told["topics"]
        stack, lines = axes[0][column], axes[1][column]
        bottom = [0.0] * (past + horizons)
        shares = [*told["history"], *told["forecast"]]
        for code, name in enumerate([*names, "all others"]):
            heights = [row[code] if code < len(names) else max(1 - sum(row), 0) for row in shares]
            bars = stack.bar(range(len(shares)), heights, bottom=bottom, width=0.92, color=TOPICS[code], label=name)
            for bar in bars[past:]:
                bar.set_alpha(0.65)
                bar.set_hatch("//")
                bar.set_edgecolor("white")
            bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
        stack.set_ylim(0, 1)
        stack.set_title(f"{each['title']}: {told['kind']}")
        stack.legend(fontsize=8, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.1), frameon=False)
        ahead = list(range(past, past + horizons))
        for code in range(min(2, len(names))):
            colour = TOPICS[code]
            lines.plot(range(past), [row[code] for row in told["history"]], color=colour, linewidth=1, marker=".")
            lines.plot(ahead, [row[code] for row in told["forecast"]], color=colour, linewidth=2, label=names[code])
            for low, high, strength in (("lo95", "hi95", 0.15), ("lo80", "hi80", 0.3)):
                bounds = [[row[code] for row in told[side]] for side in (low, high)]
                lines.fill_between(ahead, *bounds, color=colour, alpha=strength, linewidth=0)
            seen = [(place, row[code]) for place, row in zip(ahead, told["actual"], strict=True) if row]
            lines.plot(*zip(*seen, strict=True), "o", color=colour, markersize=7, markeredgecolor="black")
        lines.set_ylim(0, 1)
        lines.legend(fontsize=8, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.08), frameon=False)
        for axis in (stack, lines):
            axis.axvline(past - 0.5, color="black", linewidth=1)
            places = sorted({0, past // 2, past})
            axis.set_xticks(places, [dates[place] for place in places], fontsize=8)
            axis.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
            axis.set_xlim(-0.6, past + horizons - 0.4)
    figure.suptitle(
        "Left of the line the active periods as they were, right of it the forecast (hatched; 80 % and 95 % intervals "
        "shaded; rings: what followed)",
        fontsize=11,
    )
    save(figure, path)


def save(figure: plt.Figure, path: Path) -> None:
    """Write and close."""
    figure.tight_layout()
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
