// GLSL that the layers share: the camera, the moment, and the curve of an arc (twin of src/arc.ts).

import type {ShaderModule} from '@luma.gl/shadertools';
import {BARB, HEAD_LEAST, HEAD_MOST, HEAD_WIDTHS, LANE_RISE, ROUTE_PIECES, ROUTE_TAPER_PX, TAPER_FROM, TAPER_SHARE} from '../arc';
import {COLUMNS_GLSL} from './columns';

// luma.gl parses these blocks line by line: one field per line.
const CAMERA = `\
layout(std140) uniform cameraUniforms {
  mat4 toClip;
  vec2 viewport;
  float pixelRatio;
  float scale;
} camera;
`;
/** toClip: common space minus the scene's origin -> clip space; viewport in CSS px; scale: CSS px per common unit. */
export const camera = {
  name: 'camera', vs: CAMERA, fs: CAMERA,
  uniformTypes: {toClip: 'mat4x4<f32>', viewport: 'vec2<f32>', pixelRatio: 'f32', scale: 'f32'}
} as const satisfies ShaderModule;

const MOMENT = `\
layout(std140) uniform momentUniforms {
  float stop;
  float part;
  float priorStop;
  float priorPart;
  float time;
  float phase;
  float certain;
  float hasRate;
  float rows;
  float perUnit;
  float minWidth;
  float maxRate;
  float disputes;
  float opacity;
  float casing;
  float largestPort;
} moment;
`;
/**
 * Which two stops of the volume texture to mix for the stretch's end and (stop < 0: none) its beginning; disputes: how many
 * have begun; opacity: of bodies, less where there are many; casing: px of the rim around them; largestPort: px of the busiest place's ring.
 */
export const moment = {
  name: 'moment', vs: MOMENT, fs: MOMENT,
  uniformTypes: {
    stop: 'f32', part: 'f32', priorStop: 'f32', priorPart: 'f32', time: 'f32', phase: 'f32', certain: 'f32',
    hasRate: 'f32', rows: 'f32', perUnit: 'f32', minWidth: 'f32', maxRate: 'f32',
    disputes: 'f32', opacity: 'f32', casing: 'f32', largestPort: 'f32'
  }
} as const satisfies ShaderModule;

const INK = `\
layout(std140) uniform inkUniforms {
  vec4 hue0;
  vec4 hue1;
  vec4 hue2;
  vec4 hue3;
  vec4 hue4;
  vec4 hue5;
  vec4 hue6;
  vec4 hue7;
  vec4 pale;
  vec4 line;
  vec4 fill;
  vec4 land;
  vec4 drift;
} ink;
`;
export const ink = {
  name: 'ink', vs: INK, fs: INK,
  uniformTypes: {
    hue0: 'vec4<f32>', hue1: 'vec4<f32>', hue2: 'vec4<f32>', hue3: 'vec4<f32>', hue4: 'vec4<f32>', hue5: 'vec4<f32>', hue6: 'vec4<f32>', hue7: 'vec4<f32>',
    pale: 'vec4<f32>', line: 'vec4<f32>', fill: 'vec4<f32>', land: 'vec4<f32>', drift: 'vec4<f32>'
  }
} as const satisfies ShaderModule;

export const VOLUME_GLSL = `\
${COLUMNS_GLSL}
vec4 volumeSample(highp sampler2D volumes, int column, int stop) {
  vec4 v = texelFetch(volumes, columnAt(column, stop, int(moment.rows)), 0);
  return moment.certain > 0.5 ? vec4(v.rrr, 0.0) : v;
}
vec4 volumeMix(highp sampler2D volumes, int column, float stop, float part) {
  vec4 v = volumeSample(volumes, column, int(stop));
  return part > 0.0 ? mix(v, volumeSample(volumes, column, int(stop) + 1), part) : v;
}
// low, best, high, and the best volume of reports without an upper bound, within the stretch
vec4 volumeNow(highp sampler2D volumes, int column) {
  vec4 v = volumeMix(volumes, column, moment.stop, moment.part);
  if (moment.priorStop >= 0.0) v -= volumeMix(volumes, column, moment.priorStop, moment.priorPart);
  return max(v, 0.0);
}
// The same of a reconciled corridor, whose ranges do not subtract: twin of within() in src/curves.ts.
vec4 volumeWithin(highp sampler2D volumes, int column) {
  vec4 v = volumeMix(volumes, column, moment.stop, moment.part);
  if (moment.priorStop >= 0.0) {
    vec4 before = volumeMix(volumes, column, moment.priorStop, moment.priorPart);
    float best = v.y - before.y;
    v = vec4(before.w > 0.0 ? 0.0 : v.x - before.z, best, v.w > 0.0 ? best : v.z - before.x, v.w);
  }
  return max(v, 0.0);
}
`;

/** px; the ring of the busiest of few places, and of one through which nothing has gone yet. */
const LARGEST_PORT = 11, FEW_PLACES = 40;
export const SMALLEST_PORT = 3;

/** px; the ring of the busiest of so many places: smaller where there are many. Twin of `largest_port` in geo/brief/plate/panel.py. */
export const largestPort = (places: number): number => SMALLEST_PORT + (LARGEST_PORT - SMALLEST_PORT) * Math.min(1, Math.sqrt(FEW_PLACES / Math.max(places, 1)));

export const RING_GLSL = `\
// px of a port's ring; its area grows with the volume
float ringRadius(float volume, float most) {
  return ${SMALLEST_PORT.toFixed(1)} + (moment.largestPort - ${SMALLEST_PORT.toFixed(1)}) * sqrt(clamp(volume / max(most, 1e-6), 0.0, 1.0));
}
`;

/** More than there are modes: one number holds a mode, the side and the lane of an arc. */
export const MODES = 8;

const f = (value: number): string => value.toFixed(2);

/** Colours by number: of modes, or of cargoes where arcs are coloured by those. */
export const HUE_GLSL = `\
vec3 hueAt(float number) {
  return number < 3.5
    ? number < 0.5 ? ink.hue0.rgb : number < 1.5 ? ink.hue1.rgb : number < 2.5 ? ink.hue2.rgb : ink.hue3.rgb
    : number < 4.5 ? ink.hue4.rgb : number < 5.5 ? ink.hue5.rgb : number < 6.5 ? ink.hue6.rgb : ink.hue7.rgb;
}
vec3 hueOf(float look) { return hueAt(mod(look, ${f(MODES)})); }
`;

export const ARC_GLSL = `\
// height and tilt of an arc on its side and in its lane: twin of bowed()
vec2 bowed(float look, vec2 shape) {
  float bow = floor(look / ${f(MODES)}), right = mod(bow, 2.0);
  return vec2(shape.x * (1.0 + ${f(LANE_RISE)} * floor(bow * 0.5)), right > 0.5 ? -shape.y : shape.y);
}
vec3 arcPoint(vec4 ends, float s, vec2 shape) {
  vec2 chord = ends.zw - ends.xy;
  float rise = 2.0 * s * (1.0 - s) * shape.x;
  return vec3(ends.xy + chord * s + vec2(-chord.y, chord.x) * rise * sin(shape.y), length(chord) * rise * cos(shape.y));
}
// how the point moves with s
vec3 arcTangent(vec4 ends, float s, vec2 shape) {
  vec2 chord = ends.zw - ends.xy;
  float rise = (2.0 - 4.0 * s) * shape.x;
  return vec3(chord + vec2(-chord.y, chord.x) * rise * sin(shape.y), length(chord) * rise * cos(shape.y));
}
`;

/** Of scenes with routes alone: those of route-lines.ts. */
export const ROUTE_GLSL = `\
uniform highp sampler2D paths;
const int LAST = ${ROUTE_PIECES};
// number of a corridor's route, -1 for an arc
int routeOf(highp sampler2D facts, int column, int rows) { return int(texelFetch(facts, columnAt(column, 2, rows), 0).z) - 1; }
// x, y, share of the length, all of the length (common units)
vec4 routePoint(int route, int k) { return texelFetch(paths, columnAt(route * (LAST + 1) + k, 0, 1), 0); }
// where a share of the length ends
vec2 routeAt(int route, float share) {
  int low = 0, high = LAST;
  for (int i = 0; i < 8; i++) {
    int middle = (low + high) / 2;
    if (high - low > 1) { if (routePoint(route, middle).z <= share) low = middle; else high = middle; }
  }
  vec4 a = routePoint(route, low), b = routePoint(route, high);
  return mix(a.xy, b.xy, clamp((share - a.z) / max(b.z - a.z, 1e-9), 0.0, 1.0));
}
// which share of an arc has the width that a route of so many px has there
float routeTaper(float share, float run) { return share * ${f(TAPER_SHARE)} / min(${f(TAPER_SHARE)}, ${ROUTE_TAPER_PX.toFixed(1)} / run); }
`;

export const HEAD_GLSL = `\
// How wide an arc is where it tapers in at its origin.
float taper(float share) { return mix(${f(TAPER_FROM)}, 1.0, smoothstep(0.0, ${f(TAPER_SHARE)}, share)); }
// px from the neck to the tip of the arrow's head, for an arc of a half width, so many px long
float headLength(float halfWidth, float run) {
  return min(max(${f(HEAD_LEAST)}, ${f(2 * HEAD_WIDTHS)} * halfWidth), ${f(HEAD_MOST)} * run);
}
// Core, body and halo: on the shaft, at the neck (step 1) and at the tip (step 2).
vec3 headed(vec3 halves, float share, float step) {
  if (step > 1.5) return vec3(0.0);
  if (step > 0.5) return vec3(halves.x, halves.y + ${f(BARB)}, max(halves.z, halves.y + ${f(BARB)}));
  return max(halves * taper(share), min(halves, vec3(0.5)));
}
`;
