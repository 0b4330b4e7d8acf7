// What a file says of TLS.
#include "server/config/tlsfields.h"

#include "server/config/makefield.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::config {

Fields<ServerConfig> tlsFields()
{
    using C = ServerConfig;
    constexpr qint64 Most = std::numeric_limits<int>::max();
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.tls.*member; };
    };
    return {
        text<C>(
            u"tls.certificate"_s,
            u"The server's certificate in PEM, with those between it and its authority behind it. This and all the files here are read again when they change; where the new ones are bad those from before stay."_s,
            [](auto &config) -> auto & { return config.tls.main.certificate; }),
        text<C>(
            u"tls.key"_s, u"Its private key in PEM, without a passphrase."_s,
            [](auto &config) -> auto & { return config.tls.main.key; }),
        choice<C, bool>(u"tls.minVersion"_s, {{u"TLSv1.2"_s, false}, {u"TLSv1.3"_s, true}},
                        u"The oldest version that is spoken."_s, of(&TlsConfig::onlyVersion13)),
        text<C>(
            u"tls.clientCa"_s,
            u"Certificates in PEM of who signs those of clients. Left out: clients are not asked for one."_s,
            of(&TlsConfig::clientCa)),
        choice<C, bool>(
            u"tls.clientCertificates"_s, {{u"required"_s, true}, {u"optional"_s, false}},
            u"Whether clients have to have one, where clientCa is set. One that clientCa has not signed is refused in any case."_s,
            of(&TlsConfig::requireClientCertificate)),
        number<C>(
            u"tls.maxHandshakes"_s, 1, Most,
            u"Handshakes that are being made at a time; a newcomer beyond that takes the place of the one that has waited longest, if that was more than a second; else it is closed."_s,
            of(&TlsConfig::maxHandshakes)),
        number<C>(u"tls.maxHandshakesPerIp"_s, 1, Most, u"The same from one address."_s,
                  of(&TlsConfig::maxHandshakesPerIp)),
    };
}

Fields<TlsCertificateConfig> tlsCertificateFields()
{
    using T = TlsCertificateConfig;
    return {
        text<T>(
            u"certificate"_s, u"As tls.certificate; its names are those it is shown for."_s,
            [](auto &owner) -> auto & { return owner.certificate; }),
        text<T>(
            u"key"_s, u"As tls.key."_s, [](auto &owner) -> auto & { return owner.key; }),
    };
}

QString tlsCertificatesDoc()
{
    return u"Further certificates, for clients that ask for a name that stands in one of them (SNI)."_s;
}

Fields<ServerConfig> certificateFields()
{
    using C = ServerConfig;
    return {
        choice<C, CertificateName>(
            u"auth.certificates.name"_s,
            {{u"commonName"_s, CertificateName::CommonName},
             {u"dns"_s, CertificateName::Dns},
             {u"email"_s, CertificateName::Email},
             {u"uri"_s, CertificateName::Uri}},
            u"Which name of a client's certificate says who it is: that of its subject, or one of its other names (subjectAltName). Left out: none does."_s,
            [](auto &config) -> auto & { return config.auth.certificates.name; }),
    };
}

Fields<CertificateUser> certificateUserFields()
{
    using U = CertificateUser;
    return {
        text<U>(
            u"name"_s, u"The name in the certificate."_s, [](auto &owner) -> auto & { return owner.name; },
            u"."_s, u"a name"_s),
        text<U>(
            u"userId"_s, u"The user id; left out: the name."_s,
            [](auto &owner) -> auto & { return owner.userId; }),
        textList<U>(
            u"roles"_s, u"The user's roles."_s, [](auto &owner) -> auto & { return owner.roles; }, u"."_s,
            u"the name of a role"_s),
    };
}

QString certificateUsersDoc()
{
    return u"Who comes in, by the names in their certificates. Left out: whoever has one of tls.clientCa, by "
           u"its "
           "name and without roles."_s;
}

} // namespace dialogue::config
