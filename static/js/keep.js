// Shows what an answer says without taking anything from somebody's hands: focus, typed text, open menus, the place one
// has scrolled to. Only what differs is touched, so it serves the answers to one's own changes and those of others alike.
"use strict";

const keep = (() => {
  const byId = (id) => document.getElementById(id);
  const sent = new WeakMap(); // what a field said when its form was sent
  let requester = null; // the form or link whose answer is being shown

  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  function keyOf(node) {
    if (!isElement(node)) return "";
    const { moment, open, column } = node.dataset;
    const own = node.id || moment || open || column || node.getAttribute("name");
    return own ? [node.nodeName, own, node.matches("button, [type=radio]") ? node.value : ""].join(" ") : "";
  }

  function isTyped(field) {
    if (field.type === "hidden" || field.matches("button, fieldset, output")) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.matches("select")) {
      const first = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(first, 0);
    }
    return field.value !== field.defaultValue && field.value !== sent.get(field);
  }

  // Somebody is at work in this form: it stays as it is, with its hidden fields, until they send or leave it.
  function isInUse(form) {
    if ("unsaved" in form.dataset) return true;
    if (requester && form.contains(requester)) return false;
    return form.contains(document.activeElement) || [...form.elements].some(isTyped);
  }

  // These are saved by themselves, so only what is not saved yet, or what nobody else changed, stays.
  const SAVED_BY_ITSELF = "#moment-form, #journey-form";
  function staysAsItIs(form, want) {
    if (!form.matches(SAVED_BY_ITSELF)) return isInUse(form);
    const version = (root) => root.querySelector("[name=version]")?.value;
    if ("unsaved" in form.dataset) return true;
    return version(form) ? version(form) === version(want) : form.contains(document.activeElement);
  }

  const OURS = ["open", "novalidate"]; // set on this side alone
  function showAttributes(have, want) {
    for (const { name } of [...have.attributes]) {
      if (!want.hasAttribute(name) && !OURS.includes(name)) have.removeAttribute(name);
    }
    for (const { name, value } of want.attributes) {
      if (have.getAttribute(name) !== value && !OURS.includes(name)) have.setAttribute(name, value);
    }
  }

  // A menu stays as its reader left it; the one whose form was sent does as the answer says.
  function showMenu(have, want) {
    if (want.open) have.open = true;
    if (want.open || !have.contains(requester) || [...have.querySelectorAll("input")].some(isTyped)) return;
    if (have.contains(document.activeElement)) have.querySelector("summary").focus({ preventScroll: true });
    have.open = false;
  }

  function showField(have, want) {
    if (have.matches("[type=checkbox], [type=radio]")) have.checked = want.checked;
    else if (have.value !== want.value) have.value = want.value;
  }

  const FIELDS = "input, textarea, select";
  const isOther = (have, want) =>
    ["hx-get", "hx-post", "action", "type"].some((name) => have.getAttribute(name) !== want.getAttribute(name));
  const isSame = (have, want) =>
    !have.matches(`details, ${FIELDS}`) && !have.querySelector(`details, ${FIELDS}`) && have.isEqualNode(want);

  function show(have, want, added) {
    if (!isElement(have)) {
      if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
      return;
    }
    if (isSame(have, want) || (have.matches("form") && staysAsItIs(have, want))) return;
    if (isOther(have, want)) {
      have.replaceWith(want);
      added.push(want);
      return;
    }
    const stays = have.matches(FIELDS) && isTyped(have) && !have.closest(SAVED_BY_ITSELF);
    showAttributes(have, want);
    if (have.matches("details")) showMenu(have, want);
    if (!have.matches("textarea")) showChildren(have, want, added);
    if (have.matches(FIELDS) && !stays) showField(have, want);
  }

  function showChildren(have, want, added) {
    const wanted = new Set([...want.childNodes].map(keyOf));
    for (const child of [...have.childNodes]) if (keyOf(child) && !wanted.has(keyOf(child))) child.remove();
    const keyed = new Map([...have.childNodes].map((child) => [keyOf(child), child]));
    let at = have.firstChild;
    for (const child of [...want.childNodes]) {
      const key = keyOf(child);
      let match = key ? keyed.get(key) : at;
      while (!key && match && (keyOf(match) || match.nodeName !== child.nodeName)) match = match.nextSibling;
      if (!match) {
        have.insertBefore(child, at);
        if (isElement(child)) added.push(child);
        continue;
      }
      if (match === at) at = at.nextSibling;
      else have.insertBefore(match, at);
      show(match, child, added);
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  function hold(work) {
    const focused = document.activeElement;
    const { selectionStart, selectionEnd } = focused;
    work();
    const again = focused.isConnected ? focused : byId(focused.id);
    if (!again || document.activeElement !== document.body || again === document.body) return;
    again.focus({ preventScroll: true });
    if (typeof selectionStart === "number") again.setSelectionRange(selectionStart, selectionEnd);
  }

  // The panel of another moment, unless somebody types in this one or has yet to choose between two texts.
  function turn(panel, want, added) {
    if (panel.querySelector("[data-unsaved]:focus-within, #stale > *")) return;
    panel.dispatchEvent(new CustomEvent("keep:turn", { bubbles: true }));
    showAttributes(panel, want);
    added.push(...want.children);
    panel.replaceChildren(...want.childNodes);
  }

  // Shows `want`, a part of an answer, in the place of what stands there; gives the elements that are new.
  function bring(want, from = null) {
    const have = byId(want.id);
    const added = [];
    requester = from;
    want.removeAttribute("hx-swap-oob");
    have.dispatchEvent(new CustomEvent("keep:bring", { bubbles: true }));
    hold(() => {
      if (have.dataset.moment !== want.dataset.moment) turn(have, want, added);
      else show(have, want, added);
    });
    requester = null;
    byId(want.id).dispatchEvent(new CustomEvent("keep:brought", { bubbles: true }));
    const fresh = added.filter((element) => element.isConnected);
    for (const element of fresh) {
      htmx.process(element);
      htmx.trigger(element, "htmx:load", { elt: element });
    }
    return fresh;
  }

  return { bring, isInUse, isTyped, remember: (field) => sent.set(field, field.value), forget: (field) => sent.delete(field) };
})();
