// Opens a line, or the earlier messages of its thread, in place, and closes it again. Without this script the same
// link leads to the page.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-unfold]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const into = document.getElementById(link.dataset.into);
  const open = link.getAttribute("aria-expanded") === "true";
  link.setAttribute("aria-expanded", String(!open));
  if (open) {
    into.replaceChildren();
  } else {
    await htmx.ajax("GET", link.dataset.from, { source: link, target: into, swap: "innerHTML" });
  }
});
