// Tells the preview which state this page shows; reloads when there is a newer one, at the same
// place: the nearest heading or event stays where it was on the screen, also when the text above
// it grew.
"use strict";
(() => {
  const epoch = Number(document.currentScript.dataset.epoch);
  const PLACE = "diptych-place"; // of this tab, and of the preview only
  const marks = () => [...document.querySelectorAll("main [id]")];

  function leave() {
    const shown = marks().filter((each) => each.getClientRects().length);
    const mark = shown.findLast((each) => each.getBoundingClientRect().top < innerHeight / 2);
    const place = {
      path: location.pathname, top: scrollY, id: mark?.id, offset: mark?.getBoundingClientRect().top,
    };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
    location.reload();
  }

  function arrive() {
    const place = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    if (place?.path !== location.pathname || !place.top) return;
    const back = () => {
      const mark = place.id && document.getElementById(place.id);
      const top = mark ? scrollY + mark.getBoundingClientRect().top - place.offset : place.top;
      scrollTo({ top, behavior: "instant" });
    };
    back();
    addEventListener("load", () => requestAnimationFrame(back), { once: true });
  }

  function connect(delay) {
    const socket = new WebSocket(`ws://${location.host}/__preview/socket`);
    socket.onopen = () => { delay = 100; socket.send(JSON.stringify({ command: "hello", epoch })); };
    socket.onmessage = (event) => { if (JSON.parse(event.data).epoch !== epoch) leave(); };
    socket.onclose = () => setTimeout(connect, delay, Math.min(delay * 2, 2000));
  }

  arrive();
  connect(100);
})();
