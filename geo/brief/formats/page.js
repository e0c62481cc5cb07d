// Follows the player in a page's one script: unpacks what the page carries and mounts the player on it.
// `player(fetch, address)` is the bundle as a function (see page.py); its twin for packing is page_data.py.

const ARRAYS = {i1: Int8Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array};

/** A list as it is, or {type, base64}: little-endian numbers. */
function unpack(packed) {
  if (Array.isArray(packed)) return packed;
  const bytes = Uint8Array.from(atob(packed.base64), (letter) => letter.charCodeAt(0));
  return new ARRAYS[packed.type](bytes.buffer);
}

/** As much of an Arrow table as the player asks for. */
function table({rows, columns}) {
  const read = (name) => ({toArray: () => unpack(columns[name])});
  return {numRows: rows, getChild: (name) => Object.hasOwn(columns, name) ? read(name) : null};
}

/** The world's land in the form of the file that lies beside the bundle. */
function landFile({positions, triangles}) {
  const points = unpack(positions), corners = unpack(triangles);
  const bytes = new ArrayBuffer(8 + 4 * (points.length + corners.length));
  new Uint32Array(bytes, 0, 2).set([points.length / 2, corners.length / 3]);
  new Float32Array(bytes, 8, points.length).set(points);
  new Uint32Array(bytes, 8 + 4 * points.length).set(corners);
  return bytes;
}

const {texts, tables, world, basemap} = JSON.parse(document.getElementById('waybill-scene').textContent);
const data = {...texts};
for (const [name, packed] of Object.entries(tables)) data[name] = table(packed);

// The player asks for its land and for the names of its map. Nothing is asked of any host: the page's policy forbids that, too.
const answer = async (address) => ({
  ok: true, ...(String(address).endsWith('.json') ? {json: async () => basemap} : {arrayBuffer: async () => landFile(world)})
});
const mount = player(answer, 'file:///');
// A root of its own, as in the application: the page's styles end there, and so do the player's.
const root = document.getElementById('player').attachShadow({mode: 'open'});
const show = () => mount({data, parentElement: root, setStateValue: () => undefined});
show();
// The colours come from the page's style sheet; the player reads them when it is shown anew.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
