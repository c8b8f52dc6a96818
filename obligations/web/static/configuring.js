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

  const named = /^#dong-(\d+)$/.exec(window.location.hash);
  if (named) jump(Number(named[1]), 1);

  // What would be refused for its length is not sent: it stays in the editor, and the page says so.
  const editor = document.getElementById("editor");
  const tooLong = document.getElementById("too-long");
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const isTooLong = () => {
    const [size, most] = [new TextEncoder().encode(text.value).length, Number(text.dataset.most)];
    tooLong.hidden = size <= most;
    if (tooLong.hidden) return false;
    const told = { "{size}": Math.ceil(size / 100000) / 10, "{most}": most / 1000000 };
    tooLong.textContent = text.dataset.tooLong.replace(/{size}|{most}/g, (one) => number.format(told[one]));
    return true;
  };
  const hold = (event) => { if (isTooLong()) event.preventDefault(); };
  if (tooLong) editor.addEventListener("htmx:configRequest", hold);

  // What a browser brings back of an earlier visit was typed over the file as it was read then, not over today's.
  const { read } = editor.elements;
  let typed = false;
  window.addEventListener("pageshow", () => {
    typed = text.value !== text.defaultValue;
    if (typed && history.state?.read) read.value = history.state.read;
    else history.replaceState({ ...history.state, read: read.value }, "");
    draw();
  });

  // What was typed and not saved is not lost by a slip.
  text.addEventListener("input", () => { typed = true; });
  editor.addEventListener("submit", (event) => {
    if (tooLong) hold(event);
    if (!event.defaultPrevented) typed = false;
  });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  draw();
})();
