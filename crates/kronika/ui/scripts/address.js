// Keeps the address of a page in step with a form that only asks for fragments, so that a reload, a bookmark or
// "back" shows the same. The form's own action is the page's address.
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form[data-address]");
  if (!form) return;
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(filled).toString();
  history.replaceState(history.state, "", form.getAttribute("action") + (query ? `?${query}` : ""));
});
