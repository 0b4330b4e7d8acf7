#pragma once

#include "server/config/issues.h"
#include "server/config/node.h"

#include <QByteArray>

#include <optional>

namespace dialogue::config {

/** Parses one document of YAML 1.2, which must be readable text; parseDocument() is the way in. */
[[nodiscard]] std::optional<Node> parseYaml(const QByteArray &text, Issues &issues);

} // namespace dialogue::config
