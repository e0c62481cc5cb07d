// What was carried: the parts of a route by cargo, and which colour each of them has. A part is a sum of listed voyages; the
// range of a reconciled route is never taken apart.

import {curveAt} from './curves';
import type {Moment, SceneData} from './types';
import {toldOf, type Told} from './words';

/** Colours of the theme: not stated, six cargoes, all others. */
export const COLOURS = 8;
const OTHERS = COLOURS - 1;
const DUST = 1e-9;

/** cargo: row of the names. told: null where it is named by reports and no voyage of it is listed by then. */
export interface Part { cargo: number; name: string; told: Told | null }
/** apart: whether the parts make up the figure of the route; else they are voyages listed on a route whose range is of all cargoes. */
export interface RouteParts { parts: Part[]; apart: boolean }
/** A row of the legend: its place in the theme's colours, and its words. */
export interface CargoKey { colour: number; words: string }

interface Sum { low: number; best: number; high: number; open: number }

export const colourOf = (cargo: number): number => Math.min(cargo, OTHERS);

/** How much of a leg moves within [from, to): evenly from departure to arrival, in a step where no arrival is known. */
function partBetween(depart: number, arrive: number, from: number, to: number): number {
  const past = (t: number): number => t <= depart ? 0 : arrive > depart ? Math.min(1, (t - depart) / (arrive - depart)) : 1;
  return past(to) - (from > 0 ? past(from) : 0);
}

export class CargoParts {
  /** Legs of corridor c are rows first[c]..first[c + 1] of `rows`. */
  private readonly first: Uint32Array;
  private readonly rows: Uint32Array;
  private readonly low: Float32Array;
  private readonly high: Float32Array;
  private readonly vague = new Map<number, {cargo: number; curve: SceneData['spread']}[]>();

  constructor(private readonly scene: SceneData, private readonly cargoes: NonNullable<SceneData['cargoes']>) {
    const {legs, corridors: {count}} = scene, first = this.first = new Uint32Array(count + 1), at = new Uint32Array(count);
    for (const c of legs.corridor) first[c + 1]! += 1;
    for (let c = 0; c < count; c++) first[c + 1]! += first[c]!;
    this.rows = new Uint32Array(legs.count);
    for (let i = 0; i < legs.count; i++) { const c = legs.corridor[i]!; this.rows[first[c]! + at[c]!++] = i; }
    [this.low, this.high] = [legs.best.slice(), legs.best.slice()];
    legs.doubt.leg.forEach((leg, i) => { this.low[leg] = legs.doubt.low[i]!; this.high[leg] = legs.doubt.high[i]!; });
    const {spread} = cargoes, n = spread.time.length;
    for (let from = 0, end = 0; from < n; from = end) {
      const corridor = spread.corridor[from]!, cargo = spread.cargo[from]!;
      while (end < n && spread.corridor[end] === corridor && spread.cargo[end] === cargo) end++;
      this.vague.set(corridor, [...this.vague.get(corridor) ?? [], {cargo, curve: {...spread, offsets: Uint32Array.of(from, end)}}]);
    }
  }

  /** The parts of a route within a moment's stretch, the largest first; null where nothing says what it carries. */
  of(m: Moment, corridor: number): RouteParts | null {
    const {scene, cargoes} = this, ranged = scene.corridors.reconciled[corridor] === 1, sums = this.sums(m, corridor), about = m.about[corridor] === 1;
    const parts = [...sums].map(([cargo, {low, best, high, open}]): Part => ({
      cargo, name: this.name(cargo), told: {low, best, high: open > DUST * Math.max(1, best) ? Infinity : high, top: null, about}
    })).sort((a, b) => b.told!.best - a.told!.best || a.cargo - b.cargo);
    const named = [...cargoes.stated[corridor] ?? []].filter((cargo) => cargo > 0 && !sums.has(cargo)).map((cargo): Part => ({cargo, name: this.name(cargo), told: null}));
    const all = [...parts, ...named];
    if (!all.some(({cargo}) => cargo > 0)) return null;
    // The one cargo that all of its reports name has all of its range.
    if (ranged && cargoes.stated[corridor]?.length === 1) return {parts: [{cargo: all[0]!.cargo, name: all[0]!.name, told: toldOf(m, corridor)}], apart: true};
    return {parts: all, apart: !ranged};
  }

  /** Of each route the shares of its colours, by best: COLOURS numbers a route that add up to 1, in the order of the routes. */
  shares(m: Moment): Float32Array {
    const {scene: {corridors, legs}, cargoes} = this, {from, to} = m.stretch, found = new Float32Array(corridors.count * COLOURS);
    for (let i = 0; i < legs.count && legs.depart[i]! < to; i++) {
      const part = partBetween(legs.depart[i]!, legs.arrive[i]!, from, to);
      if (part > 0) found[legs.corridor[i]! * COLOURS + colourOf(cargoes.ofLeg[i]!)]! += part * legs.best[i]!;
    }
    for (const [c, curves] of this.vague)
      for (const {cargo, curve} of curves) found[c * COLOURS + colourOf(cargo)]! += curveAt(curve, 0, to).best - (from > 0 ? curveAt(curve, 0, from).best : 0);
    for (let c = 0; c < corridors.count; c++) this.divide(found.subarray(c * COLOURS, (c + 1) * COLOURS), c, m.width[c]! > 0);
    return found;
  }

  /** Amounts by colour -> shares; nothing where nothing is drawn. A reconciled range has one colour. */
  private divide(own: Float32Array, c: number, drawn: boolean): void {
    const stated = this.cargoes.stated[c] ?? [], ranged = this.scene.corridors.reconciled[c] === 1, all = own.reduce((sum, each) => sum + each, 0);
    if (drawn && !ranged && all > DUST) { for (let k = 0; k < COLOURS; k++) own[k]! /= all; return; }
    own.fill(0);
    if (!drawn) return;
    const first = this.rows[this.first[c]!], alone = ranged ? (stated.length === 1 ? stated[0]! : 0) : this.first[c]! < this.first[c + 1]! ? this.cargoes.ofLeg[first!]! : 0;
    own[colourOf(alone)] = 1;
  }

  /** Whether any route can be told by its cargo at all. */
  get canColour(): boolean {
    const {scene: {corridors: {reconciled}, legs}, cargoes} = this;
    return cargoes.stated.some((rows) => rows.length === 1 && rows[0]! > 0) || [...this.vague.values()].some((curves) => curves.some(({cargo}) => cargo > 0))
      || cargoes.ofLeg.some((cargo, i) => cargo > 0 && !reconciled[legs.corridor[i]!]);
  }

  /** Rows of the legend for what is drawn of the whole span. */
  key(whole: Moment, drawn: ReadonlySet<number>): CargoKey[] {
    const {cargoes, scene: {corridors}} = this, shares = this.shares(whole), most = new Float64Array(COLOURS);
    for (const c of drawn) for (let k = 0; k < COLOURS; k++) most[k] = Math.max(most[k]!, shares[c * COLOURS + k]!);
    const mixed = [...drawn].some((c) => corridors.reconciled[c] === 1 && (cargoes.stated[c]?.length ?? 0) > 1);
    const words = (colour: number): string => {
      if (colour === 0) return mixed ? 'Cargo not stated, or not told apart' : 'Cargo not stated';
      return colour === OTHERS && cargoes.names.length > COLOURS ? 'Other cargoes' : cargoes.names[colour]!;
    };
    return [...most.keys()].filter((colour) => most[colour]! > 0).map((colour) => ({colour, words: words(colour)}));
  }

  private name(cargo: number): string {
    return this.cargoes.names[cargo] || 'Not stated';
  }

  /** By cargo, what moved within the stretch; without those of which nothing did. */
  private sums({stretch: {from, to}}: Moment, corridor: number): Map<number, Sum> {
    const {legs} = this.scene, {ofLeg} = this.cargoes, sums = new Map<number, Sum>();
    const add = (cargo: number, low: number, best: number, high: number, open: number): void => {
      const into = sums.get(cargo) ?? {low: 0, best: 0, high: 0, open: 0};
      sums.set(cargo, {low: into.low + low, best: into.best + best, high: into.high + high, open: into.open + open});
    };
    for (let k = this.first[corridor]!; k < this.first[corridor + 1]!; k++) {
      const i = this.rows[k]!, part = partBetween(legs.depart[i]!, legs.arrive[i]!, from, to);
      if (!(part > 0)) continue;
      const best = part * legs.best[i]!, high = part * this.high[i]!, open = !Number.isFinite(high);
      add(ofLeg[i]!, part * this.low[i]!, best, open ? best : high, open ? best : 0);
    }
    for (const {cargo, curve} of this.vague.get(corridor) ?? []) {
      const now = curveAt(curve, 0, to), before = from > 0 ? curveAt(curve, 0, from) : null;
      const grown = (name: 'low' | 'best' | 'high' | 'open'): number => now[name] - (before?.[name] ?? 0);
      if (grown('best') > DUST || grown('high') > DUST) add(cargo, grown('low'), grown('best'), grown('high'), grown('open'));
    }
    return sums;
  }
}
