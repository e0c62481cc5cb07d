// Runs before the page's own scripts and notes what it does, by the page's own clock (ms since navigation).
(() => {
  const probe = window.waybillProbe = {
    sockets: [],    // bytes of each message that came over a websocket
    draws: {},      // instances of a WebGL call -> [calls, ms of the first]
    ready: null,    // ms at which the player said data-state="ready"
    frames: []      // [ms, data-frames, data-time, data-playing] whenever the player writes its count
  };

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({data}) => probe.sockets.push(data.byteLength ?? data.size ?? data.length));
    }
  };

  for (const name of ['drawArraysInstanced', 'drawElementsInstanced']) {
    const native = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      const noted = probe.draws[given.at(-1)] ??= [0, performance.now()];
      noted[0] += 1;
      return native.apply(this, given);
    };
  }

  const note = (records) => {
    for (const {target, attributeName} of records) {
      const {state, frames, time, playing} = target.dataset;
      if (attributeName === 'data-state' && state === 'ready') probe.ready ??= performance.now();
      if (attributeName === 'data-frames') probe.frames.push([performance.now(), Number(frames), time ?? '', playing === 'true']);
    }
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    // The player's own attributes alone: an observer of everything would weigh on what is measured.
    new MutationObserver(note).observe(root, {subtree: true, attributes: true, attributeFilter: ['data-state', 'data-frames']});
    return root;
  };
})();
