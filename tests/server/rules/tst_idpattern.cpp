#include "server/rules/idpattern.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestIdPattern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesWholeIds_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *pattern, const char *id, bool matches) {
            QTest::addRow("%s: %s", pattern, id)
                << QString::fromUtf8(pattern) << QString::fromUtf8(id) << matches;
        };
        row("chat", "chat", true);
        row("chat", "chats", false);
        row("chat", "Chat", false);
        row("chat", "", false);
        row("", "", true);
        row("*", "", true);
        row("*", "anything", true);
        row("game-*", "game-7", true);
        row("game-*", "game-", true);
        row("game-*", "game", false);
        row("game-*", "my game-7", false);
        row("*-game", "a-game-game", true);
        row("*-game", "a-game-", false);
        row("a*b*c", "a-b-b-c", true);
        row("a*b*c", "a-c-b", false);
        row("a**b", "ab", true);
    }
    void matchesWholeIds()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, id);
        QTEST(matchesPattern(id, pattern), "matches");
    }

    void takesLittleTimeForWhatComesCloseOverAndOver()
    {
        const QString pattern = u"*a"_s.repeated(200) + u'b';
        QVERIFY(!matchesPattern(QString(20'000, u'a'), pattern)); // It would never end.
    }
};

DIALOGUE_TEST(TestIdPattern, QCoreApplication)
#include "tst_idpattern.moc"
