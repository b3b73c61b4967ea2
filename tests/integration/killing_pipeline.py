"""A spaCy pipeline that kills its own process when it sees a word: until it is mended, or, of another word, once."""

from pathlib import Path

import spacy

NAME = "killing_pipeline"
POISON = "Krakatoa"
POISON_ONCE = "Vesuvius"

_CODE = f"""
import os, signal
from pathlib import Path

import spacy

class Tokenizer:
    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def __call__(self, text):
        if "{POISON}" in text and not Path(__file__).with_name("mended").exists():
            os.kill(os.getpid(), signal.SIGKILL)
        if "{POISON_ONCE}" in text and not Path(__file__).with_name("killed").exists():
            Path(__file__).with_name("killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.tokenizer(text)

def load(**_):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{{"label": "PERSON", "pattern": "Sarah Johnson"}}])
    nlp.tokenizer = Tokenizer(nlp.tokenizer)
    return nlp
"""


def make_killing_pipeline(folder: Path) -> Path:
    """Write the pipeline as a package into a folder that is, or will be, on the path; return the package's folder."""
    package = folder / NAME
    package.mkdir(parents=True)
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler")
    nlp.meta["name"] = NAME
    nlp.to_disk(package)
    (package / "__init__.py").write_text(_CODE, encoding="utf-8")
    metadata = folder / f"{NAME}-1.0.dist-info" / "METADATA"  # spaCy loads packages that are installed
    metadata.parent.mkdir()
    metadata.write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.0\n", encoding="utf-8")
    return package


def mend(package: Path) -> None:
    """Have the pipeline kill no more."""
    (package / "mended").touch()
