// The player on paper: its map as it is seen, in its own proportions and in light colours, with the legend and the strip.
// WebGL canvases print blank, and nothing may be awaited before the page is printed, so a picture takes their place at once.

import type {Clock} from './clock';
import {applyTheme, paperTheme} from './theme';
import type {Stage} from './stage';
import type {Theme} from './types';

/** px of the picture to a px of the screen: names are drawn again at it. */
const SHARP = 2;
/** px of the strip on a page of A4 or Letter, upright: how wide a page is nobody says before it is printed. */
const STRIP = 660;

export interface PrintHouse {
  root: HTMLElement;
  mapBox: HTMLElement;
  stage(): Stage;
  clock(): Clock | null;
  theme(): Theme;
  /** legend and strip in other colours, and for a strip of so many px; 0 is that of the screen */
  refurnish(theme: Theme, strip: number): void;
}

export class Printing {
  private picture: HTMLCanvasElement | null = null;
  private readonly before = (): void => this.prepare();
  private readonly after = (): void => this.restore();

  constructor(private readonly house: PrintHouse) {
    window.addEventListener('beforeprint', this.before);
    window.addEventListener('afterprint', this.after);
  }

  private prepare(): void {
    const {root, mapBox} = this.house, clock = this.house.clock(), {clientWidth, clientHeight} = mapBox;
    if (!clock || !clientWidth || !clientHeight || root.dataset['state'] !== 'ready') return;
    this.restore();
    const theme = paperTheme(this.house.theme()), {from, to} = clock.stretch(), {seconds} = clock;
    this.picture = pixelsOf(this.house.stage().printed(theme, SHARP));
    this.picture.className = 'wb-printed';
    this.picture.setAttribute('aria-hidden', 'true');
    mapBox.prepend(this.picture);
    this.colour(theme, STRIP);
    for (const [name, value] of [['ratio', clientWidth / clientHeight], ['from', from / seconds], ['to', to / seconds]]) root.style.setProperty(`--print-${name}`, String(value));
  }

  private restore(): void {
    if (!this.picture) return;
    this.picture.remove();
    this.picture = null;
    this.colour(this.house.theme(), 0);
  }

  private colour(theme: Theme, strip: number): void {
    applyTheme(this.house.root, theme);
    this.house.refurnish(theme, strip);
  }

  destroy(): void {
    window.removeEventListener('beforeprint', this.before);
    window.removeEventListener('afterprint', this.after);
  }
}

/** The same picture as pixels alone: Chromium prints what was drawn on a canvas by drawing it again, and pictures in it too small. */
function pixelsOf(picture: HTMLCanvasElement): HTMLCanvasElement {
  const {width, height} = picture, copy = Object.assign(document.createElement('canvas'), {width, height});
  copy.getContext('2d')!.putImageData(picture.getContext('2d')!.getImageData(0, 0, width, height), 0, 0);
  return copy;
}
