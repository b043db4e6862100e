// Tells the preview which state this page shows. When there is a newer one, what differs comes in
// the place of what stood there and all else stays as it is: what is open, chosen, focused. Where
// that would not be all, as with another style or script, the page is loaded anew. In both cases
// the nearest heading or event stays where it was on the screen, also when the text above it grew.
"use strict";
(() => {
  const PLACE = "diptych-place"; // of this tab, and of the preview only
  // What scripts or the browser hold on to, so that it cannot be exchanged in place.
  const HELD = "script:not([type='application/ld+json']), style, link, base, meta[http-equiv], :target, " +
    "form, input, select, textarea, button, iframe, object, audio, video, canvas";
  const me = document.currentScript;
  const marks = () => [...document.querySelectorAll("main [id]")];
  let epoch = Number(me.dataset.epoch), newest = epoch, asking = false;
  let page = document.documentElement.cloneNode(true); // as it came: no other script has run yet

  function place() {
    const shown = marks().filter((each) => each.getClientRects().length);
    const mark = shown.findLast((each) => each.getBoundingClientRect().top < innerHeight / 2);
    return { path: location.pathname, top: scrollY, id: mark?.id, offset: mark?.getBoundingClientRect().top };
  }

  function back(place) {
    const mark = place.id && document.getElementById(place.id);
    const top = mark ? scrollY + mark.getBoundingClientRect().top - place.offset : place.top;
    scrollTo({ top, behavior: "instant" });
  }

  function load() {
    sessionStorage.setItem(PLACE, JSON.stringify(place()));
    location.reload();
  }

  function arrive() {
    const left = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    if (left?.path !== location.pathname || !left.top) return;
    back(left);
    addEventListener("load", () => requestAnimationFrame(() => back(left)), { once: true });
  }

  // The steps that make `live`, which came as `old`, like `fresh`; null where only loading does.
  function steps(live, old, fresh) {
    if (old.isEqualNode(fresh)) return [];
    if (old.httpEquiv && rules(old) === rules(fresh)) return [() => { live.content = fresh.content; }];
    const whole = ["SCRIPT", "STYLE", "TEXTAREA"].includes(old.nodeName);
    const alike = !whole && old.cloneNode().isEqualNode(fresh.cloneNode());
    if (!alike || old.nodeType !== Node.ELEMENT_NODE)
      return exchange(live.parentNode, [live], [fresh], live.nextSibling);
    const was = [...old.childNodes], is = [...fresh.childNodes], there = [...live.childNodes];
    if (was.some((each, at) => each.nodeName !== there[at]?.nodeName)) return null;
    const least = Math.min(was.length, is.length);
    let start = 0, end = 0;
    while (start < least && was[start].isEqualNode(is[start])) start++;
    while (end < least - start && was.at(-1 - end).isEqualNode(is.at(-1 - end))) end++;
    const stop = was.length - end;
    if (was.length !== is.length)
      return exchange(live, there.slice(start, stop), is.slice(start, is.length - end), there[stop] ?? null);
    const found = is.slice(start, stop).map((each, at) => steps(there[start + at], was[start + at], each));
    return found.includes(null) ? null : found.flat();
  }

  // A policy without its digests: one that is of a script or a style comes with another of those.
  function rules(meta) {
    return meta.httpEquiv + meta.content.replace(/'sha256-[^']*'/g, "");
  }

  function exchange(parent, gone, come, next) {
    const held = (each) => each.nodeType === Node.ELEMENT_NODE && (each.matches(HELD) || each.querySelector(HELD));
    if ([...gone, ...come].some(held)) return null;
    return [() => {
      for (const each of gone) each.remove();
      for (const each of come) parent.insertBefore(document.importNode(each, true), next);
    }];
  }

  function show(answer) {
    const fresh = answer.responseXML?.documentElement, script = fresh?.querySelector("script[data-epoch]");
    if (!script || answer.status !== 200 || answer.responseURL !== location.href.split("#")[0]) return load();
    epoch = Number(script.dataset.epoch);
    script.dataset.epoch = me.dataset.epoch; // the only thing that always differs
    const found = steps(document.documentElement, page, fresh);
    if (found === null) return load();
    const left = place();
    for (const step of found) step();
    page = fresh;
    back(left);
  }

  // Asks for the page as it is now, for as long as there is word of a newer one.
  function renew() {
    if (asking || newest === epoch) return;
    const wanted = newest, ask = new XMLHttpRequest();
    ask.responseType = "document";
    ask.onloadend = () => {
      asking = false;
      if (ask.readyState !== XMLHttpRequest.DONE || ask.status === 0) return; // the next connection tells
      show(ask);
      if (wanted !== newest) renew();
    };
    asking = true;
    ask.open("GET", location.href);
    ask.send();
  }

  function connect(delay) {
    const socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/__preview/socket`);
    socket.onopen = () => { delay = 100; socket.send(JSON.stringify({ command: "hello", epoch })); };
    socket.onmessage = (event) => { newest = JSON.parse(event.data).epoch; renew(); };
    socket.onclose = () => setTimeout(connect, delay, Math.min(delay * 2, 2000));
  }

  arrive();
  connect(100);
})();
