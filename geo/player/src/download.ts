// A file that the browser saves.

import { el } from './dom';

const KEPT_MS = 10_000; // until the browser has surely begun to read it

export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
