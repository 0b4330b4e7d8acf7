#include "server/types/names.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::types;

/** Names made of the ids of rooms and events. */
class TestIdentifiers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areWordsPutTogether_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pascal");
        QTest::addColumn<QString>("camel");
        QTest::newRow("one word") << u"chat"_s << u"Chat"_s << u"chat"_s;
        QTest::newRow("several") << u"chat-room.one two_three"_s << u"ChatRoomOneTwoThree"_s
                                 << u"chatRoomOneTwoThree"_s;
        QTest::newRow("capitals stay") << u"fooBar BAZ"_s << u"FooBarBAZ"_s << u"fooBarBAZ"_s;
        QTest::newRow("a digit ends a word") << u"a1b"_s << u"A1B"_s << u"a1B"_s;
        QTest::newRow("others are left out") << u"gr\u00fc\u00df */ \u65e5"_s << u"Gr"_s << u"gr"_s;
        QTest::newRow("nothing of it") << u"*"_s << QString() << QString();
    }
    void areWordsPutTogether()
    {
        QFETCH(QString, text);
        QTEST(pascalCase(text), "pascal");
        QTEST(camelCase(text), "camel");
    }

    void areThereOnce()
    {
        Names names({u"Rooms"_s});
        QCOMPARE(names.unique(u"AB"_s, u"Data"_s), u"AB"_s);
        QCOMPARE(names.unique(u"AB"_s, u"Data"_s), u"AB2"_s);
        QCOMPARE(names.unique(u"AB2"_s, u"Data"_s), u"AB22"_s);
        QCOMPARE(names.unique(u"AB"_s, u"Data"_s), u"AB3"_s);
        QCOMPARE(names.unique(u"Rooms"_s, u"Data"_s), u"Rooms2"_s);
    }

    void beginWithALetter()
    {
        Names names;
        QCOMPARE(names.unique(u"1st"_s, u"Data"_s), u"Data1st"_s);
        QCOMPARE(names.unique(QString(), u"Data"_s), u"Data"_s);
        QCOMPARE(names.unique(QString(), u"Data"_s), u"Data2"_s);
    }
};

DIALOGUE_TEST(TestIdentifiers, QCoreApplication)
#include "tst_identifiers.moc"
