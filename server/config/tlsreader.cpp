#include "server/config/tlsreader.h"

#include "server/config/itemsreader.h"
#include "server/config/tlsfields.h"
#include "server/tcp/listenhosts.h"
#include "server/tls/tlscontext.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

using Clock = std::chrono::system_clock;

/** An end that is as near as that is told of. */
constexpr std::chrono::hours SoonExpires = std::chrono::hours(14 * 24);

/** Checks one certificate and its key, which stand at \a path. */
class CertificateCheck
{
public:
    CertificateCheck(const Node &root, Issues &issues)
        : m_root(root)
        , m_issues(issues)
    { }

    void check(const TlsCertificateConfig &files, const QString &path)
    {
        const auto validity = tls::checkCertificate({files.certificate, files.key});
        if (!validity) {
            const QString member = path + u'.' + validity.error().path;
            m_issues.error(locate(m_root, member), member, validity.error().message);
            return;
        }
        const QString member = path + u".certificate"_s;
        const auto warn = [&](const QString &what) {
            m_issues.warning(locate(m_root, member), member, files.certificate + u' ' + what);
        };
        const Clock::time_point now = Clock::now();
        if (validity->ends <= now)
            warn(u"has expired (%1): clients will refuse it"_s.arg(dayOf(validity->ends)));
        else if (validity->ends - now < SoonExpires)
            warn(u"expires soon (%1)"_s.arg(dayOf(validity->ends)));
        else if (validity->begins > now)
            warn(u"is not good yet, but from %1 on: clients will refuse it"_s.arg(dayOf(validity->begins)));
    }

private:
    static QString dayOf(Clock::time_point time)
    {
        return QDateTime::fromSecsSinceEpoch(Clock::to_time_t(time), Qt::UTC).toString(Qt::ISODate);
    }

    const Node &m_root;
    Issues &m_issues;
};

} // namespace

QList<TlsCertificateConfig> readTlsCertificates(const Node &node, const QString &path, Issues &issues)
{
    return readItems<TlsCertificateConfig>(
        node, path, tlsCertificateFields(), u"{certificate: other.crt, key: other.key}"_s,
        [](const TlsCertificateConfig &item) {
            return item.certificate.isEmpty() ? u"certificate"_s : item.key.isEmpty() ? u"key"_s : QString();
        },
        issues);
}

QList<CertificateUser> readCertificateUsers(const Node &node, const QString &path, Issues &issues)
{
    return readItems<CertificateUser>(
        node, path, certificateUserFields(), u"{name: bot.example.org, userId: bot}"_s,
        [](const CertificateUser &item) { return item.name.isEmpty() ? u"name"_s : QString(); }, issues);
}

void settleTls(ServerConfig &config, const Node &root, Issues &issues)
{
    TlsConfig &ours = config.tls;
    const auto error = [&](const QString &path, const QString &message) {
        issues.error(locate(root, path), path, message);
    };
    const bool isMeant = root.find(u"tls") && root.find(u"tls")->kind == Node::Kind::Map
        && !root.find(u"tls")->members.empty();
    if (isMeant && !ours.main.key.isEmpty() != ours.isSet())
        return error(u"tls"_s,
                     ours.isSet() ? u"needs `key`, the private key of its certificate"_s
                                  : u"needs `certificate`, that `key` is of"_s);
    if (!ours.isSet() && !(ours.others.isEmpty() && ours.clientCa.isEmpty()))
        return error(u"tls"_s, u"needs `certificate` and `key`"_s);
    if (config.auth.certificates.isSet() && ours.clientCa.isEmpty())
        error(u"auth.certificates"_s, u"needs tls.clientCa: who signs the certificates of clients"_s);
    if (!config.auth.certificates.isSet() && !config.auth.certificates.users.isEmpty())
        error(u"auth.certificates"_s,
              u"needs `name`: which name of a certificate is meant, such as commonName"_s);
    if (!ours.isSet())
        return;
    if (config.proxyProtocol)
        error(u"proxyProtocol"_s, u"goes with a proxy that speaks TLS itself; leave it or tls out"_s);
    if (config.host.startsWith(UnixPrefix))
        error(u"tls"_s, u"is for addresses of IP, not for a Unix socket (host)"_s);
    const QDir folder = QFileInfo(issues.fileName()).dir();
    const auto settle = [&folder](QString &file) {
        if (!file.isEmpty())
            file = QDir::cleanPath(folder.absoluteFilePath(file));
    };
    for (QString *const file : {&ours.main.certificate, &ours.main.key, &ours.clientCa})
        settle(*file);
    for (TlsCertificateConfig &other : ours.others) {
        settle(other.certificate);
        settle(other.key);
    }
    if (issues.hasErrors())
        return;
    CertificateCheck certificates(root, issues);
    certificates.check(ours.main, u"tls"_s);
    for (qsizetype i = 0; i < ours.others.size(); ++i)
        certificates.check(ours.others[i], u"tls.certificates[%1]"_s.arg(i));
    if (!ours.clientCa.isEmpty()) {
        if (const auto good = tls::checkAuthorities(ours.clientCa); !good)
            error(u"tls.clientCa"_s, good.error().message);
    }
}

} // namespace dialogue::config
