// Soạn từ văn bản: what is marked in the document goes into the field of a new duty. Without this script it is pasted.
"use strict";

(() => {
  const paper = document.querySelector(".paper");
  const adding = document.getElementById("adding");
  if (!paper || !adding) return;
  const passage = adding.elements.namedItem("passage");
  const near = adding.elements.namedItem("near");

  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    if (!marked.rangeCount || marked.isCollapsed) return;
    const range = marked.getRangeAt(0);
    if (!paper.contains(range.commonAncestorContainer)) return;
    const start = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    const piece = start.closest("[data-at]") || start.querySelector("[data-at]");
    passage.value = marked.toString().trim();
    near.value = piece ? String(Number(piece.dataset.at) + range.startOffset) : "";
  });
  passage.addEventListener("input", () => { near.value = ""; });
})();
