// Decisions keep in this browser what is chosen and written, and open their outcome. A link into a fold opens it. One
// switch opens the code of every cell, on every page until it is turned off.
{
  const kept = (key) => { try { return localStorage.getItem(key); } catch {} }; // a browser may forbid to keep
  const keep = (key, value) => {
    try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch {}
  };

  const reveal = () => {
    const [id] = location.hash.slice(1).split(/[^\w-]/); // a mail program may have added a full stop
    const target = document.getElementById(id);
    let fold = target?.closest("details");
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target?.closest("details")) target.scrollIntoView();
  };

  for (const form of document.querySelectorAll("form[data-decide]")) {
    const key = `decide ${form.dataset.decide}`;
    const { reasons } = form.elements;
    const status = form.querySelector("[role=status]");
    const outcome = form.parentElement.querySelector(".outcome");
    const typed = document.createElement("p"); // a field prints no more than it shows
    typed.className = "decide-typed";
    form.after(typed);

    for (const [name, value] of new URLSearchParams(kept(key) ?? "")) form.elements[name].value = value;
    typed.textContent = reasons.value;

    form.addEventListener("input", () => {
      typed.textContent = reasons.value;
      status.textContent = "";
      keep(key, new URLSearchParams(new FormData(form)));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      outcome.open = true;
      outcome.firstElementChild.focus();
    });
    form.addEventListener("reset", () => {
      keep(key, "");
      typed.textContent = "";
      outcome.open = false;
      status.textContent = "Cleared";
    });
  }
  const all = document.querySelector(".code-switch input");
  if (all) {
    const show = () => document.querySelectorAll("details.code").forEach((fold) => { fold.open = all.checked; });
    all.checked = kept("code");
    if (all.checked) show();
    all.addEventListener("change", () => { show(); keep("code", all.checked ? "shown" : ""); });
  }
  addEventListener("hashchange", reveal);
  reveal();
}
