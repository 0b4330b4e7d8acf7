#include "console/events/columnlayout.h"

#include "testclasses.h"

#include <QApplication>
#include <QHeaderView>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestColumnLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsAsItStood();
    void takesWhatItDoesNotKnow();
    void aPointerStandsInFrontOfTheData();
};

namespace {

QStringList shownIn(const EventModel &model, const QHeaderView &header)
{
    QStringList names;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        if (!header.isSectionHidden(column))
            names.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    }
    return names;
}

} // namespace

void TestColumnLayout::standsAsItStood()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    {
        EventModel model;
        QTableView view;
        view.setModel(&model);
        QHeaderView &header = *view.horizontalHeader();
        ColumnLayout::usual(8).applyTo(model, header);
        QCOMPARE(
            shownIn(model, header),
            (QStringList{u"Time"_s, u"Room"_s, u"Event"_s, u"From"_s, u"Offset"_s, u"Size"_s, u"Data"_s}));
        QVERIFY(addPointerColumn(model, header, u"/price"_s));
        header.moveSection(header.visualIndex(int(EventColumn::Event)), 0);
        header.setSectionHidden(int(EventColumn::Room), true);
        header.resizeSection(int(EventColumn::From), 333);
        ColumnLayout::of(model, header).write(settings);
    }
    EventModel model;
    QTableView view;
    view.setModel(&model);
    QHeaderView &header = *view.horizontalHeader();
    ColumnLayout::usual(8).applyTo(model, header);
    ColumnLayout::read(settings).applyTo(model, header);
    QCOMPARE(shownIn(model, header),
             (QStringList{u"Event"_s, u"Time"_s, u"From"_s, u"Offset"_s, u"Size"_s, u"/price"_s, u"Data"_s}));
    QCOMPARE(header.sectionSize(int(EventColumn::From)), 333);
}

void TestColumnLayout::takesWhatItDoesNotKnow()
{
    EventModel model;
    QTableView view;
    view.setModel(&model);
    QHeaderView &header = *view.horizontalHeader();
    ColumnLayout layout{
        {{u"newer"_s, 10}, {u"/~"_s, 10}, {u"data"_s, 50}, {u"room"_s, 1'000'000'000}, {u"data"_s, 100}}};
    for (int i = 0; i < 100; ++i)
        layout.columns.append({u"/%1"_s.arg(i), 10});
    layout.applyTo(model, header);
    QCOMPARE(model.pointerColumns().size(), ColumnLayout::MostPointers);
    QCOMPARE(shownIn(model, header).first(), u"Data"_s);
    QCOMPARE(header.sectionSize(int(EventColumn::Room)), 4000);
}

void TestColumnLayout::aPointerStandsInFrontOfTheData()
{
    EventModel model;
    QTableView view;
    view.setModel(&model);
    QHeaderView &header = *view.horizontalHeader();
    ColumnLayout::usual(8).applyTo(model, header);
    QVERIFY(addPointerColumn(model, header, u"/a"_s));
    QVERIFY(!addPointerColumn(model, header, u"/a"_s));
    QVERIFY(addPointerColumn(model, header, u"/b"_s));
    QCOMPARE(shownIn(model, header).sliced(6), (QStringList{u"/a"_s, u"/b"_s, u"Data"_s}));
    model.removePointerColumn(u"/a"_s);
    QCOMPARE(shownIn(model, header).sliced(6), (QStringList{u"/b"_s, u"Data"_s}));
}

DIALOGUE_TEST(TestColumnLayout, QApplication)
#include "tst_columnlayout.moc"
