// Stands in for a notebook: gives a widget's models what its kernel would have sent, and lets it draw itself.

const fetched = async (name) => {
  const [told, bytes] = await Promise.all([fetch(`${name}.json`).then((r) => r.json()), fetch(`${name}.bin`).then((r) => r.arrayBuffer())]);
  const models = new Map();
  const get_model = async (id) => models.get(id);
  for (const [id, {state, buffers}] of Object.entries(told.models)) {
    for (const {path, at, size} of buffers) {
      const last = path.at(-1);
      path.slice(0, -1).reduce((part, key) => part[key], state)[last] = new DataView(bytes.slice(at, at + size));
    }
    models.set(id, modelOf(id, state, get_model));
  }
  return models.get(told.root);
};

// Of an ipywidgets model what widgets use without a kernel. Nobody answers what is sent.
function modelOf(id, state, get_model) {
  const heard = new Map();
  const model = {
    model_id: id, comm: undefined, attributes: state, widget_manager: {get_model},
    get: (key) => state[key],
    set: (key, value) => {
      const changes = typeof key === 'object' ? key : {[key]: value};
      for (const [name, given] of Object.entries(changes)) {
        state[name] = given;
        for (const call of heard.get(`change:${name}`) ?? []) call(model, given);
      }
    },
    on: (event, call) => { for (const each of event.split(' ')) heard.set(each, [...(heard.get(each) ?? []), call]); },
    off: (event, call) => {
      for (const each of (event ?? '').split(' ')) heard.set(each, call ? (heard.get(each) ?? []).filter((one) => one !== call) : []);
    },
    once: () => {}, save_changes: () => {}, send: () => {}
  };
  return model;
}

const name = new URLSearchParams(location.search).get('show');
const [{default: made}, model] = await Promise.all([import(`./${name}.js`), fetched(name)]);
const widget = typeof made === 'function' ? await made() : made;
const el = document.getElementById('map');
await widget.initialize?.({model, experimental: {}});
await widget.render({model, el, experimental: {}});
