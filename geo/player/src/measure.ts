// Round numbers for the width key, the scale bar and the axis: the same on screen and in a picture.

import type { Style } from './types';

const EARTH_M = 6_371_008.8;

/** The largest 1, 2 or 5 × 10ⁿ that is not above x; 0 for x <= 0. */
export function niceBelow(x: number): number {
  if (!(x > 0) || !Number.isFinite(x)) return 0;
  const power = 10 ** Math.floor(Math.log10(x) + 1e-12);
  const lead = x / power;
  return (lead >= 5 - 1e-9 ? 5 : lead >= 2 - 1e-9 ? 2 : 1) * power;
}

export interface KeyEntry { volume: number; px: number }

/** Lines of the width key, widest first: round volumes, none above the full width. Twin of `Style.legend`. */
export function widthKey(style: Style, steps = 3): KeyEntry[] {
  if (!(style.perUnit > 0)) return [];
  const entries: KeyEntry[] = [];
  let volume = niceBelow(style.fullWidth / style.perUnit);
  while (entries.length < steps && volume > 0 && (volume >= 1 || entries.length === 0)) {
    entries.push({ volume, px: Math.max(style.floor, volume * style.perUnit) });
    volume = niceBelow(volume / 2.5);
  }
  return entries;
}

/** The volume below which the floor, not the volume, decides the width. */
export function floorVolume(style: Style): number {
  return style.perUnit > 0 ? style.floor / style.perUnit : 0;
}

export interface ScaleBar { metres: number; px: number; label: string }

/** A round distance no longer than `maxPx`; null when the map has no scale yet. */
export function scaleBar(metresPerPixel: number, maxPx = 120): ScaleBar | null {
  if (!(metresPerPixel > 0) || !Number.isFinite(metresPerPixel)) return null;
  // No bar is longer than half the way round the Earth, where one scale no longer means anything.
  const metres = niceBelow(Math.min(metresPerPixel * maxPx, Math.PI * EARTH_M));
  const px = metres / metresPerPixel;
  const label = metres >= 1000 ? `${(metres / 1000).toLocaleString('en-US')} km` : `${metres.toLocaleString('en-US')} m`;
  return { metres, px, label };
}

const DAY = 86_400;
export type TickUnit = 'hour' | 'day' | 'month' | 'year';
export interface Tick { time: number; unit: TickUnit; at: Date }

function* calendar(startMs: number, endMs: number, months: number): Generator<number> {
  const first = new Date(startMs);
  let month = first.getUTCFullYear() * 12 + first.getUTCMonth();
  month -= month % months;
  for (; ; month += months) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    if (date.getTime() > endMs) return;
    if (date.getTime() >= startMs) yield date.getTime();
  }
}

function* even(startMs: number, endMs: number, seconds: number): Generator<number> {
  const step = seconds * 1000;
  for (let at = Math.ceil(startMs / step) * step; at <= endMs; at += step) yield at;
}

const EVEN: readonly (readonly [number, TickUnit])[] = [
  [60, 'hour'], [300, 'hour'], [900, 'hour'], [3600, 'hour'], [3 * 3600, 'hour'], [6 * 3600, 'hour'], [12 * 3600, 'hour'], [DAY, 'day'], [2 * DAY, 'day'], [7 * DAY, 'day'],
];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000];
/** Spans longer than this are told in months: a week that starts on any Thursday says little. */
const MONTHLY_ABOVE = 45 * DAY;

/** Ticks on whole minutes, hours, days, months or years: as many as fit, at most about `most`. */
export function ticks(start: number, seconds: number, most: number): Tick[] {
  const end = start + seconds * 1000;
  const toTick = (unit: TickUnit) => (at: number): Tick => ({ time: (at - start) / 1000, unit, at: new Date(at) });
  const fitting = seconds > MONTHLY_ABOVE ? undefined : EVEN.find(([size]) => seconds / size <= most);
  if (fitting) return [...even(start, end, fitting[0])].map(toTick(fitting[1]));
  const months = MONTHS.find((n) => seconds / (30.44 * DAY * n) <= most) ?? 6000;
  return [...calendar(start, end, months)].map(toTick(months < 12 ? 'month' : 'year'));
}
