#include "core/protocol/json/writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dialogue::json {

namespace {

void appendUnicodeEscape(QByteArray &out, char16_t unit)
{
    constexpr char digits[] = "0123456789abcdef";
    const char escape[]
        = {'\\', 'u', digits[unit >> 12], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15]};
    out.append(escape, sizeof escape);
}

void appendAscii(QByteArray &out, char c)
{
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        if (c < 0x20)
            appendUnicodeEscape(out, static_cast<char16_t>(c));
        else
            out += c;
    }
}

constexpr char continuation(char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3f)); }

void appendUtf8(QByteArray &out, char32_t c)
{
    if (c < 0x800) {
        out += static_cast<char>(0xc0 | (c >> 6));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xe0 | (c >> 12));
        out += continuation(c >> 6);
    } else {
        out += static_cast<char>(0xf0 | (c >> 18));
        out += continuation(c >> 12);
        out += continuation(c >> 6);
    }
    out += continuation(c);
}

} // namespace

void appendString(QByteArray &out, QStringView text)
{
    out += '"';
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.unicode() < 0x80) {
            appendAscii(out, static_cast<char>(c.unicode()));
        } else if (!c.isSurrogate()) {
            appendUtf8(out, c.unicode());
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            appendUtf8(out, QChar::surrogateToUcs4(c, text[i + 1]));
            ++i;
        } else {
            appendUnicodeEscape(out, c.unicode());
        }
    }
    out += '"';
}

void appendValue(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Array:
        out += QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
        return;
    case QJsonValue::Object:
        out += QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
        return;
    case QJsonValue::String:
        appendString(out, value.toString());
        return;
    case QJsonValue::Bool:
        out += value.toBool() ? "true" : "false";
        return;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += "null";
        return;
    case QJsonValue::Double:
        break;
    }
    // QJsonDocument has no scalars: print the number inside an array and leave the brackets.
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    out.append(wrapped.constData() + 1, wrapped.size() - 2);
}

} // namespace dialogue::json
