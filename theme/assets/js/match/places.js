// Which place lies in which. No DOM. Twin of `inside` in catalog/answers/place.py.

/** The blocks that surely lie within a larger one. */
const WITHIN = {
  "kyushu-okinawa": ["kyushu", "okinawa"],
  "east-japan": ["tohoku", "kanto"],
  "west-japan": ["kinki", "chugoku", "shikoku", "kyushu"],
};
/** Blocks that overlap as some draw them, so that nobody can tell from the name alone. */
const PERHAPS = {
  chubu: ["koshinetsu", "hokuriku", "tokai", "east-japan", "west-japan"],
  "east-japan": ["hokkaido", "koshinetsu", "hokuriku", "tokai"],
  "west-japan": ["koshinetsu", "hokuriku", "tokai", "okinawa", "kyushu-okinawa"],
};
const lists = (table, block, other) => Object.hasOwn(table, block) && table[block].includes(other);

/** `JP-kanto` → country and block, which may be "". */
function parts(place) {
  const [country, ...block] = place.split("-");
  return [country, block.join("-")];
}

/** Whether a place's key lies in another one; null where the names cannot tell (日本 in 日本(関東)). */
export function inside(place, wanted) {
  const [country, block] = parts(place);
  const [wantedCountry, wantedBlock] = parts(wanted);
  if (country !== wantedCountry) return false;
  if (!wantedBlock || block === wantedBlock || lists(WITHIN, wantedBlock, block)) return true;
  const overlap = lists(WITHIN, block, wantedBlock) || lists(PERHAPS, block, wantedBlock) || lists(PERHAPS, wantedBlock, block);
  return block && !overlap ? false : null;
}
