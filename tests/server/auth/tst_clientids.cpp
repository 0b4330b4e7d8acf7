#include "server/auth/clientids.h"
#include "testclasses.h"

#include <QSet>
#include <QTest>

using namespace dialogue;

class TestClientIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsOwnAgain()
    {
        const ClientIds ids;
        QSet<QByteArray> seen;
        for (int i = 0; i < 100; ++i) {
            const QByteArray id = ids.next();
            QCOMPARE(id.size(), 20);
            QVERIFY(ids.isOurs(QString::fromLatin1(id)));
            seen.insert(id);
        }
        QCOMPARE(seen.size(), 100);
    }

    void makesNoneThatACommandLineTakesForAnOption()
    {
        const ClientIds ids;
        for (int i = 0; i < 2000; ++i)
            QVERIFY(!ids.next().startsWith('-'));
    }

    void knowsNoOther()
    {
        const ClientIds ids;
        const QString id = QString::fromLatin1(ids.next());
        for (qsizetype i = 0; i < id.size(); ++i) {
            QString other = id;
            other[i] = other[i] == u'A' ? u'B' : u'A';
            QVERIFY2(!ids.isOurs(other), qPrintable(other));
        }
        QVERIFY(!ids.isOurs(id + u'A'));
        QVERIFY(!ids.isOurs(id.first(19)));
        QVERIFY(!ids.isOurs(id.first(19) + u'='));
        QVERIFY(!ids.isOurs(QString()));
        QVERIFY(!ids.isOurs(QString(20, u'\u00e9')));
        QVERIFY(!ids.isOurs(QString::fromLatin1(ClientIds().next())));
    }
};

DIALOGUE_TEST(TestClientIds, NoApplication)
#include "tst_clientids.moc"
