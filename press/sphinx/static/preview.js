// Notes and terms open beside the text: by hover, by focus, by a tap. Without this script they are plain links.
// Tab goes from number to number, not through four links a card: Enter leads to the note in the list, which has the
// same links. A click keeps a card, and then Tab goes into it.
const opens = "a.note, a:has(> .std-term)";
const card = document.createElement("div");
card.className = "preview";
card.popover = "manual"; // any other kind takes the focus and closes by itself
let owner, kept, waiting;

const contentOf = (link) => {
  const target = link.hash.slice(1);
  const source = document.getElementById(link.matches(".note") ? target : `define-${target}`);
  if (!source) return;
  const copy = source.cloneNode(true);
  for (const again of copy.querySelectorAll(".note-again"))
    again.parentElement.replaceWith(document.getElementById(again.hash.slice(1)).cloneNode(true));
  for (const back of copy.querySelectorAll(".note-back")) {
    back.previousSibling.remove(); // the dot between links
    back.remove();
  }
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  return [...copy.childNodes];
};

const place = () => {
  const link = owner.getBoundingClientRect();
  const left = Math.max(8, Math.min(link.left - 16, document.documentElement.clientWidth - card.offsetWidth - 8));
  const above = link.bottom + card.offsetHeight + 8 > innerHeight && link.top > card.offsetHeight;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${scrollY + (above ? link.top - card.offsetHeight - 4 : link.bottom + 4)}px`;
};

const close = () => {
  clearTimeout(waiting);
  if (owner) card.hidePopover();
  owner = kept = undefined;
};

const open = (link) => {
  clearTimeout(waiting);
  if (owner === link) return;
  const content = contentOf(link);
  if (!content) return;
  close();
  card.replaceChildren(...content);
  if (!link.matches(".note")) {
    const more = document.createElement("a");
    more.href = link.href;
    more.textContent = "In the glossary";
    card.append(" ", more);
  }
  for (const inside of card.querySelectorAll("a")) inside.tabIndex = -1;
  (link.closest("sup") ?? link).after(card); // so that the card is read next, and Tab can go into it
  owner = link;
  card.showPopover();
  place();
};

const linkAt = (target) => (card.contains(target) ? undefined : target.closest?.(opens));
document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return;
  clearTimeout(waiting);
  const link = linkAt(target);
  if (link) waiting = setTimeout(open, 150, link);
  else if (!card.contains(target) && !kept) waiting = setTimeout(close, 300);
});
document.addEventListener("focusin", ({ target }) => {
  const link = linkAt(target);
  if (link && link !== kept) open(link);
  else if (!card.contains(target) && target !== owner) close();
});
document.addEventListener("click", (event) => {
  const link = linkAt(event.target);
  if (!link && !card.contains(event.target)) close();
  if (!link || !event.detail || !contentOf(link)) return; // Enter follows the link
  event.preventDefault();
  if (kept === link) return close();
  open(link);
  kept = link;
  for (const inside of card.querySelectorAll("a")) inside.tabIndex = 0;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !owner) return;
  const link = owner;
  const inside = card.contains(document.activeElement);
  close();
  kept = link; // the focus comes back and opens nothing
  if (inside) link.focus();
  kept = undefined;
});
addEventListener("resize", close);
