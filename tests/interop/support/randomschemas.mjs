// Random schemas, and data that comes near to them: the same for the same seed.

/** Numbers from 0 to below 1 (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const drafts = {
  7: "http://json-schema.org/draft-07/schema#",
  2020: "https://json-schema.org/draft/2020-12/schema",
};

const names = ["a", "b", "c", "id", "x-y", "ä", "a/b", "x1"];
const patterns = ["^a", "b$", "^[a-z]+$", "^\\S+$", "\\d", "^(?:a|b)*$", "^.{1,3}$", "^\\p{L}", "[^]", "^$", "^x-"];
const formats = ["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference",
  "uri-template", "uuid", "json-pointer", "relative-json-pointer", "regex"];
const texts = ["", "a", "b", "ab", "abc", "a b", "a\u00a0b", "ä", "😀", "😀a", "x-1", "12", "é1", "\n", "2024-02-29",
  "2023-02-29", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00", "12:00:00Z", "P1D", "PT", "a@b.cd", "a@", "x.example",
  "-x", "1.2.3.4", "1.2.3.256", "::1", ":::", "http://x/y?z#f", "//x", "{a}", "{",
  "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "/a/b", "/~", "0#", "1/a", "(a", "a*"];
const numbers = [0, -0, 1, 2, 3, 4, 5, 7, 10, -1, -3, 0.5, 1.5, 2.5, -0.25, 12.75, 1e3, 1e21, 1e300, -1e300, 2 ** 53];

export class SchemaMaker {
  constructor(seed, draft) {
    this.random = randomFrom(seed);
    this.draft = draft;
    this.targets = []; // What a schema may refer to.
  }

  chance(probability) { return this.random() < probability; }
  upTo(most) { return Math.floor(this.random() * (most + 1)); }
  pick(list) { return list[this.upTo(list.length - 1)]; }
  some(most, make) { return Array.from({ length: this.upTo(most) }, make); }
  few(most, make) { return Array.from({ length: 1 + this.upTo(most - 1) }, make); }
  members(most, make) { return Object.fromEntries(this.few(most, () => [this.pick(names), make()])); }
  distinct(list, most) { return [...new Set(this.few(most, () => this.pick(list)))]; }

  /** A whole document. */
  document() {
    const definitions = this.draft === 7 ? "definitions" : "$defs";
    const defined = {};
    // Each refers to those before it only, so that none comes back to itself without a step into the data.
    for (const [name, depth] of [["small", 0], ["middle", 1], ["large", 2]]) {
      defined[name] = this.schema(depth);
      this.targets.push(`#/${definitions}/${name}`);
    }
    const schema = this.object(3);
    schema[definitions] = defined;
    if (this.chance(0.3))
      schema[definitions].anchored = this.draft === 7 ? { $id: "#mark", ...this.object(1) } : { $anchor: "mark", ...this.object(1) };
    if (this.draft === 2020 && this.chance(0.2))
      schema.$dynamicAnchor = "node";
    this.root = schema;
    return { $schema: drafts[this.draft], ...schema };
  }

  schema(depth) {
    if (this.chance(0.06))
      return this.chance(0.7);
    if (this.targets.length && this.chance(0.12)) {
      const reference = { $ref: this.pick(this.targets) };
      // In draft 7 what stands beside a reference is no schema; ajv takes it for one.
      return this.draft === 2020 && this.chance(0.5) ? { ...this.object(0), ...reference } : reference;
    }
    return this.object(depth);
  }

  object(depth) {
    const schema = {};
    const makers = [this.typed, this.ofText, this.ofNumber, this.ofArray, this.ofObject, this.combined, this.valued];
    for (const make of this.few(3, () => this.pick(makers)))
      make.call(this, schema, depth);
    return schema;
  }

  typed(schema) {
    const types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    schema.type = this.chance(0.7) ? this.pick(types) : this.distinct(types, 3);
  }

  ofText(schema) {
    if (this.chance(0.4))
      schema.minLength = this.upTo(3);
    if (this.chance(0.4))
      schema.maxLength = this.upTo(5);
    if (this.chance(0.4))
      schema.pattern = this.pick(patterns);
    if (this.chance(0.3))
      schema.format = this.pick(formats);
  }

  ofNumber(schema) {
    const limits = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    for (const limit of this.few(2, () => this.pick(limits)))
      schema[limit] = this.pick(numbers);
    if (this.chance(0.3))
      schema.multipleOf = this.pick([1, 2, 3, 5, 0.5, 0.25, 1.5]);
  }

  ofArray(schema, depth) {
    if (this.chance(0.3))
      schema.minItems = this.upTo(2);
    if (this.chance(0.3))
      schema.maxItems = this.upTo(4);
    if (this.chance(0.3))
      schema.uniqueItems = this.chance(0.8);
    if (depth === 0)
      return;
    const next = () => this.schema(depth - 1);
    if (this.draft === 7) {
      if (this.chance(0.6))
        schema.items = this.chance(0.5) ? next() : this.few(3, next);
      if (this.chance(0.3))
        schema.additionalItems = next();
    } else {
      if (this.chance(0.4))
        schema.prefixItems = this.few(3, next);
      if (this.chance(0.4))
        schema.items = next();
    }
    if (this.chance(0.3)) {
      schema.contains = next();
      if (this.draft === 2020 && this.chance(0.5))
        schema.minContains = this.upTo(2);
      if (this.draft === 2020 && this.chance(0.5))
        schema.maxContains = this.upTo(3);
    }
    if (this.draft === 2020 && this.chance(0.25))
      schema.unevaluatedItems = this.chance(0.6) ? false : next();
  }

  ofObject(schema, depth) {
    if (this.chance(0.3))
      schema.required = this.distinct(names, 2);
    if (this.chance(0.2))
      schema.minProperties = this.upTo(2);
    if (this.chance(0.2))
      schema.maxProperties = this.upTo(4);
    if (depth === 0)
      return;
    const next = () => this.schema(depth - 1);
    if (this.chance(0.7))
      schema.properties = this.members(4, next);
    if (this.chance(0.25))
      schema.patternProperties = Object.fromEntries(this.few(2, () => [this.pick(patterns), next()]));
    if (this.chance(0.3))
      schema.additionalProperties = this.chance(0.5) ? false : next();
    if (this.chance(0.2))
      schema.propertyNames = this.chance(0.5) ? { pattern: this.pick(patterns) } : { maxLength: this.upTo(3) };
    if (this.draft === 7) {
      if (this.chance(0.2))
        schema.dependencies = this.members(2, () => (this.chance(0.5) ? this.distinct(names, 2) : next()));
      return;
    }
    if (this.chance(0.2))
      schema.dependentRequired = this.members(2, () => this.distinct(names, 2));
    if (this.chance(0.2))
      schema.dependentSchemas = this.members(2, next);
    if (this.chance(0.25))
      schema.unevaluatedProperties = this.chance(0.6) ? false : next();
  }

  combined(schema, depth) {
    if (depth === 0)
      return;
    const next = () => this.schema(depth - 1);
    const how = this.upTo(4);
    if (how === 0)
      schema.allOf = this.few(3, next);
    else if (how === 1)
      schema.anyOf = this.few(3, next);
    else if (how === 2)
      schema.oneOf = this.few(3, next);
    else if (how === 3)
      schema.not = next();
    else
      Object.assign(schema, { if: next() }, this.chance(0.7) ? { then: next() } : {}, this.chance(0.7) ? { else: next() } : {});
  }

  /** Not both: where they contradict each other, the schema is refused here. */
  valued(schema) {
    if (this.chance(0.5) && !schema.enum)
      schema.const = this.any(1);
    else if (!("const" in schema))
      schema.enum = [...new Map(this.few(4, () => this.any(1)).map((value) => [JSON.stringify(value), value])).values()];
  }

  /** Any value. */
  any(depth) {
    switch (this.upTo(depth > 0 ? 6 : 4)) {
    case 0:
      return null;
    case 1:
      return this.chance(0.5);
    case 2:
      return this.pick(numbers);
    case 3:
    case 4:
      return this.pick(texts);
    case 5:
      return this.some(4, () => this.any(depth - 1));
    default:
      return Object.fromEntries(this.some(4, () => [this.pick(names), this.any(depth - 1)]));
    }
  }

  /** A value that is likely to fit \a schema, or nearly. */
  near(schema, depth = 4) {
    if (typeof schema === "boolean" || depth === 0 || this.chance(0.08))
      return this.any(2);
    if (schema.$ref) {
      const at = schema.$ref.split("/");
      return this.near(this.root[at[1]][at[2]], depth - 1);
    }
    if ("const" in schema)
      return schema.const;
    if (schema.enum)
      return this.pick(schema.enum);
    const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), schema.then, schema.else, schema.if]
      .filter((part) => part !== undefined);
    if (parts.length && this.chance(0.5))
      return this.near({ ...schema, allOf: [], anyOf: [], oneOf: [], then: undefined, else: undefined, if: undefined,
        ...this.pick(parts) }, depth - 1);
    const type = schema.type ? (Array.isArray(schema.type) ? this.pick(schema.type) : schema.type)
      : schema.properties || schema.required || schema.patternProperties ? "object"
        : schema.items || schema.prefixItems || schema.contains ? "array" : null;
    switch (type) {
    case "null":
      return null;
    case "boolean":
      return this.chance(0.5);
    case "integer":
      return this.pick(numbers.filter(Number.isInteger));
    case "number":
      return this.pick(numbers);
    case "string":
      return this.pick(texts);
    case "array": {
      const first = schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : []);
      const rest = schema.prefixItems || !Array.isArray(schema.items) ? schema.items : schema.additionalItems;
      return this.some(4, (_, i) => this.near(first[i] ?? (this.chance(0.3) ? schema.contains : rest) ?? true, depth - 1));
    }
    case "object": {
      const value = {};
      for (const name of [...(schema.required ?? []), ...Object.keys(schema.properties ?? {})]) {
        if (this.chance(0.8))
          value[name] = this.near(schema.properties?.[name] ?? true, depth - 1);
      }
      if (this.chance(0.3))
        value[this.pick(names)] = this.any(1);
      return value;
    }
    default:
      return this.any(2);
    }
  }
}
