// Runs before the first paint: the reader's own choice of theme, if there is one.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch { /* no storage: the system's preference holds */ }
