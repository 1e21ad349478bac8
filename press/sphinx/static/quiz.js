// What is asked and answered on a page: quizzes and guesses keep score. A first answer counts.
for (const quiz of document.querySelectorAll("ol.quiz")) {
  const score = quiz.nextElementSibling, asked = new Set();
  let points = 0;
  quiz.addEventListener("click", ({ target }) => {
    const option = target.closest("summary")?.parentElement, question = option?.parentElement;
    if (!option || option.open || asked.has(question)) return;
    points += option.dataset.correct === "true";
    const left = quiz.children.length - asked.add(question).size;
    score.textContent = `${points} of ${asked.size} right at the first try${left ? `; ${left} to go` : ""}.`;
  });
}

// Explorers with guesses: the answer opens after a guess, and closes when another case is chosen.
for (const buttons of document.querySelectorAll(".explorer-guesses")) {
  const { form } = buttons, asked = new Set();
  const score = buttons.querySelector("output"), status = form.querySelector(".explorer-status");
  let points = 0;

  const show = (guess) => {
    for (const button of buttons.querySelectorAll("button")) button.setAttribute("aria-pressed", button === guess);
    for (const answer of form.querySelectorAll(".explorer-answer")) {
      answer.open = guess && !answer.parentElement.hidden;
      if (!answer.open) answer.querySelector("strong").textContent = "";
    }
  };

  buttons.addEventListener("click", ({ target }) => {
    if (!target.dataset.guess) return;
    const frame = form.querySelector(".explorer-frame:not([hidden])"), answer = frame.querySelector(".explorer-answer");
    const right = target.dataset.guess === frame.dataset.answer;
    if (!answer.open && !asked.has(frame)) { // who has looked before does not score
      points += right;
      score.value = `${points} of ${asked.add(frame).size} right`;
    }
    answer.querySelector("strong").textContent = right ? "✓ Right. " : "✗ Wrong. ";
    show(target);
    // after the announcement of a case that was chosen a moment ago
    setTimeout(() => { status.textContent = `${answer.lastChild.textContent} ${score.value}`; }, 200);
  });
  form.addEventListener("input", () => show());
  addEventListener("hashchange", () => show());
}
