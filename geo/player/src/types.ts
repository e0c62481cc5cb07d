// What the parts of the player say to each other. Names are those of geo/scene/scene.py and wire.py.

/** Rec 19 mode: 0 not stated, 1 maritime, 2 rail, 3 road, 4 air. */
export type Mode = 0 | 1 | 2 | 3 | 4;

export interface Place { code: string; name: string; lon: number; lat: number; radiusKm: number; /** row of its shape, -1 for none */ shape?: number; whole?: boolean }
export interface Report {
  id: string; kind: 'total' | 'legs'; claimant: string; outlet: string; saidOn: string; // saidOn: "2 Nov 2023" or ""
  summary: string; words: string; url: string; drawn: boolean; corridors: number[];
}
export interface SceneEvent { time: number; title: string; note: string; source: string; url: string }
/** A side of a contradiction; from its first moment on the range is the cumulative one. */
export interface Side extends Periods { name: string }
/** What sets the range of a reconciled corridor at each moment (seconds since start, rising): rows of reports. */
export interface Bounds {
  corridor: number; time: number[]; lowBy: number[][]; highBy: number[][];
  /** sets of reports that cannot all be true */
  conflicts: number[][];
  /** the largest figure that any side of a contradiction gives */
  tops: number[];
  /** what those who can be right together allow, of a contested corridor */
  sides: Side[];
}
export interface Style {
  perUnit: number;    // px of width per container: one scale for the whole span
  fullWidth: number;  // px at the largest volume of the span
  floor: number;      // px, so that a small corridor stays visible
  opacity: number;    // of the arcs' bodies: less where there are many
}

/** At least low, at most high from each of n moments to each of them that is not earlier: n (n + 1) / 2 rows, those of the first moment first. */
export interface Periods { time: Float64Array; low: Float64Array; high: Float64Array }

/** The scene as it came over the wire. Times are seconds since `start`. */
export interface SceneData {
  key: string;
  title: string;
  unit: string;
  start: number;      // epoch milliseconds, UTC
  seconds: number;
  /** corridor whose range the words tell, or -1 where they tell the sum over the counted ones */
  lead: number;
  places: Place[];
  corridors: {
    id: string[]; origin: Uint32Array; destination: Uint32Array; mode: Uint8Array; count: number;
    /** 1 where totals were reconciled: the range stands in `spread`, and itemised legs pulse without adding to it */
    reconciled: Uint8Array;
    /** 1 where it adds to sums over corridors; what is reconciled or lies inside what is adds nothing */
    counted: Uint8Array;
    /** seconds since start from which sources contradict one another; Infinity for never */
    contested: Float64Array;
    /** the side to which its arc bows (+ left of travel) and, less 1, its lane: geo/scene/bows.py */
    bow: Int8Array;
    /** 1 where a range of ±10 % is what a source called "about" */
    about: Uint8Array;
    /** rows of reconciled corridors whose scope contains this one */
    inside: readonly (readonly number[])[];
  };
  legs: {
    count: number; corridor: Uint16Array | Uint32Array; depart: Uint32Array; arrive: Uint32Array; best: Float32Array;
    /** rows where low or high differ from best; sorted by leg */
    doubt: { leg: Uint32Array; low: Float32Array; high: Float32Array };
    /** rows that do not count in sums over corridors */
    onward: Uint32Array;
  };
  /**
   * Curves of totals; knots of corridor c are offsets[c]..offsets[c+1]. closed is the high, with the best of reports without an upper bound in its place; open is that best alone:
   * where it grows, the high is without bound. Of a reconciled curve open is a flag: 1 where the high is without bound.
   */
  spread: { offsets: Uint32Array; time: Float64Array; low: Float64Array; best: Float64Array; closed: Float64Array; open: Float64Array };
  /** One curve: what `spread` holds of onward legs, which sums over corridors leave out. */
  again: SceneData['spread'];
  /** Of each reconciled corridor its range between each two of its moments. */
  periods: Map<number, Periods>;
  bounds: Bounds[];
  events: SceneEvent[];
  reports: Report[];
  style: Style;
  /** 10m land around the scene: windows [west, south, east, north] that hide the coarse coast, positions lon,lat,lon,lat…, triangles */
  land: { windows: [number, number, number, number][]; positions: Float32Array; triangles: Uint32Array } | null;
  shapes?: AllShapes | null;
  /** What was carried; null where no report that is drawn says it. */
  cargoes?: Cargoes | null;
  /** Indicative routes by sea, drawn in place of arcs; null where none were asked for. */
  paths?: Paths | null;
}

/**
 * names: "" is not stated, and the first, then the largest first; ofLeg: row of the names, of each leg; stated: of each reconciled corridor the rows that its reports
 * give; spread: knots of what departures too vague for a moment add, by corridor, cargo and time.
 */
export interface Cargoes {
  names: readonly string[]; stated: readonly (readonly number[])[]; ofLeg: Uint8Array;
  spread: Omit<SceneData['spread'], 'offsets'> & {corridor: Uint32Array; cargo: Uint8Array};
}
export type Colouring = 'mode' | 'cargo';

/**
 * Of corridor c the points offsets[c]..offsets[c+1], from origin to destination, none for an arc; longitudes go on past ±180. aside: containers of width by which
 * a point stands to the left, beside others. left: corridors by sea that keep their arcs, as there are so many; unstated: whether any has no stated mode.
 * overlap: whether so many share a way somewhere that they are narrower there than their sum.
 */
export interface Paths { offsets: Uint32Array; lon: Float32Array; lat: Float32Array; aside: Float32Array; left: number; unstated: boolean; overlap: boolean }
export type PathKind = 'arcs' | 'routes';

/** Areas that have a shape: their outlines as lon, lat, lon, lat …, of countries and of regions, whose line nobody drew, and triangles to tint them with. */
export interface AreaShapes { outlines: Float32Array[]; regions: Float32Array[]; positions: Float32Array; triangles: Uint32Array }
/** The same of all areas of a scene, with the number of its area beside each line and each position. */
export interface AllShapes extends AreaShapes { outlineOf: number[]; regionOf: number[]; positionOf: Uint16Array }

export type PlayMode = 'cumulative' | 'window';

/** A half-open stretch of time whose containers are shown: [from, to), seconds since start. */
export interface Stretch { from: number; to: number }

/** Volumes at one moment: exact, one entry per corridor. high may be Infinity. */
export interface Moment {
  t: number;
  stretch: Stretch;
  mode: PlayMode;
  low: Float64Array;
  best: Float64Array;
  high: Float64Array;
  /** 1 where sources contradict one another by now; `top` is then the largest figure that any of them gives */
  contested: Uint8Array;
  top: Float64Array;
  /** as in the scene's corridors */
  about: Uint8Array;
  /** px, as drawn: max(floor, perUnit × best) where best > 0 or high > 0, else 0 */
  width: Float64Array;
  /** what the words tell: the range of the scene's lead, or the sum over corridors, each shipment counted once */
  sum: { low: number; best: number; high: number; contested: boolean; top: number; about: boolean };
  visible: number;            // corridors with width > 0
  apart: number;              // of these, those that are not in `sum`
  /** 1 for corridors of `sum` on which nothing moved because a report says so */
  zero: Uint8Array;
  reports: number;            // reports behind visible corridors
  claimants: number;
  /** how many corridors are drawn, the largest first; 0 for all */
  largest?: number;
  /** where only routes of one place are drawn: how many carry anything, and which they are, as "into Rason" */
  only?: {count: number; words: string};
}

export interface View { longitude: number; latitude: number; zoom: number; pitch: number; bearing: number }

export interface Theme {
  dark: boolean; background: string; text: string; muted: string; primary: string; font: string;
  sea: string; land: string; label: string; line: string;
  /** of the base map: lines between countries, and the names of countries, cities and water */
  border: string; country: string; city: string; water: string;
  mode: Record<Mode, string>;   // hex colour of each mode
  /** of cargoes: not stated, six of them, all others */
  cargo: readonly string[];
}

/** The map itself, as a picture of it needs it. */
export interface Stage {
  /** metres per CSS pixel at the centre of the map */
  metresPerPixel(): number;
  /** how many marks there are of several places */
  readonly marks?: number;
  /** the map alone (land, arcs, ports, labels; opaque sea), drawn at `scale` × CSS pixels */
  capture(scale: number): Promise<HTMLCanvasElement>;
}
