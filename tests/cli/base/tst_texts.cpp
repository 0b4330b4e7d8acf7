#include "cli/admin/admintext.h"
#include "cli/base/jsonvalue.h"
#include "cli/base/since.h"
#include "cli/base/style.h"
#include "cli/commands/eventtext.h"
#include "cli/commands/pastevents.h"
#include "cli/commands/roomtext.h"
#include "core/json/cursor.h"

#include "testclasses.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::cli;

namespace {

EventMessage message(quint64 offset, const QString &event = u"message"_s, qint64 timestamp = 1000)
{
    return {.event = event,
            .roomId = u"chat"_s,
            .data = 1,
            .from = u"alice"_s,
            .timestamp = timestamp,
            .offset = offset};
}

QList<quint64> offsets(const QList<EventMessage> &events)
{
    QList<quint64> all;
    for (const EventMessage &event : events)
        all.append(event.offset);
    return all;
}

} // namespace

class TestTexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sayToWhomAnActionWasDone_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("all") << QByteArray(R"({"done":3,"failed":0,"skipped":0})")
                             << QByteArray("done to 3\n");
        QTest::newRow("some have left meanwhile")
            << QByteArray(R"({"done":3,"failed":0,"skipped":2})")
            << QByteArray("done to 3; 2 were gone, or wanted no more\n");
        QTest::newRow("some failed") << QByteArray(
            R"({"done":1,"failed":1,"skipped":1,"failures":[{"id":"a","error":{"code":"NOT_FOUND","message":"it\u001bs gone"}}]})")
                                     << QByteArray(
                                            "done to 1; 1 were gone, or wanted no more; not to 1, such as\n"
                                            "ID  CODE       WHY\na   NOT_FOUND  it\\u001bs gone\n");
    }
    void sayToWhomAnActionWasDone()
    {
        QFETCH(QByteArray, reply);
        QFETCH(QByteArray, text);
        QCOMPARE(doneText(QJsonDocument::fromJson(reply).object(), Style(false)), text);
    }

    void readAnyJsonValue_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("text") << QByteArray("\"a\"") << QJsonValue(u"a"_s);
        QTest::newRow("number") << QByteArray(" 1.5 ") << QJsonValue(1.5);
        QTest::newRow("null") << QByteArray("null") << QJsonValue(QJsonValue::Null);
        QTest::newRow("object") << QByteArray("{\"a\":[1]}")
                                << QJsonValue(QJsonObject{{u"a"_s, QJsonArray{1}}});
    }

    void readAnyJsonValue()
    {
        QFETCH(QByteArray, text);
        QFETCH(QJsonValue, value);
        const auto read = readJson(text);
        QVERIFY(read);
        QCOMPARE(read->value(), value);
    }

    void keepNumbersOfManyDigits()
    {
        QCOMPARE(readJson(" { \"a\" : 12345678901234567890 }")->text(), "{\"a\":12345678901234567890}");
        QCOMPARE(readJson("0.10000000000000000001")->text(), "0.10000000000000000001");
        QCOMPARE(readJson("9007199254740993")->text(), "9007199254740993");
        const QByteArray lineBreak = readJson("[\"a\nb\", 9007199254740993]")->text();
        QVERIFY2(json::check(lineBreak), lineBreak.constData());
    }

    void refuseWhatIsNotOneJsonValue_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", " ", "hello", "{", "1,2", "1 2", "1],[2", "{\"a\":}"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refuseWhatIsNotOneJsonValue()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!readJson(text));
    }

    void readOneValueOrOneInEachLine()
    {
        QCOMPARE(readJsonValues("{\n\"a\":\n1}\n").value_or(QList<JsonData>()).size(), 1);
        QCOMPARE(readJsonValues("1\n\n\"two\"\n{}").value_or(QList<JsonData>()),
                 (QList<JsonData>{1, u"two"_s, QJsonObject()}));
        const auto wrong = readJsonValues("1\n2\noops\n");
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().path, u"line 3"_s);
        QVERIFY(!readJsonValues("\n\n"));
        QCOMPARE(readJsonValues("\xef\xbb\xbf{}\n1").value_or(QList<JsonData>()),
                 (QList<JsonData>{QJsonObject(), 1}));
        QVERIFY(!readJsonValues("1\n\xef\xbb\xbf{}"));
    }

    void readWhereToBegin()
    {
        const auto position = readSince(u"Ab:c:17"_s);
        QVERIFY(position);
        QCOMPARE(std::get<RoomPosition>(*position), (RoomPosition{.epoch = "Ab:c", .offset = 17}));
        QCOMPARE(std::get<quint64>(*readSince(u"0"_s)), 0U);
        using namespace std::chrono_literals;
        for (const auto &[time, length] :
             std::initializer_list<std::pair<QString, std::chrono::milliseconds>>{
                 {u"90s"_s, 90s}, {u"10m"_s, 10min}, {u"2h"_s, 2h}, {u"2d"_s, 48h}})
            QCOMPARE(std::get<std::chrono::milliseconds>(*readSince(time)), length);
    }

    void refuseWhereNothingBegins_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", ":", ":5", "e:", "e:-1", "-5", "5w", "m", "1.5h", "99999999999999999999",
                                 "9999999999999s", "e:99999999999999999999"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void refuseWhereNothingBegins()
    {
        QFETCH(QString, text);
        QVERIFY(!readSince(text));
    }

    void showAnEventInALine()
    {
        EventMessage event = message(17);
        event.from = u"al\nice"_s;
        event.data = QJsonObject{{u"text"_s, u"hi"_s}};
        const QString line = QString::fromUtf8(eventLine(event, Style(false)));
        QVERIFY2(line.endsWith(u" chat #17 message al\\u000aice {\"text\":\"hi\"}\n"_s), qPrintable(line));
        QVERIFY2(line.startsWith(QDateTime::fromMSecsSinceEpoch(1000).toString(u"yyyy-MM-dd "_s)),
                 qPrintable(line));
        QVERIFY(eventLine(event, Style(true)).contains("\x1b[32mmessage\x1b[0m"));
    }

    void writeAnEventAsItTravels()
    {
        const QByteArray line = eventJson(message(3));
        QVERIFY(line.endsWith('\n') && line.count('\n') == 1);
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object.value("roomId"_L1).toString(), u"chat"_s);
        QCOMPARE(object.value("offset"_L1).toInt(), 3);
    }

    void leaveOutAPlaceThatAnEphemeralEventHasNot()
    {
        QVERIFY(!eventLine(message(0), Style(false)).contains('#'));
        QVERIFY(!QJsonDocument::fromJson(eventJson(message(0))).object().contains("offset"_L1));
    }

    void showWhatIsMissingInALine()
    {
        const Gap dropped{.from = 5, .to = 8, .reason = Gap::Reason::Dropped};
        const QByteArray line = gapLine(u"ch\nat"_s, dropped, Style(false));
        QVERIFY2(line.endsWith(" ch\\u000aat #5 to #8 missing: dropped, as this reader was too slow\n"),
                 line.constData());
        const QByteArray one
            = gapLine(u"chat"_s, {.from = 7, .to = 7, .reason = Gap::Reason::Replaced}, Style(false));
        QVERIFY2(one.contains(" chat #7 missing: replaced by newer ones"), one.constData());
        QCOMPARE(gapJson(u"ch\u202eat"_s, dropped),
                 QByteArray(R"({"gap":{"roomId":"ch\u202eat","from":5,"to":8,"reason":"dropped"}})"
                            "\n"));
        QVERIFY(gapJson(u"chat"_s, {.reason = Gap::Reason::Replaced}).contains(R"("reason":"replaced")"));
    }

    void listRoomsInColumns()
    {
        const QList<RoomInfo> rooms{{.id = u"chat"_s, .name = u"Chat"_s, .size = 3, .maxSize = 50},
                                    {.id = u"a-long-one"_s, .name = u"N"_s, .description = u"d"_s}};
        QCOMPARE(roomsTable(rooms, Style(false)),
                 QByteArray("ROOM        IN IT  NAME  DESCRIPTION\n"
                            "chat        3/50   Chat\n"
                            "a-long-one  0      N     d\n"));
        QCOMPARE(roomsTable({}, Style(false)), QByteArray("no rooms\n"));
        const QList<QByteArray> lines = roomsJson(rooms).split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(QJsonDocument::fromJson(lines.at(0)).object().value("maxSize"_L1).toInt(), 50);
        QVERIFY(!QJsonDocument::fromJson(lines.at(1)).object().contains("maxSize"_L1));
    }

    void bringThePastInOrderOnce()
    {
        // Newest first, as servers tell it, with an overlap between two pages.
        const QList<EventMessage> pages{message(5), message(4), message(3),
                                        message(4), message(3), message(1)};
        QCOMPARE(offsets(sortedPast(pages, {})), (QList<quint64>{1, 3, 4, 5}));
        QCOMPARE(offsets(sortedPast(pages, {.newest = 2})), (QList<quint64>{4, 5}));
        QCOMPARE(offsets(sortedPast(pages, {.afterOffset = 3})), (QList<quint64>{4, 5}));
    }

    void keepThePastOfAServerWithoutOffsets()
    {
        const QList<EventMessage> page{message(0, u"b"_s, 20), message(0, u"b"_s, 10),
                                       message(0, u"a"_s, 10)};
        const auto sorted = sortedPast(page, {});
        QCOMPARE(sorted.size(), 3);
        QCOMPARE(sorted.at(0).event, u"a"_s);
        QCOMPARE(sorted.at(2).timestamp, 20);
        QCOMPARE(sortedPast(page, {.fromTimestamp = 15}).size(), 1);
        QCOMPARE(sortedPast(page, {.events = {u"a"_s}}).size(), 1);
    }
};

DIALOGUE_TEST(TestTexts, NoApplication)
#include "tst_texts.moc"
