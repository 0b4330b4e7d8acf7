#include "core/json/parsed.h"

#include "core/json/cursor.h"

#include <algorithm>

namespace dialogue::json {

namespace {

constexpr QByteArrayView Mark("\xef\xbb\xbf");

bool isOfNumber(char c) { return (c >= '0' && c <= '9') || QByteArrayView("+-.eE").contains(c); }

/** Behind the string that begins at \a at, as far as there is an end. */
qsizetype afterString(const QByteArray &text, qsizetype at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\')
            ++at;
    }
    return std::min(at + 1, text.size());
}

/** A number, and smaller than any double. */
bool vanishes(QByteArrayView number)
{
    bool isHeld = false;
    (void)number.toDouble(&isHeld);
    Cursor cursor(number);
    return !isHeld && cursor.number() && cursor.atEnd(); // which takes none that is too large
}

/** \a text with 0 for each number that vanishes. */
QByteArray withoutVanishing(const QByteArray &text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype begin = at;
        const bool isNumber = isOfNumber(text[at]);
        if (text[at] == '"') {
            at = afterString(text, at);
        } else {
            ++at;
            while (isNumber && at < text.size() && isOfNumber(text[at]))
                ++at;
        }
        const QByteArrayView part = QByteArrayView(text).sliced(begin, at - begin);
        if (isNumber && vanishes(part))
            out += part.startsWith('-') ? "-0" : "0";
        else
            out += part;
    }
    return out;
}

/** As \a text is, but for its numbers. */
QJsonDocument read(const QByteArray &text, QJsonParseError *error)
{
    QJsonParseError failure;
    QJsonDocument document = QJsonDocument::fromJson(text, &failure);
    if (failure.error == QJsonParseError::IllegalNumber)
        document = QJsonDocument::fromJson(withoutVanishing(text), &failure);
    if (error)
        *error = failure;
    return document;
}

} // namespace

QJsonDocument parsed(const QByteArray &text, QJsonParseError *error)
{
    const QByteArray quotedMark = '"' + Mark.toByteArray();
    if (!text.contains(quotedMark))
        return read(text, error);
    // An escaped one it leaves alone. A quote within a string has its own escape before it.
    QByteArray escaped = text;
    return read(escaped.replace(quotedMark, "\"\\ufeff"), error);
}

QString fromUtf8(QByteArrayView utf8)
{
    qsizetype marks = 0;
    while (utf8.startsWith(Mark)) { // Each that comes first is taken away.
        utf8 = utf8.sliced(Mark.size());
        ++marks;
    }
    return QString(marks, QChar(0xfeff)) + QString::fromUtf8(utf8);
}

} // namespace dialogue::json
