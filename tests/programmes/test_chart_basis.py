"""Every rule of a chart has its source, and the guide names each source and the tests at its edge."""

import re
from pathlib import Path

from django.conf import settings

from programmes.chart_basis import control_basis, run_basis
from programmes.spc_rules import RULES, Rule

GUIDE = (settings.BASE_DIR / "docs/control-charts.md").read_text()


def test_each_rule_stands_once_in_the_order_of_precedence():
    assert [row.rule for row in RULES] == list(Rule)
    assert [one.name for one in control_basis() if one.name] == [str(rule) for rule in Rule]


def test_the_guide_gives_the_source_of_every_rule():
    told = [*control_basis(), *run_basis()]

    assert [one.says for one in told if not one.source or f"| {one.source} |" not in GUIDE] == []


def test_every_test_that_the_guide_names_is_there():
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", GUIDE)

    assert len(named) == len(set(named)) > 30
    assert [name for name in named if f"def {name}(" not in tests] == []
