"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const claims = [...document.querySelectorAll(".claim")];
  const theorems = [...document.querySelectorAll(".theorem")];
  const items = [...theorems, ...claims];
  const sections = [...document.querySelectorAll("section.paper")];
  const links = new Map([...document.querySelectorAll("#contents li")].map((li) => [li.dataset.for, li]));
  const chapters = [...document.querySelectorAll("#contents .chapter")];
  const names = ["search", "paper", "status", "verdict", "kind"].filter(by);
  const fields = names.map(by);
  const [search] = fields;
  const value = (name) => (by(name) ? by(name).value : "");
  const visible = () => items.filter((c) => !c.hidden);

  const fits = (c, words) => {
    const d = c.dataset;
    const theorem = c.classList.contains("theorem");
    return (
      (!value("paper") || d.paper === value("paper")) &&
      (!value("status") || (theorem && d.status === value("status"))) &&
      (!value("verdict") || (!theorem && d.verdict === value("verdict"))) &&
      (!value("kind") || (!theorem && d.kinds.includes(`|${value("kind")}|`))) &&
      words.every((w) => d.search.includes(w))
    );
  };

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let some = [0, 0];
    for (const c of items) {
      c.hidden = !fits(c, words);
      links.get(c.id).hidden = c.hidden;
      some[c.classList.contains("theorem") ? 0 : 1] += !c.hidden;
    }
    for (const s of sections) s.hidden = !s.querySelector(".item:not([hidden])");
    for (const c of chapters) c.hidden = !c.querySelector("li:not([hidden])");
    by("none").hidden = some[0] + some[1] > 0;
    const count = (n, list, what) => (n === list.length ? `${n} ${what}` : `${n} of ${list.length} ${what}`);
    const shown = [count(some[1], claims, "claims")];
    if (theorems.length) shown.unshift(count(some[0], theorems, "statements of papers"));
    by("shown").value = shown.join(", ");
    address();
  }

  function reset() {
    for (const field of fields) field.value = "";
    filter();
  }

  // The address is #ITEM?search=...&paper=...: a file may change nothing of it but the fragment.
  let here = "";
  let landed = ""; // what was last gone to; scrolling moves on from it

  function address() {
    const set = new URLSearchParams(names.filter(value).map((n) => [n, value(n)]));
    const text = `#${here}${set.size ? `?${set}` : ""}`;
    if (text !== location.hash && (text !== "#" || location.hash)) history.replaceState(null, "", text);
  }

  function read() {
    const [item, query] = location.hash.slice(1).split("?");
    if (query !== undefined) {
      const set = new URLSearchParams(query);
      for (const name of names) by(name).value = set.get(name) || "";
    }
    return decodeURIComponent(item);
  }

  function mark(item) {
    for (const old of document.querySelectorAll(".item.current")) old.classList.remove("current");
    for (const old of document.querySelectorAll("#contents [aria-current]")) old.removeAttribute("aria-current");
    if (!item) return;
    item.classList.add("current");
    const link = links.get(item.id).querySelector("a");
    link.setAttribute("aria-current", "location");
    const contents = by("contents");
    if (getComputedStyle(contents).position === "sticky") {
      link.closest("details").open = true;
      const [box, at] = [contents.getBoundingClientRect(), link.getBoundingClientRect()];
      if (at.top < box.top || at.bottom > box.bottom) contents.scrollTop += at.top - box.top - box.height / 2;
    }
  }

  function current() {
    const inside = document.activeElement && document.activeElement.closest(".item");
    return inside ? visible().indexOf(inside) : -1;
  }

  function move(by) {
    const list = visible();
    if (!list.length) return;
    const at = current();
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    const link = list[next].querySelector(".title");
    link.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
    here = list[next].id;
    mark(list[next]);
    address();
  }

  function arrive() {
    const id = read();
    const target = id && document.getElementById(id);
    const item = target && target.closest(".item");
    if (item) here = landed = id;
    filter();
    if (!item) return;
    if (item.hidden) reset();
    item.querySelector(".more").open = item.classList.contains("claim") || target !== item;
    item.querySelector(".title").focus({ preventScroll: true });
    mark(item);
    for (const old of document.querySelectorAll(".join.current")) old.classList.remove("current");
    if (target !== item) target.classList.add("current");
    // Cards on the way are laid out only as they come near, so the first jump may miss.
    let tries = 4;
    const land = () => {
      target.scrollIntoView({ block: "start" });
      if (tries-- > 0) requestAnimationFrame(land);
    };
    land();
  }

  for (const field of fields) field.addEventListener("input", filter);
  by("filters").addEventListener("submit", (e) => e.preventDefault());
  by("reset").addEventListener("click", reset);
  by("again").addEventListener("click", () => { reset(); search.focus(); });
  for (const total of document.querySelectorAll(".total")) {
    total.addEventListener("click", () => {
      const name = total.dataset.status ? "status" : "verdict";
      by(name).value = total.dataset[name];
      filter();
      by("filters").scrollIntoView({ block: "start" });
    });
  }
  by("unfold").addEventListener("click", (e) => {
    const open = e.target.getAttribute("aria-pressed") !== "true";
    e.target.setAttribute("aria-pressed", String(open));
    e.target.textContent = open ? "close all" : "open all";
    for (const c of items) c.querySelector(".more").open = open;
  });
  // Enter on the title of the claim that is already the target opens and closes it.
  document.querySelector("main").addEventListener("click", (e) => {
    const link = e.target.closest(".title");
    if (link && [here, landed].includes(decodeURIComponent(link.hash).slice(1))) {
      e.preventDefault();
      const more = link.closest(".item").querySelector(".more");
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
  const dress = (next) => {
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    theme.textContent = `colours: ${next}`;
    theme.setAttribute("aria-label", `Colours: ${next === "auto" ? "as the system says" : next}`);
  };
  const memory = (act) => { try { return act(localStorage); } catch { return null; } };
  theme.addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || "auto";
    const next = themes[(themes.indexOf(now) + 1) % themes.length];
    dress(next);
    memory((kept) => kept.setItem("lemmata-theme", next));
  });
  const last = memory((kept) => kept.getItem("lemmata-theme"));
  if (themes.includes(last)) dress(last);

  // Wide formulas scroll inside their box; the box must then be reachable by keyboard. Measured
  // when a claim comes near the window: measuring all at once would lay out the whole page.
  const reachable = (item) => {
    for (const box of item.querySelectorAll(".statement, dd")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    }
  };
  const near = new IntersectionObserver(
    (seen) => { for (const s of seen) if (s.isIntersecting) reachable(s.target); },
    { rootMargin: "400px" },
  );
  for (const c of items) {
    near.observe(c);
    c.querySelector(".more").addEventListener("toggle", () => {
      near.unobserve(c);
      near.observe(c);
    });
  }

  // The contents follow what is read: the first item below the top edge.
  let waiting = 0;
  window.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = setTimeout(() => {
      waiting = 0;
      const item = visible().find((c) => c.getBoundingClientRect().bottom > 140);
      if (!item || item.classList.contains("current") || scrollY < 200) return;
      here = item.id;
      mark(item);
      address();
    }, 120);
  }, { passive: true });

  for (const button of document.querySelectorAll(".copy")) {
    const words = button.textContent;
    button.addEventListener("click", async () => {
      let done = true;
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch { // no permission, or a page that was opened from a file: the old way
        const area = document.createElement("textarea");
        area.value = button.dataset.copy;
        button.after(area);
        area.select();
        done = document.execCommand("copy");
        area.remove();
      }
      button.textContent = done ? "copied" : "select it by hand";
      setTimeout(() => { button.textContent = words; }, 1500);
    });
  }

  // A link to an item shows it before one goes there, by pointer and by keyboard.
  const preview = by("preview");
  const target = (link) => {
    const found = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return found && found.classList.contains("item") && found !== link.closest(".item") ? found : null;
  };
  const show = (e) => {
    const link = e.target.closest && e.target.closest("main a[href^='#']:not(.title), main svg a");
    if (!link) return;
    const address = link.getAttribute("href");
    const found = target({ hash: address, closest: (s) => link.closest(s) });
    if (!found) return;
    const parts = ["h3", ".meta", ".statement"].map((s) => found.querySelector(s).cloneNode(true));
    for (const part of parts) for (const inner of [part, ...part.querySelectorAll("[id]")]) inner.removeAttribute("id");
    preview.replaceChildren(...parts);
    preview.hidden = false;
    const at = link.getBoundingClientRect();
    const box = preview.getBoundingClientRect();
    const below = at.bottom + box.height + 8 < innerHeight;
    preview.style.left = `${Math.max(4, Math.min(at.left, innerWidth - box.width - 8))}px`;
    preview.style.top = `${below ? at.bottom + 6 : Math.max(4, at.top - box.height - 6)}px`;
  };
  const hide = () => { preview.hidden = true; };
  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(on, show);
    document.addEventListener(off, hide);
  }
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") hide(); });
  window.addEventListener("hashchange", hide);

  // A figure or a graph as large as one likes: the wheel, + - 0, or the buttons; it scrolls by itself.
  const lens = by("lens");
  const glass = by("glass");
  let scale = 1;
  const zoom = (to, x = glass.clientWidth / 2, y = glass.clientHeight / 2) => {
    const next = Math.min(Math.max(to, 1), 20);
    const [left, top] = [glass.scrollLeft + x, glass.scrollTop + y];
    glass.firstElementChild.style.width = `${100 * next}%`;
    glass.scrollTo((left * next) / scale - x, (top * next) / scale - y);
    scale = next;
  };
  const look = (picture) => {
    const copy = picture.cloneNode(true);
    for (const name of ["id", "width", "height"]) copy.removeAttribute(name);
    glass.replaceChildren(copy);
    scale = 1;
    zoom(1);
    lens.showModal();
    glass.focus();
  };
  for (const picture of document.querySelectorAll("figure img, figure svg, .scroll > svg")) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "copy enlarge", textContent: "enlarge" });
    button.addEventListener("click", () => look(picture));
    (picture.closest(".scroll") || picture).after(button);
  }
  lens.addEventListener("click", (e) => {
    const factor = e.target.dataset.zoom;
    if (factor) zoom(scale * Number(factor));
    if (e.target === lens || e.target.closest("a")) lens.close();
  });
  lens.addEventListener("keydown", (e) => {
    const factor = { "+": 1.5, "=": 1.5, "-": 1 / 1.5, 0: 0 }[e.key];
    if (factor !== undefined) zoom(scale * factor);
    e.stopPropagation(); // the keys of the page rest meanwhile
  });
  glass.addEventListener("wheel", (e) => {
    e.preventDefault();
    const at = glass.getBoundingClientRect();
    zoom(scale * (e.deltaY < 0 ? 1.2 : 1 / 1.2), e.clientX - at.left, e.clientY - at.top);
  }, { passive: false });

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const d of folded) d.open = true;
  });
  window.addEventListener("afterprint", () => { for (const d of folded) d.open = false; });
  window.addEventListener("hashchange", arrive);
  here = read(); // a browser may restore the fields of the form
  filter();
  // After loading, the browser itself goes to the fragment and takes the focus; we come after it.
  // Unless the reader has gone on since: what a key has closed stays closed.
  const first = location.hash;
  window.addEventListener("load", () => window.requestAnimationFrame(() => {
    if (location.hash === first) arrive();
  }));
})();
