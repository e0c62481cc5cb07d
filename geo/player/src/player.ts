// The player: one scene, one clock, one map, and the furniture around it.

import css from './player.css';
import {calloutsOf, type Callout} from './callouts';
import type {CargoKey} from './cargo';
import {Clock} from './clock';
import {Companions, type Shared} from './companions';
import {el} from './dom';
import {DrawnScene, type ArcsChosen} from './drawn-scene';
import {NO_FACTS, readFacts} from './facts';
import {hideFallback, reasonOf, showFallback} from './fallback';
import {FrameLoop} from './frame-loop';
import {Furniture} from './furniture';
import {DEFAULT_SHAPE, type ArcShape} from './arc';
import type {ArcsShown} from './arcs-menu';
import {largestOf} from './largest';
import {ORDINARY_LAYERS, layersOf, type Basemap, type LayerName} from './basemap';
import type {Triangles} from './layers/land';
import {Pointer} from './pointer';
import {Printing} from './printing';
import {arcShape, corridorsOf, initialOf, newClock, turnOf, type Shown} from './restore';
import {Screen} from './screen';
import type {Stage} from './stage';
import {Surface} from './surface';
import {applyTheme, readTheme} from './theme';
import type {PlaceShown} from './place-tool';
import type {Moment, SceneData, Theme, View} from './types';
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
  private readonly spared: () => void;
  private readonly printing: Printing;
  private arcs: DrawnScene | null = null;
  private clock: Clock | null = null;
  private furniture: Furniture | null = null;
  private theme: Theme;
  private now: Moment | null = null;
  private selected: number[] = [];
  private layers: readonly LayerName[] = ORDINARY_LAYERS;
  private chosen: ArcsChosen = {largest: 0, width: 0, paths: 'arcs', colour: 'mode'};
  private dataset = '';
  private turn = 0;
  private facts = NO_FACTS;
  private routesOpen = false;
  private callouts: readonly Callout[] = [];
  private placeShown: Partial<PlaceShown> = {};
  private drawnOf: ReadonlySet<number> = new Set();
  private shape: ArcShape = DEFAULT_SHAPE;
  private send: Send = () => undefined;
  private frames = 0;
  private readonly loop = new FrameLoop({
    clock: () => this.gone ? null : this.clock,
    corridors: () => this.scene!.corridors.count,
    draw: (clock) => {
      const {from, to} = clock.stretch();
      this.stage.drawPlaying(clock.t, clock.mode === 'window' && from > 0 ? from : null, to);
    },
    readOut: () => this.readOut(),
    rest: () => this.rest(false),
    ticked: () => this.furniture?.timebar.tick()
  });
  private viewTimer = 0;
  private unbind: (() => void)[] = [];
  private readonly resizes = new ResizeObserver(() => this.resized());
  private failure: string | null = null;
  private gone = false;
  private readonly companions = new Companions({
    look: (view) => { if (!sameView(view, this.stage.view())) this.stage.setView(view); },
    adopt: (shared) => this.adopt(shared)
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
    this.surface = this.openSurface(land, basemap);
    this.printing = new Printing({
      root: this.root, mapBox: this.mapBox, stage: () => this.stage, clock: () => this.clock, theme: () => this.theme,
      refurnish: (theme, strip) => {
        this.furniture?.legend.setTheme(theme);
        this.furniture?.timebar.fitTo(strip);
      }
    });
    this.resizes.observe(this.mapBox);
  }

  private get stage(): Stage {
    return this.surface.stage;
  }

  private get scene(): SceneData | null {
    return this.arcs?.scene ?? null;
  }

  /** Called by Streamlit with the same data on a theme change, with new data on a new scene. */
  update(data: WireData, send: Send): void {
    this.send = send;
    try {
      this.theme = readTheme(this.root);
      applyTheme(this.root, this.theme);
      const scene = sceneJson(data);
      this.facts = readFacts(data['facts']);
      if (scene.key !== this.arcs?.key || turnOf(data) !== this.turn) this.load(data, scene);
      this.companions.join(String(data['companions'] ?? ''));
      if (data['label']) this.root.setAttribute('aria-label', `${String(data['label'])}: ${LABEL}`);
      this.stage.setTheme(this.theme);
      this.furniture?.legend.setTheme(this.theme);
    } catch (error) {
      this.fail(error);
    }
  }

  private load(data: WireData, told: SceneJson): void {
    const opened = this.scene !== null, dataset = String(data['dataset'] ?? ''), turn = turnOf(data), turned = opened && turn !== this.turn;
    // Of another data set neither view nor clock nor selection applies, and a reader who steps back wants those of then.
    const same = opened && dataset === this.dataset && !turned;
    [this.dataset, this.turn] = [dataset, turn];
    this.callouts = calloutsOf(data);
    const before = same && this.clock && this.scene ? {clock: this.clock, start: this.scene.start} : null;
    const ids = same ? this.selected.map((c) => this.scene!.corridors.id[c]!) : null;
    const initial = initialOf(data);
    if (!before) this.chosen = {...this.chosen, largest: initial.largest ?? 0, width: initial.width ?? 0, colour: initial.colour ?? 'mode'};
    const came = decode(data, told);
    if (!opened || turned) this.chosen = {...this.chosen, paths: initial.paths ?? (came.paths ? 'routes' : 'arcs')};
    this.arcs = new DrawnScene(came, this.chosen, data['routes'] === 'asked');
    const {scene, whole} = this.arcs;
    this.shape = arcShape(data);
    this.now = whole;
    this.clock = newClock(scene, initial, before);
    if (!opened || turned) this.layers = layersOf(initial.layers);
    this.stage.setLayers(this.layers);
    this.furnish(scene, this.clock);
    this.showScene();
    this.furniture!.places.restore(same ? this.placeShown : initial);
    this.showLargest();
    this.select(corridorsOf(scene, ids ?? initial.selected ?? []), false);
    if (!before && initial.view) this.stage.setView(initial.view);
    else if (!before) this.fitted(this.surface.fitWhenSized());
    // Another choice of reports stops nothing.
    if (before?.clock.playing) this.clock.play();
    this.rest(opened && !same && !turned);
    // What the page has just said it need not hear.
    if (turned) clearTimeout(this.viewTimer);
    this.tellView();
  }

  /** Nobody chose a view that was fitted, so the page need not hear of it. */
  private fitted(fitted: boolean): void {
    if (fitted) clearTimeout(this.viewTimer);
  }

  private openSurface(land: Promise<Triangles>, basemap: Promise<Basemap>): Surface {
    const pointer = new Pointer({
      stage: () => this.stage, furniture: () => this.furniture, now: () => this.now, whole: () => this.arcs?.whole ?? null,
      select: (corridors) => this.select(corridors)
    });
    return new Surface(this.mapBox, land, basemap, {
      theme: () => this.theme,
      view: () => this.viewChanged(),
      drawn: () => this.drawn(),
      hover: (picked, x, y) => pointer.hover(picked, x, y),
      click: (picked, x, y) => pointer.click(picked, x, y),
      failed: (error) => this.fail(error),
      lost: () => { this.root.dataset['state'] = 'loading'; },
      reopened: (view) => this.reopened(view),
      clearances: () => this.furniture?.clearances(this.mapBox.clientWidth) ?? [],
      covered: () => this.furniture?.covered(this.mapBox) ?? []
    });
  }

  private furnish(scene: SceneData, clock: Clock): void {
    this.strip();
    this.furniture = new Furniture(scene, clock, this.arcs!.volumes, {
      root: this.root, mapBox: this.mapBox, stage: () => this.stage, now: () => this.now!, theme: () => this.theme, told: () => ({facts: this.facts, shown: this.shown(this.scene!, clock)}), clear: () => this.select([]), select: (corridors) => this.select(corridors), placed: () => this.placed(), screen: this.screen,
      layers: this.layers, setLayers: (layers) => this.showLayers(layers),
      arcs: this.arcs!.offered, setArcs: (shown) => this.showArcs(shown), callouts: this.callouts, cargo: this.arcs!.cargo, cargoKey: () => this.cargoKey()
    });
    this.furniture.arcs.note(this.arcs!.routesNote);
    this.furniture.callouts.place();
    if (this.routesOpen) this.furniture.routes.toggle(true, false);
    this.unbind = [
      clock.on('change', () => this.loop.wake()),
      clock.on('settle', () => this.rest(true)),
      clock.on('play', () => this.playToggled())
    ];
  }

  /** Takes the furniture of the scene before away. */
  private strip(): void {
    this.unbind.forEach((off) => off());
    this.unbind = [];
    this.routesOpen = this.furniture?.routes.open ?? false;
    this.placeShown = this.furniture?.places.shown ?? {};
    this.furniture?.remove();
    this.furniture = null;
  }

  private playToggled(): void {
    // The clock may have gone back to the start: the moment that is told is the playing one.
    this.readOut();
    this.root.dataset['playing'] = String(this.clock!.playing);
    this.furniture?.timebar.tick();
    this.loop.toggled();
  }

  /** Figures, list and marks, exact for the moment. */
  private readOut(): void {
    const {clock, arcs, furniture} = this;
    if (!clock || !arcs || !furniture) return;
    this.loop.noteReadOut(performance.now());
    const t = clock.told();
    this.now = this.narrowed({...arcs.volumes.moment(t, clock.stretch(t), clock.mode), largest: this.chosen.largest});
    this.stage.setMoment(this.now);
    furniture.update(this.now, this.drawnOf);
    if (this.failure) showFallback(this.mapBox, this.failure, this.scene, this.now);
    this.root.dataset['time'] = new Date(this.scene!.start + t * 1000).toISOString();
    this.root.dataset['frames'] = String(this.frames);
  }

  private rest(tell: boolean): void {
    this.readOut();
    if (this.now) this.stage.drawExact(this.now);
    this.furniture?.timebar.tick();
    if (tell) this.tell();
  }

  /** The page hears what is shown, so that its address can restore it. */
  private tell(): void {
    if (!this.clock || !this.scene || this.clock.playing) return;
    const shown = this.shown(this.scene, this.clock);
    this.companions.share(shown);
    this.send('picked', shown);
  }

  private shown(scene: SceneData, clock: Clock): Shown {
    return {
      selected: this.selected.map((c) => scene.corridors.id[c]!), view: this.stage.view(),
      moment: new Date(scene.start + clock.t * 1000).toISOString(), mode: clock.mode, window: clock.window, layers: [...this.layers],
      ...this.chosen, turn: this.turn, ...this.furniture!.places.shown
    };
  }

  /** Takes over what a companion shows, and tells the page of it. */
  private adopt({selected, mode, window: width, layers, largest, width: widest, paths, colour}: Shared): void {
    const {scene, clock, furniture} = this;
    if (!scene || !clock || !furniture) return;
    const drawn = (): string => JSON.stringify([this.layers, this.chosen]), before = drawn();
    this.layers = layersOf(layers);
    this.stage.setLayers(this.layers);
    this.chosen = {largest, width: widest, paths, colour};
    const others = before !== drawn(), chosen = corridorsOf(scene, selected), chosenAnew = chosen.join() !== this.selected.join();
    if (others) this.redraw();
    if (clock.mode !== mode) clock.setMode(mode);
    if (clock.window !== width) clock.setWindow(width);
    if (chosenAnew) this.select(chosen, false);
    if (others || chosenAnew) this.tell();
  }

  /** The scene and what lies around it anew, with other widths, routes or layers. */
  private redraw(): void {
    this.restyle();
    this.furnish(this.scene!, this.clock!);
    this.furniture!.places.restore(this.placeShown);
    this.furniture!.setSelected(this.selected);
    this.showLargest();
    this.rest(false);
  }

  private drawn(): void {
    this.frames += 1;
    if (!this.clock?.playing) this.root.dataset['frames'] = String(this.frames);
    if (this.root.dataset['state'] !== 'ready') this.root.dataset['state'] = 'ready';
  }

  private viewChanged(): void {
    this.furniture?.viewMoved();
    this.companions.looked(this.stage.view());
    clearTimeout(this.viewTimer);
    this.viewTimer = window.setTimeout(() => {
      this.tell();
      this.tellView();
    }, VIEW_REST_MS);
  }

  /** Whether anything that is drawn can be seen where the map looks. */
  private tellView(): void {
    this.furniture?.lost.show(this.scene !== null && this.scene.corridors.count > 0 && !this.stage.isAnythingInView());
  }

  private select(corridors: number[], tell = true): void {
    this.selected = corridors;
    this.stage.setSelected(corridors);
    this.furniture?.setSelected(corridors);
    if (tell) this.tell();
  }

  private showLayers(layers: readonly LayerName[]): void {
    this.layers = layers;
    this.stage.setLayers(layers);
    this.tell();
  }

  private showLargest(): void {
    this.root.dataset['colour'] = this.arcs!.coloured ? 'cargo' : 'mode';
    this.drawnOf = this.furniture!.places.narrow(largestOf(this.scene!, this.arcs!.whole, this.chosen.largest));
    this.stage.setLargest(this.drawnOf);
    this.furniture!.restyle(this.scene!, this.drawnOf);
  }

  /** Says which routes are drawn, where those of one place are drawn alone. */
  private narrowed(m: Moment): Moment {
    const words = this.furniture?.places.words;
    return words ? {...m, only: {words, count: [...this.drawnOf].filter((c) => m.width[c]! > 0).length}} : m;
  }

  /** Another place is looked at, or other of its routes. */
  private placed(): void {
    this.showLargest();
    this.rest(true);
  }

  private cargoKey(): CargoKey[] | null {
    return this.arcs!.coloured?.key(this.arcs!.whole, this.drawnOf) ?? null;
  }

  private showArcs({largest, width, paths, colour}: ArcsShown): void {
    const {arcs} = this;
    if (!arcs || !this.clock) return;
    const wider = width !== Math.round(arcs.scene.style.fullWidth), others = paths !== null && paths !== this.chosen.paths;
    this.chosen = {largest, width: wider ? width : this.chosen.width, paths: paths ?? this.chosen.paths, colour: colour ?? this.chosen.colour};
    if (others || wider) this.restyle();
    else {
      arcs.take(this.chosen);
      this.stage.colourBy(arcs.coloured);
    }
    this.furniture?.arcs.note(this.arcs!.routesNote);
    this.showLargest();
    this.rest(true);
  }

  private restyle(): void {
    this.arcs = this.arcs!.with(this.chosen);
    this.showScene();
  }

  private showScene(): void {
    const {scene, volumes, whole, coloured} = this.arcs!;
    this.stage.colourBy(coloured);
    this.stage.show(scene, volumes, this.shape, whole);
  }

  private resized(): void {
    this.stage.viewMoved();
    this.furniture?.viewMoved();
    this.fitted(this.surface.fitIfDue());
    this.tellView();
  }

  /** Another stage stands in for one whose graphics context was lost; the clock goes on. */
  private reopened(view: View): void {
    if (!this.arcs) return;
    this.failure = null;
    hideFallback(this.mapBox);
    this.stage.setTheme(this.theme);
    this.stage.setLayers(this.layers);
    this.showScene();
    this.stage.setLargest(this.drawnOf);
    this.stage.setSelected(this.selected);
    this.stage.setView(view);
    this.loop.wake();
  }

  private fail(error: unknown): void {
    if (this.gone) return;
    this.root.dataset['state'] = 'error';
    this.clock?.pause();
    this.failure = reasonOf(error);
    showFallback(this.mapBox, this.failure, this.scene, this.now);
  }

  destroy(): void {
    this.gone = true;
    this.companions.leave();
    this.loop.stop();
    clearTimeout(this.viewTimer);
    this.resizes.disconnect();
    this.screen.destroy();
    this.printing.destroy();
    this.spared();
    this.strip();
    this.surface.destroy();
    this.root.remove();
  }
}
