#pragma once

#include "core/base/seldomofkind.h"
#include "server/auth/authenticator.h"
#include "server/auth/certificateusecounters.h"
#include "server/config/serverconfig.h"

namespace dialogue {

/** Lets in who has shown a certificate that an authority of the configuration has signed, by a name in it. */
class CertificateAuthenticator final : public Authenticator
{
public:
    CertificateAuthenticator(const CertificatesConfig &config, int userIdLength);

    std::optional<QFuture<Result<Identity>>> authenticate(const ConnectRequest &request,
                                                          const std::stop_token &stop) override;
    [[nodiscard]] const CertificateUseCounters &counters() const { return m_counters; }

private:
    [[nodiscard]] Result<Identity> identityOf(const PeerCertificate &certificate) const;
    [[nodiscard]] Result<Identity> told(Result<Identity> &&outcome, const QHostAddress &address);

    const CertificatesConfig m_config;
    const int m_userIdLength;
    CertificateUseCounters m_counters;
    SeldomOfKind<ErrorCode> m_refusals;
};

} // namespace dialogue
