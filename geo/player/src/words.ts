// Numbers and dates in words, as geo/formatting.py says them: "1,800–2,200", "more than 1,000", "2 Nov 2023".

import { sidesAt, type SideSaid } from './bounds';
import type { Mode, Moment, SceneData, Stretch } from './types';

export const DAY = 86_400;
const HOUR = 3600;
/** Spans shorter than these are told in hours, and in minutes; longer ones in days. Twins of those in geo/timeline.py. */
const HOURLY_BELOW = 3 * DAY, MINUTELY_BELOW = 3 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const ABOUT = 0.1;
/** Units that are written as symbols: no plural, and their own capitals. */
const SYMBOLS = new Map([['teu', 'TEU'], ['feu', 'FEU'], ['kg', 'kg'], ['km', 'km'], ['m3', 'm³'], ['lb', 'lb'], ['dwt', 'DWT'],
  ...'usd eur gbp rub cny krw jpy aed aud cad chf hkd inr irr kpw kzt sgd try uah'.split(' ').map((code): [string, string] => [code, code.toUpperCase()])]);
const PLURALS = new Map([['person', 'people']]);
/** What a figure is a multiple of that somebody may have said "more than" of. */
const ROUND = 10;
const WHOLE = 1e-6;
/** Sides of a contradiction that a headline tells; the Evidence page tells more. */
const MOST_SIDES = 3;
const grouped = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});

/** A count, rounded half up, thousands with commas: 1234.5 -> "1,235". */
export function number(value: number): string {
  return grouped.format(Math.floor(value + 0.5) + 0);
}

/** From low to high: "1,800–2,200", "2,000" where both read the same, and `floor` where high is open. */
export function extent(low: number, high: number): string {
  if (high === Infinity) return floor(low);
  return number(low) === number(high) ? number(low) : `${number(low)}–${number(high)}`;
}

/** A low without a high: "at least 1,234", and "more than 1,000" of 1,001, which is what its source said. */
export function floor(low: number): string {
  const overRound = low > ROUND && (low - 1 + WHOLE) % ROUND < 2 * WHOLE;
  return overRound ? `more than ${number(low - 1)}` : `at least ${number(low)}`;
}

/**
 * As `extent`, but "about 2,000" for a best of ±10 % (the house rule for "about") and "up to 50" for 0–50. about: whether a
 * source said "about".
 */
export function quantity(low: number, best: number, high: number, about: boolean): string {
  if (high === Infinity || number(low) === number(high)) return extent(low, high);
  const slack = 1e-6 * best;
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= slack;
  if (about && near(best * (1 - ABOUT), low) && near(best * (1 + ABOUT), high)) return `about ${number(best)}`;
  if (low === 0 && best === high) return `up to ${number(high)}`;
  return extent(low, high);
}

/**
 * A range that not all sources can be right about: "contested: 6,030–10,001 or more", "contested: 6,030–7,400". top: the
 * largest figure that any side gives; open: one of them sets no upper bound.
 */
export function contested(low: number, top: number, open: boolean): string {
  return `${CONTESTED}${extent(low, Math.max(low, top))}${open ? ' or more' : ''}`;
}

const CONTESTED = 'contested: ';

/** A range of a moment, contested or not; `top` is that of `contested`, or null where sources agree. */
export interface Told { low: number; best: number; high: number; top: number | null; /** a source said "about" */ about?: boolean }

export function toldOf(m: Moment, corridor: number): Told {
  const c = corridor;
  return { low: m.low[c]!, best: m.best[c]!, high: m.high[c]!, top: m.contested[c] ? m.top[c]! : null, about: m.about[c] === 1 };
}

const UNKNOWN = 'unknown';

/** "1,800–2,200", or with `near` "about 2,000"; "contested: 6,030–10,001 or more"; "unknown" rather than "at least 0". */
export function rangeWords({ low, best, high, top, about = false }: Told, near = false): string {
  if (top !== null) return contested(low, top, high === Infinity);
  if (high === Infinity && number(low) === '0') return UNKNOWN;
  return near ? quantity(low, best, high, about) : extent(low, high);
}

/** As `rangeWords`, with the unit: "1,800–2,200 containers", "an unknown number of containers". */
export function amount(told: Told, unit: string, near = false): string {
  const said = rangeWords(told, near);
  return said === UNKNOWN ? `an unknown number of ${units(unit)}` : counted(said, unit);
}

/** "Seoul: 6,030–7,370; Washington: more than 10,000; 2 more sides"; "" where they come to the same. */
export function sides(told: readonly SideSaid[], most = MOST_SIDES): string {
  const ranges = told.map(({low, high}) => rangeWords({low, best: low, high, top: null}));
  if (new Set(ranges).size < 2) return '';
  const parts = told.slice(0, most).map(({name}, i) => `${name}: ${ranges[i]}`);
  return [...parts, ...told.length > most ? [several(told.length - most, 'more side')] : []].join('; ');
}

const ONE = new Set(['1', 'about 1', 'at least 1', 'up to 1']);

/** Number words with their unit: ("1", "container") -> "1 container", ("about 2,000", …) -> "about 2,000 containers". */
export function counted(words: string, unit: string): string {
  return `${words} ${ONE.has(words) ? SYMBOLS.get(unit) ?? unit : units(unit)}`;
}

/** A unit on its own, for more than one: "containers", "TEU". */
export function units(unit: string): string {
  return SYMBOLS.get(unit) ?? PLURALS.get(unit) ?? (unit.endsWith('s') ? unit : `${unit}s`);
}

/** The first letter of a line in capitals. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "3 reports", "1 report". */
export function several(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** "2 Nov 2023" of epoch milliseconds, UTC. */
export function day(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "Nov 2023" of epoch milliseconds, UTC. */
export function monthName(ms: number): string {
  const date = new Date(ms);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "2 Nov 2023, 14:05" of epoch milliseconds, UTC. */
export function minute(ms: number): string {
  const date = new Date(ms);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${day(ms)}, ${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
}

export function inHours(scene: Pick<SceneData, 'seconds'>): boolean {
  return scene.seconds < HOURLY_BELOW;
}

type Span = Pick<SceneData, 'start' | 'seconds'>;

/**
 * The moment in words. A stretch ends half-open, so the day shown is that of its last second: at midnight
 * of 3 Nov everything up to and including 2 Nov is shown, and that is what is said.
 */
export function moment(scene: Span, t: number): string {
  if (inHours(scene)) return minute(scene.start + t * 1000);
  return day(scene.start + (t > 0 ? Math.ceil(t) - 1 : 0) * 1000);
}

/** "1 Oct", without the year that the other end of the stretch already says. */
function withoutYear(first: string, last: string): string {
  const year = last.slice(last.lastIndexOf(' '));
  return first.endsWith(year) ? first.slice(0, -year.length) : first;
}

/** Whole minutes since the epoch, up. */
function minutesAt(scene: Span, t: number): number {
  return Math.ceil((scene.start / 1000 + t) / 60 - 1e-6);
}

/** "12:00" where a moment lies inside a day, to the minute that it closes; "" at midnight, and in a scene of hours. */
export function clockTime(scene: Span, t: number): string {
  const minutes = minutesAt(scene, t);
  return inHours(scene) || minutes % (DAY / 60) === 0 ? '' : minute(minutes * 60_000).slice(-5);
}

/** "2 Nov 2023", and inside a day "12:00 UTC on 2 Nov 2023"; first: of the beginning of a stretch. */
function edge(scene: Span, t: number, first = false): string {
  const time = clockTime(scene, t);
  return time ? `${time} UTC on ${moment(scene, t)}` : first ? day(scene.start + t * 1000) : moment(scene, t);
}

/**
 * "by 2 Nov 2023", "between 1 Oct and 31 Oct 2023", "on 31 Oct 2023", "before 1 Aug 2023"; inside a day "by 12:00 UTC on
 * 2 Nov 2023".
 */
export function stretchWords(scene: Span, stretch: Stretch, mode: Moment['mode']): string {
  if (stretch.to <= 0) return `before ${moment(scene, 0)}`;
  const last = edge(scene, stretch.to);
  const closesDay = minutesAt(scene, stretch.to) % (DAY / 60) === 0;
  if (mode === 'cumulative' || stretch.from <= 0) return `by ${closesDay ? day(scene.start + (stretch.to - 1) * 1000) : last}`;
  const at = scene.start + stretch.from * 1000;
  if (inHours(scene)) return `between ${minute(at)} and ${last}`;
  const first = edge(scene, stretch.from, true);
  return first === last ? `on ${last}` : `between ${withoutYear(first, last)} and ${last}`;
}

const LEG: Record<Mode, string> = { 0: 'leg', 1: 'voyage', 2: 'train', 3: 'trip', 4: 'flight' };

/** What one leg of these modes is called: "voyage" where all are by sea, "leg" where they differ or nobody says. */
export function legName(modes: Iterable<number>): string {
  const [first, ...others] = new Set(modes);
  return first !== undefined && others.length === 0 ? LEG[first as Mode] : LEG[0];
}

const BY_MODE: Record<Mode, string> = { 0: 'mode not stated', 1: 'by sea', 2: 'by rail', 3: 'by road', 4: 'by air' };

export function byMode(mode: number): string {
  return BY_MODE[mode as Mode] ?? BY_MODE[0];
}

export function corridorName(scene: SceneData, corridor: number): string {
  const origin = scene.places[scene.corridors.origin[corridor] ?? -1];
  const destination = scene.places[scene.corridors.destination[corridor] ?? -1];
  return `${origin?.name ?? '?'} → ${destination?.name ?? '?'}`;
}

/** The corridor that the words are about, when they are about one only; else -1. */
export function onlyCorridor(scene: SceneData, m: Moment): number {
  if (scene.lead >= 0 || scene.corridors.count === 1) return Math.max(scene.lead, 0);
  return m.visible - m.apart === 1 ? m.width.findIndex((px, c) => px > 0 && scene.corridors.counted[c]! > 0) : -1;
}

function sumOf({ sum }: Moment): Told {
  return { ...sum, top: sum.contested ? sum.top : null };
}

/**
 * One sentence for what is shown: "Rason → Vladivostok: about 2,000 containers by 2 Nov 2023, as reported". Routes are not
 * added up here: nobody reported such a sum. Of several the one is told that carried most, if any did.
 */
export function sentence(scene: SceneData, m: Moment): string {
  const when = stretchWords(scene, m.stretch, m.mode);
  const only = onlyCorridor(scene, m);
  const subject = only >= 0 ? corridorName(scene, only) : '';
  if (m.visible === m.apart || (scene.lead >= 0 && m.sum.high === 0)) {
    const nothing = `${m.zero.includes(1) ? '0' : 'no'} ${units(scene.unit)} reported ${when}`;
    return subject ? `${subject}: ${nothing}` : capital(nothing);
  }
  if (subject) {
    // After a subject with a colon of its own, "contested: 6,030–7,400" would be one colon too many.
    const said = amount(sumOf(m), scene.unit, true).replace(CONTESTED, 'contested, ') + sidesOf(scene, m, only);
    return `${subject}: ${said} ${when}, ${summed(scene, m, only) || 'as reported'}`;
  }
  const routes = `${several(m.visible - m.apart, 'route')} ${when}`, most = mostOf(scene, m);
  if (most < 0) return `${routes}, as reported`;
  const said = `${corridorName(scene, most)}: ${amount(toldOf(m, most), scene.unit, true)}${sidesOf(scene, m, most)}`;
  return `${routes}, most on ${said}, ${summed(scene, m, most) || 'as reported'}`;
}

/** The corridors whose figure the sentence tells: one, or all that are counted where it tells none of them. */
export function spokenOf(scene: SceneData, m: Moment): number[] {
  const only = onlyCorridor(scene, m), most = only >= 0 ? only : mostOf(scene, m);
  return most >= 0 ? [most] : summedUp(scene, m);
}

/** The corridors whose figures the first of the figures adds up; one where totals speak. */
export function summedUp({ lead, corridors: { counted } }: SceneData, m: Moment): number[] {
  return lead >= 0 ? [lead] : [...counted.keys()].filter((c) => counted[c] && m.width[c]! > 0);
}

/** " (Seoul: 6,030–7,370; Washington: more than 10,000)" of a contested corridor; "" of any other. */
function sidesOf(scene: SceneData, m: Moment, corridor: number): string {
  if (!m.contested[corridor]) return '';
  const since = m.mode === 'window' && m.stretch.from > 0 ? m.stretch.from : null;
  const told = sides(sidesAt(scene, corridor, since, m.stretch.to));
  return told && ` (${told})`;
}

/** The counted corridor that carried more than any other one, whatever is true of their ranges; -1 where none did. */
function mostOf({corridors: {counted, count}}: SceneData, m: Moment): number {
  let most = 0;
  const low = (c: number): number => counted[c] ? m.low[c]! : -1;
  for (let c = 1; c < count; c++) if (low(c) > low(most)) most = c;
  for (let c = 0; c < count; c++) if (c !== most && counted[c] && m.high[c]! >= low(most)) return -1;
  return low(most) > 0 ? most : -1;
}

/**
 * "the sum of listed voyages" where a figure adds up several legs, which nobody else has; else "". corridor: the one that
 * the figure is of; of all that are counted by default.
 */
function summed({lead, corridors, legs, spread}: SceneData, m: Moment, corridor = -1): string {
  if (lead >= 0) return '';
  const of = (c: number): boolean => corridor >= 0 ? c === corridor : Boolean(corridors.counted[c]) && m.width[c]! > 0;
  const shown = [...corridors.mode.keys()].filter(of);
  let found = 0;
  for (let i = 0; i < legs.count && found < 2; i++) if (of(legs.corridor[i]!)) found++;
  if (found === 1 && shown.every((c) => spread.offsets[c + 1] === spread.offsets[c])) return '';
  return `the sum of listed ${units(legName(shown.map((c) => corridors.mode[c]!)))}`;
}

/** "1,800–2,200 containers", "1 route", "3 reports", "3 sources". */
export function figures(scene: SceneData, m: Moment): string[] {
  const sum = m.visible > m.apart ? summed(scene, m) : '';
  return [
    amount(sumOf(m), scene.unit) + (sum && `, ${sum}`),
    routes(m),
    several(m.reports, 'report'),
    m.claimants > 0 || m.reports === 0 ? several(m.claimants, 'source') : 'no source named',
  ];
}

/** "7 routes", "7 routes; the figure covers 6", "the 10 largest of 38 routes shown", "2 of 38 routes shown: into Rason". */
function routes({ visible, apart, zero, largest = 0, only }: Moment): string {
  const all = several(visible, 'route'), shown = largest > 0 && largest < visible ? `the ${number(largest)} largest of ${all} shown` : all;
  if (only) return `${number(only.count)} of ${all} shown: ${only.words}`;
  const none = zero.reduce((sum, each) => sum + each, 0);
  const told = none === 0 ? shown : visible > 0 ? `${shown}, ${number(none)} more at 0` : `${several(none, 'route')} at 0`;
  return told + (apart ? `; the figure covers ${apart === visible ? 'none' : number(visible - apart)}` : '');
}

/** "30 days", "1 day", "6 hours", "15 minutes": a length of time in the unit that the scene is told in. */
export function duration(scene: Pick<SceneData, 'seconds'>, seconds: number): string {
  return several(Math.round(seconds / unitSeconds(scene)), unitName(scene));
}

/** Seconds in the unit that a scene is told in: a minute, an hour or a day. */
export function unitSeconds(scene: Pick<SceneData, 'seconds'>): number {
  return {minute: 60, hour: HOUR, day: DAY}[unitName(scene)];
}

export function unitName(scene: Pick<SceneData, 'seconds'>): 'minute' | 'hour' | 'day' {
  return scene.seconds < MINUTELY_BELOW ? 'minute' : inHours(scene) ? 'hour' : 'day';
}

const WRITTEN = /^(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d{2}))?$/i;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?$/;

/** Epoch milliseconds of a typed "1 Aug 2023", "1 August 2023, 14:00" or "2023-08-01", UTC; null for anything else. */
export function readDay(typed: string): number | null {
  const text = typed.trim();
  const written = WRITTEN.exec(text);
  const iso = ISO.exec(text);
  const month = written
    ? MONTHS.findIndex((name) => written[2]!.toLowerCase().startsWith(name.slice(0, 3).toLowerCase()))
    : Number(iso?.[2]) - 1;
  const [year, date, hours, minutes] = written
    ? [written[3], written[1], written[4], written[5]].map((part) => Number(part ?? 0))
    : [iso?.[1], iso?.[3], iso?.[4] ?? 0, iso?.[5] ?? 0].map(Number);
  const at = new Date(Date.UTC(year!, month, date!, hours, minutes));
  // 31 Feb is no day, and must not quietly become the 2nd of March.
  const exists = month >= 0 && at.getUTCMonth() === month && at.getUTCDate() === date && at.getUTCHours() === hours;
  return exists ? at.getTime() : null;
}
