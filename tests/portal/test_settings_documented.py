"""docs/deployment.md names every environment variable that the settings read."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READ = re.compile(r"""\b(?:env(?:\.\w+)?\(|environ\.get\(|environ\[)\s*["']([A-Z][A-Z0-9_]+)["']""")


def test_every_setting_is_in_the_deployment_guide():
    sources = [*ROOT.glob("portal/settings/*.py"), ROOT / "gunicorn.conf.py", ROOT / "portal" / "database.py"]
    read = {name for source in sources for name in READ.findall(source.read_text())}
    documented = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs" / "deployment.md").read_text()))

    assert sorted(read - documented) == []
