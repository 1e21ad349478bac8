// Explorers: switch between frames already on the page, announce the change, keep the state in the address.
const keyOf = (pairs) => [...pairs].map((pair) => pair.join("=")).join("&");
const plain = (text) => text.replace(/[+_\s]+/g, " ").replace(/[.,\s]+$/, "");
const stops = (track) => [...track.list.options];
const stopOf = (track) => stops(track).find((stop) => stop.value === track.value);

for (const form of document.querySelectorAll("form.explorer")) {
  const all = (selector) => [...form.querySelectorAll(selector)];
  const frames = all(".explorer-frame");
  const [status, full, unlock] = ["status", "full", "unlock"].map((part) => all(`.explorer-${part}`)[0]);
  let frame, waiting;

  const chosen = () => [...new FormData(form)].map(([control, value]) => {
    const field = form.elements[control];
    return [control, field.list ? stopOf(field).text : value];
  });

  // The frame of a state; where there is none, the one that shares most with it.
  const nearest = (key) => {
    const wanted = key.split("&").map(plain);
    const shared = ({ dataset }) => {
      const pairs = `${dataset.key}&${dataset.also}`.split("&").map(plain);
      return wanted.filter((pair) => pairs.includes(pair)).length;
    };
    const best = frames.reduce((one, other) => (shared(other) > shared(one) ? other : one));
    return shared(best) && best;
  };

  const show = (goal) => {
    const locked = form.matches(".locked");
    for (const track of all("[data-eve]")) if (locked && +track.value > track.dataset.eve) track.value = track.dataset.eve;
    frame = (!locked && goal) || nearest(keyOf(chosen()));
    for (const [control, value] of new URLSearchParams(frame.dataset.state)) {
      const field = form.elements[control];
      field.value = field.list ? stops(field).find((stop) => stop.text === value).value : value;
    }
    for (const each of frames) each.hidden = each !== frame;
    for (const track of all("[type=range]")) {
      const words = track.parentElement.querySelector("output").value = stopOf(track).label;
      track.setAttribute("aria-valuetext", words);
    }
    // What shows the same as another choice cannot be chosen.
    for (const option of all(".explorer-merged option")) {
      const key = keyOf(new Map(chosen()).set(option.parentElement.name, option.value));
      option.disabled = frames.every((each) => each.dataset.key !== key);
    }
  };

  const change = () => {
    show();
    clearTimeout(waiting); // announce where a drag stops
    waiting = setTimeout(() => {
      const words = frame.querySelectorAll(".explorer-state, .explorer-text");
      status.textContent = [...words].map((each) => each.textContent).join(": ");
      history.replaceState(null, "", `#${form.id}?${frame.dataset.state}`);
    }, 150);
  };

  const follow = () => {
    let address = location.hash;
    try { address = decodeURIComponent(address); } catch {} // a mail program may have encoded it, and added a full stop
    const [, target, state = ""] = address.split(/[#?]/);
    if (plain(target ?? "") !== form.id) return;
    show(nearest(keyOf(new URLSearchParams(state))));
    form.scrollIntoView();
  };

  // On a full screen nothing goes past the decision until a reader unlocks it.
  const lock = (on) => {
    if (!unlock) return;
    unlock.hidden = !on;
    form.classList.toggle("locked", on);
    change();
  };

  const project = (on) => {
    if (on === form.matches(".projected")) return;
    form.classList.toggle("projected", on);
    full.textContent = on ? "Close full screen" : "Full screen";
    if (on) form.requestFullscreen?.().catch(() => {}); // then a layer over the page is enough
    else if (document.fullscreenElement) document.exitFullscreen();
    full.focus(lock(on));
  };
  document.addEventListener("fullscreenchange", () => document.fullscreenElement || project(false));
  form.onkeydown = ({ key }) => { if (key === "Escape") project(false); };
  document.addEventListener("focusin", ({ target }) => {
    if (form.matches(".projected") && !form.contains(target)) full.focus();
  });

  form.onsubmit = () => false;
  form.oninput = change;
  form.onclick = ({ target }) => {
    if (target === full) project(!form.matches(".projected"));
    if (target === unlock) full.focus(lock(false));
    if (!target.dataset.step) return;
    const track = target.parentElement.querySelector("input");
    target.dataset.step > 0 ? track.stepUp() : track.stepDown();
    change();
  };
  addEventListener("hashchange", follow);
  form.reset(); // browsers keep old values over a reload
  show();
  follow();
}
