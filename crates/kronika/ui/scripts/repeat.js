// An empty field that may be repeated makes room for one more as soon as something is typed into it.
document.addEventListener("input", (event) => {
  const input = event.target.closest("input[data-repeat]");
  if (!input?.value) return;
  delete input.dataset.repeat;
  const next = input.closest("label").cloneNode(true);
  const empty = next.querySelector("input");
  empty.value = "";
  empty.dataset.repeat = "";
  input.closest("label").after(next);
});
