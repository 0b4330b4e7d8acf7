#include "server/config/configfile.h"

#include "server/config/adminreader.h"
#include "server/config/authreader.h"
#include "server/config/document.h"
#include "server/config/mapreader.h"
#include "server/config/middlewarereader.h"
#include "server/config/roomreader.h"
#include "server/config/rules.h"
#include "server/config/servedpaths.h"
#include "server/config/tlsreader.h"
#include "server/config/variables.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

using namespace config;

/** A relative name of a file begins at the folder of the configuration that has it. */
QString besides(const QString &fileName, const QString &path)
{
    return QFileInfo(fileName).dir().filePath(path);
}

/** hooks.timeout, whatever stands before it; where it is wrong that is said elsewhere. */
std::chrono::milliseconds hookTimeout(const Node &root)
{
    ServerConfig config;
    const Node *const hooks = root.find(u"hooks");
    if (const Node *const timeout = hooks ? hooks->find(u"timeout") : nullptr) {
        const Fields<ServerConfig> fields = serverFields();
        const auto field = std::ranges::find(fields, u"hooks.timeout"_s, &Field<ServerConfig>::key);
        const auto value = readValue(*field, *timeout);
        if (const auto *good = std::get_if<FieldValue>(&value))
            field->set(config, *good);
    }
    return config.hooks.timeout;
}

/** What is allowed, but seldom meant. */
void warn(const ServerConfig &config, const Node &root, Issues &issues)
{
    if (config.roomCreation.create.all == Permission::Anyone) {
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
    const PerMessageDeflate &deflate = config.engine.perMessageDeflate;
    if (deflate.enabled && deflate.largest < deflate.threshold) {
        issues.warning(
            locate(root, u"engine.perMessageDeflate"), u"engine.perMessageDeflate"_s,
            u"nothing is compressed: no message is of threshold (%1 bytes) and within largest (%2 bytes)"_s
                .arg(deflate.threshold)
                .arg(deflate.largest));
    }
    for (auto rate = config.rateLimit.perRoom.cbegin(); rate != config.rateLimit.perRoom.cend(); ++rate) {
        const bool declared = std::ranges::any_of(
            config.rooms, [&rate](const RoomConfig &room) { return room.id == rate.key(); });
        if (!declared) {
            issues.warning(locate(root, u"rateLimit.perRoom"), u"rateLimit.perRoom"_s,
                           u"there is no room '%1' among those declared here"_s.arg(rate.key()));
        }
    }
    for (qsizetype i = 0; i < config.rooms.size() && !config.channels.sse.enabled; ++i) {
        if (config.rooms[i].channels == QStringList{u"sse"_s}) {
            const QString path = u"rooms.%1.channels"_s.arg(config.rooms[i].id);
            issues.warning(locate(root, path), path,
                           u"only sse, which is off (channels.sse.enabled): nobody can join it"_s);
        }
    }
    if (config.rooms.isEmpty() && config.roomCreation.create.isNobody()) {
        issues.warning({}, u"rooms"_s,
                       u"there are none, and nobody may create any: nobody can join anything"_s);
    }
}

} // namespace

ConfigReport parseConfig(const QByteArray &text, const QString &fileName)
{
    Issues issues(fileName);
    ServerConfig config;
    SchemaOrigins origins;
    std::optional<Node> root = parseDocument(text, issues);
    if (root)
        fillInVariables(*root, issues);
    if (root && !issues.hasErrors()) {
        const Node *const auth = root->find(u"auth");
        const Surroundings around{
            .isVouched
            = auth && (auth->find(u"jwt") || auth->find(u"apiKeys") || auth->find(u"certificates")),
            .longestAnswer = hookTimeout(*root)};
        MapReader<ServerConfig> reader(serverFields(), issues);
        reader.special(u"rooms"_s, [&](const Member &member, const QString &path) {
            config.rooms = readRooms(member.value, path, around, origins, issues);
        });
        reader.special(u"roomCreation.templates"_s, [&](const Member &member, const QString &path) {
            config.roomCreation.templates = readTemplates(member.value, path, around, origins, issues);
        });
        reader.special(u"middleware"_s, [&](const Member &member, const QString &path) {
            config.middleware = readMiddleware(member.value, path, around, issues);
        });
        reader.special(u"auth.jwt.keys"_s, [&](const Member &member, const QString &path) {
            config.auth.jwt.keys = readJwtKeys(member.value, path, issues);
        });
        reader.special(u"tls.certificates"_s, [&](const Member &member, const QString &path) {
            config.tls.others = readTlsCertificates(member.value, path, issues);
        });
        reader.special(u"admin.accounts"_s, [&](const Member &member, const QString &path) {
            config.admin.accounts = readAdminAccounts(member.value, path, issues);
        });
        reader.special(u"admin.redact"_s, [&](const Member &member, const QString &path) {
            config.admin.redact = readRedaction(member.value, path, issues);
        });
        reader.special(u"auth.certificates.users"_s, [&](const Member &member, const QString &path) {
            config.auth.certificates.users = readCertificateUsers(member.value, path, issues);
        });
        reader.shorthand(u"cors"_s, [](bool any, ServerConfig &owner) {
            owner.cors.origins = any ? QStringList{u"*"_s} : QStringList();
        });
        reader.read(*root, {}, config);
        placeIn(fileName, config.roomCreation.create);
        if (config.rooms.size() > config.roomCreation.maxTotal) {
            issues.error(locate(*root, u"roomCreation.maxTotal"), u"roomCreation.maxTotal"_s,
                         u"must be at least the number of rooms declared here, which is %1"_s.arg(
                             config.rooms.size()));
        }
        if (config.proxyProtocol && config.trustedProxies.isEmpty()) {
            issues.error(locate(*root, u"proxyProtocol"), u"proxyProtocol"_s,
                         u"needs trustedProxies: the addresses of the proxies that send its headers"_s);
        }
        settleAuth(config, *root, issues);
        settleTls(config, *root, issues);
        settleAdmin(config, *root, issues);
        checkServedPaths(config, *root, issues);
        warn(config, *root, issues);
        if (config.persistence.adapter == StoreAdapter::Postgres && config.persistence.url.isEmpty()) {
            issues.error(locate(*root, u"persistence.adapter"), u"persistence.adapter"_s,
                         u"\"postgres\" needs persistence.url, which says which database"_s);
        }
        if (config.persistence.adapter != StoreAdapter::None)
            config.persistence.path = besides(fileName, config.persistence.path);
        if (!config.persistence.sanctions.isEmpty())
            config.persistence.sanctions = besides(fileName, config.persistence.sanctions);
    }
    ConfigReport report{.issues = issues.sorted(), .config = {}, .schemas = origins};
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
    while (text.size() <= MaxFileSize) {
        const QByteArray more = from.read(MaxFileSize + 1 - text.size());
        if (more.isEmpty())
            break;
        text += more;
    }
    return parseConfig(text, fileName);
}

} // namespace dialogue
