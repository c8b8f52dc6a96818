// Down the column by Enter, saved by Ctrl+Enter; without this script the form is sent by Enter.
"use strict";

const column = document.getElementById("column");
const numbers = [...column.querySelectorAll("input[name^='so_']")];
(column.querySelector("[aria-invalid]") || numbers[0])?.focus();

column.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.isComposing) return;
  event.preventDefault();
  const decision = event.target.closest("details")?.querySelector("button");
  if (decision) {
    column.requestSubmit(decision);
    return;
  }
  const save = column.querySelector("button[value='ghi']");
  if (event.ctrlKey || event.metaKey) {
    column.requestSubmit(save);
    return;
  }
  const row = event.target.closest("tr");
  const next = numbers.find((one) => row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && !row.contains(one));
  (next || save).focus();
});
