"""The page in a real browser: nothing is requested, nothing complains, and everything works."""

import os

import pytest

from proofs.evidence import kernel
from proofs.evidence.verdicts import Verdict
from proofs.presentation.encyclopedia.entries import entries
from proofs.presentation.encyclopedia.page import Sweep, render
from proofs.presentation.report import report_row, unchecked_row
from proofs.verification.catalogue import Row, find, verify
from tests.proofs.chromium import Visit, eventually, focused, program
from theory.catalogue import CLAIMS

pytestmark = pytest.mark.browser

VERIFIED = ("pair-sum", "order-of-weights", "closed-form-balanced")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"/>'


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


def shown(page) -> list[str]:
    return page.eval_on_selector_all(".claim:not([hidden])", "found => found.map(c => c.id)")


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
