// What the page's parts share: finding and making elements, names, colours, times.

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; text goes in as text, never as markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

const clockParts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const clock = new Intl.DateTimeFormat(undefined, clockParts);
const clockToTheSecond = new Intl.DateTimeFormat(undefined, { ...clockParts, second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const timeOf = (timestamp) => clock.format(timestamp);
export const exactTimeOf = (timestamp) => clockToTheSecond.format(timestamp);
export const dayOf = (timestamp) => day.format(timestamp);

/**
 * Keeps a scrolling list at its newest line while the reader is there, also when its size changes or it was hidden.
 * `onFollow(follows)` hears when the reader leaves the end or comes back to it.
 */
export function followEnd(list, onFollow = () => {}) {
  let follows = true;
  const toEnd = () => follows && (list.scrollTop = list.scrollHeight);
  list.addEventListener("scroll", () => {
    if (!list.clientHeight) return;
    follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    onFollow(follows);
  }, { passive: true });
  new ResizeObserver(toEnd).observe(list);
  return {
    /** After lines were added; `always` goes there even when the reader was elsewhere. Answers whether it did. */
    added(always = false) {
      follows ||= always;
      toEnd();
      return follows;
    },
  };
}

/** One of the eight avatar colours, the same for the same name everywhere. */
export function hueOf(name) {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  return hash % 8;
}

export function avatar(name) {
  const initials = name.trim().split(/[\s._-]+/u).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
  return make("span", { class: "avatar", "data-hue": hueOf(name), "aria-hidden": "true" }, initials || "?");
}

const adjectives = ["Amber", "Brisk", "Calm", "Dapper", "Early", "Fair", "Gentle", "Hazel", "Ivory", "Jolly", "Keen", "Lucky"];
const animals = ["Badger", "Crane", "Dolphin", "Egret", "Fox", "Gecko", "Heron", "Ibis", "Jay", "Koala", "Lynx", "Marten"];
const pick = (list) => list[Math.floor(Math.random() * list.length)];

/** A name for someone who has not chosen one. */
export const inventName = () => `${pick(adjectives)} ${pick(animals)}`;
