"""`script/screenshots`: takes the README's pictures from a running demonstration, small enough to keep."""

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "Demonstration-2018"  # as script/server prints it

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
COLOURS = 96


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks, where they start, and the links they follow from there."""

    name: str
    account: str
    path: str
    links: tuple[str, ...] = ()
    size: tuple[int, int] = (1280, 860)


def first_link(start: str) -> str:
    return f"main a[href^='{start}']"


SHOTS = (
    Shot("home", "", "/"),
    Shot("next-director", "", "/programmes/next-director/"),
    Shot("applicant-tasks", "applicant.draft", "/applications/", (first_link("/applications/ND-"),)),
    Shot(
        "applicant-section",
        "applicant.draft",
        "/applications/",
        (first_link("/applications/ND-"), "main a[href$='/sections/your-experience/']"),
    ),
    Shot("applicant-offer", "applicant.offer", "/applications/", (first_link("/applications/ND-"),)),
    Shot("applicant-phone", "applicant.draft", "/applications/", (first_link("/applications/ND-"),), (390, 844)),
    Shot("reviewer-list", "reviewer", "/reviews/"),
    Shot("team-home", "talent.team", "/home/"),
    Shot("team-candidates", "talent.team", "/talent/candidates/"),
    Shot(
        "team-candidate",
        "talent.team",
        "/talent/candidates/?state=recommended",
        (first_link("/talent/candidates/ND-"),),
    ),
    Shot(
        "team-scores",
        "talent.team",
        "/talent/candidates/?state=interview",
        (first_link("/talent/candidates/ND-"), "main a:has-text('the whole intake')"),
    ),
    Shot(
        "committee-meeting",
        "committee.member",
        "/committees/meetings/",
        ("main table:last-of-type tbody tr:nth-child(3) a",),  # one that was held: the next asks for declarations first
        (1280, 1150),
    ),
    Shot("trust-people", "trust.administrator", "/home/"),
    Shot("editor-cms", "editor", "/cms/pages/"),
)


def main() -> None:
    server = sys.argv[1].rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        wanted = sys.argv[2:]
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                take(browser, server, shot)
        browser.close()


def take(browser: Browser, server: str, shot: Shot) -> None:
    width, height = shot.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    if shot.account:
        sign_in(page, server, f"{shot.account}@example.org")
    page.goto(server + shot.path)
    for link in shot.links:
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
    size = keep(page.screenshot(), FOLDER / f"{shot.name}.png")
    print(f"{shot.name}: {size // 1024} KB, {page.url}")
    context.close()


def sign_in(page: Page, server: str, email: str) -> None:
    page.goto(f"{server}/accounts/login/?next=/home/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/home/")


def keep(picture: bytes, path: Path) -> int:
    """Writes the picture with few colours, which pages have anyway; its size in bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    main()
