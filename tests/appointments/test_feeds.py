"""The feeds of open roles as strict readers take them: RSS 2.0 by its specification, JobPosting by schema.org."""

import datetime as dt
import json
import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.factories.campaigns import a_campaign
from tests.factories.portal import OrganisationFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}link"
# https://www.rssboard.org/rss-specification: required of a channel, and all that it and an item may hold.
CHANNEL_REQUIRED = {"title", "link", "description"}
CHANNEL = CHANNEL_REQUIRED | {
    "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "category", "generator",
    "docs", "cloud", "ttl", "image", "textInput", "skipHours", "skipDays", "item", ATOM,
}  # fmt: skip
ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
# https://schema.org/JobPosting and the types that it leads to: the properties that we use, with what they hold.
SCHEMA: dict[str, dict[str, type | tuple[type, ...]]] = {
    "JobPosting": {
        "title": str, "description": str, "identifier": dict, "datePosted": str, "validThrough": str,
        "employmentType": str, "hiringOrganization": dict, "jobLocation": dict, "directApply": bool, "url": str,
        "workHours": str, "baseSalary": dict,
    },
    "PropertyValue": {"name": str, "value": str},
    "Organization": {"name": str},
    "Place": {"address": dict},
    "PostalAddress": {"addressCountry": str, "addressRegion": str, "postalCode": str},
    "MonetaryAmount": {"currency": str, "value": dict},
    "QuantitativeValue": {"value": int, "minValue": int, "maxValue": int, "unitText": str},
}  # fmt: skip
REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "validThrough"}
EMPLOYMENT = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}


@pytest.fixture
def awkward(settings: Any) -> Any:
    """An open role whose words hold everything that a careless writer of XML or JSON trips over."""
    settings.PORTAL_BASE_URL = "https://portal.example.org"
    board = OrganisationFactory(name='Barker & Sons <"Quillfeather"> Trust', postcode="LS1 4AP")
    run = a_campaign("advertised", live=True, board=board, days_a_month="2.5")
    run.campaign.about = "Cash & carry <b>not bold</b> ]]> “quoted” – naïve é\n</script><script>alert(1)</script>"
    run.campaign.save(update_fields=["about"])
    return run.campaign


def test_the_rss_is_well_formed_and_holds_what_the_specification_allows(client: Client, awkward: Any):
    answer = client.get("/opportunities/feed.rss")
    root = ET.fromstring(answer.content)  # noqa: S314
    [channel] = root
    [item] = channel.findall("item")

    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert (root.tag, root.attrib, channel.tag) == ("rss", {"version": "2.0"}, "channel")
    assert ({child.tag for child in channel} >= CHANNEL_REQUIRED, {child.tag for child in channel} - CHANNEL) == (
        True,
        set(),
    )
    assert {child.tag for child in item} - ITEM == set()
    assert (item.findtext("title"), item.findtext("description")) == (str(awkward), awkward.about)


def test_its_addresses_and_days_are_whole(client: Client, awkward: Any):
    channel = ET.fromstring(client.get("/opportunities/feed.rss").content)[0]  # noqa: S314
    item, link = channel.find("item"), channel.find(ATOM)

    assert item is not None
    assert link is not None
    assert link.get("rel") == "self"
    addresses = [channel.findtext("link"), link.get("href"), item.findtext("link"), item.findtext("guid")]
    assert [(urlsplit(a).scheme in ("http", "https"), bool(urlsplit(a).netloc)) for a in addresses] == [
        (True, True)
    ] * 4
    assert parsedate_to_datetime(item.findtext("pubDate")) == awkward.intake.opens_at.replace(microsecond=0)
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")).tzinfo is not None


def test_with_nothing_open_the_rss_still_reads(client: Client):
    channel = ET.fromstring(client.get("/opportunities/feed.rss").content)[0]  # noqa: S314

    assert (channel.findall("item"), channel.findtext("title")) == ([], "Open roles on NHS boards")


def faults(node: dict[str, Any], path: str) -> list[str]:
    """Properties that schema.org does not know of the type, or that hold something else; all the way down."""
    known = SCHEMA[node["@type"]]
    found = []
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in known or not isinstance(value, known[name]) or value == "":
            found.append(f"{path}.{name}")
        elif isinstance(value, dict):
            found += faults(value, f"{path}.{name}")
    return found


def a_posting(client: Client) -> dict[str, Any]:
    [entry] = json.loads(client.get("/opportunities/feed.json").content)["itemListElement"]
    assert (entry["@type"], entry["position"]) == ("ListItem", 1)
    return entry["item"]


def test_a_posting_holds_fields_of_schema_org_only_each_of_its_kind(client: Client, awkward: Any):
    posting = a_posting(client)

    assert faults(posting, "JobPosting") == []
    assert {name for name in REQUIRED if posting.get(name)} == REQUIRED
    assert posting["employmentType"] in EMPLOYMENT
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", posting["datePosted"])
    assert dt.datetime.fromisoformat(posting["validThrough"]).utcoffset() is not None
    assert posting["baseSalary"]["value"]["unitText"] == "YEAR"
    assert posting["url"].startswith("https://portal.example.org/opportunities/")
    assert posting["jobLocation"]["address"]["postalCode"] == "LS1 4AP"


def test_the_block_in_the_page_ends_where_it_should(client: Client, awkward: Any):
    """What staff type cannot close the script that holds the JSON."""
    page = client.get(f"/opportunities/{awkward.pk}/").text
    [block] = re.findall(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", page, re.DOTALL)

    assert json.loads(block) == {"@context": "https://schema.org", **a_posting(client)}
    assert "<script>alert(1)" not in page
