#include "server/config/configfile.h"

#include "server/config/document.h"
#include "server/config/mapreader.h"
#include "server/config/roomreader.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

using namespace config;

/** What is allowed, but seldom meant. */
void warn(const ServerConfig &config, const Node &root, Issues &issues)
{
    if (config.roomCreation.create == Permission::Anyone) {
        issues.warning(
            locate(root, u"roomCreation.create"), u"roomCreation.create"_s,
            u"anyone who connects may create rooms, up to maxTotal (%1)"_s.arg(config.roomCreation.maxTotal));
    }
    if (config.cors.origins.contains(u"*"_s)) {
        issues.warning(locate(root, u"cors.origins"), u"cors.origins"_s,
                       u"\"*\" (as in cors: true) lets any page on the web connect as its visitor: browsers "
                       u"send cookies with a WebSocket "
                       "whatever cors.credentials says; name the origins"_s);
    }
    for (const QString &item : config.trustedProxies) {
        if (item.endsWith(u"/0"_s)) {
            issues.warning(
                locate(root, u"trustedProxies"), u"trustedProxies"_s,
                u"\"%1\" believes anybody: a client may then claim any address; name the proxies"_s.arg(
                    item));
        }
    }
    if (config.limits.sendQueue / 2 < config.engine.maxPayload) {
        issues.warning(locate(root, u"limits.sendQueue"), u"limits.sendQueue"_s,
                       u"events of more than half of it (%1 bytes) will be refused, though engine.maxPayload "
                       u"lets %2 bytes "
                       "in; make one larger or the other smaller"_s.arg(config.limits.sendQueue / 2)
                           .arg(config.engine.maxPayload));
    }
    for (auto rate = config.rateLimit.perRoom.cbegin(); rate != config.rateLimit.perRoom.cend(); ++rate) {
        const bool declared = std::ranges::any_of(
            config.rooms, [&rate](const RoomConfig &room) { return room.id == rate.key(); });
        if (!declared) {
            issues.warning(locate(root, u"rateLimit.perRoom"), u"rateLimit.perRoom"_s,
                           u"there is no room '%1' among those declared here"_s.arg(rate.key()));
        }
    }
    if (config.rooms.isEmpty() && config.roomCreation.create == Permission::Nobody) {
        issues.warning({}, u"rooms"_s,
                       u"there are none, and nobody may create any: nobody can join anything"_s);
    }
}

} // namespace

ConfigReport parseConfig(const QByteArray &text, const QString &fileName)
{
    Issues issues(fileName);
    ServerConfig config;
    if (const std::optional<Node> root = parseDocument(text, issues)) {
        MapReader<ServerConfig> reader(serverFields(), issues);
        reader.special(u"rooms"_s, [&](const Member &member, const QString &path) {
            config.rooms = readRooms(member.value, path, issues);
        });
        reader.shorthand(u"cors"_s, [](bool any, ServerConfig &owner) {
            owner.cors.origins = any ? QStringList{u"*"_s} : QStringList();
        });
        reader.read(*root, {}, config);
        if (config.rooms.size() > config.roomCreation.maxTotal) {
            issues.error(locate(*root, u"roomCreation.maxTotal"), u"roomCreation.maxTotal"_s,
                         u"must be at least the number of rooms declared here, which is %1"_s.arg(
                             config.rooms.size()));
        }
        if (config.proxyProtocol && config.trustedProxies.isEmpty()) {
            issues.error(locate(*root, u"proxyProtocol"), u"proxyProtocol"_s,
                         u"needs trustedProxies: the addresses of the proxies that send its headers"_s);
        }
        warn(config, *root, issues);
    }
    ConfigReport report{.issues = issues.sorted(), .config = {}};
    if (!issues.hasErrors())
        report.config = config;
    return report;
}

ConfigReport loadConfig(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        Issues issues(fileName);
        issues.error({}, {}, u"cannot be read: %1"_s.arg(file.errorString()));
        return {.issues = issues.sorted(), .config = {}};
    }
    return readConfig(file, fileName);
}

ConfigReport readConfig(QIODevice &from, const QString &fileName)
{
    QByteArray text;
    // One byte more than allowed shows that there is more, without reading it all. A pipe gives it in pieces.
    while (text.size() <= kMaxFileSize) {
        const QByteArray more = from.read(kMaxFileSize + 1 - text.size());
        if (more.isEmpty())
            break;
        text += more;
    }
    return parseConfig(text, fileName);
}

} // namespace dialogue
