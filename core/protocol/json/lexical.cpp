#include "core/protocol/json/lexical.h"

namespace dialogue::json {

namespace {

Error parseError(const QString &message, qsizetype position)
{
    return {.code = ErrorCode::ParseError,
            .message = QStringLiteral("%1 at byte %2 of the JSON").arg(message).arg(position)};
}

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

/** Goes on behind the closing quote of the string whose content begins at \a position. */
Result<qsizetype> skipString(QByteArrayView json, qsizetype position)
{
    for (; position < json.size(); ++position) {
        const char c = json[position];
        if (c == '"')
            return position + 1;
        if (static_cast<uchar>(c) < 0x20)
            return parseError(QStringLiteral("A control character must be escaped"), position);
        if (c == '\\') {
            ++position;
            if (position < json.size() && !QByteArrayView("\"\\/bfnrtu").contains(json[position]))
                return parseError(QStringLiteral("Unknown escape"), position);
        }
    }
    return parseError(QStringLiteral("Unterminated string"), position);
}

} // namespace

Result<void> checkLexically(QByteArrayView json, int depth)
{
    if (json.isEmpty() || static_cast<uchar>(json.front()) <= 0x20)
        return parseError(QStringLiteral("Expected a value"), 0);
    int open = 0;
    for (qsizetype i = 0; i < json.size();) {
        switch (json[i]) {
        case '"': {
            const Result<qsizetype> next = skipString(json, i + 1);
            if (!next)
                return next.error();
            i = *next;
            continue;
        }
        case '[':
        case '{':
            if (++open > depth)
                return parseError(
                    QStringLiteral("More than %1 arrays and objects inside one another").arg(depth), i);
            break;
        case ']':
        case '}':
            --open;
            break;
        case '.':
            if (i == 0 || !isDigit(json[i - 1]) || i + 1 == json.size() || !isDigit(json[i + 1]))
                return parseError(QStringLiteral("A decimal point must stand between digits"), i);
            break;
        default:
            break;
        }
        ++i;
    }
    return {};
}

} // namespace dialogue::json
