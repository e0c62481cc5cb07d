// Which arcs are drawn, and which of them stand out: those selected, and those that the pointer lights.

import type {Picked} from './picking';
import type {SceneData} from './types';

/** Corridors; of `gathered`, places that have no mark of their own. */
export interface Emphasis { selected: ReadonlySet<number>; lit: ReadonlySet<number>; drawn: ReadonlySet<number>; gathered: ReadonlySet<number> }

const NONE: ReadonlySet<number> = new Set();

export class Emphasised {
  selected = NONE;
  lit = NONE;
  drawn = NONE;

  /** Of a new scene all arcs are drawn; what is selected stays until it is chosen anew. */
  show(scene: SceneData): void {
    this.lit = NONE;
    this.drawn = new Set(scene.corridors.id.keys());
  }

  /** -> whether other arcs are drawn than before */
  draw(drawn: ReadonlySet<number>): boolean {
    const others = !same(drawn, this.drawn);
    this.drawn = drawn;
    return others;
  }

  select(corridors: readonly number[]): void {
    this.selected = new Set(corridors);
    this.lit = NONE;
  }

  /**
   * What the pointer is on steps forward: an arc, or all arcs of a place. Of a single arc there is nothing to tell apart.
   * -> whether others are lit than before
   */
  light({corridors}: SceneData, {corridor, place, group}: Picked): boolean {
    const places = new Set(group?.places ?? (place === undefined ? [] : [place]));
    const of = (c: number): boolean => c === corridor || places.has(corridors.origin[c]!) || places.has(corridors.destination[c]!);
    const lit = new Set(corridors.count > 1 && this.selected.size === 0 ? [...corridors.id.keys()].filter(of) : []), others = !same(lit, this.lit);
    this.lit = lit;
    return others;
  }
}

const same = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean => one.size === other.size && [...one].every((c) => other.has(c));
