// Keeps what is typed in the editor: on the server, and on this device while the server does not answer.
const form = document.querySelector("form[data-editor]");
const status = form?.querySelector("[data-save-status]");

const device = {
  name: `primum-copy:${form?.dataset.deviceKey}`,
  read() { try { return JSON.parse(localStorage.getItem(this.name)); } catch { return null; } },
  write(copy) { try { localStorage.setItem(this.name, JSON.stringify(copy)); return true; } catch { return false; } },
  drop() { try { localStorage.removeItem(this.name); } catch { /* nothing was kept */ } },
};
const own = ["csrf", "once"]; // what belongs to the page, not to the text
const texts = () => [...new FormData(form)].filter(([name]) => !own.includes(name));

if (form && status) {
  const say = form.dataset;
  let typed = 0, kept = 0, last = 0, sending = false, timer = 0;

  // Said aloud when it changes for good or bad, or was asked for; not at every pause.
  const show = (text, tone, loud, link) => {
    status.setAttribute("aria-live", loud || !status.classList.contains(tone) ? "polite" : "off");
    status.className = `save-status ${tone}`;
    status.textContent = text;
    if (link) status.append(" ", Object.assign(document.createElement("a"), link));
  };
  const keepHere = (sentence) => {
    const there = device.write({ at: Date.now(), fields: texts() });
    show(there ? sentence : say.sayLost, "save-bad");
  };

  const keep = async (asked) => {
    clearTimeout(timer);
    if (sending || (typed === kept && !asked)) return;
    sending = true;
    const at = typed;
    const body = new URLSearchParams(new FormData(form));
    body.set("answer", "json");
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), 20000);
    let answer;
    try {
      answer = await fetch(`${say.editor}/working-copy`, {
        method: "POST", body, redirect: "manual", signal: patience.signal,
        keepalive: document.hidden && body.toString().length < 60000,
      });
      if (answer.type === "opaqueredirect") {
        keepHere(say.saySignedOut);
      } else {
        const said = await answer.json();
        if (answer.ok || said.href) {
          kept = at;
          last = Date.now();
          device.drop();
          const link = said.href && { href: said.href, textContent: said.link };
          show(said.text, link ? "save-bad" : "save-ok", asked, link);
          if (typed === kept) form.dispatchEvent(new Event("kept", { bubbles: true }));
        } else {
          keepHere(said.text);
        }
      }
    } catch {
      // An answer that is no news is a page: of somebody who signed in anew elsewhere, or a refusal.
      if (!answer) keepHere(say.sayOffline);
      else keepHere(answer.status === 403 ? say.saySignedOut : say.sayRefused);
    } finally {
      clearTimeout(over);
      sending = false;
      if (typed !== kept) timer = setTimeout(keep, typed === at ? 10000 : 1500);
    }
  };

  form.addEventListener("input", () => {
    if (typed === kept) show(say.sayUnsaved, "save-waits");
    typed += 1;
    clearTimeout(timer);
    timer = setTimeout(keep, Date.now() - last > 15000 ? 1500 : 4000);
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    keep(true);
  });
  addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (typed === kept) return;
    if (navigator.onLine) {
      device.write({ at: Date.now(), fields: texts() });
      try { sessionStorage.setItem("sent", device.name); } catch { /* the next editor asks */ }
      return;
    }
    event.preventDefault();
    keepHere(say.sayOffline);
  });

  // Text of this device that the server never got.
  const copy = device.read();
  const now = new Map(texts());
  const differs = copy?.fields?.some(([name, value]) =>
    name !== "base" && (now.get(name) ?? "").replace(/\r\n?/g, "\n") !== value.replace(/\r\n?/g, "\n"));
  const offer = document.querySelector("[data-device]");
  if (copy && !differs) device.drop();
  if (differs && offer) {
    offer.querySelector("[data-device-time]").textContent = new Date(copy.at).toLocaleString(document.documentElement.lang);
    offer.hidden = false;
    offer.querySelector("[data-device-use]").addEventListener("click", () => {
      for (const [name, value] of copy.fields) {
        const field = form.elements.namedItem(name);
        if (field instanceof Element && "value" in field) field.value = value;
      }
      offer.hidden = true;
      form.dispatchEvent(new Event("input", { bubbles: true }));
      form.elements.namedItem("statement").focus();
    });
    offer.querySelector("[data-device-drop]").addEventListener("click", () => { device.drop(); offer.hidden = true; });
  }
}
