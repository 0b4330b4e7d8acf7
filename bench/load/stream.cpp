#include "bench/load/stream.h"

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

namespace dialogue::bench {

namespace {

std::string tlsText()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char *const reason = ERR_reason_error_string(code);
    return reason ? std::string("TLS: ") + reason : std::string("TLS does not work");
}

bool isAddress(const std::string &host)
{
    in6_addr address{};
    return inet_pton(AF_INET, host.c_str(), &address) == 1
        || inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

} // namespace

void FreeTls::operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
void FreeTls::operator()(SSL *session) const { SSL_free(session); }

std::unique_ptr<TlsClient> TlsClient::make(const std::string &authorities, const std::string &host,
                                           std::string &problem)
{
    auto client = std::make_unique<TlsClient>();
    client->m_host = host;
    client->m_context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX *const context = client->m_context.get();
    const bool isTrusting = context
        && (authorities.empty() ? SSL_CTX_set_default_verify_paths(context)
                                : SSL_CTX_load_verify_locations(context, authorities.c_str(), nullptr))
            == 1;
    if (!isTrusting) {
        problem = tlsText();
        return nullptr;
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                         | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1); // A system call for many records.
    // As a browser that has never been there: each connection makes a handshake of its own.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return client;
}

void Stream::start(int socket, const TlsClient *tls)
{
    m_socket = socket;
    m_session.reset();
    if (!tls)
        return;
    m_session.reset(SSL_new(tls->m_context.get()));
    SSL *const session = m_session.get();
    SSL_set_fd(session, socket);
    SSL_set_connect_state(session);
    if (isAddress(tls->m_host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), tls->m_host.c_str());
    } else {
        SSL_set1_host(session, tls->m_host.c_str());
        SSL_set_tlsext_host_name(session, tls->m_host.c_str());
    }
}

Stream::Progress Stream::secure()
{
    if (!m_session)
        return Progress::Done;
    ERR_clear_error();
    const int result = SSL_do_handshake(m_session.get());
    if (result == 1)
        return Progress::Done;
    switch (SSL_get_error(m_session.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return Progress::WantsToRead;
    case SSL_ERROR_WANT_WRITE:
        return Progress::WantsToWrite;
    case SSL_ERROR_SSL: {
        const long verdict = SSL_get_verify_result(m_session.get());
        m_problem = verdict == X509_V_OK
            ? tlsText()
            : std::string("TLS: the server's certificate: ") + X509_verify_cert_error_string(verdict);
        break;
    }
    default:
        m_problem = "TLS: the server has closed the connection";
    }
    return Progress::Failed;
}

ssize_t Stream::outcome(int result)
{
    if (result > 0)
        return result;
    const int error = errno;
    switch (SSL_get_error(m_session.get(), result)) {
    case SSL_ERROR_ZERO_RETURN:
        return 0;
    case SSL_ERROR_WANT_READ: // No renegotiation is allowed: it is what was asked for that waits.
    case SSL_ERROR_WANT_WRITE:
        errno = EAGAIN;
        return -1;
    case SSL_ERROR_SYSCALL:
        errno = error;
        return error == 0 ? 0 : -1;
    default:
        m_problem = tlsText();
        errno = EPROTO;
        return -1;
    }
}

ssize_t Stream::read(char *to, std::size_t size)
{
    if (!m_session)
        return recv(m_socket, to, size, 0);
    ERR_clear_error();
    errno = 0;
    return outcome(SSL_read(m_session.get(), to, static_cast<int>(size)));
}

ssize_t Stream::write(const char *from, std::size_t size)
{
    if (!m_session)
        return send(m_socket, from, size, MSG_NOSIGNAL);
    ERR_clear_error();
    errno = 0;
    return outcome(SSL_write(m_session.get(), from, static_cast<int>(size)));
}

bool Stream::hasMore() const { return m_session && SSL_has_pending(m_session.get()) == 1; }

std::string Stream::problem() const
{
    if (!m_problem.empty())
        return m_problem;
    return std::strerror(errno); // NOLINT(concurrency-mt-unsafe): one thread
}

} // namespace dialogue::bench
