#pragma once

#include <QByteArray>

#include <optional>

namespace dialogue::engineio {

/** Characters of a sid, all of the URL-safe base64 alphabet (RFC 4648, section 5). */
constexpr qsizetype SidLength = 20;

/** A new session id: 104 random bits of the system's source, and the index of the worker it lives in. */
[[nodiscard]] QByteArray makeSid(int worker);

/** The worker \a sid names, which may not exist; nothing when it does not look like one of ours. */
[[nodiscard]] std::optional<int> workerOf(QByteArrayView sid);

} // namespace dialogue::engineio
