#include "core/schema/compile/metaschemas.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

std::optional<QByteArray> metaSchema(const QString &uri)
{
    QString name = uri;
    for (const QLatin1StringView scheme : {"https://"_L1, "http://"_L1}) {
        if (name.startsWith(scheme))
            name.remove(0, scheme.size());
    }
    const QString site = u"json-schema.org/"_s;
    if (name == uri || !name.startsWith(site))
        return {};
    name.remove(0, site.size());
    const QString newer = u"draft/2020-12/"_s;
    if (name == "draft-07/schema"_L1)
        name = u"draft7"_s;
    else if (name == newer + "schema"_L1)
        name = u"draft2020-12"_s;
    else if (name.startsWith(newer + "meta/"_L1))
        name.remove(0, newer.size());
    else
        return {};
    QFile file(u":/dialogue/metaschemas/%1.json"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

} // namespace dialogue::schema
