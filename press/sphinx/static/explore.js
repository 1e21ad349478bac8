// Explorers: switch between frames already on the page, announce the change, keep the state in the address.
const keyOf = (pairs) => [...pairs].map((pair) => pair.join("=")).join("&");
// A mail program may have encoded an address, or closed it with a full stop.
const plain = (text) => text.replace(/[+_\s]+/g, " ").replace(/[.,\s]+$/, "");
const decoded = (text) => {
  try { return decodeURIComponent(text); } catch { return text; }
};
for (const form of document.querySelectorAll("form.explorer")) {
  const name = form.dataset.explorer;
  const frames = [...form.querySelectorAll(".explorer-frame")];
  const status = form.querySelector(".explorer-status");
  let waiting;

  const show = () => {
    const key = keyOf(new FormData(form));
    const shown = frames.find((frame) => frame.dataset.key === key);
    for (const frame of frames) frame.hidden = frame !== shown;
    for (const output of form.querySelectorAll("output")) output.value = form.elements[output.htmlFor[0]].value;
    return shown;
  };

  const change = () => {
    const frame = show();
    clearTimeout(waiting); // announce where a drag stops
    waiting = setTimeout(() => {
      const text = frame.querySelector(".explorer-text");
      status.textContent = frame.querySelector(".explorer-state").textContent + (text ? ": " + text.textContent : "");
      history.replaceState(null, "", `#${name}?${new URLSearchParams(new FormData(form))}`);
    }, 150);
  };

  const follow = () => {
    const [target, state] = decoded(location.hash).slice(1).split("?");
    if (plain(target) !== name) return;
    const wanted = plain(keyOf(new URLSearchParams(state)));
    const goal = frames.find((frame) => plain(frame.dataset.key) === wanted);
    for (const [control, value] of new URLSearchParams(goal?.dataset.state)) form.elements[control].value = value;
    show();
    form.scrollIntoView();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", change);
  form.addEventListener("click", (event) => {
    const step = event.target.dataset.step;
    if (!step) return;
    const range = event.target.parentElement.querySelector("input");
    step > 0 ? range.stepUp() : range.stepDown();
    change();
  });
  addEventListener("hashchange", follow);
  form.reset(); // browsers keep old values over a reload
  follow();
}
