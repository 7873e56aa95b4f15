"""The blueprint in a real browser: theorems, graphs and references lead where they say."""

import pytest

from proofs import theorems
from proofs.evidence import kernel
from proofs.evidence.standing import Status, standings
from proofs.presentation.encyclopedia.blueprint import chapters
from proofs.presentation.encyclopedia.entries import entries
from proofs.presentation.encyclopedia.page import render
from proofs.presentation.report import report_row, unchecked_row
from proofs.verification.catalogue import verify
from tests.proofs.chromium import Visit, eventually

pytestmark = pytest.mark.browser


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
        assert badge == Status.RECORDED.value
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
        assert page.inner_text("#shown").startswith(
            f"{len(shown_now)} of {everything} statements of papers"
        )
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
