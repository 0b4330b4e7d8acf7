#include "server/store/checkeventstore.h"

#include "memorystore.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** What says whether a store of somebody's does what a server expects. */
class TestCheckEventStore : public QObject
{
    Q_OBJECT

    using Kept = MemoryStore::Kept;

private Q_SLOTS:
    void findsNothingWrongWithAGoodOne()
    {
        const auto kept = std::make_shared<Kept>();
        QCOMPARE(checkEventStore([&] { return std::make_unique<MemoryStore>(kept); }), QStringList());
    }

    void findsNothingWrongWithOneThatCannotErase()
    {
        const auto kept = std::make_shared<Kept>();
        kept->cannotErase = true;
        QCOMPARE(checkEventStore([&] { return std::make_unique<MemoryStore>(kept); }), QStringList());
    }

    void findsWhatIsWrong_data()
    {
        QTest::addColumn<bool Kept::*>("fault");
        QTest::addColumn<QString>("said");
        QTest::newRow("attachments that are not kept")
            << &Kept::forgetsAttachments << u"comes back as it was"_s;
        QTest::newRow("numbers that are rounded") << &Kept::roundsSeq << u"numbers of 63 bits"_s;
        QTest::newRow("half of what was to be saved")
            << &Kept::savesHalf << u"after a failure none of them is there"_s;
        QTest::newRow("the wrong order") << &Kept::oldestFirst << u"newest first"_s;
        QTest::newRow("more than was asked for") << &Kept::ignoresLimit << u"no more than the limit"_s;
        QTest::newRow("ids that differ in their case")
            << &Kept::mixesCase << u"events of two rooms, one after the other"_s;
        QTest::newRow("a deleted room's events") << &Kept::keepsDeleted << u"of a deleted room"_s;
        QTest::newRow("a state of before") << &Kept::losesState << u"each its last state"_s;
        QTest::newRow("events that do not outlive it")
            << &Kept::losesEvents << u"when the server comes back"_s;
        QTest::newRow("what other rooms have, erased as well")
            << &Kept::erasesEverywhere << u"of other rooms nothing is erased"_s;
        QTest::newRow("nothing that is saved") << &Kept::fails << u"saveEvents: "_s;
    }
    void findsWhatIsWrong()
    {
        QFETCH(bool Kept::*, fault);
        QFETCH(QString, said);
        const auto kept = std::make_shared<Kept>();
        (*kept).*fault = true;
        const QStringList faults = checkEventStore([&] { return std::make_unique<MemoryStore>(kept); });
        QVERIFY2(faults.join(u'\n').contains(said), qPrintable(faults.join(u'\n')));
    }
};

DIALOGUE_TEST(TestCheckEventStore, QCoreApplication)
#include "tst_checkeventstore.moc"
