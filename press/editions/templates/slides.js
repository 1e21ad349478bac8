// Arrow keys left and right lead to the slide before and after; a presenter's remote sends the page keys.
const slides = [...document.querySelectorAll(".slide")];
const locks = [...document.querySelectorAll(".after")];
const notes = [...document.querySelectorAll(".notes")];
const button = document.querySelector("button");

const here = () => slides.findLastIndex((slide) => slide.getBoundingClientRect().top < innerHeight / 2);
const fits = (slide) => !slide || slide.offsetHeight <= innerHeight + 1;

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const place = here();
  if (event.key.startsWith("Page") && !fits(slides[place])) return;
  const next = slides[place + step];
  if (!next) return;
  event.preventDefault();
  next.scrollIntoView();
  next.focus({ preventScroll: true });
});

// What came later is opened once, for all slides that tell of it.
for (const lock of locks) {
  lock.addEventListener("toggle", () => {
    if (lock.open) locks.forEach((each) => { each.open = true; });
  });
}

button.hidden = false;
button.addEventListener("click", () => {
  const open = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", open);
  notes.forEach((each) => { each.open = open; });
});
