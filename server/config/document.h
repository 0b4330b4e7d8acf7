#pragma once

#include "server/config/issues.h"
#include "server/config/node.h"

#include <QByteArray>

#include <optional>

namespace dialogue::config {

constexpr qint64 MaxFileSize = 4 * 1024 * 1024; // bytes
constexpr int MaxNodes = 200'000;
constexpr int MaxDepth = 64;

/**
 * Parses one document: JSON where the file is named so, or where it is an object of JSON all the same; else
 * YAML 1.2. What is wrong is told in \a issues, and there is no value then.
 *
 * Nothing is expanded: aliases are refused, and so are more than MaxNodes values and a nesting deeper than
 * MaxDepth.
 */
[[nodiscard]] std::optional<Node> parseDocument(QByteArray text, Issues &issues);

} // namespace dialogue::config
