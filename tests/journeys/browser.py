"""A person in front of a real browser: reads headings, fills in fields, presses buttons; axe looks at every page.

Nothing here waits for a time, only for what a person would wait for. `KeyboardWalk` does all of it without a mouse.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import ConsoleMessage, FilePayload, Locator, Page, expect

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
AXE = Axe()
FAR = 200  # more presses of Tab than any page has stops


class Walk:
    """With mouse and keyboard; every page that `sees` names is checked by axe once its heading stands."""

    def __init__(self, page: Page, server: str, *, scripts: bool = True) -> None:
        self.page, self.server, self.scripts = page, server, scripts
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._hears)

    def _hears(self, said: ConsoleMessage) -> None:
        # The font that collecting takes out of the style sheet (portal/static_storage.py); tests serve the source.
        if said.type == "error" and "assets.nhs.uk" not in said.text:
            self.problems.append(said.text)

    def goes_to(self, path: str) -> None:
        self.page.goto(self.server + path)

    def sees(self, heading: str) -> None:
        """The page's one h1 ends with `heading`, axe finds no fault, and no script failed on the way."""
        expect(self.page.locator("h1")).to_have_text(re.compile(re.escape(heading) + r"\s*$"))
        assert self._faults() == "", f"{self.page.url}: {heading}"
        assert self.problems == [], f"{self.page.url}: {self.problems}"

    def _faults(self) -> str:
        """What axe finds. It is a script itself: without scripts it looks at the same HTML in a page of its own."""
        if self.scripts:
            return str(AXE.run(self.page, options=WCAG).generate_snapshot())
        assert self.page.context.browser is not None
        context = self.page.context.browser.new_context(locale="en-GB", bypass_csp=True)
        twin = context.new_page()
        html = re.sub(r"<script\b.*?</script>", "", self.page.content(), flags=re.S)
        twin.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        twin.goto(self.page.url)
        assert twin.title() == self.page.title()
        found = str(AXE.run(twin, options=WCAG).generate_snapshot())
        context.close()
        return found

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def reads_not(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    def follows(self, link: str) -> None:
        self.act_on(self.page.get_by_role("link", name=link, exact=True).first)

    def presses(self, button: str) -> None:
        self.act_on(self.page.get_by_role("button", name=button, exact=True).first)

    def fills(self, label: str, text: str, *, at: int = 0) -> None:
        self.type_into(self.page.get_by_label(label, exact=True).nth(at), text)

    def fills_date(self, legend: str, day: str, month: str, year: str, *, at: int = 0) -> None:
        group = self.page.get_by_role("group", name=legend).nth(at)
        for label, text in (("Day", day), ("Month", month), ("Year", year)):
            self.type_into(group.get_by_label(label), text)

    def chooses(self, answer: str, *, of: str = "", at: int = 0) -> None:
        """A radio button or checkbox by its label, within the question `of` where there are several."""
        scope = self.page.get_by_role("group", name=of).nth(at) if of else self.page
        self.tick(scope.get_by_label(answer, exact=True).first)

    def selects(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def uploads(self, label: str, name: str, content: bytes, kind: str = "application/pdf") -> None:
        self.page.get_by_label(label).set_input_files(FilePayload(name=name, mimeType=kind, buffer=content))

    def act_on(self, target: Locator) -> None:
        target.click()

    def type_into(self, target: Locator, text: str) -> None:
        target.fill(text)

    def tick(self, target: Locator) -> None:
        target.check()

    def signs_in(self, email: str, password: str) -> None:
        self.goes_to("/accounts/login/?next=/home/")
        self.sees("Sign in")
        self.fills("Email address", email)
        self.fills("Password", password)
        self.presses("Sign in")

    def follows_mailed_link(self, to: str, *, message: int = -1) -> None:
        """The link of the last message to that address (or of an earlier one), opened here."""
        body = str([sent for sent in mail.outbox if sent.to == [to]][message].body)
        link = re.search(r"https?://\S+", body)
        assert link is not None, body
        self.goes_to(urlsplit(link.group()).path)


class KeyboardWalk(Walk):
    """The same with Tab, Space, Enter and the arrow keys alone: what cannot be reached so fails the journey."""

    def __init__(self, page: Page, server: str, *, scripts: bool = True) -> None:
        super().__init__(page, server, scripts=scripts)
        # Chromium must know before the key is pressed that its file dialogue is ours. Asked for at the press alone,
        # on a busy machine the key can arrive first: the dialogue then opens unheard and the journey waits for ever.
        page.on("filechooser", lambda chooser: None)

    def act_on(self, target: Locator) -> None:
        self._tab_to(target)
        self.page.keyboard.press("Enter")

    def type_into(self, target: Locator, text: str) -> None:
        self._tab_to(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def tick(self, target: Locator) -> None:
        expect(target).to_be_attached()
        if target.get_attribute("type") != "radio":
            self._tab_to(target)
            self.page.keyboard.press("Space")
            return
        # Tab reaches the group, at its first or its chosen button; the arrows go on from there.
        self._tab_to(target, same="name")
        for _ in range(FAR):
            if _is_focused(target):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def uploads(self, label: str, name: str, content: bytes, kind: str = "application/pdf") -> None:
        self._tab_to(self.page.get_by_label(label))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(FilePayload(name=name, mimeType=kind, buffer=content))

    def _tab_to(self, target: Locator, *, same: str = "") -> None:
        """Presses Tab until the target (or one with the same attribute `same`) has the focus, seen on the screen."""
        expect(target).to_be_attached()
        for _ in range(FAR):
            if _is_focused(target, same=same):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with the Tab key on {self.page.url}")


def _is_focused(target: Locator, *, same: str = "") -> bool:
    script = "(e, same) => same ? e[same] === document.activeElement[same] : e === document.activeElement"
    return bool(target.evaluate(script, same))


def screenshot_folder() -> Path:
    """Where a journey that failed leaves its last page, for whoever mends it."""
    folder = Path("var") / "journeys"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
