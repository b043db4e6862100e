// What the search field asks, when someone uses it: what a typed word stands for on this site, where that
// stands, and what comes first. Like search.js written in the JavaScript of 2018.
const PAGES = 10, MOST = 20, BEFORE = 6, LENGTH = 28; // pages read; places shown; words of an excerpt
const SOME = 8; // words of the site that one typed word may stand for
const TITLE = 4, HIDDEN = 6; // what a word in a heading, or one to be found by, counts beside one in the text
const STEM = 0.6, PART = 0.5; // what another form of a word counts, and a word that it is a part of
const ROOT = 4, LONG = 8; // letters that a verb and its noun share; of a word that may have two typos

const add = (parent, name, text) => {
  const element = document.createElement(name);
  element.textContent = text || "";
  parent.appendChild(element);
  return element;
};
const split = (text) => text.split(/\s+/).filter(Boolean);
const MARK = "\u2063"; // begins a word that is found and not shown; twice: a word to find the place by
const JOINER = "\u2060"; // with a space behind it: put in by the build, so that “urgence” finds “l’urgence”
const shown = (text) => text.replace(/ ?\u2063+[\p{L}\p{N}]+/gu, "").replace(/\u2060 /g, "");

const fold = (text) => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss")
  .normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
const THOUSANDS = /(\d)[.,’'\s]+(?=\d{3}(?!\d))/g;
const CLOCK = /(\d)\s*[hu]\s*(?=\d)/gi; // 1h35, 1u35
const ELISION = /(^|[^\p{L}])(?:[cdjlmnst]|\p{L}*qu)['’](?=\p{L})/giu;
const parts = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const typed = (text, asking) => { // the words as they were written, without those that only ask: waar is, est-ce que
  const found = text.replace(ELISION, "$1").replace(CLOCK, "$1 ").replace(THOUSANDS, "$1").split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const long = found.filter((each) => each.length > 1);
  const telling = long.filter((each) => !asking.has(fold(each)));
  return telling.length ? telling : long.length ? long : found;
};
// The words that a piece of a page can be found by: `PTB-PVDA` by its parts and as a whole.
const names = (piece) => {
  const found = parts(piece.replace(THOUSANDS, "$1"));
  return found.length > 1 ? found.concat(found.join("")) : found;
};

// The words of the site in this language, from the file that the build packs (diptych/search.py).
const unpack = (list) => {
  const found = new Set();
  const [text, asking = "", verbs = ","] = list.split("\n");
  const [participle, endings] = verbs.split(",");
  let last = "";
  for (const each of text.match(/\d[^\d]*/g) || []) {
    last = last.slice(0, each[0]) + each.slice(1);
    found.add(last);
  }
  return {
    joins: text[0] === "+", asking: new Set(split(asking)), participle, found,
    endings: split(endings).map((each) => each.split("/")),
    folded: new Map(Array.from(found, (each) => [fold(each), each])),
  };
};
// What a verb, its participle and the noun made from it have in common (stemt, gestemd, stemming), and
// whether the word has an ending; without the doubling of letters that the spelling asks for.
const root = (word, { participle, endings }, least) => {
  let rest = word;
  const bare = (end, put = "") => rest.slice(0, -end.length) + put;
  const ending = endings.find(([end, put]) => rest.endsWith(end) && bare(end, put).length >= least);
  if (ending) rest = bare(...ending);
  if (ending && participle && rest.startsWith(participle) && rest.length - participle.length >= least)
    rest = rest.slice(participle.length);
  rest = rest.replace(/([^aeiou])\1$/, "$1").replace(/([aeou])\1(?=[^aeiou]+$)/, "$1");
  return [rest.replace(/v$/, "f").replace(/z$/, "s"), !!ending];
};

// Pagefind, in this page and not in a worker: so the policy need not allow one. With it the list of
// words, and what was found before.
export const load = (words) => {
  const list = words.search.replace(/[^/]*$/, `words.${document.documentElement.lang.toLowerCase()}.txt`);
  const known = fetch(list).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
  return import(words.search).then(async (pagefind) => {
    await pagefind.options({ noWorker: true });
    await pagefind.init();
    const loaded = { pagefind, known: unpack(await known), pages: new Map(), asked: new Map(), full: 0, line: Promise.resolve() };
    const sample = Array.from(loaded.known.found).slice(0, SOME); // some of them have the whole weight of a word
    for (const word of sample) {
      const { results } = await pagefind.search(word);
      const pages = await Promise.all(results.slice(0, 1).map((each) => each.data()));
      const weights = [].concat(...pages.map((each) => each.weighted_locations));
      loaded.full = Math.max(loaded.full, ...weights.map((each) => each.balanced_score / each.weight ** 2));
    }
    return loaded;
  });
};

// A page in pieces, each with what it can be found by, and the places on it: its headings.
const read = (pages, data) => {
  if (pages.has(data.url)) return pages.get(data.url);
  const text = split(data.content);
  const page = { title: shown(data.meta.title), text, names: text.map(names), seen: text.slice() };
  text.forEach((each, at) => { // of a hidden word only a comma behind it is seen, at the word before it
    if (!each.startsWith(MARK)) return;
    page.seen[at] = "";
    if (at && !each.startsWith(MARK + MARK)) page.seen[at - 1] += /[^\p{L}\p{N}]*$/u.exec(each)[0];
  });
  const heads = data.anchors.filter((each) => /^h\d$/.test(each.element) && each.location > 0);
  const places = [{ title: data.meta.title, href: data.url, own: 0, of: "" }].concat(heads.map((each) => (
    { title: each.text, href: `${data.url}#${each.id}`, own: each.location, of: page.title })));
  page.places = places.sort((a, b) => a.own - b.own).map((place, at) => ({
    page, own: place.own, title: shown(place.title), href: place.href, of: place.of,
    start: place.own + split(place.title).length, end: at + 1 < places.length ? places[at + 1].own : text.length,
  }));
  const [top] = page.places; // the words by which the page is to be found
  page.by = [].concat(...page.names.slice(top.start, top.end).filter((each, at) => text[top.start + at].startsWith(MARK + MARK)));
  pages.set(data.url, page);
  return page;
};

// Stemmers can take two words for one (loyer, loi): their beginnings must agree, but for doubled letters.
const akin = (a, b) => {
  const [short, long] = [a, b].map((each) => each.replace(/(.)\1/g, "$1"));
  return short.slice(0, 3) === long.slice(0, 3);
};

// The pages where a word stands, in whatever form, and these forms. Pagefind gives other words that
// only begin alike too; those whose stem is the same have the whole of their weight.
const look = async ({ pagefind, pages, full }, word) => {
  const all = new Set(), on = new Set();
  const { results } = await pagefind.search(word);
  for (const data of await Promise.all(results.slice(0, PAGES).map((each) => each.data()))) {
    const page = read(pages, data);
    for (const { location, weight, balanced_score: score } of data.weighted_locations) {
      const same = full && score > 0.99 * full * weight ** 2;
      const forms = (page.names[location] || []).filter((name) => name === word || (same && akin(name, word)));
      forms.forEach((name) => all.add(name));
      if (forms.length) on.add(page);
    }
  }
  return { forms: all, pages: on };
};
const ask = (loaded, word) => { // one after the other: two searches of Pagefind at once disturb each other
  const { asked } = loaded;
  if (!asked.has(word)) {
    asked.set(word, loaded.line.then(() => look(loaded, word)));
    loaded.line = asked.get(word).catch(() => asked.delete(word));
  }
  return asked.get(word);
};

// Whether one letter is another, missing, too many, or in the other's place.
const near = (a, b) => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const restA = a.slice(from), restB = b.slice(from);
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
    || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
};
// Whether two such slips make one word of the other.
const nearly = (a, b) => {
  if (Math.abs(a.length - b.length) > 2) return false;
  let above = [], row = Array.from({ length: b.length + 1 }, (each, at) => at);
  for (let y = 1; y <= a.length; y++) {
    const last = row, next = [y];
    for (let x = 1; x <= b.length; x++) {
      next[x] = Math.min(last[x] + 1, next[x - 1] + 1, last[x - 1] + (a[y - 1] === b[x - 1] ? 0 : 1));
      if (y > 1 && x > 1 && a[y - 1] === b[x - 2] && a[y - 2] === b[x - 1]) next[x] = Math.min(next[x], above[x - 2] + 1);
    }
    above = last;
    row = next;
  }
  return row[b.length] <= 2;
};
// How many letters two words have in common at their beginnings and their ends.
const alike = (a, b) => {
  const most = Math.min(a.length, b.length);
  let first = 0, last = 0;
  while (first < most && a[first] === b[first]) first++;
  while (first + last < most && a[a.length - 1 - last] === b[b.length - 1 - last]) last++;
  return first < 4 ? 0 : first + last;
};

// The words of the site that a typed word stands for, each with its worth; and what was taken instead
// of a word that the site does not have. A compound that it does not have is two words.
const meant = async (loaded, word) => {
  const { folded, joins } = loaded.known;
  const found = new Map();
  const take = (name, worth) => { if ((found.get(name) || 0) < worth) found.set(name, worth); };
  const forms = async (name) => {
    (await ask(loaded, name)).forms.forEach((each) => take(each, each === name ? 1 : STEM));
    return found.size > 0;
  };
  const known = await forms(word);
  const all = Array.from(folded.keys());
  if (loaded.known.endings.length) { // stemt stands for stemming too
    const least = known ? ROOT : ROOT - 1;
    const [own, ends] = root(word, loaded.known, least);
    for (const name of all) {
      const [other, otherEnds] = root(name, loaded.known, least);
      if (other === own && (ends || otherEnds)) take(name, name === word ? 1 : STEM);
    }
  }
  if (word.length > 2) {
    for (const name of all) {
      const at = name.indexOf(word), behind = name.length - at - word.length;
      if (at === 0 && behind && (!known || (joins && behind > 3))) take(name, PART);
      else if (joins && at > 2 && word.length > 3) take(name, PART);
    }
  }
  if (found.size || word.length < 5) return [{ word, found }];
  let [best] = all.filter((name) => near(word, name)).sort((a, b) => (b[0] === word[0]) - (a[0] === word[0]));
  if (!best && word.length > 6) { // in a word with another ending: abstension for abstentions
    const begins = (name) => name[0] === word[0] // couverture is another word than rouvert
      && [0, 1, -1].some((more) => near(word, name.slice(0, word.length + more)));
    [best] = all.filter((name) => name.length < word.length + 5 && begins(name));
  }
  if (!best && word.length >= LONG) {
    const off = (name) => 2 * (name[0] !== word[0]) + Math.abs(name.length - word.length);
    [best] = all.filter((name) => name.length >= LONG - 1 && nearly(word, name)).sort((a, b) => off(a) - off(b));
  }
  if (!best) {
    const enough = (name) => alike(word, name) >= Math.max(5, word.length * 0.6, name.length * 0.6);
    [best] = all.filter(enough).sort((a, b) => alike(word, b) - alike(word, a));
  }
  if (best) {
    take(best, 1);
    await forms(best);
    return [{ word, found, instead: folded.get(best) }];
  }
  for (let cut = joins ? word.length - 4 : 0; cut > 3; cut--) {
    const first = word.slice(0, cut), last = word.slice(cut);
    const head = [first, first.replace(/s$/, "")].find((part) => all.some((name) => name.startsWith(part)));
    if (head && folded.has(last)) {
      const both = [...await meant(loaded, head), ...await meant(loaded, last)];
      return both.map((each, at) => (
        { word, found: each.found, instead: at ? "" : `${head} ${folded.get(last)}` }));
    }
  }
  return [{ word, found }];
};

// What a place is worth for words with their meanings: the best place of each, and a little for more.
const weigh = (place, meanings) => {
  const { page, own, start, end } = place;
  const length = 1 + Math.log2(1 + (end - start) / 40) / 8, title = 1 + (start - own) / 16;
  const best = meanings.map(() => 0), count = meanings.map(() => 0), hits = new Set();
  let phrase = 0, before = -1;
  for (let at = own; at < end; at++) {
    let met = -1;
    meanings.forEach(({ found }, turn) => {
      const worth = Math.max(0, ...page.names[at].map((name) => found.get(name) || 0));
      if (!worth) return;
      const hidden = page.text[at].startsWith(MARK);
      const named = page.text[at].startsWith(MARK + MARK);
      const where = at < start ? TITLE / title : named ? (own ? HIDDEN : 0.1) : 1 / length;
      best[turn] = Math.max(best[turn], worth * where);
      count[turn]++;
      if (turn && before === turn - 1) phrase = Math.max(phrase, where);
      met = turn;
      if (!hidden) hits.add(at);
    });
    before = met;
  }
  meanings.forEach(({ found }, turn) => {
    if (count[turn] && page.by.some((name) => found.has(name))) best[turn] += HIDDEN;
  });
  return { place, best, count, hits, phrase };
};

const find = async (loaded, written) => {
  const meanings = [];
  for (const each of typed(written, loaded.known.asking)) {
    const found = await meant(loaded, parts(each).join(""));
    meanings.push(...found.map((meaning) => ({ ...meaning, word: each })));
  }
  const pages = new Set();
  for (const { found } of meanings) {
    const best = Array.from(found).sort((a, b) => b[1] - a[1]).slice(0, SOME);
    for (const [name] of best) (await ask(loaded, name)).pages.forEach((page) => pages.add(page));
  }
  const weighed = [];
  pages.forEach((page) => page.places.forEach((place) => weighed.push(weigh(place, meanings))));
  const rare = meanings.map((each, turn) => 1 / Math.log2(2 + weighed.filter(({ count }) => count[turn]).length));
  const whole = rare.reduce((sum, each) => sum + each, 0);
  const places = weighed.filter(({ count }) => count.some(Boolean)).map(({ place, best, count, hits, phrase }) => {
    let met = 0, score = phrase;
    rare.forEach((weight, turn) => {
      if (!count[turn]) return;
      met += weight / whole;
      score += weight * (1 + best[turn] + 0.1 * Math.log2(count[turn]));
    });
    return { ...place, hits, score: score * met ** 2 };
  }).sort((a, b) => b.score - a.score);
  const least = places.length ? places[0].score / 8 : 0; // what has little to do with it is left out
  const instead = meanings.filter((each) => each.instead).map((each) => [each.word, each.instead]);
  return { places: places.filter((each) => each.score >= least), instead };
};

// A piece of the text with most of what was found, or its beginning.
const excerpt = (line, { page: { seen }, start, end, hits }) => {
  while (start < end && !seen[start]) start++;
  const below = Array.from(hits).filter((at) => at >= start).sort((a, b) => a - b);
  const around = (at) => below.filter((each) => each >= at && each < at + LENGTH - BEFORE).length;
  const first = below.reduce((best, at) => (around(at) > around(best) ? at : best), below.length ? below[0] : start);
  const from = Math.max(start, Math.min(first - BEFORE, end - LENGTH));
  const to = Math.min(end, from + LENGTH);
  const write = (words) => line.appendChild(document.createTextNode(words));
  if (from > start) write("… ");
  for (let at = from; at < to; at++) {
    if (!seen[at]) continue;
    const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(seen[at]);
    write(before);
    if (hits.has(at)) add(line, "mark", word);
    else write(word);
    write(after.replace(JOINER, "") + (at + 1 === to || after.endsWith(JOINER) ? "" : " "));
  }
  if (to < end) write(" …");
};

// What was found for what is written: the places as elements of a list, and what to say of them.
export const search = async (loaded, words, written) => {
  const { places, instead } = await find(loaded, written);
  const items = document.createDocumentFragment();
  for (const place of places.slice(0, MOST)) {
    const item = add(items, "li");
    add(item, "a", place.title).href = place.href;
    if (place.of) add(item, "span", place.of);
    excerpt(add(item, "p"), place);
  }
  const said = instead.map(([word, taken]) => words.instead.replace("{typed}", word).replace("{found}", taken));
  if (!places.length) said.push(words.none);
  else said.push(`${words.found} ${places.length}${places.length > MOST ? `. ${words.best}` : ""}`);
  return { items, said: said.join(" ") };
};
