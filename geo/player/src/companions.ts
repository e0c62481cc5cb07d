// Players beside one another, each at a moment of its own: where one looks and how it draws, the others follow at once,
// without the page's server. They live in one document, so that they find each other by the name of their group.

import type {Shown} from './restore';
import type {View} from './types';

/** What companions share: all that a reader may set but the moment, the place that is looked at, and the view, which is told by itself. */
export type Shared = Pick<Shown, 'selected' | 'mode' | 'window' | 'layers' | 'largest' | 'width' | 'paths' | 'colour'>;

export interface Follower {
  look(view: View): void;
  adopt(shared: Shared): void;
}

const groups = new Map<string, Set<Companions>>();

export class Companions {
  private group: Set<Companions> | null = null;
  /** While it follows another it leads nobody: or two would chase one another. */
  private following = false;

  constructor(private readonly own: Follower) {}

  /** Joins those of a group; of no name, or of one that it is in, it stays as it is. */
  join(name: string): void {
    if (!name || this.group) return;
    this.group = groups.get(name) ?? new Set();
    groups.set(name, this.group.add(this));
  }

  leave(): void {
    this.group?.delete(this);
    this.group = null;
  }

  looked(view: View): void {
    this.lead((own) => own.look(view));
  }

  share(shared: Shared): void {
    this.lead((own) => own.adopt(shared));
  }

  private lead(act: (own: Follower) => void): void {
    if (this.following || !this.group) return;
    for (const other of this.group) {
      if (other === this) continue;
      other.following = true;
      try {
        act(other.own);
      } finally {
        other.following = false;
      }
    }
  }
}
