// One reader's timeline against a server that goes on writing: what is asked for, answered, sent and lost comes in any order.
// Run in a page: ({ module, seeds, steps }) => what is wrong, or null.
async ({ module, seeds, steps }) => {
  const { Timeline } = await import(module);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const wrong = play(seed);
    if (wrong) return `seed ${seed}: ${wrong}`;
  }
  return null;

  function play(seed) {
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
    let heard = 0; // and the newest revision
    let opening = 0;
    let asked = null; // of HTTP: what comes is read by the server now, or when it is answered
    let quoting = null; // beside it: messages that are answered
    let catching = null;
    const early = (read) => (chance(2) ? ((page) => () => page)(read()) : read);
    const ask = (read, take) => {
      if (asked) return;
      asked = { read: early(read), take };
      timeline.expect(heard);
    };
    const moves = [
      post, post, edit, edit,
      () => online || connect(),
      () => online && chance(3) === 0 && disconnect(),
      deliver, deliver, deliver, deliver,
      catchUp, catchUp,
      () => answer(), () => answer(), () => answer(),
      () => chance(6) === 0 && answer(() => {}), // it did not come
      () => shown().length && quote(1 + chance(shown().at(-1).position)), // nobody answers what comes later
      quoted,
      () => ask(newest, (page) => timeline.place(page)),
      () => ((p) => ask(() => around(p), (page) => timeline.place(page)))(1 + chance(last() + 1)),
      () => timeline.more && ((floor) => ask(() => before(floor), (page) => timeline.older(page)))(timeline.floor),
      () => timeline.reachesNewest || ((p) => ask(() => after(p), (page) => timeline.newer(page)))(timeline.ceiling),
      () => timeline.loaded && timeline.reopenOlder(PAGE),
      () => timeline.loaded && !timeline.reachesNewest && timeline.reopenNewer(PAGE, known),
      () => timeline.loaded && !timeline.reachesNewest && timeline.reopenNewest(PAGE, known),
      () => chance(5) === 0 && trim(1 + chance(last() + 1)),
    ];
    function answer(take = asked?.take) {
      if (!asked) return;
      take(asked.read());
      asked = null;
      timeline.settle();
    }
    function trim(quoted) {
      const known = timeline.held(quoted);
      timeline.trim(new Set([quoted]), 1 + chance(MOST));
      if (timeline.held(quoted) !== known) throw new Error(`seed ${seed}: what is quoted is kept`);
    }
    function quote(position) {
      if (quoting) return;
      quoting = early(() => ({ messages: part(position, position) }));
      timeline.expect(heard);
    }
    function quoted() {
      if (!quoting) return;
      timeline.hold(quoting());
      quoting = null;
      timeline.settle();
    }
    function connect() {
      online = true;
      opening = revision;
      known = last();
      heard = revision;
      timeline.expect(heard); // it looks whether there is something to catch up with
      timeline.settle();
    }
    function disconnect() {
      online = false;
      events.length = 0;
      caughtUp();
    }
    function deliver() {
      const message = events.shift();
      if (!message) return;
      known = Math.max(known, message.position);
      heard = message.revision;
      timeline.receive(message);
      timeline.advance(heard, opening);
    }
    function catchUp() {
      if (!online || timeline.synced === null) return;
      if (catching) return caughtUp(timeline.absorb(catching));
      if (timeline.synced >= opening) return;
      const found = changed(timeline.synced).slice(0, 3);
      const more = found.length === 3;
      catching = { messages: found, revision: more ? found[2].revision : revision };
      timeline.expect(heard);
    }
    function caughtUp() {
      if (catching) timeline.settle();
      catching = null;
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
      const stale = messages.find(({ position, revision: newest }) => (timeline.held(position)?.revision ?? newest) !== newest);
      if (stale) return `what is held of ${JSON.stringify(stale)} is ${JSON.stringify(timeline.held(stale.position))}`;
      return JSON.stringify(shown()) === JSON.stringify(wanted) ? null : `wanted ${JSON.stringify(wanted)}, ${describe()}`;
    };
    for (let said = chance(20); said > 0; said -= 1) post();
    for (let step = 0; step < steps; step += 1) {
      moves[chance(moves.length)]();
      // What is on the way may be missing below what has come already.
      if (!catchesUp() && events.length === 0 && hasGap()) return `step ${step}: a gap in ${describe()}`;
      if (chance(12) !== 0) continue;
      settle();
      const problem = wrong();
      if (problem) return `step ${step}: ${problem}`;
    }
    function settle() {
      if (!online) connect();
      answer();
      quoted();
      while (events.length) deliver();
      while (timeline.synced !== null && (timeline.synced < opening || catching)) catchUp();
    }
    return null;
  }
};
