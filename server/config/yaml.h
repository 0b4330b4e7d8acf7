#pragma once

#include "server/config/issues.h"
#include "server/config/node.h"

#include <QByteArray>

#include <optional>

namespace dialogue::config {

constexpr qint64 kMaxFileSize = 4 * 1024 * 1024; // bytes
constexpr int kMaxNodes = 200'000;
constexpr int kMaxDepth = 64;

/**
 * Parses one document of YAML 1.2 (JSON is a part of it).
 *
 * Nothing is expanded: aliases are refused, and so are more than kMaxNodes values and a nesting deeper than
 * kMaxDepth.
 */
[[nodiscard]] std::optional<Node> parseYaml(const QByteArray &text, Issues &issues);

} // namespace dialogue::config
