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

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const clockToTheSecond = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const timeOf = (timestamp) => clock.format(timestamp);
export const exactTimeOf = (timestamp) => clockToTheSecond.format(timestamp);
export const dayOf = (timestamp) => day.format(timestamp);

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
