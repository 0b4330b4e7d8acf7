#include "core/json/exact.h"

#include "core/json/cursor.h"

namespace dialogue::json {

bool hasLongNumbers(QByteArrayView text)
{
    constexpr int mostExact = 15; // decimal digits of any double
    int digits = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (++digits > mostExact)
                return true;
        } else if (c != '.') {
            digits = 0;
        }
    }
    return false;
}

QByteArray compact(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    bool isString = false;
    bool isEscaped = false;
    for (const char c : text) {
        const bool isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (isString || !isBlank)
            out += c;
        if (isEscaped)
            isEscaped = false;
        else if (isString && c == '\\')
            isEscaped = true;
        else if (c == '"')
            isString = !isString;
    }
    return out;
}

QByteArrayView memberText(QByteArrayView object, QLatin1StringView key)
{
    QByteArrayView found;
    Cursor in(object, MaxWrappedDepth);
    for (bool more = in.enterObject(); more; more = in.nextMember()) {
        const bool isIt = in.key().decoded() == key;
        const QByteArrayView value = in.skip();
        if (isIt)
            found = value;
    }
    return found;
}

} // namespace dialogue::json
