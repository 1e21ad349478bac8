// Around the text: light or dark, the search field, menus that close, the contents of the page, code that scrolls by key.
const root = document.documentElement;
const dark = document.querySelector(".theme-button");
const search = document.getElementById("search-dialog");
const press = () => dark.setAttribute("aria-pressed", root.dataset.theme === "dark");

press();
dark.addEventListener("click", () => {
  const theme = root.dataset.theme === "dark" ? "light" : "dark";
  for (const name of ["mode", "theme"]) localStorage.setItem(name, (root.dataset[name] = theme));
  press();
});

const openSearch = (event) => {
  event.preventDefault();
  search.showModal();
};
document.querySelector(".search-link").addEventListener("click", openSearch);
search.addEventListener("click", ({ target }) => target === search && search.close());
addEventListener("keydown", (event) => {
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) openSearch(event);
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".menu[open]");
  if (menu?.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu?.removeAttribute("open");
});
addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(target)) menu.open = false;
});

// By script, because Firefox lets no form of a page from a disk be sent: its policy knows no "self" there.
for (const form of document.querySelectorAll(".search-form"))
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = `${form.action.split(/[?#]/)[0]}?${new URLSearchParams(new FormData(form))}`;
  });

const contents = document.querySelector(".on-this-page");
if (contents && matchMedia("(min-width: 75rem)").matches) contents.open = true;

// A page has many buttons that copy code: each is named after its fold.
addEventListener("load", () => {
  for (const button of document.querySelectorAll(".code .copybtn"))
    button.setAttribute("aria-label", `Copy to clipboard: ${button.closest(".code").firstElementChild.textContent}`);
});

const reachable = new ResizeObserver((entries) => {
  for (const { target } of entries)
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
});
for (const wide of document.querySelectorAll("pre")) reachable.observe(wide);

// An address such as #money?share=30 of an explorer that moved to another page leads to the words that name the page.
const [moved, state] = location.hash.slice(1).split("?");
if (state) document.querySelector(`#${CSS.escape(moved)}:not(form)`)?.scrollIntoView();
