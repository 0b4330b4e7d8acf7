#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/files/filewatch.h"
#include "server/loop/iothread.h"
#include "server/loop/mailbox.h"
#include "server/tls/certificatecounters.h"
#include "server/tls/tlscontext.h"
#include "server/tls/tlsentry.h"

#include <memory>

namespace dialogue {

/**
 * The certificates that the server shows. Their files are read again when they change, in a thread: who comes
 * then gets the new ones, and who is connected stays.
 */
class Certificates
{
public:
    explicit Certificates(const TlsConfig &config);

    /** What is in the files that \a config names. ConfigError, with the member. */
    [[nodiscard]] static Result<tls::TlsContextPtr> load(const TlsConfig &config);

    /** Reads them, and begins to watch their files. ConfigError. */
    [[nodiscard]] Result<void> start();
    /** Whether or not a file has changed. */
    void readAgain();
    /** From now on those of \a config, of which \a context is what load() has read. */
    void configure(const TlsConfig &config, tls::TlsContextPtr context);
    /** For the connection that is accepted now. */
    [[nodiscard]] tls::TlsEntryPtr entry() const { return m_entry; }
    [[nodiscard]] const CertificateCounters &counters() const { return m_counters; }

private:
    /** From the thread: what was in files, and how often it had been configured when they were asked for. */
    struct Read
    {
        quint64 configured;
        Result<tls::TlsContextPtr> context;
    };

    void read(Read &&done);
    void use(tls::TlsContextPtr context);

    tls::TlsFiles m_files;
    quint64 m_configured = 0;
    const std::shared_ptr<Places> m_handshakes;
    tls::TlsEntryPtr m_entry;
    CertificateCounters m_counters;
    FileWatch m_watch;
    Mailbox<Read> m_read; // What is posted to outlives who posts.
    IoThread m_thread;
};

} // namespace dialogue
