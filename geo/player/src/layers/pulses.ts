// Itemised legs under way: one dot each, riding its corridor's arc. All legs lie in a texture; a frame draws a range.

import type {Device, RenderPass, Texture} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import {DEFAULT_SHAPE} from '../arc';
import type {SceneData} from '../types';
import {firstAtOrAfter} from '../curves';
import {shape, type CorridorProps} from './corridors';
import {COLUMNS_GLSL} from './columns';
import {ARC_GLSL, HUE_GLSL, ROUTE_GLSL, camera, ink, moment} from './glsl';
import {ALPHA_BLEND, DrawnLayer} from './frame';

/** Legs are drawn in runs of chunks of which any leg is under way. */
const CHUNK = 2048;

/** Rows [first, end) of departure-sorted legs, such that every leg under way at `t` is inside some run. */
export class UnderWay {
  private readonly latest: Float64Array;

  constructor(private readonly legs: SceneData['legs'], linger: number) {
    const chunks = Math.ceil(legs.count / CHUNK);
    this.latest = new Float64Array(chunks);
    for (let i = 0; i < legs.count; i++) {
      const k = Math.floor(i / CHUNK);
      this.latest[k] = Math.max(this.latest[k]!, legs.arrive[i]! + linger);
    }
  }

  runs(t: number): [number, number][] {
    const end = firstAtOrAfter(this.legs.depart, t);
    const runs: [number, number][] = [];
    for (let k = 0; k * CHUNK < end; k++) {
      if (this.latest[k]! < t) continue;
      const first = k * CHUNK, last = Math.min(end, first + CHUNK);
      const run = runs.at(-1);
      if (run && run[1] === first) run[1] = last;
      else runs.push([first, last]);
    }
    return runs;
  }
}

const PULSE = `\
layout(std140) uniform pulseUniforms {
  float first;
  float linger;
  float fromColumn;
  float toColumn;
} pulse;
`;
const pulse = {name: 'pulse', vs: PULSE, fs: PULSE, uniformTypes: {first: 'f32', linger: 'f32', fromColumn: 'f32', toColumn: 'f32'}} as const;

const vs = `\
#version 300 es
uniform highp usampler2D legs;
uniform highp sampler2D facts;
flat out float vRadius;
flat out float vAlpha;
flat out vec3 vHue;
${COLUMNS_GLSL}
${HUE_GLSL}
${ARC_GLSL}
#ifdef ROUTES
${ROUTE_GLSL}
#endif
void main() {
  // corridor and above it the colour of the cargo, departure, arrival (s), containers (bits of a float32)
  uvec4 leg = texelFetch(legs, columnAt(int(pulse.first) + gl_VertexID, 0, 1), 0);
  float depart = float(leg.y), arrive = float(leg.z);
  bool step = leg.y == leg.z;
  float since = moment.time - depart;
  float life = step ? pulse.linger : arrive - depart;
  int own = int(leg.x & 0xFFFFFFu);
  float column = float(own);
  if (since < 0.0 || since >= life || column < pulse.fromColumn || column >= pulse.toColumn) {
    gl_PointSize = 1.0;
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    return;
  }
  int rows = textureSize(facts, 0).y / 3;
  vec4 ends = texelFetch(facts, columnAt(own, 0, rows), 0);
  vec4 look = texelFetch(facts, columnAt(own, 1, rows), 0);
  // A leg whose arrival nobody reported does not travel: it lights up where it departed.
  float share = since / life;
  vec4 clip = camera.toClip * vec4(arcPoint(ends, step ? 0.0 : share, bowed(look.x, vec2(shape.height, shape.tilt))), 1.0);
#ifdef ROUTES
  int route = routeOf(facts, own, rows);
  if (route >= 0) clip = camera.toClip * vec4(routeAt(route, step ? 0.0 : share), 0.0, 1.0);
#endif
  vRadius = clamp(uintBitsToFloat(leg.w) * moment.perUnit * 0.5, 1.6, 6.0);
  vAlpha = smoothstep(0.0, 0.08, share) * (1.0 - smoothstep(0.92, 1.0, share)) * (look.y < -1.5 ? 0.0 : look.y < -0.5 ? 0.3 : 1.0);
#ifdef CARGO
  vHue = hueAt(float(leg.x >> 24));
#else
  vHue = hueOf(look.x);
#endif
  gl_PointSize = (vRadius + 2.0) * 2.0 * camera.pixelRatio;
  gl_Position = clip;
}
`;

const fs = `\
#version 300 es
precision highp float;
flat in float vRadius;
flat in float vAlpha;
flat in vec3 vHue;
out vec4 fragColor;
void main() {
  float d = length(gl_PointCoord * 2.0 - 1.0) * (vRadius + 2.0);
  float dot_ = clamp((vRadius - d) * camera.pixelRatio + 0.5, 0.0, 1.0);
  float rim = 0.35 * clamp((vRadius + 1.0 - d) * camera.pixelRatio + 0.5, 0.0, 1.0);
  float alpha = max(dot_, rim) * vAlpha;
  if (alpha < 0.01) discard;
  fragColor = vec4(mix(ink.fill.rgb, mix(vHue, ink.line.rgb, 0.6), dot_), alpha);
}
`;

export interface PulseProps extends CorridorProps { legs: Texture | null; underWay: UnderWay; linger: number }

export class PulseLayer extends DrawnLayer<PulseProps> {
  static override layerName = 'PulseLayer';

  protected override createModels(device: Device): Model[] {
    return [new Model(device, {
      id: this.props.id, vs, fs, defines: {...this.props.textures.paths && {ROUTES: true}, ...this.props.textures.shares && {CARGO: true}}, modules: [camera, moment, ink, shape, pulse],
      // Points, since software GL pays by the instance.
      topology: 'point-list', isInstanced: false, parameters: ALPHA_BLEND
    })];
  }

  override draw({renderPass}: {renderPass: RenderPass}): void {
    const {frame, textures, legs, underWay, linger, getHeight = DEFAULT_SHAPE.height, getTilt = DEFAULT_SHAPE.tilt} = this.props;
    const model = this.state.own?.[0];
    if (!model || !legs) return;
    const shape = {height: getHeight, tilt: getTilt * Math.PI / 180, segments: 0, first: 0};
    model.setBindings({legs, facts: textures.corridorFacts, ...textures.paths && {paths: textures.paths}});
    const {wrapped, corridors} = textures, runs = underWay.runs(frame.t);
    for (const [fromColumn, toColumn, extent] of [[0, wrapped, textures.outer], [wrapped, corridors, textures.inner]] as const) {
      if (fromColumn === toColumn) continue;
      for (const camera of this.cameras(extent))
        for (const [first, end] of runs) {
          model.shaderInputs.setProps({
            camera, moment: frame.moment, ink: frame.ink, shape, pulse: {first, linger, fromColumn, toColumn}
          });
          model.setVertexCount(end - first);
          model.draw(renderPass);
        }
    }
  }
}
