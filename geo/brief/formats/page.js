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

const {world, basemap, scenes, steps, ...alone} = JSON.parse(document.getElementById('waybill-scene').textContent);

/** What the player is given of one scene. */
function sceneData({texts, tables}) {
  const data = {...texts};
  for (const [name, packed] of Object.entries(tables)) data[name] = table(packed);
  return data;
}

// The player asks for its land and for the names of its map. Nothing is asked of any host: the page's policy forbids that, too.
const answer = async (address) => ({
  ok: true, ...(String(address).endsWith('.json') ? {json: async () => basemap} : {arrayBuffer: async () => landFile(world)})
});
const mount = player(answer, 'file:///');
// A root of its own, as in the application: the page's styles end there, and so do the player's.
const root = document.getElementById('player').attachShadow({mode: 'open'});
let data = steps ? {} : sceneData(alone);
const show = () => mount({data, parentElement: root, setStateValue: () => undefined});
if (steps) tellStory();
else show();
// The colours come from the page's style sheet; the player reads them when it is shown anew.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);

/** Steps by keys, buttons and the address: "#step=2". */
function tellStory() {
  const unpacked = scenes.map(sceneData), count = steps.length;
  const part = (id) => document.getElementById(id), each = (name, act) => document.querySelectorAll(name).forEach(act);
  let now = -1;

  const asked = () => Math.min(Math.max(Number(/^#step=(\d{1,3})$/.exec(location.hash)?.[1] ?? (now + 1 || 1)), 1), count) - 1;
  const go = (to) => {
    if (to < 0 || to >= count || to === now) return;
    now = to;
    const {scene, texts} = steps[now], {scene: own, ...others} = unpacked[scene];
    // Another key and another data set: the step begins with its own view and moment, whatever the reader did in the one before.
    const told = JSON.parse(own);
    data = {...others, ...texts, scene: JSON.stringify({...told, key: `${told.key}-${now + 1}`}), dataset: `step ${now + 1}`};
    show();
    each('.step', (step, turn) => step.classList.toggle('now', turn === now));
    each('.reports', (list) => { list.hidden = Number(list.dataset.scene) !== scene; });
    each('.why', (list, turn) => { list.hidden = Number(list.dataset.step) !== now; });
    part('count').textContent = `${now + 1} of ${count}`;
    part('told').textContent = `Step ${now + 1} of ${count}. ${document.querySelector('.step.now').innerText}`;
    part('back').disabled = now === 0;
    part('next').disabled = now === count - 1;
    try { history.replaceState(null, '', `#step=${now + 1}`); } catch { /* a page in a frame has no address of its own */ }
  };
  const present = (on) => {
    document.body.classList.toggle('presenting', on);
    part('present').setAttribute('aria-pressed', String(on));
    if (on) document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement) document.exitFullscreen();
  };

  part('back').addEventListener('click', () => go(now - 1));
  part('next').addEventListener('click', () => go(now + 1));
  part('present').addEventListener('click', () => present(!document.body.classList.contains('presenting')));
  document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) present(false); });
  addEventListener('hashchange', () => go(asked()));
  // Before the player hears of them, whose own arrows move the clock: they still do with Shift.
  addEventListener('keydown', (event) => {
    const by = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1}[event.key], target = event.composedPath()[0];
    if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(target instanceof Element)) return;
    if (target.matches('input, select, textarea, [role=slider], [role=listbox], [role=option], aside') || target.isContentEditable) return;
    event.preventDefault();
    event.stopPropagation();
    go(now + by);
  }, true);
  go(asked());
}
