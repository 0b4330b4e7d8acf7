#include "server/middleware/eventlines.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;

class TestEventLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellWhoSaidWhatWhere()
    {
        const EventMessage message{.event = u"message"_s,
                                   .roomId = u"chat"_s,
                                   .data = JsonData::fromText(R"({"text":"hi"})"),
                                   .from = u"ann"_s};
        QCOMPARE(EventLines::lineOf(message, {}), u"\"message\" in \"chat\" by \"ann\": 13 bytes of data"_s);
        EventMessage more = message;
        more.id = u"7f"_s;
        more.attachments = {"x", "y"};
        QCOMPARE(
            EventLines::lineOf(more, {.leftOut = 3}),
            u"\"message\" in \"chat\" by \"ann\" (id \"7f\"): 13 bytes of data, 2 attachments (3 events before it have no line)"_s);
    }

    void escapeWhatStrangersSay()
    {
        const QString line = EventLines::lineOf({.event = u"a\nb\u202e\x1b[2J"_s,
                                                 .roomId = u"\"r"_s,
                                                 .data = 1,
                                                 .from = QString(100000, u'x'),
                                                 .id = u"\r"_s},
                                                {});
        QVERIFY2(line.startsWith(u"\"a\\u000ab\\u202e\\u001b[2J\" in \"\\\"r\" by \"xxx"_s)
                     || line.startsWith(u"\"a\\nb\\u202e\\u001b[2J\" in \"\\\"r\" by \"xxx"_s),
                 qPrintable(line));
        QVERIFY(!line.contains(u'\n') && !line.contains(u'\r') && !line.contains(QChar(0x1b)));
        QVERIFY(line.size() < 300);
    }

    void areSoManyASecond()
    {
        EventLines lines(2);
        EventLines::Clock::time_point now{1h};
        QCOMPARE(lines.take(now)->leftOut, 0);
        QCOMPARE(lines.take(now)->leftOut, 0);
        QVERIFY(!lines.take(now));
        QVERIFY(!lines.take(now + 999ms));
        QCOMPARE(lines.take(now + 1s)->leftOut, 2);
        QCOMPARE(lines.take(now + 1s)->leftOut, 0);
        QVERIFY(!lines.take(now + 1s));
    }
};

DIALOGUE_TEST(TestEventLines, NoApplication)
#include "tst_eventlines.moc"
