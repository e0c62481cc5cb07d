// Which country lies where, in coarse cells: so that a country is named in that part of it which the map shows.

export class Ground {
  private readonly cells: Uint8Array;
  private readonly across: number;
  private readonly down: number;

  /** `rows` from the north, each as runs from the west: how often the same comes, then 0 for none or a country's row plus 1. */
  constructor(rows: readonly (readonly number[])[]) {
    this.down = rows.length;
    this.across = (rows[0] ?? []).reduce((sum, value, i) => i % 2 ? sum : sum + value, 0);
    this.cells = new Uint8Array(this.down * this.across);
    let at = 0;
    for (const row of rows)
      for (let i = 0; i < row.length; i += 2) this.cells.fill(row[i + 1]!, at, at += row[i]!);
  }

  /** The country's row, or -1 for none. */
  at(lon: number, lat: number): number {
    const x = Math.floor((((lon + 180) % 360) + 360) % 360 / 360 * this.across), y = Math.floor((90 - lat) / 180 * this.down);
    return (this.cells[y * this.across + x] ?? 0) - 1;
  }
}

/** Where a country has most room on screen: the middle, and px from there to what is no longer it or no longer seen. */
export interface Room { x: number; y: number; px: number }

const STEP = 20;

/** The widest room on screen of each country that `countryAt` (px) finds there. */
export function roomsOn(countryAt: (x: number, y: number) => number, {width, height}: {width: number; height: number}): Map<number, Room> {
  const across = Math.ceil(width / STEP) + 1, down = Math.ceil(height / STEP) + 1;
  const found = Array.from({length: across * down}, (_, i) => countryAt((i % across) * STEP, Math.floor(i / across) * STEP));
  const room = new Float32Array(found.length);
  const rooms = new Map<number, Room>();
  // Two passes of a distance transform, with the diagonal as it is; the edge of the map counts as another country.
  const pass = (from: number, to: number, by: number): void => {
    for (let i = from; i !== to; i += by) {
      const x = i % across, y = Math.floor(i / across);
      if (x === 0 || y === 0 || x === across - 1 || y === down - 1) continue;
      for (const [dx, dy] of [[-by, 0], [0, -by], [-by, -by], [by, -by]] as const) {
        const other = i + dx + dy * across;
        const beyond = found[other] === found[i] ? room[other]! : -0.5;
        room[i] = Math.min(room[i]!, beyond + Math.hypot(dx, dy));
      }
    }
  };
  for (let i = 0; i < room.length; i++) {
    const x = i % across, y = Math.floor(i / across);
    room[i] = x === 0 || y === 0 || x === across - 1 || y === down - 1 ? 0 : Infinity;
  }
  pass(0, room.length, 1);
  pass(room.length - 1, -1, -1);
  for (let i = 0; i < room.length; i++) {
    const country = found[i]!, px = room[i]! * STEP;
    if (country >= 0 && px > (rooms.get(country)?.px ?? 0)) rooms.set(country, {x: (i % across) * STEP, y: Math.floor(i / across) * STEP, px});
  }
  return rooms;
}
