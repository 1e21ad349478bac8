// Code it yourself: a reader changes codes and sees which rules hold. The state is in the address, and in a CSV file.
const SHOWN = 8; // rules, the best first, and cases that are named
for (const form of document.querySelectorAll("form.recode")) {
  const { conditions, columns, acted, most } = JSON.parse(form.dataset.rules);
  const part = (name) => form.querySelector(`.recode-${name}`);
  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  // A case: its name, whether it counts, and a field for each variable.
  const cases = [...form.querySelectorAll("tbody tr")].map((row) => {
    const { case: id, counted } = row.querySelector("th > span").dataset, name = row.querySelector("th").textContent;
    const box = make("input", { type: "checkbox", defaultChecked: counted === "true" });
    row.querySelector("th").replaceChildren(make("label", {}, box, ` ${name}`));
    const fields = {};
    row.querySelectorAll("td > span").forEach((cell, place) => {
      const { variable, label, values } = columns[place], { value, first, second } = cell.dataset;
      const options = values.map((each) => {
        const coders = [each === first && "1st", each === second && "2nd"].filter(Boolean).join(", ");
        const said = (value === first && first === second) || !coders ? each : `${each} (${coders} pass)`;
        return make("option", { value: each, defaultSelected: each === value }, said);
      });
      fields[variable] = make("select", { ariaLabel: `${name}: ${label}` }, ...options);
      Object.assign(fields[variable].dataset, { book: value, first, second });
      cell.replaceWith(fields[variable]);
    });
    return { id, name, box, fields };
  });
  const cells = cases.flatMap(({ id, name, fields }) =>
    columns.map(({ variable, label }) => ({ key: `${id}.${variable}`, id, name, variable, label, field: fields[variable] })));
  const byKey = new Map(cells.map((cell) => [cell.key, cell]));
  const reasons = new Map();
  const isChanged = ({ field }) => field.value !== field.dataset.book;

  // Every rule of one to `most` conditions, short ones first.
  const longer = (rule) => conditions.slice(conditions.indexOf(rule.at(-1)) + 1).map((each) => [...rule, each]);
  const rules = [];
  for (let some = [[]], count = 0; count < most; count += 1) rules.push(...(some = some.flatMap(longer)));

  const holds = ({ fields }, { variable, values }) => values.includes(fields[variable].value);

  const show = () => {
    const counted = cases.filter(({ box }) => box.checked);
    const tried = rules.map((rule) => ({
      words: rule.map(({ name }) => name).join(" and "),
      broken: counted.filter((each) => rule.every((one) => holds(each, one)) !== holds(each, acted)).map(({ name }) => name),
    }));
    const fitting = tried.filter(({ broken }) => !broken.length).length;
    tried.sort((one, other) => one.broken.length - other.broken.length); // a stable sort: short rules first
    part("rules").replaceChildren(...tried.slice(0, SHOWN).map(({ words, broken }) => {
      const which = broken.length > SHOWN ? "" : `: ${broken.join("; ")}`;
      const row = [make("th", { scope: "row" }, words), make("td", {}, broken.length ? broken.length + which : "✓ by no case")];
      return make("tr", { className: broken.length ? "" : "fits" }, ...row);
    }));
    const changed = cells.filter(isChanged), far = (pass) => cells.filter(({ field }) => field.value !== field.dataset[pass]).length;
    for (const cell of cells) cell.field.classList.toggle("changed", isChanged(cell));
    const sent = counted.filter((each) => holds(each, acted)).length;
    return `${fitting} of ${rules.length} rules fit all ${counted.length} cases, ${sent} of them with soldiers. ` +
      `You differ from the book in ${changed.length} of ${cells.length} cells, from the first pass in ${far("first")}, from the second in ${far("second")}.`;
  };

  // One line for each changed cell, with room for a reason.
  let typing;
  const list = () => {
    const lines = cells.filter(isChanged).map(({ key, name, label, field }) => {
      const reason = make("input", { value: reasons.get(key) ?? "", ariaLabel: `Your reason: ${name}, ${label}` });
      reason.oninput = () => {
        reasons.set(key, reason.value);
        clearTimeout(typing);
        typing = setTimeout(keep, 150); // Safari refuses an address for every letter
      };
      return make("li", {}, `${name}, ${label.toLowerCase()}: ${field.dataset.book} → ${field.value}. `, make("label", {}, "Your reason ", reason));
    });
    part("changes").replaceChildren(...lines);
  };

  const state = () => {
    const pairs = new URLSearchParams();
    for (const cell of cells.filter(isChanged)) {
      pairs.set(cell.key, cell.field.value);
      if (reasons.get(cell.key)) pairs.set(`why.${cell.key}`, reasons.get(cell.key));
    }
    for (const { id, box } of cases) if (box.checked !== box.defaultChecked) pairs.set(`count.${id}`, box.checked ? "yes" : "no");
    return pairs;
  };
  const keep = () => history.replaceState(null, "", `#${form.id}?${state()}`);

  const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;
  const table = () => [["case", "variable", "book", "mine", "reason", "counted"],
    ...cells.map((cell) => [cell.id, cell.variable, cell.field.dataset.book, cell.field.value, (isChanged(cell) && reasons.get(cell.key)) || "",
      cases.find(({ id }) => id === cell.id).box.checked ? "yes" : "no"])].map((row) => row.map(quoted).join(",")).join("\r\n");

  let waiting;
  const change = () => {
    const words = show();
    list();
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(() => { part("status").textContent = words; }, 150);
  };

  const take = (pass) => {
    for (const { field } of cells) field.value = field.dataset[pass];
    for (const { box } of cases) if (pass === "book") box.checked = box.defaultChecked;
    change();
  };

  const follow = () => {
    let address = location.hash;
    if (!address.includes("?")) try { address = decodeURIComponent(address); } catch {} // a mail program may have encoded it
    const [, target = "", given = ""] = address.split(/[#?]/);
    if (target.replace(/\.+$/, "") !== form.id) return;
    for (const { field } of cells) field.value = field.dataset.book;
    for (const { box } of cases) box.checked = box.defaultChecked;
    reasons.clear();
    for (const [key, value] of new URLSearchParams(given)) {
      const cell = byKey.get(key), one = cases.find(({ id }) => `count.${id}` === key);
      const code = value.replace(/\.+$/, ""); // a full stop behind the address
      if (cell && [...cell.field.options].some((option) => option.value === code)) cell.field.value = code;
      if (one && /^(yes|no)$/.test(code)) one.box.checked = code === "yes";
      if (key.startsWith("why.")) reasons.set(key.slice(4), value);
    }
    part("status").textContent = show();
    list();
    form.scrollIntoView();
  };

  form.onsubmit = () => false;
  form.addEventListener("change", ({ target }) => { if (!target.closest(".recode-changes")) change(); });
  form.addEventListener("click", ({ target }) => {
    if (target.dataset.take) take(target.dataset.take);
    if (target.matches(".recode-save"))
      make("a", { download: "my-codes.csv", href: `data:text/csv;charset=utf-8,${encodeURIComponent(table())}` }).click();
  });
  addEventListener("hashchange", follow);
  part("results").hidden = part("buttons").hidden = false;
  form.reset();
  part("status").textContent = show();
  follow();
}
