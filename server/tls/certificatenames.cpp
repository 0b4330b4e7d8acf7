#include "server/tls/certificatenames.h"

#include "core/base/foreigntext.h"
#include "core/base/moment.h"
#include "server/tls/opensslpointer.h"

#include <QDateTime>
#include <QStringDecoder>

#include <array>
#include <ctime>
#include <optional>

#include <openssl/evp.h>

using namespace Qt::StringLiterals;

namespace dialogue::tls {

namespace {

constexpr int MostNames = 100; ///< Of one certificate.
constexpr qsizetype LongestName = 256; ///< Bytes.

/** Collects names, and the first fault. */
class Names
{
public:
    explicit Names(PeerCertificate &certificate)
        : m_certificate(certificate)
    { }

    void add(QStringList &to, const QByteArray &bytes)
    {
        if (++m_count > MostNames)
            return fail(u"it has more than %1 names"_s.arg(MostNames));
        if (bytes.isEmpty() || bytes.size() > LongestName)
            return fail(u"one of its names is empty, or has more than %1 bytes"_s.arg(LongestName));
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder(bytes);
        // A NUL in the middle, and what nobody sees: others end the name there, or read another.
        if (decoder.hasError() || !faultOfId(text).isEmpty())
            return fail(u"one of its names has characters that no name has"_s);
        to.append(text);
    }
    void fail(const QString &why)
    {
        if (m_certificate.fault.isEmpty())
            m_certificate.fault = why;
    }

private:
    PeerCertificate &m_certificate;
    int m_count = 0;
};

/** As UTF-8, whatever it is written in. */
std::optional<QByteArray> utf8Of(const ASN1_STRING *string)
{
    unsigned char *text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, string);
    if (size < 0)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(text), size);
    OPENSSL_free(text);
    return bytes;
}

QByteArray bytesOf(const ASN1_STRING *string)
{
    return {reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)), ASN1_STRING_length(string)};
}

void readSubject(const X509 *x509, PeerCertificate &certificate, Names &names)
{
    const X509_NAME *const subject = X509_get_subject_name(x509);
    for (int i = 0; i < X509_NAME_entry_count(subject); ++i) {
        const X509_NAME_ENTRY *const entry = X509_NAME_get_entry(subject, i);
        const int kind = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
        if (kind != NID_commonName && kind != NID_organizationalUnitName)
            continue;
        const auto text = utf8Of(X509_NAME_ENTRY_get_data(entry));
        if (!text)
            return names.fail(u"one of its names cannot be read"_s);
        names.add(kind == NID_commonName ? certificate.commonNames : certificate.organizationalUnits, *text);
    }
}

void readOtherNames(const X509 *x509, PeerCertificate &certificate, Names &names)
{
    int isCritical = -1;
    const GeneralNamesPtr all(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(x509, NID_subject_alt_name, &isCritical, nullptr)));
    if (!all) {
        if (isCritical != -1) // It is there.
            names.fail(u"its other names cannot be read"_s);
        return;
    }
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
        const GENERAL_NAME *const name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS)
            names.add(certificate.dnsNames, bytesOf(name->d.dNSName));
        else if (name->type == GEN_EMAIL)
            names.add(certificate.emails, bytesOf(name->d.rfc822Name));
        else if (name->type == GEN_URI)
            names.add(certificate.uris, bytesOf(name->d.uniformResourceIdentifier));
    }
}

} // namespace

std::chrono::system_clock::time_point timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    const QDateTime moment(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                           QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
    return momentAt(std::chrono::seconds(moment.toSecsSinceEpoch()));
}

PeerCertificatePtr namesIn(X509 *x509)
{
    auto certificate = std::make_shared<PeerCertificate>();
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (X509_digest(x509, EVP_sha256(), digest.data(), &size) == 1)
        certificate->fingerprint = QByteArray(reinterpret_cast<const char *>(digest.data()), int(size));
    certificate->expiresAt = timeOf(X509_get0_notAfter(x509));
    Names names(*certificate);
    readSubject(x509, *certificate, names);
    readOtherNames(x509, *certificate, names);
    if (!certificate->fault.isEmpty()) {
        *certificate = {.fingerprint = certificate->fingerprint,
                        .expiresAt = certificate->expiresAt,
                        .fault = certificate->fault};
    }
    return certificate;
}

} // namespace dialogue::tls
