#include "core/schema/reference_p.h"

#include <QJsonArray>
#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

QString pointerTo(const QString &pointer, QString key)
{
    return pointer + u'/' + key.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1);
}

QString pointerOf(const QString &reference) { return QUrl::fromPercentEncoding(reference.mid(1).toUtf8()); }

QJsonValue resolveReference(const QJsonObject &root, const QString &reference)
{
    QJsonValue value = root;
    const QString pointer = pointerOf(reference);
    if (pointer.isEmpty())
        return value;
    const QStringList keys = pointer.mid(1).split(u'/');
    for (QString key : keys) {
        key.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
        value = value.isArray() ? value.toArray().at(key.toInt()) : value.toObject().value(key);
    }
    return value;
}

} // namespace dialogue::schema
