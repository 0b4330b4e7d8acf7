#include "server/store/attachments.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestAttachments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeBackAsTheyWere_data()
    {
        QTest::addColumn<QList<QByteArray>>("attachments");
        QTest::newRow("none") << QList<QByteArray>();
        QTest::newRow("one") << QList<QByteArray>{"abc"};
        QTest::newRow("an empty one among others") << QList<QByteArray>{"abc", "", "d"};
        QTest::newRow("only an empty one") << QList<QByteArray>{""};
        QTest::newRow("any bytes") << QList<QByteArray>{QByteArray(300, '\0'), QByteArray("\xff\0\x01", 3)};
    }
    void comeBackAsTheyWere()
    {
        QFETCH(QList<QByteArray>, attachments);
        const auto back = store::unpackAttachments(store::packAttachments(attachments));
        QVERIFY2(back, "it was packed by us");
        QCOMPARE(*back, attachments);
    }

    void areRefusedWhereBytesAreMissing_data()
    {
        QTest::addColumn<QByteArray>("packed");
        QTest::addColumn<QString>("message");
        QTest::newRow("in the length")
            << QByteArray("\0\0\0", 3) << u"An attachment ends within its length"_s;
        QTest::newRow("in the bytes")
            << QByteArray("\0\0\0\5abc", 7) << u"An attachment of 5 bytes ends after 3"_s;
        QTest::newRow("a length beyond all")
            << QByteArray("\xff\xff\xff\xff", 4) << u"An attachment of 4294967295 bytes ends after 0"_s;
    }
    void areRefusedWhereBytesAreMissing()
    {
        QFETCH(QByteArray, packed);
        const auto back = store::unpackAttachments(packed);
        QVERIFY(!back);
        QTEST(back.error().message, "message");
    }
};

DIALOGUE_TEST(TestAttachments, QCoreApplication)
#include "tst_attachments.moc"
