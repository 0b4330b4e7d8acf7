#pragma once

#include "core/base/result.h"
#include "server/http/httpmessage.h"

#include <QString>

namespace dialogue {

/** How an error is said over HTTP. */
struct ProblemKind
{
    int status;
    QString title;
    bool isForNow = false; ///< It may be another in a moment.
};

[[nodiscard]] ProblemKind problemKindOf(const Error &error);

/**
 * \a error as problem+json (RFC 9457), with our code, the path in what was asked, and each fault of its data;
 * with Retry-After where it says when, and WWW-Authenticate where the credential was at fault (RFC 6750,
 * section 3). No cache keeps it.
 */
[[nodiscard]] HttpResponse problem(const Error &error);
[[nodiscard]] HttpResponse problem(const Error &error, const ProblemKind &kind);

/** \a text refuses a request for \a path with \a status: in plain text, or at "/api" and below, where
 * programs ask, as problem+json with the code that is next to it. */
[[nodiscard]] HttpResponse refusalAt(QByteArrayView path, int status, const QByteArray &text);
[[nodiscard]] bool isForPrograms(QByteArrayView path);

} // namespace dialogue
