#include "server/certificates.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

tls::TlsFiles filesOf(const TlsConfig &config)
{
    tls::TlsFiles files{.certificates = {{config.main.certificate, config.main.key}},
                        .clientAuthorities = config.clientCa,
                        .clientsNeedOne = config.requireClientCertificate,
                        .onlyVersion13 = config.onlyVersion13};
    for (const TlsCertificateConfig &other : config.others)
        files.certificates.append({other.certificate, other.key});
    return files;
}

} // namespace

Certificates::Certificates(const TlsConfig &config)
    : m_files(filesOf(config))
    , m_handshakes(std::make_shared<Places>(PlaceLimits{.inAll = config.maxHandshakes,
                                                        .perAddress = config.maxHandshakesPerIp,
                                                        .waiting = config.maxHandshakes,
                                                        .waitingPerAddress = config.maxHandshakesPerIp}))
    , m_watch([this] { readAgain(); })
    , m_read([this](Read &&done) { read(std::move(done)); })
    , m_thread(u"certificates"_s, ServerTransport::Qt)
{ }

Result<tls::TlsContextPtr> Certificates::load(const TlsConfig &config)
{
    Result<tls::TlsContextPtr> context = tls::TlsContext::load(filesOf(config));
    if (!context)
        return Error{ErrorCode::ConfigError, context.error().message, u"tls."_s + context.error().path};
    return context;
}

void Certificates::configure(const TlsConfig &config, tls::TlsContextPtr context)
{
    m_files = filesOf(config);
    ++m_configured;
    use(std::move(context));
}

Result<void> Certificates::start()
{
    Result<tls::TlsContextPtr> context = tls::TlsContext::load(m_files);
    if (!context)
        return Error{ErrorCode::ConfigError, context.error().message, u"tls."_s + context.error().path};
    use(*std::move(context));
    m_thread.start();
    return {};
}

void Certificates::readAgain()
{
    m_thread.post([this, files = m_files, configured = m_configured] {
        m_read.post({configured, tls::TlsContext::load(files)});
    });
}

void Certificates::read(Read &&done)
{
    if (done.configured != m_configured)
        return; // They are those of another configuration.
    Result<tls::TlsContextPtr> &context = done.context;
    if (!context) {
        ++m_counters.kept;
        qCWarning(lcNet).noquote() << "The certificates were read again, and those from before stay:"
                                   << printable(context.error().message);
        return;
    }
    ++m_counters.read;
    qCInfo(lcNet) << "The certificates were read again";
    use(*std::move(context));
}

void Certificates::use(tls::TlsContextPtr context)
{
    if (context->firstEnd() <= std::chrono::system_clock::now())
        qCWarning(lcNet) << "A certificate of tls has expired: clients will refuse it";
    m_watch.watch(m_files.names());
    m_entry = std::make_shared<const tls::TlsEntry>(tls::TlsEntry{std::move(context), m_handshakes});
}

} // namespace dialogue
