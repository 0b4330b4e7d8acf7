#include "server/app/logline.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

constexpr LogStyle PlainStyle{};
constexpr LogStyle JournalStyle{.hasPriority = true};
constexpr LogStyle JsonStyle{.isJson = true};

} // namespace

Q_DECLARE_METATYPE(LogStyle)

class TestLogLine : public QObject
{
    Q_OBJECT

    static QDateTime noon() { return QDateTime(QDate(2026, 1, 31), QTime(12, 0), QTimeZone::utc()); }

private Q_SLOTS:
    void saysWhenHowSevereWhoAndWhat_data()
    {
        QTest::addColumn<QtMsgType>("type");
        QTest::addColumn<LogStyle>("style");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *name, QtMsgType type, LogStyle style, const char *start) {
            QTest::newRow(name) << type << style << start + QByteArray(" dialogue.net: x\n");
        };
        row("debug", QtDebugMsg, PlainStyle, "2026-01-31T12:00:00.000Z debug");
        row("info", QtInfoMsg, PlainStyle, "2026-01-31T12:00:00.000Z info");
        row("warning", QtWarningMsg, PlainStyle, "2026-01-31T12:00:00.000Z warning");
        row("error", QtCriticalMsg, PlainStyle, "2026-01-31T12:00:00.000Z error");
        row("for the journal", QtWarningMsg, JournalStyle, "<4>2026-01-31T12:00:00.000Z warning");
    }
    void saysWhenHowSevereWhoAndWhat()
    {
        QFETCH(QtMsgType, type);
        QFETCH(LogStyle, style);
        QTEST(logLine(noon(), type, "dialogue.net", u"x"_s, style), "line");
    }

    void saysTheTimeInUtc()
    {
        const QDateTime elsewhere = noon().toOffsetFromUtc(7200);
        QVERIFY(
            logLine(elsewhere, QtInfoMsg, "c", u"x"_s, PlainStyle).startsWith("2026-01-31T12:00:00.000Z"));
    }

    void asJsonItIsAnObject()
    {
        const auto read = [](const QByteArray &line) { return QJsonDocument::fromJson(line).object(); };
        QCOMPARE(read(logLine(noon(), QtWarningMsg, "dialogue.net", u"say \"x\""_s, JsonStyle)),
                 (QJsonObject{{u"time"_s, u"2026-01-31T12:00:00.000Z"_s},
                              {u"level"_s, u"warning"_s},
                              {u"category"_s, u"dialogue.net"_s},
                              {u"message"_s, u"say \"x\""_s}}));
        const QJsonObject about
            = read(logLine(noon(), QtInfoMsg, "c", u"x"_s, JsonStyle, {u"s"_s, u"e\u202e"_s, u"t"_s}));
        QCOMPARE(about[u"session"_s].toString(), u"s"_s);
        QCOMPARE(about[u"event"_s].toString(), u"e\\u202e"_s);
        QCOMPARE(about[u"trace"_s].toString(), u"t"_s);
        QVERIFY(logLine(noon(), QtInfoMsg, "c", u"x"_s, {.isJson = true, .hasPriority = true})
                    .startsWith("<6>{"));
    }

    void isOneLineOfWhatAPipeTakesWhole_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<bool>("isJson");
        for (const bool isJson : {false, true}) {
            const auto row = [isJson](const char *name, const QString &message) {
                QTest::addRow("%s%s", name, isJson ? " in JSON" : "") << message << isJson;
            };
            row("ends of lines", u"a\nb\r\u0085\u2028"_s);
            row("long", QString(100'000, u'\u20ac'));
            row("long once it is escaped", QString(100'000, u'\u202e'));
            row("of what JSON escapes", QString(100'000, u'"'));
        }
    }
    void isOneLineOfWhatAPipeTakesWhole()
    {
        QFETCH(QString, message);
        QFETCH(bool, isJson);
        const QByteArray line = logLine(noon(), QtInfoMsg, "dialogue.net", message,
                                        {.isJson = isJson, .hasPriority = true}, {message, message, message});
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith('\n'));
        QVERIFY(!line.contains('\r') && !line.contains("\xc2\x85"));
        QVERIFY(line.size() <= 4000);
    }
};

DIALOGUE_TEST(TestLogLine, NoApplication)
#include "tst_logline.moc"
