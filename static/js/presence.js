// Who holds the pen and who reads, told by the server while this page is looked at.
const bar = document.querySelector("[data-presence]");
let source = null;
const show = (event) => {
  const now = JSON.parse(event.data);
  const pen = bar.querySelector("[data-pen]");
  const readers = bar.querySelector("[data-readers]");
  if (pen.textContent !== now.pen) pen.textContent = now.pen;
  if (readers.textContent !== now.readers) readers.textContent = now.readers;
  readers.hidden = !now.readers;
  const newer = bar.querySelector("[data-newer]");
  if (newer && now.revision > Number(newer.dataset.newer)) {
    const said = newer.querySelector("span");
    newer.hidden = false;
    if (said.textContent !== now.newer) said.textContent = now.newer;
  }
};
const close = () => { source?.close(); source = null; };
const open = () => {
  if (source || document.hidden) return;
  source = new EventSource(bar.dataset.presence);
  source.addEventListener("message", show);
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
    close();
    setTimeout(open, 20000);
  });
};
if (bar) {
  // A browser opens about six connections to a host: a page nobody looks at holds none.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
