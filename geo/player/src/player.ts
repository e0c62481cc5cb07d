// The player: what the page says and hears, and the map, the screen and the display between which it stands.

import css from './player.css';
import {calloutsOf} from './callouts';
import {Companions} from './companions';
import {Display} from './display';
import {el} from './dom';
import {NO_FACTS, readFacts} from './facts';
import type {Basemap} from './basemap';
import type {Triangles} from './layers/land';
import {Pointer} from './pointer';
import {Printing} from './printing';
import {arcShape, initialOf, turnOf, type Shown} from './restore';
import {Screen} from './screen';
import type {Stage} from './stage';
import {Surface} from './surface';
import {applyTheme, readTheme} from './theme';
import type {Theme, View} from './types';
import {sparePage} from './wheel';
import {decode, sceneJson, type SceneJson, type WireData} from './wire';

export type Send = (name: string, value: unknown) => void;

const VIEW_REST_MS = 500;
const LABEL = 'Map of reported shipments. Space plays, arrows step, Home and End jump.';

const sameView = (one: View, other: View): boolean => (Object.keys(one) as (keyof View)[]).every((name) => one[name] === other[name]);

export class Player {
  private readonly root: HTMLElement;
  private readonly mapBox = el('div', {class: 'wb-stage'});
  private readonly surface: Surface;
  private readonly screen: Screen;
  private readonly display: Display;
  private readonly spared: () => void;
  private readonly printing: Printing;
  private theme: Theme;
  private dataset = '';
  private turn = 0;
  private facts = NO_FACTS;
  private send: Send = () => undefined;
  private viewTimer = 0;
  private readonly resizes = new ResizeObserver(() => this.resized());
  private readonly companions = new Companions({
    look: (view) => { if (!sameView(view, this.stage.view())) this.stage.setView(view); },
    adopt: (shared) => this.display.adopt(shared)
  });

  constructor(host: HTMLElement | ShadowRoot, land: Promise<Triangles>, basemap: Promise<Basemap>) {
    this.root = el('div', {
      class: 'waybill', 'data-testid': 'waybill-player', 'data-state': 'loading', 'data-playing': 'false', 'data-frames': '0',
      tabindex: '0', role: 'group', 'aria-label': LABEL,
      'aria-keyshortcuts': 'Space ArrowLeft ArrowRight Home End F S M P R / Escape'
    });
    this.root.append(el('style', {}, css), this.mapBox);
    host.append(this.root);
    this.theme = readTheme(this.root);
    applyTheme(this.root, this.theme);
    this.screen = new Screen(this.root, () => this.resized());
    this.spared = sparePage(this.mapBox, () => this.screen.full || this.screen.presenting);
    this.display = new Display({
      root: this.root, mapBox: this.mapBox, screen: this.screen, stage: () => this.stage, theme: () => this.theme,
      facts: () => this.facts, shown: () => this.shown()!, tell: () => this.tell()
    });
    this.surface = this.openSurface(land, basemap);
    this.printing = new Printing({
      root: this.root, mapBox: this.mapBox, stage: () => this.stage, clock: () => this.display.clock, theme: () => this.theme,
      refurnish: (theme, strip) => {
        this.display.furniture?.legend.setTheme(theme);
        this.display.furniture?.timebar.fitTo(strip);
      }
    });
    this.resizes.observe(this.mapBox);
  }

  private get stage(): Stage {
    return this.surface.stage;
  }

  /** Called by Streamlit with the same data on a theme change, with new data on a new scene. */
  update(data: WireData, send: Send): void {
    this.send = send;
    try {
      this.theme = readTheme(this.root);
      applyTheme(this.root, this.theme);
      const scene = sceneJson(data);
      this.facts = readFacts(data['facts']);
      if (scene.key !== this.display.key || turnOf(data) !== this.turn) this.load(data, scene);
      this.companions.join(String(data['companions'] ?? ''));
      if (data['label']) this.root.setAttribute('aria-label', `${String(data['label'])}: ${LABEL}`);
      this.stage.setTheme(this.theme);
      this.display.furniture?.legend.setTheme(this.theme);
    } catch (error) {
      this.display.fail(error);
    }
  }

  private load(data: WireData, told: SceneJson): void {
    const initial = initialOf(data), dataset = String(data['dataset'] ?? ''), turn = turnOf(data);
    const opened = this.display.scene !== null, turned = opened && turn !== this.turn;
    // Of another data set neither view nor clock nor selection applies, and a reader who steps back wants those of then.
    const same = opened && dataset === this.dataset && !turned;
    [this.dataset, this.turn] = [dataset, turn];
    this.display.load({
      came: decode(data, told), initial, same, anew: !opened || turned, asks: data['routes'] === 'asked', shape: arcShape(data), callouts: calloutsOf(data)
    });
    if (!same && initial.view) this.stage.setView(initial.view);
    else if (!same) this.fitted(this.surface.fitWhenSized());
    this.display.rest(opened && !same && !turned);
    // What the page has just said it need not hear.
    if (turned) clearTimeout(this.viewTimer);
    this.tellView();
  }

  /** Nobody chose a view that was fitted, so the page need not hear of it. */
  private fitted(fitted: boolean): void {
    if (fitted) clearTimeout(this.viewTimer);
  }

  private openSurface(land: Promise<Triangles>, basemap: Promise<Basemap>): Surface {
    const {display} = this;
    const pointer = new Pointer({
      stage: () => this.stage, furniture: () => display.furniture, now: () => display.now, whole: () => display.whole,
      select: (corridors) => display.select(corridors)
    });
    return new Surface(this.mapBox, land, basemap, {
      theme: () => this.theme,
      view: () => this.viewChanged(),
      drawn: () => display.drawn(),
      hover: (picked, x, y) => pointer.hover(picked, x, y),
      click: (picked, x, y) => pointer.click(picked, x, y),
      failed: (error) => display.fail(error),
      lost: () => { this.root.dataset['state'] = 'loading'; },
      reopened: (view) => display.reopened(view),
      clearances: () => display.furniture?.clearances(this.mapBox.clientWidth) ?? [],
      covered: () => display.furniture?.covered(this.mapBox) ?? []
    });
  }

  /** The page hears what is shown, so that its address can restore it. */
  private tell(): void {
    if (this.display.playing) return;
    const shown = this.shown();
    if (!shown) return;
    this.companions.share(shown);
    this.send('picked', shown);
  }

  private shown(): Shown | null {
    const shown = this.display.shown();
    return shown && {...shown, turn: this.turn};
  }

  private viewChanged(): void {
    this.display.furniture?.viewMoved();
    this.companions.looked(this.stage.view());
    clearTimeout(this.viewTimer);
    this.viewTimer = window.setTimeout(() => {
      this.tell();
      this.tellView();
    }, VIEW_REST_MS);
  }

  /** Whether anything that is drawn can be seen where the map looks. */
  private tellView(): void {
    const {furniture, scene} = this.display;
    furniture?.lost.show(scene !== null && scene.corridors.count > 0 && !this.stage.isAnythingInView());
  }

  private resized(): void {
    this.stage.viewMoved();
    this.display.furniture?.viewMoved();
    this.fitted(this.surface.fitIfDue());
    this.tellView();
  }

  destroy(): void {
    this.display.destroy();
    this.companions.leave();
    clearTimeout(this.viewTimer);
    this.resizes.disconnect();
    this.screen.destroy();
    this.printing.destroy();
    this.spared();
    this.surface.destroy();
    this.root.remove();
  }
}
