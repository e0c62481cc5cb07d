// A scene on the map: its arcs, its clock, what stands around it, and what of it a reader chose to see.

import type {ArcShape} from './arc';
import type {ArcsShown} from './arcs-menu';
import {ORDINARY_LAYERS, layersOf, type LayerName} from './basemap';
import type {Callout} from './callouts';
import type {CargoKey} from './cargo';
import type {Clock} from './clock';
import type {Shared} from './companions';
import {DrawnScene, type ArcsChosen} from './drawn-scene';
import type {Facts} from './facts';
import {hideFallback, reasonOf, showFallback} from './fallback';
import {FrameLoop} from './frame-loop';
import {Furniture} from './furniture';
import {largestOf} from './largest';
import type {PlaceShown} from './place-tool';
import {corridorsOf, newClock, type Shown} from './restore';
import type {Screen} from './screen';
import type {Stage} from './stage';
import type {Moment, SceneData, Theme, View} from './types';

/** What is shown, but for the number of the reader's step, which the page counts. */
export type ShownHere = Omit<Shown, 'turn'>;

/** What the display asks of the player. tell: the reader changed something, and it is at rest. */
export interface Host {
  root: HTMLElement;
  mapBox: HTMLElement;
  screen: Screen;
  stage(): Stage;
  theme(): Theme;
  facts(): Facts;
  shown(): Shown;
  tell(): void;
}

/** A scene that the page sends. same: of the data set that is shown, so that what the reader set holds; anew: the first one, or another step of the reader's. asks: whether the page sends routes where they are chosen. */
export interface Arrival { came: SceneData; initial: Partial<Shown>; same: boolean; anew: boolean; asks: boolean; shape: ArcShape; callouts: readonly Callout[] }

export class Display {
  furniture: Furniture | null = null;
  /** what is shown at the moment; null before there is a scene */
  now: Moment | null = null;
  private arcs: DrawnScene | null = null;
  clock: Clock | null = null;
  private arrival!: Arrival;
  private selected: number[] = [];
  private layers: readonly LayerName[] = ORDINARY_LAYERS;
  private chosen: ArcsChosen = {largest: 0, width: 0, paths: 'arcs', colour: 'mode'};
  private routesOpen = false;
  private placeShown: Partial<PlaceShown> = {};
  private drawnOf: ReadonlySet<number> = new Set();
  private frames = 0;
  private failure: string | null = null;
  private gone = false;
  private unbind: (() => void)[] = [];
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

  constructor(private readonly host: Host) {}

  get scene(): SceneData | null {
    return this.arcs?.scene ?? null;
  }

  /** By which the page tells whether it is another scene. */
  get key(): string | null {
    return this.arcs?.key ?? null;
  }

  /** The volumes of the whole span. */
  get whole(): Moment | null {
    return this.arcs?.whole ?? null;
  }

  get playing(): boolean {
    return this.clock?.playing ?? false;
  }

  private get stage(): Stage {
    return this.host.stage();
  }

  load(arrival: Arrival): void {
    const {came, initial, same, anew} = arrival;
    const before = same && this.clock && this.scene ? {clock: this.clock, start: this.scene.start} : null;
    const ids = same ? this.selected.map((c) => this.scene!.corridors.id[c]!) : null;
    this.arrival = arrival;
    if (!before) this.chosen = {...this.chosen, largest: initial.largest ?? 0, width: initial.width ?? 0, colour: initial.colour ?? 'mode'};
    if (anew) this.chosen = {...this.chosen, paths: initial.paths ?? (came.paths ? 'routes' : 'arcs')};
    this.arcs = new DrawnScene(came, this.chosen, arrival.asks);
    const {scene, whole} = this.arcs;
    this.now = whole;
    this.clock = newClock(scene, initial, before);
    if (anew) this.layers = layersOf(initial.layers);
    this.stage.setLayers(this.layers);
    this.furnish(scene, this.clock);
    this.showScene();
    this.furniture!.places.restore(same ? this.placeShown : initial);
    this.showLargest();
    this.select(corridorsOf(scene, ids ?? initial.selected ?? []), false);
    // Another choice of reports stops nothing.
    if (before?.clock.playing) this.clock.play();
  }

  private furnish(scene: SceneData, clock: Clock): void {
    this.strip();
    const {host} = this;
    this.furniture = new Furniture(scene, clock, this.arcs!.volumes, {
      root: host.root, mapBox: host.mapBox, screen: host.screen, stage: () => this.stage, now: () => this.now!, theme: () => host.theme(),
      told: () => ({facts: host.facts(), shown: host.shown()}),
      clear: () => this.select([]), select: (corridors) => this.select(corridors), placed: () => this.placed(),
      layers: this.layers, setLayers: (layers) => this.showLayers(layers),
      arcs: this.arcs!.offered, setArcs: (shown) => this.showArcs(shown),
      callouts: this.arrival.callouts, cargo: this.arcs!.cargo, cargoKey: () => this.cargoKey()
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
    this.host.root.dataset['playing'] = String(this.clock!.playing);
    this.furniture?.timebar.tick();
    this.loop.toggled();
  }

  /** Figures, list and marks, exact for the moment. */
  private readOut(): void {
    const {clock, arcs, furniture, host: {root, mapBox}} = this;
    if (!clock || !arcs || !furniture) return;
    this.loop.noteReadOut(performance.now());
    const t = clock.told();
    this.now = this.narrowed({...arcs.volumes.moment(t, clock.stretch(t), clock.mode), largest: this.chosen.largest});
    this.stage.setMoment(this.now);
    furniture.update(this.now, this.drawnOf);
    if (this.failure) showFallback(mapBox, this.failure, this.scene, this.now);
    root.dataset['time'] = new Date(this.scene!.start + t * 1000).toISOString();
    root.dataset['frames'] = String(this.frames);
  }

  rest(tell: boolean): void {
    this.readOut();
    if (this.now) this.stage.drawExact(this.now);
    this.furniture?.timebar.tick();
    if (tell) this.host.tell();
  }

  /** A frame was drawn. */
  drawn(): void {
    const {dataset} = this.host.root;
    this.frames += 1;
    if (!this.playing) dataset['frames'] = String(this.frames);
    if (dataset['state'] !== 'ready') dataset['state'] = 'ready';
  }

  /** What is shown; null before there is a scene. */
  shown(): ShownHere | null {
    const {scene, clock, furniture} = this;
    if (!scene || !clock || !furniture) return null;
    return {
      selected: this.selected.map((c) => scene.corridors.id[c]!), view: this.stage.view(),
      moment: new Date(scene.start + clock.t * 1000).toISOString(), mode: clock.mode, window: clock.window, layers: [...this.layers],
      ...this.chosen, ...furniture.places.shown
    };
  }

  /** Takes over what a companion shows, and tells the page of it. */
  adopt({selected, mode, window: width, layers, largest, width: widest, paths, colour}: Shared): void {
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
    if (others || chosenAnew) this.host.tell();
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

  select(corridors: number[], tell = true): void {
    this.selected = corridors;
    this.stage.setSelected(corridors);
    this.furniture?.setSelected(corridors);
    if (tell) this.host.tell();
  }

  private showLayers(layers: readonly LayerName[]): void {
    this.layers = layers;
    this.stage.setLayers(layers);
    this.host.tell();
  }

  private showLargest(): void {
    this.host.root.dataset['colour'] = this.arcs!.coloured ? 'cargo' : 'mode';
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
    this.stage.show(scene, volumes, this.arrival.shape, whole);
  }

  /** Another stage stands in for one whose graphics context was lost; the clock goes on. */
  reopened(view: View): void {
    if (!this.arcs) return;
    this.failure = null;
    hideFallback(this.host.mapBox);
    this.stage.setTheme(this.host.theme());
    this.stage.setLayers(this.layers);
    this.showScene();
    this.stage.setLargest(this.drawnOf);
    this.stage.setSelected(this.selected);
    this.stage.setView(view);
    this.loop.wake();
  }

  fail(error: unknown): void {
    if (this.gone) return;
    this.host.root.dataset['state'] = 'error';
    this.clock?.pause();
    this.failure = reasonOf(error);
    showFallback(this.host.mapBox, this.failure, this.scene, this.now);
  }

  destroy(): void {
    this.gone = true;
    this.loop.stop();
    this.strip();
  }
}
