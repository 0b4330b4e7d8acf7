#pragma once

#include "server/config/issues.h"
#include "server/config/node.h"

#include <QByteArray>

#include <optional>

namespace dialogue::config {

/** Parses JSON (RFC 8259), which must be readable text; parseDocument() is the way in. */
[[nodiscard]] std::optional<Node> parseJson(const QByteArray &text, Issues &issues);

} // namespace dialogue::config
