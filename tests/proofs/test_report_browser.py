"""The page in a real browser: nothing is requested, nothing complains, and everything works."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from proofs import theorems
from proofs.evidence import kernel
from proofs.evidence.standing import standings
from proofs.evidence.verdicts import Verdict
from proofs.presentation.encyclopedia.blueprint import chapters
from proofs.presentation.encyclopedia.entries import entries
from proofs.presentation.encyclopedia.page import Sweep, render
from proofs.presentation.report import report_row, unchecked_row
from proofs.verification.catalogue import Row, find, verify
from theory.catalogue import CLAIMS

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
pytestmark = pytest.mark.browser

VERIFIED = ("pair-sum", "order-of-weights", "closed-form-balanced")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"/>'


def program() -> str:
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium: install the Debian package chromium", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser():
    path = program()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


def written(path, claims, theorems):
    rows = [
        report_row(verify(c) if c.name in VERIFIED else Row(c, (), Verdict.UNDECIDED, "", "", 0.0))
        for c in claims
    ]
    rows += [unchecked_row(t) for t in theorems.values()]
    sweep = Sweep(SVG, 80, 40, "a black square", "A square.")
    page = render(entries(rows, theorems), sweeps=[sweep])
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The whole catalogue and every theorem on record, unverified."""
    known = {c.name for c in CLAIMS}
    theorems = {n: t for n, t in kernel.theorems().items() if n not in known}
    claims = [c for c in CLAIMS if c.name not in VERIFIED]
    return written(tmp_path_factory.mktemp("whole") / "page.html", claims, theorems)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Three verified claims among a few dozen."""
    claims = [c for i, c in enumerate(CLAIMS) if i % 12 == 0 or c.name in VERIFIED]
    theorems = {n: kernel.theorems()[n] for n in ("shamir-lemma-13-pl", "near-identity-constants")}
    return written(tmp_path_factory.mktemp("small") / "page.html", claims, theorems)


class Visit:
    """A page that is watched: what it requests and what it complains of."""

    def __init__(self, browser, file, width=1280, height=900, scheme="light", anchor=""):
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
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


def shown(page) -> list[str]:
    return page.eval_on_selector_all(".claim:not([hidden])", "found => found.map(c => c.id)")


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.closest('.claim')?.id ?? document.activeElement.id"
    )


def test_every_claim_has_its_anchor_and_mathematics_of_some_size_even_on_a_phone(browser, whole):
    with Visit(browser, whole, 360, 740) as page:
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(set(ids)) == len(ids)
        assert {c.name for c in CLAIMS} - set(VERIFIED) <= set(ids)
        flat = page.evaluate(
            """() => [...document.querySelectorAll('.conclusion math')].filter(m => {
                 const box = m.getBoundingClientRect(); return !(box.width > 1 && box.height > 4);
               }).length"""
        )
        assert flat == 0
        assert page.evaluate("document.querySelectorAll('.conclusion math').length") > len(CLAIMS)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        # A fraction is laid out as one: the numerator stands above the denominator.
        stacked = page.evaluate(
            """() => { const [a, b] = document.querySelector('.conclusion mfrac').children;
                 return a.getBoundingClientRect().bottom <= b.getBoundingClientRect().top + 1; }"""
        )
        assert stacked
        image = page.evaluate("document.querySelector('.sweep img').naturalWidth")
        assert image == 80


def test_search_and_filters_show_what_matches(browser, file):
    with Visit(browser, file) as page:
        everything = len(shown(page))
        page.fill("#search", "SMALLEST stays   weight")
        few = shown(page)
        assert "order-of-weights" in few
        assert 0 < len(few) < everything
        assert page.inner_text("#shown") == f"{len(few)} of {everything} claims"
        page.fill("#search", "no such words anywhere")
        assert shown(page) == []
        page.click("#again")
        assert len(shown(page)) == everything
        page.select_option("#verdict", "proved")
        assert set(shown(page)) == {"pair-sum", "order-of-weights"}
        kinds = {n: page.get_attribute(f"#{n}", "data-kinds") for n in shown(page)}
        (kind,) = kinds["pair-sum"].strip("|").split("|")
        page.select_option("#kind", kind)
        assert set(shown(page)) == {n for n, found in kinds.items() if f"|{kind}|" in found}
        page.click("#reset")
        page.select_option("#paper", label=page.inner_text("#paper option:nth-child(2)"))
        group = page.get_attribute("section.paper:not([hidden])", "data-group")
        assert set(shown(page)) == set(
            page.eval_on_selector_all(f".claim[data-group='{group}']", "f => f.map(c => c.id)")
        )
        page.click("#reset")
        page.click(".total[data-verdict='supported']")
        assert shown(page) == ["closed-form-balanced"]


def eventually(page, condition):
    """Wait for a condition; the page's policy forbids Playwright's own way, which needs eval."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {condition}")


def test_the_keyboard_reaches_everything(browser, file):
    with Visit(browser, file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("/")
        assert focused(page) == "search"
        page.keyboard.type("w")
        page.keyboard.press("Escape")
        assert page.input_value("#search") == ""
        order = shown(page)
        page.keyboard.press("ArrowDown")
        assert focused(page) == order[0]
        page.keyboard.press("j")
        page.keyboard.press("ArrowDown")
        assert focused(page) == order[2]
        page.keyboard.press("k")
        assert focused(page) == order[1]
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid"
        opened = f"document.getElementById('{order[1]}').querySelector('.more').open"
        assert not page.evaluate(opened)
        page.keyboard.press("Enter")
        eventually(page, opened)
        page.keyboard.press("Enter")
        eventually(page, f"!{opened}")
        unnamed = page.evaluate(
            """() => [...document.querySelectorAll('button, select, input, a, summary')]
                 .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim()
                                || e.closest('label'))).length"""
        )
        assert unnamed == 0


def test_a_deep_link_opens_its_claim_even_through_a_filter(browser, file):
    with Visit(browser, file, anchor="#order-of-weights") as page:
        eventually(page, "document.querySelector('#order-of-weights .more').open")
        assert focused(page) == "order-of-weights"
        top = page.evaluate(
            "document.getElementById('order-of-weights').getBoundingClientRect().top"
        )
        assert 0 <= top < 900
        page.fill("#search", "smallest weight stays")
        page.evaluate("location.hash = '#pair-sum'")
        eventually(page, "document.querySelector('#pair-sum .more').open")
        assert page.input_value("#search") == ""
        assert "lemmata verify pair-sum" in page.inner_text("#pair-sum")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_never_scrolls_sideways(browser, file, scheme):
    with Visit(browser, file, 360, 740, scheme) as page:
        page.click("#unfold")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        boxes, unreachable = page.evaluate(
            """async () => {
                 const frame = () => new Promise(requestAnimationFrame);
                 let boxes = 0, unreachable = 0;
                 for (const claim of document.querySelectorAll('.claim')) {
                   const wide = [...claim.querySelectorAll('.statement, dd')]
                     .filter(b => b.scrollWidth > b.clientWidth + 1);
                   boxes += wide.length;
                   if (!wide.length) continue;
                   claim.scrollIntoView();
                   for (let i = 0; i < 10 && wide.some(b => b.tabIndex < 0); i++) await frame();
                   unreachable += wide.filter(b => b.tabIndex < 0).length;
                 }
                 return [boxes, unreachable]; }"""
        )
        assert boxes > 0
        assert unreachable == 0  # what is wider scrolls in a box that the keyboard reaches
        size = page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.claim')).fontSize)"
        )
        assert size >= 16


def test_light_and_dark_are_readable_and_can_be_chosen(browser, file):
    contrast = """() => {
      const light = c => { const v = c.match(/[0-9.]+/g).slice(0, 3).map(x => x / 255)
          .map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
        return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
      const paper = light(getComputedStyle(document.querySelector('.claim')).backgroundColor);
      return Math.min(...['.claim', '.quiet', '.badge', '.scope', '.meta code'].flatMap(s =>
        [...document.querySelectorAll(s)].slice(0, 400)).map(e => light(getComputedStyle(e).color))
        .map(ink => (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05)));
    }"""
    seen = set()
    for scheme in ("light", "dark"):
        with Visit(browser, file, scheme=scheme) as page:
            for _ in range(3):
                assert page.evaluate(contrast) >= 4.5
                seen.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                page.click("#theme")
    assert len(seen) == 2


def test_print_shows_everything(browser, file):
    with Visit(browser, file) as page:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.evaluate("[...document.querySelectorAll('.more')].every(d => d.open)")
        assert not page.is_visible("#filters")
        assert page.is_visible("#pair-sum .command")


def test_a_script_in_a_title_does_not_run(browser, tmp_path):
    evil = "</script><script>document.title = 'owned'</script><img src=x onerror=alert(1)>"
    row = report_row(Row(find("pair-sum"), (), Verdict.UNDECIDED, "", "", 0.0)) | {"title": evil}
    path = tmp_path / "page.html"
    path.write_text(render(entries([row], {})), encoding="utf-8")
    with Visit(browser, path) as page:
        assert page.title() == "lemmata: encyclopedia of claims"
        assert page.evaluate("document.images.length + document.scripts.length") == 1
        assert "onerror" in page.inner_text(".claim h3")


def test_a_missing_browser_is_named(monkeypatch):
    monkeypatch.setitem(os.environ, "PATH", "")
    with pytest.raises(pytest.fail.Exception, match="Debian package chromium"):
        program()


@pytest.fixture(scope="module")
def blueprint(tmp_path_factory):
    """The theorems of the whole library, above the steps of two of them."""
    shelf = theorems.library()
    chosen = ["lemmata/near-identity-k-log-k", "shamir2019/lemma-1", "shamir2019/lemma-1-repaired"]
    claims, kernels = theorems.needed(shelf, chosen)
    record = kernel.theorems()
    rows = [report_row(verify(c)) for c in claims.values() if "measured" not in c.statement.domains]
    rows += [unchecked_row(record[n]) for n in kernels]
    made = entries(rows, record)
    parts = chapters(shelf, standings(shelf, rows), {e.name: e.anchor for e in made})
    path = tmp_path_factory.mktemp("blueprint") / "page.html"
    path.write_text(render(made, chapters=parts), encoding="utf-8")
    return path


K_LOG_K = "lemmata/near-identity-k-log-k"


def inside(name: str, selector: str = "") -> str:
    return f"document.getElementById({name!r}).querySelector({selector!r})"


def test_theorems_come_first_with_their_status_in_words_and_colour(browser, blueprint):
    with Visit(browser, blueprint) as page:
        order = page.evaluate("[...document.querySelectorAll('.item')].map(e => e.className)")
        kinds = [c.split()[0] for c in order]
        assert kinds == sorted(kinds, reverse=True)  # theorems, then claims
        assert page.evaluate("document.querySelectorAll('.theorem').length") == len(
            theorems.library().theorems
        )
        badge = page.evaluate(inside(K_LOG_K, ".badge") + ".textContent")
        assert badge == "certified steps, composition in prose"
        assert "Fails as printed" in page.evaluate(
            "document.getElementById('shamir2019/lemma-1').textContent"
        )
        assert page.is_visible("#errata")
        legend = page.inner_text("#legend")
        for words in ("kernel", "certified", "join in prose", "measured", "stated only"):
            assert words in legend


def test_the_graph_is_labelled_in_words_and_its_nodes_lead_somewhere(browser, blueprint):
    with Visit(browser, blueprint, anchor=f"#{K_LOG_K}") as page:
        eventually(page, f"document.getElementById({K_LOG_K!r}).classList.contains('current')")
        words = page.evaluate(
            f"[...document.getElementById({K_LOG_K!r}).querySelectorAll('.node .words')]"
            ".map(e => e.textContent)"
        )
        assert {"certified", "join in prose"} <= set(words)
        colours = page.evaluate(
            f"[...document.getElementById({K_LOG_K!r}).querySelectorAll('.node rect')]"
            ".map(e => getComputedStyle(e).stroke)"
        )
        assert len(set(colours)) > 1
        dead = page.evaluate(
            """() => [...document.querySelectorAll('.graph a, a.ref')]
                 .map(a => decodeURIComponent(a.getAttribute('href').slice(1)))
                 .filter(id => !document.getElementById(id))"""
        )
        assert dead == []
        page.evaluate(
            f"document.getElementById({K_LOG_K!r})"
            ".querySelector('.graph a[href=\"#plateau-depth-factor\"]')"
            ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
        )
        eventually(page, "location.hash === '#plateau-depth-factor'")
        eventually(page, "document.querySelector('#plateau-depth-factor .more').open")


def test_a_join_of_the_graph_opens_its_place_in_the_proof(browser, blueprint):
    with Visit(browser, blueprint, anchor=f"#{K_LOG_K}--0") as page:
        eventually(page, inside(K_LOG_K, ".more") + ".open")
        join = f"document.getElementById('{K_LOG_K}--0')"
        eventually(page, f"{join}.classList.contains('current')")
        top = page.evaluate(f"{join}.getBoundingClientRect().top")
        assert 0 <= top < 900
        assert page.evaluate(f"{join}.querySelectorAll('a.ref.certified').length") > 0


def test_a_reference_shows_its_claim_before_one_goes_there(browser, blueprint):
    with Visit(browser, blueprint, anchor=f"#{K_LOG_K}--0") as page:
        eventually(page, inside(K_LOG_K, ".more") + ".open")
        link = page.locator(f"[id='{K_LOG_K}--0'] a.ref").last
        link.hover()
        eventually(page, "!document.getElementById('preview').hidden")
        assert page.inner_text("#preview h3")
        assert page.evaluate("document.querySelectorAll('#preview [id]').length") == 0
        box = page.evaluate("document.getElementById('preview').getBoundingClientRect().toJSON()")
        assert box["left"] >= 0
        assert box["right"] <= 1280
        page.keyboard.press("Escape")
        assert page.evaluate("document.getElementById('preview').hidden")
        link.focus()
        eventually(page, "!document.getElementById('preview').hidden")


def test_filters_and_the_current_item_are_in_the_address(browser, blueprint):
    with Visit(browser, blueprint) as page:
        page.select_option("#status", "refuted as printed")
        page.fill("#search", "fair")
        shown_now = page.eval_on_selector_all(
            ".theorem:not([hidden])", "found => found.map(t => t.id)"
        )
        everything = len(theorems.library().theorems)
        assert page.inner_text("#shown").startswith(f"{len(shown_now)} of {everything} theorems")
        page.fill("#search", "")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("j")
        address = page.evaluate("location.hash")
        assert address.startswith("#shamir2019/lemma-")
        assert "status=refuted+as+printed" in address
    with Visit(browser, blueprint, anchor=address) as page:
        assert page.input_value("#status") == "refuted as printed"
        assert page.evaluate("location.hash") == address
        eventually(page, "document.querySelector('.item.current') !== null")
        page.click("#reset")
        assert "?" not in page.evaluate("location.hash")


def test_the_contents_follow(browser, blueprint):
    with Visit(browser, blueprint) as page:
        page.evaluate("document.getElementById('shamir2019/theorem-4').scrollIntoView()")
        eventually(
            page,
            "document.querySelector('#contents [aria-current]')?.getAttribute('href')"
            "?.startsWith('#shamir2019/')",
        )
        page.evaluate("document.getElementById('lemmata/squares-bound').scrollIntoView()")
        eventually(
            page,
            "document.querySelector('#contents [aria-current]')?.getAttribute('href')"
            "?.startsWith('#lemmata/')",
        )


def test_the_theme_is_remembered(browser, blueprint):
    visit = Visit(browser, blueprint)
    with visit as page:
        page.click("#theme")
        page.click("#theme")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.goto("about:blank")
        page.goto(blueprint.as_uri())
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        visit.requests.clear()
        visit.requests.append("the page")


def test_commands_and_latex_are_copied(browser, blueprint):
    visit = Visit(browser, blueprint, anchor=f"#{K_LOG_K}--0")
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with visit as page:
        eventually(page, inside(K_LOG_K, ".more") + ".open")
        for what, expected in (
            ("LaTeX", theorems.library().theorems[K_LOG_K].latex.strip()),
            ("command", f"lemmata theorem {K_LOG_K}"),
        ):
            button = page.locator(f"[id='{K_LOG_K}'] [aria-label='Copy {what}']").first
            button.click()
            eventually(
                page, inside(K_LOG_K, f"[aria-label='Copy {what}']") + ".textContent === 'copied'"
            )
            assert page.evaluate("navigator.clipboard.readText()") == expected


@pytest.mark.parametrize("width", [1280, 360])
def test_figures_and_graphs_are_enlarged(browser, blueprint, width):
    wide = "document.querySelector('#glass').firstElementChild.getBoundingClientRect().width"
    glass = "document.querySelector('#glass').clientWidth"
    with Visit(browser, blueprint, width, 740, anchor=f"#{K_LOG_K}--0") as page:
        eventually(page, inside(K_LOG_K, ".more") + ".open")
        page.locator(f"[id='{K_LOG_K}'] .enlarge").first.click()
        assert page.evaluate("document.querySelector('#lens').open")
        assert page.evaluate(f"Math.abs({wide} - {glass}) < 2")  # it fits at first
        page.keyboard.press("+")
        assert page.evaluate(f"{wide} > 1.4 * {glass}")
        page.mouse.move(width / 2, 300)
        page.mouse.wheel(0, -100)
        eventually(page, f"{wide} > 1.7 * {glass}")
        page.keyboard.press("0")
        assert page.evaluate(f"Math.abs({wide} - {glass}) < 2")
        page.keyboard.press("Escape")
        assert not page.evaluate("document.querySelector('#lens').open")


def test_on_a_phone_the_theorem_comes_before_the_contents_and_nothing_is_too_wide(
    browser, blueprint
):
    with Visit(browser, blueprint, 360, 740) as page:
        main = page.evaluate("document.querySelector('main').getBoundingClientRect().top")
        contents = page.evaluate("document.querySelector('#contents').getBoundingClientRect().top")
        assert main < contents
        page.click("#unfold")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate(
            "[...document.querySelectorAll('.scroll')].every(b => b.tabIndex === 0)"
        )
