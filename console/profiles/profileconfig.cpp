// From a profile to a connection: files are read here.
#include "console/profiles/profile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr qint64 LargestFile = 1024LL * 1024;
constexpr qint64 LongestToken = 4096;

Error unreadable(const QString &fileName, const QString &why)
{
    return {.code = ErrorCode::IoError, .message = u"%1: %2"_s.arg(fileName, why)};
}

Result<QByteArray> contentOf(const QString &fileName, qint64 most)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(fileName, file.errorString());
    QByteArray content = file.read(most + 1);
    if (content.size() > most)
        return unreadable(fileName, u"is larger than %1 bytes"_s.arg(most));
    return content;
}

Result<QSslKey> keyIn(const QString &fileName)
{
    const Result<QByteArray> content = contentOf(fileName, LargestFile);
    if (!content)
        return content.error();
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        const QSslKey key(*content, algorithm);
        if (!key.isNull())
            return key;
    }
    return unreadable(fileName, u"has no private key in PEM without a passphrase"_s);
}

Result<void> addTls(const Profile &profile, ClientConfig &config)
{
    if (!profile.caFile.isEmpty()) {
        const Result<QByteArray> content = contentOf(profile.caFile, LargestFile);
        if (!content)
            return content.error();
        const QList<QSslCertificate> authorities = QSslCertificate::fromData(*content);
        if (authorities.isEmpty())
            return unreadable(profile.caFile, u"has no certificate in PEM"_s);
        config.ssl.setCaCertificates(authorities);
    }
    if (!profile.certificateFile.isEmpty()) {
        const Result<QByteArray> content = contentOf(profile.certificateFile, LargestFile);
        if (!content)
            return content.error();
        const QList<QSslCertificate> chain = QSslCertificate::fromData(*content);
        if (chain.isEmpty())
            return unreadable(profile.certificateFile, u"has no certificate in PEM"_s);
        const Result<QSslKey> key = keyIn(profile.keyFile);
        if (!key)
            return key.error();
        config.ssl.setLocalCertificateChain(chain);
        config.ssl.setPrivateKey(*key);
    }
    return {};
}

/** Who has a pin knows the certificate, whoever has signed it and whatever name it bears. */
std::function<bool(const QList<QSslError> &)> pinOf(const QString &fingerprint)
{
    return [wanted = plainFingerprint(fingerprint)](const QList<QSslError> &errors) {
        return std::all_of(errors.begin(), errors.end(), [&](const QSslError &each) {
            const QByteArray digest = each.certificate().digest(QCryptographicHash::Sha256);
            return QString::fromLatin1(digest.toHex()) == wanted;
        });
    };
}

QNetworkProxy proxyOf(const QUrl &url)
{
    const bool isSocks = url.scheme() == u"socks5";
    return {isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
            quint16(url.port(isSocks ? 1080 : 3128)), url.userName(), url.password()};
}

} // namespace

Result<ClientConfig> clientConfigOf(const Profile &profile, const QString &password)
{
    if (auto good = profile.check(); !good)
        return good.error();
    ClientConfig config{.url = profile.url};
    if (profile.isByToken()) {
        const Result<QByteArray> token = contentOf(profile.tokenFile, LongestToken);
        if (!token)
            return token.error();
        config.auth = QJsonObject{{u"token"_s, QString::fromUtf8(token->trimmed())}};
    } else {
        config.auth = QJsonObject{{u"account"_s, profile.account}, {u"password"_s, password}};
    }
    if (auto added = addTls(profile, config); !added)
        return added.error();
    if (!profile.fingerprint.isEmpty()) {
        config.ssl.setCaCertificates({}); // Nobody else's word counts: the pin is asked about every one.
        config.trustCertificate = pinOf(profile.fingerprint);
    }
    if (!profile.proxy.isEmpty())
        config.proxy = proxyOf(profile.proxy);
    return config;
}

} // namespace dialogue::console
