// Before anything is painted: the theme that was chosen, else the system's.
try {
  const chosen = localStorage.getItem('ligand.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; then the system's theme it is.
}
