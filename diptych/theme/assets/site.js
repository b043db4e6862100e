// What a page does with scripts: leave it fast, say how many events show, keep the place when
// the language changes. Every word comes from the HTML; nothing is stored, nothing is fetched.
"use strict";
(() => {
  const make = (role, name) => {
    const box = document.createElement("div");
    box.setAttribute("role", role);
    box.className = name;
    document.body.append(box);
    return box;
  };

  // The way out: a cover in the system's colours while the next page loads, and no way back here.
  const exit = document.querySelector("[data-exit]");
  if (exit) {
    const root = document.documentElement;
    const title = document.title;
    const words = exit.dataset;
    const progress = make("status", "progress");
    let presses = 0, alone = false, cover, timer;
    const say = (number, text) => {
      presses = number;
      progress.textContent = text;
      clearTimeout(timer);
      if (number) timer = setTimeout(say, 5000, 0, words.none);
      else if (text) timer = setTimeout(say, 2000, 0, "");
    };
    const leave = (link) => {
      root.classList.add("leaving");
      document.title = link.dataset.cover;
      cover = cover || make("alert", "cover");
      cover.textContent = link.dataset.cover;
      location.replace(navigator.onLine ? link.href : "about:blank"); // no error page when offline
    };
    document.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      const link = event.target.closest("[data-exit]");
      if (!link) return;
      event.preventDefault();
      leave(link);
    });
    document.addEventListener("keydown", (event) => {
      alone = event.key === "Shift";
      if (!alone && presses) say(0, "");
    });
    document.addEventListener("keyup", (event) => {
      if (event.key !== "Shift" || !alone) return;
      if (presses === 2) return leave(exit);
      say(presses + 1, presses ? words.one : words.two);
    });
    // Shift with a click, a wheel or a finger selects or scrolls: that is no press of its own.
    for (const kind of ["pointerdown", "wheel"])
      addEventListener(kind, () => {
        alone = false;
        if (presses) say(0, "");
      }, { passive: true });
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      root.classList.remove("leaving");
      document.title = title;
      if (cover) cover.textContent = "";
      say(0, "");
    });
  }

  // Jumps around a timeline, and all in the file to take along, replace the entry of the history, so
  // that the exit leaves none behind.
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    const link = event.target.closest(":is(.lines, .strip, .numbers, .years, .led, .questions, .whole) a, .up, .itself, .skip");
    if (!link) return;
    const there = new URL(link.getAttribute("href"), location);
    if (there.pathname !== location.pathname) return;
    event.preventDefault();
    location.replace(there.hash);
  });

  // Chapters that fold stand open where the style cannot show a folded one whole, as on paper.
  if (!CSS.supports("selector(::details-content)"))
    for (const fold of document.querySelectorAll(".fold")) fold.open = true;

  // The same event in the other language.
  const carry = () => {
    for (const link of document.querySelectorAll("[data-language]"))
      if (link.hash !== location.hash) link.hash = location.hash;
  };
  addEventListener("hashchange", carry);
  carry();

  // How many events the chosen theme shows; a reload starts with all of them.
  const all = document.querySelector("[data-status]");
  if (all) {
    all.checked = true;
    const count = make("status", "unseen");
    const of = (event) => event && event.closest(".event").classList.contains(
      document.querySelector(".filter :checked").id);
    const named = () => document.querySelector(".event :target");
    document.addEventListener("change", (event) => {
      if (!event.target.dataset.status) return;
      count.textContent = event.target.dataset.status;
      if (named() && !all.checked && !of(named())) location.replace("#themes");
    });
    // An event that a link names shows in any theme: then all of them do, and the count is true.
    addEventListener("hashchange", () => {
      if (!named() || all.checked || of(named())) return;
      all.checked = true;
      count.textContent = all.dataset.status;
    });
  }
})();
