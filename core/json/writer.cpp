#include "core/json/writer.h"

#include "core/base/bytes.h"
#include "core/json/plain_p.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <cmath>

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

/** The inside of a string, its escapes and what is not ASCII. */
void appendCharacters(QByteArray &out, QStringView text)
{
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype run = plainRun(text.sliced(i));
        copyPlain(text.sliced(i, run), extend(out, run));
        i += run;
        if (i == text.size())
            break;
        const QChar c = text[i++];
        if (c.unicode() < 0x80) {
            appendAscii(out, static_cast<char>(c.unicode()));
        } else if (!c.isSurrogate()) {
            appendUtf8(out, c.unicode());
        } else if (c.isHighSurrogate() && i < text.size() && text[i].isLowSurrogate()) {
            appendUtf8(out, QChar::surrogateToUcs4(c, text[i++]));
        } else {
            appendUnicodeEscape(out, c.unicode());
        }
    }
}

void appendNumber(QByteArray &out, const QJsonValue &value)
{
    const double number = value.toDouble();
    if (!std::isfinite(number)) {
        out += "null"; // As JSON.stringify does; JSON has no such numbers.
        return;
    }
    // What toInteger() cannot give exactly it answers with the default.
    const qint64 whole = value.toInteger(0);
    out += whole == value.toInteger(1) ? QByteArray::number(whole)
                                       : QByteArray::number(number, 'g', QLocale::FloatingPointShortest);
}

void appendArray(QByteArray &out, const QJsonArray &array)
{
    char separator = '[';
    for (const QJsonValue &item : array) {
        out += separator;
        appendValue(out, item);
        separator = ',';
    }
    out += array.isEmpty() ? "[]" : "]";
}

void appendObject(QByteArray &out, const QJsonObject &object)
{
    char separator = '{';
    for (auto it = object.begin(); it != object.end(); ++it) {
        out += separator;
        appendString(out, it.key());
        out += ':';
        appendValue(out, it.value());
        separator = ',';
    }
    out += object.isEmpty() ? "{}" : "}";
}

} // namespace

void appendString(QByteArray &out, QStringView text)
{
    const qsizetype plain = plainRun(text);
    const bool isPlain = plain == text.size(); // As most are.
    char *to = extend(out, plain + (isPlain ? 2 : 1));
    *to++ = '"';
    to = copyPlain(text.first(plain), to);
    if (isPlain) {
        *to = '"';
        return;
    }
    appendCharacters(out, text.sliced(plain));
    out += '"';
}

void appendValue(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Array:
        appendArray(out, value.toArray());
        return;
    case QJsonValue::Object:
        appendObject(out, value.toObject());
        return;
    case QJsonValue::String:
        appendString(out, value.toString());
        return;
    case QJsonValue::Bool:
        out += value.toBool() ? "true" : "false";
        return;
    case QJsonValue::Double:
        appendNumber(out, value);
        return;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    out += "null";
}

} // namespace dialogue::json
