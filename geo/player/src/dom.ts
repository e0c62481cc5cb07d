// The few words of DOM that the furniture is built with. Text from data only ever enters as a text node.

const SVG = 'http://www.w3.org/2000/svg';

export type Child = Node | string | null | undefined | false;
export type Attributes = Record<string, string | number | boolean | null | undefined>;

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** An HTML element with attributes and children; `true` sets an empty attribute, `false` none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Write the text only when it differs, so that a frame which changes nothing costs nothing. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Drawn on a 16 × 16 grid. Solid shapes end in Z and are filled; the others are strokes. */
const ICONS = {
  play: ['M4.5 2.5 13.5 8 4.5 13.5Z'],
  pause: ['M4 2.5H6.75V13.5H4Z', 'M9.25 2.5H12V13.5H9.25Z'],
  back: ['M11.5 3 5.5 8 11.5 13Z', 'M4 3V13'],
  forward: ['M4.5 3 10.5 8 4.5 13Z', 'M12 3V13'],
  loop: ['M3 8V6.5A2.5 2.5 0 0 1 5.5 4H12', 'M10 1.75 12.5 4 10 6.25', 'M13 8V9.5A2.5 2.5 0 0 1 10.5 12H4', 'M6 9.75 3.5 12 6 14.25'],
  fullscreen: ['M2.5 6V2.5H6', 'M10 2.5H13.5V6', 'M13.5 10V13.5H10', 'M6 13.5H2.5V10'],
  fit: ['M1.75 3H14.25V13H1.75V3', 'M5 10.25 11 5.75', 'M4 9H6.25V11.25H4Z', 'M9.75 4.75H12V7H9.75Z'],
  plus: ['M8 3V13', 'M3 8H13'],
  minus: ['M3 8H13'],
  present: ['M2 3H14', 'M3 3V10.5H13V3', 'M8 10.5V13.5', 'M5.5 13.5H10.5'],
  search: ['M11 7A4 4 0 1 1 3 7A4 4 0 1 1 11 7', 'M10 10 13.5 13.5'],
  list: ['M6 3.5H13.5', 'M6 8H11.5', 'M6 12.5H9.5', 'M2 2.5H4V4.5H2Z', 'M2 7H4V9H2Z', 'M2 11.5H4V13.5H2Z'],
  matrix: ['M2.5 2.5H13.5V13.5H2.5V2.5', 'M2.5 6.25H13.5', 'M6.25 2.5V13.5', 'M8.25 8.25H11.5V11.5H8.25Z'],
  ruler: ['M2 10.5 10.5 2 14 5.5 5.5 14 2 10.5', 'M5 7.5 6.5 9', 'M7.5 5 9 6.5'],
  save: ['M8 2V10', 'M4.5 7 8 10.5 11.5 7', 'M2.5 13.5H13.5'],
  copy: ['M5.5 5.5H13.5V13.5H5.5V5.5', 'M3 10.5H2.5V2.5H10.5V3'],
  clear: ['M4 4 12 12', 'M12 4 4 12'],
  chevron: ['M4 6 8 10 12 6'],
  layers: ['M8 2.5 14 5.75 8 9 2 5.75Z', 'M2.5 8.75 8 11.75 13.5 8.75', 'M2.5 11.25 8 14.25 13.5 11.25'],
  arcs: ['M2.5 13C3 7 7 3.5 12.5 3.5', 'M9.5 1.75 13 3.5 10.5 6.5'],
  more: ['M3 5H13', 'M3 11H13', 'M6 3.5V6.5', 'M10.5 9.5V12.5'],
} as const;

export type IconName = keyof typeof ICONS;

/** An icon in the colour of the text around it; it says nothing to a screen reader. */
export function icon(name: IconName): SVGSVGElement {
  const paths = ICONS[name].map((d) => svg('path', { d, class: d.endsWith('Z') ? 'wb-solid' : 'wb-stroke' }));
  return svg('svg', { class: 'wb-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, ...paths);
}

/** A button whose label is spoken and shown as its title; keys in brackets belong to the title alone. */
export function iconButton(name: IconName, label: string, key = ''): HTMLButtonElement {
  const title = key ? `${label} (${key})` : label;
  return el('button', { type: 'button', class: 'wb-button', 'aria-label': label, title }, icon(name));
}

/** Only links leave the player, as geo/safe_text.py writes them: http or https, in ASCII, no user name before the host. */
export function safeUrl(url: string): string | null {
  return /^https?:\/\/[\w.:[\]-]+(?:[/?#][!-~]*)?$/.test(url) && URL.canParse(url) ? url : null;
}

export function prefersReducedMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}
