// The search field. It exists only with scripts, and nothing is fetched before someone uses it.
// Every word comes from the HTML; what is typed stays in the field: it is not stored and not sent.
// Written in the JavaScript of 2018: a browser that cannot read it keeps the list, which is the page.
"use strict";
(() => {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const words = box.dataset;
  const add = (parent, name, text) => {
    const element = document.createElement(name);
    element.textContent = text || "";
    parent.appendChild(element);
    return element;
  };

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
  Object.keys(settings).forEach((name) => field.setAttribute(name, settings[name]));

  // The program and the index, on the first use.
  let engine;
  const load = () => {
    if (!engine) {
      engine = import(words.program).then(async (program) => [program, await program.load(words)]);
      engine.catch(() => { engine = undefined; });
    }
    return engine;
  };

  let turn = 0, timer;
  const search = async () => {
    const now = ++turn;
    const query = field.value.trim();
    if (!query) {
      list.textContent = status.textContent = "";
      return;
    }
    const slow = setTimeout(() => { if (now === turn) status.textContent = words.loading; }, 300);
    let found = null;
    try {
      const [program, loaded] = await load();
      found = await program.search(loaded, words, query);
    } catch (error) {
      found = { said: words.failed };
    }
    clearTimeout(slow);
    if (now !== turn) return;
    list.textContent = "";
    if (found.items) list.appendChild(found.items);
    status.textContent = found.said;
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
