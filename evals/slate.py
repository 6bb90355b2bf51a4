"""The familiar ↔ adventurous dial on MovieTweetings: what accuracy each of its places costs, and what it buys.

The product is trained on what came before September 2013, in a workspace of its own, and asked for everybody at the
start of that month at each place of the dial. Accuracy is on what they took up in September.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.settings import Settings
from evals.forecasting.data import opened
from evals.metrics import CUT, Floats, Lists, bootstrap_interval
from evals.ranking import outside
from evals.ranking.data import FAMILIES, prepare
from evals.ranking.measures import Measured, Measures
from evals.ranking.ours import Ours, moment

PLACES = (None, 0.0, 0.25, 0.5, 0.75, 1.0)
"""Places of the dial; None is where it stands for whoever does not turn it."""

NAME = "slate"
PICTURE = "slate-dial.png"
_TEST = "mt-time"
_LENGTH = 50
_QUICK = 500


@dataclass(frozen=True)
class Place:
    """What lists are like at one place of the dial.

    Attributes:
        likeness: mean cosine between the texts of two items of a list, centred on the catalogue's mean.
        novelty: mean self-information in bits; kl: of the topics from the person's own; coverage: of the catalogue.
        cost, low, high: NDCG@10 less that of the balanced place, with its 95 % bootstrap interval.
    """

    adventure: float | None
    hit10: float
    ndcg10: float
    recall20: float
    likeness: float
    novelty: float
    kl: float
    coverage: float
    cost: float
    low: float
    high: float


@dataclass(frozen=True)
class SlateReport:
    """What the benchmark found."""

    people: int
    items: int
    places: tuple[Place, ...]

    def text(self) -> str:
        """The table as printed."""
        lines = [
            f"The dial on MovieTweetings, September 2013: {self.people:,} people, {self.items:,} films",
            f"{'adventure':<11}{'HR@10':>8}{'NDCG@10':>9}{'Recall@20':>11}{'likeness':>10}{'novelty':>9}{'KL':>8}"
            f"{'cover@10':>10}  NDCG@10 less balanced",
        ]
        for each in self.places:
            name = "not turned" if each.adventure is None else f"{each.adventure:g}"
            lines.append(
                f"{name:<11}{each.hit10:8.4f}{each.ndcg10:9.4f}{each.recall20:11.4f}{each.likeness:10.3f}"
                f"{each.novelty:9.2f}{each.kl:8.3f}{each.coverage:10.4f}"
                f"  {each.cost:+.4f} [{each.low:+.4f}, {each.high:+.4f}]"
            )
        return "\n".join(lines)


def run(settings: Settings, quick: bool = False, plots: Path | None = None) -> SlateReport:
    """Run the benchmark and print its table.

    Args:
        settings: of the user's workspace.
        quick: fewer people.
        plots: a folder for the picture; None draws none.

    Raises:
        InputError: the data are not there.
    """

    def say(line: str) -> None:
        print(f"{NAME}: {line}", file=sys.stderr, flush=True)

    family = FAMILIES[_TEST]
    source = prepare(settings, family.data, say)
    with opened(source) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
    _, test = family.tests[_TEST].pair(log, columns)
    test = test.sample(_QUICK) if quick else test
    position = {item: place for place, item in enumerate(test.ids)}
    found: dict[float | None, tuple[Measured, float]] = {}
    with Ours(settings, f"mt-{NAME}", source, log, columns) as own:
        say("training ours")
        own.train(test)
        with own.asked(test) as deps:
            measures = Measures(test, deps.forecaster.topics.weights)
            vectors = deps.retriever.item_vectors()
            for adventure in PLACES:
                say(f"adventure {adventure}")
                ranked = deps.scorer.recommend_many(
                    test.people, _LENGTH, moment(float(test.at[0])), adventure=adventure
                )
                lists = Lists.of(ranked, test.people, position, _LENGTH)
                found[adventure] = measures.of(lists), float(likeness(lists, vectors).mean())
    report = SlateReport(len(test), len(test.ids), tuple(_place(each, *found[each], found[None][0]) for each in found))
    print(report.text())
    if plots is not None:
        print(f"picture: {draw(settings, report, plots)}")
    return report


def likeness(lists: Lists, vectors: NDArray[np.float32]) -> Floats:
    """(cases,) mean cosine between two of the first places, vectors centred on their mean; 0 for shorter lists."""
    centred = vectors - vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    result = np.zeros(len(lists))
    for case, row in enumerate(lists.items[:, :CUT]):
        shown = centred[row[row >= 0]]
        size = len(shown)
        if size > 1:
            total = shown.sum(axis=0)
            result[case] = (total @ total - np.einsum("ij,ij->", shown, shown)) / (size * (size - 1))
    return result


def draw(settings: Settings, report: SlateReport, folder: Path) -> Path:
    """Draw `PICTURE` into a folder with the peers' environment.

    Raises:
        InputError: drawing failed; the message has its last line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = settings.home / "evals" / "ranking" / f"{NAME}.json"
    kept.write_text(json.dumps(asdict(report)), encoding="utf-8")
    script = Path(__file__).parent / "peers" / "slate_plots.py"
    command = [outside.environment(settings), script, kept, folder / PICTURE]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise InputError(f"The picture was not drawn: {last[0]}", "Install evals/peers/requirements.txt again.")
    return folder / PICTURE


def _place(adventure: float | None, measured: Measured, alike: float, balanced: Measured) -> Place:
    figures, ndcg = measured.figures, "NDCG@10"
    cost, low, high = bootstrap_interval(measured.accuracy[ndcg], balanced.accuracy[ndcg])
    return Place(
        adventure=adventure,
        hit10=figures["HR@10"],
        ndcg10=figures[ndcg],
        recall20=figures["Recall@20"],
        likeness=alike,
        novelty=figures["novelty"],
        kl=figures["KL topics"],
        coverage=figures["cover@10"],
        cost=cost,
        low=low,
        high=high,
    )
