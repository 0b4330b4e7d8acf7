#include "server/outgoing/trust.h"

#include "server/files/smallfile.h"

#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr qint64 LargestFile = qint64(1024) * 1024; // Those of the whole world have less than a quarter.

} // namespace

Result<QSslConfiguration> trustOf(const QString &caFile)
{
    QSslConfiguration trust = QSslConfiguration::defaultConfiguration();
    if (caFile.isEmpty())
        return trust;
    const Result<QByteArray> content = contentOf(caFile, LargestFile);
    if (!content)
        return content.error();
    const QList<QSslCertificate> authorities = QSslCertificate::fromData(*content, QSsl::Pem);
    if (authorities.isEmpty())
        return Error{ErrorCode::ConfigError, caFile + u" has no certificate in PEM"_s};
    trust.setCaCertificates(authorities);
    return trust;
}

} // namespace dialogue
