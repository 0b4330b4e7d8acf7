#pragma once

#include <QJsonDocument>
#include <QJsonObject>

namespace dialogue::test {

/** What a shop would have: nested, with lists, choices, branches and references. */
inline QJsonObject orderSchema()
{
    static const char json[] = R"({
  "title": "Order",
  "type": "object",
  "required": ["orderId", "customer", "items", "payment", "total"],
  "additionalProperties": false,
  "properties": {
    "orderId": {"type": "integer", "minimum": 1, "description": "The shop's own number."},
    "customer": {
      "type": "object",
      "required": ["name", "email"],
      "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 80},
        "email": {"type": "string", "format": "email", "examples": ["ada@example.org"]},
        "address": {"$ref": "#/$defs/address"}
      }
    },
    "items": {
      "type": "array",
      "minItems": 1,
      "maxItems": 50,
      "items": {
        "title": "Article",
        "type": "object",
        "required": ["sku", "quantity", "price"],
        "properties": {
          "sku": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}$", "examples": ["AB-1234"]},
          "quantity": {"type": "integer", "minimum": 1, "maximum": 999},
          "price": {"type": "number", "minimum": 0, "description": "In euros, for one."},
          "gift": {"type": "boolean"}
        }
      }
    },
    "payment": {
      "oneOf": [
        {"title": "Card", "type": "object", "required": ["kind", "last4"],
         "properties": {"kind": {"const": "card"}, "last4": {"type": "string", "pattern": "^[0-9]{4}$"}}},
        {"title": "Bank transfer", "type": "object", "required": ["kind", "iban"],
         "properties": {"kind": {"const": "transfer"}, "iban": {"type": "string", "minLength": 15}}}
      ]
    },
    "total": {"type": "number", "exclusiveMinimum": 0},
    "shipping": {"enum": ["standard", "express", "pick-up"]},
    "placedAt": {"type": "string", "format": "date-time"},
    "note": {"type": ["string", "null"], "maxLength": 500, "description": "For who packs it."}
  },
  "$defs": {
    "address": {
      "type": "object",
      "required": ["street", "city"],
      "properties": {"street": {"type": "string"}, "city": {"type": "string"},
                     "country": {"enum": ["AT", "CH", "DE", "FR"]}}
    }
  }
})";
    return QJsonDocument::fromJson(json).object();
}

inline QJsonObject order()
{
    static const char json[] = R"({
  "orderId": 9007199254740993,
  "customer": {"name": "Ada Lovelace", "email": "ada@example.org",
               "address": {"street": "12 St James's Square", "city": "London"}},
  "items": [{"sku": "AB-1234", "quantity": 2, "price": 19.9},
            {"sku": "CD-5678", "quantity": 1, "price": 4.25, "gift": true}],
  "payment": {"kind": "transfer", "iban": "DE02120300000000202051"},
  "total": 44.05,
  "shipping": "express",
  "placedAt": "2026-11-30T12:00:00Z"
})";
    return QJsonDocument::fromJson(json).object();
}

} // namespace dialogue::test
