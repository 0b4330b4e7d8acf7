#include "cli/base/since.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::cli {

namespace {

constexpr quint64 MostUnits = 1'000'000'000; // no overflow in milliseconds

std::optional<std::chrono::milliseconds> unit(QChar letter)
{
    switch (letter.unicode()) {
    case u's':
        return 1s;
    case u'm':
        return 1min;
    case u'h':
        return 1h;
    case u'd':
        return 24h;
    default:
        return std::nullopt;
    }
}

} // namespace

Result<Since> readSince(const QString &text)
{
    const auto isNumber = [](QStringView digits) {
        return !digits.isEmpty()
            && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    };
    bool good = false;
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon > 0 && isNumber(QStringView(text).mid(colon + 1))) {
        const quint64 offset = QStringView(text).mid(colon + 1).toULongLong(&good);
        if (good)
            return Since(RoomPosition{.epoch = text.left(colon).toUtf8(), .offset = offset});
    }
    if (isNumber(text)) {
        const quint64 offset = text.toULongLong(&good);
        if (good)
            return Since(offset);
    }
    if (text.size() > 1 && isNumber(QStringView(text).chopped(1))) {
        const quint64 count = QStringView(text).chopped(1).toULongLong(&good);
        const auto length = unit(text.back());
        if (good && length && count <= MostUnits)
            return Since(*length * static_cast<qint64>(count));
    }
    return Error{.code = ErrorCode::InvalidRequest,
                 .message
                 = u"must be EPOCH:OFFSET, an offset such as 17, or a time such as 90s, 10m, 2h or 1d; "
                   "not '%1'"_s.arg(text),
                 .path = u"--since"_s};
}

} // namespace dialogue::cli
