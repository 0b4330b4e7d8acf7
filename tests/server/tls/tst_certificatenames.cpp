#include "server/tls/certificatenames.h"
#include "server/tls/opensslpointer.h"

#include "testclasses.h"

#include <QTest>

#include <openssl/evp.h>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::tls;

namespace {

/** A certificate whose names are put together by the byte; nobody has signed it. */
class Made
{
public:
    Made()
        : m_certificate(X509_new())
    {
        ASN1_TIME_set(X509_getm_notAfter(m_certificate.get()), 1'800'000'000);
    }

    void expireAt(const char *time) { ASN1_TIME_set_string(X509_getm_notAfter(m_certificate.get()), time); }
    void addToSubject(int kind, const QByteArray &text, int type = MBSTRING_UTF8)
    {
        X509_NAME_add_entry_by_NID(X509_get_subject_name(m_certificate.get()), kind, type,
                                   reinterpret_cast<const unsigned char *>(text.constData()),
                                   int(text.size()), -1, 0);
    }
    void addOther(int kind, const QByteArray &text)
    {
        GENERAL_NAME *const name = GENERAL_NAME_new();
        ASN1_IA5STRING *const string = ASN1_IA5STRING_new();
        ASN1_STRING_set(string, text.constData(), int(text.size()));
        GENERAL_NAME_set0_value(name, kind, string);
        sk_GENERAL_NAME_push(m_others.get(), name);
    }
    PeerCertificatePtr read()
    {
        if (sk_GENERAL_NAME_num(m_others.get()) > 0)
            X509_add1_ext_i2d(m_certificate.get(), NID_subject_alt_name, m_others.get(), 0, 0);
        return namesIn(m_certificate.get());
    }

private:
    X509Ptr m_certificate;
    GeneralNamesPtr m_others{GENERAL_NAMES_new()};
};

} // namespace

class TestCertificateNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReadByTheirKinds()
    {
        Made made;
        made.addToSubject(NID_commonName, "Ann \xc3\x84rger");
        made.addToSubject(NID_organizationName, "Example");
        made.addToSubject(NID_organizationalUnitName, "editors");
        made.addToSubject(NID_organizationalUnitName, "members");
        made.addOther(GEN_DNS, "ann.example.org");
        made.addOther(GEN_EMAIL, "ann@example.org");
        made.addOther(GEN_URI, "spiffe://example.org/ann");
        const PeerCertificatePtr names = made.read();
        QCOMPARE(names->fault, QString());
        QCOMPARE(names->commonNames, QStringList{u"Ann Ärger"_s});
        QCOMPARE(names->organizationalUnits, QStringList({u"editors"_s, u"members"_s}));
        QCOMPARE(names->dnsNames, QStringList{u"ann.example.org"_s});
        QCOMPARE(names->emails, QStringList{u"ann@example.org"_s});
        QCOMPARE(names->uris, QStringList{u"spiffe://example.org/ann"_s});
        QCOMPARE(names->expiresAt,
                 std::chrono::system_clock::time_point(std::chrono::seconds(1'800'000'000)));
    }

    void mayHoldForEver()
    {
        Made made;
        made.expireAt("99991231235959Z");
        QVERIFY(made.read()->expiresAt
                > std::chrono::system_clock::now() + std::chrono::hours(24 * 365 * 100));
    }

    void mayHaveExpiredBeforeClocksBegin()
    {
        Made made;
        made.expireAt("00010101000000Z");
        QVERIFY(made.read()->expiresAt < std::chrono::system_clock::now());
    }

    void mayBeMissing()
    {
        Made made;
        const PeerCertificatePtr names = made.read();
        QCOMPARE(names->fault, QString());
        QVERIFY(names->commonNames.isEmpty());
        QVERIFY(names->dnsNames.isEmpty());
    }

    void areNotBelievedWhereOneIsHostile_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("inSubject");
        const auto row = [](const char *what, const QByteArray &name) {
            QTest::addRow("%s, in the subject", what) << name << true;
            QTest::addRow("%s, in another name", what) << name << false;
        };
        row("a NUL", QByteArray("ann\0.evil.example", 17));
        row("a NUL at the end", QByteArray("ann\0", 4));
        row("a line's end", "ann\nadmin");
        row("half a character", "ann\xc3");
        row("another direction", "ann\xe2\x80\xae");
        row("too long", QByteArray(257, 'a'));
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void areNotBelievedWhereOneIsHostile()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, inSubject);
        Made made;
        made.addToSubject(NID_organizationalUnitName, "members");
        made.addOther(GEN_URI, "https://example.org");
        if (inSubject)
            made.addToSubject(NID_commonName, name, V_ASN1_UTF8STRING);
        else
            made.addOther(GEN_DNS, name);
        const PeerCertificatePtr names = made.read();
        QVERIFY(!names->fault.isEmpty());
        QVERIFY(names->commonNames.isEmpty());
        QVERIFY(names->organizationalUnits.isEmpty());
        QVERIFY(names->dnsNames.isEmpty());
        QVERIFY(names->uris.isEmpty());
    }

    void areNotMoreThanAHundred()
    {
        Made made;
        for (int i = 0; i < 101; ++i)
            made.addOther(GEN_DNS, "a" + QByteArray::number(i) + ".example.org");
        QCOMPARE(made.read()->fault, u"it has more than 100 names"_s);
    }
};

DIALOGUE_TEST(TestCertificateNames, QCoreApplication)
#include "tst_certificatenames.moc"
