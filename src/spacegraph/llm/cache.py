"""Answers of a language model in a folder, one file each, so that what was asked once is never asked again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacegraph.errors import LanguageModelError
from spacegraph.llm.prompt import PROMPT_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["AnswerCache", "key_of"]


def key_of(model: str, messages: Sequence[Mapping[str, str]], settings: Mapping[str, Any]) -> str:
    """The name of an answer: the same for the same model, prompt, text and settings, wherever the model runs."""
    what = json.dumps([PROMPT_VERSION, model, list(messages), dict(settings)], sort_keys=True)
    return hashlib.sha256(what.encode()).hexdigest()


class AnswerCache:
    """A folder of answers; several processes may share it.

    Args:
        folder: Where; it is made when the first answer is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> str | None:
        """The answer of a key; None where there is none, or its file is damaged."""
        try:
            kept = json.loads(self._file(key).read_bytes())
        except (OSError, ValueError):
            return None
        answer = kept.get("answer") if isinstance(kept, dict) else None
        return answer if isinstance(answer, str) else None

    def put(self, key: str, answer: str, *, model: str) -> None:
        """Keep an answer; a file is there whole or not at all.

        Raises:
            LanguageModelError: The folder cannot be written.
        """
        file = self._file(key)
        kept = {"answer": answer, "model": model, "prompt": PROMPT_VERSION}
        temporary = ""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(kept, out, ensure_ascii=False)
            Path(temporary).replace(file)
        except OSError as error:
            if temporary:
                with suppress(OSError):
                    Path(temporary).unlink()
            msg = f"The answers of the language model cannot be kept in {self.folder}: {error.strerror or error}. Name another folder with --llm-cache."
            raise LanguageModelError(msg) from error

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
