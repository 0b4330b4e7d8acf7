#include "server/admin/passwordhash.h"
#include "server/admin/passwordtool.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** Passwords as they stand in a configuration. */
class TestPasswordHash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isScryptAsTheRfcHasIt()
    {
        // RFC 7914, section 12: "pleaseletmein", "SodiumChloride", N 16384, r 8, p 1.
        const QByteArray key
            = QByteArray::fromHex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                                  "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
        const QByteArray text = "$scrypt$ln=14,r=8,p=1$"
            + QByteArray("SodiumChloride").toBase64(QByteArray::OmitTrailingEquals) + '$'
            + key.toBase64(QByteArray::OmitTrailingEquals);
        const auto hash = PasswordHash::parse(text);
        QVERIFY2(hash, qPrintable(hash ? QString() : hash.error().text()));
        QVERIFY(hash->matches("pleaseletmein"));
        QVERIFY(!hash->matches("pleaseletmeiN"));
        QVERIFY(!hash->matches(""));
        QCOMPARE(hash->text(), text);
    }

    void twoOfOnePasswordDifferAndBothMatch()
    {
        const auto first = hashOfPassword("a long one");
        const auto second = hashOfPassword("a long one");
        QVERIFY(first && second);
        QVERIFY(*first != *second);
        QVERIFY(PasswordHash::parse(*first)->matches("a long one"));
        QVERIFY(PasswordHash::parse(*second)->matches("a long one"));
    }

    void aPasswordHasALength()
    {
        QCOMPARE(hashOfPassword("7 bytes").error().code, ErrorCode::InvalidRequest);
        QCOMPARE(hashOfPassword(QByteArray(1025, 'x')).error().code, ErrorCode::InvalidRequest);
        QVERIFY(hashOfPassword("8 bytes."));
    }

    void whatIsNoHashIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray good = "$scrypt$ln=10,r=8,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OWFiY2RlZg";
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("plain") << QByteArray("secret");
        QTest::newRow("another algorithm") << QByteArray(good).replace("scrypt", "argon2");
        QTest::newRow("no cost") << QByteArray(good).replace("ln=10", "ln=0");
        QTest::newRow("much memory") << QByteArray(good).replace("ln=10", "ln=19");
        QTest::newRow("wide") << QByteArray(good).replace("ln=10,r=8", "ln=15,r=999");
        QTest::newRow("for ever") << QByteArray(good).replace("p=1", "p=17");
        QTest::newRow("no base64") << QByteArray(good).replace("c2FsdHNhbHQ", "!!");
        QTest::newRow("cut") << good.left(30);
        QTest::newRow("short hash") << QByteArray("$scrypt$ln=10,r=8,p=1$c2FsdHNhbHQ$MDEy");
        QTest::newRow("more") << good + '$';
        QVERIFY(PasswordHash::parse(good));
    }
    void whatIsNoHashIsRefused()
    {
        QFETCH(QByteArray, text);
        const auto hash = PasswordHash::parse(text);
        QVERIFY(!hash);
        QCOMPARE(hash.error().code, ErrorCode::ConfigError);
        QVERIFY(hash.error().message.contains(u"dialogue-server admin hash"));
        const AdminConfig config{.accounts = {{.name = u"ada"_s, .password = QString::fromLatin1(text)}}};
        QCOMPARE(checkAccounts(config).error().path, u"admin.accounts[0].password"_s);
    }
};

DIALOGUE_TEST(TestPasswordHash, QCoreApplication)
#include "tst_passwordhash.moc"
