// Colours of the map in Streamlit's current theme. The same values stand in geo/scene/style.py.

import type {Mode, Theme} from './types';

const DARK = {
  sea: '#0C1824', land: '#26323C', label: '#C9D4DE', line: '#F2F6FA',
  border: '#71808C', country: '#A3AFBA', city: '#B9C4CE', water: '#7FB0D2',
  mode: {0: '#B8C4CE', 1: '#E69F00', 2: '#CC79A7', 3: '#009E73', 4: '#56B4E9'} as Record<Mode, string>,
  cargo: ['#B8C4CE', '#E69F00', '#56B4E9', '#009E73', '#F2FF00', '#6E66FF', '#E0561A', '#FFF6A6']
};
const LIGHT = {
  sea: '#C9DBE7', land: '#F7F4EE', label: '#33414D', line: '#17212B',
  border: '#9C9284', country: '#5F574C', city: '#4A4F55', water: '#2A5678',
  mode: {0: '#5B6873', 1: '#B35900', 2: '#9A3E75', 3: '#00704F', 4: '#1F6FA8'} as Record<Mode, string>,
  cargo: ['#6B757E', '#B35900', '#1F6FA8', '#00704F', '#4B2BE0', '#5C3A00', '#1B2A6B', '#1A1210']
};
export const MODE_NAMES: Record<Mode, string> = {0: 'mode not stated', 1: 'maritime', 2: 'rail', 3: 'road', 4: 'air'};

export function readTheme(host: Element): Theme {
  const css = getComputedStyle(host);
  const value = (name: string, otherwise: string) => css.getPropertyValue(name).trim() || otherwise;
  const background = value('--st-background-color', '#ffffff');
  const dark = luminance(rgb(background)) < 0.4;
  const own = dark ? DARK : LIGHT;
  return {
    dark, background, ...own,
    text: value('--st-text-color', own.label),
    muted: dark ? '#9AA9B6' : '#566470',
    primary: value('--st-primary-color', own.mode[1]),
    font: value('--st-font', 'system-ui, sans-serif')
  };
}

/** The light colours, on white: what is printed, in the font of the page. */
export const paperTheme = ({font}: Theme): Theme => ({dark: false, background: '#ffffff', ...LIGHT, text: '#17212b', muted: '#566470', primary: LIGHT.mode[1], font});

/** The property that has the colour of a mode. */
export const modeProperty = (mode: Mode): string => `--wb-${MODE_NAMES[mode].split(' ')[0]!}`;

/** Writes the map's colours as --wb-* variables, for player.css. */
export function applyTheme(root: HTMLElement, theme: Theme): void {
  root.dataset['theme'] = theme.dark ? 'dark' : 'light';
  const set = (name: string, value: string) => root.style.setProperty(`--wb-${name}`, value);
  set('sea', theme.sea); set('land', theme.land); set('label', theme.label); set('line', theme.line); set('muted', theme.muted);
  theme.cargo.forEach((colour, i) => set(`cargo-${i}`, colour));
  for (const [mode, colour] of Object.entries(theme.mode)) root.style.setProperty(modeProperty(Number(mode) as Mode), colour);
}

/** "#RGB", "#RRGGBB" or "rgb(r, g, b)" to 0–255; anything else is mid grey. */
export function rgb(colour: string): [number, number, number] {
  const hex = /^#([0-9a-f]{6}|[0-9a-f]{3})/i.exec(colour)?.[1];
  if (hex) {
    const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return [0, 2, 4].map((i) => parseInt(wide.slice(i, i + 2), 16)) as [number, number, number];
  }
  const parts = /^rgba?\(([^)]+)\)/.exec(colour)?.[1]?.split(/[\s,/]+/).map(Number);
  return parts && parts.length >= 3 ? [parts[0]!, parts[1]!, parts[2]!] : [128, 128, 128];
}

/** `share` of one colour in another, 0–255. */
export const mixed = (colour: string, other: string, share: number): [number, number, number] => {
  const a = rgb(colour), b = rgb(other);
  return [0, 1, 2].map((i) => Math.round(a[i]! + share * (b[i]! - a[i]!))) as [number, number, number];
};

/** Relative luminance, WCAG 2.2. */
export function luminance(channels: readonly number[]): number {
  const [r, g, b] = channels.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export const contrast = (a: string, b: string): number => {
  const [hi, lo] = [luminance(rgb(a)), luminance(rgb(b))].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
};

/** Origin's end of an arc: pale on dark, grey on light, so that both keep 3:1 against the land. */
export const paleOf = (theme: Theme): string => theme.dark ? '#E8EDF2' : '#59636C';

/** The core's colour: 15 % of the way to the ink of the theme, lighter on dark and darker on light. */
export function coreOf(hex: string, theme: Theme): string {
  const ink = rgb(theme.line);
  return `rgb(${rgb(hex).map((value, i) => Math.round(value * 0.85 + ink[i]! * 0.15)).join(' ')})`;
}

/** How far drift lowers an arc's opacity: no further than leaves it 3:1 against land and sea. */
export const driftDepth = (theme: Theme): number => theme.dark ? 0.16 : 0.08;
export const BODY_OPACITY = 0.98;
