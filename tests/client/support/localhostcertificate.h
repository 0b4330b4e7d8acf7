#pragma once

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

namespace dialogue::test {

/** The content of a file in SUPPORT_DIR, which the test is told. */
inline QByteArray supportFile(const QString &name)
{
    QFile file(QStringLiteral(SUPPORT_DIR "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

/** Of localhost, that nobody vouches for. */
inline QSslCertificate localhostCertificate()
{
    return QSslCertificate(supportFile(QStringLiteral("localhost-cert.pem")));
}
inline QSslKey localhostKey() { return QSslKey(supportFile(QStringLiteral("localhost-key.pem")), QSsl::Ec); }

} // namespace dialogue::test
