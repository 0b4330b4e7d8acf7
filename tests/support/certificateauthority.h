#pragma once

#include <QFile>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace dialogue::test {

/** An authority for one test, made by the openssl of the command line, and what it signs. */
class CertificateAuthority
{
public:
    struct Signed
    {
        QString certificate; ///< The files.
        QString key;
    };

    explicit CertificateAuthority(const QString &name = QStringLiteral("Test"))
    {
        run({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
             QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
             QStringLiteral("-days"), QStringLiteral("30"), QStringLiteral("-keyout"),
             path(QStringLiteral("ca.key")), QStringLiteral("-out"), certificate(), QStringLiteral("-subj"),
             QStringLiteral("/CN=") + name});
    }

    [[nodiscard]] QString certificate() const { return path(QStringLiteral("ca.crt")); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /** For the subject "/CN=ann" and other names such as "DNS:localhost,IP:127.0.0.1"; in the files \a name
     * .crt and .key. */
    Signed sign(const QString &name, const QString &subject, const QString &otherNames, int days = 30) const
    {
        const Signed made{path(name + QStringLiteral(".crt")), path(name + QStringLiteral(".key"))};
        const QString request = path(name + QStringLiteral(".csr"));
        run({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-newkey"), QStringLiteral("ec"),
             QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
             QStringLiteral("-keyout"), made.key, QStringLiteral("-out"), request, QStringLiteral("-subj"),
             subject});
        QFile extensions(path(name + QStringLiteral(".ext")));
        if (!extensions.open(QIODevice::WriteOnly))
            qFatal("Cannot write %s", qPrintable(extensions.fileName()));
        extensions.write(otherNames.isEmpty() ? QByteArray("basicConstraints=CA:FALSE\n")
                                              : "subjectAltName=" + otherNames.toUtf8() + '\n');
        extensions.close();
        run({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), request,
             QStringLiteral("-CA"), certificate(), QStringLiteral("-CAkey"), path(QStringLiteral("ca.key")),
             QStringLiteral("-CAcreateserial"), QStringLiteral("-days"), QString::number(days),
             QStringLiteral("-extfile"), extensions.fileName(), QStringLiteral("-out"), made.certificate});
        return made;
    }
    /** "localhost" and 127.0.0.1. */
    Signed signLocalhost(const QString &name = QStringLiteral("server"), int days = 30) const
    {
        return sign(name, QStringLiteral("/CN=localhost"), QStringLiteral("DNS:localhost,IP:127.0.0.1"),
                    days);
    }

    /** What the command says on both of its outputs; it is to end well. */
    static QByteArray run(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("openssl"), arguments);
        process.closeWriteChannel();
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("openssl %s: %s", qPrintable(arguments.join(u' ')), process.readAll().constData());
        return process.readAll();
    }

private:
    QTemporaryDir m_folder;
};

} // namespace dialogue::test
