#include "consoleserver.h"

#include "server/admin/passwordtool.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::test {

namespace {

const QString &passwordHash()
{
    static const QString Hash = QString::fromLatin1(*admin::hashOfPassword(ConsoleServer::Password));
    return Hash;
}

ServerConfig configWith(const QList<RoomConfig> &rooms, quint16 port, const TlsConfig &tls)
{
    ServerConfig config{.port = port, .workers = 0, .rooms = rooms};
    config.tls = tls;
    for (const auto &[name, role] :
         {std::pair(u"viewer"_s, AdminRole::Viewer), std::pair(u"inspector"_s, AdminRole::Inspector),
          std::pair(u"operator"_s, AdminRole::Operator), std::pair(u"owner"_s, AdminRole::Owner)})
        config.admin.accounts.append(
            {.name = name, .password = passwordHash(), .role = role, .rooms = {u"*"_s}});
    return config;
}

} // namespace

ConsoleServer::ConsoleServer(const QList<RoomConfig> &rooms, quint16 port, const TlsConfig &tls)
    : m_server(configWith(rooms, port, tls))
{
    if (auto started = m_server.start(); !started)
        qFatal("%s", qPrintable(started.error().text()));
}

RoomConfig ConsoleServer::chatRoom()
{
    return {.id = u"chat"_s,
            .name = u"Chat"_s,
            .description = u"What people say."_s,
            .maxSize = 50,
            .events = {defineEvent(u"message"_s, Schema::object({{"text", Schema::string().min(1)}}))},
            .defaultSubscriptions = {u"message"_s}};
}

QUrl ConsoleServer::url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(port())); }

ClientConfig ConsoleServer::as(const QString &role, const QUrl &url)
{
    return {.url = url,
            .auth = QJsonObject{{u"account"_s, role}, {u"password"_s, QString::fromLatin1(Password)}},
            .reconnectionDelay = 20ms,
            .reconnectionDelayMax = 50ms};
}

} // namespace dialogue::test
