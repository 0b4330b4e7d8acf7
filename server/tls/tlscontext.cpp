#include "server/tls/tlscontext.h"

#include "server/tls/certificatenames.h"
#include "server/tls/tlsfault.h"

#include <QFile>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::tls {

namespace {

constexpr qint64 LargestFile = 1024 * 1024; // bytes
constexpr long LargestClientChain = 32 * 1024; // bytes
constexpr std::array<unsigned char, 9> Http11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr auto SessionContext = "dialogue";
/** With forward secrecy, and authenticated; of TLS 1.3 all are. */
constexpr auto Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

Error bad(const QString &path, const QString &message) { return {ErrorCode::ConfigError, message, path}; }

/** A key with a passphrase asks for it here, and not at the terminal. */
int noPassphrase(char *, int, int, void *) { return -1; }

/** It is there, and a file of a size to be read. */
Result<void> checkReadable(const QString &path, const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return bad(path, u"%1 cannot be read: %2"_s.arg(fileName, file.errorString()));
    if (file.size() > LargestFile)
        return bad(path, u"%1 is larger than %2 bytes"_s.arg(fileName).arg(LargestFile));
    return {};
}

/** Says http/1.1 to who offers it; with who speaks something else alone there is nothing to talk about. */
int chooseProtocol(SSL *, const unsigned char **out, unsigned char *size, const unsigned char *in,
                   unsigned inSize, void *)
{
    unsigned char *chosen = nullptr;
    if (SSL_select_next_proto(&chosen, size, Http11.data(), Http11.size(), in, inSize)
        != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

Result<void> useCertificate(SSL_CTX *context, const CertificateFiles &files)
{
    if (auto readable = checkReadable(u"certificate"_s, files.certificate); !readable)
        return readable;
    if (auto readable = checkReadable(u"key"_s, files.key); !readable)
        return readable;
    SSL_CTX_set_default_passwd_cb(context, noPassphrase);
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate.toLocal8Bit().constData()) != 1)
        return bad(u"certificate"_s,
                   u"%1 is no certificate in PEM that can be used: %2"_s.arg(files.certificate, takeFault()));
    // It compares the two by itself; what does not fit is told as that.
    if (SSL_CTX_use_PrivateKey_file(context, files.key.toLocal8Bit().constData(), SSL_FILETYPE_PEM) != 1) {
        const QString fault = takeFault();
        if (fault.contains("mismatch"_L1))
            return bad(u"key"_s, u"%1 is not the key of %2"_s.arg(files.key, files.certificate));
        return bad(u"key"_s,
                   u"%1 is no private key in PEM, without a passphrase, that can be used: %2"_s.arg(files.key,
                                                                                                    fault));
    }
    if (SSL_CTX_check_private_key(context) != 1) {
        (void)takeFault();
        return bad(u"key"_s, u"%1 is not the key of %2"_s.arg(files.key, files.certificate));
    }
    return {};
}

Result<void> useAuthorities(SSL_CTX *context, const QString &fileName)
{
    if (auto readable = checkReadable(u"clientCa"_s, fileName); !readable)
        return readable;
    const QByteArray name = fileName.toLocal8Bit();
    STACK_OF(X509_NAME) *const names = SSL_load_client_CA_file(name.constData());
    if (!names || SSL_CTX_load_verify_file(context, name.constData()) != 1) {
        sk_X509_NAME_pop_free(names, X509_NAME_free);
        return bad(u"clientCa"_s, u"%1 has no certificates in PEM: %2"_s.arg(fileName, takeFault()));
    }
    SSL_CTX_set_client_CA_list(context, names); // It owns them now.
    return {};
}

SslContextPtr emptyContext() { return SslContextPtr(SSL_CTX_new(TLS_server_method())); }

Validity validityOf(SSL_CTX *context)
{
    const X509 *const certificate = SSL_CTX_get0_certificate(context);
    return {timeOf(X509_get0_notBefore(certificate)), timeOf(X509_get0_notAfter(certificate))};
}

void setRules(SSL_CTX *context, const TlsFiles &files)
{
    SSL_CTX_set_min_proto_version(context, files.onlyVersion13 ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, Ciphers);
    SSL_CTX_set_options(context,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
    // An idle connection keeps no buffers; what comes is taken from the kernel by the piece.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_max_cert_list(context, LargestClientChain);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // A client comes back once at a time; a second ticket is made at the cost of a tenth of the handshake.
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    if (files.clientAuthorities.isEmpty())
        return;
    SSL_CTX_set_verify(
        context, SSL_VERIFY_PEER | (files.clientsNeedOne ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
    // Each connection shows its certificate: no ticket stands for one that is not good any more.
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char *>(SessionContext),
                                   unsigned(qstrlen(SessionContext)));
}

} // namespace

QStringList TlsFiles::names() const
{
    QStringList names;
    for (const CertificateFiles &each : certificates)
        names << each.certificate << each.key;
    if (!clientAuthorities.isEmpty())
        names << clientAuthorities;
    names.removeDuplicates();
    return names;
}

Result<Validity> checkCertificate(const CertificateFiles &files)
{
    const SslContextPtr context = emptyContext();
    if (const auto used = useCertificate(context.get(), files); !used)
        return used.error();
    return validityOf(context.get());
}

Result<void> checkAuthorities(const QString &fileName)
{
    const SslContextPtr context = emptyContext();
    return useAuthorities(context.get(), fileName);
}

Result<TlsContextPtr> TlsContext::load(const TlsFiles &files)
{
    const std::shared_ptr<TlsContext> all(new TlsContext);
    for (const CertificateFiles &each : files.certificates) {
        if (const auto added = all->add(files, each); !added)
            return added.error();
    }
    SSL_CTX *const first = all->m_contexts.front().get();
    SSL_CTX_set_tlsext_servername_callback(first, &TlsContext::choose);
    SSL_CTX_set_tlsext_servername_arg(first, all.get());
    return TlsContextPtr(all);
}

Result<void> TlsContext::add(const TlsFiles &files, const CertificateFiles &certificate)
{
    SslContextPtr context = emptyContext();
    setRules(context.get(), files);
    if (auto used = useCertificate(context.get(), certificate); !used)
        return used;
    if (!files.clientAuthorities.isEmpty()) {
        if (auto used = useAuthorities(context.get(), files.clientAuthorities); !used)
            return used;
    }
    m_firstEnd = std::min(m_firstEnd, validityOf(context.get()).ends);
    m_contexts.push_back(std::move(context));
    return {};
}

SslPtr TlsContext::newConnection() const
{
    SslPtr ssl(SSL_new(m_contexts.front().get()));
    if (ssl)
        SSL_set_accept_state(ssl.get());
    return ssl;
}

bool TlsContext::isFor(std::size_t index, const QByteArray &name) const
{
    X509 *const certificate = SSL_CTX_get0_certificate(m_contexts[index].get());
    return X509_check_host(certificate, name.constData(), std::size_t(name.size()),
                           X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr)
        == 1;
}

int TlsContext::choose(SSL *ssl, int *, void *self)
{
    const auto *const all = static_cast<const TlsContext *>(self);
    const char *const asked = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!asked)
        return SSL_TLSEXT_ERR_NOACK;
    const QByteArray name(asked);
    for (std::size_t i = 0; i < all->m_contexts.size(); ++i) {
        if (all->isFor(i, name)) {
            SSL_set_SSL_CTX(ssl, all->m_contexts[i].get());
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_NOACK; // The first.
}

} // namespace dialogue::tls
