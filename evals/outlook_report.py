"""What the benchmark of the outlook found, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from tools.forecasting.series import HORIZONS

Figure = tuple[float, float]
"""A mean and its standard error."""


@dataclass(frozen=True)
class AdoptionRow:
    """One way to foresee adoptions within `HORIZONS` periods.

    Attributes:
        within: AUC among a person's unseen topics, mean over people who took up some and not others.
        within_gain: of the model over this one, paired.
        pooled, pooled_gain: the same over all people and topics.
        log_loss, calibration: of the probabilities.
    """

    name: str
    within: Figure
    within_gain: Figure
    pooled: Figure
    pooled_gain: Figure
    log_loss: float
    calibration: float


@dataclass(frozen=True)
class ActivityRow:
    """One way to foresee activity: AUC and log-loss of the next period, and errors of the events of `HORIZONS`.

    Attributes:
        loss_gain: how much lower the model's log-loss is, paired.
        deviance, absolute: mean Poisson deviance and mean absolute error of the number of events.
    """

    name: str
    auc: float
    log_loss: float
    loss_gain: Figure
    deviance: float
    absolute: float


@dataclass(frozen=True)
class BreadthRow:
    """Rank correlations over people of a measure of breadth with what they did later.

    Attributes:
        later: with the entropy of what followed beyond the expected for as many events.
        later_gain: of the adjusted measure over this one, paired (bootstrap over people).
        novelty: with new topics per later event.
    """

    name: str
    later: float
    later_gain: Figure
    novelty: float


@dataclass(frozen=True)
class ReturnRow:
    """One way to foresee returns: concordance within people, and mean error of the time cut at `HORIZONS` + 1."""

    name: str
    within: Figure
    within_gain: Figure
    absolute: Figure


@dataclass(frozen=True)
class OutlookReport:
    """What the benchmark found.

    ``changes`` are the parts of the people told a change of breadth at two standard errors: in histories as they are,
    and with their periods in random order.
    """

    period: str
    windows: int
    people: int
    adoption: tuple[AdoptionRow, ...]
    activity: tuple[ActivityRow, ...]
    breadth: tuple[BreadthRow, ...]
    changes: tuple[float, float]
    returns: tuple[ReturnRow, ...]

    def text(self) -> str:
        """The tables as printed; gains are of the last row of a table over the others."""
        lines = [
            f"{self.windows:,} histories of {self.people:,} people, period {self.period}, horizon {HORIZONS}; "
            "in brackets standard errors over people",
            f"{'new topics':<40}{'AUC within':>17}{'gain':>18}{'AUC pooled':>17}{'gain':>18}{'log-loss':>10}{'ECE':>8}",
        ]
        for new in self.adoption:
            lines.append(
                f"{new.name:<40}{_figure(new.within):>17}{_figure(new.within_gain, '+'):>18}{_figure(new.pooled):>17}"
                f"{_figure(new.pooled_gain, '+'):>18}{new.log_loss:10.4f}{new.calibration:8.4f}"
            )
        lines.append(f"{'activity':<40}{'AUC':>8}{'log-loss':>10}{'gain':>18}{'deviance':>10}{'MAE':>8}")
        for one in self.activity:
            lines.append(
                f"{one.name:<40}{one.auc:8.4f}{one.log_loss:10.4f}{_figure(one.loss_gain, '+'):>18}"
                f"{one.deviance:10.3f}{one.absolute:8.3f}"
            )
        lines.append(f"{'adventurousness':<40}{'later breadth':>15}{'gain':>18}{'new topics':>12}")
        for each in self.breadth:
            lines.append(f"{each.name:<40}{each.later:15.3f}{_figure(each.later_gain, '+'):>18}{each.novelty:12.3f}")
        lines.append(f"change told: {self.changes[0]:.3f} as they are, {self.changes[1]:.3f} in random order")
        lines.append(f"{'return of resting topics':<40}{'C within':>17}{'gain':>18}{'MAE':>17}")
        for back in self.returns:
            lines.append(
                f"{back.name:<40}{_figure(back.within):>17}{_figure(back.within_gain, '+'):>18}"
                f"{_figure(back.absolute):>17}"
            )
        return "\n".join(lines)


def _figure(figure: Figure, sign: str = "") -> str:
    return f"{figure[0]:{sign}.4f} ({figure[1]:.4f})"
