#include "console/details/filterterm.h"

#include "console/details/jsonparts.h"

#include "core/filter/filter.h"
#include "core/filter/lexer.h"
#include "core/json/parsed.h"
#include "core/json/writer.h"

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

QString inQuotes(const QString &text)
{
    QByteArray json;
    json::appendString(json, text);
    return json::fromUtf8(json);
}

bool isPlainMember(const QString &name)
{
    filter::Lexer lexer(name);
    const filter::Token token = lexer.next();
    return token.kind == filter::Token::Kind::Name && token.length == name.size();
}

} // namespace

QString filterPath(FilterField field, const JsonSteps &steps)
{
    QString path = filterFieldNames().at(int(field));
    for (const auto &step : steps) {
        if (const int *const index = std::get_if<int>(&step))
            path += u"[%1]"_s.arg(*index);
        else if (const QString &name = std::get<QString>(step); isPlainMember(name))
            path += u'.' + name;
        else
            path += u'[' + inQuotes(name) + u']';
    }
    return path;
}

QString filterTerm(FilterField field, const JsonSteps &steps, QByteArrayView json)
{
    const QString path = filterPath(field, steps);
    switch (jsonTypeOf(json)) {
    case QJsonValue::String:
        return path + u" == "_s + inQuotes(jsonStringIn(json).value_or(QString()));
    case QJsonValue::Double:
    case QJsonValue::Bool:
    case QJsonValue::Null:
        return path + u" == "_s + json::fromUtf8(json.trimmed());
    default:
        return path;
    }
}

QString filterWith(const QString &filter, const QString &term)
{
    const QString before = filter.trimmed();
    if (before.isEmpty() || before == term)
        return term;
    // Or would bind less closely than the and that is put behind it.
    const bool hasOr = before.contains("||"_L1);
    return (hasOr ? u'(' + before + u')' : before) + u" && "_s + term;
}

} // namespace dialogue::console
