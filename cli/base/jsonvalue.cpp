#include "cli/base/jsonvalue.h"

#include "core/json/cursor.h"
#include "core/json/exact.h"
#include "core/json/parsed.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

Error notJson(const QString &why)
{
    return Error{.code = ErrorCode::ParseError,
                 .message = u"not JSON: %1; a text is written with its quotes, '\"like this\"'"_s.arg(why)};
}

} // namespace

Result<JsonData> readJson(const QByteArray &text)
{
    // Qt reads documents, which are arrays or objects; in an array stands any value.
    QJsonParseError error;
    const QJsonDocument document = json::parsed('[' + text + ']', &error);
    if (error.error != QJsonParseError::NoError)
        return notJson(u"%1 at character %2"_s.arg(error.errorString()).arg(qMax(1, error.offset)));
    if (document.array().size() != 1)
        return notJson(u"%1 values where one is expected"_s.arg(document.array().size()));
    // Qt takes some texts that are no JSON, such as a line break in a string; those go on as it reads them.
    const QByteArray compact = json::hasLongNumbers(text) ? json::compact(text) : QByteArray();
    if (!compact.isEmpty() && json::check(compact))
        return JsonData::fromText(compact);
    return JsonData(document.array().at(0));
}

Result<QList<JsonData>> readJsonValues(const QByteArray &input)
{
    // What editors and PowerShell put before a text: it says that it is UTF-8, which it is in any case.
    const QByteArray byteOrderMark("\xef\xbb\xbf");
    const QByteArray text = input.startsWith(byteOrderMark) ? input.mid(byteOrderMark.size()) : input;
    const auto whole = readJson(text);
    if (whole)
        return QList<JsonData>{*whole};
    QList<JsonData> values;
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).trimmed().isEmpty())
            continue;
        const auto value = readJson(lines.at(i));
        if (!value) {
            // Where already the first line is none, it was meant as one value.
            Error error = values.isEmpty() ? whole.error() : value.error();
            if (!values.isEmpty())
                error.path = u"line %1"_s.arg(i + 1);
            return error;
        }
        values.append(*value);
    }
    if (values.isEmpty())
        return notJson(u"there is nothing"_s);
    return values;
}

} // namespace dialogue::cli
