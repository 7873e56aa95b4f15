"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const claims = [...document.querySelectorAll(".claim")];
  const sections = [...document.querySelectorAll("section.paper")];
  const links = new Map([...document.querySelectorAll("#contents li")].map((li) => [li.dataset.for, li]));
  const chapters = [...document.querySelectorAll("#contents .chapter")];
  const [search, paper, verdict, kind] = ["search", "paper", "verdict", "kind"].map(by);
  const visible = () => claims.filter((c) => !c.hidden);

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const c of claims) {
      const d = c.dataset;
      const fits =
        (!paper.value || d.group === paper.value) &&
        (!verdict.value || d.verdict === verdict.value) &&
        (!kind.value || d.kinds.includes(`|${kind.value}|`)) &&
        words.every((w) => d.search.includes(w));
      c.hidden = !fits;
      links.get(c.id).hidden = !fits;
      shown += fits;
    }
    for (const s of sections) s.hidden = !s.querySelector(".claim:not([hidden])");
    for (const c of chapters) c.hidden = !c.querySelector("li:not([hidden])");
    by("none").hidden = shown > 0;
    by("shown").value = shown === claims.length ? `${shown} claims` : `${shown} of ${claims.length} claims`;
  }

  function reset() {
    search.value = paper.value = verdict.value = kind.value = "";
    filter();
  }

  function current() {
    const inside = document.activeElement && document.activeElement.closest(".claim");
    return inside ? visible().indexOf(inside) : -1;
  }

  function move(by) {
    const list = visible();
    if (!list.length) return;
    const here = current();
    const next = here < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(here + by, 0), list.length - 1);
    const link = list[next].querySelector(".title");
    link.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  }

  function arrive() {
    const id = decodeURIComponent(location.hash.slice(1));
    const claim = claims.find((c) => c.id === id);
    if (!claim) return;
    if (claim.hidden) reset();
    claim.querySelector(".more").open = true;
    claim.querySelector(".title").focus({ preventScroll: true });
    // Cards on the way are laid out only as they come near, so the first jump may miss.
    let tries = 4;
    const land = () => {
      claim.scrollIntoView({ block: "start" });
      if (tries-- > 0) requestAnimationFrame(land);
    };
    land();
  }

  for (const control of [search, paper, verdict, kind]) control.addEventListener("input", filter);
  by("filters").addEventListener("submit", (e) => e.preventDefault());
  by("reset").addEventListener("click", reset);
  by("again").addEventListener("click", () => { reset(); search.focus(); });
  for (const total of document.querySelectorAll(".total")) {
    total.addEventListener("click", () => {
      verdict.value = total.dataset.verdict;
      filter();
      by("filters").scrollIntoView({ block: "start" });
    });
  }
  by("unfold").addEventListener("click", (e) => {
    const open = e.target.getAttribute("aria-pressed") !== "true";
    e.target.setAttribute("aria-pressed", String(open));
    e.target.textContent = open ? "close all" : "open all";
    for (const c of claims) c.querySelector(".more").open = open;
  });
  // Enter on the title of the claim that is already the target opens and closes it.
  by("claims").addEventListener("click", (e) => {
    const link = e.target.closest(".title");
    if (link && link.hash === location.hash) {
      e.preventDefault();
      const more = link.closest(".claim").querySelector(".more");
      more.open = !more.open;
    }
  });

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const typing = e.target.matches("input, select, textarea");
    if (e.key === "/" && !typing) {
      e.preventDefault();
      search.focus();
      search.select();
    } else if (e.key === "Escape" && e.target === search) {
      search.value = "";
      filter();
    } else if (e.key === "ArrowDown" && (e.target === search || (!typing && current() >= 0))) {
      e.preventDefault();
      move(1);
    } else if (e.key === "ArrowUp" && !typing && current() >= 0) {
      e.preventDefault();
      if (current() === 0) search.focus();
      else move(-1);
    } else if (!typing && (e.key === "j" || e.key === "k")) {
      e.preventDefault();
      move(e.key === "j" ? 1 : -1);
    }
  });

  const themes = ["auto", "light", "dark"];
  const theme = by("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || "auto";
    const next = themes[(themes.indexOf(now) + 1) % themes.length];
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    theme.textContent = `colours: ${next}`;
    theme.setAttribute("aria-label", `Colours: ${next === "auto" ? "as the system says" : next}`);
  });

  // Wide formulas scroll inside their box; the box must then be reachable by keyboard. Measured
  // when a claim comes near the window: measuring all at once would lay out the whole page.
  const reachable = (claim) => {
    for (const box of claim.querySelectorAll(".statement, dd")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    }
  };
  const near = new IntersectionObserver(
    (seen) => { for (const s of seen) if (s.isIntersecting) reachable(s.target); },
    { rootMargin: "400px" },
  );
  for (const c of claims) {
    near.observe(c);
    c.querySelector(".more").addEventListener("toggle", () => {
      near.unobserve(c);
      near.observe(c);
    });
  }

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const d of folded) d.open = true;
  });
  window.addEventListener("afterprint", () => { for (const d of folded) d.open = false; });
  window.addEventListener("hashchange", arrive);
  filter(); // a browser may restore the fields of the form
  // After loading, the browser itself goes to the fragment and takes the focus; we come after it.
  window.addEventListener("load", () => window.requestAnimationFrame(arrive));
})();
