"""Logistic-normal shares: softmax of correlated Gaussian log-ratios, seen through multinomial counts.

A person's shares are ``softmax(centre + loadings z)`` with z Gaussian. Nothing about them has a closed form, so the
posterior of z is taken to be Gaussian at its mode, and expectations are averages over fixed nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.timeline import Array

NEWTON_STEPS = 3
LONGEST_STEP = 3.0
"""No log-ratio moves farther in one step: from far away the quadratic overshoots."""
FARTHEST_MEAN = 1.0
"""Standard deviations between mode and mean; the expansion that gives the mean knows no bound."""
NODES = 64
EM_NEWTON_STEPS = 6
EM_STEPS = 15
"""Stopped early on purpose: run to convergence, the covariance of rare topics follows a few people."""
ISOTROPIC = 0.1
"""Part of the covariance that is alike in all directions."""
_TINY = 1e-9
_CENTRE_STEPS = 400


def softmax(logs: Array) -> Array:
    """Shares over the last axis."""
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def gaussian_nodes(rank: int, count: int = NODES) -> Array:
    """(m, rank) points, m >= count, whose mean is 0 and whose covariance is 1 exactly; always the same ones."""
    half = np.random.default_rng(0).standard_normal((max(count // 2, rank + 1), rank))
    points = np.concatenate([half, -half])
    covariance = points.T @ points / len(points)
    return np.asarray(np.linalg.solve(np.linalg.cholesky(covariance), points.T).T)


def mean_shares(centre: Array, loadings: Array, mean: Array, covariance: Array, nodes: Array) -> Array:
    """(n, topics) expected shares under z ~ N(mean (n, rank), covariance (n, rank, rank))."""
    spread = nodes @ np.linalg.cholesky(covariance).transpose(0, 2, 1)
    logs = (spread + mean[:, None, :]) @ loadings.T + centre[:, None, :]
    return np.asarray(softmax(logs).mean(axis=1))


def centred_on(shares: Array, loadings: Array, nodes: Array) -> Array:
    """(topics,) log-ratios around which the expected shares are the given ones, by fixed-point iteration."""
    target = np.maximum(shares, _TINY)
    target = target / target.sum()
    spread = nodes @ loadings.T
    centre = np.log(target)
    for _ in range(_CENTRE_STEPS):
        change = np.log(target) - np.log(softmax(centre + spread).mean(axis=0))
        centre = centre + change
        if np.abs(change).max() < _TINY:
            break
    return np.asarray(centre)


def posterior_mode(
    counts: Array, centre: Array, loadings: Array, mean: Array, covariance: Array, steps: int = NEWTON_STEPS
) -> tuple[Array, Array, Array]:
    """Mode of z given counts, by Newton's method in a form that never inverts the prior's covariance.

    Args:
        counts: (n, topics) multinomial counts, fractions allowed.
        centre: (n, topics) or (1, topics).
        loadings: (topics, rank).
        mean, covariance: (n, rank) and (n, rank, rank) of the Gaussian prior.
        steps: of Newton's method; always all of them, so that a person's result does not depend on the others.

    Returns:
        push (n, rank): the mode is at ``mean + covariance push``, and push is the gradient of the log-likelihood there;
        shares (n, topics) and negative Hessian (n, rank, rank) at the mode.
    """
    total = counts.sum(axis=1)[:, None]
    identity = np.eye(loadings.shape[1])
    push, moved = np.zeros_like(mean), np.zeros_like(mean)
    for step in range(steps + 1):
        shares = softmax(centre + (mean + moved) @ loadings.T)
        average = shares @ loadings
        hessian = (loadings.T * shares[:, None, :]) @ loadings - average[:, :, None] * average[:, None, :]
        hessian *= total[:, :, None]
        if step == steps:
            break
        gradient = (counts - total * shares) @ loadings
        change = _solve(identity + hessian @ covariance, gradient + _times(hessian, moved)) - push
        move = _times(covariance, change)
        longest = np.abs(move @ loadings.T).max(axis=1)
        part = np.minimum(1, LONGEST_STEP / np.maximum(longest, _TINY))[:, None]
        push, moved = push + part * change, moved + part * move
    return push, shares, hessian


def posterior(
    counts: Array, centre: Array, loadings: Array, mean: Array, covariance: Array, skew: float = 1.0
) -> tuple[Array, Array]:
    """How counts move the Gaussian of z and whatever moves with it, arguments as of `posterior_mode`.

    The covariance is Laplace's. Where counts are few the mode lies nearer to the prior than the posterior mean does;
    ``skew`` parts of the way between them are gone, by the log-likelihood's third derivative (Tierney & Kadane 1986).

    Returns:
        push (n, rank): the mean of anything with covariance C to z moves by ``C push``;
        grip (n, rank, rank): its covariance falls by ``C grip C'``.
    """
    push, shares, hessian = posterior_mode(counts, centre, loadings, mean, covariance)
    system = np.eye(loadings.shape[1]) + hessian @ covariance
    grip = np.asarray(np.linalg.solve(system, hessian))
    if not skew:
        return push, grip
    spread = loadings @ (covariance - covariance @ grip @ covariance)
    variance = (spread * loadings).sum(axis=2)
    beside = _times(spread, shares @ loadings)
    expected = (shares * (variance - 2 * beside)).sum(axis=1, keepdims=True)
    third = shares * (variance - 2 * beside - expected)
    pull = _solve(system, 0.5 * skew * counts.sum(axis=1)[:, None] * (third @ loadings))
    far = np.abs(_times(covariance, pull) @ loadings.T) / np.sqrt(np.maximum(variance, _TINY))
    push = push - pull * np.minimum(1, FARTHEST_MEAN / np.maximum(far.max(axis=1), _TINY))[:, None]
    return push, grip


def _times(matrices: Array, vectors: Array) -> Array:
    return np.asarray(np.matmul(matrices, vectors[:, :, None])[:, :, 0])


def _solve(matrices: Array, vectors: Array) -> Array:
    return np.asarray(np.linalg.solve(matrices, vectors[:, :, None])[:, :, 0])


def between_people(counts: Array, population: Array, steps: int = EM_STEPS) -> Array:
    """(topics, topics) covariance of people's log-ratios by EM with the Gaussian posterior (Aitchison & Shen 1980).

    Args:
        counts: (people, topics) of everything a person did.
        population: (topics,) shares to start from.
        steps: of EM.
    """
    topics = counts.shape[1]
    centring = np.eye(topics) - 1 / topics
    centre = np.log(np.maximum(population, _TINY))
    covariance = centring
    prior_mean = np.zeros((len(counts), topics - 1))
    prior_covariance = np.broadcast_to(np.eye(topics - 1), (len(counts), topics - 1, topics - 1))
    for _ in range(steps):
        loadings = principal(covariance, population, topics - 1)
        z, _, hessian = posterior_mode(counts, centre[None, :], loadings, prior_mean, prior_covariance, EM_NEWTON_STEPS)
        spread = np.linalg.inv(np.eye(topics - 1) + hessian).mean(axis=0)
        mean = z.mean(axis=0)
        centre = centre + loadings @ mean
        covariance = loadings @ ((z - mean).T @ (z - mean) / len(z) + spread) @ loadings.T
    size = np.trace(covariance) / (topics - 1)
    return np.asarray((1 - ISOTROPIC) * covariance + ISOTROPIC * size * centring)


def principal(covariance: Array, population: Array, rank: int) -> Array:
    """(topics, rank) loadings, columns summing to 0, that explain most of the covariance.

    What a log-ratio means for the shares grows with its topic, so directions are ordered with the population's shares
    as weights: otherwise topics that hardly anybody meets would take the first places.
    """
    weight = np.sqrt(np.maximum(population, _TINY))
    values, vectors = np.linalg.eigh(weight[:, None] * covariance * weight)
    kept = np.argsort(-values)[:rank]
    loadings = vectors[:, kept] * np.sqrt(np.maximum(values[kept], 0)) / weight[:, None]
    return np.asarray(loadings - loadings.mean(axis=0))


def components(parts: Sequence[float], people: int, rank: int) -> tuple[Array, Array]:
    """Mean (people, parts, rank) and covariance (people, parts, rank, parts, rank) of z as a sum of independent parts.

    ``parts`` are their variances.
    """
    mean = np.zeros((people, len(parts), rank))
    covariance = np.zeros((people, len(parts), rank, len(parts), rank))
    diagonal(covariance)[...] = np.asarray(parts)[:, None]
    return mean, covariance


def diagonal(covariance: NDArray[np.float64]) -> Array:
    """(people, parts, rank) writeable view of the variances in a covariance of `components`."""
    view: Array = np.einsum("nbibi->nbi", covariance)
    return view
