// The editor for people who do not know Markdown: tools, a live preview, an outline, paste from Word.
const form = document.querySelector("form[data-editor]");
const areas = form ? [...form.querySelectorAll("textarea.editor")] : [];
let area = areas[0];
areas.forEach((own) => own.addEventListener("focus", () => { area = own; }));

// One edit that undo takes back; input methods and spelling are left alone.
const put = (from, to, text, select) => {
  area.focus();
  area.setSelectionRange(from, to);
  let done = false;
  try { done = document.execCommand("insertText", false, text); } catch { /* below */ }
  if (!done) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (select) area.setSelectionRange(from + select[0], from + select[1]);
};
const wrap = (open, close = open) => {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const words = value.slice(from, to);
  const wrapped = words.length >= open.length + close.length && words.startsWith(open) && words.endsWith(close);
  if (wrapped) {
    const bare = words.slice(open.length, words.length - close.length);
    put(from, to, bare, [0, bare.length]);
  } else {
    put(from, to, open + words + close, [open.length, open.length + words.length]);
  }
};
const lines = (mark, marked) => {
  const { selectionStart, selectionEnd, value } = area;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end < 0 ? value.length : end;
  const rows = value.slice(from, to).split("\n");
  const all = rows.every((row) => marked.test(row));
  const text = rows.map((row, at) => (all ? row.replace(marked, "") : mark(at) + row.replace(marked, ""))).join("\n");
  // A list starts after a blank line, or it is part of the paragraph above.
  const gap = !all && from > 1 && value[from - 2] !== "\n" && !marked.test(value.slice(0, from - 1).split("\n").pop()) ? "\n" : "";
  put(from, to, gap + text, [gap.length, gap.length + text.length]);
};
const tools = {
  bold: () => wrap("**"),
  italic: () => wrap("*"),
  bracket: () => wrap("[", "]"),
  heading: () => lines(() => "## ", /^#{1,6} /),
  list: () => lines(() => "- ", /^[-*] /),
  numbers: () => lines((at) => `${at + 1}. `, /^\d+[.)] /),
  quote: () => lines(() => "> ", /^> ?/),
  link: (button) => {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const words = value.slice(from, to) || button.dataset.word;
    const address = "https://";
    put(from, to, `[${words}](${address})`, [words.length + 3, words.length + 3 + address.length]);
  },
  table: (button) => {
    const { selectionEnd: at, value } = area;
    const word = button.dataset.word;
    const before = at === 0 || value.slice(0, at).endsWith("\n\n") ? "" : "\n\n";
    const text = `${before}| ${word} 1 | ${word} 2 |\n| --- | --- |\n|  |  |\n`;
    put(at, at, text, [before.length + 2, before.length + word.length + 4]);
  },
};
const bar = form?.querySelector("[data-tools]");
if (bar && area) {
  bar.hidden = false;
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-md]");
    if (button) tools[button.dataset.md](button);
  });
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !areas.includes(event.target)) return;
    const tool = { b: "bold", i: "italic" }[event.key];
    if (!tool) return;
    event.preventDefault();
    tools[tool]();
  });
}

// Preview: by the server's own renderer, a moment after the last key.
const preview = form?.querySelector("[data-preview]");
let asking;
const render = async () => {
  asking?.abort();
  asking = new AbortController();
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.dataset.editor}/preview`, { method: "POST", body, redirect: "manual", signal: asking.signal });
    if (answer.ok && answer.type === "basic") preview.innerHTML = await answer.text(); // the server has made it safe
  } catch { /* offline, or typed on: the next one tells */ }
};

// Outline: the headings in each section, to jump to.
const outline = form?.querySelector("[data-outline]");
const outlined = () => {
  areas.forEach((own, index) => {
    const item = outline.children[index];
    item.querySelector("ul")?.remove();
    const list = document.createElement("ul");
    let at = 0, fenced = false;
    for (const line of own.value.split("\n")) {
      const heading = !fenced && /^ {0,3}(#{1,6})\s+(.+?)\s*#*$/.exec(line);
      if (/^ {0,3}(```|~~~)/.test(line)) fenced = !fenced;
      if (heading) {
        const link = document.createElement("a");
        const place = at;
        link.href = `#${own.id}`;
        link.textContent = heading[2];
        link.addEventListener("click", (event) => {
          event.preventDefault();
          own.focus();
          own.setSelectionRange(place, place);
          own.scrollTop = own.scrollHeight * (place / own.value.length) - own.clientHeight / 3;
        });
        list.appendChild(document.createElement("li")).append(link);
      }
      at += line.length + 1;
    }
    if (list.children.length) item.append(list);
  });
};
if (preview && outline) {
  if (matchMedia("(min-width: 62rem)").matches) outline.parentElement.open = true; // a phone wants the text first
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { render(); outlined(); }, 600);
  });
  outlined();
  if (preview.querySelector("[data-preview-empty]") && areas.some((own) => own.value)) render();
}

// Paste: what Word or a web page puts on the clipboard comes back as Markdown.
const structured = /<(p|h[1-6]|li|table|blockquote|b|strong|i|em|a)[\s>]/i;
const status = form?.querySelector("[data-save-status]");
form?.addEventListener("paste", async (event) => {
  const html = event.clipboardData?.getData("text/html");
  if (!areas.includes(event.target) || !html || html.length > 2000000 || !structured.test(html)) return;
  event.preventDefault();
  const target = event.target;
  const { selectionStart: from, selectionEnd: to, value } = target;
  let text = event.clipboardData.getData("text/plain"), said = "";
  status.textContent = form.dataset.sayPasting;
  try {
    const body = new URLSearchParams({ csrf: form.elements.namedItem("csrf").value, html });
    const answer = await fetch(`${form.dataset.editor}/paste`, { method: "POST", body, redirect: "manual" });
    const made = await answer.json();
    if (answer.ok) [text, said] = [made.text, made.said];
  } catch { /* then as plain text */ }
  area = target;
  const same = target.value === value;
  const [start, end] = same ? [from, to] : [target.selectionStart, target.selectionEnd];
  if (/\n/.test(text)) { // blocks of their own
    const before = target.value.slice(0, start), after = target.value.slice(end);
    if (before && !before.endsWith("\n\n")) text = (before.endsWith("\n") ? "\n" : "\n\n") + text;
    if (after && !after.startsWith("\n")) text += "\n\n";
  }
  put(start, end, text);
  status.setAttribute("aria-live", "polite");
  status.textContent = said;
});
