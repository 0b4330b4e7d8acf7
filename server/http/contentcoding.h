#pragma once

#include "server/http/httpmessage.h"

namespace dialogue {

/** Whether a body of \a size bytes is worth it: what is less fits a packet anyway, and what is larger would
 * hold the thread of its connection, with all the others that it has. */
[[nodiscard]] constexpr bool isWorthGzip(qsizetype size) { return size >= 1024 && size <= 256 * 1024; }

/** \a bytes as gzip has them (RFC 1952), as fast as that goes; empty where there is no memory for it. */
[[nodiscard]] QByteArray gzipped(const QByteArray &bytes);

/** What a body with \a headers is encoded by, as they say it: "gzip", or several; empty where it is as it is
 * (RFC 9110, section 8.4). Nothing here decodes it, so it must not be read. */
[[nodiscard]] QByteArray bodyCoding(const HttpHeaders &headers);
/** Why such a body is refused, and what is taken. */
[[nodiscard]] QString codingRefusal(QByteArrayView coding);
/** 415, saying so; to a request for \a path. */
[[nodiscard]] HttpResponse codingRefused(QByteArrayView path, QByteArrayView coding);
/** What goes with such an answer: the codings that are taken (RFC 9110, section 15.5.16). */
void addTakenCoding(HttpResponse &response);

} // namespace dialogue
