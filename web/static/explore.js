// Explorers: switch between frames already on the page, announce the change, keep the state in the address.
for (const form of document.querySelectorAll("form.explorer")) {
  const name = form.dataset.explorer;
  const frames = [...form.querySelectorAll(".explorer-frame")];
  const status = form.querySelector(".explorer-status");

  const show = (announce) => {
    const key = [...new FormData(form)].map(([control, value]) => `${control}=${value}`).join("&");
    const frame = frames.find((each) => each.dataset.key === key);
    if (!frame) return;
    for (const each of frames) each.hidden = each !== frame;
    for (const output of form.querySelectorAll("output")) output.value = form.elements[output.htmlFor[0]].value;
    if (!announce) return;
    const text = frame.querySelector(".explorer-text");
    status.textContent = frame.querySelector(".explorer-state").textContent + (text ? ": " + text.textContent : "");
    history.replaceState(null, "", `#${name}?${encodeURI(key)}`);
  };

  const follow = () => {
    const [target, state] = decodeURI(location.hash.slice(1)).split("?");
    if (target !== name) return;
    for (const [control, value] of new URLSearchParams(state)) {
      if (form.elements[control]) form.elements[control].value = value;
    }
    show(false);
    form.scrollIntoView();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => show(true));
  form.addEventListener("click", (event) => {
    const step = event.target.dataset.step;
    if (!step) return;
    const range = event.target.parentElement.querySelector("input");
    step > 0 ? range.stepUp() : range.stepDown();
    show(true);
  });
  addEventListener("hashchange", follow);
  form.reset(); // a browser may keep old values over a reload while the default frame is shown
  follow();
}
