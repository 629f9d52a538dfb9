// Copies a text; false where the browser allows it in neither way.
import { make } from './dom.js';

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

// Pages that were opened from a file may not write to the clipboard, but may copy what is selected.
function copySelected(text) {
  const area = make('textarea', { class: 'unseen', readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
