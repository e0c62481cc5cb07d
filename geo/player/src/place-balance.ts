// What came into a place less what left it, where the reports let that be said; else why they do not.

import type {Flow} from './place-flows';
import type {SceneData} from './types';
import {counted, extent, number, units, type Told} from './words';

/** words: the figure, or "cannot be said"; note: how it was reckoned, or why there is none. */
export interface Balance { words: string; note: string }

type Both = Record<'in' | 'out', Flow>;
const SIDES = ['in', 'out'] as const;
const CAME: Record<'in' | 'out', string> = {in: 'what came in', out: 'what went out'};
const RECKONED = 'From the least in less the most out, to the most in less the least out.';

/** null where nothing at all is reported of the place. */
export function balanceOf(scene: SceneData, flows: Both): Balance | null {
  if (SIDES.every((side) => flows[side].told === null && !flows[side].routes.length)) return null;
  const why = whyNot(scene, flows);
  if (why) return {words: 'cannot be said', note: why};
  const into = flows.in.told!, out = flows.out.told!, exact = isExact(into) && isExact(out);
  return {words: differenceWords(into.low - out.high, into.high - out.low, scene.unit), note: exact ? '' : RECKONED};
}

/** A sentence for the first thing that stands in the way; "" where nothing does. */
function whyNot(scene: SceneData, flows: Both): string {
  for (const side of SIDES) {
    const {told, routes} = flows[side];
    if (!told && routes.length) return `No balance: ${CAME[side]} is not added up.`;
    if (!told) return `No balance: nothing is reported ${side}, which does not mean that nothing moved.`;
    if (told.top !== null) return `No balance: sources contradict one another about ${CAME[side]}.`;
    if (told.high === Infinity) return `No balance: no upper limit is reported for ${CAME[side]}.`;
  }
  const exact = SIDES.every((side) => isExact(flows[side].told!));
  return !exact && areTied(scene, flows) ? 'No balance: the same reports or the same goods are behind both figures, so that their ranges depend on each other.' : '';
}

const isExact = ({low, high}: Told): boolean => low === high;

/** Whether one range bears on the other: a total that bounds both, a flow that holds both, or goods that come in and go on. */
function areTied({reports, legs, again, corridors: {inside}}: SceneData, flows: Both): boolean {
  const [ins, outs] = SIDES.map((side) => new Set(flows[side].routes.map(({corridor}) => corridor))) as [Set<number>, Set<number>];
  const around = (own: ReadonlySet<number>): Set<number> => new Set([...own].flatMap((c) => [c, ...inside[c]!]));
  const wide = around(ins);
  return [...around(outs)].some((c) => wide.has(c)) || again.time.length > 0
    || legs.onward.some((leg) => ins.has(legs.corridor[leg]!) || outs.has(legs.corridor[leg]!))
    || reports.some(({kind, drawn, corridors}) => drawn && kind === 'total' && corridors.some((c) => ins.has(c)) && corridors.some((c) => outs.has(c)));
}

/** "40 containers more in than out", "from 20 containers more out to 40 more in", "as many containers in as out". */
export function differenceWords(low: number, high: number, unit: string): string {
  const [least, most] = [low, high].map((value) => Math.sign(value) * Number(number(Math.abs(value)).replaceAll(',', ''))) as [number, number];
  if (least === 0 && most === 0) return `as many ${units(unit)} in as out`;
  if (least >= 0) return `${told(least, most, unit)} more in than out`;
  if (most <= 0) return `${told(-most, -least, unit)} more out than in`;
  return `from ${counted(number(-least), unit)} more out to ${number(most)} more in`;
}

const told = (low: number, high: number, unit: string): string => counted(low === 0 ? `up to ${number(high)}` : extent(low, high), unit);
