// Routes as a table of origins by destinations: what the matrix of the panel shows.

import type {Route} from './routes';
import type {SceneData} from './types';

/** Origins and destinations that a table has at most: more nobody reads side by side. */
export const MOST_ENDS = 40;

/** Rows of the scene's places, those of the largest routes first; cells[i][j]: the routes from origin i to destination j. */
export interface Matrix { origins: number[]; destinations: number[]; cells: Route[][][]; left: number }

/** routes: the largest first. left: how many of them lie outside the table. */
export function matrixOf({corridors}: SceneData, routes: readonly Route[], most = MOST_ENDS): Matrix {
  const origins = new Map<number, number>(), destinations = new Map<number, number>();
  const kept = routes.filter(({corridor}) => {
    const from = corridors.origin[corridor]!, to = corridors.destination[corridor]!;
    if ((!origins.has(from) && origins.size === most) || (!destinations.has(to) && destinations.size === most)) return false;
    if (!origins.has(from)) origins.set(from, origins.size);
    if (!destinations.has(to)) destinations.set(to, destinations.size);
    return true;
  });
  const cells = [...origins].map(() => [...destinations].map((): Route[] => []));
  for (const route of kept) cells[origins.get(corridors.origin[route.corridor]!)!]![destinations.get(corridors.destination[route.corridor]!)!]!.push(route);
  return {origins: [...origins.keys()], destinations: [...destinations.keys()], cells, left: routes.length - kept.length};
}
