// The search field. It exists only with scripts, and nothing is fetched before someone uses it.
// Every word comes from the HTML; what is typed stays in the field: it is not stored and not sent.
"use strict";
(() => {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const PAGES = 10, MOST = 20, BEFORE = 6, LENGTH = 28; // pages read; places shown; words of an excerpt
  const words = box.dataset;
  const add = (parent, name, text = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const split = (text) => text.split(/\s+/).filter(Boolean);
  const JOINER = "\u2060"; // with a space behind it: put in by the build, so that “urgence” finds “l’urgence”
  const joined = (text) => text.replaceAll(JOINER + " ", "");
  const ELISION = /(?<!\p{L})(?:[cdjlmnst]|\p{L}*qu)['’](?=[aeiouhàâäéèêëîïôöùûüœæ])/giu;

  box.setAttribute("role", "search");
  const field = add(box, "input");
  const status = add(box, "p");
  const list = add(box, "ol");
  status.setAttribute("role", "status");
  list.className = "entries";
  const settings = {
    type: "search", "aria-label": words.label, autocomplete: "off", autocapitalize: "none",
    spellcheck: "false", enterkeyhint: "search",
  };
  for (const [name, value] of Object.entries(settings)) field.setAttribute(name, value);

  // Pagefind, in this page and not in a worker: so the policy need not allow one.
  let engine;
  const load = () => {
    engine ||= import(words.search).then(async (pagefind) => {
      await pagefind.options({ noWorker: true });
      await pagefind.init();
      return pagefind;
    });
    engine.catch(() => { engine = undefined; });
    return engine;
  };

  // Pagefind falls back on words that only begin alike; what counts here has more in common.
  const plain = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const stem = (word) => word.slice(0, Math.min(8, Math.max(3, Math.ceil(word.length * 0.6))));
  const alike = (word, found) => found.startsWith(stem(word)) || (found.length > 2 && word.startsWith(found));

  // The places on a page where something was found: its headings, with the text that follows each.
  const places = (page, typed) => {
    const text = split(page.content);
    const headings = page.anchors.filter((each) => /^h\d$/.test(each.element));
    const whole = { ...page, title: page.meta.title };
    return (page.sub_results.length ? page.sub_results : [whole]).map((part) => {
      const own = part.anchor ? part.anchor.location : 0;
      const start = own + split(part.title).length;
      const end = Math.min(text.length, ...headings.map((each) => each.location).filter((at) => at > own));
      const met = typed.map((word) => part.locations.filter((at) => alike(word, plain(text[at] || ""))));
      return {
        title: joined(part.title), href: part.url,
        page: part.url === page.url ? "" : joined(page.meta.title),
        text, start, end, hits: new Set(met.flat()),
        met: met.filter((each) => each.length).length,
        score: part.weighted_locations.reduce((sum, each) => sum + each.balanced_score, 0),
      };
    });
  };

  const find = async (written) => {
    const query = written.replace(ELISION, "");
    const { results } = await (await load()).search(query);
    const pages = await Promise.all(results.slice(0, PAGES).map((each) => each.data()));
    const typed = split(query).map(plain).filter(Boolean);
    return pages.flatMap((page) => places(page, typed))
      .filter((place) => place.met)
      .sort((a, b) => b.met - a.met || b.score - a.score);
  };

  // A piece of the text with most of what was found, or its beginning.
  const excerpt = (line, { text, start, end, hits }) => {
    const below = [...hits].filter((at) => at >= start).sort((a, b) => a - b);
    const near = (at) => below.filter((each) => each >= at && each < at + LENGTH - BEFORE).length;
    const first = below.reduce((best, at) => (near(at) > near(best) ? at : best), below[0] ?? start);
    const from = Math.max(start, Math.min(first - BEFORE, end - LENGTH));
    const to = Math.min(end, from + LENGTH);
    if (from > start) line.append("… ");
    for (let at = from; at < to; at++) {
      const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(text[at]);
      line.append(before);
      if (hits.has(at)) add(line, "mark", word);
      else line.append(word);
      line.append(after.replace(JOINER, ""), at + 1 === to || after.endsWith(JOINER) ? "" : " ");
    }
    if (to < end) line.append(" …");
  };

  const show = (found) => {
    list.replaceChildren();
    for (const place of found.slice(0, MOST)) {
      const item = add(list, "li");
      add(item, "a", place.title).href = place.href;
      if (place.page) add(item, "span", place.page);
      excerpt(add(item, "p"), place);
    }
    const best = found.length > MOST ? `. ${words.best}` : "";
    status.textContent = found.length ? `${words.found} ${found.length}${best}` : words.none;
  };

  let turn = 0, timer;
  const search = async () => {
    const now = ++turn;
    const query = field.value.trim();
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const found = await find(query);
      if (now === turn) show(found);
    } catch {
      if (now !== turn) return;
      list.replaceChildren();
      status.textContent = words.failed;
    }
  };
  field.addEventListener("focus", () => { load().catch(() => {}); });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    clearTimeout(timer);
    search();
  });
})();
