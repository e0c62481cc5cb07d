// One arc per corridor: core, body and halo in one strip, their widths read from the volume texture. It tapers in at its
// origin and ends in a point at its destination, so that a still picture tells the direction without colour.

import type {Device, RenderPass} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import {ARC_GLSL, HEAD_GLSL, HUE_GLSL, RING_GLSL, ROUTE_GLSL, SMALLEST_PORT, VOLUME_GLSL, camera, ink, moment} from './glsl';
import {DEFAULT_SHAPE, RING_MOST} from '../arc';
import {BODY_OPACITY} from '../theme';
import {ALPHA_BLEND, DrawnLayer} from './frame';

export interface CorridorProps { getHeight?: number; getTilt?: number; numSegments?: number; certain?: boolean }

/** px along a contested arc: a dash, and a dash with the gap after it. */
const DASH = 13, DASHES = 20;

/** px that an open high fades out over: it has no edge, so it must not look like one. */
export const FADE = 9;

/** Pieces of an arc at least where a machine cannot keep up: else half of them. */
const COARSE_SEGMENTS = 6;

/** px of an arc from which the parts of what it carries lie side by side in it; a thinner one has the colour of the largest. */
export const BANDS_FROM = 4;

const SHAPE = `\
layout(std140) uniform shapeUniforms {
  float height;
  float tilt;
  float segments;
  float first;
} shape;
`;
export const shape = {
  name: 'shape', vs: SHAPE, fs: SHAPE,
  uniformTypes: {height: 'f32', tilt: 'f32', segments: 'f32', first: 'f32'}
} as const;

const vs = `\
#version 300 es
uniform highp sampler2D volumes;
uniform highp sampler2D facts;
out vec4 vInk;
#ifdef PLAIN
out float vBody;
#else
uniform highp sampler2D rates;
out float vAlong;
out vec3 vHalf;
flat out float vOpen;
flat out float vEmphasis;
flat out float vSpacing;
flat out float vContested;
#endif
#ifdef CARGO
uniform highp sampler2D shares;
flat out vec4 vFirst;
flat out vec4 vLast;
flat out float vWide;
#endif
${VOLUME_GLSL}
${RING_GLSL}
${HUE_GLSL}
${ARC_GLSL}
${HEAD_GLSL}
#ifdef ROUTES
${ROUTE_GLSL}
#endif
void main() {
  int column = int(shape.first) + gl_InstanceID;
  int rows = textureSize(facts, 0).y / 3;
#ifdef PLAIN
  vec4 now = volumeNow(volumes, column);
  if (now.y <= 0.0 && now.z <= 0.0) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
  vec4 look = texelFetch(facts, columnAt(column, 1, rows), 0);
#else
  vec4 look = texelFetch(facts, columnAt(column, 1, rows), 0);
  vec4 now = look.z > 0.5 ? volumeWithin(volumes, column) : volumeNow(volumes, column);
  if (now.y <= 0.0 && now.z <= 0.0 && now.w <= 0.0) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
  vContested = look.w > 0.5 && look.w <= moment.disputes ? 1.0 : 0.0;
#endif
  if (look.y < -1.5) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
  vec4 ends = texelFetch(facts, columnAt(column, 0, rows), 0);

  // A parabola in n pieces strays by its rise / n²: short arcs need few, and their other vertices fall together.
  float chord = length(ends.zw - ends.xy) * camera.scale;
  vec2 curve = bowed(look.x, vec2(shape.height, shape.tilt));
  float pieces = clamp(ceil(sqrt(chord * 0.5 * curve.x / 0.4)), 4.0, shape.segments);
  float run = max(chord * (1.0 + 0.3 * curve.x), 1e-3);
#ifdef ROUTES
  int route = routeOf(facts, column, rows);
  if (route >= 0) {
    pieces = float(LAST);
    run = max(routePoint(route, 0).w * camera.scale, 1e-3);
  }
#endif
  float body = max(moment.minWidth, now.y * moment.perUnit) * 0.5;
  // The tip touches the ring of the destination, and so is never hidden by it.
  float ring = ${(SMALLEST_PORT + 1).toFixed(1)};
  if (moment.casing > 0.0) { // among hundreds of arcs a few px are as good
    vec4 target = texelFetch(facts, columnAt(column, 2, rows), 0);
    ring = target.y > 0.0 ? ringRadius(volumeNow(volumes, int(target.x)).y, target.y) : 0.0;
  }
  float end = 1.0 - min(ring / run, ${RING_MOST}), neck = end - headLength(body, run) / run;
  float pair = float(gl_VertexID / 2), step = clamp(pair - pieces, 0.0, 2.0);
  float share = step > 1.5 ? end : neck * min(1.0, pair / pieces);
  float side = (gl_VertexID & 1) == 0 ? -1.0 : 1.0;
  vec4 clip = camera.toClip * vec4(arcPoint(ends, share, curve), 1.0);
  vec4 ahead = camera.toClip * vec4(arcTangent(ends, step > 0.5 ? neck : share, curve), 0.0);
  float wide = share;
#ifdef ROUTES
  if (route >= 0) {
    int k = int(min(pair, pieces));
    vec4 point = routePoint(route, k);
    vec2 at = point.xy, to = routePoint(route, min(k + 1, LAST)).xy - routePoint(route, max(k - 1, 0)).xy;
    share = point.z;
    if (step > 0.5 || share >= neck) {
      vec2 from = routeAt(route, neck), tip = routeAt(route, end);
      share = step > 1.5 ? end : neck;
      at = step > 1.5 ? tip : from;
      to = tip - from;
    }
    wide = routeTaper(share, run);
    clip = camera.toClip * vec4(at, 0.0, 1.0);
    ahead = camera.toClip * vec4(to, 0.0, 0.0);
  }
#endif
  // direction on screen: the derivative of clip.xy / clip.w, whose sign and direction alone count
  vec2 along = (ahead.xy * clip.w - clip.xy * ahead.w) * camera.viewport;
  vec2 normal = dot(along, along) > 0.0 ? normalize(vec2(-along.y, along.x)) : vec2(0.0, 1.0);

#ifdef PLAIN
  vBody = headed(vec3(0.0, body, body), wide, step).y;
  float reach = vBody + moment.casing + 0.5 / camera.pixelRatio;
#else
  bool open = now.w > 0.0;
  vHalf = headed(vec3(min(now.x * moment.perUnit * 0.5, body), body, max(body, now.z * moment.perUnit * 0.5)), wide, step);
  vOpen = open ? 1.0 : 0.0;
  float reach = vHalf.z + moment.casing + 0.5 / camera.pixelRatio + (open ? ${FADE.toFixed(1)} : 0.0) + (look.y > 0.5 ? 2.0 : 0.0);
  // The head is whole, between dashes as well.
  vAlong = step > 0.5 ? (floor(neck * run / ${DASHES.toFixed(1)}) + 0.5) * ${DASHES.toFixed(1)} : share * run;
  vEmphasis = look.y;
  float rate = moment.hasRate > 0.5 && moment.stop >= 0.0 ? texelFetch(rates, columnAt(column, int(moment.stop), int(moment.rows)), 0).r : 0.0;
  vSpacing = rate > 0.0 ? 120.0 / (1.0 + 2.0 * rate / moment.maxRate) : 0.0;
#endif
  // colour, and px from the centre line
  float strong = smoothstep(0.0, 0.7, share) * 0.75 + 0.25;
#ifdef CARGO
  int shareRows = textureSize(shares, 0).y / 2;
  vFirst = texelFetch(shares, columnAt(column, 0, shareRows), 0);
  vLast = texelFetch(shares, columnAt(column, 1, shareRows), 0);
  vWide = 2.0 * body;
  vInk = vec4(vec3(strong), side * reach);
#else
  vInk = vec4(mix(ink.pale.rgb, hueOf(look.x), strong), side * reach);
#endif
  clip.xy += normal * (vInk.w / camera.viewport * 2.0) * clip.w;
  gl_Position = clip;
}
`;

const fs = `\
#version 300 es
precision highp float;
in vec4 vInk;
#ifdef PLAIN
in float vBody;
#else
in float vAlong;
in vec3 vHalf;
flat in float vOpen;
flat in float vEmphasis;
flat in float vSpacing;
flat in float vContested;
#endif
out vec4 fragColor;

#ifdef CARGO
flat in vec4 vFirst;
flat in vec4 vLast;
flat in float vWide;
${HUE_GLSL}
// Cargoes side by side across the body, each as wide as its share.
vec3 hueAcross(float halfWidth) {
  float wide = max(2.0 * halfWidth, 1e-3), at = clamp(vInk.w / wide + 0.5, 0.0, 1.0), before = 0.0, most = 0.0;
  vec3 hue = ink.hue0.rgb, largest = hue;
  for (int i = 0; i < 8; i++) {
    float share = i < 4 ? vFirst[i] : vLast[i - 4];
    if (share <= 0.0) continue;
    vec3 own = hueAt(float(i));
    if (share > most) { most = share; largest = own; }
    hue = before > 0.0 ? mix(hue, own, clamp((at - before) * wide * camera.pixelRatio + 0.5, 0.0, 1.0)) : own;
    before += share;
  }
  return mix(ink.pale.rgb, vWide < BANDS_FROM ? largest : hue, vInk.r);
}
#else
vec3 hueAcross(float halfWidth) { return vInk.rgb; }
#endif

float cover(float halfWidth, float d) {
  // Of coarse pixels, a thin line covers a part alone: it must not look wider than it is.
  float most = camera.pixelRatio < 1.0 ? clamp(2.0 * halfWidth * camera.pixelRatio, 0.0, 1.0) : 1.0;
  return clamp((halfWidth - d) * camera.pixelRatio + 0.5, 0.0, most);
}

// over: straight-alpha compositing of a layer on what is below it
vec4 over(vec4 top, vec4 below) {
  float a = top.a + below.a * (1.0 - top.a);
  return vec4((top.rgb * top.a + below.rgb * below.a * (1.0 - top.a)) / max(a, 1e-4), a);
}

#ifdef PLAIN
void main() {
  float d = abs(vInk.w);
  vec4 casing = vec4(ink.land.rgb, 0.85 * min(moment.casing, 1.0) * moment.opacity * cover(vBody + moment.casing, d));
  fragColor = over(vec4(hueAcross(vBody), ${BODY_OPACITY} * moment.opacity * cover(vBody, d)), casing);
}
#else
void main() {
  float d = abs(vInk.w);
  vec3 hue = hueAcross(vHalf.y);
  vec4 color = vec4(ink.land.rgb, 0.85 * min(moment.casing, 1.0) * moment.opacity * cover(vHalf.z + moment.casing, d));
  float halo = cover(vHalf.z, d);
  // The halo lies on the map itself, and the casing around it.
  color.a *= 1.0 - halo * (1.0 - cover(vHalf.y, d));
  color = over(vec4(hue, 0.22 * halo), color);
  if (vOpen > 0.5) color = over(vec4(hue, 0.5 * (1.0 - smoothstep(vHalf.y, vHalf.z + FADE, d))), color);
  float strength = ${BODY_OPACITY} * moment.opacity;
  if (vSpacing > 0.0) {
    // Drift: opacity alone moves, toward the destination; the width stays what the reports say.
    float wave = fract((vAlong - moment.phase) / vSpacing);
    strength -= ink.drift.x * (smoothstep(0.0, 0.15, wave) - smoothstep(0.45, 0.95, wave));
  }
  float core = vHalf.x < vHalf.y - 0.25 ? cover(vHalf.x, d) : 0.0;
  float body = strength * cover(vHalf.y, d);
  if (vContested > 0.5) {
    // Dashes stand still. Between them the core stays readable, and beside them the halo goes on.
    float gap = 1.0 - cover(0.5 * DASH, abs(mod(vAlong, DASHES) - 0.5 * DASHES));
    color.a *= 1.0 - 0.7 * gap * cover(vHalf.y, d);
    body *= 1.0 - mix(0.95, 0.6, core) * gap;
  }
  color = over(vec4(mix(hue, ink.line.rgb, 0.15 * core), body), color);
  if (vEmphasis > 0.5) {
    float edge = cover(vHalf.z + 1.75, d) - cover(vHalf.z + 0.25, d);
    color = over(vec4(ink.line.rgb, edge), color);
  }
  if (vEmphasis < -0.5) color.a *= 0.3;
  if (color.a < 0.004) discard;
  fragColor = color;
}
#endif
`.replaceAll('FADE', FADE.toFixed(1)).replaceAll('DASHES', DASHES.toFixed(1)).replaceAll('DASH', DASH.toFixed(1)).replaceAll('BANDS_FROM', BANDS_FROM.toFixed(1));

export class CorridorLayer extends DrawnLayer<CorridorProps> {
  static override layerName = 'CorridorLayer';
  static override defaultProps = {getHeight: DEFAULT_SHAPE.height, getTilt: DEFAULT_SHAPE.tilt, numSegments: 32, certain: false};

  protected override createModels(device: Device): Model[] {
    return [this.createModel(device, this.props.certain ?? false)];
  }

  /** plain: a cheap drawing for scenes in which nothing is in doubt, drifts or is selected. */
  private createModel(device: Device, plain: boolean): Model {
    return new Model(device, {
      id: `${this.props.id}-${plain ? 'plain' : 'full'}`, vs, fs,
      defines: {...plain && {PLAIN: true}, ...this.props.textures.paths && {ROUTES: true}, ...this.props.textures.shares && {CARGO: true}},
      modules: [camera, moment, ink, shape], topology: 'triangle-strip', isInstanced: true, parameters: ALPHA_BLEND
    });
  }

  /** Compiling takes a while, so the full drawing of a certain scene waits for the first selection. */
  private modelFor(plain: boolean): Model | undefined {
    const {own} = this.state;
    if (!own || plain || !this.props.certain) return own?.[0];
    return own[1] ??= this.createModel(this.context.device, false);
  }

  override draw({renderPass}: {renderPass: RenderPass}): void {
    const {frame, textures, getHeight = DEFAULT_SHAPE.height, getTilt = DEFAULT_SHAPE.tilt, numSegments = 32, certain} = this.props;
    const plain = Boolean(certain) && !frame.selected, model = this.modelFor(plain);
    frame.drawn = true;
    if (!model || !textures.corridors) return;
    const {volumes, rates, corridorFacts: facts, wrapped, corridors, paths, shares} = textures;
    model.setBindings({volumes, facts, ...!plain && {rates}, ...paths && {paths}, ...shares && {shares}});
    const segments = frame.coarse && !paths ? Math.max(COARSE_SEGMENTS, numSegments / 2) : numSegments;
    model.setVertexCount((segments + 3) * 2);
    const arc = {height: getHeight, tilt: getTilt * Math.PI / 180, segments};
    for (const [first, end, extent] of [[0, wrapped, textures.outer], [wrapped, corridors, textures.inner]] as const) {
      if (end === first) continue;
      model.setInstanceCount(end - first);
      for (const camera of this.cameras(extent)) {
        model.shaderInputs.setProps({camera, moment: frame.moment, ink: frame.ink, shape: {...arc, first}});
        model.draw(renderPass);
      }
    }
  }
}
