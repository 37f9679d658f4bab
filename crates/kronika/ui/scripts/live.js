// A part of a page that the server keeps up to date: each `progress` event carries its new content, `done` the last.
// Everything sent is a fragment made by our own templates.
for (const part of document.querySelectorAll("[data-live]")) {
  const events = new EventSource(part.dataset.live);
  events.addEventListener("progress", (event) => { part.innerHTML = event.data; });
  events.addEventListener("done", (event) => {
    events.close();
    if (event.data) part.innerHTML = event.data;
  });
}
