#include "core/protocol/admin/eventbatch.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dialogue;
using namespace dialogue::protocol::admin;
using namespace Qt::StringLiterals;

/** What consoles are told of events. */
class TestEventBatch : public QObject
{
    Q_OBJECT

    static EventBatch batch()
    {
        return {.watch = u"w"_s,
                .number = 3,
                .dropped = {.rate = 1, .ring = 2, .queue = 3, .filter = 4},
                .names = {u"chat"_s, u"message"_s, u"ann \"\u2603\""_s},
                .rows
                = {{.seq = 7,
                    .time = 1000,
                    .room = 0,
                    .event = 1,
                    .from = 2,
                    .offset = 5,
                    .size = 90,
                    .attachments = 1,
                    .dataSize = 2,
                    .metaSize = 3},
                   {.seq = 9, .time = 1001, .room = 0, .event = 1, .from = 2, .size = 12, .dataSize = 1}},
                .payloads = "abcdef"};
    }
    static QJsonObject json(const EventBatch &batch)
    {
        return QJsonDocument::fromJson(batch.write()).object();
    }

private Q_SLOTS:
    void readsWhatItWrites()
    {
        const EventBatch told = batch();
        QCOMPARE(*EventBatch::read(json(told), {told.payloads}), told);
        QCOMPARE(json(told)[u"count"].toInt(), 2);
        EventBatch empty = told;
        empty.rows.clear();
        empty.payloads.clear();
        QCOMPARE(*EventBatch::read(json(empty), {}), empty);
    }

    void refusesWhatNoServerSays_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("path");
        const auto row = [](int column, const QJsonValue &value) {
            QJsonArray columns{7, 1000, 0, 1, 2, 5, 90, 1, 6, 0};
            columns[column] = value;
            QJsonArray rows; // In braces it would be a copy, or not, by the compiler.
            rows.append(columns);
            return QJsonValue(rows);
        };
        QTest::newRow("no watch") << u"watch"_s << QJsonValue(5) << u"number"_s;
        QTest::newRow("no number") << u"number"_s << QJsonValue(0) << u"number"_s;
        QTest::newRow("negative") << u"dropped"_s << QJsonValue(QJsonObject{{u"rate"_s, -1}}) << u"dropped"_s;
        QTest::newRow("names") << u"names"_s << QJsonValue(QJsonArray{1}) << u"names"_s;
        QTest::newRow("name beyond") << u"rows"_s << row(2, 3) << u"rows[0]"_s;
        QTest::newRow("name before") << u"rows"_s << row(2, -1) << u"rows[0]"_s;
        QTest::newRow("part of a name") << u"rows"_s << row(2, 0.5) << u"rows[0]"_s;
        QTest::newRow("text") << u"rows"_s << row(0, u"7"_s) << u"rows[0]"_s;
        QTest::newRow("data beyond") << u"rows"_s << row(8, 7) << u"rows[0]"_s;
        QTest::newRow("meta beyond") << u"rows"_s << row(9, 1) << u"rows[0]"_s;
        QTest::newRow("payloads of nobody") << u"rows"_s << row(8, 5) << u"payloads"_s;
        QTest::newRow("short row") << u"rows"_s << QJsonValue(QJsonArray{QJsonValue(QJsonArray{1, 2})})
                                   << u"rows[0]"_s;
        QTest::newRow("no row") << u"rows"_s << QJsonValue(QJsonArray{5}) << u"rows[0]"_s;
    }
    void refusesWhatNoServerSays()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QFETCH(QString, path);
        QJsonObject told = json(batch());
        told.insert(member, value);
        const auto read = EventBatch::read(told, {batch().payloads});
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(read.error().path, path);
        QVERIFY(!EventBatch::read(json(batch()), {}));
    }
};

DIALOGUE_TEST(TestEventBatch, QCoreApplication)
#include "tst_eventbatch.moc"
