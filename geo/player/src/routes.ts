// All routes of a moment as rows: what the panel lists and its CSV holds.

import type {Moment, SceneData} from './types';
import {amount, byMode, corridorName, rangeWords, toldOf, units} from './words';

/** share: of the sum of all listed voyages, 0–1; null where a route's figure is a range of reported totals, which nobody may add up. */
export interface Route { corridor: number; name: string; mode: string; range: string; best: number; share: number | null; contested: boolean }

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

/** Whether the figure of a corridor is a sum of voyages that are listed one by one, and of no reported total. */
export function isListed({corridors}: SceneData, corridor: number): boolean {
  return corridors.counted[corridor] === 1 && corridors.reconciled[corridor] === 0;
}

/** What corridors carry together, where each is a sum of listed voyages and no goods are in two of them; else null. */
export function listedSum(scene: SceneData, m: Moment, corridors: readonly number[]): {low: number; best: number; high: number} | null {
  if (!corridors.every((c) => isListed(scene, c))) return null;
  const own = new Set(corridors);
  if (own.size > 1 && (scene.again.time.length > 0 || scene.legs.onward.some((leg) => own.has(scene.legs.corridor[leg]!)))) return null;
  const sum = (column: Float64Array): number => corridors.reduce((all, c) => all + column[c]!, 0);
  return {low: sum(m.low), best: sum(m.best), high: sum(m.high)};
}

/** The routes that carry anything, the largest first. typed: words that are all in the names of a row. */
export function routesOf(scene: SceneData, m: Moment, typed = ''): Route[] {
  const words = plain(typed).split(/\s+/).filter(Boolean), {corridors} = scene;
  const carrying = [...m.width.keys()].filter((c) => m.width[c]! > 0), together = listedSum(scene, m, carrying)?.best ?? 0;
  const rows = carrying.map((c): Route => ({
    corridor: c, name: corridorName(scene, c), mode: byMode(corridors.mode[c]!), range: rangeWords(toldOf(m, c), true), best: m.best[c]!,
    share: together > 0 && carrying.length > 1 ? m.best[c]! / together : null, contested: m.contested[c] === 1
  }));
  const found = words.length ? rows.filter(({name, mode}) => words.every((word) => plain(`${name} ${mode}`).includes(word))) : rows;
  return found.sort((a, b) => b.best - a.best || m.low[b.corridor]! - m.low[a.corridor]! || a.corridor - b.corridor);
}

/** Said of one route with its unit, for those who hear it. */
export const routeWords = (scene: SceneData, m: Moment, {corridor, name}: Route): string => `${name}: ${amount(toldOf(m, corridor), scene.unit, true)}`;

/** What follows its range for those who hear it: " containers", or nothing after "unknown". */
export function unitOf(scene: SceneData, m: Moment, {corridor, range}: Route): string {
  const said = amount(toldOf(m, corridor), scene.unit, true);
  return said.startsWith(range) ? said.slice(range.length) : '';
}

/** A cell that a spreadsheet would run gets an apostrophe before it, as in geo/files/formulas.py. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const tame = /^'*[=+@\t\r\n＝＋－＠-]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

/** The rows as CSV. High is empty where no upper limit was reported; By is the moment, UTC, before which all of it moved. */
export function routesCsv(scene: SceneData, m: Moment, rows: readonly Route[]): string {
  const by = new Date(scene.start + m.t * 1000).toISOString();
  const since = m.mode === 'window' ? new Date(scene.start + m.stretch.from * 1000).toISOString() : '';
  const lines = rows.map(({corridor: c, mode, contested}) => {
    const {corridors, places} = scene, [from, to] = [places[corridors.origin[c]!]!, places[corridors.destination[c]!]!];
    const high = m.high[c]!;
    return [from.name, to.name, mode, m.low[c]!, m.best[c]!, high === Infinity ? '' : high, units(scene.unit), since, by, contested ? 'contested' : ''];
  });
  return [['From', 'To', 'Mode', 'Low', 'Best', 'High', 'Unit', 'Since', 'By', 'Note'], ...lines].map((row) => `${row.map(cell).join(',')}\n`).join('');
}
