#include "console/details/bytesmodel.h"
#include "console/details/differencesview.h"
#include "console/details/eventdetails.h"
#include "console/details/jsontreeview.h"
#include "console/details/rawview.h"
#include "console/look/notice.h"
#include "samples.h"

#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestEventDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsKnown();
    void aGapIsTold_data();
    void aGapIsTold();
    void whatIsNotHereIsTold();
    void showsWhereTheSchemaIsBroken();
    void aPlaceCanBeCopiedAndAskedFor();
    void comparesWithTheOneBefore();
    void differencesAreAModel();
    void ofALongTextTheBeginningIsShown();
    void whatIsNotSeenIsWrittenOut();
    void everythingThatTakesKeysHasAName();
};

namespace {

QAction *actionCalled(const QWidget &widget, const QString &text)
{
    for (QAction *const action : widget.actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

QString allLabelsOf(const QWidget &widget)
{
    QString all;
    for (const QLabel *const label : widget.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&widget))
            all += label->text() + u'\n';
    }
    return all;
}

} // namespace

void TestEventDetails::saysWhatIsKnown()
{
    EventDetails details;
    QVERIFY(allLabelsOf(details).contains(u"No event is selected"_s));
    details.display({.event = samples::bid(samples::Bid)});
    QStringList facts;
    for (const QLineEdit *const edit : details.findChildren<QLineEdit *>())
        facts.append(edit->text());
    QVERIFY(facts.contains(u"auction-17"_s));
    QVERIFY(facts.contains(u"bid"_s));
    QVERIFY(facts.contains(u"u-1042"_s));
    const auto &model = details.findChild<JsonTreeView *>()->jsonModel();
    QCOMPARE(model.rowCount(model.index(0, 0)), 6);
    details.displayNothing();
    QVERIFY(allLabelsOf(details).contains(u"No event is selected"_s));
}

void TestEventDetails::aGapIsTold_data()
{
    QTest::addColumn<int>("reason");
    QTest::addColumn<qint64>("count");
    QTest::addColumn<QString>("text");
    QTest::newRow("many") << int(GapReason::Queue) << 12LL
                          << u"12 events not shown: the console was too slow"_s;
    QTest::newRow("one") << int(GapReason::Rate) << 1LL
                         << u"1 event not shown: beyond the rate that was asked for"_s;
    QTest::newRow("nobody knows") << int(GapReason::Connection) << 0LL
                                  << u"Events may be missing here: the connection was lost"_s;
    QTest::newRow("ring") << int(GapReason::Ring) << 2LL
                          << u"2 events not shown: the server had too many waiting"_s;
    QTest::newRow("filter") << int(GapReason::Filter) << 2LL
                            << u"2 events not shown: the filter took too long"_s;
}

void TestEventDetails::aGapIsTold()
{
    QFETCH(int, reason);
    QFETCH(qint64, count);
    QFETCH(QString, text);
    QLocale::setDefault(QLocale::c());
    QCOMPARE(gapText(GapReason(reason), count), text);
    EventDetails details;
    details.display({.event = {.kind = RowKind::Gap, .gapReason = GapReason(reason), .gapCount = count}});
    QVERIFY(allLabelsOf(details).contains(text));
    QVERIFY(allLabelsOf(details).contains(gapAdvice(GapReason(reason))));
}

void TestEventDetails::whatIsNotHereIsTold()
{
    EventDetails details;
    EventFacts facts = samples::bid({});
    facts.flags = 0;
    details.display({.event = facts});
    QVERIFY(allLabelsOf(details).contains(u"not asked for"_s));
    facts.flags = DataTooLarge;
    details.display({.event = facts});
    QVERIFY(allLabelsOf(details).contains(u"larger than"_s));
}

void TestEventDetails::showsWhereTheSchemaIsBroken()
{
    EventDetails details;
    details.display({.event = samples::bid(samples::Bid), .schema = samples::bidSchema()});
    auto &tree = *details.findChild<JsonTreeView *>();
    QVERIFY(!tree.isColumnHidden(JsonTreeModel::Fault));
    const auto faultAt = [&](const QString &pointer) {
        return tree.jsonModel().indexAt(pointer).data(JsonTreeModel::FaultRole).toString();
    };
    QVERIFY(!faultAt(u"/price"_s).isEmpty());
    QVERIFY(!faultAt(u"/currency"_s).isEmpty());
    QVERIFY(faultAt(u"/lot"_s).isEmpty());
    QVERIFY(allLabelsOf(details).contains(u"in 2 places"_s));
    details.display(
        {.event = samples::bid(R"({"lot":"x","price":1,"currency":"GBP"})"), .schema = samples::bidSchema()});
    QVERIFY(tree.isColumnHidden(JsonTreeModel::Fault));
    QVERIFY(allLabelsOf(details).contains(u"As the schema"_s));
    // What is missing is told where it is missing.
    details.display({.event = samples::bid(R"({"lot":"x","price":1})"), .schema = samples::bidSchema()});
    QVERIFY(!faultAt({}).isEmpty());
}

void TestEventDetails::aPlaceCanBeCopiedAndAskedFor()
{
    EventDetails details;
    details.display({.event = samples::bid(samples::Bid)});
    auto &tree = *details.findChild<JsonTreeView *>();
    QSignalSpy columns(&details, &EventDetails::columnWanted);
    QSignalSpy filters(&details, &EventDetails::filterWanted);
    tree.setCurrentIndex(tree.jsonModel().indexAt(u"/bidder/name"_s));
    actionCalled(tree, u"Copy value"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Ada Lovelace"_s);
    actionCalled(tree, u"Copy JSON pointer"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"/bidder/name"_s);
    actionCalled(tree, u"Show as column"_s)->trigger();
    QCOMPARE(columns.takeFirst().first(), QVariant(u"/bidder/name"_s));
    actionCalled(tree, u"Filter by this"_s)->trigger();
    QCOMPARE(filters.takeFirst().first(), QVariant(u"data.bidder.name == \"Ada Lovelace\""_s));
    // Meta has no columns.
    EventFacts facts = samples::bid(samples::Bid);
    facts.meta = R"({"admin":"ada"})";
    details.display({.event = facts});
    tree.setCurrentIndex(tree.jsonModel().index(1, 0));
    QVERIFY(!actionCalled(tree, u"Show as column"_s)->isEnabled());
    QVERIFY(actionCalled(tree, u"Filter by this"_s)->isEnabled());
}

void TestEventDetails::comparesWithTheOneBefore()
{
    EventDetails details;
    details.findChild<QTabWidget *>()->setCurrentIndex(3);
    details.display({.event = samples::bid(samples::Bid)});
    QVERIFY(allLabelsOf(details).contains(u"Nothing to compare with"_s));
    details.display({.event = samples::bid(samples::Bid, 8), .before = samples::bid(samples::BidBefore, 7)});
    const auto &model = details.findChild<DifferencesView *>()->model();
    QStringList places;
    for (int row = 0; row < model.rowCount(); ++row)
        places.append(model.index(row, DifferencesModel::Pointer).data().toString());
    QCOMPARE(
        places,
        (QStringList{u"/price"_s, u"/bidder/name"_s, u"/bidder/tags/1"_s, u"/reserve"_s, u"/picture"_s}));
    details.display({.event = samples::bid(samples::Bid, 8), .before = samples::bid(samples::Bid, 7)});
    QVERIFY(allLabelsOf(details).contains(u"They say the same"_s));
}

void TestEventDetails::differencesAreAModel()
{
    DifferencesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setChanges(changesBetween(samples::BidBefore, samples::Bid));
    QCOMPARE(model.rowCount(), 5);
    model.setChanges({});
    QCOMPARE(model.rowCount(), 0);
}

void TestEventDetails::ofALongTextTheBeginningIsShown()
{
    RawView view;
    view.setText("{\"a\":\"" + QByteArray("\xc3\xa9").repeated(100'000) + "\"}");
    auto *const all = view.findChild<QPushButton *>();
    QVERIFY(all->isVisibleTo(&view));
    QVERIFY(view.shownText().size() < RawView::Beginning);
    QVERIFY(!view.shownText().contains(QChar::ReplacementCharacter));
    all->click();
    QVERIFY(!all->isVisibleTo(&view));
    QVERIFY(view.shownText().size() > 100'000);
    view.setText("{\"a\":1}");
    QCOMPARE(view.shownText(), u"{\n  \"a\": 1\n}"_s);
}

void TestEventDetails::whatIsNotSeenIsWrittenOut()
{
    RawView view;
    view.setText("[\"a\xe2\x80\xae z\"]");
    QCOMPARE(view.shownText(), u"[\n  \"a\\u202e z\"\n]"_s);
}

void TestEventDetails::everythingThatTakesKeysHasAName()
{
    EventDetails details;
    for (const QWidget *const widget : details.findChildren<QWidget *>()) {
        const bool isOurs
            = !widget->objectName().startsWith(u"qt_"_s) && !qobject_cast<const QAbstractButton *>(widget);
        if (isOurs && (widget->focusPolicy() & Qt::TabFocus) && !widget->inherits("QTabBar")
            && !widget->inherits("QHeaderView"))
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
}

DIALOGUE_TEST(TestEventDetails, QApplication)
#include "tst_eventdetails.moc"
