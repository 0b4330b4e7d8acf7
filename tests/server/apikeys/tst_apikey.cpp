#include "server/apikeys/apikey.h"

#include "testclasses.h"

#include <QCryptographicHash>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::apikeys;

class TestApiKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeOfItsIdAndASecret()
    {
        QSet<QByteArray> texts;
        for (int i = 0; i < 100; ++i) {
            const QByteArray text = newKeyText(u"billing-2"_s);
            QVERIFY(text.startsWith("dlg_billing-2_"));
            QCOMPARE(text.size(), 14 + 43);
            const auto key = ApiKey::parse(text);
            QVERIFY(key);
            QCOMPARE(key->id, u"billing-2"_s);
            QCOMPARE(key->hash, QCryptographicHash::hash(text, QCryptographicHash::Sha256));
            texts.insert(text);
        }
        QCOMPARE(texts.size(), 100);
    }

    void isTakenInOneFormAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray secret(43, 'A');
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("the mark") << QByteArray("dlg_");
        QTest::newRow("no secret") << QByteArray("dlg_billing");
        QTest::newRow("an empty secret") << QByteArray("dlg_billing_");
        QTest::newRow("no id") << "dlg__" + secret;
        QTest::newRow("another mark") << "DLG_billing_" + secret;
        QTest::newRow("an id in capitals") << "dlg_Billing_" + secret;
        QTest::newRow("an id with a dot") << "dlg_bill.ing_" + secret;
        QTest::newRow("an id with a NUL") << QByteArray("dlg_bil\0ing_", 12) + secret;
        QTest::newRow("an id that is too long") << "dlg_" + QByteArray(33, 'a') + '_' + secret;
        QTest::newRow("a secret that is too short") << "dlg_billing_" + secret.chopped(1);
        QTest::newRow("a secret that is too long") << "dlg_billing_" + secret + 'A';
        QTest::newRow("padding") << "dlg_billing_" + secret.chopped(1) + '=';
        QTest::newRow("a blank behind it") << "dlg_billing_" + secret.chopped(1) + ' ';
        QTest::newRow("base64 that is not for URLs") << "dlg_billing_" + secret.chopped(1) + '+';
        QTest::newRow("endless") << "dlg_" + QByteArray(1'000'000, 'a');
    }
    void isTakenInOneFormAlone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!ApiKey::parse(text));
    }

    void isKnownByItsHash()
    {
        const QByteArray hash = ApiKey::parse(newKeyText(u"a"_s))->hash;
        QByteArray other = hash;
        other.back() = char(other.back() ^ 1);
        QVERIFY(isSameHash(hash, QByteArray(hash.constData(), hash.size())));
        QVERIFY(!isSameHash(hash, other));
        QVERIFY(!isSameHash(hash, hash.chopped(1)));
        QVERIFY(!isSameHash(hash, {}));
    }
};

DIALOGUE_TEST(TestApiKey, QCoreApplication)
#include "tst_apikey.moc"
