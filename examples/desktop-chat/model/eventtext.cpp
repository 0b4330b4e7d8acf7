#include "model/eventtext.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace chat {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MaxCharacters
    = 20000; // of one line: an event may be a megabyte, and a view lays out all of it

QString jsonText(const QJsonValue &data)
{
    const QByteArray inArray = QJsonDocument(QJsonArray{data}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(inArray.sliced(1, inArray.size() - 2));
}

} // namespace

QString textOf(const QJsonValue &data)
{
    QStringList parts;
    for (const auto key : {"title"_L1, "text"_L1, "body"_L1}) {
        if (const QString part = data[key].toString(); !part.isEmpty())
            parts.append(part);
    }
    const QString text = parts.isEmpty() ? jsonText(data) : parts.join(u'\n');
    return text.size() <= MaxCharacters ? text : text.left(MaxCharacters) + u'…';
}

Message messageOf(const dialogue::EventMessage &event)
{
    return {.event = event.event,
            .from = event.from,
            .text = textOf(event.data),
            .time = QDateTime::fromMSecsSinceEpoch(event.timestamp),
            .tag = tagIn(event.meta),
            .place = {.offset = event.offset}};
}

QJsonObject metaOf(const QString &tag) { return {{u"tag"_s, tag}}; }

QString tagIn(const QJsonObject &meta) { return meta.value("tag"_L1).toString(); }

} // namespace chat
