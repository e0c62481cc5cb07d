// What goes into and out of a place month by month, each reckoned as a window of its own: never as the difference of two ranges.

import {corridorsOf, flowOf, type Flow} from './place-flows';
import type {Moment, SceneData} from './types';
import {Volumes} from './volumes';
import {inHours, monthName, type Told} from './words';

/** Months that are shown, the last ones. */
export const MOST_MONTHS = 24;

/** One month, to its end or to the clock. amount: null where it is not added up; voyages: those listed that began (out) or ended (in) in it, where amounts are not added up. */
export interface MonthFigure { name: string; amount: Told | null; voyages: number; nothing: boolean }
/** Months of one direction, the last one last. by: what their bars are of; "" where neither can be said. */
export interface Months { by: 'amount' | 'voyages' | ''; figures: MonthFigure[]; left: number }
type Way = 'in' | 'out';
const FLAGS: Record<Way, number> = {in: 1, out: 2};

interface Span { from: number; to: number; end: number }

/** The months of the span up to `t`, seconds since the start of the scene; none where all of the span is hours. */
export function monthsUpTo(scene: Pick<SceneData, 'start' | 'seconds'>, t: number): Span[] {
  if (inHours(scene)) return [];
  const months: Span[] = [], at = new Date(scene.start), since = (ms: number): number => (ms - scene.start) / 1000;
  for (let year = at.getUTCFullYear(), month = at.getUTCMonth(); ; month++) {
    const from = Math.max(0, since(Date.UTC(year, month))), end = since(Date.UTC(year, month + 1));
    if (from >= t) return months;
    months.push({from, to: Math.min(end, t), end});
  }
}

export class PlaceMonths {
  /** The scene with the legs of this place alone: a month is then cheap, however many there are. */
  private readonly own: SceneData;
  private readonly volumes: Volumes;
  /** of each corridor: 1 for those into the place, 2 for those out of it */
  private readonly ways: Uint8Array;
  private readonly past = new Map<number, Record<Way, MonthFigure>>();

  constructor(private readonly scene: SceneData, private readonly place: number) {
    this.ways = new Uint8Array(scene.corridors.count);
    for (const side of ['in', 'out'] as const) for (const c of corridorsOf(scene, place, side)) this.ways[c]! |= FLAGS[side];
    this.own = withLegsOf(scene, this.ways);
    this.volumes = new Volumes(this.own);
  }

  /** Months up to a moment, in and out; empty where the span lies in a single one. */
  upTo(t: number): Record<Way, Months> {
    const months = monthsUpTo(this.scene, t), one = monthsUpTo(this.scene, this.scene.seconds).length < 2;
    const shown = one ? [] : months.slice(-MOST_MONTHS), figures = shown.map((month) => this.figures(month));
    const way = (side: Way): Months => {
      const of = figures.map((each) => each[side]), said = of.every(({amount, nothing}) => nothing || amount !== null);
      if (!said) shown.forEach((month, i) => { of[i]!.voyages = this.voyagesIn(month, side); });
      const by = of.every(({nothing}) => nothing) ? '' : said ? 'amount' : of.some(({voyages}) => voyages > 0) ? 'voyages' : '';
      return {by, figures: of, left: one ? 0 : months.length - shown.length};
    };
    return {in: way('in'), out: way('out')};
  }

  private figures(month: Span): Record<Way, MonthFigure> {
    const known = this.past.get(month.from);
    if (known) return known;
    const {from, to, end} = month, m = this.volumes.moment(to, {from, to}, 'window');
    const found = {in: this.figure(m, month, 'in'), out: this.figure(m, month, 'out')};
    if (to === end) this.past.set(from, found);
    return found;
  }

  private figure(m: Moment, {from, to, end}: Span, side: Way): MonthFigure {
    const {scene, own} = this, flow: Flow = flowOf(own, m, this.place, side), {reconciled} = own.corridors;
    const began = from === 0 && this.ways.some((way, c) => (way & FLAGS[side]) > 0 && reconciled[c] === 1 && own.spread.time[own.spread.offsets[c]!]! < 0);
    const name = `${monthName(scene.start + from * 1000)}${began ? ' and before' : ''}${to < end && to < scene.seconds ? ' so far' : ''}`;
    return {name, amount: flow.told, voyages: 0, nothing: !flow.routes.length && flow.told === null};
  }

  private voyagesIn({from, to}: Span, side: Way): number {
    const {legs} = this.own, when = side === 'in' ? legs.arrive : legs.depart;
    let voyages = 0;
    for (let i = 0; i < legs.count && legs.depart[i]! < to; i++) if ((this.ways[legs.corridor[i]!]! & FLAGS[side]) > 0 && when[i]! >= from && when[i]! < to) voyages++;
    return voyages;
  }
}

function withLegsOf(scene: SceneData, ways: Uint8Array): SceneData {
  const {legs} = scene, rows: number[] = [], at = new Int32Array(legs.count).fill(-1);
  for (let i = 0; i < legs.count; i++) if (ways[legs.corridor[i]!]! > 0) { at[i] = rows.length; rows.push(i); }
  const doubts = [...legs.doubt.leg.keys()].filter((i) => at[legs.doubt.leg[i]!]! >= 0);
  return {
    ...scene, reports: [],
    legs: {
      count: rows.length, corridor: Uint32Array.from(rows, (i) => legs.corridor[i]!), depart: Uint32Array.from(rows, (i) => legs.depart[i]!),
      arrive: Uint32Array.from(rows, (i) => legs.arrive[i]!), best: Float32Array.from(rows, (i) => legs.best[i]!),
      doubt: {
        leg: Uint32Array.from(doubts, (i) => at[legs.doubt.leg[i]!]!), low: Float32Array.from(doubts, (i) => legs.doubt.low[i]!), high: Float32Array.from(doubts, (i) => legs.doubt.high[i]!)
      },
      onward: Uint32Array.from([...legs.onward].filter((leg) => at[leg]! >= 0), (leg) => at[leg]!)
    }
  };
}
