// The sprite's address carries a hash, so it is read off an icon that the page already shows.
const SVG = "http://www.w3.org/2000/svg";

/** An icon of the bundled sprite. */
export function icon(name) {
  const sprite = document.querySelector(".icon use").getAttribute("href").split("#")[0];
  const svg = document.createElementNS(SVG, "svg");
  svg.classList.add("icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}
