// The known word that a word was probably meant to be, as Python's difflib finds it.

const POPULAR_FROM = 200;
const CUTOFF = 0.6;

/** The nearest of the known words, or "" where none is near. */
export function closest(word, known) {
  const wanted = [...word];
  const places = placesOf(wanted);
  let [best, found] = [0, ""];
  for (const one of known) {
    const letters = [...one];
    const both = letters.length + wanted.length;
    if (both && (2 * Math.min(letters.length, wanted.length)) / both < CUTOFF) continue;
    if (both && (2 * common(letters, wanted)) / both < CUTOFF) continue;
    const ratio = both ? (2 * matched(letters, wanted, places)) / both : 1;
    if (ratio >= CUTOFF && (ratio > best || (ratio === best && one > found))) [best, found] = [ratio, one];
  }
  return found;
}

/** Where each letter stands; in a long word not those that stand everywhere. */
function placesOf(letters) {
  const places = new Map();
  letters.forEach((letter, place) => places.set(letter, [...(places.get(letter) ?? []), place]));
  if (letters.length >= POPULAR_FROM) {
    const most = Math.floor(letters.length / 100) + 1;
    for (const [letter, found] of places) if (found.length > most) places.delete(letter);
  }
  return places;
}

/** How many letters both have, in whatever order. */
function common(a, b) {
  const left = new Map();
  for (const letter of b) left.set(letter, (left.get(letter) ?? 0) + 1);
  let count = 0;
  for (const letter of a) {
    const number = left.get(letter) ?? 0;
    left.set(letter, number - 1);
    if (number > 0) count += 1;
  }
  return count;
}

/** How many letters stand in the longest blocks that both share, and left and right of these. */
function matched(a, b, places) {
  let total = 0;
  const waiting = [[0, a.length, 0, b.length]];
  while (waiting.length) {
    const [fromA, toA, fromB, toB] = waiting.pop();
    const [atA, atB, length] = longest(a, b, places, fromA, toA, fromB, toB);
    if (!length) continue;
    total += length;
    if (fromA < atA && fromB < atB) waiting.push([fromA, atA, fromB, atB]);
    if (atA + length < toA && atB + length < toB) waiting.push([atA + length, toA, atB + length, toB]);
  }
  return total;
}

function longest(a, b, places, fromA, toA, fromB, toB) {
  let [atA, atB, length] = [fromA, fromB, 0];
  let ending = new Map();
  for (let i = fromA; i < toA; i += 1) {
    const next = new Map();
    for (const j of places.get(a[i]) ?? []) {
      if (j < fromB) continue;
      if (j >= toB) break;
      const size = (ending.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > length) [atA, atB, length] = [i - size + 1, j - size + 1, size];
    }
    ending = next;
  }
  while (atA > fromA && atB > fromB && a[atA - 1] === b[atB - 1]) [atA, atB, length] = [atA - 1, atB - 1, length + 1];
  while (atA + length < toA && atB + length < toB && a[atA + length] === b[atB + length]) length += 1;
  return [atA, atB, length];
}
