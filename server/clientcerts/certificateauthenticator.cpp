#include "server/clientcerts/certificateauthenticator.h"

#include "core/base/answer.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/auth/userid.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

Error notLetIn(const QString &reason) { return {ErrorCode::Unauthorized, reason}; }

const QStringList &namesOf(const PeerCertificate &certificate, CertificateName kind)
{
    switch (kind) {
    case CertificateName::CommonName:
        return certificate.commonNames;
    case CertificateName::Dns:
        return certificate.dnsNames;
    case CertificateName::Email:
        return certificate.emails;
    case CertificateName::Uri:
        break;
    }
    return certificate.uris;
}

} // namespace

CertificateAuthenticator::CertificateAuthenticator(const CertificatesConfig &config, int userIdLength)
    : m_config(config)
    , m_userIdLength(userIdLength)
{ }

std::optional<QFuture<Result<Identity>>> CertificateAuthenticator::authenticate(const ConnectRequest &request,
                                                                                const std::stop_token &)
{
    if (!request.handshake.certificate)
        return {};
    return later::ended<Identity>(
        told(identityOf(*request.handshake.certificate), request.handshake.address));
}

Result<Identity> CertificateAuthenticator::identityOf(const PeerCertificate &certificate) const
{
    if (!certificate.fault.isEmpty())
        return notLetIn(certificate.fault);
    const QStringList &names = namesOf(certificate, *m_config.name);
    if (names.size() != 1)
        return notLetIn(
            u"it has %1 names of the kind that is asked for (auth.certificates.name), not one"_s.arg(
                names.size()));
    CertificateUser user{.name = names.first()};
    if (!m_config.users.isEmpty()) {
        const auto found = std::ranges::find(m_config.users, names.first(), &CertificateUser::name);
        if (found == m_config.users.end())
            return notLetIn(
                u"the name %1 is not one of auth.certificates.users"_s.arg(quoted(names.first().left(64))));
        user = *found;
    }
    if (user.userId.isEmpty())
        user.userId = user.name;
    if (user.userId.size() > m_userIdLength)
        return notLetIn(u"its name has more than %1 characters (limits.userIdLength)"_s.arg(m_userIdLength));
    if (const auto good = checkUserId(user.userId); !good)
        return good.error();
    return Identity{.userId = user.userId,
                    .claims = {{u"certificate"_s, QString::fromLatin1(certificate.fingerprint.toHex())}},
                    .roles = user.roles,
                    .expiresAt = certificate.expiresAt};
}

Result<Identity> CertificateAuthenticator::told(Result<Identity> &&outcome, const QHostAddress &address)
{
    if (outcome) {
        ++m_counters.accepted;
        return std::move(outcome);
    }
    ++m_counters.refused;
    const QString reason = printable(outcome.error().message);
    qCDebug(lcAuth).noquote() << "Refused a certificate from" << address.toString() << "-" << reason;
    if (const int times = m_refusals.count(outcome.error().code)) {
        qCInfo(lcAuth).noquote() << "Refused certificates" << times << "times, such as one from"
                                 << address.toString() << "-" << reason;
    }
    return notLetIn(u"The certificate is not accepted"_s);
}

} // namespace dialogue
