// A captured message is as tall as its content, so that only the page scrolls. The frame shares our origin but runs
// no scripts: its sandbox has no allow-scripts.
document.addEventListener("load", (event) => {
  if (event.target.matches?.("[data-frame] iframe")) fit(event.target);
}, true);
document.addEventListener("toggle", (event) => {
  const frame = event.target.matches?.("[data-frame][open]") && event.target.querySelector("iframe");
  if (frame) fit(frame);
}, true);

// The message shows either as text or as it was sent, never twice.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("[data-frame]")) return;
  const letter = event.target.closest(".as-sent").parentElement.querySelector("[data-letter]");
  if (letter) letter.hidden = event.target.open;
}, true);

// Once fetched, nothing is blocked any more.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[target^=frame-]");
  if (link) setTimeout(() => { link.closest(".note").hidden = true; });
});

function fit(frame) {
  const body = frame.contentDocument?.body;
  if (!body) return;
  const height = Math.max(body.scrollHeight, body.parentElement.offsetHeight) + 2;
  frame.style.height = `${Math.min(Math.max(height, 120), 20000)}px`;
}
