#include "server/http/requesttarget.h"

#include <algorithm>
#include <array>

namespace dialogue {

namespace {

constexpr std::array Schemes{"http", "https", "ws", "wss"};

/** Up to the first of \a ends, which stays with the rest. */
QByteArrayView takeUntil(QByteArrayView &rest, QByteArrayView ends)
{
    const auto *const end = std::find_first_of(rest.begin(), rest.end(), ends.begin(), ends.end());
    const QByteArrayView taken(rest.begin(), end);
    rest = QByteArrayView(end, rest.end());
    return taken;
}

bool isServed(QByteArrayView scheme)
{
    return std::any_of(Schemes.begin(), Schemes.end(), [scheme](const char *served) {
        return scheme.compare(served, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

std::optional<RequestTarget> parseRequestTarget(QByteArrayView target)
{
    RequestTarget parts;
    if (target == "*") {
        parts.path = target;
        return parts;
    }
    if (!target.startsWith('/')) {
        const qsizetype mark = target.indexOf("://");
        if (mark < 0 || !isServed(target.first(mark)))
            return std::nullopt;
        target = target.sliced(mark + 3);
        parts.authority = takeUntil(target, "/?#");
        // Whoever is named in front of the host is to be refused (RFC 9110, section 4.2.4).
        if (parts.authority.isEmpty() || parts.authority.contains('@'))
            return std::nullopt;
    }
    target = takeUntil(target, "#");
    parts.path = takeUntil(target, "?");
    if (!target.isEmpty())
        parts.query = target.sliced(1);
    if (parts.path.isEmpty())
        parts.path = "/";
    return parts;
}

QByteArray percentDecoded(QByteArrayView text)
{
    const QByteArray bytes = text.toByteArray();
    return bytes.contains('%') ? QByteArray::fromPercentEncoding(bytes) : bytes;
}

} // namespace dialogue
