// One reader's timeline against a server that goes on writing: what is asked for, answered, sent and lost comes in any order.
// Run in a page: ({ module, seed, steps }) => what is wrong, or null.
async ({ module, seed, steps }) => {
  const { Timeline } = await import(module);
  const PAGE = 4;
  let state = seed;
  const chance = (/** mulberry32 */ n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };

  // -- the server --
  const messages = []; // their present state, by position
  let revision = 0;
  const events = []; // sent to the open socket and not arrived yet
  let online = false;
  const change = (position) => {
    const message = { position, revision: ++revision };
    messages[position - 1] = message;
    if (online) events.push(message);
  };
  const post = () => change(messages.length + 1);
  const edit = () => messages.length && change(1 + chance(messages.length));
  const part = (from, to) => messages.slice(Math.max(from, 1) - 1, to).map((message) => ({ ...message }));
  const last = () => messages.length;
  const before = (p) => ({ messages: part(p - PAGE, p - 1), more: p - PAGE > 1, revision });
  const after = (p) => ({ messages: part(p + 1, p + PAGE), more: true, newer: p + PAGE < last(), revision });
  const around = (p) => {
    const [a, b] = [before(p + 1), after(p)];
    return p > last() ? newest() : { ...a, messages: [...a.messages, ...b.messages], newer: b.newer };
  };
  const newest = () => before(last() + 1);
  const changed = (since) => messages.filter((one) => one.revision > since).sort((a, b) => a.revision - b.revision);

  // -- the page --
  const MOST = 9;
  const timeline = new Timeline(MOST);
  let known = 0; // the newest position that the page has heard of
  let opening = 0;
  let asked = null; // of HTTP: what comes is read by the server now, or when it is answered
  let catching = null;
  const ask = (read, take) => (asked ??= { read: chance(2) ? ((page) => () => page)(read()) : read, take });
  const moves = [
    post, post, edit, edit,
    () => online || connect(),
    () => online && chance(3) === 0 && disconnect(),
    deliver, deliver, deliver, deliver,
    catchUp, catchUp,
    answer, answer, answer,
    () => chance(6) === 0 && (asked = timeline.loaded ? null : asked), // lost: asked for again later
    () => timeline.loaded || begin(newest),
    () => timeline.loaded || begin(() => around(1 + chance(last() + 2))),
    () => timeline.loaded && ask(newest, (page) => timeline.place(page)),
    () => timeline.loaded && ((p) => ask(() => around(p), (page) => timeline.place(page)))(1 + chance(last() + 1)),
    () => timeline.more && ((floor) => ask(() => before(floor), (page) => timeline.older(page)))(timeline.floor),
    () => timeline.reachesNewest || ((p) => ask(() => after(p), (page) => timeline.newer(page)))(timeline.ceiling),
    () => timeline.loaded && timeline.reopenOlder(PAGE),
    () => timeline.loaded && !timeline.reachesNewest && timeline.reopenNewer(PAGE, known),
    () => timeline.loaded && !timeline.reachesNewest && timeline.reopenNewest(PAGE, known),
    () => asked || (chance(5) === 0 && timeline.trim(1 + chance(MOST))),
  ];
  function begin(read) {
    if (asked) return;
    timeline.collect();
    ask(read, (page) => timeline.place(page));
  }
  function answer() {
    const { read, take } = asked ?? {};
    asked = null;
    take?.(read());
  }
  function connect() {
    online = true;
    opening = revision;
    known = last();
    catching = null;
  }
  function disconnect() {
    online = false;
    events.length = 0;
    catching = null;
  }
  function deliver() {
    const message = events.shift();
    if (!message) return;
    known = Math.max(known, message.position);
    timeline.apply(message);
    timeline.advance(message.revision, opening);
  }
  function catchUp() {
    if (!online || timeline.synced === null) return;
    if (catching) timeline.absorb(catching);
    const isBehind = !catching && timeline.synced < opening;
    const found = changed(timeline.synced).slice(0, 3);
    const more = found.length === 3;
    catching = isBehind ? { messages: found, revision: more ? found[2].revision : revision } : null;
  }

  // -- what has to hold --
  const shown = () => timeline.messages();
  const hasGap = () => shown().some(({ position }, index, all) => index > 0 && position !== all[index - 1].position + 1);
  const catchesUp = () => !online || (timeline.synced ?? revision) < opening;
  const describe = () => JSON.stringify({ floor: timeline.floor, ceiling: timeline.ceiling, synced: timeline.synced, shown: shown(), last: last() });
  const wrong = () => {
    if (!timeline.loaded) return null;
    const end = Math.min(timeline.ceiling, last());
    const wanted = part(timeline.floor, end);
    return JSON.stringify(shown()) === JSON.stringify(wanted) ? null : `wanted ${JSON.stringify(wanted)}, ${describe()}`;
  };
  for (let step = 0; step < steps; step += 1) {
    moves[chance(moves.length)]();
    // While it catches up, what is newest may stand there before what is missing below it: that is soon filled.
    if (!catchesUp() && hasGap()) return `seed ${seed}, step ${step}: a gap in ${describe()}`;
    if (chance(12) !== 0) continue;
    settle();
    const problem = wrong();
    if (problem) return `seed ${seed}, step ${step}: ${problem}`;
  }
  function settle() {
    if (!online) connect();
    answer();
    while (events.length) deliver();
    while (timeline.synced !== null && (timeline.synced < opening || catching)) catchUp();
  }
  return null;
};
