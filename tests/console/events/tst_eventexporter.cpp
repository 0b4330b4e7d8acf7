#include "console/events/eventexporter.h"
#include "console/model/eventmodel.h"
#include "console/model/filteredeventmodel.h"
#include "tests/console/model/randomevents.h"

#include "testclasses.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestEventExporter : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void writesWhatIsShown();
    void writesTheSelectionAlone();
    void writesCsv();
    void writesWhatTheLogForgetsMeanwhile();
    void leavesNothingWhereItIsCancelled();
    void saysWhatItCannotWrite();
    void endsWhileItWrites();
};

void TestEventExporter::writesWhatIsShown()
{
    RandomEvents events(1);
    EventModel source({.segmentRows = 100});
    FilteredEventModel model(source);
    source.append(events.batch(1000));
    source.flush();
    const Result<Filter> bids = Filter::parse(u"event == \"bid\""_s);
    model.setQuery({.filter = *bids});
    QTRY_VERIFY(!model.isScanning());
    EventExporter exporter;
    QSignalSpy finished(&exporter, &EventExporter::finished);
    QSignalSpy progress(&exporter, &EventExporter::progress);
    const QString path = m_folder.filePath(u"shown.ndjson"_s);
    exporter.start({.path = path, .rows = model.shown()});
    QVERIFY(exporter.isRunning());
    QVERIFY(finished.wait());
    QVERIFY(!exporter.isRunning());
    QCOMPARE(finished.first().first().toLongLong(), model.rowCount());
    const QByteArray content = contentOf(path);
    QCOMPARE(content.count('\n'), model.rowCount());
    QCOMPARE(content.count("\"event\":\"bid\""), model.rowCount());
    QCOMPARE(progress.last().at(0).toLongLong(), progress.last().at(1).toLongLong());
}

void TestEventExporter::writesTheSelectionAlone()
{
    RandomEvents events(2);
    EventModel source({.segmentRows = 100});
    FilteredEventModel model(source);
    source.append(events.batch(500));
    source.flush();
    SeqRanges only;
    only.add({95, 105});
    only.add({400, 401});
    EventExporter exporter;
    QSignalSpy finished(&exporter, &EventExporter::finished);
    const QString path = m_folder.filePath(u"selected.ndjson"_s);
    exporter.start({.path = path, .rows = model.shown(), .only = only});
    QVERIFY(finished.wait());
    QCOMPARE(contentOf(path).count('\n'), 11);
}

void TestEventExporter::writesCsv()
{
    RandomEvents events(3);
    EventModel source;
    FilteredEventModel model(source);
    source.append(events.batch(3));
    source.flush();
    EventExporter exporter;
    QSignalSpy finished(&exporter, &EventExporter::finished);
    const QString path = m_folder.filePath(u"shown.csv"_s);
    exporter.start({.path = path,
                    .format = ExportFormat::Csv,
                    .rows = model.shown(),
                    .pointers = {{u"/price"_s, {u"price"_s}}}});
    QVERIFY(finished.wait());
    const QList<QByteArray> lines = contentOf(path).split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].startsWith("time,room,event"));
    QVERIFY(lines[0].endsWith(",/price\r"));
}

void TestEventExporter::writesWhatTheLogForgetsMeanwhile()
{
    RandomEvents events(4);
    EventModel source({.segmentRows = 1000});
    FilteredEventModel model(source);
    source.append(events.batch(20'000));
    source.flush();
    EventExporter exporter;
    QSignalSpy finished(&exporter, &EventExporter::finished);
    const QString path = m_folder.filePath(u"forgotten.ndjson"_s);
    exporter.start({.path = path, .rows = model.shown()});
    source.append(events.batch(100)); // Into the segment that is being read.
    source.flush();
    source.clear();
    QVERIFY(finished.wait());
    QCOMPARE(contentOf(path).count('\n'), 20'000);
}

void TestEventExporter::leavesNothingWhereItIsCancelled()
{
    RandomEvents events(5);
    EventModel source;
    FilteredEventModel model(source);
    source.append(events.batch(20'000));
    source.flush();
    EventExporter exporter;
    QSignalSpy cancelled(&exporter, &EventExporter::cancelled);
    QSignalSpy finished(&exporter, &EventExporter::finished);
    const QString path = m_folder.filePath(u"cancelled.ndjson"_s);
    QFile before(path);
    QVERIFY(before.open(QIODevice::WriteOnly));
    before.write("before");
    before.close();
    // Told in the writer's thread, before it looks at anything.
    connect(
        &exporter, &EventExporter::progress, &exporter, [&] { exporter.cancel(); }, Qt::DirectConnection);
    exporter.start({.path = path, .rows = model.shown()});
    QVERIFY(cancelled.wait());
    QCOMPARE(finished.size(), 0);
    QCOMPARE(contentOf(path), "before");
}

void TestEventExporter::saysWhatItCannotWrite()
{
    EventExporter exporter;
    QSignalSpy failed(&exporter, &EventExporter::failed);
    exporter.start({.path = m_folder.filePath(u"none/there.ndjson"_s)});
    QVERIFY(failed.wait());
    const auto error = failed.first().first().value<Error>();
    QCOMPARE(error.code, ErrorCode::IoError);
    QVERIFY(!error.message.isEmpty());
}

void TestEventExporter::endsWhileItWrites()
{
    RandomEvents events(6);
    EventModel source;
    FilteredEventModel model(source);
    source.append(events.batch(50'000));
    source.flush();
    EventExporter exporter;
    exporter.start({.path = m_folder.filePath(u"ended.ndjson"_s), .rows = model.shown()});
}

DIALOGUE_TEST(TestEventExporter, QCoreApplication)
#include "tst_eventexporter.moc"
