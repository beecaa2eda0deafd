"""The weights that the package ships, as a run to go on from: ``python training/restore.py --out DIR``; then ``train.py --init DIR/reader.pt``.

The runs that gave them are not kept, and int8 weights read as well as those that they were made of (training/README.md), so what
is rounded away is soon learnt again.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import Reader, default_encoder, load_encoder
from spacegraph.language.reader.session import MODEL, ReaderModel
from windows import FACTUALITIES, TYPES

_PATH = re.compile(r"^/(.+?)/(?:Gemm_MatMul|MatMul)")
_QUANTIZED, _SCALE = "_quantized", "_scale"


def weights_of(folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Names as in :class:`~model.Reader` and weights, of the three networks of a folder."""
    found: dict[str, np.ndarray[Any, Any]] = {}
    for part in ("encoder", "spans", "pairs"):
        graph = onnx.load(folder / f"{part}.onnx").graph
        arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

        def floats(name: str, arrays: dict[str, Any] = arrays) -> np.ndarray[Any, Any]:
            base = name.removesuffix(_QUANTIZED)
            zero = arrays[base + "_zero_point"].astype(np.int32)
            return (arrays[name].astype(np.int32) - zero).astype(np.float32) * arrays[base + _SCALE]

        for name, array in arrays.items():
            if name.startswith("reader.") and array.dtype == np.float32 and not name.endswith(_SCALE):
                found[name.removeprefix("reader.")] = array
            elif name.startswith("reader.") and name.endswith(".weight" + _QUANTIZED):
                found[name.removeprefix("reader.").removesuffix(_QUANTIZED)] = floats(name)
        for node in graph.node:
            if node.op_type == "MatMulInteger" and (path := _PATH.match(node.name)):
                module = path[1].replace("/", ".")
                # The exporter says the container of a sequence twice: span_out.span_out.2.
                module = re.sub(r"\b(\w+)\.\1\.(\d+)$", r"\1.\2", module)
                found[module + ".weight"] = floats(node.input[1]).T
    return found


def restored(folder: Path, encoder: Path) -> tuple[Reader, dict[str, Any]]:
    """A model with the weights of a folder, and what ``reader.pt`` keeps beside them.

    Raises:
        SystemExit: A weight has no counterpart: the folder is of another network.
    """
    relations = list(ReaderModel(folder).relations)
    with np.load(folder / "labels.npz") as arrays:
        labels = dict(arrays)
    found = weights_of(folder)
    found |= {
        "project.weight": labels["project"],
        "label_bias.weight": labels["bias_weight"],
        "label_bias.bias": labels["bias"] + 4.0,
    }
    model = Reader(load_encoder(encoder), len(TYPES), len(relations), len(FACTUALITIES))
    state = model.state_dict()
    for name, tensor in state.items():
        array = found.get(name)
        if array is None or array.size != tensor.numel():
            message = f"The model in {folder} has no weight {name} of this network: it was made by another version of training/."
            raise SystemExit(message)
        state[name] = torch.from_numpy(np.ascontiguousarray(array)).reshape(tensor.shape)
    model.load_state_dict(state)
    return model, {"labels": torch.from_numpy(labels["vectors"]), "relations": relations}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--of", type=Path, default=MODEL, help="a folder with a model; default: the package's"
    )
    parser.add_argument("--encoder", type=Path, help="see train.py")
    options = parser.parse_args()
    model, more = restored(options.of, options.encoder or default_encoder())
    options.out.mkdir(parents=True, exist_ok=True)
    kept = {
        **more, "model": model.state_dict(), "types": TYPES, "factualities": FACTUALITIES, "pair": model.norm.normalized_shape[0],
    }  # fmt: skip
    torch.save(kept, options.out / "reader.partial")
    (options.out / "reader.partial").replace(options.out / "reader.pt")


if __name__ == "__main__":
    main()
