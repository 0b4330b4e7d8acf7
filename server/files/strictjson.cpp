#include "server/files/strictjson.h"

#include "core/base/foreigntext.h"
#include "core/json/cursor.h"
#include "core/json/parsed.h"

#include <QSet>

namespace dialogue {

namespace {

constexpr int Depth = 16;

/** A member that stands twice, in quotes; empty: there is none. Of \a json the value that comes next is read.
 */
QString memberTwice(json::Cursor &json)
{
    if (json.type() == json::Cursor::Type::Array) {
        for (bool more = json.enterArray(); more; more = json.nextItem()) {
            if (QString twice = memberTwice(json); !twice.isEmpty())
                return twice;
        }
        return {};
    }
    if (json.type() != json::Cursor::Type::Object) {
        json.skip();
        return {};
    }
    QSet<QString> names;
    for (bool more = json.enterObject(); more; more = json.nextMember()) {
        const QString name = json.key().decoded();
        if (names.contains(name))
            return quoted(QStringView(name).left(64));
        names.insert(name);
        if (QString twice = memberTwice(json); !twice.isEmpty())
            return twice;
    }
    return {};
}

} // namespace

Result<QJsonObject> strictObject(const QByteArray &text)
{
    json::Cursor json(text, Depth);
    if (json.type() != json::Cursor::Type::Object)
        return Error{ErrorCode::ParseError, QStringLiteral("is no object of JSON")};
    const QString twice = memberTwice(json);
    if (!twice.isEmpty())
        return Error{ErrorCode::ParseError, QStringLiteral("has the member %1 twice").arg(twice)};
    if (!json.atEnd())
        return Error{ErrorCode::ParseError, QStringLiteral("is no JSON: ") + json.error().message};
    return json::parsed(text).object();
}

} // namespace dialogue
