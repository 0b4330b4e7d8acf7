#include "console/form/jsonentry.h"

#include "core/json/checked.h"
#include "core/json/cursor.h"
#include "core/json/jsondata.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

namespace dialogue::console {

namespace {

JsonEntry faultAt(const QString &text, qsizetype position, const QString &fault)
{
    const QStringView before = QStringView(text).first(position);
    const qsizetype lineBegin = before.lastIndexOf(u'\n') + 1;
    return {.fault = fault,
            .line = before.count(u'\n') + 1,
            .column = before.sliced(lineBegin).toUcs4().size() + 1,
            .position = position};
}

bool keepsAllDigits(QByteArrayView number)
{
    constexpr int MostExact = 15; // Decimal digits of any double.
    bool isOf64Bits = false;
    (void)number.toLongLong(&isOf64Bits);
    if (isOf64Bits)
        return true;
    const char *const end
        = std::find_if(number.begin(), number.end(), [](char c) { return (c | 0x20) == 'e'; });
    return std::count_if(number.begin(), end, json::isDigit) <= MostExact
        || QByteArray::number(number.toDouble(), 'g', QLocale::FloatingPointShortest) == number.toByteArray();
}

/** Of checked JSON. */
QString firstRounded(QByteArrayView text)
{
    for (const char *at = text.begin(); at < text.end();) {
        if (*at == '"') {
            at = json::checked::string(at, text.end()).text.end() + 1;
        } else if (json::isDigit(*at) || *at == '-') {
            const char *const end = json::checked::skipNumber(at, text.end());
            if (const QByteArrayView number(at, end); !keepsAllDigits(number))
                return QString::fromLatin1(number.first(std::min<qsizetype>(number.size(), 40)));
            at = end;
        } else {
            ++at;
        }
    }
    return {};
}

} // namespace

JsonEntry readJsonEntry(const QString &text)
{
    if (text.size() > LongestJsonEntry) {
        return faultAt(text, LongestJsonEntry,
                       QCoreApplication::translate("dialogue::console::JsonEntry", "More than %L1 characters")
                           .arg(LongestJsonEntry));
    }
    const QByteArray utf8 = text.toUtf8();
    json::Cursor cursor(utf8);
    const QByteArrayView value = cursor.skip();
    if (!cursor.atEnd()) {
        const qsizetype position
            = QString::fromUtf8(utf8.constData(), std::min(cursor.faultOffset(), utf8.size())).size();
        return faultAt(text, std::min(position, text.size()), cursor.fault());
    }
    return {.value = JsonData::fromText(value.toByteArray()).value(), .rounded = firstRounded(value)};
}

QString faultText(const JsonEntry &entry)
{
    return QCoreApplication::translate("dialogue::console::JsonEntry", "Line %1, column %2: %3")
        .arg(entry.line)
        .arg(entry.column)
        .arg(entry.fault);
}

QString prettyJson(const QJsonValue &value)
{
    if (value.isObject() && !value.toObject().isEmpty())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed();
    if (value.isArray() && !value.toArray().isEmpty())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed();
    return QString::fromUtf8(JsonData(value).text());
}

} // namespace dialogue::console
