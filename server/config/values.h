#pragma once

#include "core/base/result.h"
#include "server/config/field.h"
#include "server/config/node.h"

#include <optional>

namespace dialogue::config {

/** A value found to be wrong, and where: an item of a list has a place of its own. */
struct WrongValue
{
    FilePosition position;
    QString message;
};

/** Reads \a node as \a field wants it: a FieldValue, or what is wrong. */
std::variant<FieldValue, WrongValue> readValue(const FieldInfo &field, const Node &node);

/** What \a field takes, in words: "a whole number from 0 to 65535". */
QString expectation(const FieldInfo &field);

/** As a text in YAML. */
QString quoted(QString text);

/** \a value as it would stand in the file: `25s`, `64KiB`, `"127.0.0.1"`, `[]`. */
QString toYaml(const FieldInfo &field, const FieldValue &value);

} // namespace dialogue::config
