#pragma once

#include <QByteArray>

namespace dialogue {

inline constexpr qsizetype WorthGzip = 1024; ///< What is less fits a packet anyway.

/** \a bytes as gzip has them (RFC 1952), as fast as that goes; empty where there is no memory for it. */
[[nodiscard]] QByteArray gzipped(const QByteArray &bytes);

} // namespace dialogue
