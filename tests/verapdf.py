"""The PDF/UA checker veraPDF, where this machine has Java and the jar; tests that need it are skipped otherwise."""

import shutil
import subprocess
from pathlib import Path

import pytest

# .ci/run fetches it from Maven Central; by hand: mvn dependency:copy -Dartifact=... -DoutputDirectory=var/verapdf
JARS = Path("var") / "verapdf"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


def assert_pdf_ua(content: bytes, folder: Path) -> None:
    """Fails with veraPDF's own words unless `content` is PDF/UA-1."""
    jars = sorted(JARS.glob("greenfield-apps-*.jar"))
    java = shutil.which("java")
    if not java or not jars:
        pytest.skip("veraPDF is not here: it needs Java, and its jar in var/verapdf")
    paper = folder / "paper.pdf"
    paper.write_bytes(content)
    asked = [java, "-cp", str(jars[-1]), MAIN, "--flavour", "ua1", "--format", "text", "-v", str(paper)]
    said = subprocess.run(asked, capture_output=True, text=True, timeout=300, check=False).stdout  # noqa: S603
    assert said.startswith("PASS"), said[:3000]
