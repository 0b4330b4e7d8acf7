#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <openssl/types.h>
#include <sys/types.h>

/** The bytes of a connection, over TLS or as they are. */
namespace dialogue::bench {

struct FreeTls
{
    void operator()(SSL_CTX *context) const;
    void operator()(SSL *session) const;
};

/** What all connections over TLS share: whom they trust. Freed with the last of them. */
class TlsClient
{
public:
    /**
     * Trusts \a authorities, a file in PEM, alone; or whom the system trusts, if that is empty. \a host is
     * whom the certificate has to be for. Where that does not work \a problem says why, and the context is
     * empty.
     */
    static std::unique_ptr<TlsClient> make(const std::string &authorities, const std::string &host,
                                           std::string &problem);

private:
    friend class Stream;
    std::unique_ptr<SSL_CTX, FreeTls> m_context;
    std::string m_host;
};

/** A TCP socket that does not block, with TLS over it where there is a TlsClient. Does not own the socket. */
class Stream
{
public:
    enum class Progress { Done, WantsToRead, WantsToWrite, Failed };

    /** Over \a socket, which is connected; \a tls lives longer. */
    void start(int socket, const TlsClient *tls);
    /** Makes the TLS connection, in as many calls as it takes; Done at once without TLS. */
    Progress secure();

    /** As recv() and send(): 0 is the end, -1 with errno EAGAIN is later. */
    ssize_t read(char *to, std::size_t size);
    ssize_t write(const char *from, std::size_t size);
    /** There is more that no poll() tells of. */
    [[nodiscard]] bool hasMore() const;

    /** Why the last call failed: a system's error, or TLS'. */
    [[nodiscard]] std::string problem() const;

private:
    ssize_t outcome(int result);

    int m_socket = -1;
    std::unique_ptr<SSL, FreeTls> m_session;
    std::string m_problem;
};

} // namespace dialogue::bench
