// Small improvements to pages that already work without them.
const root = document.documentElement;
const all = (selector, act) => document.querySelectorAll(selector).forEach(act);

// Theme: automatic, light, dark. The button is hidden until this script can serve it.
const themes = ["auto", "light", "dark"];
const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
const store = (theme) => {
  try { theme === "auto" ? localStorage.removeItem("theme") : localStorage.setItem("theme", theme); } catch { /* for this page only */ }
};
all("[data-theme-choice]", (button) => {
  let theme = themes.includes(stored()) ? stored() : "auto";
  const show = () => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    button.textContent = button.dataset[theme] || theme;
  };
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    store(theme);
    show();
  });
  show();
  button.hidden = false;
});

// Times: the reader's own zone after the stated one, in the page's language.
const label = root.dataset.localLabel || "{time}";
all("time[datetime][data-local]", (time) => {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime()) || at.getTimezoneOffset() === 0) return; // stated in UTC already
  const words = new Intl.DateTimeFormat(root.lang === "en" ? "en-GB" : root.lang || undefined, {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  }).format(at);
  const own = document.createElement("span");
  own.className = "own-time";
  own.textContent = ` (${label.replace("{time}", words)})`;
  time.after(own);
});

// Forms: warn before leaving typed text behind; send once.
const typed = new Set();
all("form[data-unsaved]", (form) => form.addEventListener("input", () => typed.add(form)));
addEventListener("kept", (event) => typed.delete(event.target)); // what is typed is safe on the server
addEventListener("beforeunload", (event) => {
  if (typed.size === 0) return;
  event.preventDefault();
  event.returnValue = ""; // Chromium before 119
});
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
  if (event.submitter?.matches("[data-download]") || form.target) return; // the page stays
  form.setAttribute("aria-busy", "true");
  typed.delete(form);
});
addEventListener("pageshow", () => all("form[aria-busy]", (form) => form.removeAttribute("aria-busy")));

// What the editor sent has arrived: this device need not keep it.
if (/[?&]done=(saved|created|kept)\b/.test(location.search)) {
  try {
    const sent = sessionStorage.getItem("sent");
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem("sent");
  } catch { /* nothing was kept */ }
}

// Errors and outcomes are read first.
document.querySelector(".error-summary[data-focus], .error-summary, [data-focus]")?.focus();

all("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

// The work queue: j and k go on and back while nobody types, unless turned off.
const keys = document.querySelector("[data-keys]");
if (keys) {
  const kept = () => { try { return localStorage.getItem("keys"); } catch { return null; } };
  const keep = (word) => { try { localStorage.setItem("keys", word); } catch { /* for this page only */ } };
  let on = kept() !== "off";
  const show = () => {
    keys.textContent = on ? keys.dataset.on : keys.dataset.off;
    keys.setAttribute("aria-pressed", String(on));
  };
  keys.addEventListener("click", () => { on = !on; keep(on ? "on" : "off"); show(); });
  show();
  keys.hidden = false;
  const rows = [...document.querySelectorAll("[data-queue] .task-title")];
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (!on || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    if (rows.length) {
      const at = rows.indexOf(document.activeElement);
      rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))].focus();
    } else document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  });
}

// A list of contents is folded on a phone, where the text comes first, and open beside the text.
if (matchMedia("(min-width: 62rem)").matches) all("[data-wide-open]", (own) => { own.open = true; });

// What an address points at may be folded away.
const unfold = () => {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let folded = at?.closest("details:not([open])");
  if (!folded) return;
  for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
  at.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();
