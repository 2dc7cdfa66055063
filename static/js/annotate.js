// Comment on selected words: while words of one block are selected, a bar offers it.
// Without this the form has a field for the words; this fills it.
const bar = document.querySelector("[data-said]");
const link = bar?.querySelector("a");
const shown = bar?.querySelector("q");
const asides = ".pilcrow, .block-tools, .notes, .vh, .host, ul, ol";
const longest = 1000;

const words = (range) => {
  const part = range.cloneContents();
  part.querySelectorAll(asides).forEach((aside) => aside.remove());
  return part.textContent.replace(/\s+/g, " ");
};

// The block both ends of a selection stand in, and its own link to a comment.
const blockOf = (node) => {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  if (!element || element.closest(".notes, .block-tools")) return null;
  const item = element.closest(".prose li[id]");
  if (item) return { piece: item, tools: item.querySelector(":scope > .block-tools a") };
  const block = element.closest(".prose .block");
  const piece = block?.querySelector(".para > [id]");
  return piece ? { piece, tools: block.querySelector(".para > .block-tools a") } : null;
};

const offer = () => {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const from = range && blockOf(range.startContainer);
  const to = range && blockOf(range.endContainer);
  if (!from?.tools || !to || from.piece !== to.piece) return hide();
  const exact = words(range).trim();
  if (!exact || exact.length > longest) return hide();
  const before = document.createRange();
  before.setStart(from.piece, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  after.setStart(range.endContainer, range.endOffset);
  after.setEnd(from.piece, from.piece.childNodes.length);
  const address = new URL(from.tools.href);
  address.searchParams.set("words", exact);
  address.searchParams.set("before", words(before).trimStart().slice(-32));
  address.searchParams.set("after", words(after).trimEnd().slice(0, 32));
  link.href = address;
  shown.textContent = exact;
  bar.hidden = false;
};

// Tabbing to the bar may end the selection: the offer stands while it is used.
const hide = () => { if (!bar.contains(document.activeElement)) bar.hidden = true; };

if (bar) document.addEventListener("selectionchange", offer);
