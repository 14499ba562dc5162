// The marks of states and answers, as the page brings them: templates/components/mark.html draws each.

/** Marks are pictures that the page brings along; a copy of the one for `name`. */
export class Marks {
  constructor(box) {
    this.box = box;
  }

  of(name) {
    return this.box.querySelector(`.mark--${CSS.escape(name)}`).cloneNode(true);
  }
}
