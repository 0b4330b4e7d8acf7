#include "core/json/parsed.h"

namespace dialogue::json {

namespace {

constexpr QByteArrayView mark("\xef\xbb\xbf");

} // namespace

QJsonDocument parsed(const QByteArray &text, QJsonParseError *error)
{
    const QByteArray quotedMark = '"' + mark.toByteArray();
    if (!text.contains(quotedMark))
        return QJsonDocument::fromJson(text, error);
    // An escaped one it leaves alone. A quote within a string has its own escape before it.
    QByteArray escaped = text;
    return QJsonDocument::fromJson(escaped.replace(quotedMark, "\"\\ufeff"), error);
}

QString fromUtf8(QByteArrayView utf8)
{
    qsizetype marks = 0;
    while (utf8.startsWith(mark)) { // Each that comes first is taken away.
        utf8 = utf8.sliced(mark.size());
        ++marks;
    }
    return QString(marks, QChar(0xfeff)) + QString::fromUtf8(utf8);
}

} // namespace dialogue::json
