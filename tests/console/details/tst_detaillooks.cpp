#include "console/details/eventdetails.h"
#include "samples.h"
#include "tests/console/support/looks.h"

#include "testclasses.h"

#include <QApplication>
#include <QTabWidget>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Pictures of the details, in the folder that DIALOGUE_LOOKS names, to be looked at. */
class TestDetailLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { looksTable(); }
    void init() { useLook(); }
    void eachTabFits_data();
    void eachTabFits();
    void noticesFit();
};

void TestDetailLooks::eachTabFits_data()
{
    QTest::addColumn<int>("tab");
    QTest::newRow("tree") << 0;
    QTest::newRow("raw") << 1;
    QTest::newRow("hex") << 2;
    QTest::newRow("differences") << 3;
}

void TestDetailLooks::eachTabFits()
{
    QFETCH(int, tab);
    EventDetails details;
    details.resize(900, 360);
    details.findChild<QTabWidget *>()->setCurrentIndex(tab);
    details.display({.event = samples::bid(samples::Bid, 4712),
                     .before = samples::bid(samples::BidBefore, 4711),
                     .schema = samples::bidSchema()});
    QVERIFY(picture(details, u"details"_s));
    QVERIFY(details.minimumSizeHint().width() <= 900);
}

void TestDetailLooks::noticesFit()
{
    EventDetails details;
    details.resize(900, 300);
    QVERIFY(picture(details, u"details-nothing"_s));
    details.display({.event = {.kind = RowKind::Gap, .gapReason = GapReason::Ring, .gapCount = 1234}});
    QVERIFY(picture(details, u"details-gap"_s));
    EventFacts facts = samples::bid({});
    facts.flags = 0;
    facts.size = 175;
    details.display({.event = facts});
    QVERIFY(picture(details, u"details-absent"_s));
}

DIALOGUE_TEST(TestDetailLooks, QApplication)
#include "tst_detaillooks.moc"
