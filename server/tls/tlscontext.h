#pragma once

#include "core/base/result.h"
#include "server/tls/opensslpointer.h"
#include "server/tls/tlsentry.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <memory>
#include <vector>

namespace dialogue::tls {

/** A certificate, with those between it and its authority behind it, and its private key; in PEM. */
struct CertificateFiles
{
    QString certificate;
    QString key;

    friend bool operator==(const CertificateFiles &, const CertificateFiles &) = default;
};

/** What a server shows, and whom it lets in. */
struct TlsFiles
{
    /** By the names in them, for who asks for one (SNI); the first for who asks for none of these. */
    QList<CertificateFiles> certificates;
    QString clientAuthorities = {}; ///< Who signs the certificates of clients; empty: none is asked for.
    bool clientsNeedOne = true; ///< Where there is that.
    bool onlyVersion13 = false;

    [[nodiscard]] QStringList names() const; ///< Of all those files.
};

/** How long a certificate is good. */
struct Validity
{
    std::chrono::system_clock::time_point begins;
    std::chrono::system_clock::time_point ends;
};

/** Whether \a files can be used, and how long. ConfigError, whose path is "certificate" or "key". */
[[nodiscard]] Result<Validity> checkCertificate(const CertificateFiles &files);
/** The same of a file of authorities. */
[[nodiscard]] Result<void> checkAuthorities(const QString &fileName);

/**
 * What handshakes are made with. Never changed once it is made: one with other certificates takes its place,
 * while connections go on with theirs. Any thread.
 */
class TlsContext
{
public:
    /** ConfigError, with the file. */
    [[nodiscard]] static Result<TlsContextPtr> load(const TlsFiles &files);

    /** Of a server's end; null where there is no memory. */
    [[nodiscard]] SslPtr newConnection() const;
    /** Whether \a name is one of those that certificate number \a index is for. */
    [[nodiscard]] bool isFor(std::size_t index, const QByteArray &name) const;
    [[nodiscard]] std::chrono::system_clock::time_point firstEnd() const { return m_firstEnd; }

private:
    TlsContext() = default;
    Result<void> add(const TlsFiles &files, const CertificateFiles &certificate);
    static int choose(SSL *ssl, int *alert, void *self);

    std::vector<SslContextPtr> m_contexts; ///< One for each certificate.
    std::chrono::system_clock::time_point m_firstEnd = std::chrono::system_clock::time_point::max();
};

} // namespace dialogue::tls
