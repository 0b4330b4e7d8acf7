#include "server/tls/certificatenames.h"
#include "core/base/foreigntext.h"
#include "server/tls/opensslpointer.h"
#include "tests/fuzz/require.h"

using namespace dialogue;

namespace {

struct FreeName
{
    void operator()(X509_NAME *name) const { X509_NAME_free(name); }
};

void requireGood(const PeerCertificate &certificate)
{
    QStringList all;
    for (const QStringList &some : {certificate.commonNames, certificate.organizationalUnits,
                                    certificate.dnsNames, certificate.emails, certificate.uris})
        all += some;
    fuzz::require(certificate.fault.isEmpty() || all.isEmpty());
    fuzz::require(all.size() <= 100);
    for (const QString &name : all) {
        fuzz::require(!name.isEmpty() && name.toUtf8().size() <= 256 && name.isValidUtf16());
        fuzz::require(faultOfId(name).isEmpty() && !name.contains(QChar(0)));
    }
}

tls::X509Ptr certificateOf(QByteArrayView der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.data());
    return tls::X509Ptr(d2i_X509(nullptr, &at, long(der.size())));
}

/** A certificate that has \a subject and, as they stand, \a others for the octets of its subjectAltName. */
tls::X509Ptr certificateWith(QByteArrayView subject, QByteArrayView others)
{
    tls::X509Ptr certificate(X509_new());
    const auto *at = reinterpret_cast<const unsigned char *>(subject.data());
    const std::unique_ptr<X509_NAME, FreeName> name(d2i_X509_NAME(nullptr, &at, long(subject.size())));
    if (name)
        X509_set_subject_name(certificate.get(), name.get());
    ASN1_OCTET_STRING *const octets = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(octets, reinterpret_cast<const unsigned char *>(others.data()), int(others.size()));
    X509_EXTENSION *const extension = X509_EXTENSION_create_by_NID(nullptr, NID_subject_alt_name, 0, octets);
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
    ASN1_OCTET_STRING_free(octets);
    return certificate;
}

} // namespace

/** The input is a certificate in DER; and, so that names are met without one around them, two parts of which
 * the first byte says how long the first is: a subject, and the octets of subjectAltName. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzz::view(data, size);
    if (const auto whole = certificateOf(input))
        requireGood(*tls::namesIn(whole.get()));
    if (input.isEmpty())
        return 0;
    const qsizetype split = std::min<qsizetype>(quint8(input.front()), input.size() - 1);
    requireGood(*tls::namesIn(certificateWith(input.sliced(1, split), input.sliced(1 + split)).get()));
    return 0;
}
