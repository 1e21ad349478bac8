// Filter lists and keep the choice in the address.
for (const form of document.querySelectorAll("form.filter")) {
  const items = [...document.querySelectorAll(form.dataset.of)];
  const show = () => {
    const wanted = [...new FormData(form)].filter((pair) => pair[1]);
    const fits = ({ dataset }) => wanted.every(([key, value]) => dataset[key].split(";").includes(value));
    for (const each of items) each.hidden = !fits(each);
    form.querySelector("span").textContent = items.filter(fits).length;
    return new URLSearchParams(wanted);
  };
  const change = () => history.replaceState(null, "", `#${form.id}?${show()}`);
  const follow = () => {
    let address = location.hash;
    try { address = decodeURIComponent(address); } catch {} // a mail program may have encoded it, and added a full stop
    const [, id, state] = address.replace(/[.,\s]+$/, "").split(/[#?]/);
    const goal = document.getElementById(id);
    if (goal !== form && !goal?.hidden) return;
    form.reset();
    for (const [key, value] of new URLSearchParams(state))
      for (const each of form[key]?.options ?? []) each.selected ||= each.value === value;
    show();
    goal.closest("details")?.setAttribute("open", "");
    goal.scrollIntoView();
  };
  form.oninput = change;
  form.querySelector("button").onclick = () => change(form.reset());
  addEventListener("hashchange", follow);
  form.reset();
  follow();
}
