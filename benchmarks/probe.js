// Runs before the page's own scripts and notes what it does, by the page's own clock (ms since navigation).
(() => {
  const probe = window.waybillProbe = {
    sockets: [],    // bytes of each message that came over a websocket
    ready: null,    // ms at which the player said data-state="ready"
    asked: null,    // ms at which all of the first frame with arcs in it had been asked of the GPU
    done: null,     // ms at which the GPU had finished it
    drawn: 0,       // animation frames in which anything was drawn by instances, as arcs are
    frames: []      // [ms, data-frames, data-time, data-playing] whenever the player writes its count
  };

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({data}) => probe.sockets.push(data.byteLength ?? data.size ?? data.length));
    }
  };

  const asked = new URLSearchParams(location.search);
  // The others draw one instance a leg. Of the player, any instance will do: they all come in one frame, land in none.
  const enough = asked.get('show') === 'player' ? 1 : Number(asked.get('legs')) || 1;
  let begun = false, last = -1, instances = 0;
  const finish = (gl) => {
    probe.asked = performance.now();
    // Reading a pixel waits for everything that was asked before it.
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    probe.done = performance.now();
  };

  for (const name of ['drawArraysInstanced', 'drawElementsInstanced']) {
    const native = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      native.apply(this, given);
      const frame = document.timeline.currentTime; // the same for all that one animation frame draws
      if (frame !== last) {
        last = frame;
        instances = 0;
        probe.drawn += 1;
      }
      instances += given.at(-1);
      if (begun || instances < enough) return;
      begun = true;
      queueMicrotask(() => finish(this)); // when the animation frame's callback is through, and all of it is drawn
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
