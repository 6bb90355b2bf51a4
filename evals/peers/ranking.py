"""Learn and rank with RecTools or implicit: run by the benchmark in the peers' environment, arrays in, arrays out.

    python ranking.py MODEL OPTIONS.json IN.npz OUT.npz

In: ``user``, ``item``, ``at`` (unix seconds) of the events to learn from and ``weight`` of their liking (0 or less is
none), in time order; ``items``, ``length``, and the number of ``sets`` of cases. Of set N: ``caseN``, ``seenN``,
``seen_atN`` the history of each case, ``momentN`` (cases,) when it is asked for, ``user_ofN`` (cases,) codes of
``user``, ``new_onlyN``. For tuning ``wanted_case``, ``wanted_item`` of the first set.
Out: ``itemsN`` (cases, length), -1 behind the end, ``scoresN``, ``score_secondsN``; ``epochs``, ``fit_seconds``,
``peak`` (bytes), ``capped`` (whether time ended the training while it gained). Seconds are of one processor.
"""

import json
import logging
import resource
import sys
import time
import warnings

import numpy as np

WATCHED = (1, 2, 3, 4, 6, 8, 11, 15, 20, 26, 34, 44, 58, 76, 100, 130, 170, 220)
"""Epochs after which a tuned model is tried on the cases."""

PATIENCE = 4
"""Trials without a gain that end the training."""


def main(model: str, options: str, source: str, target: str) -> None:
    """Learn, rank, write."""
    warnings.filterwarnings("ignore")
    for name in ("pytorch_lightning", "lightning", "lightning.pytorch", "rectools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    arrays = dict(np.load(source))
    chosen = json.loads(options)
    learn = {"iALS": factors, "BPR": factors}.get(model, transformer)
    sets = [Cases(arrays, number) for number in range(int(arrays["sets"]))]
    started = time.process_time()
    rank, out = learn(model, chosen, arrays, sets)
    out["fit_seconds"] = time.process_time() - started
    for number, cases in enumerate(sets):
        started = time.process_time()
        out[f"items{number}"], out[f"scores{number}"] = rank(cases)
        out[f"score_seconds{number}"] = time.process_time() - started
    out["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    np.savez(target, **out)


TRIED = 1000
"""Cases that a tuned model is tried on."""


class Cases:
    """One set of cases."""

    def __init__(self, arrays: dict, number: int) -> None:
        self.case, self.seen, self.seen_at, self.moment, self.user_of = (
            arrays[f"{name}{number}"] for name in ("case", "seen", "seen_at", "moment", "user_of")
        )
        self.new_only, self.length = bool(arrays[f"new_only{number}"]), int(arrays["length"])
        self.items = int(arrays["items"])

    def __len__(self) -> int:
        return len(self.user_of)


def top(scores: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """The best of each row; -inf is no candidate."""
    length = min(length, scores.shape[1])
    best = np.argpartition(-scores, length - 1, axis=1)[:, :length]
    value = np.take_along_axis(scores, best, axis=1)
    order = np.argsort(-value, axis=1, kind="stable")
    best, value = np.take_along_axis(best, order, axis=1), np.take_along_axis(value, order, axis=1)
    return np.where(np.isneginf(value), -1, best).astype(np.int32), value.astype(np.float32)


def factors(model: str, options: dict, arrays: dict, sets: list[Cases]) -> tuple:
    """Matrix factorisation by implicit: iALS (Hu et al. 2008) or BPR (Rendle et al. 2009)."""
    from implicit.cpu.als import AlternatingLeastSquares
    from implicit.cpu.bpr import BayesianPersonalizedRanking
    from scipy.sparse import csr_matrix

    liked = arrays["weight"] > 0
    people = int(max(arrays["user"].max(), *(cases.user_of.max() for cases in sets))) + 1
    size = int(arrays["items"])
    newest = float(arrays["at"].max())

    def faded(at: np.ndarray) -> np.ndarray:
        return (1 / (1 + np.maximum(newest - at, 0) / 86_400 / options["event_days"])).astype(np.float32)

    places = (arrays["user"][liked], arrays["item"][liked])
    counts = csr_matrix((faded(arrays["at"][liked]), places), shape=(people, size))
    one = {"factors": options["factors"], "num_threads": 1, "random_state": options["seed"]}
    if model == "iALS":
        made = AlternatingLeastSquares(
            regularization=options["regularization"], iterations=options["epochs"], alpha=options["alpha"], **one
        )
    else:
        made = BayesianPersonalizedRanking(
            learning_rate=options["lr"], regularization=options["regularization"], iterations=options["epochs"], **one
        )
    made.fit(counts, show_progress=False)

    def rank(cases: Cases) -> tuple[np.ndarray, np.ndarray]:
        seen = csr_matrix((faded(cases.seen_at), (cases.case, cases.seen)), shape=(len(cases), size))
        if model == "iALS":
            # What a person did since the model was fitted counts too.
            vectors = made.recalculate_user(np.arange(len(cases)), seen)
        else:
            vectors = made.user_factors[cases.user_of]
        kept = []
        for begin in range(0, len(cases), 500):
            block = vectors[begin : begin + 500] @ made.item_factors.T
            if cases.new_only:
                block[seen[begin : begin + 500].nonzero()] = -np.inf
            kept.append(top(block, cases.length))
        return np.concatenate([each[0] for each in kept]), np.concatenate([each[1] for each in kept])

    return rank, {"epochs": options["epochs"], "capped": False}


def transformer(model: str, options: dict, arrays: dict, sets: list[Cases]) -> tuple:
    """SASRec, BERT4Rec, HSTU or eSASRec by RecTools; with wanted items, epochs are chosen by NDCG@10 on them."""
    import pandas as pd
    import torch
    from pytorch_lightning import Trainer, seed_everything
    from rectools import Columns
    from rectools.dataset import Dataset
    from rectools.models import BERT4RecModel, HSTUModel, SASRecModel
    from rectools.models.nn.item_net import IdEmbeddingsItemNet
    from rectools.models.nn.transformers.lightning import TransformerLightningModule
    from rectools.models.nn.transformers.ligr import LiGRLayers

    torch.set_num_threads(1)
    seed_everything(options["seed"])

    class Compact(TransformerLightningModule):
        """The same softmax loss, with logits for the positions that count alone: most of a short history is padding."""

        def training_step(self, batch: dict, _batch_idx: int) -> torch.Tensor:
            items = self.torch_model.item_model.get_all_embeddings()
            counts = batch["y"] != 0
            told = self.torch_model.encode_sessions(batch, items)[counts]
            logits = self.torch_model.similarity_module(told, items) / self.logits_t
            loss = torch.nn.functional.cross_entropy(logits, batch["y"][counts], reduction="none")
            return (loss * batch["yw"][counts]).mean()

    def interactions(user: np.ndarray, item: np.ndarray, at: np.ndarray) -> Dataset:
        rows = {Columns.User: user, Columns.Item: item, Columns.Weight: 1.0}
        frame = pd.DataFrame(rows | {Columns.Datetime: pd.to_datetime(at, unit="s")})
        return Dataset.construct(frame)

    def trainer() -> Trainer:
        return Trainer(
            accelerator="cpu",
            max_epochs=1,
            enable_progress_bar=False,
            enable_model_summary=False,
            enable_checkpointing=False,
            logger=False,
        )

    kinds = {"SASRec": SASRecModel, "eSASRec": SASRecModel, "BERT4Rec": BERT4RecModel, "HSTU": HSTUModel}
    extra = {"transformer_layers_type": LiGRLayers} if model == "eSASRec" else {}
    made = kinds[model](
        n_factors=options["factors"],
        n_blocks=options["blocks"],
        n_heads=options["heads"],
        dropout_rate=options["dropout"],
        session_max_len=options["length"],
        batch_size=options["batch"],
        lr=options["lr"],
        loss="softmax",
        lightning_module_type=Compact,
        item_net_block_types=(IdEmbeddingsItemNet,),
        get_trainer_func=trainer,
        recommend_torch_device="cpu",
        **extra,
    )
    data = interactions(arrays["user"], arrays["item"], arrays["at"])
    size = int(arrays["items"])

    def rank(cases: Cases, chosen: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        # What it learns from leaves out people with a single event, and with them items that nobody else took.
        learnt = made.data_preparator.get_known_item_ids()
        length = min(cases.length, len(learnt))
        known = np.isin(cases.seen, learnt)
        if chosen is not None:
            known &= np.isin(cases.case, chosen)
        asked = interactions(cases.case[known], cases.seen[known], cases.seen_at[known])
        users = np.unique(cases.case[known])
        context = None
        if made.require_recommend_context:
            moments = pd.to_datetime(cases.moment[users], unit="s")
            context = pd.DataFrame({Columns.User: users, Columns.Datetime: moments})
        found = made.recommend(users, asked, k=length, filter_viewed=cases.new_only, context=context)
        items = np.full((len(cases), length), -1, np.int32)
        scores = np.full((len(cases), length), -np.inf, np.float32)
        row, place = found[Columns.User].to_numpy(), found[Columns.Rank].to_numpy() - 1
        items[row, place], scores[row, place] = found[Columns.Item].to_numpy(), found[Columns.Score].to_numpy()
        return items, scores

    if "wanted_case" not in arrays:
        made.fit_partial(data, min_epochs=options["epochs"], max_epochs=options["epochs"])
        return rank, {"epochs": options["epochs"], "capped": False}

    tried = np.sort(np.random.default_rng(0).permutation(len(sets[0]))[:TRIED])
    wanted = arrays["wanted_case"].astype(np.int64) * size + arrays["wanted_item"]
    count = np.bincount(arrays["wanted_case"], minlength=len(sets[0]))
    gains = 1 / np.log2(np.arange(2, 12))

    def ndcg() -> float:
        items = rank(sets[0], tried)[0][tried, :10]
        hits = np.isin(tried[:, None].astype(np.int64) * size + items, wanted) & (items >= 0)
        return float((hits @ gains[: items.shape[1]] / np.cumsum(gains)[np.minimum(count[tried], 10) - 1]).mean())

    started, done = time.process_time(), 0
    best, best_epochs, kept, since, capped = -1.0, 0, None, 0, False
    for epochs in WATCHED:
        made.fit_partial(data, min_epochs=epochs - done, max_epochs=epochs - done)
        done = epochs
        value = ndcg()
        print(f"{model} {epochs} {value:.4f} {time.process_time() - started:.0f} s", file=sys.stderr, flush=True)
        if value > best:
            best, best_epochs, since = value, epochs, 0
            kept = {id(cases): rank(cases) for cases in sets}
        else:
            since += 1
        if since >= PATIENCE:
            break
        if time.process_time() - started > options["seconds"]:
            capped = True
            break
    return lambda cases: kept[id(cases)], {"epochs": best_epochs, "capped": capped and best_epochs == done}


if __name__ == "__main__":
    main(*sys.argv[1:5])
