var m=-1/0;document.addEventListener("click",o=>{o.composedPath().some(e=>e instanceof Element&&e.matches('[data-testid="stPageLink-NavLink"]'))&&o.button===0&&!o.ctrlKey&&!o.metaKey&&!o.shiftKey&&(m=performance.now())},!0);function k(){m=-1/0}var E=()=>performance.now()-m<=1e4;function P(o,t){let e=new WeakMap;return({data:i,parentElement:r,setTriggerValue:n})=>{let s=e.get(r);s||(s=t(r.querySelector(`[data-testid="${o}"]`)??r),e.set(r,s),k()),i&&s.update(i,d=>{E()||n("asked",d)});let p=s;return()=>{e.delete(r),p.destroy()}}}var S="http://www.w3.org/2000/svg";function A(o,t,e){for(let[i,r]of Object.entries(t))r==null||r===!1||o.setAttribute(i,r===!0?"":String(r));for(let i of e)i&&o.append(i);return o}function a(o,t={},...e){return A(document.createElement(o),t,e)}function H(o,t={},...e){return A(document.createElementNS(S,o),t,e)}var B={play:["M4.5 2.5 13.5 8 4.5 13.5Z"],pause:["M4 2.5H6.75V13.5H4Z","M9.25 2.5H12V13.5H9.25Z"],back:["M11.5 3 5.5 8 11.5 13Z","M4 3V13"],forward:["M4.5 3 10.5 8 4.5 13Z","M12 3V13"],loop:["M3 8V6.5A2.5 2.5 0 0 1 5.5 4H12","M10 1.75 12.5 4 10 6.25","M13 8V9.5A2.5 2.5 0 0 1 10.5 12H4","M6 9.75 3.5 12 6 14.25"],fullscreen:["M2.5 6V2.5H6","M10 2.5H13.5V6","M13.5 10V13.5H10","M6 13.5H2.5V10"],fit:["M1.75 3H14.25V13H1.75V3","M5 10.25 11 5.75","M4 9H6.25V11.25H4Z","M9.75 4.75H12V7H9.75Z"],plus:["M8 3V13","M3 8H13"],minus:["M3 8H13"],present:["M2 3H14","M3 3V10.5H13V3","M8 10.5V13.5","M5.5 13.5H10.5"],search:["M11 7A4 4 0 1 1 3 7A4 4 0 1 1 11 7","M10 10 13.5 13.5"],list:["M6 3.5H13.5","M6 8H11.5","M6 12.5H9.5","M2 2.5H4V4.5H2Z","M2 7H4V9H2Z","M2 11.5H4V13.5H2Z"],matrix:["M2.5 2.5H13.5V13.5H2.5V2.5","M2.5 6.25H13.5","M6.25 2.5V13.5","M8.25 8.25H11.5V11.5H8.25Z"],ruler:["M2 10.5 10.5 2 14 5.5 5.5 14 2 10.5","M5 7.5 6.5 9","M7.5 5 9 6.5"],save:["M8 2V10","M4.5 7 8 10.5 11.5 7","M2.5 13.5H13.5"],copy:["M5.5 5.5H13.5V13.5H5.5V5.5","M3 10.5H2.5V2.5H10.5V3"],clear:["M4 4 12 12","M12 4 4 12"],chevron:["M4 6 8 10 12 6"],layers:["M8 2.5 14 5.75 8 9 2 5.75Z","M2.5 8.75 8 11.75 13.5 8.75","M2.5 11.25 8 14.25 13.5 11.25"],arcs:["M2.5 13C3 7 7 3.5 12.5 3.5","M9.5 1.75 13 3.5 10.5 6.5"],more:["M3 5H13","M3 11H13","M6 3.5V6.5","M10.5 9.5V12.5"]};function L(o){let t=B[o].map(e=>H("path",{d:e,class:e.endsWith("Z")?"wb-solid":"wb-stroke"}));return H("svg",{class:"wb-icon",viewBox:"0 0 16 16","aria-hidden":"true",focusable:"false"},...t)}var l={left:0,top:0,size:1},g=[[0,0],[1,0],[1,1],[0,1]],N=1/32,V=32,W=.06,b=(o,t)=>Math.abs(o.left-t.left)<.001*o.size&&Math.abs(o.top-t.top)<.001*o.size&&Math.abs(o.size/t.size-1)<.001,x=(o,t)=>({...o,left:o.left-t.x*o.size,top:o.top-t.y*o.size});function z(o,t,e={x:.5,y:.5}){let i=Math.min(Math.max(o.size*t,N),V);return{left:o.left+e.x*(o.size-i),top:o.top+e.y*(o.size-i),size:i}}function y(o,t){let[e,i]=o,r=e?t.x:1-t.x,n=i?t.y:1-t.y,s=Math.min(Math.max(r,n,W),V);return{left:e?0:1-s,top:i?0:1-s,size:s}}var C=(o,t)=>({left:o.left+t.left*o.size,top:o.top+t.top*o.size,size:o.size*t.size});function f(o,t){let e=t[2]-t[0],i=t[3]-t[1],r=t[0]+o.left*e,n=t[1]+o.top*i;return[r,n,r+o.size*e,n+o.size*i]}var Z=450,h=.12,T=.75,I=3,K=16,R="Map area. Arrow keys move it, plus and minus zoom, 0 shows all data, Enter marks the middle for a callout.",c=class{constructor(t,e,i=null,r=R){this.tell=t;this.whole=e;this.point=i;this.layer.append(this.ghost);for(let[n,s]of g)this.frame.append(a("span",{class:`vf-corner vf-${s?"bottom":"top"} vf-${n?"right":"left"}`}));this.root=a("div",{class:"vf-map",tabindex:0,role:"group","aria-label":r,"data-state":"still"},a("div",{class:"vf-clip"},this.layer,this.shade),this.frame),this.root.addEventListener("pointerdown",this.take),this.root.addEventListener("pointermove",this.follow),this.root.addEventListener("pointerup",this.release),this.root.addEventListener("pointercancel",this.letGo),i||this.root.addEventListener("dblclick",()=>this.showAll()),this.root.addEventListener("keydown",this.key),this.root.addEventListener("wheel",this.wheel,{passive:!1})}tell;whole;point;root;clicked=null;layer=a("div",{class:"vf-layer"});ghost=a("img",{class:"vf-ghost",alt:"",draggable:"false"});shade=a("div",{class:"vf-shade"});frame=a("div",{class:"vf-frame"});map=[0,0,1,1];part=l;grip=null;rest=null;get busy(){return this.grip!==null||this.rest!==null}show(t,e){this.map=e;let[i,r,n,s]=e,p=n-i,d=s-r;w(this.root,i,r,p,d),w(this.ghost,-i/p,-r/d,1/p,1/d),this.ghost.getAttribute("src")!==t&&(this.ghost.src=t),this.part=l,this.draw(l,"still")}zoom(t,e){this.part=z(this.part,t,e),this.soon()}showAll(){this.forget(),this.draw(l,"waiting"),this.whole()}destroy(){this.forget()}draw(t,e){let{left:i,top:r,size:n}=this.part;this.layer.style.transform=`translate(${-i/n*100}%, ${-r/n*100}%) scale(${1/n})`,this.layer.hidden=e==="still";for(let s of[this.frame,this.shade])w(s,t.left,t.top,t.size,t.size);this.root.dataset.state=e}take=t=>{if(t.button!==0||this.grip)return;t.preventDefault(),this.root.focus({preventScroll:!0}),this.forget();let e=t.target.closest(".vf-corner"),i=e?[...this.frame.children].indexOf(e):-1;this.grip={id:t.pointerId,corner:g[i]??null,from:this.at(t),start:this.part,far:!1},this.root.setPointerCapture?.(t.pointerId)};follow=t=>{let e=this.grip;if(!e||t.pointerId!==e.id)return;let i=this.at(t),r=this.root.getBoundingClientRect(),n={x:i.x-e.from.x,y:i.y-e.from.y};e.far||=Math.hypot(n.x*r.width,n.y*r.height)>I,e.far&&(e.corner?this.draw(y(e.corner,i),"moving"):(this.part=x(e.start,n),this.draw(l,"moving")))};release=t=>{let e=this.grip;if(!(!e||t.pointerId!==e.id)){if(this.grip=null,!e.far){let i=b(this.part,l);this.settle(),i&&!e.corner&&(this.point??this.clicked)?.(this.at(t));return}e.corner&&(this.part=C(e.start,y(e.corner,this.at(t)))),this.settle()}};letGo=()=>{this.grip&&(this.part=this.grip.start,this.grip=null,this.settle())};key=t=>{if(t.stopPropagation(),t.ctrlKey||t.metaKey||t.altKey)return;let i={ArrowLeft:{x:h,y:0},ArrowRight:{x:-h,y:0},ArrowUp:{x:0,y:h},ArrowDown:{x:0,y:-h}}[t.key];if(i)this.part=x(this.part,i),this.soon();else if(t.key==="+"||t.key==="=")this.zoom(T);else if(t.key==="-")this.zoom(1/T);else if(t.key==="0")this.showAll();else if((this.point??this.clicked)&&t.key==="Enter"&&!this.busy)(this.point??this.clicked)({x:.5,y:.5});else return;t.preventDefault()};wheel=t=>{if(!t.ctrlKey&&!this.root.matches(":focus"))return;t.preventDefault();let e=t.deltaMode===1?K:1;this.zoom(Math.exp(Math.max(-240,Math.min(240,t.deltaY*e))*.002),this.at(t))};soon(){this.forget(),this.draw(l,"moving"),this.rest=setTimeout(()=>{this.rest=null,this.settle()},Z)}settle(){let t=b(this.part,l);this.draw(l,t?"still":"waiting"),t?this.root.dispatchEvent(new CustomEvent("rested")):this.tell(f(this.part,this.map))}forget(){this.rest!==null&&clearTimeout(this.rest),this.rest=null}at(t){let e=this.root.getBoundingClientRect();return{x:(t.clientX-e.left)/e.width,y:(t.clientY-e.top)/e.height}}};function w(o,t,e,i,r){let n=s=>`${(s*100).toFixed(4)}%`;Object.assign(o.style,{left:n(t),top:n(e),width:n(i),height:n(r)})}var D=`/* The picture and what can be taken hold of on it. --ink and --paper are the picture's own, all else is the page's. */

.vf {
  --text: var(--st-text-color, #17212b);
  --ground: var(--st-background-color, #fff);
  --rule: color-mix(in srgb, var(--text) 22%, var(--ground));
  color: var(--text);
  font: 400 0.85rem/1.4 var(--st-font, system-ui, sans-serif);
}
.vf *, .vf *::before { box-sizing: border-box; }
.vf [hidden] { display: none; }
.vf-picture {
  position: relative; width: min(100%, calc((100dvh - 9.5rem) * var(--ratio, 1.7778))); aspect-ratio: var(--ratio, 1.7778);
}
.vf-image { display: block; width: 100%; height: 100%; }

.vf-map { position: absolute; cursor: grab; touch-action: none; user-select: none; -webkit-user-select: none; }
.vf-map[data-state='moving'] { cursor: grabbing; }
.vf-map.vf-pointing { cursor: crosshair; }
.vf-pointing .vf-corner { display: none; }
/* What Enter takes; shown to whom the keys are moving the map. */
.vf-cross { position: absolute; left: 50%; top: 50%; width: 0; height: 0; pointer-events: none; visibility: hidden; }
.vf-map:focus-visible .vf-cross { visibility: visible; }
.vf-cross::before, .vf-cross::after { content: ""; position: absolute; background: var(--ink); outline: 1px solid var(--paper); }
.vf-cross::before { left: -12px; top: -1px; width: 24px; height: 2px; } .vf-cross::after { left: -1px; top: -12px; width: 2px; height: 24px; }
.vf-map:focus { outline: none; }
.vf-clip { position: absolute; inset: 0; overflow: hidden; }
.vf-map:not([data-state='still']) .vf-clip { background: var(--paper); }
/* Cut at the map's edge: what stands around the map on the picture does not move with it. */
.vf-layer { position: absolute; inset: 0; overflow: hidden; transform-origin: 0 0; }
.vf-ghost { position: absolute; max-width: none; pointer-events: none; }
.vf-map[data-state='waiting'] .vf-ghost { opacity: 0.75; }
.vf-shade { position: absolute; box-shadow: 0 0 0 200vmax color-mix(in srgb, var(--paper) 62%, transparent); opacity: 0; pointer-events: none; }
.vf-map[data-state='moving'] .vf-shade { opacity: 1; }
.vf-frame { position: absolute; outline: 1px dashed transparent; outline-offset: -1px; pointer-events: none; }
.vf-map:is(:hover, [data-state='moving']) .vf-frame { outline-color: var(--ink); }
.vf-map:focus-visible .vf-frame { outline: 2px solid var(--ink); }
.vf-corner { position: absolute; width: 28px; height: 28px; pointer-events: auto; touch-action: none; }
.vf-corner::before { content: ""; position: absolute; width: 13px; height: 13px; border: 0 solid var(--ink); opacity: 0.8; }
.vf-top { top: -6px; } .vf-bottom { bottom: -6px; } .vf-left { left: -6px; } .vf-right { right: -6px; }
.vf-top::before { top: 6px; border-top-width: 3px; } .vf-bottom::before { bottom: 6px; border-bottom-width: 3px; }
.vf-left::before { left: 6px; border-left-width: 3px; } .vf-right::before { right: 6px; border-right-width: 3px; }
.vf-top.vf-left, .vf-bottom.vf-right { cursor: nwse-resize; }
.vf-top.vf-right, .vf-bottom.vf-left { cursor: nesw-resize; }

.vf-spots { position: absolute; inset: 0; pointer-events: none; }
.vf-spot {
  position: absolute; margin: 0; padding: 0; border: 1px dashed transparent; border-radius: 3px; background: none; cursor: text;
  pointer-events: auto;
}
.vf-spot:is(:hover, :focus-visible) { border-color: var(--ink); background: color-mix(in srgb, var(--ink) 8%, transparent); outline: none; }
/* A text is a few pixels high on a telephone, and a finger is not. */
.vf-spot::before { content: ""; position: absolute; left: 0; right: 0; top: 50%; height: max(100%, 24px); transform: translateY(-50%); }
.vf-field {
  position: absolute; margin: -3px 0 0 -5px; padding: 2px 4px; border: 1px solid var(--ink); border-radius: 3px; color: var(--ink);
  background: var(--paper); font-family: inherit; line-height: 1.3; pointer-events: auto;
}
.vf-field:focus { outline: 2px solid var(--ink); outline-offset: 0; }

.vf-tools { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin-top: 0.5rem; }
.vf-adders { display: contents; }
.vf-button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-width: 32px; height: 32px; margin: 0; padding: 0 10px;
  border: 1px solid var(--rule); border-radius: var(--st-button-radius, 4px); color: inherit; background: var(--ground); font: inherit;
  cursor: pointer;
}
.vf-button:hover:enabled { background: color-mix(in srgb, var(--text) 9%, var(--ground)); }
.vf-button:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
.vf-button:disabled { opacity: 0.5; cursor: default; }
.vf-sign { padding: 0; font-size: 1.1rem; line-height: 1; }
.vf-hint { flex: 1 1 16rem; opacity: 0.8; }
@media (width < 500px) { .vf-hint { flex-basis: 100%; } }
.wb-icon { width: 14px; height: 14px; }
.wb-stroke { fill: none; stroke: currentcolor; stroke-width: 1.6; }
.vf-mark { position: absolute; pointer-events: none; }
.vf-mark::before, .vf-mark::after { content: ""; position: absolute; background: var(--ink); outline: 1px solid var(--paper); }
.vf-mark::before { left: -9px; top: -1px; width: 18px; height: 2px; } .vf-mark::after { left: -1px; top: -9px; width: 2px; height: 18px; }
.vf-notes { position: absolute; inset: 0; pointer-events: none; }
.vf-note { position: absolute; padding: 0; border: 0; background: none; cursor: move; pointer-events: auto; touch-action: none; }
.vf-note:is(:hover, [data-moving]) { outline: 2px dashed var(--ink); outline-offset: 2px; }
.vf-note:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
.vf-note[data-moving] { background: color-mix(in srgb, var(--paper) 60%, transparent); }
`;var u=class{image=a("img",{class:"vf-image",draggable:"false"});picture=a("div",{class:"vf-picture"},this.image);all;root;finder=null;data=null;later=null;send=()=>{};constructor(t,e,i){this.all=a("button",{type:"button",class:"vf-button"},L("fit"),i),this.root=a("div",{class:"vf","data-testid":e},this.picture),t.append(a("style",{},D),this.root)}update(t,e){this.send=e,this.later=t,!this.finder?.busy&&!this.busy()&&this.catchUp()}destroy(){this.finder?.destroy()}put(t,e,i,...r){this.finder=t;for(let s of[t.root,...i])s.addEventListener("rested",()=>this.catchUp());this.picture.append(t.root,...i);let n=(s,p,d)=>{let M=a("button",{type:"button",class:"vf-button vf-sign","aria-label":s,title:s},p);return M.addEventListener("click",()=>t.zoom(d)),M};this.all.addEventListener("click",()=>t.showAll()),this.root.append(a("div",{class:"vf-tools"},n("Zoom in","+",e),n("Zoom out","\u2212",1/e),this.all,...r))}ask(t){this.data&&(this.later=null,this.root.dataset.state="waiting",this.send({of:this.data.id,...t}))}busy(){return!1}catchUp(){if(!this.later)return;let t=this.data=this.later;this.later=null;let e=this.root.style;e.setProperty("--ratio",String(t.wide/t.tall)),e.setProperty("--ink",t.ink),e.setProperty("--paper",t.paper),this.image.getAttribute("src")!==t.picture&&(this.image.src=t.picture),this.image.alt=t.alt,this.finder?.show(t.picture,this.shown(t)),this.all.disabled=t.whole,this.root.dataset.state="still",this.root.dataset.id=t.id}};var G=f(l,[0,0,1,1]),$="Map to point at. Arrow keys move it, plus and minus zoom, Enter takes the cross in its middle, 0 shows the world.",v=class extends u{constructor(t){super(t,"position-map","World");let e=new c(i=>this.ask({part:i}),()=>this.ask({whole:!0}),i=>this.point(i),$);e.root.classList.add("vf-pointing"),e.root.append(a("span",{class:"vf-cross","aria-hidden":"true"})),this.put(e,.4,[],a("span",{class:"vf-hint"},"Click where the place is. Drag the map to move it; after a click its wheel zooms."))}shown(){return G}point({x:t,y:e}){t>=0&&t<=1&&e>=0&&e<=1&&this.ask({point:[t,e]})}};var dt=P("position-mount",o=>new v(o));export{dt as default};
