// Services and data centres: added, named otherwise, removed, and which service uses which data centre.
import { element } from "../dom.js";
import { idsOf, isId, nearestId, ownName, usedBy } from "./file.js";

export class Blocks {
  constructor(desk) {
    this.desk = desk;
    this.node = element("div", "form-groups", []);
    this.build();
  }

  build() {
    const { desk } = this;
    const scopes = desk.plan.ofScope("data_center").length ? ["service", "data_center"] : ["service"];
    this.node.replaceChildren(...scopes.map((scope) => this.part(scope)));
  }

  refresh() {}

  focus() {
    return false;
  }

  part(scope) {
    const { words, root } = this.desk;
    const ids = idsOf(root, scope);
    return element("section", "form-group", [
      element("h3", "form-group__title", [words.say(`blocks.${scope}`)]),
      element("p", "hint", [words.say(`blocks_hint.${scope}`)]),
      ids.length ? element("ul", "form-blocks", ids.map((id) => this.block(scope, id))) : element("p", "", [words.say(`blocks_none.${scope}`)]),
      this.adder(scope),
    ]);
  }

  block(scope, id) {
    const { desk } = this;
    const { words } = desk;
    const name = desk.nameOf({ scope, id });
    const input = idInput(`${scope}-${id}-id`, id);
    const problem = element("p", "form-problem form-problem--error", []);
    problem.id = `${input.id}-problem`;
    problem.hidden = true;
    input.setAttribute("aria-describedby", problem.id);
    input.addEventListener("change", () => {
      const wrong = this.wrongId(scope, input.value.trim(), id);
      problem.hidden = !wrong;
      problem.textContent = wrong;
      if (wrong || input.value.trim() === id) return;
      if (desk.renameBlock(scope, id, input.value.trim())) this.again(`${scope}-${input.value.trim()}-id`);
    });
    const label = element("label", "form-label", [words.say("id")]);
    label.htmlFor = input.id;
    const title = element("p", "form-block__title", [name === id ? words.say(`unnamed.${scope}`) : name]);
    const first = desk.plan.ofScope(scope)[0];
    const open = element("button", "form-button form-button--small", [words.say("open_block"), element("span", "visually-hidden", [` ${name}`])]);
    open.type = "button";
    open.addEventListener("click", () => desk.openFirst({ scope, id }));
    const tools = element("div", "form-block__tools", [first && open, this.remover(scope, id, name)]);
    return element("li", "form-block", [title, element("div", "form-block__id", [label, input]), problem, this.ownName(scope, id), scope === "service" ? this.uses(id) : null, tools]);
  }

  /** Its name, where no item of the guideline asks for it. */
  ownName(scope, id) {
    const { desk } = this;
    if (desk.plan.byRole(`${scope}_name`)) return null;
    const input = element("input", "form-control form-control--line", []);
    Object.assign(input, { id: `${scope}-${id}-name`, type: "text", value: ownName(desk.root, scope, id), autocomplete: "off" });
    input.addEventListener("change", () => desk.setOwnName(scope, id, input.value.trim()));
    const label = element("label", "form-label", [desk.words.say("name")]);
    label.htmlFor = input.id;
    return element("div", "form-block__id", [label, input]);
  }

  wrongId(scope, id, own = "") {
    const { words, root } = this.desk;
    if (!isId(id)) return [words.say("id_wrong"), nearestId(id) && words.say("id_near", { near: nearestId(id) })].filter(Boolean).join(" ");
    return id !== own && idsOf(root, scope).includes(id) ? words.say("id_twice", { id }) : "";
  }

  /** Which data centres a service uses, or why it uses none. */
  uses(service) {
    const { desk } = this;
    if (!desk.plan.ofScope("data_center").length) return null;
    const { ids, reason } = usedBy(desk.root, service);
    const centers = idsOf(desk.root, "data_center");
    const boxes = centers.map((id) => checkbox(id, ids.includes(id), desk.nameOf({ scope: "data_center", id })));
    const none = checkbox("", reason !== undefined, desk.words.say("uses_none"));
    const why = element("input", "form-control form-control--line", []);
    Object.assign(why, { type: "text", value: reason ?? "", autocomplete: "off" });
    why.setAttribute("aria-label", desk.words.say("uses_reason"));
    why.placeholder = desk.words.say("uses_reason");
    why.hidden = reason === undefined;
    const tell = () => {
      const chosen = boxes.filter(({ input }) => input.checked).map(({ input }) => input.value);
      const known = [...ids.filter((id) => !centers.includes(id) || chosen.includes(id)), ...chosen.filter((id) => !ids.includes(id))];
      desk.setUsed(service, { ids: known, reason: none.input.checked ? why.value.trim() : undefined });
    };
    for (const { input } of boxes) {
      input.addEventListener("change", () => {
        if (input.checked) none.input.checked = false;
        why.hidden = !none.input.checked;
        tell();
      });
    }
    none.input.addEventListener("change", () => {
      if (none.input.checked) boxes.forEach((one) => (one.input.checked = false));
      why.hidden = !none.input.checked;
      if (none.input.checked) why.focus();
      tell();
    });
    why.addEventListener("change", tell);
    const group = element("fieldset", "form-uses", [element("legend", "form-label", [desk.words.say("uses")]), ...boxes.map(({ node }) => node), none.node, why]);
    return group;
  }

  /** Asks before it removes. */
  remover(scope, id, name) {
    const { desk } = this;
    const box = element("span", "form-block__remove", []);
    const ask = () => {
      const sure = button(desk.words.say("remove_sure"), "form-button form-button--small form-button--danger");
      const keep = button(desk.words.say("remove_keep"), "form-button form-button--small");
      sure.addEventListener("click", () => desk.removeBlock(scope, id, name) && this.again(`${scope}-new`));
      keep.addEventListener("click", () => offer(true));
      box.replaceChildren(element("span", "", [desk.words.say(`remove_ask.${scope}`, { name })]), sure, keep);
      keep.focus();
    };
    const offer = (focus) => {
      const remove = button(desk.words.say("remove"), "form-button form-button--small");
      remove.append(element("span", "visually-hidden", [` ${name}`]));
      remove.addEventListener("click", ask);
      box.replaceChildren(remove);
      if (focus) remove.focus();
    };
    offer(false);
    return box;
  }

  adder(scope) {
    const { desk } = this;
    const input = idInput(`${scope}-new`, "");
    const label = element("label", "form-label", [desk.words.say(`add_id.${scope}`)]);
    label.htmlFor = input.id;
    const problem = element("p", "form-problem form-problem--error", []);
    problem.id = `${input.id}-problem`;
    problem.hidden = true;
    input.setAttribute("aria-describedby", problem.id);
    const add = button(desk.words.say(`add.${scope}`), "form-button");
    const go = () => {
      const id = input.value.trim();
      const wrong = this.wrongId(scope, id);
      problem.hidden = !wrong;
      problem.textContent = wrong;
      if (wrong) input.focus();
      else if (desk.addBlock(scope, id)) this.again(`${scope}-${id}-id`);
    };
    add.addEventListener("click", go);
    input.addEventListener("keydown", (event) => event.key === "Enter" && go());
    return element("div", "form-adder", [element("div", "", [label, input]), add, problem]);
  }

  again(focus) {
    this.build();
    document.getElementById(focus)?.focus();
  }
}

function idInput(id, value) {
  const input = element("input", "form-control form-control--id", []);
  Object.assign(input, { id, type: "text", value, autocomplete: "off", spellcheck: false, autocapitalize: "none", maxLength: 60 });
  return input;
}

function checkbox(value, checked, words) {
  const input = element("input", "", []);
  Object.assign(input, { type: "checkbox", value, checked });
  return { input, node: element("label", "form-option", [input, element("span", "", [words])]) };
}

export function button(words, kind) {
  const made = element("button", kind, [words]);
  made.type = "button";
  return made;
}
