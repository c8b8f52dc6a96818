// The editor: line numbers beside the text, faulty lines marked, a fault's link leads to its line and column.
"use strict";

(() => {
  const text = document.getElementById("text");
  const numbers = document.querySelector(".numbers");
  const findings = document.getElementById("findings");
  if (!text || !numbers) return;

  const faulty = () => new Set([...findings.querySelectorAll(".bad [data-line]")].map((one) => Number(one.dataset.line)));
  const draw = () => {
    const wrong = faulty();
    const count = text.value.split("\n").length;
    numbers.replaceChildren();
    for (let line = 1; line <= count; line += 1) {
      const one = document.createElement(wrong.has(line) ? "b" : "span");
      one.textContent = wrong.has(line) ? String(line) : `${line}\n`;
      numbers.append(one);
    }
    numbers.scrollTop = text.scrollTop;
  };

  const jump = (line, column) => {
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    text.focus();
    text.setSelectionRange(start, start);
    text.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(text).lineHeight));
  };

  text.addEventListener("scroll", () => { numbers.scrollTop = text.scrollTop; });
  text.addEventListener("input", draw);
  findings.addEventListener("htmx:afterSettle", draw);
  findings.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    jump(Number(link.dataset.line), Number(link.dataset.column));
  });

  // What was typed and not saved is not lost by a slip.
  let typed = false;
  text.addEventListener("input", () => { typed = true; });
  document.getElementById("editor").addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  draw();
})();
