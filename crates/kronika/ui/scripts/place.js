// A long list is left and found again at the same line. Browsers that keep the page in memory need no help; for the
// others the line is remembered in the history entry, and on return stretches are fetched until it is there.
const list = document.querySelector("[data-place]");

if (list) {
  addEventListener("pagehide", () => {
    const rows = [...list.querySelectorAll("[data-row]")];
    const focused = document.activeElement?.closest("[data-row]");
    const row = focused ?? rows.find((each) => each.getBoundingClientRect().bottom > 100);
    if (!row?.id) return;
    history.replaceState({ ...history.state, row: row.id, top: row.getBoundingClientRect().top }, "");
  });
  if (history.state?.row) {
    history.scrollRestoration = "manual";
    restore(history.state);
  }
}

async function restore({ row, top }) {
  for (let stretch = 0; stretch < 40 && !document.getElementById(row); stretch += 1) {
    const more = list.querySelector(".more[hx-get]");
    if (!more) break;
    const answer = await fetch(more.getAttribute("hx-get"));
    if (!answer.ok) break;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const parent = more.parentElement;
    more.replaceWith(template.content);
    htmx.process(parent);
  }
  const found = document.getElementById(row);
  if (!found) return;
  scrollBy({ top: found.getBoundingClientRect().top - top, behavior: "instant" });
  found.querySelector("[data-open]")?.focus({ preventScroll: true });
}
