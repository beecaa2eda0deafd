"""The exceptions of spacegraph, in one tree.

::

    SpacegraphError
      ConfigError(ValueError)         an option has a value that is not allowed
      SourceError(ValueError)         an article cannot be read
        NotEnglishError               the text is not English
        TooLargeError                 the text is longer than the limit
      OntologyError
        OntologySyntaxError           an ontology file is not valid RDF: file, line, column
        UnknownTermError              a name that the ontology lacks, with the closest matches
      PipelineError
        MissingAnnotationError        a component needs what no earlier one provides
        ModelNotInstalledError        the command that installs the spaCy model
        ReaderModelError              the trained reader's model cannot be loaded
        LanguageModelError            a language model refuses, is not there, or its answers cannot be kept
      DatasetError(OSError)           a corpus's data set cannot be read, written or gone on with
      StoreError(OSError)             a graph cannot be opened, read or written
      QueryError                      a SPARQL query is malformed or fails: line and column
      ExportError                     a graph cannot be written in the format asked for

Every message is a sentence or two: what happened, and what to do about it.
"""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "DatasetError",
    "ExportError",
    "LanguageModelError",
    "MissingAnnotationError",
    "ModelNotInstalledError",
    "NotEnglishError",
    "OntologyError",
    "OntologySyntaxError",
    "PipelineError",
    "QueryError",
    "SourceError",
    "SpacegraphError",
    "StoreError",
    "TooLargeError",
    "UnknownTermError",
]


class SpacegraphError(Exception):
    """The root: whatever spacegraph raises on purpose is one of these."""


class ConfigError(SpacegraphError, ValueError):
    """An option has a value that is not allowed; the message names key, value and choices."""


class SourceError(SpacegraphError, ValueError):
    """An article cannot be read; the message names the input."""


class NotEnglishError(SourceError):
    """The text is not English, and reading it all the same was not asked for."""


class TooLargeError(SourceError):
    """The text is longer than the limit; the message says how to raise it."""


class OntologyError(SpacegraphError):
    """Something is wrong with an ontology, lexicon or entities file."""


class OntologySyntaxError(OntologyError):
    """A file is not valid RDF.

    ``line`` and ``column`` count from 1 and are 0 where the parser does not say.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.file = file
        self.line = line
        self.column = column


class UnknownTermError(OntologyError):
    """A class or property that the ontology does not have; ``matches`` are the closest ones."""

    def __init__(self, message: str, *, term: str = "", matches: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.term = term
        self.matches = matches


class PipelineError(SpacegraphError):
    """The language pipeline is not put together properly."""


class MissingAnnotationError(PipelineError):
    """A component needs an attribute that no earlier component provides."""


class ModelNotInstalledError(PipelineError):
    """The spaCy model is not installed; the message has the command that installs it."""


class ReaderModelError(PipelineError):
    """The trained reader's model is missing, damaged or of another form, or cannot run here."""


class LanguageModelError(PipelineError):
    """A language model's endpoint does not answer or refuses, its client is not installed, or its answers cannot be kept."""


class DatasetError(SpacegraphError, OSError):
    """The data set of a corpus cannot be read, written or gone on with."""


class StoreError(SpacegraphError, OSError):
    """A graph or store cannot be opened, read or written."""


class QueryError(SpacegraphError):
    """A SPARQL query is malformed or failed.

    ``line`` and ``column`` count from 1 and are 0 where the engine does not say.
    """

    def __init__(self, message: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class ExportError(SpacegraphError):
    """A graph cannot be written in the format asked for."""
