"""Draw accuracy along the familiar ↔ adventurous dial: python slate_plots.py REPORT.json PICTURE."""

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

BOUGHT = {
    "likeness": "likeness within a list",
    "novelty": "self-information, bits",
    "kl": "KL of topics, nats",
    "coverage": "coverage of the catalogue",
}
mpl.rcParams |= {"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110}


def main(source: str, target: str) -> None:
    """NDCG@10 against each thing that the dial trades it for; points are places of the dial."""
    report = json.loads(Path(source).read_text(encoding="utf-8"))
    places = [place for place in report["places"] if place["adventure"] is not None]
    figure, axes = plt.subplots(1, len(BOUGHT), figsize=(3.6 * len(BOUGHT), 3.4), sharey=True)
    for axis, (name, label) in zip(axes, BOUGHT.items(), strict=True):
        across = [place[name] for place in places]
        along = [place["ndcg10"] for place in places]
        axis.plot(across, along, "o-", color="#1f4e9c", markersize=5)
        for place, x, y in zip(places, across, along, strict=True):
            axis.annotate(f"{place['adventure']:g}", (x, y), (5, 5), textcoords="offset points", color="#6b7280")
        axis.set_xlabel(label)
        axis.margins(0.12)
        axis.locator_params(axis="x", nbins=5)
    axes[0].set_ylabel("NDCG@10")
    figure.suptitle("From familiar (0) to adventurous (1): what accuracy is traded for")
    figure.tight_layout()
    figure.savefig(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
