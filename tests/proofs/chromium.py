"""A page in a real Chromium: opened, and watched for requests and complaints."""

import shutil

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def program() -> str:
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium: install the Debian package chromium", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # not for tests without a browser

    path = program()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


PATIENCE = 180_000
"""Milliseconds: how fast a page is on a busy machine is not what these tests ask."""


class Visit:
    """A page that is watched: what it requests and what it complains of."""

    def __init__(self, browser, file, width=1280, height=900, scheme="light", anchor=""):
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.complaints, self.requests = [], []
        self.page.on("console", lambda m: self.complaints.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.goto(file.as_uri() + anchor)

    def __enter__(self):
        return self.page

    def __exit__(self, kind, *rest):
        self.context.close()
        if kind is None:
            assert not self.complaints
            assert len([r for r in self.requests if not r.startswith("data:")]) == 1


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.closest('.claim')?.id ?? document.activeElement.id"
    )


def eventually(page, condition):
    """Wait for a condition; the page's policy forbids Playwright's own way, which needs eval."""
    for _ in range(PATIENCE // 50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {condition}")
