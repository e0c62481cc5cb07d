// A scene as it is drawn: with the widths, the routes and the colours that a reader chose.

import {CargoParts} from './cargo';
import type {Colouring, Moment, PathKind, SceneData} from './types';
import {Volumes} from './volumes';

/** largest: so many corridors alone, 0 for all. width: px of the widest arc, 0 as it came. */
export interface ArcsChosen { largest: number; width: number; paths: PathKind; colour: Colouring }

export class DrawnScene {
  readonly scene: SceneData;
  readonly volumes: Volumes;
  /** the volumes of the whole span */
  readonly whole: Moment;
  /** what was carried; null where nothing tells it */
  readonly cargo: CargoParts | null;

  /** came: the scene with routes that may not be drawn just now. asks: whether the page sends routes where they are chosen. */
  constructor(private readonly came: SceneData, private chosen: ArcsChosen, private readonly asks: boolean, cargo?: CargoParts | null) {
    this.scene = restyled(chosen.paths === 'routes' ? came : withArcs(came), chosen.width);
    this.volumes = new Volumes(this.scene);
    this.whole = this.volumes.moment(this.scene.seconds, {from: 0, to: this.scene.seconds}, 'cumulative');
    this.cargo = cargo === undefined ? this.scene.cargoes ? new CargoParts(this.scene, this.scene.cargoes) : null : cargo;
  }

  /** By which the page tells whether it is another. */
  get key(): string {
    return this.came.key;
  }

  with(chosen: ArcsChosen): DrawnScene {
    return new DrawnScene(this.came, chosen, this.asks, this.cargo);
  }

  /** Another number of arcs or another colour, of the same widths and routes. */
  take(chosen: ArcsChosen): void {
    this.chosen = chosen;
  }

  /** What arcs are coloured by; null: by mode. */
  get coloured(): CargoParts | null {
    return this.chosen.colour === 'cargo' ? this.cargo : null;
  }

  /** What the menu of arcs offers: null for what there is no choice of. */
  get offered(): {largest: number; width: number; paths: PathKind | null; colour: Colouring | null} {
    const {scene, chosen: {largest, paths, colour}} = this, routes = this.came.paths || (this.asks && mayHaveRoutes(scene));
    return {largest, width: scene.style.fullWidth, paths: routes ? paths : null, colour: this.cargo?.canColour ? colour : null};
  }

  /** What the menu says below the choice of routes. */
  get routesNote(): string {
    const {scene: {paths}, chosen} = this;
    if (chosen.paths !== 'routes') return '';
    return !paths ? 'Looking for the routes …' : paths.lon.length ? 'Indicative, not observed' : 'None of these has a route by sea.';
  }
}

/** The scene with another width of its widest arc, px; 0 leaves it as it came. The key stays: it is the same scene. */
function restyled(scene: SceneData, width: number): SceneData {
  const {perUnit, fullWidth} = scene.style;
  return width > 0 && fullWidth > 0 ? {...scene, style: {...scene.style, perUnit: perUnit * width / fullWidth, fullWidth: width}} : scene;
}

/** The scene with arcs alone. Its key is another, since it is drawn by other means. */
const withArcs = (scene: SceneData): SceneData => scene.paths ? {...scene, paths: null, key: `${scene.key}-arcs`} : scene;

/** Whether a corridor may have a route by sea: by that mode or by none that is stated, and from a place to a place. */
function mayHaveRoutes({corridors, places}: SceneData): boolean {
  return corridors.id.some((_, c) => corridors.mode[c]! < 2 && [corridors.origin, corridors.destination].every((ends) => places[ends[c]!]!.radiusKm === 0));
}
