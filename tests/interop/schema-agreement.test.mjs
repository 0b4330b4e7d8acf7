// The verdicts of our schemas beside those of ajv: random schemas of both drafts, random data near to them.
// DIALOGUE_SEED=n tries others.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { SchemaMaker } from "./support/randomschemas.mjs";

const schemaCount = 1000; // Of each draft
const dataCount = 100;
const seed = Number(process.env.DIALOGUE_SEED ?? 1);

/** Where ajv answers otherwise and the standard is on our side. */
const knownDifferences = [
  {
    reason: "ajv divides doubles, and from 2^53 on the remainder is lost: 1e300 is a multiple of 5, and 2^53 none of 1.5",
    holds: (schema, value) => schema.includes('"multipleOf"') && anywhere(value, (part) => Math.abs(part) >= 2 ** 53),
  },
  {
    reason: "ajv-formats reads a regular expression without the u flag, with which a brace must be one of a quantifier",
    holds: (schema, value) => schema.includes('"format":"regex"') && anywhere(value, (part) => part === "{a}" || part === "{"),
  },
  {
    reason: "ajv-formats takes a colon in the first segment of a reference, which RFC 3986, section 4.2, does not",
    holds: (schema, value) => schema.includes('"format":"uri-reference"') && anywhere(value, (part) => /^[^/?#]*:/.test(part) && !/^[a-z][a-z\d+.-]*:/i.test(part)),
  },
  {
    reason: "ajv takes all items for evaluated where there is contains; they are those that it holds for",
    holds: (schema) => schema.includes('"contains"') && schema.includes('"unevaluatedItems"'),
  },
  {
    reason: "ajv takes contains to hold for an array that is shorter than the list of schemas for its first items",
    holds: (schema, value) => schema.includes('"contains"') && /"(items|prefixItems)":\[/.test(schema)
      && anywhere(value, (part) => Array.isArray(part) && part.length < 3),
  },
  {
    reason: "ajv keeps what a failed if, or dependentSchemas that do not apply, would have evaluated",
    holds: (schema) => schema.includes('"unevaluatedProperties"') && /"(if|dependentSchemas)"/.test(schema),
  },
];

/** Whether \a is holds for \a value or a part of it. */
function anywhere(value, is) {
  return is(value) || (value !== null && typeof value === "object" && Object.values(value).some((part) => anywhere(part, is)));
}

function explained(schema, value) {
  return knownDifferences.some(({ holds }) => holds(schema, value));
}

/** Ajv's, or nothing where it fails itself: in code it makes for unevaluatedProperties it writes to undefined. */
function verdict(validate, value) {
  try {
    return validate(value) ? "1" : "0";
  } catch (error) {
    assert.ok(error instanceof TypeError && /unevaluated/.test(JSON.stringify(validate.schema)), error.stack);
    return undefined;
  }
}

function ours(cases) {
  const input = cases.map(({ schema, data }) => JSON.stringify({ schema, data })).join("\n");
  const run = spawnSync(process.env.DIALOGUE_SCHEMA_VERDICTS, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.trimEnd().split("\n");
}

function ajvFor(draft) {
  const ajv = new (draft === 7 ? Ajv : Ajv2020)({ strict: false, logger: false, addUsedSchema: false });
  addFormats(ajv);
  return ajv;
}

for (const draft of [7, 2020]) {
  describe(`Draft ${draft}`, () => {
    const cases = Array.from({ length: schemaCount }, (_, i) => {
      const maker = new SchemaMaker(seed * 1_000_003 + i, draft);
      const schema = maker.document();
      return { schema, data: Array.from({ length: dataCount }, () => maker.near(schema)) };
    });

    it(`${schemaCount} schemas have ajv's verdict on ${dataCount} data each`, () => {
      const answers = ours(cases);
      const differences = [];
      const seen = { 0: 0, 1: 0 };
      const ajv = ajvFor(draft);
      cases.forEach(({ schema, data }, i) => {
        const text = JSON.stringify(schema);
        if (answers[i].startsWith("!")) {
          differences.push(`${text}\n    is refused: ${answers[i].slice(1)}`);
          return;
        }
        const validate = ajv.compile(schema);
        const differing = data.filter((value, j) => {
          const theirs = verdict(validate, value);
          if (theirs !== undefined)
            ++seen[theirs];
          return theirs !== undefined && answers[i][j] !== theirs && !explained(text, value);
        });
        if (differing.length)
          differences.push(`${text}\n    ${JSON.stringify(differing[0])}: ajv says ${verdict(validate, differing[0])}`);
      });
      differences.sort((a, b) => a.length - b.length);
      assert.ok(Math.min(...Object.values(seen)) > schemaCount * dataCount / 5, `both verdicts often: ${JSON.stringify(seen)}`);
      assert.equal(differences.length, 0, `${differences.length} differences\n${differences.slice(0, 10).join("\n")}`);
    });
  });
}
