#include "server/app/logline.h"
#include "testclasses.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace dialogue;

class TestLogLine : public QObject
{
    Q_OBJECT

    static QDateTime noon() { return QDateTime(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC); }

private Q_SLOTS:
    void saysWhenHowSevereWhoAndWhat_data()
    {
        QTest::addColumn<QtMsgType>("type");
        QTest::addColumn<LogStyle>("style");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *name, QtMsgType type, LogStyle style, const char *start) {
            QTest::newRow(name) << type << style << start + QByteArray(" dialogue.net: x\n");
        };
        row("debug", QtDebugMsg, LogStyle::Plain, "2026-01-31T12:00:00.000Z debug");
        row("info", QtInfoMsg, LogStyle::Plain, "2026-01-31T12:00:00.000Z info");
        row("warning", QtWarningMsg, LogStyle::Plain, "2026-01-31T12:00:00.000Z warning");
        row("error", QtCriticalMsg, LogStyle::Plain, "2026-01-31T12:00:00.000Z error");
        row("for the journal", QtWarningMsg, LogStyle::Journal, "<4>2026-01-31T12:00:00.000Z warning");
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
        QVERIFY(logLine(elsewhere, QtInfoMsg, "c", u"x"_s, LogStyle::Plain)
                    .startsWith("2026-01-31T12:00:00.000Z"));
    }

    void isOneLineOfWhatAPipeTakesWhole_data()
    {
        QTest::addColumn<QString>("message");
        QTest::newRow("ends of lines") << u"a\nb\r\u0085\u2028"_s;
        QTest::newRow("long") << QString(100'000, u'\u20ac');
        QTest::newRow("long once it is escaped") << QString(100'000, u'\u202e');
    }
    void isOneLineOfWhatAPipeTakesWhole()
    {
        QFETCH(QString, message);
        const QByteArray line = logLine(noon(), QtInfoMsg, "dialogue.net", message, LogStyle::Journal);
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith('\n'));
        QVERIFY(!line.contains('\r') && !line.contains("\xc2\x85"));
        QVERIFY(line.size() <= 4000);
    }
};

DIALOGUE_TEST(TestLogLine, NoApplication)
#include "tst_logline.moc"
