// The map of a player: opened with the land and the base map as they come, and opened anew where the browser takes its graphics
// context away.

import type {Basemap} from './basemap';
import type {Triangles} from './layers/land';
import {Stage, type StageEvents} from './stage';
import type {Theme, View} from './types';

/** How long a browser has to give a lost context back, ms. */
const CONTEXT_MS = 100;

/** lost: the context is. reopened: there is another stage, with nothing on it yet but the world, and this view to take. */
export interface SurfaceEvents extends Omit<StageEvents, 'failed'> {
  theme(): Theme;
  failed(error: unknown): void;
  lost(): void;
  reopened(view: View): void;
}

export class Surface {
  stage: Stage;
  private fitDue = false;
  private gone = false;

  /** box: what the map fills. */
  constructor(
    private readonly box: HTMLElement, private readonly land: Promise<Triangles>, private readonly basemap: Promise<Basemap>,
    private readonly events: SurfaceEvents
  ) {
    this.stage = this.open();
  }

  private open(): Stage {
    const {events} = this, failed = (error: unknown): void => { if (!this.gone) events.failed(error); };
    const stage = new Stage(events.theme(), {...events, failed});
    const now = (act: () => void): void => { if (!this.gone && this.stage === stage) act(); };
    this.box.prepend(stage.root);
    this.land.then((land) => now(() => stage.setLand(land)), failed);
    this.basemap.then((basemap) => now(() => stage.setBasemap(basemap)), failed);
    stage.root.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      now(() => this.lost(stage.view()));
    }, true);
    return stage;
  }

  /** A canvas whose context is lost stays black for good where the browser gives none back: begin a new one. */
  private lost(view: View): void {
    this.events.lost();
    window.setTimeout(() => { if (!this.gone) this.reopen(view); }, CONTEXT_MS);
  }

  private reopen(view: View): void {
    this.stage.destroy();
    this.stage = this.open();
    this.events.reopened(view);
  }

  /** The first view waits for the map to have a size; after that it is the reader's. */
  fitWhenSized(): boolean {
    this.fitDue = true;
    return this.fitIfDue();
  }

  /** -> whether a view was fitted that nobody chose */
  fitIfDue(): boolean {
    if (!this.fitDue || !this.box.clientWidth || !this.box.clientHeight) return false;
    this.fitDue = false;
    this.stage.fit();
    return true;
  }

  destroy(): void {
    this.gone = true;
    this.stage.destroy();
  }
}
