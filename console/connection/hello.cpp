#include "console/connection/hello.h"

#include "core/protocol/admin/names.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QStringList textsOf(const QJsonValue &list)
{
    QStringList texts;
    const QJsonArray items = list.toArray();
    for (const QJsonValue &each : items)
        texts.append(each.toString());
    return texts;
}

} // namespace

Result<Hello> Hello::read(const QJsonObject &json)
{
    const int version = json[u"protocol"_s].toInt();
    if (version != protocol::admin::Version) {
        return Error{ErrorCode::ProtocolViolation,
                     u"the server speaks version %1 of /admin, this console version %2"_s.arg(version).arg(
                         protocol::admin::Version),
                     u"protocol"_s};
    }
    const QJsonObject account = json[u"account"_s].toObject();
    return Hello{.version = json[u"version"_s].toString(),
                 .node = json[u"node"_s].toString(),
                 .run = json[u"run"_s].toString(),
                 .account = account[u"name"_s].toString(),
                 .role = account[u"role"_s].toString(),
                 .rooms = textsOf(account[u"rooms"_s]),
                 .permissions = textsOf(account[u"permissions"_s]),
                 .actions = textsOf(json[u"actions"_s]),
                 .series = textsOf(json[u"series"_s]),
                 .mostWatches = json[u"mostWatches"_s].toInt(),
                 .sendQueue = json[u"limits"_s][u"sendQueue"_s].toInteger()};
}

} // namespace dialogue::console
