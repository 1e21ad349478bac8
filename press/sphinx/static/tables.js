// Tables: only one that moves sideways is a stop of the Tab key; the parts of one laid out as cards keep their roles,
// which Safari forgets with the layout. Without this script every table is a stop.
const narrow = matchMedia("(max-width: 600px)"); // as in book.css
const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };

const nameParts = () => {
  for (const table of document.querySelectorAll("table.stacks"))
    for (const [part, role] of Object.entries(roles))
      for (const each of part === "table" ? [table] : table.querySelectorAll(part))
        narrow.matches ? each.setAttribute("role", role) : each.removeAttribute("role");
};
narrow.addEventListener("change", nameParts);
nameParts();

const sizes = new ResizeObserver((changes) => {
  for (const area of new Set(changes.map(({ target }) => target.closest(".table-scroll"))))
    area.scrollWidth > area.clientWidth ? area.setAttribute("tabindex", "0") : area.removeAttribute("tabindex");
});
for (const area of document.querySelectorAll(".table-scroll")) {
  sizes.observe(area);
  sizes.observe(area.querySelector("table"));
}
