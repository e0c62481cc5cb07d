// Which reports set the range of a reconciled corridor at a moment, and which contradict one another.

import {curveAt, firstAtOrAfter, within} from './curves';
import type {Bounds, SceneData} from './types';

/** Rows of reports, each once, in their order on the page. */
export interface SetBy { low: number[]; high: number[] }

export interface SideSaid { name: string; low: number; high: number }

const NOTHING: SetBy = {low: [], high: []};

function boundsOf(scene: SceneData, corridor: number): Bounds | undefined {
  return scene.bounds.find((bounds) => bounds.corridor === corridor);
}

/** Low is held from the moment before, high comes from the moment after: in between, the reports say no more. */
function heldAt({time}: Bounds, t: number): {before: number; after: number} {
  const after = firstAtOrAfter(time, t);
  return {before: time[after] === t ? after : after - 1, after};
}

/** The reports that set low and high up to `to`; of a stretch from `from` on, also those that bound its beginning. */
export function setBy(scene: SceneData, corridor: number, from: number | null, to: number): SetBy {
  const bounds = boundsOf(scene, corridor);
  if (!bounds) return NOTHING;
  const now = heldAt(bounds, to), then = from === null ? null : heldAt(bounds, from);
  const rows = (...sets: (number[] | undefined)[]): number[] => [...new Set(sets.flatMap((set) => set ?? []))].sort((a, b) => a - b);
  return {
    low: rows(bounds.lowBy[now.before], then ? bounds.highBy[then.after] : []),
    high: rows(bounds.highBy[now.after], then ? bounds.lowBy[then.before] : [])
  };
}

/** Whether the reports of a reconciled corridor speak of a time before `to`: a high of 0 is theirs from then on. */
export function hasBegun(scene: SceneData, corridor: number, to: number): boolean {
  return to > (boundsOf(scene, corridor)?.time[0] ?? Infinity);
}

/** Sets of reports of a corridor that cannot all be true. */
export function conflictsOf(scene: SceneData, corridor: number): readonly number[][] {
  return boundsOf(scene, corridor)?.conflicts ?? [];
}

/** What each side allows a contested corridor to have carried up to `to`, or from `from` to it. */
export function sidesAt(scene: SceneData, corridor: number, from: number | null, to: number): SideSaid[] {
  return boundsOf(scene, corridor)?.sides.map((side) => ({name: side.name, ...within(side, from ?? -Infinity, to)})) ?? [];
}

/** The largest figure that any side gives for a contested corridor up to `to`, or from `from` to it: its high, unless open. */
export function topAt(scene: SceneData, corridor: number, from: number | null, to: number, low: number, high: number): number {
  const bounds = boundsOf(scene, corridor);
  if (high !== Infinity || !bounds) return high === Infinity ? low : high;
  const now = bounds.tops[heldAt(bounds, to).before] ?? low;
  return Math.max(low, from === null ? now : now - curveAt(scene.spread, corridor, from).low);
}
