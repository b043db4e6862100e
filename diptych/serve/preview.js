// Tells the preview which state this page shows; reloads when there is a newer one.
"use strict";
const epoch = Number(document.currentScript.dataset.epoch);

function connect(delay) {
  const socket = new WebSocket(`ws://${location.host}/__preview/socket`);
  socket.onopen = () => { delay = 100; socket.send(JSON.stringify({ command: "hello", epoch })); };
  socket.onmessage = (event) => {
    if (JSON.parse(event.data).epoch !== epoch) location.reload();
  };
  socket.onclose = () => setTimeout(connect, delay, Math.min(delay * 2, 2000));
}

connect(100);
