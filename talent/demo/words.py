"""What people in the demonstration write: paragraphs and careers, read once from the two files beside this one."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent
CAREERS: dict[str, Any] = tomllib.loads((FOLDER / "careers.toml").read_text())
PARAGRAPHS: dict[str, Any] = tomllib.loads((FOLDER / "paragraphs.toml").read_text())
PLACES: list[str] = CAREERS.pop("places")


def reason(random: Random, step: str) -> str:
    """Why somebody took this step; empty for steps that ask for no reason."""
    return random.choice(PARAGRAPHS["reasons"].get(step, [""]))


def within(text: str, words: int | None) -> str:
    """`text` cut after the last whole sentence that fits into so many words."""
    if words is None or len(text.split()) <= words:
        return text
    kept = " ".join(text.split()[:words])
    end = kept.rfind(". ")
    return kept[: end + 1] if end > 0 else kept
