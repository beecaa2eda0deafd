"""Train the reader: ``python training/train.py --out DIR [--encoder DIR] [--rounds N] ...``.

It goes on from ``OUT/state.pt`` where an earlier run was stopped, writes a line of loss and of figures on ``val`` after each round
to ``OUT/log.jsonl``, and the averaged weights to ``OUT/reader.pt``. The same seed and machine give the same weights.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional as F

from model import Reader, bucket, default_encoder, load_encoder
from relation_labels import LabelTexts
from spacegraph.language.reader.stand_ins import with_stand_ins
from windows import (
    FACTUALITIES,
    TYPES,
    WIDEST,
    Foreign,
    Pieces,
    Renamer,
    Window,
    articles_of,
    foreign_of,
    shape_of,
    windows_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent


def batch_of(words: list[list[str]], pieces: Pieces) -> dict[str, torch.Tensor]:
    """Windows of words as tensors of pieces."""
    rows = []
    for ws in words:
        ids, shapes, first, last = [pieces.start], [0], [], []
        for w in ws:
            of = pieces.of(w)
            first.append(len(ids))
            ids += of
            shapes += [shape_of(w)] * len(of)
            last.append(len(ids) - 1)
        rows.append(([*ids, pieces.end], [*shapes, 0], first, last))
    length, width = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    pad = lambda xs, n, v: [*xs, *[v] * (n - len(xs))]  # noqa: E731
    return {
        "ids": torch.tensor([pad(r[0], length, pieces.padding) for r in rows]),
        "shapes": torch.tensor([pad(r[1], length, 0) for r in rows]),
        "mask": torch.tensor([pad([1] * len(r[0]), length, 0) for r in rows]),
        "first": torch.tensor([pad(r[2], width, 0) for r in rows]),
        "last": torch.tensor([pad(r[3], width, 0) for r in rows]),
    }


def all_spans(window: Window) -> list[tuple[int, int]]:
    """Every span of a window that could be a mention."""
    return [
        (i, j) for s, e in window.sents for i in range(s, e) for j in range(i + 1, min(e, i + WIDEST) + 1)
    ]


def sentence_of(window: Window, word: int) -> tuple[int, int]:
    return next(((s, e) for s, e in window.sents if s <= word < e), (0, len(window.words)))


def pick_spans(
    window: Window, spans: list[tuple[int, int]], logits: torch.Tensor, least: float, most: int = 16
) -> list[tuple[int, int]]:
    """The likeliest spans of each sentence; of two that overlap without one holding the other the likelier stays."""
    p = 1 - torch.softmax(logits.float(), -1)[:, 0]
    order = torch.argsort(p, descending=True)
    kept: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for n in order.tolist():
        if p[n] < least:
            break
        span = spans[n]
        of = kept.setdefault(sentence_of(window, span[0]), [])
        if len(of) < most and not any(
            a[0] < span[0] < a[1] < span[1] or span[0] < a[0] < span[1] < a[1] for a in of
        ):
            of.append(span)
    return sorted(s for of in kept.values() for s in of)


def pair_inputs(
    window: Window, spans: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> dict[str, torch.Tensor]:
    return {
        "spans": torch.tensor([[a, b - 1] for a, b in spans]).view(-1, 2),
        "pairs": torch.tensor(pairs).view(-1, 2),
        "distance": torch.tensor([bucket(spans[i], spans[j]) for i, j in pairs], dtype=torch.long),
        "bounds": torch.tensor([sentence_of(window, spans[i][0]) for i, _ in pairs]).view(-1, 2),
    }


def pairs_within(window: Window, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    sents = [sentence_of(window, s[0]) for s in spans]
    return [(i, j) for i in range(len(spans)) for j in range(len(spans)) if i != j and sents[i] == sents[j]]


@torch.no_grad()
def predict(
    model: Reader,
    windows: list[Window],
    pieces: Pieces,
    label_vectors: torch.Tensor,
    *,
    least: float = 0.2,
    own: bool = True,
) -> list[Any]:
    """For each window: spans with types, pairs with probabilities ``[P, R]`` and factualities ``[P, 5]``."""
    model.eval()
    out: list[Any] = [None] * len(windows)
    order = sorted(range(len(windows)), key=lambda n: len(windows[n].words))
    for k in range(0, len(order), 16):
        group = order[k : k + 16]
        ws = [windows[n] for n in group]
        with torch.autocast("cpu", torch.bfloat16):
            batch = batch_of([with_stand_ins(w.words, w.kinds) for w in ws], pieces)
            hidden = model.encode(batch["ids"], batch["shapes"], batch["mask"])
            firsts, lasts = model.words(hidden, batch["first"], batch["last"])
            for b, (n, w) in enumerate(zip(group, ws, strict=True)):
                spans = all_spans(w)
                start, end = torch.tensor([[s for s, _ in spans]]), torch.tensor([[e for _, e in spans]])
                logits = model.spans(firsts[b : b + 1], lasts[b : b + 1], start, end)[0].float()
                place = {s: i for i, s in enumerate(spans)}
                kept = pick_spans(w, spans, logits, least)
                types = (
                    torch.softmax(logits[[place[s] for s in kept]], -1)
                    if kept
                    else torch.zeros(0, len(TYPES))
                )
                pairs = pairs_within(w, kept)
                if not pairs:
                    out[n] = (
                        kept,
                        types.numpy(),
                        [],
                        np.zeros((0, label_vectors.shape[0])),
                        np.zeros((0, 5)),
                    )
                    continue
                z = model.pairs(firsts[b], lasts[b], types, **pair_inputs(w, kept, pairs))
                logit = model.by_label(z, label_vectors)
                if own:
                    logit = logit + model.own(z).float() + model.bias
                out[n] = (
                    kept,
                    types.numpy(),
                    pairs,
                    torch.sigmoid(logit).numpy(),
                    torch.softmax(model.factuality(z).float(), -1).numpy(),
                )
    return out


def figures(
    windows: list[Window],
    predicted: list[Any],
    relations: list[str],
    thresholds: tuple[float, ...] = (0.3, 0.4, 0.5, 0.6),
) -> dict[str, Any]:
    """Precision, recall and F1 of relations between overlapping mentions, and how often their factuality is right."""
    gold_total, span_gold, span_hit = 0, 0, 0
    tallies = {t: [0, 0, 0, 0] for t in thresholds}  # right, predicted, right factuality, found
    overlaps = lambda a, b: a[0] < b[1] and b[0] < a[1]  # noqa: E731
    for window, (spans, _, pairs, probs, facts) in zip(windows, predicted, strict=True):
        gold = [(s, o, r, f) for (s, o), rs in window.pairs.items() for r, f in rs.items()]
        gold_total += len(gold)
        span_gold += len(window.spans)
        span_hit += sum(any(overlaps(s, g) for s in spans) for g in window.spans)
        by_relation: dict[int, list[Any]] = {}
        for s, o, r, f in gold:
            by_relation.setdefault(relations.index(r), []).append((s, o, f))
        for t in thresholds:
            tally = tallies[t]
            found: set[Any] = set()
            for p, r in zip(*np.nonzero(probs >= t), strict=True):
                s, o = spans[pairs[p][0]], spans[pairs[p][1]]
                tally[1] += 1
                hits = [g for g in by_relation.get(int(r), ()) if overlaps(s, g[0]) and overlaps(o, g[1])]
                if hits:
                    tally[0] += 1
                    tally[2] += int(np.argmax(facts[p])) in {g[2] for g in hits}
                    found.update((r, *g[:2]) for g in hits)
            tally[3] += len(found)
    result: dict[str, Any] = {"mention_recall": round(span_hit / max(span_gold, 1), 3)}
    for t, (right, n, fact, found) in tallies.items():
        p, r = right / max(n, 1), found / max(gold_total, 1)
        result[f"{t}"] = [
            round(p, 3),
            round(r, 3),
            round(2 * p * r / max(p + r, 1e-9), 3),
            round(fact / max(right, 1), 3),
        ]
    return result


def step(
    model: Reader,
    ws: list[Window],
    words: list[list[str]],
    pieces: Pieces,
    labels: LabelTexts,
    cache: torch.Tensor,
    rng: random.Random,
    *,
    least: float,
    both_ways: bool = False,
) -> dict[str, torch.Tensor]:
    """The losses of one batch; with ``both_ways`` some labels are said from the object's side, too."""
    batch = batch_of(words, pieces)
    hidden = model.dropout(model.encode(batch["ids"], batch["shapes"], batch["mask"]))
    firsts, lasts = model.words(hidden, batch["first"], batch["last"])
    # Which labels this batch reads as text.
    present = sorted({labels.relations.index(r) for w in ws for rs in w.pairs.values() for r in rs})
    rest = [n for n in range(len(labels.relations)) if n not in set(present)]
    chosen = sorted(rng.sample(present, min(len(present), 26)) + rng.sample(rest, min(len(rest), 10)))
    ids, mask = labels.encoded([labels.text(n, rng) for n in chosen], pieces)
    fresh = model.labels(ids, mask)
    own = rng.random() < 0.65
    table = cache.clone()
    table = table.index_copy(0, torch.tensor(chosen), fresh)
    cache[chosen] = fresh.detach()
    # Some of them the other way round.
    turned = [n for n in chosen if labels.inverse[n]] if both_ways else []
    turned = rng.sample(turned, min(len(turned), 8))
    against = (
        model.labels(*labels.encoded([rng.choice(labels.inverse[n]) for n in turned], pieces))
        if turned
        else None
    )
    span_losses, pair_losses, fact_losses, n_facts = [], [], [], 0
    total_pairs = 0
    for b, w in enumerate(ws):
        spans = all_spans(w)
        gold = [n for n, s in enumerate(spans) if s in w.spans]
        others = [n for n, s in enumerate(spans) if s not in w.spans]
        # Hard ones among the negatives are those that overlap a mention.
        covered = {k for a, e in w.spans for k in range(a, e)}
        near = [n for n in others if spans[n][0] in covered or spans[n][1] - 1 in covered]
        sampled = gold + rng.sample(others, min(len(others), 250)) + rng.sample(near, min(len(near), 150))
        start, end = (
            torch.tensor([[spans[n][0] for n in sampled]]),
            torch.tensor([[spans[n][1] for n in sampled]]),
        )
        logits = model.spans(firsts[b : b + 1], lasts[b : b + 1], start, end)[0].float()
        target = torch.tensor([w.spans.get(spans[n], 0) for n in sampled])
        span_losses.append(
            F.cross_entropy(logits, target, reduction="sum", label_smoothing=0.02) / max(len(gold), 8)
        )
        # Spans that the model itself takes for mentions take part, too.
        picked = [spans[n] for n in sampled]
        with torch.no_grad():
            guess = pick_spans(w, picked, logits.detach(), least, 10)
        kept = sorted({*w.spans, *guess})
        if len(kept) < 2:
            continue
        place = {s: n for n, s in enumerate(picked)}
        types = torch.softmax(logits[[place[s] for s in kept]], -1).detach()
        index = {s: n for n, s in enumerate(kept)}
        positive = [(index[a], index[o]) for a, o in w.pairs]
        marked = set(positive)
        # Of a pair that is told the other one takes part where labels are said from that side.
        others_way = [(j, i) for i, j in positive if (j, i) not in marked] if both_ways else []
        marked.update(others_way)
        negative = [p for p in pairs_within(w, kept) if p not in marked]
        room = max(500 - len(positive) - len(others_way), 100)
        pairs = positive + others_way + rng.sample(negative, min(len(negative), room))
        if not pairs:
            continue
        z = model.pairs(firsts[b], lasts[b], types, **pair_inputs(w, kept, pairs))
        logit = model.by_label(z, table)
        if own:
            logit = logit + model.own(z).float() + model.bias
        want = torch.zeros(len(pairs), len(labels.relations))
        weight = torch.ones_like(want)
        if not own:
            weight.zero_()
            weight[:, chosen] = 1.0
        # Which facts are annotated varies from annotator to annotator: an unmarked pair is weak evidence against.
        weight[len(positive) :] *= 0.7
        # These two least of all: roles of what is no person, and counts.
        weight[:, labels.relations.index("hasQuantity")] *= 0.5
        persons = torch.tensor([w.spans.get(kept[i]) == TYPES.index("Person") for i, _ in pairs])
        weight[~persons, labels.relations.index("hasRole")] *= 0.5
        weight = torch.maximum(weight, want) if own else weight
        fact_at, fact_is = [], []
        for n, (i, j) in enumerate(pairs):
            a, o = kept[i], kept[j]
            for r in w.unsure.get((a, o), ()):
                weight[n, labels.relations.index(r)] = 0.0
            told = w.pairs.get((a, o))
            if told:
                for r in told:
                    want[n, labels.relations.index(r)] = 1.0
                fact_at.append(n)
                fact_is.append(max(told.values()))
        loss = F.binary_cross_entropy_with_logits(logit, want, weight, reduction="sum")
        if against is not None:
            loss = loss + reversed_loss(
                model, z, against, turned, w, [(kept[i], kept[j]) for i, j in pairs], labels
            )
        pair_losses.append(loss * w.weight)
        total_pairs += max(len(positive), 4)
        if fact_at:
            fact_losses.append(
                F.cross_entropy(model.factuality(z[fact_at]).float(), torch.tensor(fact_is), reduction="sum")
            )
            n_facts += len(fact_at)
    zero = hidden.sum() * 0.0
    return {
        "span": sum(span_losses, zero) / len(ws),
        "pair": sum(pair_losses, zero) / max(total_pairs, 1),
        "fact": sum(fact_losses, zero) / max(n_facts, 1),
    }


def reversed_loss(
    model: Reader,
    z: torch.Tensor,
    against: torch.Tensor,
    turned: list[int],
    w: Window,
    pairs: list[tuple[tuple[int, int], tuple[int, int]]],
    labels: LabelTexts,
) -> torch.Tensor:
    """The loss of labels that say a relation from its object's side."""
    want = torch.zeros(len(pairs), len(turned))
    weight = torch.full_like(want, 0.35)
    for n, (a, o) in enumerate(pairs):
        told, unsure = w.pairs.get((o, a), {}), w.unsure.get((o, a), ())
        for k, r in enumerate(turned):
            name = labels.relations[r]
            if name in told:
                want[n, k], weight[n, k] = 1.0, 0.5
            elif name in unsure:
                weight[n, k] = 0.0
    return F.binary_cross_entropy_with_logits(model.by_label(z, against), want, weight, reduction="sum")


def foreign_step(
    model: Reader,
    texts: list[Foreign],
    words: list[list[str]],
    pieces: Pieces,
    wordings: list[list[str]],
    rng: random.Random,
) -> torch.Tensor:
    """The loss of texts of another inventory, whose relations are known by what they are called alone."""
    batch = batch_of(words, pieces)
    hidden = model.dropout(model.encode(batch["ids"], batch["shapes"], batch["mask"]))
    firsts, lasts = model.words(hidden, batch["first"], batch["last"])
    present = sorted({r for t in texts for rs in t.pairs.values() for r in rs})
    rest = [n for n in range(len(wordings)) if n not in set(present)]
    chosen = sorted(present + rng.sample(rest, min(len(rest), 12)))
    table = model.labels(*LabelTexts.encoded([rng.choice(wordings[n]) for n in chosen], pieces))
    losses, total = [], 0
    for b, text in enumerate(texts):
        w = text.window
        spans = all_spans(w)
        start, end = torch.tensor([[s for s, _ in spans]]), torch.tensor([[e for _, e in spans]])
        with torch.no_grad():
            logits = model.spans(firsts[b : b + 1], lasts[b : b + 1], start, end)[0].float()
            place = {s: n for n, s in enumerate(spans)}
            # A span too wide to be one of ours is none here.
            pairs_of = {p: rs for p, rs in text.pairs.items() if p[0] in place and p[1] in place}
            kept = sorted({s for p in pairs_of for s in p} | set(pick_spans(w, spans, logits, 0.25, 10)))
        if len(kept) < 2:
            continue
        types = torch.softmax(logits[[place[s] for s in kept]], -1)
        pairs = pairs_within(w, kept)
        if len(pairs) > 300:
            told = [p for p in pairs if (kept[p[0]], kept[p[1]]) in pairs_of]
            pairs = sorted({*told, *rng.sample(pairs, 300)})
        if not pairs:
            continue
        z = model.pairs(firsts[b], lasts[b], types, **pair_inputs(w, kept, pairs))
        want = torch.zeros(len(pairs), len(chosen))
        weight = torch.zeros_like(want)
        weight[:, [k for k, r in enumerate(chosen) if r in text.told]] = 0.6
        for n, (i, j) in enumerate(pairs):
            for (s, o), rs in pairs_of.items():
                if (kept[i], kept[j]) == (s, o):
                    weight[n] = torch.maximum(weight[n], torch.tensor(0.4))
                    for k, r in enumerate(chosen):
                        if r in rs:
                            want[n, k] = weight[n, k] = 1.0
                elif max(kept[i][0], s[0]) < min(kept[i][1], s[1]) and max(kept[j][0], o[0]) < min(
                    kept[j][1], o[1]
                ):
                    # Part of a name that has the relation, or more than it: neither right nor wrong.
                    for k, r in enumerate(chosen):
                        if r in rs and want[n, k] == 0:
                            weight[n, k] = 0.0
        losses.append(
            F.binary_cross_entropy_with_logits(model.by_label(z, table), want, weight, reduction="sum")
        )
        total += max(len(pairs_of), 1)
    return sum(losses, hidden.sum() * 0.0) / max(total, 8)


def foreign_batches(
    texts: list[Foreign], rng: random.Random, size: int = 24, most: int = 2400
) -> list[list[Foreign]]:
    """Batches of texts of one inventory each; of the largest inventory, what tells of no fact is read less often."""
    by: dict[str, list[Foreign]] = {}
    for text in texts:
        by.setdefault(text.inventory, []).append(text)
    batches = []
    for of in by.values():
        some = of
        if len(of) > most:
            told = [t for t in of if t.pairs]
            silent = [t for t in of if not t.pairs]
            some = rng.sample(told, min(len(told), most * 3 // 4)) + rng.sample(
                silent, min(len(silent), most // 4)
            )
        order = sorted(some, key=lambda t: len(t.window.words) + rng.random() * 8)
        batches += [order[k : k + size] for k in range(0, len(order), size)]
    return batches


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT / "build" / "training")
    parser.add_argument(
        "--encoder",
        type=Path,
        help="a folder with config.json, model.safetensors, tokenizer.json; default: MiniLM from its package",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--stop-after", type=int, default=0, help="stop after this round, to go on later")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--rename", type=float, default=0.4)
    parser.add_argument(
        "--stand-ins", type=float, default=0.85, help="share of the windows with stand-ins for names"
    )
    parser.add_argument("--init", type=Path, help="weights to begin with: the reader.pt of another run")
    parser.add_argument(
        "--inventories", action="store_true", help="train on other people's inventories, too (inventories.py)"
    )
    parser.add_argument("--without", default="", help="inventories to leave out, separated by commas")
    parser.add_argument("--share", type=float, default=1.0, help="share of the windows that a round reads")
    parser.add_argument("--window", type=int, default=230)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--ema", type=float, default=0.997)
    parser.add_argument("--pair", type=int, default=512)
    options = parser.parse_args()
    options.encoder = options.encoder or default_encoder()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    labels = LabelTexts()
    pieces = Pieces(options.encoder / "tokenizer.json")

    def make(sets: list[str], split: str) -> list[Window]:
        articles = articles_of(options.data, sets, split)
        return [w for a in articles for w in windows_of(a, pieces, options.window, labels.relations)]

    train = [w for w in make(["annotated", "written", "silver"], "train") if w.pairs]
    val = {name: make([name], "val") for name in ("annotated", "written")}
    foreign = list(foreign_of(options.data, options.without.split(","))) if options.inventories else []
    wordings: dict[str, list[list[str]]] = (
        json.loads((options.data / "inventories.json").read_text("utf-8")) if foreign else {}
    )
    renamer = Renamer(train)
    model = Reader(
        load_encoder(options.encoder), len(TYPES), len(labels.relations), len(FACTUALITIES), pair=options.pair
    )
    if options.init:
        model.load_state_dict(torch.load(options.init, weights_only=False)["model"])
    groups: dict[bool, list[Any]] = {True: [], False: []}
    for name, p in model.named_parameters():
        groups[name.startswith("encoder.")].append(p)
    optimizer = torch.optim.AdamW(
        [
            {"params": groups[True], "lr": options.rate, "weight_decay": 0.01},
            {"params": groups[False], "lr": options.head_rate, "weight_decay": 0.01},
        ],
        fused=True,
    )
    steps = math.ceil(len(train) * options.share / options.batch) + len(
        foreign_batches(foreign, random.Random(0))
    )
    total = steps * options.rounds
    warm = min(300, total // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, 0.5 * (1 + math.cos(math.pi * min(n / total, 1))))
    )
    with torch.no_grad():
        vectors = [
            model.labels(
                *labels.encoded(
                    [labels.plain(n) for n in range(k, min(k + 32, len(labels.relations)))], pieces
                )
            )
            for k in range(0, len(labels.relations), 32)
        ]
    cache = torch.cat(vectors)
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    done = 0
    state_path = options.out / "state.pt"
    if state_path.exists():
        state = torch.load(state_path, weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, cache, done = state["average"], state["cache"], state["done"]
    print(
        f"{len(train)} windows, {steps} steps a round, {sum(len(w.pairs) for w in train)} pairs, from round {done + 1}",
        flush=True,
    )
    for number in range(done, options.rounds):
        rng = random.Random(options.seed * 1000 + number)
        torch.manual_seed(options.seed * 1000 + number)
        model.train()
        # Windows of like length together, in random order.
        some: Iterable[int] = range(len(train))
        if options.share < 1:
            some = rng.sample(some, round(len(train) * options.share))
        order = sorted(some, key=lambda n: len(train[n].words) + rng.random() * 30)
        batches: list[list[Any]] = [
            [train[n] for n in order[k : k + options.batch]] for k in range(0, len(order), options.batch)
        ]
        batches += foreign_batches(foreign, rng)
        rng.shuffle(batches)
        sums: dict[str, float] = {}
        began = time.perf_counter()

        def as_read(windows: list[Window], rng: random.Random = rng) -> list[list[str]]:
            words = [renamer.renamed(w, rng) if rng.random() < options.rename else w.words for w in windows]
            return [
                with_stand_ins(of, w.kinds) if rng.random() < options.stand_ins else of
                for w, of in zip(windows, words, strict=True)
            ]

        for k, ws in enumerate(batches):
            with torch.autocast("cpu", torch.bfloat16):
                if isinstance(ws[0], Foreign):
                    words = as_read([t.window for t in ws])
                    losses = {
                        "foreign": foreign_step(model, ws, words, pieces, wordings[ws[0].inventory], rng)
                    }
                    loss = 0.5 * losses["foreign"]
                else:
                    words = as_read(ws)
                    least = 0.5 if number == 0 else 0.25
                    losses = step(
                        model, ws, words, pieces, labels, cache, rng, least=least, both_ways=bool(foreign)
                    )
                    loss = losses["span"] + losses["pair"] + 0.5 * losses["fact"]
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            decay = min(options.ema, (number * steps + k + 1) / (number * steps + k + 10))
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    average[name].lerp_(value, 1 - decay) if value.is_floating_point() else average[
                        name
                    ].copy_(value)
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            if k % 40 == 0:
                print(
                    f"round {number + 1} step {k}/{steps} "
                    + " ".join(f"{n} {v / (k + 1):.3f}" for n, v in sums.items())
                    + f" {(time.perf_counter() - began) / (k + 1):.2f} s/step",
                    flush=True,
                )
        present = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        model.eval()
        with torch.no_grad():
            vectors = torch.cat(
                [
                    model.labels(
                        *labels.encoded(
                            [labels.plain(n) for n in range(j, min(j + 32, len(labels.relations)))], pieces
                        )
                    )
                    for j in range(0, len(labels.relations), 32)
                ]
            )
        entry: dict[str, Any] = {
            "round": number + 1,
            "seconds": round(time.perf_counter() - began),
            **{n: round(v / steps, 4) for n, v in sums.items()},
        }
        if number % 2 or number + 1 == options.rounds:
            for name, windows in val.items():
                entry[name] = figures(windows, predict(model, windows, pieces, vectors), labels.relations)
            entry["annotated by label alone"] = figures(
                val["annotated"],
                predict(model, val["annotated"], pieces, vectors, own=False),
                labels.relations,
                (0.3, 0.5),
            )
        print(json.dumps(entry), flush=True)
        with (options.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")
        torch.save(
            {
                "model": average,
                "labels": vectors,
                "relations": labels.relations,
                "types": TYPES,
                "factualities": FACTUALITIES,
                "pair": options.pair,
            },
            options.out / "reader.partial",
        )
        (options.out / "reader.partial").replace(options.out / "reader.pt")
        model.load_state_dict(present)
        torch.save(
            {
                "model": present,
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average,
                "cache": cache,
                "done": number + 1,
            },
            options.out / "state.partial",
        )
        (options.out / "state.partial").replace(state_path)
        if options.stop_after and number + 1 >= options.stop_after:
            break


if __name__ == "__main__":
    main()
