#include "program.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** examples/two-way as it is: that a wrong field does not compile is shown by the tests twoway_*. */
class TestTwoWay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSameStructGoesBothWays()
    {
        Program server(QStringLiteral(TWO_WAY_SERVER), {u"0"_s});
        const QUrl url = server.waitForUrl();
        QVERIFY2(url.isValid(), server.said().constData());

        Program client(QStringLiteral(TWO_WAY_CLIENT), {u"10"_s, url.toString()});
        QVERIFY2(client.waitFor("house bids 11\n"), client.said().constData());
        QCOMPARE(client.said(), QByteArray("you bids 10\nhouse bids 11\n"));
    }

    void aBidOfNothingIsRefused()
    {
        Program server(QStringLiteral(TWO_WAY_SERVER), {u"0"_s});
        const QUrl url = server.waitForUrl();
        QVERIFY2(url.isValid(), server.said().constData());

        Program client(QStringLiteral(TWO_WAY_CLIENT), {u"0"_s, url.toString()});
        QVERIFY2(client.waitFor("data.amount: "), client.said().constData());
    }
};

DIALOGUE_TEST(TestTwoWay, QCoreApplication)
#include "tst_twoway.moc"
