"""Trained weights to the files that the package ships: ``python training/export.py RUN [--to DIR]``.

Writes ``encoder.onnx`` (int8 weights), ``spans.onnx``, ``pairs.onnx``, ``labels.npz``, ``tokenizer.json`` and ``card.json``, and checks the exported
model's outputs against PyTorch's on texts of the validation set: what differs is printed, and too much of it is an error.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from model import DISTANCES, Reader, default_encoder, load_encoder
from relation_labels import LabelTexts
from spacegraph.language.reader.encoding import shape_of
from train import all_spans, articles_of, bucket, pairs_within, pick_spans, sentence_of, windows_of
from windows import FACTUALITIES, TYPES, Pieces

ROOT = Path(__file__).resolve().parent.parent
#: What the card says beside what is read from the weights.
CARD = {
    "name": "spacegraph reader",
    "trained": "2026-12-01",
    "licence": "Apache-2.0",
    "encoder": "all-MiniLM-L6-v2 (6 layers, 384; Apache-2.0)",
    "data": "annotated (NASA releases, US public domain; Wikinews, CC BY 2.5), written (CC0), silver: 884 texts of the split train",
    "command": "make train (seed 13, nine rounds, six more with stand-ins for names)",
    "figures": "benchmarks/README.md, training/README.md",
}
TARGET = ROOT / "src" / "spacegraph" / "language" / "reader" / "model"
#: The least likeness (cosine) of exported vectors to the original's, in float32 and with int8 weights.
LEAST = {"float32": 0.9999, "int8": 0.97}


class Encoder(nn.Module):
    """Pieces of one window to the vectors of its words' first and last pieces."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        return self.reader.encode(ids, shapes, None)[0]


class Spans(nn.Module):
    """Words of one window and spans to logits of types."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, firsts: torch.Tensor, lasts: torch.Tensor, start: torch.Tensor, end: torch.Tensor
    ) -> torch.Tensor:
        return self.reader.spans(firsts[None], lasts[None], start[None], end[None])[0]


class Pairs(nn.Module):
    """Pairs of spans to their vectors, the logits of relations with weights of their own, and of factuality."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, firsts: torch.Tensor, lasts: torch.Tensor, types: torch.Tensor, spans: torch.Tensor, pairs: torch.Tensor,
        distance: torch.Tensor, bounds: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
        z = self.reader.pairs(firsts, lasts, types, spans, pairs, distance, bounds)
        return z, self.reader.own(z) + self.reader.bias, self.reader.factuality(z)


def load(run: Path, encoder: Path) -> tuple[Reader, dict[str, Any]]:
    """The averaged weights of a run as a model in evaluation mode."""
    saved = torch.load(run / "reader.pt", weights_only=False)
    model = Reader(
        load_encoder(encoder),
        len(saved["types"]),
        len(saved["relations"]),
        len(saved["factualities"]),
        pair=saved["pair"],
    )
    model.load_state_dict(saved["model"])
    # The fused attention is not exported faithfully.
    model.encoder.set_attn_implementation("eager")
    return model.eval(), saved


def write(
    module: nn.Module,
    path: Path,
    arguments: tuple[torch.Tensor, ...],
    names: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    # The exporter gives the mode back that it finds, to all that is inside.
    torch.onnx.export(
        module.eval(),
        arguments,
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    parser.add_argument(
        "--encoder",
        type=Path,
        help="a folder with config.json, model.safetensors, tokenizer.json; default: MiniLM from its package",
    )
    parser.add_argument("--data", type=Path, default=ROOT / "build" / "training")
    parser.add_argument("--to", type=Path, default=TARGET)
    options = parser.parse_args()
    options.encoder = options.encoder or default_encoder()
    model, saved = load(options.run, options.encoder)
    work = options.run / "onnx"
    work.mkdir(exist_ok=True)
    options.to.mkdir(parents=True, exist_ok=True)
    ids, shapes = torch.randint(1000, 2000, (1, 40)), torch.ones(1, 40, dtype=torch.long)
    size = model.encoder.config.hidden_size
    words = torch.randn(30, size)
    with torch.no_grad():
        write(
            Encoder(model),
            work / "encoder.onnx",
            (ids, shapes),
            ["ids", "shapes"],
            ["vectors"],
            {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "vectors": {0: "pieces"}},
        )
        write(
            Spans(model),
            work / "spans.onnx",
            (words, words, torch.tensor([0, 1, 2]), torch.tensor([1, 3, 9])),
            ["firsts", "lasts", "start", "end"],
            ["types"],
            {
                "firsts": {0: "words"},
                "lasts": {0: "words"},
                "start": {0: "spans"},
                "end": {0: "spans"},
                "types": {0: "spans"},
            },
        )
        few = (
            words,
            words,
            torch.rand(3, len(TYPES)),
            torch.tensor([[0, 1], [3, 3], [5, 7]]),
            torch.tensor([[0, 1], [1, 2]]),
            torch.tensor([1, 2]),
            torch.tensor([[0, 20], [0, 20]]),
        )
        write(
            Pairs(model),
            work / "pairs.onnx",
            few,
            ["firsts", "lasts", "types", "spans", "pairs", "distance", "bounds"],
            ["vectors", "relations", "factualities"],
            {
                "firsts": {0: "words"},
                "lasts": {0: "words"},
                "types": {0: "spans"},
                "spans": {0: "spans"},
                "pairs": {0: "pairs"},
                "distance": {0: "pairs"},
                "bounds": {0: "pairs"},
                "vectors": {0: "pairs"},
                "relations": {0: "pairs"},
                "factualities": {0: "pairs"},
            },
        )
        project = model.project.weight.numpy()
        bias = model.label_bias
        np.savez(
            work / "labels.npz",
            vectors=saved["labels"].numpy().astype(np.float32),
            project=project.astype(np.float32),
            bias_weight=bias.weight.detach().numpy().astype(np.float32),
            bias=bias.bias.detach().numpy().astype(np.float32) - 4.0,
        )
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    for name in ("encoder", "pairs", "spans"):
        # Processors without VNNI instructions add up two products in 16 bits: weights of seven bits keep them from running over.
        quant_pre_process(work / f"{name}.onnx", work / f"{name}.pre.onnx", skip_symbolic_shape=True)
        quantize_dynamic(
            work / f"{name}.pre.onnx",
            work / f"{name}.int8.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    shutil.copy(options.encoder / "tokenizer.json", work / "tokenizer.json")
    check(model, work, options)
    for name in ("encoder", "pairs", "spans"):
        shutil.copy(work / f"{name}.int8.onnx", options.to / f"{name}.onnx")
    shutil.copy(work / "labels.npz", options.to / "labels.npz")
    shutil.copy(work / "tokenizer.json", options.to / "tokenizer.json")
    texts = LabelTexts()
    files = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(options.to.iterdir())
        if p.name != "card.json"
    }
    (options.to / "card.json").write_text(json.dumps({
        **CARD, "format": 1, "types": list(TYPES), "factualities": list(FACTUALITIES), "distances": list(DISTANCES), "relations": list(saved["relations"]),
        "label_texts": {name: hashlib.sha256(texts.plain(n).encode()).hexdigest()[:12] for n, name in enumerate(texts.relations)},
        "window": 230, "files": files,
    }, indent=1) + "\n")  # fmt: skip
    print({p.name: p.stat().st_size for p in options.to.iterdir()})


def check(model: Reader, work: Path, options: argparse.Namespace) -> None:
    """Compare what the files give with what PyTorch gives on some windows of the validation set."""
    import onnxruntime as ort

    pieces, texts = Pieces(work / "tokenizer.json"), LabelTexts()
    windows = [
        w
        for a in articles_of(options.data, ["written"], "val")[:8]
        for w in windows_of(a, pieces, 230, texts.relations)
    ]
    for kind in ("float32", "int8"):
        suffix = "" if kind == "float32" else ".int8"
        sessions = {
            n: ort.InferenceSession(str(work / f"{n}{suffix}.onnx"), providers=["CPUExecutionProvider"])
            for n in ("encoder", "spans", "pairs")
        }
        likeness, differ, total = [], 0, 0
        for w in windows:
            ids, shapes, first, last = [pieces.start], [0], [], []
            for word in w.words:
                of = pieces.of(word)
                first.append(len(ids))
                ids += of
                shapes += [shape_of(word)] * len(of)
                last.append(len(ids) - 1)
            ids.append(pieces.end)
            shapes.append(0)
            i, s = torch.tensor([ids]), torch.tensor([shapes])
            with torch.no_grad():
                want = model.encode(i, s, torch.ones_like(i))[0].numpy()
            got = sessions["encoder"].run(None, {"ids": i.numpy(), "shapes": s.numpy()})[0]
            likeness.append(float((want * got).sum() / np.linalg.norm(want) / np.linalg.norm(got)))
            spans = all_spans(w)
            start, end = torch.tensor([a for a, _ in spans]), torch.tensor([b for _, b in spans])
            with torch.no_grad():
                f, g = torch.tensor(want[first]), torch.tensor(want[last])
                logits = model.spans(f[None], g[None], start[None], end[None])[0]
            other = sessions["spans"].run(
                None, {"firsts": got[first], "lasts": got[last], "start": start.numpy(), "end": end.numpy()}
            )[0]
            kept = pick_spans(w, spans, logits, 0.2)
            pairs = pairs_within(w, kept)
            if not pairs:
                continue
            place = {x: n for n, x in enumerate(spans)}
            at = [place[x] for x in kept]
            types = torch.softmax(logits[at], -1)
            inputs = {
                "spans": np.array([[a, b - 1] for a, b in kept]), "pairs": np.array(pairs),
                "distance": np.array([bucket(kept[a], kept[b]) for a, b in pairs]), "bounds": np.array([sentence_of(w, kept[a][0]) for a, _ in pairs]),
            }  # fmt: skip
            with torch.no_grad():
                z = model.pairs(f, g, types, **{k: torch.tensor(v) for k, v in inputs.items()})
                p = torch.sigmoid(model.own(z) + model.bias).numpy()
            types2 = torch.softmax(torch.tensor(other[at]), -1).numpy()
            z2, r2, _ = sessions["pairs"].run(
                None, {"firsts": got[first], "lasts": got[last], "types": types2, **inputs}
            )
            p2 = 1 / (1 + np.exp(-r2))
            likeness.append(float((z.numpy() * z2).sum() / np.linalg.norm(z.numpy()) / np.linalg.norm(z2)))
            differ += int(((p > 0.5) != (p2 > 0.5)).sum())
            total += int((p > 0.5).sum())
        print(
            f"{kind}: least likeness {min(likeness):.5f}; {differ} of {total} relations on the other side of .5"
        )
        if min(likeness) < LEAST[kind]:
            sys.exit(
                f"The exported model ({kind}) differs from the original: likeness {min(likeness):.4f}. Nothing was written."
            )


if __name__ == "__main__":
    main()
