// When there is no map to see: a plain sentence, and the volumes of the moment as a table.

import { el } from './dom';
import { byMode, capital, corridorName, rangeWords, sentence, toldOf, units } from './words';
import type { Moment, SceneData } from './types';

/** What a reader is told of an error: its own words, or what to do where the graphics are at fault. */
export const reasonOf = (error: unknown): string => error instanceof Error && !/webgl|context|shader|device/i.test(error.message)
  ? error.message
  : 'This browser could not draw the map: it needs WebGL2. Turn on hardware acceleration, or use another browser. The volumes are listed here.';

/**
 * Lay the sentence and the table over `root`, in place of an earlier one. Returns what takes it away again,
 * for a graphics context that came back.
 */
export function showFallback(root: HTMLElement, words: string, scene: SceneData | null, m: Moment | null): () => void {
  hideFallback(root);
  const box = el('div', { class: 'wb-fallback', role: 'alert', tabindex: 0 }, el('p', { class: 'wb-fallback-words' }, words));
  if (scene && m) box.append(table(scene, m));
  root.append(box);
  return () => box.remove();
}

export function hideFallback(root: HTMLElement): void {
  for (const old of root.querySelectorAll(':scope > .wb-fallback')) old.remove();
}

function table(scene: SceneData, m: Moment): HTMLElement {
  const heads = ['Route', 'Mode', capital(units(scene.unit)), 'At least–at most'];
  const order = [...m.width.keys()].filter((c) => m.width[c]! > 0).sort((a, b) => m.best[b]! - m.best[a]! || a - b);
  const rows = order.map((c) => el('tr', {},
    el('th', { scope: 'row' }, corridorName(scene, c)),
    el('td', {}, byMode(scene.corridors.mode[c]!)),
    el('td', { class: 'wb-number' }, rangeWords(toldOf(m, c), true)),
    el('td', { class: 'wb-number' }, rangeWords(toldOf(m, c)))));
  if (rows.length === 0) rows.push(el('tr', {}, el('td', { colspan: 4 }, `No ${units(scene.unit)} have been reported up to this moment.`)));
  return el('table', {},
    el('caption', {}, sentence(scene, m)),
    el('thead', {}, el('tr', {}, ...heads.map((text) => el('th', { scope: 'col' }, text)))),
    el('tbody', {}, ...rows));
}
