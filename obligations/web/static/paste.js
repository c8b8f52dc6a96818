// Copies the text; where the page has no clipboard (plain http), the text is marked and copied as by Ctrl+C.
"use strict";

const text = document.getElementById("paste");
const button = document.getElementById("copy");
if (text && button) {
  const said = document.getElementById("copied");
  button.hidden = false;
  button.addEventListener("click", async () => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select();
      done = document.execCommand("copy");
    }
    said.textContent = done ? said.dataset.done : said.dataset.failed;
  });
}
