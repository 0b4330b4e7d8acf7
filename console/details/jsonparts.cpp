#include "console/details/jsonparts.h"

#include "core/json/cursor.h"

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

json::Cursor cursorOf(QByteArrayView json)
{
    return json::Cursor(json, json::MaxWrappedDepth, json::Cursor::Numbers::OfAnySize);
}

} // namespace

QJsonValue::Type jsonTypeOf(QByteArrayView json) { return cursorOf(json).type(); }

std::vector<JsonPart> jsonPartsOf(QByteArrayView json)
{
    std::vector<JsonPart> parts;
    json::Cursor in = cursorOf(json);
    const QJsonValue::Type type = in.type();
    if (type == QJsonValue::Object) {
        for (bool more = in.enterObject(); more; more = in.nextMember()) {
            QString name = in.key().decoded();
            if (const QByteArrayView text = in.skip(); !in.failed())
                parts.push_back({std::move(name), text});
        }
    } else if (type == QJsonValue::Array) {
        for (bool more = in.enterArray(); more; more = in.nextItem()) {
            if (const QByteArrayView text = in.skip(); !in.failed())
                parts.push_back({QString::number(parts.size()), text});
        }
    }
    return parts;
}

std::optional<QString> jsonStringIn(QByteArrayView json)
{
    json::Cursor in = cursorOf(json);
    if (in.type() != QJsonValue::String)
        return std::nullopt;
    const auto token = in.string();
    return token ? std::optional(token->decoded()) : std::nullopt;
}

QString pointerTo(const QString &pointer, QString name)
{
    return pointer + u'/' + name.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
}

} // namespace dialogue::console
