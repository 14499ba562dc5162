// The texts before and after: undo and redo. Changes to one place in quick succession are one step.
const MOST = 200;
const ONE_STEP = 1500;

export class History {
  constructor() {
    this.before = [];
    this.after = [];
  }

  /** `text` is what the file was before a change at `place`. */
  add(text, place, now) {
    const last = this.before.at(-1);
    const goesOn = last && !this.after.length && last.place === place && now - last.now < ONE_STEP;
    if (goesOn) last.now = now;
    else this.before.push({ text, place, now });
    if (this.before.length > MOST) this.before.shift();
    this.after = [];
  }

  /** The text before the last step, or null. */
  undo(text) {
    return moved(this.before, this.after, text);
  }

  redo(text) {
    return moved(this.after, this.before, text);
  }
}

function moved(from, to, text) {
  const step = from.pop();
  if (!step) return null;
  to.push({ text, place: "", now: 0 });
  return step.text;
}
