import { invalid } from "./checks.js";

const mostLevels = 500; // the server takes 512 in a packet

const utf8 = new TextEncoder();
const isBlob = (value) => typeof Blob !== "undefined" && value instanceof Blob;
const bytesOf = (value) => {
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  return undefined;
};

/**
 * A copy of what is to be sent, as JSON would have it but for binary values, and its size: {value, text, attachments, largest}
 * in bytes, about. A copy, as it may wait in the outbox while its owner goes on with the original. INVALID_REQUEST where it
 * cannot be sent.
 */
export function payloadOf(data, path = "data") {
  const size = { text: 0, attachments: 0, largest: 0 };
  const above = new Set();
  const attach = (bytes, length) => {
    size.text += 32; // its placeholder
    size.attachments += length;
    size.largest = Math.max(size.largest, length);
    return bytes;
  };
  const copy = (value, key, where) => {
    if (typeof value === "bigint") throw invalid("is a BigInt, which JSON has none of; send it as text", where);
    if (isBlob(value)) return attach(value, value.size);
    const bytes = bytesOf(value);
    if (bytes) return attach(bytes, bytes.length);
    if (typeof value?.toJSON === "function") return copy(value.toJSON(key), key, where);
    if (typeof value !== "object" || value === null) {
      const json = JSON.stringify(value); // undefined of what has no JSON
      if (json === undefined) return undefined;
      size.text += typeof value === "string" ? utf8.encode(json).length : json.length;
      return typeof value === "number" && !Number.isFinite(value) ? null : value;
    }
    if (value instanceof Number || value instanceof String || value instanceof Boolean) return copy(value.valueOf(), key, where);
    if (above.has(value)) throw invalid("contains itself", where);
    if (above.size >= mostLevels) throw invalid(`is nested deeper than ${mostLevels} levels`, path);
    above.add(value);
    size.text += 2;
    let result;
    if (Array.isArray(value)) {
      result = value.map((each, i) => {
        const copied = copy(each, String(i), `${where}[${i}]`);
        size.text += copied === undefined ? 5 : 1;
        return copied ?? null;
      });
    } else {
      result = {};
      for (const [name, each] of Object.entries(value)) {
        const copied = copy(each, name, `${where}.${name}`);
        if (copied === undefined) continue;
        size.text += utf8.encode(JSON.stringify(name)).length + 2;
        Object.defineProperty(result, name, { value: copied, enumerable: true, configurable: true, writable: true });
      }
      if (result._placeholder === true) throw invalid("has a _placeholder, which is Socket.IO's own; binary values stand where they belong", where);
    }
    above.delete(value);
    return result;
  };
  return { value: copy(data, "", path) ?? null, ...size };
}
